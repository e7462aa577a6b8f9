//! Help: every key heard where one was, filtered while typing in Chinese, pinyin or English.
//! It holds no text of its own: it is the list of commands, so it cannot go stale.

use crate::desk::Desk;
use crate::desk::frame::command::{self, Command, OTHER_BOXES, Scope};
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::palette::wanted;
use crate::text::t;

/// State of the layer.
#[derive(Debug)]
pub struct Help {
    /// The filter.
    pub field: Field,
    /// Rows: indexes into [`Self::rows`].
    pub list: List<usize>,
    /// The commands that pass the filter.
    pub rows: Vec<&'static Command>,
    scopes: Vec<Scope>,
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[Command::new(
    "help.open",
    &["?", "f1"],
    Scope::ANYWHERE,
    t("帮助", "help"),
    t("这里能用的所有键", "All the keys that work here"),
    open,
)
.footer()];

impl Help {
    /// Help on what is heard in `scopes`.
    fn new(scopes: Vec<Scope>) -> Self {
        let mut help = Self { field: Field::default(), list: List::default(), rows: Vec::new(), scopes };
        help.refilter();
        help
    }

    /// Text in one piece.
    fn paste_in(&mut self, text: &str) {
        self.field.insert(text);
        self.refilter();
    }

    /// Keys heard where one was come first, in the order of the scopes, the innermost first.
    fn refilter(&mut self) {
        let place = |command: &Command| self.scopes.iter().position(|scope| *scope == command.scope);
        let mut rows: Vec<(i32, usize, &'static Command)> = command::all()
            .filter(|command| !command.keys.is_empty())
            .filter_map(|command| Some((-wanted(command, self.field.trimmed())?, place(command)?, command)))
            .collect();
        rows.sort_by_key(|(score, place, _)| (*score, *place));
        let rows: Vec<&'static Command> = rows.into_iter().map(|(_, _, command)| command).collect();
        self.list.set((0..rows.len()).collect());
        self.rows = rows;
    }
}

/// Rows under the list, where the selected row is told in whole.
pub const ROWS_BELOW: u16 = 2;

impl Layer for Help {
    const SCOPE: Scope = Scope::new("help", OTHER_BOXES);
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const TYPES: bool = true;
    const SEEN_THROUGH: bool = true;

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h.saturating_sub(2 + ROWS_BELOW))
    }

    /// A key for the filter.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(help) = desk.top_mut::<Help>() else { return false };
        match help.field.key(key) {
            Took::Nothing => return false,
            Took::Moved => {}
            Took::Changed => help.refilter(),
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
pub fn area(layout: &Layout) -> Area {
    layout.middle(90, layout.body.h)
}

fn open(desk: &mut Desk) {
    if desk.top::<Help>().is_none() {
        let help = Help::new(desk.scopes());
        desk.open(help);
    }
}
