//! The sum behind a proposed week: who takes which shift on which day, as a small integer programme of one group of people.
//! Which groups there are, and what becomes of the answer, is not known here.
//!
//! One yes or no a person, day and shift he could take. What must hold: one shift a day, rest between shifts, days in a row,
//! hours a week; what a person's own cycle breaks already is granted to him. What is wished, from dear to cheap: nobody
//! missing, few changes of anybody's cycle, nights and days off shared by those who had fewest.

use std::collections::BTreeSet;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, Variable};

use super::Worker;
use crate::domain::base::calendar::DayKind;
use crate::domain::base::id::PlaceId;
use crate::domain::roster::coverage::{Need, NeedDays, covers_half};
use crate::domain::roster::rules::{Rule, Severity};
use crate::domain::roster::shift::Template;
use crate::domain::roster::week::{DAYS, Week, worked};
use crate::domain::roster::{DayPlan, How, Off, Work};

/// Somebody missing for a shift.
const MISSING: f64 = 1_000.0;
/// A shift of the cycle is not worked.
const DROPPED: f64 = 12.0;
/// Another shift than the cycle's.
const MOVED: f64 = 10.0;
/// A shift on a day the cycle has free.
const EXTRA: f64 = 25.0;
/// The same on a Saturday, Sunday or holiday.
const WEEKEND: f64 = 5.0;
/// A shift he has not worked in four weeks.
const UNUSED_TO: f64 = 15.0;
/// Another compound than the cycle's, or than he is used to.
const ELSEWHERE: f64 = 4.0;
/// Each night somebody has more than the others at most.
const NIGHT: f64 = 4.0;
/// Each hour worked in the four weeks before: who worked less is asked first.
const HOUR_BEFORE: f64 = 0.02;
/// Branches looked into at most: the same answer on every machine, and in time.
const NODES: u64 = 60;
/// An answer so near to the best is good enough.
const GAP: f64 = 0.002;

/// A shift, or the two of a duty of 24 hours, that somebody could take on a day.
struct Choice {
    worker: usize,
    day: usize,
    works: Vec<Template>,
    /// From and to, minutes after the week's first midnight.
    span: (i64, i64),
    /// It is what his cycle says.
    base: bool,
    var: Variable,
    /// Compounds he could be posted to, each with its share; none: wherever he serves.
    posts: Vec<(PlaceId, Variable)>,
}

/// Solves for one group; gives everybody's week.
pub(super) fn solve(week: &Week, workers: &[&Worker<'_>], needs: &[Need]) -> Vec<Vec<DayPlan>> {
    let mut sum = Sum::new(week, workers, needs);
    sum.choices();
    sum.one_a_day();
    sum.rest();
    sum.in_a_row();
    sum.hours();
    sum.nights();
    sum.needs();
    sum.answer()
}

struct Sum<'a> {
    week: &'a Week,
    workers: &'a [&'a Worker<'a>],
    needs: &'a [Need],
    kinds: Vec<DayKind>,
    problem: Problem,
    choices: Vec<Choice>,
    /// A start that holds: everybody's cycle as it is.
    start: Vec<(Variable, f64)>,
}

impl<'a> Sum<'a> {
    fn new(week: &'a Week, workers: &'a [&'a Worker<'a>], needs: &'a [Need]) -> Self {
        let kinds = week.days().map(|day| week.calendar.kind(day)).collect();
        let problem = Problem::new(OptimizationDirection::Minimize);
        Self { week, workers, needs, kinds, problem, choices: Vec::new(), start: Vec::new() }
    }

    fn rule(&self, rule: Rule) -> bool {
        self.week.rules.of(rule) != Severity::Off
    }

    /// The needs of a day: what is said of its kind outranks "every day".
    fn needs_on(&self, day: usize) -> Vec<Need> {
        let kind = self.kinds[day];
        let same = |a: &Need, b: &Need| (a.compound, a.template) == (b.compound, b.template);
        let holds = |need: &&Need| need.days.on(kind);
        self.needs
            .iter()
            .filter(holds)
            .filter(|need| {
                need.days != NeedDays::Every
                    || !self.needs.iter().filter(holds).any(|other| other.days != NeedDays::Every && same(need, other))
            })
            .copied()
            .collect()
    }

    fn span(&self, day: usize, works: &[Template]) -> (i64, i64) {
        let at = i64::try_from(day).unwrap_or(0) * 1_440;
        let minutes = || works.iter().map(|template| self.week.templates.minutes(*template));
        (at + minutes().map(|span| span.0).min().unwrap_or(0), at + minutes().map(|span| span.1).max().unwrap_or(0))
    }

