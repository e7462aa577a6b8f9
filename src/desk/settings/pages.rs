//! The township's settings: the desk's hours, days that are not what their weekday says, the categories, and who changed
//! what. Everybody may look; from a manager on they may be changed. What makes sense is decided in the domain.

use chrono::Datelike;

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::{Layer, Then};
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::notice::Level;
use crate::desk::frame::{prompt, say, start};
use crate::domain::base::calendar::{DayKind, Hours, SpecialDay};
use crate::domain::base::time::{Day, parse_day};
use crate::domain::op::Op;
use crate::domain::query::{Answer, Query};
use crate::domain::settings;
use crate::domain::settings::op::{CategorySet, Change, Past};
use crate::domain::settings::query::{SettingsAnswer, SettingsOf, SettingsQuery};
use crate::domain::staff::Role;
use crate::domain::ticket::Priority;
use crate::domain::ticket::category::{Category, limit_of_text};
use crate::text::labels::Labelled;
use crate::text::settings::{CategoryField, RULES_APART, changed, hours};
use crate::text::{Lang, Text, refusal, t};

/// What was changed of settings.
const SETTINGS: Slot = Slot::new("settings", |desk, answer| {
    if let Answer::Settings(SettingsAnswer::Past(past)) = answer {
        set_past(desk, past);
    }
});

/// State of the layer.
#[derive(Debug)]
pub struct Settings {
    /// The page looked at.
    pub page: Page,
    /// The pages it was come by, each with the row the cursor stood on.
    from: Vec<(Page, usize)>,
    /// Rows of the page.
    pub list: List<usize>,
    /// What was changed, on the page that tells it; none until answered.
    pub past: Option<Vec<Past>>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// Hours, years, categories.
    First,
    /// The days of a year.
    Year(i32),
    /// All categories.
    Categories,
    /// One category, by its code.
    Category(String),
    /// Who changed what.
    Past(SettingsOf),
}

/// A row of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Leads to a page.
    To(Page),
    /// The hours on a kind of day.
    Hours(DayKind),
    /// A day.
    Day(Day),
    /// One more day of a year.
    NewDay(i32),
    /// Something of a category.
    Field(CategoryField),
    /// A line of what was changed: who and when, then name, before, after.
    Told(String, String),
}

/// What is asked for, so that its answer can be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The hours on a kind of day.
    Hours(DayKind),
    /// A day and what it is; the day it was before, when there was one.
    Day(Option<Day>),
    /// Something of a category, by its code.
    Field(String, CategoryField),
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "desk.settings",
        &[],
        Scope::ANYWHERE,
        t("本镇设置", "township settings"),
        t(
            "上班时间、节假日、分类的时限和级别、危险提示; 经理以上可改",
            "Desk hours, holidays, categories with limits and priorities, danger words; a manager may change them",
        ),
        open,
    )
    .when(start::ready),
    Command::new(
        "settings.open",
        &["enter"],
        Settings::SCOPE,
        t("打开 / 改", "open / change"),
        t("打开这一项, 或改它; 也可按数字", "Open this row, or change it; its digit does the same"),
        enter,
    )
    .footer(),
    Command::new(
        "settings.remove",
        &["delete", "x"],
        Settings::SCOPE,
        t("去掉这天", "take the day off"),
        t("这一天照平常过 (节假日页)", "This day is again what its weekday says (page of days)"),
        remove,
    )
    .when(|desk| match selected(desk) {
        Some(Row::Day(_)) => Ok(()),
        _ => Err(t("先选一天", "Select a day first")),
    }),
    Command::new(
        "settings.back",
        &["esc", "q", "ctrl-q"],
        Settings::SCOPE,
        t("退回", "back"),
        t("退回上一页", "To the page before"),
        back,
    )
    .footer(),
];

