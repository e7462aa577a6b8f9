//! The reader's thread: answers questions on a connection of its own, so that no answer waits for a save.
//! A newer question of the same slot makes an older one needless: it is dropped, or given up in the middle.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::failed;
use crate::desk::Msg;
use crate::desk::frame::ask::Slot;
use crate::domain::base::time::Time;
use crate::domain::base::trouble::Trouble;
use crate::domain::query::Query;
use crate::setup::clock::Clock;
use crate::store::{Error, Store};

/// The way to the reader.
pub(super) struct Reader {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    asked: Mutex<Asked>,
    came: Condvar,
    /// The question being answered is not wanted any more. Written only while `asked` is held, so that it is never said of
    /// the question after.
    given_up: AtomicBool,
}

#[derive(Default)]
struct Asked {
    waiting: VecDeque<(Slot, u64, Query)>,
    /// Since when what the file holds is to be written into a backup.
    rescue: Option<Time>,
    /// Where the answer being made will go.
    answering: Option<Slot>,
}

impl Reader {
    pub(super) fn start(store: Store, clock: Clock, send: Sender<Msg>) -> Self {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || serve(store, clock, &theirs, &send));
        Self { shared }
    }

    /// Has a backup written of what the file holds. This connection was the first of the desk, so none holds more.
    pub(super) fn rescue(&self, now: Time) {
        self.shared.asked().rescue = Some(now);
        self.shared.came.notify_one();
    }

    /// Asks; what the same slot asked before is dropped.
    pub(super) fn ask(&self, slot: Slot, n: u64, query: Query) {
        let mut asked = self.shared.asked();
        asked.waiting.retain(|(other, ..)| *other != slot);
        asked.waiting.push_back((slot, n, query));
        if asked.answering == Some(slot) {
            self.shared.given_up.store(true, Ordering::Relaxed);
        }
        self.shared.came.notify_one();
    }
}

/// What is to be done next.
enum Task {
    Answer(Slot, u64, Query),
    Rescue(Time),
}

fn serve(mut store: Store, clock: Clock, shared: &Arc<Shared>, send: &Sender<Msg>) {
    stop_when_given_up(&store, shared);
    loop {
        let task = shared.next();
        let thawed = store.thaw(clock.now());
        if thawed == Ok(true) {
            stop_when_given_up(&store, shared);
        }
        let msg = match task {
            Task::Answer(slot, n, query) => match thawed.and_then(|_| store.answer(&query)) {
                Ok(answer) => Msg::Answer { slot, n, answer: Box::new(answer) },
                Err(Error::Trouble(Trouble::GivenUp)) => continue,
                Err(error) => failed(None, error),
            },
            Task::Rescue(now) => match store.rescue(now) {
                Ok(path) => Msg::Rescued(Ok(path.display().to_string())),
                Err(Error::Trouble(trouble)) => Msg::Rescued(Err(trouble)),
                Err(error) => failed(None, error),
            },
        };
        if send.send(msg).is_err() {
            return;
        }
    }
}

/// Without it old questions are answered to the end and then dropped: slower, not wrong.
fn stop_when_given_up(store: &Store, shared: &Arc<Shared>) {
    let watched = Arc::clone(shared);
    let _ = store.stop_when(move || watched.given_up.load(Ordering::Relaxed));
}

impl Shared {
    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was asked for longest ago, waited for; a backup first.
    fn next(&self) -> Task {
        let mut asked = self.asked();
        loop {
            asked.answering = None;
            if let Some(now) = asked.rescue.take() {
                self.given_up.store(false, Ordering::Relaxed);
                return Task::Rescue(now);
            }
            if let Some((slot, n, query)) = asked.waiting.pop_front() {
                asked.answering = Some(slot);
                self.given_up.store(false, Ordering::Relaxed);
                return Task::Answer(slot, n, query);
            }
            asked = self.came.wait(asked).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
