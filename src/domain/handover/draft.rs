//! What belongs into a handover: from the tickets and all else as it is now, each thing once, in the section where it is read
//! first. Nothing is dropped for want of room; how it is said is `text`.

use super::turn::Turn;
use super::{About, Section};
use crate::domain::base::event::EventKind;
use crate::domain::base::id::{OutageId, ParkedId};
use crate::domain::base::time::{Time, Zone};
use crate::domain::callback;
use crate::domain::outage::Outage;
use crate::domain::person::PersonName;
use crate::domain::roster::duty::Gap;
use crate::domain::staff::Role;
use crate::domain::ticket::clock::{self, Standing};
use crate::domain::ticket::query::Row;
use crate::domain::ticket::{Priority, Status, Ticket};

/// What there is to hand over, unsorted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Material {
    /// Every open ticket.
    pub open: Vec<Row>,
    /// Parked intakes: when, and their first words.
    pub parked: Vec<(ParkedId, Time, String)>,
    /// Who comes next, by role, names masked nowhere: staff are known.
    pub next: Vec<(Role, Vec<PersonName>)>,
    /// Tickets the giver said something to that are owed no more: what he said shall not go with them.
    pub settled: Vec<Row>,
    /// Who is missing on the next shift.
    pub gaps: Vec<Gap>,
    /// Who of the next shift is on leave.
    pub leave: Vec<PersonName>,
    /// Outages of now and of the next shift, with the names of their places.
    pub outages: Vec<(OutageId, Outage, String)>,
    /// What is counted: name, what there should be, what was counted.
    pub items: Vec<Counted>,
    /// Shifts nobody handed over since the handover before, with their hours.
    pub missed: Vec<Missed>,
    /// The shift's figures.
    pub figures: Figures,
    /// Praise taken in this shift: words, and the ticket.
    pub praise: Vec<Row>,
}

/// A shift nobody handed over, from when to when it ran.
pub type Missed = (Turn, (Time, Time));

/// Something that is counted at each handover: keys, tools, cash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// 钥匙
    pub name: String,
    /// How many (or how much, in hundredths) there should be.
    pub expected: i64,
    /// How many were counted; none: not yet.
    pub counted: Option<i64>,
    /// How many were counted at the handover before; a difference then is one until it is put right.
    pub before: Option<i64>,
    /// Counted in hundredths: cash.
    pub cash: bool,
}

impl Counted {
    /// What is missing (above zero) or over (below).
    pub fn difference(&self) -> Option<i64> {
        self.counted.map(|counted| self.expected - counted)
    }

    /// The same at the handover before, where there was one.
    pub fn difference_before(&self) -> Option<i64> {
        self.before.map(|counted| self.expected - counted).filter(|off| *off != 0)
    }
}

/// Figures of a shift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Reports taken.
    pub taken: u32,
    /// Tickets given to somebody.
    pub assigned: u32,
    /// Tickets solved.
    pub resolved: u32,
    /// First contacts made in the shift.
    pub contacted: u32,
    /// Of them within their limit.
    pub in_time: u32,
    /// Minutes to first contact, on average.
    pub mean_minutes: u32,
}

/// One thing to be said.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A ticket, as it stands.
    Ticket(Box<Row>),
    /// A parked intake.
    Parked {
        /// Since when.
        at: Time,
        /// Its first words.
        words: String,
    },
    /// Who comes next, by role.
    Next(Vec<(Role, Vec<PersonName>)>),
    /// Somebody missing next.
    Gap(Box<Gap>),
    /// On leave next.
    Leave(Vec<PersonName>),
    /// An outage, with the names of its places.
    Outage(Box<Outage>, String),
    /// Counted things.
    Item(Counted),
    /// The shift's figures.
    Figures(Figures),
    /// Shifts nobody handed over.
    Missed(Vec<Missed>),
    /// Praise.
    Praise(Box<Row>),
    /// What happened to a ticket after the giver had signed.
    Happened {
        /// All of it, when and what, in order.
        events: Vec<(Time, EventKind)>,
        /// The ticket, as it stands.
        row: Box<Row>,
    },
}

