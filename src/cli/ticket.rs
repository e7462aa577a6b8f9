//! `tdesk ticket`: taking, listing, showing and moving tickets.

use std::path::PathBuf;

use super::args::{by_number, staff, time, township};
use super::one_ticket::{act, after, detail, line, object};
use super::{around, callback, list};
use crate::domain::base::find::{FindKind, Why};
use crate::domain::base::id::{PersonId, PlaceId, TicketId};
use crate::domain::base::time::Lean;
use crate::domain::op::Op;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::category::{suggest, suggest_ordinary, words_of_danger};
use crate::domain::ticket::op::{Act, Report, Step, TicketOp};
use crate::domain::ticket::query::chain;
use crate::domain::ticket::{Channel, Status};
use crate::search::{category_of, place_of};
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::{Access, Store};
use crate::text::labels::Labelled;
use crate::text::{referral, t};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Take a report
    New(New),
    /// List tickets, newest first
    List(list::Args),
    /// Show a ticket
    Show {
        /// Number, like 1122-07
        number: String,
        /// Also how the due times came about
        #[arg(long)]
        clock: bool,
    },
    /// Move a ticket along
    Move(Move),
    /// Write a note on a ticket
    Note {
        /// Number
        number: String,
        /// The note
        #[arg(required = true)]
        text: Vec<String>,
    },
    /// The caller asks again
    Chase {
        /// Number
        number: String,
        /// What was said
        #[arg(long, default_value = "", hide_default_value = true)]
        why: String,
    },
    /// Note that the handler was told
    Told {
        /// Number
        number: String,
        /// How: phone, radio, group, person
        #[arg(long, value_name = "WAY")]
        by: String,
    },
    /// Make an appointment; "none" calls it off
    Appoint {
        /// Number
        number: String,
        /// When somebody is expected, or "none"
        time: String,
    },
    /// Write what the next shifts must watch for; without words it is taken off
    WatchWords {
        /// Number
        number: String,
        /// If this, then that
        text: Vec<String>,
    },
    /// The job slip, one A4 page; who is on it is shown in full, and that is written down
    Slip {
        /// Number
        number: String,
        /// As text or as a web page
        #[arg(long, value_enum, default_value_t = around::SlipFormat::Text)]
        format: around::SlipFormat,
        /// Write it to this file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace the file if there is one already
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// The outside body that has it was asked: what it answered, and when it is asked again
    Asked(around::Asked),
    /// Write down what ringing the resident back brought
    Callback(callback::Args),
}

#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// What was said
    #[arg(long)]
    words: String,
    /// Where: room, resident, alias, or the caller's words
    #[arg(long, default_value = "", hide_default_value = true)]
    place: String,
    /// Category: code, name, initials or English
    #[arg(long)]
    category: Option<String>,
    /// Channel: phone, walk_in, patrol, grid, 12345, wechat, letter, committee
    #[arg(long, default_value = "phone")]
    channel: String,
    /// What sounds like danger is none: sorted by its ordinary words, kept in the log
    #[arg(long)]
    not_danger: bool,
    /// Caller's name
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    /// Number to ring back
    #[arg(long, default_value = "", hide_default_value = true)]
    phone: String,
    /// Number of the 12345 order
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NUMBER")]
    order_number: String,
    /// Deadline of the 12345 order
    #[arg(long, value_name = "TIME")]
    outer_due: Option<String>,
    /// When it was reported; now if not said
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Move {
    /// Number
    number: String,
    /// New status: assigned, accepted, working, resolved, paused, ...
    status: String,
    /// Who gets it, or leads next
    #[arg(long, value_name = "STAFF")]
    to: Option<String>,
    /// Reason, result, or the outside body's name
    #[arg(long, default_value = "", hide_default_value = true)]
    why: String,
    /// The outside body's phone, or who there is asked for
    #[arg(long, default_value = "", hide_default_value = true)]
    phone: String,
    /// When it is looked at again, or the outside body is asked again
    #[arg(long, value_name = "TIME")]
    review: Option<String>,
    /// The ticket it is merged into
    #[arg(long, value_name = "NUMBER")]
    into: Option<String>,
}

pub(super) fn run(context: &Context, command: &Command) -> Result<(), Failure> {
    match command {
        Command::New(args) => new(context, args),
        Command::List(args) => list::run(context, args),
        Command::Show { number, clock } => {
            let store = context.store(Access::Read)?;
            let id = by_number(context, &store, number)?;
            show(context, &store, id, *clock)
        }
        Command::Move(args) => make_move(context, args),
        Command::Note { number, text } => act(context, number, Act::Note(text.join(" "))),
        Command::Asked(args) => around::asked(context, args),
        Command::Callback(args) => callback::run(context, args),
        Command::Chase { number, why } => act(context, number, Act::Chase(why.clone())),
        Command::Told { number, by } => act(context, number, Act::Tell(around::way(context, by)?)),
        Command::Appoint { number, time } => around::appoint(context, number, time),
        Command::WatchWords { number, text } => {
            act(context, number, Act::WatchWords { version: None, text: text.join(" ") })
        }
        Command::Slip { number, format, output, force } => {
            around::slip(context, number, *format, output.as_deref().map(|path| (path, *force)))
        }
    }
}

