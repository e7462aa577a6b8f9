//! The step: one message in, effects out. It holds the route of a key and nothing of what any command does.

use super::command::Command;
use super::key::{Code, Key};
use super::keymap::Found;
use super::msg::Mouse;
use super::notice::Level;
use super::{Desk, Effect, Effects, Msg, layer, pane};

impl Desk {
    /// Takes one message.
    pub fn update(&mut self, msg: Msg) -> Effects {
        let effects = match msg {
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) => self.paste(&text),
            Msg::Mouse(mouse) => self.mouse(mouse),
            Msg::Resize(w, h) => {
                self.layout = super::geometry::Layout::new(w, h, self.focus);
                Effects::new()
            }
            Msg::Tick(now) => {
                self.now = now;
                self.notices.tick(now);
                Effects::new()
            }
            Msg::Hangup => vec![Effect::Quit],
        };
        self.settle();
        effects
    }

    /// Runs a command, or says why it is not possible.
    pub fn run(&mut self, command: &Command) -> Effects {
        match (command.enabled)(self) {
            Ok(()) => (command.run)(self),
            Err(reason) => {
                self.notice(Level::Refused, reason.get(self.lang));
                Effects::new()
            }
        }
    }

    /// A key goes to the innermost scope, then to the field or layer itself, then outwards.
    fn key(&mut self, key: Key) -> Effects {
        self.notices.key_pressed(self.now);
        if self.too_small() {
            return if quits(key) { vec![Effect::Quit] } else { Effects::new() };
        }
        let quitting = std::mem::take(&mut self.quitting);
        if quitting && (key.folded() == Key::char('q') || quits(key)) {
            return vec![Effect::Quit];
        }
        let scopes = self.scopes();
        if self.typing() {
            return self.key_while_typing(key);
        }
        self.pending.push(key.folded());
        let mut found = self.keymap.find(&scopes, &self.pending);
        if matches!(found, Found::Nothing) && self.pending.len() > 1 {
            self.pending = vec![key.folded()];
            found = self.keymap.find(&scopes, &self.pending);
        }
        match found {
            Found::Prefix => return Effects::new(),
            Found::Command(command) => {
                self.pending.clear();
                return self.run(command);
            }
            Found::Nothing => self.pending.clear(),
        }
        if let Some(effects) = layer::key(self, key.folded()) {
            return effects;
        }
        match key.typed() {
            Some(c) if !c.is_ascii() && c.is_alphanumeric() => self.han(&c.to_string()),
            _ => Effects::new(),
        }
    }

    /// With a field focused, keys that type are the field's; others are looked up first in the layer's own scope.
    fn key_while_typing(&mut self, key: Key) -> Effects {
        let scopes = self.scopes();
        let (own, outer) = scopes.split_at(1);
        if key.typed().is_none()
            && let Found::Command(command) = self.keymap.find(own, &[key])
        {
            return self.run(command);
        }
        if let Some(effects) = layer::key(self, key) {
            return effects;
        }
        match self.keymap.find(outer, &[key]) {
            Found::Command(command) if key.typed().is_none() => self.run(command),
            _ => Effects::new(),
        }
    }

    /// A paste is typing. With no field focused it opens the find box, as committed Han text does.
    fn paste(&mut self, text: &str) -> Effects {
        self.notices.key_pressed(self.now);
        if self.too_small() {
            return Effects::new();
        }
        if self.typing() {
            return layer::paste(self, text);
        }
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return self.key(Key::char(c));
        }
        self.han(text)
    }

    fn han(&mut self, text: &str) -> Effects {
        let _ = text;
        Effects::new()
    }

    fn mouse(&mut self, mouse: Mouse) -> Effects {
        if self.too_small() || !self.layers.is_empty() {
            return Effects::new();
        }
        let (Mouse::Click { x, y } | Mouse::Wheel { x, y, .. }) = mouse;
        let Some(id) = self.layout.pane_at(x, y) else { return Effects::new() };
        match mouse {
            Mouse::Click { .. } => {
                let row = self.layout.pane(id).map_or(0, |area| usize::from(y.saturating_sub(area.inside().y)));
                pane::focus(self, id);
                pane::click(self, id, row)
            }
            Mouse::Wheel { rows, .. } => pane::step(self, id, isize::from(rows)),
        }
    }

    /// After every message: areas follow the focus, windows follow the areas.
    fn settle(&mut self) {
        self.layout = super::geometry::Layout::new(self.layout.screen.w, self.layout.screen.h, self.focus);
        pane::settle(self);
        layer::settle(self);
    }
}

/// The keys that end the program whatever is shown.
fn quits(key: Key) -> bool {
    key == Key { code: Code::Char('q'), ctrl: true, alt: false } || key.folded() == Key::char('q')
}
