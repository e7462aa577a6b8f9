//! Everything that can happen to the desk. It does nothing with it; that is `update`.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::key::Key;
use crate::domain::base::event::Entity;
use crate::domain::base::find::Hit;
use crate::domain::base::time::Time;
use crate::domain::base::trouble::Trouble;
use crate::domain::op::Done;
use crate::domain::parked::op::Form;
use crate::domain::query::Answer;
use crate::domain::refusal::Refusal;

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed (or repeats, for keys that scroll).
    Key(Key),
    /// Text came in one piece: a paste, or what an input method committed.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// The screen is now so many cells wide and high.
    Resize(u16, u16),
    /// A frame was drawn: what is heard from here on was pressed by somebody who could see it.
    Drawn,
    /// It is now this time. Sent before each batch of keys, and when [`crate::desk::Desk::wakes_at`] has come.
    Tick(Time),
    /// An answer.
    Answer {
        /// Where it goes.
        slot: Slot,
        /// The number it was asked under.
        n: u64,
        /// What was answered.
        answer: Box<Answer>,
    },
    /// Hits of a search.
    Found {
        /// Where they go.
        slot: Slot,
        /// The number it was asked under.
        n: u64,
        /// The hits, the best first.
        hits: Vec<Hit>,
    },
    /// A change is written and safe.
    Committed {
        /// The number it was sent under.
        n: u64,
        /// What it did.
        done: Box<Done>,
    },
    /// A rule said no: to a change, or to what was to begin.
    Refused {
        /// The number of the change, when it was one.
        n: Option<u64>,
        /// Why.
        refusal: Refusal,
    },
    /// The machine failed: a change was not written, or a question not answered.
    Failed {
        /// The number of the change, when it was one.
        n: Option<u64>,
        /// What is the matter; the desk says it in the language it has then.
        trouble: Trouble,
    },
    /// A page for the printer is made.
    Printed {
        /// Where it lies.
        path: String,
        /// The message for the group that goes with it.
        message: Option<String>,
        /// What is wrong with the office's own template; ours was used.
        complaint: Option<String>,
    },
    /// A page for the printer could not be written: where, and why.
    NotPrinted(String),
    /// A setting could not be written down; it holds until the desk is left.
    NotKept(Trouble),
    /// Half-typed intakes can no longer be kept aside as they are typed, and why; none: they are kept again.
    NotAside(Option<Trouble>),
    /// What became of the data file under its name ([`Trouble::Moved`]); none: it is as it was.
    Moved(Option<Trouble>),
    /// What was still held lies in this backup, or why it could not be written.
    Rescued(Result<String, Trouble>),
    /// How an export goes.
    Export(Export),
    /// Other sessions changed records of these kinds.
    Foreign(Vec<Entity>),
    /// Intakes that were being typed when the program was last ended.
    Drafts(Vec<Form>),
    /// The data file is there; ask for everything.
    Ready,
    /// The terminal went away or the machine asks the program to end.
    Hangup,
}

/// How an export goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// So many tickets are read.
    Read(usize),
    /// It is written.
    Done {
        /// Rows.
        rows: usize,
        /// The file.
        path: String,
    },
    /// It is not: the sentence says why.
    Failed(String),
}

/// What the mouse did, at a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button.
    Click {
        /// Cells from the left.
        x: u16,
        /// Rows from the top.
        y: u16,
    },
    /// The wheel, so many rows, negative upwards.
    Wheel {
        /// Cells from the left.
        x: u16,
        /// Rows from the top.
        y: u16,
        /// Rows.
        rows: i16,
    },
}
