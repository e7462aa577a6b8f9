//! `tdesk ticket list`: tickets that pass a filter, by pages of their date or in another order.
//! What passes, and the order, are of the domain.

use serde_json::json;

use super::args::compound;
use super::filter;
use super::one_ticket::{detail, line, object};
use crate::domain::base::id::TicketId;
use crate::domain::base::time::Time;
use crate::domain::filter::{Filter, Flag, Test};
use crate::domain::query::{Answer, Query};
use crate::domain::ticket::order::Order;
use crate::domain::ticket::query::{Page, PageOf, TicketAnswer, TicketQuery};
use crate::setup::context::{Context, Failure};
use crate::setup::{out, shown};
use crate::store::{Access, Store};
use crate::text::t;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only open ones
    #[arg(long)]
    open: bool,
    /// Only late ones
    #[arg(long)]
    overdue: bool,
    /// Only of this compound
    #[arg(long)]
    compound: Option<String>,
    /// Only holding these words
    #[arg(long, default_value = "", hide_default_value = true)]
    words: String,
    /// Only what passes this filter, as typed on the desk: 'late compound:kly'; open ones unless it says otherwise
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Order: newest, oldest, urgency, due, compound, handler [default: newest]
    #[arg(long, value_name = "ORDER")]
    sort: Option<String>,
    /// Tickets at most
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// From here on: the `next` of the page before
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let store = context.store(Access::Read)?;
    let now = context.clock.now();
    let mut filter = match &args.filter {
        Some(text) => filter::read(context, &store, text)?,
        None => Filter::default(),
    };
    filter.open |= args.open;
    if args.overdue {
        filter = filter.and(Test::Is(Flag::Late));
    }
    if let Some(name) = &args.compound {
        filter = filter.and(Test::Compound(vec![compound(context, &store, name)?]));
    }
    let filter = filter.with_words(&args.words);
    let order = args.sort.as_deref().map_or(Ok(Order::Newest), |typed| filter::order(context, typed))?;
    if !order.by_date() {
        return list_in_order(context, &store, &filter, order, args);
    }
    let of = PageOf {
        after: args.after.as_deref().map(|cursor| read_cursor(context, cursor)).transpose()?,
        oldest: order == Order::Oldest,
        ..PageOf::first(filter, now, usize::from(args.limit))
    };
    let answer = store.answer(&Query::Ticket(TicketQuery::Page(of))).map_err(|e| context.failed(&e))?;
    let Answer::Ticket(TicketAnswer::Page(page)) = answer else { return Ok(()) };
    print(context, &store, &page)
}

/// An order that is not by date is made of all that pass; it has no pages.
fn list_in_order(context: &Context, store: &Store, filter: &Filter, order: Order, args: &Args) -> Result<(), Failure> {
    if args.after.is_some() {
        let words = t("--after 只能和 --sort newest、oldest 一起用", "--after goes with --sort newest or oldest only");
        return Err(Failure::Usage(words.get(context.lang).to_owned()));
    }
    let now = context.clock.now();
    let all = shown::in_order(store, filter, order, now, |_| ()).map_err(|e| context.failed(&e))?;
    let Some(mut rows) = all else {
        let words = t(
            "超过 {n} 单, 不能这样排; 请收窄筛选, 或用 --sort newest",
            "More than {n} tickets cannot be put into that order; narrow the filter, or use --sort newest",
        );
        return Err(Failure::Refused(words.with(context.lang, &[("n", &shown::AT_MOST)])));
    };
    rows.truncate(usize::from(args.limit));
    print(context, store, &Page { rows, ..Page::default() })
}

fn print(context: &Context, store: &Store, page: &Page) -> Result<(), Failure> {
    if context.json {
        return list_json(context, store, page);
    }
    let now = context.clock.now();
    for listed in &page.rows {
        out::line(&line(&listed.row, store.zone(), now, context.lang));
    }
    if let Some(next) = page.next {
        out::complain(&format!("--after {}", cursor(next)));
    }
    if page.rows.is_empty() {
        out::complain(t("没有这样的工单", "No such tickets").get(context.lang));
    }
    Ok(())
}

fn list_json(context: &Context, store: &Store, page: &Page) -> Result<(), Failure> {
    let now = context.clock.now();
    let tickets = page
        .rows
        .iter()
        .map(|listed| detail(context, store, listed.row.id).map(|detail| object(&detail, store.zone(), now)))
        .collect::<Result<Vec<_>, _>>()?;
    out::json(&json!({ "tickets": tickets, "next": page.next.map(cursor) }));
    Ok(())
}

fn cursor((at, id): (Time, TicketId)) -> String {
    format!("{}-{}", at.0, id.0)
}

fn read_cursor(context: &Context, text: &str) -> Result<(Time, TicketId), Failure> {
    let parts = text.rsplit_once('-').and_then(|(at, id)| Some((Time(at.parse().ok()?), TicketId(id.parse().ok()?))));
    parts.ok_or_else(|| {
        Failure::Usage(
            t("--after 要写上一页给的 next", "--after takes the next of the page before").get(context.lang).to_owned(),
        )
    })
}
