//! Pane 3: who is on duty, where, until when, where somebody is missing, and who comes next. In a narrow screen the people
//! are one line per role. Rosters are not made here.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::Then;
use crate::desk::frame::list::List;
use crate::desk::frame::picker::{Choice, Pick, Picker};
use crate::desk::roster::stand_in;
use crate::domain::base::id::{ShiftId, StaffId};
use crate::domain::op::Op;
use crate::domain::roster::duty::{Duty as Answer, Gap, OnDuty};
use crate::domain::roster::op::RosterOp;
use crate::domain::roster::presence::PresenceOp;
use crate::domain::roster::query::RosterAnswer;
use crate::domain::roster::shift::Presence;
use crate::domain::staff::Role;
use crate::text::labels::Labelled;
use crate::text::t;

/// Who is on duty.
pub(in crate::desk) const DUTY: Slot = Slot::new("duty", |desk, answer| {
    if let crate::domain::query::Answer::Roster(RosterAnswer::Duty(duty)) = answer {
        desk.panes.duty.set(duty);
    }
})
.each_minute();

/// State of the pane.
#[derive(Debug, Default)]
pub struct Duty {
    /// Lines.
    pub list: List<usize>,
    /// What narrows the list.
    pub filter: String,
    /// Whether it has been answered yet.
    pub loaded: bool,
    answer: Answer,
}

/// Somebody whose coming is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub staff: StaffId,
    /// His shift.
    pub shift: ShiftId,
    /// What he is called.
    pub name: String,
    /// Where he stands now.
    pub presence: Presence,
    /// The gap if he does not come.
    pub gap: Gap,
}

impl Person {
    /// Somebody on duty.
    pub fn of(person: &OnDuty) -> Self {
        let gap = Gap {
            day: person.day,
            template: person.template,
            from: person.from,
            to: person.to,
            role: person.role,
            compound: person.compound_id,
            place: person.compound.clone(),
            missing: 1,
            absent: Some((person.shift, person.staff, person.name.clone())),
        };
        let name = person.name.reveal().to_owned();
        Self { staff: person.staff, shift: person.shift, name, presence: person.presence, gap }
    }
}

/// A line of the pane.
#[derive(Clone, Debug, PartialEq)]
pub enum Line<'a> {
    /// Somebody on duty.
    Person(&'a OnDuty),
    /// All of a role.
    Role(Role, Vec<&'a OnDuty>),
    /// Somebody missing.
    Gap(&'a Gap),
    /// Who comes next.
    Next,
}

/// Commands of the pane.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "duty.mark",
        &["enter"],
        Scope::DUTY,
        t("到岗情况", "who came"),
        t(
            "记到岗, 迟到, 没来; 没来的马上找人顶",
            "Mark present, late or absent; for who is absent somebody is found at once",
        ),
        open,
    )
    .when(has_line)
    .footer(),
    Command::new(
        "duty.cover",
        &["v"],
        Scope::DUTY,
        t("找人顶", "step in"),
        t(
            "缺人的班找谁顶: 同岗位, 管本区, 歇够了的在前",
            "Who steps in where somebody is missing: of the role, serving there and rested first",
        ),
        cover,
    )
    .when(has_gap)
    .footer(),
];

impl Duty {
    /// A new answer.
    pub fn set(&mut self, answer: Answer) {
        self.answer = answer;
        self.loaded = true;
    }

    /// What was answered.
    pub const fn answer(&self) -> &Answer {
        &self.answer
    }

    /// People on duty that pass the filter, by role.
    pub fn people(&self) -> Vec<&OnDuty> {
        let mut people: Vec<&OnDuty> = self.answer.now.iter().filter(|person| passes(person, &self.filter)).collect();
        // Who did not come is not on duty: behind those of his role who did.
        let absent = |person: &OnDuty| person.presence == Presence::Absent;
        people
            .sort_by(|a, b| (a.role, absent(a), &a.compound, &a.post).cmp(&(b.role, absent(b), &b.compound, &b.post)));
        people
    }

    /// The same, as one entry per role.
    pub fn roles(&self) -> Vec<(Role, Vec<&OnDuty>)> {
        let mut roles: Vec<(Role, Vec<&OnDuty>)> = Vec::new();
        for person in self.people() {
            match roles.last_mut() {
                Some((role, people)) if *role == person.role => people.push(person),
                _ => roles.push((person.role, vec![person])),
            }
        }
        roles
    }

    /// Its lines: gaps of now first, one per person or per role, gaps of the next shift, who comes next.
    pub fn lines(&self, by_role: bool) -> Vec<Line<'_>> {
        let gap_of = |gap: &&Gap| gap_passes(gap, &self.filter);
        let at = self.answer.next_at;
        let (later, now): (Vec<&Gap>, Vec<&Gap>) =
            self.answer.gaps.iter().filter(gap_of).partition(|gap| at.is_some_and(|at| gap.from >= at));
        let people: Vec<Line<'_>> = if by_role {
            self.roles().into_iter().map(|(role, people)| Line::Role(role, people)).collect()
        } else {
            self.people().into_iter().map(Line::Person).collect()
        };
        now.into_iter()
            .map(Line::Gap)
            .chain(people)
            .chain(later.into_iter().map(Line::Gap))
            .chain(at.map(|_| Line::Next))
            .collect()
    }
}

