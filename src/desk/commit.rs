//! Changes on their way to the data file, and what follows when they are written, refused or lost.
//! No rule is decided here: the answer says what became of a change.

use super::layer::{self, Layer, told};
use super::notice::Level;
use super::{Desk, Effect, say};
use crate::domain::event::{Entity, EventKind};
use crate::domain::id::{CommandUid, TicketId};
use crate::domain::op::parked::Form;
use crate::domain::op::ticket::Act;
use crate::domain::op::{Done, Op};
use crate::domain::refusal::Refusal;
use crate::domain::trouble::Trouble;
use crate::text::labels::Labelled;
use crate::text::{refusal, t, trouble};

/// What follows once a change is written.
#[derive(Clone, Debug, PartialEq)]
pub enum After {
    /// The notice is all.
    Nothing,
    /// The layers of this chain close, with the last ticket they are for.
    Close(u64),
    /// The layers of this chain close: a resident was rung back, which no undo takes back.
    Called(u64),
    /// The intake closes and says what to tell the caller.
    Saved(CommandUid),
    /// The form of a correction closes.
    Corrected(CommandUid),
    /// The parked intake is safe; until then its form is kept here.
    Parked(Box<Form>),
    /// The form of this mark comes back onto the screen.
    Unparked(CommandUid),
    /// It was an undo.
    Undo(Many),
    /// It was a redo.
    Redo(Many),
}

/// One key may change many tickets, and one key takes all of that back: how far that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Many {
    /// Changes of it taken back, or made again, so far.
    done: usize,
    /// Still to follow after the one on its way.
    left: usize,
}

impl Many {
    const fn of(all: usize) -> Self {
        Self { done: 0, left: all.saturating_sub(1) }
    }

    const fn next(self) -> Self {
        Self { done: self.done + 1, left: self.left.saturating_sub(1) }
    }
}

/// A change on its way.
#[derive(Debug)]
struct Waiting {
    n: u64,
    after: After,
    /// The key it was sent by, as the number of the first change sent by it.
    by: u64,
    ticket: Option<TicketId>,
}

/// Changes sent and not yet answered.
#[derive(Debug, Default)]
pub struct Commits {
    count: u64,
    waiting: Vec<Waiting>,
    /// How many changes each key of this session made, the newest last, with the key.
    made: Vec<(u64, usize)>,
    /// What the undos of this session took back and no redo has made again, the newest last.
    undone: Vec<(EventKind, usize)>,
}

impl Commits {
    /// Whether something is on its way that `after` follows.
    pub fn waits(&self, after: &After) -> bool {
        self.waiting.iter().any(|waiting| waiting.after == *after)
    }

    /// Whether a parked intake is being taken up.
    pub fn unparks(&self) -> bool {
        self.waiting.iter().any(|waiting| matches!(waiting.after, After::Unparked(_)))
    }

    /// Whether nothing is on its way.
    pub const fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn sent(&mut self, after: After, by: Option<u64>, ticket: Option<TicketId>) -> u64 {
        self.count += 1;
        self.waiting.push(Waiting { n: self.count, after, by: by.unwrap_or(self.count), ticket });
        self.count
    }

    fn answered(&mut self, n: u64) -> Option<Waiting> {
        let at = self.waiting.iter().position(|waiting| waiting.n == n)?;
        Some(self.waiting.remove(at))
    }

    /// A change of this key is written; gives how many of it are.
    fn made(&mut self, by: u64) -> usize {
        self.undone.clear();
        match self.made.last_mut() {
            Some((key, made)) if *key == by => {
                *made += 1;
                *made
            }
            _ => {
                self.made.push((by, 1));
                1
            }
        }
    }
}

impl Desk {
    /// Changes sent and not yet answered.
    pub const fn commits(&self) -> &Commits {
        &self.commits
    }

    /// Sends a change.
    pub fn commit(&mut self, op: Op, after: After) {
        let uid = self.mark();
        self.commit_marked(uid, op, after);
    }

