//! Draws who is on duty now.

use ratatui::Frame;

use crate::desk::Desk;
use crate::desk::roster::who::{self, Who};
use crate::domain::person::Phone;
use crate::domain::roster::shift::Presence;
use crate::text::labels::Labelled;
use crate::text::t;
use crate::view::frame::layer::{Draw, field_row};
use crate::view::frame::table::{Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};
use crate::view::roster::pane::state;

const COLUMNS: [Column; 7] = [
    Column::new(4, 8, Fit::End),
    Column::new(4, 10, Fit::End),
    Column::new(13, 14, Fit::End),
    Column::rest(10),
    Column::new(4, 12, Fit::End),
    Column::new(4, 10, Fit::End),
    Column::new(4, 8, Fit::End),
];

impl Draw for Who {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let there = self.duty.as_ref().map_or(String::new(), |duty| format!("  {}", duty.there()));
        let title = format!("{} {}{there}", desk.say(t("现在在岗", "On duty at")), desk.zone().hm(desk.now));
        let inside = popup::over(frame, who::area(&desk.layout), &title, &self.list.place(), theme);
        let below = field_row(&self.field, top, inside, theme, frame);
        let Some(duty) = &self.duty else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), below, theme, frame);
        };
        if self.list.is_empty() {
            let words = if duty.now.is_empty() {
                t("现在没有人在岗; 排班后这里列出", "Nobody is on duty now; the roster puts people here")
            } else {
                t("没有符合的; 退格重打", "Nothing fits; type less")
            };
            return rows::empty(desk.say(words), below, theme, frame);
        }
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, self.person(at)?)))
            .map(|(at, person)| {
                let until = t("至{at}", "to {at}").with(desk.lang, &[("at", &desk.zone().hm(person.to))]);
                let jobs = t("手上{n}", "{n} open").with(desk.lang, &[("n", &person.jobs)]);
                let odd = matches!(person.presence, Presence::Absent | Presence::LateIn);
                let state = match state(desk, person) {
                    state if state.is_empty() => desk.say(person.presence.label()).to_owned(),
                    state => state,
                };
                rows::Row {
                    cells: vec![
                        (desk.say(person.role.label()).to_owned(), theme.dim()),
                        (person.name.reveal().to_owned(), if odd { theme.warning() } else { theme.strong() }),
                        (person.phone.as_ref().map(Phone::spoken).unwrap_or_default(), theme.accent()),
                        (format!("{} {}", person.compound, person.post).trim().to_owned(), theme.plain()),
                        (state, if odd { theme.warning() } else { theme.dim() }),
                        (until, theme.plain()),
                        (jobs, theme.dim()),
                    ],
                    selected: at == self.list.row(),
                    marked: false,
                }
            })
            .collect();
        rows::draw(&COLUMNS, drawn, true, below, theme, frame);
    }
}
