//! The writer's thread: changes in the order they were asked for, none dropped. Leaving the desk waits for the last.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::failed;
use super::finder::Notice;
use crate::desk::Msg;
use crate::domain::id::{CommandUid, TicketId};
use crate::domain::op::{Done, Op};
use crate::setup::clock::Clock;
use crate::store::{Access, Error, Result, Store, Who};

/// One thing to write.
pub(super) enum Writing {
    Commit { n: u64, uid: CommandUid, op: Box<Op> },
    Undo { n: u64, uid: CommandUid },
    Redo { n: u64, uid: CommandUid },
    LogAccess(TicketId),
}

/// The way to the writer.
pub(super) struct Writer {
    send: Sender<Writing>,
    thread: JoinHandle<()>,
}

impl Writer {
    pub(super) fn start(path: PathBuf, who: Who, clock: Clock, tell: Sender<Msg>, finder: Notice) -> Self {
        let (send, inbox) = channel();
        let thread = std::thread::spawn(move || {
            let mut desk = Desk { path, who, clock, store: None, tell, finder };
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
    path: PathBuf,
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
            Writing::Commit { n, uid, op } => (n, self.with_store(|store| store.commit(uid, &op, now))),
            Writing::Undo { n, uid } => (n, self.with_store(|store| store.undo(uid, now))),
            Writing::Redo { n, uid } => (n, self.with_store(|store| store.redo(uid, now))),
            Writing::LogAccess(ticket) => {
                if let Err(error) = self.with_store(|store| store.log_access(ticket, now)) {
                    let _ = self.tell.send(failed(None, error));
                }
                return;
            }
        };
        self.answer(n, done);
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

    /// The store, opened when it is first needed, and again after the machine failed: what is really stored is read anew.
    fn with_store<T>(&mut self, work: impl FnOnce(&mut Store) -> Result<T>) -> Result<T> {
        use crate::domain::trouble::Trouble;
        let store = match &mut self.store {
            Some(store) => store,
            none => none.insert(Store::open(&self.path, Access::Write, self.who.clone(), self.clock.now())?),
        };
        let done = work(store);
        if let Err(Error::Trouble(Trouble::Io { .. })) = &done {
            self.store = None;
        }
        done
    }
}
