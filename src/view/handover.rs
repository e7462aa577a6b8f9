//! Draws a handover: its lines by section, the selected one in full below, and how far the reading back is; and the shelf
//! of those of before.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line as Row, Span};

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::desk::handover::shelf::{self, Shelf};
use crate::desk::handover::{self, Room};
use crate::domain::handover::query::{Past, Present};
use crate::domain::handover::{About, Line, Section};
use crate::text::labels::Labelled;
use crate::text::{handover as words, t};
use crate::view::frame::layer::{Draw, field_row};
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

const COLUMNS: [Column; 5] = [
    Column::whole(6),
    Column::rest(12),
    Column::new(0, 26, Fit::End),
    Column::new(0, 14, Fit::End),
    Column::new(0, 12, Fit::End),
];

impl Draw for Room {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = match (&self.past, &self.present) {
            (Some(past), _) => past_title(desk, past),
            (None, Some(present)) => title(desk, present),
            (None, None) => desk.say(t("交接", "Handover")).to_owned(),
        };
        let inside = popup::over(frame, handover::area(&desk.layout), &title, &self.list.place(), theme);
        if self.past.is_none() && self.present.is_none() {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        }
        let below = handover::ROWS_BELOW.min(inside.height);
        let list = Rect { height: inside.height - below, ..inside };
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, self.lines.get(at)?)))
            .map(|(at, line)| {
                let first = at == 0 || self.lines[at - 1].section != line.section || line.after_signing;
                let cells = cells(desk, line, first, theme);
                rows::Row { cells, selected: at == self.list.row(), marked: line.marked }
            })
            .collect();
        rows::draw(&COLUMNS, drawn, top, list, theme, frame);
        foot(desk, self, Rect { y: inside.y + list.height, height: below, ..inside }, theme, frame);
    }
}

/// `交接  11-24 早班 08-16 -> 11-24 中班 16-24  李敏 -> ?  超班 5分`.
fn title(desk: &Desk, present: &Present) -> String {
    let turns = desk.turns();
    let shift = |turn| words::shift(turn, &turns, desk.lang);
    let mut parts = vec![
        desk.say(t("交接", "Handover")).to_owned(),
        format!("{} -> {}", shift(present.due.turn), shift(present.due.next)),
    ];
    if !present.giver.is_empty() {
        parts.push(t("交班 {name}", "given by {name}").with(desk.lang, &[("name", &present.giver)]));
    }
    if let Some(minutes) = handover::late(desk, present) {
        parts.push(t("超班 {n}", "{n} over").with(desk.lang, &[("n", &say::span(minutes, desk.lang))]));
    }
    parts.join("  ")
}

/// `11-24 早班 08-16  李敏 -> 高洁  电话交接`.
fn past_title(desk: &Desk, past: &Past) -> String {
    let [giver, receiver] = past.pins;
    let mut title = format!(
        "{}  {} -> {}  {}",
        words::shift(past.handover.shift, &desk.turns(), desk.lang),
        words::hand(&past.giver, giver, desk.lang),
        words::hand(&past.receiver, receiver, desk.lang),
        desk.say(past.handover.kind.label()),
    );
    if let Some(correction) = &past.correction {
        title += &t("  更正 {name} {at}", "  correction by {name} {at}")
            .with(desk.lang, &[("name", &correction.by), ("at", &desk.zone().mdhm(correction.at))]);
    }
    title
}

fn cells(desk: &Desk, line: &Line, first: bool, theme: &Theme) -> Vec<Cell> {
    let section = format!("{} {}", handover::number(line.section), desk.say(line.section.label()));
    let section = if line.after_signing { desk.say(t("签后新增", "after")).to_owned() } else { section };
    let style = match line.section {
        _ if line.dropped => theme.dim(),
        Section::Danger => theme.danger(),
        Section::Due => theme.warning(),
        _ => theme.plain(),
    };
    let mut text = line.text.clone();
    if line.dropped {
        text = format!("{} {text}", desk.say(t("(已删)", "(deleted)")));
    }
    let comment = if line.comment.is_empty() { String::new() } else { format!("// {}", line.comment) };
    let carried = words::carried(line.carried, desk.lang).unwrap_or_default();
    let (answer, colour) = match line.answer {
        Some(answer) => (format!("[{}]", desk.say(answer.label())), theme.good()),
        None if line.waits() => ("[    ]".to_owned(), theme.warning()),
        None => (String::new(), theme.plain()),
    };
    vec![
        (if first { section } else { String::new() }, theme.dim()),
        (text, style),
        (comment, theme.accent()),
        (carried, theme.dim()),
        (answer, colour),
    ]
}

