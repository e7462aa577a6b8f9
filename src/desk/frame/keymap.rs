//! Which command a key means, innermost scope first, and sequences such as `g g` while they are being typed.
//! It runs nothing and knows no command by name.

use crate::desk::frame::command::{self, Command, Scope};
use crate::desk::frame::key::Key;

/// A command's key sequence in its scope.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Where it is heard.
    pub scope: Scope,
    /// The keys, one after the other.
    pub keys: Vec<Key>,
    /// What it means.
    pub command: &'static Command,
}

/// What the keys pressed so far mean.
#[derive(Clone, Debug)]
pub enum Found {
    /// This command.
    Command(&'static Command),
    /// The beginning of one or more sequences.
    Prefix,
    /// Nothing.
    Nothing,
}

/// All bindings.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = command::all()
            .flat_map(|command| command.keys.iter().map(move |keys| (command, keys)))
            .filter_map(|(command, keys)| {
                Some(Binding { scope: command.scope, keys: Key::parse_sequence(keys)?, command })
            })
            .collect();
        Self { bindings }
    }
}

impl Keymap {
    /// What `keys` mean in `scopes`, the innermost first. An inner scope's sequence hides an outer scope's key.
    pub fn find(&self, scopes: &[Scope], keys: &[Key]) -> Found {
        for scope in scopes {
            let here = || self.bindings.iter().filter(|binding| binding.scope == *scope);
            if let Some(binding) = here().find(|binding| binding.keys == keys) {
                return Found::Command(binding.command);
            }
            if here().any(|binding| binding.keys.starts_with(keys)) {
                return Found::Prefix;
            }
        }
        Found::Nothing
    }

    /// How a begun sequence can go on, for the box that shows it.
    pub fn continuations(&self, scopes: &[Scope], keys: &[Key]) -> Vec<&Binding> {
        let heard = |binding: &&Binding| scopes.contains(&binding.scope);
        self.bindings.iter().filter(heard).filter(|b| b.keys.len() > keys.len() && b.keys.starts_with(keys)).collect()
    }

    /// All bindings.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }
}
