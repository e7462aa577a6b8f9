//! Draws the outages, and the form that announces one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::desk::outage::{self, Entry, OutageForm, Outages};
use crate::desk::ticket::tell;
use crate::domain::base::time::Time;
use crate::domain::outage::{OutageKind, Phase};
use crate::text::labels::Labelled;
use crate::text::{Lang, t};
use crate::view::frame::layer::Draw;
use crate::view::frame::table::{Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

const COLUMNS: [Column; 5] = [
    Column::new(4, 14, Fit::End),
    Column::new(4, 12, Fit::End),
    Column::new(11, 30, Fit::End),
    Column::rest(8),
    Column::new(3, 12, Fit::End),
];

impl Draw for Outages {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = desk.say(t("停水停电停暖: 现在和 7 天内", "Outages: now and within 7 days"));
        let inside = popup::over(frame, outage::area(&desk.layout), title, &self.list.place(), theme);
        if self.list.is_empty() {
            let words = t("没有停水停电通知; a 发一条", "No outage is announced; a announces one");
            return rows::empty(desk.say(words), inside, theme, frame);
        }
        let foot = outage::ROWS_BELOW.min(inside.height);
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, desk.town.outages.get(at)?)))
            .map(|(at, row)| {
                let phase = row.outage.phase(desk.now);
                let style = match phase {
                    Phase::Running => theme.warning(),
                    Phase::Overdue => theme.danger(),
                    Phase::Planned => theme.plain(),
                    Phase::Over => theme.dim(),
                };
                rows::Row {
                    cells: vec![
                        (desk.say(phase.label()).to_owned(), style),
                        (desk.say(row.outage.kind.label()).to_owned(), theme.strong()),
                        (tell::times(desk, &row.outage), theme.plain()),
                        (row.places.join(desk.say(t("、", ", "))), theme.plain()),
                        (t("{n}户来电", "{n} rang").with(desk.lang, &[("n", &row.households)]), theme.accent()),
                    ],
                    selected: at == self.list.row(),
                    marked: false,
                }
            })
            .collect();
        let list = Rect { height: inside.height - foot, ..inside };
        rows::draw(&COLUMNS, drawn, top, list, theme, frame);
        if let Some(row) = outage::selected(desk) {
            let words = format!("{}: {}", desk.say(t("对来电人说", "Tell the caller")), tell::of_outage(desk, row));
            let lines: Vec<Line> = format::wrap(&words, usize::from(inside.width))
                .into_iter()
                .map(|line| Line::styled(line, theme.strong()))
                .collect();
            rows::lines(&lines, Rect { y: inside.y + list.height, height: foot, ..inside }, frame);
        }
    }
}

/// Cells of the labels before the boxes.
const fn label_cells(lang: Lang) -> u16 {
    match lang {
        Lang::Zh => 14,
        Lang::En => 16,
    }
}

impl Draw for OutageForm {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = match self.changes {
            None => t("停水停电通知", "Announce an outage"),
            Some(_) => t("更正通知", "Change an outage"),
        };
        let inside = popup::over(frame, outage::form_area(&desk.layout), desk.say(title), "", theme);
        let labels = label_cells(desk.lang).min(inside.width);
        let cells = inside.width - labels;
        let mut y = inside.y;
        for entry in Entry::ALL {
            let focused = top && self.entry == entry;
            let line = Rect { y, height: 1, ..inside }.intersection(inside);
            let label = format!("{}{}", if focused { "> " } else { "  " }, desk.say(entry.label()));
            rows::lines(&[Line::styled(label, if focused { theme.accent() } else { theme.dim() })], line, frame);
            let value = Rect { x: inside.x + labels, width: cells, ..line };
            let (boxed, under) = texts(desk, self, entry, cells, theme);
            let mut rows_of_box = Vec::new();
            for (at, (text, caret)) in boxed.into_iter().enumerate() {
                let row = Rect { y: value.y + u16::try_from(at).unwrap_or(0), ..value };
                if let Some(caret) = caret.filter(|_| focused && row.y < inside.bottom()) {
                    frame.set_cursor_position((row.x + caret.min(cells.saturating_sub(1)), row.y));
                }
                rows_of_box.push(text);
            }
            rows_of_box.extend(under);
            let height = u16::try_from(rows_of_box.len()).unwrap_or(0).min(inside.bottom().saturating_sub(y));
            rows::lines(&rows_of_box, Rect { height, ..value }, frame);
            y = y.saturating_add(height);
        }
    }
}

