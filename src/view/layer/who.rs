//! Draws who is on duty now.

use ratatui::Frame;

use crate::desk::Desk;
use crate::desk::layer::who::{self, Who};
use crate::domain::person::Phone;
use crate::domain::shift::Presence;
use crate::text::labels::Labelled;
use crate::text::t;
use crate::view::table::{Column, Fit};
use crate::view::theme::Theme;
use crate::view::{popup, rows};

const COLUMNS: [Column; 6] = [
    Column::new(4, 8, Fit::End),
    Column::new(4, 10, Fit::End),
    Column::new(4, 14, Fit::End),
    Column::rest(10),
    Column::new(4, 11, Fit::End),
    Column::new(4, 8, Fit::End),
];

/// Draws it.
pub fn draw(desk: &Desk, who: &Who, top: bool, theme: &Theme, frame: &mut Frame) {
    let title = format!("{} {}", desk.say(t("现在在岗", "On duty at")), desk.zone().hm(desk.now));
    let inside = popup::over(frame, who::area(&desk.layout), &title, &who.list.place(), theme);
    let Some(duty) = &who.duty else {
        return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
    };
    if duty.now.is_empty() {
        let words = t("现在没有人在岗", "Nobody is on duty now");
        return rows::empty(desk.say(words), inside, theme, frame);
    }
    let drawn = who
        .list
        .window()
        .filter_map(|at| Some((at, duty.now.get(at)?)))
        .map(|(at, person)| {
            let until = t("至{at}", "to {at}").with(desk.lang, &[("at", &desk.zone().hm(person.to))]);
            let jobs = t("手上{n}", "{n} open").with(desk.lang, &[("n", &person.jobs)]);
            let absent = person.presence == Presence::Absent;
            rows::Row {
                cells: vec![
                    (desk.say(person.role.label()).to_owned(), theme.dim()),
                    (person.name.reveal().to_owned(), if absent { theme.warning() } else { theme.strong() }),
                    (person.phone.as_ref().map(Phone::spoken).unwrap_or_default(), theme.accent()),
                    (format!("{} {}", person.compound, person.post).trim().to_owned(), theme.plain()),
                    (if absent { desk.say(Presence::Absent.label()).to_owned() } else { until }, theme.plain()),
                    (jobs, theme.dim()),
                ],
                selected: at == who.list.row(),
                marked: false,
            }
        })
        .collect();
    rows::draw(&COLUMNS, drawn, top, inside, theme, frame);
}
