//! What can be wrong with a file, and the sentence said for it. A sentence names rows and column heads only.
//! Rows refused one by one are not errors; they are `Reason`s, said here too.

use std::{fmt, io};

use crate::domain::base::import::{ImportKind, LeftOut, Reason};
use crate::text::{Lang, Text, refusal, t};

/// Why a file is not read or not written.
#[derive(Debug)]
pub enum Error {
    /// The system refused.
    Io(io::Error),
    /// A folder, a device or anything else that is not a plain file.
    NotAFile,
    /// A file without content, or a workbook without a filled cell.
    Empty,
    /// More bytes than a file may have.
    FileTooBig,
    /// More bytes than a workbook may unpack to.
    UnpacksTooBig,
    /// More filled rows than a sheet may have, or a filled cell further down.
    TooManyRows,
    /// More filled columns than a sheet may have, or a filled cell further right.
    TooManyColumns,
    /// More cells or more text than fit in memory with room to spare.
    TooMuch,
    /// A cell longer than a spreadsheet program allows; in a text file mostly a quote that is never closed.
    CellTooLong {
        /// The row.
        row_number: usize,
    },
    /// Locked with a password.
    Password,
    /// A workbook that is cut off or broken.
    Damaged,
    /// Neither text nor a workbook.
    NotASheet,
    /// A web page or XML under a spreadsheet's name, as some systems export.
    WebPage,
    /// A kind of workbook that is not read.
    UnknownWorkbook,
    /// The workbook has no sheet of this name.
    NoSuchSheet {
        /// The sheets it has.
        sheets: Vec<String>,
    },
    /// No row of heads was recognised.
    NoHeads {
        /// What was to be imported.
        kind: ImportKind,
        /// The fullest row seen, cell by cell.
        seen: Vec<String>,
        /// Heads that would do, one of each needed group.
        wanted: Vec<String>,
        /// Heads that are taken too.
        also: Vec<String>,
    },
    /// No row of days as heads was recognised in a sheet of shifts.
    NoDays {
        /// The fullest row seen, cell by cell.
        seen: Vec<String>,
    },
    /// The file to write is there already.
    Exists,
    /// The name to write to is a link.
    Link,
    /// The file to write is one the desk keeps its data in.
    OfTheDesk,
    /// The table has more rows or columns than a workbook holds.
    TableTooBig,
    /// A page whose template failed, and where.
    Page(String),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::IsADirectory => Self::NotAFile,
            io::ErrorKind::AlreadyExists => Self::Exists,
            _ => Self::Io(error),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sentence(self, Lang::En))
    }
}

impl std::error::Error for Error {}

/// The sentence for `error`: what is wrong, and what would be accepted.
pub fn sentence(error: &Error, lang: Lang) -> String {
    match error {
        Error::Io(io) => io_sentence(io, lang),
        Error::CellTooLong { row_number } => t(
            "第 {n} 行有一个单元格超过 32,767 个字; 多半是引号没有配对, 请检查这一行",
            "Row {n} has a cell of more than 32,767 characters; most likely a quote is never closed, look at that row",
        )
        .with(lang, &[("n", row_number)]),
        Error::NoSuchSheet { sheets } => {
            t("工作簿里没有这个工作表; 有: {sheets}", "The workbook has no sheet of that name; it has: {sheets}")
                .with(lang, &[("sheets", &list(sheets, lang))])
        }
        Error::NoHeads { kind, seen, wanted, also } => t(
            "没有认出{kind}的表头。看到的是: {seen}。需要的列: {wanted}; 还可以有: {also}",
            "No heads for {kind} were recognised. Seen: {seen}. Needed columns: {wanted}; also taken: {also}",
        )
        .with(
            lang,
            &[
                ("kind", &kind_name(*kind).get(lang)),
                ("seen", &list(seen, lang)),
                ("wanted", &list(wanted, lang)),
                ("also", &list(also, lang)),
            ],
        ),
        Error::NoDays { seen } => t(
            "没有认出日期的表头。看到的是: {seen}。需要一行日期 (11月30日、12-01、周一) 和一列姓名",
            "No heads of days were recognised. Seen: {seen}. Needed: a row of days (2026-11-30, 12/1, Mon) and a column of names",
        )
        .with(lang, &[("seen", &list(seen, lang))]),
        Error::Page(why) => t(
            "网页没有做成 ({why})；其他格式 (text、md、xlsx) 不受影响",
            "The web page could not be made ({why}); the other formats (text, md, xlsx) can",
        )
        .with(lang, &[("why", why)]),
        plain => plain_sentence(plain).get(lang).to_owned(),
    }
}

