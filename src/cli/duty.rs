//! `tdesk duty`: who is on duty at a time.

use serde_json::{Value, json};

use super::args::{compound as compound_named, time_unclear};
use crate::domain::base::time::{Lean, parse};
use crate::domain::query::{Answer, Query};
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::staff::Role;
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::Access;
use crate::text::labels::Labelled;
use crate::text::t;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// When; now if not said
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Only who serves this compound
    #[arg(long)]
    compound: Option<String>,
    /// Only this role (guard, cleaner, repairer, ...)
    #[arg(long)]
    role: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let store = context.store(Access::Read)?;
    let zone = store.zone();
    let now = context.clock.now();
    let at = match &args.at {
        None => now,
        Some(text) => parse(text, now, zone, Lean::Future).ok_or_else(|| time_unclear(context, "--at"))?,
    };
    let role = args.role.as_deref().map(|text| role_of(context, text)).transpose()?;
    let compound = args.compound.as_deref().map(|name| compound_named(context, &store, name)).transpose()?;
    let answer = store.answer(&Query::Roster(RosterQuery::Duty { at, compound })).map_err(|e| context.failed(&e))?;
    let Answer::Roster(RosterAnswer::Duty(duty)) = answer else { return Ok(()) };
    let shown = duty.now.iter().filter(|person| role.is_none_or(|role| person.role == role));
    if context.json {
        let rows = shown.map(|p| {
            json!({
                "staff": p.name.reveal(), "role": p.role, "compound": p.compound, "post": p.post,
                "from": zone.rfc3339(p.from), "to": zone.rfc3339(p.to),
            })
        });
        out::json(&Value::Array(rows.collect()));
        return Ok(());
    }
    let mut none = true;
    for p in shown {
        none = false;
        let phone = p.phone.as_ref().map(ToString::to_string).unwrap_or_default();
        let line = [
            p.role.label().get(context.lang).to_owned(),
            p.name.reveal().to_owned(),
            format!("{} {}", p.compound, p.post),
            format!("{}-{}", zone.hm(p.from), zone.hm(p.to)),
            phone,
            p.presence.label().get(context.lang).to_owned(),
        ];
        out::line(&line.join("\t"));
    }
    if none {
        out::complain(t("这时没有人在岗", "Nobody is on duty then").get(context.lang));
    }
    Ok(())
}

fn role_of(context: &Context, text: &str) -> Result<Role, Failure> {
    let named = |role: &&Role| role.code() == text || role.label().zh == text || role.label().en == text;
    Role::ALL.iter().find(named).copied().ok_or_else(|| context.refused(&crate::domain::refusal::Refusal::RoleUnclear))
}
