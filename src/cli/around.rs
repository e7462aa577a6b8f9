//! What `tdesk ticket` does around a ticket: telling the handler, appointments, the job slip. Taking and moving is in `ticket`.

use std::path::Path;

use super::args::{by_number, time};
use super::one_ticket::act;
use crate::domain::base::time::{Lean, Time, Zone};
use crate::domain::ticket::op::Act;
use crate::domain::ticket::query::Held;
use crate::domain::ticket::{Ticket, ToldBy};
use crate::setup::context::{Context, Failure};
use crate::setup::{out, papers};
use crate::store::Access;
use crate::text::labels::Labelled;
use crate::text::{Lang, Text, t};

/// The forms of a printed page. Its values carry no help of their own: clap would say it in English in the Chinese help too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum SlipFormat {
    Text,
    Html,
}

/// What an outside body answered.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// Number
    number: String,
    /// What it answered
    #[arg(required = true)]
    text: Vec<String>,
    /// When it is asked again
    #[arg(long, value_name = "TIME")]
    review: String,
    /// Its phone, or who there is asked for, where that is another now
    #[arg(long)]
    phone: Option<String>,
}

pub(super) fn asked(context: &Context, args: &Asked) -> Result<(), Failure> {
    let zone = context.store(Access::Read)?.zone();
    let again = Some(time(context, zone, &args.review, Lean::Future, "--review")?);
    let act_of = Act::Asked { version: None, answer: args.text.join(" "), phone: args.phone.clone(), again };
    act(context, &args.number, act_of)
}

pub(super) fn way(context: &Context, text: &str) -> Result<ToldBy, Failure> {
    let named = |by: &&ToldBy| by.code() == text || by.label().zh == text || by.label().en == text;
    ToldBy::ALL.iter().find(named).copied().ok_or_else(|| {
        let known: Vec<_> = ToldBy::ALL.iter().map(|by| by.code()).collect();
        Failure::Usage(
            t("--by 可以是: {known}", "--by takes: {known}").with(context.lang, &[("known", &known.join(", "))]),
        )
    })
}

pub(super) fn appoint(context: &Context, number: &str, text: &str) -> Result<(), Failure> {
    let zone = context.store(Access::Read)?.zone();
    let at = match text {
        "none" | "取消" => None,
        text => Some(time(context, zone, text, Lean::Future, "TIME")?),
    };
    act(context, number, Act::Appoint { version: None, at })
}

/// `output` is the file to write, and whether it may take the place of another.
pub(super) fn slip(
    context: &Context,
    number: &str,
    format: SlipFormat,
    output: Option<(&Path, bool)>,
) -> Result<(), Failure> {
    let mut store = context.store(Access::Write)?;
    let id = by_number(context, &store, number)?;
    let now = context.clock.now();
    let page = papers::slip_of(&mut store, id, now, context.lang).map_err(|e| context.failed(&e))?;
    let text = match format {
        SlipFormat::Text => &page.text,
        SlipFormat::Html => &page.html,
    };
    match output {
        Some((path, force)) => context.write_out(path, text.as_bytes(), force)?,
        None => out::bytes(text.as_bytes()),
    }
    store.close(now).map_err(|e| context.failed(&e))
}

/// What stands beside a ticket's words: its appointment with the year, an order's number and deadline of 12345.
pub(super) fn beside(ticket: &Ticket, zone: Zone, lang: Lang) -> Vec<String> {
    let moment = |at: Time| zone.local(at).format("%Y-%m-%d %H:%M").to_string();
    let number = Some(ticket.outside_number.clone()).filter(|number| !number.is_empty());
    let said = [
        (t("约时间", "appointment"), ticket.appointment_at.map(moment)),
        (t("12345 单号", "12345 order"), number),
        (t("12345 期限", "12345 deadline"), ticket.outer_due.map(moment)),
    ];
    let line = |(what, said): (Text, Option<String>)| said.map(|said| format!("{}\t{said}", what.get(lang)));
    said.into_iter().filter_map(line).collect()
}

/// How long one had it: `12分到场, 到场后35分`.
pub(super) fn held_for(held: &Held, now: Time, lang: Lang) -> String {
    let before = held.minutes_before(now);
    match held.minutes_after(now) {
        Some(after) => t("{before}分到场, 到场后{after}分", "on site after {before}m, then {after}m")
            .with(lang, &[("before", &before), ("after", &after)]),
        None => t("手上{before}分", "held {before}m").with(lang, &[("before", &before)]),
    }
}