const fn plain_sentence(error: &Error) -> Text {
    match error {
        Error::NotAFile => t(
            "这不是一个普通文件 (是文件夹或设备); 请给出一个文件",
            "Not a plain file but a folder or a device; name a file",
        ),
        Error::Empty => t("文件是空的, 没有可读的内容", "The file is empty: there is nothing to read"),
        Error::FileTooBig => {
            t("文件超过 20 MB; 请拆成几个小文件再导入", "The file is larger than 20 MB; split it and import the parts")
        }
        Error::UnpacksTooBig => t(
            "工作簿解开后超过 128 MB, 不予读取; 请只保留要导入的工作表",
            "The workbook unpacks to more than 128 MB and is not read; keep only the sheet to import",
        ),
        Error::TooManyRows => t(
            "工作表超过 20 万行, 或很靠下的地方有内容; 请删去多余的行或拆开",
            "A sheet has more than 200,000 rows, or something far below the table; remove it or split the sheet",
        ),
        Error::TooManyColumns => t(
            "工作表超过 64 列, 或很靠右的地方有内容; 请删去多余的列",
            "A sheet has more than 64 columns, or something far to the right; remove it",
        ),
        Error::TooMuch => t(
            "表格内容太多, 一次读不下; 请拆成几个文件",
            "The workbook holds more cells than can be read at once; split it into several files",
        ),
        Error::Password => t(
            "工作簿有打开密码; 请去掉密码另存后再导入",
            "The workbook is locked with a password; save it without one and import that",
        ),
        Error::Damaged => t(
            "工作簿不完整或已损坏; 请用表格软件打开并另存为 xlsx 再试",
            "The workbook is cut off or damaged; open it in a spreadsheet program and save it again as xlsx",
        ),
        Error::NotASheet => {
            t("这不是表格文件; 可读 csv、xlsx、xls、ods", "Not a spreadsheet; csv, xlsx, xls and ods are read")
        }
        Error::WebPage => t(
            "这其实是网页或 XML 文件; 请用表格软件打开并另存为 xlsx",
            "This is a web page or XML, whatever its name says; open it in a spreadsheet program and save it as xlsx",
        ),
        Error::UnknownWorkbook => t(
            "不读这种工作簿 (如 xlsb); 请另存为 xlsx 或 csv",
            "This kind of workbook (such as xlsb) is not read; save it as xlsx or csv",
        ),
        Error::Exists => t(
            "同名文件已存在, 没有覆盖; 请换个名字, 或加 --force 替换它",
            "A file of that name exists and was left alone; choose another name, or replace it with --force",
        ),
        Error::Link => t(
            "该名字是一个链接, 不往链接里写; 请换个名字",
            "That name is a link and links are not written through; choose another name",
        ),
        Error::OfTheDesk => t(
            "这是数据文件、草稿或备份, 没有动它, 加 --force 也不行; 请换个名字或文件夹",
            "That is a data file, drafts or a backup and was left alone, --force does not change that; choose another name or folder",
        ),
        Error::TableTooBig => t(
            "行数或列数超出 xlsx 的上限; 请改用 csv",
            "More rows or columns than an xlsx sheet holds; use csv instead",
        ),
        Error::Io(_)
        | Error::CellTooLong { .. }
        | Error::NoSuchSheet { .. }
        | Error::NoHeads { .. }
        | Error::NoDays { .. }
        | Error::Page(_) => t("", ""),
    }
}

fn io_sentence(error: &io::Error, lang: Lang) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => Some(t("没有这个文件或文件夹", "There is no such file or folder")),
        io::ErrorKind::PermissionDenied => {
            Some(t("没有权限读写这个文件", "You are not permitted to read or write this file"))
        }
        io::ErrorKind::StorageFull => Some(t("磁盘已满, 没有写成", "The disk is full; nothing was written")),
        io::ErrorKind::ReadOnlyFilesystem => Some(t("这个磁盘是只读的", "This disk can only be read")),
        _ => None,
    };
    match known {
        Some(text) => text.get(lang).to_owned(),
        None => t("文件读写失败: {why}", "The file could not be read or written: {why}").with(lang, &[("why", error)]),
    }
}

