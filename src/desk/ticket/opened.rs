//! An opened ticket: everything in full, what happened, and what can be done by digit.
//! Opening it is the act that shows names and phones; it is written down, and no reason is asked.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope, WITH_TICKET};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::{AnyLayer, Layer};
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::notice::Level;
use crate::desk::frame::say;
use crate::desk::ticket::{act, around, menu};
use crate::desk::{Desk, Effect};
use crate::domain::base::id::TicketId;
use crate::domain::query::{Answer, Query};
use crate::domain::ticket::Ticket;
use crate::domain::ticket::query::{Detail, TicketAnswer, TicketQuery};
use crate::text::{t, wrap};

/// The opened ticket.
const TICKET: Slot = Slot::new("ticket", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::One(detail)) = answer {
        set(desk, detail);
    }
});

/// State of the layer.
#[derive(Debug)]
pub struct Opened {
    /// Which.
    pub id: TicketId,
    /// Rows of what is said that do not fit, then lines of the timeline.
    pub list: List<usize>,
    /// How many rows of what is said do not fit.
    pub hidden: usize,
    /// Just come: the cursor has not been placed yet.
    fresh: bool,
    /// The ticket; none until answered.
    pub detail: Option<Box<Detail>>,
}

impl Layer for Opened {
    const SCOPE: Scope = Scope::new("ticket", WITH_TICKET);
    const OUTER: &'static [Scope] = &[Scope::ON_TICKET, Scope::LAYER, Scope::LIST, Scope::ANYWHERE];
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[TICKET];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    /// A digit runs an action.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Code::Char(c @ '1'..='9') = key.code else { return false };
        match actions().nth(c as usize - '1' as usize) {
            Some(command) if key.typed().is_some() => {
                desk.run(command);
                true
            }
            _ => false,
        }
    }

    /// Lets the list know what fits.
    fn settle(desk: &mut Desk) {
        let find = |layer: &AnyLayer| layer.get::<Opened>().is_some_and(|opened| opened.detail.is_some());
        let Some(at) = desk.layers.iter().position(find) else { return };
        let Some(detail) = desk.layers[at].get::<Opened>().and_then(|opened| opened.detail.as_ref()) else { return };
        let (said, timeline) = (said(desk, detail).len(), detail.timeline.len());
        let facts = fact_rows(&detail.row.ticket);
        let above = rows_above(&desk.layout, facts, said, timeline);
        let inside = area(&desk.layout).inside();
        let height = inside.h.saturating_sub(above + 1 + u16::from(inside.w < BESIDE)).max(1);
        if let Some(opened) = desk.layers[at].get_mut::<Opened>() {
            opened.hidden = said.saturating_sub(usize::from(above - facts));
            opened.list.set((0..opened.hidden + timeline).collect());
            // A page is what is seen of the part that is being read.
            opened.list.see(usize::from(if opened.hidden > 0 { height.max(above - facts) } else { height }));
            if std::mem::take(&mut opened.fresh) {
                // The newest of what happened, unless there is more to read first.
                opened.list.select_row(if opened.hidden > 0 { 0 } else { usize::MAX });
            }
        }
    }

    fn detail(&self) -> Option<&Detail> {
        self.detail.as_deref()
    }
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[Command::new(
    "ticket.more",
    &["0"],
    Opened::SCOPE,
    t("更多", "more"),
    t("能做的事里九件以外的, 也按数字选", "What else can be done, beyond the first nine, by digit too"),
    menu::more,
)
.footer()];

/// Actions that have a digit of their own.
pub const DIGITS: usize = 9;

/// What the digits run, in order: the first nine by theirs, the others behind `0`, those first that have no key.
pub fn actions() -> impl Iterator<Item = &'static Command> {
    let all = || act::COMMANDS.iter().chain(around::COMMANDS);
    let rest = || all().skip(DIGITS);
    let keyless = |command: &&Command| command.keys.is_empty();
    all().take(DIGITS).chain(rest().filter(keyless)).chain(rest().filter(move |command| !keyless(command)))
}

/// The digits of the action at this place: `0` opens the list of the others, and goes on by nine there.
pub fn digits(place: usize) -> String {
    format!("{}{}", "0".repeat(place / DIGITS), place % DIGITS + 1)
}