/// As many of the pieces in each row as it holds, none of them broken: a digit stays with what it chooses.
fn in_rows(pieces: impl Iterator<Item = String>, cells: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if format::width(row) + 1 + format::width(&piece) <= cells => {
                row.push(' ');
                row.push_str(&piece);
            }
            _ => rows.push(piece),
        }
    }
    rows
}

/// A row of a box, with the caret's cell where it stands in it.
type BoxRow = (Line<'static>, Option<u16>);

/// The rows of a box, and what stands under it.
fn texts(desk: &Desk, form: &OutageForm, entry: Entry, cells: u16, theme: &Theme) -> (Vec<BoxRow>, Vec<Line<'static>>) {
    let field = form.field(entry);
    let plain = |text: String, caret| (Line::styled(text, theme.plain()), caret);
    match entry {
        Entry::Kind => {
            let kinds = OutageKind::ALL.iter().enumerate().map(|(at, kind)| {
                let label = format!("{} {}", at + 1, desk.say(kind.label()));
                if *kind == form.kind { format!("[{label}]") } else { format!(" {label} ") }
            });
            let lines = in_rows(kinds, usize::from(cells));
            (lines.into_iter().enumerate().map(|(at, line)| plain(line, (at == 0).then_some(0))).collect(), Vec::new())
        }
        Entry::Places => {
            let names: Vec<&str> = form.places.iter().map(|(_, name)| name.as_str()).collect();
            let mut rows: Vec<BoxRow> = format::wrap(&names.join(desk.say(t("、", ", "))), usize::from(cells))
                .into_iter()
                .filter(|line| !line.is_empty())
                .map(|line| (Line::styled(line, theme.strong()), None))
                .collect();
            let shown = field.shown(cells);
            rows.push(plain(shown.text, Some(shown.caret)));
            (rows, candidates(desk, form, usize::from(cells), theme))
        }
        Entry::From | Entry::To => {
            let shown = field.shown(cells);
            let (from, to) = outage::read_times(form, desk.now, desk.zone());
            let read = if entry == Entry::From { from } else { to };
            (vec![plain(shown.text, Some(shown.caret))], vec![reading(desk, form, entry, read, theme)])
        }
        Entry::Words => {
            let rows = field.wrapped(cells.saturating_sub(1), 4);
            (rows.into_iter().map(|(text, caret)| plain(text, caret)).collect(), Vec::new())
        }
    }
}

/// How a time is read.
fn reading(desk: &Desk, form: &OutageForm, entry: Entry, read: Option<Time>, theme: &Theme) -> Line<'static> {
    match read {
        Some(_) if entry == Entry::From && form.field(entry).is_blank() => {
            Line::styled(desk.say(t("空着就是现在", "Empty: from now on")).to_owned(), theme.dim())
        }
        Some(time) => Line::styled(format!("= {}", say::moment(time, desk)), theme.accent()),
        None if form.field(entry).is_blank() => Line::styled(
            desk.say(t("如: 12:00, 明天 9:30, +3h", "e.g. 12:00, tomorrow 9:30, +3h")).to_owned(),
            theme.dim(),
        ),
        None => Line::styled(desk.say(t("还看不懂这个时间", "Not a time yet")).to_owned(), theme.warning()),
    }
}

fn candidates(desk: &Desk, form: &OutageForm, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    if form.entry != Entry::Places {
        return Vec::new();
    }
    if !form.picks() {
        let words = t(
            "小区或楼栋, Enter 选上再加; 空着 Enter 到下一项, 退格去掉末一个",
            "Compound or building: Enter takes it; Enter on nothing goes on, Backspace takes the last off",
        );
        return format::wrap(desk.say(words), cells).into_iter().map(|line| Line::styled(line, theme.dim())).collect();
    }
    form.hits
        .iter()
        .enumerate()
        .map(|(at, hit)| {
            let selected = form.pick.row() == at;
            let called = hit.record.called.join(" ");
            let text = format!("{}{}  {called}", if selected { "> " } else { "  " }, say::record_place(&hit.record));
            Line::styled(
                format::pad(text.trim_end(), cells),
                if selected { theme.selected(true) } else { theme.plain() },
            )
        })
        .collect()
}
