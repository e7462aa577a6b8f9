//! `tdesk init`: an empty township.

use crate::domain::base::clean;
use crate::domain::base::time::CHINA;
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::{NewTownship, Store};
use crate::text::t;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Name of the township (黎侯镇)
    #[arg(long)]
    township: String,
    /// Name of the property company
    #[arg(long)]
    company: String,
    /// Phone that callers may ring
    #[arg(long, default_value = "", hide_default_value = true)]
    phone: String,
    /// Number of this office in every id, so that files of several offices can be merged; by chance when not said
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..=1023))]
    office: Option<i64>,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let clean = |text: &str| clean::line(text).map_err(|refusal| context.refused(&refusal));
    let name = clean(&args.township)?;
    if name.is_empty() {
        return Err(context.refused(&crate::domain::refusal::Refusal::NameEmpty));
    }
    let new = NewTownship {
        name,
        company: clean(&args.company)?,
        desk_phone: clean(&args.phone)?,
        office: args.office.unwrap_or_else(NewTownship::any_office),
        zone: CHINA,
    };
    context.doubt_clock(None, CHINA)?;
    let now = context.clock.now();
    let store = Store::create(&context.db, &new, context.who(), now).map_err(|e| context.failed(&e))?;
    store.close(now).map_err(|e| context.failed(&e))?;
    if context.json {
        out::json(&serde_json::json!({ "db": context.db, "township": new.name, "office": new.office }));
    } else {
        out::line(
            &t("已建好 {name}: {db}", "Made {name}: {db}")
                .with(context.lang, &[("name", &new.name), ("db", &context.db.display())]),
        );
    }
    Ok(())
}
