//! Draws tickets: the list, the opened one, messages.

pub mod facts;
pub mod message;
pub mod opened;
pub mod pane;
pub mod preview;
pub mod sum;
