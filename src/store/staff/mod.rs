//! Staff in the data file.
//! When they work is `roster`.

pub(in crate::store) mod departure;
pub(in crate::store) mod departure_sqlite;
pub(in crate::store) mod import;
pub(in crate::store) mod rows;

use crate::domain::base::time::Zone;
use crate::domain::staff::query::{StaffAnswer, StaffQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, zone: Zone, query: &StaffQuery) -> Result<StaffAnswer> {
    Ok(match query {
        StaffQuery::List { now } => StaffAnswer::List(crate::store::roster::wall::staff_list(conn, zone, *now)?),
        StaffQuery::Departure { staff, now } => {
            StaffAnswer::Departure(departure::departure(conn, zone, *staff, *now)?.map(Box::new))
        }
        StaffQuery::Worker { staff, month } => {
            StaffAnswer::Worker(crate::store::roster::rows::worker(conn, zone, *staff, *month)?.map(Box::new))
        }
        StaffQuery::One(id) => StaffAnswer::One(rows::load(conn, *id)?),
    })
}
