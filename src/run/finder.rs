//! The finder's thread: holds the index of everything findable, built behind the first frame, and keeps it true after each
//! change here and at other desks. It also tells the desk what others changed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::failed;
use crate::desk::Msg;
use crate::desk::frame::ask::Slot;
use crate::domain::base::event::Entity;
use crate::domain::base::find::FindKind;
use crate::domain::base::id::CommandId;
use crate::domain::base::trouble::Trouble;
use crate::search;
use crate::setup::clock::Clock;
use crate::store::{Access, Held, Result, Store, Who};

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
    /// With the number of the newest question of the same box: an older one is not looked for any more.
    Find(Search, Arc<AtomicU64>),
    Wrote(CommandId),
    Awake,
}

/// The way to the finder.
pub(super) struct Finder {
    send: Sender<Task>,
    /// By box: what is typed in one does not make the other's question old.
    newest: RefCell<HashMap<Slot, Arc<AtomicU64>>>,
    woken: std::cell::Cell<Option<Instant>>,
}

/// How the writer tells the finder what it wrote.
pub(super) struct Notice(Sender<Task>);

impl Notice {
    pub(super) fn wrote(&self, command: CommandId) {
        let _ = self.0.send(Task::Wrote(command));
    }
}

impl Finder {
    pub(super) fn start(held: Held, clock: Clock, tell: Sender<Msg>) -> Self {
        let (send, inbox) = channel();
        std::thread::spawn(move || {
            // The first word comes once the first frame is shown: until then the machine is the reader's.
            let Ok(first) = inbox.recv() else { return };
            Work::begin(&held, clock, &tell).serve(first, &inbox);
        });
        Self { send, newest: RefCell::default(), woken: std::cell::Cell::new(None) }
    }

    pub(super) fn find(&self, search: Search) {
        let newest = Arc::clone(self.newest.borrow_mut().entry(search.slot).or_default());
        newest.store(search.n, Ordering::Relaxed);
        let _ = self.send.send(Task::Find(search, newest));
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
    /// Each box remembers its own former query.
    boxes: HashMap<Slot, search::Finder>,
    seq: i64,
    data_version: i64,
    awake_until: Instant,
    tell: Sender<Msg>,
    /// Commands of this desk not yet seen in the log.
    own: Vec<CommandId>,
    /// What was last told of the file under its name.
    moved: Option<Trouble>,
}

impl Work {
    /// Tries until the file can be read: without an index the desk still works by its lists, and the first failure is said.
    fn begin(held: &Held, clock: Clock, tell: &Sender<Msg>) -> Self {
        let mut said = false;
        loop {
            match Self::new(held, clock, tell.clone()) {
                Ok(work) => return work,
                Err(error) if !said => {
                    said = true;
                    let _ = tell.send(failed(None, error));
                }
                Err(_) => {}
            }
            std::thread::sleep(AT_REST);
        }
    }

    fn new(held: &Held, clock: Clock, tell: Sender<Msg>) -> Result<Self> {
        let store = Store::again(held, Access::Read, Who::default(), clock.now())?;
        // The point of the log is read first: what changes while the index is built is followed afterwards.
        let seq = store.changes_since(i64::MAX)?.seq;
        let data_version = store.data_version()?;
        let mut damage = None;
        let index = search::Index::gather(|each| {
            damage = store.readable_records(clock.now(), each)?;
            Result::Ok(())
        })?;
        // What can be read is found.
        if let Some(damage) = damage {
            let _ = tell.send(failed(None, damage));
        }
        Ok(Self {
            store,
            clock,
            index,
            boxes: HashMap::new(),
            seq,
            data_version,
            awake_until: Instant::now(),
            tell,
            own: Vec::new(),
            moved: None,
        })
    }

    fn serve(&mut self, first: Task, inbox: &Receiver<Task>) {
        let mut next = Some(first);
        loop {
            match next.take() {
                Some(Task::Find(search, newest)) if !self.find(&search, &newest) => return,
                Some(Task::Find(..)) | None => {}
                Some(Task::Wrote(command)) => self.own.push(command),
                Some(Task::Awake) => self.awake_until = Instant::now() + AWAKE_FOR,
            }
            self.look_at_the_file();
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

    /// Tells when the file is not found under its name any more, and when it is again.
    fn look_at_the_file(&mut self) {
        let moved = self.store.moved();
        if moved != self.moved {
            self.moved.clone_from(&moved);
            let _ = self.tell.send(Msg::Moved(moved));
        }
    }

    /// Answers a search, unless a newer one waits. False when nobody listens any more.
    fn find(&mut self, search: &Search, newest: &AtomicU64) -> bool {
        let stop = || newest.load(Ordering::Relaxed) != search.n;
        if stop() {
            return true;
        }
        let finder = self.boxes.entry(search.slot).or_default();
        let found = finder.find(&self.index, &search.text, search.kinds, search.limit, &stop);
        if !found.complete {
            return true;
        }
        self.tell.send(Msg::Found { slot: search.slot, n: search.n, hits: found.hits }).is_ok()
    }

    /// Takes up what was written, here or elsewhere.
    fn follow(&mut self) -> Result<()> {
        if self.store.thaw(self.clock.now())? {
            // Counted anew on each connection: what was written before is asked for.
            self.data_version = -1;
        }
        let data_version = self.store.data_version()?;
        if data_version == self.data_version {
            // All that was written is seen: what was told late was taken for another's, and only asked for again.
            self.own.clear();
            return Ok(());
        }
        let changes = self.store.changes_since(self.seq)?;
        let now = self.clock.now();
        let mut foreign: Vec<Entity> = Vec::new();
        if changes.too_many {
            self.index = search::Index::gather(|each| self.store.records(now, each))?;
            foreign.extend(Entity::ALL);
        }
        for (entity, id) in &changes.touched {
            self.renew(*entity, *id)?;
        }
        for (command, entity) in &changes.by {
            if !self.own.contains(command) && !foreign.contains(entity) {
                foreign.push(*entity);
            }
        }
        // Only now: what could not be read is looked at again the next time.
        self.own.retain(|own| changes.by.iter().all(|(seen, _)| seen != own));
        (self.data_version, self.seq) = (data_version, changes.seq);
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
            _ => return Ok(()),
        };
        for kind in kinds {
            self.index.remove(*kind, id);
        }
        let index = &mut self.index;
        self.store.records_of(entity, id, self.clock.now(), |record| index.put(record))
    }
}
