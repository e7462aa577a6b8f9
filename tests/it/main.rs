//! The one integration binary: the desk driven by keys over a real data file, without threads and without waiting.
//! Nothing here reads a clock or the machine's zone.

mod journeys;
mod store;
mod support;
