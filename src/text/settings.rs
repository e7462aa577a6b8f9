//! Settings and what was changed of them, as words: the same on the screen and wherever else they are told.
//! What may be set is decided in `domain::op::settings`.

use super::labels::Labelled;
use super::{Lang, Text, span, t};
use crate::domain::base::calendar::Hours;
use crate::domain::base::event::Was;
use crate::domain::settings::op::{CategorySet, Changed};
use crate::domain::staff::Role;
use crate::domain::ticket::category::Category;

/// What of a category can be set, in the order it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CategoryField {
    /// Chinese name.
    Zh,
    /// English name.
    En,
    /// Priority.
    Priority,
    /// Limit of first contact.
    Respond,
    /// Limit of the solution.
    Resolve,
    /// Roles that can be sent.
    Roles,
    /// Words of a report that point to it.
    Keywords,
    /// The township's own rules of danger.
    Rules,
    /// What callers are told first.
    ScriptZh,
    /// The same in English.
    ScriptEn,
}

/// What stands between the rules of danger of a category where they are shown and typed in one line.
pub const RULES_APART: &str = " // ";

impl CategoryField {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Zh,
        Self::En,
        Self::Priority,
        Self::Respond,
        Self::Resolve,
        Self::Roles,
        Self::Keywords,
        Self::ScriptZh,
        Self::ScriptEn,
        Self::Rules,
    ];

    /// What it is called.
    pub const fn label(self) -> Text {
        match self {
            Self::Zh => t("中文名", "name in Chinese"),
            Self::En => t("英文名", "name in English"),
            Self::Priority => t("级别", "priority"),
            Self::Respond => t("到场或首次联系", "arrival or contact"),
            Self::Resolve => t("办结时限", "solution"),
            Self::Roles => t("派哪些岗位", "who can be sent"),
            Self::Keywords => t("关键词", "keywords"),
            Self::Rules => t("本镇危险说法", "own danger rules"),
            Self::ScriptZh => t("危险提示", "danger words"),
            Self::ScriptEn => t("危险提示(英文)", "danger words (en)"),
        }
    }

    /// Its value as it is shown, and as it can be typed.
    pub fn value(self, category: &Category, lang: Lang) -> String {
        let set = CategorySet::of(category);
        match self {
            Self::Zh => set.zh,
            Self::En => set.en,
            Self::Priority => set.priority.code().to_owned(),
            Self::Respond => span::limit(set.respond_minutes, lang),
            Self::Resolve => span::limit(set.resolve_minutes, lang),
            Self::Roles => roles(&set.roles, lang),
            Self::Keywords => keywords(&set.keywords, lang),
            Self::Rules => set.rules.replace('\n', RULES_APART),
            Self::ScriptZh => set.script_zh,
            Self::ScriptEn => set.script_en,
        }
    }
}

/// Roles with their words, the first preferred.
pub fn roles(roles: &[Role], lang: Lang) -> String {
    roles.iter().map(|role| role.label().get(lang)).collect::<Vec<_>>().join(t("、", ", ").get(lang))
}

fn keywords(kept: &str, lang: Lang) -> String {
    kept.replace(',', t("、", ", ").get(lang))
}

/// `08:00-20:00`, or that it is closed.
pub fn hours(hours: Option<Hours>, lang: Lang) -> String {
    hours.map_or_else(|| t("不上班", "closed").get(lang).to_owned(), Hours::text)
}

/// What a change changed: each as its name, what it was and what it became.
pub fn changed(what: &Changed, lang: Lang) -> Vec<(String, String, String)> {
    let mut lines = Vec::new();
    let mut line = |name: String, was: String, now: String| lines.push((name, was, now));
    match what {
        Changed::Category(code, changes) => {
            let name = |field: CategoryField| format!("{code} {}", field.label().get(lang));
            let mut text = |field, change: &Option<Was<String>>, tell: fn(&str, Lang) -> String| {
                if let Some(Was { was, now }) = change {
                    line(name(field), tell(was, lang), tell(now, lang));
                }
            };
            let plain: fn(&str, Lang) -> String = |text, _| text.to_owned();
            text(CategoryField::Zh, &changes.zh, plain);
            text(CategoryField::En, &changes.en, plain);
            text(CategoryField::Keywords, &changes.keywords, keywords);
            text(CategoryField::Rules, &changes.rules, |text, _| text.replace('\n', RULES_APART));
            text(CategoryField::ScriptZh, &changes.script_zh, plain);
            text(CategoryField::ScriptEn, &changes.script_en, plain);
            if let Some(Was { was, now }) = &changes.priority {
                line(name(CategoryField::Priority), was.code().to_owned(), now.code().to_owned());
            }
            if let Some(Was { was, now }) = &changes.respond_minutes {
                line(name(CategoryField::Respond), span::limit(*was, lang), span::limit(*now, lang));
            }
            if let Some(Was { was, now }) = &changes.resolve_minutes {
                line(name(CategoryField::Resolve), span::limit(*was, lang), span::limit(*now, lang));
            }
            if let Some(Was { was, now }) = &changes.roles {
                line(name(CategoryField::Roles), roles(was, lang), roles(now, lang));
            }
        }
        Changed::Hours(kind, changes) => {
            if let Some(Was { was, now }) = &changes.hours {
                line(kind.label().get(lang).to_owned(), hours(*was, lang), hours(*now, lang));
            }
        }
        Changed::Day(day, changes) => {
            let usual = || t("照平常", "as its weekday").get(lang).to_owned();
            if let Some(Was { was, now }) = changes.kind {
                let kind = |kind: Option<crate::domain::base::calendar::DayKind>| {
                    kind.map_or_else(usual, |kind| kind.label().get(lang).to_owned())
                };
                line(day.to_string(), kind(was), kind(now));
            }
            if let Some(Was { was, now }) = &changes.name {
                line(format!("{day} {}", t("名称", "name").get(lang)), was.clone(), now.clone());
            }
        }
    }
    lines
}
