//! `tdesk handover`: the draft, both signatures, those of before as pages, and what is counted.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::operator;
use crate::domain::base::id::{CommandUid, OperatorId};
use crate::domain::handover::op::{self, Act};
use crate::domain::handover::query::{HandoverAnswer, HandoverQuery, Past, Present};
use crate::domain::handover::verify::{forgotten, owed};
use crate::domain::handover::{Answer as Said, Handover, Kind, Line, Signature};
use crate::domain::op::Op;
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::settings::query::{SettingsAnswer, SettingsQuery, Township};
use crate::exchange::pages::{Format, handover as pages};
use crate::setup::context::{Context, Failure};
use crate::setup::{out, pin};
use crate::store::{Access, Store};
use crate::text::labels::Labelled;
use crate::text::{handover as words, t};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// What the running shift owes the next
    Draft {
        /// Reckon from the log alone what is owed, and fail when something of it is missing
        #[arg(long)]
        verify: bool,
        /// How it is printed
        #[arg(long, default_value = "text", value_parser = ["text", "md", "html"])]
        format: String,
    },
    /// Sign as the giver; it cannot be undone
    Sign {
        /// Read the PIN as a line of standard input
        #[arg(long)]
        pin_stdin: bool,
    },
    /// Take over; it cannot be undone
    Accept {
        /// How
        #[arg(long, default_value = "normal", value_parser = ["normal", "stand_in", "phone", "nobody"])]
        kind: String,
        /// Every line that waits was read and is answered as noted
        #[arg(long)]
        noted: bool,
        /// Read the PIN as a line of standard input
        #[arg(long)]
        pin_stdin: bool,
    },
    /// Print one that was taken over, the newest if nothing else is said
    Show {
        /// How many before the newest
        #[arg(long, default_value_t = 0)]
        back: usize,
        /// Only those that hold all of these words
        #[arg(long, default_value = "", hide_default_value = true)]
        words: String,
        /// How it is printed
        #[arg(long, default_value = "text", value_parser = ["text", "md", "html"])]
        format: String,
    },
    /// Set how many there should be of something that is counted
    Item {
        /// What (东门钥匙)
        name: String,
        /// How many; an amount in yuan with --cash
        #[arg(long, required_unless_present = "remove")]
        expected: Option<String>,
        /// It is money
        #[arg(long)]
        cash: bool,
        /// It is counted no more
        #[arg(long, conflicts_with = "expected")]
        remove: bool,
    },
}

pub(super) fn run(context: &Context, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Draft { verify, format } => {
            let store = context.store(Access::Read)?;
            draft(context, &store, *verify, format)
        }
        Command::Sign { pin_stdin } => sign(context, *pin_stdin),
        Command::Accept { kind, noted, pin_stdin } => accept(context, kind, *noted, *pin_stdin),
        Command::Show { back, words, format } => {
            let store = context.store(Access::Read)?;
            show(context, &store, *back, words, format)
        }
        Command::Item { name, expected, cash, remove } => item(context, name, expected.as_deref(), *cash, *remove),
    }
}

fn present(context: &Context, store: &Store) -> Result<Present, Failure> {
    let now = context.clock.now();
    match store.answer(&Query::Handover(HandoverQuery::Present { now })).map_err(|e| context.failed(&e))? {
        Answer::Handover(HandoverAnswer::Present(present)) => Ok(*present),
        _ => Err(context.refused(&Refusal::HandoverStale)),
    }
}

