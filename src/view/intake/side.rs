//! Draws what stands beside the intake: who lives there, tickets of the place, outages with what to say, tickets much like it
//! nearby, standing notes, who would be sent. What "this one" means is the desk's to say.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::desk::intake::{self, Intake, SideRow, rememberable};
use crate::desk::ticket::tell;
use crate::domain::base::event::EventKind;
use crate::domain::outage::Phase;
use crate::domain::person::nickname::Whose;
use crate::domain::place::PlaceKind;
use crate::domain::roster::duty::Turn;
use crate::domain::ticket::query::{Detail, Row};
use crate::text::labels::{self, Labelled};
use crate::text::t;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};
use crate::view::place::card;

/// From this width on a ticket fits into one row.
const ONE_ROW: usize = 70;
/// Rows of a box that is low: of many members the first are shown.
const LOW: usize = 10;

/// Draws it.
pub fn draw(desk: &Desk, form: &Intake, theme: &Theme, frame: &mut Frame) {
    let area = intake::side_area(&desk.layout);
    let home = form.household.as_ref().is_none_or(|h| matches!(h.place.kind, PlaceKind::Home | PlaceKind::Shop));
    let title = if home {
        t("这户人  PgUp/PgDn 选, Ctrl+O 就是这件", "This household  PgUp/PgDn, Ctrl+O: this one")
    } else {
        t("这地方  PgUp/PgDn 选, Ctrl+O 就是这件", "This place  PgUp/PgDn, Ctrl+O: this one")
    };
    let inside = popup::over(frame, area, desk.say(title), &form.side.place(), theme);
    let (cells, height) = (usize::from(inside.width), usize::from(inside.height));
    let mut foot = who_would_be_sent(desk, form, cells);
    if height < LOW {
        foot.truncate(1);
    }
    let room = height.saturating_sub(foot.len());
    let (mut lines, selected) = lines(desk, form, cells, height < LOW, theme);
    // The row "this one" means is always in sight, whatever stands above it.
    let above = selected.saturating_sub(room);
    lines.drain(..above.min(lines.len()));
    lines.truncate(room);
    lines.extend(foot);
    rows::lines(&lines, inside, frame);
}

/// All lines, and how many there are down to the end of the selected row.
fn lines(desk: &Desk, form: &Intake, cells: usize, low: bool, theme: &Theme) -> (Vec<Line<'static>>, usize) {
    let mut lines: Vec<Line> = Vec::new();
    match &form.household {
        Some(household) => {
            lines.push(Line::styled(say::household_place(household), theme.accent()));
            let most = if low { 1 } else { 5 };
            lines.extend(
                household
                    .members
                    .iter()
                    .filter(|m| !low || form.person.is_none_or(|person| person == m.id))
                    .take(most)
                    .map(|m| card::member(desk, m, Some(m.id) == form.person, true, cells, theme)),
            );
        }
        None => {
            let words = t(
                "写上地点、姓名或电话, 这里显示住户、工单、附近同类和停水停电",
                "Type a place, name or phone: household, tickets, look-alikes nearby and outages show here",
            );
            lines.extend(format::wrap(desk.say(words), cells).into_iter().map(|line| Line::styled(line, theme.dim())));
        }
    }
    lines.extend(remember(desk, form, cells, theme));
    let mut selected = 0;
    for (at, row) in form.side.ids().iter().enumerate() {
        let chosen = at == form.side.row();
        lines.extend(side_row(desk, form, *row, chosen, cells, theme));
        if chosen {
            selected = lines.len();
        }
    }
    if let Some(household) = &form.household {
        lines.extend(card::notes(desk, household, theme));
    }
    (lines, selected)
}

/// The line that offers to keep what people call somebody.
fn remember(desk: &Desk, form: &Intake, cells: usize, theme: &Theme) -> Option<Line<'static>> {
    let (spoken, whose) = rememberable(form)?;
    let household = form.household.as_ref()?;
    let whom = match whose {
        Whose::Person(id) => household.members.iter().find(|m| m.id == id)?.person.name.reveal().to_owned(),
        Whose::Place(_) => say::household_place(household),
    };
    let words = t("Ctrl+N 记住: 「{spoken}」就是{whom}", "Ctrl+N remembers: \"{spoken}\" is {whom}")
        .with(desk.lang, &[("spoken", &spoken), ("whom", &whom)]);
    Some(Line::styled(format::truncate(&words, cells), theme.good()))
}

