//! Draws the list of staff.

use ratatui::Frame;

use crate::desk::frame::say;
use crate::desk::staff::list::StaffList;
use crate::desk::{Desk, staff};
use crate::domain::person::Phone;
use crate::domain::roster::shift::Presence;
use crate::domain::staff::query::{Doing, StaffRow};
use crate::text::labels::Labelled;
use crate::text::t;
use crate::view::frame::layer::{Draw, field_row};
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const COLUMNS: [Column; 7] = [
    Column::new(4, 8, Fit::End),
    Column::new(4, 10, Fit::End),
    Column::new(13, 14, Fit::End),
    Column::new(6, 23, Fit::End),
    Column::rest(8),
    Column::new(4, 10, Fit::End),
    Column::new(5, 8, Fit::Right),
];

impl Draw for StaffList {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = desk.say(t("员工: 打字找人, 岗位, 技能, 小区", "Staff: type a name, role, skill or compound"));
        let inside = popup::over(frame, staff::list::area(&desk.layout), title, &self.list.place(), theme);
        let below = field_row(&self.field, top, inside, theme, frame);
        if self.list.is_empty() {
            let words = match &self.rows {
                None => t("正在读取 ..", "Reading .."),
                Some(rows) if rows.is_empty() => t(
                    "还没有员工; 用 tdesk import staff 导入",
                    "There is no staff yet; tdesk import staff brings them in",
                ),
                Some(_) => t("没有符合的; 退格重打", "Nothing fits; type less"),
            };
            return rows::empty(desk.say(words), below, theme, frame);
        }
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, self.row(at)?)))
            .map(|(at, row)| rows::Row {
                cells: cells(desk, row, theme),
                selected: at == self.list.row(),
                marked: false,
            })
            .collect();
        rows::draw(&COLUMNS, drawn, true, below, theme, frame);
    }
}

fn cells(desk: &Desk, row: &StaffRow, theme: &Theme) -> Vec<Cell> {
    let (doing, style) = match row.doing {
        Doing::On(_, Presence::Absent) => (desk.say(Presence::Absent.label()).to_owned(), theme.warning()),
        Doing::On(until, _) => {
            (t("在岗至{at}", "on until {at}").with(desk.lang, &[("at", &desk.zone().hm(until))]), theme.good())
        }
        Doing::Leave(kind) => (desk.say(kind.label()).to_owned(), theme.warning()),
        Doing::Off(Some(from)) => {
            (t("{at}上班", "on from {at}").with(desk.lang, &[("at", &say::moment(from, desk))]), theme.dim())
        }
        Doing::Off(None) => (desk.say(t("没排班", "no shift planned")).to_owned(), theme.dim()),
        Doing::Left => (desk.say(t("已离职", "has left")).to_owned(), theme.dim()),
    };
    let serves = match &row.serves[..] {
        [] => desk.say(t("全部小区", "all compounds")).to_owned(),
        [one] => one.clone(),
        [first, rest @ ..] => t("{first}等 {n} 个", "{first} and {n} more").with(
            desk.lang,
            &[("first", first), ("n", &(rest.len() + usize::from(desk.lang == crate::text::Lang::Zh)))],
        ),
    };
    let what = format!("{} {serves}", row.staff.skills.join(" ")).trim().to_owned();
    let hours = t("{n}小时", "{n} h").with(desk.lang, &[("n", &(row.month_minutes / 60))]);
    let jobs = t("手上{n}", "{n} open").with(desk.lang, &[("n", &row.jobs)]);
    vec![
        (desk.say(row.staff.role.label()).to_owned(), theme.dim()),
        (row.staff.name.reveal().to_owned(), theme.strong()),
        (row.staff.phone.as_ref().map(Phone::spoken).unwrap_or_default(), theme.accent()),
        (doing, style),
        (what, theme.plain()),
        (jobs, theme.dim()),
        (hours, theme.dim()),
    ]
}