/// Whether somebody answers to what is typed: by name, role, compound or post.
pub fn passes(person: &OnDuty, filter: &str) -> bool {
    // Asked for everybody at each frame, and mostly nothing is typed.
    if filter.is_empty() {
        return true;
    }
    let role = person.role.label();
    let words = format!("{} {} {} {}", person.name.reveal(), role.zh, person.compound, person.post);
    crate::desk::frame::say::answers_to(&words, role.en, filter).is_some()
}

fn gap_passes(gap: &Gap, filter: &str) -> bool {
    if filter.is_empty() {
        return true;
    }
    let role = gap.role.label();
    let absent = gap.absent.as_ref().map_or("", |(_, _, name)| name.reveal());
    crate::desk::frame::say::answers_to(&format!("{absent} {} {}", role.zh, gap.place), role.en, filter).is_some()
}

/// The line under the cursor.
pub fn selected(desk: &Desk) -> Option<Line<'_>> {
    let row = desk.panes.duty.list.selected()?;
    desk.panes.duty.lines(crate::desk::frame::pane::duty_by_role(desk)).into_iter().nth(row)
}

fn has_line(desk: &Desk) -> Enabled {
    match selected(desk) {
        Some(Line::Next) | None => Err(t("这一行没有人可记", "There is nobody to mark in this line")),
        Some(_) => Ok(()),
    }
}

/// The gap meant: of the line, or the one somebody absent left.
fn gap(desk: &Desk) -> Option<Gap> {
    let open = |person: &&OnDuty| person.presence == Presence::Absent && person.covered_by.is_none();
    match selected(desk)? {
        Line::Gap(gap) => Some(gap.clone()),
        Line::Person(person) => Some(person).filter(open).map(|person| Person::of(person).gap),
        Line::Role(_, people) => people.into_iter().find(open).map(|person| Person::of(person).gap),
        Line::Next => None,
    }
}

fn has_gap(desk: &Desk) -> Enabled {
    gap(desk).map(|_| ()).ok_or(t("这里不缺人", "Nobody is missing here"))
}

fn cover(desk: &mut Desk) {
    if let Some(gap) = gap(desk) {
        stand_in::open(desk, gap);
    }
}

fn open(desk: &mut Desk) {
    let people: Vec<Person> = match selected(desk) {
        Some(Line::Person(person)) => vec![Person::of(person)],
        Some(Line::Role(_, people)) => people.into_iter().map(Person::of).collect(),
        Some(Line::Gap(_)) => return cover(desk),
        Some(Line::Next) | None => return,
    };
    let chain = desk.new_chain();
    match <[Person; 1]>::try_from(people) {
        Ok([person]) => ask_mark(desk, person, chain),
        Err(people) => ask_whom(desk, people, chain),
    }
}

/// Asks which of several is marked.
fn ask_whom(desk: &mut Desk, people: Vec<Person>, chain: u64) {
    let choices = people
        .iter()
        .map(|person| Choice {
            pick: Pick::Staff(person.staff),
            columns: vec![
                person.name.clone(),
                desk.say(person.presence.label()).to_owned(),
                person.gap.place.clone(),
                String::new(),
            ],
            words: (person.name.clone(), String::new()),
        })
        .collect();
    let title = desk.say(t("记谁的到岗情况", "Whose coming is marked")).to_owned();
    desk.open(Picker::new(title, choices, Then::MarkOne(people), chain));
}

/// Asks what somebody did.
pub fn ask_mark(desk: &mut Desk, person: Person, chain: u64) {
    let marks = [
        (Presence::Present, t("按时到了", "came in time")),
        (Presence::LateIn, t("来了, 但晚了", "came, but late")),
        (
            Presence::Absent,
            t("没来; 不再派给他, 马上找人顶", "did not come; nothing is given to them, somebody is found"),
        ),
        (Presence::Planned, t("记错了, 改回待到", "marked by mistake: back to planned")),
    ];
    let row = |mark: Presence, why: crate::text::Text| {
        let label = mark.label();
        Choice {
            pick: Pick::Presence(mark),
            columns: vec![desk.say(label).to_owned(), String::new(), desk.say(why).to_owned(), String::new()],
            words: (label.zh.to_owned(), label.en.to_owned()),
        }
    };
    let known = |mark: &Presence| *mark != Presence::Planned || person.presence != Presence::Planned;
    let mut choices: Vec<Choice> =
        marks.into_iter().filter(|(mark, _)| known(mark)).map(|(mark, why)| row(mark, why)).collect();
    if person.presence == Presence::Absent {
        let label = t("找人顶", "step in");
        choices.push(Choice {
            pick: Pick::Cover,
            columns: vec![
                desk.say(label).to_owned(),
                String::new(),
                stand_in::where_missing(desk, &person.gap),
                String::new(),
            ],
            words: (label.zh.to_owned(), label.en.to_owned()),
        });
    }
    let title = format!("{}: {}", person.name, desk.say(person.presence.label()));
    desk.open(Picker::new(title, choices, Then::Mark(Box::new(person)), chain));
}

/// What he did is picked.
pub fn picked(desk: &mut Desk, person: &Person, pick: Pick, chain: u64) {
    match pick {
        Pick::Presence(presence) => {
            let gap = (presence == Presence::Absent).then(|| Box::new(person.gap.clone()));
            let after = After::Marked { chain, gap };
            if !desk.commits().waits(&after) {
                let shift = person.shift;
                desk.commit(Op::Roster(RosterOp::Presence(PresenceOp::Mark { shift, presence })), after);
            }
        }
        Pick::Cover => stand_in::open(desk, person.gap.clone()),
        _ => {}
    }
}
