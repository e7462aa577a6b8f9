//! Plans, shifts and who came, in the data file.
//! What may be planned is decided in `domain`.

pub(in crate::store) mod apply;
pub(in crate::store) mod presence;
pub(in crate::store) mod rows;
pub(in crate::store) mod settings;
pub(in crate::store) mod shifts;
pub(in crate::store) mod wall;

use crate::domain::base::time::Zone;
use crate::domain::roster::fill::fill;
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::staff::query::Filled;
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, zone: Zone, query: &RosterQuery) -> Result<RosterAnswer> {
    Ok(match query {
        RosterQuery::Duty { at, compound } => {
            RosterAnswer::Duty(crate::store::staff::rows::duty(conn, zone, *at, *compound)?)
        }
        RosterQuery::Coverage { from, days } => {
            RosterAnswer::Coverage(Box::new(wall::coverage(conn, zone, *from, *days)?))
        }
        RosterQuery::Fill { monday, now } => {
            let week = rows::week(conn, zone, *monday)?;
            let proposal = fill(&week, *now);
            RosterAnswer::Fill(Box::new(Filled { week, proposal }))
        }
        RosterQuery::StandIns(wanted) => RosterAnswer::StandIns(wall::stand_ins(conn, zone, *wanted)?),
        RosterQuery::SuggestEach { tickets, at } => {
            RosterAnswer::SuggestEach(crate::store::staff::rows::suggest_each(conn, zone, tickets, *at)?)
        }
        RosterQuery::Suggest { category, compound, at } => {
            RosterAnswer::Suggest(crate::store::staff::rows::suggest(conn, zone, category, *compound, *at)?)
        }
        RosterQuery::Week { monday } => RosterAnswer::Week(Box::new(rows::week(conn, zone, *monday)?)),
        RosterQuery::PostMonth { compound, month } => {
            RosterAnswer::PostMonth(Box::new(rows::post_month(conn, zone, *compound, *month)?))
        }
    })
}
