//! The rules a plan is held against while it is typed: each by name, hard or a warning as the township sets it.
//! Whether enough people come is `coverage`.

use super::{Days, Templates};
use crate::coded;
use crate::domain::base::time::{Day, HOUR, MINUTE, Time, Zone};
use crate::domain::roster::shift::Template;

coded! {
    /// A rule of rosters.
    pub enum Rule {
        /// Two shifts at the same time.
        Overlap = "overlap",
        /// Less than ten hours between two shifts, over midnight and days.
        ShortRest = "short_rest",
        /// Two shifts on one day (a duty of 24 hours is one).
        TwoADay = "two_a_day",
        /// A shift on a day of leave.
        LeaveClash = "leave_clash",
        /// A post that needs a skill he does not have.
        SkillMissing = "skill_missing",
        /// More than six days in a row.
        NoDayOff = "no_day_off",
        /// More hours in the week than set.
        WeekHours = "week_hours",
    }
}

coded! {
    /// What breaking a rule means.
    pub enum Severity {
        /// It is not looked for.
        Off = "off",
        /// Shown, and may be published.
        Warning = "warning",
        /// Must be mended before publishing.
        Hard = "hard",
    }
}

/// How strict the township is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// By [`Rule`].
    pub severity: [Severity; Rule::ALL.len()],
    /// Minutes of rest between two shifts, at least.
    pub rest_minutes: i64,
    /// Days in a row, at most.
    pub days_in_a_row: usize,
    /// Hours a week, at most.
    pub week_hours: i64,
}

impl RuleSet {
    /// The one a new township starts with. Labour law asks for a day off a week and limits overtime to 36 hours a month
    /// (劳动法 §38, §41); the township sets its own where shifts are reckoned otherwise.
    pub const STARTING: Self = Self {
        severity: [
            Severity::Hard,
            Severity::Warning,
            Severity::Warning,
            Severity::Hard,
            Severity::Warning,
            Severity::Warning,
            Severity::Warning,
        ],
        rest_minutes: 10 * 60,
        days_in_a_row: 6,
        week_hours: 48,
    };

    /// What breaking this rule means.
    pub const fn of(&self, rule: Rule) -> Severity {
        self.severity[rule as usize]
    }
}

/// One break of a rule, with what the sentence about it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// What it means.
    pub severity: Severity,
    /// The day it is seen on: of two shifts the later one's.
    pub day: Day,
    /// The shift in question.
    pub template: Option<Template>,
    /// The earlier shift and its end, for rest and overlap.
    pub before: Option<(Day, Template, Time)>,
    /// Hours, days or minutes counted: of rest, in a row, in the week.
    pub counted: i64,
}

/// What is known of a person beside the days.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "it holds a question")]
pub struct Held<'a> {
    /// The township's rules.
    pub rules: &'a RuleSet,
    /// Its templates.
    pub templates: &'a Templates,
    /// Its zone.
    pub zone: Zone,
    /// Whether his skills reach for a post.
    pub can_stand: &'a dyn Fn(&super::Work) -> bool,
}

