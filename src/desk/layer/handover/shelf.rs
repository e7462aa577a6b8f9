//! Handovers of before: newest first, narrowed while words are typed; Enter reads one.
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
use crate::domain::query::Query;
use crate::domain::query::handover::Pasts;
use crate::text::t;

/// State of the layer.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Words they must hold.
    pub field: Field,
    /// Places in the page.
    pub list: List<usize>,
    /// The page; none until answered.
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
/// Handovers asked for at a time: a month of shifts.
const ROWS: usize = 100;

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
    desk.ask(Slot::Handovers, Query::HandoverHistory { words, limit: ROWS, after: None });
}

/// The answer has come.
pub fn set(desk: &mut Desk, page: Pasts) {
    let shelf = desk.layers.iter_mut().find_map(|layer| match layer {
        Layer::Handovers(shelf) => Some(shelf),
        _ => None,
    });
    if let Some(shelf) = shelf {
        shelf.list.set((0..page.rows.len()).collect());
        shelf.page = Some(page);
    }
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
    let past = shelf.list.selected().and_then(|at| shelf.page.as_ref()?.rows.get(at)).cloned();
    if let Some(past) = past {
        desk.open(Layer::Handover(Box::new(Room { past: Some(Box::new(past)), ..Room::default() })));
    }
}
