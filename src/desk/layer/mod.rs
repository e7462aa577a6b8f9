//! What lies above the panes, as one enum: what a layer is for is seen here at a glance.
//! What follows when something is picked or answered in one is data ([`Then`]), so it can be printed, compared and replayed.

pub mod callback;
pub mod callbacks;
pub mod card;
pub mod filter;
pub mod find;
pub mod first_run;
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
pub mod send;
pub mod settings;
pub mod sum;
pub mod ticket;
pub mod told;
pub mod who;

use super::around::Writing;
use super::ask::Slot;
use super::command::{Command, Scope};
use super::key::Key;
use super::list::Scroll;
use super::moving::Moving;
use super::notice::About;
use super::pane::PaneId;
use super::{Desk, Effect};
use crate::domain::id::TicketId;
use crate::domain::op::callback::Whom;
use crate::domain::priority::Raise;
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
}

/// What follows a pick or an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    /// The move goes on.
    Move(Moving),
    /// These tickets get the picked status.
    Status(Vec<TicketId>),
    /// The words become a note.
    Note(Vec<TicketId>),
    /// The words go with the chase.
    Chase(Vec<TicketId>),
    /// The words name who is also affected.
    Join(Vec<TicketId>),
    /// The picked one does the ticket over: the resident says that it is not solved.
    NotSolved {
        /// The one ticket.
        tickets: Vec<TicketId>,
        /// Whose word.
        whom: Whom,
        /// What is still wrong.
        words: String,
    },
    /// The picked order is the list's.
    Order,
    /// The picked filter narrows the list.
    Filter,
    /// The picked kind of sheet is written.
    Export,
    /// The words name this filter.
    SaveFilter(String),
    /// The words are a setting's new value.
    Setting(settings::Asked),
    /// These were told so.
    Tell(Vec<TicketId>),
    /// These are raised for this, or left as they are.
    Raise(Vec<TicketId>, Raise),
    /// The picked command runs.
    Run,
    /// The picked file is taken off.
    Detach(TicketId),
    /// The words are written around a ticket.
    Write(Writing),
    /// The words name a new township.
    Township,
    /// The words name its property company.
    Company {
        /// The township's name.
        township: String,
    },
}

impl Then {
    /// The tickets it is for, to name them.
    pub fn about(&self) -> &[TicketId] {
        match self {
            Self::Move(moving) => &moving.tickets,
            Self::Status(tickets)
            | Self::Note(tickets)
            | Self::Chase(tickets)
            | Self::Join(tickets)
            | Self::NotSolved { tickets, .. }
            | Self::Tell(tickets)
            | Self::Raise(tickets, _) => tickets,
            Self::Detach(ticket) => std::slice::from_ref(ticket),
            Self::Write(writing) => std::slice::from_ref(&writing.ticket),
            Self::Order
            | Self::Filter
            | Self::Export
            | Self::SaveFilter(_)
            | Self::Setting(_)
            | Self::Run
            | Self::Township
            | Self::Company { .. } => &[],
        }
    }

