//! The step: one message in, effects out. It holds the route of a key and of an answer, and nothing of what any command does.

use crate::desk::frame::ahead::Came;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::Command;
use crate::desk::frame::effect::Setting;
use crate::desk::frame::geometry::Layout;
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::keymap::Found;
use crate::desk::frame::layer::{self, AnyLayer};
use crate::desk::frame::msg::Mouse;
use crate::desk::frame::notice::Level;
use crate::desk::frame::picker::Picker;
use crate::desk::frame::{held, pane};
use crate::desk::intake::{self, Intake};
use crate::desk::{Desk, Effect, Effects, Msg, find, ticket};
use crate::domain::base::time::{MINUTE, Time};
use crate::domain::query::Answer;
use crate::text::t;

impl Desk {
    /// Takes one message.
    pub fn update(&mut self, msg: Msg) -> Effects {
        let before = Before::of(self, &msg);
        match msg {
            Msg::Key(key) if self.comes_too_early(Some(key)) => self.drop_keys(1),
            Msg::Paste(text) if self.comes_too_early(None) => self.drop_keys(text.chars().count()),
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) => self.paste(&text),
            Msg::Drawn => self.seen(),
            Msg::Mouse(mouse) => self.mouse(mouse),
            Msg::Resize(w, h) => self.layout = Layout::new(w, h, self.focus),
            Msg::Tick(now) => self.tick(now),
            Msg::Answer { slot, n, answer } => {
                if self.asks.takes(slot, n) {
                    self.answer(slot, *answer);
                }
            }
            Msg::Found { slot, n, hits } => {
                if self.asks.takes(slot, n) {
                    (slot.found)(self, hits);
                }
            }
            Msg::Committed { n, done } => self.committed(n, &done),
            Msg::Refused { n, refusal } => self.refused(n, &refusal),
            Msg::Failed { n, trouble } => self.failed(n, &trouble),
            Msg::Printed { path, message, complaint } => self.printed(&path, message, complaint),
            Msg::NotPrinted(why) => {
                let words = t("没有存下: {why}", "Not written: {why}").with(self.lang, &[("why", &why)]);
                self.notice(Level::Trouble, words);
            }
            Msg::NotKept(trouble) => self.not_kept(&trouble),
            Msg::NotAside(trouble) => self.not_aside = trouble,
            Msg::Moved(trouble) => held::heard(self, trouble.as_ref()),
            Msg::Rescued(written) => held::rescued(self, written),
            Msg::Export(step) => ticket::pane::exporting(self, step),
            Msg::Foreign(kinds) => self.ask_again(&kinds),
            Msg::Drafts(forms) => intake::restore(self, forms),
            Msg::Ready => self.begin(),
            Msg::Hangup => self.emit(Effect::Quit),
        }
        self.settle();
        if let Some(came) = before.made_way_for(self) {
            self.box_closed(came);
        }
        self.box_stays();
        std::mem::take(&mut self.out)
    }

    /// The data file is there. Who chose to import is told how.
    fn begin(&mut self) {
        let first_run = |layer: &AnyLayer| match layer {
            AnyLayer::FirstRun(first) => Some((first.about_import, first.other_language)),
            _ => None,
        };
        let (import, language) = self.layers.iter().find_map(first_run).unwrap_or_default();
        if language {
            self.emit(Effect::Keep(Setting::Lang(self.lang)));
        }
        self.layers.retain(|layer| layer.is::<Intake>());
        self.ask_everything();
        if import {
            let words = t(
                "在命令行导入: tdesk import compounds 文件, 然后 homes, residents, staff ..",
                "Import from the command line: tdesk import compounds FILE, then homes, residents, staff ..",
            );
            self.notice(Level::Info, words.get(self.lang));
        }
    }

    /// Runs a command, or says why it is not possible.
    pub fn run(&mut self, command: &Command) {
        match (command.enabled)(self) {
            Ok(()) => (command.run)(self),
            Err(reason) => self.notice(Level::Refused, reason.get(self.lang)),
        }
    }

    /// A key goes to the innermost scope, then to the field or layer itself, then outwards.
    fn key(&mut self, key: Key) {
        self.notices.key_pressed(self.now);
        let quitting = std::mem::take(&mut self.keys.quitting);
        if quits(key) && (quitting || (self.too_small() && !self.half_typed())) {
            return self.emit(Effect::Quit);
        }
        if self.too_small() {
            self.keys.quitting = quits(key);
            return;
        }
        if quitting {
            self.notices.hide();
        }
        if self.typing() {
            return self.key_while_typing(key);
        }
        let scopes = self.scopes();
        self.keys.pending.push(key.folded());
        let mut found = self.keys.map.find(&scopes, &self.keys.pending);
        if matches!(found, Found::Nothing) && self.keys.pending.len() > 1 {
            self.keys.pending = vec![key.folded()];
            found = self.keys.map.find(&scopes, &self.keys.pending);
        }
        match found {
            Found::Prefix => return,
            Found::Command(command) => {
                self.keys.pending.clear();
                return self.run(command);
            }
            Found::Nothing => self.keys.pending.clear(),
        }
        if layer::key(self, key.folded()) {
            return;
        }
        if let Some(c) = key.typed()
            && !c.is_ascii()
            && c.is_alphanumeric()
        {
            find::open_with(self, &c.to_string());
        }
    }

    /// With a field focused, keys that type are the field's; others are looked up first in the layer's own scope.
    fn key_while_typing(&mut self, key: Key) {
        let scopes = self.scopes();
        let (own, outer) = scopes.split_at(1);
        if key.typed().is_none()
            && let Found::Command(command) = self.keys.map.find(own, &[key])
        {
            return self.run(command);
        }
        if layer::key(self, key) || key.typed().is_some() {
            return;
        }
        if let Found::Command(command) = self.keys.map.find(outer, &[key]) {
            self.run(command);
        }
    }

    /// A paste is typing. With no field focused it opens the find box, as committed Han text does.
    fn paste(&mut self, text: &str) {
        self.notices.key_pressed(self.now);
        if self.too_small() {
            return;
        }
        if layer::paste(self, text) || self.typing() {
            return;
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => self.key(Key::char(c)),
            (Some(_), Some(_)) => find::open_with(self, text),
            (None, _) => {}
        }
    }

    fn mouse(&mut self, mouse: Mouse) {
        if self.too_small() {
            return;
        }
        if let Some(layer) = self.layers.last_mut() {
            if let (Mouse::Wheel { rows, .. }, Some(list)) = (mouse, layer.list()) {
                list.step(isize::from(rows));
            }
            return;
        }
        let (Mouse::Click { x, y } | Mouse::Wheel { x, y, .. }) = mouse;
        let Some(id) = self.layout.pane_at(x, y) else { return };
        match mouse {
            Mouse::Click { .. } => {
                let inside = self.layout.pane(id).map(|area| area.inside()).filter(|inside| inside.holds(x, y));
                pane::focus(self, id);
                // The border has no row.
                if let Some(inside) = inside {
                    pane::click(self, id, usize::from(y - inside.y));
                }
            }
            Mouse::Wheel { rows, .. } => pane::step(self, id, isize::from(rows)),
        }
    }

    /// A page lies ready for the printer; its message goes on the clipboard.
    fn printed(&mut self, path: &str, message: Option<String>, complaint: Option<String>) {
        let words = match &message {
            None => t("可打印的页在 {path}", "The page to print is {path}"),
            Some(_) => t(
                "墙上的表在 {path}; 发群的话已复制",
                "The sheet for the wall is {path}; the message for the group is on the clipboard",
            ),
        };
        self.notice(Level::Done, words.with(self.lang, &[("path", &path)]));
        if let Some(complaint) = complaint {
            self.notice(Level::Trouble, complaint);
        }
        if let Some(message) = message {
            self.emit(Effect::Copy(message));
        }
    }

    /// Time passing alone makes tickets late: at the turn of a minute the order and the figures are looked at again.
    fn tick(&mut self, now: Time) {
        let turned = now.0.div_euclid(MINUTE) != self.now.0.div_euclid(MINUTE);
        let asks = self.panes.tickets.changes_at().is_some_and(|at| at <= now);
        self.now = now;
        self.notices.tick(now);
        if asks {
            ticket::pane::arrange(self);
        }
        if turned {
            crate::desk::handover::tick(self);
            ticket::pane::arrange(self);
            for (slot, query) in self.asks.each_minute(self.now) {
                self.ask(slot, query);
            }
        }
    }

    fn answer(&mut self, slot: Slot, answer: Answer) {
        if slot.once {
            self.asks.forget(slot);
        }
        (slot.answered)(self, answer);
    }

    /// After every message: areas follow the focus, windows follow the areas, the preview follows the cursor.
    fn settle(&mut self) {
        self.layout = Layout::new(self.layout.screen.w, self.layout.screen.h, self.focus);
        pane::settle(self);
        layer::settle(self);
        let about = self.notices.current().and_then(|notice| notice.about);
        if about.is_some() && !self.layers.iter().any(|layer| layer.about() == about) {
            self.notices.hide();
        }
    }

    /// Whether leaving now would leave something half done.
    fn half_typed(&self) -> bool {
        !self.commits().is_empty() || self.layers.iter().any(AnyLayer::half_typed)
    }
}

