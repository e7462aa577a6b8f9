//! Pane 3: who is on duty, where, until when, and who comes next. In a narrow screen it is one line per role.
//! Rosters are not made here.

use crate::desk::list::List;
use crate::domain::query::duty::{Duty as Answer, OnDuty};
use crate::domain::staff::Role;

/// State of the pane.
#[derive(Debug, Default)]
pub struct Duty {
    /// Lines.
    pub list: List<usize>,
    /// What narrows the list.
    pub filter: String,
    /// Whether it has been answered yet.
    pub loaded: bool,
    answer: Answer,
}

impl Duty {
    /// A new answer.
    pub fn set(&mut self, answer: Answer) {
        self.answer = answer;
        self.loaded = true;
    }

    /// What was answered.
    pub const fn answer(&self) -> &Answer {
        &self.answer
    }

    /// People on duty that pass the filter, by role.
    pub fn people(&self) -> Vec<&OnDuty> {
        let mut people: Vec<&OnDuty> = self.answer.now.iter().filter(|person| passes(person, &self.filter)).collect();
        people.sort_by(|a, b| (a.role, &a.compound, &a.post).cmp(&(b.role, &b.compound, &b.post)));
        people
    }

    /// The same, as one entry per role.
    pub fn roles(&self) -> Vec<(Role, Vec<&OnDuty>)> {
        let mut roles: Vec<(Role, Vec<&OnDuty>)> = Vec::new();
        for person in self.people() {
            match roles.last_mut() {
                Some((role, people)) if *role == person.role => people.push(person),
                _ => roles.push((person.role, vec![person])),
            }
        }
        roles
    }

    /// How many lines it has: one per person or per role, and one for the next shift.
    pub fn count(&self, by_role: bool) -> usize {
        let lines = if by_role { self.roles().len() } else { self.people().len() };
        lines + usize::from(self.answer.next_at.is_some())
    }
}

fn passes(person: &OnDuty, filter: &str) -> bool {
    use crate::text::labels::Labelled;
    let role = person.role.label();
    let words = format!("{} {} {} {}", person.name.reveal(), role.zh, person.compound, person.post);
    crate::desk::say::answers_to(&words, role.en, filter).is_some()
}
