//! Values and rules, pure: no clock, no file, no database, no words of a language.
//! What is stored how is not here (`store`), nor how it is said (`text`).

pub mod calendar;
pub mod category;
pub mod clean;
pub mod clock;
pub mod code;
pub mod danger;
pub mod event;
pub mod fee;
pub mod filter;
pub mod find;
pub mod handover;
pub mod id;
pub mod import;
pub mod op;
pub mod order;
pub mod outage;
pub mod person;
pub mod pin;
pub mod place;
pub mod priority;
pub mod query;
pub mod rates;
pub mod refusal;
pub mod report;
pub mod room;
pub mod roster;
pub mod said;
pub mod shift;
pub mod staff;
pub mod ticket;
pub mod time;
pub mod trouble;
pub mod urgency;
pub mod wrong_clock;
