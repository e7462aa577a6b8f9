//! A sheet of people by days held against a week: what of it becomes drafts, what becomes leave, what is refused and why.
//! How a cell is read is not known here.

use super::week::{Member, Week};
use super::{DayPlan, How, LeaveKind, Off, Work};
use crate::domain::base::time::{Day, Time};
use crate::domain::refusal::Refusal;
use crate::domain::roster::op::{self, Planned, Span};
use crate::domain::roster::shift::Template;
use crate::domain::staff::Role;

/// One person's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where the name stands: `A7`.
    pub address: String,
    /// The name as written.
    pub name: String,
    /// What the column of roles is read as; none without one.
    pub role: Option<Role>,
    /// The days that say something.
    pub cells: Vec<Cell>,
}

/// One day of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Where it stands: `C7`.
    pub address: String,
    /// Which day.
    pub day: Day,
    /// As written.
    pub text: String,
    /// What it says; none when it is not understood.
    pub said: Option<Said>,
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// These shifts, each with the post written behind it, which may be empty.
    Shifts(Vec<(Template, String)>),
    /// Rest.
    Rest,
    /// Leave.
    Leave(LeaveKind),
}

/// Why a cell or a row is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The cell is not understood.
    Unclear,
    /// Nobody employed has that name.
    Nobody,
    /// Several have it, and the role does not tell them apart.
    Several,
    /// A rule said no.
    Rule(Refusal),
}

/// A cell or a row not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands.
    pub address: String,
    /// As written.
    pub text: String,
    /// Why.
    pub why: Why,
}

/// What becomes of a sheet in one week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Days to draft.
    pub planned: Vec<Planned>,
    /// Days of leave to give, one by one.
    pub leave: Vec<(Span, LeaveKind)>,
    /// Cells that are so already.
    pub unchanged: usize,
    /// What is not taken; of a row nobody answers to, its name.
    pub refused: Vec<Refused>,
}

/// Holds the rows against a week; cells of other weeks are passed over.
pub fn taken(week: &Week, rows: &[Row], now: Time) -> Taken {
    let mut taken = Taken::default();
    for row in rows {
        let cells: Vec<&Cell> = row.cells.iter().filter(|cell| week.days().any(|day| day == cell.day)).collect();
        if cells.is_empty() {
            continue;
        }
        let member = match whose(week, row) {
            Ok(member) => member,
            Err(why) => {
                taken.refused.push(Refused { address: row.address.clone(), text: row.name.clone(), why });
                continue;
            }
        };
        for cell in cells {
            if let Err(why) = take(week, member, cell, now, &mut taken) {
                taken.refused.push(Refused { address: cell.address.clone(), text: cell.text.clone(), why });
            }
        }
    }
    taken
}

fn whose<'a>(week: &'a Week, row: &Row) -> Result<&'a Member, Why> {
    // 张 三 on a sheet, full-width blank or not, is 张三; and whoever is kept with a blank is found without it.
    let folded = |name: &str| name.split_whitespace().collect::<String>().to_lowercase();
    let wanted = folded(&row.name);
    let named: Vec<&Member> =
        week.people.iter().filter(|member| folded(member.staff.name.reveal()) == wanted).collect();
    let of_role = |member: &&&Member| row.role.is_none_or(|role| member.staff.role == role);
    match named.as_slice() {
        [] => Err(Why::Nobody),
        [one] => Ok(one),
        several => {
            let mut fit = several.iter().filter(of_role);
            match (fit.next(), fit.next()) {
                (Some(one), None) => Ok(one),
                _ => Err(Why::Several),
            }
        }
    }
}

fn take(week: &Week, member: &Member, cell: &Cell, now: Time, taken: &mut Taken) -> Result<(), Why> {
    let (staff, day) = (member.staff.id, cell.day);
    let there = member.drafts.get(&day).cloned().unwrap_or_else(|| member.published_on(day));
    let plan = match cell.said.as_ref().ok_or(Why::Unclear)? {
        Said::Leave(kind) => {
            if member.leave_on(day).is_some_and(|leave| leave.kind == *kind) {
                taken.unchanged += 1;
            } else if week.is_fixed(member, day, now) {
                return Err(Why::Rule(Refusal::DayFixed));
            } else {
                taken.leave.push((Span { staff, from: day, to: day }, *kind));
            }
            return Ok(());
        }
        Said::Rest => DayPlan::rest(),
        Said::Shifts(shifts) => {
            let shifts = shifts.iter().map(|(template, post)| posted(week, member, &there, day, *template, post));
            DayPlan { shifts: shifts.collect(), off: Off::Unsaid }
        }
    };
    if there == plan || (there.shifts == plan.shifts && !plan.shifts.is_empty()) {
        taken.unchanged += 1;
        return Ok(());
    }
    let planned = Planned { staff, day, plan: Some(plan) };
    op::draft(week, &planned, now).map_err(Why::Rule)?;
    taken.planned.push(planned);
    Ok(())
}

/// A shift where the sheet says; where it says nothing, where he has that shift already or usually stands.
fn posted(week: &Week, member: &Member, there: &DayPlan, day: Day, template: Template, post: &str) -> Work {
    if post.is_empty() {
        let known = there.shifts.iter().find(|work| work.template == template).cloned();
        return known.unwrap_or_else(|| member.usual(template, day));
    }
    let compounds = week.compounds.iter().filter(|(_, name)| post.starts_with(name.as_str()));
    // The longest: 康乐苑二期 is not 康乐苑.
    let compound = compounds.max_by_key(|(_, name)| name.len());
    let rest = compound.map_or(post, |(_, name)| post[name.len()..].trim());
    let work = Work { template, compound: compound.map(|(id, _)| *id), post: rest.to_owned(), how: How::Planned };
    let same =
        |known: &&Work| (known.template, known.compound, &known.post) == (work.template, work.compound, &work.post);
    there.shifts.iter().find(same).cloned().unwrap_or(work)
}
