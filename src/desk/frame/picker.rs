//! A list to pick one from, by digit, by cursor or by typing part of it: who to send, which status.
//! What becomes of the pick is in [`Then`].

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{self, Command, Enabled, OTHER_BOXES, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::effect::Sheet;
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::{Layer, Then};
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::notice::Level;
use crate::desk::frame::pane::{self, PaneId};
use crate::desk::frame::say;
use crate::desk::roster::{self, pane as duty_pane, stand_in, worker};
use crate::desk::staff::{self, departure};
use crate::desk::ticket::moving::{self, Moving};
use crate::desk::ticket::{self, act, send};
use crate::desk::{Desk, Effect, callback};
use crate::domain::base::event::EventKind;
use crate::domain::base::id::{FilterId, StaffId, TicketId};
use crate::domain::callback::op::{Call, waits};
use crate::domain::callback::query::CallbackAnswer;
use crate::domain::filter;
use crate::domain::op::Op;
use crate::domain::query::Answer;
use crate::domain::refusal::Refusal;
use crate::domain::roster::duty::Candidate;
use crate::domain::roster::query::RosterAnswer;
use crate::domain::roster::shift::Presence;
use crate::domain::staff::query::StaffAnswer;
use crate::domain::ticket::op::{Act, TicketOp};
use crate::domain::ticket::order::Order;
use crate::domain::ticket::{Move, Status, ToldBy, move_between, moves_from};
use crate::text::labels::Labelled;
use crate::text::{refusal, t, wrap};

/// Who could be picked.
pub const PICKER: Slot = Slot::new("picker", |desk, answer| match answer {
    Answer::Staff(StaffAnswer::Departure(departure)) => departure::answered(desk, departure),
    Answer::Callback(CallbackAnswer::Reopening(reopening)) => send::reopening(desk, reopening),
    Answer::Roster(RosterAnswer::Suggest(candidates)) => send::candidates(desk, candidates),
    _ => {}
});

/// What can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// This person.
    Staff(StaffId),
    /// Of several tickets each its own.
    Each,
    /// This status.
    Status(Status),
    /// Whether somebody came.
    Presence(Presence),
    /// Somebody in his place.
    Cover,
    /// The row of this number in what was offered.
    Row(usize),
    /// These people of the week grid.
    Show(roster::grid::Show),
    /// This order.
    Order(Order),
    /// This filter.
    Filter(FilterId),
    /// This kind of sheet.
    Sheet(Sheet),
    /// How the worker was told.
    Told(ToldBy),
    /// To raise it or not.
    Raise(bool),
    /// To go on or to leave.
    GoOn(bool),
    /// This command, by its name.
    Command(&'static str),
    /// The text in the first column.
    Text,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is.
    pub pick: Pick,
    /// The columns.
    pub columns: Vec<String>,
    /// The words it is found by, Chinese and English.
    pub words: (String, String),
}

/// State of the layer.
#[derive(Debug)]
pub struct Picker {
    /// What is asked.
    pub title: String,
    /// What is typed to narrow the list.
    pub field: Field,
    /// All that can be picked.
    pub choices: Vec<Choice>,
    /// Indexes into `choices`.
    pub list: List<usize>,
    /// Who would be sent to each of several tickets; none where nobody suits.
    pub each: Vec<(TicketId, Option<Candidate>)>,
    /// The versions of the tickets whose moves are listed, when they were.
    pub seen: Vec<(TicketId, i64)>,
    /// The row digit 1 picks; 0 goes on by nine.
    first: usize,
    /// What must be known for the pick, above the list.
    pub facts: Vec<String>,
    /// What becomes of the pick.
    pub then: Then,
    /// The chain it belongs to.
    pub chain: u64,
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "picker.choose",
        &["enter"],
        Picker::SCOPE,
        t("选这个", "choose"),
        t("选中的这个; 或直接按数字, 0 到下九个", "Choose the selected row; or press its digit, 0 for the next nine"),
        choose,
    )
    .footer(),
    Command::new(
        "filter.remove",
        &["ctrl-d"],
        Picker::SCOPE,
        t("删去", "remove"),
        t("删去选中的常用筛选; u 撤销", "Remove the selected saved filter; u takes that back"),
        remove,
    )
    .when(on_filter)
    .footer(),
];

