//! Draws the week grid: people by days, hours and nights, needs at the foot, the cell and what is wrong with it in words.
//! Every colour stands beside a mark: `*` not published, `!` a rule broken, `!!` one that must be mended, `[ ]` the cursor.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::desk::roster::grid::{Asking, COLUMNS, Grid, ROWS_BELOW, Roster, Show, edit, trade};
use crate::desk::{Desk, roster};
use crate::domain::base::calendar::DayKind;
use crate::domain::base::time::Day;
use crate::domain::roster::rules::Severity;
use crate::domain::roster::shift::Template;
use crate::domain::roster::week::Member;
use crate::domain::roster::{LeaveKind, week_name};
use crate::text::labels::Labelled;
use crate::text::{roster as words, t};
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

/// Cells for hours and for nights.
const HOURS: usize = 4;
const NIGHTS: usize = 3;

/// Widths of the columns for a width of the screen.
struct Widths {
    role: usize,
    name: usize,
    day: usize,
}

impl Widths {
    fn of(width: usize) -> Self {
        let role = if width >= 100 { 11 } else { 4 };
        let name = if width >= 70 { 8 } else { 6 };
        let left = width.saturating_sub(3 + role + name + HOURS + NIGHTS);
        Self { role, name, day: (left / COLUMNS).clamp(4, 10) }
    }
}

impl Draw for Roster {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let inside =
            popup::over(frame, roster::grid::area(&desk.layout), &title(desk, self), &self.list.place(), theme);
        let Some(grid) = &self.grid else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        if grid.week.people.is_empty() {
            let words = t("还没有员工; 先 tdesk import staff 文件", "No staff yet; first tdesk import staff FILE");
            return rows::empty(desk.say(words), inside, theme, frame);
        }
        let widths = Widths::of(usize::from(inside.width));
        let mut lines = vec![head(desk, self, grid, &widths, theme)];
        lines.extend(people(desk, self, grid, &widths, top, theme));
        let above = Rect { height: inside.height.saturating_sub(ROWS_BELOW), ..inside };
        rows::lines(&lines, above, frame);
        let below = Rect { y: inside.y + above.height, height: inside.height - above.height, ..inside };
        rows::lines(&foot(desk, self, grid, &widths, usize::from(inside.width), theme), below, frame);
    }
}

/// Cells of the frame's head that are not the title's: corners, and `12/60` at its end.
const ROOM_FOR_PLACE: usize = 14;

fn title(desk: &Desk, roster: &Roster) -> String {
    let sunday = roster.day(COLUMNS - 1);
    let mut parts = vec![
        desk.say(t("排班", "Roster")).to_owned(),
        week_name(roster.monday),
        format!("{}..{}", roster.monday.format("%m-%d"), sunday.format("%m-%d")),
    ];
    if let Some(grid) = &roster.grid {
        let changed = grid.week.differences(desk.now).len();
        parts.push(match (grid.week.is_published(), changed) {
            (false, 0) => desk.say(t("还没排", "not planned yet")).to_owned(),
            (false, 1) => desk.say(t("草稿 1 格", "draft, 1 day")).to_owned(),
            (false, n) => t("草稿 {n} 格", "draft, {n} days").with(desk.lang, &[("n", &n)]),
            (true, 0) => desk.say(t("已发布", "published")).to_owned(),
            (true, 1) => desk.say(t("已发布, 又改 1 格", "published, 1 day changed since")).to_owned(),
            (true, n) => t("已发布, 又改 {n} 格", "published, {n} days changed since").with(desk.lang, &[("n", &n)]),
        });
        match roster.show {
            Show::All => {}
            Show::Role(role) => parts.push(desk.say(role.label()).to_owned()),
            Show::Compound(id) => parts.push(grid.week.compound(id).to_owned()),
        }
    }
    let hint = desk.say(t("先请假, 再续排, 再补缺", "leave first, then carry on, then fill gaps"));
    let title = parts.join("  ");
    // Cut in the middle it would say nothing.
    let room = usize::from(roster::grid::area(&desk.layout).w).saturating_sub(ROOM_FOR_PLACE);
    if format::width(&title) + format::width(hint) + 2 <= room { format!("{title}  {hint}") } else { title }
}

