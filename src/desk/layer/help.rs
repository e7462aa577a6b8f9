//! Help: every key heard where one was, filtered while typing in Chinese, pinyin or English.
//! It holds no text of its own: it is the list of commands, so it cannot go stale.

use super::Layer;
use super::palette::wanted;
use crate::desk::Desk;
use crate::desk::command::{self, Command, Scope};
use crate::desk::field::{Field, Took};
use crate::desk::geometry::{Area, Layout};
use crate::desk::key::Key;
use crate::desk::list::List;
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
    Scope::Anywhere,
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
    pub fn paste(&mut self, text: &str) {
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

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(90, layout.body.h)
}

/// A key for the filter.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let Some(Layer::Help(help)) = desk.layers.last_mut() else { return false };
    match help.field.key(key) {
        Took::Nothing => return false,
        Took::Moved => {}
        Took::Changed => help.refilter(),
    }
    true
}

fn open(desk: &mut Desk) {
    if !matches!(desk.layers.last(), Some(Layer::Help(_))) {
        let help = Help::new(desk.scopes());
        desk.open(Layer::Help(help));
    }
}
