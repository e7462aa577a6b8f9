//! The intake: the boxes on the left, what the clerk should know on the right; also the form that corrects a ticket.
//! Only the words are needed. Whether a report may be saved is decided by the domain, not here.

mod entry;
mod keys;
mod offer;
mod opening;
mod place;
mod save;
mod side;
pub mod told;

pub use crate::desk::intake::entry::Entry;
pub use crate::desk::intake::offer::offered;
pub use crate::desk::intake::opening::{OPENING, bring_back, edit, open_edit, open_form, open_root, refresh, restore};
pub use crate::desk::intake::place::{
    care, category_of, danger_of, denied, found, matching, proposed_category, script_of, suggested,
};
pub use crate::desk::intake::save::outer_due;
pub use crate::desk::intake::side::{
    SIDE, SideRow, alike, arrange, looked_at, meaning, rememberable, set_household, ticket_of,
};

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::{AnyLayer, Layer};
use crate::desk::frame::list::List;
use crate::desk::frame::notice::{About, Level};
use crate::desk::intake::place::Home;
use crate::desk::{Desk, Effect, Effects};
use crate::domain::base::find::Hit;
use crate::domain::base::id::{CommandUid, PersonId, PlaceId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::parked::op::Form;
use crate::domain::place::query::Household;
use crate::domain::roster::duty::Candidate;
use crate::domain::ticket::Channel;
use crate::domain::ticket::around::LookAlike;
use crate::domain::ticket::query::{Detail, Row};
use crate::text::t;

/// What the form is for.
#[derive(Debug)]
pub enum Mode {
    /// A new report.
    New,
    /// Correcting a ticket, as it was when the form opened.
    Correct(Box<Detail>),
}

/// State of the layer.
#[derive(Debug)]
pub struct Intake {
    /// Made when the form opened; saving twice with it saves once.
    pub uid: CommandUid,
    /// What the form is for.
    pub mode: Mode,
    /// Channel.
    pub channel: Channel,
    /// The place picked.
    pub place: Option<PlaceId>,
    /// The resident picked.
    pub person: Option<PersonId>,
    /// The box with the caret.
    pub entry: Entry,
    /// Places that fit what is typed.
    pub hits: Vec<Hit>,
    /// Rows under the place box: the hits, then "as typed".
    pub pick: List<usize>,
    /// Rows under the category box: indexes of the township's categories.
    pub category_pick: List<usize>,
    /// The household in hand.
    pub household: Option<Box<Household>>,
    /// Tickets much like it nearby.
    pub alike: Vec<LookAlike>,
    /// What "this one" can mean: tickets and outages on the right.
    pub side: List<SideRow>,
    /// The cursor was moved there: it stays on its row.
    side_chosen: bool,
    /// The ended ticket under the cursor there, in full.
    pub ended: Option<Box<Detail>>,
    /// Who would be sent.
    pub candidates: Vec<Candidate>,
    /// The category whose words for danger the caller was told, and when.
    pub warned: Option<(String, Time)>,
    /// Words heard as danger that the clerk said are none; what is told later by other words is heard all the same.
    pub denied: Vec<String>,
    /// The chain that closes the form when it ends as a chase or a reopening.
    pub chain: Option<u64>,
    /// Tickets whose root it looks for 专项排查.
    pub root_of: Vec<TicketId>,
    /// The newest plain words that answered to no place and no resident.
    spoken: Option<String>,
    fields: [Field; Entry::ALL.len()],
    /// Name and phone filled in from the resident picked, not typed.
    filled: (String, String),
    /// The home whose resident they are, where he came with it: the home was typed, not he.
    came_with: Option<Home>,
    /// The candidate under the cursor is the only one meant, or was chosen: leaving the box takes it.
    sure: bool,
    /// The place box was left before its hits came: the best is picked when they do.
    pick_when_found: bool,
    /// What it was opened with from the row in hand: nothing the clerk typed.
    given: Option<Box<Form>>,
    /// What lay under the cursor when it was opened: one key fills it in.
    offer: Option<offer::From>,
    /// Boxes typed into here that another desk changed meanwhile: its newest text, until this is saved or dropped.
    others: [Option<String>; Entry::ALL.len()],
    /// Esc was pressed once on a changed correction.
    leaving: bool,
}

impl Layer for Intake {
    const SCOPE: Scope = Scope::new("intake", t("登记", "Taking a report"));
    const OUTER: &'static [Scope] = &[Scope::ANYWHERE];
    const COMMANDS: &'static [&'static [Command]] = &[keys::COMMANDS, SIDE, OPENING];
    const SLOTS: &'static [Slot] = &[place::HOUSEHOLD, place::SUGGEST, place::PLACES, side::ALIKE, side::ENDED];
    const TYPES: bool = true;

    fn chain(&self) -> Option<u64> {
        self.chain
    }

    fn about(&self) -> Option<About> {
        Some(About::Form(self.uid))
    }

    fn half_typed(&self) -> bool {
        !self.untouched()
    }

    fn done(&self, out: &mut Effects) {
        out.push(Effect::DropDraft(self.uid));
    }

    /// A key for the box with the caret.
    fn key(desk: &mut Desk, key: Key) -> bool {
        if key.typed().is_some() && busy(desk) {
            return true;
        }
        let Some(intake) = desk.top_mut::<Intake>() else { return false };
        intake.leaving = false;
        let entry = intake.entry;
        match intake.field_mut(entry).key(key) {
            Took::Nothing => return false,
            Took::Moved => keep(desk),
            Took::Changed => changed(desk),
        }
        true
    }

    /// Text in one piece.
    fn paste(desk: &mut Desk, text: &str) -> bool {
        if busy(desk) {
            return true;
        }
        if let Some(intake) = desk.top_mut::<Intake>() {
            let entry = intake.entry;
            intake.field_mut(entry).insert(text);
            changed(desk);
        }
        true
    }

    fn ticket(&self, id: TicketId) -> Option<&Row> {
        side::ticket_of(self, id)
    }
}

