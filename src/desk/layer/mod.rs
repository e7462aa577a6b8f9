//! What lies above the panes, as one enum: what a layer is for is seen here at a glance.
//! What follows when something is picked or answered in one is data ([`Then`]).

pub mod callback;
pub mod callbacks;
pub mod card;
pub mod coverage;
pub mod departure;
pub mod fill;
pub mod filter;
pub mod find;
pub mod first_run;
pub mod handover;
pub mod help;
pub mod intake;
pub mod menu;
pub mod message;
pub mod outage;
pub mod palette;
pub mod picker;
pub mod prompt;
pub mod rate_list;
pub mod rates;
pub mod roster;
pub mod send;
pub mod settings;
pub mod staff;
pub mod staff_edit;
pub mod stand_in;
pub mod sum;
mod then;
pub mod ticket;
pub mod told;
pub mod who;
pub mod worker;

pub use self::then::Then;
use super::ask::Slot;
use super::command::{Command, Scope};
use super::key::Key;
use super::list::Scroll;
use super::notice::About;
use super::pane::PaneId;
use super::{Desk, Effect};
use crate::text::t;

/// A layer.
#[derive(Debug)]
pub enum Layer {
    /// All keys heard here.
    Help(help::Help),
    /// Every command.
    Palette(palette::PaletteBox),
    /// One box that finds everything.
    Find(find::Find),
    /// A household looked at, masked.
    Card(card::Card),
    /// A report being taken, or a ticket being corrected.
    Intake(Box<intake::Intake>),
    /// What to tell the caller after saving.
    Told(told::Told),
    /// An opened ticket.
    Ticket(ticket::Opened),
    /// A list to pick from.
    Picker(picker::Picker),
    /// One question.
    Prompt(prompt::Prompt),
    /// The message for the worker.
    Message(message::Message),
    /// Who is on duty now.
    Who(who::Who),
    /// How a ticket's due times came about.
    Sum(sum::Sum),
    /// Whether enough people come.
    Coverage(Box<coverage::Coverage>),
    /// A week proposed.
    Fill(fill::Fill),
    /// The list of staff.
    Staff(staff::StaffList),
    /// The week grid.
    Roster(Box<roster::Roster>),
    /// What publishing a week would change.
    Publishing(roster::publish::Publishing),
    /// A month of one person or one compound.
    Month(worker::Month),
    /// Outages of now and of the days to come.
    Outages(outage::Outages),
    /// An outage being announced or changed.
    OutageForm(Box<outage::OutageForm>),
    /// The township's settings.
    Settings(settings::Settings),
    /// Words that narrow the focused pane's list.
    Filter(filter::Filter),
    /// What to begin with.
    FirstRun(first_run::FirstRun),
    /// Whose word is waited for.
    Callbacks(callbacks::Queue),
    /// One callback in hand.
    Callback(Box<callback::Strip>),
    /// The three rates.
    Rates(rates::Rates),
    /// What a figure counts.
    RateList(rate_list::RateList),
    /// The handover being made, or one of before.
    Handover(Box<handover::Room>),
    /// Handovers of before.
    Handovers(Box<handover::shelf::Shelf>),
}

/// Commands of every layer that simply closes.
pub const COMMANDS: &[Command] = &[Command::new(
    "layer.close",
    &["esc", "q", "ctrl-q"],
    Scope::Layer,
    t("退回", "back"),
    t("退回一步", "One step back"),
    close,
)
.footer()];

