//! Tickets: statuses, priorities, and what a ticket holds; the one table of permitted moves is `moves`.
//! Which rows exist and who asked is not known here; due times are in `clock`, the order of the list in `urgency`.

pub mod around;
pub mod category;
pub mod clock;
pub mod danger;
pub mod decide;
pub mod fee;
mod moves;
mod number;
pub mod op;
pub mod order;
pub mod priority;
pub mod query;
mod said;
pub mod urgency;

use serde::{Deserialize, Serialize};

use crate::domain::base::id::{OperatorId, PersonId, PlaceId, StaffId, TicketId};
use crate::domain::base::time::{Day, Time};
use crate::domain::ticket::clock::Pauses;
use crate::domain::ticket::priority::{Raises, Terms};
use crate::{coded, tracked};

pub use self::moves::{MOVES, Move, Need, is_time_ahead, move_between, moves_from, next_step};
pub use self::number::Number;
pub use self::said::is_watched;

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

coded! {
    /// How a worker was told.
    pub enum ToldBy {
        /// 电话
        Phone = "phone",
        /// 对讲
        Radio = "radio",
        /// 群里
        Group = "group",
        /// 当面
        Person = "person",
    }
}

coded! {
    /// What a callback brought.
    pub enum Outcome {
        /// 解决了
        Solved = "solved",
        /// 没解决
        Unsolved = "unsolved",
        /// 未联系上
        Unreached = "unreached",
    }
}

/// Tickets that belong with one, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Related(pub Vec<TicketId>);

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
        /// Priority now: its category's, raised for reasons.
        pub priority: Priority,
        /// Priority of its category when it was sorted.
        pub base_priority: Priority,
        /// Why it was raised.
        pub raised: Raises,
        /// Minutes to first contact its category had when it was sorted.
        pub respond_minutes: i64,
        /// Minutes to the solution its category had when it was sorted.
        pub resolve_minutes: i64,
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
        /// The solution's clock began again here: when it was opened again. None: when it was opened.
        pub clock_from: Option<Time>,
        /// When its clocks stood still, the running pause apart.
        pub pauses: Pauses,
        /// First contact is due.
        pub respond_by: Time,
        /// The solution is due.
        pub resolve_by: Time,
        /// The outer deadline of a 12345 order, beside ours.
        pub outer_due: Option<Time>,
        /// When the caller was told the words for danger.
        pub warned_at: Option<Time>,
        /// When it was given to the present assignee.
        pub assigned_at: Option<Time>,
        /// When the present assignee was told.
        pub told_at: Option<Time>,
        /// How he was told.
        pub told_by: Option<ToldBy>,
        /// First contact with the resident, or arrival.
        pub contacted_at: Option<Time>,
        /// What the limit of first contact followed from when somebody made it: it is settled by that.
        pub answered_under: Option<Terms>,
        /// When it was resolved.
        pub resolved_at: Option<Time>,
        /// When it was closed.
        pub closed_at: Option<Time>,
        /// When the running pause began.
        pub paused_at: Option<Time>,
        /// When a pause or a deferral is looked at again; of a referred ticket, when the outside body is asked again.
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
        /// Callbacks nobody answered since it was resolved.
        pub tries: u32,
        /// When the reporter was last rung back: what others affected say is no attempt at him.
        pub tried_at: Option<Time>,
        /// What the newest callback brought.
        pub outcome: Option<Outcome>,
        /// What paid work costs, in fen.
        pub fee: Option<i64>,
        /// A ticket for the root of several others 专项排查.
        pub root_cause: bool,
        /// Tickets that belong with it.
        pub related: Related,
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
        /// Its phone, or who there is asked for; empty where nobody knows.
        pub outside_phone,
        /// What was done.
        pub result,
        /// What the next shifts must watch for: if this, then that.
        pub watch_words,
        /// Materials used.
        pub materials,
        /// Paths of files that belong to it, one a line.
        pub attachments,
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
            base_priority: Priority::P3,
            raised: Raises::NONE,
            respond_minutes: 0,
            resolve_minutes: 0,
            status: Status::New,
            place: None,
            compound: None,
            reporter: None,
            assignee: None,
            next_owner: None,
            taken_by: OperatorId(0),
            opened_at: Time(0),
            clock_from: None,
            pauses: Pauses(Vec::new()),
            respond_by: Time(0),
            resolve_by: Time(0),
            outer_due: None,
            warned_at: None,
            assigned_at: None,
            told_at: None,
            told_by: None,
            contacted_at: None,
            answered_under: None,
            resolved_at: None,
            closed_at: None,
            paused_at: None,
            review_at: None,
            appointment_at: None,
            also_affected: 0,
            chases: 0,
            reopened: 0,
            watched: false,
            tries: 0,
            tried_at: None,
            outcome: None,
            fee: None,
            root_cause: false,
            related: Related(Vec::new()),
            duplicate_of: None,
            words: String::new(),
            place_words: String::new(),
            reporter_name: String::new(),
            reporter_phone: String::new(),
            outside_number: String::new(),
            outside_body: String::new(),
            outside_phone: String::new(),
            result: String::new(),
            watch_words: String::new(),
            materials: String::new(),
            attachments: String::new(),
        }
    }

    /// Whether there is somebody to ring back: then it closes with that person's word only.
    pub const fn has_caller(&self) -> bool {
        self.reporter.is_some() || !self.reporter_phone.is_empty()
    }

    /// When the outside body that has it was set to be asked again.
    pub fn asks_again_at(&self) -> Option<Time> {
        self.review_at.filter(|_| self.status == Status::Referred)
    }

    /// What a clerk should still ask for 待补.
    pub fn to_complete(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if self.place.is_none() {
            missing.push(Missing::Place);
        }
        // A resident is rung by the phone he has in the file.
        if !self.has_caller() && matches!(self.channel, Channel::Phone | Channel::WalkIn) {
            missing.push(Missing::Phone);
        }
        if self.reporter_name.is_empty()
            && self.reporter.is_none()
            && matches!(self.channel, Channel::Phone | Channel::WalkIn)
        {
            missing.push(Missing::Name);
        }
        if self.category == crate::domain::ticket::category::TO_SORT {
            missing.push(Missing::Category);
        }
        if self.channel == Channel::Hotline && self.outside_number.is_empty() {
            missing.push(Missing::OrderNumber);
        }
        let worked_on = matches!(self.status, Status::Working | Status::Resolved);
        if self.category == crate::domain::ticket::category::PAID
            && worked_on
            && self.fee.is_none()
            && self.materials.is_empty()
        {
            missing.push(Missing::Charge);
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
        /// Materials and fee of paid work.
        Charge = "charge",
    }
}
