//! Changes on their way to the data file, and what follows when they are written, refused or lost.
//! No rule is decided here: the answer says what became of a change.

use super::layer::{self, Layer, told};
use super::notice::Level;
use super::{Desk, Effect, say};
use crate::domain::event::{Entity, EventKind};
use crate::domain::id::{CommandUid, TicketId};
use crate::domain::op::parked::Form;
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
    /// The intake closes and says what to tell the caller.
    Saved(CommandUid),
    /// The form of a correction closes.
    Corrected(CommandUid),
    /// The parked intake is safe; until then its form is kept here.
    Parked(Box<Form>),
    /// The form of this mark comes back onto the screen.
    Unparked(CommandUid),
    /// It was an undo.
    Undo,
    /// It was a redo.
    Redo,
}

/// Changes sent and not yet answered.
#[derive(Debug, Default)]
pub struct Commits {
    count: u64,
    waiting: Vec<(u64, After)>,
    /// What the undos of this session took back and no redo has made again, the newest last.
    undone: Vec<EventKind>,
}

impl Commits {
    /// Whether something is on its way that `after` follows.
    pub fn waits(&self, after: &After) -> bool {
        self.waiting.iter().any(|(_, other)| other == after)
    }

    /// Whether a parked intake is being taken up.
    pub fn unparks(&self) -> bool {
        self.waiting.iter().any(|(_, after)| matches!(after, After::Unparked(_)))
    }

    /// Whether nothing is on its way.
    pub const fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn sent(&mut self, after: After) -> u64 {
        self.count += 1;
        self.waiting.push((self.count, after));
        self.count
    }

    fn answered(&mut self, n: u64) -> Option<After> {
        let at = self.waiting.iter().position(|(other, _)| *other == n)?;
        Some(self.waiting.remove(at).1)
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
        let n = self.commits.sent(after);
        self.emit(Effect::Commit { n, uid, op: Box::new(op) });
    }

    /// Takes back the newest change of this session.
    pub fn undo(&mut self) {
        let (uid, n) = (self.mark(), self.commits.sent(After::Undo));
        self.emit(Effect::Undo { n, uid });
    }

    /// Makes it again.
    pub fn redo(&mut self) {
        let (uid, n) = (self.mark(), self.commits.sent(After::Redo));
        self.emit(Effect::Redo { n, uid });
    }

    /// A change is written.
    pub(super) fn committed(&mut self, n: u64, done: &Done) {
        let Some(after) = self.commits.answered(n) else { return };
        let of = match after {
            After::Undo => {
                self.commits.undone.extend(done.of);
                done.of
            }
            After::Redo => self.commits.undone.pop().or(done.of),
            _ => {
                self.commits.undone.clear();
                None
            }
        };
        let words = self.what_was_done(&after, done, of.unwrap_or(done.kind));
        self.notice(Level::Done, words);
        match after {
            After::Nothing | After::Undo | After::Redo => {}
            After::Close(chain) => layer::done_to(self, chain, TicketId(done.id)),
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
            EventKind::Taken | EventKind::Undone | EventKind::Redone => &[Entity::Ticket, Entity::Parked],
            _ => &[done.entity],
        };
        self.ask_again(kinds);
    }

    /// A rule said no: what was typed stays.
    pub(super) fn refused(&mut self, n: Option<u64>, refusal: &Refusal) {
        let sentence = refusal::sentence(refusal, self.lang);
        self.notice(Level::Refused, sentence);
        if let Some(after) = n.and_then(|n| self.commits.answered(n)) {
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
        if let Some(after) = n.and_then(|n| self.commits.answered(n)) {
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
            _ => {}
        }
    }

    fn what_was_done(&self, after: &After, done: &Done, kind: EventKind) -> String {
        let number = done.number.map(|number| format!(" {}", number.short())).unwrap_or_default();
        let what = format!("{}{number}", self.say(kind.label()));
        match after {
            After::Undo => t("已撤销: {what}  (Ctrl+R 重做)", "Undone: {what}  (Ctrl+R makes it again)")
                .with(self.lang, &[("what", &what)]),
            After::Redo => t("已重做: {what}", "Done again: {what}").with(self.lang, &[("what", &what)]),
            After::Parked(_) => say::parked(self),
            _ => t("已保存: {what}  (u 撤销)", "Saved: {what}  (u undoes)").with(self.lang, &[("what", &what)]),
        }
    }
}
