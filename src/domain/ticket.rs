//! Tickets: statuses with the one table of permitted moves, priorities, and what a ticket holds.
//! Which rows exist and who asked is not known here; due times are in `clock`, the order of the list in `urgency`.

use serde::{Deserialize, Serialize};

use super::id::{OperatorId, PersonId, PlaceId, StaffId, TicketId};
use super::staff::Rank;
use super::time::{Day, Time};
use crate::{coded, tracked};

coded! {
    /// Where a ticket stands. A parked intake 暂存 is not among them: it has no number and no clock.
    pub enum Status {
        /// 待派单
        New = "new",
        /// 当场答复
        Answered = "answered",
        /// 待接单
        Assigned = "assigned",
        /// 已接单
        Accepted = "accepted",
        /// 处理中
        Working = "working",
        /// 挂起
        Paused = "paused",
        /// 已转办
        Referred = "referred",
        /// 待回访
        Resolved = "resolved",
        /// 暂无法办理
        Unable = "unable",
        /// 已并单
        Duplicate = "duplicate",
        /// 已归档
        Closed = "closed",
        /// 作废
        Void = "void",
    }
}

impl Status {
    /// Whether somebody still has something to do with it.
    pub const fn open(self) -> bool {
        !matches!(self, Self::Duplicate | Self::Closed | Self::Void)
    }

    /// Whether its clocks run: nothing is late while paused, put off, or done.
    pub const fn clock_runs(self) -> bool {
        matches!(self, Self::New | Self::Assigned | Self::Accepted | Self::Working | Self::Referred)
    }
}

coded! {
    /// Priority. Lower is more urgent.
    pub enum Priority {
        /// 特急: danger to life, or spreading harm.
        P1 = "P1",
        /// 紧急: essential supply lost, way or fire lane blocked, dirty water.
        P2 = "P2",
        /// 一般
        P3 = "P3",
        /// 计划: plans, works, advice.
        P4 = "P4",
    }
}

coded! {
    /// What kind of report it is.
    pub enum TicketKind {
        /// 报修
        Repair = "repair",
        /// 投诉
        Complaint = "complaint",
        /// 咨询
        Enquiry = "enquiry",
        /// 建议
        Suggestion = "suggestion",
        /// 求助
        Help = "help",
        /// 表扬
        Praise = "praise",
    }
}

impl TicketKind {
    /// The kind a category code goes with.
    pub fn of_category(code: &str) -> Self {
        match code {
            "601" | "604" => Self::Complaint,
            "602" => Self::Enquiry,
            "603" | "606" => Self::Suggestion,
            "607" => Self::Help,
            _ => Self::Repair,
        }
    }
}

coded! {
    /// How the report came in.
    pub enum Channel {
        /// 电话
        Phone = "phone",
        /// 来访
        WalkIn = "walk_in",
        /// 巡查
        Patrol = "patrol",
        /// 网格
        Grid = "grid",
        /// 12345 hotline: has its own order number.
        Hotline = "12345",
        /// 微信
        WeChat = "wechat",
        /// 来信
        Letter = "letter",
        /// 委员会
        Committee = "committee",
    }
}

/// A ticket's number: the township's counter of the day it was opened. Never changes. In JSON as people write it in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Number {
    /// The business date.
    pub day: Day,
    /// 1, 2, 3... on that day.
    pub n: u32,
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.full()
    }
}

impl TryFrom<String> for Number {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        // With its year the day it is read on does not matter.
        Self::parse(&text, Day::default()).ok_or_else(|| format!("{text:?} is no ticket number"))
    }
}

impl Number {
    /// `1122-07`, as clerks say it.
    pub fn short(self) -> String {
        format!("{}-{:02}", self.day.format("%m%d"), self.n)
    }

    /// `2026-1122-07`.
    pub fn full(self) -> String {
        format!("{}-{:02}", self.day.format("%Y-%m%d"), self.n)
    }

    /// Reads `2026-1122-07`, or `1122-07` as the newest such day not after `today`.
    pub fn parse(text: &str, today: Day) -> Option<Self> {
        use chrono::Datelike;
        let text = super::clean::half_width(text.trim());
        let parts: Vec<&str> = text.split('-').collect();
        let (year, month_day, n) = match parts[..] {
            [year, month_day, n] if year.len() == 4 => (Some(year.parse().ok()?), month_day, n),
            [month_day, n] => (None, month_day, n),
            _ => return None,
        };
        if month_day.len() != 4 || !month_day.is_ascii() {
            return None;
        }
        let (month, day) = (month_day[..2].parse().ok()?, month_day[2..].parse().ok()?);
        let on = |year| Day::from_ymd_opt(year, month, day);
        let day = match year {
            Some(year) => on(year)?,
            None => on(today.year()).filter(|d| *d <= today).or_else(|| on(today.year() - 1))?,
        };
        Some(Self { day, n: n.parse().ok().filter(|n| *n > 0)? })
    }
}

