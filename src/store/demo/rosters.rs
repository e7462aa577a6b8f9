//! What the sample says of its rosters beside the shifts: how many are needed where, and who is ill.
//! The shifts themselves are `shifts`.

use super::BEGINNING;
use super::places::Land;
use super::shifts::{date_of, is_ill};
use super::staff::Crew;
use crate::domain::base::id::{IdSource, LeaveId, NeedId, StaffId};
use crate::domain::roster::LeaveKind;
use crate::domain::roster::coverage::{Need, NeedDays};
use crate::domain::roster::shift::Template;
use crate::domain::roster::week::{Leave, NeedRow};
use crate::domain::staff::Role;

/// Roles somebody must always be there of.
const ROUND_THE_CLOCK: [Role; 4] = [Role::Desk, Role::Leader, Role::Guard, Role::Repairer];
/// Days looked at to see how many a role's cycles bring.
const ROUND: i64 = 56;

/// What is needed: of the township as a whole what the cycles bring at their least, one late repairer more than that, and a
/// repairer by day for each compound.
pub(super) fn needs(crew: &Crew, land: &Land, ids: &mut IdSource) -> Vec<NeedRow> {
    let mut needs = Vec::new();
    let mut add = |compound, role, template, count| {
        let need = Need { compound, role, template, days: NeedDays::Every, count };
        needs.push(NeedRow { id: NeedId(ids.next(BEGINNING)), need });
    };
    for role in ROUND_THE_CLOCK {
        for template in [Template::Early, Template::Late, Template::Night] {
            let on = |day: i64| {
                let works = |at: &usize| crew.cycles[*at].on(day, crew.today) == Some(template);
                (0..crew.staff.len()).filter(|at| crew.staff[*at].role == role).filter(works).count()
            };
            let least = (crew.today..crew.today + ROUND).map(on).min().unwrap_or(0);
            let more = usize::from(role == Role::Repairer && template == Template::Late);
            if least + more > 0 {
                add(None, role, template, u32::try_from(least + more).unwrap_or(u32::MAX));
            }
        }
    }
    for compound in &land.compounds {
        add(Some(compound.place), Role::Repairer, Template::Early, 1);
    }
    needs
}

/// Who is ill, as the shifts show.
pub(super) fn leave(crew: &Crew, ids: &mut IdSource) -> Vec<(StaffId, Leave)> {
    let week = crew.today - 7..crew.today + 7;
    let mut leave = Vec::new();
    for member in &crew.staff {
        let days: Vec<i64> = week.clone().filter(|day| is_ill(member, *day, crew.today)).collect();
        if let Some((from, to)) = days.first().zip(days.last())
            && let Some((from, to)) = date_of(*from).zip(date_of(*to))
        {
            let (id, note) = (LeaveId(ids.next(BEGINNING)), "医院开了假条".to_owned());
            leave.push((member.id, Leave { id, from, to, kind: LeaveKind::Sick, note }));
        }
    }
    leave
}
