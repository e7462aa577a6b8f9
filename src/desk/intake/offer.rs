//! A new report, and what it may be filled in with: the place that lies under the cursor is offered and one key takes it, since who
//! rings is mostly somebody else; another report by the same person takes everything. Nothing is looked up here.

use crate::desk::Desk;
use crate::desk::frame::command::Enabled;
use crate::desk::frame::layer::AnyLayer;
use crate::desk::frame::notice::Level;
use crate::desk::frame::pane::PaneId;
use crate::desk::frame::say;
use crate::desk::intake::{Entry, Intake, Mode, keep, opening, place, told, top};
use crate::desk::ticket::act;
use crate::desk::ticket::opened::Opened;
use crate::domain::base::find::Record;
use crate::domain::base::id::{PersonId, PlaceId};
use crate::domain::person::Phone;
use crate::domain::ticket::Channel;
use crate::text::t;

/// Where a report may be from.
#[derive(Clone, Debug)]
pub(in crate::desk) enum From {
    /// What was found: a resident with name and phone, or a place.
    Record(Box<Record>),
    /// A place, and who is there where that is known.
    Place {
        /// The place.
        place: PlaceId,
        /// The resident.
        person: Option<PersonId>,
        /// How the place is called.
        label: String,
        /// His name; may be empty.
        name: String,
        /// His phone; may be empty.
        phone: String,
    },
}

impl From {
    const fn bare(place: PlaceId, label: String) -> Self {
        Self::Place { place, person: None, label, name: String::new(), phone: String::new() }
    }

    /// How the place is called.
    fn label(&self) -> String {
        match self {
            Self::Record(record) => say::record_place(record),
            Self::Place { label, .. } => label.clone(),
        }
    }
}

/// The place offered, while the report has none and the box is blank.
pub fn offered(intake: &Intake) -> Option<String> {
    let blank = matches!(intake.mode, Mode::New) && intake.place.is_none() && intake.field(Entry::Place).is_blank();
    intake.offer.as_ref().filter(|_| blank).map(From::label)
}

/// A new report: blank, with what lies under the cursor offered.
pub(in crate::desk) fn open(desk: &mut Desk, channel: Channel) {
    if let Some(intake) = desk.top::<Intake>()
        && intake.is_new()
        && intake.form().is_empty()
    {
        return desk.notice(Level::Info, desk.say(t("这张还是空的", "This one is still empty")));
    }
    let offer = under_cursor(desk);
    begin(desk, channel, |intake| intake.offer = offer);
}

/// Another report by the same person.
pub(in crate::desk) fn again(desk: &mut Desk) {
    let Some(from) = opened_ticket(desk) else { return };
    begin(desk, Channel::Phone, |intake| take(intake, from));
}

/// What is offered is taken.
pub(in crate::desk) fn take_offer(desk: &mut Desk) {
    if let Some(intake) = top(desk)
        && let Some(from) = intake.offer.take()
    {
        take(intake, from);
    }
    place::follow(desk);
    keep(desk);
}

pub(in crate::desk) fn is_offered(desk: &Desk) -> Enabled {
    match crate::desk::intake::shown(desk) {
        Some(intake) if offered(intake).is_some() => Ok(()),
        _ => Err(t("没有可填入的地点; 直接写在哪里", "There is no place to fill in; write where it is")),
    }
}

pub(in crate::desk) fn has_place(desk: &Desk) -> Enabled {
    match opened_ticket(desk) {
        Some(_) => Ok(()),
        None => {
            Err(t("这张工单没有定下地点; n 登记一张新的", "This ticket has no place; n begins a report without one"))
        }
    }
}

fn begin(desk: &mut Desk, channel: Channel, fill: impl FnOnce(&mut Intake)) {
    told::leave(desk);
    if !opening::park(desk) {
        return;
    }
    let mut intake = Intake::new(desk.mark(), channel);
    fill(&mut intake);
    desk.open(intake);
    place::begin(desk);
}

/// Fills it in. What the program wrote there is nothing the clerk typed.
fn take(intake: &mut Intake, from: From) {
    let untouched = intake.untouched();
    match from {
        From::Record(record) => drop(place::take_record(intake, &record)),
        From::Place { place, person, label, name, phone } => {
            (intake.place, intake.person) = (Some(place), person);
            intake.field_mut(Entry::Place).propose(&label);
            place::fill(intake, name, phone);
        }
    }
    intake.pick.set(Vec::new());
    if intake.place.is_some() && intake.entry == Entry::Place {
        intake.entry = Entry::Words;
    }
    if untouched {
        intake.given = Some(Box::new(intake.form()));
    }
}

/// What lies under the cursor: a person or home found, the household looked at, a ticket, a compound. Of a ticket the place only.
fn under_cursor(desk: &Desk) -> Option<From> {
    match desk.layers.last() {
        Some(AnyLayer::Find(find)) => {
            find.selected().filter(|record| record.place != 0).map(|record| From::Record(Box::new(record.clone())))
        }
        Some(AnyLayer::Card(card)) => {
            let household = card.household.as_ref()?;
            let member = household.members.iter().find(|member| Some(member.id) == card.person);
            Some(From::Place {
                place: card.place,
                person: card.person,
                label: say::household_place(household),
                name: member.map(|m| m.person.name.reveal().to_owned()).unwrap_or_default(),
                phone: member.and_then(|m| m.person.phones.first()).map(Phone::spoken).unwrap_or_default(),
            })
        }
        None if desk.focus == PaneId::Compounds => {
            let row = desk.panes.compounds.row(desk.panes.compounds.list.selected()??)?;
            Some(From::bare(row.id, row.name.clone()))
        }
        _ => act::in_hand(desk).and_then(|row| Some(From::bare(row.ticket.place?, say::place(row)))),
    }
}

/// The household of the opened ticket.
fn opened_ticket(desk: &Desk) -> Option<From> {
    let opened = desk.layer::<Opened>()?;
    let detail = opened.detail.as_ref()?;
    let ticket = &detail.row.ticket;
    Some(From::Place {
        place: ticket.place?,
        person: ticket.reporter,
        label: say::place(&detail.row),
        name: detail.reporter.as_ref().map(|name| name.reveal().to_owned()).unwrap_or_default(),
        phone: detail.phone.as_ref().map(Phone::spoken).unwrap_or_default(),
    })
}
