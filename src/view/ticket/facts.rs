//! A ticket as lines: what it is, where, who reported, its clock, its words. Preview and opened ticket share them.
//! Names and phones are masked unless the caller says they may be shown.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::domain::base::event::EventKind;
use crate::domain::person::{PersonName, Phone};
use crate::domain::ticket::clock::{appointment_due, ask_due, silent, standing};
use crate::domain::ticket::priority::proposes_danger;
use crate::domain::ticket::query::{Detail, Entry, Held};
use crate::domain::ticket::{Channel, Missing, Status, Ticket, fee};
use crate::text::labels::Labelled;
use crate::text::{referral, t};
use crate::view::frame::format;
use crate::view::frame::theme::Theme;

/// Facts that belong together and may share a line.
type Group = Vec<Vec<Span<'static>>>;

/// The facts of a ticket in `cells` cells, masked, its words in two rows.
pub fn lines(desk: &Desk, detail: &Detail, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    const WORDS: usize = 2;
    let ticket = &detail.row.ticket;
    let mut lines = before(desk, detail, false, cells, theme);
    let words = format::wrap(&format!("「{}」", ticket.words), cells);
    let more = words.len() > WORDS;
    for (i, line) in words.into_iter().take(WORDS).enumerate() {
        let text = if more && i + 1 == WORDS { format::more(&line, cells) } else { line };
        lines.push(Line::styled(text, theme.strong()));
    }
    if !ticket.result.is_empty() {
        let result = format!("{}: {}", desk.say(t("结果", "Result")), ticket.result.replace('\n', " "));
        lines.push(Line::styled(format::truncate(&result, cells), theme.good()));
    }
    lines.extend(after(desk, detail, false, cells, theme));
    lines
}

/// Where and who: what stands before the words.
pub fn before(desk: &Desk, detail: &Detail, full: bool, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    flow(reporter(desk, detail, full, theme), cells)
}

/// Clocks, handler, what is out of the ordinary: what stands behind the words.
pub fn after(desk: &Desk, detail: &Detail, full: bool, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = flow(clock(desk, &detail.row.ticket, theme), cells);
    lines.extend(flow(handler(desk, detail, full, theme), cells));
    lines.extend(flow(marks(desk, detail, theme), cells));
    lines.extend(flow(around(desk, detail, theme), cells));
    lines
}

/// Puts groups of spans behind each other, a new line where the next one does not fit.
fn flow(groups: Group, cells: usize) -> Vec<Line<'static>> {
    const GAP: &str = "   ";
    let mut lines: Vec<Line<'static>> = Vec::new();
    for group in groups {
        let width: usize = group.iter().map(Span::width).sum();
        match lines.last_mut() {
            Some(line) if line.width() + GAP.len() + width <= cells => {
                line.spans.push(Span::raw(GAP));
                line.spans.extend(group);
            }
            _ => lines.push(Line::from(group)),
        }
    }
    lines
}

/// The title of a ticket's box: number, category, priority, status.
pub fn title(desk: &Desk, detail: &Detail) -> String {
    let ticket = &detail.row.ticket;
    format!(
        "{}  {}  {}  {}",
        ticket.number.short(),
        say::category(&ticket.category, desk),
        say::priority(ticket, desk),
        say::status(ticket, desk)
    )
}

