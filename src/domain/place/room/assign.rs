//! Decides what the pieces of a written home mean together: which is the building, the stair, the floor, the room.
//! It does not look at the text itself, but for what stands at the two ends.

use crate::domain::place::room::RoomForm;
use crate::domain::place::room::pieces::{Glue, Mark, Piece, pieces_at};

/// The longest form starting at `from`: where it ends, what it says, and how much (parts named, counter words count double).
pub(in crate::domain) fn form_at(chars: &[char], from: usize) -> Option<(usize, RoomForm, u32)> {
    if !may_start(chars, from) {
        return None;
    }
    let pieces = pieces_at(chars, from);
    (1..=pieces.len()).rev().find_map(|count| {
        let pieces = &pieces[..count];
        let end = pieces.last()?.end;
        let form = meaning(pieces)?;
        let marked = pieces.iter().filter(|piece| piece.mark != Mark::Bare).count();
        may_end(chars, end, pieces).then(|| (end, form, u32::try_from(pieces.len() + marked).unwrap_or(u32::MAX)))
    })
}

/// A form never starts inside a number or word: not at `22` of `2026-11-22`, not at `1` of `A1`, not at `二` of `十二`.
fn may_start(chars: &[char], from: usize) -> bool {
    let here = chars[from];
    let Some(before) = from.checked_sub(1).map(|at| chars[at]) else { return true };
    if before.is_ascii_alphanumeric()
        || before == '\0'
        || (crate::domain::place::room::han_value(before).is_some() && han(here))
    {
        return false;
    }
    let joins = matches!(before, '-' | '—' | '–' | '/' | '.' | ':' | '：');
    let after_number = from >= 2 && (chars[from - 2].is_ascii_alphanumeric() || chars[from - 2] == '\0');
    !(joins && after_number)
}

fn han(c: char) -> bool {
    crate::domain::place::room::han_value(c).is_some()
}

fn may_end(chars: &[char], end: usize, pieces: &[Piece]) -> bool {
    let Some(last) = pieces.last() else { return false };
    let next = chars.get(end).copied();
    let bare = last.mark == Mark::Bare;
    if bare && next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '\0') {
        return false;
    }
    let next_is_number = chars.get(end + 1).is_some_and(|&c| c.is_ascii_digit() || c == '\0');
    match next {
        Some('-' | '/' | '.' | ':' | '：') if bare && next_is_number => false,
        // 138 0000 5678 holds no room; 3-2 1 neither
        Some(' ') if bare && pieces.len() == 1 && chars.get(end + 1).is_some_and(char::is_ascii_digit) => false,
        // `3 2` is a building and its stair only when nothing follows
        Some(_) if bare && pieces.len() == 2 && last.glue == Glue::Blank && last.digits() < 3 => false,
        _ => true,
    }
}

/// The roles of all pieces, or nothing when they do not make one home.
fn meaning(pieces: &[Piece]) -> Option<RoomForm> {
    let mut form = RoomForm::default();
    let mut at = 0;
    // Building, rows and yards first.
    while let Some(piece) = pieces.get(at) {
        let rest = &pieces[at + 1..];
        match piece.mark {
            Mark::Yard | Mark::Row => {
                let counter = if piece.mark == Mark::Yard { "号院" } else { "排" };
                let before = form.building.take().unwrap_or_default();
                if !before.is_empty() && !before.ends_with("号院") {
                    return None;
                }
                form.building = Some(format!("{before}{}{counter}", number(&piece.value, 4)?));
            }
            Mark::Building if form.building.is_none() => form.building = Some(building(&piece.value)?),
            Mark::Number if at == 1 && form.unit.is_none() && names_a_stair(form.building.as_deref(), rest) => {
                form.unit = Some(number(&piece.value, 3)?);
            }
            Mark::Number if at == 0 && names_a_building(rest) => form.building = Some(building(&piece.value)?),
            Mark::Floor if at == 0 && floor_word_is_building(piece, rest) => {
                form.building = Some(building(&piece.value)?);
            }
            _ => break,
        }
        at += 1;
    }
    let pieces = &pieces[at..];
    let bare = pieces.iter().take_while(|piece| piece.mark == Mark::Bare).count();
    let (numbers, behind) = pieces.split_at(bare);
    match behind.first() {
        None => numbers_alone(&mut form, numbers)?,
        // 3-2-501室: the counter belongs to the last number
        Some(last) if matches!(last.mark, Mark::Room | Mark::Number) && behind.len() == 1 => {
            room_counted(&mut form, numbers, last)?;
        }
        Some(_) => stair_and_floor(&mut form, numbers, behind)?,
    }
    (form != RoomForm::default()).then_some(form)
}

/// `3号2单元`, `3号501`: a number with 号 is a building when a stair or a room follows.
fn names_a_building(rest: &[Piece]) -> bool {
    match rest {
        [next, ..] if next.mark == Mark::Unit => true,
        [.., last] => matches!(last.mark, Mark::Bare | Mark::Room) && last.digits() >= 3,
        [] => false,
    }
}

