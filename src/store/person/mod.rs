//! People and what they are called, in the data file.
//! How they are found again is `search`.

pub(in crate::store) mod import;
pub(in crate::store) mod nickname;
pub(in crate::store) mod rows;
