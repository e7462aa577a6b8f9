//! The sample's staff and the operators of the desk: roles, skills, compounds served, and the cycle each works in.
//! Their shifts are made in `shifts`; what they are sent to is in `tickets`.

use super::BEGINNING;
use super::names::Names;
use super::places::Land;
use super::rng::Rng;
use crate::domain::base::id::{IdSource, OperatorId, PlaceId, StaffId};
use crate::domain::base::time::{DAY, MINUTE, Time, Zone};
use crate::domain::person::{PersonName, Phone};
use crate::domain::roster::shift::Template;
use crate::domain::staff::{Rank, Role, Staff};

/// Who works at a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Id.
    pub id: OperatorId,
    /// The member of staff, if one.
    pub staff: Option<StaffId>,
    /// Name, as typed behind `--as`; no two alike.
    pub name: PersonName,
    /// What he may do.
    pub rank: Rank,
}

/// The days a person works, as one repeating pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cycle {
    /// 四班三倒: 早早中中夜夜休休; the number says which of the eight days today is.
    FourCrews(i64),
    /// 做六休一, with the weekday of rest (0 is Monday).
    SixOne(Template, i64),
    /// Office days up to this weekday.
    Office(i64),
    /// 早早中中休休, for three leaders in turn.
    EarlyLate(i64),
}

impl Cycle {
    /// The shift of that day (counted in days since 1970, as `today` is).
    pub(super) fn on(self, day: i64, today: i64) -> Option<Template> {
        use Template::{Early, Late, Night, Office};
        // 1 January 1970 was a Thursday.
        let weekday = (day + 3).rem_euclid(7);
        match self {
            Self::FourCrews(offset) => match (day - today + offset).rem_euclid(8) {
                0 | 1 => Some(Early),
                2 | 3 => Some(Late),
                4 | 5 => Some(Night),
                _ => None,
            },
            Self::SixOne(template, rest) => (weekday != rest).then_some(template),
            Self::Office(last) => (weekday <= last).then_some(Office),
            Self::EarlyLate(offset) => match (day - today + offset).rem_euclid(6) {
                0 | 1 => Some(Early),
                2 | 3 => Some(Late),
                _ => None,
            },
        }
    }
}

/// Local days and minutes by plain arithmetic; the tickets ask for them many times each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wall {
    offset_ms: i64,
}

impl Wall {
    pub(super) const fn new(zone: Zone) -> Self {
        Self { offset_ms: zone.offset_minutes as i64 * MINUTE }
    }

    /// Days since 1970 here.
    pub(super) const fn day(self, time: Time) -> i64 {
        (time.0 + self.offset_ms).div_euclid(DAY)
    }

    /// Minutes since midnight here.
    pub(super) const fn minute(self, time: Time) -> i64 {
        (time.0 + self.offset_ms).rem_euclid(DAY) / MINUTE
    }

    /// The time of a minute of a day.
    pub(super) const fn at(self, day: i64, minute: i64) -> Time {
        Time(day * DAY + minute * MINUTE - self.offset_ms)
    }
}

/// All staff and operators, with the tables that answer who may be sent.
pub(super) struct Crew {
    pub staff: Vec<Staff>,
    pub cycles: Vec<Cycle>,
    pub operators: Vec<Operator>,
    /// By role, then by compound (in the land's order): positions in `staff`.
    serving: Vec<Vec<Vec<u16>>>,
    /// The four clerks who share the clock.
    clerks: [OperatorId; 4],
    pub leader: OperatorId,
    pub manager: OperatorId,
    pub wall: Wall,
    pub today: i64,
}

/// How many of each role serve 25 compounds; more compounds have more.
const COUNTS: [(Role, usize); 10] = [
    (Role::Desk, 5),
    (Role::Leader, 3),
    (Role::Manager, 1),
    (Role::WorksLead, 1),
    (Role::Repairer, 8),
    (Role::Guard, 16),
    (Role::Cleaner, 12),
    (Role::Maintenance, 4),
    (Role::Greenery, 4),
    (Role::GridWorker, 6),
];

/// People every sample has, the first of their role.
fn known_names(role: Role) -> &'static [&'static str] {
    match role {
        Role::Desk => &["李敏", "高洁", "申丽娟", "郭晓燕", "王慧"],
        Role::Leader => &["赵建军", "郝红梅", "杨志强"],
        Role::Manager => &["崔国平"],
        Role::WorksLead => &["靳海明"],
        Role::Repairer => &["王强", "刘建", "郝军", "马丽"],
        Role::Guard => &["周岩", "张保"],
        Role::Cleaner => &["赵桂", "陈娥"],
        _ => &[],
    }
}

