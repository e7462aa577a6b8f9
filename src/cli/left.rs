//! `tdesk roster left`: somebody leaves; what falls open is listed, and who gets what is in his hands must be said.

use serde_json::json;

use super::args::staff as staff_named;
use crate::domain::base::event::Entity;
use crate::domain::op::Op;
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::roster::op::RosterOp;
use crate::domain::staff::query::{Departure, StaffAnswer, StaffQuery};
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::Access;
use crate::text::{roster as words, t};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Who leaves
    name: String,
    /// Who gets every open ticket in their hands
    #[arg(long, value_name = "NAME", conflicts_with = "back")]
    to: Option<String>,
    /// Every open ticket in their hands goes back to be dispatched
    #[arg(long)]
    back: bool,
    /// Only list what falls open and what is in their hands
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let mut store = context.store(if args.dry_run { Access::Read } else { Access::Write })?;
    let now = context.clock.now();
    let staff = staff_named(context, &store, &args.name)?;
    let to = args.to.as_deref().map(|name| staff_named(context, &store, name)).transpose()?;
    let answer = store.answer(&Query::Staff(StaffQuery::Departure { staff, now })).map_err(|e| context.failed(&e))?;
    let Answer::Staff(StaffAnswer::Departure(Some(departure))) = answer else {
        return Err(context.refused(&Refusal::NotFound { what: Entity::Staff }));
    };
    tell(context, &departure, args.dry_run);
    if args.dry_run {
        return Ok(());
    }
    let said = args.back || to.is_some();
    let tickets = departure.tickets.iter().filter(|_| said).map(|(id, ..)| (*id, to)).collect();
    let op = Op::Roster(RosterOp::Depart { id: staff, tickets });
    store.commit(context.clock.uid(), &op, now).map_err(|e| context.failed(&e))?;
    store.close(now).map_err(|e| context.failed(&e))
}

fn tell(context: &Context, departure: &Departure, dry_run: bool) {
    let lang = context.lang;
    if context.json {
        let shifts =
            departure.shifts.iter().map(|off| json!({ "day": off.day, "shift": off.template, "place": off.place }));
        let tickets = departure.tickets.iter().map(|(_, ticket, _)| ticket.number.short());
        return out::json(&json!({
            "staff": departure.staff.name.reveal(), "dry_run": dry_run,
            "shifts": shifts.collect::<Vec<_>>(), "tickets": tickets.collect::<Vec<_>>(),
        }));
    }
    let head = t(
        "{name}: 空出来的班 {shifts} 个, 手上的工单 {tickets} 张",
        "{name}: {shifts} shifts fall open, {tickets} tickets in hand",
    );
    out::line(&head.with(
        lang,
        &[
            ("name", &departure.staff.name.reveal()),
            ("shifts", &departure.shifts.len()),
            ("tickets", &departure.tickets.len()),
        ],
    ));
    for off in &departure.shifts {
        let shift = words::shift(&departure.names, off.template, lang);
        out::line(&format!("{}\t{shift}\t{}", words::day_head(off.day, lang), off.place));
    }
    for (_, ticket, _) in &departure.tickets {
        out::line(&format!("{}\t{}", ticket.number.short(), ticket.words.replace(['\n', '\t'], " ")));
    }
}
