//! Who steps in where somebody is missing: candidates with what speaks for and against each, the best first.
//! Whether he may is decided where it is written; here nobody is left out but who cannot be meant.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::{AnyLayer, Then};
use crate::desk::frame::picker::{Choice, Pick, Picker};
use crate::desk::frame::say;
use crate::domain::base::id::StaffId;
use crate::domain::op::Op;
use crate::domain::person::Phone;
use crate::domain::query::{Answer, Query};
use crate::domain::roster::duty::Gap;
use crate::domain::roster::op::{Planned, RosterOp};
use crate::domain::roster::presence::{Opening, PresenceOp, STEP_IN_AHEAD};
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::roster::rules::{Finding, Rule};
use crate::domain::roster::stand_in::{StandIn, Wanted};
use crate::domain::roster::{Off, Work};
use crate::text::labels::Labelled;
use crate::text::{Lang, t};

/// Who could step into a shift.
pub(in crate::desk) const STAND_INS: Slot = Slot::new("stand_ins", |desk, answer| {
    if let Answer::Roster(RosterAnswer::StandIns(people)) = answer {
        candidates(desk, &people);
    }
});

/// Asks who steps in.
pub fn open(desk: &mut Desk, gap: Gap) {
    let title = t("找人顶: {gap}", "Who steps in: {gap}").with(desk.lang, &[("gap", &where_missing(desk, &gap))]);
    // A shift of days to come is planned; one of now and tomorrow is stepped into.
    let planned = gap.from.0 - desk.now.0 > STEP_IN_AHEAD;
    let wanted =
        Wanted { day: gap.day, template: gap.template, compound: gap.compound, role: gap.role, drafts: planned };
    let chain = desk.new_chain();
    desk.open(Picker::new(title, Vec::new(), Then::StepIn(Box::new(gap)), chain));
    desk.ask(STAND_INS, Query::Roster(RosterQuery::StandIns(wanted)));
}

/// The candidates have come.
pub fn candidates(desk: &mut Desk, people: &[StandIn]) {
    let choices: Vec<Choice> = people.iter().map(|person| choice(desk, person)).collect();
    let picker = desk
        .layers
        .iter_mut()
        .rev()
        .filter_map(AnyLayer::get_mut::<Picker>)
        .find(|picker| matches!(picker.then, Then::StepIn(_)));
    if let Some(picker) = picker {
        picker.offer(choices);
    }
}

fn choice(desk: &Desk, person: &StandIn) -> Choice {
    Choice {
        pick: Pick::Staff(person.staff),
        columns: vec![
            person.name.reveal().to_owned(),
            desk.say(match (person.forbidden(), person.findings.is_empty()) {
                (true, _) => t("不行", "cannot"),
                (false, true) => t("可以", "can"),
                (false, false) => t("可以, 但", "can, but"),
            })
            .to_owned(),
            why(desk, person),
            person.phone.as_ref().map(Phone::spoken).unwrap_or_default(),
        ],
        words: (
            format!("{} {}", person.name.reveal(), person.role.label().get(Lang::Zh)),
            person.role.label().get(Lang::En).to_owned(),
        ),
    }
}

/// What speaks for and against somebody: `管本区, 休息日, 上班前歇 16 小时, 本周 32 小时`.
pub fn why(desk: &Desk, person: &StandIn) -> String {
    let hours = |minutes: i64| minutes / 60;
    let mut parts = Vec::new();
    if person.busy {
        parts.push(desk.say(t("那时在上班", "on shift then")).to_owned());
    } else if person.day_off {
        parts.push(desk.say(t("当天休息", "day off")).to_owned());
    }
    parts.push(
        desk.say(if person.serves { t("管本区", "serves here") } else { t("不管本区", "serves elsewhere") }).to_owned(),
    );
    // Who is at work then need not be told that two shifts overlap.
    let told_already = |finding: &&Finding| person.busy && matches!(finding.rule, Rule::Overlap | Rule::TwoADay);
    let broken = person.findings.iter().filter(|finding| !told_already(finding));
    parts.extend(broken.map(|finding| rule_broken(desk, finding)));
    let told = person.findings.iter().any(|finding| finding.rule == Rule::ShortRest);
    if let Some(rest) = person.rest_before.filter(|_| !told && !person.busy) {
        parts.push(t("先歇 {n} 小时", "{n} h rest before").with(desk.lang, &[("n", &hours(rest))]));
    }
    if let Some(rest) = person.rest_after.filter(|_| !told && !person.busy) {
        parts.push(t("后歇 {n} 小时", "{n} h after").with(desk.lang, &[("n", &hours(rest))]));
    }
    parts.push(t("当周 {n} 小时", "{n} h that week").with(desk.lang, &[("n", &hours(person.week_minutes))]));
    parts.join(desk.say(t(", ", ", ")))
}

