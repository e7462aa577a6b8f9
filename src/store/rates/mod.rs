//! What the rates and the month's report count.
//! What counts how is decided in `domain`.

pub(in crate::store) mod report;
pub(in crate::store) mod rows;

use crate::domain::base::time::Zone;
use crate::domain::rates::query::{RatesAnswer, RatesQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, zone: Zone, query: &RatesQuery) -> Result<RatesAnswer> {
    Ok(match query {
        RatesQuery::Rates { span, compound, now } => {
            RatesAnswer::Rates(Box::new(rows::rates(conn, zone, *span, *compound, *now)?))
        }
        RatesQuery::Month { span, now } => RatesAnswer::Month(Box::new(report::month(conn, zone, *span, *now)?)),
        RatesQuery::List(of) => RatesAnswer::List(rows::list(conn, zone, of)?),
    })
}
