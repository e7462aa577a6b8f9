//! `tdesk find`: the one find box, without a screen.

use serde_json::{Value, json};

use crate::domain::base::find::{FindKind, Hit};
use crate::search::Finder;
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::{self, Access};
use crate::text::labels::{self, Labelled};
use crate::text::{Lang, t};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Name, pinyin, initials, phone, room, compound, ticket number, alias; parts in any order
    #[arg(required = true)]
    query: Vec<String>,
    /// Only this kind
    #[arg(long, value_parser = ["resident", "home", "place", "ticket", "staff", "alias"])]
    kind: Option<String>,
    /// Results at most
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let store = context.store(Access::Read)?;
    let (index, damage) = context.readable_index(&store)?;
    let kind = args.kind.as_deref().and_then(FindKind::from_code);
    let found = Finder::new().find(&index, &args.query.join(" "), kind.as_slice(), usize::from(args.limit), &|| false);
    if context.json {
        out::json(&Value::Array(found.hits.iter().map(|hit| object(hit, context.lang)).collect()));
        return incomplete(context, damage.as_ref());
    }
    for hit in &found.hits {
        let why: Vec<_> = hit.why.iter().map(|why| labels::why(hit.record.kind, *why).get(context.lang)).collect();
        let kind = hit.record.kind.map_or("", |kind| kind.label().get(context.lang));
        let phone = hit.record.phones.first().map(ToString::to_string).unwrap_or_default();
        out::line(&format!("{kind}\t{}\t{phone}\t({})", label(hit, context.lang), why.join(", ")));
    }
    if found.hits.is_empty() && damage.is_none() {
        out::complain(
            t(
                "没有找到; 试试姓名、拼音首字母、电话后四位、房号或单号",
                "Nothing found; try a name, pinyin initials, the last digits of a phone, a room or a ticket number",
            )
            .get(context.lang),
        );
    } else if found.total > found.hits.len() {
        out::complain(
            &t("共 {all} 条, 显示前 {n} 条", "{all} in all, the best {n} shown")
                .with(context.lang, &[("all", &found.total), ("n", &found.hits.len())]),
        );
    }
    incomplete(context, damage.as_ref())
}

/// Fails where damage hides records: what was found is said by then, and may not be all.
fn incomplete(context: &Context, damage: Option<&store::Error>) -> Result<(), Failure> {
    let Some(damage) = damage else { return Ok(()) };
    let (Failure::Refused(why) | Failure::Usage(why)) = context.failed(damage);
    Err(Failure::Refused(
        t("只找了读得出的部分，可能不全。{why}", "Only what can be read was searched, so this may not be all. {why}")
            .with(context.lang, &[("why", &why)]),
    ))
}

/// One line for a hit, masked.
pub(super) fn label(hit: &Hit, lang: Lang) -> String {
    let record = &hit.record;
    // Colleagues are not masked.
    let colleague = record.kind == Some(FindKind::Staff);
    let name =
        record.name.as_ref().map(|n| if colleague { n.reveal().to_owned() } else { n.to_string() }).unwrap_or_default();
    let called = record.called.join("/");
    let home = crate::domain::place::room::label(some(&record.building), some(&record.unit), some(&record.room));
    let parts: Vec<String> = match record.kind {
        Some(FindKind::Ticket) => {
            vec![record.number.clone(), record.compound.clone(), record.room.clone(), shortened(&record.words)]
        }
        Some(FindKind::Staff) => {
            let role = crate::domain::staff::Role::from_code(&record.words)
                .map_or(record.words.clone(), |r| r.label().get(lang).to_owned());
            vec![name, role]
        }
        Some(FindKind::Resident) => vec![record.compound.clone(), home, name, called],
        Some(FindKind::Alias) => vec![called, record.compound.clone(), record.words.clone()],
        _ if record.words == record.compound => vec![record.compound.clone()],
        _ => vec![record.compound.clone(), record.words.clone()],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|t| !t.is_empty())
}

fn shortened(words: &str) -> String {
    const AT_MOST: usize = 30;
    let mut short: String = words.chars().take(AT_MOST).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if words.chars().count() > AT_MOST {
        short.push_str("..");
    }
    short
}

fn object(hit: &Hit, lang: Lang) -> Value {
    let record = &hit.record;
    json!({
        "kind": record.kind,
        "id": record.id.to_string(),
        "label": label(hit, lang),
        "compound": record.compound,
        "building": record.building,
        "unit": record.unit,
        "room": record.room,
        "phone_masked": record.phones.first().map(ToString::to_string),
        "score": hit.score,
        "why": hit.why,
    })
}
