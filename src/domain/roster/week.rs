//! A week of everybody: what is published, what is drafted over it, leave, needs, rules; and what follows from them.
//! Nothing is written here: whether a change may be made is `op::roster`.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::{self, Need, Slot};
use super::cycle::{Pattern, detect};
use super::rules::{self, Finding, Held, RuleSet, Severity};
use super::{DayPlan, Days, How, LeaveKind, Off, Templates, Work};
use crate::domain::base::calendar::Calendar;
use crate::domain::base::id::{LeaveId, NeedId, PlaceId, StaffId};
use crate::domain::base::time::{Day, Time, Zone};
use crate::domain::roster::shift::Template;
use crate::domain::staff::Staff;

/// Days before the week that are known with it: enough for two rounds of the longest cycle.
pub const DAYS_BEFORE: i64 = 28;
/// Days of a week.
pub const DAYS: i64 = 7;
/// Days behind the week that are known with it: a night of Sunday ends on Monday.
pub const DAYS_BEHIND: i64 = 1;

/// Leave of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Id.
    pub id: LeaveId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Why.
    pub kind: LeaveKind,
    /// In words; may be empty.
    pub note: String,
}

/// A need and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedRow {
    /// Id.
    pub id: NeedId,
    /// What is needed.
    pub need: Need,
}

/// What each shift is called here, Chinese and English; empty where it has the program's own name.
pub type Names = [(String, String); Template::ALL.len()];

/// One person of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub staff: Staff,
    /// The cycle told for him; none: as his days show it.
    pub told: Option<Pattern>,
    /// What is published, from [`DAYS_BEFORE`] the week to [`DAYS_BEHIND`] it. A day without a shift is rest where anybody's is published.
    pub published: Days,
    /// Published days of which a shift has other hours than shifts of its kind have by now.
    pub old_hours: BTreeSet<Day>,
    /// Drafted days in the same span.
    pub drafts: BTreeMap<Day, DayPlan>,
    /// Leave that touches the span, the earliest first.
    pub leave: Vec<Leave>,
}

/// A day that publishing would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whose.
    pub staff: StaffId,
    /// Day.
    pub day: Day,
    /// As published.
    pub was: DayPlan,
    /// As drafted.
    pub now: DayPlan,
}

/// A week of everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub monday: Day,
    /// The township's zone.
    pub zone: Zone,
    /// Everybody employed, and who has left but has shifts in the week; by role, then by name as it sorts.
    pub people: Vec<Member>,
    /// Needs.
    pub needs: Vec<NeedRow>,
    /// Hours of the templates.
    pub templates: Templates,
    /// Their names.
    pub names: Names,
    /// Rules.
    pub rules: RuleSet,
    /// The calendar.
    pub calendar: Calendar,
    /// Compounds in order, for posts and needs.
    pub compounds: Vec<(PlaceId, String)>,
}

impl Member {
    /// His leave on a day.
    pub fn leave_on(&self, day: Day) -> Option<&Leave> {
        self.leave.iter().find(|leave| (leave.from..=leave.to).contains(&day))
    }

    /// What is published of a day, leave not looked at.
    pub fn published_on(&self, day: Day) -> DayPlan {
        self.published.on(day).cloned().unwrap_or_default()
    }

    /// The day as it will be when all is published, with leave.
    pub fn plan(&self, day: Day) -> DayPlan {
        let plan = self.drafts.get(&day).cloned().unwrap_or_else(|| self.published_on(day));
        self.with_leave(day, plan)
    }

    fn with_leave(&self, day: Day, mut plan: DayPlan) -> DayPlan {
        if let Some(leave) = self.leave_on(day) {
            plan.off = Off::Leave(leave.kind);
        }
        plan
    }

