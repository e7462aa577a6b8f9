//! `tdesk report`: the month's figures as text, Markdown, a page to print or a workbook. Nothing is counted here.

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::domain::base::time::Day;
use crate::domain::query::{Answer, Query};
use crate::domain::rates::Span;
use crate::domain::rates::query::{RatesAnswer, RatesQuery};
use crate::exchange::report::{self, ReportFormat};
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::Access;
use crate::text::t;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// The report of a month
    Month(Month),
}

#[derive(Debug, clap::Args)]
pub(super) struct Month {
    /// The month, like 2026-11
    month: String,
    /// How it is written
    #[arg(long, default_value = "text", value_parser = ["text", "md", "html", "xlsx"])]
    format: String,
    /// File to write; standard output if not said
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one already
    #[arg(long, requires = "output")]
    force: bool,
}

pub(super) fn run(context: &Context, command: &Command) -> Result<(), Failure> {
    let Command::Month(args) = command;
    let usage = |words: crate::text::Text| Failure::Usage(words.get(context.lang).to_owned());
    let first = Day::parse_from_str(&format!("{}-01", args.month.trim()), "%Y-%m-%d")
        .map_err(|_| usage(t("月份写成 2026-11", "A month is written 2026-11")))?;
    let format = ReportFormat::from_code(&args.format).unwrap_or(ReportFormat::Text);
    if args.output.is_none() && format == ReportFormat::Xlsx && std::io::stdout().is_terminal() && !context.json {
        return Err(usage(t(
            "工作簿不能显示在终端里; 用 -o 写明文件",
            "A workbook cannot be shown in a terminal; name a file with -o",
        )));
    }
    let store = context.store(Access::Read)?;
    let now = context.clock.now();
    let span = Span::month_of(first);
    if span.from > store.zone().day(now) {
        let words = t("这个月还没有到", "That month has not come yet");
        return Err(Failure::Refused(words.get(context.lang).to_owned()));
    }
    let answer = store.answer(&Query::Rates(RatesQuery::Month { span, now })).map_err(|e| context.failed(&e))?;
    let Answer::Rates(RatesAnswer::Month(month)) = answer else { return Ok(()) };
    let document = report::month(&month, context.lang);
    match &args.output {
        Some(path) => {
            let bytes = report::bytes(&document, format).map_err(|e| context.file_failed(path, &e))?;
            context.write_out(path, &bytes, args.force)?;
            let said = t("已写到 {file}", "Written to {file}").with(context.lang, &[("file", &path.display())]);
            out::complain(&said);
        }
        None if context.json => out::json(&report::json(&document)),
        None if format == ReportFormat::Xlsx => {
            out::bytes(&report::bytes(&document, format).map_err(|e| context.file_failed(&PathBuf::from("-"), &e))?);
        }
        None => {
            let bytes = report::bytes(&document, format).map_err(|e| context.file_failed(&PathBuf::from("-"), &e))?;
            out::line(String::from_utf8_lossy(&bytes).trim_end());
        }
    }
    store.close(now).map_err(|e| context.failed(&e))
}
