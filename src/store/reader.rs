//! Answers questions. Nothing is changed through here: the connection is told to refuse writing.

use super::error::Result;
use super::file::Connection;
use super::{
    alike, callback, departure, filters, handover, operators, outage, pages, parked, places, rates, report, roster,
    rota, settings, staff, tickets, township,
};
use crate::domain::query::staffing::Filled;
use crate::domain::query::{Answer, Query};
use crate::domain::roster::fill::fill;
use crate::domain::time::Zone;

/// Answers `query` from one consistent state of the file.
pub(super) fn answer(conn: &Connection, zone: Zone, query: &Query) -> Result<Answer> {
    Ok(match query {
        Query::Township => Answer::Township(Box::new(township::read(conn)?)),
        Query::Header { now } => Answer::Header(township::header(conn, zone, *now)?),
        Query::Compounds { now } => Answer::Compounds(places::compounds(conn, zone, *now)?),
        Query::OpenTickets { compound } => Answer::OpenTickets(tickets::open_list(conn, *compound)?),
        Query::Ticket(id) => Answer::Ticket(tickets::detail(conn, *id)?.map(Box::new)),
        Query::TicketPage(of) => Answer::TicketPage(pages::page(conn, of)?),
        Query::TicketByNumber(number) => Answer::TicketByNumber(tickets::by_number(conn, *number)?),
        Query::Duty { at, compound } => Answer::Duty(staff::duty(conn, zone, *at, *compound)?),
        Query::Coverage { from, days } => Answer::Coverage(Box::new(rota::coverage(conn, zone, *from, *days)?)),
        Query::Fill { monday, now } => {
            let week = roster::week(conn, zone, *monday)?;
            let proposal = fill(&week, *now);
            Answer::Fill(Box::new(Filled { week, proposal }))
        }
        Query::StaffList { now } => Answer::StaffList(rota::staff_list(conn, zone, *now)?),
        Query::StandIns(wanted) => Answer::StandIns(rota::stand_ins(conn, zone, *wanted)?),
        Query::Departure { staff, now } => {
            Answer::Departure(departure::departure(conn, zone, *staff, *now)?.map(Box::new))
        }
        Query::SuggestEach { tickets, at } => Answer::SuggestEach(staff::suggest_each(conn, zone, tickets, *at)?),
        Query::Suggest { category, compound, at } => {
            Answer::Suggest(staff::suggest(conn, zone, category, *compound, *at)?)
        }
        Query::Household { place, now } => Answer::Household(places::household(conn, *place, *now)?.map(Box::new)),
        Query::LookAlikes(of) => Answer::LookAlikes(alike::look_alikes(conn, *of)?),
        Query::Outages { now } => Answer::Outages(outage::list(conn, *now)?),
        Query::RootCause(id) => Answer::RootCause(alike::root_cause(conn, *id)?),
        Query::Week { monday } => Answer::Week(Box::new(roster::week(conn, zone, *monday)?)),
        Query::Worker { staff, month } => Answer::Worker(roster::worker(conn, zone, *staff, *month)?.map(Box::new)),
        Query::PostMonth { compound, month } => {
            Answer::PostMonth(Box::new(roster::post_month(conn, zone, *compound, *month)?))
        }
        Query::Names => Answer::Names(filters::names(conn)?),
        Query::Parked => Answer::Parked(parked::list(conn)?),
        Query::SettingsPast(of) => Answer::SettingsPast(settings::past(conn, of)?),
        Query::Staff(id) => Answer::Staff(staff::load(conn, *id)?),
        Query::Callbacks { now } => Answer::Callbacks(callback::queue(conn, zone, *now)?),
        Query::Callback(id) => Answer::Callback(callback::in_hand(conn, *id)?.map(Box::new)),
        Query::Rates { span, compound, now } => {
            Answer::Rates(Box::new(rates::rates(conn, zone, *span, *compound, *now)?))
        }
        Query::Month { span, now } => Answer::Month(Box::new(report::month(conn, zone, *span, *now)?)),
        Query::RateList(of) => Answer::RateList(rates::list(conn, zone, of)?),
        Query::Reopening { ticket, at } => {
            Answer::Reopening(callback::reopening(conn, zone, *ticket, *at)?.map(Box::new))
        }
        Query::Handover { now } => Answer::Handover(Box::new(handover::present(conn, zone, *now)?)),
        Query::HandoverHistory { words, limit, after } => {
            Answer::HandoverHistory(handover::history(conn, words, *limit, *after)?)
        }
        Query::Operators => Answer::Operators(operators::list(conn)?),
    })
}
