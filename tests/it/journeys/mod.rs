//! Stories: keys in, frame and rows out.

mod around;
mod callbacks;
mod clocks;
mod duty;
mod finding;
mod intake;
mod rates;
mod screen;
mod tickets;