fn head(desk: &Desk, roster: &Roster, grid: &Grid, widths: &Widths, theme: &Theme) -> Line<'static> {
    let today = desk.zone().day(desk.now);
    let mut spans = vec![Span::raw(" ".repeat(3 + widths.role + widths.name))];
    for column in 0..COLUMNS {
        let day = roster.day(column);
        let name = if day == today {
            t("今天{n}", "today{n}").with(desk.lang, &[("n", &day.format("%d"))])
        } else {
            words::day_head(day, desk.lang)
        };
        let style = match grid.week.calendar.kind(day) {
            _ if day == today => theme.accent(),
            _ if day < today => theme.dim(),
            DayKind::Holiday => theme.warning(),
            DayKind::Working | DayKind::Rest => theme.plain(),
        };
        let name = if grid.week.calendar.kind(day) == DayKind::Holiday { name + desk.say(t("节", "h")) } else { name };
        spans.push(Span::styled(format::pad(&format!(" {name}"), widths.day), style));
    }
    let (hours, nights) = (desk.say(t("时", "hrs")), desk.say(t("夜", "nt")));
    spans.push(Span::styled(
        format!("{}{}", format::pad_left(hours, HOURS), format::pad_left(nights, NIGHTS)),
        theme.dim(),
    ));
    Line::from(spans)
}

fn people(desk: &Desk, roster: &Roster, grid: &Grid, widths: &Widths, top: bool, theme: &Theme) -> Vec<Line<'static>> {
    let window = roster.list.window();
    let mut above = None;
    window
        .filter_map(|at| Some((at, grid.week.member(*roster.list.ids().get(at)?)?)))
        .map(|(at, member)| {
            let here = at == roster.list.row();
            let first = above.replace(member.staff.role) != Some(member.staff.role);
            let role = if first { desk.say(member.staff.role.label()) } else { "" };
            let name = member.staff.name.reveal();
            let mut spans = vec![
                Span::raw(if here { ">" } else { " " }),
                Span::styled(format::pad(role, widths.role), theme.dim()),
                Span::raw(" "),
                Span::styled(format::pad(name, widths.name), if here { theme.strong() } else { theme.plain() }),
                Span::raw(" "),
            ];
            for column in 0..COLUMNS {
                spans.push(cell(
                    desk,
                    roster,
                    grid,
                    member,
                    (column, here && column == roster.column, top),
                    widths,
                    theme,
                ));
            }
            let (minutes, nights) = grid.week.worked(member);
            let over = minutes > grid.week.rules.week_hours * 60;
            let hours = format::pad_left(&(minutes / 60).to_string(), HOURS);
            spans.push(Span::styled(hours, if over { theme.warning() } else { theme.plain() }));
            spans.push(Span::styled(format::pad_left(&nights.to_string(), NIGHTS), theme.dim()));
            Line::from(spans)
        })
        .collect()
}

fn cell(
    desk: &Desk,
    roster: &Roster,
    grid: &Grid,
    member: &Member,
    (column, cursor, top): (usize, bool, bool),
    widths: &Widths,
    theme: &Theme,
) -> Span<'static> {
    let day = roster.day(column);
    let plan = member.plan(day);
    let mut text = words::cell(&grid.week.names, &plan, desk.lang);
    let worst = grid.wrong(member.staff.id, day).map(|finding| finding.severity).max();
    let mut marks = match worst {
        Some(Severity::Hard) => "!!",
        Some(Severity::Warning) => "!",
        Some(Severity::Off) | None => "",
    }
    .to_owned();
    let changed = member.is_changed(day);
    if changed {
        marks += "*";
    }
    // However narrow it is, the marks stay.
    let room = widths.day.saturating_sub(2);
    text = format::truncate(&text, room.saturating_sub(marks.len())) + &marks;
    let fixed = grid.week.is_fixed(member, day, desk.now);
    let style = match worst {
        Some(Severity::Hard) => theme.danger(),
        Some(Severity::Warning) => theme.warning(),
        _ if changed => theme.accent(),
        _ if fixed || plan.shifts.is_empty() => theme.dim(),
        _ => theme.plain(),
    };
    let marked = roster.is_marked(member.staff.id, column);
    let style = if (cursor && top) || marked { theme.selected(true) } else { style };
    let traded = matches!(roster.asking, Asking::Swap { staff, column: at } | Asking::Cover { staff, column: at }
        if staff == member.staff.id && at == column);
    let text = if text.is_empty() && cursor { " ".to_owned() } else { text };
    let text = match (cursor, traded) {
        (true, _) => format!("[{text}]"),
        (_, true) => format!("({text})"),
        _ => format!(" {text}"),
    };
    Span::styled(format::pad(&text, widths.day), style)
}

