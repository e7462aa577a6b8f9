//! What is said of a clock that cannot be right.

use super::{Lang, t};
use crate::domain::base::time::{Time, Zone};
use crate::domain::base::wrong_clock::WrongClock;

/// What is wrong, with both times.
pub fn sentence(wrong: WrongClock, now: Time, zone: Zone, lang: Lang) -> String {
    let stamp = |time: Time| zone.local(time).format("%Y-%m-%d %H:%M").to_string();
    match wrong {
        WrongClock::BeforeRelease(day) => t(
            "电脑时间是 {now}，比本程序的发布日 {day} 还早",
            "This machine's clock shows {now}, before this program was released on {day}",
        )
        .with(lang, &[("now", &stamp(now)), ("day", &day)]),
        WrongClock::Behind(newest) => t(
            "电脑时间是 {now}，文件里最新的一笔却记在 {newest}",
            "This machine's clock shows {now}, but the newest entry of the file is of {newest}",
        )
        .with(lang, &[("now", &stamp(now)), ("newest", &stamp(newest))]),
    }
}
