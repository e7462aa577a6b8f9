//! Doing what the desk asks: each effect goes to the thread whose work it is, or is done here when it costs nothing.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::failed;
use super::finder::{self, Search};
use super::keeper::Keeper;
use super::reader::Reader;
use super::writer::{Writer, Writing};
use crate::desk::frame::effect::{Beginning, Setting, Sheet};
use crate::desk::frame::msg::Export;
use crate::desk::{Desk, Effect, Msg};
use crate::domain::base::time::CHINA;
use crate::domain::base::trouble::Trouble;
use crate::domain::filter::Filter;
use crate::domain::ticket::order::Order;
use crate::exchange;
use crate::setup::context::{Context, default_db, sentence};
use crate::setup::{papers, settings, shown};
use crate::store::{self, Access, Held, NewTownship, Side, Store, Who, Wish};
use crate::term::{Error, Screen};
use crate::text::Lang;

/// The first frame waits so long for its answers, so that it comes whole instead of filling up.
const FIRST_FRAME: Duration = Duration::from_millis(60);

/// Any later frame waits so long for the answers its key asked for: most come sooner, and the screen is then drawn once.
const NEXT_FRAME: Duration = Duration::from_millis(2);

/// What the loop holds besides the desk: the ways to its threads.
pub(super) struct Hands {
    pub(super) context: Context,
    who: Who,
    send: Sender<Msg>,
    open: Option<Open>,
}

/// The threads of an open data file.
struct Open {
    held: Held,
    reader: Reader,
    writer: Writer,
    finder: finder::Finder,
    side: Option<Side>,
    /// The last write to it failed, and that was said.
    side_failing: bool,
    _keeper: Keeper,
    /// Until when the next frame waits for answers.
    gather_until: Instant,
    /// Whether a frame of it has been drawn.
    drawn: bool,
}

impl Hands {
    pub(super) fn new(context: Context, who: Who, send: Sender<Msg>) -> Self {
        Self { context, who, send, open: None }
    }

    /// How long the next frame still waits for answers; none once it may be drawn.
    pub(super) fn still_gathering(&self, desk: &Desk) -> Option<Duration> {
        let open = self.open.as_ref()?;
        let left = open.gather_until.saturating_duration_since(Instant::now());
        let all_there = desk.town.township.is_some() && desk.asks.all_answered();
        (!left.is_zero() && !all_there).then_some(left)
    }

    /// A frame is on the screen: the finder may begin.
    pub(super) fn drawn(&mut self) {
        if let Some(open) = self.open.as_mut().filter(|open| !open.drawn) {
            open.drawn = true;
            open.finder.awake();
        }
    }

    /// Starts the threads on an open data file and tells the desk that it is there.
    pub(super) fn begin(&mut self, store: Store) {
        let drafts = store.drafts(&self.who.terminal);
        let tell = |msg| drop(self.send.send(msg));
        let side = match drafts {
            Ok((side, forms)) => {
                tell(Msg::Ready);
                if !forms.is_empty() {
                    tell(Msg::Drafts(forms));
                }
                Some(side)
            }
            // The desk works without; only half-typed reports would not outlive a kill, and that is said.
            Err(error) => {
                tell(Msg::Ready);
                tell(failed(None, error));
                None
            }
        };
        if store.is_frozen() {
            tell(Msg::Failed { n: None, trouble: Trouble::Full });
        }
        let held = store.held().clone();
        let clock = self.context.clock;
        let finder = finder::Finder::start(held.clone(), clock, self.send.clone());
        let keeper = Keeper::start(held.clone(), self.who.clone(), clock, self.send.clone());
        let writer = Writer::start(held.clone(), self.who.clone(), clock, self.send.clone(), finder.notice());
        let reader = Reader::start(store, clock, self.send.clone());
        self.open = Some(Open {
            held,
            reader,
            writer,
            finder,
            side,
            side_failing: false,
            _keeper: keeper,
            gather_until: Instant::now() + FIRST_FRAME,
            drawn: false,
        });
    }

    /// A key makes the finder look more often for changes of other desks.
    pub(super) fn heard(&mut self, msg: &Msg) {
        if let (Msg::Key(_), Some(open)) = (msg, &self.open) {
            open.finder.awake();
        }
    }

    /// Does one thing. False when the desk is to be left.
    pub(super) fn act(&mut self, effect: Effect, screen: &mut Screen) -> Result<bool, Error> {
        match effect {
            Effect::Quit => return Ok(false),
            Effect::Redraw => screen.clear()?,
            Effect::Copy(text) => screen.copy(&text)?,
            Effect::Keep(setting) => self.keep(setting),
            Effect::Begin(beginning) => self.begin_with(beginning),
            effect => self.with_file(effect),
        }
        Ok(true)
    }

