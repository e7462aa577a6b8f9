//! The intake: the boxes on the left, what the clerk should know on the right; also the form that corrects a ticket.
//! Only the words are needed. Whether a report may be saved is decided by the domain, not here.

mod entry;
mod offer;
mod opening;
mod place;
mod save;
mod side;

pub use entry::Entry;
pub use offer::offered;
pub use opening::{OPENING, bring_back, edit, open_edit, open_form, open_root, refresh, restore};
pub use place::{care, category_of, danger_of, denied, found, matching, proposed_category, script_of, suggested};
pub use save::outer_due;
pub use side::{SIDE, SideRow, alike, arrange, looked_at, meaning, rememberable, set_household, ticket_of};

use place::Home;

use super::Layer;
use crate::desk::command::{Command, Enabled, Scope};
use crate::desk::commit::After;
use crate::desk::field::{Field, Took};
use crate::desk::geometry::{Area, Layout};
use crate::desk::key::Key;
use crate::desk::list::List;
use crate::desk::notice::Level;
use crate::desk::{Desk, Effect};
use crate::domain::find::Hit;
use crate::domain::id::{CommandUid, PersonId, PlaceId, TicketId};
use crate::domain::op::parked::Form;
use crate::domain::query::around::LookAlike;
use crate::domain::query::duty::Candidate;
use crate::domain::query::places::Household;
use crate::domain::query::tickets::Detail;
use crate::domain::ticket::Channel;
use crate::domain::time::Time;
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

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "intake.next",
        &["enter"],
        Scope::Intake,
        t("下一项", "next"),
        t("选中并到下一项; 最后一项就保存", "Take it and go to the next box; the last one saves"),
        save::enter,
    )
    .footer(),
    Command::new(
        "intake.save",
        &["ctrl-s"],
        Scope::Intake,
        t("保存", "save"),
        t("在哪一项都能保存; 只要写了什么事", "Save from any box; only the words are needed"),
        save::save,
    )
    .footer(),
    Command::new(
        "intake.tab",
        &["tab"],
        Scope::Intake,
        t("下一项", "next box"),
        t("到下一项", "To the next box"),
        |desk| turn(desk, 1),
    ),
    Command::new(
        "intake.back_tab",
        &["shift-tab"],
        Scope::Intake,
        t("上一项", "box before"),
        t("到上一项", "To the box before"),
        |desk| turn(desk, -1),
    ),
    Command::new(
        "intake.down",
        &["down"],
        Scope::Intake,
        t("下", "down"),
        t("下一个候选, 或下一项", "The next candidate, or the next box"),
        |desk| step(desk, 1),
    ),
    Command::new(
        "intake.up",
        &["up"],
        Scope::Intake,
        t("上", "up"),
        t("上一个候选, 或上一项", "The candidate before, or the box before"),
        |desk| step(desk, -1),
    ),
    Command::new(
        "intake.channel",
        &["ctrl-t"],
        Scope::Intake,
        t("换渠道", "channel"),
        t("换渠道: 电话, 来访, 巡查, 网格, 12345 ..", "Another channel: phone, walk-in, patrol, grid, 12345 .."),
        channel,
    )
    .when(may_turn_channel),
    Command::new(
        "intake.warned",
        &["ctrl-g"],
        Scope::Intake,
        t("已告知", "told him"),
        t("危险提示已经对来电人说了: 记下时间", "The caller was told the words for danger: keep the time"),
        place::note_told,
    )
    .when(place::may_note_told),
    Command::new(
        "intake.discard",
        &["ctrl-x"],
        Scope::Intake,
        t("丢弃", "throw away"),
        t("这份登记不要了; 马上按 u 可以取回", "Throw this report away; u brings it back right after"),
        opening::discard,
    )
    .when(opening::may_discard),
    Command::new(
        "intake.leave",
        &["esc", "ctrl-q"],
        Scope::Intake,
        t("退出 (稿子留)", "leave (kept)"),
        t("退出; 写了的自动暂存, F9 取回", "Leave; what was typed is parked, F9 takes it up again"),
        opening::leave,
    )
    .called(|desk| if desk.not_aside.is_some() { t("退出", "leave") } else { t("退出 (稿子留)", "leave (kept)") })
    .footer(),
];

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
    desk.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Intake(intake) => Some(intake.as_mut()),
        _ => None,
    })
}

/// The topmost form, to look at.
fn shown(desk: &Desk) -> Option<&Intake> {
    desk.layers.iter().rev().find_map(|layer| match layer {
        Layer::Intake(intake) => Some(intake.as_ref()),
        _ => None,
    })
}

/// Takes a form off; gives who would have been sent.
pub fn close(desk: &mut Desk, uid: CommandUid) -> Vec<Candidate> {
    let at = desk.layers.iter().position(|layer| matches!(layer, Layer::Intake(intake) if intake.uid == uid));
    match at.map(|at| desk.layers.remove(at)) {
        Some(Layer::Intake(intake)) => intake.candidates,
        _ => Vec::new(),
    }
}

/// Where the form of a chain stands among the layers.
pub fn of_chain(desk: &Desk, chain: u64) -> Option<usize> {
    desk.layers.iter().position(|layer| matches!(layer, Layer::Intake(intake) if intake.chain == Some(chain)))
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

/// A key for the box with the caret.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    if key.typed().is_some() && busy(desk) {
        return true;
    }
    let Some(Layer::Intake(intake)) = desk.layers.last_mut() else { return false };
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
pub fn paste(desk: &mut Desk, text: &str) {
    if busy(desk) {
        return;
    }
    if let Some(Layer::Intake(intake)) = desk.layers.last_mut() {
        let entry = intake.entry;
        intake.field_mut(entry).insert(text);
        changed(desk);
    }
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

/// Moves the caret to a box so many further on, taking what is picked in the one left.
fn turn(desk: &mut Desk, by: isize) {
    if busy(desk) {
        return;
    }
    place::take(desk, false);
    if let Some(intake) = top(desk) {
        intake.entry = intake.entry_after(by);
    }
    keep(desk);
}

/// Up and down: through the candidates where there are some, else through the boxes.
fn step(desk: &mut Desk, by: isize) {
    let Some(intake) = top(desk) else { return };
    if intake.picks_place() {
        intake.pick.step(by);
        intake.sure = true;
        return place::follow(desk);
    }
    if intake.entry == Entry::Category && intake.category_pick.len() > 1 {
        return intake.category_pick.step(by);
    }
    turn(desk, by);
}

fn channel(desk: &mut Desk) {
    if busy(desk) {
        return;
    }
    if let Some(intake) = top(desk) {
        let at = Channel::ALL.iter().position(|channel| *channel == intake.channel).unwrap_or(0);
        intake.channel = Channel::ALL[(at + 1) % Channel::ALL.len()];
        if !intake.entries().contains(&intake.entry) {
            intake.entry = Entry::Name;
        }
    }
    keep(desk);
}

/// How a report came is said when it is taken; a correction leaves it.
fn may_turn_channel(desk: &Desk) -> Enabled {
    match shown(desk) {
        Some(intake) if !intake.is_new() => {
            Err(t("渠道登记时定, 更正不改", "The channel is set when a report is taken"))
        }
        _ => Ok(()),
    }
}