impl Layer {
    /// The scopes heard, innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        stack(self.own_scope())
    }

    /// Whether a field in it has the focus.
    pub const fn types(&self) -> bool {
        match self {
            Self::Help(_)
            | Self::Palette(_)
            | Self::Find(_)
            | Self::Intake(_)
            | Self::Picker(_)
            | Self::Prompt(_)
            | Self::Who(_)
            | Self::Staff(_)
            | Self::Filter(_)
            | Self::OutageForm(_)
            | Self::Handovers(_) => true,
            Self::Callback(strip) => matches!(strip.asked, callback::Asked::Words),
            Self::Card(_)
            | Self::Told(_)
            | Self::Ticket(_)
            | Self::Message(_)
            | Self::Sum(_)
            | Self::Settings(_)
            | Self::FirstRun(_)
            | Self::Coverage(_)
            | Self::Fill(_)
            | Self::Outages(_)
            | Self::Callbacks(_)
            | Self::Rates(_)
            | Self::RateList(_)
            | Self::Roster(_)
            | Self::Publishing(_)
            | Self::Month(_)
            | Self::Handover(_) => false,
        }
    }

    /// The list in it that the list keys move.
    pub fn list(&mut self) -> Option<&mut dyn Scroll> {
        match self {
            Self::Help(help) => Some(&mut help.list),
            Self::Palette(palette) => Some(&mut palette.list),
            Self::Find(find) => Some(&mut find.list),
            Self::Card(card) => Some(&mut card.list),
            Self::Ticket(ticket) => Some(&mut ticket.list),
            Self::Picker(picker) => Some(&mut picker.list),
            Self::Who(who) => Some(&mut who.list),
            Self::Coverage(coverage) => Some(&mut coverage.list),
            Self::Fill(fill) => Some(&mut fill.list),
            Self::Staff(staff) => Some(&mut staff.list),
            Self::Sum(sum) => Some(&mut sum.list),
            Self::Roster(roster) => Some(&mut roster.list),
            Self::Publishing(publishing) => Some(&mut publishing.list),
            Self::Month(month) => Some(&mut month.list),
            Self::Settings(settings) => Some(&mut settings.list),
            Self::FirstRun(first_run) => Some(&mut first_run.list),
            Self::Handover(room) => Some(&mut room.list),
            Self::Handovers(shelf) => Some(&mut shelf.list),
            Self::Callbacks(queue) => Some(&mut queue.list),
            Self::Rates(rates) => Some(&mut rates.list),
            Self::RateList(list) => Some(&mut list.list),
            Self::Outages(outages) => Some(&mut outages.list),
            Self::Intake(_)
            | Self::Told(_)
            | Self::Message(_)
            | Self::Prompt(_)
            | Self::Filter(_)
            | Self::OutageForm(_)
            | Self::Callback(_) => None,
        }
    }

    /// What a notice put while it is topmost speaks of.
    pub fn about(&self) -> Option<About> {
        match self {
            Self::Intake(intake) => Some(About::Form(intake.uid)),
            _ => self.chain().map(About::Chain),
        }
    }

    /// Whether something is typed in it that is nowhere else yet.
    pub fn half_typed(&self) -> bool {
        match self {
            Self::Intake(intake) => !intake.untouched(),
            Self::OutageForm(form) => !form.untouched(),
            Self::Prompt(prompt) => prompt.is_typed(),
            Self::Callback(strip) => !strip.field.is_blank(),
            _ => false,
        }
    }

    const fn own_scope(&self) -> Scope {
        match self {
            Self::Help(_) => Scope::Help,
            Self::Palette(_) => Scope::Palette,
            Self::Find(_) => Scope::Find,
            Self::Card(_) => Scope::Card,
            Self::Intake(_) => Scope::Intake,
            Self::Told(_) => Scope::Told,
            Self::Ticket(_) => Scope::Ticket,
            Self::Picker(_) => Scope::Picker,
            Self::Prompt(_) => Scope::Prompt,
            Self::Message(_) => Scope::Message,
            Self::Who(_) => Scope::Who,
            Self::Coverage(_) => Scope::Coverage,
            Self::Fill(_) => Scope::Fill,
            Self::Staff(_) => Scope::Staff,
            Self::Sum(_) => Scope::Sum,
            Self::Roster(_) => Scope::Roster,
            Self::Publishing(_) => Scope::Publishing,
            Self::Month(_) => Scope::Month,
            Self::Settings(_) => Scope::Settings,
            Self::Filter(_) => Scope::Filter,
            Self::FirstRun(_) => Scope::FirstRun,
            Self::Callbacks(_) => Scope::Callbacks,
            Self::Outages(_) => Scope::Outages,
            Self::OutageForm(_) => Scope::OutageForm,
            Self::Callback(_) => Scope::Callback,
            Self::Rates(_) => Scope::Rates,
            Self::RateList(_) => Scope::RateList,
            Self::Handover(_) => Scope::Handover,
            Self::Handovers(_) => Scope::Handovers,
        }
    }

    /// The chain of questions it belongs to.
    pub const fn chain(&self) -> Option<u64> {
        match self {
            Self::Picker(picker) => Some(picker.chain),
            Self::Prompt(prompt) => Some(prompt.chain),
            Self::Fill(fill) => Some(fill.chain),
            Self::Intake(intake) => intake.chain,
            Self::OutageForm(form) => Some(form.chain),
            Self::Callback(strip) => Some(strip.chain),
            _ => None,
        }
    }
}

