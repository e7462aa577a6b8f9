//! Tickets on the screen: the list, the opened one, and what can be done to them.
//! Which moves there are is `domain::ticket`.

pub mod act;
pub mod around;
pub mod asking;
pub mod menu;
pub mod message;
pub mod moving;
pub mod opened;
pub mod pane;
pub mod preview;
pub mod send;
pub mod sum;
pub mod tell;
