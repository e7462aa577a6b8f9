//! Outages in the data file.
//! What may be changed is decided in `domain`.

pub(in crate::store) mod apply;
pub(in crate::store) mod rows;

use crate::domain::outage::query::{OutageAnswer, OutageQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, query: &OutageQuery) -> Result<OutageAnswer> {
    Ok(match query {
        OutageQuery::List { now } => OutageAnswer::List(rows::list(conn, *now)?),
    })
}
