//! `tdesk rates`: the three rates of some days, with what was left out and why. What counts how is in `domain::rates`.

use serde_json::{Map, Value, json};

use super::args::compound as compound_named;
use crate::domain::base::time::{Day, Lean, parse_day_leaning};
use crate::domain::query::{Answer, Query};
use crate::domain::rates::query::{RatesAnswer, RatesQuery};
use crate::domain::rates::{Left, OfCompound, Rates, Span, Three, Which};
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::Access;
use crate::text::labels::Labelled;
use crate::text::{Lang, t};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// From this day; the first of the month if not said
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// To this day, which counts; today if not said
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Only of this compound
    #[arg(long)]
    compound: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let store = context.store(Access::Read)?;
    let now = context.clock.now();
    let today = store.zone().day(now);
    let to = args.to.as_deref().map_or(Ok(today), |text| day(context, text, today, "--to"))?;
    let from =
        args.from.as_deref().map_or_else(|| Ok(Span::month_of(to).from), |text| day(context, text, today, "--from"))?;
    if from > to {
        let words = t("--from 要在 --to 之前", "--from must not be behind --to");
        return Err(Failure::Usage(words.get(context.lang).to_owned()));
    }
    let compound = args.compound.as_deref().map(|name| compound_named(context, &store, name)).transpose()?;
    let query = Query::Rates(RatesQuery::Rates { span: Span { from, to }, compound, now });
    let Answer::Rates(RatesAnswer::Rates(rates)) = store.answer(&query).map_err(|e| context.failed(&e))? else {
        return Ok(());
    };
    if context.json {
        out::json(&object(&rates));
    } else {
        said(&rates, context.lang);
    }
    Ok(())
}

fn day(context: &Context, text: &str, today: Day, flag: &str) -> Result<Day, Failure> {
    parse_day_leaning(text, today, Lean::Past).ok_or_else(|| {
        Failure::Usage(
            t("{flag} 要一个日期, 如 2026-11-24", "{flag} takes a day, like 2026-11-24")
                .with(context.lang, &[("flag", &flag)]),
        )
    })
}

/// The rates as scripts see them.
fn object(rates: &Rates) -> Value {
    let mut whole = three(&rates.all);
    whole.insert("from".to_owned(), json!(rates.span.from.to_string()));
    whole.insert("to".to_owned(), json!(rates.span.to.to_string()));
    let compounds = rates.compounds.iter().map(|one| {
        let mut of = three(&one.three);
        of.insert("compound".to_owned(), json!(one.name));
        Value::Object(of)
    });
    whole.insert("compounds".to_owned(), compounds.collect());
    let weeks = rates.weeks.iter().map(|week| {
        let mut of = three(&week.three);
        of.insert("week".to_owned(), json!(week.monday.to_string()));
        Value::Object(of)
    });
    whole.insert("weeks".to_owned(), weeks.collect());
    Value::Object(whole)
}

fn three(three: &Three) -> Map<String, Value> {
    let figure = |which: Which| {
        let rate = three.rate(which);
        json!({ "numerator": rate.numerator, "denominator": rate.denominator, "rate": rate.share() })
    };
    let with = |which: Which, more: Value| {
        let mut of = figure(which);
        if let (Value::Object(of), Value::Object(more)) = (&mut of, more) {
            of.extend(more);
        }
        (which.code().to_owned(), of)
    };
    let excluded: Map<String, Value> =
        Left::ALL.iter().map(|why| (why.code().to_owned(), json!(three.left[*why as usize]))).collect();
    let unreached = json!({ "unreached": three.unreached, "unanswered": three.unanswered });
    let verdicts = json!({ "fair": three.fair, "dissatisfied": three.dissatisfied, "unreached": three.unreached });
    Map::from_iter([
        with(Which::Response, json!({ "excluded": excluded })),
        with(Which::Resolution, unreached),
        with(Which::Satisfaction, verdicts),
    ])
}

fn said(rates: &Rates, lang: Lang) {
    let days = format!("{} -- {}", rates.span.from, rates.span.to);
    out::line(&days);
    let all = &rates.all;
    for &which in Which::ALL {
        let rate = all.rate(which);
        let beside = crate::text::figures::beside(all, which, lang);
        out::line(
            format!(
                "{}\t{}\t{}/{}\t{beside}",
                which.label().get(lang),
                rate.percent(),
                rate.numerator,
                rate.denominator
            )
            .trim_end(),
        );
    }
    if rates.compounds.len() > 1 {
        for one in &rates.compounds {
            out::line(&line(one, lang));
        }
    }
}

fn line(one: &OfCompound, lang: Lang) -> String {
    let name = if one.name.is_empty() { t("(没有地点)", "(no place)").get(lang) } else { &one.name };
    let figures = Which::ALL.iter().map(|&which| one.three.rate(which).percent());
    std::iter::once(name.to_owned()).chain(figures).collect::<Vec<_>>().join("\t")
}
