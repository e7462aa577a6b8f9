//! What stands beside the form: tickets of the place, outages, tickets much like it nearby; and "this one", by which a caller
//! becomes a chase, one more affected, a reopening or a caller of an outage. Whether that may be is the domain's to say.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled};
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::Layer;
use crate::desk::frame::notice::Level;
use crate::desk::intake::{Entry, Intake, busy, category_of, place, shown, top};
use crate::desk::ticket::act;
use crate::desk::ticket::moving::{self, Moving};
use crate::domain::base::clean::half_width;
use crate::domain::base::id::{OutageId, PlaceId, TicketId};
use crate::domain::op::Op;
use crate::domain::outage::Phase;
use crate::domain::outage::op::OutageOp;
use crate::domain::person::nickname::{Nickname, PersonOp, Whose};
use crate::domain::place::PlaceKind;
use crate::domain::place::query::Household;
use crate::domain::query::{Answer, Query};
use crate::domain::ticket::around::{Alike, LookAlike, OutageRow, explains, group_of, likeness};
use crate::domain::ticket::op::{Act, TicketOp};
use crate::domain::ticket::query::{Detail, Row, TicketAnswer, TicketQuery};
use crate::domain::ticket::{Need, Status, move_between};
use crate::text::{Text, t};

/// Tickets much like the report being taken.
pub(in crate::desk) const ALIKE: Slot = Slot::new("alike", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::LookAlikes(found)) = answer {
        alike(desk, found);
    }
});
/// The ended ticket under the cursor beside it.
pub(in crate::desk) const ENDED: Slot = Slot::new("ended", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::One(detail)) = answer {
        looked_at(desk, detail);
    }
});

/// A row on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideRow {
    /// A ticket of the place itself.
    Own(TicketId),
    /// An outage there.
    Outage(OutageId),
    /// A ticket much like it nearby.
    Alike(TicketId),
}

/// What "this one" does with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The caller asks again.
    Chase,
    /// One more is affected.
    Join,
    /// It is done over again.
    Reopen,
    /// One more caller of an outage.
    Attach,
}

impl Meaning {
    /// The word behind the row.
    pub const fn label(self) -> Text {
        match self {
            Self::Chase => t("[催单]", "[chase]"),
            Self::Join => t("[同报]", "[me too]"),
            Self::Reopen => t("[重办]", "[reopen]"),
            Self::Attach => t("[并入]", "[count]"),
        }
    }
}

/// Commands about what stands on the right.
pub const SIDE: &[Command] = &[
    Command::new(
        "intake.side_down",
        &["pgdn"],
        Intake::SCOPE,
        t("右边下移", "right: down"),
        t("在右边选下一件, 光标不离开", "The next one on the right; the caret stays"),
        |desk| step(desk, 1),
    ),
    Command::new(
        "intake.side_up",
        &["pgup"],
        Intake::SCOPE,
        t("右边上移", "right: up"),
        t("在右边选上一件", "The one before on the right"),
        |desk| step(desk, -1),
    ),
    Command::new(
        "intake.this_one",
        &["ctrl-o"],
        Intake::SCOPE,
        t("就是这件", "this one"),
        t(
            "就是右边选中的这件: 本户没办完的记催单, 办完的重办, 邻居的记同报, 停水停电并入",
            "It is the one selected on the right: chase or reopen the home's own, join a neighbour's, count to an outage",
        ),
        this_one,
    )
    .when(has_side),
    Command::new(
        "intake.remember",
        &["ctrl-n"],
        Intake::SCOPE,
        t("记住叫法", "remember name"),
        t(
            "记住刚才的叫法就是这个人、这个地方, 下次打它就找得到",
            "Remember what was typed before as what people call this resident or place",
        ),
        remember,
    )
    .when(can_remember),
];

/// Outages shown at most while no place is known.
const OUTAGES_ANYWHERE: usize = 3;