/// The sentence for a refused row.
pub fn reason_sentence(reason: &Reason, lang: Lang) -> String {
    match reason {
        Reason::Missing { column } => t("「{column}」是空的", "“{column}” is empty").with(lang, &[("column", column)]),
        Reason::Unclear { column } => {
            t("「{column}」看不懂", "“{column}” is not understood").with(lang, &[("column", column)])
        }
        Reason::NoHome => {
            t("没有写住在哪一户, 房屋表里也找不到", "No home is given, and the sheet of homes has none for this person")
                .get(lang)
                .to_owned()
        }
        Reason::TimeAhead { column, read } => t(
            "「{column}」读作 {read}, 比现在还晚; 请写 2000 年到现在的时间, 年份写四位 (两位的算 20xx 年)",
            "“{column}” is read as {read}, later than now; write a time from 2000 until now, the year with four digits (two are 20xx)",
        )
        .with(lang, &[("column", column), ("read", read)]),
        Reason::TooEarly { column } => t(
            "「{column}」早于 2000 年; 请写 2000 年以后的日期",
            "“{column}” is before the year 2000; write a date from 2000 on",
        )
        .with(lang, &[("column", column)]),
        Reason::Masked { column } => t(
            "「{column}」是隐去了的 (张*、138****5678), 收下也不知是谁; 请用完整的表, 本程序的用 tdesk export --full --why 导出",
            "“{column}” is masked (张*, 138****5678) and would stand for nobody; take the sheet in full, from this program by tdesk export --full --why",
        )
        .with(lang, &[("column", column)]),
        Reason::Fault => t(
            "程序处理这一行时出了错, 没有收下; 请改简单些再导入, 并把这一行的样子告诉维护的人",
            "The program failed on this row and left it out; write it more simply and import it again, and tell whoever keeps the program what it looks like",
        )
        .get(lang)
        .to_owned(),
        Reason::NotReached => t(
            "导入中途停了, 还没轮到这一行; 请再导入这个文件",
            "The import stopped before this row; import this file again",
        )
        .get(lang)
        .to_owned(),
        Reason::KeyTwice { column, first } => {
            t("「{column}」与第 {first} 行相同", "“{column}” is the same as in row {first}")
                .with(lang, &[("column", column), ("first", first)])
        }
        Reason::Rule { column, refusal } if column.is_empty() => refusal::sentence(refusal, lang),
        Reason::Rule { column, refusal } => t("「{column}」: {why}", "“{column}”: {why}")
            .with(lang, &[("column", column), ("why", &refusal::sentence(refusal, lang))]),
    }
}

/// What was left out, as a line of the summary says it.
pub const fn left_out(what: LeftOut) -> Text {
    match what {
        LeftOut::MadeUpPhones => t("凑数的电话 (如 00000000000)", "phones that only fill a cell (such as 00000000000)"),
        LeftOut::FurtherPhones => t("第二个及以后的电话 (这里只留一个)", "phones after the first (one is kept)"),
        LeftOut::LongNames => t("超过 100 个字的称呼", "names people are called by of more than 100 characters"),
        LeftOut::Floors => t("看不懂的楼层", "floors that are not understood"),
        LeftOut::Remarks => t("备注、地址、楼栋数 (没有地方存)", "remarks, addresses, numbers of buildings (not kept)"),
        LeftOut::UnknownCompounds => t("员工服务的小区 (没有这个小区)", "compounds of staff that are not known here"),
        LeftOut::ClosingTimes => t("状态还没结的办结时间", "closing times of tickets whose status is not an end"),
    }
}

/// The name of a kind in a sentence.
pub const fn kind_name(kind: ImportKind) -> Text {
    match kind {
        ImportKind::Compounds => t("小区", "compounds"),
        ImportKind::Homes => t("房屋", "homes"),
        ImportKind::Residents => t("住户", "residents"),
        ImportKind::Staff => t("人员", "staff"),
        ImportKind::Tickets => t("工单", "tickets"),
        ImportKind::Calendar => t("节假日", "days"),
    }
}

fn list(items: &[String], lang: Lang) -> String {
    if items.is_empty() {
        return t("(没有)", "(none)").get(lang).to_owned();
    }
    items.join(t("、", ", ").get(lang))
}