impl Picker {
    /// A list to pick from, all of it shown.
    pub fn new(title: String, choices: Vec<Choice>, then: Then, chain: u64) -> Self {
        let (field, list) = (Field::default(), List::default());
        let each = Vec::new();
        let (seen, facts) = (Vec::new(), Vec::new());
        let mut picker = Self { title, field, choices, list, each, seen, first: 0, facts, then, chain };
        picker.refilter();
        picker
    }

    /// Text in one piece.
    fn paste_in(&mut self, text: &str) {
        self.field.insert(text);
        self.refilter();
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&Choice> {
        self.choices.get(self.list.selected()?)
    }

    /// Other choices; the cursor stays on what it stood on.
    pub fn offer(&mut self, choices: Vec<Choice>) {
        let before = self.selected().map(|choice| choice.pick);
        self.choices = choices;
        self.refilter();
        let row = self.list.ids().iter().position(|&i| Some(self.choices[i].pick) == before);
        self.list.select_row(row.unwrap_or(0));
    }

    pub(in crate::desk) fn refilter(&mut self) {
        let typed = self.field.trimmed();
        let mut found: Vec<(i32, usize)> = (0..self.choices.len())
            .filter_map(|i| Some((-say::answers_to(&self.choices[i].words.0, &self.choices[i].words.1, typed)?, i)))
            .collect();
        found.sort_unstable();
        self.list.set(found.into_iter().map(|(_, i)| i).collect());
        self.list.select_row(0);
        self.first = 0;
    }

    /// The digit that picks a row while nothing is typed; `0` behind the ninth, which makes the next nine pickable.
    pub fn digit(&self, row: usize) -> Option<usize> {
        let n = row.checked_sub(self.first).filter(|_| self.field.is_blank())? + 1;
        match n {
            1..=DIGITS => Some(n),
            n if n == DIGITS + 1 => Some(0),
            _ => None,
        }
    }
}

/// Rows picked by a digit at a time.
const DIGITS: usize = 9;

impl Layer for Picker {
    const SCOPE: Scope = Scope::new("picker", OTHER_BOXES);
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[PICKER, stand_in::STAND_INS];
    const TYPES: bool = true;

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(list_height(layout, self))
    }

    fn chain(&self) -> Option<u64> {
        Some(self.chain)
    }

    /// A key for the field; while it is empty a digit picks the row of that number.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(picker) = desk.top_mut::<Picker>() else { return false };
        if picker.field.is_blank() && key.folded() == Key::char('0') {
            let next = picker.first + DIGITS;
            picker.first = if next < picker.list.len() { next } else { 0 };
            picker.list.select_row(picker.first);
            return true;
        }
        if picker.then == Then::WrongClock
            && let Some(go) = yes_or_no(key)
        {
            let is_meant = |&i: &usize| picker.choices[i].pick == Pick::GoOn(go);
            if let Some(row) = picker.list.ids().iter().position(is_meant) {
                picker.list.select_row(row);
                choose(desk);
            }
            return true;
        }
        if picker.field.is_blank()
            && let Code::Char(c @ '1'..='9') = key.folded().code
            && key.typed().is_some()
        {
            let row = picker.first + (c as usize - '1' as usize);
            if row < picker.list.len() {
                picker.list.select_row(row);
                choose(desk);
            }
            return true;
        }
        match picker.field.key(key) {
            Took::Nothing => return false,
            Took::Moved => {}
            Took::Changed => picker.refilter(),
        }
        true
    }

    fn paste(desk: &mut Desk, text: &str) -> bool {
        if let Some(layer) = desk.top_mut::<Self>() {
            layer.paste_in(text);
        }
        true
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout, picker: &Picker) -> Area {
    let rows = picker.choices.len().clamp(4, 16) + fact_rows(layout, picker).len();
    layout.middle(WIDE, u16::try_from(rows).unwrap_or(16) + 4)
}

/// Cells it takes at most, with its border.
const WIDE: u16 = 88;
/// Rows the list keeps, whatever stands above it.
const LIST_ROWS: u16 = 4;

/// What must be known for the pick, in rows as wide as it is.
pub fn fact_rows(layout: &Layout, picker: &Picker) -> Vec<String> {
    let all = layout.middle(WIDE, u16::MAX).inside();
    let mut rows: Vec<_> = picker.facts.iter().flat_map(|fact| wrap::lines(fact, usize::from(all.w))).collect();
    rows.truncate(usize::from(all.h.saturating_sub(2 + LIST_ROWS)));
    rows
}

