//! The boxes of the form and the order in which they are gone through. What is typed into them is the form's.

use crate::domain::ticket::Channel;
use crate::text::{Text, t};

/// A box of the form. The number of each is kept with drafts and parked forms and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Where.
    Place,
    /// What happened.
    Words,
    /// Caller's phone.
    Phone,
    /// Caller's name.
    Name,
    /// Category.
    Category,
    /// When somebody is expected.
    Appointment,
    /// A first note.
    Note,
    /// The number the 12345 hotline gave the order.
    OrderNumber,
    /// The deadline it gave.
    OuterDue,
}

impl Entry {
    /// All of them, by their numbers.
    pub const ALL: [Self; 9] = [
        Self::Place,
        Self::Words,
        Self::Phone,
        Self::Name,
        Self::Category,
        Self::Appointment,
        Self::Note,
        Self::OrderNumber,
        Self::OuterDue,
    ];

    /// Those of a report that came this way, from the top; the last one saves.
    pub fn of_channel(channel: Channel) -> Vec<Self> {
        let mut entries = Self::ALL.to_vec();
        entries.retain(|entry| !matches!(entry, Self::OrderNumber | Self::OuterDue));
        if channel == Channel::Hotline {
            // Behind the name, where the others end that are about the caller.
            let behind = Self::Name as usize + 1;
            entries.splice(behind..behind, [Self::OrderNumber, Self::OuterDue]);
        }
        entries
    }

    /// The label before the box.
    pub const fn label(self) -> Text {
        match self {
            Self::Place => t("在哪里", "Where"),
            Self::Words => t("什么事", "What"),
            Self::Phone => t("来电", "Phone"),
            Self::Name => t("姓名", "Name"),
            Self::Category => t("分类", "Category"),
            Self::Appointment => t("约时间", "Appointment"),
            Self::Note => t("备注", "Note"),
            Self::OrderNumber => t("12345号", "12345 no."),
            Self::OuterDue => t("交办期限", "Deadline"),
        }
    }
}
