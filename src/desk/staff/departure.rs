//! Somebody leaves the company: what leaves with him is shown, and who gets each ticket in his hands is asked, before anything
//! is done. What must be said is decided in `domain`.

use crate::desk::Desk;
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::Then;
use crate::desk::frame::picker::{self, Choice, PICKER, Pick, Picker};
use crate::desk::frame::say;
use crate::domain::base::id::{StaffId, TicketId};
use crate::domain::op::Op;
use crate::domain::person::Phone;
use crate::domain::query::Query;
use crate::domain::roster::duty::Candidate;
use crate::domain::roster::op::RosterOp;
use crate::domain::staff::departure::Given;
use crate::domain::staff::query::{Departure, Off, StaffQuery};
use crate::domain::ticket::Ticket;
use crate::text::labels::Labelled;
use crate::text::{Text, roster as words, t};

/// How far the questions are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Who.
    staff: StaffId,
    /// His name.
    name: String,
    /// Tickets nothing is said of yet, each with what can be chosen.
    left: Vec<(TicketId, String, Vec<Choice>)>,
    /// What is said.
    given: Vec<Given>,
    /// What is asked.
    asks: Asks,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asks {
    /// Whether he leaves.
    Whether,
    /// Who gets the next ticket.
    Next,
    /// Whether all others go the same way, to this one.
    Rest(Option<StaffId>),
}

/// `11-25 早班` are named so many; of more, how many more.
const NAMED: usize = 5;

/// Looks up what leaves with him.
pub fn open(desk: &mut Desk, staff: StaffId, name: String, chain: u64) {
    let title = t("{name} 离职", "{name} leaves").with(desk.lang, &[("name", &name)]);
    let leaving = Leaving { staff, name, left: Vec::new(), given: Vec::new(), asks: Asks::Whether };
    picker::open_rows(desk, title, Vec::new(), Then::Leaves(Box::new(leaving)), chain);
    let now = desk.now;
    desk.ask(PICKER, Query::Staff(StaffQuery::Departure { staff, now }));
}

/// It has come: told above the list, and the first question asked.
pub fn answered(desk: &mut Desk, departure: Option<Box<Departure>>) {
    let Some(departure) = departure else { return };
    let facts = facts(desk, &departure);
    let left: Vec<_> = departure
        .tickets
        .iter()
        .map(|(id, ticket, candidates)| (*id, label(ticket), choices(desk, candidates)))
        .collect();
    let yes = t("办离职", "let them go");
    let ask_each = t("办离职, 工单一张张说给谁", "let them go, and say who gets each ticket");
    let rows = [if left.is_empty() { yes } else { ask_each }, t("不办了", "no, leave it")];
    let rows = rows.iter().enumerate().map(|(at, words)| row(desk, at, *words)).collect();
    let picker = desk.layer_mut::<Picker>();
    if let Some(picker) = picker
        && let Then::Leaves(leaving) = &mut picker.then
        && leaving.staff == departure.staff.id
        && leaving.asks == Asks::Whether
    {
        leaving.left = left;
        picker.facts = facts;
        picker.offer(rows);
    }
}

fn row(desk: &Desk, at: usize, words: Text) -> Choice {
    // Too long for the first columns: the wide one holds it.
    let columns = vec![String::new(), String::new(), desk.say(words).to_owned()];
    Choice { pick: Pick::Row(at), columns, words: (words.zh.to_owned(), words.en.to_owned()) }
}

/// What becomes of his shifts and tickets.
fn facts(desk: &Desk, departure: &Departure) -> Vec<String> {
    let named = |all: Vec<String>| {
        let more = all.len().saturating_sub(NAMED);
        let mut text = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(desk.say(t("、", ", ")));
        if more > 0 {
            text += &t(" 等, 另有 {n}", " and {n} more").with(desk.lang, &[("n", &more)]);
        }
        text
    };
    let shift = |off: &Off| {
        let name = words::shift(&departure.names, off.template, desk.lang);
        format!("{} {name} {}", off.day.format("%m-%d"), off.place).trim_end().to_owned()
    };
    let shifts: Vec<String> = departure.shifts.iter().map(shift).collect();
    let tickets: Vec<String> = departure.tickets.iter().map(|(_, ticket, _)| label(ticket)).collect();
    let said = |all: Vec<String>, none: Text, some: Text| match all.len() {
        0 => desk.say(none).to_owned(),
        n => some.with(desk.lang, &[("n", &n), ("all", &named(all))]),
    };
    vec![
        said(
            shifts,
            t("没有发布了还没开始的班", "no shift on the wall that has not begun"),
            t("空出来的班 {n} 个: {all}", "{n} shifts fall open: {all}"),
        ),
        said(
            tickets,
            t("手上没有没办完的工单", "no open ticket in hand"),
            t("手上的工单 {n} 张: {all}", "{n} tickets in hand: {all}"),
        ),
    ]
}