fn new(context: &Context, args: &New) -> Result<(), Failure> {
    let mut store = context.store(Access::Write)?;
    let now = context.clock.now();
    let township = township(context, &store)?;
    let channel = Channel::ALL
        .iter()
        .find(|c| c.code() == args.channel || c.label().zh == args.channel || c.label().en == args.channel)
        .copied()
        .ok_or_else(|| {
            let known: Vec<_> = Channel::ALL.iter().map(|c| c.code()).collect();
            Failure::Usage(
                t("--channel 可以是: {known}", "--channel takes: {known}")
                    .with(context.lang, &[("known", &known.join(", "))]),
            )
        })?;
    if channel != Channel::Hotline && (!args.order_number.is_empty() || args.outer_due.is_some()) {
        let words = t(
            "--order-number 和 --outer-due 只和 --channel 12345 一起用",
            "--order-number and --outer-due go with --channel 12345 only",
        );
        return Err(Failure::Usage(words.get(context.lang).to_owned()));
    }
    let category = match &args.category {
        Some(typed) => {
            Some(category_of(typed, &township.categories).ok_or_else(|| context.refused(&Refusal::NoSuchCategory))?)
        }
        None if args.not_danger => suggest_ordinary(&args.words, &township.categories),
        None => suggest(&args.words, &township.categories),
    };
    let denied = args.not_danger.then(|| words_of_danger(&args.words, &township.categories).join(" "));
    let mut report = Report {
        category: category.map(|c| c.code.clone()),
        denied: denied.filter(|words| !words.is_empty()),
        reporter_name: args.name.clone(),
        reporter_phone: args.phone.clone(),
        outside_number: args.order_number.clone(),
        outer_due: args
            .outer_due
            .as_deref()
            .map(|text| time(context, store.zone(), text, Lean::Future, "--outer-due"))
            .transpose()?,
        at: args.at.as_deref().map(|text| time(context, store.zone(), text, Lean::Past, "--at")).transpose()?,
        ..Report::of_words(&args.words, channel)
    };
    let index = context.index(&store)?;
    match place_of(&index, &args.place) {
        Some(hit) => {
            report.place = Some(PlaceId(hit.record.place));
            if hit.record.kind == Some(FindKind::Resident) && !hit.why.contains(&Why::Room) {
                report.reporter = Some(PersonId(hit.record.id));
            }
        }
        None => report.place_words.clone_from(&args.place),
    }
    let op = Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None });
    let done = store.commit(context.clock.uid(), &op, now).map_err(|e| context.failed(&e))?;
    after(context, store, &done)
}

fn make_move(context: &Context, args: &Move) -> Result<(), Failure> {
    let store = context.store(Access::Read)?;
    let to = Status::ALL
        .iter()
        .find(|s| s.code() == args.status || s.label().zh == args.status || s.label().en == args.status)
        .copied()
        .ok_or_else(|| {
            let known: Vec<_> = Status::ALL.iter().map(|s| s.code()).collect();
            Failure::Usage(
                t("没有「{s}」这个状态; 有: {known}", "There is no status \"{s}\"; there are: {known}")
                    .with(context.lang, &[("s", &args.status), ("known", &known.join(", "))]),
            )
        })?;
    if to != Status::Referred && !args.phone.is_empty() {
        let words = t("--phone 只和 referred (已转办) 一起用", "--phone goes with referred only");
        return Err(Failure::Usage(words.get(context.lang).to_owned()));
    }
    let step = Step {
        staff: args.to.as_deref().map(|name| staff(context, &store, name)).transpose()?,
        why: args.why.clone(),
        phone: args.phone.clone(),
        review: args
            .review
            .as_deref()
            .map(|text| time(context, store.zone(), text, Lean::Future, "--review"))
            .transpose()?,
        original: args.into.as_deref().map(|number| by_number(context, &store, number)).transpose()?,
        ..Step::to(to)
    };
    drop(store);
    act(context, &args.number, Act::Move { version: None, step })
}

fn show(context: &Context, store: &Store, id: TicketId, clock: bool) -> Result<(), Failure> {
    let detail = detail(context, store, id)?;
    let (zone, now, lang) = (store.zone(), context.clock.now(), context.lang);
    if context.json {
        out::json(&object(&detail, zone, now));
        return Ok(());
    }
    out::line(&line(&detail.row, zone, now, lang));
    out::line(&detail.row.ticket.words);
    let caller = [detail.reporter.as_ref().map(ToString::to_string), detail.phone.as_ref().map(ToString::to_string)];
    let caller = caller.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !caller.is_empty() {
        out::line(&caller);
    }
    if let Some(again) = referral::again(&detail.row.ticket, now, lang, |at| zone.mdhm(at)) {
        out::line(&format!("{}\t{again}", referral::body(&detail.row.ticket, lang)));
    }
    around::beside(&detail.row.ticket, zone, lang).iter().for_each(|line| out::line(line));
    let merged = [
        (t("已并入", "merged into"), detail.merged_into.as_slice()),
        (t("并入本单的", "merged into it"), &detail.merged[..]),
    ];
    for (what, numbers) in merged.iter().filter(|(_, numbers)| !numbers.is_empty()) {
        let numbers: Vec<String> = numbers.iter().map(|number| number.full()).collect();
        out::line(&format!("{}\t{}", what.get(lang), numbers.join(" ")));
    }
    let chain = chain(&detail.timeline);
    for (at, entry) in detail.timeline.iter().enumerate() {
        let held = chain.iter().find(|held| held.entry == at);
        let staff = entry.staff.as_ref().map(|n| n.reveal().to_owned()).unwrap_or_default();
        let columns = [
            zone.mdhm(entry.at),
            entry.by.clone(),
            entry.kind.label().get(lang).to_owned(),
            staff,
            entry.note.replace('\n', " "),
            held.map(|held| around::held_for(held, now, lang)).unwrap_or_default(),
        ];
        out::line(columns.join("\t").trim_end());
    }
    if clock {
        let calendar = township(context, store)?.calendar;
        crate::text::sum::lines(&detail, &calendar, lang).iter().for_each(|line| out::line(&line.plain()));
    }
    Ok(())
}
