//! Handovers of before: newest first, page by page, narrowed while words are typed; Enter reads one.
//! Nothing is changed here.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::handover::Room;
use crate::domain::base::id::HandoverId;
use crate::domain::handover::query::{HandoverAnswer, HandoverQuery, Past, Pasts};
use crate::domain::query::{Answer, Query};
use crate::text::t;

/// Previous handovers.
pub(in crate::desk) const HANDOVERS: Slot = Slot::new("handovers", |desk, answer| {
    if let Answer::Handover(HandoverAnswer::History(page)) = answer {
        set(desk, page);
    }
});

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
    Shelf::SCOPE,
    t("打开", "read"),
    t("看这一次交接班", "Read this handover"),
    read,
)
.footer()];

/// Rows above the list: the field, a blank one.
pub const ROWS_ABOVE: u16 = 2;
/// Handovers asked for at a time: more than a screen, and few enough to come while one types.
const PAGE: usize = 50;

impl Layer for Shelf {
    const SCOPE: Scope = Scope::new("handovers", t("交接班", "The shift handover"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[HANDOVERS];
    const TYPES: bool = true;

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h.saturating_sub(ROWS_ABOVE))
    }

    /// A key for the field.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(shelf) = desk.top_mut::<Shelf>() else { return false };
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
    fn paste(desk: &mut Desk, text: &str) -> bool {
        if let Some(shelf) = desk.top_mut::<Shelf>() {
            shelf.field.insert(text);
            let words = shelf.field.trimmed().to_owned();
            look(desk, words);
        }
        true
    }

    /// At the end of what has come, the next page is asked for.
    fn settle(desk: &mut Desk) {
        let waiting = desk.asks.waiting(HANDOVERS);
        let Some(shelf) = there(desk) else { return };
        let at_end = shelf.list.at_end();
        let Some(after) = shelf.page.as_ref().and_then(|page| page.next) else { return };
        if waiting || !at_end {
            return;
        }
        let words = shelf.field.trimmed().to_owned();
        desk.ask(HANDOVERS, Query::Handover(HandoverQuery::History { words, limit: PAGE, after: Some(after) }));
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h)
}

/// Opens it.
pub fn open(desk: &mut Desk) {
    desk.open(Shelf::default());
    look(desk, String::new());
}

fn look(desk: &mut Desk, words: String) {
    desk.ask(HANDOVERS, Query::Handover(HandoverQuery::History { words, limit: PAGE, after: None }));
}

/// A page has come. A first one takes the place of all; another goes behind those there.
pub fn set(desk: &mut Desk, page: Pasts) {
    let on = match desk.asks.query(HANDOVERS) {
        Some(Query::Handover(HandoverQuery::History { words, after: Some(_), .. })) => Some(words.clone()),
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
        desk.asks.instead(HANDOVERS, Query::Handover(HandoverQuery::History { words, limit: read, after: None }));
    }
}

fn there(desk: &mut Desk) -> Option<&mut Shelf> {
    desk.layer_mut::<Shelf>()
}

fn read(desk: &mut Desk) {
    let Some(shelf) = desk.top::<Shelf>() else { return };
    let past = shelf.page.as_ref().and_then(|page| page.rows.get(shelf.list.row())).cloned();
    if let Some(past) = past {
        desk.open(Room { past: Some(Box::new(past)), ..Room::default() });
    }
}