fn side_row(desk: &Desk, form: &Intake, row: SideRow, chosen: bool, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let label = intake::meaning(desk, form, row).map_or("", |meaning| desk.say(meaning.label()));
    let mark = if chosen { "> " } else { "  " };
    let style = if chosen { theme.strong() } else { theme.plain() };
    match row {
        SideRow::Own(id) | SideRow::Alike(id) => {
            let Some(ticket) = intake::ticket_of(form, id) else { return Vec::new() };
            let place = nearness(desk, form, row, ticket);
            let words = ticket.ticket.words.replace('\n', " ");
            let facts = facts(desk, ticket);
            let mut lines = if cells >= ONE_ROW {
                let left = format!("{mark}{place} {} ", ticket.ticket.number.short());
                let right = format!(" {facts} {label}");
                let room = cells.saturating_sub(format::width(&left) + format::width(&right));
                vec![Line::styled(format!("{left}{}{right}", format::pad(&words, room)), style)]
            } else {
                let left = format!("{mark}{place} {} ", ticket.ticket.number.short());
                let room = cells.saturating_sub(format::width(&left) + format::width(label) + 1);
                vec![
                    Line::from(vec![
                        Span::styled(format!("{left}{} ", format::pad(&words, room)), style),
                        Span::styled(label.to_owned(), theme.accent()),
                    ]),
                    Line::styled(format::truncate(&format!("    {facts}"), cells), theme.dim()),
                ]
            };
            if chosen && let Some(detail) = form.ended.as_ref().filter(|detail| detail.row.id == id) {
                lines.extend(set_in(&ended(desk, detail), cells, theme.good()));
            }
            lines
        }
        SideRow::Outage(id) => {
            let Some(row) = desk.town.outages.iter().find(|row| row.id == id) else { return Vec::new() };
            let style = if row.outage.phase(desk.now) == Phase::Over { theme.dim() } else { theme.warning() };
            let what = tell::outage(desk, row);
            let households = t("{n}户", "{n} hh").with(desk.lang, &[("n", &row.households)]);
            let right = format!(" {households} {label}");
            let room = cells.saturating_sub(format::width(mark) + format::width(&right));
            let mut lines = vec![Line::styled(format!("{mark}{}{right}", format::pad(&what, room)), style)];
            let words = format!("{}: {}", desk.say(t("对来电人说", "Tell the caller")), tell::of_outage(desk, row));
            lines.extend(set_in(&words, cells, theme.strong()));
            lines
        }
    }
}

/// Words under the row they belong to.
fn set_in(words: &str, cells: usize, style: Style) -> impl Iterator<Item = Line<'static>> {
    const INDENT: &str = "    ";
    let lines = format::wrap(words, cells.saturating_sub(INDENT.len()));
    lines.into_iter().map(move |line| Line::styled(format!("{INDENT}{line}"), style))
}

/// Where a ticket is as seen from the place in hand: `本户`, `同单元 3-2-502`.
fn nearness(desk: &Desk, form: &Intake, row: SideRow, ticket: &Row) -> String {
    let home = form.household.as_ref().is_some_and(|h| matches!(h.place.kind, PlaceKind::Home | PlaceKind::Shop));
    match row {
        SideRow::Alike(id) => {
            let near = form.alike.iter().find(|one| one.row.id == id).map_or("", |one| desk.say(one.near.label()));
            format!("{near} {}", say::spot(ticket)).trim().to_owned()
        }
        _ if home => desk.say(t("本户", "here")).to_owned(),
        _ => desk.say(t("这里", "here")).to_owned(),
    }
}

/// Age, state, handler, how many are affected.
fn facts(desk: &Desk, row: &Row) -> String {
    let ticket = &row.ticket;
    let mut parts = vec![desk.say(labels::status_in_short(ticket.status)).to_owned()];
    if let Some(name) = &row.assignee {
        parts.push(name.reveal().to_owned());
    }
    parts.push(match ticket.closed_at {
        Some(at) => t("{ago}结束", "ended {ago}").with(desk.lang, &[("ago", &tell::ago(desk, at))]),
        None => tell::ago(desk, ticket.opened_at),
    });
    if ticket.also_affected > 0 {
        parts.push(t("同报{n}", "{n} also").with(desk.lang, &[("n", &ticket.also_affected)]));
    }
    if ticket.chases > 0 {
        parts.push(t("催{n}", "asked {n}x").with(desk.lang, &[("n", &ticket.chases)]));
    }
    parts.join(" ")
}

/// What was done to an ended ticket: result, time on site, who rang back.
fn ended(desk: &Desk, detail: &Detail) -> String {
    let ticket = &detail.row.ticket;
    let result = if ticket.result.is_empty() { "--".to_owned() } else { ticket.result.replace('\n', " ") };
    let mut parts = vec![format!("{}: {result}", desk.say(t("结果", "Result")))];
    if let Some(at) = ticket.contacted_at {
        parts.push(t("{at} 到场", "on site {at}").with(desk.lang, &[("at", &desk.zone().mdhm(at))]));
    }
    let rung =
        detail.timeline.iter().rev().find(|entry| matches!(entry.kind, EventKind::CalledBack | EventKind::Closed));
    if let Some(entry) = rung {
        parts.push(t("{by} 回访", "rung back by {by}").with(desk.lang, &[("by", &entry.by)]));
    }
    if ticket.reopened > 0 {
        parts.push(t("重办过 {n} 次", "reopened {n}x").with(desk.lang, &[("n", &ticket.reopened)]));
    }
    parts.join("; ")
}

fn who_would_be_sent(desk: &Desk, form: &Intake, cells: usize) -> Vec<Line<'static>> {
    let best = form.candidates.first().filter(|best| best.turn() != Turn::Other);
    let Some(best) = best else { return Vec::new() };
    let text = t("会派: {name} {role}  {why}", "Would send: {name}, {role}  {why}").with(
        desk.lang,
        &[("name", &best.name.reveal()), ("role", &desk.say(best.role.label())), ("why", &say::why_send(desk, best))],
    );
    format::wrap(&text, cells).into_iter().map(Line::from).collect()
}
