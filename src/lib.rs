//! township-desk: a keyboard-first service desk for a township's housing compounds, over one SQLite file.

pub mod cli;
pub mod domain;
pub mod exchange;
pub mod search;
pub mod store;
pub mod text;
