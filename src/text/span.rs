//! Spans of time as words: the part that matters most, or exact, to be added up.
//! Moments are said where it is known what day it is.

use super::{Lang, t};
use crate::domain::ticket::clock::span_parts;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// `3天`, `2小时`, `35分`: the one part of a span that matters most.
pub fn span(minutes: i64, lang: Lang) -> String {
    let (unit, n) = match span_parts(minutes) {
        (days, _, _) if days > 0 => (t("{n}天", "{n}d"), days),
        (_, hours, _) if hours > 0 => (t("{n}小时", "{n}h"), hours),
        (_, _, minutes) => (t("{n}分", "{n}m"), minutes),
    };
    unit.with(lang, &[("n", &n)])
}

/// `1小时28分`: the two parts that matter.
pub fn long_span(minutes: i64, lang: Lang) -> String {
    match span_parts(minutes) {
        (0, hours, rest) if hours > 0 && rest > 0 => {
            t("{h}小时{m}分", "{h}h {m}m").with(lang, &[("h", &hours), ("m", &rest)])
        }
        _ => span(minutes, lang),
    }
}

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
    use crate::domain::ticket::category::limit_of_text;

    #[test]
    fn the_part_of_a_span_that_matters() {
        for (minutes, zh, en) in [(0, "0分", "0m"), (59, "59分", "59m"), (61, "1小时", "1h"), (3_000, "2天", "2d")]
        {
            assert_eq!((span(minutes, Lang::Zh).as_str(), span(minutes, Lang::En).as_str()), (zh, en));
        }
        assert_eq!(long_span(88, Lang::Zh), "1小时28分");
    }

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