/// `9幢24号1237`: a number with 号 between a building and a room is the stair's door.
fn names_a_stair(building: Option<&str>, rest: &[Piece]) -> bool {
    building.is_some_and(crate::domain::place::room::is_number_or_letter)
        && matches!(rest, [room] if room.digits() >= 3)
}

/// `3楼2单元`, `3楼501` (but `5楼501` is a floor), `3楼2-501`.
fn floor_word_is_building(piece: &Piece, rest: &[Piece]) -> bool {
    match rest {
        [next, ..] if next.mark == Mark::Unit => true,
        [room] if matches!(room.mark, Mark::Bare | Mark::Room) && room.digits() >= 3 => {
            room.value[..room.value.len() - 2].trim_start_matches('0') != piece.value
        }
        [unit, room] => unit.digits() <= 2 && unit.mark == Mark::Bare && room.digits() >= 3,
        _ => false,
    }
}

/// The end of a form made of numbers only: `3-2-501`, `3-501`, `3-2`, `501`, `301-1`, and the same behind a building.
fn numbers_alone(form: &mut RoomForm, numbers: &[Piece]) -> Option<()> {
    let plain_building =
        form.building.as_deref().is_some_and(crate::domain::place::room::is_number_or_letter) && form.unit.is_none();
    let row =
        form.building.as_deref().is_some_and(|building| !crate::domain::place::room::is_number_or_letter(building));
    match numbers {
        [] => {}
        [one] if row => form.room = Some(room(one, 1)?),
        [one] if form.unit.is_some() => form.room = Some(room(one, 1)?),
        [one] if plain_building && is_unit(one) => form.unit = Some(number(&one.value, 2)?),
        [one] if form.building.is_none() && tower_and_room(&one.value).is_some() => {
            (form.building, form.room) = tower_and_room(&one.value)?;
        }
        // Five figures alone are a hot line.
        [one] if plain_building || (3..=4).contains(&one.digits()) || one.digits() == 0 && one.value.len() >= 3 => {
            form.room = Some(room(one, 3)?)
        }
        [first, second] if looks_like_room(first) && is_door_number(second) => {
            form.room = Some(format!("{}-{}", room(first, 3)?, second.value));
        }
        [unit, one] if plain_building => {
            form.unit = Some(number(&unit.value, 2)?);
            form.room = Some(room(one, 1)?);
        }
        [first, second] if !row => {
            form.building = Some(spelled_building(first, second)?);
            if is_unit(second) {
                form.unit = Some(number(&second.value, 2)?);
            } else {
                form.room = Some(room(second, 3)?);
            }
        }
        [unit, one, door] if plain_building && is_door_number(door) => {
            form.unit = Some(number(&unit.value, 2)?);
            form.room = Some(format!("{}-{}", room(one, 3)?, door.value));
        }
        [first, one, door] if !row && looks_like_room(one) && is_door_number(door) => {
            form.building = Some(spelled_building(first, one)?);
            form.room = Some(format!("{}-{}", room(one, 3)?, door.value));
        }
        [first, unit, one] if !row => {
            form.building = Some(spelled_building(first, unit)?);
            form.unit = Some(number(&unit.value, 3)?);
            form.room = Some(room(one, 1)?);
        }
        [first, unit, one, door] if !row && is_door_number(door) => {
            form.building = Some(spelled_building(first, unit)?);
            form.unit = Some(number(&unit.value, 2)?);
            form.room = Some(format!("{}-{}", room(one, 3)?, door.value));
        }
        _ => return None,
    }
    Some(())
}

/// The end of a form whose last number has 室 or 号: `2-501室`, `501室`, `4号`.
fn room_counted(form: &mut RoomForm, numbers: &[Piece], last: &Piece) -> Option<()> {
    let least = if last.mark == Mark::Number && form.building.is_none() && numbers.is_empty() { 3 } else { 1 };
    match numbers {
        [] if form.building.is_none() && tower_and_room(&last.value).is_some() => {
            (form.building, form.room) = tower_and_room(&last.value)?;
        }
        [] => form.room = Some(room(last, least)?),
        // 96A-3号
        [first] if form.building.is_some() && looks_like_room(first) && last.digits() <= 3 => {
            form.room = Some(format!("{}-{}", room(first, 3)?, last.value));
        }
        [unit] if form.building.is_some() => {
            form.unit = Some(number(&unit.value, 3)?);
            form.room = Some(room(last, 1)?);
        }
        [first] => {
            form.building = Some(spelled_building(first, last)?);
            form.room = Some(room(last, 1)?);
        }
        [first, unit] if form.building.is_none() => {
            form.building = Some(spelled_building(first, unit)?);
            form.unit = Some(number(&unit.value, 3)?);
            form.room = Some(room(last, 1)?);
        }
        _ => return None,
    }
    Some(())
}

