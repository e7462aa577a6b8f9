//! Stories: keys in, frame and rows out.

mod around;
mod callbacks;
mod clocks;
mod dispatch;
mod filters;
mod finding;
mod intake;
mod outages;
mod rates;
mod screen;
mod settings;
mod tickets;