/// What is heard when the layer of this scope is topmost.
fn stack(own: Scope) -> Vec<Scope> {
    match own {
        // The grid moves in two directions, and Esc takes several steps back in it.
        Scope::Intake | Scope::OutageForm | Scope::Callback | Scope::Roster => vec![own, Scope::Anywhere],
        Scope::FirstRun => vec![own, Scope::List],
        Scope::Filter | Scope::Settings => vec![own, Scope::List, Scope::Anywhere],
        Scope::Ticket => vec![own, Scope::OnTicket, Scope::Layer, Scope::List, Scope::Anywhere],
        _ => vec![own, Scope::Layer, Scope::List, Scope::Anywhere],
    }
}

/// Every set of scopes that can be heard at a time.
pub fn every_stack() -> Vec<Vec<Scope>> {
    const OWN: &[Scope] = &[
        Scope::Help,
        Scope::Palette,
        Scope::Find,
        Scope::Card,
        Scope::Intake,
        Scope::Told,
        Scope::Ticket,
        Scope::Picker,
        Scope::Prompt,
        Scope::Message,
        Scope::Who,
        Scope::Coverage,
        Scope::Fill,
        Scope::Staff,
        Scope::Sum,
        Scope::Roster,
        Scope::Publishing,
        Scope::Month,
        Scope::Settings,
        Scope::Filter,
        Scope::FirstRun,
        Scope::Callbacks,
        Scope::Outages,
        Scope::OutageForm,
        Scope::Callback,
        Scope::Rates,
        Scope::RateList,
        Scope::Handover,
        Scope::Handovers,
    ];
    PaneId::ALL.into_iter().map(PaneId::scopes).chain(OWN.iter().copied().map(stack)).collect()
}

/// A key no command of the layer's own answers to; false when the layer has no use for it either.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    match desk.layers.last() {
        Some(Layer::Help(_)) => help::key(desk, key),
        Some(Layer::Palette(_)) => palette::key(desk, key),
        Some(Layer::Find(_)) => find::key(desk, key),
        Some(Layer::Intake(_)) => intake::key(desk, key),
        Some(Layer::Ticket(_)) => ticket::key(desk, key),
        Some(Layer::Picker(_)) => picker::key(desk, key),
        Some(Layer::Prompt(_)) => prompt::key(desk, key),
        Some(Layer::Filter(_)) => filter::key(desk, key),
        Some(Layer::Settings(_)) => settings::key(desk, key),
        Some(Layer::FirstRun(_)) => first_run::key(desk, key),
        Some(Layer::Handovers(_)) => handover::shelf::key(desk, key),
        Some(Layer::Who(_)) => who::key(desk, key),
        Some(Layer::Coverage(_)) => coverage::key(desk, key),
        Some(Layer::Staff(_)) => staff::key(desk, key),
        Some(Layer::Callbacks(_)) => callbacks::key(desk, key),
        Some(Layer::OutageForm(_)) => outage::key(desk, key),
        Some(Layer::Callback(_)) => callback::key(desk, key),
        Some(Layer::Rates(_)) => rates::key(desk, key),
        Some(Layer::Roster(_)) => roster::keys::key(desk, key),
        Some(Layer::Told(_)) => told::key(desk, key),
        Some(Layer::Message(_)) => message::key(desk, key),
        Some(
            Layer::Card(_)
            | Layer::Sum(_)
            | Layer::Outages(_)
            | Layer::RateList(_)
            | Layer::Fill(_)
            | Layer::Publishing(_)
            | Layer::Month(_)
            | Layer::Handover(_),
        )
        | None => false,
    }
}

