//! What can be done: a command is one value holding its name, keys, words, when it is possible and what it does.
//! Commands are declared at the top of the pane or layer they belong to; none is declared here.
//! Footer, help, palette, numbered menus and the key table of the README all read [`all`].

use crate::desk::{Desk, features};
use crate::text::{Text, t};

/// Where a command's keys are heard. Several scopes are heard at a time, innermost first: see [`Desk::scopes`]. A layer has
/// one of its own ([`crate::desk::frame::layer::Layer::SCOPE`]), declared in its file.
#[derive(Clone, Copy)]
pub struct Scope {
    /// Told apart by this.
    name: &'static str,
    /// What its keys stand under where all keys are listed.
    pub heading: Text,
}

impl Scope {
    /// Everywhere. While a field has the focus only the keys that type nothing are heard.
    pub const ANYWHERE: Self = Self::new("anywhere", t("任何地方", "Anywhere"));
    /// On the panes, with no layer open.
    pub const DESK: Self = Self::new("desk", PANES);
    /// In every list.
    pub const LIST: Self = Self::new("list", t("列表", "Lists"));
    /// Pane 1.
    pub const COMPOUNDS: Self = Self::new("compounds", PANES);
    /// Pane 2.
    pub const TICKETS: Self = Self::new("tickets", PANES);
    /// Pane 3.
    pub const DUTY: Self = Self::new("duty", PANES);
    /// Wherever a ticket is in hand: in pane 2, the preview and the opened ticket.
    pub const ON_TICKET: Self = Self::new("on_ticket", WITH_TICKET);
    /// In every layer that Esc simply closes.
    pub const LAYER: Self = Self::new("layer", OTHER_BOXES);

    /// A scope of its own.
    pub const fn new(name: &'static str, heading: Text) -> Self {
        Self { name, heading }
    }
}

/// The heading of keys on the panes.
const PANES: Text = t("主屏", "The desk");
/// The heading of keys with a ticket in hand.
pub const WITH_TICKET: Text =
    t("手上有工单时 (工单栏、详情、打开的工单)", "With a ticket in hand (pane 2, details, an opened ticket)");
/// The heading of keys in boxes that serve every feature.
pub const OTHER_BOXES: Text = t("其他窗口", "Other boxes");

impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Scope {}

impl std::hash::Hash for Scope {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Yes, or why not.
pub type Enabled = Result<(), Text>;

/// A command.
#[derive(Clone, Copy)]
pub struct Command {
    /// `noun.verb`; never changes, since settings name it.
    pub name: &'static str,
    /// Keys or sequences (`g g`), the one shown in the footer first.
    pub keys: &'static [&'static str],
    /// Two or three words for footer and menus.
    pub label: Text,
    /// A sentence for the help.
    pub help: Text,
    /// Where its keys are heard.
    pub scope: Scope,
    /// Whether the footer names it.
    pub in_footer: bool,
    /// Whether it is possible now, or why not.
    pub enabled: fn(&Desk) -> Enabled,
    /// The label of the moment, where it depends on what is there.
    pub label_now: Option<fn(&Desk) -> Text>,
    /// How many things wait for it, shown behind its label where there are any.
    pub count: Option<fn(&Desk) -> u32>,
    /// Does it.
    pub run: fn(&mut Desk),
}

impl Command {
    /// A command that is always possible and that the footer does not name.
    pub const fn new(
        name: &'static str,
        keys: &'static [&'static str],
        scope: Scope,
        label: Text,
        help: Text,
        run: fn(&mut Desk),
    ) -> Self {
        Self { name, keys, label, help, scope, in_footer: false, enabled: always, label_now: None, count: None, run }
    }

    /// The same, named in the footer.
    #[must_use]
    pub const fn footer(mut self) -> Self {
        self.in_footer = true;
        self
    }

    /// The same, called otherwise at times.
    #[must_use]
    pub const fn called(mut self, label_now: fn(&Desk) -> Text) -> Self {
        self.label_now = Some(label_now);
        self
    }

    /// The same, with how many things wait for it.
    #[must_use]
    pub const fn counting(mut self, count: fn(&Desk) -> u32) -> Self {
        self.count = Some(count);
        self
    }

    /// What it is called now.
    pub fn label(&self, desk: &Desk) -> Text {
        self.label_now.map_or(self.label, |label| label(desk))
    }

    /// The same, possible only when `enabled` says so.
    #[must_use]
    pub const fn when(mut self, enabled: fn(&Desk) -> Enabled) -> Self {
        self.enabled = enabled;
        self
    }
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Every command, in the order help shows them.
pub fn all() -> impl Iterator<Item = &'static Command> {
    features::COMMANDS.iter().flat_map(|part| part.iter()).flat_map(|group| group.iter())
}

