//! The township's settings and what a new desk begins with.
//! What follows from them is in the features that use them.

pub mod first_run;
pub mod pages;
