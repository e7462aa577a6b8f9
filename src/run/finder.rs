//! The finder's thread: holds the index of everything findable, built behind the first frame, and keeps it true after each
//! change here and at other desks. It also tells the desk what others changed.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::cli::clock::Clock;
use crate::desk::Msg;
use crate::desk::ask::Slot;
use crate::domain::event::Entity;
use crate::domain::find::{FindKind, Hit};
use crate::search;
use crate::store::{Access, Result, Store, Who};

/// How often changes of other desks are looked for at rest.
const AT_REST: Duration = Duration::from_secs(1);
/// And for a while after a key or a foreign change.
const AWAKE: Duration = Duration::from_millis(250);
/// How long that while is.
const AWAKE_FOR: Duration = Duration::from_secs(10);

/// Something to be found.
pub(super) struct Search {
    pub(super) slot: Slot,
    pub(super) n: u64,
    pub(super) text: String,
    pub(super) kinds: &'static [FindKind],
    pub(super) limit: usize,
}

enum Task {
    Find(Search),
    Wrote(Entity, i64),
    Awake,
}

/// The way to the finder.
pub(super) struct Finder {
    send: Sender<Task>,
    newest: Arc<AtomicU64>,
    woken: std::cell::Cell<Option<Instant>>,
}

/// How the writer tells the finder what it wrote.
pub(super) struct Notice(Sender<Task>);

impl Notice {
    pub(super) fn wrote(&self, entity: Entity, id: i64) {
        let _ = self.0.send(Task::Wrote(entity, id));
    }
}

impl Finder {
    pub(super) fn start(path: PathBuf, clock: Clock, tell: Sender<Msg>) -> Self {
        let (send, inbox) = channel();
        let newest = Arc::new(AtomicU64::new(0));
        let theirs = Arc::clone(&newest);
        std::thread::spawn(move || {
            // The first word comes once the first frame is shown: until then the machine is the reader's.
            let Ok(first) = inbox.recv() else { return };
            // Without the index the desk still works by its lists; the reader says what is wrong with the file.
            if let Ok(mut work) = Work::new(path, clock, theirs, tell) {
                work.serve(first, &inbox);
            }
        });
        Self { send, newest, woken: std::cell::Cell::new(None) }
    }

    pub(super) fn find(&self, search: Search) {
        self.newest.store(search.n, Ordering::Relaxed);
        let _ = self.send.send(Task::Find(search));
    }

    /// Look more often for a while. Said once in a while, not with every key.
    pub(super) fn awake(&self) {
        if self.woken.get().is_none_or(|at| at.elapsed() > AWAKE_FOR / 2) {
            self.woken.set(Some(Instant::now()));
            let _ = self.send.send(Task::Awake);
        }
    }

    pub(super) fn notice(&self) -> Notice {
        Notice(self.send.clone())
    }
}

struct Work {
    store: Store,
    clock: Clock,
    index: search::Index,
    box_of: [search::Finder; 2],
    seq: i64,
    data_version: i64,
    awake_until: Instant,
    newest: Arc<AtomicU64>,
    tell: Sender<Msg>,
    own: Vec<(Entity, i64)>,
}

impl Work {
    fn new(path: PathBuf, clock: Clock, newest: Arc<AtomicU64>, tell: Sender<Msg>) -> Result<Self> {
        let store = Store::open(&path, Access::Read, Who::default(), clock.now())?;
        // The point of the log is read first: what changes while the index is built is followed afterwards.
        let seq = store.changes_since(i64::MAX)?.seq;
        let data_version = store.data_version()?;
        let index = search::Index::gather(|each| store.records(clock.now(), each))?;
        let box_of = [search::Finder::new(), search::Finder::new()];
        Ok(Self {
            store,
            clock,
            index,
            box_of,
            seq,
            data_version,
            awake_until: Instant::now(),
            newest,
            tell,
            own: Vec::new(),
        })
    }

    fn serve(&mut self, first: Task, inbox: &Receiver<Task>) {
        let mut next = Some(first);
        loop {
            match next.take() {
                Some(Task::Find(search)) => {
                    let listening = self.find(search);
                    if !listening {
                        return;
                    }
                }
                Some(Task::Wrote(entity, id)) => self.own.push((entity, id)),
                Some(Task::Awake) => self.awake_until = Instant::now() + AWAKE_FOR,
                None => {}
            }
            // A file that cannot be read just now is looked at again the next time.
            let _ = self.follow();
            let wait = if Instant::now() < self.awake_until { AWAKE } else { AT_REST };
            next = match inbox.recv_timeout(wait) {
                Ok(task) => Some(task),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
        }
    }

    /// Answers a search, unless a newer one waits. False when nobody listens any more.
    fn find(&mut self, search: Search) -> bool {
        let newest = &self.newest;
        let stop = || newest.load(Ordering::Relaxed) != search.n;
        if stop() {
            return true;
        }
        let one = match search.kinds {
            [one] => Some(*one),
            _ => None,
        };
        // Each box remembers its own former query.
        let finder = &mut self.box_of[usize::from(search.slot != Slot::Find)];
        let more = if search.kinds.len() > 1 { search.limit * 4 } else { search.limit };
        let found = finder.find(&self.index, &search.text, one, more, &stop);
        if !found.complete {
            return true;
        }
        let wanted =
            |hit: &Hit| search.kinds.len() < 2 || hit.record.kind.is_some_and(|kind| search.kinds.contains(&kind));
        let hits = found.hits.into_iter().filter(wanted).take(search.limit).collect();
        self.tell.send(Msg::Found { slot: search.slot, n: search.n, hits }).is_ok()
    }

    /// Takes up what was written, here or elsewhere.
    fn follow(&mut self) -> Result<()> {
        let data_version = self.store.data_version()?;
        if data_version == self.data_version {
            return Ok(());
        }
        self.data_version = data_version;
        let changes = self.store.changes_since(self.seq)?;
        let now = self.clock.now();
        let mut foreign: Vec<Entity> = Vec::new();
        if changes.too_many {
            self.index = search::Index::gather(|each| self.store.records(now, each))?;
            foreign.extend(Entity::ALL);
        }
        for (entity, id) in &changes.touched {
            self.renew(*entity, *id)?;
            if !self.own.contains(&(*entity, *id)) && !foreign.contains(entity) {
                foreign.push(*entity);
            }
        }
        self.own.clear();
        self.seq = changes.seq;
        if !foreign.is_empty() {
            self.awake_until = Instant::now() + AWAKE_FOR;
            let _ = self.tell.send(Msg::Foreign(foreign));
        }
        Ok(())
    }

    fn renew(&mut self, entity: Entity, id: i64) -> Result<()> {
        let kinds: &[FindKind] = match entity {
            Entity::Person | Entity::Residency => &[FindKind::Resident],
            Entity::Place => &[FindKind::Home, FindKind::Place, FindKind::Alias],
            Entity::Staff => &[FindKind::Staff],
            Entity::Ticket => &[FindKind::Ticket],
            Entity::Township | Entity::Shift | Entity::Parked => return Ok(()),
        };
        for kind in kinds {
            self.index.remove(*kind, id);
        }
        let index = &mut self.index;
        self.store.records_of(entity, id, self.clock.now(), |record| index.put(record))
    }
}
