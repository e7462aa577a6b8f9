//! Changes of plans, leave, needs, rules and the staff they are about: what each must hold, and who may make it.
//! No row is read or written here.

use std::collections::BTreeSet;

use crate::domain::base::clean;
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::base::time::{Day, MINUTE, Time};
use crate::domain::op::kind::CommandKind;
use crate::domain::person::{PersonName, Phone};
use crate::domain::refusal::Refusal;
use crate::domain::roster::coverage::Need;
use crate::domain::roster::cycle::Pattern;
use crate::domain::roster::presence::PresenceOp;
use crate::domain::roster::rules::{Rule, Severity};
use crate::domain::roster::shift::{self, Template};
use crate::domain::roster::week::{Difference, Leave, Week};
use crate::domain::roster::{DayPlan, LeaveKind, Off};
use crate::domain::staff::departure::Given;
use crate::domain::staff::{Rank, Role, Staff};
use crate::domain::ticket::op::{LINE_AT_MOST, at_most};

/// Days planned or of leave by one command at most: a year of one person, some weeks of everybody.
pub const DAYS_AT_MOST: usize = 10_000;
/// Days of one span of leave at most.
const LEAVE_AT_MOST: i64 = 366;
/// Needed on one shift at most; more is a slip.
const NEED_AT_MOST: u32 = 200;

/// The least rank that plans shifts, publishes them and gives leave.
pub const PLANS: Rank = Rank::Leader;
/// The least rank that sets needs, hours and rules, and changes staff.
pub const SETS: Rank = Rank::Manager;

/// A day drafted for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Whose.
    pub staff: StaffId,
    /// Day.
    pub day: Day,
    /// As it shall be; none: as it is published.
    pub plan: Option<DayPlan>,
}

/// Days of somebody, from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Whose.
    pub staff: StaffId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// New values of a member of staff; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffEdit {
    /// Role.
    pub role: Option<Role>,
    /// Phone as typed; empty takes it off.
    pub phone: Option<String>,
    /// Skills.
    pub skills: Option<Vec<String>>,
    /// Compounds served; empty: all.
    pub serves: Option<Vec<PlaceId>>,
    /// Whether employed.
    pub active: Option<bool>,
    /// His cycle; an inner none: as his days show it.
    pub cycle: Option<Option<Pattern>>,
}

/// A change of rosters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterOp {
    /// Marks who came, or names who steps in.
    Presence(PresenceOp),
    /// Drafts days.
    Plan(Vec<Planned>),
    /// Throws the draft of a week away.
    Discard {
        /// The week's first day.
        monday: Day,
    },
    /// Puts a week on the wall.
    Publish {
        /// The week's first day.
        monday: Day,
        /// What the one who publishes saw would change; none: he did not look, so whatever is drafted.
        seen: Option<Vec<Difference>>,
    },
    /// Gives leave, or none: takes it back.
    Leave {
        /// Whose and when.
        spans: Vec<Span>,
        /// Which kind; none takes it back.
        kind: Option<LeaveKind>,
        /// In words; may be empty.
        note: String,
    },
    /// Says how many are needed; none: nothing is said any more.
    Need {
        /// Compound, role, shift and days; its count is the one to be.
        need: Need,
        /// Takes it off instead.
        off: bool,
    },
    /// Sets hours and names of a shift; none: as the program has them.
    Template {
        /// Which.
        template: Template,
        /// Names and hours.
        hours: Option<Hours>,
    },
    /// Sets how strict a rule is.
    Rule {
        /// Which.
        rule: Rule,
        /// What breaking it means.
        severity: Severity,
        /// Its figure: minutes of rest, days in a row, hours a week; none: as it is.
        figure: Option<i64>,
    },
    /// Changes a member of staff.
    Staff {
        /// Who.
        id: StaffId,
        /// New values.
        edit: Box<StaffEdit>,
    },
    /// A member of staff leaves: what is in his hands is given on, his shifts that have not begun come off the wall.
    Depart {
        /// Who.
        id: StaffId,
        /// Who gets each ticket in his hands.
        tickets: Vec<Given>,
    },
    /// Adds a member of staff.
    Hire {
        /// Name as typed.
        name: String,
        /// Role.
        role: Role,
        /// Phone as typed; may be empty.
        phone: String,
    },
}

