//! `tdesk operator`: who works at the desk, and their PINs.

use serde_json::{Value, json};

use crate::domain::base::id::CommandUid;
use crate::domain::handover::query::OperatorRow;
use crate::domain::op::{Op, rank};
use crate::domain::operator::op::Act;
use crate::domain::operator::pin::Pin;
use crate::domain::operator::query::{OperatorAnswer, OperatorQuery};
use crate::domain::query::{Answer, Query};
use crate::domain::staff::Rank;
use crate::setup::context::{Context, Failure};
use crate::setup::{out, pin};
use crate::store::{Access, Store};
use crate::text::labels::Labelled;
use crate::text::t;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Add somebody who works at the desk
    Add {
        /// Name, as typed behind --as
        name: String,
        /// What he may do
        #[arg(long, default_value = "clerk", value_parser = ["clerk", "leader", "manager", "secretary", "administrator"])]
        rank: String,
        /// Without a PIN: he signs by name
        #[arg(long)]
        no_pin: bool,
        /// Read the PINs as lines of standard input: your own first when you have one
        #[arg(long)]
        pin_stdin: bool,
    },
    /// List who works at the desk
    List,
    /// Set a PIN anew; an empty one takes it off
    Passwd {
        /// Whose
        name: String,
        /// Read the PINs as lines of standard input: your own first when you have one
        #[arg(long)]
        pin_stdin: bool,
    },
    /// Forget wrong PINs, so that somebody locked may sign again
    Unlock {
        /// Whose
        name: String,
        /// Read your own PIN as a line of standard input
        #[arg(long)]
        pin_stdin: bool,
    },
}

pub(super) fn run(context: &Context, command: &Command) -> Result<(), Failure> {
    match command {
        Command::List => {
            let store = context.store(Access::Read)?;
            list(context, &rows(context, &store)?);
            Ok(())
        }
        Command::Add { name, rank, no_pin, pin_stdin } => {
            let store = context.store(Access::Write)?;
            let rank = Rank::from_code(rank).unwrap_or(Rank::Clerk);
            let act = |pin, own| Act::Add { name: name.clone(), rank, pin, own };
            let own = own_pin(context, &store, &act(None, None), *pin_stdin)?;
            let pin = if *no_pin { None } else { pin::ask_new(context, *pin_stdin)? };
            commit(context, store, act(pin, own), t("已加 {name}", "Added {name}"))
        }
        Command::Passwd { name, pin_stdin } => {
            let store = context.store(Access::Write)?;
            let act = |new, own| Act::SetPin { name: name.clone(), own, new };
            let own = own_pin(context, &store, &act(None, None), *pin_stdin)?;
            let new = pin::ask_new(context, *pin_stdin)?;
            commit(context, store, act(new, own), t("{name} 的 PIN 已改", "The PIN of {name} is set"))
        }
        Command::Unlock { name, pin_stdin } => {
            let store = context.store(Access::Write)?;
            let act = |own| Act::Unlock { name: name.clone(), own };
            let own = own_pin(context, &store, &act(None), *pin_stdin)?;
            commit(context, store, act(own), t("已解锁 {name}", "Unlocked {name}"))
        }
    }
}

/// Who works at the desk.
pub(super) fn rows(context: &Context, store: &Store) -> Result<Vec<OperatorRow>, Failure> {
    match store.answer(&Query::Operator(OperatorQuery::List)).map_err(|e| context.failed(&e))? {
        Answer::Operator(OperatorAnswer::List(rows)) => Ok(rows),
        _ => Ok(Vec::new()),
    }
}

/// The PIN of who does it, when he has one; asked for only when his rank allows it at all.
fn own_pin(context: &Context, store: &Store, act: &Act, from_stdin: bool) -> Result<Option<Pin>, Failure> {
    let me = store.operator().map_err(|e| context.failed(&e))?;
    rank::at_least(me.rank, act.needs(&me.name)).map_err(|refusal| context.refused(&refusal))?;
    if !rows(context, store)?.iter().any(|row| row.name == me.name && row.has_pin) {
        return Ok(None);
    }
    let words = match act {
        Act::SetPin { name, .. } if *name == me.name => t("{name}, 原来的 PIN", "{name}, old PIN"),
        _ => t("{name}, 你自己的 PIN", "{name}, your own PIN"),
    };
    pin::ask(context, &words.with(context.lang, &[("name", &me.name)]), from_stdin)
}

fn commit(context: &Context, mut store: Store, act: Act, words: crate::text::Text) -> Result<(), Failure> {
    let name = act.name().to_owned();
    let now = context.clock.now();
    let uid = CommandUid(uuid::Uuid::now_v7());
    store.commit(uid, &Op::Operator(act), now).map_err(|e| context.failed(&e))?;
    store.close(now).map_err(|e| context.failed(&e))?;
    if context.json {
        out::json(&json!({ "name": name }));
    } else {
        out::line(&words.with(context.lang, &[("name", &name)]));
    }
    Ok(())
}

fn list(context: &Context, rows: &[OperatorRow]) {
    let now = context.clock.now();
    let locked = |row: &OperatorRow| row.locked_until.is_some_and(|until| until > now);
    if context.json {
        let row = |row: &OperatorRow| json!({ "name": row.name, "rank": row.rank, "has_pin": row.has_pin, "locked": locked(row) });
        return out::json(&Value::Array(rows.iter().map(row).collect()));
    }
    for row in rows {
        let mut parts = vec![row.name.clone(), row.rank.label().get(context.lang).to_owned()];
        parts.push(if row.has_pin { "PIN".to_owned() } else { t("没有 PIN", "no PIN").get(context.lang).to_owned() });
        if locked(row) {
            parts.push(t("锁着", "locked").get(context.lang).to_owned());
        }
        out::line(&parts.join("\t"));
    }
}
