//! Places in the data file.
//! How a place is written in words is `domain::place`.

pub(in crate::store) mod import;
pub(in crate::store) mod rows;

use crate::domain::base::time::Zone;
use crate::domain::place::query::{PlaceAnswer, PlaceQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, zone: Zone, query: &PlaceQuery) -> Result<PlaceAnswer> {
    Ok(match query {
        PlaceQuery::Compounds { now } => PlaceAnswer::Compounds(rows::compounds(conn, zone, *now)?),
        PlaceQuery::Household { place, now } => {
            PlaceAnswer::Household(rows::household(conn, *place, *now)?.map(Box::new))
        }
    })
}