impl Layer for Settings {
    const SCOPE: Scope = Scope::new("settings", t("设置", "Settings"));
    const OUTER: &'static [Scope] = &[Scope::LIST, Scope::ANYWHERE];
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[SETTINGS];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    /// A digit opens the row of that number.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Code::Char(c @ '1'..='9') = key.code else { return false };
        let Some(settings) = desk.top_mut::<Settings>() else { return false };
        let row = c as usize - '1' as usize;
        if key.typed().is_none() || row >= settings.list.len() {
            return false;
        }
        settings.list.select_row(row);
        enter(desk);
        true
    }

    /// Lets the list know how many rows there are.
    fn settle(desk: &mut Desk) {
        let Some(count) = shown(desk).map(|settings| rows(desk, settings).len()) else { return };
        let height = usize::from(area(&desk.layout).inside().h);
        if let Some(settings) = top(desk) {
            settings.list.set((0..count).collect());
            settings.list.see(height);
        }
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h)
}

fn open(desk: &mut Desk) {
    desk.close_all::<Settings>();
    desk.open(Settings { page: Page::First, from: Vec::new(), list: List::default(), past: None });
}

fn top(desk: &mut Desk) -> Option<&mut Settings> {
    desk.layer_mut::<Settings>()
}

fn shown(desk: &Desk) -> Option<&Settings> {
    desk.layer::<Settings>()
}

fn selected(desk: &Desk) -> Option<Row> {
    let settings = shown(desk)?;
    rows(desk, settings).into_iter().nth(settings.list.row())
}

/// The years whose days can be looked at: those with days, this one and the next.
fn years(desk: &Desk) -> Vec<i32> {
    let this = desk.zone().day(desk.now).year();
    let mut years: Vec<i32> = desk.calendar().days.keys().map(Datelike::year).chain([this, this + 1]).collect();
    years.sort_unstable();
    years.dedup();
    // The past ones are behind: this year is what is looked for.
    years.retain(|year| *year >= this - 1);
    years
}

/// The days of a year that are not what their weekday says.
pub fn days_of(desk: &Desk, year: i32) -> impl Iterator<Item = (&Day, &SpecialDay)> {
    desk.calendar().days.iter().filter(move |(day, _)| day.year() == year)
}

/// The rows of a page.
pub fn rows(desk: &Desk, settings: &Settings) -> Vec<Row> {
    match &settings.page {
        Page::First => {
            let hours = DayKind::ALL.iter().map(|kind| Row::Hours(*kind));
            let years = years(desk).into_iter().map(|year| Row::To(Page::Year(year)));
            let more = [Page::Categories, Page::Past(SettingsOf::Calendar)].map(Row::To);
            hours.chain(years).chain(more).collect()
        }
        Page::Year(year) => days_of(desk, *year).map(|(day, _)| Row::Day(*day)).chain([Row::NewDay(*year)]).collect(),
        Page::Categories => {
            let categories = desk.town.categories().iter();
            categories.map(|category| Row::To(Page::Category(category.code.clone()))).collect()
        }
        Page::Category(code) => {
            let fields = CategoryField::ALL.into_iter().map(Row::Field);
            fields.chain([Row::To(Page::Past(SettingsOf::Category(code.clone())))]).collect()
        }
        Page::Past(_) => settings.past.iter().flatten().flat_map(|past| told(desk, past)).collect(),
    }
}

fn told(desk: &Desk, past: &Past) -> Vec<Row> {
    let who = format!("{} {} {}", desk.zone().mdhm(past.at), past.by, desk.say(past.kind.label()));
    let empty = |text: String| if text.is_empty() { desk.say(t("(空)", "(empty)")).to_owned() } else { text };
    let line = |(name, was, now): (String, String, String)| {
        Row::Told(who.clone(), format!("{name}: {} -> {}", empty(was), empty(now)))
    };
    changed(&past.what, desk.lang).into_iter().map(line).collect()
}

/// What was changed has come.
pub fn set_past(desk: &mut Desk, past: Vec<Past>) {
    if let Some(settings) = top(desk) {
        settings.past = Some(past);
    }
}