    fn with_file(&mut self, effect: Effect) {
        let Some(open) = &mut self.open else { return };
        let now = Instant::now();
        if matches!(effect, Effect::Ask { .. } | Effect::Find { .. }) && open.gather_until < now {
            open.gather_until = now + NEXT_FRAME;
        }
        match effect {
            Effect::Ask { slot, n, query } => open.reader.ask(slot, n, query),
            Effect::Find { slot, n, text, kinds, limit } => open.finder.find(Search { slot, n, text, kinds, limit }),
            Effect::Commit { n, uid, op } => open.writer.write(Writing::Commit { n, uid, op }),
            Effect::Undo { n, uid } => open.writer.write(Writing::Undo { n, uid }),
            Effect::Redo { n, uid } => open.writer.write(Writing::Redo { n, uid }),
            Effect::Export { filter, order, sheet } => self.export(filter, order, sheet),
            Effect::Print(paper) => {
                let settings = &self.context.settings;
                let templates = settings.templates.as_deref().map(PathBuf::from);
                let (folder, lang) = (papers::folder(settings), self.context.lang);
                open.writer.write(Writing::Print { paper, folder, templates, lang });
            }
            Effect::Rescue => open.reader.rescue(self.context.clock.now()),
            Effect::LogAccess(ticket) => open.writer.write(Writing::LogAccess(ticket)),
            // Written here, before the key is shown: what is on the screen is kept.
            Effect::KeepDraft(form) => self.keep_aside(|side| side.keep(&form)),
            Effect::DropDraft(uid) => self.keep_aside(|side| side.drop_draft(uid)),
            Effect::Quit | Effect::Redraw | Effect::Copy(_) | Effect::Keep(_) | Effect::Begin(_) => {}
        }
    }

    /// Writes to the side file of drafts. The desk is told when that begins to fail and when it works again. Nothing is repeated
    /// here: the next key brings the whole form anyway.
    fn keep_aside(&mut self, write: impl FnOnce(&mut Side) -> store::Result<()>) {
        let Some(open) = &mut self.open else { return };
        let Some(side) = &mut open.side else { return };
        let failure = write(side).err();
        let failed_before = std::mem::replace(&mut open.side_failing, failure.is_some());
        if failed_before != failure.is_some() {
            drop(self.send.send(Msg::NotAside(failure.map(as_trouble))));
        }
    }

    /// On a thread of its own: answers and saves do not wait for a long list.
    fn export(&self, filter: Filter, order: Order, sheet: Sheet) {
        let format = match sheet {
            Sheet::Csv => shown::FileFormat::Csv,
            Sheet::Xlsx => shown::FileFormat::Xlsx,
        };
        let Some(held) = self.open.as_ref().map(|open| open.held.clone()) else { return };
        let (context, who, send) = (self.context.clone(), self.who.clone(), self.send.clone());
        std::thread::spawn(move || {
            let (now, lang) = (context.clock.now(), context.lang);
            let tell = |step| drop(send.send(Msg::Export(step)));
            let written =
                Store::again(&held, Access::Read, who, now).map_err(|error| sentence(&error, lang)).and_then(|store| {
                    shown::Export { filter, order, format, lang, now }.write(&store, |n| tell(Export::Read(n)))
                });
            tell(match written {
                Ok((rows, path)) => Export::Done { rows, path: path.display().to_string() },
                Err(why) => Export::Failed(why),
            });
        });
    }

    fn keep(&mut self, setting: Setting) {
        let (key, value) = match setting {
            Setting::Lang(lang) => {
                self.context.lang = lang;
                ("lang", if lang == Lang::Zh { "zh" } else { "en" })
            }
            Setting::Palette(palette) => ("theme", palette.name()),
        };
        if let Err(error) = settings::keep(&self.context.db, &self.context.config, key, value) {
            drop(self.send.send(Msg::NotKept(trouble_of(error, self.context.lang))));
        }
    }

    fn begin_with(&mut self, beginning: Beginning) {
        // Chosen twice in one breath: the first choice stands.
        if self.open.is_some() {
            return;
        }
        let now = self.context.clock.now();
        let asked_for = self.context.db.clone();
        let made = match beginning {
            Beginning::Restore(backup) => crate::store::restore(&backup, &asked_for, CHINA, now).map(drop),
            Beginning::Sample => {
                self.context.db = default_db(true);
                let there = self.context.db.exists();
                if there {
                    Ok(())
                } else {
                    self.context
                        .make_folder()
                        .and_then(|()| store::make_sample(&self.context.db, Wish::usual(now, CHINA), |_| ()))
                }
            }
            Beginning::Empty { township, company } => {
                let new = NewTownship {
                    name: township,
                    company,
                    desk_phone: String::new(),
                    office: NewTownship::any_office(),
                    zone: CHINA,
                };
                Store::create(&self.context.db, &new, self.who.clone(), now).map(drop)
            }
        };
        let opened = made.and_then(|()| Store::open(&self.context.db, Access::Read, self.who.clone(), now));
        match opened {
            Ok(store) => self.begin(store),
            Err(error) => {
                // What is chosen next must not land where the sample was to be.
                self.context.db = asked_for;
                drop(self.send.send(failed(None, error)));
            }
        }
    }

    /// Waits until everything is written.
    pub(super) fn finish(self) {
        if let Some(open) = self.open {
            open.writer.finish();
        }
    }
}

/// A setting that could not be written, as the desk is told of it.
fn trouble_of(error: exchange::Error, lang: Lang) -> Trouble {
    match error {
        exchange::Error::Io(error) => as_trouble(store::Error::from(error)),
        error => Trouble::Io { detail: exchange::sentence(&error, lang) },
    }
}

/// What went wrong with writing that no rule has a say in.
fn as_trouble(error: store::Error) -> Trouble {
    match error {
        store::Error::Trouble(trouble) => trouble,
        store::Error::Refused(_) => Trouble::Unexpected { detail: String::new() },
    }
}