/// Text in one piece for the focused field.
pub fn paste(desk: &mut Desk, text: &str) {
    match desk.layers.last_mut() {
        Some(Layer::Help(help)) => help.paste(text),
        Some(Layer::Palette(palette)) => palette.paste(text),
        Some(Layer::Picker(picker)) => picker.paste(text),
        Some(Layer::Prompt(_)) => prompt::paste(desk, text),
        Some(Layer::Find(_)) => find::paste(desk, text),
        Some(Layer::Intake(_)) => intake::paste(desk, text),
        Some(Layer::Filter(_)) => filter::paste(desk, text),
        Some(Layer::Handovers(_)) => handover::shelf::paste(desk, text),
        Some(Layer::Who(who)) => who.paste(text),
        Some(Layer::Staff(staff)) => staff.paste(text),
        Some(Layer::OutageForm(_)) => outage::paste(desk, text),
        Some(Layer::Callback(_)) => callback::paste(desk, text),
        Some(
            Layer::Card(_)
            | Layer::Told(_)
            | Layer::Ticket(_)
            | Layer::Message(_)
            | Layer::Sum(_)
            | Layer::Settings(_)
            | Layer::FirstRun(_)
            | Layer::Outages(_)
            | Layer::Callbacks(_)
            | Layer::Rates(_)
            | Layer::RateList(_)
            | Layer::Coverage(_)
            | Layer::Fill(_)
            | Layer::Roster(_)
            | Layer::Publishing(_)
            | Layer::Month(_)
            | Layer::Handover(_),
        )
        | None => {}
    }
}

/// Lets the lists in layers know how many rows they show, and forgets what closed layers asked for.
pub fn settle(desk: &mut Desk) {
    forget_closed(desk);
    ticket::settle(desk);
    rate_list::settle(desk);
    handover::settle(desk);
    handover::shelf::settle(desk);
    settings::settle(desk);
    let layout = desk.layout;
    for layer in &mut desk.layers {
        let rows = match layer {
            Layer::Help(_) => help::area(&layout).inside().h.saturating_sub(2 + help::ROWS_BELOW),
            Layer::Palette(_) => palette::area(&layout).inside().h.saturating_sub(2),
            Layer::Find(_) => find::area(&layout).inside().h.saturating_sub(find::ROWS_ABOVE),
            Layer::Picker(picker) => picker::list_height(&layout, picker),
            Layer::Card(card) => card::list_height(&layout, card),
            Layer::Who(_) => who::area(&layout).inside().h.saturating_sub(2),
            Layer::Coverage(_) => coverage::area(&layout).inside().h.saturating_sub(1 + coverage::ROWS_BELOW),
            Layer::Fill(_) => fill::area(&layout).inside().h.saturating_sub(2),
            Layer::Staff(_) => staff::area(&layout).inside().h.saturating_sub(2),
            Layer::Sum(_) => sum::area(&layout).inside().h,
            Layer::Roster(_) => roster::rows(&layout),
            Layer::Publishing(_) => roster::publish::area(&layout).inside().h,
            Layer::Month(_) => worker::area(&layout).inside().h,
            Layer::FirstRun(_) => first_run::area(&layout).inside().h,
            Layer::Callbacks(_) => callbacks::area(&layout).inside().h,
            Layer::RateList(_) => rate_list::area(&layout).inside().h,
            Layer::Handovers(_) => {
                handover::shelf::area(&layout).inside().h.saturating_sub(handover::shelf::ROWS_ABOVE)
            }
            Layer::Outages(_) => outage::area(&layout).inside().h.saturating_sub(outage::ROWS_BELOW),
            Layer::Ticket(_)
            | Layer::Settings(_)
            | Layer::Intake(_)
            | Layer::Told(_)
            | Layer::Message(_)
            | Layer::Prompt(_)
            | Layer::Filter(_)
            | Layer::Rates(_)
            | Layer::OutageForm(_)
            | Layer::Handover(_)
            | Layer::Callback(_) => continue,
        };
        if let Some(list) = layer.list() {
            list.see(usize::from(rows));
        }
    }
}

