//! Rules that said no, each as a value. The sentence shown for it, which says what would be accepted, is in `text`.
//! Troubles of the machine (a full disk, a second writer) are not here; they are `store::Error`.

use super::person::PersonName;
use super::roster::rules::Rule;
use super::staff::Rank;
use super::ticket::{Need, Number, Status};
use crate::domain::base::event::EventKind;
use crate::domain::base::id::StaffId;
use crate::domain::base::time::Day;
use crate::domain::ticket::danger::BadRule;

/// What another desk did to a ticket in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overtaken {
    /// What it did.
    pub kind: EventKind,
    /// When, on the township's clock: month, day, hour, minute.
    pub at: String,
    /// Who.
    pub by: PersonName,
    /// Whom it sent, or who leads next.
    pub to: Option<PersonName>,
    /// Who has the ticket now.
    pub staff: Option<StaffId>,
    /// The ticket's version now.
    pub version: i64,
}

/// Why something asked for is not done. Carries no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A NUL character in a text.
    NulInText,
    /// A text longer than its column.
    TextTooLong {
        /// Characters at most.
        at_most: usize,
    },
    /// A name without a visible character.
    NameEmpty,
    /// Not a phone number.
    PhoneUnclear,
    /// A report without words.
    WordsMissing,
    /// A note without words.
    NoteEmpty,
    /// A report from the future.
    TimeAhead,
    /// The status table has no such move.
    MoveNotPermitted {
        /// From.
        from: Status,
        /// To.
        to: Status,
    },
    /// A move came without what it needs.
    MoveNeeds {
        /// To.
        to: Status,
        /// What would have happened.
        event: EventKind,
        /// What is missing.
        need: Need,
    },
    /// A review date that has passed.
    ReviewInThePast,
    /// No time to ask an outside body again, or one that has passed.
    AskInThePast,
    /// Nothing is said of what an outside body answered.
    AnswerMissing,
    /// No outside body has the ticket.
    NobodyToAsk {
        /// How it stands.
        status: Status,
    },
    /// Given to the one who has it.
    AlreadyTheirs,
    /// The operator's rank does not reach.
    RankTooLow {
        /// The least rank.
        needs: Rank,
    },
    /// The ticket is closed, merged or void.
    TicketEnded {
        /// How it ended.
        status: Status,
    },
    /// No such ticket, place, person or member of staff.
    NotFound {
        /// What was looked for.
        what: crate::domain::base::event::Entity,
    },
    /// No category has this code.
    NoSuchCategory,
    /// What stands before a colon of a filter is not known, or may be several.
    FilterHead {
        /// As typed.
        head: String,
    },
    /// What stands behind a colon of a filter is none of the values there are.
    FilterValue {
        /// What stands before the colon.
        head: super::filter::Head,
        /// As typed.
        text: String,
        /// What would be accepted, in Chinese and English.
        names: Vec<(String, String)>,
    },
    /// Not a day.
    FilterDay {
        /// As typed.
        text: String,
    },
    /// A filter without a condition is nothing to save.
    FilterEmpty,
    /// As many filters as are kept have a name.
    FilterFull {
        /// At most.
        at_most: usize,
    },
    /// There is nothing of this session to undo.
    NothingToUndo,
    /// There is nothing to redo.
    NothingToRedo,
    /// What would be undone was changed again since.
    ChangedSince {
        /// The fields that were.
        fields: Vec<&'static str>,
    },
    /// The newest change is of a kind that cannot be taken back.
    CannotUndo {
        /// What it was.
        kind: EventKind,
    },
    /// The newest change is an import.
    ImportStays,
    /// Somebody else changed the same fields in between.
    Conflict {
        /// The fields both changed.
        fields: Vec<&'static str>,
    },
    /// Another desk moved the ticket in between.
    Overtaken(Box<Overtaken>),
    /// As many intakes are parked as may be.
    ParkedFull {
        /// So many.
        at_most: usize,
    },
    /// The parked intake was taken up elsewhere.
    ParkedGone,
    /// A merge of a ticket into itself, or into one that is itself merged.
    MergeInCircle,
    /// Others live on in the ticket: with it they would go out of sight.
    OthersMergedInto {
        /// Which.
        numbers: Vec<Number>,
    },
    /// The ticket lives on in another one, where it is to be done.
    LivesOn {
        /// In which.
        into: Number,
    },
    /// A sheet names no compound, and there is not just one.
    CompoundUnclear,
    /// A sheet names a compound the township does not have.
    NoSuchCompound {
        /// A known one much like it.
        near: Option<String>,
    },
    /// Two residents of one name in one home: a person must say which is meant.
    SameNameInHome,
    /// An id of the sheet that stood for somebody or something else when it was read before.
    KeyOfAnother,
    /// A role the township does not have.
    RoleUnclear,
    /// Nobody has the ticket, so nobody can be told.
    NobodyToTell,
    /// Advice, questions and praise are never raised.
    NeverRaised,
    /// That reason follows from the ticket's figures; no person gives or takes it.
    RaisedByFigures,
    /// An appointment that has passed already.
    AppointmentInThePast,
    /// A fee below nothing, or so high that it must be a slip.
    FeeUnclear {
        /// Yuan at most.
        at_most: i64,
    },
    /// A file without a name.
    PathEmpty,
    /// There is no such file here.
    NoSuchFile {
        /// As typed.
        path: String,
    },
    /// More files than a ticket names.
    TooManyAttachments {
        /// At most.
        at_most: usize,
    },
    /// There is a resident to ask: it closes with his word, or after three attempts.
    OnlyByCallback,
    /// The ticket does not wait for a callback.
    NoCallbackDue {
        /// Where it stands.
        status: Status,
    },
    /// Who did the work never asks whether it was done well.
    HandlerCannotCall,
    /// Nobody is rung at this hour.
    RestHours {
        /// Until then, as a clock shows it.
        until: String,
    },
    /// Somebody was tried within this very hour.
    SameHour,
    /// Not solved, but nothing says what is wrong.
    UnsolvedNeedsWords,
    /// An outage without the words callers are told.
    OutageWordsMissing,
    /// An outage without a place.
    OutagePlaceMissing,
    /// More places than an outage names.
    TooManyPlaces {
        /// At most.
        at_most: usize,
    },
    /// An outage that would end before it begins.
    EndsBeforeItBegins,
    /// The outage is over already.
    OutageOver,
    /// That name is kept already.
    AlreadyCalled,
    /// Somebody's coming is marked so already.
    MarkedSo {
        /// How.
        presence: crate::domain::roster::shift::Presence,
    },
    /// A shift that lies too far ahead to be marked.
    ShiftAhead {
        /// Hours ahead at most.
        hours: i64,
    },
    /// The shift is over.
    ShiftOver,
    /// A shift of days to come is planned, not stepped into.
    PlanInstead,
    /// He is on leave then, or did not come himself, or has that shift already.
    AwayThen,
    /// Nobody is missing there any more.
    PlaceTaken {
        /// Who stepped in, or came after all.
        name: PersonName,
    },
    /// He is on another shift then.
    OnShiftThen,
    /// A hard rule of rosters stands against it.
    AgainstRule {
        /// Which.
        rule: Rule,
    },
    /// A category without a name.
    CategoryUnnamed,
    /// A rule of danger for a category that tells callers nothing first.
    DangerWithoutScript,
    /// More rules of danger than one category may have.
    TooManyRules {
        /// How many it may have.
        at_most: usize,
    },
    /// A rule of danger cannot be read, has no example, or hears something else than its examples say.
    DangerRule(BadRule),
    /// A limit of nothing, or of more than anybody waits; or a first contact later than the solution.
    LimitUnclear {
        /// Days at most.
        days_at_most: i64,
    },
    /// More keywords than a category has.
    TooManyKeywords {
        /// At most.
        at_most: usize,
    },
    /// Of several tickets of one command this one cannot; so none was changed.
    OfMany {
        /// Which.
        number: Number,
        /// Why.
        why: Box<Refusal>,
    },
    /// Hours that would leave the clocks standing for ever.
    NeverOpen,
    /// A day of the roster that has passed, or whose shift has begun.
    DayFixed,
    /// A shift drafted for today whose hours have begun before anybody was told.
    ShiftBegun,
    /// Who has left the company is given no shifts, and nothing he had comes back to him.
    HasLeft,
    /// Somebody is to leave, and it was not said of each ticket in his hands who gets it.
    StillInHand {
        /// Tickets in his hands.
        n: usize,
    },
    /// A shift of the township's own that was given no hours yet.
    ShiftWithoutHours,
    /// The same shift twice on one day.
    TwiceTheSame,
    /// The draft breaks a rule the township holds to.
    RosterBroken {
        /// The first rule broken.
        rule: Rule,
        /// On which day.
        day: Day,
        /// How many more breaks there are.
        more: usize,
    },
    /// What would be published is not what was seen.
    RosterStale,
    /// What is drafted is on the wall already.
    NothingToPublish,
    /// The week has no draft that could be thrown away.
    NothingToDiscard,
    /// Leave that ends before it begins, or of more than a year.
    LeaveUnclear,
    /// A figure outside what makes sense.
    FigureUnclear {
        /// At least.
        from: i64,
        /// At most.
        to: i64,
    },
    /// Hours of a shift that are none.
    HoursUnclear,
    /// Not a PIN.
    PinUnclear,
    /// The operator signs with a PIN, and none was given.
    PinNeeded,
    /// A wrong PIN.
    PinWrong {
        /// How many may still be tried.
        left: u32,
    },
    /// Too many wrong PINs.
    PinLocked {
        /// Until then, as a clock shows it.
        until: String,
    },
    /// There is an operator of that name.
    OperatorThere,
    /// The giver has signed: only the receiver's answers follow.
    HandoverSigned,
    /// The giver has not signed yet.
    HandoverNotSigned,
    /// A handover that is not frozen is changed itself, not corrected.
    HandoverNotFrozen,
    /// Something happened between looking and signing.
    HandoverStale,
    /// The shift to be handed over has not begun.
    ShiftNotBegun {
        /// When it begins, `11-24 16:00`.
        at: String,
    },
    /// Lines nobody answered.
    HandoverWaits {
        /// How many.
        n: usize,
    },
    /// Who gave is not who takes.
    SameHands,
    /// A line that nobody deletes.
    LineStays,
    /// A question without words.
    QuestionNeedsWords,
    /// More lines of the giver's own than a page has room for.
    TooManyNotes {
        /// At most.
        at_most: u32,
    },
    /// Not a count, or of something that is not counted.
    CountUnclear,
}

impl Refusal {
    /// The rule that said no, whether to one ticket or to one of many.
    pub fn rule(&self) -> &Self {
        match self {
            Self::OfMany { why, .. } => why.rule(),
            other => other,
        }
    }
}