/// A line before it is put into words.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Where it stands.
    pub section: Section,
    /// What it is about.
    pub about: About,
    /// What is said.
    pub fact: Fact,
    /// The newest event of what happened after the giver had signed; else 0.
    pub newest: i64,
}

/// The span a handover looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Now.
    pub now: Time,
    /// The next shift ends.
    pub until: Time,
    /// The township's zone.
    pub zone: Zone,
}

/// Drafts the lines.
pub fn draft(material: Material, ahead: Ahead) -> Vec<Planned> {
    let mut lines = Vec::new();
    let mut open = material.open;
    open.sort_by_cached_key(|row| (crate::domain::ticket::urgency::urgency(&row.ticket, ahead.now), row.id));
    for row in open {
        if let Some(section) = section_of(&row.ticket, ahead) {
            let (about, fact) = (About::Ticket(row.id), Fact::Ticket(Box::new(row)));
            lines.push(Planned { section, about, fact, newest: 0 });
        }
    }
    for (id, at, words) in material.parked {
        let fact = Fact::Parked { at, words };
        lines.push(Planned { section: Section::Parked, about: About::Parked(id), fact, newest: 0 });
    }
    let duty = |about, fact| Planned { section: Section::Duty, about, fact, newest: 0 };
    if !material.next.is_empty() {
        lines.push(duty(About::Next, Fact::Next(material.next)));
    }
    for gap in material.gaps {
        lines.push(duty(About::Gap(gap_key(&gap)), Fact::Gap(Box::new(gap))));
    }
    if !material.leave.is_empty() {
        lines.push(duty(About::Leave, Fact::Leave(material.leave)));
    }
    for (id, outage, places) in material.outages {
        let fact = Fact::Outage(Box::new(outage), places);
        lines.push(Planned { section: Section::Outages, about: About::Outage(id), fact, newest: 0 });
    }
    for item in material.items {
        let about = About::Item(item.name.clone());
        lines.push(Planned { section: Section::Items, about, fact: Fact::Item(item), newest: 0 });
    }
    let figures = |about, fact| Planned { section: Section::Figures, about, fact, newest: 0 };
    if let Some(((day, template), _)) = material.missed.first().copied() {
        lines.push(figures(About::Shift(day, template), Fact::Missed(material.missed)));
    }
    lines.extend(material.praise.into_iter().map(|row| figures(About::Praise(row.id), Fact::Praise(Box::new(row)))));
    lines.push(figures(About::Figures, Fact::Figures(material.figures)));
    for row in material.settled {
        let about = About::Ticket(row.id);
        if !lines.iter().any(|line| line.about == about) {
            let fact = Fact::Ticket(Box::new(row));
            lines.push(Planned { section: Section::Notes, about, fact, newest: 0 });
        }
    }
    lines.sort_by_key(|line| line.section);
    lines
}

/// What tells a gap from others: where, which role, which shift, and whose, when one did not come.
pub fn gap_key(gap: &Gap) -> String {
    let whose = gap.absent.as_ref().map(|(_, staff, _)| format!("/{}", staff.0)).unwrap_or_default();
    format!("{}/{}/{}{whose}", gap.place, gap.role.code(), gap.template.code())
}

