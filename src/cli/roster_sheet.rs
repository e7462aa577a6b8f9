//! A sheet of people by days: `tdesk import roster FILE` into the drafts of its weeks, and a week as such a sheet.
//! What a cell says is read in `exchange`, what becomes of it is decided in `domain`.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::args::monday;
use super::refused;
use crate::domain::base::time::Day;
use crate::domain::op::Op;
use crate::domain::roster::op::{RosterOp, Span};
use crate::domain::roster::sheet::{Cell, Refused, Row, Taken, Why, taken};
use crate::domain::roster::week::{DAYS, Member, Week};
use crate::domain::roster::{DayPlan, LeaveKind, Off, week_name};
use crate::exchange::export::{self, FileFormat, Table};
use crate::exchange::import::roster as sheet;
use crate::exchange::sheets;
use crate::setup::context::{Context, Failure};
use crate::setup::{out, papers};
use crate::store::{Access, Store};
use crate::text::labels::Labelled;
use crate::text::{Lang, refusal, roster as words, t};

/// What is to be imported.
pub(super) struct Asked<'a> {
    /// The file.
    pub(super) file: &'a Path,
    /// Only this sheet of a workbook.
    pub(super) sheet: Option<&'a str>,
    /// Week near which days without a month or a year lie.
    pub(super) week: Option<&'a str>,
    /// Only say what would happen.
    pub(super) dry_run: bool,
}

/// Reads a sheet into drafts and leave. The same again changes nothing.
pub(super) fn import(context: &Context, asked: &Asked<'_>) -> Result<(), Failure> {
    let mut store = context.store(if asked.dry_run { Access::Read } else { Access::Write })?;
    let near = monday(context, &store, asked.week)?;
    let read = sheets::read(asked.file).map_err(|e| context.file_failed(asked.file, &e))?;
    let only = |name: &str| asked.sheet.is_none_or(|only| only.trim().eq_ignore_ascii_case(name.trim()));
    let names: Vec<String> = read.iter().map(|sheet| sheet.name.clone()).collect();
    let read: Vec<_> = read.into_iter().filter(|sheet| only(&sheet.name)).collect();
    if read.is_empty() {
        return Err(context.file_failed(asked.file, &crate::exchange::Error::NoSuchSheet { sheets: names }));
    }
    let week = papers::week(&store, near).map_err(|e| context.failed(&e))?;
    let rows = sheet::rows(&read, near, &week.names).map_err(|e| context.file_failed(asked.file, &e))?;
    let cells = rows.iter().map(|row| row.cells.len()).sum::<usize>();
    let mondays: BTreeSet<Day> =
        rows.iter().flat_map(|row| &row.cells).map(|cell| crate::domain::roster::monday(cell.day)).collect();
    let (mut all, now) = (Taken::default(), context.clock.now());
    for monday in &mondays {
        let week = papers::week(&store, *monday).map_err(|e| context.failed(&e))?;
        let Taken { planned, leave, unchanged, refused } = taken(&week, &rows, now);
        all.planned.extend(planned);
        all.leave.extend(leave);
        all.unchanged += unchanged;
        // Of a name nobody has it is enough to be told once.
        all.refused.extend(refused.into_iter().filter(|new| !all.refused.contains(new)).collect::<Vec<_>>());
    }
    if !asked.dry_run {
        write(context, &mut store, &all)?;
    }
    // From here on cells are in: whatever fails, what is in is said first.
    let file = match all.refused.is_empty() {
        true => Ok(None),
        false => {
            let table = refused_table(&rows, &all.refused, &mondays, context.lang);
            refused::write(context, asked.file, asked.dry_run, export::bytes(&table, FileFormat::Csv))
        }
    };
    let closed = store.close(now).map_err(|e| context.failed(&e));
    tell(context, asked.dry_run, cells, &mondays, &all, file.as_ref().ok().and_then(Option::as_deref));
    file.map(drop).and(closed)
}

fn write(context: &Context, store: &mut Store, all: &Taken) -> Result<(), Failure> {
    let mut commit = |op| {
        let now = context.clock.now();
        store.commit(context.clock.uid(), &Op::Roster(op), now).map(drop).map_err(|e| context.failed(&e))
    };
    // Leave first: it frees the days it falls on.
    for kind in LeaveKind::ALL {
        let spans: Vec<Span> = all.leave.iter().filter(|(_, other)| other == kind).map(|(span, _)| *span).collect();
        if !spans.is_empty() {
            commit(RosterOp::Leave { spans: joined(spans), kind: Some(*kind), note: String::new() })?;
        }
    }
    if !all.planned.is_empty() {
        commit(RosterOp::Plan(all.planned.clone()))?;
    }
    Ok(())
}

/// Days that follow each other as one span.
fn joined(mut days: Vec<Span>) -> Vec<Span> {
    days.sort_by_key(|span| (span.staff, span.from));
    let mut spans: Vec<Span> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some(last) if last.staff == day.staff && last.to.succ_opt() == Some(day.from) => last.to = day.to,
            _ => spans.push(day),
        }
    }
    spans
}

