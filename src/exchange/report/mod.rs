//! The month's report as a document: sections of tables, the same for every way of writing it. One file a way.
//! Nothing is counted here; it says what was counted.

mod html;
mod markdown;
mod text;
mod xlsx;

use super::Error;
use crate::coded;
use crate::domain::rates::report::{Compared, Month, Problem};
use crate::domain::rates::{Rate, Three, Which};
use crate::domain::ticket::around::{ROOT_DAYS, ROOT_FROM};
use crate::text::labels::Labelled;
use crate::text::{Lang, Text, figures, t};

coded! {
    /// How a report is written.
    pub enum ReportFormat {
        /// For a terminal.
        Text = "text",
        /// Markdown.
        Markdown = "md",
        /// A page to print on one A4.
        Html = "html",
        /// A workbook, a sheet a section.
        Xlsx = "xlsx",
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its language.
    pub lang: Lang,
    /// What it is, of when.
    pub title: String,
    /// Whose, made when, and what it counts as a whole.
    pub head: Vec<String>,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// A part: a table with what must be known to read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What it is called in programs and as a sheet's name in English.
    pub name: &'static str,
    /// Title.
    pub title: String,
    /// What must be known to read it; may be empty.
    pub note: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// The sum of all rows, where rows can be summed.
    pub total: Option<Vec<Cell>>,
    /// The column drawn as bars.
    pub bars: Option<usize>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is called in programs.
    pub name: &'static str,
    /// Its head.
    pub head: String,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count.
    Count(u32),
    /// A rate.
    Rate(Rate),
}

impl Cell {
    /// As people read it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(n) => n.to_string(),
            Self::Rate(rate) => rate.percent(),
        }
    }

    /// How long its bar is, of `of`.
    fn bar(&self, most: u32, of: usize) -> usize {
        match self {
            Self::Count(n) if most > 0 => {
                let cells = u64::from(*n) * of as u64;
                usize::try_from(cells.div_ceil(u64::from(most))).unwrap_or(of)
            }
            _ => 0,
        }
    }
}

impl Section {
    /// The largest count of the column drawn as bars.
    fn most(&self) -> u32 {
        let count = |row: &Vec<Cell>| match row.get(self.bars?) {
            Some(Cell::Count(n)) => Some(*n),
            _ => None,
        };
        self.rows.iter().filter_map(count).max().unwrap_or(0)
    }
}

/// The report in one way of writing.
///
/// # Errors
/// [`Error::TableTooBig`] for a workbook, [`Error::Page`] for a web page.
pub fn bytes(document: &Document, format: ReportFormat) -> Result<Vec<u8>, Error> {
    Ok(match format {
        ReportFormat::Text => text::write(document).into_bytes(),
        ReportFormat::Markdown => markdown::write(document).into_bytes(),
        ReportFormat::Html => html::write(document).map_err(Error::Page)?.into_bytes(),
        ReportFormat::Xlsx => xlsx::write(document).map_err(|_| Error::TableTooBig)?,
    })
}

/// The report as programs read it: each section as a list of objects; rates as numbers from 0 to 1.
pub fn json(document: &Document) -> serde_json::Value {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => serde_json::Value::from(text.as_str()),
        Cell::Count(n) => (*n).into(),
        Cell::Rate(rate) => rate.share().into(),
    };
    let object = |section: &Section, row: &Vec<Cell>| -> serde_json::Value {
        let pairs = section.columns.iter().zip(row).map(|(column, value)| (column.name.to_owned(), cell(value)));
        serde_json::Value::Object(pairs.collect())
    };
    let sections = document.sections.iter().map(|section| {
        let rows: Vec<_> = section.rows.iter().map(|row| object(section, row)).collect();
        let total = section.total.as_ref().map(|row| object(section, row));
        (section.name.to_owned(), serde_json::json!({ "rows": rows, "total": total }))
    });
    serde_json::Value::Object(sections.collect())
}

/// Places that came again and again, told at most.
const REPEATS_AT_MOST: usize = 10;