/// One line of the timeline; who is also affected is named only in full. Where it was given to somebody, how long he had it.
pub fn entry(desk: &Desk, entry: &Entry, held: Option<&Held>, full: bool, theme: &Theme) -> Line<'static> {
    let zone = desk.zone();
    let same_day = zone.day(entry.at) == zone.day(desk.now);
    let at = if same_day { format!("      {}", zone.hm(entry.at)) } else { zone.mdhm(entry.at) };
    let mut spans = vec![
        Span::styled(format!("{at} "), theme.dim()),
        Span::styled(desk.say(entry.kind.label()).to_owned(), theme.accent()),
    ];
    if let Some(staff) = &entry.staff {
        spans.push(Span::raw(format!(" {}", staff.reveal())));
    }
    if let Some(held) = held {
        spans.push(Span::styled(format!("  {}", say::held(held, desk)), theme.warning()));
    }
    if let Some(fact) = entry.fact {
        spans.push(Span::raw(format!(" {}", say::fact(fact, desk))));
    }
    let note = match entry.kind {
        EventKind::Joined => format!("{} {}", joined(entry, full), entry.note.replace('\n', " ")).trim().to_owned(),
        _ => entry.note.replace('\n', " "),
    };
    if !note.is_empty() {
        spans.push(Span::raw(format!(" 「{note}」")));
    }
    if let Some(at) = entry.warned_at {
        let words = t("  已告知危险提示 {at}", "  danger words told {at}").with(desk.lang, &[("at", &zone.hm(at))]);
        spans.push(Span::styled(words, theme.warning()));
    }
    spans.push(Span::styled(format!("  {}", entry.by), theme.dim()));
    Line::from(spans)
}

/// Name and phone of one more household, masked unless in full.
fn joined(entry: &Entry, full: bool) -> String {
    let name = entry.name.as_ref().map(|name| if full { name.reveal().to_owned() } else { name.masked() });
    let phone = entry.phone.as_ref().map(|phone| if full { phone.spoken() } else { phone.masked() });
    name.into_iter().chain(phone).collect::<Vec<_>>().join(" ")
}

fn reporter(desk: &Desk, detail: &Detail, full: bool, theme: &Theme) -> Group {
    let name = |name: &PersonName| if full { name.reveal().to_owned() } else { name.masked() };
    let phone = |phone: &Phone| if full { phone.spoken() } else { phone.masked() };
    let mut groups = vec![vec![Span::styled(say::place(&detail.row), theme.strong())]];
    let mut who: Vec<Span> = detail.reporter.iter().map(|reporter| Span::raw(name(reporter))).collect();
    for care in detail.care.care() {
        who.push(Span::styled(format!(" {}", desk.say(care.label())), theme.warning()));
    }
    groups.push(who);
    if let Some(number) = &detail.phone {
        let mut spans = vec![Span::styled(phone(number), theme.accent())];
        if !full {
            spans.push(Span::styled(desk.say(t(" (Enter 全显)", " (Enter shows all)")), theme.dim()));
        }
        groups.push(spans);
    }
    groups.retain(|group| group.iter().any(|span| !span.content.is_empty()));
    groups
}

/// How the time left is drawn: late, soon, or neither.
pub fn due_style(desk: &Desk, ticket: &Ticket, theme: &Theme) -> Style {
    let standing = standing(ticket, desk.now);
    let expected = appointment_due(ticket, desk.now);
    if standing.late() || expected.is_some_and(|at| at <= desk.now) {
        theme.danger()
    } else if standing.soon() || standing.review_due(desk.now) || expected.is_some() || ask_due(ticket, desk.now) {
        theme.warning()
    } else {
        theme.plain()
    }
}

