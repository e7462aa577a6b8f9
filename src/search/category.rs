//! The category a person means: by code, Chinese, pinyin initials or English. Shared by the screen and the commands.
//! Which category a report's words point to is not here; that is `domain::category::suggest`.

use super::label::matches_label;
use crate::domain::ticket::category::Category;

/// The category that fits best what was typed; nothing when none does.
pub fn category_of<'a>(typed: &str, categories: &'a [Category]) -> Option<&'a Category> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let by_code = categories.iter().find(|category| category.code == typed);
    by_code.or_else(|| {
        let fit = |category: &&Category| matches_label(&category.zh, &category.en, typed);
        categories
            .iter()
            .filter_map(|c| fit(&c).map(|score| (score, c)))
            .max_by_key(|(score, _)| *score)
            .map(|(_, c)| c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ticket::category::starting;

    #[test]
    fn code_name_initials_and_english() {
        let all = starting();
        for (typed, code) in [("201", "201"), ("水管爆裂", "201"), ("sgbl", "201"), ("burst", "201"), ("待分类", "000")]
        {
            assert_eq!(category_of(typed, &all).map(|c| c.code.as_str()), Some(code), "{typed}");
        }
        assert_eq!(category_of("", &all), None);
    }
}
