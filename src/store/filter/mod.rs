//! Filters that have a name, in the data file.
//! How a filter is read is `domain::filter`.

pub(in crate::store) mod apply;
pub(in crate::store) mod rows;

use crate::domain::filter::query::{FilterAnswer, FilterQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, query: &FilterQuery) -> Result<FilterAnswer> {
    Ok(match query {
        FilterQuery::Names => FilterAnswer::Names(rows::names(conn)?),
    })
}