/// Every break of a rule in the days from `from` on; the days before are looked at for rest and days in a row.
pub fn check(days: &Days, from: Day, held: Held<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |rule, day, template, before, counted| {
        let severity = held.rules.of(rule);
        if day >= from && severity != Severity::Off {
            findings.push(Finding { rule, severity, day, template, before, counted });
        }
    };
    let mut earlier: Option<(Day, Template, Time)> = None;
    let mut in_a_row = 0;
    let mut week = (super::monday(days.from), 0);
    for (day, plan) in days.dated() {
        if super::monday(day) != week.0 {
            week = (super::monday(day), 0);
        }
        let mut shifts: Vec<_> = plan.shifts.iter().collect();
        shifts.sort_by_key(|work| held.templates.minutes(work.template));
        for work in &shifts {
            let (begins, ends) = held.templates.span(work.template, day, held.zone);
            if let Some((_, before, ended)) = earlier {
                let rest = (begins.0 - ended.0).div_euclid(MINUTE);
                // A day and a night one behind the other are one duty of 24 hours.
                let one_duty = rest == 0 && before == Template::LongDay && work.template == Template::LongNight;
                if rest < 0 {
                    find(Rule::Overlap, day, Some(work.template), earlier, -rest);
                } else if rest < held.rules.rest_minutes && !one_duty {
                    find(Rule::ShortRest, day, Some(work.template), earlier, rest);
                }
            }
            if earlier.is_none_or(|(_, _, ended)| ends > ended) {
                earlier = Some((day, work.template, ends));
            }
            if plan.on_leave() {
                find(Rule::LeaveClash, day, Some(work.template), None, 0);
            }
            if !(held.can_stand)(work) {
                find(Rule::SkillMissing, day, Some(work.template), None, 0);
            }
            let hours_before = week.1 / HOUR;
            week.1 += ends.0 - begins.0;
            if week.1 / HOUR > held.rules.week_hours && hours_before <= held.rules.week_hours {
                find(Rule::WeekHours, day, Some(work.template), None, week.1 / HOUR);
            }
        }
        let one_duty =
            shifts.len() == 2 && shifts[0].template == Template::LongDay && shifts[1].template == Template::LongNight;
        if shifts.len() > 1 && !one_duty {
            find(Rule::TwoADay, day, shifts.last().map(|work| work.template), None, shifts.len() as i64);
        }
        in_a_row = if shifts.is_empty() { 0 } else { in_a_row + 1 };
        if in_a_row > held.rules.days_in_a_row {
            find(Rule::NoDayOff, day, shifts.first().map(|work| work.template), None, in_a_row as i64);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::{DayPlan, LeaveKind, Off, Work};
    use super::*;
    use crate::domain::base::time::CHINA;

    fn found(days: Vec<DayPlan>) -> Vec<(Rule, u32, i64)> {
        use chrono::Datelike;
        // Monday, 23 November 2026.
        let from = Day::from_ymd_opt(2026, 11, 23).expect("a day");
        let templates = Templates::starting();
        let held = Held {
            rules: &RuleSet::STARTING,
            templates: &templates,
            zone: CHINA,
            can_stand: &|work| work.post != "水电",
        };
        check(&Days { from, plans: days }, from, held).into_iter().map(|f| (f.rule, f.day.day(), f.counted)).collect()
    }

    #[test]
    fn a_late_shift_and_the_early_one_behind_it() {
        // 中 of Friday ends at midnight, 早 of Saturday begins at 08:00.
        assert_eq!(
            found(vec![DayPlan::of(Template::Late), DayPlan::of(Template::Early)]),
            [(Rule::ShortRest, 24, 8 * 60)]
        );
        // 夜 of Monday is Tuesday 00-08; 中 of Tuesday begins at 16:00.
        assert_eq!(
            found(vec![DayPlan::of(Template::Night), DayPlan::of(Template::Late)]),
            [(Rule::ShortRest, 24, 8 * 60)]
        );
        assert_eq!(found(vec![DayPlan::of(Template::Early), DayPlan::of(Template::Early)]), []);
    }

    #[test]
    fn overlaps_over_midnight_and_two_shifts_a_day() {
        // 长夜 of Monday ends Tuesday 08:00, 夜 of Monday is Tuesday 00-08.
        let both =
            DayPlan { shifts: vec![Work::plain(Template::LongNight), Work::plain(Template::Night)], off: Off::Unsaid };
        let rules: Vec<Rule> = found(vec![both]).into_iter().map(|(rule, ..)| rule).collect();
        assert_eq!(rules, [Rule::Overlap, Rule::TwoADay]);
        let duty = DayPlan {
            shifts: vec![Work::plain(Template::LongDay), Work::plain(Template::LongNight)],
            off: Off::Unsaid,
        };
        assert_eq!(found(vec![duty, DayPlan::rest(), DayPlan::rest()]), [], "24 hours of duty are one");
    }

    #[test]
    fn leave_skills_days_in_a_row_and_hours() {
        let ill = DayPlan { off: Off::Leave(LeaveKind::Sick), ..DayPlan::of(Template::Early) };
        assert_eq!(found(vec![ill]), [(Rule::LeaveClash, 23, 0)]);
        let mut post = DayPlan::of(Template::Early);
        "水电".clone_into(&mut post.shifts[0].post);
        assert_eq!(found(vec![post]), [(Rule::SkillMissing, 23, 0)]);
        let week = vec![DayPlan::of(Template::Early); 7];
        assert_eq!(found(week), [(Rule::WeekHours, 29, 56), (Rule::NoDayOff, 29, 7)]);
    }
}
