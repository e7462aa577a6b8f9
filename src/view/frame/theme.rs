//! Colours, borders and marks. One accent, one warning, one danger, dim for the rest, the same everywhere, always with a mark.
//! The sixteen colours of the terminal on its own background: nothing here paints a background of its own.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use crate::desk::Palette;

/// Which lines borders are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borders {
    /// Box lines.
    Plain,
    /// `+ - |`, for consoles that draw box lines two cells wide.
    Ascii,
}

impl Borders {
    /// The borders of this name in settings.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "plain" => Some(Self::Plain),
            "ascii" => Some(Self::Ascii),
            _ => None,
        }
    }
}

/// How everything is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    palette: Palette,
    borders: Borders,
}

const ASCII: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

impl Theme {
    /// A theme. Without colour (`NO_COLOR`) every palette is [`Palette::Mono`].
    pub const fn new(palette: Palette, borders: Borders, no_color: bool) -> Self {
        Self { palette: if no_color { Palette::Mono } else { palette }, borders }
    }

    /// The lines of borders.
    pub const fn border_set(&self) -> border::Set<'static> {
        match self.borders {
            Borders::Plain => border::PLAIN,
            Borders::Ascii => ASCII,
        }
    }

    /// Ordinary text.
    pub fn plain(&self) -> Style {
        Style::new()
    }

    /// Text in a box; a proposal, which typing replaces, is underlined.
    pub fn typed(&self, proposed: bool) -> Style {
        if proposed { self.plain().add_modifier(Modifier::UNDERLINED) } else { self.plain() }
    }

    /// What is the same on every row, or of less weight.
    pub fn dim(&self) -> Style {
        match self.palette {
            Palette::Dark | Palette::Light => Style::new().fg(Color::DarkGray),
            Palette::Mono | Palette::HighContrast => Style::new(),
        }
    }

    /// Titles, keys, what has the focus.
    pub fn accent(&self) -> Style {
        match self.palette {
            Palette::Dark => Style::new().fg(Color::Cyan),
            Palette::Light => Style::new().fg(Color::Blue),
            Palette::Mono => Style::new().add_modifier(Modifier::BOLD),
            Palette::HighContrast => Style::new().fg(Color::LightCyan).add_modifier(Modifier::BOLD),
        }
    }

    /// Due soon, missing, waiting.
    pub fn warning(&self) -> Style {
        match self.palette {
            Palette::Dark => Style::new().fg(Color::Yellow),
            Palette::Light => Style::new().fg(Color::Magenta),
            Palette::Mono => Style::new().add_modifier(Modifier::UNDERLINED),
            Palette::HighContrast => Style::new().fg(Color::LightYellow).add_modifier(Modifier::BOLD),
        }
    }

    /// Late, danger, refused.
    pub fn danger(&self) -> Style {
        match self.palette {
            Palette::Dark | Palette::Light => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            Palette::Mono => Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            Palette::HighContrast => Style::new().fg(Color::LightRed).add_modifier(Modifier::BOLD),
        }
    }

    /// Done, well.
    pub fn good(&self) -> Style {
        match self.palette {
            Palette::Dark | Palette::Light => Style::new().fg(Color::Green),
            Palette::Mono => Style::new(),
            Palette::HighContrast => Style::new().fg(Color::LightGreen).add_modifier(Modifier::BOLD),
        }
    }

    /// Strong text.
    pub fn strong(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The selected row, beside its `>` mark: reversed where the focus is, strong elsewhere.
    pub fn selected(&self, focused: bool) -> Style {
        Style::new().add_modifier(if focused { Modifier::REVERSED } else { Modifier::BOLD })
    }

    /// A border.
    pub fn border(&self, focused: bool) -> Style {
        if focused { self.accent() } else { self.dim() }
    }

    /// The lines at top and foot.
    pub fn bar(&self) -> Style {
        Style::new()
    }
}
