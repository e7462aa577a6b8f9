//! Draws what to tell the caller after saving.

use ratatui::Frame;
use ratatui::text::Line;

use crate::desk::layer::told::{self, Told};
use crate::desk::{Desk, say};
use crate::text::labels::Labelled;
use crate::text::t;
use crate::view::theme::Theme;
use crate::view::{format, popup, rows};

/// Draws it.
pub fn draw(desk: &Desk, told: &Told, theme: &Theme, frame: &mut Frame) {
    let number = told.number.map(|number| number.short()).unwrap_or_default();
    let title = format!("{} {number}", desk.say(t("已登记", "Taken")));
    let cells = usize::from(told::area(&desk.layout, 0).inside().w);
    let Some(detail) = &told.detail else {
        let inside = popup::over(frame, told::area(&desk.layout, 0), &title, "", theme);
        return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
    };
    let best = told::proposed(told);
    let words =
        format!("{}: {}", desk.say(t("对来电人说", "Tell the caller")), say::to_tell(desk, detail, told::comes(told)));
    let script = say::script(desk, desk.town.category(&detail.row.ticket.category)).unwrap_or_default();
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
            let sent = t("已派 {name}", "Given to {name}").with(desk.lang, &[("name", &name.reveal())]);
            lines.push(Line::styled(sent, theme.good()));
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
    if !desk.town.parked.is_empty() {
        let parked = t("还有暂存 {n} 件, F9 取回", "{n} parked; F9 takes one up")
            .with(desk.lang, &[("n", &desk.town.parked.len())]);
        lines.push(Line::styled(parked, theme.warning()));
    }
    let inside = popup::over(frame, told::area(&desk.layout, lines.len()), &title, "", theme);
    rows::lines(&lines, inside, frame);
}
