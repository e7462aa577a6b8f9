//! Values and rules, pure: no clock, no file, no database, no words of a language.
//! What is stored how is not here (`store`), nor how it is said (`text`).

pub mod clean;
pub mod code;
pub mod find;
pub mod id;
pub mod import;
pub mod person;
pub mod refusal;
pub mod time;
