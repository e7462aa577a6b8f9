//! Everything the desk asks of the world outside. Doing it is not here; that is `run`.

use std::path::PathBuf;

use crate::desk::frame::ask::Slot;
use crate::domain::base::find::FindKind;
use crate::domain::base::id::{CommandUid, TicketId};
use crate::domain::base::paper::Paper;
use crate::domain::filter::Filter;
use crate::domain::op::Op;
use crate::domain::parked::op::Form;
use crate::domain::query::Query;
use crate::domain::ticket::order::Order;

/// One thing to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Answer a question with `Msg::Answer`. A newer question of the same slot makes this one needless.
    Ask {
        /// Where the answer goes.
        slot: Slot,
        /// Its number.
        n: u64,
        /// The question.
        query: Query,
    },
    /// Look for what is typed, and answer with `Msg::Found`.
    Find {
        /// Where the answer goes.
        slot: Slot,
        /// Its number.
        n: u64,
        /// What is typed.
        text: String,
        /// Only these kinds; all when empty.
        kinds: &'static [FindKind],
        /// Hits at most.
        limit: usize,
    },
    /// Write a change, and answer with `Msg::Committed`, `Refused` or `Failed`. Never dropped, never reordered.
    Commit {
        /// Its number.
        n: u64,
        /// Sent twice it is done once.
        uid: CommandUid,
        /// The change.
        op: Box<Op>,
    },
    /// Take back the newest change of this session; answered as a commit.
    Undo {
        /// Its number.
        n: u64,
        /// Sent twice it is done once.
        uid: CommandUid,
    },
    /// Make the change again that was taken back last; answered as a commit.
    Redo {
        /// Its number.
        n: u64,
        /// Sent twice it is done once.
        uid: CommandUid,
    },
    /// Keep a half-typed intake through anything that may end the program.
    KeepDraft(Box<Form>),
    /// It is saved, parked or empty.
    DropDraft(CommandUid),
    /// A ticket's names and phones are shown in full: write down who saw them.
    LogAccess(TicketId),
    /// Write the tickets that pass into a sheet, and tell by `Msg::Export` how it goes.
    Export {
        /// What they must be like.
        filter: Filter,
        /// In which order.
        order: Order,
        /// What kind of file.
        sheet: Sheet,
    },
    /// Make a page for the printer, and answer with `Msg::Printed`.
    Print(Paper),
    /// Write what the open data file holds into a backup, and answer with `Msg::Rescued`.
    Rescue,
    /// Put this text on the clipboard.
    Copy(String),
    /// Keep this setting.
    Keep(Setting),
    /// The choice of the first run: make the data file, then send `Msg::Ready`.
    Begin(Beginning),
    /// Draw every cell again.
    Redraw,
    /// Leave, once all writing is done.
    Quit,
}

/// A kind of file an export is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Text with commas.
    Csv,
    /// A workbook.
    Xlsx,
}

/// Settings changed from the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The language.
    Lang(crate::text::Lang),
    /// The colours.
    Palette(crate::desk::Palette),
}

/// What to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// This backup, in the place of the data file that is gone.
    Restore(PathBuf),
    /// A sample township, in a file of its own.
    Sample,
    /// An empty township.
    Empty {
        /// Its name.
        township: String,
        /// The property company.
        company: String,
    },
}

/// What a message leads to.
pub type Effects = Vec<Effect>;