/// Where the layer stands: the whole body.
pub const fn area(layout: &Layout) -> Area {
    layout.body
}

/// Cells of the column of actions, where there is room for one.
pub const ACTIONS_WIDTH: u16 = 24;
/// Narrower boxes show the actions in one line at the foot.
pub const BESIDE: u16 = 76;
/// Rows of facts around what is said, those apart that few tickets have.
const FACTS: u16 = 7;
/// What is said has so many rows at least.
const SAID: u16 = 3;
/// The timeline keeps so many rows, however long the words are.
const TIMELINE: u16 = 4;

/// What a line of what is said is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// What the caller is told first.
    Script,
    /// The report's words.
    Words,
    /// How it was solved.
    Result,
}

/// A ticket with all that belongs to it, where it is opened, just taken or looked at.
pub fn shown(desk: &Desk, id: TicketId) -> Option<&Detail> {
    let opened = desk.layers.iter().rev().find_map(|layer| layer.detail().filter(|detail| detail.row.id == id));
    opened.or_else(|| desk.panes.preview.detail(id))
}

/// What is said in a ticket, in full, in rows of the box.
pub fn said(desk: &Desk, detail: &Detail) -> Vec<(Said, String)> {
    let ticket = &detail.row.ticket;
    let cells = usize::from(text_width(&desk.layout));
    let script = say::script(desk, desk.town.category(&ticket.category)).filter(|_| ticket.status.open());
    let words = format!("「{}」", ticket.words);
    let result = format!("{}: {}", desk.say(t("结果", "Result")), ticket.result);
    let result = (!ticket.result.is_empty()).then_some(result);
    let parts = [(Said::Script, script), (Said::Words, Some(words)), (Said::Result, result)];
    let rows = |(what, text): (Said, Option<String>)| {
        text.into_iter().flat_map(move |text| wrap::lines(&text, cells)).map(move |line| (what, line))
    };
    parts.into_iter().flat_map(rows).collect()
}

/// Cells of the texts, beside the actions.
pub fn text_width(layout: &Layout) -> u16 {
    let w = area(layout).inside().w;
    if w >= BESIDE { w - ACTIONS_WIDTH - 1 } else { w }
}

/// Rows of facts around what is said.
pub fn fact_rows(ticket: &Ticket) -> u16 {
    let rare = [
        !ticket.watch_words.is_empty(),
        !ticket.materials.is_empty() || ticket.fee.is_some(),
        !ticket.attachments.is_empty(),
        !ticket.related.0.is_empty(),
    ];
    rare.into_iter().fold(FACTS, |rows, there| rows + u16::from(there))
}

/// Rows above the heading of the timeline, when so many are facts, so many are said and so many tell what happened.
pub fn rows_above(layout: &Layout, facts: u16, said: usize, timeline: usize) -> u16 {
    let inside = area(layout).inside();
    let foot = u16::from(inside.w < BESIDE);
    let timeline = u16::try_from(timeline).unwrap_or(u16::MAX).min(TIMELINE);
    let room = inside.h.saturating_sub(facts + 1 + foot + timeline).max(SAID);
    facts + u16::try_from(said).unwrap_or(u16::MAX).clamp(SAID, room)
}

/// Opens a ticket.
pub fn open(desk: &mut Desk, id: TicketId) {
    if desk.top::<Opened>().is_some_and(|opened| opened.id == id) {
        return;
    }
    // One ticket is open at a time, so that answers have one place to go.
    desk.close_all::<Opened>();
    desk.open(Opened { id, list: List::default(), hidden: 0, fresh: false, detail: None });
    desk.ask(TICKET, Query::Ticket(TicketQuery::One(id)));
    desk.emit(Effect::LogAccess(id));
}

/// The answer has come.
pub fn set(desk: &mut Desk, detail: Option<Box<Detail>>) {
    let opened = desk.layer_mut::<Opened>();
    let Some(opened) = opened else { return };
    match detail {
        Some(detail) if detail.row.id == opened.id => {
            opened.fresh = opened.detail.is_none();
            opened.detail = Some(detail);
        }
        Some(_) => {}
        None => {
            desk.close_all::<Opened>();
            desk.notice(Level::Trouble, desk.say(t("没有这张工单", "There is no such ticket")));
        }
    }
}
