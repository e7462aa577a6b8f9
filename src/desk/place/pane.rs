//! Pane 1: the compounds with stage, open and late. Its first row is all of them.
//! It holds no figure of its own; they come counted.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::list::List;
use crate::desk::frame::pane::{PaneId, focus};
use crate::desk::frame::say;
use crate::desk::roster::pane::DUTY;
use crate::desk::ticket::pane::TICKETS;
use crate::desk::{Desk, ticket};
use crate::domain::base::id::PlaceId;
use crate::domain::place::query::{CompoundRow, PlaceAnswer};
use crate::domain::query::{Answer, Query};
use crate::domain::roster::query::RosterQuery;
use crate::domain::ticket::query::TicketQuery;
use crate::text::t;

/// The compounds.
pub(in crate::desk) const COMPOUNDS: Slot = Slot::new("compounds", |desk, answer| {
    if let Answer::Place(PlaceAnswer::Compounds(rows)) = answer {
        desk.panes.compounds.set(rows);
    }
})
.each_minute();

/// State of the pane.
#[derive(Debug, Default)]
pub struct Compounds {
    /// Rows; none stands for all compounds.
    pub list: List<Option<PlaceId>>,
    /// What narrows the list.
    pub filter: String,
    /// The compound tickets and duty are narrowed to.
    pub chosen: Option<PlaceId>,
    /// Whether the rows have been answered yet.
    pub loaded: bool,
    rows: Vec<CompoundRow>,
}

/// Commands of the pane.
pub const COMMANDS: &[Command] = &[Command::new(
    "compound.choose",
    &["enter"],
    Scope::COMPOUNDS,
    t("只看这个小区", "only this compound"),
    t("工单和在岗只看这个小区; Esc 回到全部", "Tickets and duty of this compound only; Esc goes back to all"),
    |desk| {
        if let Some(selected) = desk.panes.compounds.list.selected() {
            choose(desk, selected);
            focus(desk, PaneId::Tickets);
        }
    },
)
.footer()];

impl Compounds {
    /// New rows.
    pub fn set(&mut self, rows: Vec<CompoundRow>) {
        self.rows = rows;
        self.loaded = true;
        self.arrange();
    }

    /// All rows.
    pub fn rows(&self) -> &[CompoundRow] {
        &self.rows
    }

    /// The row of a compound.
    pub fn row(&self, id: PlaceId) -> Option<&CompoundRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The row the tickets are narrowed to.
    pub fn narrowed(&self) -> Option<&CompoundRow> {
        self.row(self.chosen?)
    }

    /// Lets the filter work.
    pub fn arrange(&mut self) {
        let passes = |row: &&CompoundRow| {
            let name = format!("{} {}", row.name, row.community);
            say::holds(&name, &self.filter) || say::answers_to(&name, "", &self.filter).is_some()
        };
        let ids = std::iter::once(None).chain(self.rows.iter().filter(passes).map(|row| Some(row.id))).collect();
        self.list.set(ids);
    }
}

/// Narrows tickets and duty to one compound, or opens them to all.
pub fn choose(desk: &mut Desk, compound: Option<PlaceId>) {
    desk.panes.compounds.chosen = compound;
    let at = desk.now;
    desk.ask(TICKETS, Query::Ticket(TicketQuery::Open { compound }));
    desk.ask(DUTY, Query::Roster(RosterQuery::Duty { at, compound }));
    ticket::pane::arrange(desk);
}
