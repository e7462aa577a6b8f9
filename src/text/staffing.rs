//! Why a need stays open, in words. Nothing is reckoned here; that is `domain::roster::fill`.

use super::{Lang, t};
use crate::domain::roster::fill::Why;

/// `5 人当天在别处更缺, 2 人请假`; nobody of the role says so.
pub fn why(why: &[(Why, u32)], lang: Lang) -> String {
    if why.is_empty() {
        return t("没有这个岗位的人", "nobody has this role").get(lang).to_owned();
    }
    let part = |(why, n): &(Why, u32)| {
        let words = match why {
            Why::Elsewhere => t("{n} 人不管这里", "{n} serve elsewhere"),
            Why::OnLeave => t("{n} 人请假", "{n} on leave"),
            Why::Fixed => t("{n} 人这天已定", "{n} fixed that day"),
            Why::AtWork => t("{n} 人当天在别处更缺", "{n} needed elsewhere that day"),
            Why::ShortRest => t("{n} 人歇不够", "{n} short of rest"),
            Why::InARow => t("{n} 人连上太多天", "{n} too many days in a row"),
            Why::Hours => t("{n} 人工时满", "{n} out of hours"),
        };
        words.with(lang, &[("n", n)])
    };
    why.iter().map(part).collect::<Vec<_>>().join(", ")
}