    /// Sends a change under a mark made earlier.
    pub fn commit_marked(&mut self, uid: CommandUid, op: Op, after: After) {
        self.send(uid, op, after, None);
    }

    /// Does the same to many tickets by one key.
    pub fn commit_all(&mut self, acts: Vec<(TicketId, Act)>, after: &After) {
        let by = self.commits.count + 1;
        for (id, act) in acts {
            let uid = self.mark();
            self.send(uid, Op::Ticket { id, act }, after.clone(), Some(by));
        }
    }

    fn send(&mut self, uid: CommandUid, op: Op, after: After, by: Option<u64>) {
        let ticket = match &op {
            Op::Ticket { id, .. } => Some(*id),
            _ => None,
        };
        let n = self.commits.sent(after, by, ticket);
        self.emit(Effect::Commit { n, uid, op: Box::new(op) });
    }

    /// Takes back what the newest key of this session did.
    pub fn undo(&mut self) {
        let all = self.commits.made.pop().map_or(1, |(_, made)| made);
        self.take_back(Many::of(all));
    }

    /// Makes it again.
    pub fn redo(&mut self) {
        let all = self.commits.undone.last().map_or(1, |(_, many)| *many);
        self.make_again(Many::of(all));
    }

    fn take_back(&mut self, many: Many) {
        let (uid, n) = (self.mark(), self.commits.sent(After::Undo(many), None, None));
        self.emit(Effect::Undo { n, uid });
    }

    fn make_again(&mut self, many: Many) {
        let (uid, n) = (self.mark(), self.commits.sent(After::Redo(many), None, None));
        self.emit(Effect::Redo { n, uid });
    }

    /// A change is written.
    pub(super) fn committed(&mut self, n: u64, done: &Done) {
        let Some(Waiting { after, by, .. }) = self.commits.answered(n) else { return };
        let (of, many) = match after {
            // One by one: where one cannot be taken back, those before it stay as they are.
            After::Undo(many) if many.left > 0 => return self.take_back(many.next()),
            After::Redo(many) if many.left > 0 => return self.make_again(many.next()),
            After::Undo(many) => {
                self.commits.undone.extend(done.of.map(|of| (of, many.done + 1)));
                (done.of, many.done + 1)
            }
            After::Redo(many) => {
                let of = self.commits.undone.pop().map(|(of, _)| of).or(done.of);
                self.commits.made.push((n, many.done + 1));
                (of, many.done + 1)
            }
            // What is parked and taken up again is not for undo, nor is what somebody said.
            After::Called(_) => {
                self.commits.undone.clear();
                (None, 1)
            }
            _ if done.entity != Entity::Parked => (None, self.commits.made(by)),
            _ => (None, 1),
        };
        let words = self.what_was_done(&after, done, of.unwrap_or(done.kind), many);
        self.notice(Level::Done, words);
        match after {
            After::Nothing | After::Undo(_) | After::Redo(_) => {}
            After::Close(chain) | After::Called(chain) => {
                let form = layer::intake::of_chain(self, chain);
                layer::done_to(self, chain, TicketId(done.id));
                if let Some(at) = form.filter(|_| layer::intake::of_chain(self, chain).is_none()) {
                    told::open_used(self, at, done);
                }
            }
            After::Saved(uid) => told::open(self, uid, done),
            After::Corrected(uid) => drop(layer::intake::close(self, uid)),
            After::Parked(form) => self.emit(Effect::DropDraft(form.uid)),
            After::Unparked(_) => {
                if let Some(form) = &done.form {
                    layer::intake::open_form(self, form);
                }
            }
        }
        let kinds: &[Entity] = match done.kind {
            // New hours move due times.
            _ if done.entity == Entity::Calendar => &[Entity::Calendar, Entity::Ticket],
            EventKind::Undone | EventKind::Redone if !matches!(done.entity, Entity::Ticket | Entity::Parked) => {
                &[done.entity]
            }
            EventKind::Taken | EventKind::Undone | EventKind::Redone => &[Entity::Ticket, Entity::Parked],
            _ => &[done.entity],
        };
        self.ask_again(kinds);
    }

