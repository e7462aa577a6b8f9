//! Changes on their way to the data file, and what follows when they are written, refused or lost.
//! No rule is decided here: the answer says what became of a change.

use crate::desk::frame::layer::{self, AnyLayer};
use crate::desk::frame::notice::Level;
use crate::desk::frame::{held, say};
use crate::desk::intake::told;
use crate::desk::roster::stand_in;
use crate::desk::ticket::moving::{self, Moving};
use crate::desk::ticket::{around, send};
use crate::desk::{Desk, Effect, Operator};
use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{CommandUid, TicketId};
use crate::domain::base::trouble::Trouble;
use crate::domain::op::kind::Undo;
use crate::domain::op::{Done, Op};
use crate::domain::parked::op::Form;
use crate::domain::refusal::Refusal;
use crate::domain::roster::duty::Gap;
use crate::domain::ticket::op::{Act, TicketOp};
use crate::text::labels::Labelled;
use crate::text::{refusal, t, trouble};

/// What follows once a change is written.
#[derive(Clone, Debug, PartialEq)]
pub enum After {
    /// The notice is all.
    Nothing,
    /// The layers of this chain close.
    Close(u64),
    /// The layers of this chain close, and the notice says who got it.
    Given {
        /// The chain.
        chain: u64,
        /// Name and phone.
        to: String,
        /// The move, to be asked about where another desk was quicker.
        moving: Box<Moving>,
    },
    /// The intake closes and says what to tell the caller.
    Saved(CommandUid),
    /// The form of a correction closes.
    Corrected(CommandUid),
    /// The parked intake is safe; until then its form is kept here.
    Parked(Box<Form>),
    /// The form of this mark comes back onto the screen.
    Unparked(CommandUid),
    /// These layers close, and where somebody did not come it is asked who steps in.
    Marked {
        /// The layers that asked.
        chain: u64,
        /// The gap it opened.
        gap: Option<Box<Gap>>,
    },
    /// These layers close, and the message for who steps in is on the clipboard.
    SteppedIn {
        /// The layers that asked.
        chain: u64,
        /// The message.
        message: String,
    },
    /// The layers of this chain close, and this operator sits here from now on.
    TookOver(u64, Operator),
    /// It was a plan of shifts: the grid shows it already.
    Roster,
    /// It was an undo.
    Undo,
    /// It was a redo.
    Redo,
}

impl After {
    /// The chain of questions that closes.
    const fn chain(&self) -> Option<u64> {
        match self {
            Self::Close(chain)
            | Self::Given { chain, .. }
            | Self::Marked { chain, .. }
            | Self::SteppedIn { chain, .. }
            | Self::TookOver(chain, _) => Some(*chain),
            _ => None,
        }
    }
}

/// A change on its way.
#[derive(Debug)]
struct Waiting {
    n: u64,
    after: After,
    tickets: Vec<TicketId>,
    /// Whether undo takes it back.
    undoable: bool,
}

/// Changes sent and not yet answered.
#[derive(Debug, Default)]
pub struct Commits {
    count: u64,
    waiting: Vec<Waiting>,
}

impl Commits {
    /// Whether something is on its way that `after` follows.
    pub fn waits(&self, after: &After) -> bool {
        self.waiting.iter().any(|waiting| waiting.after == *after)
    }

    /// Whether the answers of a chain of questions are on their way.
    pub fn waits_of(&self, chain: u64) -> bool {
        self.waiting.iter().any(|waiting| waiting.after.chain() == Some(chain))
    }

    /// Whether a parked intake is being taken up.
    pub fn unparks(&self) -> bool {
        self.waiting.iter().any(|waiting| matches!(waiting.after, After::Unparked(_)))
    }

    /// Whether nothing is on its way.
    pub const fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn sent(&mut self, after: After, tickets: Vec<TicketId>, undoable: bool) -> u64 {
        self.count += 1;
        self.waiting.push(Waiting { n: self.count, after, tickets, undoable });
        self.count
    }

    fn answered(&mut self, n: u64) -> Option<Waiting> {
        let at = self.waiting.iter().position(|waiting| waiting.n == n)?;
        Some(self.waiting.remove(at))
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
        let tickets = match &op {
            Op::Ticket(TicketOp::Act { id, .. }) => vec![*id],
            Op::Ticket(TicketOp::Many(acts)) => acts.iter().map(|(id, _)| *id).collect(),
            _ => Vec::new(),
        };
        self.discarded = None;
        let n = self.commits.sent(after, tickets, op.undo() == Undo::Possible);
        self.emit(Effect::Commit { n, uid, op: Box::new(op) });
    }

