//! Draws the intake: the boxes on the left with their candidates. What the clerk should know stands on the right, in `side`.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::desk::intake::{self, Entry, Intake, Mode, matching, proposed_category, script_of};
use crate::domain::base::clean::half_width;
use crate::domain::base::find::{FindKind, Hit};
use crate::domain::base::time::{Lean, parse};
use crate::domain::ticket::category::Category;
use crate::domain::ticket::op::sorted;
use crate::domain::ticket::priority::{Raise, steps};
use crate::domain::ticket::{Ticket, clock};
use crate::text::labels::{self, Labelled};
use crate::text::{Lang, t};
use crate::view::find;
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};
use crate::view::intake::side;

/// Cells of the labels before the boxes.
const fn label_cells(lang: Lang) -> u16 {
    match lang {
        Lang::Zh => 10,
        Lang::En => 14,
    }
}

impl Draw for Intake {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let area = intake::area(&desk.layout);
        let title = match &self.mode {
            Mode::New if !self.root_of.is_empty() => {
                t("登记  专项排查, 连着 {n} 张工单", "New report  root cause of {n} tickets")
                    .with(desk.lang, &[("n", &self.root_of.len())])
            }
            Mode::New => t("登记  {channel} (Ctrl+T 换)  {at}", "New report  by {channel} (Ctrl+T)  {at}")
                .with(desk.lang, &[("channel", &desk.say(self.channel.label())), ("at", &desk.zone().hm(desk.now))]),
            Mode::Correct(before) => format!("{} {}", desk.say(t("更正", "Edit")), before.row.ticket.number.short()),
        };
        let inside = popup::over(frame, area, &title, "", theme);
        boxes(desk, self, top, inside, theme, frame);
        side::draw(desk, self, theme, frame);
    }
}

/// Rows a long text is shown in, where there is no room for more.
const ROWS: usize = 3;

