//! Files in and out: spreadsheets of residents, homes, staff and reports, and the tables that leave the desk.
//! It knows no SQL: what it parsed is written by the store, what it writes was answered by the store.

mod error;
pub mod export;
mod fields;
mod heads;
pub mod import;
pub mod mapping;
pub mod pages;
pub mod report;
pub mod sheets;
pub mod tickets;

pub use error::{Error, kind_name, left_out, reason_sentence, sentence};