    /// A shift as he usually stands it: where he does that day already, else where he last did.
    pub fn usual(&self, template: Template, day: Day) -> Work {
        let known = self.published.dated().filter(|(on, _)| *on < day).collect::<Vec<_>>();
        let before = known.into_iter().rev().map(|(_, plan)| plan.clone()).filter(DayPlan::by_plan);
        let same_day = self.plan(day).shifts.into_iter().filter(|work| work.how == How::Planned);
        let posted =
            same_day.chain(before.flat_map(|plan| plan.shifts).filter(|work| work.template == template)).next();
        posted.map_or_else(|| Work::plain(template), |work| Work { template, how: How::Planned, ..work })
    }

    /// Whether the draft of a day would change what is published.
    pub fn is_changed(&self, day: Day) -> bool {
        self.drafts.get(&day).is_some_and(|draft| draft.shifts != self.published_on(day).shifts)
    }

    /// Whether the draft says anything of a day that the published plan does not: also rest where nothing was said.
    pub fn is_drafted(&self, day: Day) -> bool {
        self.drafts.get(&day).is_some_and(|draft| *draft != self.published_on(day))
    }

    /// Days as they will be.
    pub fn days(&self, from: Day, count: i64) -> Days {
        let plans = from.iter_days().take(usize::try_from(count).unwrap_or(0)).map(|day| self.plan(day)).collect();
        Days { from, plans }
    }

    /// How his cycle goes on over the week: leave, swaps and covers are passed over. Counted from the last day published
    /// for anybody; none when his days show no cycle and none was told.
    pub fn carried_on(&self, monday: Day) -> Option<Vec<DayPlan>> {
        let before = usize::try_from((monday - self.published.from).num_days()).unwrap_or(0);
        let known = self.published.plans.iter().take(before);
        // Trailing days of which nothing is said are not published yet.
        let last = known.enumerate().filter(|(_, plan)| !plan.is_empty()).map(|(at, _)| at).next_back()?;
        let plans =
            self.published.dated().take(last + 1).map(|(day, plan)| self.with_leave(day, plan.clone())).collect();
        let history = Days { from: self.published.from, plans };
        let pattern = self.told.clone().or_else(|| detect(&history))?;
        let gap = before - last - 1;
        let week = usize::try_from(DAYS).unwrap_or(7);
        Some(pattern.go_on(&history, gap + week).split_off(gap))
    }
}

impl Week {
    /// The days of the week.
    pub fn days(&self) -> impl Iterator<Item = Day> + use<> {
        self.monday.iter_days().take(DAYS as usize)
    }

    /// Somebody of the week.
    pub fn member(&self, staff: StaffId) -> Option<&Member> {
        self.people.iter().find(|member| member.staff.id == staff)
    }

    /// The same, to draft for.
    pub fn member_mut(&mut self, staff: StaffId) -> Option<&mut Member> {
        self.people.iter_mut().find(|member| member.staff.id == staff)
    }

    /// What a compound is called; nothing for one not known.
    pub fn compound(&self, id: PlaceId) -> &str {
        self.compounds.iter().find(|(known, _)| *known == id).map_or("", |(_, name)| name)
    }

    /// Whether his skills reach for a post: a post that carries the name of a skill wants it.
    pub fn can_stand(&self, member: &Member, work: &Work) -> bool {
        work.post.is_empty()
            || member.staff.skills.contains(&work.post)
            || !self.people.iter().any(|other| other.staff.skills.contains(&work.post))
    }

    /// Every break of a rule by somebody in the week.
    /// A shift of its last day that leaves too little rest before the day behind the week is told of that day.
    pub fn findings(&self, member: &Member) -> Vec<Finding> {
        let days = member.days(self.published_from(), DAYS_BEFORE + DAYS + DAYS_BEHIND);
        let can_stand = |work: &Work| self.can_stand(member, work);
        let held = Held { rules: &self.rules, templates: &self.templates, zone: self.zone, can_stand: &can_stand };
        let mut findings = rules::check(&days, self.monday, held);
        let last = self.monday + chrono::Duration::days(DAYS - 1);
        for finding in &mut findings {
            // Told on the day of this week: the one behind it is not seen here, and is changed in its own week.
            if finding.day > last
                && let Some((day, ..)) = finding.before.filter(|(day, ..)| *day <= last)
            {
                finding.day = day;
            }
        }
        findings.retain(|finding| finding.day <= last);
        findings
    }