/// Both clocks, each as done or due, and how it stands.
fn clock(desk: &Desk, ticket: &Ticket, theme: &Theme) -> Group {
    let at = |time| say::moment(time, desk);
    let response = match ticket.contacted_at {
        Some(done) => t("响应 {by}前 -> {done}", "respond by {by} -> {done}")
            .with(desk.lang, &[("by", &at(ticket.respond_by)), ("done", &at(done))]),
        None => t("响应 {by}前", "respond by {by}").with(desk.lang, &[("by", &at(ticket.respond_by))]),
    };
    let resolution = match ticket.resolved_at {
        Some(done) => t("办结 {by}前 -> {done}", "solve by {by} -> {done}")
            .with(desk.lang, &[("by", &at(ticket.resolve_by)), ("done", &at(done))]),
        None => t("办结 {by}前", "solve by {by}").with(desk.lang, &[("by", &at(ticket.resolve_by))]),
    };
    let style = due_style(desk, ticket, theme);
    let mut groups = vec![
        vec![Span::raw(response)],
        vec![Span::raw(resolution), Span::raw("   "), Span::styled(say::due(ticket, desk), style)],
    ];
    if let Some(since) = ticket.paused_at {
        let words = t("{at} 起停表, 时限顺延", "stopped since {at}, due times move on");
        groups.push(vec![Span::styled(words.with(desk.lang, &[("at", &at(since))]), theme.warning())]);
    }
    if let Some(outer) = ticket.outer_due {
        let words = t("12345 期限 {at}前", "12345 deadline {at}").with(desk.lang, &[("at", &at(outer))]);
        let over = ticket.status.open() && outer < desk.now;
        let first = ticket.status.open() && outer < ticket.resolve_by;
        let style = if over {
            theme.danger()
        } else if first {
            theme.warning()
        } else {
            theme.plain()
        };
        groups.push(vec![Span::styled(words, style)]);
    }
    groups
}

fn handler(desk: &Desk, detail: &Detail, full: bool, theme: &Theme) -> Group {
    let ticket = &detail.row.ticket;
    let mut spans = vec![Span::styled(format!("{}: ", desk.say(t("处理人", "Handler"))), theme.dim())];
    match (&detail.row.assignee, &detail.next_owner) {
        (Some(name), _) => {
            spans.push(Span::raw(name.reveal().to_owned()));
            if let Some(phone) = detail.assignee_phone.as_ref().filter(|_| full) {
                spans.push(Span::styled(format!(" {}", phone.spoken()), theme.accent()));
            }
            if let Some(at) = ticket.assigned_at {
                spans.push(Span::styled(format!(" ({})", say::moment(at, desk)), theme.dim()));
            }
            if let Some(told) = told(desk, ticket, theme) {
                spans.push(told);
            }
        }
        (None, Some(next)) => spans.push(Span::raw(
            t("退回, 下一个找 {name}", "given back, next {name}").with(desk.lang, &[("name", &next.reveal())]),
        )),
        (None, None) => spans.push(Span::styled("--", theme.dim())),
    }
    let channel = format!("{} {}", desk.say(ticket.channel.label()), ticket.outside_number);
    let opened = t("{channel} {at} 登记", "by {channel}, taken {at}")
        .with(desk.lang, &[("channel", &channel.trim()), ("at", &desk.zone().mdhm(ticket.opened_at))]);
    let mut groups = vec![spans, vec![Span::styled(opened, theme.dim())]];
    if let Some(at) = ticket.appointment_at {
        let appointment = t("约 {at}", "appointment {at}").with(desk.lang, &[("at", &say::moment(at, desk))]);
        groups.push(vec![Span::styled(appointment, theme.warning())]);
    }
    if let Some(again) = referral::again(ticket, desk.now, desk.lang, |at| say::moment(at, desk)) {
        let label = Span::styled(format!("{}: ", desk.say(t("外单位", "Outside body"))), theme.dim());
        let style = if ask_due(ticket, desk.now) { theme.warning() } else { theme.plain() };
        let asked = desk.say(t(" (A 问过了)", " (A: asked)")).to_owned();
        groups.push(vec![label, Span::raw(referral::body(ticket, desk.lang))]);
        groups.push(vec![Span::styled(again, style), Span::styled(asked, theme.dim())]);
    }
    groups
}