/// What was there before a message, as far as keys pressed ahead are concerned.
struct Before {
    typed: bool,
    narrowed: bool,
    opened: u64,
    by_key: bool,
    left_by_hand: bool,
}

impl Before {
    fn of(desk: &Desk, msg: &Msg) -> Self {
        Self {
            typed: desk.typing(),
            narrowed: desk.layers.last().is_some_and(AnyLayer::narrows),
            opened: desk.opened,
            by_key: matches!(msg, Msg::Key(_) | Msg::Paste(_)),
            left_by_hand: matches!(msg, Msg::Key(key) if leaves(*key)),
        }
    }

    /// What came in its place that keys pressed ahead would act on; nothing where whoever presses them knows of it.
    fn made_way_for(&self, desk: &Desk) -> Option<Came> {
        let list_opened = desk.opened != self.opened && desk.top::<Picker>().is_some();
        if self.left_by_hand {
            None
        } else if list_opened && (self.typed || !self.by_key) {
            Some(Came::List)
        } else if self.typed && !desk.typing() {
            Some(if self.narrowed { Came::Narrowed } else { Came::Below })
        } else {
            None
        }
    }
}

/// The keys by which a person leaves a box: who presses one knows that what follows is for what lies below.
pub(in crate::desk) fn leaves(key: Key) -> bool {
    key.code == Code::Esc || quits(key)
}

/// The keys that end the program when it may end.
fn quits(key: Key) -> bool {
    key == Key { code: Code::Char('q'), ctrl: true, alt: false } || key.folded() == Key::char('q')
}
