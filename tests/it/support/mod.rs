//! A session: desk, store and finder joined without threads. Keys go in, frames come out. What the threads would do is done
//! in an order that chance says, the same at every run, and before the next key unless a test lets it lag behind.
//! What a journey expects is not here.

pub(crate) mod frame;
mod late;
pub(crate) mod town;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use tempfile::TempDir;
use township_desk::desk::frame::effect::{Beginning, Effect, Sheet};
use township_desk::desk::frame::key::{Code, Key};
use township_desk::desk::frame::layer::AnyLayer;
use township_desk::desk::frame::msg::Export;
use township_desk::desk::{Desk, Found, Msg, Operator, Palette, Start};
use township_desk::domain::base::find::Record;
use township_desk::domain::base::paper::Paper;
use township_desk::domain::base::time::{MINUTE, Time};
use township_desk::domain::parked::op::Form;
use township_desk::exchange::export::FileFormat;
use township_desk::search::{Finder, Index};
use township_desk::setup::{papers, shown};
use township_desk::store::{Error, Store};
use township_desk::text::Lang;
use township_desk::view;
use township_desk::view::frame::theme::{Borders, Theme};

use self::late::{Threads, Work};
use crate::store::Dice;

/// Milliseconds a person takes to make up his mind (M of the keystroke-level model) when something else is there.
const LOOKS_MS: i64 = 1_350;

/// A desk at work.
pub(crate) struct Session {
    pub(crate) desk: Desk,
    pub(crate) store: Store,
    /// What was put on the clipboard last.
    pub(crate) clipboard: String,
    /// Drafts kept, as the side file would hold them.
    pub(crate) drafts: Vec<Form>,
    /// Whether the desk asked to be left.
    pub(crate) left: bool,
    /// Tickets whose names were shown in full.
    pub(crate) seen_in_full: usize,
    /// Something else is there than what was typed into: it is looked at before the next key.
    looks_first: bool,
    /// Answers of the writer that have not come yet, while they are held back.
    held: Option<Vec<Msg>>,
    threads: Threads,
    /// Whether keys are pressed before all is done that the former ones asked for.
    lags: bool,
    index: Index,
    finder: Finder,
    now: Time,
    size: (u16, u16),
    /// Where the data file lies, and beside it what was printed.
    pub(crate) folder: TempDir,
}

/// A session of an administrator at 120 × 40 in Chinese, on the small township.
pub(crate) fn at_the_desk() -> Session {
    Session::new(Lang::Zh, (120, 40))
}

impl Session {
    pub(crate) fn new(lang: Lang, size: (u16, u16)) -> Self {
        Self::over(town::copy(), lang, size)
    }

    /// A session over another file.
    pub(crate) fn over(file: (Store, TempDir), lang: Lang, size: (u16, u16)) -> Self {
        Self::begun(file, lang, size, (town::now(), true))
    }

    /// A session at which no data file was found; once something is begun with, it is this one.
    pub(crate) fn first_run(file: (Store, TempDir), lang: Lang, size: (u16, u16)) -> Self {
        Self::started(file, lang, size, (town::now(), true), Found::Nothing)
    }

    /// A session begun at a moment, by a clock that is trusted or not.
    pub(crate) fn begun(file: (Store, TempDir), lang: Lang, size: (u16, u16), clock: (Time, bool)) -> Self {
        let mut session = Self::started(file, lang, size, clock, Found::File);
        session.send(Msg::Ready);
        session.send(Msg::Drawn);
        session.looks_first = session.typed_into().is_some();
        session
    }

    fn started(
        (store, folder): (Store, TempDir),
        lang: Lang,
        size: (u16, u16),
        (now, trusts_clock): (Time, bool),
        found: Found,
    ) -> Self {
        let operator = store.operator().expect("an operator");
        let start = Start {
            lang,
            palette: Palette::Dark,
            operator: Operator { name: operator.name, rank: operator.rank },
            now,
            size,
            seed: 7,
            found,
            trusts_clock,
        };
        let mut records: Vec<Record> = Vec::new();
        store.records(now, |record| records.push(record)).expect("records");
        Self {
            desk: Desk::new(start),
            store,
            clipboard: String::new(),
            drafts: Vec::new(),
            left: false,
            seen_in_full: 0,
            looks_first: false,
            held: None,
            threads: Threads::new(Dice::new(late::seed())),
            lags: false,
            index: Index::build(records),
            finder: Finder::new(),
            now,
            size,
            folder,
        }
    }

