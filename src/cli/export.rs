//! `tdesk export`: residents, homes or tickets into a spreadsheet. Names and phones are masked unless a reason is given.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::filter;
use crate::domain::filter::Filter;
use crate::domain::person::Phone;
use crate::exchange::export::{self, FileFormat, Table};
use crate::exchange::tickets::Writing;
use crate::setup::context::{Context, Failure};
use crate::setup::{out, shown};
use crate::store::{Access, Store};
use crate::text::labels::Labelled;
use crate::text::{Lang, Text, t};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to export: residents, homes, tickets
    #[arg(value_parser = ["residents", "homes", "tickets"])]
    kind: String,
    /// File format
    #[arg(long, default_value = "csv", value_parser = ["csv", "xlsx", "json"])]
    format: String,
    /// File to write; standard output if not said
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one already
    #[arg(long, requires = "output")]
    force: bool,
    /// Only tickets that pass this filter, as typed on the desk: 'late compound:kly'
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Names and phones in full; needs --why
    #[arg(long, requires = "why")]
    full: bool,
    /// Why they are needed in full; kept in the data file
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let format =
        if context.json { FileFormat::Json } else { FileFormat::from_code(&args.format).unwrap_or(FileFormat::Csv) };
    if args.output.is_none() && format == FileFormat::Xlsx && std::io::stdout().is_terminal() {
        return Err(Failure::Usage(
            t(
                "工作簿不能显示在终端里; 用 -o 写明文件",
                "A workbook cannot be shown in a terminal; name a file with -o",
            )
            .get(context.lang)
            .to_owned(),
        ));
    }
    if args.filter.is_some() && args.kind != "tickets" {
        let words = t("--filter 只用于 tickets", "--filter is for tickets");
        return Err(Failure::Usage(words.get(context.lang).to_owned()));
    }
    let why = why(context, args)?;
    let mut store = context.store(if args.full { Access::Write } else { Access::Read })?;
    let table = match args.kind.as_str() {
        "residents" => residents(context, &store, args.full)?,
        "homes" => homes(context, &store)?,
        _ => tickets(context, &store, args)?,
    };
    // Written down before anything leaves.
    if args.full {
        store
            .note_export(context.clock.uid(), &args.kind, table.rows.len(), &why, context.clock.now())
            .map_err(|e| context.failed(&e))?;
    }
    let rows = table.rows.len();
    match &args.output {
        Some(path) => {
            let bytes = export::bytes(&table, format).map_err(|e| context.file_failed(path, &e))?;
            context.write_out(path, &bytes, args.force)?;
            out::complain(
                &t("已写 {n} 行到 {file}", "{n} rows written to {file}")
                    .with(context.lang, &[("n", &rows), ("file", &path.display())]),
            );
        }
        None => {
            let bytes = export::bytes(&table, format).map_err(|e| context.file_failed(&PathBuf::from("-"), &e))?;
            out::bytes(&bytes);
        }
    }
    store.close(context.clock.now()).map_err(|e| context.failed(&e))
}

/// Why names and phones are needed in full; empty when they are not asked for.
fn why(context: &Context, args: &Args) -> Result<String, Failure> {
    let why =
        crate::domain::base::clean::line(args.why.as_deref().unwrap_or_default()).map_err(|r| context.refused(&r))?;
    if args.full && why.is_empty() {
        return Err(Failure::Usage(
            t("--why 要写明为什么要不隐去的", "--why must say why they are needed in full")
                .get(context.lang)
                .to_owned(),
        ));
    }
    Ok(why)
}

fn table(lang: Lang, columns: &[(&str, Text)]) -> Table {
    Table {
        heads: columns.iter().map(|(_, head)| head.get(lang).to_owned()).collect(),
        names: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        rows: Vec::new(),
    }
}

const COMPOUND: (&str, Text) = ("compound", t("小区", "compound"));
const BUILDING: (&str, Text) = ("building", t("楼栋", "building"));
const UNIT: (&str, Text) = ("unit", t("单元", "unit"));
const ROOM: (&str, Text) = ("room", t("房号", "room"));

fn residents(context: &Context, store: &Store, full: bool) -> Result<Table, Failure> {
    let columns = [
        COMPOUND,
        BUILDING,
        UNIT,
        ROOM,
        ("name", t("姓名", "name")),
        ("phone", t("电话", "phone")),
        ("called", t("称呼", "called")),
        ("relation", t("关系", "relation")),
        ("head", t("户主", "head of household")),
        ("born", t("出生年", "born")),
    ];
    let mut table = table(context.lang, &columns);
    let lang = context.lang;
    store
        .residents(|line| {
            let person = &line.member.person;
            let name = if full { person.name.reveal().to_owned() } else { person.name.to_string() };
            let phone = |p: &Phone| if full { p.reveal().to_owned() } else { p.to_string() };
            table.rows.push(vec![
                line.compound,
                line.building,
                line.unit,
                line.room,
                name,
                person.phones.iter().map(phone).collect::<Vec<_>>().join(" "),
                if full { person.called.join(" ") } else { String::new() },
                line.member.relation.label().get(lang).to_owned(),
                if line.member.is_head { t("是", "yes").get(lang).to_owned() } else { String::new() },
                person.born.map(|year| year.to_string()).unwrap_or_default(),
            ]);
        })
        .map_err(|e| context.failed(&e))?;
    Ok(table)
}

fn homes(context: &Context, store: &Store) -> Result<Table, Failure> {
    let columns = [
        COMPOUND,
        BUILDING,
        UNIT,
        ("floor", t("楼层", "floor")),
        ROOM,
        ("area_m2", t("建筑面积", "area")),
        ("people", t("人数", "people")),
    ];
    let mut table = table(context.lang, &columns);
    store
        .homes(|line| {
            let text = |part: Option<String>| part.unwrap_or_default();
            table.rows.push(vec![
                line.compound,
                line.building,
                text(line.place.unit),
                text(line.place.floor.map(|f| f.to_string())),
                text(line.place.room),
                text(line.place.area_m2.map(|a| a.to_string())),
                line.people.to_string(),
            ]);
        })
        .map_err(|e| context.failed(&e))?;
    Ok(table)
}

fn tickets(context: &Context, store: &Store, args: &Args) -> Result<Table, Failure> {
    let now = context.clock.now();
    let filter = match &args.filter {
        Some(text) => filter::read(context, store, text)?,
        None => Filter::default(),
    };
    let writing = Writing { lang: context.lang, zone: store.zone(), now, full: args.full };
    let mut table = writing.table();
    shown::each_by_date(store, &filter, false, now, |listed| {
        table.rows.push(writing.row(listed));
        true
    })
    .map_err(|e| context.failed(&e))?;
    Ok(table)
}
