//! The shift handover 交接班: what one shift owes the next, line by line, and who has answered for it.
//! What goes into it is drafted in `draft`; how it is printed is `exchange`.

pub mod draft;
pub mod op;
pub mod query;
pub mod told_of;
pub mod turn;
pub mod verify;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::coded;
use crate::domain::base::id::{OperatorId, OutageId, ParkedId, TicketId};
use crate::domain::base::time::{Day, Time};
use crate::domain::roster::shift::Template;

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
    /// Praise, by its ticket: the same ticket may wait for a callback, too.
    Praise(TicketId),
    /// Who comes next.
    Next,
    /// Who of the next shift is on leave.
    Leave,
    /// The shift's figures.
    Figures,
    /// A line the giver wrote himself, counted from 1.
    Note(u32),
    /// Shifts nobody handed over, by the first of them.
    Shift(Day, Template),
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
    /// What was counted, of a thing that is counted; cash in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// The giver took it off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dropped: bool,
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
    /// The newest event of what happened after the signature; 0 of any other line. An answer is one to what had happened
    /// until then: the text alone changes with every minute.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub newest: i64,
    /// Shifts nobody handed over, which this handover closes too; the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shifts: Vec<(Day, Template)>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_zero(seq: &i64) -> bool {
    *seq == 0
}

impl Line {
    /// A line as drafted.
    pub const fn new(section: Section, about: About, text: String) -> Self {
        Self {
            section,
            about,
            text,
            carried: 0,
            count: None,
            dropped: false,
            comment: String::new(),
            marked: false,
            answer: None,
            reply: String::new(),
            after_signing: false,
            newest: 0,
            shifts: Vec::new(),
        }
    }

    /// Whether the giver may take it off: no line of the first three sections, nor which shifts are closed with this one.
    pub const fn may_delete(&self) -> bool {
        self.section.may_delete() && !matches!(self.about, About::Shift(..))
    }

    /// Whether the receiver still has to answer it.
    pub fn waits(&self) -> bool {
        // Figures of the span since the signature are read, not answered.
        let since = self.after_signing && self.about != About::Figures;
        (self.section.needs_answer() || since) && self.answer.is_none() && !self.dropped
    }

    /// Whether it is the same line as another one, as it was drafted before.
    pub fn same(&self, other: &Self) -> bool {
        self.about == other.about && self.after_signing == other.after_signing
    }

    /// Whether a person said something to it.
    pub const fn said(&self) -> bool {
        self.count.is_some()
            || self.dropped
            || !self.comment.is_empty()
            || self.marked
            || self.answer.is_some()
            || matches!(self.about, About::Note(_))
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

    /// The shifts it speaks for: its own, and those its lines say were missed.
    pub fn shifts(&self, lines: &[Line]) -> Vec<(Day, Template)> {
        let missed: Vec<_> = lines.iter().flat_map(|line| line.shifts.iter().copied()).collect();
        let (before, after): (Vec<_>, Vec<_>) = missed.into_iter().partition(|shift| *shift < self.shift);
        before.into_iter().chain([self.shift]).chain(after).collect()
    }
}

/// Lines as they are drafted now, with what was said to them before. What the giver wrote himself stands behind them.
pub fn with_said(fresh: Vec<Line>, said: &[Line]) -> Vec<Line> {
    let mut lines: Vec<Line> = fresh
        .into_iter()
        .map(|line| match said.iter().find(|old| old.same(&line)) {
            // What was answered before it went on is no answer.
            Some(old) if line.after_signing && old.newest != line.newest => line,
            Some(old) => Line {
                count: old.count,
                dropped: old.dropped && line.may_delete(),
                comment: old.comment.clone(),
                marked: old.marked,
                answer: old.answer,
                reply: old.reply.clone(),
                ..line
            },
            None => line,
        })
        .collect();
    let own = |line: &&Line| matches!(line.about, About::Note(_)) && !lines.iter().any(|other| other.same(line));
    let own: Vec<Line> = said.iter().filter(own).cloned().collect();
    lines.extend(own);
    lines
}

/// How often each thing was handed on without a break, from the handover before; those that were not are left out.
pub fn carried<'a>(abouts: impl Iterator<Item = &'a About>, before: &[Line]) -> BTreeMap<About, u32> {
    let kept = before.iter().filter(|line| !line.dropped).map(|line| (&line.about, line.carried));
    // Of a thing told twice, as signed and once more behind the signature, the first says how often.
    let kept: BTreeMap<&About, u32> = kept.rev().collect();
    let counted =
        |about: &&About| matches!(about, About::Ticket(_) | About::Parked(_) | About::Outage(_) | About::Gap(_));
    abouts.filter(counted).filter_map(|about| Some((about.clone(), kept.get(about)? + 1))).collect()
}

/// How far a receiver is late: minutes past the end of the shift that was to be handed over.
pub fn overtime(shift_ends: Time, now: Time) -> Option<i64> {
    Some(shift_ends.minutes_to(now)).filter(|minutes| *minutes > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: i64, text: &str) -> Line {
        Line::new(Section::Watch, About::Ticket(TicketId(id)), text.to_owned())
    }

    #[test]
    fn what_was_said_stays_with_its_thing_through_a_new_draft() {
        let said = [
            Line { comment: "钥匙在岗亭".to_owned(), marked: true, ..line(1, "旧") },
            Line::new(Section::Notes, About::Note(1), "借出梯子".to_owned()),
        ];
        let lines = with_said(vec![line(2, "新来的"), line(1, "新")], &said);
        let texts: Vec<_> = lines.iter().map(|line| (line.text.as_str(), line.comment.as_str())).collect();
        assert_eq!(texts, [("新来的", ""), ("新", "钥匙在岗亭"), ("借出梯子", "")]);
    }

    #[test]
    fn a_deleted_line_that_became_urgent_is_back() {
        let said = [Line { dropped: true, ..line(1, "泵房") }];
        assert!(with_said(vec![line(1, "泵房")], &said)[0].dropped);
        let urgent = Line { section: Section::Danger, ..line(1, "泵房") };
        assert!(!with_said(vec![urgent], &said)[0].dropped);
    }

    #[test]
    fn an_answer_to_what_had_not_happened_yet_is_none() {
        let after = |newest, text: &str| Line { after_signing: true, newest, ..line(1, text) };
        let said = [Line { answer: Some(Answer::Noted), ..after(7, "16:02 派单 剩35分") }];
        let later = &with_said(vec![after(7, "16:02 派单 剩34分")], &said)[0];
        assert_eq!((later.waits(), later.text.as_str()), (false, "16:02 派单 剩34分"), "only time passed");
        assert!(with_said(vec![after(9, "16:09 到场")], &said)[0].waits(), "it went on after it was answered");
        assert_eq!(with_said(vec![line(1, "同一单")], &said)[0].answer, None, "the line signed is another one");
    }

    #[test]
    fn things_are_counted_while_they_are_handed_on_without_a_break() {
        let before = [Line { carried: 5, ..line(1, "泵房") }, Line { dropped: true, carried: 3, ..line(2, "路灯") }];
        let abouts = [1, 2, 3].map(|id| About::Ticket(TicketId(id)));
        let counted = carried(abouts.iter().chain([&About::Figures]), &before);
        assert_eq!(counted.into_iter().collect::<Vec<_>>(), [(abouts[0].clone(), 6)]);
    }
}
