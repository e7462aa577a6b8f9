//! 续排: how each person's own cycle of days goes on from the last published day.
//! Leave, swaps and covers are no part of a cycle; they are passed over and never copied.

use super::{DayPlan, Days, Off, Work};
use crate::domain::roster::shift::Template;

/// A repeating pattern of days; each holds the templates worked, none for a day of rest. Two are a duty of 24 hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(pub Vec<Vec<Template>>);

/// Days a cycle may have; the longest in use are two weeks.
const LONGEST: usize = 14;
/// Of a hundred days that many must fit the cycle they are taken for.
const FITTING: usize = 90;

impl Pattern {
    /// 四班三倒: eight days.
    pub fn four_crews() -> Self {
        use Template::{Early, Late, Night};
        Self(
            [Some(Early), Some(Early), Some(Late), Some(Late), Some(Night), Some(Night), None, None]
                .map(Vec::from_iter)
                .into(),
        )
    }

    /// 做六休一 with one template.
    pub fn six_one(template: Template) -> Self {
        Self((0..7).map(|day| if day < 6 { vec![template] } else { Vec::new() }).collect())
    }

    /// 上二十四休四十八: a day and a night, then two days off.
    pub fn day_and_two_off() -> Self {
        Self(vec![vec![Template::LongDay, Template::LongNight], Vec::new(), Vec::new()])
    }

    /// A cycle as it is kept: codes of templates, `+` within a day, commas between days, nothing for a day of rest
    /// (`early,early,,long_day+long_night`). None when it is none.
    pub fn from_kept(text: &str) -> Option<Self> {
        let day = |part: &str| -> Option<Vec<Template>> {
            part.split('+').map(str::trim).filter(|code| !code.is_empty()).map(Template::from_code).collect()
        };
        let days: Vec<Vec<Template>> = text.split(',').map(day).collect::<Option<_>>()?;
        (days.len() <= LONGEST && days.iter().any(|day| !day.is_empty())).then_some(Self(days))
    }

    /// As it is kept; see [`Pattern::from_kept`].
    pub fn kept(&self) -> String {
        let day = |day: &Vec<Template>| day.iter().map(|template| template.code()).collect::<Vec<_>>().join("+");
        self.0.iter().map(day).collect::<Vec<_>>().join(",")
    }

    /// The day of the cycle the history ends on, so that most of its days fit; none without a day that says something.
    fn phase(&self, history: &Days) -> Option<usize> {
        let length = self.0.len();
        let said: Vec<(usize, &DayPlan)> =
            history.plans.iter().rev().enumerate().filter(|(_, plan)| says_habit(plan)).take(3 * length).collect();
        if said.is_empty() {
            return None;
        }
        let fits = |last: usize| {
            said.iter()
                .filter(|(back, plan)| works(plan) == self.0[(last + length * (back / length + 1) - back) % length])
                .count()
        };
        // Of several as good the one nearest to the start: nothing tells them apart.
        (0..length).rev().max_by_key(|last| fits(*last))
    }

    /// The days that follow `history` by this cycle.
    pub fn go_on(&self, history: &Days, days: usize) -> Vec<DayPlan> {
        let length = self.0.len();
        let Some(last) = self.phase(history).filter(|_| length > 0) else { return vec![DayPlan::default(); days] };
        (1..=days).map(|ahead| self.day((last + ahead) % length, history)).collect()
    }

    /// A day of the cycle, posted where the person last stood on such a shift.
    fn day(&self, at: usize, history: &Days) -> DayPlan {
        let templates = &self.0[at];
        if templates.is_empty() {
            return DayPlan::rest();
        }
        let posted = |template: &Template| {
            let before = history.plans.iter().rev().filter(|plan| plan.by_plan());
            before
                .flat_map(|plan| &plan.shifts)
                .find(|work| work.template == *template)
                .map_or_else(|| Work::plain(*template), |work| Work { how: super::How::Planned, ..work.clone() })
        };
        DayPlan { shifts: templates.iter().map(posted).collect(), off: Off::Unsaid }
    }
}

/// The cycle somebody works in, as his published days show it: the shortest one most of them fit. At least two rounds must be
/// there, so three weeks of history find every cycle up to ten days.
pub fn detect(history: &Days) -> Option<Pattern> {
    let last: Vec<&DayPlan> = history.plans.iter().rev().take(6 * 7).collect();
    (1..=LONGEST).filter(|length| last.len() >= 2 * length).find_map(|length| {
        let pattern = majority(&last, length)?;
        let said: Vec<_> = last.iter().enumerate().filter(|(_, plan)| says_habit(plan)).collect();
        let fitting =
            said.iter().filter(|(back, plan)| works(plan) == pattern.0[(length - 1 - back % length) % length]).count();
        (said.len() >= 2 * length - length / 3 && fitting * 100 >= said.len() * FITTING).then_some(pattern)
    })
}