fn draft(context: &Context, store: &Store, verify: bool, format: &str) -> Result<(), Failure> {
    let present = present(context, store)?;
    let lines = words::lines(&present, context.lang);
    let spans = words::spans(present.due, present.kept.from_at, store.zone(), context.lang);
    let missing = if verify {
        let replayed = store.replay_open(present.due).map_err(|e| context.failed(&e))?;
        let all = owed(&replayed, present.ahead);
        let count = all.len();
        Some((count, forgotten(all, &lines)))
    } else {
        None
    };
    if context.json {
        let mut document = document(store, &present.kept, &lines, &present.giver, "");
        document["spans"] = json!(present.due.spans);
        if let Some((count, missing)) = &missing {
            document["owed"] = json!(count);
            document["missing"] = missing.iter().map(|(about, why)| json!({ "about": about, "why": why })).collect();
        }
        out::json(&document);
    } else {
        let town = township(context, store)?;
        print(context, format, pages::Sheet::of(&present.to_print(), &lines, spans.as_deref(), &town))?;
        if let Some((count, missing)) = &missing
            && missing.is_empty()
        {
            let words = t("核对: 日志里欠下的 {n} 件都在", "Checked: all {n} things the log leaves owed are there");
            out::complain(&words.with(context.lang, &[("n", count)]));
        }
    }
    match missing {
        Some((_, missing)) if !missing.is_empty() => {
            let named: Vec<String> = missing
                .iter()
                .map(|(about, why)| {
                    let about = serde_json::to_string(about).unwrap_or_default();
                    format!("{about} {}", why.label().get(context.lang))
                })
                .collect();
            let words = t("漏了 {n} 件: {named}", "Missing {n}: {named}");
            Err(Failure::Refused(words.with(context.lang, &[("n", &named.len()), ("named", &named.join("; "))])))
        }
        _ => Ok(()),
    }
}

fn sign(context: &Context, pin_stdin: bool) -> Result<(), Failure> {
    let mut store = context.store(Access::Write)?;
    let pin = own_pin(context, &store, pin_stdin)?;
    let present = present(context, &store)?;
    let lines = words::lines(&present, context.lang);
    commit(context, &mut store, Act::Sign { lines, seq: present.seq, version: present.version, pin })?;
    said(context, store, t("交班已签名", "Signed as giver"))
}

fn accept(context: &Context, kind: &str, noted: bool, pin_stdin: bool) -> Result<(), Failure> {
    let mut store = context.store(Access::Write)?;
    let me = store.operator().map_err(|e| context.failed(&e))?;
    let pin = own_pin(context, &store, pin_stdin)?;
    let kind = Kind::from_code(kind).unwrap_or(Kind::Normal);
    let seen = present(context, &store)?;
    let by = seen.operators.iter().find(|row| row.name == me.name).map(|row| row.id);
    let by =
        by.ok_or_else(|| context.refused(&Refusal::NotFound { what: crate::domain::base::event::Entity::Operator }))?;
    if noted {
        // Who cannot sign has answered nothing.
        store.hold_own_pin(pin.as_ref(), context.clock.now()).map_err(|e| context.failed(&e))?;
        let waiting = note_all(context, &store, &seen, kind, by)?;
        for line in waiting {
            let said = op::Said::Answer(Said::Noted, String::new());
            commit(context, &mut store, Act::Say { line: Box::new(line), said })?;
        }
    }
    let present = present(context, &store)?;
    let (lines, seq, version) = (words::lines(&present, context.lang), present.seq, present.version);
    commit(context, &mut store, Act::Accept { by, kind, lines, seq, version, pin })?;
    said(context, store, t("已接班, 交接定稿", "Taken over and frozen"))
}

/// The PIN of who runs the command, asked for only when he has one.
fn own_pin(
    context: &Context,
    store: &Store,
    from_stdin: bool,
) -> Result<Option<crate::domain::operator::pin::Pin>, Failure> {
    let name = store.operator().map_err(|e| context.failed(&e))?.name;
    if !operator::rows(context, store)?.iter().any(|row| row.name == name && row.has_pin) {
        return Ok(None);
    }
    pin::ask(context, &format!("{name} PIN"), from_stdin)
}

/// The lines that wait, if with all of them noted it could be taken over.
fn note_all(
    context: &Context,
    store: &Store,
    seen: &Present,
    kind: Kind,
    by: OperatorId,
) -> Result<Vec<Line>, Failure> {
    let lines = words::lines(seen, context.lang);
    let noted = |line: &Line| Line { answer: line.answer.or(line.waits().then_some(Said::Noted)), ..line.clone() };
    let answered: Vec<Line> = lines.iter().map(noted).collect();
    let signed = answered.iter().filter(|line| !line.after_signing).cloned().collect();
    let handover = Handover { lines: signed, ..seen.kept.clone() };
    let signature = Signature { by, at: context.clock.now(), seq: seen.seq };
    let turns = township(context, store)?.turns();
    op::accept(&handover, kind, &answered, signature, &turns).map_err(|refusal| context.refused(&refusal))?;
    Ok(lines.into_iter().filter(Line::waits).collect())
}