/// The place in hand or the category changed: what lies around it is asked for. A correction is held against nothing.
pub(in crate::desk) fn follow(desk: &mut Desk, place: Option<PlaceId>) {
    let Some(intake) = shown(desk) else { return };
    if !intake.is_new() {
        return arrange(desk);
    }
    let group = category_of(intake, desk.town.categories()).and_then(|category| group_of(&category.code));
    let asked = match desk.asks.query(ALIKE) {
        Some(Query::Ticket(TicketQuery::LookAlikes(Alike { place, group, .. }))) => Some((*place, *group)),
        _ => None,
    };
    let wanted = place.map(|place| (place, group));
    if wanted != asked {
        match wanted {
            Some((place, group)) => {
                let now = desk.now;
                desk.ask(ALIKE, Query::Ticket(TicketQuery::LookAlikes(Alike { place, group, now })));
            }
            None => {
                desk.asks.forget(ALIKE);
                if let Some(intake) = top(desk) {
                    intake.alike.clear();
                }
            }
        }
    }
    arrange(desk);
}

/// The household has come.
pub fn set_household(desk: &mut Desk, household: Option<Box<Household>>) {
    if let Some(intake) = top(desk) {
        let other = intake.household.as_ref().map(|h| h.place.id) != household.as_ref().map(|h| h.place.id);
        intake.household = household;
        place::lives_there(intake);
        if other {
            intake.side.select_row(0);
            intake.side_chosen = false;
        }
    }
    place::follow_category(desk);
    arrange(desk);
}

/// The look-alikes have come.
pub fn alike(desk: &mut Desk, found: Vec<LookAlike>) {
    if let Some(intake) = top(desk) {
        intake.alike = found;
    }
    arrange(desk);
}

/// The ended ticket under the cursor has come in full.
pub fn looked_at(desk: &mut Desk, detail: Option<Box<Detail>>) {
    if let Some(intake) = top(desk) {
        intake.ended = detail;
    }
}

/// Puts the rows in order: the place's own tickets, outages there, tickets nearby. The cursor goes to the likeliest, until it
/// is moved.
pub fn arrange(desk: &mut Desk) {
    let Some(intake) = shown(desk) else { return };
    let rows = rows_of(desk, intake);
    let likeliest = likeliest(desk, intake, &rows);
    if let Some(intake) = top(desk) {
        intake.side.set(rows);
        if !intake.side_chosen {
            intake.side.select_row(likeliest);
        }
    }
    look_at_ended(desk);
}

/// The row that looks most like what is being typed, the first among equals and where none does. What is there to be read only
/// is never it.
fn likeliest(desk: &Desk, intake: &Intake, rows: &[SideRow]) -> usize {
    /// A running outage of what the words are about says more than any ticket.
    const EXPLAINED: usize = 20;
    let words = intake.field(Entry::Words).text();
    let category = category_of(intake, desk.town.categories()).map(|category| category.code.as_str());
    let likeness = |row: SideRow| match (meaning(desk, intake, row), row) {
        (None, _) => 0,
        (Some(_), SideRow::Own(id) | SideRow::Alike(id)) => {
            ticket_of(intake, id).map_or(0, |row| likeness(words, category, row))
        }
        (Some(_), SideRow::Outage(id)) => {
            let kind = desk.town.outages.iter().find(|row| row.id == id).map(|row| row.outage.kind);
            if kind.zip(category).is_some_and(|(kind, code)| explains(kind, code)) { EXPLAINED } else { 0 }
        }
    };
    let most = rows.iter().map(|row| likeness(*row)).max().unwrap_or(0);
    rows.iter().position(|row| likeness(*row) == most).unwrap_or(0)
}

fn rows_of(desk: &Desk, intake: &Intake) -> Vec<SideRow> {
    let own: Vec<TicketId> = intake
        .household
        .iter()
        .flat_map(|household| &household.tickets)
        .filter(|row| !matches!(row.ticket.status, Status::Void | Status::Duplicate))
        .map(|row| row.id)
        .collect();
    if !intake.is_new() {
        return own.into_iter().map(SideRow::Own).collect();
    }
    let alike = intake.alike.iter().map(|one| one.row.id).filter(|id| !own.contains(id)).map(SideRow::Alike);
    let outages = outages_at(desk, intake).map(|row| SideRow::Outage(row.id));
    own.iter().copied().map(SideRow::Own).chain(outages).chain(alike).collect()
}

