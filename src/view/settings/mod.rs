//! Draws the settings and the first run.

pub mod first_run;
pub mod pages;
