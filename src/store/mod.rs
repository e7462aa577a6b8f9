//! The data file. Only the sample township is here so far; no row is read or written yet.

pub mod demo;