/// Hires everybody.
pub(super) fn hire(land: &Land, seed: u64, now: Time, zone: Zone, ids: &mut IdSource) -> Crew {
    let mut rng = Rng::for_part(seed, "staff");
    let names = Names::new();
    let compounds = land.compounds.len();
    let mut staff = Vec::new();
    let mut cycles = Vec::new();
    let mut serving = vec![vec![Vec::new(); compounds]; Role::ALL.len()];
    let mut used: Vec<String> = Vec::new();
    for (role, of_25) in COUNTS {
        let single = matches!(role, Role::Manager | Role::WorksLead | Role::Leader | Role::Desk);
        let count = if single { of_25 } else { (of_25 * compounds).div_ceil(25) };
        for k in 0..count {
            let name = match known_names(role).get(k) {
                Some(name) => (*name).to_owned(),
                None => another_name(&names, role, &mut used, &mut rng),
            };
            let (cycle, served) = post(role, k, count, land);
            for &at in &served {
                serving[role as usize][at].push(u16::try_from(staff.len()).unwrap_or(u16::MAX));
            }
            let everywhere = served.len() == compounds;
            let serves: Vec<PlaceId> =
                if everywhere { Vec::new() } else { served.iter().map(|&at| land.compounds[at].place).collect() };
            staff.push(Staff {
                id: StaffId(ids.next(BEGINNING)),
                name: PersonName::stored(name.clone()),
                role,
                phone: Some(Phone::stored(format!("1770000{:04}", 1_000 + staff.len() * 7))),
                skills: skills(role, k, &mut rng),
                serves,
                active: true,
                version: 1,
            });
            used.push(name);
            cycles.push(cycle);
        }
    }
    let operators = operators(&staff, ids);
    let of_rank = |rank: Rank, n: usize| {
        operators.iter().filter(|o| o.rank == rank).nth(n).map_or(operators[0].id, |operator| operator.id)
    };
    let clerks = [0, 1, 2, 3].map(|n| of_rank(Rank::Clerk, n));
    let (leader, manager) = (of_rank(Rank::Leader, 0), of_rank(Rank::Manager, 0));
    let wall = Wall::new(zone);
    Crew { staff, cycles, operators, serving, clerks, leader, manager, wall, today: wall.day(now) }
}

fn another_name(names: &Names, role: Role, used: &mut [String], rng: &mut Rng) -> String {
    let woman = rng.per_mille(match role {
        Role::Cleaner => 850,
        Role::Greenery | Role::GridWorker => 550,
        Role::Guard | Role::Repairer | Role::Maintenance => 60,
        _ => 500,
    });
    // Staff are told apart by name alone; two of the same name would be a trap of its own.
    for _ in 0..50 {
        let born = i32::try_from(rng.between(1964, 1998)).unwrap_or(1980);
        let name = format!("{}{}", names.surname(rng), names.given(born, woman, rng));
        if !used.contains(&name) {
            return name;
        }
    }
    format!("{}{}", names.surname(rng), used.len())
}

/// The cycle of the k-th of a role, and the compounds served.
fn post(role: Role, k: usize, count: usize, land: &Land) -> (Cycle, Vec<usize>) {
    let all = land.compounds.len();
    let k64 = i64::try_from(k).unwrap_or(0);
    let part = |n: usize, parts: usize| (all * n / parts..all * (n + 1) / parts).collect::<Vec<usize>>();
    match role {
        Role::Desk if k < 4 => (Cycle::FourCrews(k64 * 2), part(0, 1)),
        Role::Leader => (Cycle::EarlyLate(k64 * 2), part(0, 1)),
        Role::Desk | Role::Manager | Role::WorksLead => (Cycle::Office(4), part(0, 1)),
        Role::Repairer => {
            // Eight make a crew: four round the clock, the others by day.
            let (crew, crews) = (k / 8, count.div_ceil(8));
            let region = part(crew, crews);
            let (half, most) = (region.len() / 2, region.len() * 2 / 3);
            match k % 8 {
                0 => (Cycle::FourCrews(0), region),
                1 => (Cycle::SixOne(Template::Early, 6), region[..most.max(1)].to_vec()),
                2 => (Cycle::SixOne(Template::Early, 5), region[region.len() - most.max(1)..].to_vec()),
                3 => (Cycle::Office(5), region[..half.max(1)].to_vec()),
                4..=6 => (Cycle::FourCrews((k64 % 8 - 3) * 2), region),
                _ => (Cycle::SixOne(Template::Late, 2), region),
            }
        }
        Role::Guard => {
            let crews = count.div_ceil(4);
            (Cycle::FourCrews((k64 % 4) * 2), part(k / 4, crews))
        }
        Role::Cleaner => (Cycle::SixOne(Template::Early, k64 % 7), part(k, count)),
        Role::Maintenance => (Cycle::Office(5), part(k, count)),
        Role::Greenery => (Cycle::Office(4), part(k, count)),
        Role::GridWorker => {
            let beats = count.min(12);
            let community = |at: usize| {
                let mut seen: Vec<PlaceId> = land.compounds.iter().map(|c| c.community).collect();
                seen.sort_unstable();
                seen.dedup();
                seen.iter().position(|&c| c == land.compounds[at].community).unwrap_or(0)
            };
            (Cycle::Office(5), (0..all).filter(|&at| community(at) % beats == k % beats).collect())
        }
    }
}

