//! Operators in the data file.
//! Who is at work is `session`.

pub(in crate::store) mod rows;

use crate::domain::operator::query::{OperatorAnswer, OperatorQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, query: &OperatorQuery) -> Result<OperatorAnswer> {
    Ok(match query {
        OperatorQuery::List => OperatorAnswer::List(rows::list(conn)?),
    })
}