fn label(ticket: &Ticket) -> String {
    let words: String = ticket.words.chars().take(12).collect();
    format!("{} {}", ticket.number.short(), words.replace('\n', " "))
}

/// Back to be dispatched, or one of those who could do it.
fn choices(desk: &Desk, candidates: &[Candidate]) -> Vec<Choice> {
    let back = t("退回待派", "to dispatch");
    let words = (back.zh.to_owned(), back.en.to_owned());
    let back = Choice { pick: Pick::Row(0), columns: vec![desk.say(back).to_owned()], words };
    let one = |candidate: &Candidate| {
        let role = candidate.role.label();
        Choice {
            pick: Pick::Staff(candidate.staff),
            columns: vec![
                candidate.name.reveal().to_owned(),
                desk.say(role).to_owned(),
                say::why_send(desk, candidate),
                candidate.phone.as_ref().map(Phone::spoken).unwrap_or_default(),
            ],
            words: (format!("{} {}", candidate.name.reveal(), role.zh), role.en.to_owned()),
        }
    };
    std::iter::once(back).chain(candidates.iter().map(one)).collect()
}

/// Something was picked: the next question, or all is said and it is done.
pub fn picked(desk: &mut Desk, mut leaving: Leaving, choice: &Choice, chain: u64) {
    if desk.commits().waits_of(chain) {
        return;
    }
    let to = match choice.pick {
        Pick::Staff(staff) => Some(staff),
        _ => None,
    };
    match (leaving.asks.clone(), choice.pick) {
        (Asks::Whether, Pick::Row(0)) => {}
        (Asks::Whether, _) => return crate::desk::frame::layer::close_chain(desk, chain),
        (Asks::Next, _) if !leaving.left.is_empty() => {
            let (id, ..) = leaving.left.remove(0);
            leaving.given.push((id, to));
            let first = leaving.given.len() == 1;
            // Who was chosen for one may do the rest, too; that is asked once.
            if first && !leaving.left.is_empty() {
                let whom = choice.columns.first().cloned().unwrap_or_default();
                return ask_rest(desk, leaving, to, &whom, chain);
            }
        }
        (Asks::Rest(to), Pick::Row(0)) => {
            let rest = std::mem::take(&mut leaving.left);
            leaving.given.extend(rest.into_iter().map(|(id, ..)| (id, to)));
        }
        _ => {}
    }
    if leaving.left.is_empty() {
        let op = RosterOp::Depart { id: leaving.staff, tickets: leaving.given };
        return desk.commit(Op::Roster(op), After::Close(chain));
    }
    ask_next(desk, leaving, chain);
}

fn ask_next(desk: &mut Desk, mut leaving: Leaving, chain: u64) {
    leaving.asks = Asks::Next;
    let Some((_, ticket, choices)) = leaving.left.first().cloned() else { return };
    let (at, all) = (leaving.given.len() + 1, leaving.given.len() + leaving.left.len());
    let title = t("{name} 离职 {at}/{all}: {ticket} 给谁", "{name} leaves {at}/{all}: who gets {ticket}")
        .with(desk.lang, &[("name", &leaving.name), ("at", &at), ("all", &all), ("ticket", &ticket)]);
    picker::open_rows(desk, title, choices, Then::Leaves(Box::new(leaving)), chain);
}

fn ask_rest(desk: &mut Desk, mut leaving: Leaving, to: Option<StaffId>, whom: &str, chain: u64) {
    let n = leaving.left.len();
    leaving.asks = Asks::Rest(to);
    let title = t("{name} 离职: 其余 {n} 张也是「{whom}」吗", "{name} leaves: the other {n} also: {whom}?")
        .with(desk.lang, &[("name", &leaving.name), ("n", &n), ("whom", &whom)]);
    let rows = [t("都一样", "all the same"), t("一张张说", "one by one")];
    let rows = rows.iter().enumerate().map(|(at, words)| row(desk, at, *words)).collect();
    picker::open_rows(desk, title, rows, Then::Leaves(Box::new(leaving)), chain);
}
