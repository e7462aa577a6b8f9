//! The kinds of danger, and the category each is sorted under. How each is heard is in `rules/`.

use crate::coded;

coded! {
    /// A kind of danger somebody tells of.
    pub enum Kind {
        /// Somebody is about to jump, or to kill himself.
        Jump = "jump",
        /// Electric shock, a live wire, water at what is live.
        Shock = "shock",
        /// Fumes of a stove: carbon monoxide.
        Coal = "coal",
        /// Gas smelt, hissing, escaping.
        Gas = "gas",
        /// Fire and smoke.
        Fire = "fire",
        /// People shut in a lift.
        Lift = "lift",
        /// Fallen from a height, into a well, into water.
        Fall = "fall",
        /// Fights, weapons, threats, break-ins, violence at home.
        Violence = "violence",
        /// A child or an old person lost, locked in, or not answering for days.
        Missing = "missing",
        /// Walls, branches, tiles coming down.
        Falling = "falling",
        /// Collapse, no breath, bleeding, poison.
        Medical = "medical",
        /// An open manhole, a hole in the road.
        Hole = "hole",
        /// Water rising in a basement, a road, homes.
        Flood = "flood",
    }
}

impl Kind {
    /// The code of the category a report of this kind is sorted under.
    pub const fn category(self) -> &'static str {
        match self {
            Self::Lift => "101",
            Self::Gas => "102",
            Self::Fire => "103",
            Self::Falling => "104",
            Self::Hole => "105",
            Self::Flood => "106",
            Self::Medical => "107",
            Self::Violence => "108",
            Self::Missing => "109",
            Self::Jump => "111",
            Self::Fall => "113",
            Self::Shock => "115",
            Self::Coal => "116",
        }
    }

    /// The rules it is heard by, as they are written.
    pub(in crate::domain) const fn rules(self) -> &'static str {
        match self {
            Self::Jump => include_str!("rules/jump.txt"),
            Self::Shock => include_str!("rules/shock.txt"),
            Self::Coal => include_str!("rules/coal.txt"),
            Self::Gas => include_str!("rules/gas.txt"),
            Self::Fire => include_str!("rules/fire.txt"),
            Self::Lift => include_str!("rules/lift.txt"),
            Self::Fall => include_str!("rules/fall.txt"),
            Self::Violence => include_str!("rules/violence.txt"),
            Self::Missing => include_str!("rules/missing.txt"),
            Self::Falling => include_str!("rules/falling.txt"),
            Self::Medical => include_str!("rules/medical.txt"),
            Self::Hole => include_str!("rules/hole.txt"),
            Self::Flood => include_str!("rules/flood.txt"),
        }
    }
}
