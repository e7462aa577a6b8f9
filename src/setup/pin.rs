//! A PIN asked for: at the terminal without showing what is typed, or as a line of standard input for scripts.
//! Whether it is right is the store's to say.

use std::io::{BufRead, IsTerminal, Read, Write};

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

use super::context::{Context, Failure};
use crate::domain::operator::pin::Pin;
use crate::text::t;

/// Asks for a PIN; an empty line is none.
///
/// # Errors
/// When there is no terminal to ask at, or what was typed is no PIN.
pub fn ask(context: &Context, what: &str, from_stdin: bool) -> Result<Option<Pin>, Failure> {
    let line = if from_stdin { line(context)? } else { unseen(context, what)? };
    let line = line.trim();
    if line.is_empty() {
        return Ok(None);
    }
    Pin::new(line).map(Some).map_err(|refusal| context.refused(&refusal))
}

/// Asks for a new PIN; an empty line is none. At the terminal it is typed twice: nobody sees a slip in it.
///
/// # Errors
/// Those of [`ask`]; when the two are not the same.
pub fn ask_new(context: &Context, from_stdin: bool) -> Result<Option<Pin>, Failure> {
    let what = t("新 PIN (4-12 位数字, 空着就不用 PIN)", "New PIN (4 to 12 digits; empty for none)");
    let first = ask(context, what.get(context.lang), from_stdin)?;
    if from_stdin || first == ask(context, t("再输一遍", "The same again").get(context.lang), from_stdin)? {
        return Ok(first);
    }
    let words = t(
        "两遍输得不一样, 什么也没改; 请重新来, 两遍输一样的",
        "The two are not the same, nothing is changed; begin again and type the same twice",
    );
    Err(Failure::Refused(words.get(context.lang).to_owned()))
}

/// A line of standard input. Its end is no empty line: that would take a PIN off.
fn line(context: &Context) -> Result<String, Failure> {
    let mut line = String::new();
    match std::io::stdin().lock().read_line(&mut line) {
        Ok(read) if read > 0 => Ok(line),
        _ => Err(no_terminal(context)),
    }
}

fn no_terminal(context: &Context) -> Failure {
    let words = t(
        "没有终端可以输入 PIN; 脚本里用 --pin-stdin, 从标准输入读一行",
        "There is no terminal to ask for the PIN; a script gives it as a line of standard input with --pin-stdin",
    );
    Failure::Refused(words.get(context.lang).to_owned())
}

fn unseen(context: &Context, what: &str) -> Result<String, Failure> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Err(no_terminal(context));
    }
    let before = tcgetattr(&stdin).map_err(|_| no_terminal(context))?;
    let mut quiet = before.clone();
    // Keys come one by one and Ctrl-C is a key like any other: nothing ends the program while the terminal shows nothing.
    quiet.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
    quiet.special_codes[SpecialCodeIndex::VMIN] = 1;
    quiet.special_codes[SpecialCodeIndex::VTIME] = 0;
    // Quiet first: whoever sees the question may type at once.
    tcsetattr(&stdin, OptionalActions::Flush, &quiet).map_err(|_| no_terminal(context))?;
    let mut err = std::io::stderr().lock();
    let _ = write!(err, "{what}: ").and_then(|()| err.flush());
    let typed = keys(std::io::stdin().lock().bytes().map_while(Result::ok));
    // Whatever was typed, the terminal shows again what is typed next.
    let _ = tcsetattr(&stdin, OptionalActions::Flush, &before);
    let _ = writeln!(err);
    let left = t("PIN 没输完, 什么也没改; 输完按回车", "The PIN was left, nothing is changed; Enter ends it");
    typed.ok_or_else(|| Failure::Refused(left.get(context.lang).to_owned()))
}

/// What the keys up to Enter leave; none where it was left by Ctrl-C, Ctrl-D or the end of the terminal.
fn keys(bytes: impl Iterator<Item = u8>) -> Option<String> {
    let mut typed: Vec<u8> = Vec::new();
    for byte in bytes {
        match byte {
            b'\r' | b'\n' => return Some(String::from_utf8_lossy(&typed).into_owned()),
            3 | 4 | 0x1c => return None,
            8 | 0x7f => {
                // A full-width digit is several bytes and goes with one key.
                while typed.pop().is_some_and(|last| last & 0xc0 == 0x80) {}
            }
            0x15 => typed.clear(),
            byte => typed.push(byte),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn keys_end_with_enter_and_are_taken_back_one_by_one() {
        let typed = |text: &str| keys(text.bytes());
        assert_eq!(typed("1234\r5"), Some("1234".to_owned()));
        assert_eq!(typed("1２\x7f\x7f9\x7f34\n"), Some("34".to_owned()));
        assert_eq!(typed("99\x151234\n"), Some("1234".to_owned()));
        assert_eq!(typed("\n"), Some(String::new()));
        for left in ["12\x034\n", "\x04", "1234", ""] {
            assert_eq!(typed(left), None, "{left:?}");
        }
    }
}
