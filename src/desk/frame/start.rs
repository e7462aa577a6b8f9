//! What the desk is told when it starts, and what it knows of the township as a whole.
//! Nothing is read from a file or an environment here.

use std::path::PathBuf;

use uuid::Builder;

use crate::desk::frame::ask::{Asks, Slot};
use crate::desk::frame::command::Enabled;
use crate::desk::frame::commit::Commits;
use crate::desk::frame::geometry::Layout;
use crate::desk::frame::layer::Stored;
use crate::desk::frame::notice::Notices;
use crate::desk::frame::pane::{PaneId, Panes};
use crate::desk::place::pane::COMPOUNDS;
use crate::desk::roster::pane::DUTY;
use crate::desk::settings::first_run;
use crate::desk::ticket::menu;
use crate::desk::ticket::pane::TICKETS;
use crate::desk::{Desk, Effects, Keys};
use crate::domain::base::calendar::Calendar;
use crate::domain::base::id::CommandUid;
use crate::domain::base::time::{CHINA, Time, Zone};
use crate::domain::base::wrong_clock::WrongClock;
use crate::domain::filter::Vocabulary;
use crate::domain::filter::names::Names;
use crate::domain::filter::query::{FilterAnswer, FilterQuery};
use crate::domain::handover::turn::Turns;
use crate::domain::outage::query::{OutageAnswer, OutageQuery};
use crate::domain::parked::query::{ParkedAnswer, ParkedQuery, ParkedRow};
use crate::domain::place::query::PlaceQuery;
use crate::domain::query::{Answer, Query};
use crate::domain::roster::Templates;
use crate::domain::roster::query::RosterQuery;
use crate::domain::settings::query::{Header, SettingsAnswer, SettingsQuery, Township};
use crate::domain::staff::Rank;
use crate::domain::ticket::around::OutageRow;
use crate::domain::ticket::category::Category;
use crate::domain::ticket::query::TicketQuery;
use crate::search::names_label;
use crate::text::{self, Lang, Text, t};

/// Names, settings, categories.
pub(in crate::desk) const TOWNSHIP: Slot = Slot::new("township", |desk, answer| {
    if let Answer::Settings(SettingsAnswer::Township(township)) = answer {
        desk.town.township = Some(township);
    }
});
/// The line at the top.
pub(in crate::desk) const HEADER: Slot = Slot::new("header", |desk, answer| {
    if let Answer::Settings(SettingsAnswer::Header(header)) = answer {
        desk.town.header = header;
        desk.ask_about_clock();
    }
})
.each_minute();
/// Parked intakes.
const PARKED: Slot = Slot::new("parked", |desk, answer| {
    if let Answer::Parked(ParkedAnswer::List(parked)) = answer {
        desk.town.parked = parked;
    }
});
/// The names a filter may hold, and the saved ones.
const NAMES: Slot = Slot::new("names", |desk, answer| {
    if let Answer::Filter(FilterAnswer::Names(names)) = answer {
        desk.town.names = names;
        crate::desk::ticket::pane::arrange(desk);
        menu::filters_changed(desk);
    }
});
/// Outages of now and of the days to come.
const OUTAGES: Slot = Slot::new("outages", |desk, answer| {
    if let Answer::Outage(OutageAnswer::List(rows)) = answer {
        desk.town.outages = rows;
        crate::desk::outage::arrange(desk);
        crate::desk::intake::arrange(desk);
    }
})
.each_minute();

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

    /// What it is called on the screen.
    pub const fn label(self) -> Text {
        match self {
            Self::Dark => t("深色", "dark"),
            Self::Light => t("浅色", "light"),
            Self::Mono => t("单色", "mono"),
            Self::HighContrast => t("高对比", "high contrast"),
        }
    }

    /// The palette of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|palette| palette.name() == name)
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

/// Who sits at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Name.
    pub name: String,
    /// What the operator may do.
    pub rank: Rank,
}

/// What the desk is told when it starts.
#[derive(Clone, Debug)]
pub struct Start {
    /// Language.
    pub lang: Lang,
    /// Colours.
    pub palette: Palette,
    /// Who sits at the desk.
    pub operator: Operator,
    /// Now.
    pub now: Time,
    /// Width and height of the screen in cells.
    pub size: (u16, u16),
    /// A random number; the marks of commands are made from it.
    pub seed: u64,
    /// What lies where the data file should be.
    pub found: Found,
    /// The clock was set, or is said to be right: it is not doubted.
    pub trusts_clock: bool,
}

/// What the program finds where the data file should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The data file.
    File,
    /// Nothing: it is asked what to begin with.
    Nothing,
    /// Nothing but this backup of a file that was there: it is brought back rather than begun anew.
    Backup(PathBuf),
}

