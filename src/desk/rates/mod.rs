//! The three rates on the screen.
//! What counts how is `domain::rates`.

pub mod list;
pub mod month;