    /// Keys as text: characters are typed, `<enter>`, `<f2>`, `<ctrl-s>` are pressed, each once the frame before it is seen.
    /// Where a box that was typed into has closed, and not by Esc, what is there then is looked at before the next key.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        self.press(keys, true)
    }

    /// The same in one burst: no frame is drawn before the last of them.
    pub(crate) fn burst(&mut self, keys: &str) -> &mut Self {
        self.press(keys, false);
        self.send(Msg::Drawn);
        self
    }

    fn press(&mut self, keys: &str, looks: bool) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let (key, after) = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
                Some((name, after)) => (Key::parse(name).expect(name), after),
                None => (Key::char(c), &rest[c.len_utf8()..]),
            };
            rest = after;
            if std::mem::take(&mut self.looks_first) && looks {
                self.pass(LOOKS_MS);
            }
            let before = self.typed_into();
            self.send(Msg::Key(key));
            if looks {
                self.send(Msg::Drawn);
                self.looks_first = key.code != Code::Esc && before.is_some_and(|before| self.has_left(&before));
            }
        }
        self
    }

    /// The box that is typed into: how many lie below it, and its title where it is a list.
    fn typed_into(&self) -> Option<(usize, String)> {
        let title = match self.desk.layers.last() {
            Some(AnyLayer::Picker(picker)) => picker.title.clone(),
            _ => String::new(),
        };
        self.desk.typing().then_some((self.desk.layers.len(), title))
    }

    /// Whether a box that was typed into has closed, or another list to pick from is there.
    fn has_left(&self, before: &(usize, String)) -> bool {
        match self.typed_into() {
            Some(now) => now.0 < before.0 || now != *before && !now.1.is_empty(),
            None => true,
        }
    }

    /// So many minutes pass.
    pub(crate) fn wait(&mut self, minutes: i64) -> &mut Self {
        self.pass(minutes * MINUTE)
    }

    /// So many milliseconds pass.
    pub(crate) fn pass(&mut self, ms: i64) -> &mut Self {
        self.now = Time(self.now.0 + ms);
        let now = self.now;
        self.send(Msg::Tick(now));
        self
    }

    /// From here on the writer is slow: its answers do not come until [`Session::let_go`].
    pub(crate) fn hold_back(&mut self) -> &mut Self {
        self.held = Some(Vec::new());
        self
    }

    /// The writer's answers come.
    pub(crate) fn let_go(&mut self) -> &mut Self {
        for msg in self.held.take().into_iter().flatten() {
            self.send(msg);
        }
        self
    }

    pub(crate) fn resize(&mut self, w: u16, h: u16) -> &mut Self {
        self.size = (w, h);
        self.send(Msg::Resize(w, h));
        self
    }

    /// From here on the threads lag behind: a key may come before what the former ones asked for is done, or heard of.
    pub(crate) fn lag(&mut self, seed: u64) -> &mut Self {
        self.threads = Threads::new(Dice::new(seed));
        self.lags = true;
        self
    }

    /// All that is left is done and heard of.
    pub(crate) fn catch_up(&mut self) -> &mut Self {
        while self.work() {}
        self
    }

    /// One message and, unless the threads lag, everything that follows from it.
    pub(crate) fn send(&mut self, msg: Msg) {
        self.hear(msg);
        if self.lags {
            for _ in 0..self.threads.roll(4) {
                self.work();
            }
        } else {
            self.catch_up();
        }
    }

    fn hear(&mut self, msg: Msg) {
        for effect in self.desk.update(msg) {
            if at_once(&effect) {
                if let Some(msg) = self.perform(effect) {
                    self.hear(msg);
                }
            } else {
                self.threads.asked(effect);
            }
        }
    }

    /// One piece of the threads' work. False when there is none.
    fn work(&mut self) -> bool {
        match self.threads.next() {
            None => return false,
            Some((_, Work::Hear(msg))) => self.hear(msg),
            Some((by_writer, Work::Do(effect))) => {
                if let Some(msg) = self.perform(effect) {
                    self.threads.done(by_writer, msg);
                }
            }
        }
        true
    }

    fn perform(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::Ask { slot, n, query } => {
                let answer = self.store.answer(&query).expect("an answer");
                Some(Msg::Answer { slot, n, answer: Box::new(answer) })
            }
            Effect::Find { slot, n, text, kinds, limit } => {
                let hits = self.finder.find(&self.index, &text, kinds, limit, &|| false).hits;
                Some(Msg::Found { slot, n, hits })
            }
            Effect::Commit { n, uid, op } => {
                let msg = self.committed(n, |store, now| store.commit(uid, &op, now));
                match &mut self.held {
                    Some(held) => {
                        held.push(msg);
                        None
                    }
                    None => Some(msg),
                }
            }
            Effect::Undo { n, uid } => Some(self.committed(n, |store, now| store.undo(uid, now))),
            Effect::Redo { n, uid } => Some(self.committed(n, |store, now| store.redo(uid, now))),
            Effect::KeepDraft(form) => {
                self.drafts.retain(|other| other.uid != form.uid);
                self.drafts.push(*form);
                None
            }
            Effect::DropDraft(uid) => {
                self.drafts.retain(|other| other.uid != uid);
                None
            }
            Effect::LogAccess(id) => {
                self.store.log_access(id, self.now).expect("access is written down");
                self.seen_in_full += 1;
                None
            }
            Effect::Export { filter, order, sheet } => {
                let format = match sheet {
                    Sheet::Csv => FileFormat::Csv,
                    Sheet::Xlsx => FileFormat::Xlsx,
                };
                let export = shown::Export { filter, order, format, lang: self.desk.lang, now: self.now };
                Some(Msg::Export(match export.write(&self.store, |_| ()) {
                    Ok((rows, path)) => Export::Done { rows, path: path.display().to_string() },
                    Err(why) => Export::Failed(why),
                }))
            }
            Effect::Print(paper) => {
                let page = papers::make(&mut self.store, &paper, None, self.now, self.desk.lang).expect("a page");
                self.seen_in_full += usize::from(matches!(paper, Paper::Slip(_)));
                let path =
                    papers::put(self.store.path(), &self.folder.path().join("slips"), &page).expect("it is written");
                let path = path.display().to_string();
                Some(Msg::Printed { path, message: page.message, complaint: page.complaint })
            }
            Effect::Rescue => {
                let path = self.store.rescue(self.now).expect("a backup");
                Some(Msg::Rescued(Ok(path.display().to_string())))
            }
            Effect::Copy(text) => {
                self.clipboard = text;
                None
            }
            Effect::Quit => {
                self.left = true;
                None
            }
            Effect::Begin(Beginning::Restore(_) | Beginning::Sample | Beginning::Empty { .. }) => Some(Msg::Ready),
            Effect::Keep(_) | Effect::Redraw => None,
        }
    }

    fn committed(
        &mut self,
        n: u64,
        commit: impl FnOnce(&mut Store, Time) -> Result<township_desk::domain::op::Done, Error>,
    ) -> Msg {
        match commit(&mut self.store, self.now) {
            Ok(done) => {
                let (store, index, now) = (&self.store, &mut self.index, self.now);
                store.records_of(done.entity, done.id, now, |record| index.put(record)).expect("records");
                Msg::Committed { n, done: Box::new(done) }
            }
            Err(Error::Refused(refusal)) => Msg::Refused { n: Some(n), refusal },
            Err(Error::Trouble(trouble)) => Msg::Failed { n: Some(n), trouble },
        }
    }

    /// The screen as text, and where the real cursor stands.
    pub(crate) fn frame(&self) -> (String, Option<Position>) {
        self.frame_at(self.size.0, self.size.1)
    }

    /// The same on a screen of another size than the desk was told of, as it is while a window is being pulled.
    pub(crate) fn frame_at(&self, w: u16, h: u16) -> (String, Option<Position>) {
        let (buffer, cursor) = self.cells_at(w, h);
        (frame::text(&buffer), cursor)
    }

    /// The screen with its styles.
    pub(crate) fn cells(&self) -> (Buffer, Option<Position>) {
        self.cells_at(self.size.0, self.size.1)
    }

    fn cells_at(&self, w: u16, h: u16) -> (Buffer, Option<Position>) {
        let mut terminal = Terminal::new(TestBackend::new(w, h)).expect("a screen");
        let theme = Theme::new(self.desk.palette, Borders::Plain, false);
        terminal.draw(|frame| view::draw(&self.desk, &theme, frame)).expect("a frame");
        let cursor = terminal.backend().cursor_visible().then(|| terminal.get_cursor_position().expect("a cursor"));
        (terminal.backend().buffer().clone(), cursor)
    }

    /// The words must be on the screen.
    #[track_caller]
    pub(crate) fn sees(&mut self, words: &str) -> &mut Self {
        let (text, _) = self.frame();
        assert!(text.contains(words), "{words:?} is not on the screen:\n{text}");
        self
    }

    /// The words must not be on the screen.
    #[track_caller]
    pub(crate) fn sees_not(&mut self, words: &str) -> &mut Self {
        let (text, _) = self.frame();
        assert!(!text.contains(words), "{words:?} is on the screen:\n{text}");
        self
    }
}

/// What the loop does itself, without a thread.
const fn at_once(effect: &Effect) -> bool {
    !matches!(
        effect,
        Effect::Ask { .. }
            | Effect::Find { .. }
            | Effect::Commit { .. }
            | Effect::Undo { .. }
            | Effect::Redo { .. }
            | Effect::LogAccess(_)
            | Effect::Print(_)
            | Effect::Rescue
            | Effect::Export { .. }
    )
}