/// Names and hours of a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// Minutes after midnight of its day.
    pub from: i64,
    /// Beyond 1,440 is the next day.
    pub to: i64,
}

impl RosterOp {
    /// What a command that makes it is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Presence(op) => op.kind(),
            Self::Publish { .. } => CommandKind::Publish,
            Self::Hire { .. } => CommandKind::Hire,
            Self::Plan(_)
            | Self::Discard { .. }
            | Self::Leave { .. }
            | Self::Need { .. }
            | Self::Template { .. }
            | Self::Rule { .. }
            | Self::Staff { .. }
            | Self::Depart { .. } => CommandKind::Roster,
        }
    }

    /// The least rank that may make it.
    pub const fn needs(&self) -> Rank {
        match self {
            Self::Presence(op) => op.needs(),
            Self::Plan(_) | Self::Discard { .. } | Self::Publish { .. } | Self::Leave { .. } => PLANS,
            Self::Need { .. }
            | Self::Template { .. }
            | Self::Rule { .. }
            | Self::Staff { .. }
            | Self::Depart { .. }
            | Self::Hire { .. } => SETS,
        }
    }
}

/// A day to be drafted, as it may be kept: leave is no part of a draft, posts are short lines.
///
/// # Errors
/// [`Refusal::DayFixed`] for a day that has passed or a shift that has begun, [`Refusal::ShiftBegun`] for a new one that
/// would have, [`Refusal::HasLeft`], [`Refusal::ShiftWithoutHours`], [`Refusal::TextTooLong`], [`Refusal::TwiceTheSame`].
pub fn draft(week: &Week, planned: &Planned, now: Time) -> Result<Option<DayPlan>, Refusal> {
    let member =
        week.member(planned.staff).ok_or(Refusal::NotFound { what: crate::domain::base::event::Entity::Staff })?;
    if week.is_fixed(member, planned.day, now) {
        return Err(Refusal::DayFixed);
    }
    let Some(plan) = &planned.plan else { return Ok(None) };
    if !member.staff.active && !plan.shifts.is_empty() {
        return Err(Refusal::HasLeft);
    }
    let mut plan = plan.clone();
    if plan.on_leave() {
        plan.off = Off::Unsaid;
    }
    let mut seen = BTreeSet::new();
    for work in &mut plan.shifts {
        if week.templates.length(work.template) <= 0 {
            return Err(Refusal::ShiftWithoutHours);
        }
        if !seen.insert(work.template) {
            return Err(Refusal::TwiceTheSame);
        }
        work.post = at_most(clean::line(&work.post)?, LINE_AT_MOST)?;
    }
    if plan.shifts.is_empty() && plan.off == Off::Unsaid {
        plan.off = Off::Rest;
    }
    if week.has_begun(planned.day, &plan, now) {
        return Err(Refusal::ShiftBegun);
    }
    // What is published already needs no draft.
    Ok((plan != member.published_on(planned.day)).then_some(plan))
}

/// What publishing a week now changes, if it may be published.
///
/// # Errors
/// [`Refusal::RosterBroken`] with the first hard break of a rule, [`Refusal::NothingToPublish`], [`Refusal::RosterStale`]
/// when something else would change than was seen.
pub fn publish(week: &Week, seen: Option<&[Difference]>, now: Time) -> Result<Vec<Difference>, Refusal> {
    let differences = week.differences(now);
    if differences.is_empty() {
        return Err(Refusal::NothingToPublish);
    }
    if seen.is_some_and(|seen| seen != differences) {
        return Err(Refusal::RosterStale);
    }
    let hard = week.hard(now);
    match hard.first() {
        None => Ok(differences),
        Some((_, finding)) => Err(Refusal::RosterBroken { rule: finding.rule, day: finding.day, more: hard.len() - 1 }),
    }
}

/// A day before and after publishing; leave is kept apart, so it is no part of either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plans {
    /// As it was.
    pub was: DayPlan,
    /// As it will be.
    pub now: DayPlan,
}

/// What of a difference becomes shifts.
pub fn published(difference: &Difference) -> Plans {
    let plain = |plan: &DayPlan| DayPlan { off: Off::Unsaid, ..plan.clone() };
    Plans { was: plain(&difference.was), now: plain(&difference.now) }
}