/// Rows of the list in sight.
pub fn list_height(layout: &Layout, picker: &Picker) -> u16 {
    let above = u16::try_from(fact_rows(layout, picker).len()).unwrap_or(u16::MAX).saturating_add(2);
    area(layout, picker).inside().h.saturating_sub(above)
}

/// Opens a list to pick from.
pub fn open(desk: &mut Desk, title: String, choices: Vec<Choice>, then: Then) {
    let chain = desk.new_chain();
    desk.open(Picker::new(title, choices, then, chain));
}

/// The moves permitted to all chosen tickets and to the operator.
pub fn moves(desk: &Desk) -> Vec<&'static Move> {
    let rows = act::chosen(desk);
    let Some(first) = rows.first() else { return Vec::new() };
    moves_from(first.ticket.status)
        .filter(|row| desk.operator.rank.may(row.rank))
        .filter(|row| rows.iter().all(|other| move_between(other.ticket.status, row.to).is_some()))
        .collect()
}

/// Asks for one of these rows.
pub fn open_rows(desk: &mut Desk, title: String, choices: Vec<Choice>, then: Then, chain: u64) {
    desk.open(Picker::new(title, choices, then, chain));
}

/// Asks for the new status.
pub fn open_moves(desk: &mut Desk) {
    let lang = desk.lang;
    let choices = moves(desk)
        .into_iter()
        .map(|row| {
            let mut needs: Vec<&str> = row.needs.iter().map(|need| need.label().get(lang)).collect();
            let (status, mut event) = (row.to.label(), row.event.label());
            if row.to == Status::Closed && act::chosen(desk).iter().any(|row| waits(&row.ticket)) {
                (event, needs) = (EventKind::CalledBack.label(), Vec::new());
            }
            Choice {
                pick: Pick::Status(row.to),
                columns: vec![
                    event.get(lang).to_owned(),
                    format!("-> {}", status.get(lang)),
                    needs.join(desk.say(t("、", ", "))),
                ],
                words: (format!("{} {}", event.zh, status.zh), format!("{} {}", event.en, status.en)),
            }
        })
        .collect();
    let tickets: Vec<_> = act::chosen(desk).into_iter().map(|row| row.id).collect();
    let from = act::in_hand(desk).map_or("", |row| desk.say(row.ticket.status.label()));
    let title = format!("{}: {from}", desk.say(t("改状态", "Change the status")));
    let chain = desk.new_chain();
    let seen = moving::versions(desk, &tickets);
    desk.open(Picker { seen, ..Picker::new(title, choices, Then::Status(tickets), chain) });
}

/// What `y` and `n` say to a question that has only these two answers.
fn yes_or_no(key: Key) -> Option<bool> {
    key.typed()?;
    match key.folded().code {
        Code::Char('y' | 'Y') => Some(true),
        Code::Char('n' | 'N') => Some(false),
        _ => None,
    }
}

fn waiting(desk: &Desk, id: TicketId) -> bool {
    act::row(desk, id).is_some_and(|row| waits(&row.ticket))
}

