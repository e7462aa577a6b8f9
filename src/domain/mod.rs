//! Values and rules, pure: no clock, no file, no database, no words of a language.
//! What is stored how is not here (`store`), nor how it is said (`text`).

pub mod base;
pub mod callback;
pub mod filter;
pub mod handover;
pub mod op;
pub mod operator;
pub mod outage;
pub mod parked;
pub mod person;
pub mod place;
pub mod query;
pub mod rates;
pub mod refusal;
pub mod roster;
pub mod settings;
pub mod staff;
pub mod ticket;