fn skills(role: Role, k: usize, rng: &mut Rng) -> Vec<String> {
    let (first, more): (&[&str], &[&str]) = match role {
        Role::Repairer => (&["水电"], &["管道", "门锁", "电梯", "木工", "高空", "焊工", "暖气"]),
        Role::Maintenance => (&["管道"], &["门锁", "木工", "焊工", "道闸", "泵房"]),
        Role::Guard => (&["巡逻"], &["消防", "监控室", "急救", "电梯救援"]),
        Role::Cleaner => (&["楼道"], &["高空", "消杀", "垃圾清运"]),
        Role::Greenery => (&["修剪"], &["油锯", "打药", "高空"]),
        Role::WorksLead => (&["水电", "电梯"], &["监控", "土建"]),
        Role::Desk => (&["接线"], &["电脑", "收费"]),
        _ => (&[], &[]),
    };
    let mut skills: Vec<String> = first.iter().map(|&s| s.to_owned()).collect();
    // The second of each role has the first of the further skills, so that none is missing from a small sample.
    if let Some(&skill) = more.get(k.checked_sub(1).map_or(0, |k| k % more.len().max(1))) {
        skills.push(skill.to_owned());
    }
    if !more.is_empty() && rng.per_mille(400) {
        let skill = *rng.pick(more);
        if !skills.iter().any(|s| s == skill) {
            skills.push(skill.to_owned());
        }
    }
    skills
}

/// Clerks, leaders, the manager, a secretary and the administrator.
fn operators(staff: &[Staff], ids: &mut IdSource) -> Vec<Operator> {
    let mut operators = Vec::new();
    for member in staff {
        let rank = match member.role {
            Role::Desk => Rank::Clerk,
            Role::Leader => Rank::Leader,
            Role::Manager => Rank::Manager,
            _ => continue,
        };
        operators.push(Operator {
            id: OperatorId(ids.next(BEGINNING)),
            staff: Some(member.id),
            name: member.name.clone(),
            rank,
        });
    }
    for (name, rank) in [("段书记", Rank::Secretary), ("管理员", Rank::Administrator)] {
        let name = PersonName::stored(name.to_owned());
        operators.push(Operator { id: OperatorId(ids.next(BEGINNING)), staff: None, name, rank });
    }
    operators
}

impl Crew {
    /// The clerk at the desk at a time.
    pub(super) fn clerk_at(&self, time: Time) -> OperatorId {
        let (template, day) = match self.wall.minute(time) {
            0..480 => (Template::Night, self.wall.day(time) - 1),
            480..960 => (Template::Early, self.wall.day(time)),
            _ => (Template::Late, self.wall.day(time)),
        };
        let works = |k: &usize| Cycle::FourCrews([0, 2, 4, 6][*k]).on(day, self.today) == Some(template);
        self.clerks[(0..4).find(works).unwrap_or(0)]
    }

    /// Whether somebody works at a time.
    pub(super) fn on_duty(&self, at: usize, time: Time) -> bool {
        let (day, minute) = (self.wall.day(time), self.wall.minute(time));
        let works = |day: i64, minute: i64| {
            self.cycles[at].on(day, self.today).is_some_and(|template| {
                let (from, to) = template.minutes();
                (from..to).contains(&minute)
            })
        };
        works(day, minute) || works(day - 1, minute + 1_440)
    }

    /// Somebody of the role serving the compound, on duty if there is one; not `but`.
    pub(super) fn somebody(&self, role: Role, compound: usize, time: Time, but: Option<usize>, rng: &mut Rng) -> usize {
        let serving = &self.serving[role as usize][compound];
        if serving.is_empty() {
            return 0;
        }
        let first = rng.below(serving.len());
        let in_turn = || (0..serving.len()).map(|n| usize::from(serving[(first + n) % serving.len()]));
        in_turn()
            .filter(|&at| Some(at) != but)
            .find(|&at| self.on_duty(at, time))
            .or_else(|| in_turn().find(|&at| Some(at) != but))
            .unwrap_or(usize::from(serving[first]))
    }
}