/// A row of the form: a row of a box, the first with its label, or a line under one.
enum FormRow {
    Box { entry: Entry, first: bool, text: String, caret: Option<u16> },
    Under(Line<'static>),
}

/// The boxes from the top, each followed by what belongs to it. The rows under a box push the next ones down, so the
/// candidates never hide what was typed; where not all fit, the box with the caret and its candidates do.
fn boxes(desk: &Desk, form: &Intake, top: bool, inside: Rect, theme: &Theme, frame: &mut Frame) {
    let label_cells = label_cells(desk.lang).min(inside.width);
    let cells = inside.width - label_cells;
    let (mut all, mut caret_row, mut with_candidates) = (Vec::new(), 0, 0);
    // The words take what the other boxes leave.
    let others = form.entries().into_iter().map(|entry| {
        let own = if entry == Entry::Words { 0 } else { texts(form, entry, cells, ROWS).len() };
        let below = usize::from(cells);
        own + other(desk, form, entry, below, theme).len() + under(desk, form, entry, below, theme).len()
    });
    let free = usize::from(inside.height).saturating_sub(others.sum()).max(ROWS);
    for entry in form.entries() {
        let most = if entry == Entry::Words { free } else { ROWS };
        for (i, (text, caret)) in texts(form, entry, cells, most).into_iter().enumerate() {
            let caret = caret.filter(|_| top && form.entry == entry);
            if caret.is_some() {
                caret_row = all.len();
            }
            all.push(FormRow::Box { entry, first: i == 0, text, caret });
        }
        all.extend(other(desk, form, entry, usize::from(cells), theme).into_iter().map(FormRow::Under));
        all.extend(under(desk, form, entry, usize::from(cells), theme).into_iter().map(FormRow::Under));
        if entry == form.entry {
            with_candidates = all.len();
        }
    }
    let above = with_candidates.saturating_sub(usize::from(inside.height)).min(caret_row);
    for (y, row) in (inside.top()..inside.bottom()).zip(all.into_iter().skip(above)) {
        let line = Rect { y, height: 1, ..inside };
        let value = Rect { x: line.x + label_cells, width: cells, ..line };
        match row {
            FormRow::Box { entry, first, text, caret } => {
                if first {
                    label(desk, entry, top && form.entry == entry, line, theme, frame);
                }
                rows::lines(
                    &[Line::from(Span::styled(text, theme.typed(form.field(entry).is_proposed())))],
                    value,
                    frame,
                );
                if let Some(caret) = caret.filter(|_| frame.area().contains((value.x, y).into())) {
                    frame.set_cursor_position((value.x + caret.min(cells.saturating_sub(1)), y));
                }
            }
            FormRow::Under(text) => rows::lines(&[text], value, frame),
        }
    }
}

/// A box's text: the words and the note in as many rows as they need up to a few, the others in one.
fn texts(form: &Intake, entry: Entry, cells: u16, most: usize) -> Vec<(String, Option<u16>)> {
    let field = form.field(entry);
    if matches!(entry, Entry::Words | Entry::Note) {
        // A cell is left at the end, so that the caret behind the last character stays in its row.
        return field.wrapped(cells.saturating_sub(1), most);
    }
    let shown = field.shown(cells);
    vec![(shown.text, Some(shown.caret))]
}

fn label(desk: &Desk, entry: Entry, focused: bool, line: Rect, theme: &Theme, frame: &mut Frame) {
    let cells = usize::from(label_cells(desk.lang)).saturating_sub(2);
    let text = format!("{}{}", if focused { "> " } else { "  " }, format::pad(desk.say(entry.label()), cells));
    rows::lines(&[Line::styled(text, if focused { theme.accent() } else { theme.dim() })], line, frame);
}

/// What another desk wrote into a box typed into here as well.
fn other(desk: &Desk, form: &Intake, entry: Entry, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let Some(other) = form.other(entry) else { return Vec::new() };
    let other = if other.is_empty() { desk.say(t("(空)", "(empty)")) } else { other };
    let words = format!("{}: {other}", desk.say(t("另一台", "other desk")));
    format::wrap(&words, cells).into_iter().map(|line| Line::styled(line, theme.warning())).collect()
}

/// What stands under a box.
fn under(desk: &Desk, form: &Intake, entry: Entry, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let focused = form.entry == entry;
    match entry {
        Entry::Place if focused && form.picks_place() => candidates(desk, form, cells, theme),
        Entry::Place if focused => offered(desk, form, cells, theme),
        Entry::Words => script(desk, form, cells, theme),
        Entry::Category => category(desk, form, focused, cells, theme),
        Entry::Appointment | Entry::OuterDue => {
            let text = form.field(entry).trimmed();
            if text.is_empty() {
                return Vec::new();
            }
            let read = parse(text, desk.now, desk.zone(), Lean::Future);
            vec![match read {
                Some(time) => Line::styled(format!("= {}", say::moment(time, desk)), theme.accent()),
                None => Line::styled(desk.say(t("还看不懂这个时间", "Not a time yet")), theme.warning()),
            }]
        }
        _ => Vec::new(),
    }
}

/// What one key would fill in, while nothing is written.
fn offered(desk: &Desk, form: &Intake, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let Some(label) = intake::offered(form) else { return Vec::new() };
    let words = t("Ctrl+F 填入 {place}", "Ctrl+F fills in {place}").with(desk.lang, &[("place", &label)]);
    format::wrap(&words, cells).into_iter().map(|line| Line::styled(line, theme.dim())).collect()
}

/// Places that fit what is typed; the last row keeps the words as they are.
fn candidates(desk: &Desk, form: &Intake, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let typed = t("按原话记下: {words}", "Keep as typed: {words}")
        .with(desk.lang, &[("words", &form.field(Entry::Place).trimmed())]);
    let selected = |i| form.pick.selected() == Some(i);
    let hits = form.hits.iter().enumerate().map(|(i, hit)| candidate(desk, form, hit, selected(i)));
    hits.chain(std::iter::once(typed))
        .enumerate()
        .map(|(i, text)| {
            let selected = selected(i);
            let text = format::pad(&format!("{}{text}", if selected { "> " } else { "  " }), cells);
            Line::styled(text, if selected { theme.selected(true) } else { theme.plain() })
        })
        .collect()
}

/// The one under the cursor is in hand, and named; of the others only what was typed is shown.
fn candidate(desk: &Desk, form: &Intake, hit: &Hit, selected: bool) -> String {
    let record = &hit.record;
    let typed = half_width(form.field(Entry::Place).trimmed());
    let name = match &record.name {
        Some(name) if selected => name.reveal().to_owned(),
        Some(_) => find::who(record, &typed),
        // The place itself is in the list, too.
        None if record.kind == Some(FindKind::Alias) => {
            record.called.first().map(|called| format!("「{called}」")).unwrap_or_default()
        }
        None => String::new(),
    };
    let mut text = say::record_place(record);
    for part in [name, find::phone(record, &typed)].iter().filter(|part| !part.is_empty()) {
        text += &format!("  {part}");
    }
    let why: Vec<&str> = hit.why.iter().take(2).map(|why| desk.say(labels::why(record.kind, *why))).collect();
    format!("{text}  ({})", why.join(desk.say(t("、", ", "))))
}

/// In a category of danger: what the caller is told first.
fn script(desk: &Desk, form: &Intake, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let danger = intake::danger_of(form, desk.town.categories());
    let heard = danger.map(|danger| danger.words.join(desk.say(t("、", ", "))));
    let Some((category, told)) = script_of(form, desk.town.categories()) else {
        let denied = intake::denied(form, desk.town.categories());
        let denied = (!denied.is_empty()).then(|| {
            t(
                "听到「{heard}」, 已说不是危险 (Ctrl+D 改回)",
                "Heard \"{heard}\", said to be no danger (Ctrl+D takes it back)",
            )
            .with(desk.lang, &[("heard", &denied.join(desk.say(t("、", ", "))))])
        });
        let lines = denied.iter().flat_map(|words| format::wrap(words, cells));
        return lines.map(|line| Line::styled(line, theme.dim())).collect();
    };
    let words = say::script(desk, Some(category)).unwrap_or_default();
    let wrap = |words: &str, style| {
        let lines = format::wrap(words, cells).into_iter();
        lines.map(move |line| Line::styled(line, style)).collect::<Vec<_>>()
    };
    let mut lines = wrap(&words, theme.danger());
    if let Some(heard) = heard.filter(|_| form.is_new()) {
        let why = t("听到「{heard}」; 不是危险按 Ctrl+D", "Heard \"{heard}\"; not danger: Ctrl+D")
            .with(desk.lang, &[("heard", &heard)]);
        lines.extend(wrap(&why, theme.warning()));
    }
    lines.extend(match told {
        Some(at) => wrap(&say::told_script(desk, at), theme.good()),
        None if form.is_new() => {
            wrap(desk.say(t("说完按 Ctrl+G 记下时间", "Said? Ctrl+G keeps the time")), theme.warning())
        }
        None => Vec::new(),
    });
    lines
}

/// The category meant, with priority and both due times; while it is typed, those that fit.
fn category(desk: &Desk, form: &Intake, focused: bool, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let all = desk.town.categories();
    let name = |category: &Category| match desk.lang {
        Lang::Zh => format!("{} {}", category.code, category.zh),
        Lang::En => format!("{} {}", category.code, category.en),
    };
    let mut lines = Vec::new();
    let typed = form.field(Entry::Category).trimmed();
    if focused && !form.category_pick.is_empty() && matching(typed, all).len() > 1 {
        for at in form.category_pick.window() {
            let Some(category) = form.category_pick.ids().get(at).and_then(|&i| all.get(i)) else { continue };
            let selected = at == form.category_pick.row();
            let text = format::pad(&format!("{}{}", if selected { "> " } else { "  " }, name(category)), cells);
            lines.push(Line::styled(text, if selected { theme.selected(true) } else { theme.plain() }));
        }
    }
    if let Some(category) = proposed_category(form, all) {
        let (care, flags) = intake::care(form);
        let ticket = match &form.mode {
            // Sorted as it was, it is due as it was.
            Mode::Correct(detail) if detail.row.ticket.category == category.code => detail.row.ticket.clone(),
            Mode::Correct(detail) => sorted(category, detail.row.ticket.opened_at, care, desk.calendar()),
            Mode::New => sorted(category, desk.now, care, desk.calendar()),
        };
        let ticket = Ticket { outer_due: intake::outer_due(desk, form), ..ticket };
        let halved = say::halved(desk, steps(ticket.base_priority, ticket.raised));
        let why = match ticket.raised.has(Raise::Care) {
            true => format!(" ({}{halved})", labels::care(&flags, desk.lang)),
            false => String::new(),
        };
        let roles: Vec<&str> = category.roles.iter().map(|role| desk.say(role.label())).collect();
        let mark = if typed.is_empty() { desk.say(t("建议 ", "proposed ")) } else { "" };
        let text = t(
            "{mark}{name}  {roles}  {code} {priority}{why}: {respond}前到, {resolve}前办好",
            "{mark}{name}  {roles}  {code} {priority}{why}: on site by {respond}, done by {resolve}",
        )
        .with(
            desk.lang,
            &[
                ("mark", &mark),
                ("name", &name(category)),
                ("roles", &roles.join("/")),
                ("code", &ticket.priority.code()),
                ("priority", &desk.say(ticket.priority.label())),
                ("why", &why),
                ("respond", &say::moment(clock::contact_by(&ticket), desk)),
                ("resolve", &say::moment(clock::solved_by(&ticket), desk)),
            ],
        );
        lines.extend(format::wrap(&text, cells).into_iter().map(|line| Line::styled(line, theme.accent())));
    }
    lines
}
