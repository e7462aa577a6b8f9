//! How plans are said: a shift in a cell, a day's head, a broken rule with what would mend it, who is missing.
//! Nothing is reckoned here; that is `domain::roster`.

use chrono::Datelike;

use super::labels::Labelled;
use super::{Lang, Text, t};
use crate::domain::base::id::StaffId;
use crate::domain::base::time::Day;
use crate::domain::roster::coverage::Slot;
use crate::domain::roster::cycle::Pattern;
use crate::domain::roster::rules::{Finding, Rule};
use crate::domain::roster::shift::Template;
use crate::domain::roster::week::{Member, Names, Week};
use crate::domain::roster::{DayPlan, How, LeaveKind, Off, Work};

/// 早班, as this township calls it.
pub fn shift(names: &Names, template: Template, lang: Lang) -> String {
    let (zh, en) = &names[template as usize];
    match lang {
        Lang::Zh if !zh.is_empty() => zh.clone(),
        Lang::En if !en.is_empty() => en.clone(),
        lang => template.label().get(lang).to_owned(),
    }
}

/// 早: a shift where there is little room.
pub fn short(names: &Names, template: Template, lang: Lang) -> String {
    let (zh, en) = &names[template as usize];
    match lang {
        Lang::Zh if !zh.is_empty() => head(zh.trim_end_matches('班'), 2),
        Lang::En if !en.is_empty() => head(en, 3),
        lang => match template {
            Template::Early => t("早", "E"),
            Template::Late => t("中", "L"),
            Template::Night => t("夜", "N"),
            Template::LongDay => t("白", "LD"),
            Template::LongNight => t("长夜", "LN"),
            Template::Office => t("行", "Of"),
            Template::Own1 => t("定1", "o1"),
            Template::Own2 => t("定2", "o2"),
            Template::Own3 => t("定3", "o3"),
        }
        .get(lang)
        .to_owned(),
    }
}

/// Another shift that is called like this one, in full or as short as a cell has it: nobody could tell which is meant.
pub fn named_alike(names: &Names, template: Template) -> Option<Template> {
    let said = |of: Template| {
        let label = of.label();
        let own = |name: &str, label: &str| if name.is_empty() { label.to_lowercase() } else { name.to_lowercase() };
        let (zh, en) = &names[of as usize];
        let short = |lang| short(names, of, lang).to_lowercase();
        [own(zh, label.zh), own(en, label.en), short(Lang::Zh), short(Lang::En)]
    };
    let this = said(template);
    Template::ALL
        .iter()
        .copied()
        .find(|other| *other != template && said(*other).iter().any(|name| this.contains(name)))
}

/// A shift by its name here, the program's name, its code, one character or letter (`早`, `早班`, `E`, `A`, `early`).
pub fn read_shift(names: &Names, word: &str) -> Option<Template> {
    let lower = word.to_lowercase();
    let bare = lower.trim_end_matches('班');
    if bare.is_empty() {
        return None;
    }
    let own = Template::ALL.iter().find(|template| {
        let (zh, en) = &names[**template as usize];
        let label = template.label();
        let named = |name: &str| !name.is_empty() && name.to_lowercase().trim_end_matches('班') == bare;
        let in_short = |lang| short(names, **template, lang).to_lowercase() == bare;
        let program = named(label.zh) || named(label.en) || template.code() == lower;
        named(zh) || named(en) || program || in_short(Lang::Zh) || in_short(Lang::En)
    });
    own.copied().or(match bare {
        "a" => Some(Template::Early),
        "b" | "p" => Some(Template::Late),
        "c" | "n" => Some(Template::Night),
        "d" | "长白" | "白" => Some(Template::LongDay),
        "长夜" => Some(Template::LongNight),
        "行政" | "行" | "常白" => Some(Template::Office),
        _ => None,
    })
}

/// Whether a word says that nobody works: `休`, `off`, `-`.
pub fn is_rest(word: &str) -> bool {
    ["休", "休息", "x", "r", "off", "rest", "-", "--", "/", "○", "o", "0"].contains(&word)
}