/// What is known of the township as a whole.
#[derive(Debug, Default)]
pub struct Town {
    /// Names, settings, categories; none until answered.
    pub township: Option<Box<Township>>,
    /// The figures at the top.
    pub header: Header,
    /// Parked intakes, newest first.
    pub parked: Vec<ParkedRow>,
    /// Outages of now and of the days to come, the earliest first.
    pub outages: Vec<OutageRow>,
    /// The names a filter may hold, and the saved filters.
    pub names: Names,
    marks: u64,
    chains: u64,
    /// Whether the machine's clock is held against the file.
    doubts_clock: bool,
    /// Whether it was asked already what to do about it.
    clock_asked: bool,
}

impl Town {
    /// The only zone.
    pub fn zone(&self) -> Zone {
        self.township.as_ref().map_or(CHINA, |township| township.zone)
    }

    /// The desk's hours and days; plain ones until answered.
    pub fn calendar(&self) -> &Calendar {
        static PLAIN: Calendar = Calendar::plain(CHINA);
        self.township.as_ref().map_or(&PLAIN, |township| &township.calendar)
    }

    /// Whose turn it is, by the township's hours; those of a new one until answered.
    pub fn turns(&self) -> Turns {
        let starting = || Turns { hours: Templates::starting(), zone: self.zone() };
        self.township.as_ref().map_or_else(starting, |township| township.turns())
    }

    /// All categories; none until answered.
    pub fn categories(&self) -> &[Category] {
        self.township.as_ref().map_or(&[], |township| &township.categories)
    }

    /// The category of a code.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories().iter().find(|category| category.code == code)
    }
}

/// Whether the data file is there.
pub fn ready(desk: &Desk) -> Enabled {
    if desk.town.township.is_some() {
        Ok(())
    } else {
        Err(t("正在打开数据文件 ..", "The data file is being opened .."))
    }
}

impl Desk {
    /// The desk as it starts.
    pub fn new(start: Start) -> Self {
        let focus = PaneId::Tickets;
        let layers = match start.found {
            Found::File => Vec::new(),
            Found::Nothing => vec![first_run::FirstRun::new(None).stored()],
            Found::Backup(backup) => vec![first_run::FirstRun::new(Some(backup)).stored()],
        };
        Self {
            lang: start.lang,
            palette: start.palette,
            operator: start.operator,
            town: Town { marks: start.seed, doubts_clock: !start.trusts_clock, ..Town::default() },
            now: start.now,
            layout: Layout::new(start.size.0, start.size.1, focus),
            focus,
            panes: Panes::default(),
            layers,
            opened: 0,
            left: Vec::new(),
            left_notice: None,
            notices: Notices::default(),
            discarded: None,
            moved: None,
            not_aside: None,
            asks: Asks::default(),
            commits: Commits::default(),
            keys: Keys::default(),
            out: Effects::new(),
        }
    }

    /// Asks for everything the panes show.
    pub(in crate::desk) fn ask_everything(&mut self) {
        let now = self.now;
        let compound = self.panes.compounds.chosen;
        self.ask(TOWNSHIP, Query::Settings(SettingsQuery::Township));
        self.ask(HEADER, Query::Settings(SettingsQuery::Header { now }));
        self.ask(TICKETS, Query::Ticket(TicketQuery::Open { compound }));
        self.ask(COMPOUNDS, Query::Place(PlaceQuery::Compounds { now }));
        self.ask(DUTY, Query::Roster(RosterQuery::Duty { at: now, compound }));
        self.ask(PARKED, Query::Parked(ParkedQuery::List));
        self.ask(OUTAGES, Query::Outage(OutageQuery::List { now }));
        self.ask(NAMES, Query::Filter(FilterQuery::Names));
    }

    /// What is wrong with the machine's clock, when it cannot be right.
    pub fn wrong_clock(&self) -> Option<WrongClock> {
        WrongClock::of(self.now, self.town.header.newest).filter(|_| self.town.doubts_clock)
    }

    /// Asks once, when the file is first known, whether to go on by a clock that cannot be right.
    pub(in crate::desk) fn ask_about_clock(&mut self) {
        if std::mem::replace(&mut self.town.clock_asked, true) {
            return;
        }
        if let Some(wrong) = self.wrong_clock() {
            menu::wrong_clock(self, wrong);
        }
    }

    /// What a filter is read with now.
    pub fn vocabulary(&self) -> Vocabulary {
        let (town, operator) = (&self.town, self.operator.name.as_str());
        text::filter::vocabulary(&town.names, town.categories(), operator, names_label, self.now, self.zone())
    }

    /// A number for a chain of questions.
    pub fn new_chain(&mut self) -> u64 {
        self.town.chains += 1;
        self.town.chains
    }

    /// A new mark for a command (UUIDv7 of the newest time heard of).
    pub fn mark(&mut self) -> CommandUid {
        let mut random = [0; 10];
        for chunk in random.chunks_mut(8) {
            // SplitMix64: one step per eight bytes.
            self.town.marks = self.town.marks.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.town.marks;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
        let ms = u64::try_from(self.now.0).unwrap_or(0);
        CommandUid(Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
    }
}