/// Forms with a stair, a floor or a door named by its word: `2单元501`, `3单元4楼东户`, `3-2-4楼东户`.
fn stair_and_floor(form: &mut RoomForm, numbers: &[Piece], behind: &[Piece]) -> Option<()> {
    for piece in numbers {
        if form.building.is_none() {
            form.building = Some(building(&piece.value)?);
        } else if form.unit.is_none() && is_unit(piece) {
            form.unit = Some(number(&piece.value, 2)?);
        } else {
            return None;
        }
    }
    let mut behind = behind.iter().peekable();
    if let Some(unit) = behind.next_if(|piece| piece.mark == Mark::Unit) {
        if form.unit.is_some() {
            return None;
        }
        form.unit = Some(if unit.digits() > 0 { number(&unit.value, 3)? } else { unit.value.clone() });
    }
    if let Some(floor) = behind.next_if(|piece| piece.mark == Mark::Floor) {
        form.floor = Some(floor.value.parse().ok().filter(|floor| (-3..=60).contains(floor) && *floor != 0)?);
    }
    if let Some(last) = behind.next_if(|piece| matches!(piece.mark, Mark::Bare | Mark::Room | Mark::Number)) {
        // Behind a floor a short number is not a room: 4楼2 may be two flats, or the second floor of something.
        let least = if form.floor.is_some() && last.mark == Mark::Bare { 3 } else { 1 };
        let mut name = room(last, least)?;
        if let Some(door) = behind.next_if(|piece| matches!(piece.mark, Mark::Bare | Mark::Number | Mark::Room)) {
            name = format!("{name}-{}", Some(&door.value).filter(|_| door.glue == Glue::Dash)?);
        }
        form.room = Some(name);
    }
    if let Some(door) = behind.next_if(|piece| piece.mark == Mark::Door) {
        if !door.value.is_empty() {
            if form.floor.is_some() {
                return None;
            }
            form.floor = door.value.parse().ok();
        }
        form.side = door.side;
    }
    // 东户 alone names a door of nothing.
    let named = form.building.is_some() || form.unit.is_some() || form.floor.is_some() || form.room.is_some();
    (behind.peek().is_none() && named).then_some(())
}

/// `B1203`, `3A105`: a tower with a letter and its room without a dash.
fn tower_and_room(value: &str) -> Option<(Option<String>, Option<String>)> {
    let letter = value.find(|c: char| c.is_ascii_uppercase())?;
    let (tower, room) = value.split_at(letter + 1);
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (letter <= 2 && plain(&tower[..letter]) && (3..=4).contains(&room.len()) && plain(room))
        .then(|| (Some(tower.to_owned()), Some(room.to_owned())))
}

/// A building spelled by its number or letter only. In forms parted by blanks it is short, or any two numbers would do.
fn spelled_building(piece: &Piece, next: &Piece) -> Option<String> {
    if next.glue == Glue::Nothing || (next.glue == Glue::Blank && piece.value.len() > 2) {
        return None;
    }
    if piece.value.starts_with('-') {
        return None;
    }
    building(&piece.value)
}

/// `3`, `03`, `B`, `A3`, `3A`, `甲`.
fn building(value: &str) -> Option<String> {
    if value.bytes().all(|b| b.is_ascii_digit()) {
        return number(value, 4);
    }
    let short = value.chars().count() <= 4;
    let letters = value.chars().filter(|c| !c.is_ascii_digit()).count();
    (short && letters <= 1 && !value.starts_with('-')).then(|| value.to_owned())
}

/// A number of at most so many digits, without leading zeros, not 0.
fn number(value: &str, digits: usize) -> Option<String> {
    let short = value.len() <= digits && value.bytes().all(|b| b.is_ascii_digit());
    let number = value.trim_start_matches('0');
    (short && !number.is_empty()).then(|| number.to_owned())
}

fn is_unit(piece: &Piece) -> bool {
    (1..=2).contains(&piece.digits()) && piece.value != "0" && piece.value != "00"
}

fn looks_like_room(piece: &Piece) -> bool {
    (3..=4).contains(&piece.digits()) || (piece.digits() == 0 && piece.value.len() >= 3)
}

/// The `1` of `301-1`: one figure. Two would be a ticket number.
fn is_door_number(piece: &Piece) -> bool {
    piece.digits() == 1 && piece.value != "0" && piece.glue == Glue::Dash
}

/// A room of at least so many digits: `501`, `0501`, `-101`, `甲501`, `B101`, `501A`; `北屋` with its own word.
fn room(piece: &Piece, least: usize) -> Option<String> {
    let value = piece.value.as_str();
    if piece.mark == Mark::Room && !value.is_empty() && value.chars().all(|c| !c.is_ascii()) {
        return Some(value.to_owned());
    }
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let others: String = value.chars().filter(|c| !c.is_ascii_digit()).collect();
    // 7E: flats named by floor and letter have fewer figures
    let least = if value.ends_with(|c: char| c.is_ascii_uppercase()) { 1 } else { least };
    if !(least..=5).contains(&digits) || others.chars().count() > 2 {
        return None;
    }
    if !others.is_empty() {
        return Some(value.to_owned());
    }
    let plain = value.trim_start_matches('0');
    // 07 is a counter or a day, not a room.
    let zeros_are_padding = plain.len() == value.len() || plain.len() >= 3;
    (zeros_are_padding && !plain.is_empty()).then(|| plain.to_owned())
}
