//! Everything the desk asks of the world outside. Doing it is not here; that is `run`.

/// One thing to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Put this text on the clipboard.
    Copy(String),
    /// Keep this setting.
    Keep(Setting),
    /// Draw every cell again.
    Redraw,
    /// Leave, once all writing is done.
    Quit,
}

/// Settings changed from the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The language.
    Lang(crate::text::Lang),
    /// The colours.
    Palette(super::Palette),
}

/// What a message leads to.
pub type Effects = Vec<Effect>;
