//! The reader's thread: answers questions on a connection of its own, so that no answer waits for a save.
//! A newer question of the same slot makes an older one needless: it is dropped, or given up in the middle.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::cli::context::sentence;
use crate::desk::Msg;
use crate::desk::ask::Slot;
use crate::domain::query::Query;
use crate::domain::trouble::Trouble;
use crate::store::{Error, Store};
use crate::text::Lang;

/// The way to the reader.
pub(super) struct Reader {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<VecDeque<(Slot, u64, Query)>>,
    came: Condvar,
    /// Number of the question being answered; 0 once it is not wanted any more.
    answering: AtomicU64,
}

impl Reader {
    pub(super) fn start(store: Store, lang: Lang, send: Sender<Msg>) -> Self {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || serve(&store, lang, &theirs, &send));
        Self { shared }
    }

    /// Asks; what the same slot asked before is dropped.
    pub(super) fn ask(&self, slot: Slot, n: u64, query: Query) {
        let mut waiting = self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|(other, ..)| *other != slot);
        waiting.push_back((slot, n, query));
        let running = RUNNING.load(Ordering::Relaxed);
        if running == slot as u64 {
            self.shared.answering.store(0, Ordering::Relaxed);
        }
        self.shared.came.notify_one();
    }
}

/// Slot of the question being answered; no slot when idle.
static RUNNING: AtomicU64 = AtomicU64::new(u64::MAX);

fn serve(store: &Store, lang: Lang, shared: &Arc<Shared>, send: &Sender<Msg>) {
    let watched = Arc::clone(shared);
    // Without the handler old questions are answered to the end and then dropped: slower, not wrong.
    let _ = store.stop_when(move || watched.answering.load(Ordering::Relaxed) == 0);
    loop {
        let (slot, n, query) = next(shared);
        let answered = store.answer(&query);
        RUNNING.store(u64::MAX, Ordering::Relaxed);
        let msg = match answered {
            Ok(answer) => Msg::Answer { slot, n, answer: Box::new(answer) },
            Err(Error::Trouble(Trouble::GivenUp)) => continue,
            Err(error) => Msg::Failed { n: None, words: sentence(&error, lang) },
        };
        if send.send(msg).is_err() {
            return;
        }
    }
}

fn next(shared: &Shared) -> (Slot, u64, Query) {
    let mut waiting = shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some((slot, n, query)) = waiting.pop_front() {
            shared.answering.store(n.max(1), Ordering::Relaxed);
            RUNNING.store(slot as u64, Ordering::Relaxed);
            return (slot, n, query);
        }
        waiting = shared.came.wait(waiting).unwrap_or_else(PoisonError::into_inner);
    }
}