/// The selected line in full, then what is still to be done.
fn foot(desk: &Desk, room: &Room, area: Rect, theme: &Theme, frame: &mut Frame) {
    let cells = usize::from(area.width);
    let all = usize::from(area.height).saturating_sub(1);
    let mut lines: Vec<Row> = Vec::new();
    if let Some(line) = room.list.selected().and_then(|at| room.lines.get(at)) {
        let mut full = line.text.clone();
        for (what, text) in [(t("说明", "comment"), &line.comment), (t("疑问", "question"), &line.reply)] {
            if !text.is_empty() {
                full += &format!("  {}: {text}", desk.say(what));
            }
        }
        let mut wrapped = format::wrap(&full, cells);
        if wrapped.len() > all {
            wrapped.truncate(all);
            if let Some(last) = wrapped.last_mut() {
                *last = format::more(last, cells);
            }
        }
        lines.extend(wrapped.into_iter().map(|line| Row::styled(line, theme.strong())));
    }
    lines.resize(all, Row::default());
    lines.push(Row::from(state(desk, room, theme)));
    rows::lines(&lines, area, frame);
}

fn state(desk: &Desk, room: &Room, theme: &Theme) -> Vec<Span<'static>> {
    let mut parts: Vec<(String, ratatui::style::Style)> = Vec::new();
    let waits = handover::waiting(room);
    let after = room.lines.iter().filter(|line| line.after_signing && line.about != About::Figures).count();
    if let Some(present) = &room.present {
        let signed = present.kept.given.is_some();
        if let Some(spans) = words::spans(present.due, present.kept.from_at, desk.zone(), desk.lang) {
            parts.push((spans, theme.warning()));
        }
        if signed && after > 0 {
            parts.push((t("签后新增 {n}", "{n} after signing").with(desk.lang, &[("n", &after)]), theme.warning()));
        }
        parts.push(match (signed, waits) {
            (false, _) => (desk.say(t("交班人还没签名 (S)", "the giver has not signed (S)")).to_owned(), theme.plain()),
            (true, 0) => (
                desk.say(t("都答了, 接班人按 A 签名", "all answered: the receiver signs with A")).to_owned(),
                theme.good(),
            ),
            (true, n) => {
                (t("还差 {n} 条没答", "{n} lines without an answer").with(desk.lang, &[("n", &n)]), theme.warning())
            }
        });
    }
    let empty = words::empty(&room.lines);
    if !empty.is_empty() {
        let names: Vec<&str> = empty.iter().map(|section| desk.say(section.label())).collect();
        let names = names.join(desk.say(t("、", ", ")));
        parts.push((
            t("没有单列: {names}", "no line under: {names}").with(desk.lang, &[("names", &names)]),
            theme.dim(),
        ));
    }
    let gap = Span::raw("  ");
    parts.into_iter().flat_map(|(text, style)| [Span::styled(text, style), gap.clone()]).collect()
}

const SHELF: [Column; 4] =
    [Column::new(12, 26, Fit::End), Column::rest(10), Column::new(4, 14, Fit::End), Column::new(4, 12, Fit::End)];

impl Draw for Shelf {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = desk.say(t("以前的交接班: 输入要找的字", "Handovers of before: type words to find"));
        let more = self.page.as_ref().is_some_and(|page| page.next.is_some());
        let place = self.list.place() + if more { "+" } else { "" };
        let inside = popup::over(frame, shelf::area(&desk.layout), title, &place, theme);
        let below = field_row(&self.field, top, inside, theme, frame);
        let Some(page) = &self.page else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), below, theme, frame);
        };
        if page.rows.is_empty() {
            let words = if self.field.is_blank() {
                t(
                    "还没有交接过; 两人签名以后就在这里",
                    "Nothing has been handed over yet; once both have signed it is here",
                )
            } else {
                t("没有含这些字的; 少打几个字试试", "None holds these words; try fewer")
            };
            return rows::empty(desk.say(words), below, theme, frame);
        }
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, page.rows.get(at)?)))
            .map(|(at, past)| rows::Row {
                cells: past_cells(desk, past, theme),
                selected: at == self.list.row(),
                marked: false,
            })
            .collect();
        rows::draw(&SHELF, drawn, true, below, theme, frame);
    }
}

fn past_cells(desk: &Desk, past: &Past, theme: &Theme) -> Vec<Cell> {
    let hand = |name| words::hand(name, None, desk.lang);
    let who = format!("{} -> {}", hand(&past.giver), hand(&past.receiver));
    let taken = past.handover.taken.map(|taken| taken.at);
    let (kind, at) = match &past.correction {
        Some(correction) => {
            let words = t("更正 {name}", "correction, {name}");
            (words.with(desk.lang, &[("name", &correction.by)]), Some(correction.at))
        }
        None => (desk.say(past.handover.kind.label()).to_owned(), taken),
    };
    let mut shift = words::shift(past.handover.shift, &desk.turns(), desk.lang);
    let missed = past.handover.shifts(&past.handover.lines).len() - 1;
    if missed > 0 {
        shift += &t(" 连同{n}班", " and {n} more").with(desk.lang, &[("n", &missed)]);
    }
    vec![
        (shift, theme.strong()),
        (who, theme.plain()),
        (kind, theme.dim()),
        (at.map(|at| desk.zone().mdhm(at)).unwrap_or_default(), theme.dim()),
    ]
}
