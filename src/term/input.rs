//! What comes from the terminal and the machine, as messages: keys, pastes, the mouse, sizes, signals.
//! Each function runs on a thread of its own and ends when its messages are no longer taken. No key is given a meaning here.

use std::io;

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind, read,
};
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;

use crate::desk::Msg;
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::msg::Mouse;

/// Rows one notch of the wheel moves.
const WHEEL_ROWS: i16 = 3;

/// Reads the terminal until `send` says that nobody listens, or the terminal is gone, which is a hang-up.
pub fn listen(send: impl Fn(Msg) -> bool) {
    loop {
        match read() {
            Ok(event) => {
                if let Some(msg) = message(event)
                    && !send(msg)
                {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => {
                send(Msg::Hangup);
                return;
            }
        }
    }
}

/// Turns SIGHUP and SIGTERM into a message, so that the desk ends as it does by its own keys.
///
/// # Errors
/// When the signals cannot be caught.
pub fn listen_for_signals(send: impl Fn(Msg) -> bool) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM])?;
    for _ in signals.forever() {
        if !send(Msg::Hangup) {
            break;
        }
    }
    Ok(())
}

/// The message of an event, where it is one for the desk.
pub fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(event) => key(event).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(w, h) => Some(Msg::Resize(w, h)),
        Event::Mouse(event) => mouse(event).map(Msg::Mouse),
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// Presses, and repeats of what moves or types; releases are nothing (some systems report all three).
fn key(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(c) if !c.is_control() => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let repeats = matches!(
        code,
        Code::Char(_)
            | Code::Backspace
            | Code::Delete
            | Code::Left
            | Code::Right
            | Code::Up
            | Code::Down
            | Code::PageUp
            | Code::PageDown
    );
    let counts = match event.kind {
        KeyEventKind::Press => true,
        KeyEventKind::Repeat => repeats,
        KeyEventKind::Release => false,
    };
    let (ctrl, alt) = (event.modifiers.contains(KeyModifiers::CONTROL), event.modifiers.contains(KeyModifiers::ALT));
    let code = match code {
        Code::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
        code => code,
    };
    counts.then_some(Key { code, ctrl, alt })
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let (x, y) = (event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Mouse::Click { x, y }),
        MouseEventKind::ScrollDown => Some(Mouse::Wheel { x, y, rows: WHEEL_ROWS }),
        MouseEventKind::ScrollUp => Some(Mouse::Wheel { x, y, rows: -WHEEL_ROWS }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) -> Option<String> {
        key(KeyEvent::new_with_kind(code, modifiers, kind)).map(|key| key.to_string())
    }

    #[test]
    fn presses_count_releases_do_not() {
        use KeyEventKind::{Press, Release, Repeat};
        let none = KeyModifiers::NONE;
        for (code, modifiers, kind, expected) in [
            (KeyCode::Char('n'), none, Press, Some("n")),
            (KeyCode::Char('n'), none, Release, None),
            (KeyCode::Char('N'), KeyModifiers::SHIFT, Press, Some("N")),
            (KeyCode::Char('S'), KeyModifiers::CONTROL.union(KeyModifiers::SHIFT), Press, Some("ctrl-s")),
            (KeyCode::Enter, none, Repeat, None),
            (KeyCode::Down, none, Repeat, Some("down")),
            (KeyCode::BackTab, KeyModifiers::SHIFT, Press, Some("shift-tab")),
            (KeyCode::F(2), none, Press, Some("f2")),
            (KeyCode::Char('\u{1b}'), none, Press, None),
        ] {
            assert_eq!(pressed(code, modifiers, kind).as_deref(), expected, "{code:?} {kind:?}");
        }
    }
}
