//! A move along the status table while what it must come with is being asked for, one thing after the other.
//! Which moves there are, and what each needs, is the table's to say.

use crate::desk::Desk;
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::{AnyLayer, Then};
use crate::desk::frame::notice::Level;
use crate::desk::frame::{prompt, say};
use crate::desk::ticket::{self, act, asking, send};
use crate::domain::base::event::EventKind;
use crate::domain::base::id::{StaffId, TicketId};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::decide::may_vanish;
use crate::domain::ticket::op::{Act, Step};
use crate::domain::ticket::{Move, Need, Status};
use crate::text::refusal;

/// A move being put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Moving {
    /// The tickets moved.
    pub tickets: Vec<TicketId>,
    /// What will have happened.
    pub event: EventKind,
    /// What is known of it so far.
    pub step: Step,
    /// The versions of the tickets when it was begun, by which it is noticed that another desk changed them meanwhile.
    pub seen: Vec<(TicketId, i64)>,
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
    pub fn new(desk: &Desk, tickets: Vec<TicketId>, row: &Move, chain: u64) -> Self {
        Self {
            seen: versions(desk, &tickets),
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

/// The versions of tickets as they are on the screen.
pub fn versions(desk: &Desk, tickets: &[TicketId]) -> Vec<(TicketId, i64)> {
    tickets.iter().filter_map(|&id| act::row(desk, id)).map(|row| (row.id, row.version)).collect()
}

/// That another desk was quicker has been said, and what it made of the tickets is shown: made once more, it is made on that.
pub fn said(desk: &mut Desk, chain: u64) {
    for layer in &mut desk.layers {
        let (then, of) = match layer {
            AnyLayer::Picker(picker) => (&mut picker.then, picker.chain),
            AnyLayer::Prompt(prompt) => (&mut prompt.then, prompt.chain),
            _ => continue,
        };
        if let Then::Move(moving) | Then::Sure(moving) = then
            && of == chain
        {
            moving.seen.clear();
        }
    }
}

/// Asks for the next thing it needs, or sends it. What is known to be refused is not asked for first.
pub fn pursue(desk: &mut Desk, moving: Moving) {
    if let Some((id, refusal)) = refused(desk, &moving) {
        let sentence = say::about(desk, &refusal::sentence(&refusal, desk.lang), &[id]);
        return desk.notice(Level::Refused, sentence);
    }
    match moving.needs.first() {
        Some(Need::Staff | Need::NextOwner) => send::open_staff(desk, moving),
        Some(&need) => {
            let (title, chain) = (prompt::title(desk, need, &moving), moving.chain);
            let proposed = if need == Need::AskAgain { asking::proposed(desk) } else { String::new() };
            prompt::ask_with(desk, title, &proposed, Then::Move(moving), chain);
        }
        None if out_of_sight(moving.step.to) => prompt::ask_sure(desk, moving),
        None => send(desk, &moving),
    }
}

/// What would be refused at the end, as far as the screen knows it: of marked tickets only one is shown whole, and the data
/// file has the last word.
fn refused(desk: &Desk, moving: &Moving) -> Option<(TicketId, Refusal)> {
    if moving.step.to != Status::Void {
        return None;
    }
    moving.tickets.iter().find_map(|&id| Some((id, may_vanish(ticket::opened::shown(desk, id)?.merged.clone()).err()?)))
}

/// Whether a ticket of this status is in no list any more.
const fn out_of_sight(status: Status) -> bool {
    !status.open()
}

/// Sends it, once.
pub fn send(desk: &mut Desk, moving: &Moving) {
    if desk.commits().waits_of(moving.chain) {
        return;
    }
    let step = |id| {
        let own = moving.each.iter().find(|(ticket, _)| *ticket == id).map(|(_, staff)| *staff);
        let step = Step { staff: own.or(moving.step.staff), ..moving.step.clone() };
        let seen = moving.seen.iter().find(|(ticket, _)| *ticket == id).map(|(_, version)| *version);
        let version = seen.or_else(|| act::row(desk, id).map(|row| row.version));
        Act::Move { version, step }
    };
    let acts = moving.tickets.iter().map(|&id| (id, step(id))).collect();
    if moving.event == EventKind::Merged {
        // They were marked to become one.
        desk.panes.tickets.list.unmark_all();
    }
    let chain = moving.chain;
    let gets_it = moving.to.clone().filter(|_| moving.step.to == Status::Assigned);
    let after = gets_it.map_or(After::Close(chain), |to| After::Given { chain, to, moving: Box::new(moving.clone()) });
    desk.commit_all(acts, after);
}