tracked! {
    /// A ticket as it stands.
    pub struct Ticket / TicketChanges {
        /// Number.
        pub number: Number,
        /// Kind.
        pub kind: TicketKind,
        /// Channel.
        pub channel: Channel,
        /// Category code.
        pub category: String,
        /// Priority now.
        pub priority: Priority,
        /// Status.
        pub status: Status,
        /// The place, when it is one of the township's.
        pub place: Option<PlaceId>,
        /// The compound of the place.
        pub compound: Option<PlaceId>,
        /// The resident who reported, when known.
        pub reporter: Option<PersonId>,
        /// Who has it.
        pub assignee: Option<StaffId>,
        /// Who was named as next owner when it was given back.
        pub next_owner: Option<StaffId>,
        /// Who took it 首问负责.
        pub taken_by: OperatorId,
        /// When it was opened.
        pub opened_at: Time,
        /// First contact is due.
        pub respond_by: Time,
        /// The solution is due.
        pub resolve_by: Time,
        /// When it was given to the present assignee.
        pub assigned_at: Option<Time>,
        /// First contact with the resident, or arrival.
        pub contacted_at: Option<Time>,
        /// When it was resolved.
        pub resolved_at: Option<Time>,
        /// When it was closed.
        pub closed_at: Option<Time>,
        /// When the running pause began.
        pub paused_at: Option<Time>,
        /// When a pause or a deferral is looked at again.
        pub review_at: Option<Time>,
        /// When somebody is expected at the resident's.
        pub appointment_at: Option<Time>,
        /// Households also affected, beside the reporter.
        pub also_affected: u32,
        /// Times the caller asked again.
        pub chases: u32,
        /// Times reopened.
        pub reopened: u32,
        /// Under watch 督办.
        pub watched: bool,
        /// The ticket it was merged into.
        pub duplicate_of: Option<TicketId>,
        texts:
        /// What was said.
        pub words,
        /// Where, in the caller's words, or the spot within the place.
        pub place_words,
        /// The reporter's name as given.
        pub reporter_name,
        /// The number to ring back, digits.
        pub reporter_phone,
        /// The 12345 order's number, or the outside body's.
        pub outside_number,
        /// The outside body that has it.
        pub outside_body,
        /// What was done.
        pub result,
    }
}

impl Ticket {
    /// The state before the first event: what replaying starts from. It is never stored.
    pub fn blank() -> Self {
        Self {
            number: Number { day: Day::default(), n: 0 },
            kind: TicketKind::Repair,
            channel: Channel::Phone,
            category: String::new(),
            priority: Priority::P3,
            status: Status::New,
            place: None,
            compound: None,
            reporter: None,
            assignee: None,
            next_owner: None,
            taken_by: OperatorId(0),
            opened_at: Time(0),
            respond_by: Time(0),
            resolve_by: Time(0),
            assigned_at: None,
            contacted_at: None,
            resolved_at: None,
            closed_at: None,
            paused_at: None,
            review_at: None,
            appointment_at: None,
            also_affected: 0,
            chases: 0,
            reopened: 0,
            watched: false,
            duplicate_of: None,
            words: String::new(),
            place_words: String::new(),
            reporter_name: String::new(),
            reporter_phone: String::new(),
            outside_number: String::new(),
            outside_body: String::new(),
            result: String::new(),
        }
    }

    /// What a clerk should still ask for 待补.
    pub fn to_complete(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if self.place.is_none() {
            missing.push(Missing::Place);
        }
        if self.reporter_phone.is_empty() && matches!(self.channel, Channel::Phone | Channel::WalkIn) {
            missing.push(Missing::Phone);
        }
        if self.reporter_name.is_empty()
            && self.reporter.is_none()
            && matches!(self.channel, Channel::Phone | Channel::WalkIn)
        {
            missing.push(Missing::Name);
        }
        if self.category == super::category::TO_SORT {
            missing.push(Missing::Category);
        }
        if self.channel == Channel::Hotline && self.outside_number.is_empty() {
            missing.push(Missing::OrderNumber);
        }
        missing
    }
}

coded! {
    /// What is missing on a ticket that could be saved all the same.
    pub enum Missing {
        /// The place.
        Place = "place",
        /// A phone to ring back.
        Phone = "phone",
        /// The name.
        Name = "name",
        /// The category.
        Category = "category",
        /// The 12345 order's number.
        OrderNumber = "order_number",
    }
}

coded! {
    /// What a move must come with.
    pub enum Need {
        /// Who gets it.
        Staff = "staff",
        /// Who leads after it was given back.
        NextOwner = "next_owner",
        /// Why.
        Reason = "reason",
        /// What was done.
        Result = "result",
        /// When it is looked at again.
        Review = "review",
        /// The outside body's name.
        Body = "body",
        /// The ticket it is merged into.
        Original = "original",
    }
}

/// One permitted move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// From.
    pub from: Status,
    /// To.
    pub to: Status,
    /// What happened, once made.
    pub event: super::event::EventKind,
    /// What it must come with.
    pub needs: &'static [Need],
    /// The least rank that may make it.
    pub rank: Rank,
}

