//! Changes of the township's settings: categories, the desk's hours, days that are not what their weekday says.
//! What a change of the hours does to tickets is reckoned in `clock`; no row is read or written here.

use crate::domain::base::calendar::{Calendar, DayKind, Hours, SpecialDay};
use crate::domain::base::clean;
use crate::domain::base::event::{EventKind, Tracked};
use crate::domain::base::time::{Day, Time};
use crate::domain::op::kind::CommandKind;
use crate::domain::op::rank;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Rank, Role};
use crate::domain::ticket::category::Category;
use crate::domain::ticket::op::at_most;
use crate::domain::ticket::{Priority, danger};
use crate::tracked;

/// Characters of a category's name.
const NAME_AT_MOST: usize = 40;
/// Characters of what callers are told first: it is read aloud while they wait.
const SCRIPT_AT_MOST: usize = 300;
/// Keywords of a category at most.
const KEYWORDS_AT_MOST: usize = 200;
/// A limit in minutes at most: a year.
const LIMIT_AT_MOST: i64 = 366 * 24 * 60;

/// One change: what was seen, and what it is to be. What another desk changed meanwhile is not overwritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A category. Tickets keep the limits it had when they were sorted.
    Category {
        /// As seen.
        was: Box<Category>,
        /// As it is to be, its code unchanged.
        now: Box<Category>,
    },
    /// The desk's hours on a kind of day; none: closed.
    Hours {
        /// Which kind.
        kind: DayKind,
        /// As seen.
        was: Option<Hours>,
        /// As they are to be.
        now: Option<Hours>,
    },
    /// What a day is instead of what its weekday says; none: what its weekday says.
    Day {
        /// Which day.
        day: Day,
        /// As seen.
        was: Option<SpecialDay>,
        /// As it is to be.
        now: Option<SpecialDay>,
    },
    /// A day that was set under a wrong date: the one it stood on is what its weekday says again, and the right one is set.
    Redated {
        /// The wrong date.
        from: Day,
        /// As seen there.
        stood: Option<SpecialDay>,
        /// The right one.
        day: Day,
        /// As seen there.
        was: Option<SpecialDay>,
        /// As it is to be.
        now: SpecialDay,
    },
}

tracked! {
    /// What of a category can be set, as its changes are kept.
    pub struct CategorySet / CategoryChanges {
        /// Roles that can be sent.
        pub roles: Vec<Role>,
        /// Priority before any raising.
        pub priority: Priority,
        /// Minutes to first contact.
        pub respond_minutes: i64,
        /// Minutes to the solution.
        pub resolve_minutes: i64,
        texts:
        /// Chinese name.
        pub zh,
        /// English name.
        pub en,
        /// What callers are told first, in Chinese; empty where nothing is.
        pub script_zh,
        /// The same in English.
        pub script_en,
        /// Keywords, commas between.
        pub keywords,
        /// The township's own rules of danger, one a line. Absent from changes kept before there were any.
        pub rules,
    }
}

tracked! {
    /// The desk's hours on a kind of day, as their changes are kept.
    pub struct HoursSet / HoursChanges {
        /// None: closed.
        pub hours: Option<Hours>,
        texts:
    }
}

tracked! {
    /// What a day is instead, as its changes are kept.
    pub struct DaySet / DayChanges {
        /// None: what its weekday says.
        pub kind: Option<DayKind>,
        texts:
        /// 国庆节
        pub name,
    }
}

impl CategorySet {
    /// What is set of a category.
    pub fn of(category: &Category) -> Self {
        let (script_zh, script_en) = category.script.clone().unwrap_or_default();
        Self {
            roles: category.roles.clone(),
            priority: category.priority,
            respond_minutes: category.respond_minutes,
            resolve_minutes: category.resolve_minutes,
            zh: category.zh.clone(),
            en: category.en.clone(),
            script_zh,
            script_en,
            keywords: category.keywords.join(","),
            rules: category.rules.clone(),
        }
    }

    /// The category with all this set.
    pub fn on(self, category: &Category) -> Category {
        let words = self.keywords.split(',').filter(|word| !word.is_empty());
        Category {
            zh: self.zh,
            en: self.en,
            roles: self.roles,
            priority: self.priority,
            respond_minutes: self.respond_minutes,
            resolve_minutes: self.resolve_minutes,
            script: (!self.script_zh.is_empty()).then_some((self.script_zh, self.script_en)),
            keywords: words.map(str::to_owned).collect(),
            rules: self.rules,
            code: category.code.clone(),
            outside: category.outside,
        }
    }
}

impl DaySet {
    /// What is set of a day.
    pub fn of(special: Option<&SpecialDay>) -> Self {
        Self { kind: special.map(|day| day.kind), name: special.map_or_else(String::new, |day| day.name.clone()) }
    }

