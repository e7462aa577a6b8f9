//! Draws whether enough people come: a row a compound, role and shift, a column a day.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::roster::coverage::{self, Coverage, DAYS, Row};
use crate::domain::roster::coverage::{Slot, comes};
use crate::domain::staff::query::Coverage as Answer;
use crate::text::labels::Labelled;
use crate::text::{roster, t};
use crate::view::frame::layer::Draw;
use crate::view::frame::table::{self, Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

const HEAD: [Column; 3] = [Column::new(8, 14, Fit::End), Column::new(4, 8, Fit::End), Column::new(4, 6, Fit::End)];
/// Cells of a day's column.
const DAY: usize = 6;

impl Draw for Coverage {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let missing = t("缺 {n} 人次", "short by {n}").with(desk.lang, &[("n", &self.missing())]);
        let only = if self.only_gaps { desk.say(t("  只看缺的", "  gaps only")) } else { "" };
        let title = format!("{}  {missing}{only}", desk.say(t("缺岗总表", "Coverage")));
        let inside = popup::over(frame, coverage::area(&desk.layout), &title, &self.list.place(), theme);
        let Some(answer) = &self.answer else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        if self.list.is_empty() {
            let words = if self.rows.is_empty() {
                t(
                    "还没有写要求多少人; 经理按 a 写上, 如: 康乐苑 保安 早班 2",
                    "Nothing says how many are needed; the manager adds it with a, e.g. Green Court guard early 2",
                )
            } else {
                t("哪里都不缺; o 看全部", "Nobody is missing; o shows all")
            };
            return rows::empty(desk.say(words), inside, theme, frame);
        }
        let in_sight: Vec<(usize, &Row)> =
            self.list.window().filter_map(|at| Some((at, self.rows.get(*self.list.ids().get(at)?)?))).collect();
        let heads: Vec<Vec<Cell>> = in_sight.iter().map(|(_, row)| head(desk, answer, row, theme)).collect();
        let room = usize::from(inside.width).saturating_sub(2 + DAYS * (DAY + 1));
        let widths = table::widths(&HEAD, &heads, room);
        let left: usize = widths.iter().sum::<usize>() + 2;
        let line = |y: u16| Rect { y: inside.y + y, height: 1.min(inside.height.saturating_sub(y)), ..inside };
        frame.render_widget(days(desk, self, left + 2, theme), line(0));
        for ((y, (at, row)), head) in (1..).zip(&in_sight).zip(&heads) {
            let selected = *at == self.list.row();
            let mut spans = vec![Span::styled(if selected { "> " } else { "  " }, theme.accent())];
            spans.extend(table::line(&HEAD, &widths, head).spans);
            for (column, cell) in row.cells.iter().enumerate() {
                let slot = cell.and_then(|at| Some((at, answer.slots.get(at)?)));
                let (text, style) = day_cell(desk, answer, slot, theme);
                let here = selected && column == self.column;
                let text = if here { format!("[{text}]") } else { format!(" {text} ") };
                spans.push(Span::styled(format::pad(&text, DAY + 1), if here { theme.selected(top) } else { style }));
            }
            frame.render_widget(Line::from(spans), line(y));
        }
        let below = inside.height.saturating_sub(coverage::ROWS_BELOW);
        let foot = Rect { y: inside.y + below, height: inside.height - below, ..inside };
        rows::lines(&words(desk, self, answer, usize::from(inside.width), theme), foot, frame);
    }
}

fn days(desk: &Desk, layer: &Coverage, left: usize, theme: &Theme) -> Line<'static> {
    let today = desk.zone().day(desk.now);
    let mut spans = vec![Span::raw(" ".repeat(left))];
    for day in layer.from.iter_days().take(DAYS) {
        let head = roster::day_head(day, desk.lang);
        spans.push(Span::styled(format::pad(&head, DAY + 1), if day == today { theme.accent() } else { theme.dim() }));
    }
    Line::from(spans)
}

fn head(desk: &Desk, answer: &Answer, row: &Row, theme: &Theme) -> Vec<Cell> {
    let known = row.compound.and_then(|id| answer.compounds.iter().find(|(other, _)| *other == id));
    let place = match (row.compound, known) {
        (None, _) => desk.say(t("全镇", "township")).to_owned(),
        (Some(_), known) => known.map_or(String::new(), |(_, name)| name.clone()),
    };
    vec![
        (place, theme.plain()),
        (desk.say(row.role.label()).to_owned(), theme.plain()),
        (roster::shift(&answer.names, row.template, desk.lang), theme.plain()),
    ]
}

/// `缺1`, `+1`, `2`; a mark behind it where the draft makes it so.
fn day_cell(
    desk: &Desk,
    answer: &Answer,
    slot: Option<(usize, &Slot)>,
    theme: &Theme,
) -> (String, ratatui::style::Style) {
    let Some((at, slot)) = slot else { return ("--".to_owned(), theme.dim()) };
    let draft = if answer.on_the_wall.get(at).is_some_and(|have| *have != slot.have) { "'" } else { "" };
    match (slot.missing(), slot.over()) {
        (0, 0) => (format!("{}{draft}", slot.have), theme.dim()),
        (0, over) => (format!("+{over}{draft}"), theme.accent()),
        (n, _) => (format!("{}{draft}", t("缺{n}", "-{n}").with(desk.lang, &[("n", &n)])), theme.warning()),
    }
}

/// The cell under the cursor in words, who comes, and the marks.
fn words(desk: &Desk, layer: &Coverage, answer: &Answer, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let (Some(row), Some(slot)) = (layer.row(), layer.slot()) {
        let need = slot.need;
        let at = row.cells.get(layer.column).copied().flatten();
        let wall = at.and_then(|at| answer.on_the_wall.get(at)).copied().unwrap_or(slot.have);
        let said: Vec<String> = head(desk, answer, row, theme).into_iter().map(|(text, _)| text).collect();
        let what =
            t("{day} {what} ({hours}): 要 {need}, 来 {have}", "{day} {what} ({hours}): {need} needed, {have} come")
                .with(
                    desk.lang,
                    &[
                        ("day", &roster::day_head(slot.day, desk.lang)),
                        ("what", &said.join(" ")),
                        ("hours", &roster::hours(answer.templates.minutes(need.template), desk.lang)),
                        ("need", &need.count),
                        ("have", &slot.have),
                    ],
                );
        let draft = if wall == slot.have {
            String::new()
        } else {
            t(" (已发布的 {n})", " ({n} as published)").with(desk.lang, &[("n", &wall)])
        };
        lines.push(Line::styled(format::truncate(&format!(" {what}{draft}"), cells), theme.strong()));
        let there = answer.members.iter().filter(|member| comes(&need, member, slot.day, &answer.templates));
        let names: Vec<&str> = there.map(|member| member.staff.name.reveal()).collect();
        let names = if names.is_empty() { "--".to_owned() } else { names.join(" ") };
        let who = format!(" {}: {names}", desk.say(t("谁来", "Who comes")));
        lines.push(Line::styled(format::truncate(&who, cells), theme.plain()));
    } else {
        lines.push(Line::styled(desk.say(t(" 这一天没有要求", " Nothing is needed on that day")), theme.dim()));
        lines.push(Line::default());
    }
    lines.push(Line::styled(
        desk.say(t(
            " 缺1 少一人  +1 多一人  2 正好  -- 不要求  ' 按草稿  数字: 改要求 (经理)",
            " -1 short  +1 over  2 as needed  -- none  ' by the draft  digit: set (manager)",
        )),
        theme.dim(),
    ));
    lines
}
