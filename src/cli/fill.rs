//! `tdesk roster fill`: a week proposed from cycles, needs, rules and leave, put into the draft.

use serde_json::json;

use super::args::monday;
use crate::domain::op::Op;
use crate::domain::query::{Answer, Query};
use crate::domain::roster::op::{Planned, RosterOp};
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::roster::week_name;
use crate::domain::staff::query::Filled;
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::Access;
use crate::text::{roster, staffing, t};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The week, as 2026-W48; the one that is to be planned if not said
    #[arg(long)]
    week: Option<String>,
    /// Only say what would be drafted
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let mut store = context.store(if args.dry_run { Access::Read } else { Access::Write })?;
    let now = context.clock.now();
    let monday = monday(context, &store, args.week.as_deref())?;
    let answer = store.answer(&Query::Roster(RosterQuery::Fill { monday, now })).map_err(|e| context.failed(&e))?;
    let Answer::Roster(RosterAnswer::Fill(filled)) = answer else { return Ok(()) };
    if !args.dry_run && !filled.proposal.days.is_empty() {
        let day = |one: &crate::domain::roster::fill::Proposed| Planned {
            staff: one.staff,
            day: one.day,
            plan: Some(one.plan.clone()),
        };
        let op = Op::Roster(RosterOp::Plan(filled.proposal.days.iter().map(day).collect()));
        store.commit(context.clock.uid(), &op, now).map_err(|e| context.failed(&e))?;
    }
    if context.json {
        tell_json(&filled, args.dry_run)
    } else {
        tell(context, &filled, args.dry_run)
    }
    Ok(())
}

fn tell_json(filled: &Filled, dry_run: bool) {
    let proposal = &filled.proposal;
    let name = |id| filled.week.member(id).map(|member| member.staff.name.reveal().to_owned());
    let days = proposal.moved().map(|one| {
        json!({
            "staff": name(one.staff), "day": one.day, "plan": one.plan, "instead_of": one.instead_of,
        })
    });
    let unmet = proposal.unmet.iter().map(|unmet| {
        let need = unmet.slot.need;
        let why: serde_json::Map<_, _> = unmet.why.iter().map(|(why, n)| (why.code().to_owned(), json!(n))).collect();
        json!({
            "day": unmet.slot.day, "compound": need.compound.map(|id| filled.week.compound(id)), "role": need.role,
            "template": need.template, "missing": unmet.slot.missing(), "why": why,
        })
    });
    out::json(&json!({
        "week": week_name(filled.week.monday), "dry_run": dry_run, "days": proposal.days.len(),
        "missing_before": proposal.missing_before, "missing": proposal.missing(),
        "moved": days.collect::<Vec<_>>(), "unmet": unmet.collect::<Vec<_>>(),
    }));
}

fn tell(context: &Context, filled: &Filled, dry_run: bool) {
    let (week, proposal, lang) = (&filled.week, &filled.proposal, context.lang);
    let head = if dry_run {
        t(
            "{week}: 会写 {all} 天; 照各人轮班缺 {before} 人次, 这样排还缺 {after}",
            "{week}: {all} days would be written; short by {before} with everybody's cycle, by {after} so",
        )
    } else {
        t(
            "{week}: 已写进草稿 {all} 天; 照各人轮班缺 {before} 人次, 这样排还缺 {after}",
            "{week}: {all} days drafted; short by {before} with everybody's cycle, by {after} so",
        )
    };
    out::line(&head.with(
        lang,
        &[
            ("week", &week_name(week.monday)),
            ("all", &proposal.days.len()),
            ("before", &proposal.missing_before),
            ("after", &proposal.missing()),
        ],
    ));
    for one in proposal.moved() {
        let name = week.member(one.staff).map_or("", |member| member.staff.name.reveal());
        let was = one.instead_of.as_ref().map(|plan| roster::cell(&week.names, plan, lang)).unwrap_or_default();
        let now = roster::cell(&week.names, &one.plan, lang);
        out::line(&format!("{}\t{name}\t{was} -> {now}", roster::day_head(one.day, lang)));
    }
    for unmet in &proposal.unmet {
        let gap = roster::gap(week, &unmet.slot, lang);
        let day = roster::day_head(unmet.slot.day, lang);
        out::line(&format!("!\t{day}\t{gap}\t{}", staffing::why(&unmet.why, lang)));
    }
}
