//! The store's registry: which feature answers a question, makes a change. What each does is in its folder.

use crate::domain::base::time::Zone;
use crate::domain::op::{Done, Op};
use crate::domain::query::{Answer, Query};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::{
    callback, filter, handover, operator, outage, parked, person, place, rates, roster, settings, staff, ticket,
};

/// Answers `query` from one consistent state of the file. Nothing is changed: the connection is told to refuse writing.
pub(super) fn answer(conn: &Connection, zone: Zone, query: &Query) -> Result<Answer> {
    Ok(match query {
        Query::Ticket(query) => Answer::Ticket(ticket::answer(conn, query)?),
        Query::Callback(query) => Answer::Callback(callback::answer(conn, zone, query)?),
        Query::Outage(query) => Answer::Outage(outage::answer(conn, query)?),
        Query::Place(query) => Answer::Place(place::answer(conn, zone, query)?),
        Query::Staff(query) => Answer::Staff(staff::answer(conn, zone, query)?),
        Query::Roster(query) => Answer::Roster(roster::answer(conn, zone, query)?),
        Query::Rates(query) => Answer::Rates(rates::answer(conn, zone, query)?),
        Query::Handover(query) => Answer::Handover(handover::answer(conn, zone, query)?),
        Query::Settings(query) => Answer::Settings(settings::answer(conn, zone, query)?),
        Query::Operator(query) => Answer::Operator(operator::answer(conn, query)?),
        Query::Parked(query) => Answer::Parked(parked::answer(conn, query)?),
        Query::Filter(query) => Answer::Filter(filter::answer(conn, query)?),
    })
}

/// Makes one change, where who makes it may, against the row as it is now.
pub(super) fn apply(tx: &mut Tx<'_>, op: &Op) -> Result<Done> {
    op.permitted(&tx.operator.name, tx.operator.rank)?;
    match op {
        Op::Ticket(op) => ticket::apply::act(tx, op),
        Op::Parked(op) => parked::apply::act(tx, op),
        Op::Outage(op) => outage::apply::act(tx, op),
        Op::Roster(op) => roster::apply::act(tx, op),
        Op::Handover(act) => handover::apply::act(tx, act),
        Op::Operator(act) => operator::rows::act(tx, act),
        Op::Settings(change) => settings::apply::set(tx, change),
        Op::Person(op) => person::nickname::act(tx, op),
        Op::Filter(act) => filter::apply::act(tx, act),
    }
}

/// A file the change attaches that is not there.
pub(super) fn not_there(op: &Op) -> Result<Option<String>> {
    match op {
        Op::Ticket(op) => ticket::apply::file_not_there(op),
        _ => Ok(None),
    }
}
