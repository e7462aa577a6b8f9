//! What people call somebody or somewhere (老栓, 粮站后头), kept once plain words were tied to a person or a place.
//! How such a name is found again is `search`.

use crate::domain::base::clean;
use crate::domain::base::id::{PersonId, PlaceId};
use crate::domain::op::kind::CommandKind;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::op::at_most;

/// Characters of such a name at most.
const NICKNAME_AT_MOST: usize = 40;

/// Who or what is called so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A resident.
    Person(PersonId),
    /// A place.
    Place(PlaceId),
}

/// A name people use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nickname {
    /// Who or what.
    pub whose: Whose,
    /// As people say it.
    pub name: String,
}

/// The name as it is kept, beside those known already.
///
/// # Errors
/// A [`Refusal`] when it is empty, too long, or known.
pub fn keep(name: &str, known: &[String]) -> Result<String, Refusal> {
    let name = at_most(clean::line(name)?, NICKNAME_AT_MOST)?;
    if name.is_empty() {
        return Err(Refusal::NameEmpty);
    }
    if known.contains(&name) {
        return Err(Refusal::AlreadyCalled);
    }
    Ok(name)
}

/// A change to what is known of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonOp {
    /// Keeps what people call a resident or a place.
    Call(Nickname),
}

impl PersonOp {
    /// What the command is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Call(_) => CommandKind::Nickname,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once() {
        assert_eq!(keep(" 老栓 ", &[]), Ok("老栓".to_owned()));
        assert_eq!(keep("老栓", &["老栓".to_owned()]), Err(Refusal::AlreadyCalled));
        assert_eq!(keep(" ", &[]), Err(Refusal::NameEmpty));
        assert_eq!(keep(&"栓".repeat(41), &[]), Err(Refusal::TextTooLong { at_most: NICKNAME_AT_MOST }));
    }
}
