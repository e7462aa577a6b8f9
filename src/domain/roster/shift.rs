//! Shifts: templates and one person's shift on one day.
//! Rules about rest and coverage are not here.

use crate::coded;
use crate::domain::base::id::{PlaceId, ShiftId, StaffId};
use crate::domain::base::time::{Day, HOUR, Time, Zone};

/// No shift is longer than this: it bounds the hours that may be set, and the search for who is on.
pub const LONGEST: i64 = 24 * HOUR;

coded! {
    /// Shift templates of a new township. 夜 belongs to the evening it begins: Wednesday's night is Thursday 00–08.
    pub enum Template {
        /// 早 08–16
        Early = "early",
        /// 中 16–24
        Late = "late",
        /// 夜 00–08 of the next day
        Night = "night",
        /// 长白 08–20
        LongDay = "long_day",
        /// 长夜 20–08
        LongNight = "long_night",
        /// 行政 08:30–17:30
        Office = "office",
        /// A shift of this township's own; it has no hours until it is given some.
        Own1 = "own1",
        /// Another.
        Own2 = "own2",
        /// Another.
        Own3 = "own3",
    }
}

impl Template {
    /// From and to in a new township, in minutes after midnight of the shift's day; beyond 1,440 is the next day.
    pub const fn minutes(self) -> (i64, i64) {
        match self {
            Self::Early => (480, 960),
            Self::Late => (960, 1_440),
            Self::Night => (1_440, 1_920),
            Self::LongDay => (480, 1_200),
            Self::LongNight => (1_200, 1_920),
            Self::Office => (510, 1_050),
            Self::Own1 | Self::Own2 | Self::Own3 => (0, 0),
        }
    }

    /// The span of this shift on `day`.
    pub fn span(self, day: Day, zone: Zone) -> (Time, Time) {
        let (from, to) = self.minutes();
        (zone.at(day, from), zone.at(day, to))
    }

    /// The desk's shift running at a time: 早, 中 or 夜, with the day it belongs to.
    pub fn running(now: Time, zone: Zone) -> (Self, Day) {
        let day = zone.day(now);
        match zone.minute_of_day(now) {
            0..480 => (Self::Night, day.pred_opt().unwrap_or(day)),
            480..960 => (Self::Early, day),
            _ => (Self::Late, day),
        }
    }
}

coded! {
    /// Whether the person came.
    pub enum Presence {
        /// Not yet marked.
        Planned = "planned",
        /// 到岗
        Present = "present",
        /// 迟到
        LateIn = "late",
        /// 没来
        Absent = "absent",
    }
}

/// One person's shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Id.
    pub id: ShiftId,
    /// Whose.
    pub staff: StaffId,
    /// The day it belongs to.
    pub day: Day,
    /// Template.
    pub template: Template,
    /// Begin.
    pub from: Time,
    /// End.
    pub to: Time,
    /// Compound, when posted to one.
    pub compound: Option<PlaceId>,
    /// Post in words (东门).
    pub post: String,
    /// Whether the person came.
    pub presence: Presence,
}
