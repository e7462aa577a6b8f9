//! A week of shifts for the wall, A4 landscape, and as a message for the group.
//! Which week, and whether as published or as drafted, is decided by the caller.

use std::path::Path;

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::{Format, Page, fill};
use crate::domain::roster::shift::Template;
use crate::domain::roster::week::{Member, Week, worked};
use crate::domain::roster::{DayPlan, How, Off, Work, week_name};
use crate::text::labels::Labelled;
use crate::text::{Lang, roster as words, t};

/// What is printed.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The property company.
    pub company: &'a str,
    /// The week.
    pub week: &'a Week,
    /// As drafted, instead of as published.
    pub draft: bool,
}

#[derive(Serialize)]
struct Values<'a> {
    lang: &'static str,
    company: &'a str,
    title: &'static str,
    week: String,
    span: String,
    state: &'static str,
    days: Vec<String>,
    groups: Vec<Group>,
    hours: Vec<String>,
    by_day: Vec<OfDay>,
    trades: Vec<String>,
    words: Heads,
}

#[derive(Serialize)]
struct Heads {
    role: &'static str,
    name: &'static str,
    hours: &'static str,
    nights: &'static str,
    post: &'static str,
}

#[derive(Serialize)]
struct Group {
    role: &'static str,
    people: Vec<Person>,
}

#[derive(Serialize)]
struct Person {
    name: String,
    post: String,
    days: Vec<String>,
    hours: i64,
    nights: usize,
}

#[derive(Serialize)]
struct OfDay {
    day: String,
    shifts: Vec<String>,
}

/// The page for the wall.
///
/// # Errors
/// A sentence, when no template works.
pub fn page(sheet: Sheet<'_>, format: Format, folder: Option<&Path>, lang: Lang) -> Result<Page, String> {
    let ours = match format {
        Format::Text => include_str!("templates/roster.txt"),
        Format::Markdown => include_str!("templates/roster.md"),
        Format::Html => include_str!("templates/roster.html"),
    };
    fill("roster", format, ours, folder, &Value::from(Serde(values(sheet, lang))), lang)
}

/// The message for the group: who comes, day by day and shift by shift.
///
/// # Errors
/// A sentence, when no template works.
pub fn message(sheet: Sheet<'_>, folder: Option<&Path>, lang: Lang) -> Result<Page, String> {
    let ours = include_str!("templates/roster-group.txt");
    fill("roster-group", Format::Text, ours, folder, &Value::from(Serde(values(sheet, lang))), lang)
}

fn values(sheet: Sheet<'_>, lang: Lang) -> Values<'_> {
    let Sheet { company, week, draft } = sheet;
    let plans: Vec<Vec<DayPlan>> = week
        .people
        .iter()
        .map(|member| {
            let leave = |day| member.leave_on(day).map(|leave| Off::Leave(leave.kind));
            let published = |day| {
                let plan = member.published_on(day);
                DayPlan { off: leave(day).unwrap_or(plan.off), ..plan }
            };
            week.days().map(|day| if draft { member.plan(day) } else { published(day) }).collect()
        })
        .collect();
    let traded = |work: &&Work| work.how != How::Planned;
    let mut groups: Vec<Group> = Vec::new();
    for (member, own) in week.people.iter().zip(&plans) {
        if own.iter().all(DayPlan::is_empty) {
            continue;
        }
        let (minutes, nights) = worked(own.iter().cloned(), &week.templates);
        let mut posts: Vec<String> =
            own.iter().flat_map(|plan| &plan.shifts).map(|work| words::post(week, work)).collect();
        posts.retain(|post| !post.is_empty());
        posts.sort();
        posts.dedup();
        let person = Person {
            name: member.staff.name.reveal().to_owned(),
            post: posts.join(t("、", ", ").get(lang)),
            days: own
                .iter()
                .map(|plan| {
                    let mark = if plan.shifts.iter().any(|work| traded(&work)) { "*" } else { "" };
                    words::cell(&week.names, plan, lang) + mark
                })
                .collect(),
            hours: minutes / 60,
            nights,
        };
        let role = member.staff.role.label().get(lang);
        match groups.last_mut().filter(|group| group.role == role) {
            Some(group) => group.people.push(person),
            None => groups.push(Group { role, people: vec![person] }),
        }
    }
    let used = |template: &&Template| {
        plans.iter().flatten().flat_map(|plan| &plan.shifts).any(|work| work.template == **template)
    };
    let shifts: Vec<Template> = Template::ALL.iter().filter(used).copied().collect();
    let hours = shifts.iter().map(|template| {
        let short = words::short(&week.names, *template, lang);
        let name = words::shift(&week.names, *template, lang);
        format!("{short} = {name} {}", words::hours(week.templates.minutes(*template), lang))
    });
    let by_day = week.days().enumerate().map(|(at, day)| {
        let of = |template: &Template| {
            let here =
                week.people.iter().zip(&plans).filter(|(_, own)| {
                    !own[at].on_leave() && own[at].shifts.iter().any(|work| work.template == *template)
                });
            // Who stands in for whom behind his name.
            let name = |(member, own): (&Member, &Vec<DayPlan>)| {
                let how = own[at].shifts.iter().find(|work| work.template == *template).filter(traded);
                let how = how.map_or_else(String::new, |work| format!(" {}", words::how(week, work.how, lang)));
                format!("{}{how}", member.staff.name.reveal())
            };
            let names: Vec<String> = here.map(name).collect();
            let shift = words::shift(&week.names, *template, lang);
            (!names.is_empty()).then(|| format!("{shift}: {}", names.join(t("、", ", ").get(lang))))
        };
        OfDay { day: words::day_head(day, lang), shifts: shifts.iter().filter_map(of).collect() }
    });
    let trades = week.days().enumerate().flat_map(|(at, day)| {
        let lines = week.people.iter().zip(&plans).flat_map(move |(member, own)| {
            own[at].shifts.iter().filter(traded).map(move |work| {
                let (day, shift) = (words::day_head(day, lang), words::shift(&week.names, work.template, lang));
                format!("* {day} {shift} {} {}", member.staff.name.reveal(), words::how(week, work.how, lang))
            })
        });
        lines.collect::<Vec<_>>()
    });
    let sunday = week.monday + chrono::Duration::days(6);
    Values {
        lang: if lang == Lang::Zh { "zh" } else { "en" },
        company,
        title: t("排班表", "Roster").get(lang),
        week: week_name(week.monday),
        span: format!("{}..{}", week.monday.format("%Y-%m-%d"), sunday.format("%m-%d")),
        state: match (draft, week.is_published()) {
            (true, _) => t("草稿, 未发布", "draft, not published"),
            (false, true) => t("已发布", "published"),
            (false, false) => t("还没有发布", "not published yet"),
        }
        .get(lang),
        days: week.days().map(|day| words::day_head(day, lang)).collect(),
        groups,
        hours: hours.collect(),
        by_day: by_day.collect(),
        trades: trades.collect(),
        words: Heads {
            role: t("岗位", "role").get(lang),
            name: t("姓名", "name").get(lang),
            hours: t("时", "hrs").get(lang),
            nights: t("夜", "nights").get(lang),
            post: t("地点", "post").get(lang),
        },
    }
}
