//! Stories: keys in, frame and rows out.

mod callbacks;
mod finding;
mod intake;
mod screen;
mod tickets;
