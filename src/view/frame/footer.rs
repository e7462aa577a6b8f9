//! The line at the foot: the newest notice, over it what does not fit, then the keys that matter here, from the commands.
//! No key is written here by hand.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::desk::Desk;
use crate::desk::frame::command::{self, Command, Scope};
use crate::desk::frame::key;
use crate::desk::frame::notice::Level;
use crate::view::frame::format;
use crate::view::frame::popup::rect;
use crate::view::frame::theme::Theme;

/// Draws it.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    let area = rect(desk.layout.footer).intersection(frame.area());
    let mut room = usize::from(area.width).saturating_sub(1);
    let mut spans = vec![Span::raw(" ")];
    let mut put = |spans: &mut Vec<Span<'static>>, text: String, style| {
        room = room.saturating_sub(format::width(&text));
        spans.push(Span::styled(text, style));
        room
    };
    let mut left = usize::from(area.width);
    let keys: Vec<(String, String)> = named(desk)
        .into_iter()
        .filter_map(|command| Some((shown_key(desk, command)?, format!(" {}  ", label(desk, command)))))
        .collect();
    // The way back is always named, however long the rest is.
    let esc = keys.iter().position(|(key, _)| key == "Esc");
    let cells = |(key, label): &(String, String)| format::width(key) + format::width(label);
    let kept = esc.map_or(0, |at| cells(&keys[at]));
    if let Some(notice) = desk.notices.current() {
        let (mark, style) = match notice.level {
            Level::Done => ("", theme.good()),
            Level::Info => ("", theme.accent()),
            Level::Refused => ("! ", theme.warning()),
            Level::Trouble => ("!! ", theme.danger()),
        };
        let text = above(&format!("{mark}{}", notice.text), area, style, frame);
        left = put(&mut spans, text, style);
        left = put(&mut spans, "   ".to_owned(), theme.plain()).min(left);
    } else if let Some(words) = desk.standing_trouble() {
        let text = above(&format!("!! {words}"), area, theme.danger(), frame);
        left = put(&mut spans, text, theme.danger());
        left = put(&mut spans, "   ".to_owned(), theme.plain()).min(left);
    }
    for (i, one) in keys.iter().enumerate() {
        let kept = if esc.is_some_and(|at| i < at) { kept } else { 0 };
        if cells(one) + kept > left {
            if kept == 0 {
                break;
            }
            continue;
        }
        put(&mut spans, one.0.clone(), theme.accent());
        left = put(&mut spans, one.1.clone(), theme.plain());
    }
    frame.render_widget(Line::from(spans), area);
}

/// Rows over the line at the foot that a long notice takes at most.
const ABOVE_AT_MOST: usize = 2;

/// Draws what does not fit of a notice over the line at the foot, for as long as it stands, and gives its last row: half a
/// sentence of what went wrong helps nobody.
fn above(notice: &str, area: Rect, style: Style, frame: &mut Frame) -> String {
    let cells = usize::from(area.width).saturating_sub(2);
    let mut lines = format::wrap(notice, cells);
    let rows = usize::from(area.y).min(ABOVE_AT_MOST);
    if lines.len() > rows + 1 {
        lines.truncate(rows + 1);
        if let Some(last) = lines.last_mut() {
            *last = format::more(last, cells);
        }
    }
    let last = lines.pop().unwrap_or_default();
    for (line, up) in lines.iter().rev().zip(1..) {
        let row = Rect { y: area.y - up, ..area };
        frame.render_widget(Clear, row);
        frame.render_widget(Line::styled(format!(" {line}"), style), row);
    }
    last
}

/// The commands the footer names here: those of the innermost scopes first. One that is not possible now is left out.
fn named(desk: &Desk) -> Vec<&'static Command> {
    let scopes = desk.scopes();
    let place = |command: &Command| scopes.iter().position(|scope| *scope == command.scope);
    let mut commands: Vec<&'static Command> = command::all()
        .filter(|command| command.in_footer && place(command).is_some() && (command.enabled)(desk).is_ok())
        .collect();
    commands.sort_by_key(|command| place(command));
    commands
}

/// What it is called, and how many wait for it.
fn label(desk: &Desk, command: &Command) -> String {
    let label = desk.say(command.label(desk));
    match command.count.map_or(0, |count| count(desk)) {
        0 => label.to_owned(),
        n => format!("{label} {n}"),
    }
}

/// The key to show: while a field has the focus, the first that types nothing.
fn shown_key(desk: &Desk, command: &Command) -> Option<String> {
    let types = |keys: &&&str| key::Key::parse(keys).is_some_and(|key| key.typed().is_some());
    let keys = if desk.typing() && command.scope != Scope::DESK {
        command.keys.iter().find(|keys| !types(keys))
    } else {
        command.keys.first()
    };
    keys.map(|keys| key::shown(keys))
}