fn enter(desk: &mut Desk) {
    match selected(desk) {
        Some(Row::To(page)) => go(desk, page),
        Some(Row::Hours(kind)) => {
            let text = hours(desk.calendar().hours[kind as usize], desk.lang);
            ask(desk, Asked::Hours(kind), text);
        }
        Some(Row::Day(day)) => {
            let text = desk.calendar().days.get(&day).map(|special| day_text(desk, day, special)).unwrap_or_default();
            ask(desk, Asked::Day(Some(day)), text);
        }
        Some(Row::NewDay(year)) => ask(desk, Asked::Day(None), format!("{year}-")),
        Some(Row::Field(field)) => {
            let Some(Page::Category(code)) = shown(desk).map(|settings| settings.page.clone()) else { return };
            let text = desk.town.category(&code).map(|category| field.value(category, desk.lang)).unwrap_or_default();
            ask(desk, Asked::Field(code, field), text);
        }
        Some(Row::Told(..)) | None => {}
    }
}

fn day_text(desk: &Desk, day: Day, special: &SpecialDay) -> String {
    format!("{day} {} {}", desk.say(special.kind.label()).replace(' ', ""), special.name).trim().to_owned()
}

fn go(desk: &mut Desk, page: Page) {
    if let Page::Past(of) = &page {
        let query = Query::Settings(SettingsQuery::Past(of.clone()));
        desk.ask(SETTINGS, query);
    }
    if let Some(settings) = top(desk) {
        settings.past = None;
        settings.from.push((std::mem::replace(&mut settings.page, page), settings.list.row()));
        settings.list.select_row(0);
    }
}

fn back(desk: &mut Desk) {
    let Some(settings) = top(desk) else { return };
    match settings.from.pop() {
        Some((page, row)) => {
            settings.page = page;
            Settings::settle(desk);
            if let Some(settings) = top(desk) {
                settings.list.select_row(row);
            }
        }
        None => crate::desk::frame::layer::close(desk),
    }
    desk.asks.forget(SETTINGS);
}

/// Asks for a new value, the old one in the line; who may not change it is told so instead.
fn ask(desk: &mut Desk, asked: Asked, text: String) {
    if let Err(refusal) = settings::op::may(desk.operator.rank) {
        let sentence = refusal::sentence(&refusal, desk.lang);
        return desk.notice(Level::Refused, sentence);
    }
    let title = title(desk, &asked);
    let chain = desk.new_chain();
    prompt::ask_with(desk, title, &text, Then::Setting(asked), chain);
}

fn title(desk: &Desk, asked: &Asked) -> String {
    let (name, example): (String, Text) = match asked {
        Asked::Hours(kind) => (
            desk.say(kind.label()).to_owned(),
            t("几点到几点 (如: 8:00-20:00, 不上班)", "from when to when (e.g. 8:00-20:00, closed)"),
        ),
        Asked::Day(_) => (
            desk.say(t("节假日", "a day")).to_owned(),
            t(
                "哪天 休/班/休息日 名称 (如: 2026-10-01 休 国庆节)",
                "day, holiday/working/rest, name (e.g. 2026-10-01 holiday National Day)",
            ),
        ),
        Asked::Field(code, field) => {
            let example = match field {
                CategoryField::Priority => {
                    t("(P1 特急, P2 紧急, P3 一般, P4 计划)", "(P1 danger, P2 urgent, P3 ordinary, P4 planned)")
                }
                CategoryField::Respond => t(
                    "多久之内; 处理人回收到不算 (如: 30分, 4小时, 7天)",
                    "within; the worker's \"noted\" is neither (e.g. 30m, 4h, 7d)",
                ),
                CategoryField::Resolve => t("(如: 30分, 4小时, 7天)", "(e.g. 30m, 4h, 7d)"),
                CategoryField::Roles => t("(如: 维修、保安)", "(e.g. repairer, guard)"),
                CategoryField::Keywords => {
                    t("(用 、 隔开; 电梯+困 是两个都要有)", "(commas between; lift+stuck wants both)")
                }
                CategoryField::Rules => t(
                    "(如: 锅炉 >4 炸|爆 ;+ 锅炉房炸了 ;- 锅炉没炸; // 隔开几条)",
                    "(e.g. boiler >4 burst|blew ;+ the boiler burst ;- no boiler burst; // between rules)",
                ),
                _ => t("", ""),
            };
            (format!("{code} {}", desk.say(field.label())), example)
        }
    };
    format!("{name}: {}", desk.say(example)).trim_end_matches([' ', ':']).to_owned()
}