    /// Whether the answer to one would be an answer to the other, whatever chain of questions each stands in.
    fn asks_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Move(a), Self::Move(b)) => {
                (a.event, &a.tickets, a.needs.first()) == (b.event, &b.tickets, b.needs.first())
            }
            (Self::NotSolved { tickets: a, .. }, Self::NotSolved { tickets: b, .. }) => a == b,
            (Self::Write(a), Self::Write(b)) => (a.ticket, a.what) == (b.ticket, b.what),
            _ => self == other,
        }
    }
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
            | Self::OutageForm(_)
            | Self::Filter(_) => true,
            Self::Callback(strip) => matches!(strip.asked, callback::Asked::Words),
            Self::Card(_)
            | Self::Told(_)
            | Self::Ticket(_)
            | Self::Message(_)
            | Self::Who(_)
            | Self::Sum(_)
            | Self::Settings(_)
            | Self::FirstRun(_)
            | Self::Outages(_)
            | Self::Callbacks(_)
            | Self::Rates(_)
            | Self::RateList(_) => false,
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
            Self::Sum(sum) => Some(&mut sum.list),
            Self::Settings(settings) => Some(&mut settings.list),
            Self::FirstRun(first_run) => Some(&mut first_run.list),
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
            Self::Sum(_) => Scope::Sum,
            Self::Settings(_) => Scope::Settings,
            Self::Filter(_) => Scope::Filter,
            Self::FirstRun(_) => Scope::FirstRun,
            Self::Callbacks(_) => Scope::Callbacks,
            Self::Outages(_) => Scope::Outages,
            Self::OutageForm(_) => Scope::OutageForm,
            Self::Callback(_) => Scope::Callback,
            Self::Rates(_) => Scope::Rates,
            Self::RateList(_) => Scope::RateList,
        }
    }

    /// The chain of questions it belongs to.
    const fn chain(&self) -> Option<u64> {
        match self {
            Self::Picker(picker) => Some(picker.chain),
            Self::Prompt(prompt) => Some(prompt.chain),
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
        Scope::Intake | Scope::OutageForm | Scope::Callback => vec![own, Scope::Anywhere],
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
        Scope::Sum,
        Scope::Settings,
        Scope::Filter,
        Scope::FirstRun,
        Scope::Callbacks,
        Scope::Outages,
        Scope::OutageForm,
        Scope::Callback,
        Scope::Rates,
        Scope::RateList,
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
        Some(Layer::Callbacks(_)) => callbacks::key(desk, key),
        Some(Layer::OutageForm(_)) => outage::key(desk, key),
        Some(Layer::Callback(_)) => callback::key(desk, key),
        Some(Layer::Rates(_)) => rates::key(desk, key),
        Some(Layer::Told(_)) => told::key(desk, key),
        Some(Layer::Message(_)) => message::key(desk, key),
        Some(Layer::Card(_) | Layer::Who(_) | Layer::Sum(_) | Layer::Outages(_) | Layer::RateList(_)) | None => false,
    }
}

/// Text in one piece for the focused field.
pub fn paste(desk: &mut Desk, text: &str) {
    match desk.layers.last_mut() {
        Some(Layer::Help(help)) => help.paste(text),
        Some(Layer::Palette(palette)) => palette.paste(text),
        Some(Layer::Picker(picker)) => picker.paste(text),
        Some(Layer::Prompt(prompt)) => drop(prompt.field.insert(text)),
        Some(Layer::Find(_)) => find::paste(desk, text),
        Some(Layer::Intake(_)) => intake::paste(desk, text),
        Some(Layer::Filter(_)) => filter::paste(desk, text),
        Some(Layer::OutageForm(_)) => outage::paste(desk, text),
        Some(Layer::Callback(_)) => callback::paste(desk, text),
        Some(
            Layer::Card(_)
            | Layer::Told(_)
            | Layer::Ticket(_)
            | Layer::Message(_)
            | Layer::Who(_)
            | Layer::Sum(_)
            | Layer::Settings(_)
            | Layer::FirstRun(_)
            | Layer::Outages(_)
            | Layer::Callbacks(_)
            | Layer::Rates(_)
            | Layer::RateList(_),
        )
        | None => {}
    }
}

/// Lets the lists in layers know how many rows they show, and forgets what closed layers asked for.
pub fn settle(desk: &mut Desk) {
    forget_closed(desk);
    ticket::settle(desk);
    rate_list::settle(desk);
    settings::settle(desk);
    let layout = desk.layout;
    for layer in &mut desk.layers {
        let rows = match layer {
            Layer::Help(_) => help::area(&layout).inside().h.saturating_sub(2 + help::ROWS_BELOW),
            Layer::Palette(_) => palette::area(&layout).inside().h.saturating_sub(2),
            Layer::Find(_) => find::area(&layout).inside().h.saturating_sub(find::ROWS_ABOVE),
            Layer::Picker(picker) => picker::list_height(&layout, picker),
            Layer::Card(card) => card::list_height(&layout, card),
            Layer::Who(_) => who::area(&layout).inside().h,
            Layer::Sum(_) => sum::area(&layout).inside().h,
            Layer::FirstRun(_) => first_run::area(&layout).inside().h,
            Layer::Callbacks(_) => callbacks::area(&layout).inside().h,
            Layer::RateList(_) => rate_list::area(&layout).inside().h,
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
        (Slot::Who, there(|layer| matches!(layer, Layer::Who(_)))),
        (Slot::Sum, there(|layer| matches!(layer, Layer::Sum(_)))),
        (Slot::Settings, there(|layer| matches!(layer, Layer::Settings(_)))),
        (Slot::Told, there(|layer| matches!(layer, Layer::Told(_)))),
        (Slot::ToldWho, there(|layer| matches!(layer, Layer::Told(_)))),
        (Slot::Find, there(|layer| matches!(layer, Layer::Find(_)))),
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