    /// A rule said no: what was typed stays.
    pub(super) fn refused(&mut self, n: Option<u64>, refusal: &Refusal) {
        let answered = n.and_then(|n| self.commits.answered(n));
        let tickets: Vec<TicketId> = answered.iter().filter_map(|waiting| waiting.ticket).collect();
        let sentence = say::about(self, &refusal::sentence(refusal, self.lang), &tickets);
        self.notice(Level::Refused, sentence);
        if let Some(Waiting { after, .. }) = answered {
            if let After::Unparked(uid) = after {
                // Another desk has it. After a failure it is kept: whether it was taken up is known at the next start.
                self.emit(Effect::DropDraft(uid));
            }
            self.put_back(after);
        }
        if matches!(refusal, Refusal::Conflict { .. } | Refusal::MoveNotPermitted { .. } | Refusal::ParkedGone) {
            self.ask_again(&[Entity::Ticket, Entity::Parked]);
        }
    }

    /// The machine failed: what was typed stays.
    pub(super) fn failed(&mut self, n: Option<u64>, trouble: &Trouble) {
        self.notice(Level::Trouble, trouble::sentence(trouble, self.lang));
        if let Some(Waiting { after, .. }) = n.and_then(|n| self.commits.answered(n)) {
            self.put_back(after);
        }
    }

    /// A setting lasts only as long as the desk.
    pub(super) fn not_kept(&mut self, trouble: &Trouble) {
        let why = trouble::sentence(trouble, self.lang);
        let words = t("设置没有存下: {why}", "The setting was not kept: {why}").with(self.lang, &[("why", &why)]);
        self.notice(Level::Trouble, words);
    }

    /// Asks again what may have changed.
    pub(super) fn ask_again(&mut self, kinds: &[Entity]) {
        for (slot, query) in self.asks.touched(kinds, self.now) {
            self.ask(slot, query);
        }
    }

    fn put_back(&mut self, after: After) {
        match after {
            After::Parked(form) => {
                self.layers.insert(0, Layer::Intake(Box::new(layer::intake::Intake::of_form(&form))));
            }
            After::Corrected(uid) => layer::intake::refresh(self, uid),
            // What of the key is still written is what the next undo is about.
            After::Undo(many) => {
                self.commits.made.push((0, many.left + 1));
                self.ask_again(&[Entity::Ticket]);
            }
            After::Redo(_) => self.ask_again(&[Entity::Ticket]),
            _ => {}
        }
    }

    fn what_was_done(&self, after: &After, done: &Done, kind: EventKind, many: usize) -> String {
        let number = match done.number {
            _ if many > 1 => t(" {n} 张", " {n} tickets").with(self.lang, &[("n", &many)]),
            Some(number) => format!(" {}", number.short()),
            None => String::new(),
        };
        let mut what = match done.entity {
            Entity::Ticket | Entity::Parked => format!("{}{number}", self.say(kind.label())),
            entity => t("{kind}{entity}", "{entity} {kind}")
                .with(self.lang, &[("kind", &self.say(kind.label())), ("entity", &self.say(entity.label()))]),
        };
        if done.entity == Entity::Calendar && done.also > 0 {
            let words = t(", {n} 张工单重算时限", ", due times of {n} tickets reckoned anew");
            what += &words.with(self.lang, &[("n", &done.also)]);
        }
        match after {
            After::Undo(_) => t("已撤销: {what}  (Ctrl+R 重做)", "Undone: {what}  (Ctrl+R makes it again)")
                .with(self.lang, &[("what", &what)]),
            After::Redo(_) => t("已重做: {what}", "Done again: {what}").with(self.lang, &[("what", &what)]),
            After::Parked(_) => say::parked(self),
            After::Called(_) => t("已保存: {what}", "Saved: {what}").with(self.lang, &[("what", &what)]),
            _ => t("已保存: {what}  (u 撤销)", "Saved: {what}  (u undoes)").with(self.lang, &[("what", &what)]),
        }
    }
}