/// What the typed answer is read as, shown under it.
pub fn reading(desk: &Desk, asked: &Asked, text: &str) -> Option<String> {
    let unclear = || desk.say(t("还看不懂", "Not understood yet")).to_owned();
    match asked {
        Asked::Hours(_) => {
            Some(Hours::parse(text).map_or_else(unclear, |read| format!("= {}", hours(read, desk.lang))))
        }
        Asked::Day(_) => Some(typed_day(desk, text).map_or_else(unclear, |(day, special)| {
            format!("= {} {}", day_text(desk, day, &special), say::weekday_of(desk, day))
        })),
        Asked::Field(code, field) => {
            let category = desk.town.category(code)?;
            let read = with_field(category, *field, text);
            let plain = matches!(
                field,
                CategoryField::Zh | CategoryField::En | CategoryField::ScriptZh | CategoryField::ScriptEn
            );
            (!plain).then(|| read.map_or_else(unclear, |read| format!("= {}", field.value(&read, desk.lang))))
        }
    }
}

/// `2026-10-01 休 国庆节`
fn typed_day(desk: &Desk, text: &str) -> Option<(Day, SpecialDay)> {
    let mut parts = text.split_whitespace();
    let day = parse_day(parts.next()?, desk.zone().day(desk.now))?;
    let typed = parts.next()?;
    let labelled = |kind: &&DayKind| {
        let label = kind.label();
        label.zh == typed || label.en.replace(' ', "") == typed
    };
    let kind = DayKind::of_words(typed).or_else(|| DayKind::ALL.iter().find(labelled).copied())?;
    Some((day, SpecialDay { kind, name: parts.collect::<Vec<_>>().join(" ") }))
}

/// The category with one thing set as typed; nothing when that is not understood.
fn with_field(category: &Category, field: CategoryField, text: &str) -> Option<Category> {
    let mut set = CategorySet::of(category);
    match field {
        CategoryField::Zh => text.clone_into(&mut set.zh),
        CategoryField::En => text.clone_into(&mut set.en),
        CategoryField::ScriptZh => text.clone_into(&mut set.script_zh),
        CategoryField::ScriptEn => text.clone_into(&mut set.script_en),
        CategoryField::Rules => {
            set.rules = text.split(RULES_APART.trim()).map(str::trim).collect::<Vec<_>>().join("\n")
        }
        CategoryField::Respond => set.respond_minutes = limit_of_text(text)?,
        CategoryField::Resolve => set.resolve_minutes = limit_of_text(text)?,
        CategoryField::Priority => {
            let named =
                |p: &&Priority| p.code().eq_ignore_ascii_case(text) || p.label().zh == text || p.label().en == text;
            set.priority = *Priority::ALL.iter().find(named)?;
        }
        CategoryField::Roles => {
            let roles: Option<Vec<Role>> = parts(text, true).iter().map(|part| role(part)).collect();
            set.roles = roles.filter(|roles| !roles.is_empty())?;
        }
        CategoryField::Keywords => {
            let separated = text.contains([',', '，', '、', ';', '；']);
            return Some(Category { keywords: parts(text, !separated), ..category.clone() });
        }
    }
    // A script taken off in one language is taken off.
    if matches!(field, CategoryField::ScriptZh | CategoryField::ScriptEn) && text.is_empty() {
        (set.script_zh, set.script_en) = (String::new(), String::new());
    }
    let script = (!set.script_zh.is_empty() || !set.script_en.is_empty())
        .then(|| (set.script_zh.clone(), set.script_en.clone()));
    Some(Category { script, ..set.on(category) })
}