fn foot(desk: &Desk, roster: &Roster, grid: &Grid, widths: &Widths, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![needs(desk, roster, grid, widths, theme)];
    lines.push(Line::styled(format!(" {}", edit::cell_words(desk, roster)), theme.strong()));
    let (said, style) = matters(desk, roster, grid, theme);
    let mut wrapped = format::wrap(&said, width.saturating_sub(2));
    if wrapped.len() > 2 {
        wrapped.truncate(2);
        wrapped[1] = format::more(&wrapped[1], width.saturating_sub(2));
    }
    wrapped.resize(2, String::new());
    lines.extend(wrapped.into_iter().map(|line| Line::styled(format!(" {line}"), style)));
    lines.push(match question(desk, roster) {
        Some(Ok(asked)) => Line::styled(format!(" {asked}"), theme.accent()),
        Some(Err(why)) => Line::styled(format!(" {why}"), theme.warning()),
        None => Line::styled(format!(" {}", marks(desk, grid)), theme.dim()),
    });
    lines.push(legend(desk, grid, theme));
    lines
}

/// What the marks in the cells mean, and that a night begins behind its day, where it does.
fn marks(desk: &Desk, grid: &Grid) -> String {
    let marks = desk.say(t("* 未发布  ! 违反规则  !! 必须改", "* unpublished  ! rule broken  !! must be mended"));
    let night = if grid.week.templates.minutes(Template::Night) == Template::Night.minutes() {
        desk.say(t("  夜 = 当晚 24:00 至次日 08:00", "  N = next day 00:00-08:00"))
    } else {
        ""
    };
    format!("{marks}{night}")
}

/// Who is missing, day by day, of the people looked at.
fn needs(desk: &Desk, roster: &Roster, grid: &Grid, widths: &Widths, theme: &Theme) -> Line<'static> {
    let role = roster.member().map(|member| member.staff.role);
    let label = role.map_or("", |role| desk.say(role.label()));
    let label = format!(" {}{}", label, desk.say(t("缺", " short")));
    let mut spans = vec![Span::styled(format::pad(&label, 3 + widths.role + widths.name), theme.dim())];
    for column in 0..COLUMNS {
        let missing: Vec<_> = gaps(roster, grid, roster.day(column)).collect();
        let text = match missing.as_slice() {
            [] => "--".to_owned(),
            [one] => t("{shift}缺{n}", "{shift}-{n}").with(
                desk.lang,
                &[("shift", &words::short(&grid.week.names, one.need.template, desk.lang)), ("n", &one.missing())],
            ),
            more => t("缺{n}", "-{n}").with(desk.lang, &[("n", &more.iter().map(|slot| slot.missing()).sum::<u32>())]),
        };
        let style = if missing.is_empty() { theme.dim() } else { theme.warning() };
        spans.push(Span::styled(format::pad(&format!(" {text}"), widths.day), style));
    }
    Line::from(spans)
}

/// What is missing on a day of the role under the cursor, in the compound looked at.
fn gaps<'a>(
    roster: &Roster,
    grid: &'a Grid,
    day: Day,
) -> impl Iterator<Item = &'a crate::domain::roster::coverage::Slot> + use<'a> {
    let role = roster.member().map(|member| member.staff.role);
    let show = roster.show;
    grid.slots.iter().filter(move |slot| {
        let here = match show {
            Show::Compound(id) => slot.need.compound.is_none_or(|compound| compound == id),
            Show::All | Show::Role(_) => true,
        };
        slot.day == day && slot.missing() > 0 && here && role == Some(slot.need.role)
    })
}

