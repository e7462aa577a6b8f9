//! Draws one callback in hand: what was reported and done, whom to ring, what was said before, and the question asked now.
//! Name and number are in full, in threes and fours: opening it is written down.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::desk::callback::strip::{Asked, Strip};
use crate::desk::frame::say;
use crate::desk::{Desk, callback};
use crate::domain::callback::op::{TRIES, Verdict, Whom};
use crate::domain::callback::query::InHand;
use crate::domain::ticket::Outcome;
use crate::text::labels::Labelled;
use crate::text::{Text, t};
use crate::view::frame::layer::{Draw, field_row};
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};
use crate::view::ticket::facts;

/// Rows the words of a report, and of its result, take at most.
const WORDS_AT_MOST: usize = 3;
/// Rows of a field and the blank one under it.
const FIELD: u16 = 2;

impl Draw for Strip {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let cells = usize::from(callback::strip::area(&desk.layout, 0).inside().w);
        let Some(in_hand) = &self.in_hand else {
            let title = desk.say(t("回访", "Callback"));
            let inside = popup::over(frame, callback::strip::area(&desk.layout, 0), title, "", theme);
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        let mut lines = known(desk, in_hand, cells, theme);
        lines.extend(asked(desk, self, in_hand, theme));
        let typing = self.asked == Asked::Words;
        let height = lines.len() + if typing { usize::from(FIELD) } else { 0 };
        let title = format!("{} {}", desk.say(t("回访", "Callback")), facts::title(desk, &in_hand.detail));
        let inside = popup::over(frame, callback::strip::area(&desk.layout, height), &title, "", theme);
        // Where it is too low for all, what is known gives way: the question must be seen.
        let field = if typing { FIELD } else { 0 };
        let room = usize::from(inside.height.saturating_sub(field));
        let over = lines.len().saturating_sub(room);
        if over > 0 {
            let keep = lines.len().saturating_sub(over + asked(desk, self, in_hand, theme).len());
            lines.drain(keep..keep + over);
        }
        rows::lines(&lines, inside, frame);
        if typing {
            let used = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(inside.height);
            let below = Rect { y: inside.y + used, height: inside.height - used, ..inside };
            field_row(&self.field, top, below, theme, frame);
        }
    }
}

/// Where, who, what was said and done, who else, and what was tried before.
fn known(desk: &Desk, in_hand: &InHand, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let detail = &in_hand.detail;
    let ticket = &detail.row.ticket;
    let mut lines = facts::before(desk, detail, true, cells, theme);
    let wrapped = |text: String, style: Style| {
        let all = format::wrap(&text, cells);
        let more = all.len() > WORDS_AT_MOST;
        all.into_iter().take(WORDS_AT_MOST).enumerate().map(move |(at, line)| {
            let cut = more && at + 1 == WORDS_AT_MOST;
            Line::styled(if cut { format::more(&line, cells) } else { line }, style)
        })
    };
    lines.extend(wrapped(format!("「{}」", ticket.words), theme.strong()));
    let moment = |time| say::moment(time, desk);
    let handler = detail.row.assignee.as_ref().map_or("--", |name| name.reveal());
    let arrived = ticket.contacted_at.map_or_else(|| "--".to_owned(), moment);
    let done = ticket.resolved_at.map_or_else(|| "--".to_owned(), moment);
    let result = t(
        "{name} {arrived} 到场 (应 {by}前), {done} 修好: {result}",
        "{name} on site {arrived} (due {by}), done {done}: {result}",
    )
    .with(
        desk.lang,
        &[
            ("name", &handler),
            ("arrived", &arrived),
            ("by", &moment(ticket.respond_by)),
            ("done", &done),
            ("result", &ticket.result),
        ],
    );
    lines.extend(wrapped(result, theme.good()));
    for one in &in_hand.affected {
        let name = one.name.as_ref().map_or("", |name| name.reveal());
        let text = format!("{}: {name} {}", desk.say(t("同报", "Also affected")), one.phone.spoken());
        lines.push(Line::styled(text, theme.accent()));
    }
    lines.extend(in_hand.calls.iter().rev().take(3).rev().map(|call| Line::styled(say::call(desk, call), theme.dim())));
    lines.push(Line::default());
    lines
}

/// What was answered so far, and what is asked.
fn asked(desk: &Desk, strip: &Strip, in_hand: &InHand, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(why) = callback::strip::resting(desk, strip) {
        lines.push(Line::styled(format!("! {why}"), theme.warning()));
    }
    let ticket = &in_hand.detail.row.ticket;
    let no_number = in_hand.detail.phone.is_none() && strip.whom == Whom::Reporter;
    if no_number {
        let words =
            t("! 没有电话: 上门问, 或等住户自己来", "! No number: ask at the door, or wait until the resident comes");
        lines.push(Line::styled(desk.say(words), theme.warning()));
    }
    let whom = format!("{}: {}", desk.say(t("谁的话", "Whose word")), desk.say(strip.whom.label()));
    let mut said = vec![Span::styled(whom, theme.plain())];
    let mut add = |text: Text| said.push(Span::styled(format!("   {}", desk.say(text)), theme.good()));
    match strip.asked {
        Asked::Solved => {}
        Asked::InTime => add(Outcome::Solved.label()),
        Asked::Verdict => {
            add(Outcome::Solved.label());
            add(if strip.in_time { t("及时", "in time") } else { t("不及时", "not in time") });
        }
        Asked::Words => add(Outcome::Unsolved.label()),
    }
    lines.push(Line::from(said));
    let yes_or_no = |yes, no| vec![yes, no];
    let (question, answers) = match strip.asked {
        Asked::Solved => {
            let mut answers = yes_or_no(Outcome::Solved.label(), Outcome::Unsolved.label());
            answers.extend((strip.whom == Whom::Reporter).then_some(t("没人接", "nobody answers")));
            (t("修好了吗?", "Is it solved?"), answers)
        }
        Asked::InTime => {
            (t("来得及时吗?", "Did somebody come in time?"), yes_or_no(t("及时", "yes"), t("不及时", "no")))
        }
        Asked::Verdict => (t("满意吗?", "How content?"), Verdict::ALL.iter().map(|verdict| verdict.label()).collect()),
        Asked::Words => (t("还有哪里不好? 写完 Enter", "What is still wrong? Enter when written"), Vec::new()),
    };
    let mut spans = vec![Span::styled(desk.say(question).to_owned(), theme.strong())];
    for (n, text) in answers.iter().enumerate() {
        spans.push(Span::styled(format!("   {} ", n + 1), theme.accent()));
        spans.push(Span::raw(desk.say(*text).to_owned()));
    }
    if strip.asked == Asked::Solved && ticket.tries > 0 {
        let tries = t("  (没人接过 {n} 次, 满 {of} 次归档)", "  ({n} of {of} tries nobody answered)")
            .with(desk.lang, &[("n", &ticket.tries), ("of", &TRIES)]);
        spans.push(Span::styled(tries, theme.dim()));
    }
    lines.push(Line::from(spans));
    lines
}