/// The outages at the place in hand; while no place is known, those that run anywhere.
fn outages_at<'a>(desk: &'a Desk, intake: &'a Intake) -> impl Iterator<Item = &'a OutageRow> {
    let begun = !intake.field(Entry::Place).is_blank() || !intake.field(Entry::Words).is_blank();
    let place = intake.household.as_ref().map(|household| &household.place);
    let most = if place.is_some() { usize::MAX } else { OUTAGES_ANYWHERE };
    desk.town
        .outages
        .iter()
        .filter(move |row| match place {
            Some(place) => row.outage.covers(place),
            None => begun && matches!(row.outage.phase(desk.now), Phase::Running | Phase::Overdue),
        })
        .take(most)
}

/// The ticket of a row, as it is known here.
pub fn ticket_of(intake: &Intake, id: TicketId) -> Option<&Row> {
    let own = intake.household.iter().flat_map(|household| &household.tickets).find(|row| row.id == id);
    own.or_else(|| intake.alike.iter().map(|one| &one.row).find(|row| row.id == id))
}

/// What "this one" does with a row; none when it is there to be read only.
pub fn meaning(desk: &Desk, intake: &Intake, row: SideRow) -> Option<Meaning> {
    match row {
        SideRow::Own(id) => {
            let row = ticket_of(intake, id)?;
            if !row.ticket.status.open() {
                return move_between(row.ticket.status, Status::Assigned).map(|_| Meaning::Reopen);
            }
            Some(if is_home(intake) || same_caller(intake, row) { Meaning::Chase } else { Meaning::Join })
        }
        SideRow::Alike(id) => {
            let row = ticket_of(intake, id).filter(|row| row.ticket.status.open())?;
            Some(if same_caller(intake, row) { Meaning::Chase } else { Meaning::Join })
        }
        SideRow::Outage(id) => {
            let row = desk.town.outages.iter().find(|row| row.id == id)?;
            (row.outage.phase(desk.now) != Phase::Over).then_some(Meaning::Attach)
        }
    }
}

/// Whether the place is one household's own.
fn is_home(intake: &Intake) -> bool {
    intake.household.as_ref().is_some_and(|h| matches!(h.place.kind, PlaceKind::Home | PlaceKind::Shop))
}

/// Whether who calls is who reported it.
fn same_caller(intake: &Intake, row: &Row) -> bool {
    let digits: String = half_width(intake.field(Entry::Phone).text()).chars().filter(char::is_ascii_digit).collect();
    let person = intake.person.is_some() && intake.person == row.ticket.reporter;
    person || (!digits.is_empty() && digits == row.ticket.reporter_phone)
}

fn step(desk: &mut Desk, by: isize) {
    if let Some(intake) = top(desk) {
        intake.side.step(by);
        intake.side_chosen = true;
    }
    look_at_ended(desk);
}

/// What was done to the ended ticket under the cursor is shown before it is opened again.
fn look_at_ended(desk: &mut Desk) {
    let Some(intake) = shown(desk) else { return };
    let ended = match intake.side.selected() {
        Some(SideRow::Own(id)) => ticket_of(intake, id).filter(|row| !row.ticket.status.open()).map(|row| row.id),
        _ => None,
    };
    let asked = match desk.asks.query(ENDED) {
        Some(Query::Ticket(TicketQuery::One(id))) => Some(*id),
        _ => None,
    };
    if ended == asked {
        return;
    }
    if let Some(intake) = top(desk) {
        intake.ended = None;
    }
    match ended {
        Some(id) => desk.ask(ENDED, Query::Ticket(TicketQuery::One(id))),
        None => desk.asks.forget(ENDED),
    }
}

fn has_side(desk: &Desk) -> Enabled {
    match shown(desk).and_then(|intake| intake.side.selected().map(|row| meaning(desk, intake, row))) {
        Some(Some(_)) => Ok(()),
        Some(None) => {
            Err(t("这件已经办结, 只供参考; 照常登记", "It has ended and is there to be read; take the report"))
        }
        None => Err(t("右边没有选中的", "Nothing is selected on the right")),
    }
}