fn commit(context: &Context, store: &mut Store, act: Act) -> Result<(), Failure> {
    let uid = CommandUid(uuid::Uuid::now_v7());
    store.commit(uid, &Op::Handover(act), context.clock.now()).map(drop).map_err(|e| context.failed(&e))
}

fn said(context: &Context, store: Store, words: crate::text::Text) -> Result<(), Failure> {
    store.close(context.clock.now()).map_err(|e| context.failed(&e))?;
    if context.json {
        out::json(&json!({ "done": true }));
    } else {
        out::line(words.get(context.lang));
    }
    Ok(())
}

fn show(context: &Context, store: &Store, back: usize, words: &str, format: &str) -> Result<(), Failure> {
    let query = Query::Handover(HandoverQuery::History { words: words.to_owned(), limit: back + 1, after: None });
    let Answer::Handover(HandoverAnswer::History(pasts)) = store.answer(&query).map_err(|e| context.failed(&e))? else {
        return Ok(());
    };
    let Some(past) = pasts.rows.into_iter().nth(back) else {
        return Err(context.refused(&Refusal::NotFound { what: crate::domain::base::event::Entity::Handover }));
    };
    let Past { handover, giver, receiver, pins, correction, .. } = &past;
    if context.json {
        let mut document = document(store, handover, &handover.lines, giver, receiver);
        document["given_with_pin"] = json!(pins[0]);
        document["taken_with_pin"] = json!(pins[1]);
        document["corrected_by"] = json!(correction.as_ref().map(|correction| &correction.by));
        document["corrected_at"] = json!(correction.as_ref().map(|correction| store.zone().rfc3339(correction.at)));
        out::json(&document);
        return Ok(());
    }
    let town = township(context, store)?;
    let spans = words::kept_spans(handover, &town.turns(), context.lang);
    print(context, format, pages::Sheet::of(&past, &handover.lines, spans.as_deref(), &town))
}

fn document(store: &Store, handover: &Handover, lines: &[Line], giver: &str, receiver: &str) -> Value {
    let at = |signature: Option<crate::domain::handover::Signature>| signature.map(|s| store.zone().rfc3339(s.at));
    let shifts =
        handover.shifts(lines).into_iter().map(|(day, shift)| json!({ "day": day.to_string(), "shift": shift }));
    json!({
        "shifts": shifts.collect::<Vec<_>>(),
        "day": handover.shift.0.to_string(), "shift": handover.shift.1, "kind": handover.kind,
        "from": store.zone().rfc3339(handover.from_at),
        "given_by": giver, "given_at": at(handover.given), "taken_by": receiver, "taken_at": at(handover.taken),
        "lines": lines,
    })
}

fn township(context: &Context, store: &Store) -> Result<Township, Failure> {
    match store.answer(&Query::Settings(SettingsQuery::Township)).map_err(|e| context.failed(&e))? {
        Answer::Settings(SettingsAnswer::Township(township)) => Ok(*township),
        _ => Err(context.refused(&Refusal::NotFound { what: crate::domain::base::event::Entity::Township })),
    }
}

fn print(context: &Context, format: &str, sheet: pages::Sheet<'_>) -> Result<(), Failure> {
    let folder = context.settings.templates.as_deref().map(PathBuf::from);
    let format = Format::from_code(format).unwrap_or(Format::Text);
    let page = pages::page(sheet, format, folder.as_deref(), context.lang).map_err(Failure::Refused)?;
    if let Some(complaint) = page.complaint {
        out::complain(&complaint);
    }
    out::line(page.text.trim_end());
    Ok(())
}

fn item(context: &Context, name: &str, expected: Option<&str>, cash: bool, remove: bool) -> Result<(), Failure> {
    let expected = match expected.filter(|_| !remove) {
        None => None,
        Some(text) => Some(words::read_amount(text, cash).ok_or_else(|| context.refused(&Refusal::CountUnclear))?),
    };
    let mut store = context.store(Access::Write)?;
    commit(context, &mut store, Act::Item { name: name.to_owned(), expected, cash })?;
    said(context, store, if remove { t("不再清点", "Counted no more") } else { t("已记下", "Kept") })
}