/// The section an open ticket is read in: the first that wants it. None: nothing is owed within the next shift.
pub fn section_of(ticket: &Ticket, ahead: Ahead) -> Option<Section> {
    let by = |time: Option<Time>| time.is_some_and(|time| time <= ahead.until);
    if !ticket.status.open() {
        return None;
    }
    if ticket.status == Status::Resolved {
        // With nobody to ring it only waits to be looked at and closed.
        let owed = !callback::op::waits(ticket) || by(callback::op::due_at(ticket, ahead.zone));
        return owed.then_some(Section::Callbacks);
    }
    if matches!(ticket.priority, Priority::P1 | Priority::P2) || ticket.watched {
        return Some(Section::Danger);
    }
    match clock::standing(ticket, ahead.now) {
        Standing::Late { .. } => return Some(Section::Due),
        Standing::Left { due, .. } if due <= ahead.until => return Some(Section::Due),
        _ => {}
    }
    // The outer deadline of a 12345 order is owed like our own.
    if by(ticket.outer_due) {
        return Some(Section::Due);
    }
    // Whoever comes next asks the outside body then; where no time was set, at once.
    if by(ticket.appointment_at) || by(clock::ask_at(ticket)) {
        return Some(Section::Appointments);
    }
    if !ticket.watch_words.is_empty() {
        return Some(Section::Watch);
    }
    if matches!(ticket.status, Status::Paused | Status::Unable) && by(ticket.review_at) {
        return Some(Section::Reviews);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::{CHINA, Day};

    fn at(hour: i64) -> Time {
        CHINA.at(Day::from_ymd_opt(2026, 11, 24).expect("a day"), hour * 60)
    }

    fn section(ticket: Ticket) -> Option<Section> {
        section_of(&ticket, Ahead { now: at(16), until: at(24), zone: CHINA })
    }

    fn quiet() -> Ticket {
        Ticket { status: Status::Working, contacted_at: Some(at(9)), resolve_by: at(48), ..Ticket::blank() }
    }

    #[test]
    fn each_ticket_is_read_where_it_matters_first() {
        assert_eq!(section(quiet()), None, "due the day after tomorrow, nothing promised");
        assert_eq!(
            section(Ticket { priority: Priority::P2, status: Status::Paused, ..quiet() }),
            Some(Section::Danger)
        );
        assert_eq!(section(Ticket { resolve_by: at(10), ..quiet() }), Some(Section::Due), "late");
        assert_eq!(section(Ticket { resolve_by: at(23), ..quiet() }), Some(Section::Due), "due in the next shift");
        assert_eq!(section(Ticket { outer_due: Some(at(20)), ..quiet() }), Some(Section::Due));
        assert_eq!(section(Ticket { appointment_at: Some(at(18)), ..quiet() }), Some(Section::Appointments));
        assert_eq!(section(Ticket { appointment_at: Some(at(12)), ..quiet() }), Some(Section::Appointments), "missed");
        assert_eq!(section(Ticket { watch_words: "若再响".to_owned(), ..quiet() }), Some(Section::Watch));
        let paused = Ticket { status: Status::Paused, ..quiet() };
        assert_eq!(section(Ticket { review_at: Some(at(22)), ..paused.clone() }), Some(Section::Reviews));
        assert_eq!(section(Ticket { review_at: Some(at(30)), ..paused }), None);
        let referred = Ticket { status: Status::Referred, ..quiet() };
        assert_eq!(section(Ticket { review_at: Some(at(22)), ..referred.clone() }), Some(Section::Appointments));
        assert_eq!(section(Ticket { review_at: Some(at(30)), ..referred.clone() }), None, "asked the day after");
        assert_eq!(section(referred.clone()), Some(Section::Appointments), "no time set: at once");
        assert_eq!(section(Ticket { resolve_by: at(23), ..referred }), Some(Section::Due), "its clock runs on");
        let done = Ticket {
            status: Status::Resolved,
            resolved_at: Some(at(15)),
            reporter_phone: "13800005678".to_owned(),
            ..quiet()
        };
        assert_eq!(section(done.clone()), Some(Section::Callbacks));
        assert_eq!(section(Ticket { resolved_at: Some(at(21)), ..done }), None, "not before the morning");
        assert_eq!(section(Ticket { status: Status::Closed, ..quiet() }), None);
    }

    #[test]
    fn sections_stand_in_their_order_and_praise_leads_the_figures() {
        let row = |id, ticket| Row {
            id: crate::domain::base::id::TicketId(id),
            version: 1,
            ticket,
            compound: String::new(),
            place: String::new(),
            assignee: None,
        };
        let material = Material {
            open: vec![
                row(1, Ticket { watch_words: "若再响".to_owned(), ..quiet() }),
                row(2, Ticket { priority: Priority::P1, ..quiet() }),
            ],
            praise: vec![row(3, quiet())],
            ..Material::default()
        };
        let lines = draft(material, Ahead { now: at(16), until: at(24), zone: CHINA });
        let sections: Vec<Section> = lines.iter().map(|line| line.section).collect();
        assert_eq!(sections, [Section::Danger, Section::Watch, Section::Figures, Section::Figures]);
        assert!(matches!(lines[2].fact, Fact::Praise(_)));
    }
}