/// "This one": the form is used up by it, and what was typed goes with it.
fn this_one(desk: &mut Desk) {
    if busy(desk) {
        return;
    }
    place::take(desk, false);
    let Some(intake) = shown(desk) else { return };
    let Some(row) = intake.side.selected() else { return };
    let Some(meaning) = meaning(desk, intake, row) else { return };
    let text = |entry: Entry| intake.field(entry).trimmed().to_owned();
    let (name, phone) = (text(Entry::Name), text(Entry::Phone));
    let (words, spot) = (said(intake), spot(intake));
    let home = intake.place.filter(|_| is_home(intake));
    let chain = desk.new_chain();
    if let Some(intake) = top(desk) {
        intake.chain = Some(chain);
    }
    match (meaning, row) {
        (Meaning::Attach, SideRow::Outage(id)) => {
            let attach = OutageOp::Attach { id, place: home, name, phone, words: both(&spot, &words) };
            desk.commit(Op::Outage(attach), After::Close(chain));
        }
        (Meaning::Chase, SideRow::Own(id) | SideRow::Alike(id)) => {
            desk.commit(Op::Ticket(TicketOp::Act { id, act: Act::Chase(words) }), After::Close(chain));
        }
        (Meaning::Join, SideRow::Own(id) | SideRow::Alike(id)) => {
            let act = Act::Join { name, phone, words: both(&spot, &words) };
            desk.commit(Op::Ticket(TicketOp::Act { id, act }), After::Close(chain));
        }
        (Meaning::Reopen, SideRow::Own(id)) => reopen(desk, id, words, chain),
        _ => {}
    }
}

/// What was typed about it: the words, and a note behind them.
fn said(intake: &Intake) -> String {
    both(intake.field(Entry::Words).trimmed(), intake.field(Entry::Note).trimmed())
}

/// Where he is, as the place is called or as he said it.
fn spot(intake: &Intake) -> String {
    match intake.household.as_ref().filter(|_| intake.place.is_some()) {
        Some(household) => household.place.label.clone(),
        None => intake.field(Entry::Place).trimmed().to_owned(),
    }
}

fn both(one: &str, other: &str) -> String {
    [one, other].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

fn reopen(desk: &mut Desk, id: TicketId, words: String, chain: u64) {
    let status = act::row(desk, id).map(|row| row.ticket.status);
    let Some(row) = status.and_then(|status| move_between(status, Status::Assigned)) else {
        let words = t("这张不能重办", "This one cannot be reopened");
        return desk.notice(Level::Refused, desk.say(words));
    };
    let mut moving = Moving::new(desk, vec![id], row, chain);
    if !words.is_empty() {
        moving.needs.retain(|need| *need != Need::Reason);
        moving.step.why = words;
    }
    moving::pursue(desk, moving);
}

/// Whether plain words may be what people call somebody: a few characters, at least one of them no letter or digit of ASCII.
pub(in crate::desk) fn spoken(text: &str) -> bool {
    const CHARACTERS: std::ops::RangeInclusive<usize> = 2..=12;
    CHARACTERS.contains(&text.chars().count()) && text.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
}

/// Words typed before, and whom or what they could be remembered for: plain words that answered to nothing, once a resident
/// or a place was chosen.
pub fn rememberable(intake: &Intake) -> Option<(&str, Whose)> {
    let spoken = intake.spoken.as_deref()?;
    let whose = match (intake.person, intake.place) {
        (Some(person), Some(_)) => Whose::Person(person),
        (None, Some(place)) => Whose::Place(place),
        _ => return None,
    };
    Some((spoken, whose))
}

fn can_remember(desk: &Desk) -> Enabled {
    match shown(desk).and_then(rememberable) {
        Some(_) => Ok(()),
        None => Err(t(
            "先打他们的叫法, 找不到再选上这个人或地方",
            "Type what people say first; where nothing answers, choose who or what is meant",
        )),
    }
}

fn remember(desk: &mut Desk) {
    let Some((name, whose)) = shown(desk).and_then(rememberable) else { return };
    let nickname = Nickname { whose, name: name.to_owned() };
    desk.commit(Op::Person(PersonOp::Call(nickname)), After::Nothing);
    if let Some(intake) = top(desk) {
        intake.spoken = None;
    }
}
