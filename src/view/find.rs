//! Draws the find box: what was found, where, and why it matched. What was typed may be seen, the rest is masked.

use ratatui::Frame;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::find::{self, FIND, Find};
use crate::desk::frame::say;
use crate::domain::base::clean::half_width;
use crate::domain::base::find::{FindKind, Hit, Record};
use crate::text::labels::{self, Labelled};
use crate::text::t;
use crate::view::frame::layer::{Draw, field_row};
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const COLUMNS: [Column; 5] = [
    Column::new(4, 8, Fit::End),
    Column::new(8, 26, Fit::Middle),
    Column::rest(8),
    Column::new(4, 16, Fit::End),
    Column::new(4, 16, Fit::End),
];

impl Draw for Find {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = desk
            .say(t("查找: 人, 房号, 电话, 单号, 员工, 别名", "Find: people, rooms, phones, tickets, staff, aliases"));
        let inside = popup::over(frame, find::area(&desk.layout), title, &self.list.place(), theme);
        let below = field_row(&self.field, top, inside, theme, frame);
        if self.by_input_method {
            let note = t(
                "输入法开着, 打的字进了查找; Esc 退回列表",
                "The input method is on: the text went here; Esc goes back",
            );
            let row =
                ratatui::layout::Rect { y: inside.y + 1.min(inside.height), height: 1.min(inside.height), ..inside };
            rows::lines(&[Line::styled(format!("  {}", desk.say(note)), theme.warning())], row, frame);
        }
        if self.list.is_empty() {
            return rows::empty(desk.say(empty(desk, self)), below, theme, frame);
        }
        let typed = half_width(self.field.trimmed());
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, self.hits.get(at)?)))
            .map(|(at, hit)| rows::Row {
                cells: cells(desk, hit, &typed, theme),
                selected: at == self.list.row(),
                marked: false,
            })
            .collect();
        rows::draw(&COLUMNS, drawn, true, below, theme, frame);
    }
}

fn empty(desk: &Desk, find: &Find) -> crate::text::Text {
    if find.field.is_blank() {
        t(
            "可以打: 姓名、称呼、拼音或首字母、电话的几位、3-2-501、小区首字母、单号; 几样隔空格随便组合",
            "Type a name, pinyin or initials, digits of a phone, 3-2-501, a compound, a ticket number; in any order",
        )
    } else if desk.asks.waiting(FIND) {
        t("正在找 ..", "Looking ..")
    } else {
        t(
            "没有找到; 少打几个字, 或换拼音、房号、电话试试",
            "Nothing found; type less, or try pinyin, a room or a phone",
        )
    }
}

fn cells(desk: &Desk, hit: &Hit, typed: &str, theme: &Theme) -> Vec<Cell> {
    let record = &hit.record;
    let kind = record.kind.map_or("", |kind| desk.say(kind.label()));
    let why: Vec<&str> = hit.why.iter().map(|why| desk.say(labels::why(record.kind, *why))).collect();
    vec![
        (kind.to_owned(), theme.dim()),
        (place(desk, record), theme.plain()),
        (who(record, typed), theme.strong()),
        (phone(record, typed), theme.plain()),
        (why.join(desk.say(t("、", ", "))), theme.accent()),
    ]
}

fn place(desk: &Desk, record: &Record) -> String {
    match record.kind {
        Some(FindKind::Ticket) => record.number.split_once('-').map_or("", |(_, short)| short).to_owned(),
        Some(FindKind::Staff) => say::role(desk, &record.words),
        _ => say::record_place(record),
    }
}

/// The name as far as it was typed; a ticket's words; other names of a place.
pub(in crate::view) fn who(record: &Record, typed: &str) -> String {
    match record.kind {
        Some(FindKind::Staff) => record.name.as_ref().map(|name| name.reveal().to_owned()).unwrap_or_default(),
        Some(FindKind::Ticket) => format!("{} {}", say::record_place(record), record.words).trim().to_owned(),
        Some(FindKind::Resident) => {
            let name = record.name.as_ref().map(|name| {
                if typed.split_whitespace().any(|part| part.contains(name.reveal())) {
                    name.reveal().to_owned()
                } else {
                    name.masked()
                }
            });
            let called: Vec<&str> =
                record.called.iter().map(String::as_str).filter(|called| typed.contains(called)).collect();
            format!("{} {}", name.unwrap_or_default(), called.join(" ")).trim().to_owned()
        }
        _ => record.called.join(" "),
    }
}

/// The phone the typed digits belong to, masked but for them; else the first, masked. Staff's phones are for ringing.
pub(in crate::view) fn phone(record: &Record, typed: &str) -> String {
    if record.kind == Some(FindKind::Staff) {
        return record.phones.first().map(crate::domain::person::Phone::spoken).unwrap_or_default();
    }
    for part in typed.split_whitespace().filter(|part| part.len() >= 3 && part.bytes().all(|b| b.is_ascii_digit())) {
        for phone in &record.phones {
            let digits = phone.reveal();
            if let Some(at) = digits.find(part) {
                let end = at + part.len();
                let masked = |range: &str| "*".repeat(range.len());
                return format!("{}{part}{}", masked(&digits[..at]), masked(&digits[end..]));
            }
        }
    }
    record.phones.first().map(crate::domain::person::Phone::masked).unwrap_or_default()
}