/// What is wrong with the cell just typed in, else with the one under the cursor; else who is missing on its day.
fn matters(desk: &Desk, roster: &Roster, grid: &Grid, theme: &Theme) -> (String, Style) {
    let day = roster.day(roster.column);
    let typed = roster.typed.and_then(|(staff, column)| Some((grid.week.member(staff)?, roster.day(column), true)));
    let here = roster.member().map(|member| (member, day, false));
    for (member, day, behind) in typed.into_iter().chain(here) {
        let found: Vec<_> = grid.wrong(member.staff.id, day).collect();
        if !found.is_empty() {
            let of = if behind {
                format!("{} {}: ", member.staff.name.reveal(), words::day_head(day, desk.lang))
            } else {
                String::new()
            };
            let hard = found.iter().any(|finding| finding.severity == Severity::Hard);
            let said: Vec<String> =
                found.iter().map(|finding| words::finding(&grid.week, member, finding, desk.lang)).collect();
            let mark = if hard { "!!" } else { "!" };
            return (format!("{mark} {of}{}", said.join("; ")), if hard { theme.danger() } else { theme.warning() });
        }
    }
    let missing: Vec<String> = gaps(roster, grid, day).map(|slot| words::gap(&grid.week, slot, desk.lang)).collect();
    if missing.is_empty() {
        return (String::new(), theme.plain());
    }
    (format!("{}: {}", words::day_head(day, desk.lang), missing.join(", ")), theme.warning())
}

/// What the next key answers, or what Enter would do.
fn question(desk: &Desk, roster: &Roster) -> Option<Result<String, String>> {
    let asked = match roster.asking {
        Asking::Nothing => {
            return roster.anchor.map(|_| {
                let (people, columns) = roster.chosen();
                let (n, days) = (people.len(), columns.count());
                Ok(t(
                    "选了 {n} 人 {days} 天: 数字、0、-、.、c、y 对整片; Esc 不选",
                    "{n} people, {days} days marked: digits, 0, -, ., c, y act on all; Esc unmarks",
                )
                .with(desk.lang, &[("n", &n), ("days", &days)]))
            });
        }
        Asking::Leave => {
            let kinds: Vec<String> = LeaveKind::ALL
                .iter()
                .zip(1..)
                .map(|(kind, digit)| format!("{digit} {}", desk.say(kind.label())))
                .collect();
            format!(
                "{} {}  0 {}",
                desk.say(t("请假:", "Leave:")),
                kinds.join("  "),
                desk.say(t("取消请假", "take it back"))
            )
        }
        Asking::Long => desk.say(t("长: 再打 白 或 夜", "Long: then 白 or 夜")).to_owned(),
        Asking::Second => desk.say(t("再加一班: 按它的数字", "One more shift: its digit")).to_owned(),
        Asking::Swap { .. } | Asking::Cover { .. } => return trade::in_words(desk, roster),
    };
    Some(Ok(asked))
}

fn legend(desk: &Desk, grid: &Grid, theme: &Theme) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    // A letter and an English word beside it would be read as one: `opost`.
    let gap = |label: &str| if label.is_ascii() && label.len() > 2 { " " } else { "" };
    let mut put = |key: String, label: String| {
        spans.push(Span::styled(key, theme.accent()));
        let label = format!("{}{label}", gap(&label));
        spans.push(Span::styled(format!("{label} "), theme.dim()));
    };
    for (template, digit) in Template::ALL.iter().zip(1..) {
        if grid.week.templates.length(*template) > 0 {
            put(digit.to_string(), words::short(&grid.week.names, *template, desk.lang));
        }
    }
    for (key, label) in [
        ("0", t("休", "off")),
        ("-", t("假", "leave")),
        (".", t("清", "clear")),
        ("+", t("加班次", "more")),
        ("o", t("岗位", "post")),
        ("y/p", t("复制粘贴", "copy")),
        ("m", t("小区", "place")),
    ] {
        put(key.to_owned(), desk.say(label).to_owned());
    }
    Line::from(spans)
}