/// Every permitted move; what is not here is refused.
#[rustfmt::skip]
pub const MOVES: &[Move] = {
    use super::event::EventKind as E;
    use Need::{Body, NextOwner, Original, Reason, Result, Review, Staff};
    use Status::{Accepted, Answered, Assigned, Closed, Duplicate, New, Paused, Referred, Resolved, Unable, Void, Working};
    const fn row(from: Status, to: Status, event: E, needs: &'static [Need]) -> Move {
        Move { from, to, event, needs, rank: Rank::Clerk }
    }
    const fn manager(from: Status, to: Status, event: E, needs: &'static [Need]) -> Move {
        Move { from, to, event, needs, rank: Rank::Manager }
    }
    &[
        row(New, Assigned, E::Assigned, &[Staff]),
        row(New, Answered, E::Answered, &[Result]),
        row(New, Referred, E::Referred, &[Body]),
        row(New, Duplicate, E::Merged, &[Original]),
        row(New, Void, E::Voided, &[Reason]),
        row(Answered, Closed, E::Closed, &[Reason]),
        row(Answered, New, E::Reopened, &[Reason]),
        row(Assigned, Accepted, E::Accepted, &[]),
        row(Assigned, New, E::Returned, &[Reason, NextOwner]),
        row(Assigned, Assigned, E::Assigned, &[Staff]),
        row(Accepted, Working, E::Arrived, &[]),
        row(Accepted, Paused, E::Paused, &[Reason, Review]),
        row(Accepted, New, E::Returned, &[Reason, NextOwner]),
        row(Working, Resolved, E::Resolved, &[Result]),
        row(Working, Paused, E::Paused, &[Reason, Review]),
        row(Working, Assigned, E::Assigned, &[Staff]),
        manager(Working, Unable, E::Deferred, &[Reason, Review]),
        row(Paused, Working, E::Resumed, &[]),
        row(Paused, Assigned, E::Assigned, &[Staff]),
        row(Paused, Void, E::Voided, &[Reason]),
        row(Referred, Working, E::Arrived, &[]),
        row(Referred, Resolved, E::Resolved, &[Result]),
        manager(Referred, Unable, E::Deferred, &[Reason, Review]),
        row(Resolved, Closed, E::Closed, &[Reason]),
        row(Resolved, Assigned, E::Reopened, &[Reason, Staff]),
        row(Unable, Working, E::Resumed, &[]),
        manager(Unable, Closed, E::Closed, &[Reason]),
        row(Closed, Assigned, E::Reopened, &[Reason, Staff]),
    ]
};

/// The permitted moves from `status`, in the order they are offered.
pub fn moves_from(status: Status) -> impl Iterator<Item = &'static Move> {
    MOVES.iter().filter(move |m| m.from == status)
}

/// The move from one status to another, if it is permitted.
pub fn move_between(from: Status, to: Status) -> Option<&'static Move> {
    moves_from(from).find(|m| m.to == to)
}

/// The `.` key: the worker's next answer, 收到 → 到场 → 修好, or taking up what rests.
pub fn next_step(status: Status) -> Option<&'static Move> {
    let to = match status {
        Status::New => Status::Assigned,
        Status::Assigned => Status::Accepted,
        Status::Accepted | Status::Paused | Status::Referred | Status::Unable => Status::Working,
        Status::Working => Status::Resolved,
        Status::Answered | Status::Resolved => Status::Closed,
        Status::Duplicate | Status::Closed | Status::Void => return None,
    };
    move_between(status, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_once_and_nothing_leaves_the_ends() {
        let pairs: std::collections::BTreeSet<_> = MOVES.iter().map(|m| (m.from, m.to)).collect();
        assert_eq!(pairs.len(), MOVES.len());
        assert_eq!(moves_from(Status::Void).count() + moves_from(Status::Duplicate).count(), 0);
        for status in Status::ALL {
            assert!(status.clock_runs() <= status.open());
            assert_eq!(next_step(*status).is_some(), status.open(), "{status:?}");
        }
    }

    #[test]
    fn numbers() {
        let today = Day::from_ymd_opt(2026, 11, 24).expect("a day");
        let number = Number { day: Day::from_ymd_opt(2026, 11, 22).expect("a day"), n: 7 };
        assert_eq!((number.short().as_str(), number.full().as_str()), ("1122-07", "2026-1122-07"));
        assert_eq!(Number::parse("1122-07", today), Some(number));
        assert_eq!(Number::parse("２０２６-1122-7", today), Some(number));
        assert_eq!(Number::parse("1231-03", today).map(Number::full).as_deref(), Some("2025-1231-03"));
        for bad in ["", "7", "1322-01", "1122-00", "1122-x", "26-1122-07", "漏水-01"] {
            assert_eq!(Number::parse(bad, today), None, "{bad}");
        }
    }
}
