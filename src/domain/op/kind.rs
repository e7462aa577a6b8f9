//! What a command was, as the data file keeps it, and whether undo takes it back: decided here and nowhere else. Each change
//! says beside itself which of these it is. What an undo then makes of a record is not decided here.

use super::super::refusal::Refusal;
use crate::coded;
use crate::domain::base::event::EventKind;

/// Whether undo takes a change back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// It does, where nothing was changed since.
    Possible,
    /// It passes over it to the change before: another key is the way back.
    PassedOver,
    /// Never: somebody was told it, signed it or has read it. What happened, as the refusal names it.
    Never(EventKind),
    /// Never, but a backup was made before.
    FromBackup,
}

coded! {
    /// What a command was. Several changes may share a code where one answer holds for all of them.
    pub enum CommandKind {
        /// A report was taken.
        Take = "take",
        /// A ticket moved along the status table.
        Move = "move",
        /// Fields of a ticket.
        Edit = "edit",
        /// A ticket under watch, or released.
        Watch = "watch",
        /// A note.
        Note = "note",
        /// The caller asked again.
        Chase = "chase",
        /// One more household.
        Join = "join",
        /// The caller was told the words for danger.
        Warn = "warn",
        /// The worker was told.
        Tell = "tell",
        /// A reason to raise a ticket, or one taken back.
        Raise = "raise",
        /// An appointment.
        Appoint = "appoint",
        /// Words for the next shifts.
        WatchWords = "watch_words",
        /// Materials and fee.
        Charge = "charge",
        /// A file named, or taken off.
        Attach = "attach",
        /// Tickets tied together, or untied.
        Relate = "relate",
        /// An outside body was asked.
        Asked = "asked",
        /// A resident was rung back, whatever came of it.
        CallBack = "call_back",
        /// An intake was parked.
        Park = "park",
        /// A parked intake was taken up.
        Unpark = "unpark",
        /// Anything about an outage.
        Outage = "outage",
        /// Whether somebody came.
        Mark = "mark",
        /// Who steps in.
        StepIn = "step_in",
        /// What people call somebody or somewhere.
        Nickname = "nickname",
        /// A week was put on the wall.
        Publish = "publish",
        /// A new member of staff. Older files keep it as `roster`.
        Hire = "hire",
        /// Any other change of rosters and staff.
        Roster = "roster",
        /// Something said to a line of the handover being made.
        HandoverSay = "handover_say",
        /// A line the giver wrote.
        HandoverAdd = "handover_add",
        /// The giver signed.
        HandoverSign = "handover_sign",
        /// The receiver took over.
        HandoverAccept = "handover_accept",
        /// A word to a frozen handover.
        HandoverCorrect = "handover_correct",
        /// What is counted at each handover.
        HandoverItem = "handover_item",
        /// Anything about an operator.
        Operator = "operator",
        /// Categories, hours, days.
        Settings = "settings",
        /// Saved filters.
        Filter = "filter",
        /// Rows of a sheet.
        Import = "import",
        /// Rows left the file unmasked.
        Export = "export",
        /// The made-up town.
        Sample = "sample",
        /// A change was taken back.
        Undo = "undo",
        /// A change taken back was made again.
        Redo = "redo",
    }
}

impl CommandKind {
    /// Whether undo takes it back.
    pub const fn undo(self) -> Undo {
        match self {
            Self::Take
            | Self::Move
            | Self::Edit
            | Self::Watch
            | Self::Note
            | Self::Chase
            | Self::Join
            | Self::Raise
            | Self::Appoint
            | Self::WatchWords
            | Self::Charge
            | Self::Attach
            | Self::Relate
            | Self::Asked
            | Self::Outage
            | Self::Mark
            | Self::StepIn
            | Self::Nickname
            | Self::Roster
            | Self::HandoverSay
            | Self::HandoverAdd
            | Self::Settings
            | Self::Filter
            // Redo takes an undo back.
            | Self::Undo
            | Self::Redo => Undo::Possible,
            // Parking and taking up are each other's way back: undo would take a report off the screen nobody is thinking of.
            Self::Park | Self::Unpark => Undo::PassedOver,
            Self::Warn => Undo::Never(EventKind::Warned),
            Self::Tell => Undo::Never(EventKind::Told),
            // The resident's word, also that nobody answered: he was rung, the rates count it, and the third attempt closes
            // the ticket. A wrong answer is mended by opening the ticket again, which says so.
            Self::CallBack => Undo::Never(EventKind::CalledBack),
            Self::Publish => Undo::Never(EventKind::Published),
            // Days may have been planned for him since; who was added by mistake is set to left.
            Self::Hire => Undo::Never(EventKind::Added),
            Self::HandoverSign => Undo::Never(EventKind::Signed),
            Self::HandoverAccept => Undo::Never(EventKind::TakenOver),
            Self::HandoverCorrect | Self::Operator => Undo::Never(EventKind::Edited),
            Self::HandoverItem => Undo::Never(EventKind::Set),
            Self::Export => Undo::Never(EventKind::Noted),
            Self::Sample => Undo::Never(EventKind::Added),
            Self::Import => Undo::FromBackup,
        }
    }

    /// Whether a command of this kind may be taken back.
    ///
    /// # Errors
    /// [`Refusal::CannotUndo`] with what happened; [`Refusal::ImportStays`].
    pub const fn may_be_undone(self) -> Result<(), Refusal> {
        match self.undo() {
            Undo::Possible | Undo::PassedOver => Ok(()),
            Undo::Never(kind) => Err(Refusal::CannotUndo { kind }),
            Undo::FromBackup => Err(Refusal::ImportStays),
        }
    }
}