/// For each day of a round the commonest; the last day of the history is the round's last. None where all days are free.
fn majority(newest_first: &[&DayPlan], length: usize) -> Option<Pattern> {
    let mut pattern = Vec::with_capacity(length);
    for at in 0..length {
        let days: Vec<Vec<Template>> = newest_first
            .iter()
            .skip(length - 1 - at)
            .step_by(length)
            .filter(|plan| says_habit(plan))
            .map(|plan| works(plan))
            .collect();
        let most = days.iter().max_by_key(|day| days.iter().filter(|other| other == day).count())?;
        pattern.push(most.clone());
    }
    pattern.iter().any(|day| !day.is_empty()).then_some(Pattern(pattern))
}

/// Whether a day shows what is usual: something is said of it, no leave, nothing swapped or covered.
fn says_habit(plan: &DayPlan) -> bool {
    !plan.is_empty() && !plan.on_leave() && plan.by_plan()
}

fn works(plan: &DayPlan) -> Vec<Template> {
    let mut templates: Vec<Template> = plan.shifts.iter().map(|work| work.template).collect();
    templates.sort_unstable();
    templates
}

#[cfg(test)]
mod tests {
    use super::super::{How, LeaveKind};
    use super::*;
    use crate::domain::base::id::StaffId;
    use crate::domain::base::time::Day;

    fn history(pattern: &Pattern, days: usize, from: usize) -> Days {
        let plans = (0..days)
            .map(|day| {
                let templates = &pattern.0[(from + day) % pattern.0.len()];
                if templates.is_empty() {
                    DayPlan::rest()
                } else {
                    DayPlan { shifts: templates.iter().map(|t| Work::plain(*t)).collect(), off: Off::Unsaid }
                }
            })
            .collect();
        Days { from: Day::from_ymd_opt(2026, 11, 2).expect("a day"), plans }
    }

    fn expected(pattern: &Pattern, at: usize, days: usize) -> Vec<Vec<Template>> {
        (0..days).map(|day| pattern.0[(at + day) % pattern.0.len()].clone()).collect()
    }

    fn worked(plans: &[DayPlan]) -> Vec<Vec<Template>> {
        plans.iter().map(works).collect()
    }

    #[test]
    fn each_cycle_goes_on_from_the_last_day_wherever_it_stands() {
        let office = Pattern((0..7).map(|d| if d < 5 { vec![Template::Office] } else { Vec::new() }).collect());
        for pattern in [Pattern::four_crews(), Pattern::six_one(Template::Early), Pattern::day_and_two_off(), office] {
            for from in 0..pattern.0.len() {
                let days = history(&pattern, 21, from);
                let found = detect(&days).expect("a cycle");
                assert_eq!(found.0.len(), pattern.0.len(), "{found:?}");
                assert_eq!(worked(&found.go_on(&days, 10)), expected(&pattern, from + 21, 10), "from {from}");
                assert_eq!(worked(&pattern.go_on(&days, 10)), expected(&pattern, from + 21, 10), "told, from {from}");
            }
        }
    }

    #[test]
    fn leave_swaps_and_covers_are_passed_over_and_never_copied() {
        let pattern = Pattern::four_crews();
        let mut days = history(&pattern, 24, 0);
        for at in 17..21 {
            days.plans[at] = DayPlan { shifts: Vec::new(), off: Off::Leave(LeaveKind::Sick) };
        }
        days.plans[22] = DayPlan {
            shifts: vec![Work { how: How::Covers(StaffId(7)), ..Work::plain(Template::LongNight) }],
            off: Off::Unsaid,
        };
        let found = detect(&days).expect("a cycle");
        let plans = found.go_on(&days, 8);
        assert_eq!(worked(&plans), expected(&pattern, 24, 8));
        assert!(plans.iter().all(|plan| plan.by_plan() && !plan.on_leave()));
    }

    #[test]
    fn a_cycle_is_read_back_as_it_is_kept() {
        for pattern in [Pattern::four_crews(), Pattern::six_one(Template::Late), Pattern::day_and_two_off()] {
            assert_eq!(Pattern::from_kept(&pattern.kept()), Some(pattern));
        }
        for none in ["", ",,", "early,soon", "early,,,,,,,,,,,,,,early"] {
            assert_eq!(Pattern::from_kept(none), None, "{none:?}");
        }
    }

    #[test]
    fn posts_are_those_he_had_and_no_history_says_nothing() {
        let pattern = Pattern::six_one(Template::Early);
        let mut days = history(&pattern, 14, 0);
        for plan in &mut days.plans {
            for work in &mut plan.shifts {
                "东门".clone_into(&mut work.post);
            }
        }
        assert_eq!(pattern.go_on(&days, 1)[0].shifts[0].post, "东门");
        let empty = Days { from: days.from, plans: Vec::new() };
        assert_eq!(pattern.go_on(&empty, 2), [DayPlan::default(), DayPlan::default()]);
        assert_eq!(detect(&empty), None);
    }
}
