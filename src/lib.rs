//! township-desk: a keyboard-first service desk for a township's housing compounds, over one SQLite file.

pub mod cli;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod run;
pub mod search;
pub mod store;
pub mod term;
pub mod text;
pub mod view;
