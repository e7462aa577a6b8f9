//! `tdesk roster shift` and `tdesk roster rule`: the hours shifts have here, and how strict each rule is.
//! Whether a value makes sense is decided in `domain`.

use serde_json::json;

use super::args::monday;
use crate::domain::base::clean;
use crate::domain::op::Op;
use crate::domain::roster::op::{Hours, RosterOp};
use crate::domain::roster::rules::{Rule, Severity};
use crate::domain::roster::shift::Template;
use crate::domain::roster::week::Week;
use crate::domain::roster::week_name;
use crate::setup::context::{Context, Failure};
use crate::setup::{out, papers};
use crate::store::Access;
use crate::text::labels::Labelled;
use crate::text::{roster as words, t};

#[derive(Debug, clap::Args)]
pub(super) struct ShiftArgs {
    /// Which: early, late, night, long_day, long_night, office, own1, own2, own3; all are listed if not said
    #[arg(value_parser = ["early", "late", "night", "long_day", "long_night", "office", "own1", "own2", "own3"])]
    shift: Option<String>,
    /// Its hours, as 06:00-14:00 or 22:00-06:00; a night of the evening before begins at 24:00
    #[arg(long)]
    hours: Option<String>,
    /// What it is called here
    #[arg(long)]
    name: Option<String>,
    /// What it is called in English; as --name if not said
    #[arg(long)]
    name_en: Option<String>,
    /// As the program has it
    #[arg(long, conflicts_with_all = ["hours", "name", "name_en"])]
    reset: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct RuleArgs {
    /// Which: overlap, short_rest, two_a_day, leave_clash, skill_missing, no_day_off, week_hours; all are listed if not said
    #[arg(value_parser = ["overlap", "short_rest", "two_a_day", "leave_clash", "skill_missing", "no_day_off", "week_hours"])]
    rule: Option<String>,
    /// What breaking it means: off, warning, hard
    #[arg(requires = "rule", value_parser = ["off", "warning", "hard"])]
    severity: Option<String>,
    /// Its figure: minutes of rest, days in a row, hours a week
    #[arg(long, requires = "severity")]
    figure: Option<i64>,
}

pub(super) fn shift(context: &Context, args: &ShiftArgs) -> Result<(), Failure> {
    let Some(template) = args.shift.as_deref().and_then(Template::from_code) else {
        return with_week(context, |week| list_shifts(context, week));
    };
    let hours = if args.reset {
        None
    } else {
        let week = week(context)?;
        let (zh, en) = &week.names[template as usize];
        let or_label = |own: &str, label: &str| if own.is_empty() { label.to_owned() } else { own.to_owned() };
        let zh = args.name.clone().unwrap_or_else(|| or_label(zh, template.label().zh));
        let english = args.name_en.clone().or_else(|| args.name.clone());
        let en = english.unwrap_or_else(|| or_label(en, template.label().en));
        let (from, to) = match &args.hours {
            None => week.templates.minutes(template),
            Some(text) => span(text).ok_or_else(|| {
                let why = t(
                    "--hours 要从几点到几点, 如 06:00-14:00、22:00-06:00",
                    "--hours takes from and to, like 06:00-14:00 or 22:00-06:00",
                );
                Failure::Usage(why.get(context.lang).to_owned())
            })?,
        };
        let mut names = week.names.clone();
        names[template as usize] = (zh.clone(), en.clone());
        // Hours alone are changed whatever the program's own names are cut to.
        let named = args.name.is_some() || args.name_en.is_some();
        if let Some(other) = words::named_alike(&names, template).filter(|_| named) {
            let why = t(
                "{other} 也这么叫, 或短名一样 (格子里只写前两个字); 换一个名字: --name、--name-en",
                "{other} is called so too, or is as short in the grid; give another name: --name, --name-en",
            );
            let other = words::shift(&week.names, other, context.lang);
            return Err(Failure::Refused(why.with(context.lang, &[("other", &other)])));
        }
        Some(Hours { zh, en, from, to })
    };
    say_who_keeps(context, template, hours.as_ref())?;
    commit(context, RosterOp::Template { template, hours })?;
    with_week(context, |week| list_shifts(context, week))
}

/// What is on the wall keeps its hours until it is published anew; nobody should find that out by who comes when.
fn say_who_keeps(context: &Context, template: Template, hours: Option<&Hours>) -> Result<(), Failure> {
    let store = context.store(Access::Read)?;
    let days = store.keeping_hours(template, hours, context.clock.now()).map_err(|e| context.failed(&e))?;
    let mut weeks: Vec<String> = days.iter().map(|day| week_name(*day)).collect();
    weeks.dedup();
    if let Some(first) = weeks.first() {
        let words = t(
            "已发布的 {n} 个班还是原来的钟点 ({weeks}); 要按新钟点, 每周再发布一次: tdesk roster publish --week {first}",
            "{n} published shifts keep their old hours ({weeks}); publish each week anew for the new ones: tdesk roster publish --week {first}",
        );
        let said = [("n", &days.len() as &dyn std::fmt::Display), ("weeks", &weeks.join(" ")), ("first", first)];
        out::complain(&words.with(context.lang, &said));
    }
    Ok(())
}

pub(super) fn rule(context: &Context, args: &RuleArgs) -> Result<(), Failure> {
    let rule = args.rule.as_deref().and_then(Rule::from_code);
    if let (Some(rule), Some(severity)) = (rule, args.severity.as_deref().and_then(Severity::from_code)) {
        commit(context, RosterOp::Rule { rule, severity, figure: args.figure })?;
    }
    with_week(context, |week| list_rules(context, week))
}

/// `06:00-14:00` as minutes after midnight; an end before its beginning lies on the next day.
fn span(text: &str) -> Option<(i64, i64)> {
    let text = clean::half_width(text).replace(['—', '～', '~'], "-");
    let (from, to) = text.split_once('-')?;
    let minute = |text: &str| -> Option<i64> {
        let (hour, minute) = text.trim().split_once(':')?;
        let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
        ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
    };
    let (from, to) = (minute(from)?, minute(to)?);
    Some((from, if to <= from || from == 1_440 { to + 1_440 } else { to }))
}

fn week(context: &Context) -> Result<Week, Failure> {
    let store = context.store(Access::Read)?;
    papers::week(&store, monday(context, &store, None)?).map_err(|e| context.failed(&e))
}

fn with_week(context: &Context, tell: impl FnOnce(&Week)) -> Result<(), Failure> {
    week(context).map(|week| tell(&week))
}

fn commit(context: &Context, op: RosterOp) -> Result<(), Failure> {
    let mut store = context.store(Access::Write)?;
    let now = context.clock.now();
    store.commit(context.clock.uid(), &Op::Roster(op), now).map_err(|e| context.failed(&e))?;
    store.close(now).map_err(|e| context.failed(&e))
}

fn list_shifts(context: &Context, week: &Week) {
    let lang = context.lang;
    let minutes = |template| Some(week.templates.minutes(template)).filter(|(from, to)| to > from);
    if context.json {
        let shift = |template: &Template| {
            json!({
                "shift": template, "name": words::shift(&week.names, *template, lang),
                "from_minute": minutes(*template).map(|(from, _)| from),
                "to_minute": minutes(*template).map(|(_, to)| to),
            })
        };
        return out::json(&json!(Template::ALL.iter().map(shift).collect::<Vec<_>>()));
    }
    for template in Template::ALL {
        let hours = minutes(*template).map_or_else(|| "--".to_owned(), |span| words::hours(span, lang));
        out::line(&format!("{}\t{}\t{hours}", template.code(), words::shift(&week.names, *template, lang)));
    }
}

fn list_rules(context: &Context, week: &Week) {
    let figure = |rule| match rule {
        Rule::ShortRest => Some(week.rules.rest_minutes),
        Rule::NoDayOff => i64::try_from(week.rules.days_in_a_row).ok(),
        Rule::WeekHours => Some(week.rules.week_hours),
        Rule::Overlap | Rule::TwoADay | Rule::LeaveClash | Rule::SkillMissing => None,
    };
    if context.json {
        let rule = |rule: &Rule| json!({ "rule": rule, "severity": week.rules.of(*rule), "figure": figure(*rule) });
        return out::json(&json!(Rule::ALL.iter().map(rule).collect::<Vec<_>>()));
    }
    for rule in Rule::ALL {
        let severity = week.rules.of(*rule).label().get(context.lang);
        let figure = figure(*rule).map(|figure| figure.to_string()).unwrap_or_default();
        out::line(&format!("{}\t{}\t{severity}\t{figure}", rule.code(), rule.label().get(context.lang)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_run_over_midnight() {
        assert_eq!(span("06:00-14:00"), Some((360, 840)));
        assert_eq!(span("22:00－06:00"), Some((1_320, 1_800)));
        assert_eq!(span("24:00-08:00"), Some((1_440, 1_920)));
        assert_eq!(span("6-14"), None);
        assert_eq!(span("25:00-26:00"), None);
    }
}
