//! Draws the choices of the first run.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::layer::first_run::{self, CHOICES, FirstRun};
use crate::text::t;
use crate::view::theme::Theme;
use crate::view::{format, popup, rows};

/// Draws it.
pub fn draw(desk: &Desk, first_run: &FirstRun, top: bool, theme: &Theme, frame: &mut Frame) {
    let title = desk.say(t("物业客服台: 还没有数据文件", "Service desk: there is no data file yet"));
    let inside = popup::over(frame, first_run::area(&desk.layout), title, &first_run.list.place(), theme);
    let intro = desk.say(t(
        "从哪里开始? 按数字, 或上下选了按 Enter",
        "What to begin with? Press a digit, or choose and press Enter",
    ));
    let mut lines = vec![Line::styled(intro, theme.plain()), Line::default()];
    for (i, (label, about)) in CHOICES.into_iter().enumerate() {
        let selected = i == first_run.list.row() && top;
        let text = format!("{} {}  {}", if selected { '>' } else { ' ' }, i + 1, desk.say(label));
        let text = format::pad(&text, usize::from(inside.width));
        lines.push(Line::styled(text, if selected { theme.selected(true) } else { theme.strong() }));
        lines.push(Line::styled(format!("     {}", desk.say(about)), theme.dim()));
    }
    rows::lines(&lines, Rect { ..inside }, frame);
}
