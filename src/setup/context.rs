//! What the desk and every command need: where the files are, which language, whose name, what time. And how they fail.

use std::path::PathBuf;

use etcetera::BaseStrategy;

use super::clock::Clock;
use super::settings::Settings;
use super::write_out::{self, Over};
use crate::domain::base::time::{Time, Zone};
use crate::domain::base::trouble::Trouble;
use crate::domain::base::wrong_clock::WrongClock;
use crate::domain::refusal::Refusal;
use crate::exchange;
use crate::search::Index;
use crate::store::{self, Access, Store, Who};
use crate::text::{self, Lang, t};

/// What the desk and every command need.
#[derive(Clone, Debug)]
pub struct Context {
    /// The data file.
    pub db: PathBuf,
    /// Settings file.
    pub config: PathBuf,
    /// Language.
    pub lang: Lang,
    /// Whether to print JSON.
    pub json: bool,
    /// The operator's name.
    pub operator: Option<String>,
    /// The clock.
    pub clock: Clock,
    /// The clock was set with `--today`, or is said to be right: it is not doubted.
    pub trusts_clock: bool,
    /// Settings.
    pub settings: Settings,
}

/// Why a command ends without having done it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Refused or failed: exit code 1.
    Refused(String),
    /// Called wrongly: exit code 2.
    Usage(String),
}

impl Context {
    /// Who opens the file.
    pub fn who(&self) -> Who {
        Who { name: self.operator.clone(), terminal: "command".to_owned() }
    }

    /// The data file, opened.
    ///
    /// # Errors
    /// With the sentence of what the file is instead.
    pub fn store(&self, access: Access) -> Result<Store, Failure> {
        let store = Store::open(&self.db, access, self.who(), self.clock.now()).map_err(|e| self.failed(&e))?;
        if access == Access::Write && !self.trusts_clock {
            self.doubt_clock(store.newest_event().map_err(|e| self.failed(&e))?, store.zone())?;
        }
        Ok(store)
    }

    /// Refuses to write by a clock that cannot be right, with the newest event of the file at `newest`.
    ///
    /// # Errors
    /// With the sentence that names the way on.
    pub fn doubt_clock(&self, newest: Option<Time>, zone: Zone) -> Result<(), Failure> {
        let now = self.clock.now();
        match WrongClock::of(now, newest).filter(|_| !self.trusts_clock) {
            None => Ok(()),
            Some(wrong) => {
                let way_on = t(
                    "；请先校准时间，时间没错就加上 --trust-clock 再来",
                    "; set the clock, or if it is right, say so with --trust-clock",
                );
                let wrong = text::wrong_clock::sentence(wrong, now, zone, self.lang);
                Err(Failure::Refused(wrong + way_on.get(self.lang)))
            }
        }
    }

    /// Makes the folder of the data file where there is none yet.
    ///
    /// # Errors
    /// Those of the machine.
    pub fn make_folder(&self) -> store::Result<()> {
        let folder = self.db.parent().filter(|folder| !folder.as_os_str().is_empty());
        folder.map_or(Ok(()), |folder| std::fs::create_dir_all(folder).map_err(store::Error::from))
    }

    /// Everything findable, indexed.
    ///
    /// # Errors
    /// Those of reading.
    pub fn index(&self, store: &Store) -> Result<Index, Failure> {
        Index::gather(|each| store.records(self.clock.now(), each)).map_err(|e| self.failed(&e))
    }

    /// The same of all that can be read, and the damage that hides the rest.
    ///
    /// # Errors
    /// Those of reading, damage aside.
    pub fn readable_index(&self, store: &Store) -> Result<(Index, Option<store::Error>), Failure> {
        let mut damage = None;
        let index = Index::gather(|each| {
            damage = store.readable_records(self.clock.now(), each)?;
            store::Result::Ok(())
        });
        Ok((index.map_err(|e| self.failed(&e))?, damage))
    }

    /// A failure from the store.
    pub fn failed(&self, error: &store::Error) -> Failure {
        Failure::Refused(match error {
            store::Error::Trouble(trouble) => {
                text::trouble::sentence(&store::with_offer(trouble.clone(), &self.db), self.lang)
            }
            store::Error::Refused(_) => sentence(error, self.lang),
        })
    }

    /// A failure from a rule.
    pub fn refused(&self, refusal: &Refusal) -> Failure {
        Failure::Refused(text::refusal::sentence(refusal, self.lang))
    }

    /// A failure of reading or writing a file of a person's.
    pub fn file_failed(&self, path: &std::path::Path, error: &exchange::Error) -> Failure {
        Failure::Refused(format!("{}: {}", path.display(), exchange::sentence(error, self.lang)))
    }

    /// Writes a file that a person named; `force`: in the place of another.
    ///
    /// # Errors
    /// With the sentence of why it was not written.
    pub fn write_out(&self, path: &std::path::Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
        let over = if force { Over::AnOlder } else { Over::Nothing };
        write_out::write(&self.db, path, bytes, over).map_err(|e| self.file_failed(path, &e))
    }

    /// A failure of the machine.
    pub fn trouble(&self, trouble: &Trouble) -> Failure {
        Failure::Refused(text::trouble::sentence(trouble, self.lang))
    }
}

/// The sentence of a store's error.
pub fn sentence(error: &store::Error, lang: Lang) -> String {
    match error {
        store::Error::Refused(refusal) => text::refusal::sentence(refusal, lang),
        store::Error::Trouble(trouble) => text::trouble::sentence(trouble, lang),
    }
}

/// The data file of a real township, and of the sample: apart, so that nobody tries things on real data.
pub fn default_db(sample: bool) -> PathBuf {
    data_folder().join(if sample { "sample.db" } else { "desk.db" })
}

/// The settings file, when `--config` names no other.
pub fn default_config() -> PathBuf {
    folder(|strategy| strategy.config_dir()).join("config.toml")
}

fn data_folder() -> PathBuf {
    folder(|strategy| strategy.data_dir())
}

fn folder(of: impl Fn(&etcetera::base_strategy::Xdg) -> PathBuf) -> PathBuf {
    // Without a home folder the working folder serves; the program says where its files are (`config path`).
    etcetera::base_strategy::Xdg::new().map_or_else(|_| PathBuf::from("."), |s| of(&s)).join("township-desk")
}

/// The language: `--lang`, the settings, then the locale.
pub fn language(flag: Option<&str>, settings: &Settings) -> Lang {
    let locale =
        || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    flag.map(str::to_owned)
        .or_else(|| settings.lang.clone())
        .or_else(locale)
        .map_or(Lang::En, |name| Lang::from_name(&name))
}
