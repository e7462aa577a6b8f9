//! Stories: keys in, frame and rows out.

mod finding;
mod intake;
mod screen;
mod tickets;