/// What stands between commas, or between blanks where those separate.
fn parts(text: &str, blanks: bool) -> Vec<String> {
    let between = |c: char| matches!(c, ',' | '，' | '、' | ';' | '；') || (blanks && c.is_whitespace());
    text.split(between).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The role of a word in either language, or of its pinyin.
fn role(typed: &str) -> Option<Role> {
    let exact = |role: &&Role| role.code() == typed || role.label().zh == typed || role.label().en == typed;
    Role::ALL.iter().find(exact).copied().or_else(|| {
        let fit = |role: &Role| say::answers_to(role.label().zh, role.label().en, typed).map(|score| (score, *role));
        Role::ALL.iter().filter_map(fit).max_by_key(|(score, _)| *score).map(|(_, role)| role)
    })
}

/// The answer: one that is not understood is asked for again, one that changes nothing closes the question.
pub fn answer(desk: &mut Desk, asked: &Asked, text: &str, chain: u64) {
    let change = match asked {
        Asked::Hours(kind) => Hours::parse(text).map(|now| {
            let was = desk.calendar().hours[*kind as usize];
            (was != now).then_some(Change::Hours { kind: *kind, was, now })
        }),
        Asked::Day(before) => typed_day(desk, text).map(|(day, now)| {
            let seen = |day| desk.calendar().days.get(&day).cloned();
            let was = seen(day);
            match before.filter(|before| *before != day) {
                Some(from) => Some(Change::Redated { from, stood: seen(from), day, was, now }),
                None => (was.as_ref() != Some(&now)).then_some(Change::Day { day, was, now: Some(now) }),
            }
        }),
        Asked::Field(code, field) => desk.town.category(code).and_then(|was| {
            let now = with_field(was, *field, text)?;
            Some((now != *was).then(|| Change::Category { was: Box::new(was.clone()), now: Box::new(now) }))
        }),
    };
    match change {
        None => desk.notice(
            Level::Refused,
            desk.say(t("看不懂; 照标题里的例子写", "Not understood; write it as the title shows")),
        ),
        Some(None) => crate::desk::frame::layer::close_chain(desk, chain),
        Some(Some(change)) => desk.commit(Op::Settings(change), After::Close(chain)),
    }
}

fn remove(desk: &mut Desk) {
    let Some(Row::Day(day)) = selected(desk) else { return };
    if let Err(refusal) = settings::op::may(desk.operator.rank) {
        let sentence = refusal::sentence(&refusal, desk.lang);
        return desk.notice(Level::Refused, sentence);
    }
    let was = desk.calendar().days.get(&day).cloned();
    desk.commit(Op::Settings(Change::Day { day, was, now: None }), After::Nothing);
}

/// What a page is called.
pub fn page_title(desk: &Desk, page: &Page) -> String {
    match page {
        Page::First => desk.say(t("本镇设置", "Township settings")).to_owned(),
        Page::Year(year) => {
            t("{year} 年的节假日和调休", "Holidays and days worked for them, {year}").with(desk.lang, &[("year", year)])
        }
        Page::Categories => {
            desk.say(t("分类: 级别, 响应, 办结", "Categories: priority, first contact, solution")).to_owned()
        }
        Page::Category(code) => match desk.town.category(code) {
            Some(category) => format!("{code} {}", if desk.lang == Lang::Zh { &category.zh } else { &category.en }),
            None => code.clone(),
        },
        Page::Past(SettingsOf::Calendar) => {
            desk.say(t("上班时间和节假日改过什么", "What was changed of hours and days")).to_owned()
        }
        Page::Past(SettingsOf::Category(code)) => {
            t("{code} 改过什么", "What was changed of {code}").with(desk.lang, &[("code", code)])
        }
    }
}
