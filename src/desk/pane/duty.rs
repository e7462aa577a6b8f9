//! Pane 3: who is on duty.
use crate::desk::{command::Command, list::List};
/// State of the pane.
#[derive(Debug, Default)]
pub struct Duty {
    /// Rows.
    pub list: List<i64>,
}
/// Commands of the pane.
pub const COMMANDS: &[Command] = &[];
