//! What can be done: a command is one value holding its name, keys, words, when it is possible and what it does.
//! Commands are declared at the top of the pane or layer they belong to; none is declared here.
//! Footer, help, palette, numbered menus and the key table of the README all read [`ALL`].

use super::{Desk, act, around, asking, layer, pane};
use crate::text::Text;

/// Where a command's keys are heard. Several scopes are heard at a time, innermost first: see [`Desk::scopes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere. While a field has the focus only the keys that type nothing are heard.
    Anywhere,
    /// On the panes, with no layer open.
    Desk,
    /// In every list.
    List,
    /// Pane 1.
    Compounds,
    /// Pane 2.
    Tickets,
    /// Pane 3.
    Duty,
    /// Wherever a ticket is in hand: in pane 2, the preview and the opened ticket.
    OnTicket,
    /// In every layer that Esc simply closes.
    Layer,
    /// The opened ticket.
    Ticket,
    /// Help.
    Help,
    /// The palette.
    Palette,
    /// The find box.
    Find,
    /// The intake.
    Intake,
    /// What to tell the caller, after saving.
    Told,
    /// A household looked at.
    Card,
    /// The message for the worker.
    Message,
    /// Who is on duty now.
    Who,
    /// How due times came about.
    Sum,
    /// Whether enough people come.
    Coverage,
    /// A week proposed.
    Fill,
    /// The list of staff.
    Staff,
    /// The week grid.
    Roster,
    /// What publishing a week would change.
    Publishing,
    /// A month of one person or one compound.
    Month,
    /// The township's settings.
    Settings,
    /// A list to pick from.
    Picker,
    /// A small form asking for what is still needed.
    Prompt,
    /// Outages of now and of the days to come.
    Outages,
    /// An outage being announced or changed.
    OutageForm,
    /// The words that narrow a list.
    Filter,
    /// The first run.
    FirstRun,
    /// Whose word is waited for.
    Callbacks,
    /// One callback in hand.
    Callback,
    /// The three rates.
    Rates,
    /// What a figure counts.
    RateList,
    /// The handover.
    Handover,
    /// Handovers of before.
    Handovers,
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

/// Every command, grouped by the file that declares it, in the order help shows them.
pub const ALL: &[&[Command]] = &[
    pane::tickets::COMMANDS,
    act::COMMANDS,
    around::COMMANDS,
    asking::COMMANDS,
    layer::ticket::COMMANDS,
    pane::compounds::COMMANDS,
    pane::duty::COMMANDS,
    layer::intake::COMMANDS,
    layer::intake::SIDE,
    layer::intake::OPENING,
    layer::find::COMMANDS,
    layer::told::COMMANDS,
    layer::message::COMMANDS,
    layer::card::COMMANDS,
    layer::callbacks::COMMANDS,
    layer::callback::COMMANDS,
    layer::rates::COMMANDS,
    layer::rate_list::COMMANDS,
    layer::picker::COMMANDS,
    layer::prompt::COMMANDS,
    layer::filter::COMMANDS,
    layer::settings::COMMANDS,
    layer::first_run::COMMANDS,
    layer::outage::COMMANDS,
    layer::outage::FORM,
    layer::who::COMMANDS,
    layer::handover::COMMANDS,
    layer::handover::shelf::COMMANDS,
    layer::coverage::COMMANDS,
    layer::fill::COMMANDS,
    layer::staff::COMMANDS,
    layer::roster::keys::COMMANDS,
    layer::roster::publish::COMMANDS,
    layer::worker::COMMANDS,
    layer::COMMANDS,
    layer::palette::COMMANDS,
    layer::help::COMMANDS,
    pane::COMMANDS,
    pane::LIST_COMMANDS,
    super::global::COMMANDS,
    super::held::COMMANDS,
];

/// Every command.
pub fn all() -> impl Iterator<Item = &'static Command> {
    ALL.iter().flat_map(|group| group.iter())
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
    use crate::desk::key::Key;

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
        const TYPING: [Scope; 11] = [
            Scope::Help,
            Scope::Palette,
            Scope::Find,
            Scope::Intake,
            Scope::Picker,
            Scope::Prompt,
            Scope::Who,
            Scope::Staff,
            Scope::Filter,
            Scope::Handovers,
            Scope::OutageForm,
        ];
        for command in all().filter(|command| TYPING.contains(&command.scope) || command.scope == Scope::Anywhere) {
            let typed = |keys: &&str| Key::parse(keys).is_some_and(|key| key.typed().is_some());
            let reachable = command.keys.is_empty() || command.keys.iter().any(|keys| !typed(keys));
            // Undo is not for a hand that is typing; a walk-in begins as a call and changes its channel.
            let exempt = matches!(command.name, "desk.undo" | "report.walk_in");
            assert!(reachable || exempt, "{} cannot be reached while typing", command.name);
        }
    }

    #[test]
    fn no_two_commands_heard_together_share_a_key() {
        for scopes in layer::every_stack() {
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