    /// Acts on one ticket or on many by one key: one command, which one undo takes back.
    pub fn commit_all(&mut self, mut acts: Vec<(TicketId, Act)>, after: After) {
        match acts.len() {
            0 => {}
            1 => {
                let (id, act) = acts.remove(0);
                self.commit(Op::Ticket(TicketOp::Act { id, act }), after);
            }
            _ => self.commit(Op::Ticket(TicketOp::Many(acts)), after),
        }
    }

    /// Takes back what the newest key of this session did.
    pub fn undo(&mut self) {
        if let Some(form) = self.discarded.take() {
            return crate::desk::intake::bring_back(self, form);
        }
        let (uid, n) = (self.mark(), self.commits.sent(After::Undo, Vec::new(), false));
        self.emit(Effect::Undo { n, uid });
    }

    /// Makes it again.
    pub fn redo(&mut self) {
        let (uid, n) = (self.mark(), self.commits.sent(After::Redo, Vec::new(), true));
        self.emit(Effect::Redo { n, uid });
    }

    /// A change is written.
    pub(in crate::desk) fn committed(&mut self, n: u64, done: &Done) {
        let Some(Waiting { after, tickets, undoable, .. }) = self.commits.answered(n) else { return };
        // What was saved can be found again.
        self.moved = None;
        let mut words = self.what_was_done(&after, done, undoable);
        if let [asked] = tickets[..]
            && done.entity == Entity::Ticket
            && asked.0 != done.id
            && let Some(row) = crate::desk::ticket::act::row(self, asked)
        {
            let merged = t("{number} 已并入它: ", "{number} went into it: ");
            words = merged.with(self.lang, &[("number", &row.ticket.number.short())]) + &words;
        }
        self.notice(Level::Done, words);
        match after {
            After::Roster if done.kind == EventKind::Published => {
                crate::desk::roster::grid::publish::close(self);
                crate::desk::roster::grid::print(self);
            }
            After::Nothing | After::Roster | After::Undo | After::Redo => {}
            After::Close(chain) | After::Given { chain, .. } => {
                let form = crate::desk::intake::of_chain(self, chain);
                layer::close_chain(self, chain);
                if let Some(at) = form {
                    told::open_used(self, at, done);
                }
            }
            After::TookOver(chain, operator) => {
                layer::close_chain(self, chain);
                crate::desk::handover::took_over(self, operator);
            }
            After::Saved(uid) => told::open(self, uid, done),
            After::Marked { chain, gap } => {
                layer::close_chain(self, chain);
                if let Some(gap) = gap {
                    stand_in::open(self, *gap);
                }
            }
            After::SteppedIn { chain, message } => {
                layer::close_chain(self, chain);
                self.emit(Effect::Copy(message));
            }
            After::Corrected(uid) => drop(crate::desk::intake::close(self, uid)),
            After::Parked(form) => self.emit(Effect::DropDraft(form.uid)),
            After::Unparked(_) => {
                if let Some(form) = &done.form {
                    crate::desk::intake::open_form(self, form);
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
    pub(in crate::desk) fn refused(&mut self, n: Option<u64>, refusal: &Refusal) {
        let answered = n.and_then(|n| self.commits.answered(n));
        let tickets = match refusal {
            // It says itself which.
            Refusal::OfMany { .. } => Vec::new(),
            _ => answered.as_ref().map(|waiting| waiting.tickets.clone()).unwrap_or_default(),
        };
        let sentence = say::about(self, &refusal::sentence(refusal, self.lang), &tickets);
        if let (Refusal::Overtaken(theirs), Some(After::Given { moving, .. })) =
            (refusal, answered.as_ref().map(|waiting| &waiting.after))
        {
            send::overtaken(self, (**moving).clone(), sentence, theirs);
        } else {
            self.notice(Level::Refused, sentence);
        }
        if let Some(Waiting { after, .. }) = answered {
            if let After::Unparked(uid) = after {
                // Another desk has it. After a failure it is kept: whether it was taken up is known at the next start.
                self.emit(Effect::DropDraft(uid));
            }
            if let (Refusal::Conflict { .. }, Some(chain)) = (refusal.rule(), after.chain()) {
                around::said(self, chain);
            }
            if let (Refusal::Overtaken(_), Some(chain)) = (refusal.rule(), after.chain()) {
                moving::said(self, chain);
            }
            self.put_back(after);
        }
        let stale = |rule: &Refusal| {
            matches!(
                rule,
                Refusal::Conflict { .. }
                    | Refusal::Overtaken(_)
                    | Refusal::MoveNotPermitted { .. }
                    | Refusal::ParkedGone
            )
        };
        if stale(refusal.rule()) {
            self.ask_again(&[Entity::Ticket, Entity::Parked]);
        }
        if matches!(refusal, Refusal::HandoverStale | Refusal::HandoverSigned | Refusal::PinLocked { .. }) {
            self.ask_again(&[Entity::Handover]);
        }
    }

    /// The machine failed: what was typed stays.
    pub(in crate::desk) fn failed(&mut self, n: Option<u64>, trouble: &Trouble) {
        let mut words = trouble::sentence(trouble, self.lang);
        if let Trouble::Moved { how, .. } = trouble {
            self.moved = Some(*how);
            words += self.say(held::OFFER);
        }
        self.notice(Level::Trouble, words);
        if let Some(Waiting { after, .. }) = n.and_then(|n| self.commits.answered(n)) {
            self.put_back(after);
        }
    }

    /// A setting lasts only as long as the desk.
    pub(in crate::desk) fn not_kept(&mut self, trouble: &Trouble) {
        let why = trouble::sentence(trouble, self.lang);
        let words = t("设置没有存下: {why}", "The setting was not kept: {why}").with(self.lang, &[("why", &why)]);
        self.notice(Level::Trouble, words);
    }

    /// Asks again what may have changed.
    pub(in crate::desk) fn ask_again(&mut self, kinds: &[Entity]) {
        for (slot, query) in self.asks.touched(kinds, self.now) {
            self.ask(slot, query);
        }
    }

    fn put_back(&mut self, after: After) {
        match after {
            After::Parked(form) => {
                self.layers.insert(0, AnyLayer::Intake(Box::new(crate::desk::intake::Intake::of_form(&form))));
            }
            After::Corrected(uid) => crate::desk::intake::refresh(self, uid),
            After::Roster => self.ask_again(&[Entity::Roster]),
            After::Undo | After::Redo => self.ask_again(&[Entity::Ticket]),
            _ => {}
        }
    }

    fn what_was_done(&self, after: &After, done: &Done, undoable: bool) -> String {
        let kind = done.of.unwrap_or(done.kind);
        let label = self.say(kind.label());
        let many = if done.entity == Entity::Ticket { done.also + 1 } else { 1 };
        let mut what = match done.number {
            _ if many > 1 => {
                t("{what} {n} 件", "{what} {n} tickets").with(self.lang, &[("what", &label), ("n", &many)])
            }
            Some(number) => format!("{label} {}", number.short()),
            None if matches!(done.entity, Entity::Ticket | Entity::Parked) || says_of_what(kind) => label.to_owned(),
            None => t("{kind}{entity}", "{entity} {kind}")
                .with(self.lang, &[("kind", &label), ("entity", &self.say(done.entity.label()))]),
        };
        if done.entity == Entity::Calendar && done.also > 0 {
            let words = t(", {n} 张工单重算时限", ", due times of {n} tickets reckoned anew");
            what += &words.with(self.lang, &[("n", &done.also)]);
        }
        match after {
            After::Undo => t("已撤销: {what}  (Ctrl+R 重做)", "Undone: {what}  (Ctrl+R makes it again)")
                .with(self.lang, &[("what", &what)]),
            After::Redo => t("已重做: {what}", "Done again: {what}").with(self.lang, &[("what", &what)]),
            After::Parked(_) => say::parked(self),
            After::SteppedIn { .. } => t(
                "已记顶班, 发给他的话已复制  (u 撤销)",
                "Who steps in is saved, the message for them is on the clipboard  (u undoes)",
            )
            .get(self.lang)
            .to_owned(),
            After::Roster if kind == EventKind::Published => crate::desk::roster::grid::said(self).unwrap_or(what),
            _ if !undoable => t("已保存: {what}", "Saved: {what}").with(self.lang, &[("what", &what)]),
            After::Roster => t("已保存: {what}  (u 撤销)", "Saved: {what}  (u undoes)")
                .with(self.lang, &[("what", &crate::desk::roster::grid::said(self).unwrap_or(what))]),
            After::Given { to, .. } if many == 1 => {
                t("已保存: {what} 给 {to}  (u 撤销)", "Saved: {what} to {to}  (u undoes)")
                    .with(self.lang, &[("what", &what), ("to", to)])
            }
            // 已派单 3 件; a label that begins so already is not doubled.
            _ if many > 1 => t("已{what}  (u 撤销)", "Saved: {what}  (u undoes)")
                .with(self.lang, &[("what", &what.strip_prefix('已').unwrap_or(&what))]),
            _ => t("已保存: {what}  (u 撤销)", "Saved: {what}  (u undoes)").with(self.lang, &[("what", &what)]),
        }
    }
}

/// Whether the label of what happened names the thing already: `停供通知`, not `停供通知停供`.
const fn says_of_what(kind: EventKind) -> bool {
    use EventKind::{Announced, Covered, Drafted, Marked, Over, Planned, Published, Signed, TakenOver};
    matches!(kind, Announced | Covered | Drafted | Marked | Over | Planned | Published | Signed | TakenOver)
}
