//! Stories: keys in, frame and rows out.

mod duty;
mod finding;
mod intake;
mod screen;
mod tickets;