/// The command of this name.
pub fn named(name: &str) -> Option<&'static Command> {
    all().find(|command| command.name == name)
}

fn always(_: &Desk) -> Enabled {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::desk::frame::key::Key;
    use crate::desk::frame::layer;
    use crate::desk::frame::pane::PaneId;

    #[test]
    fn every_command_has_its_own_name_and_words_in_both_languages() {
        let mut names = BTreeSet::new();
        for command in all() {
            assert!(names.insert(command.name), "{} is declared twice", command.name);
            assert!(command.name.split('.').count() == 2, "{}: noun.verb", command.name);
            for text in [command.label, command.help] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{} lacks words", command.name);
            }
            for keys in command.keys {
                assert!(Key::parse_sequence(keys).is_some(), "{}: {keys:?} is no key", command.name);
            }
        }
    }

    #[test]
    fn where_text_is_typed_no_command_has_a_letter_only() {
        let typing: Vec<Scope> = layer::KINDS.iter().filter(|kind| kind.types).map(|kind| (kind.scopes)()[0]).collect();
        assert!(typing.len() > 8, "{typing:?}");
        for command in all().filter(|command| typing.contains(&command.scope) || command.scope == Scope::ANYWHERE) {
            let typed = |keys: &&str| Key::parse(keys).is_some_and(|key| key.typed().is_some());
            let reachable = command.keys.is_empty() || command.keys.iter().any(|keys| !typed(keys));
            // Undo is not for a hand that is typing; a walk-in begins as a call and changes its channel.
            let exempt = matches!(command.name, "desk.undo" | "report.walk_in");
            assert!(reachable || exempt, "{} cannot be reached while typing", command.name);
        }
    }

    /// Every set of scopes that can be heard at a time.
    fn every_stack() -> Vec<Vec<Scope>> {
        let layers = layer::KINDS.iter().map(|kind| (kind.scopes)());
        PaneId::ALL.into_iter().map(PaneId::scopes).chain(layers).collect()
    }

    #[test]
    fn every_layer_has_a_scope_of_its_own_and_every_command_is_heard_somewhere() {
        let own: Vec<Scope> = layer::KINDS.iter().map(|kind| (kind.scopes)()[0]).collect();
        for (i, scope) in own.iter().enumerate() {
            assert!(!own[..i].contains(scope), "two layers call theirs {scope:?}");
        }
        for command in all() {
            let heard = every_stack().iter().any(|scopes| scopes.contains(&command.scope));
            assert!(heard, "{} is heard nowhere: no layer has {:?}", command.name, command.scope);
        }
    }

    #[test]
    fn no_two_commands_heard_together_share_a_key() {
        for scopes in every_stack() {
            let heard: Vec<(Vec<Key>, &str)> = all()
                .filter(|command| scopes.contains(&command.scope))
                .flat_map(|command| command.keys.iter().map(move |keys| (command, keys)))
                .filter_map(|(command, keys)| Some((Key::parse_sequence(keys)?, command.name)))
                .collect();
            for (i, (keys, name)) in heard.iter().enumerate() {
                for (others, other) in &heard[..i] {
                    assert!(
                        !keys.starts_with(others) && !others.starts_with(keys),
                        "{name} and {other} share {keys:?} in {scopes:?}"
                    );
                }
            }
        }
    }
}
