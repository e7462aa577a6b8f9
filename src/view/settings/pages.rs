//! Draws the township's settings.

use chrono::Datelike;
use ratatui::Frame;

use crate::desk::frame::say;
use crate::desk::settings::pages::{Page, Row, Settings};
use crate::desk::{Desk, settings};
use crate::text::labels::Labelled;
use crate::text::settings::{CategoryField, hours};
use crate::text::{Lang, t};
use crate::view::frame::layer::Draw;
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const COLUMNS: [Column; 3] = [Column::new(2, 3, Fit::Right), Column::new(8, 30, Fit::End), Column::rest(10)];

impl Draw for Settings {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = settings::pages::page_title(desk, &self.page);
        let inside = popup::over(frame, settings::pages::area(&desk.layout), &title, &self.list.place(), theme);
        let all = settings::pages::rows(desk, self);
        if all.is_empty() {
            let words = match self.past {
                None if matches!(self.page, Page::Past(_)) => t("正在读取 ..", "Reading .."),
                _ => t("还没改过", "Nothing was changed yet"),
            };
            return rows::empty(desk.say(words), inside, theme, frame);
        }
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, all.get(at)?)))
            .map(|(at, row)| {
                let digit = if at < 9 { (at + 1).to_string() } else { String::new() };
                let mut cells = vec![(digit, theme.dim())];
                cells.extend(cells_of(desk, &self.page, row, theme));
                rows::Row { cells, selected: at == self.list.row(), marked: false }
            })
            .collect();
        rows::draw(&COLUMNS, drawn, top, inside, theme, frame);
    }
}

fn cells_of(desk: &Desk, page: &Page, row: &Row, theme: &Theme) -> [Cell; 2] {
    let plain = |label: String, value: String| [(label, theme.plain()), (value, theme.strong())];
    match row {
        Row::Hours(kind) => {
            plain(desk.say(kind.label()).to_owned(), hours(desk.calendar().hours[*kind as usize], desk.lang))
        }
        Row::To(Page::Year(year)) => {
            let label = t("{year} 年节假日", "days of {year}").with(desk.lang, &[("year", year)]);
            match settings::pages::days_of(desk, *year).count() {
                0 => {
                    let words = t(
                        "还没有; 公布后加进来, 或 tdesk import calendar 文件",
                        "none yet; add them once announced, or tdesk import calendar FILE",
                    );
                    [(label, theme.plain()), (desk.say(words).to_owned(), theme.warning())]
                }
                n => plain(label, t("{n} 天", "{n} days").with(desk.lang, &[("n", &n)])),
            }
        }
        Row::To(Page::Categories) => {
            let n = desk.town.categories().len();
            plain(desk.say(t("分类", "categories")).to_owned(), t("{n} 个", "{n}").with(desk.lang, &[("n", &n)]))
        }
        Row::To(Page::Category(code)) => {
            let Some(category) = desk.town.category(code) else { return plain(code.clone(), String::new()) };
            let name = if desk.lang == Lang::Zh { &category.zh } else { &category.en };
            let value = |field: CategoryField| field.value(category, desk.lang);
            let script =
                if category.script.is_some() { desk.say(t("  有危险提示", "  danger words")) } else { "" };
            let limits =
                [CategoryField::Priority, CategoryField::Respond, CategoryField::Resolve, CategoryField::Roles];
            plain(format!("{code} {name}"), limits.map(value).join("  ") + script)
        }
        Row::To(page) => [(settings::pages::page_title(desk, page), theme.dim()), (String::new(), theme.dim())],
        Row::Day(day) => {
            let special = desk.calendar().days.get(day);
            let kind = special.map_or("", |special| desk.say(special.kind.label()));
            let name = special.map_or("", |special| special.name.as_str());
            let label = format!("{:02}-{:02} {}", day.month(), day.day(), say::weekday_of(desk, *day));
            plain(label, format!("{kind}  {name}"))
        }
        Row::NewDay(_) => {
            [(desk.say(t("+ 加一天", "+ one more day")).to_owned(), theme.accent()), (String::new(), theme.plain())]
        }
        Row::Field(field) => {
            let Page::Category(code) = page else { return plain(String::new(), String::new()) };
            let value = desk.town.category(code).map(|category| field.value(category, desk.lang)).unwrap_or_default();
            let shown = if value.is_empty() { "--".to_owned() } else { value };
            plain(desk.say(field.label()).to_owned(), shown)
        }
        Row::Told(who, what) => [(who.clone(), theme.dim()), (what.clone(), theme.plain())],
    }
}