/// The document of a month.
pub fn month(month: &Month, lang: Lang) -> Document {
    let span = month.counts.rates.span;
    let all = &month.counts.rates.all;
    let made = month.zone.local(month.made_at).format("%Y-%m-%d %H:%M");
    let whole = t(
        "登记 {taken}, 有效 {valid}; 本月修好 {resolved}; 制表时在办 {open}",
        "{taken} taken, {valid} of them valid; {resolved} done in the month; {open} open when this was made",
    )
    .with(
        lang,
        &[("taken", &all.taken()), ("valid", &all.valid()), ("resolved", &month.resolved), ("open", &month.open)],
    );
    Document {
        lang,
        title: t("{township}物业服务月报 {month}", "{township}: property services, {month}")
            .with(lang, &[("township", &month.township), ("month", &span.from.format("%Y-%m"))]),
        head: vec![format!("{}  {}", month.company, t("制表 {at}", "made {at}").with(lang, &[("at", &made)])), whole],
        sections: vec![
            rates(month, lang),
            weeks(month, lang),
            compounds(month, lang),
            categories(month, lang),
            hours(month, lang),
            repeats(month, lang),
            problems(month, lang),
            by_place(month, lang),
        ],
    }
}

fn columns(lang: Lang, columns: &[(&'static str, Text)]) -> Vec<Column> {
    columns.iter().map(|(name, head)| Column { name, head: head.get(lang).to_owned() }).collect()
}

fn words(text: Text, lang: Lang) -> Cell {
    Cell::Text(text.get(lang).to_owned())
}

fn rates(month: &Month, lang: Lang) -> Section {
    let all = &month.counts.rates.all;
    let row = |&which: &Which| {
        let rate = all.rate(which);
        vec![
            words(which.label(), lang),
            Cell::Rate(rate),
            Cell::Count(rate.numerator),
            Cell::Count(rate.denominator),
            Cell::Text(figures::beside(all, which, lang)),
        ]
    };
    Section {
        name: "rates",
        title: t("三率", "The three rates").get(lang).to_owned(),
        note: t(
            "响应率 = 时限内首次联系 / 有效工单中已联系或已到时限的; 办结率 = 住户说解决了 / 接通; 满意率 = 满意 / 接通, 基本满意不算满意。未联系上的单独列。",
            "Response = first contact within the limit / valid tickets answered or past the limit; resolution = solved / residents reached; satisfaction = satisfied / reached, \"fairly\" not counted as satisfied. Those never reached are told apart.",
        )
        .get(lang)
        .to_owned(),
        columns: columns(
            lang,
            &[
                ("rate", t("指标", "rate")),
                ("share", t("比率", "share")),
                ("numerator", t("分子", "numerator")),
                ("denominator", t("分母", "denominator")),
                ("beside", t("另计", "beside")),
            ],
        ),
        rows: Which::ALL.iter().map(row).collect(),
        total: None,
        bars: None,
    }
}

fn three_cells(three: &Three) -> Vec<Cell> {
    let rate = |which| Cell::Rate(three.rate(which));
    vec![
        Cell::Count(three.taken()),
        Cell::Count(three.valid()),
        Cell::Count(three.met),
        rate(Which::Response),
        Cell::Count(three.solved + three.unsolved),
        Cell::Count(three.solved),
        rate(Which::Resolution),
        Cell::Count(three.satisfied),
        rate(Which::Satisfaction),
        Cell::Count(three.unreached),
    ]
}

const THREE: [(&str, Text); 10] = [
    ("taken", t("登记", "taken")),
    ("valid", t("有效", "valid")),
    ("in_time", t("及时", "in time")),
    ("response", t("响应率", "response")),
    ("reached", t("接通", "reached")),
    ("solved", t("解决", "solved")),
    ("resolution", t("办结率", "resolution")),
    ("satisfied", t("满意", "satisfied")),
    ("satisfaction", t("满意率", "satisfaction")),
    ("unreached", t("未联系上", "never reached")),
];

fn with_three(lang: Lang, first: (&'static str, Text)) -> Vec<Column> {
    columns(lang, &std::iter::once(first).chain(THREE).collect::<Vec<_>>())
}

fn led_by(first: Cell, three: &Three) -> Vec<Cell> {
    std::iter::once(first).chain(three_cells(three)).collect()
}

const TOTAL: Text = t("合计", "total");
const NO_PLACE: Text = t("(没有地点)", "(no place)");

fn weeks(month: &Month, lang: Lang) -> Section {
    let rates = &month.counts.rates;
    Section {
        name: "weeks",
        title: t("按周", "By week").get(lang).to_owned(),
        note: t(
            "周一起; 头尾两周只算本月的几天。",
            "From Monday; of the first and last week only the days of this month.",
        )
        .get(lang)
        .to_owned(),
        columns: with_three(lang, ("week", t("周", "week"))),
        rows: rates
            .weeks
            .iter()
            .map(|week| led_by(Cell::Text(week.monday.format("%m-%d").to_string()), &week.three))
            .collect(),
        total: Some(led_by(words(TOTAL, lang), &rates.all)),
        bars: None,
    }
}

fn compounds(month: &Month, lang: Lang) -> Section {
    let rates = &month.counts.rates;
    let name = |name: &str| if name.is_empty() { words(NO_PLACE, lang) } else { Cell::Text(name.to_owned()) };
    Section {
        name: "compounds",
        title: t("按小区", "By compound").get(lang).to_owned(),
        note: String::new(),
        columns: with_three(lang, ("compound", t("小区", "compound"))),
        rows: rates.compounds.iter().map(|one| led_by(name(&one.name), &one.three)).collect(),
        total: Some(led_by(words(TOTAL, lang), &rates.all)),
        bars: None,
    }
}

fn categories(month: &Month, lang: Lang) -> Section {
    let cells = |code: Cell, name: Cell, three: &Three| {
        vec![
            code,
            name,
            Cell::Count(three.taken()),
            Cell::Count(three.valid()),
            Cell::Count(three.met),
            Cell::Rate(three.rate(Which::Response)),
        ]
    };
    let named = month.counts.categories.iter().zip(&month.category_names);
    Section {
        name: "categories",
        title: t("按分类", "By category").get(lang).to_owned(),
        note: String::new(),
        columns: columns(
            lang,
            &[("code", t("代码", "code")), ("category", t("分类", "category")), THREE[0], THREE[1], THREE[2], THREE[3]],
        ),
        rows: named
            .map(|(one, (zh, en))| {
                let name = if lang == Lang::Zh { zh } else { en };
                cells(Cell::Text(one.code.clone()), Cell::Text(name.clone()), &one.three)
            })
            .collect(),
        total: Some(cells(words(TOTAL, lang), Cell::Text(String::new()), &month.counts.rates.all)),
        bars: None,
    }
}

fn hours(month: &Month, lang: Lang) -> Section {
    let rows = (0..)
        .zip(month.counts.hours)
        .map(|(hour, n): (u32, u32)| vec![Cell::Text(format!("{hour:02}")), Cell::Count(n)]);
    Section {
        name: "hours",
        title: t("按钟点", "By hour of the day").get(lang).to_owned(),
        note: String::new(),
        columns: columns(lang, &[("hour", t("钟点", "hour")), THREE[0]]),
        rows: rows.collect(),
        total: Some(vec![words(TOTAL, lang), Cell::Count(month.counts.hours.iter().sum())]),
        bars: Some(1),
    }
}

fn repeats(month: &Month, lang: Lang) -> Section {
    let all = month.counts.repeats.len();
    let named = month.counts.repeats.iter().zip(&month.repeat_places).take(REPEATS_AT_MOST);
    let mut note = t(
        "同一处 (公共部位, 楼栋) 同类 {days} 天内 {n} 件以上, 该查根子。",
        "{n} or more of a kind within {days} days at one common part or building: look for the root.",
    )
    .with(lang, &[("days", &ROOT_DAYS), ("n", &ROOT_FROM)]);
    if all > REPEATS_AT_MOST {
        note += &t(" 共 {all} 处, 列最多的 {n} 处。", " {all} places; the {n} worst are told.")
            .with(lang, &[("all", &all), ("n", &REPEATS_AT_MOST)]);
    }
    Section {
        name: "repeats",
        title: t("反复出问题的地方", "Places where it comes again").get(lang).to_owned(),
        note,
        columns: columns(
            lang,
            &[
                ("compound", t("小区", "compound")),
                ("place", t("地点", "place")),
                ("group", t("类", "kind")),
                ("most", t("件数", "tickets")),
                ("newest", t("最近", "newest")),
            ],
        ),
        rows: named
            .map(|(one, (compound, place))| {
                vec![
                    Cell::Text(compound.clone()),
                    Cell::Text(place.clone()),
                    words(figures::group(one.group), lang),
                    Cell::Count(one.most),
                    Cell::Text(month.zone.local(one.newest).format("%m-%d").to_string()),
                ]
            })
            .collect(),
        total: None,
        bars: None,
    }
}

fn compared(one: Compared) -> [Cell; 3] {
    let change = i64::from(one.now) - i64::from(one.before);
    [
        Cell::Count(one.before),
        Cell::Count(one.now),
        Cell::Text(if change == 0 { "0".to_owned() } else { format!("{change:+}") }),
    ]
}

fn problems(month: &Month, lang: Lang) -> Section {
    let counts = &month.counts;
    let row = |name: Text, one: Compared| std::iter::once(words(name, lang)).chain(compared(one)).collect::<Vec<_>>();
    let mut rows: Vec<Vec<Cell>> =
        Problem::ALL.iter().map(|problem| row(problem.label(), counts.all_problems[*problem as usize])).collect();
    let (now, before) = month.callers;
    let share =
        |callers: crate::domain::rates::report::Callers| Rate { numerator: callers.new, denominator: callers.homes };
    rows.push(vec![
        words(t("不知道找谁: 首次来找的住户占比", "not knowing whom to ask: homes new to the desk"), lang),
        Cell::Rate(share(before)),
        Cell::Rate(share(now)),
        Cell::Text(format!("{}/{}", now.new, now.homes)),
    ]);
    rows.push(row(t("居民支持: 建议表扬, 试用评价", "residents' support: advice and praise"), counts.praise));
    rows.push(row(t("居民支持: 服务投诉", "residents' support: complaints about the service"), counts.complaints));
    Section {
        name: "problems",
        title: t("五个老问题", "The five standing problems").get(lang).to_owned(),
        note: t(
            "停车 302 308, 违建 605, 堆放 402 403。还没有量的: 入户调查的拒访和愿意交费; 来电人住处不明的 {n} 件不在占比里。",
            "Parking 302 308, illegal building 605, clutter 402 403. Not measured yet: refusals of the survey and who would pay; {n} reports of callers whose home is not known are not in the share.",
        )
        .with(lang, &[("n", &now.unknown)]),
        columns: columns(
            lang,
            &[
                ("problem", t("问题", "problem")),
                ("before", t("上月", "month before")),
                ("now", t("本月", "this month")),
                ("change", t("增减", "change")),
            ],
        ),
        rows,
        total: None,
        bars: None,
    }
}

fn by_place(month: &Month, lang: Lang) -> Section {
    let cells = |name: Cell, problems: &[Compared; 3]| {
        let each = problems.iter().flat_map(|one| [Cell::Count(one.before), Cell::Count(one.now)]);
        std::iter::once(name).chain(each).collect::<Vec<_>>()
    };
    let named = month.counts.problems.iter().zip(&month.problem_places);
    Section {
        name: "problems_by_compound",
        title: t("老问题按小区", "Standing problems by compound").get(lang).to_owned(),
        note: String::new(),
        columns: columns(
            lang,
            &[
                ("compound", t("小区", "compound")),
                ("parking_before", t("停车上月", "parking before")),
                ("parking", t("停车本月", "parking now")),
                ("building_before", t("违建上月", "building before")),
                ("building", t("违建本月", "building now")),
                ("clutter_before", t("堆放上月", "clutter before")),
                ("clutter", t("堆放本月", "clutter now")),
            ],
        ),
        rows: named
            .map(|(one, name)| {
                let name = if name.is_empty() { words(NO_PLACE, lang) } else { Cell::Text(name.clone()) };
                cells(name, &one.problems)
            })
            .collect(),
        total: Some(cells(words(TOTAL, lang), &month.counts.all_problems)),
        bars: None,
    }
}
