//! Announcing an outage, changing it, ending it, and counting a caller to it: what each must hold.
//! No row is read or written here.

use crate::domain::base::clean;
use crate::domain::base::event::EventKind;
use crate::domain::base::id::{OutageId, PlaceId};
use crate::domain::base::time::Time;
use crate::domain::op::kind::CommandKind;
use crate::domain::outage::{Outage, OutageKind, Places};
use crate::domain::refusal::Refusal;
use crate::domain::staff::Rank;
use crate::domain::ticket::op::{WORDS_AT_MOST, at_most, given_name, given_phone};

/// What is made known of an outage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What is cut off.
    pub kind: OutageKind,
    /// Begins.
    pub from: Time,
    /// Expected end.
    pub to: Time,
    /// Compounds and buildings.
    pub places: Vec<PlaceId>,
    /// What callers are told.
    pub words: String,
}

/// A change about outages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutageOp {
    /// Makes one known.
    Announce(Notice),
    /// Says it anew.
    Change {
        /// Which.
        id: OutageId,
        /// Version seen.
        version: i64,
        /// As it is now.
        notice: Notice,
    },
    /// It is over.
    End {
        /// Which.
        id: OutageId,
    },
    /// Counts a caller: no ticket of his own.
    Attach {
        /// Which.
        id: OutageId,
        /// His home, when known: counted once however often it rings.
        place: Option<PlaceId>,
        /// Name as given; may be empty.
        name: String,
        /// Phone as given; may be empty.
        phone: String,
        /// What he said; may be empty.
        words: String,
    },
}

impl OutageOp {
    /// What a command that makes it is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Announce(_) | Self::Change { .. } | Self::End { .. } | Self::Attach { .. } => CommandKind::Outage,
        }
    }

    /// The least rank that may make it.
    pub const fn needs(&self) -> Rank {
        match self {
            Self::Announce(_) | Self::Change { .. } | Self::End { .. } | Self::Attach { .. } => Rank::Clerk,
        }
    }
}

/// Places of an outage at most.
const PLACES_AT_MOST: usize = 60;

/// The outage a notice makes of another, or of the blank one.
///
/// # Errors
/// A [`Refusal`] when places or words are missing, or it ends before it begins.
pub fn notify(before: &Outage, notice: &Notice) -> Result<Outage, Refusal> {
    let words = at_most(clean::notes(&notice.words)?, WORDS_AT_MOST)?;
    if words.is_empty() {
        return Err(Refusal::OutageWordsMissing);
    }
    let mut places: Vec<PlaceId> = Vec::new();
    for place in &notice.places {
        if !places.contains(place) {
            places.push(*place);
        }
    }
    if places.is_empty() {
        return Err(Refusal::OutagePlaceMissing);
    }
    if places.len() > PLACES_AT_MOST {
        return Err(Refusal::TooManyPlaces { at_most: PLACES_AT_MOST });
    }
    if notice.to <= notice.from {
        return Err(Refusal::EndsBeforeItBegins);
    }
    Ok(Outage { kind: notice.kind, from: notice.from, to: notice.to, places: Places(places), words, ..before.clone() })
}

/// The outage once it is over.
///
/// # Errors
/// A [`Refusal`] when it is over already.
pub fn end(before: &Outage, now: Time) -> Result<(Outage, EventKind), Refusal> {
    if before.ended_at.is_some() {
        return Err(Refusal::OutageOver);
    }
    Ok((Outage { ended_at: Some(now), ..before.clone() }, EventKind::Over))
}

/// Who rang, with what was said: name, phone and words as they are kept.
///
/// # Errors
/// A [`Refusal`] when the outage is over, the phone is none, or a text is too long.
pub fn attach(outage: &Outage, name: &str, phone: &str, words: &str) -> Result<(String, String, String), Refusal> {
    if outage.ended_at.is_some() {
        return Err(Refusal::OutageOver);
    }
    Ok((given_name(name)?, given_phone(phone)?, at_most(clean::notes(words)?, WORDS_AT_MOST)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice() -> Notice {
        Notice {
            kind: OutageKind::Water,
            from: Time(100),
            to: Time(200),
            places: vec![PlaceId(1), PlaceId(2), PlaceId(1)],
            words: "12 时恢复".to_owned(),
        }
    }

    #[test]
    fn a_notice_says_where_when_and_what_callers_hear() {
        let outage = notify(&Outage::blank(), &notice()).expect("announced");
        assert_eq!(outage.places.0, [PlaceId(1), PlaceId(2)], "each place once");
        let refused = |notice: Notice| notify(&Outage::blank(), &notice).expect_err("refused");
        assert_eq!(refused(Notice { words: " \n".to_owned(), ..notice() }), Refusal::OutageWordsMissing);
        assert_eq!(refused(Notice { places: Vec::new(), ..notice() }), Refusal::OutagePlaceMissing);
        assert_eq!(refused(Notice { to: Time(100), ..notice() }), Refusal::EndsBeforeItBegins);
        let many = (0..100).map(PlaceId).collect();
        assert_eq!(refused(Notice { places: many, ..notice() }), Refusal::TooManyPlaces { at_most: PLACES_AT_MOST });
    }

    #[test]
    fn once_over_it_neither_ends_again_nor_takes_callers() {
        let outage = notify(&Outage::blank(), &notice()).expect("announced");
        assert!(attach(&outage, "王婶", "138 0000 5678", "").is_ok_and(|(_, phone, _)| phone == "13800005678"));
        assert_eq!(attach(&outage, "", "12", ""), Err(Refusal::PhoneUnclear));
        let (over, kind) = end(&outage, Time(150)).expect("over");
        assert_eq!((over.ended_at, kind), (Some(Time(150)), EventKind::Over));
        assert_eq!(end(&over, Time(160)), Err(Refusal::OutageOver));
        assert_eq!(attach(&over, "", "", ""), Err(Refusal::OutageOver));
    }
}
