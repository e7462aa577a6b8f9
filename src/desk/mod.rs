//! The whole application as one value: what is on the screen, what has the focus, what was asked and not yet answered.
//! It touches no terminal, no database, no clock and no thread: messages come in, effects go out.

pub mod command;
pub mod effect;
pub mod field;
pub mod geometry;
pub mod global;
pub mod key;
pub mod keymap;
pub mod layer;
pub mod list;
pub mod msg;
pub mod notice;
pub mod pane;
pub mod update;

pub use effect::{Effect, Effects};
pub use msg::Msg;

use self::command::Scope;
use self::geometry::{Layout, Shape};
use self::key::Key;
use self::keymap::Keymap;
use self::layer::Layer;
use self::notice::{Level, Notices};
use self::pane::{PaneId, Panes};
use crate::domain::time::{Time, Zone};
use crate::text::{Lang, Text, t};

/// The colours on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// For dark terminals.
    Dark,
    /// For light terminals.
    Light,
    /// No colour at all: marks, bold and reverse only.
    Mono,
    /// Bright on plain, nothing dim.
    HighContrast,
}

impl Palette {
    /// Every one, in the order the theme command goes through them.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::Mono, Self::HighContrast];

    /// The name in settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Mono => "mono",
            Self::HighContrast => "high-contrast",
        }
    }

    /// The one after this.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Mono,
            Self::Mono => Self::HighContrast,
            Self::HighContrast => Self::Dark,
        }
    }
}

/// What the desk is told when it starts.
#[derive(Clone, Debug)]
pub struct Start {
    /// Language.
    pub lang: Lang,
    /// The township's zone.
    pub zone: Zone,
    /// Now.
    pub now: Time,
    /// Colours.
    pub palette: Palette,
    /// Width and height of the screen in cells.
    pub size: (u16, u16),
}

/// The application.
#[derive(Debug)]
pub struct Desk {
    /// Language of every label.
    pub lang: Lang,
    /// The township's zone.
    pub zone: Zone,
    /// The newest time heard of.
    pub now: Time,
    /// Colours.
    pub palette: Palette,
    /// Where the panes stand.
    pub layout: Layout,
    /// The pane that has the focus when no layer is open.
    pub focus: PaneId,
    /// The panes.
    pub panes: Panes,
    /// What lies above the panes, the topmost last.
    pub layers: Vec<Layer>,
    /// What happened.
    pub notices: Notices,
    keymap: Keymap,
    pending: Vec<Key>,
    quitting: bool,
}

impl Desk {
    /// The desk as it starts.
    pub fn new(start: Start) -> Self {
        let focus = PaneId::Tickets;
        Self {
            lang: start.lang,
            zone: start.zone,
            now: start.now,
            palette: start.palette,
            layout: Layout::new(start.size.0, start.size.1, focus),
            focus,
            panes: Panes::default(),
            layers: Vec::new(),
            notices: Notices::default(),
            keymap: Keymap::default(),
            pending: Vec::new(),
            quitting: false,
        }
    }

    /// The scopes heard now, innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        match self.layers.last() {
            Some(layer) => layer.scopes(),
            None => self.focus.scopes(),
        }
    }

    /// The keys of a sequence begun and not finished.
    pub fn pending(&self) -> &[Key] {
        &self.pending
    }

    /// How keys are looked up.
    pub const fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Whether a field has the focus, so that characters are typed.
    pub fn typing(&self) -> bool {
        self.layers.last().is_some_and(Layer::types)
    }

    /// When the desk next wants to hear the time: at the turn of the minute, or sooner while something waits for it.
    pub fn wakes_at(&self) -> Time {
        const MINUTE: i64 = crate::domain::time::MINUTE;
        let minute = Time((self.now.0.div_euclid(MINUTE) + 1) * MINUTE);
        self.notices.goes_at().map_or(minute, |at| at.min(minute))
    }

    /// A text in the language of the desk.
    pub const fn say(&self, text: Text) -> &'static str {
        text.get(self.lang)
    }

    /// Shows a notice.
    pub fn notice(&mut self, level: Level, text: impl Into<String>) {
        self.notices.put(level, text.into(), self.now);
    }

    /// Puts a layer on top.
    pub fn open(&mut self, layer: Layer) {
        self.pending.clear();
        self.layers.push(layer);
    }

    /// The first of two steps out: says what is left open, and waits for the second.
    fn ask_to_quit(&mut self) {
        self.quitting = true;
        self.notice(Level::Info, self.say(t("再按一次 q 退出", "Press q again to leave")));
    }

    /// Whether the screen is too small for anything but a sentence.
    pub fn too_small(&self) -> bool {
        self.layout.shape == Shape::TooSmall
    }
}
