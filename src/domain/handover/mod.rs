//! The shift handover 交接班: what one shift owes the next, line by line, and who has answered for it.
//! What goes into it is drafted in `draft`; how it is printed is `exchange`.

pub mod draft;

use serde::{Deserialize, Serialize};

use super::id::{OperatorId, OutageId, ParkedId, StaffId, TicketId};
use super::shift::Template;
use super::time::{Day, Time};
use crate::coded;

coded! {
    /// The twelve sections, in the order they are read.
    pub enum Section {
        /// 急: danger, open P1 and P2.
        Danger = "danger",
        /// 超时或将到: late, or due in the next shift.
        Due = "due",
        /// 约定: appointments.
        Appointments = "appointments",
        /// 留意: watch words.
        Watch = "watch",
        /// 复查: paused, the review falls in the next shift.
        Reviews = "reviews",
        /// 回访: callbacks due.
        Callbacks = "callbacks",
        /// 暂存: parked intakes.
        Parked = "parked",
        /// 下一班: on duty, gaps, leave.
        Duty = "duty",
        /// 停供和施工: outages, works.
        Outages = "outages",
        /// 钥匙工具现金: counted.
        Items = "items",
        /// 本班数字: the shift's figures, praise by name first.
        Figures = "figures",
        /// 逐条确认: what was noted beside.
        Notes = "notes",
    }
}

impl Section {
    /// Whether the giver may delete a line of it: not of the first three.
    pub const fn may_delete(self) -> bool {
        !matches!(self, Self::Danger | Self::Due | Self::Appointments)
    }

    /// Whether the receiver answers each line of it.
    pub const fn needs_answer(self) -> bool {
        matches!(self, Self::Danger | Self::Due | Self::Appointments | Self::Watch)
    }
}

coded! {
    /// What the receiver says to a line.
    pub enum Answer {
        /// 收到
        Noted = "noted",
        /// 有疑问
        Question = "question",
        /// 我来办
        Mine = "mine",
    }
}

coded! {
    /// How it was handed over.
    pub enum Kind {
        /// Face to face.
        Normal = "normal",
        /// 代接: a colleague accepts now and hands on to who comes later.
        StandIn = "stand_in",
        /// 电话交接
        Phone = "phone",
        /// Nobody of the shift handed over; the next one took stock alone.
        Nobody = "nobody",
    }
}

/// What a line is about: the same thing has the same key in every handover, so that it can be counted how often it was
/// handed on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A ticket.
    Ticket(TicketId),
    /// A parked intake.
    Parked(ParkedId),
    /// An outage.
    Outage(OutageId),
    /// Somebody missing on the next shift: what is missing, in words.
    Gap(String),
    /// A thing that is counted, by name.
    Item(String),
    /// A member of staff: praise, leave.
    Staff(StaffId),
    /// Free words, or figures.
    Words,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Where it stands.
    pub section: Section,
    /// What it is about.
    pub about: About,
    /// What is said, as it was when it was drafted; once frozen, for ever. Names and phones are masked in it.
    pub text: String,
    /// How many handovers running have held it before this one.
    pub carried: u32,
    /// What the giver added; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// The giver marked it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marked: bool,
    /// What the receiver said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What the receiver added to a question; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reply: String,
    /// It happened after the giver had signed 签后新增.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_signing: bool,
}

impl Line {
    /// A line as drafted.
    pub const fn new(section: Section, about: About, text: String) -> Self {
        Self {
            section,
            about,
            text,
            carried: 0,
            comment: String::new(),
            marked: false,
            answer: None,
            reply: String::new(),
            after_signing: false,
        }
    }

    /// Whether the receiver still has to answer it.
    pub const fn waits(&self) -> bool {
        (self.section.needs_answer() || self.after_signing) && self.answer.is_none()
    }
}

/// A signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Whose.
    pub by: OperatorId,
    /// When.
    pub at: Time,
    /// The newest event then: what came later is not of it.
    pub seq: i64,
}

/// A handover as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// The shift handed over.
    pub shift: (Day, Template),
    /// The window begins behind this event: where the one before was accepted.
    pub from_seq: i64,
    /// When that was.
    pub from_at: Time,
    /// How it is handed over.
    pub kind: Kind,
    /// The lines, in order.
    pub lines: Vec<Line>,
    /// The giver's signature.
    pub given: Option<Signature>,
    /// The receiver's: with it, it is frozen.
    pub taken: Option<Signature>,
}

impl Handover {
    /// Whether nothing may change any more.
    pub const fn frozen(&self) -> bool {
        self.taken.is_some()
    }

    /// Lines the receiver has not answered.
    pub fn waiting(&self) -> usize {
        self.lines.iter().filter(|line| line.waits()).count()
    }
}

/// How far a receiver is late: minutes past the end of the shift that was to be handed over.
pub fn overtime(shift_ends: Time, now: Time) -> Option<i64> {
    Some(shift_ends.minutes_to(now)).filter(|minutes| *minutes > 0)
}
