//! Everything that can happen to the desk. It does nothing with it; that is `update`.

use super::key::Key;
use crate::domain::time::Time;

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
    /// It is now this time. Sent before each batch of keys, and when [`super::Desk::wakes_at`] has come.
    Tick(Time),
    /// The terminal went away or the machine asks the program to end.
    Hangup,
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
