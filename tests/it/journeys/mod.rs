//! Stories: keys in, frame and rows out.

mod ahead;
mod around;
mod callbacks;
mod clocks;
mod coverage;
mod departure;
mod dispatch;
mod duty;
mod filters;
mod finding;
mod handover;
mod intake;
mod late;
mod outages;
mod rates;
mod roster;
mod screen;
mod settings;
mod tickets;
