//! The one integration binary: the desk driven by keys over a real data file, without threads and without waiting.
//! Nothing here reads a clock or the machine's zone.

#![allow(clippy::panic, clippy::unwrap_used, reason = "what a test leans on fails by panicking, as the test does")]

mod cli;
mod journeys;
mod kept;
mod readme;
mod store;
mod support;
mod tidy;
