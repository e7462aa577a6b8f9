//! The line at the top: where, who, which shift and how long it lasts, the figures that matter, the clock.
//! It counts nothing itself. Where the screen is narrow the lesser parts are left out.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::domain::handover::overtime;
use crate::domain::outage::Phase;
use crate::domain::ticket::around::OutageRow;
use crate::text::labels::Labelled;
use crate::text::{Text, t};
use crate::view::frame::format;
use crate::view::frame::popup::rect;
use crate::view::frame::theme::Theme;

/// A part of the line; of those that do not fit, the one with the highest rank goes first.
struct Part {
    rank: u8,
    text: String,
    style: Style,
}

/// Draws it.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    let area = rect(desk.layout.header).intersection(frame.area());
    let clock = format!(" {} ", desk.zone().hm(desk.now));
    let room = usize::from(area.width).saturating_sub(format::width(&clock) + 1);
    let mut parts = parts(desk, theme);
    let total = |parts: &[Part]| parts.iter().map(|part| format::width(&part.text) + 2).sum::<usize>();
    while total(&parts) > room {
        let Some(rank) = parts.iter().map(|part| part.rank).max().filter(|rank| *rank > 0) else { break };
        parts.retain(|part| part.rank != rank);
    }
    let mut spans = vec![Span::raw(" ")];
    for part in parts {
        spans.push(Span::styled(part.text, part.style));
        spans.push(Span::raw("  "));
    }
    frame.render_widget(Line::from(spans), area);
    frame.render_widget(Line::from(Span::styled(clock, theme.strong())).right_aligned(), area);
}

fn parts(desk: &Desk, theme: &Theme) -> Vec<Part> {
    let header = desk.town.header;
    let part = |rank, text: String, style| Part { rank, text, style };
    let count = |rank, label: Text, n: u32, style: Style| {
        let style = if n == 0 { theme.dim() } else { style };
        part(rank, format!("{} {n}", desk.say(label)), style)
    };
    let mut parts = vec![part(0, title(desk), theme.accent()), part(5, shift(desk), theme.plain())];
    if let Some(words) = desk.file_trouble() {
        parts.push(part(0, words.to_owned(), theme.danger()));
    }
    if desk.town.township.is_none() {
        return parts;
    }
    if header.damaged {
        parts.push(part(0, desk.say(t("文件损坏：只读", "file damaged: read only")).to_owned(), theme.danger()));
    }
    if desk.wrong_clock().is_some() {
        parts.push(part(0, desk.say(t("时间不对?", "clock wrong?")).to_owned(), theme.danger()));
    }
    parts.extend([
        count(1, t("待办", "open"), header.open, theme.strong()),
        count(0, t("超时", "late"), header.late, theme.danger()),
        count(2, t("将到", "soon"), header.soon, theme.warning()),
        count(6, t("今日收", "taken"), header.taken_today, theme.plain()),
        count(6, t("办结", "done"), header.resolved_today, theme.plain()),
        count(3, t("暂存", "parked"), header.parked, theme.warning()),
    ]);
    parts.extend(outages(desk).map(|text| part(4, text, theme.warning())));
    if let Some(at) = header.last_backup {
        parts.push(part(7, format!("{} {}", desk.say(t("备份", "backup")), say::moment(at, desk)), theme.dim()));
    }
    parts
}

/// What is cut off now: `停水 康乐苑 3号楼`, with how many more outages run.
fn outages(desk: &Desk) -> Option<String> {
    let running = |row: &&OutageRow| matches!(row.outage.phase(desk.now), Phase::Running | Phase::Overdue);
    let mut rows = desk.town.outages.iter().filter(running);
    let first = rows.next()?;
    let place = first.places.first().map_or("", String::as_str);
    let more = first.places.len().saturating_sub(1) + rows.count();
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    Some(format!("{} {place}{more}", desk.say(first.outage.kind.label())))
}

/// Narrower than this the line says only the township's name.
const WIDE: u16 = 100;

fn title(desk: &Desk) -> String {
    let what = desk.say(t("物业客服台", " service desk"));
    match &desk.town.township {
        Some(township) => {
            let sample = if township.sample { desk.say(t("示例 ", "sample ")) } else { "" };
            format!("{sample}{}{}", township.name, if desk.layout.screen.w < WIDE { "" } else { what })
        }
        None => what.trim().to_owned(),
    }
}

/// `李敏 早班 剩1小时28分`.
fn shift(desk: &Desk) -> String {
    if let Some(words) = over(desk) {
        return words;
    }
    let turns = desk.turns();
    let turn = turns.at(desk.now);
    let (_, to) = turns.span(turn);
    let minutes = desk.now.minutes_to(to).max(0);
    let narrow = desk.layout.screen.w < WIDE;
    let left = if narrow { say::span(minutes, desk.lang) } else { say::long_span(minutes, desk.lang) };
    let words = if narrow {
        t("{name} {shift}剩{left}", "{name}, {shift} {left}")
    } else {
        t("{name} {shift} 剩{left}", "{name}, {shift} shift, {left} left")
    };
    words.with(desk.lang, &[("name", &desk.operator.name), ("shift", &desk.say(turn.1.label())), ("left", &left)])
}

/// `李敏 早班 超班25分`, while a shift that has ended is not handed over.
fn over(desk: &Desk) -> Option<String> {
    let due = desk.turns().due(Some(desk.town.header.handed_over?), desk.now);
    let minutes = overtime(due.ends, desk.now)?;
    Some(t("{name} {shift} 超班{n}", "{name}, {shift} {n} over").with(
        desk.lang,
        &[
            ("name", &desk.operator.name),
            ("shift", &desk.say(due.turn.1.label())),
            ("n", &say::span(minutes, desk.lang)),
        ],
    ))
}