/// What was refused as a sheet that can be read again: only the cells refused, under the days of their weeks, and why behind
/// them. Of a row nobody answers to, all of it.
fn refused_table(rows: &[Row], refused: &[Refused], mondays: &BTreeSet<Day>, lang: Lang) -> Table {
    let days: Vec<Day> = mondays.iter().flat_map(|monday| monday.iter_days().take(DAYS as usize)).collect();
    let mut heads = vec![t("岗位", "role").get(lang).to_owned(), t("姓名", "name").get(lang).to_owned()];
    heads.extend(days.iter().map(|day| format!("{day} {}", words::weekday(*day, lang))));
    heads.push(t("没有导入的原因", "why it was not imported").get(lang).to_owned());
    let of = |address: &str| refused.iter().find(|one| one.address == address);
    let row =
        |row: &Row| {
            let whole = of(&row.address);
            let cells: Vec<&Cell> =
                row.cells.iter().filter(|cell| whole.is_some() || of(&cell.address).is_some()).collect();
            let mut line = vec![row.role.map_or("", |role| role.label().get(lang)).to_owned(), row.name.clone()];
            line.extend(days.iter().map(|day| {
                cells.iter().find(|cell| cell.day == *day).map_or_else(String::new, |cell| cell.text.clone())
            }));
            let reasons: Vec<String> = match whole {
                Some(one) => vec![why(&one.why, lang)],
                None => cells
                    .iter()
                    .filter_map(|cell| of(&cell.address))
                    .map(|one| format!("{} {}", one.address, why(&one.why, lang)))
                    .collect(),
            };
            line.push(reasons.join("; "));
            (!cells.is_empty()).then_some(line)
        };
    Table { names: heads.clone(), heads, rows: rows.iter().filter_map(row).collect() }
}

fn tell(
    context: &Context,
    dry_run: bool,
    read: usize,
    mondays: &BTreeSet<Day>,
    all: &Taken,
    refused_file: Option<&Path>,
) {
    let lang = context.lang;
    let changed = all.planned.len() + all.leave.len();
    let weeks: Vec<String> = mondays.iter().map(|monday| week_name(*monday)).collect();
    if context.json {
        let refused = |one: &Refused| json!({ "cell": one.address, "text": one.text, "why": why(&one.why, lang) });
        return out::json(&json!({
            "read": read, "added": 0, "changed": changed, "unchanged": all.unchanged, "refused": all.refused.len(),
            "refused_file": refused_file, "refused_cells": all.refused.iter().map(refused).collect::<Vec<_>>(), "weeks": weeks,
            "dry_run": dry_run,
        }));
    }
    if dry_run {
        out::line(t("试一试, 没有写入:", "A try, nothing was written:").get(lang));
    }
    out::line(
        &t(
            "{weeks} 草稿: 读 {read} 格, 排 {planned}, 请假 {leave}, 不变 {unchanged}, 未收 {refused}",
            "Draft of {weeks}: {read} cells read, {planned} planned, {leave} of leave, {unchanged} unchanged, {refused} refused",
        )
        .with(
            lang,
            &[
                ("weeks", &weeks.join(" ")),
                ("read", &read),
                ("planned", &all.planned.len()),
                ("leave", &all.leave.len()),
                ("unchanged", &all.unchanged),
                ("refused", &all.refused.len()),
            ],
        ),
    );
    for one in &all.refused {
        out::line(&format!("  {} 「{}」: {}", one.address, one.text, why(&one.why, lang)));
    }
    if let Some(file) = refused_file {
        refused::tell(context, file);
    }
}

fn why(why: &Why, lang: Lang) -> String {
    match why {
        Why::Unclear => t("看不懂; 可以写: {accepted}", "not understood; what is read: {accepted}")
            .with(lang, &[("accepted", &sheet::accepted(lang))]),
        Why::Nobody => {
            t("没有叫这个名字的员工; 先加上或改对名字", "nobody of the staff has that name; add them or correct it")
                .get(lang)
                .to_owned()
        }
        Why::Several => t(
            "有几个人叫这个名字; 加一列「岗位」分清是谁",
            "several have that name; a column “role” tells who is meant",
        )
        .get(lang)
        .to_owned(),
        Why::Rule(rule) => refusal::sentence(rule, lang),
    }
}

fn plan(member: &Member, day: Day, draft: bool) -> DayPlan {
    if draft {
        return member.plan(day);
    }
    let plan = member.published_on(day);
    DayPlan { off: member.leave_on(day).map_or(plan.off, |leave| Off::Leave(leave.kind)), ..plan }
}

/// A week as a sheet that can be read back.
pub(super) fn table(week: &Week, draft: bool, lang: Lang) -> Table {
    let mut heads = vec![t("岗位", "role").get(lang).to_owned(), t("姓名", "name").get(lang).to_owned()];
    heads.extend(week.days().map(|day| format!("{day} {}", words::weekday(day, lang))));
    let names = heads.clone();
    let row = |member: &Member| {
        let mut row = vec![member.staff.role.label().get(lang).to_owned(), member.staff.name.reveal().to_owned()];
        row.extend(week.days().map(|day| words::sheet_cell(week, &plan(member, day, draft), lang)));
        row
    };
    Table { heads, names, rows: week.people.iter().map(row).collect() }
}

/// A week for programs.
pub(super) fn document(week: &Week, draft: bool) -> Value {
    let person = |member: &Member| {
        let days = week.days().map(|day| json!({ "day": day, "plan": plan(member, day, draft) }));
        json!({
            "staff": member.staff.name.reveal(), "role": member.staff.role, "days": days.collect::<Vec<_>>(),
        })
    };
    json!({
        "week": week_name(week.monday), "draft": draft, "people": week.people.iter().map(person).collect::<Vec<_>>(),
    })
}
