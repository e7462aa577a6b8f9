//! Handovers of before: newest first, page by page, narrowed while words are typed; Enter reads one.
//! Nothing is changed here.

use super::super::Layer;
use super::Room;
use crate::desk::Desk;
use crate::desk::ask::Slot;
use crate::desk::command::{Command, Scope};
use crate::desk::field::{Field, Took};
use crate::desk::geometry::{Area, Layout};
use crate::desk::key::Key;
use crate::desk::list::List;
use crate::domain::id::HandoverId;
use crate::domain::query::Query;
use crate::domain::query::handover::{Past, Pasts};
use crate::text::t;

/// State of the layer.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Words they must hold.
    pub field: Field,
    /// Them, in order.
    pub list: List<HandoverId>,
    /// What has come so far; none until answered.
    pub page: Option<Pasts>,
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[Command::new(
    "handovers.read",
    &["enter"],
    Scope::Handovers,
    t("打开", "read"),
    t("看这一次交接班", "Read this handover"),
    read,
)
.footer()];

/// Rows above the list: the field, a blank one.
pub const ROWS_ABOVE: u16 = 2;
/// Handovers asked for at a time: more than a screen, and few enough to come while one types.
const PAGE: usize = 50;

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h)
}

/// Opens it.
pub fn open(desk: &mut Desk) {
    desk.open(Layer::Handovers(Box::default()));
    look(desk, String::new());
}

fn look(desk: &mut Desk, words: String) {
    desk.ask(Slot::Handovers, Query::HandoverHistory { words, limit: PAGE, after: None });
}

/// A page has come. A first one takes the place of all; another goes behind those there.
pub fn set(desk: &mut Desk, page: Pasts) {
    let on = match desk.asks.query(Slot::Handovers) {
        Some(Query::HandoverHistory { words, after: Some(_), .. }) => Some(words.clone()),
        _ => None,
    };
    let Some(shelf) = there(desk) else { return };
    let so_far = shelf.page.take().filter(|_| on.is_some()).unwrap_or_default();
    let rows: Vec<Past> = so_far.rows.into_iter().chain(page.rows).collect();
    let read = rows.len();
    shelf.list.set(rows.iter().map(|past| past.id).collect());
    shelf.page = Some(Pasts { rows, next: page.next });
    if let Some(words) = on {
        // Asked again after a change, all that was read is read again.
        desk.asks.instead(Slot::Handovers, Query::HandoverHistory { words, limit: read, after: None });
    }
}

/// At the end of what has come, the next page is asked for.
pub fn settle(desk: &mut Desk) {
    let waiting = desk.asks.waiting(Slot::Handovers);
    let Some(shelf) = there(desk) else { return };
    let at_end = shelf.list.at_end();
    let Some(after) = shelf.page.as_ref().and_then(|page| page.next) else { return };
    if waiting || !at_end {
        return;
    }
    let words = shelf.field.trimmed().to_owned();
    desk.ask(Slot::Handovers, Query::HandoverHistory { words, limit: PAGE, after: Some(after) });
}

fn there(desk: &mut Desk) -> Option<&mut Shelf> {
    desk.layers.iter_mut().find_map(|layer| match layer {
        Layer::Handovers(shelf) => Some(&mut **shelf),
        _ => None,
    })
}

/// A key for the field.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let Some(Layer::Handovers(shelf)) = desk.layers.last_mut() else { return false };
    match shelf.field.key(key) {
        Took::Nothing => return false,
        Took::Moved => {}
        Took::Changed => {
            let words = shelf.field.trimmed().to_owned();
            look(desk, words);
        }
    }
    true
}

/// Text in one piece.
pub fn paste(desk: &mut Desk, text: &str) {
    if let Some(Layer::Handovers(shelf)) = desk.layers.last_mut() {
        shelf.field.insert(text);
        let words = shelf.field.trimmed().to_owned();
        look(desk, words);
    }
}

fn read(desk: &mut Desk) {
    let Some(Layer::Handovers(shelf)) = desk.layers.last() else { return };
    let past = shelf.page.as_ref().and_then(|page| page.rows.get(shelf.list.row())).cloned();
    if let Some(past) = past {
        desk.open(Layer::Handover(Box::new(Room { past: Some(Box::new(past)), ..Room::default() })));
    }
}
