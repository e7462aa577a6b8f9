//! `tdesk demo`: a new file with a sample township.

use std::io::IsTerminal;

use crate::domain::base::time::CHINA;
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::{self, Wish};
use crate::text::t;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Residents
    #[arg(long, default_value_t = 15_000, value_parser = clap::value_parser!(u32).range(40..=1_000_000))]
    residents: u32,
    /// Tickets
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(0..=2_000_000))]
    tickets: u32,
    /// Another seed, another township
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let wish = Wish {
        residents: args.residents as usize,
        tickets: args.tickets as usize,
        seed: args.seed,
        now: context.clock.now(),
        zone: CHINA,
    };
    let shows = std::io::stderr().is_terminal() && args.tickets > 10_000;
    context.make_folder().map_err(|e| context.failed(&e))?;
    store::make_sample(&context.db, wish, |n| {
        if shows && n % 50_000 == 0 {
            out::complain(&format!("{n}/{}", args.tickets));
        }
    })
    .map_err(|e| context.failed(&e))?;
    if context.json {
        out::json(
            &serde_json::json!({ "db": context.db, "residents": args.residents, "tickets": args.tickets, "seed": args.seed }),
        );
    } else {
        out::line(
            &t("样例已建好: {db}; 打开: tdesk --db {db}", "The sample is made: {db}; open it: tdesk --db {db}")
                .with(context.lang, &[("db", &context.db.display())]),
        );
    }
    Ok(())
}
