//! Tickets in the data file.
//! What may be done to one is decided in `domain`.

pub(in crate::store) mod alike;
pub(in crate::store) mod apply;
pub(in crate::store) mod import;
pub(in crate::store) mod merged;
pub(in crate::store) mod narrow;
pub(in crate::store) mod pages;
pub(in crate::store) mod rows;
pub(in crate::store) mod words;
pub(in crate::store) mod words_sqlite;

use crate::domain::ticket::query::{TicketAnswer, TicketQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, query: &TicketQuery) -> Result<TicketAnswer> {
    Ok(match query {
        TicketQuery::Open { compound } => TicketAnswer::Open(rows::open_list(conn, *compound)?),
        TicketQuery::One(id) => TicketAnswer::One(rows::detail(conn, *id)?.map(Box::new)),
        TicketQuery::Page(of) => TicketAnswer::Page(pages::page(conn, of)?),
        TicketQuery::ByNumber(number) => TicketAnswer::ByNumber(rows::by_number(conn, *number)?),
        TicketQuery::LookAlikes(of) => TicketAnswer::LookAlikes(alike::look_alikes(conn, *of)?),
        TicketQuery::RootCause(id) => TicketAnswer::RootCause(alike::root_cause(conn, *id)?),
    })
}