/// A cycle, to be read back: `四班三倒`, `做六休一 早`, `早 早 中 长白+长夜 休`.
pub fn cycle(names: &Names, pattern: &Pattern, lang: Lang) -> String {
    let (crews, six_one, duty) = CYCLES;
    if *pattern == Pattern::four_crews() {
        return crews.get(lang).to_owned();
    }
    if *pattern == Pattern::day_and_two_off() {
        return duty.get(lang).to_owned();
    }
    if let Some(template) = Template::ALL.iter().find(|template| *pattern == Pattern::six_one(**template)) {
        return format!("{} {}", six_one.get(lang), short(names, *template, lang));
    }
    let day = |day: &Vec<Template>| match day.as_slice() {
        [] => t("休", "off").get(lang).to_owned(),
        day => day.iter().map(|template| short(names, *template, lang)).collect::<Vec<_>>().join("+"),
    };
    pattern.0.iter().map(day).collect::<Vec<_>>().join(" ")
}

/// What cycles that have a name are called: eight days of four crews, six days and one off, a day and a night and two off.
const CYCLES: (Text, Text, Text) = (t("四班三倒", "4-crew"), t("做六休一", "6-1"), t("上二十四休四十八", "24-48"));

/// A cycle as typed: by its name, or its days parted by blanks, or a character a day (`早早中中夜夜休休`).
pub fn read_cycle(names: &Names, text: &str) -> Option<Pattern> {
    let text = crate::domain::base::clean::half_width(text).trim().to_lowercase();
    let named = |name: Text| text == name.zh || text == name.en;
    let (crews, six_one, duty) = CYCLES;
    if named(crews) {
        return Some(Pattern::four_crews());
    }
    if named(duty) {
        return Some(Pattern::day_and_two_off());
    }
    if let Some(rest) = text.strip_prefix(six_one.zh).or_else(|| text.strip_prefix(six_one.en)) {
        let template = if rest.trim().is_empty() { Template::Early } else { read_shift(names, rest.trim())? };
        return Some(Pattern::six_one(template));
    }
    let parted: Vec<&str> = text.split([' ', ',', '、']).filter(|part| !part.is_empty()).collect();
    let days: Vec<String> = match parted.as_slice() {
        [one] if read_shift(names, one).is_none() => one.chars().map(String::from).collect(),
        parts => parts.iter().map(|part| (*part).to_owned()).collect(),
    };
    let day = |word: &String| -> Option<String> {
        if is_rest(word) {
            return Some(String::new());
        }
        let codes = word.split('+').map(|part| read_shift(names, part).map(Template::code)).collect::<Option<Vec<_>>>();
        codes.map(|codes| codes.join("+"))
    };
    Pattern::from_kept(&days.iter().map(day).collect::<Option<Vec<_>>>()?.join(","))
}

fn head(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// 事 病 年 伤, each with its 假: leave in a cell.
pub const fn leave_in_short(kind: LeaveKind) -> Text {
    match kind {
        LeaveKind::Personal => t("事假", "pers"),
        LeaveKind::Sick => t("病假", "sick"),
        LeaveKind::Annual => t("年假", "annu"),
        LeaveKind::Injury => t("工伤", "inj"),
    }
}

/// A day's plan in a cell: `早`, `休`, `病假`, `假早`, `白长夜`; nothing where nothing is said.
pub fn cell(names: &Names, plan: &DayPlan, lang: Lang) -> String {
    let shifts: String = plan.shifts.iter().map(|work| short(names, work.template, lang)).collect();
    match plan.off {
        Off::Leave(kind) if shifts.is_empty() => leave_in_short(kind).get(lang).to_owned(),
        // Both at once is a fault to be seen: which leave it is, the line below says.
        Off::Leave(_) => t("假", "lv").get(lang).to_owned() + &shifts,
        _ if !shifts.is_empty() => shifts,
        Off::Rest => t("休", "-").get(lang).to_owned(),
        Off::Unsaid => String::new(),
    }
}

/// A day's plan as a sheet says it, to be read back: `早(康乐苑 东门)+夜`, `休`, `病假`.
pub fn sheet_cell(week: &Week, plan: &DayPlan, lang: Lang) -> String {
    let shifts = plan.shifts.iter().map(|work| {
        let (name, post) = (short(&week.names, work.template, lang), post(week, work));
        if post.is_empty() { name } else { format!("{name}({post})") }
    });
    match plan.off {
        Off::Leave(kind) => kind.label().get(lang).to_owned(),
        _ if !plan.shifts.is_empty() => shifts.collect::<Vec<_>>().join("+"),
        Off::Rest => t("休", "off").get(lang).to_owned(),
        Off::Unsaid => String::new(),
    }
}

/// 周一
pub fn weekday(day: Day, lang: Lang) -> &'static str {
    const DAYS: [Text; 7] = [
        t("周一", "Mon"),
        t("周二", "Tue"),
        t("周三", "Wed"),
        t("周四", "Thu"),
        t("周五", "Fri"),
        t("周六", "Sat"),
        t("周日", "Sun"),
    ];
    DAYS[day.weekday().num_days_from_monday() as usize % 7].get(lang)
}

