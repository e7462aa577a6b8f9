//! Text is cleaned once, at the border: typing, import, arguments, file names. Behind it nothing cleans again.
//! It does not judge whether the words make sense.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::refusal::Refusal;

/// More combining marks than this on one letter are dropped: no script needs them, stacked accents hide other rows.
const MARKS_AT_MOST: usize = 8;

/// One line of clean text: no control or direction characters, line breaks and tabs as blanks, NFC, trimmed.
///
/// # Errors
/// [`Refusal::NulInText`] when a NUL is found: such text did not come from a person.
pub fn line(text: &str) -> Result<String, Refusal> {
    let mut clean = kept(text, ' ')?;
    if clean.contains("  ") {
        clean = clean.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    }
    Ok(clean.trim().to_owned())
}

/// Clean text that keeps its line feeds, for notes.
///
/// # Errors
/// As [`line()`].
pub fn notes(text: &str) -> Result<String, Refusal> {
    Ok(kept(&text.replace("\r\n", "\n").replace('\r', "\n"), '\n')?.trim().to_owned())
}

fn kept(text: &str, line_feed: char) -> Result<String, Refusal> {
    if text.contains('\0') {
        return Err(Refusal::NulInText);
    }
    let mut clean = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.nfc() {
        let c = match c {
            '\n' | '\u{2028}' | '\u{2029}' => line_feed,
            '\t' | '\r' | '\u{3000}' | '\u{a0}' => ' ',
            c if c.is_control() => continue,
            // A joiner is kept only behind the emoji it joins.
            '\u{200d}' if clean.chars().next_back().is_some_and(joins) => c,
            c if invisible(c) => continue,
            c => c,
        };
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= MARKS_AT_MOST {
            clean.push(c);
        }
    }
    Ok(clean)
}

/// Zero-width and text-direction characters: they make two different texts look the same, or turn a line round.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn joins(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{2190}'..='\u{21ff}' | '\u{2b00}'..='\u{2bff}')
}

/// Full-width letters, digits and signs as their ASCII twins (`３＃２－５０１` as `3#2-501`), the ideographic space as a blank.
pub fn half_width(text: &str) -> String {
    text.chars().map(half_width_char).collect()
}

/// A text as it is compared with others: half-width, small letters.
pub fn folded(text: &str) -> String {
    text.chars().map(half_width_char).flat_map(char::to_lowercase).collect()
}

/// One character of [`half_width`].
pub fn half_width_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_and_what_stays() {
        assert_eq!(
            line("\u{1b}[31m红\u{202e}色\u{200b}\u{feff} 漏水\t处\r\n二层").as_deref(),
            Ok("[31m红色 漏水 处 二层")
        );
        assert_eq!(notes("一\r\n二\u{7}\n三").as_deref(), Ok("一\n二\n三"));
        assert_eq!(line("👩\u{200d}🔧 张\u{200d}三").as_deref(), Ok("👩\u{200d}🔧 张三"), "a joiner only inside emoji");
        assert_eq!(line("e\u{301}").as_deref(), Ok("é"), "NFC");
        assert_eq!(
            line(&format!("a{}", "\u{335}".repeat(60))).map(|t| t.chars().count()),
            Ok(9),
            "at most eight marks"
        );
        assert_eq!(line("a\0b"), Err(Refusal::NulInText));
        assert_eq!(half_width("３＃２－５０１　Ａ"), "3#2-501 A");
    }
}