/// Whether who has it was told, and whether he answers.
fn told(desk: &Desk, ticket: &Ticket, theme: &Theme) -> Option<Span<'static>> {
    if let Some(minutes) = silent(ticket, desk.now) {
        let span = say::span(minutes, desk.lang);
        let words =
            t("  {span}没回话 (a 换人)", "  silent for {span} (a: another)").with(desk.lang, &[("span", &span)]);
        return Some(Span::styled(words, theme.danger()));
    }
    match (ticket.told_by, ticket.told_at) {
        (Some(by), Some(at)) => {
            let words = t("  已通知: {by} {at}", "  told {by} {at}")
                .with(desk.lang, &[("by", &desk.say(by.label())), ("at", &say::moment(at, desk))]);
            Some(Span::styled(words, theme.dim()))
        }
        _ if ticket.status == Status::Assigned => {
            Some(Span::styled(desk.say(t("  还没通知 (T)", "  not told yet (T)")).to_owned(), theme.warning()))
        }
        _ => None,
    }
}

/// What is written around a ticket: watch words, materials and fee, files, related tickets.
fn around(desk: &Desk, detail: &Detail, theme: &Theme) -> Group {
    let ticket = &detail.row.ticket;
    let line = |label: crate::text::Text, text: String| {
        (!text.is_empty()).then(|| vec![Span::styled(format!("{}: ", desk.say(label)), theme.dim()), Span::raw(text)])
    };
    let files = ticket.attachments.lines().collect::<Vec<_>>().join(", ");
    let related = detail.related.iter().map(|number| number.short()).collect::<Vec<_>>().join(", ");
    let yuan = ticket.fee.map(|fen| format!("{} {}", fee::yuan(fen), desk.say(t("元", "yuan")))).unwrap_or_default();
    let charge = format!("{} {yuan}", ticket.materials.replace('\n', " ")).trim().to_owned();
    [
        line(t("交班留意", "Watch"), ticket.watch_words.replace('\n', " ")),
        line(t("材料费用", "Materials, fee"), charge),
        line(t("附件", "Files"), files),
        line(t("关联", "Related"), related),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is out of the ordinary, and what is missing.
fn marks(desk: &Desk, detail: &Detail, theme: &Theme) -> Group {
    let ticket = &detail.row.ticket;
    let count = |text: crate::text::Text, n: u32| (n > 0).then(|| format!("{} {n}", desk.say(text)));
    let script = desk.town.category(&ticket.category).is_some_and(|category| category.script.is_some());
    // Once somebody is on site the words have served.
    let untold = script && ticket.status.open() && ticket.contacted_at.is_none();
    let danger = proposes_danger(ticket) && ticket.status.open();
    let mut parts: Vec<String> = [
        say::raised(desk, detail),
        danger.then(|| desk.say(t("有危险吗? ! 定为 P1", "danger? ! makes it P1")).to_owned()),
        match ticket.warned_at {
            Some(at) => Some(say::told_script(desk, at)),
            None => untold.then(|| desk.say(t("危险提示没告知", "danger words not told")).to_owned()),
        },
        ticket.watched.then(|| desk.say(t("督办", "watched")).to_owned()),
        count(t("催单", "chased"), ticket.chases),
        count(t("同报", "also affected"), ticket.also_affected),
        count(t("重办", "reopened"), ticket.reopened),
        detail.merged_into.map(|n| format!("{} {}", desk.say(t("已并入", "merged into")), n.short())),
        (!detail.merged.is_empty()).then(|| {
            let numbers: Vec<String> = detail.merged.iter().map(|number| number.short()).collect();
            format!("{} {}", desk.say(t("并入本单的", "merged into it")), numbers.join(desk.say(t("、", ", "))))
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    // Of a resident without a phone in the file.
    let silent = ticket.reporter.is_some() && detail.phone.is_none();
    let phone = (silent && matches!(ticket.channel, Channel::Phone | Channel::WalkIn)).then_some(Missing::Phone);
    let missing: Vec<&str> =
        ticket.to_complete().into_iter().chain(phone).map(|missing| desk.say(missing.label())).collect();
    if !missing.is_empty() && ticket.status.open() {
        parts.push(format!("{}: {}", desk.say(t("待补", "to complete")), missing.join(desk.say(t("、", ", ")))));
    }
    parts.into_iter().map(|part| vec![Span::styled(part, theme.warning())]).collect()
}
