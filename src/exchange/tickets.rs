//! Tickets as a table: the columns of an export, one row a ticket, names and phones masked unless they are asked for in full.
//! Which tickets, and whether they may be seen in full, was decided before.

use super::export::Table;
use crate::domain::base::time::{Time, Zone};
use crate::domain::ticket::clock;
use crate::domain::ticket::query::Listed;
use crate::text::labels::Labelled;
use crate::text::{Lang, Text, t};

/// Names for programs and heads for people.
const COLUMNS: [(&str, Text); 22] = [
    ("number", t("单号", "number")),
    ("opened_at", t("登记时间", "opened at")),
    ("status", t("状态", "status")),
    ("priority", t("级别", "priority")),
    ("category", t("分类", "category")),
    ("channel", t("来源", "channel")),
    ("compound", t("小区", "compound")),
    ("place", t("地点", "place")),
    ("words", t("内容", "words")),
    ("reporter", t("报修人", "reporter")),
    ("phone", t("电话", "phone")),
    ("assignee", t("处理人", "handler")),
    ("resolve_by", t("时限", "due")),
    ("outside_number", t("12345 单号", "12345 order no.")),
    ("outer_due", t("12345 期限", "12345 deadline")),
    ("outside_body", t("外单位", "outside body")),
    ("outside_phone", t("外单位电话", "phone of the outside body")),
    ("ask_again_at", t("再问的时间", "ask again at")),
    ("appointment_at", t("约的时间", "appointment")),
    ("overdue", t("超时", "late")),
    ("resolved_at", t("办结时间", "resolved at")),
    ("result", t("处理结果", "result")),
];

/// How the rows are written.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// Language of heads and labels.
    pub lang: Lang,
    /// The only zone.
    pub zone: Zone,
    /// Late at this time.
    pub now: Time,
    /// Names and phones in full.
    pub full: bool,
}

impl Writing {
    /// The table without rows.
    pub fn table(&self) -> Table {
        Table {
            heads: COLUMNS.iter().map(|(_, head)| head.get(self.lang).to_owned()).collect(),
            names: COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// A ticket's row.
    pub fn row(&self, listed: Listed) -> Vec<String> {
        let Self { lang, zone, now, full } = *self;
        let row = listed.row;
        let late = clock::standing(&row.ticket, now).late();
        let ask_again_at = row.ticket.asks_again_at().map(|at| zone.rfc3339(at)).unwrap_or_default();
        let ticket = row.ticket;
        let name = listed.reporter.map(|name| if full { name.reveal().to_owned() } else { name.masked() });
        let phone = listed.phone.map(|phone| if full { phone.reveal().to_owned() } else { phone.masked() });
        vec![
            ticket.number.full(),
            zone.rfc3339(ticket.opened_at),
            ticket.status.label().get(lang).to_owned(),
            ticket.priority.code().to_owned(),
            ticket.category,
            ticket.channel.label().get(lang).to_owned(),
            row.compound,
            if row.place.is_empty() { ticket.place_words } else { row.place },
            ticket.words,
            name.unwrap_or_default(),
            phone.unwrap_or_default(),
            row.assignee.map(|name| name.reveal().to_owned()).unwrap_or_default(),
            zone.rfc3339(ticket.resolve_by),
            ticket.outside_number,
            ticket.outer_due.map(|at| zone.rfc3339(at)).unwrap_or_default(),
            ticket.outside_body,
            ticket.outside_phone,
            ask_again_at,
            ticket.appointment_at.map(|at| zone.rfc3339(at)).unwrap_or_default(),
            if late { t("是", "yes").get(lang).to_owned() } else { String::new() },
            ticket.resolved_at.map(|at| zone.rfc3339(at)).unwrap_or_default(),
            ticket.result,
        ]
    }
}
