//! Rosters: who works when. A day of one person, the templates shifts are made from, and leave.
//! Which plans break a rule is `rules`, how cycles go on is `cycle`, whether enough people come is `coverage`, and a whole
//! week of everybody is `week`.

pub mod coverage;
pub mod cycle;
pub mod duty;
pub mod fill;
pub mod op;
pub mod presence;
pub mod query;
pub mod rules;
pub mod sheet;
pub mod shift;
pub mod stand_in;
pub mod week;

use serde::{Deserialize, Serialize};

use crate::coded;
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::base::time::{Day, Time, Zone};
use crate::domain::roster::shift::Template;

coded! {
    /// Kinds of leave.
    pub enum LeaveKind {
        /// 事假
        Personal = "personal",
        /// 病假
        Sick = "sick",
        /// 年假
        Annual = "annual",
        /// 工伤
        Injury = "injury",
    }
}

coded! {
    /// Where a plan stands.
    pub enum PlanState {
        /// Being made; nobody is on duty by it.
        Draft = "draft",
        /// On the wall.
        Published = "published",
    }
}

/// How a shift came to be somebody's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By the plan.
    #[default]
    Planned,
    /// 换班: exchanged with this person.
    Swapped(StaffId),
    /// 顶班: in the place of this person.
    Covers(StaffId),
}

/// One shift of one day in a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Template.
    pub template: Template,
    /// The compound he is posted to; none: all he serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compound: Option<PlaceId>,
    /// Post in words (东门).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub post: String,
    /// How it came to be his.
    #[serde(default)]
    pub how: How,
}

impl Work {
    /// A shift by the plan, posted nowhere in particular.
    pub const fn plain(template: Template) -> Self {
        Self { template, compound: None, post: String::new(), how: How::Planned }
    }
}

/// Why somebody does not work on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// 休
    Rest,
    /// Leave.
    Leave(LeaveKind),
}

/// One day of one person. Leave beside a shift can be said: a leave asked for after the plan was made must be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayPlan {
    /// Shifts that begin on it.
    pub shifts: Vec<Work>,
    /// Why there are none.
    pub off: Off,
}

impl DayPlan {
    /// A day of rest.
    pub const fn rest() -> Self {
        Self { shifts: Vec::new(), off: Off::Rest }
    }

    /// One plain shift.
    pub fn of(template: Template) -> Self {
        Self { shifts: vec![Work::plain(template)], off: Off::Unsaid }
    }

    /// Whether nothing is said of it.
    pub fn is_empty(&self) -> bool {
        self.shifts.is_empty() && self.off == Off::Unsaid
    }

    /// Whether it is leave.
    pub const fn on_leave(&self) -> bool {
        matches!(self.off, Off::Leave(_))
    }

    /// Whether all of it came from the plan: what was swapped or covered is nobody's habit.
    pub fn by_plan(&self) -> bool {
        self.shifts.iter().all(|work| work.how == How::Planned)
    }
}

/// Days of one person, one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: Day,
    /// From it on.
    pub plans: Vec<DayPlan>,
}

impl Days {
    /// Each day with its date.
    pub fn dated(&self) -> impl Iterator<Item = (Day, &DayPlan)> {
        self.from.iter_days().zip(&self.plans)
    }

    /// The plan of a day, if it is among them.
    pub fn on(&self, day: Day) -> Option<&DayPlan> {
        usize::try_from((day - self.from).num_days()).ok().and_then(|at| self.plans.get(at))
    }
}

/// From and to of each template in this township, minutes after midnight of the shift's day; beyond 1,440 is the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Templates(pub [(i64, i64); Template::ALL.len()]);

impl Templates {
    /// Those a new township starts with.
    pub fn starting() -> Self {
        let mut minutes = [(0, 0); Template::ALL.len()];
        for template in Template::ALL {
            minutes[*template as usize] = template.minutes();
        }
        Self(minutes)
    }

    /// From and to, minutes.
    pub const fn minutes(&self, template: Template) -> (i64, i64) {
        self.0[template as usize]
    }

    /// How long a shift lasts, minutes.
    pub const fn length(&self, template: Template) -> i64 {
        let (from, to) = self.minutes(template);
        to - from
    }

    /// The span of a shift that begins on `day`.
    pub fn span(&self, template: Template, day: Day, zone: Zone) -> (Time, Time) {
        let (from, to) = self.minutes(template);
        (zone.at(day, from), zone.at(day, to))
    }
}

/// The Monday of the week a day lies in.
pub fn monday(day: Day) -> Day {
    use chrono::Datelike;
    day - chrono::Duration::days(i64::from(day.weekday().num_days_from_monday()))
}

/// The week the grid opens on: this one, and from Thursday on the next, which is then to be made.
pub fn week_to_open(today: Day) -> Day {
    use chrono::Datelike;
    let this = monday(today);
    if today.weekday().num_days_from_monday() >= 3 { this + chrono::Duration::days(7) } else { this }
}

/// `2026-W48`, as weeks are named in commands and files (ISO 8601).
pub fn week_name(monday: Day) -> String {
    use chrono::Datelike;
    let week = monday.iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

/// The Monday of a week named `2026-W48` or `48` (of `today`'s year).
pub fn week_named(text: &str, today: Day) -> Option<Day> {
    use chrono::Datelike;
    let text = crate::domain::base::clean::half_width(text.trim()).to_uppercase();
    let (year, week) = match text.split_once("-W") {
        Some((year, week)) => (year.parse().ok()?, week.parse().ok()?),
        None => (today.iso_week().year(), text.trim_start_matches('W').parse().ok()?),
    };
    Day::from_isoywd_opt(year, week, chrono::Weekday::Mon)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> Day {
        Day::from_ymd_opt(2026, month, day).expect("a day")
    }

    #[test]
    fn weeks() {
        // 24 November 2026 is a Tuesday.
        assert_eq!(monday(day(11, 24)), day(11, 23));
        assert_eq!(week_to_open(day(11, 25)), day(11, 23), "until Wednesday this week");
        assert_eq!(week_to_open(day(11, 26)), day(11, 30), "from Thursday the next");
        assert_eq!(week_name(day(11, 23)), "2026-W48");
        assert_eq!(week_named("2026-W48", day(1, 1)), Some(day(11, 23)));
        assert_eq!(week_named("w48", day(11, 24)), Some(day(11, 23)));
        assert_eq!(week_named("2026-W60", day(1, 1)), None);
    }
}