/// What was asked for a layer that is gone is asked no more.
fn forget_closed(desk: &mut Desk) {
    let there = |is: fn(&Layer) -> bool| desk.layers.iter().any(is);
    let closed: Vec<Slot> = [
        (Slot::Ticket, there(|layer| matches!(layer, Layer::Ticket(_)))),
        (Slot::Card, there(|layer| matches!(layer, Layer::Card(_)))),
        (Slot::Week, there(|layer| matches!(layer, Layer::Roster(_)))),
        (Slot::Month, there(|layer| matches!(layer, Layer::Month(_)))),
        (Slot::Who, there(|layer| matches!(layer, Layer::Who(_)))),
        (Slot::Sum, there(|layer| matches!(layer, Layer::Sum(_)))),
        (Slot::Settings, there(|layer| matches!(layer, Layer::Settings(_)))),
        (Slot::Told, there(|layer| matches!(layer, Layer::Told(_)))),
        (Slot::ToldWho, there(|layer| matches!(layer, Layer::Told(_)))),
        (Slot::Find, there(|layer| matches!(layer, Layer::Find(_)))),
        (Slot::Coverage, there(|layer| matches!(layer, Layer::Coverage(_)))),
        (Slot::Fill, there(|layer| matches!(layer, Layer::Fill(_)))),
        (Slot::Staff, there(|layer| matches!(layer, Layer::Staff(_)))),
        (Slot::StandIns, there(|layer| matches!(layer, Layer::Picker(_)))),
        (Slot::Picker, there(|layer| matches!(layer, Layer::Picker(_)))),
        (Slot::Household, there(|layer| matches!(layer, Layer::Intake(_)))),
        (Slot::Suggest, there(|layer| matches!(layer, Layer::Intake(_)))),
        (Slot::Alike, there(|layer| matches!(layer, Layer::Intake(_)))),
        (Slot::Ended, there(|layer| matches!(layer, Layer::Intake(_)))),
        (Slot::Root, there(|layer| matches!(layer, Layer::Told(_)))),
        (Slot::Places, there(|layer| matches!(layer, Layer::Intake(_)))),
        (Slot::OutagePlaces, there(|layer| matches!(layer, Layer::OutageForm(_)))),
        (Slot::Callbacks, there(|layer| matches!(layer, Layer::Callbacks(_)))),
        (Slot::Rates, there(|layer| matches!(layer, Layer::Rates(_)))),
        (Slot::RateList, there(|layer| matches!(layer, Layer::RateList(_)))),
        (Slot::Callback, there(|layer| matches!(layer, Layer::Callback(_)))),
        (Slot::Handover, there(|layer| matches!(layer, Layer::Handover(_)))),
        (Slot::Handovers, there(|layer| matches!(layer, Layer::Handovers(_)))),
    ]
    .into_iter()
    .filter_map(|(slot, there)| (!there).then_some(slot))
    .collect();
    for slot in closed {
        desk.asks.forget(slot);
    }
}

/// Takes the topmost layer off.
pub fn close(desk: &mut Desk) {
    if let Some(Layer::Prompt(prompt)) = desk.layers.pop() {
        prompt::leave(desk, prompt);
    }
}

/// Takes all layers of a chain off.
pub fn close_chain(desk: &mut Desk, chain: u64) {
    for layer in &desk.layers {
        if let Layer::Intake(intake) = layer
            && intake.chain == Some(chain)
        {
            desk.out.push(Effect::DropDraft(intake.uid));
        }
    }
    desk.layers.retain(|layer| layer.chain() != Some(chain));
}
