//! Reports put aside, in the data file.
//! Those being typed are in the side file.

pub(in crate::store) mod apply;
pub(in crate::store) mod rows;

use crate::domain::parked::query::{ParkedAnswer, ParkedQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, query: &ParkedQuery) -> Result<ParkedAnswer> {
    Ok(match query {
        ParkedQuery::List => ParkedAnswer::List(rows::list(conn)?),
    })
}
