//! What is done to one ticket after it was taken: sent, answered, rested, solved, asked back. Every move is one the
//! status table permits, in the order and at hours such things happen. What was reported is decided in `tickets`.

use super::rng::Rng;
use super::staff::Crew;
use super::words::{self, Words};
use crate::domain::base::calendar::Calendar;
use crate::domain::base::id::{OperatorId, StaffId, TicketId};
use crate::domain::base::time::{MINUTE, Time};
use crate::domain::callback::op::{Call, TRIES, Verdict, Whom};
use crate::domain::staff::Role;
use crate::domain::ticket::category::Category;
use crate::domain::ticket::clock::{self, Clock};
use crate::domain::ticket::op::{Act, Edit, Step};
use crate::domain::ticket::priority::{Raise, Raises, Terms, may_raise, priority_of};
use crate::domain::ticket::{Priority, Status, TicketKind};

/// Something done to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Time,
    /// Who recorded it.
    pub by: OperatorId,
    /// What; always permitted by [`crate::domain::ticket::decide::decide`] for that operator's rank.
    pub act: Act,
}

/// Where a ticket stands still although there was time to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stuck {
    New,
    Assigned,
    Accepted,
    Working,
    Paused,
    Referred,
    Unable,
}

/// A ticket's life being written.
pub(super) struct Life<'a> {
    pub crew: &'a Crew,
    pub categories: &'a [Category],
    pub now: Time,
    pub calendar: &'a Calendar,
    /// Position in `categories` and in the table of words.
    pub category: usize,
    pub compound: usize,
    pub opened_at: Time,
    /// Whether the reporter's household is looked after.
    pub care: bool,
    /// A report by patrol is looked at again, nobody is rung.
    pub patrol: bool,
    pub original: Option<TicketId>,
    pub stuck: Option<Stuck>,
    pub rng: &'a mut Rng,
    pub at: Time,
    pub assignee: Option<usize>,
    pub deeds: Vec<Deed>,
    /// The last moment of a chase, and for a neighbour to join: when it was first solved or ended.
    pub open_until: Time,
}

