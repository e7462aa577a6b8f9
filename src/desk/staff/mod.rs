//! Staff on the screen.
//! When they work is `roster`.

pub mod departure;
pub mod edit;
pub mod list;