    /// Everything anybody could take.
    fn choices(&mut self) {
        for (at, worker) in self.workers.iter().enumerate() {
            let usual = usual(worker);
            let (minutes, _) = worked(worker.before.iter().cloned(), &self.week.templates);
            #[expect(clippy::cast_precision_loss)]
            let hours = minutes as f64 / 60.0;
            for day in 0..DAYS as usize {
                let base: Vec<Template> = worker.base[day].shifts.iter().map(|work| work.template).collect();
                let mut offered: Vec<Vec<Template>> = Vec::new();
                if !base.is_empty() {
                    offered.push(base.clone());
                }
                if worker.free[day] {
                    let mut needed: Vec<Template> =
                        self.needs_on(day).iter().filter(|need| need.count > 0).map(|need| need.template).collect();
                    needed.sort_unstable();
                    needed.dedup();
                    offered.extend(needed.into_iter().map(|one| vec![one]).filter(|one| *one != base));
                }
                for works in offered {
                    let is_base = works == base;
                    let span = self.span(day, &works);
                    if !is_base && !self.rested_from_before(worker, span) {
                        continue;
                    }
                    let said = is_base && worker.stands(self.week, day);
                    if !said && !self.rested_to_behind(worker, span) {
                        continue;
                    }
                    let mut cost = if is_base { -DROPPED } else { 0.0 };
                    if !is_base {
                        cost += if base.is_empty() { EXTRA } else { MOVED - DROPPED };
                        cost += if base.is_empty() && self.kinds[day] != DayKind::Working { WEEKEND } else { 0.0 };
                        cost += if works.iter().all(|one| usual.contains(one)) { 0.0 } else { UNUSED_TO };
                        cost += hours * HOUR_BEFORE;
                    }
                    let (limit, first) = (i32::from(!worker.free[day]), f64::from(u8::from(is_base)));
                    let var = self.problem.add_integer_var(cost, (limit, 1));
                    self.start.push((var, first));
                    let mut choice = Choice { worker: at, day, works, span, base: is_base, var, posts: Vec::new() };
                    if worker.posted {
                        self.post(&mut choice);
                    }
                    self.choices.push(choice);
                }
            }
        }
    }

    /// Where he could be posted on such a shift: at one place of those that need it, best where he is used to.
    fn post(&mut self, choice: &mut Choice) {
        let worker = self.workers[choice.worker];
        let at_base = worker.base[choice.day].shifts.first().and_then(|work| work.compound);
        // Whose cycle's shift has no post stays where he is.
        if choice.base && at_base.is_none() {
            return;
        }
        let mut places: BTreeSet<PlaceId> = at_base.into_iter().collect();
        if worker.free[choice.day] {
            let serves = &worker.member.staff.serves;
            let needed = self.needs_on(choice.day);
            let wanted = needed.iter().filter(|need| need.count > 0 && self.covers(&choice.works, need.template));
            places.extend(
                wanted.filter_map(|need| need.compound).filter(|place| serves.is_empty() || serves.contains(place)),
            );
        }
        let used_to = at_base.or_else(|| last_post(worker, &choice.works));
        let mut all = LinearExpr::empty();
        for place in places {
            let cost = if Some(place) == used_to { 0.0 } else { ELSEWHERE };
            let share = self.problem.add_var(cost, (0.0, 1.0));
            let here = choice.base && Some(place) == at_base;
            self.start.push((share, f64::from(u8::from(here))));
            all.add(share, 1.0);
            choice.posts.push((place, share));
        }
        if !choice.posts.is_empty() {
            all.add(choice.var, -1.0);
            self.problem.add_constraint(all, ComparisonOp::Eq, 0.0);
        }
    }

    fn covers(&self, works: &[Template], needed: Template) -> bool {
        works.iter().any(|worked| covers_half(*worked, needed, &self.week.templates))
    }

    /// Whether the rest since the shifts before the week, and those fixed in it, is long enough.
    fn rested_from_before(&self, worker: &Worker<'_>, span: (i64, i64)) -> bool {
        let least = if self.rule(Rule::ShortRest) { self.week.rules.rest_minutes } else { 0 };
        let back = i64::try_from(worker.before.len()).unwrap_or(0);
        let last = worker.before.iter().enumerate().rev().take(2).flat_map(|(at, plan)| {
            let day = i64::try_from(at).unwrap_or(0) - back;
            plan.shifts.iter().map(move |work| (day, work.template))
        });
        last.map(|(day, template)| day * 1_440 + self.week.templates.minutes(template).1)
            .all(|ended| span.0 - ended >= least)
    }

    /// Whether the rest until the shifts behind the week is long enough.
    fn rested_to_behind(&self, worker: &Worker<'_>, span: (i64, i64)) -> bool {
        let least = if self.rule(Rule::ShortRest) { self.week.rules.rest_minutes } else { 0 };
        let next = (DAYS..)
            .zip(&worker.behind)
            .filter(|(_, plan)| !plan.on_leave())
            .flat_map(|(day, plan)| plan.shifts.iter().map(move |work| (day, work.template)));
        next.map(|(day, template)| day * 1_440 + self.week.templates.minutes(template).0)
            .all(|begins| begins - span.1 >= least)
    }