/// A rule this shift would break, in a few words with its figure.
pub fn rule_broken(desk: &Desk, finding: &Finding) -> String {
    let n = finding.counted;
    match finding.rule {
        Rule::ShortRest if n < 60 => {
            desk.say(t("! 和别的班紧挨着, 中间没得歇", "! next to another shift, no rest between")).to_owned()
        }
        Rule::ShortRest => {
            t("! 两班之间只歇 {n} 小时", "! only {n} h rest between shifts").with(desk.lang, &[("n", &(n / 60))])
        }
        Rule::NoDayOff => t("! 连上 {n} 天", "! {n} days in a row").with(desk.lang, &[("n", &n)]),
        Rule::WeekHours => t("! 当周到 {n} 小时", "! {n} h in the week").with(desk.lang, &[("n", &n)]),
        rule => format!("! {}", desk.say(rule.label())),
    }
}

/// `早班 维修 康乐苑 (王强没来)`.
pub fn where_missing(desk: &Desk, gap: &Gap) -> String {
    let mut parts = vec![desk.say(gap.template.label()).to_owned(), desk.say(gap.role.label()).to_owned()];
    if !gap.place.is_empty() {
        parts.push(gap.place.clone());
    }
    if let Some((_, _, name)) = &gap.absent {
        parts.push(t("({name}没来)", "({name} is absent)").with(desk.lang, &[("name", &name.reveal())]));
    }
    parts.join(" ")
}

/// Somebody is picked: he steps in, and the message for him is copied once it is written.
pub fn chosen(desk: &mut Desk, gap: &Gap, staff: StaffId, chain: u64) {
    let Some(picker) = desk.top::<Picker>() else { return };
    let Some(name) = picker.selected().and_then(|choice| choice.columns.first().cloned()) else { return };
    if gap.from.0 - desk.now.0 > STEP_IN_AHEAD {
        return draft(desk, gap, staff, chain);
    }
    let message = message(desk, gap, &name);
    let after = After::SteppedIn { chain, message };
    if desk.commits().waits(&after) {
        return;
    }
    let opening = match &gap.absent {
        Some((shift, ..)) => Opening::Shift(*shift),
        None => Opening::Need { day: gap.day, template: gap.template, compound: gap.compound },
    };
    desk.commit(Op::Roster(RosterOp::Presence(PresenceOp::StepIn { staff, opening })), after);
}

/// He is drafted for it, beside what he has that day.
fn draft(desk: &mut Desk, gap: &Gap, staff: StaffId, chain: u64) {
    let after = After::Marked { chain, gap: None };
    if desk.commits().waits(&after) {
        return;
    }
    let mut plan = crate::desk::roster::coverage::plan_of(desk, staff, gap.day);
    plan.shifts.push(Work { compound: gap.compound, ..Work::plain(gap.template) });
    plan.off = Off::Unsaid;
    let planned = Planned { staff, day: gap.day, plan: Some(plan) };
    desk.commit(Op::Roster(RosterOp::Plan(vec![planned])), after);
}

/// What is sent to who steps in: who, when, where, for whom.
fn message(desk: &Desk, gap: &Gap, name: &str) -> String {
    let span = format!("{}-{}", say::moment(gap.from, desk), desk.zone().hm(gap.to));
    let mut words = t("{name}: 请上 {span} {shift}", "{name}: please take {span}, {shift}")
        .with(desk.lang, &[("name", &name), ("span", &span), ("shift", &desk.say(gap.template.label()))]);
    if !gap.place.is_empty() {
        words += &format!(", {}", gap.place);
    }
    if let Some((_, _, absent)) = &gap.absent {
        words += &t(", 顶{name}", ", in the place of {name}").with(desk.lang, &[("name", &absent.reveal())]);
    }
    words + desk.say(t(". 收到请回", ". Please answer"))
}
