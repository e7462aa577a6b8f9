//! A report cut into what rules are written in: a Chinese character, an English word or a number is one token each.
//! What the tokens mean is not here.

use crate::domain::base::clean::half_width;

/// Steps a comma, a blank between Chinese characters, or the like puts between two tokens.
const COMMA: usize = 1;
/// Steps the end of a sentence puts between two tokens.
const STOP: usize = 4;

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::domain) struct Token {
    /// In small letters, half as wide where it can be; a word of the region as the one all use: 俺 is 我.
    pub text: String,
    /// As it was said.
    pub said: String,
    /// How many steps from the beginning; commas and stops are steps, too.
    pub at: usize,
}

/// The tokens of a text, in their order.
pub(in crate::domain) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut at, mut apart) = (0, 0);
    let mut word = String::new();
    let mut push = |text: String, apart: &mut usize| {
        at += std::mem::take(apart);
        for (i, part) in common(&text).split(' ').enumerate() {
            tokens.push(Token { text: part.to_owned(), said: if i == 0 { text.clone() } else { String::new() }, at });
            at += 1;
        }
    };
    let text = half_width(text).to_lowercase();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // One between letters belongs to the word, as typed or as a phone writes it; any other is a quotation mark.
        let apostrophe =
            matches!(c, '\'' | '’') && word.ends_with(in_word) && chars.peek().is_some_and(char::is_ascii_alphabetic);
        let c = if apostrophe { '\'' } else { c };
        if apostrophe || in_word(c) {
            // A figure and a letter beside each other are two things: 3L, 5f.
            let turns = word.ends_with(|last: char| last.is_ascii_digit() != c.is_ascii_digit());
            if turns && c != '\'' {
                push(std::mem::take(&mut word), &mut apart);
            }
            word.push(c);
            continue;
        }
        let after_word = !word.is_empty();
        if after_word {
            push(std::mem::take(&mut word), &mut apart);
        }
        match c {
            '。' | '!' | '?' | ';' | '\n' | '…' => apart += STOP,
            // Between English words a blank is no pause, nor is a stop within a figure.
            ' ' if after_word => {}
            '.' if !after_word => apart += STOP,
            '"' | '“' | '”' | '「' | '」' | '《' | '》' | '\'' | '(' | ')' | '-' | '/' | '~' | '\r' | '\t' => {}
            c if c.is_alphanumeric() => push(c.to_string(), &mut apart),
            _ => apart += COMMA,
        }
    }
    if !word.is_empty() {
        push(word, &mut apart);
    }
    tokens
}

/// The word all use for one of the region, and for an English one without its apostrophe. A blank parts two.
fn common(word: &str) -> &str {
    match word {
        "咧" | "哩" | "嘞" | "唻" | "啦" | "喽" | "咯" => "了",
        "俺" | "咱" => "我",
        "恁" => "你",
        "咋" => "怎 么",
        "啥" => "什 么",
        "cant" => "can't",
        "wont" => "won't",
        "dont" => "don't",
        "isnt" => "isn't",
        "hasnt" => "hasn't",
        "doesnt" => "doesn't",
        "im" => "i'm",
        "hes" => "he's",
        "shes" => "she's",
        "theres" => "there's",
        word => word,
    }
}

/// Whether the character is part of an English word or a number.
fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{c0}'..'\u{250}').contains(&c)
}

/// Whether a token counts something.
pub(in crate::domain) fn is_number(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            token,
            "一" | "二"
                | "两"
                | "俩"
                | "三"
                | "仨"
                | "四"
                | "五"
                | "六"
                | "七"
                | "八"
                | "九"
                | "十"
                | "几"
                | "好几"
                | "半"
                | "多"
        )
        || matches!(token, "one" | "two" | "three" | "four" | "five" | "several")
}
