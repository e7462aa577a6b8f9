//! The writer's thread: changes in the order they were asked for, none dropped. Leaving the desk waits for the last.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::failed;
use super::finder::Notice;
use crate::desk::Msg;
use crate::domain::base::event::EventKind;
use crate::domain::base::id::{CommandUid, TicketId};
use crate::domain::base::paper::Paper;
use crate::domain::base::trouble::Trouble;
use crate::domain::op::{Done, Op};
use crate::exchange;
use crate::setup::clock::Clock;
use crate::setup::papers;
use crate::store::{Access, Error, Held, Result, Store, Who};
use crate::text::Lang;

/// One thing to write.
pub(super) enum Writing {
    Commit { n: u64, uid: CommandUid, op: Box<Op> },
    Undo { n: u64, uid: CommandUid },
    Redo { n: u64, uid: CommandUid },
    LogAccess(TicketId),
    Print { paper: Paper, folder: PathBuf, templates: Option<PathBuf>, lang: Lang },
}

/// The way to the writer.
pub(super) struct Writer {
    send: Sender<Writing>,
    thread: JoinHandle<()>,
}

impl Writer {
    pub(super) fn start(held: Held, who: Who, clock: Clock, tell: Sender<Msg>, finder: Notice) -> Self {
        let (send, inbox) = channel();
        let thread = std::thread::spawn(move || {
            let mut desk = Desk { held, who, clock, store: None, tell, finder };
            desk.serve(&inbox);
            if let Some(store) = desk.store {
                // The log is copied at the next start if this fails.
                let _ = store.close(clock.now());
            }
        });
        Self { send, thread }
    }

    pub(super) fn write(&self, writing: Writing) {
        // It ends only when this end is dropped; if it panicked, the panic has been said.
        let _ = self.send.send(writing);
    }

    /// Waits until everything is written.
    pub(super) fn finish(self) {
        drop(self.send);
        let _ = self.thread.join();
    }
}

/// The thread's own things.
struct Desk {
    held: Held,
    who: Who,
    clock: Clock,
    store: Option<Store>,
    tell: Sender<Msg>,
    finder: Notice,
}

impl Desk {
    fn serve(&mut self, inbox: &Receiver<Writing>) {
        while let Ok(first) = inbox.recv() {
            let mut next = Some(first);
            while let Some(writing) = next {
                self.write(writing);
                next = inbox.try_recv().ok();
            }
            // Nobody waits now: the log may be copied.
            if let Some(store) = &mut self.store {
                let _ = store.tidy();
            }
        }
    }

    fn write(&mut self, writing: Writing) {
        let now = self.clock.now();
        let (n, done) = match writing {
            Writing::Commit { n, uid, op } => {
                let done = self.with_store(|store| store.commit(uid, &op, now));
                self.keep_who(&done);
                (n, done)
            }
            Writing::Undo { n, uid } => (n, self.with_store(|store| store.undo(uid, now))),
            Writing::Redo { n, uid } => (n, self.with_store(|store| store.redo(uid, now))),
            Writing::LogAccess(ticket) => {
                if let Err(error) = self.with_store(|store| store.log_access(ticket, now)) {
                    let _ = self.tell.send(failed(None, error));
                }
                return;
            }
            Writing::Print { paper, folder, templates, lang } => {
                return self.print(&paper, (&folder, templates.as_deref()), lang);
            }
        };
        self.answer(n, done);
    }

    /// After a handover another may sit here: the file opened anew is opened for that one.
    fn keep_who(&mut self, done: &Result<Done>) {
        if done.as_ref().is_ok_and(|done| done.kind == EventKind::TakenOver)
            && let Some(operator) = self.store.as_ref().and_then(|store| store.operator().ok())
        {
            self.who.name = Some(operator.name);
        }
    }

    fn print(&mut self, paper: &Paper, (folder, templates): (&Path, Option<&Path>), lang: Lang) {
        let now = self.clock.now();
        let made = self.with_store(|store| papers::make(store, paper, templates, now, lang));
        let msg = match made.map(|page| (papers::put(self.held.asked(), folder, &page), page)) {
            Ok((Ok(path), page)) => {
                Msg::Printed { path: path.display().to_string(), message: page.message, complaint: page.complaint }
            }
            Ok((Err(error), _)) => {
                Msg::NotPrinted(format!("{}: {}", folder.display(), exchange::sentence(&error, lang)))
            }
            Err(error) => failed(None, error),
        };
        let _ = self.tell.send(msg);
    }

    fn answer(&self, n: u64, done: Result<Done>) {
        let msg = match done {
            Ok(done) => {
                self.finder.wrote(done.command);
                Msg::Committed { n, done: Box::new(done) }
            }
            Err(error) => failed(Some(n), error),
        };
        let _ = self.tell.send(msg);
    }

    /// Does it; after the machine failed once more on the file opened anew: only that knows what is really stored. What was
    /// written after all is not done again, for it comes under the same mark.
    fn with_store<T>(&mut self, mut work: impl FnMut(&mut Store) -> Result<T>) -> Result<T> {
        let first = work(self.store()?);
        if !failed_midway(&first) {
            return first;
        }
        self.store = None;
        let second = work(self.store()?);
        if failed_midway(&second) {
            self.store = None;
        }
        second
    }

    /// The store, opened when it is first needed.
    fn store(&mut self) -> Result<&mut Store> {
        Ok(match &mut self.store {
            Some(store) => store,
            none => none.insert(Store::again(&self.held, Access::Write, self.who.clone(), self.clock.now())?),
        })
    }
}

/// Whether reading or writing failed, so that nothing is known of the change.
const fn failed_midway<T>(done: &Result<T>) -> bool {
    matches!(done, Err(Error::Trouble(Trouble::Io { .. })))
}
