//! The one integration binary. `journeys` drives the desk by keys over a real data file, without threads, clocks or
//! waiting; `frames` keeps whole screens; `cli` and `pty` run the real program; `tidy` and `readme` read what is written.

#![allow(clippy::panic, clippy::unwrap_used, reason = "what a test leans on fails by panicking, as the test does")]

mod changes;
mod cli;
mod frames;
mod journeys;
mod kept;
mod moved;
mod moves;
mod pty;
mod readme;
mod rules;
mod scenes;
mod store;
mod support;
mod tidy;
