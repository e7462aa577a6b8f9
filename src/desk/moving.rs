//! A move along the status table while what it must come with is being asked for, one thing after the other.
//! Which moves there are, and what each needs, is the table's to say.

use super::commit::After;
use super::layer::{Then, prompt, send};
use super::{Desk, act, asking};
use crate::domain::event::EventKind;
use crate::domain::id::{StaffId, TicketId};
use crate::domain::op::ticket::{Act, Step};
use crate::domain::ticket::{Move, Need, Status};

/// A move being put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Moving {
    /// The tickets moved.
    pub tickets: Vec<TicketId>,
    /// What will have happened.
    pub event: EventKind,
    /// What is known of it so far.
    pub step: Step,
    /// Who gets which, where each of several goes to somebody else.
    pub each: Vec<(TicketId, StaffId)>,
    /// Name and phone of who gets it, for the notice.
    pub to: Option<String>,
    /// What is still to be asked for.
    pub needs: Vec<Need>,
    /// The layers that ask are of this chain; they close together once it is written.
    pub chain: u64,
}

impl Moving {
    /// A permitted move of these tickets.
    pub fn new(tickets: Vec<TicketId>, row: &Move, chain: u64) -> Self {
        Self {
            tickets,
            event: row.event,
            step: Step::to(row.to),
            each: Vec::new(),
            to: None,
            needs: row.needs.to_vec(),
            chain,
        }
    }
}

/// Asks for the next thing it needs, or sends it.
pub fn pursue(desk: &mut Desk, moving: Moving) {
    match moving.needs.first() {
        Some(Need::Staff | Need::NextOwner) => send::open_staff(desk, moving),
        Some(&need) => {
            let (title, chain) = (prompt::title(desk, need, &moving), moving.chain);
            let proposed = if need == Need::AskAgain { asking::proposed(desk) } else { String::new() };
            prompt::ask_with(desk, title, &proposed, Then::Move(moving), chain);
        }
        None => send(desk, &moving),
    }
}

fn send(desk: &mut Desk, moving: &Moving) {
    if desk.commits().waits_of(moving.chain) {
        return;
    }
    let step = |id| {
        let own = moving.each.iter().find(|(ticket, _)| *ticket == id).map(|(_, staff)| *staff);
        let step = Step { staff: own.or(moving.step.staff), ..moving.step.clone() };
        Act::Move { version: act::row(desk, id).map(|row| row.version), step }
    };
    let acts = moving.tickets.iter().map(|&id| (id, step(id))).collect();
    let chain = moving.chain;
    let gets_it = moving.to.clone().filter(|_| moving.step.to == Status::Assigned);
    desk.commit_all(acts, gets_it.map_or(After::Close(chain), |to| After::Given { chain, to }));
}
