//! Compounds and households on the screen.
//! How they are found is `find`.

pub mod card;
pub mod pane;
