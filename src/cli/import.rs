//! `tdesk import`: a spreadsheet into the data file.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{refused, roster_sheet};
use crate::domain::base::import::ImportKind;
use crate::domain::base::trouble::Trouble;
use crate::domain::ticket::Status;
use crate::exchange;
use crate::exchange::import::{self, Import};
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::{Access, ImportOptions, Imported, Store};
use crate::text::{self, Lang, t};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to import: compounds, homes, residents, staff, roster, tickets, calendar
    #[arg(value_parser = ["compounds", "homes", "residents", "staff", "roster", "tickets", "calendar"])]
    kind: String,
    /// The file: csv, xlsx, xls or ods
    file: PathBuf,
    /// Only this sheet of a workbook
    #[arg(long)]
    sheet: Option<String>,
    /// Compound of the rows that name none
    #[arg(long, value_name = "NAME")]
    compound: Option<String>,
    /// Week near which days without a month or a year lie, as 2026-W48; for roster
    #[arg(long)]
    week: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    // A sheet of shifts is people by days, not rows under heads.
    let Some(kind) = ImportKind::from_code(&args.kind) else {
        let Args { file, sheet, week, dry_run, .. } = args;
        let asked = roster_sheet::Asked { file, sheet: sheet.as_deref(), week: week.as_deref(), dry_run: *dry_run };
        return roster_sheet::import(context, &asked);
    };
    let now = context.clock.now();
    let mut store = context.store(Access::Write)?;
    let mut import = import::read(&args.file, kind, args.sheet.as_deref(), now, store.zone())
        .map_err(|e| context.file_failed(&args.file, &e))?;
    let options = ImportOptions { compound: compound(args, &store, &import.about), dry_run: args.dry_run };
    let clock = context.clock;
    let written =
        exchange::sheets::guarded(|| store.import(&import.rows, &options, &mut || clock.uid(), now, &mut |_| true));
    let fault = || Err(Trouble::Unexpected { detail: "a fault of the program".to_owned() }.into());
    let mut done = written.unwrap_or_else(fault).map_err(|e| context.failed(&e))?;
    let read = import.rows.len() + import.refused.len();
    for (sheet, row, reason) in std::mem::take(&mut done.refused) {
        import.refuse(&sheet, row, reason);
    }
    for (what, times) in std::mem::take(&mut done.left_out) {
        *import.left_out.entry(what).or_default() += times;
    }
    // From here on rows are in: whatever fails, what is in is said first.
    let refused_file = match import.refused.is_empty() {
        true => Ok(None),
        false => refused::write(context, &args.file, args.dry_run, import::refused_sheet(&import, context.lang)),
    };
    let closed = store.close(now).map_err(|e| context.failed(&e));
    let stopped = done.stopped.as_ref().map(|trouble| text::trouble::sentence(trouble, context.lang));
    let summary = Summary { read, done, import: &import, file: refused_file.as_ref().ok().and_then(Option::as_deref) };
    if context.json {
        out::json(&summary.json(args.dry_run, stopped.as_deref()));
    } else {
        summary.tell(context, args.dry_run);
    }
    if let Some(why) = stopped {
        return Err(Failure::Refused(
            t("导入中途停了: {why}", "The import stopped on the way: {why}").with(context.lang, &[("why", &why)]),
        ));
    }
    refused_file.map(drop).and(closed)
}

/// What an import did, to be told.
struct Summary<'a> {
    read: usize,
    done: Imported,
    import: &'a Import,
    file: Option<&'a Path>,
}

/// Names of a list in a line of the summary, and rows told one by one.
const NAMED: usize = 12;
const ROWS_TOLD: usize = 5;

