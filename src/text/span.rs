//! Spans of time as words that can be added up: nothing is rounded. Which part of a span matters most is said in `desk::say`.

use super::{Lang, t};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// `84小时`, `1小时5分`, `0分`: hours and minutes, never days, so that a working day is not taken for one of 24 hours.
pub fn hours(minutes: i64, lang: Lang) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => t("{m}分", "{m}m").with(lang, &[("m", &m)]),
        (h, 0) => t("{h}小时", "{h}h").with(lang, &[("h", &h)]),
        (h, m) => t("{h}小时{m}分", "{h}h {m}m").with(lang, &[("h", &h), ("m", &m)]),
    }
}

/// A category's limit as it is typed: `7天`, `4小时`, `30分`.
pub fn limit(minutes: i64, lang: Lang) -> String {
    if minutes > 0 && minutes % DAY == 0 {
        return t("{n}天", "{n}d").with(lang, &[("n", &(minutes / DAY))]);
    }
    hours(minutes, lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::category::limit_of_text;

    #[test]
    fn a_limit_as_it_is_shown_can_be_typed() {
        for minutes in [0, 5, 30, 60, 90, 240, 1_440, 2_000, 7 * 1_440] {
            for lang in [Lang::Zh, Lang::En] {
                let shown = limit(minutes, lang);
                assert_eq!(limit_of_text(&shown), Some(minutes), "{shown}");
            }
        }
        assert_eq!(hours(7 * 720, Lang::Zh), "84小时");
    }
}
