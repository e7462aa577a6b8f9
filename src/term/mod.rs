//! The terminal: taken over on entering, given back on leaving, whatever ends the program.
//! It draws nothing of its own; what is drawn comes from `view`.

pub mod input;

use std::io::{self, BufWriter, IsTerminal, Stdout, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{execute, queue, style};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use crate::text::{Lang, t};

/// Whether the terminal is taken over, so that a panic on any thread knows whether there is something to give back.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Bytes of a frame that are gathered before they are written; a whole screen of colour fits.
const FRAME_BYTES: usize = 64 << 10;

/// Why there is no screen.
#[derive(Debug)]
pub enum Error {
    /// Input or output is not a terminal.
    NoTerminal,
    /// The terminal failed.
    Io(io::Error),
}

impl Error {
    /// The sentence for the user.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::NoTerminal => t(
                "这里没有终端, 客服台打不开; 请在终端里运行, 或用不需要屏幕的命令 (tdesk --help)",
                "There is no terminal here for the desk; run it in one, or use the commands that need no screen (tdesk --help)",
            )
            .get(lang)
            .to_owned(),
            Self::Io(error) => t("终端出错: {e}", "The terminal failed: {e}").with(lang, &[("e", error)]),
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The screen while it is ours. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Screen {
    /// Everything is written through one buffer, so that a frame is a write or two and not one for every kilobyte.
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    editing: bool,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// [`Error::NoTerminal`] without one, before anything is changed; [`Error::Io`] when it fails.
    pub fn enter(mouse: bool) -> Result<Self, Error> {
        if !io::stdin().is_terminal() || !stdout().is_terminal() {
            return Err(Error::NoTerminal);
        }
        // Under NO_COLOR this library would also wipe bold and reverse; the theme leaves colours out instead.
        style::force_color_output(true);
        give_back_on_panic();
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        // From here on dropping the guard undoes what was done.
        let buffered = BufWriter::with_capacity(FRAME_BYTES, stdout());
        let mut screen = Self { terminal: Terminal::new(CrosstermBackend::new(buffered))?, editing: false };
        // No keyboard-protocol flags: they break input methods.
        let out = screen.terminal.backend_mut();
        execute!(out, EnterAlternateScreen, EnableBracketedPaste)?;
        if mouse {
            execute!(out, EnableMouseCapture)?;
        }
        screen.clear()?;
        Ok(screen)
    }

    /// Width and height in cells.
    ///
    /// # Errors
    /// When the terminal does not tell.
    pub fn size(&self) -> Result<(u16, u16), Error> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Draws one frame; the caret is a bar while a field is edited.
    ///
    /// # Errors
    /// When writing fails, as it does when the terminal is gone.
    pub fn draw(&mut self, editing: bool, draw: impl FnOnce(&mut Frame)) -> Result<(), Error> {
        let out = self.terminal.backend_mut();
        if editing != self.editing {
            self.editing = editing;
            let shape = if editing { SetCursorStyle::SteadyBar } else { SetCursorStyle::DefaultUserShape };
            queue!(out, shape)?;
        }
        queue!(out, BeginSynchronizedUpdate)?;
        self.terminal.draw(draw)?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Ok(())
    }

    /// Forgets what is on the screen, so that the next frame draws every cell.
    ///
    /// It goes the way of a resize: the library's own clearing asks the terminal where its cursor is, and a terminal that
    /// does not answer would end the program.
    ///
    /// # Errors
    /// When writing fails.
    pub fn clear(&mut self) -> Result<(), Error> {
        let size = self.terminal.size()?;
        self.terminal.resize(ratatui::layout::Rect::new(0, 0, size.width, size.height))?;
        Ok(())
    }

    /// Puts text on the clipboard through the terminal (OSC 52), which works through SSH too.
    ///
    /// # Errors
    /// When writing fails. A terminal that does not allow it says nothing.
    pub fn copy(&mut self, text: &str) -> Result<(), Error> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back, once. Failures are left: there is no one to tell.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            stdout(),
            EndSynchronizedUpdate,
            DisableMouseCapture,
            DisableBracketedPaste,
            SetCursorStyle::DefaultUserShape,
            LeaveAlternateScreen,
            Show
        );
        let _ = disable_raw_mode();
    }
}

/// A panic first gives the terminal back, then speaks, so that its words can be read.
fn give_back_on_panic() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let speak = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            speak(panic);
        }));
    });
}
