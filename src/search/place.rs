//! The place a person means by one text: a resident, a room in any form, an alias, a compound. Shared by commands and imports
//! of single reports. Where it is not clear, nothing is chosen and the words are kept as they are.

use super::finder::Finder;
use super::index::Index;
use crate::domain::base::find::{FindKind, Hit, Why};

/// The place meant, if the text means one: the best hit, when the next is a different home and clearly worse, or when all
/// good hits lie in one home.
pub fn place_of(index: &Index, text: &str) -> Option<Hit> {
    const LOOKED_AT: usize = 20;
    let found = Finder::new().find(index, text, &[], LOOKED_AT, &|| false);
    let mut hits = found.hits.into_iter().filter(|hit| {
        hit.record.place != 0
            && !matches!(hit.record.kind, Some(FindKind::Ticket | FindKind::Staff) | None)
            && !hit.why.contains(&Why::Fuzzy)
    });
    let best = hits.next()?;
    let rival = hits.find(|hit| hit.record.place != best.record.place && hit.score == best.score);
    rival.is_none().then_some(best)
}
