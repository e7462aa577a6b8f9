//! One ticket, as every command about tickets changes it and prints it. What is asked for is read in the commands' own files.

use serde_json::{Value, json};

use super::args::by_number;
use crate::domain::base::event::Entity;
use crate::domain::base::id::TicketId;
use crate::domain::base::time::{Time, Zone};
use crate::domain::op::{Done, Op};
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::op::{Act, TicketOp};
use crate::domain::ticket::query::{Detail, Row, TicketAnswer, TicketQuery};
use crate::domain::ticket::{Number, clock};
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::{Access, Store};
use crate::text::labels::Labelled;
use crate::text::{Lang, t};

pub(super) fn act(context: &Context, number: &str, act: Act) -> Result<(), Failure> {
    let mut store = context.store(Access::Write)?;
    let id = by_number(context, &store, number)?;
    let op = Op::Ticket(TicketOp::Act { id, act });
    let done = store.commit(context.clock.uid(), &op, context.clock.now()).map_err(|e| context.failed(&e))?;
    if done.id != id.0
        && let Some(into) = done.number
    {
        let named = detail(context, &store, id)?.row.ticket.number;
        let words = t("{named} 已并入 {into}，记在 {into} 上", "{named} went into {into}: kept on {into}");
        out::complain(&words.with(context.lang, &[("named", &named.short()), ("into", &into.short())]));
    }
    after(context, store, &done)
}

/// Says what was done; as JSON, the ticket as it now is.
pub(super) fn after(context: &Context, store: Store, done: &Done) -> Result<(), Failure> {
    if context.json {
        let detail = detail(context, &store, TicketId(done.id))?;
        out::json(&object(&detail, store.zone(), context.clock.now()));
    } else {
        let number = done.number.map(Number::short).unwrap_or_default();
        out::line(&format!("{number} {}", done.kind.label().get(context.lang)));
    }
    store.close(context.clock.now()).map_err(|e| context.failed(&e))
}

pub(super) fn detail(context: &Context, store: &Store, id: TicketId) -> Result<Detail, Failure> {
    match store.answer(&Query::Ticket(TicketQuery::One(id))).map_err(|e| context.failed(&e))? {
        Answer::Ticket(TicketAnswer::One(Some(detail))) => Ok(*detail),
        _ => Err(context.refused(&Refusal::NotFound { what: Entity::Ticket })),
    }
}

pub(super) fn line(row: &Row, zone: Zone, now: Time, lang: Lang) -> String {
    let ticket = &row.ticket;
    let late = match clock::standing(ticket, now).late() {
        true => t("超时", "late").get(lang),
        false if clock::ask_due(ticket, now) => t("该问", "ask now").get(lang),
        false => "",
    };
    let words: String = ticket.words.chars().take(40).map(|c| if c == '\n' { ' ' } else { c }).collect();
    [
        ticket.number.full(),
        ticket.priority.code().to_owned(),
        ticket.status.label().get(lang).to_owned(),
        row.compound.clone(),
        if row.place.is_empty() { ticket.place_words.clone() } else { row.place.clone() },
        words,
        row.assignee.as_ref().map(|n| n.reveal().to_owned()).unwrap_or_default(),
        zone.mdhm(ticket.opened_at),
        late.to_owned(),
    ]
    .join("\t")
}

/// The ticket as scripts see it; names and phones of residents masked.
pub(super) fn object(detail: &Detail, zone: Zone, now: Time) -> Value {
    let row = &detail.row;
    let ticket = &row.ticket;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "number": ticket.number.full(),
        "status": ticket.status,
        "category": ticket.category,
        "priority": ticket.priority,
        "kind": ticket.kind,
        "channel": ticket.channel,
        "place": {
            "compound": row.compound, "building": detail.building, "unit": detail.unit, "room": detail.room,
            "words": if ticket.place_words.is_empty() { &row.place } else { &ticket.place_words },
        },
        "words": ticket.words,
        "reporter": detail.reporter.as_ref().map(ToString::to_string),
        "phone_masked": detail.phone.as_ref().map(ToString::to_string),
        "assignee": row.assignee.as_ref().map(|n| n.reveal().to_owned()),
        "opened_at": zone.rfc3339(ticket.opened_at),
        "respond_by": zone.rfc3339(ticket.respond_by),
        "resolve_by": zone.rfc3339(ticket.resolve_by),
        "outside_number": some(&ticket.outside_number),
        "outer_due": ticket.outer_due.map(|at| zone.rfc3339(at)),
        "outside_body": some(&ticket.outside_body),
        "outside_phone": some(&ticket.outside_phone),
        "ask_again_at": ticket.asks_again_at().map(|at| zone.rfc3339(at)),
        "appointment_at": ticket.appointment_at.map(|at| zone.rfc3339(at)),
        "merged_into": detail.merged_into.map(Number::full),
        "merged": detail.merged.iter().map(|number| number.full()).collect::<Vec<_>>(),
        "overdue": clock::standing(ticket, now).late(),
        "also_affected": ticket.also_affected,
        "version": row.version,
        "timeline": detail.timeline.iter().map(|entry| json!({
            "at": zone.rfc3339(entry.at), "by": entry.by, "kind": entry.kind, "note": entry.note,
        })).collect::<Vec<_>>(),
    })
}
