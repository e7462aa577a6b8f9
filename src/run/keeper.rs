//! The keeper's thread: looks through the file after a desk was killed, and makes the hourly backups. On a connection of its
//! own, so that no save waits for it; what it does is never waited for at the end either.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::failed;
use crate::desk::Msg;
use crate::domain::base::event::Entity;
use crate::domain::base::trouble::Trouble;
use crate::setup::clock::Clock;
use crate::store::{Access, Error, Held, Result, Store, Who, with_offer};

/// The first look comes behind the first frame.
const AT_FIRST: Duration = Duration::from_secs(2);
/// Whether a backup is due is asked so often,
const OFTEN: Duration = Duration::from_mins(1);
/// and after one failed, only so often.
const AFTER_TROUBLE: Duration = Duration::from_mins(10);

/// Held as long as the desk is open; the thread goes when it is dropped.
pub(super) struct Keeper {
    _open: Sender<()>,
}

impl Keeper {
    pub(super) fn start(held: Held, who: Who, clock: Clock, tell: Sender<Msg>) -> Self {
        let (open, closed) = channel();
        std::thread::spawn(move || Work { held, who, clock, tell }.serve(&closed));
        Self { _open: open }
    }
}

struct Work {
    held: Held,
    who: Who,
    clock: Clock,
    tell: Sender<Msg>,
}

impl Work {
    fn serve(&self, closed: &Receiver<()>) {
        let mut wait = AT_FIRST;
        let mut work: fn(&Self) -> Result<()> = Self::look_through;
        while closed.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
            wait = match work(self) {
                // Another desk is saving, nothing may be written here, or the header says already that the file is not in its
                // place: not worth a word each minute.
                Ok(())
                | Err(Error::Trouble(Trouble::Busy | Trouble::ReadOnly | Trouble::Moved { .. }) | Error::Refused(_)) => {
                    OFTEN
                }
                Err(error) => {
                    let _ = self.tell.send(failed(None, error));
                    AFTER_TROUBLE
                }
            };
            work = Self::back_up;
        }
    }

    /// Reads first: a file nobody was killed over is not written. Of one that is damaged it is said what can be brought back.
    fn look_through(&self) -> Result<()> {
        let now = self.clock.now();
        let store = Store::again(&self.held, Access::Read, self.who.clone(), now)?;
        if let Some(detail) = store.damage() {
            let trouble = with_offer(Trouble::Damaged { detail }, self.held.asked());
            let _ = self.tell.send(Msg::Failed { n: None, trouble });
        } else if store.left_unclosed()? {
            drop(store);
            Store::again(&self.held, Access::Write, self.who.clone(), now)?.check_after_kill(now)?;
        }
        Ok(())
    }

    /// The file is opened for each: between two no session of this thread is left.
    fn back_up(&self) -> Result<()> {
        let mut store = Store::again(&self.held, Access::Write, self.who.clone(), self.clock.now())?;
        let made = store.hourly_backup(self.clock.now());
        store.close(self.clock.now())?;
        if made?.is_some() {
            // The header says when the newest was made.
            let _ = self.tell.send(Msg::Foreign(vec![Entity::Township]));
        }
        Ok(())
    }
}
