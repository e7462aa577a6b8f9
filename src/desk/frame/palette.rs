//! The palette: every command by name, with its key, and why it is not possible just now.
//! It runs a command where one was when it was opened, not in itself.

use crate::desk::Desk;
use crate::desk::frame::command::{self, Command, OTHER_BOXES, Scope};
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::say;
use crate::text::t;

/// State of the layer.
#[derive(Debug)]
pub struct PaletteBox {
    /// What is typed.
    pub field: Field,
    /// Rows: indexes into [`Self::rows`].
    pub list: List<usize>,
    /// The commands that fit what is typed.
    pub rows: Vec<&'static Command>,
    /// What was heard where it was opened.
    scopes: Vec<Scope>,
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "palette.open",
        &[":", "ctrl-p"],
        Scope::ANYWHERE,
        t("命令", "commands"),
        t("所有命令, 按名字找", "Every command, found by its name"),
        open,
    )
    .footer(),
    Command::new(
        "palette.run",
        &["enter"],
        PaletteBox::SCOPE,
        t("执行", "run"),
        t("执行选中的命令", "Run the selected command"),
        run,
    )
    .footer(),
];

impl PaletteBox {
    fn new(scopes: Vec<Scope>) -> Self {
        let mut palette = Self { field: Field::default(), list: List::default(), rows: Vec::new(), scopes };
        palette.refilter();
        palette
    }

    /// Text in one piece.
    fn paste_in(&mut self, text: &str) {
        self.field.insert(text);
        self.refilter();
    }

    /// Commands heard where it was opened come first; then those that work anywhere.
    fn refilter(&mut self) {
        // What is heard where it was opened comes first; what is for tickets is always listed, with the reason it waits.
        let place = |command: &Command| {
            let heard = self.scopes.iter().position(|scope| *scope == command.scope);
            heard.or_else(|| (command.scope == Scope::ON_TICKET).then_some(self.scopes.len()))
        };
        let mut rows: Vec<(i32, usize, &'static Command)> = command::all()
            .filter(|command| command.scope != Scope::LIST && command.name != "palette.open")
            .filter_map(|command| Some((-wanted(command, self.field.trimmed())?, place(command)?, command)))
            .collect();
        rows.sort_by_key(|(score, place, _)| (*score, *place));
        let rows: Vec<&'static Command> = rows.into_iter().map(|(_, _, command)| command).collect();
        self.list.set((0..rows.len()).collect());
        self.list.select_row(0);
        self.rows = rows;
    }
}

/// How well a command answers to what is typed: by key, by name, or by its words in either language or in pinyin.
pub fn wanted(command: &Command, typed: &str) -> Option<i32> {
    const BY_KEY: i32 = 10_000;
    if command.keys.contains(&typed) || command.name == typed {
        return Some(BY_KEY);
    }
    let label = say::answers_to(command.label.zh, command.label.en, typed).map(|score| score * 2);
    label.max(say::holds(&format!("{} {}", command.help.zh, command.help.en), typed).then_some(1))
}

impl Layer for PaletteBox {
    const SCOPE: Scope = Scope::new("palette", OTHER_BOXES);
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const TYPES: bool = true;
    const SEEN_THROUGH: bool = true;

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h.saturating_sub(2))
    }

    /// A key for the field.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(palette) = desk.top_mut::<PaletteBox>() else { return false };
        match palette.field.key(key) {
            Took::Nothing => return false,
            Took::Moved => {}
            Took::Changed => palette.refilter(),
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
    layout.middle(80, layout.body.h.min(18))
}

fn open(desk: &mut Desk) {
    if desk.top::<PaletteBox>().is_none() {
        let palette = PaletteBox::new(desk.scopes());
        desk.open(palette);
    }
}

fn run(desk: &mut Desk) {
    let Some(palette) = desk.top::<PaletteBox>() else { return };
    let Some(command) = palette.list.selected().and_then(|row| palette.rows.get(row).copied()) else {
        return;
    };
    desk.layers.pop();
    desk.run(command);
}
