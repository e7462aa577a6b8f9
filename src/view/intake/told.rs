//! Draws what to tell the caller after saving.

use ratatui::Frame;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::desk::intake::told::{self, About, Told};
use crate::desk::ticket::{message, tell};
use crate::domain::base::event::EventKind;
use crate::domain::base::id::OutageId;
use crate::domain::person::Phone;
use crate::domain::ticket::around::{Pattern, ROOT_DAYS};
use crate::text::labels::Labelled;
use crate::text::t;
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

impl Draw for Told {
    fn draw(&self, desk: &Desk, _top: bool, theme: &Theme, frame: &mut Frame) {
        let number = self.number.map(|number| number.short()).unwrap_or_default();
        let what = match self.kind {
            EventKind::Chased => t("已记催单", "Chase noted"),
            EventKind::Joined => t("已记同报", "Joined"),
            EventKind::Reopened => t("已重办", "Reopened"),
            _ => t("已登记", "Taken"),
        };
        let title = format!("{} {number}", desk.say(what));
        let cells = usize::from(told::area(&desk.layout, 0).inside().w);
        if let About::Outage(id) = self.about {
            return outage(desk, id, cells, theme, frame);
        }
        let Some(detail) = &self.detail else {
            let inside = popup::over(frame, told::area(&desk.layout, 0), &title, "", theme);
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        let best = told::proposed(self);
        let sentence = match self.kind {
            EventKind::Taken => say::to_tell(desk, detail, told::comes(self).as_ref()),
            kind => tell::of_known(desk, detail, kind, told::comes(self).as_ref()),
        };
        let words = format!("{}: {sentence}", desk.say(t("对来电人说", "Tell the caller")));
        let ticket = &detail.row.ticket;
        let mut script = say::script(desk, desk.town.category(&ticket.category)).unwrap_or_default();
        let noted = match ticket.warned_at {
            Some(at) => say::told_script(desk, at),
            None if told::untold(desk, detail) => {
                desk.say(t("说完按 Ctrl+G 记下时间", "said? Ctrl+G keeps the time")).to_owned()
            }
            None => String::new(),
        };
        if !script.is_empty() {
            script += &format!(" ({noted})");
        }
        let wrap = |words: &str, style| {
            format::wrap(words, cells)
                .into_iter()
                .filter(|line| !line.is_empty())
                .map(move |line| Line::styled(line, style))
        };
        let mut lines: Vec<Line> = wrap(&script, theme.danger()).chain(wrap(&words, theme.strong())).collect();
        lines.push(Line::default());
        match (best, &detail.row.assignee) {
            (_, Some(name)) => {
                let phone = detail.assignee_phone.as_ref().map(Phone::spoken).unwrap_or_default();
                let sent = t("已派 {name}  {phone}", "Given to {name}  {phone}")
                    .with(desk.lang, &[("name", &name.reveal()), ("phone", &phone)]);
                lines.push(Line::styled(sent, theme.good()));
                if detail.row.ticket.told_at.is_none() {
                    let how =
                        t("怎么通知的: {ways}", "Told how: {ways}").with(desk.lang, &[("ways", &message::ways(desk))]);
                    lines.push(Line::styled(how, theme.accent()));
                }
            }
            (Some(best), None) => {
                let proposed = t("会派: {role} {name}  {why}", "Proposed: {name} ({role})  {why}").with(
                    desk.lang,
                    &[
                        ("role", &desk.say(best.role.label())),
                        ("name", &best.name.reveal()),
                        ("why", &say::why_send(desk, best)),
                    ],
                );
                lines.push(Line::raw(format::truncate(&proposed, cells)));
            }
            (None, None) => lines.push(Line::styled(
                desk.say(t(
                    "没有在岗对口的人; a 自己选, 或稍后再派",
                    "Nobody on shift fits; a lets you choose, or assign later",
                )),
                theme.warning(),
            )),
        }
        if let Some(pattern) = &self.pattern {
            lines.extend(root(desk, pattern, cells, theme));
        }
        lines.extend(parked(desk, cells, theme));
        let inside = popup::over(frame, told::area(&desk.layout, lines.len()), &title, "", theme);
        rows::lines(&lines, inside, frame);
    }
}

/// What to tell of an outage, and how many households rang.
fn outage(desk: &Desk, id: OutageId, cells: usize, theme: &Theme, frame: &mut Frame) {
    let title = desk.say(t("已并入停供", "Counted to the outage"));
    let mut lines: Vec<Line> = Vec::new();
    if let Some(row) = desk.town.outages.iter().find(|row| row.id == id) {
        let words = format!("{}: {}", desk.say(t("对来电人说", "Tell the caller")), tell::of_outage(desk, row));
        lines.extend(format::wrap(&words, cells).into_iter().map(|line| Line::styled(line, theme.strong())));
        lines.push(Line::default());
        let counted = t("{what}: 已有 {n} 户来电, 不另开单", "{what}: {n} households rang; no ticket of their own")
            .with(desk.lang, &[("what", &tell::outage(desk, row)), ("n", &row.households)]);
        lines.extend(format::wrap(&counted, cells).into_iter().map(|line| Line::styled(line, theme.good())));
    }
    lines.extend(parked(desk, cells, theme));
    let inside = popup::over(frame, told::area(&desk.layout, lines.len()), title, "", theme);
    rows::lines(&lines, inside, frame);
}

/// Several of a kind at one place: their root is proposed, never made by itself.
fn root(desk: &Desk, pattern: &Pattern, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let numbers: Vec<String> = pattern.rows.iter().take(5).map(|row| row.ticket.number.short()).collect();
    let words = t(
        "{place} {days} 天内同类第 {n} 件 ({numbers}); z 登记专项排查",
        "{n} of a kind at {place} in {days} days ({numbers}); z opens a ticket for their root",
    )
    .with(
        desk.lang,
        &[
            ("place", &pattern.label),
            ("days", &ROOT_DAYS),
            ("n", &pattern.rows.len()),
            ("numbers", &numbers.join(desk.say(t("、", ", ")))),
        ],
    );
    format::wrap(&words, cells).into_iter().map(|line| Line::styled(line, theme.warning())).collect()
}

/// Who waits on the other line: the newest parked report, by its first words.
fn parked(desk: &Desk, cells: usize, theme: &Theme) -> Option<Line<'static>> {
    let newest = desk.town.parked.first()?;
    let form = &newest.form;
    let first =
        [&form.words, &form.place_text, &form.name].into_iter().map(|text| text.trim()).find(|text| !text.is_empty());
    let words = t(
        "还有暂存 {n} 件, F9 取回: 「{words}」 等了 {minutes} 分",
        "{n} parked; F9 takes up \"{words}\", {minutes} min waiting",
    )
    .with(
        desk.lang,
        &[
            ("n", &desk.town.parked.len()),
            ("words", &format::truncate(&first.unwrap_or("--").replace('\n', " "), 30)),
            ("minutes", &newest.at.minutes_to(desk.now).max(0)),
        ],
    );
    Some(Line::styled(format::truncate(&words, cells), theme.warning()))
}
