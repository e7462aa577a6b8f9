//! Stories: keys in, frame and rows out.

mod intake;
