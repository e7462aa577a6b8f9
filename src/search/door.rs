//! How well what was typed fits a stored home: written with dashes or counter words, as bare digits, or as a word.
//! It does not read what was typed; that is `room`.

use super::rank::{self, Mark};
use super::room::Written;
use crate::domain::base::find::Why;

/// Building, unit and room of a stored home, folded; empty where there is none.
pub(super) type Door<'a> = [&'a str; 3];

impl Written {
    /// How well it fits a stored home. The last loose number may be unfinished, as it is while typing.
    pub(super) fn mark(&self, door: Door<'_>) -> Mark {
        let [building, unit, room] = door;
        let fits = |wanted: &Option<String>, have: &str| wanted.as_ref().is_none_or(|w| same(w, have));
        let floor_fits =
            self.floor.as_ref().is_none_or(|floor| room.len() > 2 && room.get(..room.len() - 2) == Some(floor));
        let side_fits =
            self.side.as_ref().is_none_or(|side| room.bytes().all(|b| b.is_ascii_digit()) || room.contains(side));
        let room_fits = self.room.as_ref().is_none_or(|wanted| room.starts_with(wanted.as_str()));
        if !(fits(&self.building, building) && fits(&self.unit, unit) && floor_fits && side_fits && room_fits) {
            return 0;
        }
        let named = Fit {
            building: self.building.is_some(),
            unit: self.unit.is_some(),
            room: self.room.as_ref().map(|wanted| wanted.len() == room.len()),
        };
        let worth = match self.loose.as_slice() {
            [] => named.worth(door, self.floor.is_some()),
            [b, u, r] => named.with(door, Some(b), Some(u), Some(r)),
            [one] => [(Some(one), None, None), (None, Some(one), None), (None, None, Some(one))]
                .map(|(b, u, r)| named.with(door, b, u, r))
                .into_iter()
                .max()
                .unwrap_or(0),
            [one, two] => [(Some(one), Some(two), None), (Some(one), None, Some(two)), (None, Some(one), Some(two))]
                .map(|(b, u, r)| named.with(door, b, u, r))
                .into_iter()
                .max()
                .unwrap_or(0),
            [..] => 0,
        };
        if worth == 0 { 0 } else { rank::mark(worth, Why::Room) }
    }
}

/// Which parts of a home are given; `room` says whether in full.
#[derive(Clone, Copy)]
struct Fit {
    building: bool,
    unit: bool,
    room: Option<bool>,
}

impl Fit {
    /// Worth with loose numbers taken for these parts; the last of them may be a beginning only. 0 when one does not fit.
    fn with(self, door: Door<'_>, b: Option<&String>, u: Option<&String>, r: Option<&String>) -> u16 {
        let [building, unit, room] = door;
        if (b.is_some() && self.building) || (u.is_some() && self.unit) || (r.is_some() && self.room.is_some()) {
            return 0;
        }
        let mut fit = self;
        let mut begun = 100;
        if let Some(b) = b {
            // With nothing typed behind it, 1 may yet become 12.
            let last = u.is_none() && r.is_none();
            match same(b, building) {
                true => fit.building = true,
                false if last && !b.is_empty() && building.starts_with(b.as_str()) => {
                    (fit.building, begun) = (true, 60)
                }
                false => return 0,
            }
        }
        if let Some(u) = u {
            match same(u, unit) {
                true => fit.unit = true,
                false if r.is_none() && !u.is_empty() && unit.starts_with(u.as_str()) => (fit.unit, begun) = (true, 60),
                false => return 0,
            }
        }
        if let Some(r) = r {
            if !room.starts_with(r.as_str()) {
                return 0;
            }
            fit.room = Some(r.len() == room.len());
        }
        fit.worth(door, false) * begun / 100
    }

    fn worth(self, door: Door<'_>, floor: bool) -> u16 {
        let [_, unit, room] = door;
        match (self.building, self.unit, self.room) {
            (true, true, Some(true)) => 98,
            (true, true, Some(false)) => 82,
            (true, false, Some(true)) if unit.is_empty() => 98,
            (true, false, Some(true)) => 86,
            // Worth more than `ROOM_ALONE`: beside a compound's name it must not pass the homes of unit 4, where 5-4 was typed.
            (true, false, Some(false)) => 76,
            // The unit or the building itself, and not one of the homes in it.
            (true, true, None) if room.is_empty() && !floor => 98,
            (true, false, None) if unit.is_empty() && room.is_empty() && !floor => 100,
            (true, true, None) => 80,
            (false, true, Some(true)) => 75,
            (false, true, Some(false)) => 50,
            (true, false, None) => 74,
            (false, false, Some(true)) => 78,
            (false, false, Some(false)) => 56,
            (false, true, None) => 36,
            (false, false, None) if floor => 20,
            (false, false, None) => 0,
        }
    }
}

/// `03` is `3`.
fn same(typed: &str, have: &str) -> bool {
    typed == have || (!have.is_empty() && typed.trim_start_matches('0') == have.trim_start_matches('0'))
}