    fn of(&self, worker: usize, day: usize) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(move |choice| choice.worker == worker && choice.day == day)
    }

    fn one_a_day(&mut self) {
        for worker in 0..self.workers.len() {
            for day in 0..DAYS as usize {
                let mut all = LinearExpr::empty();
                let mut any = 0;
                for choice in self.of(worker, day) {
                    all.add(choice.var, 1.0);
                    any += 1;
                }
                if any > 1 {
                    self.problem.add_constraint(all, ComparisonOp::Le, 1.0);
                }
            }
        }
    }

    fn rest(&mut self) {
        let least = if self.rule(Rule::ShortRest) { self.week.rules.rest_minutes } else { 0 };
        let mut found = Vec::new();
        for worker in 0..self.workers.len() {
            for day in 0..DAYS as usize - 1 {
                for choice in self.of(worker, day) {
                    let clash = |other: &&Choice| other.span.0 - choice.span.1 < least && !(choice.base && other.base);
                    let mut all = LinearExpr::empty();
                    let mut any = false;
                    for other in self.of(worker, day + 1).filter(clash) {
                        all.add(other.var, 1.0);
                        any = true;
                    }
                    if any {
                        all.add(choice.var, 1.0);
                        found.push(all);
                    }
                }
            }
        }
        found.into_iter().for_each(|all| self.problem.add_constraint(all, ComparisonOp::Le, 1.0));
    }

    fn in_a_row(&mut self) {
        if !self.rule(Rule::NoDayOff) {
            return;
        }
        let most = self.week.rules.days_in_a_row;
        for (at, worker) in self.workers.iter().enumerate() {
            let back = worker.before.len();
            for last in 0..DAYS as usize {
                // The days of the window that lie before the week have been worked or not.
                let first = (back + last).saturating_sub(most);
                let worked_before = worker.before.iter().skip(first).filter(|plan| !plan.shifts.is_empty()).count();
                let in_week = first.saturating_sub(back)..=last;
                let by_cycle = in_week.clone().filter(|day| !worker.base[*day].shifts.is_empty()).count();
                let left = most.saturating_sub(worked_before).max(by_cycle);
                if left >= in_week.clone().count() {
                    continue;
                }
                let mut all = LinearExpr::empty();
                for choice in self.choices.iter().filter(|one| one.worker == at && in_week.contains(&one.day)) {
                    all.add(choice.var, 1.0);
                }
                #[expect(clippy::cast_precision_loss)]
                self.problem.add_constraint(all, ComparisonOp::Le, left as f64);
            }
        }
    }

    fn hours(&mut self) {
        if !self.rule(Rule::WeekHours) {
            return;
        }
        let length = |works: &[Template]| works.iter().map(|one| self.week.templates.length(*one)).sum::<i64>();
        let mut found = Vec::new();
        for (at, worker) in self.workers.iter().enumerate() {
            let by_cycle: i64 = worker
                .base
                .iter()
                .flat_map(|plan| &plan.shifts)
                .map(|work| self.week.templates.length(work.template))
                .sum();
            // The rule counts whole hours.
            let most = (self.week.rules.week_hours * 60 + 59).max(by_cycle);
            let mut all = LinearExpr::empty();
            for choice in self.choices.iter().filter(|choice| choice.worker == at) {
                #[expect(clippy::cast_precision_loss)]
                all.add(choice.var, length(&choice.works) as f64 / 60.0);
            }
            #[expect(clippy::cast_precision_loss)]
            found.push((all, most as f64 / 60.0));
        }
        found.into_iter().for_each(|(all, most)| self.problem.add_constraint(all, ComparisonOp::Le, most));
    }

    /// Nobody has many more nights than the others, those of the weeks before counted.
    fn nights(&mut self) {
        let is_night = |works: &[Template]| {
            let plan = DayPlan { shifts: works.iter().map(|one| Work::plain(*one)).collect(), off: Off::Unsaid };
            worked(std::iter::once(plan), &self.week.templates).1 > 0
        };
        let before: Vec<usize> =
            self.workers.iter().map(|worker| worked(worker.before.iter().cloned(), &self.week.templates).1).collect();
        let by_cycle = |at: usize| worked(self.workers[at].base.iter().cloned(), &self.week.templates).1;
        let most = (0..before.len()).map(|at| before[at] + by_cycle(at)).max().unwrap_or(0);
        #[expect(clippy::cast_precision_loss)]
        let top = (most as f64, most as f64 + 7.0);
        let highest = self.problem.add_var(NIGHT, top);
        self.start.push((highest, top.0));
        let mut found = Vec::new();
        for (at, nights) in before.iter().enumerate() {
            let mut all = LinearExpr::empty();
            let mut any = false;
            for choice in self.choices.iter().filter(|one| one.worker == at && is_night(&one.works)) {
                all.add(choice.var, 1.0);
                any = true;
            }
            if any {
                all.add(highest, -1.0);
                #[expect(clippy::cast_precision_loss)]
                found.push((all, -(*nights as f64)));
            }
        }
        found.into_iter().for_each(|(all, most)| self.problem.add_constraint(all, ComparisonOp::Le, most));
    }

    fn needs(&mut self) {
        for day in 0..DAYS as usize {
            for need in self.needs_on(day).into_iter().filter(|need| need.count > 0) {
                let count = f64::from(need.count);
                let mut all = LinearExpr::empty();
                let mut come = 0.0;
                for choice in self.choices.iter().filter(|choice| choice.day == day) {
                    if !self.covers(&choice.works, need.template) {
                        continue;
                    }
                    let worker = self.workers[choice.worker];
                    let serves = &worker.member.staff.serves;
                    match need.compound {
                        Some(place) if !choice.posts.is_empty() => {
                            for (_, share) in choice.posts.iter().filter(|(at, _)| *at == place) {
                                all.add(*share, 1.0);
                                come += self.at_start(*share);
                            }
                        }
                        Some(place) if !serves.is_empty() && !serves.contains(&place) => {}
                        Some(_) | None => {
                            all.add(choice.var, 1.0);
                            come += self.at_start(choice.var);
                        }
                    }
                }
                let missing = self.problem.add_var(MISSING, (0.0, count));
                self.start.push((missing, (count - come).max(0.0)));
                all.add(missing, 1.0);
                self.problem.add_constraint(all, ComparisonOp::Ge, count);
            }
        }
    }

    fn at_start(&self, var: Variable) -> f64 {
        self.start.iter().find(|(other, _)| *other == var).map_or(0.0, |(_, value)| *value)
    }

    /// Everybody's week; the cycles as they are where no answer comes.
    fn answer(self) -> Vec<Vec<DayPlan>> {
        let mut plans: Vec<Vec<DayPlan>> = self.workers.iter().map(|worker| worker.base.clone()).collect();
        let mut options = SolveOptions::default();
        (options.node_limit, options.mip_gap, options.warm_start) = (Some(NODES), GAP, Some(self.start));
        let Some(solution) = self.problem.solve_with(options).ok().and_then(|outcome| outcome.into_solution().ok())
        else {
            return plans;
        };
        for (worker, plans) in self.workers.iter().zip(&mut plans) {
            for (plan, _) in plans.iter_mut().zip(&worker.free).filter(|(_, free)| **free) {
                *plan = DayPlan::rest();
            }
        }
        let chosen = |choice: &&Choice| solution.var_value(choice.var) > 0.5;
        for choice in self.choices.iter().filter(chosen) {
            let worker = self.workers[choice.worker];
            if !worker.free[choice.day] {
                continue;
            }
            let best = choice.posts.iter().max_by(|a, b| solution.var_value(a.1).total_cmp(&solution.var_value(b.1)));
            let place = best.map(|(place, _)| *place);
            let base = &worker.base[choice.day];
            let same = choice.base && base.shifts.iter().all(|work| work.compound == place || choice.posts.is_empty());
            plans[choice.worker][choice.day] = if same {
                base.clone()
            } else {
                let shifts = choice.works.iter().map(|template| posted(worker, *template, place)).collect();
                DayPlan { shifts, off: Off::Unsaid }
            };
        }
        plans
    }
}

/// Shifts somebody is used to.
fn usual(worker: &Worker<'_>) -> Vec<Template> {
    worker.before.iter().chain(&worker.base).flat_map(|plan| &plan.shifts).map(|work| work.template).collect()
}

/// Where somebody last stood on such shifts.
fn last_post(worker: &Worker<'_>, works: &[Template]) -> Option<PlaceId> {
    let before = || worker.before.iter().rev().flat_map(|plan| &plan.shifts).filter(|work| work.compound.is_some());
    before().find(|work| works.contains(&work.template)).or_else(|| before().next()).and_then(|work| work.compound)
}

/// A shift at a place, at the post he had there.
fn posted(worker: &Worker<'_>, template: Template, place: Option<PlaceId>) -> Work {
    let known = worker
        .before
        .iter()
        .rev()
        .chain(&worker.base)
        .flat_map(|plan| &plan.shifts)
        .find(|work| work.compound == place && work.how == How::Planned);
    Work {
        template,
        compound: place,
        post: known.map_or_else(String::new, |work| work.post.clone()),
        how: How::Planned,
    }
}
