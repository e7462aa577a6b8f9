//! The sample's shifts: three weeks behind and the running one. The next is on the wall from Saturday on; before that it is
//! still to be made, and each cycle shows how.
//! No rule about rest is checked here; the cycles keep them.

use super::BEGINNING;
use super::places::Land;
use super::rng::Rng;
use super::staff::Crew;
use crate::domain::base::id::{IdSource, ShiftId};
use crate::domain::base::time::{Day, Time, Zone};
use crate::domain::roster::shift::{Presence, Shift};
use crate::domain::staff::{Role, Staff};

const WEEKS_BACK: i64 = 3;

/// The Monday of today's week, in days since 1970.
const fn monday_of(today: i64) -> i64 {
    today - (today + 3).rem_euclid(7)
}

/// The date of a day since 1970.
pub(super) fn date_of(day: i64) -> Option<Day> {
    Day::from_ymd_opt(1970, 1, 1).and_then(|first| first.checked_add_signed(chrono::Duration::days(day)))
}

/// From yesterday to the end of the week 马丽 is ill.
pub(super) fn is_ill(member: &Staff, day: i64, today: i64) -> bool {
    member.name.reveal() == "马丽" && (today - 1..monday_of(today) + 7).contains(&day)
}

/// All shifts, day by day.
pub(super) fn roster(crew: &Crew, land: &Land, seed: u64, now: Time, zone: Zone, ids: &mut IdSource) -> Vec<Shift> {
    let mut rng = Rng::for_part(seed, "shifts");
    let monday = monday_of(crew.today);
    let weeks = if crew.today - monday >= 5 { 2 } else { 1 };
    let mut shifts = Vec::new();
    for day in monday - 7 * WEEKS_BACK..monday + 7 * weeks {
        let Some(date) = date_of(day) else { continue };
        for (at, member) in crew.staff.iter().enumerate() {
            let Some(template) = crew.cycles[at].on(day, crew.today) else { continue };
            // Others are missing now and then.
            if is_ill(member, day, crew.today) || rng.per_mille(6) && day != crew.today {
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
        Role::Guard => {
            let post = GUARD[turn % GUARD.len()];
            // The cameras are for who has learned them.
            let learned = post != "监控室" || member.skills.iter().any(|skill| skill == post);
            (own(at), if learned { post } else { "巡逻" })
        }
        Role::Cleaner => (own(turn), "楼道"),
        Role::Desk => (None, "客服台"),
        Role::Leader => (None, "值班室"),
        _ => (None, ""),
    }
}