/// `周一23`, `Mon 23`
pub fn day_head(day: Day, lang: Lang) -> String {
    let gap = if lang == Lang::Zh { "" } else { " " };
    format!("{}{gap}{}", weekday(day, lang), day.day())
}

/// `08:00`, `24:00`, and beyond midnight `次日 08:00`.
pub fn minute(minute: i64, lang: Lang) -> String {
    let hm = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    if minute <= 1_440 {
        hm(minute)
    } else {
        t("次日 {at}", "{at} next day").with(lang, &[("at", &hm(minute - 1_440))])
    }
}

/// `08:00-16:00`; a night says on which evening it begins: `当晚 24:00 至次日 08:00`.
pub fn hours((from, to): (i64, i64), lang: Lang) -> String {
    if from >= 1_440 {
        return t("当晚 24:00 至次日 {to}", "from midnight that evening to {to} next day")
            .with(lang, &[("to", &minute(to - 1_440, lang))]);
    }
    format!("{}-{}", minute(from, lang), minute(to, lang))
}

/// Where a shift stands: compound and post.
pub fn post(week: &Week, work: &Work) -> String {
    let compound = work.compound.map_or("", |id| week.compound(id));
    format!("{compound} {}", work.post).trim().to_owned()
}

/// How a shift came to be somebody's: `换班(刘建)`; nothing by the plan.
pub fn how(week: &Week, how: How, lang: Lang) -> String {
    let name = |id: StaffId| week.member(id).map_or("--", |member| member.staff.name.reveal()).to_owned();
    match how {
        How::Planned => String::new(),
        How::Swapped(with) => t("换班({name})", "swapped ({name})").with(lang, &[("name", &name(with))]),
        How::Covers(whom) => t("顶{name}的班", "covers {name}").with(lang, &[("name", &name(whom))]),
    }
}

/// A broken rule, with what would mend it; who and when stand before it.
pub fn finding(week: &Week, member: &Member, finding: &Finding, lang: Lang) -> String {
    let name = |template: Template| shift(&week.names, template, lang);
    let own = finding.template.map(name).unwrap_or_default();
    let before = finding
        .before
        .map(|(day, template, _)| format!("{} {}", day_head(day, lang), name(template)))
        .unwrap_or_default();
    match finding.rule {
        Rule::Overlap => t("和{before}重叠 {n} 分; 去掉一个", "overlaps {before} by {n} min; take one off")
            .with(lang, &[("before", &before), ("n", &finding.counted)]),
        Rule::ShortRest => {
            let ended = finding
                .before
                .map_or(String::new(), |(_, template, _)| minute(week.templates.minutes(template).1, lang));
            let begins =
                finding.template.map_or(String::new(), |template| minute(week.templates.minutes(template).0, lang));
            t(
                "{before} {ended} 下, {own} {begins} 上: 只歇 {n}, 至少 {least}; 改晚一班或隔一天",
                "{before} ends {ended}, {own} begins {begins}: {n} of rest, {least} at least; begin later or a day on",
            )
            .with(
                lang,
                &[
                    ("before", &before),
                    ("ended", &ended),
                    ("own", &own),
                    ("begins", &begins),
                    ("n", &span(finding.counted, lang)),
                    ("least", &span(week.rules.rest_minutes, lang)),
                ],
            )
        }
        Rule::TwoADay => t(
            "一天 {n} 个班; 只留一个 (长白接长夜算一个)",
            "{n} shifts on one day; keep one (a long day and its long night are one)",
        )
        .with(lang, &[("n", &finding.counted)]),
        Rule::LeaveClash => {
            let kind = member.leave_on(finding.day).map_or("", |leave| leave.kind.label().get(lang));
            t("{kind}, 又排了{own}; 去掉班或取消请假", "{kind}, yet {own} is planned; take off the shift or the leave")
                .with(lang, &[("kind", &kind), ("own", &own)])
        }
        Rule::SkillMissing => {
            let plan = member.plan(finding.day);
            let lacks = plan.shifts.iter().filter(|work| !week.can_stand(member, work));
            let missing = lacks.map(|work| work.post.as_str()).collect::<Vec<_>>().join(t("、", ", ").get(lang));
            t(
                "{post}要会{post}, 他没有这个技能; 换人或换岗位",
                "{post} wants that skill, which he lacks; another person or post",
            )
            .with(lang, &[("post", &missing)])
        }
        Rule::NoDayOff => {
            t("连上第 {n} 天, 最多 {most} 天; 前面排一天休", "day {n} in a row, {most} at most; put a day off before")
                .with(lang, &[("n", &finding.counted), ("most", &week.rules.days_in_a_row)])
        }
        Rule::WeekHours => {
            t("本周已 {n} 小时, 最多 {most} 小时; 减一班", "{n} hours this week, {most} at most; one shift less")
                .with(lang, &[("n", &finding.counted), ("most", &week.rules.week_hours)])
        }
    }
}

