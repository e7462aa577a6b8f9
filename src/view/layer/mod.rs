//! Draws the layers, the topmost last. Each is drawn in the file of its name.

pub mod callback;
pub mod callbacks;
pub mod card;
pub mod coverage;
pub mod fill;
pub mod filter;
pub mod find;
pub mod first_run;
pub mod handover;
pub mod help;
pub mod intake;
pub mod message;
pub mod outage;
pub mod palette;
pub mod picker;
pub mod prompt;
pub mod publishing;
pub mod rate_list;
pub mod rates;
pub mod roster;
pub mod settings;
pub mod side;
pub mod staff;
pub mod sum;
pub mod ticket;
pub mod told;
pub mod who;
pub mod worker;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::theme::Theme;
use super::{popup, rows};
use crate::desk::field::Field;
use crate::desk::geometry::Area;
use crate::desk::layer::Layer;
use crate::desk::{Desk, key};

/// Draws them.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    let top = desk.layers.len().saturating_sub(1);
    for (i, layer) in desk.layers.iter().enumerate() {
        let top = i == top;
        match layer {
            Layer::Help(help) => help::draw(desk, help, top, theme, frame),
            Layer::Palette(palette) => palette::draw(desk, palette, top, theme, frame),
            Layer::Find(find) => find::draw(desk, find, top, theme, frame),
            Layer::Card(card) => card::draw(desk, card, top, theme, frame),
            Layer::Intake(intake) => intake::draw(desk, intake, top, theme, frame),
            Layer::Told(told) => told::draw(desk, told, theme, frame),
            Layer::Ticket(opened) => ticket::draw(desk, opened, top, theme, frame),
            Layer::Picker(picker) => picker::draw(desk, picker, top, theme, frame),
            Layer::Prompt(prompt) => prompt::draw(desk, prompt, top, theme, frame),
            Layer::Message(message) => message::draw(desk, message, theme, frame),
            Layer::Who(who) => who::draw(desk, who, top, theme, frame),
            Layer::Settings(settings) => settings::draw(desk, settings, top, theme, frame),
            Layer::Sum(sum) => sum::draw(desk, sum, theme, frame),
            Layer::Coverage(coverage) => coverage::draw(desk, coverage, top, theme, frame),
            Layer::Fill(fill) => fill::draw(desk, fill, top, theme, frame),
            Layer::Staff(staff) => staff::draw(desk, staff, top, theme, frame),
            Layer::Roster(roster) => roster::draw(desk, roster, top, theme, frame),
            Layer::Publishing(publishing) => publishing::draw(desk, publishing, theme, frame),
            Layer::Month(month) => worker::draw(desk, month, theme, frame),
            Layer::Filter(filter) => filter::draw(desk, filter, top, theme, frame),
            Layer::Outages(outages) => outage::draw(desk, outages, top, theme, frame),
            Layer::OutageForm(form) => outage::draw_form(desk, form, top, theme, frame),
            Layer::Callbacks(queue) => callbacks::draw(desk, queue, top, theme, frame),
            Layer::Rates(rates) => rates::draw(desk, rates, theme, frame),
            Layer::RateList(list) => rate_list::draw(desk, list, top, theme, frame),
            Layer::Callback(strip) => callback::draw(desk, strip, top, theme, frame),
            Layer::FirstRun(first_run) => first_run::draw(desk, first_run, top, theme, frame),
            Layer::Handover(room) => handover::draw(desk, room, top, theme, frame),
            Layer::Handovers(shelf) => handover::draw_shelf(desk, shelf, top, theme, frame),
        }
    }
    prefix(desk, theme, frame);
}

/// Draws a field in the first row of a box, with a blank row under it for the candidates of an input method, and gives
/// the area below.
fn field_row(field: &Field, focused: bool, inside: Rect, theme: &Theme, frame: &mut Frame) -> Rect {
    let row = Rect { height: 1.min(inside.height), ..inside };
    frame.render_widget(Span::styled("> ", theme.accent()), row);
    let field_area = Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row };
    super::field(field, focused, field_area, theme, frame);
    Rect { y: inside.y + 2.min(inside.height), height: inside.height.saturating_sub(2), ..inside }
}

/// While a sequence is begun, how it can go on.
fn prefix(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    if desk.pending().is_empty() {
        return;
    }
    let scopes = desk.scopes();
    let begun: Vec<String> = desk.pending().iter().map(|key| key.shown()).collect();
    let lines: Vec<Line> = desk
        .keymap()
        .continuations(&scopes, desk.pending())
        .into_iter()
        .map(|binding| {
            let rest: Vec<String> = binding.keys[desk.pending().len()..].iter().map(|key| key.shown()).collect();
            Line::from(vec![
                Span::styled(format!(" {} ", rest.join(" ")), theme.accent()),
                Span::raw(desk.say(binding.command.help).to_owned()),
            ])
        })
        .collect();
    let w = lines.iter().map(Line::width).max().unwrap_or(0).max(8) + 4;
    let (w, h) = (u16::try_from(w).unwrap_or(40), u16::try_from(lines.len()).unwrap_or(1) + 2);
    let body = desk.layout.body;
    let (w, h) = (w.min(body.w), h.min(body.h));
    let area = Area { x: body.x + body.w - w, y: body.y + body.h - h, w, h };
    let inside = popup::over(frame, area, &format!("{} ..", begun.join(" ")), "", theme);
    rows::lines(&lines, inside, frame);
}

/// The keys of a command as shown, the first of them.
fn first_key(command: &crate::desk::command::Command) -> String {
    command.keys.first().map(|keys| key::shown(keys)).unwrap_or_default()
}
