//! What stands beside a figure: what was left out of it and why, what is counted apart.
//! What counts how is `domain::rates`.

use super::labels::Labelled;
use super::{Lang, Text, t};
use crate::domain::callback::op::Verdict;
use crate::domain::rates::{Left, Part, Three, Which};

/// What a rate does not tell by itself: `未计 5: 作废 3, 已并单 2`; empty when there is nothing.
pub fn beside(three: &Three, which: Which, lang: Lang) -> String {
    let comma = t(", ", ", ").get(lang);
    let parts = |parts: Vec<(String, u32)>| {
        let parts = parts.into_iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{name} {n}"));
        parts.collect::<Vec<_>>().join(comma)
    };
    let name = |verdict: Verdict| verdict.label().get(lang).to_owned();
    match which {
        Which::Response => {
            let whole: u32 = three.left.iter().sum();
            let list = Left::ALL.iter().map(|why| (why.label().get(lang).to_owned(), three.left[*why as usize]));
            let list = parts(list.collect());
            if whole == 0 {
                return String::new();
            }
            t("未计 {n}: {list}", "{n} not counted: {list}").with(lang, &[("n", &whole), ("list", &list)])
        }
        Which::Resolution => parts(vec![
            (t("未联系上", "tickets never reached").get(lang).to_owned(), three.unreached),
            (t("没人接的电话", "unanswered calls").get(lang).to_owned(), three.unanswered),
        ]),
        Which::Satisfaction => {
            parts(vec![(name(Verdict::Fair), three.fair), (name(Verdict::Dissatisfied), three.dissatisfied)])
        }
    }
}

/// What a part of a rate is called.
pub const fn part(which: Which, part: Part) -> Text {
    match (which, part) {
        (Which::Response, Part::Met) => t("时限内联系的", "contact in time"),
        (Which::Response, Part::Missed) => t("没有及时联系的", "contact late or missing"),
        (Which::Response, Part::Left) => t("不计的", "not counted"),
        (Which::Resolution, Part::Met) => t("住户说解决了的", "solved, the resident says"),
        (Which::Resolution, Part::Missed) => t("住户说没解决的", "not solved, the resident says"),
        (Which::Satisfaction, Part::Met) => t("满意的", "satisfied"),
        (Which::Satisfaction, Part::Missed) => t("没说满意的", "not satisfied"),
        (Which::Resolution | Which::Satisfaction, Part::Left) => t("未联系上的", "never reached"),
    }
}

/// What a category's first digit is called.
pub const fn group(first: char) -> Text {
    match first {
        '1' => t("危险", "danger"),
        '2' => t("维修", "repairs"),
        '3' => t("秩序", "order"),
        '4' => t("保洁", "cleaning"),
        '5' => t("绿化", "greenery"),
        '6' => t("服务", "service"),
        _ => t("其他", "other"),
    }
}