impl Intake {
    /// An empty form.
    pub fn new(uid: CommandUid, channel: Channel) -> Self {
        Self::of_form(&Form::new(uid, channel))
    }

    /// A form as it was kept.
    pub fn of_form(form: &Form) -> Self {
        let texts = [
            &form.place_text,
            &form.words,
            &form.phone,
            &form.name,
            &form.category,
            &form.appointment,
            &form.note,
            &form.order_number,
            &form.outer_due,
        ];
        let mut fields = texts.map(|text| Field::holding(text));
        let entry = Entry::ALL.get(form.focus).copied().unwrap_or(Entry::Place);
        fields[entry as usize] = std::mem::take(&mut fields[entry as usize]).with_caret(form.caret);
        Self {
            uid: form.uid,
            mode: Mode::New,
            channel: form.channel,
            place: form.place,
            person: form.person,
            entry,
            hits: Vec::new(),
            pick: List::default(),
            category_pick: List::default(),
            household: None,
            alike: Vec::new(),
            side: List::default(),
            side_chosen: false,
            ended: None,
            candidates: Vec::new(),
            warned: form.warned.clone(),
            denied: form.denied.clone(),
            chain: None,
            root_of: form.root_of.clone(),
            spoken: None,
            fields,
            filled: (String::new(), String::new()),
            came_with: None,
            sure: false,
            pick_when_found: false,
            given: None,
            offer: None,
            others: Default::default(),
            leaving: false,
        }
    }

    /// Everything typed, and where the caret stands.
    pub fn form(&self) -> Form {
        let text = |entry: Entry| self.field(entry).text().to_owned();
        Form {
            uid: self.uid,
            channel: self.channel,
            place_text: text(Entry::Place),
            place: self.place,
            person: self.person,
            words: text(Entry::Words),
            phone: text(Entry::Phone),
            name: text(Entry::Name),
            category: text(Entry::Category),
            appointment: text(Entry::Appointment),
            note: text(Entry::Note),
            order_number: text(Entry::OrderNumber),
            root_of: self.root_of.clone(),
            outer_due: text(Entry::OuterDue),
            warned: self.warned.clone(),
            denied: self.denied.clone(),
            focus: self.entry as usize,
            caret: self.field(self.entry).caret(),
        }
    }

    /// The field of a box.
    pub const fn field(&self, entry: Entry) -> &Field {
        &self.fields[entry as usize]
    }

    /// Whether it takes a new report.
    pub const fn is_new(&self) -> bool {
        matches!(self.mode, Mode::New)
    }

    /// What another desk wrote into a box while it was typed into here.
    pub fn other(&self, entry: Entry) -> Option<&str> {
        self.others[entry as usize].as_deref().filter(|other| *other != self.field(entry).trimmed())
    }

