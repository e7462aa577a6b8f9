//! Filters that have a name: every desk of the township sees the same. Saving under a name that is there replaces it.
//! Whether the text of one is understood is asked before, by whoever typed it.

use crate::domain::base::clean;
use crate::domain::base::event::{EventKind, Tracked};
use crate::domain::base::id::FilterId;
use crate::domain::filter::LENGTH_AT_MOST;
use crate::domain::op::kind::CommandKind;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Rank;
use crate::tracked;

/// Filters with a name at most: more than that nobody looks through.
pub const FILTERS_AT_MOST: usize = 30;
/// Characters of a name at most.
const NAME_AT_MOST: usize = 20;

tracked! {
    /// A filter that has a name.
    pub struct Saved / SavedChanges {
        texts:
        /// What it is called.
        pub name,
        /// As typed.
        pub filter,
    }
}

/// Something done to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Keeps a filter under a name.
    Save {
        /// The name.
        name: String,
        /// As typed.
        filter: String,
    },
    /// Takes one away.
    Remove(FilterId),
}

impl Act {
    /// What a command that does it is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Save { .. } | Self::Remove(_) => CommandKind::Filter,
        }
    }

    /// The least rank that may do it: filters are everybody's.
    pub const fn needs(&self) -> Rank {
        match self {
            Self::Save { .. } | Self::Remove(_) => Rank::Clerk,
        }
    }
}

impl Saved {
    /// What one is before it is saved, and after it is removed. It is never stored.
    pub const fn blank() -> Self {
        Self { name: String::new(), filter: String::new() }
    }

    /// What saving makes of the one that has this name, or of a blank one when none has; `others` is how many there are.
    ///
    /// # Errors
    /// [`Refusal::NameEmpty`], [`Refusal::FilterEmpty`], [`Refusal::TextTooLong`], [`Refusal::FilterFull`].
    pub fn save(&self, name: &str, filter: &str, others: usize) -> Result<(Self, EventKind), Refusal> {
        let after = Self { name: clean::line(name)?, filter: clean::line(filter)? };
        if after.name.is_empty() {
            return Err(Refusal::NameEmpty);
        }
        if after.filter.is_empty() {
            return Err(Refusal::FilterEmpty);
        }
        for (text, at_most) in [(&after.name, NAME_AT_MOST), (&after.filter, LENGTH_AT_MOST)] {
            if text.chars().count() > at_most {
                return Err(Refusal::TextTooLong { at_most });
            }
        }
        if !self.name.is_empty() {
            return Ok((after, EventKind::Edited));
        }
        if others >= FILTERS_AT_MOST {
            return Err(Refusal::FilterFull { at_most: FILTERS_AT_MOST });
        }
        Ok((after, EventKind::Added))
    }

    /// Takes changes back.
    ///
    /// # Errors
    /// [`Refusal::ChangedSince`].
    pub fn without(&self, changes: &SavedChanges) -> Result<Self, Refusal> {
        let mut before = self.clone();
        before.take_back(changes).map_err(|fields| Refusal::ChangedSince { fields })?;
        Ok(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_condition_are_needed_and_a_name_that_is_there_is_replaced() {
        let none = Saved::blank();
        let (saved, kind) = none.save(" 我的 单 ", "late  漏水", 3).expect("saved");
        assert_eq!((saved.name.as_str(), saved.filter.as_str(), kind), ("我的 单", "late 漏水", EventKind::Added));
        assert_eq!(saved.save("我的 单", "soon", FILTERS_AT_MOST).expect("saved").1, EventKind::Edited);
        assert_eq!(none.save(" ", "late", 0), Err(Refusal::NameEmpty));
        assert_eq!(none.save("名", "", 0), Err(Refusal::FilterEmpty));
        assert_eq!(none.save("名", "late", FILTERS_AT_MOST), Err(Refusal::FilterFull { at_most: FILTERS_AT_MOST }));
        assert_eq!(none.save(&"名".repeat(21), "late", 0), Err(Refusal::TextTooLong { at_most: 20 }));
        let changes = none.changes_to(&saved);
        assert_eq!(saved.without(&changes), Ok(none.clone()));
        assert_eq!(none.without(&changes), Err(Refusal::ChangedSince { fields: vec!["name", "filter"] }));
    }
}
