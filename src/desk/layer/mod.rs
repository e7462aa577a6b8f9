//! What lies above the panes, as one enum: what a layer is for is seen here at a glance.
//! What follows when something is picked in one is data ([`Then`]), so it can be printed, compared and replayed.

pub mod help;
pub mod palette;

use super::command::{Command, Scope};
use super::key::Key;
use super::list::Scroll;
use super::pane::PaneId;
use super::{Desk, Effects};
use crate::text::t;

/// A layer.
#[derive(Debug)]
pub enum Layer {
    /// All keys heard here.
    Help(help::Help),
    /// Every command.
    Palette(palette::PaletteBox),
}

/// Commands of every layer that simply closes.
pub const COMMANDS: &[Command] = &[Command::new(
    "layer.close",
    &["esc", "q", "ctrl-q"],
    Scope::Layer,
    t("退回", "back"),
    t("退回一步", "One step back"),
    close,
)];

impl Layer {
    /// The scopes heard, innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        let own = match self {
            Self::Help(_) => Scope::Help,
            Self::Palette(_) => Scope::Palette,
        };
        vec![own, Scope::Layer, Scope::List, Scope::Anywhere]
    }

    /// Whether a field in it has the focus.
    pub const fn types(&self) -> bool {
        match self {
            Self::Help(_) | Self::Palette(_) => true,
        }
    }

    /// The list in it that the list keys move.
    pub fn list(&mut self) -> Option<&mut dyn Scroll> {
        match self {
            Self::Help(help) => Some(&mut help.list),
            Self::Palette(palette) => Some(&mut palette.list),
        }
    }
}

/// Every set of scopes that can be heard at a time.
pub fn every_stack() -> Vec<Vec<Scope>> {
    let layers = [Scope::Help, Scope::Palette];
    PaneId::ALL
        .into_iter()
        .map(PaneId::scopes)
        .chain(layers.map(|own| vec![own, Scope::Layer, Scope::List, Scope::Anywhere]))
        .collect()
}

/// A key no command of the layer's own answers to; nothing when the layer has no use for it either.
pub fn key(desk: &mut Desk, key: Key) -> Option<Effects> {
    match desk.layers.last()? {
        Layer::Help(_) => help::key(desk, key),
        Layer::Palette(_) => palette::key(desk, key),
    }
}

/// Text in one piece for the focused field.
pub fn paste(desk: &mut Desk, text: &str) -> Effects {
    match desk.layers.last_mut() {
        Some(Layer::Help(help)) => help.paste(text),
        Some(Layer::Palette(palette)) => palette.paste(text),
        None => {}
    }
    Effects::new()
}

/// Lets the lists in layers know how many rows they show.
pub fn settle(desk: &mut Desk) {
    let layout = desk.layout;
    for layer in &mut desk.layers {
        let area = match layer {
            Layer::Help(_) => help::area(&layout),
            Layer::Palette(_) => palette::area(&layout),
        };
        if let Some(list) = layer.list() {
            list.see(usize::from(area.inside().h.saturating_sub(2)));
        }
    }
}

/// Takes the topmost layer off.
pub fn close(desk: &mut Desk) -> Effects {
    desk.layers.pop();
    Effects::new()
}
