//! Pane 2: the tickets.
use crate::desk::{command::Command, list::List};
/// State of the pane.
#[derive(Debug, Default)]
pub struct Tickets {
    /// Rows.
    pub list: List<i64>,
}
/// Commands of the pane.
pub const COMMANDS: &[Command] = &[];
