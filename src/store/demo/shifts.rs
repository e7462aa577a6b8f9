//! Four weeks of the sample's shifts: two behind, the running one, the next.
//! No rule about rest is checked here; the cycles keep them.

use super::BEGINNING;
use super::places::Land;
use super::rng::Rng;
use super::staff::Crew;
use crate::domain::id::{IdSource, ShiftId};
use crate::domain::shift::{Presence, Shift};
use crate::domain::staff::{Role, Staff};
use crate::domain::time::{Day, Time, Zone};

const WEEKS_BACK: i64 = 2;
const WEEKS: i64 = 4;

/// All shifts, day by day.
pub(super) fn roster(crew: &Crew, land: &Land, seed: u64, now: Time, zone: Zone, ids: &mut IdSource) -> Vec<Shift> {
    let mut rng = Rng::for_part(seed, "shifts");
    let monday = crew.today - (crew.today + 3).rem_euclid(7);
    let mut shifts = Vec::new();
    for day in monday - 7 * WEEKS_BACK..monday + 7 * (WEEKS - WEEKS_BACK) {
        let Some(date) = Day::from_ymd_opt(1970, 1, 1).and_then(|d| d.checked_add_signed(chrono::Duration::days(day)))
        else {
            continue;
        };
        for (at, member) in crew.staff.iter().enumerate() {
            let Some(template) = crew.cycles[at].on(day, crew.today) else { continue };
            // The rest of this week 马丽 is ill; others are missing now and then.
            let ill = member.name.reveal() == "马丽" && (crew.today - 1..monday + 7).contains(&day);
            if ill || rng.per_mille(6) && day != crew.today {
                continue;
            }
            let (from, to) = template.span(date, zone);
            let (compound, post) = posted(member, at, day, land);
            shifts.push(Shift {
                id: ShiftId(ids.next(BEGINNING)),
                staff: member.id,
                day: date,
                template,
                from,
                to,
                compound: compound.map(|c| land.compounds[c].place),
                post: post.to_owned(),
                presence: presence(from, to, now, &mut rng),
            });
        }
    }
    shifts
}

fn presence(from: Time, to: Time, now: Time, rng: &mut Rng) -> Presence {
    let draw = rng.below(1_000);
    match (from <= now, to <= now, draw) {
        (false, ..) => Presence::Planned,
        (_, true, 0..10) => Presence::Absent,
        (_, false, 0..20) => Presence::Planned,
        (_, _, 0..45) => Presence::LateIn,
        _ => Presence::Present,
    }
}

/// Where somebody stands that day: guards and cleaners at one compound, the others wherever they are sent.
fn posted(member: &Staff, at: usize, day: i64, land: &Land) -> (Option<usize>, &'static str) {
    const GUARD: [&str; 3] = ["东门岗亭", "巡逻", "监控室"];
    let turn = usize::try_from(day.rem_euclid(1_000)).unwrap_or(0) / 2 + at;
    let own = |turn: usize| {
        let served = &member.serves;
        let place = served.get(turn % served.len().max(1))?;
        land.compounds.iter().position(|c| c.place == *place)
    };
    match member.role {
        Role::Guard => (own(at), GUARD[turn % GUARD.len()]),
        Role::Cleaner => (own(turn), "楼道"),
        Role::Desk => (None, "客服台"),
        Role::Leader => (None, "值班室"),
        _ => (None, ""),
    }
}