/// A span of leave as it may be kept.
///
/// # Errors
/// [`Refusal::LeaveUnclear`] when it ends before it begins or is longer than a year.
pub fn leave_span(span: Span) -> Result<Span, Refusal> {
    let days = (span.to - span.from).num_days();
    if (0..LEAVE_AT_MOST).contains(&days) { Ok(span) } else { Err(Refusal::LeaveUnclear) }
}

/// The words to a leave as they may be kept.
///
/// # Errors
/// [`Refusal::TextTooLong`].
pub fn leave_note(note: &str) -> Result<String, Refusal> {
    at_most(clean::line(note)?, LINE_AT_MOST)
}

/// What is left of leave when `span` is taken out of it: what lies before and what lies behind.
pub fn without(leave: &Leave, span: Span) -> Vec<(Day, Day)> {
    let before = span.from.pred_opt().map(|last| (leave.from, last.min(leave.to)));
    let behind = span.to.succ_opt().map(|first| (first.max(leave.from), leave.to));
    [before, behind].into_iter().flatten().filter(|(from, to)| from <= to).collect()
}

/// A need as it may be kept.
///
/// # Errors
/// [`Refusal::FigureUnclear`] when it is more than anybody needs.
pub const fn need(need: &Need) -> Result<(), Refusal> {
    if need.count <= NEED_AT_MOST { Ok(()) } else { Err(Refusal::FigureUnclear { from: 0, to: NEED_AT_MOST as i64 }) }
}

/// Hours and names as they may be kept.
///
/// # Errors
/// [`Refusal::NameEmpty`], [`Refusal::HoursUnclear`].
pub fn hours(hours: &Hours) -> Result<Hours, Refusal> {
    let (zh, en) = (clean::line(&hours.zh)?, clean::line(&hours.en)?);
    if zh.is_empty() || en.is_empty() {
        return Err(Refusal::NameEmpty);
    }
    let longest = shift::LONGEST / MINUTE;
    let fits = (0..=1_440).contains(&hours.from) && hours.to > hours.from && hours.to - hours.from <= longest;
    if !fits || hours.to > 2_880 {
        return Err(Refusal::HoursUnclear);
    }
    Ok(Hours { zh: at_most(zh, 12)?, en: at_most(en, 24)?, ..*hours })
}

/// The figure of a rule, when it has one.
///
/// # Errors
/// [`Refusal::FigureUnclear`] outside what makes sense.
pub fn figure(rule: Rule, figure: Option<i64>) -> Result<Option<i64>, Refusal> {
    let (from, to) = match rule {
        Rule::ShortRest => (0, 24 * 60),
        Rule::NoDayOff => (1, 31),
        Rule::WeekHours => (1, 168),
        Rule::Overlap | Rule::TwoADay | Rule::LeaveClash | Rule::SkillMissing => return Ok(None),
    };
    match figure {
        Some(figure) if !(from..=to).contains(&figure) => Err(Refusal::FigureUnclear { from, to }),
        figure => Ok(figure),
    }
}

/// A member of staff with new values.
///
/// # Errors
/// Those of phones and texts.
pub fn edited(before: &Staff, edit: &StaffEdit) -> Result<Staff, Refusal> {
    let mut after = before.clone();
    if let Some(role) = edit.role {
        after.role = role;
    }
    if let Some(phone) = &edit.phone {
        after.phone = phone_of(phone)?;
    }
    if let Some(skills) = &edit.skills {
        after.skills = skills
            .iter()
            .flat_map(|skill| skill.split_whitespace())
            .map(|skill| at_most(skill.to_owned(), 20))
            .collect::<Result<_, _>>()?;
        after.skills.dedup();
    }
    if let Some(serves) = &edit.serves {
        after.serves.clone_from(serves);
        after.serves.sort_unstable();
        after.serves.dedup();
    }
    if let Some(active) = edit.active {
        after.active = active;
    }
    Ok(after)
}

/// A new member of staff, without an id.
///
/// # Errors
/// Those of names and phones.
pub fn hired(id: StaffId, name: &str, role: Role, phone: &str) -> Result<Staff, Refusal> {
    Ok(Staff {
        id,
        name: PersonName::new(name)?,
        role,
        phone: phone_of(phone)?,
        skills: Vec::new(),
        serves: Vec::new(),
        active: true,
        version: 1,
    })
}

fn phone_of(text: &str) -> Result<Option<Phone>, Refusal> {
    if clean::line(text)?.is_empty() { Ok(None) } else { Phone::new(text).map(Some) }
}