/// How well digits without a dash fit a home: `32501` is 3-2-501, and so is any beginning of it, of `2501` or of `501`;
/// a building, unit or room alone is too.
pub(super) fn digits_mark(digits: &str, door: Door<'_>) -> Mark {
    let [building, unit, room] = door;
    let n = digits.len();
    // The beginning of some parts written together: how many letters are not typed yet.
    let left = |parts: &[&str]| -> Option<usize> {
        let mut rest = digits;
        let mut left = 0;
        for part in parts {
            match rest.strip_prefix(part) {
                Some(after) => rest = after,
                None if part.starts_with(rest) => {
                    left += part.len() - rest.len();
                    rest = "";
                }
                None => return None,
            }
        }
        rest.is_empty().then_some(left)
    };
    // A building or unit itself is meant before the homes in it.
    let itself = room.is_empty();
    let mut worth = 0;
    if !building.is_empty() {
        worth = match left(&[building, unit, room]) {
            Some(0) if room.is_empty() => 50,
            Some(0) if n >= 5 => 93,
            Some(0) => 76,
            Some(_) if n > 2 => 54,
            Some(_) => 34,
            None => 0,
        };
        if digits == building {
            worth = worth.max(match (itself, unit.is_empty()) {
                (true, true) => 70,
                (true, false) => 54,
                (false, _) => 50,
            });
        }
    }
    if !unit.is_empty() {
        worth = worth.max(match left(&[unit, room]) {
            Some(0) if !room.is_empty() => 62,
            Some(_) if n > 2 => 42,
            Some(_) => 32,
            None => 0,
        });
        if digits == unit {
            worth = worth.max(if itself { 52 } else { 36 });
        }
    }
    if !itself && room.starts_with(digits) {
        worth = worth.max(match n {
            _ if room.len() == n && n >= 3 => 78,
            _ if room.len() == n => 46,
            1 => 30,
            2 => 40,
            _ => 56,
        });
    }
    if worth == 0 { 0 } else { rank::mark(worth, Why::Room) }
}

/// How well a word fits a home: a building or unit of that name (`b`, 西), or part of a room's (北屋).
pub(super) fn word_mark(word: &str, door: Door<'_>) -> Mark {
    let [building, unit, room] = door;
    if building == word {
        rank::mark(50, Why::Room)
    } else if unit == word {
        rank::mark(36, Why::Room)
    } else if !word.is_ascii() && [building, unit, room].iter().any(|part| part.contains(word)) {
        rank::mark(46, Why::Room)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::room;

    fn parse(text: &str) -> Option<(Written, usize)> {
        room::written(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn every_written_form_fits_its_home_best() {
        for text in [
            "3-2-501",
            "3#2-501",
            "3#-2-501",
            "3栋2单元501",
            "3幢2单元501室",
            "3号楼二单元501",
            "三栋二单元501",
            "3号楼2-501",
            "03-02-501",
            "3.2.501",
        ] {
            let (home, taken) = parse(text).expect(text);
            assert_eq!(taken, text.chars().count(), "{text}");
            assert_eq!(rank::worth(home.mark(["3", "2", "501"])), 98, "{text}: {home:?}");
            for other in [["3", "1", "501"], ["2", "3", "501"], ["3", "2", "502"], ["13", "2", "501"]] {
                assert_eq!(home.mark(other), 0, "{text} is not {other:?}");
            }
        }
    }

    #[test]
    fn fewer_parts_and_other_forms() {
        for (text, door, worth) in [
            ("3-501", ["3", "", "501"], 98),
            ("3-501", ["3", "2", "501"], 86),
            ("2-501", ["3", "2", "501"], 75),
            ("3-2", ["3", "2", "501"], 80),
            ("3-2", ["3", "2", ""], 98),
            ("3-2", ["3", "1", "201"], 76),
            ("3号楼", ["3", "", ""], 100),
            ("3-1", ["3", "12", ""], 58),
            ("3-", ["3", "2", "501"], 74),
            ("b座1203", ["b", "", "1203"], 98),
            ("b-1203", ["b", "", "1203"], 98),
            ("3排4号", ["3", "", "4"], 98),
            ("十二栋", ["12", "", "101"], 74),
            ("501室", ["3", "2", "501"], 78),
            ("2号楼3单元4楼东户", ["2", "3", "401"], 80),
            ("西单元", ["5", "西", "3"], 36),
        ] {
            let (home, taken) = parse(text).expect(text);
            assert_eq!((rank::worth(home.mark(door)), taken), (worth, text.chars().count()), "{text} {home:?}");
        }
    }

    #[test]
    fn bare_digits() {
        for (digits, worth) in [("32501", 93), ("3250", 54), ("2501", 62), ("501", 78), ("3", 50), ("32", 34), ("9", 0)]
        {
            assert_eq!(rank::worth(digits_mark(digits, ["3", "2", "501"])), worth, "{digits}");
        }
        let of = |digits, door| rank::worth(digits_mark(digits, door));
        assert!(of("3", ["3", "", ""]) > of("3", ["3", "2", ""]), "the building before its units");
        assert!(of("3", ["3", "2", ""]) > of("3", ["3", "2", "501"]), "a unit before the homes in it");
    }
}
