//! Stories: keys in, frame and rows out.

mod around;
mod callbacks;
mod clocks;
mod coverage;
mod duty;
mod finding;
mod handover;
mod intake;
mod rates;
mod roster;
mod screen;
mod tickets;