    /// The day as the calendar has it.
    pub fn special(self) -> Option<SpecialDay> {
        self.kind.map(|kind| SpecialDay { kind, name: self.name })
    }
}

/// Who may change settings.
pub const RANK: Rank = Rank::Manager;

/// Whether somebody of this rank may change settings.
///
/// # Errors
/// [`Refusal::RankTooLow`].
pub const fn may(rank: Rank) -> Result<(), Refusal> {
    rank::at_least(rank, RANK)
}

impl Change {
    /// What a command that makes it is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Category { .. } | Self::Hours { .. } | Self::Day { .. } | Self::Redated { .. } => {
                CommandKind::Settings
            }
        }
    }

    /// The least rank that may make it.
    pub const fn needs(&self) -> Rank {
        match self {
            Self::Category { .. } | Self::Hours { .. } | Self::Day { .. } | Self::Redated { .. } => RANK,
        }
    }
}

/// What becomes of a record that is `here`, when somebody who saw `seen` wants `wanted`.
fn settled<T: Tracked + PartialEq>(here: &T, seen: &T, wanted: &T) -> Result<T, Refusal> {
    let mut after = here.clone();
    after.apply(&seen.changes_to(wanted));
    if after == *here {
        return Ok(after);
    }
    after.clone_from(here);
    // Taking back what leads from the wanted to the seen is the change itself, refused where the seen is there no more.
    after.take_back(&wanted.changes_to(seen)).map_err(|fields| Refusal::Conflict { fields })?;
    Ok(after)
}

/// What becomes of a category.
///
/// # Errors
/// A [`Refusal`] when a name, a role or a sensible limit is missing, a text is too long, or another desk changed the same.
pub fn category(here: &Category, was: &Category, now: &Category) -> Result<Category, Refusal> {
    let mut wanted = CategorySet::of(now);
    wanted.zh = at_most(clean::line(&wanted.zh)?, NAME_AT_MOST)?;
    wanted.en = at_most(clean::line(&wanted.en)?, NAME_AT_MOST)?;
    if wanted.zh.is_empty() && wanted.en.is_empty() {
        return Err(Refusal::CategoryUnnamed);
    }
    fill_each_other(&mut wanted.zh, &mut wanted.en);
    if wanted.roles.is_empty() {
        return Err(Refusal::RoleUnclear);
    }
    let (respond, resolve) = (wanted.respond_minutes, wanted.resolve_minutes);
    if !(0..=LIMIT_AT_MOST).contains(&respond) || !(1..=LIMIT_AT_MOST).contains(&resolve) || respond > resolve {
        return Err(Refusal::LimitUnclear { days_at_most: LIMIT_AT_MOST / (24 * 60) });
    }
    wanted.script_zh = at_most(clean::line(&wanted.script_zh)?, SCRIPT_AT_MOST)?;
    wanted.script_en = at_most(clean::line(&wanted.script_en)?, SCRIPT_AT_MOST)?;
    fill_each_other(&mut wanted.script_zh, &mut wanted.script_en);
    if now.keywords.len() > KEYWORDS_AT_MOST {
        return Err(Refusal::TooManyKeywords { at_most: KEYWORDS_AT_MOST });
    }
    let mut words: Vec<String> = Vec::new();
    for word in &now.keywords {
        let word = at_most(clean::line(word)?.replace(',', " "), NAME_AT_MOST)?.to_lowercase();
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    wanted.keywords = words.join(",");
    wanted.rules = own_rules(&wanted.rules, wanted.script_zh.is_empty())?;
    Ok(settled(&CategorySet::of(here), &CategorySet::of(was), &wanted)?.on(here))
}

/// A township's own rules of danger as they are kept: each can be read, and its examples hold.
fn own_rules(text: &str, no_script: bool) -> Result<String, Refusal> {
    let rules: Vec<String> = text.lines().map(clean::line).collect::<Result<_, _>>()?;
    let rules: Vec<String> = rules.into_iter().filter(|rule| !rule.is_empty()).collect();
    if rules.is_empty() {
        return Ok(String::new());
    }
    if no_script {
        return Err(Refusal::DangerWithoutScript);
    }
    if rules.len() > danger::OWN_AT_MOST {
        return Err(Refusal::TooManyRules { at_most: danger::OWN_AT_MOST });
    }
    for rule in &rules {
        danger::check(rule).map_err(Refusal::DangerRule)?;
    }
    Ok(rules.join("\n"))
}

/// Where a text is written in one language only, that one serves for both.
fn fill_each_other(zh: &mut String, en: &mut String) {
    if zh.is_empty() {
        zh.clone_from(en);
    } else if en.is_empty() {
        en.clone_from(zh);
    }
}

/// What becomes of the hours of a kind of day.
///
/// # Errors
/// [`Refusal::NeverOpen`] when no day of any week would have hours left, [`Refusal::Conflict`] when another desk changed them.
pub fn hours(here: &Calendar, kind: DayKind, was: Option<Hours>, now: Option<Hours>) -> Result<Option<Hours>, Refusal> {
    let set = |hours| HoursSet { hours };
    let after = settled(&set(here.hours[kind as usize]), &set(was), &set(now))?.hours;
    let mut calendar = Calendar { days: Default::default(), ..here.clone() };
    calendar.hours[kind as usize] = after;
    if calendar.ever_open() { Ok(after) } else { Err(Refusal::NeverOpen) }
}

/// What becomes of a day.
///
/// # Errors
/// [`Refusal::TextTooLong`], or [`Refusal::Conflict`] when another desk changed it.
pub fn day(
    here: &Calendar,
    day: Day,
    was: Option<&SpecialDay>,
    now: Option<&SpecialDay>,
) -> Result<Option<SpecialDay>, Refusal> {
    let mut wanted = DaySet::of(now);
    wanted.name = at_most(clean::line(&wanted.name)?, NAME_AT_MOST)?;
    Ok(settled(&DaySet::of(here.days.get(&day)), &DaySet::of(was), &wanted)?.special())
}

/// A change as it was made: one line of the settings' history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// When.
    pub at: Time,
    /// Operator's name.
    pub by: String,
    /// Set, undone or made again.
    pub kind: EventKind,
    /// What changed.
    pub what: Changed,
}