fn choose(desk: &mut Desk) {
    let Some(picker) = desk.top::<Picker>() else { return };
    let Some(choice) = picker.selected() else { return };
    let (pick, then, chain, seen) = (choice.pick, picker.then.clone(), picker.chain, picker.seen.clone());
    match (then, pick) {
        (Then::Move(mut moving), Pick::Staff(staff)) => {
            moving.step.staff = Some(staff);
            moving.to =
                choice.columns.first().zip(choice.columns.last()).map(|(name, phone)| format!("{name} {phone}"));
            moving.needs.remove(0);
            moving::pursue(desk, moving);
        }
        (Then::Move(mut moving), Pick::Each) => {
            moving.each = picker.each.iter().filter_map(|(id, one)| Some((*id, one.as_ref()?.staff))).collect();
            moving.needs.remove(0);
            moving::pursue(desk, moving);
        }
        (Then::Overtaken(moving), Pick::Row(row)) => send::settle(desk, moving, row),
        (Then::NotSolved { tickets, whom, words }, Pick::Staff(next)) => {
            if let [id] = tickets[..] {
                callback::strip::write(desk, id, Call::NotSolved { whom, words, next }, chain);
            }
        }
        (Then::Status(tickets), Pick::Status(Status::Closed)) if tickets.iter().any(|&id| waiting(desk, id)) => {
            desk.layers.pop();
            act::ring_back(desk, &tickets);
        }
        (Then::Handover(asked), Pick::Row(row)) => crate::desk::handover::picked(desk, &asked, row, chain),
        (Then::Leaves(leaving), _) => {
            let choice = choice.clone();
            departure::picked(desk, *leaving, &choice, chain);
        }
        (Then::Staff(asked), Pick::Row(row)) => staff::edit::picked(desk, asked, row, chain),
        (Then::Tell(tickets), Pick::Told(by)) => {
            desk.layers.pop();
            act::tell(desk, tickets, by);
        }
        (Then::Raise(tickets, raise), Pick::Raise(go)) => {
            desk.layers.pop();
            if go {
                act::raise_all(desk, &tickets, raise, true);
            }
        }
        (Then::WrongClock, Pick::GoOn(go)) => {
            desk.layers.pop();
            if !go {
                desk.emit(Effect::Quit);
            }
        }
        (Then::Run, Pick::Command(name)) => {
            desk.layers.pop();
            if let Some(command) = command::named(name) {
                desk.run(command);
            }
        }
        (Then::Detach(id), Pick::Text) => {
            let path = choice.columns.first().cloned().unwrap_or_default();
            if !desk.commits().waits_of(chain) {
                desk.commit(
                    Op::Ticket(TicketOp::Act { id, act: Act::Attach { path, on: false } }),
                    After::Close(chain),
                );
            }
        }
        (Then::Status(tickets), Pick::Status(to)) => {
            let from = tickets.first().and_then(|&id| act::row(desk, id)).map(|row| row.ticket.status);
            match from.and_then(|from| move_between(from, to)) {
                Some(row) => {
                    let moving = Moving { seen, ..Moving::new(desk, tickets, row, chain) };
                    moving::pursue(desk, moving);
                }
                // Another desk moved it while the list was open: what the list offers is past.
                None => {
                    crate::desk::frame::layer::close_chain(desk, chain);
                    let sentence = match from {
                        Some(from) => refusal::sentence(&Refusal::MoveNotPermitted { from, to }, desk.lang),
                        None => desk
                            .say(t("另一台刚办结了它, 没有改", "Another desk has just ended it; nothing was changed"))
                            .to_owned(),
                    };
                    let sentence = say::about(desk, &sentence, &tickets);
                    desk.notice(Level::Refused, sentence);
                }
            }
        }
        (Then::Mark(person), pick) => duty_pane::picked(desk, &person, pick, chain),
        (Then::MarkOne(people), Pick::Staff(staff)) => {
            if let Some(person) = people.into_iter().find(|person| person.staff == staff) {
                duty_pane::ask_mark(desk, person, chain);
            }
        }
        (Then::StepIn(gap), Pick::Staff(staff)) => stand_in::chosen(desk, &gap, staff, chain),
        (Then::Show, Pick::Show(show)) => {
            crate::desk::frame::layer::close(desk);
            roster::grid::show(desk, show);
        }
        (Then::MonthOf, Pick::Show(roster::grid::Show::Compound(compound))) => {
            crate::desk::frame::layer::close(desk);
            worker::compound(desk, compound);
        }
        (Then::Order, Pick::Order(order)) => {
            crate::desk::frame::layer::close(desk);
            desk.panes.tickets.order = order;
            ticket::pane::arrange(desk);
        }
        (Then::Filter, Pick::Filter(id)) => {
            crate::desk::frame::layer::close(desk);
            let found = desk.town.names.filters.iter().find(|(other, _)| *other == id);
            if let Some(filter) = found.map(|(_, saved)| saved.filter.clone()) {
                pane::focus(desk, PaneId::Tickets);
                desk.panes.tickets.filter = filter;
                ticket::pane::arrange(desk);
            }
        }
        (Then::Export, Pick::Sheet(sheet)) => {
            crate::desk::frame::layer::close(desk);
            ticket::pane::export(desk, sheet);
        }
        _ => {}
    }
}

fn on_filter(desk: &Desk) -> Enabled {
    match desk.top::<Picker>() {
        Some(picker) if picker.then == Then::Filter && picker.selected().is_some() => Ok(()),
        _ => Err(t("先选中一个常用筛选", "Select a saved filter first")),
    }
}

fn remove(desk: &mut Desk) {
    let Some(picker) = desk.top::<Picker>() else { return };
    if let Some(Pick::Filter(id)) = picker.selected().map(|choice| choice.pick) {
        desk.commit(Op::Filter(filter::op::Act::Remove(id)), After::Nothing);
    }
}
