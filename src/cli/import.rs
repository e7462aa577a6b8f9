//! `tdesk import`: a spreadsheet into the data file.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::roster_sheet;
use crate::domain::import::ImportKind;
use crate::domain::time::CHINA;
use crate::exchange::{self, import};
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::setup::write_out::{self, Over};
use crate::store::{Access, ImportOptions, Store};
use crate::text::t;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to import: compounds, homes, residents, staff, roster, tickets, calendar
    #[arg(value_parser = ["compounds", "homes", "residents", "staff", "roster", "tickets", "calendar"])]
    kind: String,
    /// The file: csv, xlsx, xls or ods
    pub(super) file: PathBuf,
    /// Only this sheet of a workbook
    #[arg(long)]
    pub(super) sheet: Option<String>,
    /// Compound of the rows that name none
    #[arg(long, value_name = "NAME")]
    compound: Option<String>,
    /// Week near which days without a month or a year lie, as 2026-W48; for roster
    #[arg(long)]
    pub(super) week: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    pub(super) dry_run: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    // A sheet of shifts is people by days, not rows under heads.
    let Some(kind) = ImportKind::from_code(&args.kind) else { return roster_sheet::import(context, args) };
    let now = context.clock.now();
    let mut store = context.store(Access::Write)?;
    let mut import = import::read(&args.file, kind, args.sheet.as_deref(), now, store.zone())
        .map_err(|e| context.file_failed(&args.file, &e))?;
    let options = ImportOptions { compound: compound(args, &store, &import.about), dry_run: args.dry_run };
    let clock = context.clock;
    let done = store
        .import(&import.rows, &options, &mut || clock.uid(), now, &mut |_| true)
        .map_err(|e| context.failed(&e))?;
    let read = import.rows.len() + import.refused.len();
    for (sheet, row, reason) in done.refused {
        import.refuse(&sheet, row, reason);
    }
    let refused_file = match import.refused.is_empty() {
        true => None,
        false => refused_file(context, args, import::refused_sheet(&import, context.lang))?,
    };
    store.close(now).map_err(|e| context.failed(&e))?;
    let refused = import.refused.len();
    if context.json {
        out::json(&json!({
            "read": read, "added": done.added, "changed": done.changed, "unchanged": done.unchanged,
            "refused": refused, "refused_file": refused_file, "dry_run": args.dry_run,
        }));
        return Ok(());
    }
    if args.dry_run {
        out::line(t("试一试, 没有写入:", "A try, nothing was written:").get(context.lang));
    }
    out::line(
        &t(
            "读 {read} 行: 新增 {added}, 更新 {changed}, 不变 {unchanged}, 未收 {refused}",
            "Rows read {read}: {added} added, {changed} changed, {unchanged} unchanged, {refused} refused",
        )
        .with(
            context.lang,
            &[
                ("read", &read),
                ("added", &done.added),
                ("changed", &done.changed),
                ("unchanged", &done.unchanged),
                ("refused", &refused),
            ],
        ),
    );
    for row in import.refused.iter().take(5) {
        let why = crate::exchange::reason_sentence(&row.reason, context.lang);
        out::line(
            &t("  第 {n} 行: {why}", "  row {n}: {why}").with(context.lang, &[("n", &row.row_number), ("why", &why)]),
        );
    }
    if let Some(file) = refused_file {
        tell_file(context, &file);
    }
    Ok(())
}

/// Where what was refused lies.
pub(super) fn tell_file(context: &Context, file: &Path) {
    out::line(
        &t(
            "未收的行和原因在 {file}; 改好后再导入这个文件",
            "Refused rows and why: {file}; put them right and import that file",
        )
        .with(context.lang, &[("file", &file.display())]),
    );
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

/// Writes what was refused beside the data file, under a name of its own; a try writes nothing.
pub(super) fn refused_file(
    context: &Context,
    args: &Args,
    sheet: Result<Vec<u8>, exchange::Error>,
) -> Result<Option<PathBuf>, Failure> {
    if args.dry_run {
        return Ok(None);
    }
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stamp = CHINA.local(context.clock.now()).format("%Y%m%d-%H%M%S");
    // Beside the data file: the sheet's own folder may not be ours to write.
    let folder = context.db.parent().map(Path::to_owned).unwrap_or_default();
    let sheet = sheet.map_err(|e| context.file_failed(&folder, &e))?;
    // Two imports within a second: neither takes the other's rows away.
    for nth in 1..100 {
        let more = if nth == 1 { String::new() } else { format!("-{nth}") };
        let path = folder.join(format!("{stem}-refused-{stamp}{more}.csv"));
        match write_out::write(&context.db, &path, &sheet, Over::Nothing) {
            Err(exchange::Error::Exists) => {}
            done => return done.map(|()| Some(path.clone())).map_err(|e| context.file_failed(&path, &e)),
        }
    }
    Ok(None)
}