/// What a change changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// A category, by its code.
    Category(String, Box<CategoryChanges>),
    /// Hours of a kind of day.
    Hours(DayKind, HoursChanges),
    /// A day.
    Day(Day, DayChanges),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::CHINA;
    use crate::domain::ticket::category::starting;

    fn leak() -> Category {
        starting().into_iter().find(|category| category.code == "202").expect("a category")
    }

    #[test]
    fn only_what_was_changed_is_set_and_the_same_field_only_once() {
        let was = leak();
        let now = Category { respond_minutes: 30, ..was.clone() };
        let other = Category { resolve_minutes: 60, ..was.clone() };
        let after = category(&other, &was, &now).expect("different fields");
        assert_eq!((after.respond_minutes, after.resolve_minutes), (30, 60));
        let same = Category { respond_minutes: 45, ..was.clone() };
        assert_eq!(category(&same, &was, &now), Err(Refusal::Conflict { fields: vec!["respond_minutes"] }));
        assert_eq!(category(&now, &was, &now), Ok(now), "both want the same: refused only where they differ");
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        let was = leak();
        let set = |change: fn(&mut Category)| {
            let mut now = was.clone();
            change(&mut now);
            category(&was, &was, &now)
        };
        let unclear = Err(Refusal::LimitUnclear { days_at_most: 366 });
        assert_eq!(set(|c| c.resolve_minutes = 0), unclear);
        assert_eq!(set(|c| c.respond_minutes = -1), unclear);
        assert_eq!(set(|c| c.respond_minutes = c.resolve_minutes + 1), unclear);
        assert_eq!(set(|c| c.resolve_minutes = i64::MAX), unclear);
        assert_eq!(set(|c| c.roles.clear()), Err(Refusal::RoleUnclear));
        assert_eq!(set(|c| (c.zh, c.en) = (" ".to_owned(), String::new())), Err(Refusal::CategoryUnnamed));
        assert_eq!(set(|c| c.zh = "漏".repeat(41)), Err(Refusal::TextTooLong { at_most: 40 }));
        assert_eq!(set(|c| c.zh = "漏\0".to_owned()), Err(Refusal::NulInText));
        let one = set(|c| c.script = Some(("先关总阀".to_owned(), String::new()))).expect("one language is enough");
        assert_eq!(one.script, Some(("先关总阀".to_owned(), "先关总阀".to_owned())));
        let words =
            set(|c| c.keywords = ["漏水", " 漏水 ", "", "Drip,drop"].map(str::to_owned).to_vec()).expect("words");
        assert_eq!(words.keywords, ["漏水", "drip drop"]);
    }

    #[test]
    fn some_day_of_the_week_stays_open() {
        let calendar = Calendar::plain(CHINA);
        let [working, rest, holiday] = calendar.hours;
        let closed = Calendar { hours: [None, rest, holiday], ..calendar.clone() };
        assert_eq!(hours(&calendar, DayKind::Working, working, None), Ok(None));
        assert_eq!(hours(&closed, DayKind::Rest, rest, None), Err(Refusal::NeverOpen));
        let open = Hours { from: 480, to: 720 };
        assert_eq!(
            hours(&closed, DayKind::Working, working, Some(open)),
            Err(Refusal::Conflict { fields: vec!["hours"] })
        );
        assert_eq!(hours(&closed, DayKind::Working, None, Some(open)), Ok(Some(open)));
    }
}
