//! The whole application as one value: what is on the screen, what has the focus, what was asked and not yet answered.
//! It touches no terminal, no database, no clock and no thread: messages come in, effects go out.

pub mod callback;
pub(crate) mod features;
pub mod filter;
pub mod find;
pub mod frame;
pub mod handover;
pub mod intake;
pub mod outage;
pub mod place;
pub mod rates;
pub mod roster;
pub mod settings;
pub mod staff;
pub mod ticket;

pub use crate::desk::frame::effect::{Effect, Effects};
pub use crate::desk::frame::msg::Msg;
pub use crate::desk::frame::start::{Found, Operator, Palette, Start};

use crate::desk::frame::ask::{Asks, Slot};
use crate::desk::frame::command::Scope;
use crate::desk::frame::commit::Commits;
use crate::desk::frame::geometry::{Layout, Shape};
use crate::desk::frame::key::Key;
use crate::desk::frame::keymap::Keymap;
use crate::desk::frame::layer::AnyLayer;
use crate::desk::frame::notice::{Level, Notices};
use crate::desk::frame::pane::{PaneId, Panes};
use crate::desk::frame::prompt;
use crate::desk::frame::start::Town;
use crate::desk::intake::Intake;
use crate::domain::base::calendar::Calendar;
use crate::domain::base::time::{MINUTE, Time, Zone};
use crate::domain::base::trouble::{Moved, Trouble};
use crate::domain::handover::turn::Turns;
use crate::domain::parked::op::Form;
use crate::domain::query::Query;
use crate::text::{Lang, Text, t, trouble};

/// The application.
#[derive(Debug)]
pub struct Desk {
    /// Language of every label.
    pub lang: Lang,
    /// Colours.
    pub palette: Palette,
    /// Who sits here.
    pub operator: Operator,
    /// What is known of the township as a whole.
    pub town: Town,
    /// The newest time heard of.
    pub now: Time,
    /// Where the panes stand.
    pub layout: Layout,
    /// The pane that has the focus when no layer is open.
    pub focus: PaneId,
    /// The panes.
    pub panes: Panes,
    /// What lies above the panes, the topmost last.
    pub layers: Vec<AnyLayer>,
    /// Layers opened so far.
    opened: u64,
    /// Questions left with words in them, the newest first.
    left: Vec<prompt::Prompt>,
    /// An outage's form left with something in it.
    left_notice: Option<Box<crate::desk::outage::OutageForm>>,
    /// What happened.
    pub notices: Notices,
    /// What was asked.
    pub asks: Asks,
    /// A report thrown away, until something else is done.
    discarded: Option<Box<Form>>,
    /// What became of the data file under its name; none while all is as it was.
    moved: Option<Moved>,
    /// Why what is being typed is not kept aside; none while it is.
    not_aside: Option<Trouble>,
    commits: Commits,
    keys: Keys,
    out: Effects,
}

/// What the keyboard has begun.
#[derive(Debug, Default)]
struct Keys {
    map: Keymap,
    pending: Vec<Key>,
    quitting: bool,
    ahead: crate::desk::frame::ahead::Ahead,
}

impl Desk {
    /// The scopes heard now, innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        match self.layers.last() {
            Some(layer) => layer.scopes(),
            None => self.focus.scopes(),
        }
    }

    /// The keys of a sequence begun and not finished.
    pub fn pending(&self) -> &[Key] {
        &self.keys.pending
    }

    /// How keys are looked up.
    pub const fn keymap(&self) -> &Keymap {
        &self.keys.map
    }

    /// Whether a field has the focus, so that characters are typed.
    pub fn typing(&self) -> bool {
        self.layers.last().is_some_and(AnyLayer::types)
    }

    /// When the desk next wants to hear the time: at the turn of the minute, or sooner while a notice stands, or when a ticket
    /// begins to ask for attention.
    pub fn wakes_at(&self) -> Time {
        let minute = Time((self.now.0.div_euclid(MINUTE) + 1) * MINUTE);
        [self.notices.goes_at(), self.panes.tickets.changes_at()].into_iter().flatten().fold(minute, Time::min)
    }

    /// The township's zone.
    pub fn zone(&self) -> Zone {
        self.town.zone()
    }

    /// The hours of the township's shifts.
    pub fn turns(&self) -> Turns {
        self.town.turns()
    }

    /// The desk's hours and days.
    pub fn calendar(&self) -> &Calendar {
        self.town.calendar()
    }

    /// What stays said as long as it is so: a half-typed report that a power cut would take.
    pub fn standing_trouble(&self) -> Option<String> {
        let trouble = self.not_aside.as_ref().filter(|_| self.top::<Intake>().is_some())?;
        let why = trouble::sentence(trouble, self.lang);
        Some(
            t("写的还没留底, 请先保存: {why}", "What you type is not kept yet, save it first: {why}")
                .with(self.lang, &[("why", &why)]),
        )
    }

    /// A text in the language of the desk.
    pub const fn say(&self, text: Text) -> &'static str {
        text.get(self.lang)
    }

    /// Shows a notice.
    pub fn notice(&mut self, level: Level, text: impl Into<String>) {
        let about = match (level, self.layers.last()) {
            (Level::Info | Level::Refused, Some(layer)) => layer.about(),
            _ => None,
        };
        self.notices.put(level, text.into(), self.now, about);
    }

    /// Whether the next `q` ends the program.
    pub const fn quitting(&self) -> bool {
        self.keys.quitting
    }

    /// Whether the screen is too small for anything but a sentence.
    pub fn too_small(&self) -> bool {
        self.layout.shape == Shape::TooSmall
    }

    /// Lets an effect out.
    pub fn emit(&mut self, effect: Effect) {
        self.out.push(effect);
    }

    /// Asks a question; an older one of the same slot is forgotten.
    pub fn ask(&mut self, slot: Slot, query: Query) {
        let n = self.asks.asked(slot, Some(query.clone()));
        self.emit(Effect::Ask { slot, n, query });
    }
}
