//! The intake form as a value: drafts are kept with every key, parked intakes wait in the data file.
//! A form is not a ticket: it has no number and no clock.

use serde::{Deserialize, Serialize};

use crate::domain::base::id::{CommandUid, ParkedId, PersonId, PlaceId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::op::kind::CommandKind;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::Channel;

/// Parked intakes at most, those of all desks together.
pub const PARKED_AT_MOST: usize = 5;

/// Whether one more may be parked beside so many, by whatever way: also by the undo of a report that was taken from one.
///
/// # Errors
/// [`Refusal::ParkedFull`].
pub const fn may_park(there: usize) -> Result<(), Refusal> {
    if there < PARKED_AT_MOST { Ok(()) } else { Err(Refusal::ParkedFull { at_most: PARKED_AT_MOST }) }
}

/// Everything typed into an intake, and where the caret stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Made when the form opened; saving twice with it saves once.
    pub uid: CommandUid,
    /// Channel.
    pub channel: Channel,
    /// The place box.
    pub place_text: String,
    /// The place picked, if one was.
    pub place: Option<PlaceId>,
    /// The resident picked, if one was.
    pub person: Option<PersonId>,
    /// What was said.
    pub words: String,
    /// Caller's phone.
    pub phone: String,
    /// Caller's name.
    pub name: String,
    /// Category as typed, or the code picked.
    pub category: String,
    /// Appointment as typed.
    pub appointment: String,
    /// Notes.
    pub note: String,
    /// The number the 12345 hotline gave the order. Absent from forms kept before it was asked for.
    #[serde(default)]
    pub order_number: String,
    /// Tickets whose root it looks for 专项排查. Absent from forms kept before that was proposed.
    #[serde(default)]
    pub root_of: Vec<TicketId>,
    /// The deadline of the 12345 order as typed. Absent from forms kept before it was asked for.
    #[serde(default)]
    pub outer_due: String,
    /// The category whose words for danger the caller was told, and when. Absent from older forms.
    #[serde(default)]
    pub warned: Option<(String, Time)>,
    /// Words heard as danger that a person said are none. Absent from older forms.
    #[serde(default)]
    pub denied: Vec<String>,
    /// Which box has the caret, counted from 0 in the order above.
    pub focus: usize,
    /// The caret within it, in characters.
    pub caret: usize,
}

impl Form {
    /// An empty form.
    pub fn new(uid: CommandUid, channel: Channel) -> Self {
        Self {
            uid,
            channel,
            place_text: String::new(),
            place: None,
            person: None,
            words: String::new(),
            phone: String::new(),
            name: String::new(),
            category: String::new(),
            appointment: String::new(),
            note: String::new(),
            order_number: String::new(),
            root_of: Vec::new(),
            outer_due: String::new(),
            warned: None,
            denied: Vec::new(),
            focus: 0,
            caret: 0,
        }
    }

    /// Whether nothing was typed or picked: such a form need not be kept.
    pub fn is_empty(&self) -> bool {
        self.place.is_none()
            && self.person.is_none()
            && [
                &self.place_text,
                &self.words,
                &self.phone,
                &self.name,
                &self.category,
                &self.appointment,
                &self.note,
                &self.order_number,
                &self.outer_due,
            ]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

/// A change to parked reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParkedOp {
    /// Puts a half-done intake aside.
    Park(Box<Form>),
    /// Takes a parked intake up again: it is ours alone from here.
    TakeUp(ParkedId),
}

impl ParkedOp {
    /// What the command is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Park(_) => CommandKind::Park,
            Self::TakeUp(_) => CommandKind::Unpark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_kept_before_a_box_was_added_is_still_read() {
        let form = Form { words: "路灯".to_owned(), ..Form::new(CommandUid(uuid::Uuid::nil()), Channel::Hotline) };
        let mut kept = serde_json::to_value(&form).expect("JSON");
        let boxes = kept.as_object_mut().expect("an object");
        ["order_number", "outer_due", "warned", "denied"].iter().for_each(|added| drop(boxes.remove(*added)));
        assert_eq!(serde_json::from_value::<Form>(kept).ok(), Some(form));
    }
}