    /// The first day known with the week.
    pub fn published_from(&self) -> Day {
        self.monday - chrono::Duration::days(DAYS_BEFORE)
    }

    /// The coverage of the week as it will be.
    pub fn slots(&self) -> Vec<Slot> {
        let people: Vec<coverage::Person> = self
            .people
            .iter()
            .map(|member| coverage::Person {
                staff: member.staff.id,
                role: member.staff.role,
                serves: member.staff.serves.clone(),
                days: member.days(self.monday, DAYS),
            })
            .collect();
        let needs: Vec<Need> = self.needs.iter().map(|row| row.need).collect();
        coverage::matrix(&needs, &people, self.monday, DAYS as usize, &self.calendar, &self.templates)
    }

    /// Hours worked in the week, in minutes, and how many nights.
    pub fn worked(&self, member: &Member) -> (i64, usize) {
        worked(self.days().map(|day| member.plan(day)), &self.templates)
    }

    /// Whether a day of somebody is fixed: it has passed, or a shift of it has begun.
    pub fn is_fixed(&self, member: &Member, day: Day, now: Time) -> bool {
        let today = self.zone.day(now);
        day < today || (day == today && self.has_begun(day, &member.published_on(day), now))
    }

    /// Whether a shift of a plan for a day has begun: nobody is sent into hours that are gone.
    pub fn has_begun(&self, day: Day, plan: &DayPlan, now: Time) -> bool {
        plan.shifts.iter().any(|work| self.templates.span(work.template, day, self.zone).0 <= now)
    }

    /// Whether publishing leaves a day of somebody as it is: it is fixed, or a shift drafted for it has begun since.
    fn stays(&self, member: &Member, day: Day, now: Time) -> bool {
        self.is_fixed(member, day, now) || self.has_begun(day, &member.plan(day), now)
    }

    /// What publishing the week now would change: what is drafted, and hours set since they were published.
    pub fn differences(&self, now: Time) -> Vec<Difference> {
        self.changed(|member, day| {
            (member.is_changed(day) || member.old_hours.contains(&day)) && !self.stays(member, day, now)
        })
    }

    /// What is drafted but publishing the week now would not change, because it is too late: these drafts are let go.
    pub fn left_out(&self, now: Time) -> Vec<Difference> {
        self.changed(|member, day| member.is_changed(day) && self.stays(member, day, now))
    }

    fn changed(&self, which: impl Fn(&Member, Day) -> bool) -> Vec<Difference> {
        let mut found = Vec::new();
        for member in &self.people {
            for day in self.days().filter(|day| which(member, *day)) {
                let was = member.published_on(day);
                found.push(Difference { staff: member.staff.id, day, was, now: member.plan(day) });
            }
        }
        found
    }

    /// Breaks of rules that stand in the way of publishing the week now.
    pub fn hard(&self, now: Time) -> Vec<(StaffId, Finding)> {
        let mut found = Vec::new();
        for member in &self.people {
            let stands =
                |finding: &Finding| finding.severity == Severity::Hard && !self.stays(member, finding.day, now);
            found.extend(self.findings(member).into_iter().filter(stands).map(|f| (member.staff.id, f)));
        }
        found
    }

    /// Whether anything of the week is published.
    pub fn is_published(&self) -> bool {
        self.people.iter().any(|member| self.days().any(|day| !member.published_on(day).shifts.is_empty()))
    }
}

/// Minutes worked in some days, and how many nights; leave is not worked, whatever is planned on it.
pub fn worked(plans: impl Iterator<Item = DayPlan>, templates: &Templates) -> (i64, usize) {
    /// Minutes after midnight at which a late shift has become a night.
    const NIGHT: i64 = 1_440 + 3 * 60;
    let (mut minutes, mut nights) = (0, 0);
    for work in plans.filter(|plan| !plan.on_leave()).flat_map(|plan| plan.shifts) {
        minutes += templates.length(work.template);
        nights += usize::from(templates.minutes(work.template).1 > NIGHT);
    }
    (minutes, nights)
}
