//! What is said of a rule of danger that is not taken. What makes one bad is decided in `domain::danger`.

use super::{Lang, t};
use crate::domain::ticket::danger::{BadRule, Unclear};

/// Why a township's rule is not taken, and what would be.
pub fn bad_rule(bad: &BadRule, lang: Lang) -> String {
    match bad {
        BadRule::Unclear { rule, why } => {
            t("这条危险说法看不懂: 「{rule}」; {why}", "This rule of danger is not understood: \"{rule}\"; {why}")
                .with(lang, &[("rule", rule), ("why", &unclear(*why, lang))])
        }
        BadRule::ExampleMissing { rule, heard: true } => t(
            "「{rule}」还缺一句应当听出的话; 在后面加上 ;+ 和那句话",
            "\"{rule}\" lacks a sentence it must hear; add ;+ and the sentence",
        )
        .with(lang, &[("rule", rule)]),
        BadRule::ExampleMissing { rule, heard: false } => t(
            "「{rule}」还缺一句不该听成危险的话; 在后面加上 ;- 和那句话",
            "\"{rule}\" lacks a sentence it must not hear; add ;- and the sentence",
        )
        .with(lang, &[("rule", rule)]),
        BadRule::NotHeard(sentence) => t(
            "没有存: 「{sentence}」应当听出, 这条却没有听出; 请改说法或例句",
            "Not kept: \"{sentence}\" must be heard, and is not; change the rule or the sentence",
        )
        .with(lang, &[("sentence", sentence)]),
        BadRule::Heard(sentence) => t(
            "没有存: 「{sentence}」不是危险, 这条却听成了危险; 请改说法或例句",
            "Not kept: \"{sentence}\" must not be heard, and is; change the rule or the sentence",
        )
        .with(lang, &[("sentence", sentence)]),
    }
}

fn unclear(why: Unclear, lang: Lang) -> String {
    match why {
        Unclear::Empty => t("至少要有一个词", "it needs a word at least").get(lang).to_owned(),
        Unclear::WordsMissing => t("每个 > + ! 后面都要有词", "words must follow each of > + !").get(lang).to_owned(),
        Unclear::SignMissing => t(
            "两组词中间要有 > (在后) 或 + (不分先后); 一组里的词用 | 隔开",
            "between two groups stands > (behind) or + (either side); words of a group have | between",
        )
        .get(lang)
        .to_owned(),
        Unclear::Steps { at_most } => {
            t("相隔的字数是 0 到 {n}", "steps apart are 0 to {n}").with(lang, &[("n", &at_most)])
        }
        Unclear::NoSuchList => {
            t("没有 @ 后面的那组词", "there is no list of words of that name after @").get(lang).to_owned()
        }
    }
}
