//! Callbacks in the data file.
//! What a call means for the ticket is decided in `domain`.

pub(in crate::store) mod rows;

use crate::domain::base::time::Zone;
use crate::domain::callback::query::{CallbackAnswer, CallbackQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, zone: Zone, query: &CallbackQuery) -> Result<CallbackAnswer> {
    Ok(match query {
        CallbackQuery::Queue { now } => CallbackAnswer::Queue(rows::queue(conn, zone, *now)?),
        CallbackQuery::InHand(id) => CallbackAnswer::InHand(rows::in_hand(conn, *id)?.map(Box::new)),
        CallbackQuery::Reopening { ticket, at } => {
            CallbackAnswer::Reopening(rows::reopening(conn, zone, *ticket, *at)?.map(Box::new))
        }
    })
}