impl Summary<'_> {
    fn json(&self, dry_run: bool, stopped: Option<&str>) -> Value {
        let Self { read, done, import, file } = self;
        let unknown: Vec<Value> = (import.unknown_statuses().into_iter())
            .map(|(status, rows)| json!({ "status": status, "rows": rows }))
            .collect();
        let skipped: Vec<&str> = import.sheets_skipped.iter().map(|(name, _)| name.as_str()).collect();
        json!({
            "read": read, "added": done.added, "changed": done.changed, "unchanged": done.unchanged,
            "refused": import.refused.len(), "refused_file": file, "dry_run": dry_run, "stopped": stopped,
            "passed_over": import.passed_over.len(), "left_out": import.left_out, "unknown_statuses": unknown,
            "columns_not_read": import.columns_not_read, "sheets_not_read": skipped,
        })
    }

    fn tell(&self, context: &Context, dry_run: bool) {
        let lang = context.lang;
        let Self { read, done, import, .. } = self;
        if dry_run {
            out::line(t("试一试, 没有写入:", "A try, nothing was written:").get(lang));
        }
        let refused = import.refused.len();
        out::line(
            &t(
                "读 {read} 行: 新增 {added}, 更新 {changed}, 不变 {unchanged}, 未收 {refused}",
                "Rows read {read}: {added} added, {changed} changed, {unchanged} unchanged, {refused} refused",
            )
            .with(
                lang,
                &[
                    ("read", read),
                    ("added", &done.added),
                    ("changed", &done.changed),
                    ("unchanged", &done.unchanged),
                    ("refused", &refused),
                ],
            ),
        );
        self.tell_statuses(lang);
        for (what, times) in &import.left_out {
            out::line(
                &t("  没有收下: {what}, {n} 个", "  left out: {what}: {n}")
                    .with(lang, &[("what", &exchange::left_out(*what).get(lang)), ("n", times)]),
            );
        }
        if !import.passed_over.is_empty() {
            let rows: Vec<String> = import.passed_over.iter().map(|(_, row)| row.to_string()).collect();
            out::line(
                &t(
                    "  不是{kind}、跳过的行 {n} 行 (空户、合计、说明、重复的表头): 第 {rows} 行",
                    "  rows passed over as no {kind} (blank homes, totals, remarks, heads again) {n}: row {rows}",
                )
                .with(
                    lang,
                    &[
                        ("n", &rows.len()),
                        ("rows", &listed(rows.iter().map(String::as_str), lang)),
                        ("kind", &exchange::kind_name(import.kind()).get(lang)),
                    ],
                ),
            );
        }
        if !import.columns_not_read.is_empty() {
            let heads = listed(import.columns_not_read.iter().map(String::as_str), lang);
            out::line(&t("  没有读的列: {heads}", "  columns not read: {heads}").with(lang, &[("heads", &heads)]));
        }
        if !import.sheets_skipped.is_empty() {
            let sheets = listed(import.sheets_skipped.iter().map(|(name, _)| name.as_str()), lang);
            let words = t("  没有读的工作表: {sheets}", "  sheets not read: {sheets}");
            out::line(&words.with(lang, &[("sheets", &sheets)]));
        }
        for row in import.refused.iter().take(ROWS_TOLD) {
            let why = exchange::reason_sentence(&row.reason, lang);
            let words = t("  第 {n} 行: {why}", "  row {n}: {why}");
            out::line(&words.with(lang, &[("n", &row.row_number), ("why", &why)]));
        }
        if let Some(file) = self.file {
            refused::tell(context, file);
        }
    }

    /// The statuses that were not known, and some that are.
    fn tell_statuses(&self, lang: Lang) {
        let unknown = self.import.unknown_statuses();
        if unknown.is_empty() {
            return;
        }
        let named: Vec<String> = unknown.iter().map(|(status, rows)| format!("{status} ({rows})")).collect();
        let known = |status: Status| listed(status.known_words(lang == Lang::Zh), lang);
        out::line(
            &t(
                "  认不出的状态, 都按没办完收下: {unknown}。认得的如: 没办完 {open}; 办完 {ended}; 作废 {void}",
                "  statuses not known, taken as open: {unknown}. Known are such as: open {open}; ended {ended}; void {void}",
            )
            .with(
                lang,
                &[
                    ("unknown", &listed(named.iter().map(String::as_str), lang)),
                    ("open", &known(Status::New)),
                    ("ended", &known(Status::Closed)),
                    ("void", &known(Status::Void)),
                ],
            ),
        );
    }
}

/// The first of a list of names, and whether there are more.
fn listed<'a>(names: impl Iterator<Item = &'a str>, lang: Lang) -> String {
    let mut names: Vec<&str> = names.take(NAMED + 1).collect();
    if names.len() > NAMED {
        names[NAMED] = "..";
    }
    names.join(t("、", ", ").get(lang))
}

/// The compound for rows that name none: as told, or one the township knows that the file's name or title mentions.
fn compound(args: &Args, store: &Store, about: &[String]) -> Option<String> {
    args.compound.clone().or_else(|| {
        let known = store.compound_names().unwrap_or_default();
        // The longest: 康乐苑二期 is not 康乐苑.
        known
            .into_iter()
            .filter(|name| about.iter().any(|line| line.contains(name.as_str())))
            .max_by_key(|name| name.chars().count())
    })
}