/// `8 小时`, `7 小时 30 分`
pub fn span(minutes: i64, lang: Lang) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    if rest == 0 {
        t("{h} 小时", "{h} h").with(lang, &[("h", &hours)])
    } else {
        t("{h} 小时 {m} 分", "{h} h {m} min").with(lang, &[("h", &hours), ("m", &rest)])
    }
}

/// Who is missing: `康乐苑 早班 保安缺1`; the township as a whole has no name.
pub fn gap(week: &Week, slot: &Slot, lang: Lang) -> String {
    let compound = slot.need.compound.map_or("", |id| week.compound(id));
    let words = t("{shift} {role}缺{n}", "{shift}: {role} short {n}").with(
        lang,
        &[
            ("shift", &shift(&week.names, slot.need.template, lang)),
            ("role", &slot.need.role.label().get(lang)),
            ("n", &slot.missing()),
        ],
    );
    format!("{compound} {words}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nights_say_when_they_begin() {
        assert_eq!(hours((1_440, 1_920), Lang::Zh), "当晚 24:00 至次日 08:00");
        assert_eq!(hours((960, 1_440), Lang::Zh), "16:00-24:00");
        assert_eq!(hours((1_200, 1_920), Lang::En), "20:00-08:00 next day");
    }

    #[test]
    fn cycles_are_read_as_they_are_said() {
        let names = Names::default();
        let read = |text: &str| read_cycle(&names, text);
        for text in ["早早中中夜夜休休", "E E L L N N off off", "四班三倒", "4-crew", "ＥＥＬＬＮＮ－－"]
        {
            assert_eq!(read(text), Some(Pattern::four_crews()), "{text}");
        }
        assert_eq!(read("做六休一"), Some(Pattern::six_one(Template::Early)));
        assert_eq!(read("6-1 N"), Some(Pattern::six_one(Template::Night)));
        let own = Pattern(vec![vec![Template::LongDay], vec![Template::LongDay, Template::LongNight], Vec::new()]);
        for pattern in [Pattern::four_crews(), Pattern::six_one(Template::Office), Pattern::day_and_two_off(), own] {
            for lang in [Lang::Zh, Lang::En] {
                assert_eq!(read(&cycle(&names, &pattern, lang)), Some(pattern.clone()), "{pattern:?} {lang:?}");
            }
        }
        for none in ["", "休休", "早早不", "7-1"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn cells_are_short() {
        let names = Names::default();
        let day = |plan: &DayPlan| cell(&names, plan, Lang::Zh);
        assert_eq!(day(&DayPlan::of(Template::Early)), "早");
        assert_eq!(day(&DayPlan::rest()), "休");
        let ill = DayPlan { off: Off::Leave(LeaveKind::Sick), ..DayPlan::of(Template::Late) };
        assert_eq!(day(&ill), "假中");
        let duty = DayPlan {
            shifts: vec![Work::plain(Template::LongDay), Work::plain(Template::LongNight)],
            off: Off::Unsaid,
        };
        assert_eq!(day(&duty), "白长夜");
    }
}