    /// Whether nothing was typed into a new report: it is empty, or as it was opened.
    pub fn untouched(&self) -> bool {
        let form = self.form();
        let same = |given: &Form| {
            Form { focus: form.focus, caret: form.caret, channel: form.channel, ..given.clone() } == form
        };
        self.is_new() && (form.is_empty() || self.given.as_deref().is_some_and(same))
    }

    /// The boxes shown, from the top.
    pub fn entries(&self) -> Vec<Entry> {
        Entry::of_channel(self.channel)
    }

    /// The box so many further on, going round.
    fn entry_after(&self, by: isize) -> Entry {
        let entries = self.entries();
        let at = entries.iter().position(|entry| *entry == self.entry).unwrap_or(0);
        entries[at.wrapping_add_signed(by + entries.len().cast_signed()) % entries.len()]
    }

    const fn field_mut(&mut self, entry: Entry) -> &mut Field {
        &mut self.fields[entry as usize]
    }

    /// Whether candidates are open under the box with the caret.
    pub fn picks_place(&self) -> bool {
        self.entry == Entry::Place && self.place.is_none() && !self.field(Entry::Place).is_blank()
    }
}

/// From this width on the household stands beside the form, else under it.
const BESIDE: u16 = 100;
/// Rows of the form where the household stands under it.
const FORM_ROWS: u16 = 14;

/// Where the form stands.
pub fn area(layout: &Layout) -> Area {
    let body = layout.body;
    if body.w < BESIDE { Area { h: body.h.min(FORM_ROWS), ..body } } else { Area { w: body.w * 55 / 100, ..body } }
}

/// Where the household stands.
pub fn side_area(layout: &Layout) -> Area {
    let (form, body) = (area(layout), layout.body);
    if body.w < BESIDE {
        return Area { y: body.y + form.h, h: body.h - form.h, ..body };
    }
    Area { x: form.x + form.w, w: body.w - form.w, ..body }
}

/// The topmost form.
fn top(desk: &mut Desk) -> Option<&mut Intake> {
    desk.layer_mut::<Intake>()
}

/// The topmost form, to look at.
fn shown(desk: &Desk) -> Option<&Intake> {
    desk.layer::<Intake>()
}

/// Takes a form off; gives who would have been sent.
pub fn close(desk: &mut Desk, uid: CommandUid) -> Vec<Candidate> {
    let at = desk.layers.iter().position(|layer| layer.get::<Intake>().is_some_and(|intake| intake.uid == uid));
    match at.map(|at| desk.layers.remove(at)) {
        Some(AnyLayer::Intake(intake)) => intake.candidates,
        _ => Vec::new(),
    }
}

/// Where the form of a chain stands among the layers.
pub fn of_chain(desk: &Desk, chain: u64) -> Option<usize> {
    desk.layers.iter().position(|layer| layer.get::<Intake>().is_some_and(|intake| intake.chain == Some(chain)))
}

/// Whether a form is on its way to the data file, as a report, a correction, or a word on another ticket.
fn on_its_way(desk: &Desk, intake: &Intake) -> bool {
    let commits = desk.commits();
    commits.waits(&After::Saved(intake.uid))
        || commits.waits(&After::Corrected(intake.uid))
        || intake.chain.is_some_and(|chain| commits.waits_of(chain))
}

/// Whether the topmost form is on its way; then that is said. Until the answer it stays as it was sent: what was typed
/// into it now would go with it when it closes.
fn busy(desk: &mut Desk) -> bool {
    let busy = shown(desk).is_some_and(|intake| on_its_way(desk, intake));
    if busy {
        desk.notice(Level::Info, desk.say(t("正在保存 ..", "Saving ..")));
    }
    busy
}

/// The text of the box with the caret changed.
fn changed(desk: &mut Desk) {
    match top(desk).map(|intake| intake.entry) {
        Some(Entry::Place) => place::look(desk),
        Some(Entry::Category) => place::look_for_category(desk),
        _ => {}
    }
    place::follow(desk);
    keep(desk);
}

/// Every keystroke outlives the program.
fn keep(desk: &mut Desk) {
    let Some(intake) = top(desk).filter(|intake| intake.is_new()) else { return };
    let form = intake.form();
    let effect = if intake.untouched() { Effect::DropDraft(form.uid) } else { Effect::KeepDraft(Box::new(form)) };
    desk.emit(effect);
}
