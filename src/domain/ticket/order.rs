//! The orders a list of tickets can be looked at in. What is urgent is decided in `urgency`.
//! Pages of ended tickets are read newest or oldest first only; that is the data file's order.

use std::cmp::Reverse;

use crate::coded;
use crate::domain::base::id::TicketId;
use crate::domain::base::time::Time;
use crate::domain::ticket::clock::{self, Standing};
use crate::domain::ticket::query::Row;
use crate::domain::ticket::urgency::{Urgency, urgency};

coded! {
    /// An order.
    pub enum Order {
        /// 最急在前
        Urgency = "urgency",
        /// 先到期在前: what rests or waits comes last.
        Due = "due",
        /// 最新在前
        Newest = "newest",
        /// 最早在前
        Oldest = "oldest",
        /// 按小区
        Compound = "compound",
        /// 按处理人: nobody's first.
        Handler = "handler",
    }
}

impl Order {
    /// Whether the data file pages in this order.
    pub const fn by_date(self) -> bool {
        matches!(self, Self::Newest | Self::Oldest)
    }

    /// Puts rows into this order at a time.
    pub fn arrange(self, rows: &mut [Row], now: Time) {
        self.arrange_by(rows, |row| row, now);
    }

    /// Puts things with a row into this order at a time; within compounds and handlers the most urgent come first.
    pub fn arrange_by<T>(self, things: &mut [T], row: impl Fn(&T) -> &Row, now: Time) {
        match self {
            Self::Urgency => things.sort_by_cached_key(|one| most_urgent(row(one), now)),
            Self::Due => things.sort_by_cached_key(|one| (due(row(one), now), row(one).id)),
            Self::Newest => things.sort_by_key(|one| Reverse((row(one).ticket.opened_at, row(one).id))),
            Self::Oldest => things.sort_by_key(|one| (row(one).ticket.opened_at, row(one).id)),
            Self::Compound => things.sort_by_cached_key(|one| {
                let name = row(one).compound.clone();
                (name.is_empty(), name, most_urgent(row(one), now))
            }),
            Self::Handler => things.sort_by_cached_key(|one| {
                let name = row(one).assignee.as_ref().map(|name| name.reveal().to_owned());
                (name, row(one).ticket.assignee, most_urgent(row(one), now))
            }),
        }
    }
}

fn most_urgent(row: &Row, now: Time) -> (Urgency, TicketId) {
    (urgency(&row.ticket, now), row.id)
}

/// When it is due, or its outside body is to be asked; what has no running clock comes behind, by when it is looked at again.
fn due(row: &Row, now: Time) -> (u8, Time) {
    match clock::standing(&row.ticket, now) {
        Standing::Left { due, .. } | Standing::Late { due, .. } => {
            (0, clock::ask_at(&row.ticket).map_or(due, |at| at.min(due)))
        }
        Standing::Resting(Some(review)) => (1, review),
        Standing::Resting(None) | Standing::Still => (2, row.ticket.opened_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::id::StaffId;
    use crate::domain::person::PersonName;
    use crate::domain::ticket::{Status, Ticket};

    fn row(id: i64, opened: i64, due: i64, compound: &str, handler: Option<(i64, &str)>) -> Row {
        let ticket = Ticket {
            opened_at: Time(opened),
            respond_by: Time(due),
            resolve_by: Time(due),
            assignee: handler.map(|(id, _)| StaffId(id)),
            ..Ticket::blank()
        };
        let assignee = handler.map(|(_, name)| PersonName::stored(name.to_owned()));
        Row { id: TicketId(id), version: 1, ticket, compound: compound.to_owned(), place: String::new(), assignee }
    }

    #[test]
    fn each_order_puts_its_own_first() {
        let paused = |mut row: Row| {
            row.ticket.status = Status::Paused;
            row
        };
        let mut rows = vec![
            row(1, 30, 9_000_000, "乙", Some((8, "周"))),
            row(2, 10, 8_000_000, "甲", None),
            paused(row(3, 20, 7_000_000, "", Some((7, "王")))),
            row(4, 20, 1_000_000, "甲", Some((8, "周"))),
        ];
        let mut ids = |order: Order| {
            order.arrange(&mut rows, Time(2_000_000));
            rows.iter().map(|row| row.id.0).collect::<Vec<_>>()
        };
        assert_eq!(ids(Order::Urgency), [4, 2, 1, 3]);
        assert_eq!(ids(Order::Due), [4, 2, 1, 3]);
        assert_eq!(ids(Order::Newest), [1, 4, 3, 2]);
        assert_eq!(ids(Order::Oldest), [2, 3, 4, 1]);
        assert_eq!(ids(Order::Compound), [1, 4, 2, 3], "no compound comes last");
        assert_eq!(ids(Order::Handler), [2, 4, 1, 3], "nobody's come first");
    }
}
