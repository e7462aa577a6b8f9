//! `tdesk backup`, `restore`, `check`.

use std::path::PathBuf;

use serde_json::json;

use crate::domain::base::time::CHINA;
use crate::domain::base::trouble::Trouble;
use crate::setup::context::{Context, Failure};
use crate::setup::{out, write_out};
use crate::store::{self, Access, Checked, Error};
use crate::text::{self, t};

#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// File to write; a dated one in the folder backups beside the data file if not said
    file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct RestoreArgs {
    /// The backup
    file: PathBuf,
}

pub(super) fn backup(context: &Context, args: &BackupArgs) -> Result<(), Failure> {
    let now = context.clock.now();
    // Made by any clock: a wrong one only dates it wrongly, and no backup at all is worse.
    let mut store = Context { trusts_clock: true, ..context.clone() }.store(Access::Write)?;
    let to = args.file.clone().unwrap_or_else(|| store.backup_path(now));
    if args.file.is_some() {
        write_out::not_of_the_desk(&context.db, &to).map_err(|e| context.file_failed(&to, &e))?;
    }
    store.backup(&to, now).map_err(|e| context.failed(&e))?;
    store.close(now).map_err(|e| context.failed(&e))?;
    if context.json {
        out::json(&json!({ "file": to }));
    } else {
        out::line(&t("已备份: {file}", "Backed up: {file}").with(context.lang, &[("file", &to.display())]));
    }
    Ok(())
}

pub(super) fn restore(context: &Context, args: &RestoreArgs) -> Result<(), Failure> {
    if !args.file.exists() {
        return Err(Failure::Refused(
            t("没有这个备份: {file}", "There is no backup {file}")
                .with(context.lang, &[("file", &args.file.display())]),
        ));
    }
    let kept =
        crate::store::restore(&args.file, &context.db, CHINA, context.clock.now()).map_err(|e| context.failed(&e))?;
    if context.json {
        out::json(&json!({ "db": context.db, "kept": kept }));
        return Ok(());
    }
    out::line(&t("已恢复到 {db}", "Restored to {db}").with(context.lang, &[("db", &context.db.display())]));
    if let Some(kept) = kept {
        out::line(
            &t("原来的文件留在 {kept}", "The file that was there is kept as {kept}")
                .with(context.lang, &[("kept", &kept.display())]),
        );
    }
    Ok(())
}

pub(super) fn check(context: &Context) -> Result<(), Failure> {
    let found = match store::check(&context.db) {
        // So damaged that it cannot be opened is an answer, too.
        Err(Error::Trouble(Trouble::Damaged { detail })) => {
            Checked { faults: vec![detail], read_only: true, ..Checked::default() }
        }
        other => other.map_err(|e| context.failed(&e))?,
    };
    if context.json {
        out::json(&json!({
            "sound": found.faults.is_empty(), "faults": found.faults,
            "tickets": found.tickets, "residents": found.people, "events": found.events,
        }));
    } else if found.faults.is_empty() {
        out::line(
            &t(
                "完好: 工单 {tickets}, 居民 {people}, 记录 {events}",
                "Sound: {tickets} tickets, {people} residents, {events} events",
            )
            .with(context.lang, &[("tickets", &found.tickets), ("people", &found.people), ("events", &found.events)]),
        );
        if found.written_again {
            out::line(
                t("它曾标为损坏，现在起又可以写了", "It had been marked as damaged; from now on it is written again")
                    .get(context.lang),
            );
        }
    }
    let Some(first) = found.faults.first() else { return Ok(()) };
    let words = t("数据文件有 {n} 处不对，第一处：{first}", "The data file has {n} faults, the first: {first}");
    let said = words.with(context.lang, &[("n", &found.faults.len()), ("first", first)]);
    let way_on = if found.read_only {
        t(
            "；从现在起只能看，不再写，直到用 tdesk restore 恢复备份",
            "; it is only read from now on, until a backup is brought back with tdesk restore",
        )
    } else {
        t("；可以用 tdesk restore 恢复较早的备份", "; an earlier backup can be brought back with tdesk restore")
    };
    let backup = store::newest_backup(&context.db).map(|file| file.display().to_string());
    let offer = backup.map_or_else(String::new, |file| text::trouble::backup_to_bring_back(&file, context.lang));
    Err(Failure::Refused(said + way_on.get(context.lang) + &offer))
}
