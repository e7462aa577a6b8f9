//! Matches what is typed against labels that exist in both languages: commands of the palette, categories, statuses.
//! Records are not found here.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::spelled::Spelled;
use super::typed::Typed;
use super::{pinyin, rank};

thread_local! {
    /// The matcher keeps its tables, so there is one for each thread.
    static MATCHER: SkimMatcherV2 = SkimMatcherV2::default().ignore_case();
}

/// How well `typed` fits a label, higher is better; `None` when it does not. Every word typed must fit: as Chinese, as
/// pinyin or its initials, as English, or at last as letters with gaps. Nothing typed fits everything with 0.
pub fn matches_label(label_zh: &str, label_en: &str, typed: &str) -> Option<i32> {
    matches(label_zh, label_en, typed, true)
}

/// As [`matches_label`], but never by letters with gaps: for what is acted on without being seen first.
pub fn names_label(label_zh: &str, label_en: &str, typed: &str) -> Option<i32> {
    matches(label_zh, label_en, typed, false)
}

fn matches(label_zh: &str, label_en: &str, typed: &str, with_gaps: bool) -> Option<i32> {
    let typed = pinyin::fold(typed);
    let (zh, en) = (pinyin::fold(label_zh), pinyin::fold(label_en));
    let mut spelled = Spelled::default();
    let number = spelled.intern(&zh);
    let mut sum = 0;
    for word in typed.split_whitespace() {
        let by_pinyin = || {
            let word = word.bytes().all(|b| b.is_ascii_alphanumeric()).then_some(word)?;
            let mark = Typed::new(word, &spelled).mark(&spelled, number);
            (mark > 0).then(|| rank::worth(mark) as i32 * 9)
        };
        let written = match rank::worth(rank::written(&zh, word)) {
            0 => None,
            worth => Some(worth as i32 * 10),
        };
        let english = en.match_indices(word).map(|(at, _)| english(&en, word, at)).max();
        let gaps = || {
            if !with_gaps {
                return None;
            }
            let gaps = MATCHER.with(|m| m.fuzzy_match(&en, word).max(m.fuzzy_match(&zh, word)));
            gaps.map(|score| (score.clamp(0, 200) as i32) / 2)
        };
        sum += written.max(english).max(by_pinyin()).or_else(gaps)?;
    }
    Some(sum)
}

/// Worth of an English word found at `at`: all of the label, its beginning, the beginning of a word, inside one.
fn english(label: &str, word: &str, at: usize) -> i32 {
    match (at, label.len() - word.len()) {
        (0, 0) => 1_000,
        (0, _) => 880,
        _ if !label.as_bytes()[at - 1].is_ascii_alphanumeric() => 700,
        _ => 300,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_pinyin_english_and_gaps() {
        let fits = |typed| matches_label("排班表", "Roster week", typed);
        for typed in ["排班", "班", "pbb", "paiban", "paib", "pai ban", "roster", "WEEK", "ros we", "rstr", ""] {
            assert!(fits(typed).is_some(), "{typed}");
        }
        for typed in ["xyz", "交班", "roster month"] {
            assert_eq!(fits(typed), None, "{typed}");
        }
        assert!(fits("排班表") > fits("班") && fits("pbb") > fits("bb") && fits("roster") > fits("oster"));
        assert!(
            matches_label("重办", "Reopen", "chongban").is_some() && matches_label("重办", "Reopen", "zb").is_some()
        );
    }
}