impl Life<'_> {
    pub(super) fn words(&self) -> &'static Words {
        &words::WORDS[self.category]
    }

    /// Priority and both limits in minutes on its clock, raised for a household that is looked after.
    fn limits(&self) -> (Priority, i64, i64) {
        let Category { ref code, priority: base, respond_minutes, resolve_minutes, .. } =
            self.categories[self.category];
        let raised = Raises::NONE.with(Raise::Care, self.care && may_raise(TicketKind::of_category(code)));
        let working_day = self.calendar.working_day(self.opened_at);
        let limit =
            |minutes| Terms { category: String::new(), base_priority: base, raised, minutes }.limit(working_day);
        (priority_of(base, raised), limit(respond_minutes), limit(resolve_minutes))
    }

    /// Writes the whole life up to now.
    pub(super) fn write(mut self) -> Vec<Deed> {
        // Nothing is left to write where a step lies ahead of now: the ticket stands where it stands.
        let _ = self.moves();
        self.beside();
        self.deeds.sort_by_key(|deed| deed.at);
        self.deeds
    }

    fn moves(&mut self) -> Option<()> {
        if let Some(original) = self.original {
            let minutes = self.rng.between(2, 25);
            return self.go(minutes, Step { original: Some(original), ..Step::to(Status::Duplicate) });
        }
        if self.stuck.is_none() && self.rng.per_mille(15) {
            let minutes = self.rng.between(3, 240);
            let why = (*self.rng.pick(words::VOID)).to_owned();
            return self.go(minutes, Step { why, ..Step::to(Status::Void) });
        }
        self.sort_first()?;
        if self.stuck == Some(Stuck::New) {
            return None;
        }
        let category = &self.categories[self.category];
        let at_desk = category.roles.first() == Some(&Role::Desk);
        let refer = category.outside && category.priority != Priority::P1 && self.rng.per_mille(280);
        if self.stuck.is_none() && at_desk && self.rng.per_mille(900) {
            return self.answered();
        }
        if self.stuck == Some(Stuck::Referred) || (self.stuck.is_none() && refer) {
            self.referred()?;
        } else {
            self.sent()?;
            if self.stuck == Some(Stuck::Assigned) {
                return None;
            }
            self.done()?;
        }
        self.called_back()
    }

    /// Unsorted reports get their category from whoever reads them next.
    fn sort_first(&mut self) -> Option<()> {
        if self.words().code != "000" || self.stuck == Some(Stuck::New) || self.rng.per_mille(350) {
            return Some(());
        }
        let to = ["206", "402", "207", "210", "602"][self.rng.below(5)];
        let Some(position) = self.categories.iter().position(|c| c.code == to) else { return Some(()) };
        let minutes = self.rng.between(4, 50);
        self.pass(minutes)?;
        let edit = Edit { category: Some(self.categories[position].clone()), ..Edit::default() };
        let by = self.crew.clerk_at(self.at);
        self.deeds.push(Deed { at: self.at, by, act: Act::Edit { version: None, edit: Box::new(edit) } });
        self.category = position;
        Some(())
    }

    /// Answered on the spot; most callers are content at once.
    fn answered(&mut self) -> Option<()> {
        let minutes = self.rng.between(1, 6);
        let why = (*self.rng.pick(self.words().done)).to_owned();
        // The clerk answers while the caller is on the line, at any hour.
        self.pass(minutes)?;
        let by = self.crew.clerk_at(self.at);
        self.push(by, Step { why, ..Step::to(Status::Answered) });
        let minutes = if self.rng.per_mille(850) { self.rng.between(1, 4) } else { self.rng.between(60, 900) };
        let why = "来电人当场满意".to_owned();
        self.go(minutes, Step { why, ..Step::to(Status::Closed) })
    }

    fn referred(&mut self) -> Option<()> {
        let minutes = self.rng.between(3, 45);
        let body = if self.words().body.is_empty() { "社区" } else { self.words().body };
        self.pass(minutes)?;
        self.working_hours()?;
        let mut review = clock::ask_proposed(self.calendar, self.at);
        // Of those still with it one in four is to be asked by now, the others within the next days.
        let ahead = self.at.0 / MINUTE % 4;
        if self.stuck.is_some() && ahead > 0 {
            review = self.crew.wall.at(self.crew.today + ahead, 9 * 60).max(review);
        }
        let by = self.crew.clerk_at(self.at);
        let (why, phone) = (body.to_owned(), words::phone_of(body).to_owned());
        self.push(by, Step { why, phone, review: Some(review), ..Step::to(Status::Referred) });
        if self.stuck.is_some() {
            return None;
        }
        let (_, _, resolve) = self.limits();
        if self.rng.per_mille(400) {
            let minutes = self.until(resolve, 100, 400);
            self.go(minutes, Step::to(Status::Working))?;
        }
        let minutes = self.until(resolve, 300, 900);
        self.resolve(minutes)
    }

    /// Sent to somebody, who answers: now and then it goes to another first.
    fn sent(&mut self) -> Option<()> {
        let (priority, respond, _) = self.limits();
        let (least, most) = match priority {
            Priority::P1 => (1, 3),
            Priority::P2 => (1, 14),
            Priority::P3 => (2, 70),
            Priority::P4 => (20, 500),
        };
        // Nobody lets a quarter of an hour pass where the limit is one.
        let minutes = self.rng.between(least, most.min(respond / 4).max(least));
        self.assign(minutes, String::new(), None)?;
        if self.stuck == Some(Stuck::Assigned) {
            return Some(());
        }
        if self.rng.per_mille(40) && priority != Priority::P1 {
            // Given back, with the one who shall lead next.
            let why = (*self.rng.pick(words::RETURNED)).to_owned();
            let next = self.somebody_else();
            let minutes = self.rng.between(3, (respond / 5).clamp(3, 60));
            let staff = Some(self.staff(next));
            self.go(minutes, Step { staff, why, ..Step::to(Status::New) })?;
            let minutes = self.rng.between(2, (respond / 6).clamp(2, 30));
            self.assign(minutes, String::new(), Some(next))?;
        } else if self.rng.per_mille(25) {
            let next = self.somebody_else();
            if Some(next) != self.assignee {
                let minutes = self.rng.between(5, 40);
                self.assign(minutes, "手上有急活, 转给同事".to_owned(), Some(next))?;
            }
        }
        let minutes = match priority {
            Priority::P1 => 0,
            Priority::P2 => self.rng.between(1, (respond / 5).clamp(1, 9)),
            _ => self.rng.between(2, (respond / 6).clamp(2, 45)),
        };
        self.go(minutes, Step::to(Status::Accepted))
    }

    /// On site and done, with a rest in between where something is missing.
    fn done(&mut self) -> Option<()> {
        if self.stuck == Some(Stuck::Accepted) {
            return None;
        }
        let (priority, respond, resolve) = self.limits();
        // In danger nobody drinks his tea first: who is near goes at once.
        let minutes = match priority {
            Priority::P1 => self.until(respond, 250, 850).min(2),
            _ => self.until(respond.max(10), 250, 850),
        };
        self.go(minutes, Step::to(Status::Working))?;
        match self.stuck {
            Some(Stuck::Working) => return None,
            Some(Stuck::Unable) => return self.put_off(),
            _ => {}
        }
        if self.stuck == Some(Stuck::Paused) || (priority != Priority::P1 && self.rng.per_mille(70)) {
            self.pause()?;
        } else if priority == Priority::P4 && self.rng.per_mille(20) {
            self.put_off()?;
            let days = self.rng.between(12, 40);
            let by = self.crew.manager;
            self.pass(days * 24 * 60)?;
            self.daytime()?;
            let why = "列入改造计划, 已书面答复住户".to_owned();
            self.push(by, Step { why, ..Step::to(Status::Closed) });
            return None;
        }
        let minutes = self.until(resolve, 60, 800).max(5);
        self.resolve(minutes)
    }

    fn pause(&mut self) -> Option<()> {
        let minutes = self.rng.between(10, 90);
        let why = (*self.rng.pick(words::PAUSED)).to_owned();
        self.pass(minutes)?;
        let days = self.rng.between(1, 6);
        let mut review = self.crew.wall.at(self.crew.wall.day(self.at) + days, 9 * 60);
        if self.stuck == Some(Stuck::Paused) && self.rng.per_mille(850) {
            let ahead = self.rng.between(1, 12);
            review = self.crew.wall.at(self.crew.today + ahead, 9 * 60).max(review);
        }
        let by = self.crew.clerk_at(self.at);
        self.push(by, Step { why, review: Some(review), ..Step::to(Status::Paused) });
        if self.stuck.is_some() {
            return None;
        }
        let late = self.rng.between(0, 300);
        self.at = review.max(self.at);
        self.go(late, Step::to(Status::Working))
    }

    /// A manager says that it cannot be done now.
    fn put_off(&mut self) -> Option<()> {
        let minutes = self.rng.between(200, 2_000);
        self.pass(minutes)?;
        self.daytime()?;
        let days = self.rng.between(40, 180);
        let review = self.crew.wall.at(self.crew.wall.day(self.at) + days, 9 * 60);
        let why = (*self.rng.pick(words::UNABLE)).to_owned();
        let by = self.crew.manager;
        self.push(by, Step { why, review: Some(review), ..Step::to(Status::Unable) });
        if self.stuck.is_some() { None } else { Some(()) }
    }

    fn resolve(&mut self, minutes: i64) -> Option<()> {
        let why = (*self.rng.pick(self.words().done)).to_owned();
        self.go(minutes, Step { why, ..Step::to(Status::Resolved) })
    }

    /// The resident's word: solved, or done over again, or nobody reached three times.
    fn called_back(&mut self) -> Option<()> {
        if self.patrol {
            let minutes = self.rng.between(30, 600);
            let why = (*self.rng.pick(words::CHECKED)).to_owned();
            return self.go_by_day(minutes, Step { why, ..Step::to(Status::Closed) });
        }
        self.wait_for_callback()?;
        match self.rng.below(1_000) {
            0..60 => {
                for _ in 0..TRIES {
                    self.call_back(Call::NoAnswer);
                    self.pass(24 * 60)?;
                    self.wait_for_callback()?;
                }
                return Some(());
            }
            60..105 => {
                self.once_more(true)?;
                self.wait_for_callback()?;
            }
            _ => {}
        }
        self.content();
        // Now and then it breaks again, weeks later.
        if self.rng.per_mille(15) {
            let days = self.rng.between(2, 60);
            self.pass(days * 24 * 60)?;
            self.daytime()?;
            self.once_more(false)?;
            self.wait_for_callback()?;
            self.content();
        }
        Some(())
    }

    fn content(&mut self) {
        let verdict = Verdict::ALL[self.rng.weighted(&[84, 13, 3])];
        let in_time = self.rng.per_mille(910);
        self.call_back(Call::Solved { whom: Whom::Reporter, in_time, verdict, words: String::new() });
    }

    fn call_back(&mut self, call: Call) {
        self.open_until = self.open_until.min(self.at);
        let by = self.crew.clerk_at(self.at);
        self.deeds.push(Deed { at: self.at, by, act: Act::CallBack(call) });
    }

    /// 重办: another one goes, and it is solved this time. Found out by ringing back, or the resident came again himself.
    fn once_more(&mut self, by_callback: bool) -> Option<()> {
        let why = (*self.rng.pick(words::NOT_SOLVED)).to_owned();
        let next = self.somebody_else();
        self.assignee = Some(next);
        let staff = self.staff(next);
        if by_callback {
            self.call_back(Call::NotSolved { whom: Whom::Reporter, words: why, next: staff });
        } else {
            let by = self.crew.clerk_at(self.at);
            self.push(by, Step { why, ..Step::assign(staff) });
        }
        let minutes = self.rng.between(3, 30);
        self.go(minutes, Step::to(Status::Accepted))?;
        let minutes = self.rng.between(15, 200);
        self.go(minutes, Step::to(Status::Working))?;
        let minutes = self.rng.between(20, 400);
        self.resolve(minutes)
    }

    /// Minutes from here to a moment within a limit that began when the report was taken: so many thousandths of it,
    /// early ones more often. One in eleven takes longer than the limit.
    fn until(&mut self, limit: i64, least: i64, most: i64) -> i64 {
        let priority = self.limits().0;
        let (from, round) = (self.opened_at, clock::round_the_clock(priority));
        let due = Clock { from, round, calendar: self.calendar, pauses: &[], stopped: None }.due(limit);
        let share = if self.rng.per_mille(90) {
            self.rng.between(1_050, 2_200)
        } else {
            least + self.rng.between(0, most - least) * self.rng.between(300, 1_000) / 1_000
        };
        let at = self.opened_at.0 + (due.0 - self.opened_at.0) / 1_000 * share;
        // Steps behind each other take a few minutes whatever the limit says.
        ((at - self.at.0) / MINUTE).max(self.rng.between(1, 3))
    }

    fn assign(&mut self, minutes: i64, why: String, to: Option<usize>) -> Option<()> {
        self.pass(minutes)?;
        self.working_hours()?;
        let role = self.role();
        let to = to.unwrap_or_else(|| {
            let Self { crew, compound, at, ref mut rng, .. } = *self;
            crew.somebody(role, compound, at, None, rng)
        });
        self.assignee = Some(to);
        let step = Step { why, ..Step::assign(self.staff(to)) };
        let by = self.crew.clerk_at(self.at);
        self.push(by, step);
        Some(())
    }

    fn role(&self) -> Role {
        self.categories[self.category].roles.first().copied().unwrap_or(Role::Repairer)
    }

    fn somebody_else(&mut self) -> usize {
        let role = self.role();
        let Self { crew, compound, at, assignee, ref mut rng, .. } = *self;
        crew.somebody(role, compound, at, assignee, rng)
    }

    fn staff(&self, at: usize) -> StaffId {
        self.crew.staff[at].id
    }

    /// One move after so many minutes; ordinary jobs wait for the morning.
    fn go(&mut self, minutes: i64, step: Step) -> Option<()> {
        self.pass(minutes)?;
        self.working_hours()?;
        let by = self.crew.clerk_at(self.at);
        self.push(by, step);
        Some(())
    }

    fn go_by_day(&mut self, minutes: i64, step: Step) -> Option<()> {
        self.pass(minutes)?;
        self.daytime()?;
        let by = self.crew.clerk_at(self.at);
        self.push(by, step);
        Some(())
    }

    fn push(&mut self, by: OperatorId, step: Step) {
        // Whatever happens beside the moves happens before the first end, also where it is opened again later.
        if matches!(step.to, Status::Answered | Status::Resolved | Status::Duplicate | Status::Void | Status::Closed) {
            self.open_until = self.open_until.min(self.at);
        }
        let at = self.at;
        self.deeds.push(Deed { at, by, act: Act::Move { version: None, step } });
    }

    /// Time passes, with some seconds so that no two things happen at once; nothing when that lies ahead of now.
    fn pass(&mut self, minutes: i64) -> Option<()> {
        self.at = Time(self.at.0 + minutes * MINUTE + self.rng.between(1, 59) * 1_000);
        (self.at <= self.now).then_some(())
    }

    fn working_hours(&mut self) -> Option<()> {
        let urgent = matches!(self.limits().0, Priority::P1 | Priority::P2);
        if urgent { Some(()) } else { self.between(8 * 60, 20 * 60) }
    }

    fn daytime(&mut self) -> Option<()> {
        self.between(8 * 60 + 30, 18 * 60)
    }

    /// Callbacks are made in the morning, the afternoon and the evening, not at noon and not after eight.
    fn wait_for_callback(&mut self) -> Option<()> {
        let minutes = if self.rng.per_mille(500) { self.rng.between(40, 240) } else { self.rng.between(600, 1_500) };
        self.pass(minutes)?;
        self.between(8 * 60 + 30, 20 * 60)?;
        if (12 * 60..14 * 60 + 30).contains(&self.crew.wall.minute(self.at)) {
            let minutes = 14 * 60 + 30 - self.crew.wall.minute(self.at) + self.rng.between(0, 90);
            return self.pass(minutes);
        }
        Some(())
    }

    /// Moves on to the next opening when the hour is outside.
    fn between(&mut self, from: i64, to: i64) -> Option<()> {
        let (day, minute) = (self.crew.wall.day(self.at), self.crew.wall.minute(self.at));
        if !(from..to).contains(&minute) {
            let day = if minute >= to { day + 1 } else { day };
            let seconds = self.rng.between(1, 59);
            self.at = Time(self.crew.wall.at(day, from + self.rng.between(1, 40)).0 + seconds * 1_000);
        }
        (self.at <= self.now).then_some(())
    }
}
