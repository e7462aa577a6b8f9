//! `tdesk roster`: weeks of shifts without a screen: checked, published, printed; and how strict the rules are.
//! Proposing a week is `fill`, reading a sheet of one `roster_sheet`.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::monday;
use super::{fill, left, roster_rules, roster_sheet};
use crate::domain::op::Op;
use crate::domain::query::{Answer, Query};
use crate::domain::roster::op::RosterOp;
use crate::domain::roster::rules::Severity;
use crate::domain::roster::week::Week;
use crate::domain::roster::week_name;
use crate::domain::settings::query::{SettingsAnswer, SettingsQuery};
use crate::exchange::export::{self, FileFormat};
use crate::exchange::pages::{Format, roster};
use crate::setup::context::{Context, Failure};
use crate::setup::{out, papers};
use crate::store::{Access, Store};
use crate::text::labels::Labelled;
use crate::text::{roster as words, t};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Propose a week from cycles, needs, rules and leave, and put it into the draft
    Fill(fill::Args),
    /// List every broken rule and every gap of a week as it will be, drafts counted; exit code 1 when one must be mended
    Check {
        /// The week, as 2026-W48; the one that is to be planned if not said
        #[arg(long)]
        week: Option<String>,
    },
    /// Put the drafts of a week on the wall
    Publish {
        /// The week, as 2026-W48
        #[arg(long)]
        week: String,
    },
    /// Print a week: for the wall, for the group, as a sheet
    Show {
        /// The week, as 2026-W48; the one that is to be planned if not said
        #[arg(long)]
        week: Option<String>,
        /// As drafted, instead of as published
        #[arg(long)]
        draft: bool,
        /// What to make: text, md or html for the wall, group for the message, csv or xlsx to be imported again
        #[arg(long, default_value = "text", value_parser = ["text", "md", "html", "group", "csv", "xlsx"])]
        format: String,
        /// File to write; standard output if not said
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace the file if there is one already
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// Somebody leaves: list what falls open, and say who gets what is in their hands
    Left(left::Args),
    /// List the shifts with their hours, or set one's hours and name
    Shift(roster_rules::ShiftArgs),
    /// List the rules of rosters, or set how strict one is
    Rule(roster_rules::RuleArgs),
}

pub(super) fn run(context: &Context, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Fill(args) => fill::run(context, args),
        Command::Check { week } => check(context, week.as_deref()),
        Command::Publish { week } => publish(context, week),
        Command::Show { week, draft, format, output, force } => {
            let output = output.as_deref().map(|path| (path, *force));
            show(context, week.as_deref(), *draft, format, output)
        }
        Command::Left(args) => left::run(context, args),
        Command::Shift(args) => roster_rules::shift(context, args),
        Command::Rule(args) => roster_rules::rule(context, args),
    }
}

fn read(context: &Context, store: &Store, week: Option<&str>) -> Result<Week, Failure> {
    papers::week(store, monday(context, store, week)?).map_err(|e| context.failed(&e))
}

fn check(context: &Context, week: Option<&str>) -> Result<(), Failure> {
    let store = context.store(Access::Read)?;
    let week = read(context, &store, week)?;
    let lang = context.lang;
    let found: Vec<_> = week
        .people
        .iter()
        .flat_map(|member| week.findings(member).into_iter().map(move |finding| (member, finding)))
        .collect();
    let gaps: Vec<_> = week.slots().into_iter().filter(|slot| slot.missing() > 0).collect();
    let hard = found.iter().filter(|(_, finding)| finding.severity == Severity::Hard).count();
    if context.json {
        let finding = |(member, finding): &(&_, _)| finding_json(&week, member, finding, context);
        let gap = |slot: &crate::domain::roster::coverage::Slot| {
            json!({
                "day": slot.day, "compound": slot.need.compound.map(|id| week.compound(id)), "role": slot.need.role,
                "template": slot.need.template, "missing": slot.missing(),
            })
        };
        out::json(&json!({
            "week": week_name(week.monday), "hard": hard, "findings": found.iter().map(finding).collect::<Vec<_>>(),
            "gaps": gaps.iter().map(gap).collect::<Vec<_>>(),
        }));
    } else {
        for (member, finding) in &found {
            let mark = if finding.severity == Severity::Hard { "!!" } else { "!" };
            let (day, why) = (words::day_head(finding.day, lang), words::finding(&week, member, finding, lang));
            let rule = finding.rule.label().get(lang);
            out::line(&format!("{mark}\t{}\t{day}\t{rule}\t{why}", member.staff.name.reveal()));
        }
        for slot in &gaps {
            out::line(&format!("?\t{}\t{}", words::day_head(slot.day, lang), words::gap(&week, slot, lang)));
        }
        let head = t(
            "{week}: 必须改 {hard} 处, 提醒 {soft} 处, 缺人 {gaps} 处",
            "{week}: to mend: {hard}, warnings: {soft}, gaps: {gaps}",
        );
        out::line(&head.with(
            lang,
            &[
                ("week", &week_name(week.monday)),
                ("hard", &hard),
                ("soft", &(found.len() - hard)),
                ("gaps", &gaps.len()),
            ],
        ));
    }
    if hard == 0 {
        return Ok(());
    }
    let why = t("有 {n} 处必须改好才能发布", "{n} must be mended before the week is published");
    Err(Failure::Refused(why.with(lang, &[("n", &hard)])))
}

