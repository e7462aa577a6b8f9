//! The sentence for each refusal: what is wrong, where, and what would be accepted.
//! No rule is decided here.

use super::{Lang, t};
use crate::domain::refusal::Refusal;

/// The sentence for `refusal`.
pub fn sentence(refusal: &Refusal, lang: Lang) -> String {
    match refusal {
        Refusal::NulInText => t(
            "文字里有空字符 (NUL), 不能保存; 请删去后再输",
            "The text holds a NUL character and cannot be kept; remove it and type it again",
        )
        .get(lang)
        .to_owned(),
        Refusal::TextTooLong { at_most } => {
            t("太长了: 最多 {n} 个字", "Too long: at most {n} characters").with(lang, &[("n", at_most)])
        }
        Refusal::NameEmpty => {
            t("姓名是空的; 请输入至少一个字", "The name is empty; type at least one character").get(lang).to_owned()
        }
        Refusal::PhoneUnclear => t(
            "不像电话号码; 请输入 3 到 15 位数字, 可带空格或横线",
            "Not a phone number; type 3 to 15 digits, blanks and dashes allowed",
        )
        .get(lang)
        .to_owned(),
    }
}
