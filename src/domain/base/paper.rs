//! Pages for the printer, as one asks for them. What a page looks like is not known here.

use crate::domain::base::id::TicketId;
use crate::domain::base::time::Day;
use crate::domain::handover::Line;
use crate::domain::handover::query::Past;

/// A page for the printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paper {
    /// The job slip of a ticket 派工单; who is on it is shown in full, and that is written down.
    Slip(TicketId),
    /// A week of shifts for the wall, as published, with the message for the group.
    Wall {
        /// The week's first day.
        monday: Day,
    },
    /// A shift handover as it stands on the screen.
    Handover {
        /// It; its own lines are not read.
        of: Box<Past>,
        /// The lines shown.
        lines: Vec<Line>,
        /// That the window is longer than its shift, in words.
        spans: Option<String>,
    },
}