fn finding_json(
    week: &Week,
    member: &crate::domain::roster::week::Member,
    finding: &crate::domain::roster::rules::Finding,
    context: &Context,
) -> serde_json::Value {
    json!({
        "staff": member.staff.name.reveal(), "day": finding.day, "rule": finding.rule, "severity": finding.severity,
        "words": words::finding(week, member, finding, context.lang),
    })
}

fn publish(context: &Context, week: &str) -> Result<(), Failure> {
    let mut store = context.store(Access::Write)?;
    let monday = monday(context, &store, Some(week))?;
    let now = context.clock.now();
    let seen = papers::week(&store, monday).map_err(|e| context.failed(&e))?;
    let left_out = seen.left_out(now).len();
    let op = RosterOp::Publish { monday, seen: Some(seen.differences(now)) };
    let done = store.commit(context.clock.uid(), &Op::Roster(op), now).map_err(|e| context.failed(&e))?;
    store.close(now).map_err(|e| context.failed(&e))?;
    let (name, people) = (week_name(monday), done.also + 1);
    if context.json {
        out::json(&json!({ "week": name, "people": people, "left_out": left_out }));
    } else {
        let words = t(
            "{week} 发布了, {n} 人有变动; 墙上的表: tdesk roster show --week {week} --format html -o 文件",
            "{week} is published, {n} people changed; for the wall: tdesk roster show --week {week} --format html -o FILE",
        );
        out::line(&words.with(context.lang, &[("week", &name), ("n", &people)]));
        if left_out > 0 {
            let words = t(
                "另有 {n} 天的草稿没有发布: 已经过去或班已开始, 这些草稿不再保留",
                "Drafts of {n} more days were not published: they have passed or begun; those drafts are kept no more",
            );
            out::complain(&words.with(context.lang, &[("n", &left_out)]));
        }
    }
    Ok(())
}

/// `output` is the file to write, and whether it may take the place of another.
fn show(
    context: &Context,
    week: Option<&str>,
    draft: bool,
    format: &str,
    output: Option<(&Path, bool)>,
) -> Result<(), Failure> {
    let store = context.store(Access::Read)?;
    let week = read(context, &store, week)?;
    if let Some(format) = FileFormat::from_code(format).filter(|_| !context.json) {
        let table = roster_sheet::table(&week, draft, context.lang);
        let path = output.map_or(Path::new("-"), |(path, _)| path);
        let bytes = export::bytes(&table, format).map_err(|e| context.file_failed(path, &e))?;
        return match output {
            Some((path, force)) => context.write_out(path, &bytes, force),
            None => {
                out::bytes(&bytes);
                Ok(())
            }
        };
    }
    if context.json {
        out::json(&roster_sheet::document(&week, draft));
        return Ok(());
    }
    let Answer::Settings(SettingsAnswer::Township(town)) =
        store.answer(&Query::Settings(SettingsQuery::Township)).map_err(|e| context.failed(&e))?
    else {
        return Ok(());
    };
    let sheet = roster::Sheet { company: &town.company, week: &week, draft };
    let folder = context.settings.templates.as_deref().map(PathBuf::from);
    let page = match Format::from_code(format) {
        Some(format) => roster::page(sheet, format, folder.as_deref(), context.lang),
        None => roster::message(sheet, folder.as_deref(), context.lang),
    }
    .map_err(Failure::Refused)?;
    if let Some(complaint) = page.complaint {
        out::complain(&complaint);
    }
    match output {
        Some((path, force)) => context.write_out(path, page.text.as_bytes(), force),
        None => {
            out::line(page.text.trim_end());
            Ok(())
        }
    }
}
