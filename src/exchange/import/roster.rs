//! A sheet of people by days as plans: dates or weekdays as heads, letters or words in the cells.
//! Who the people are and whether a day may still change is not known here.

use chrono::Datelike;

use super::super::Error;
use super::super::sheets::Sheet;
use crate::domain::base::clean;
use crate::domain::base::time::Day;
use crate::domain::roster::LeaveKind;
use crate::domain::roster::sheet::{Cell, Row, Said};
use crate::domain::roster::week::Names;
use crate::domain::staff::Role;
use crate::text::labels::Labelled;
use crate::text::{Lang, roster as words, t};

/// Heads of a column of names, and of roles.
const NAME_HEADS: [&str; 6] = ["姓名", "名字", "人员", "员工", "name", "staff"];
const ROLE_HEADS: [&str; 5] = ["岗位", "工种", "职务", "班组", "role"];
/// Rows looked through for heads.
const HEAD_WITHIN: usize = 20;

/// The rows of the first sheet that has days as heads. Heads without a year or month are taken near the week of `monday`.
///
/// # Errors
/// [`Error::NoDays`] when no sheet has such heads.
pub fn rows(sheets: &[Sheet], monday: Day, names: &Names) -> Result<Vec<Row>, Error> {
    for sheet in sheets {
        let Some((head_row, days)) = heads(sheet, monday) else { continue };
        let first_day = days.first().map_or(0, |(column, _)| *column);
        let headed = |words: &[&str]| {
            sheet.rows.iter().take(head_row + 1).rev().find_map(|row| {
                row.iter().take(first_day).position(|cell| {
                    let cell = cell.to_lowercase();
                    words.iter().any(|word| cell.contains(word))
                })
            })
        };
        let name_column = headed(&NAME_HEADS).unwrap_or_else(|| first_day.saturating_sub(1));
        let role_column = headed(&ROLE_HEADS);
        let mut found = Vec::new();
        for (at, row) in sheet.rows.iter().enumerate().skip(head_row + 1) {
            let cell = |column: usize| row.get(column).map_or("", |cell| cell.trim());
            let name = cell(name_column).to_owned();
            // 合 计 is 合计.
            let bare = name.split_whitespace().collect::<String>().to_lowercase();
            // A second row of heads under dates, a blank one, sums at the foot.
            let heads_again = days.iter().any(|(column, _)| weekday_of(cell(*column)).is_some());
            if name.is_empty() || heads_again || ["合计", "小计", "备注", "total"].contains(&bare.as_str()) {
                continue;
            }
            let cells = days
                .iter()
                .filter(|(column, _)| !cell(*column).is_empty())
                .map(|(column, day)| Cell {
                    address: address(*column, at),
                    day: *day,
                    text: cell(*column).to_owned(),
                    said: said(cell(*column), names),
                })
                .collect();
            let role = role_column.map(cell).and_then(Role::of_words);
            found.push(Row { address: address(name_column, at), name, role, cells });
        }
        return Ok(found);
    }
    let seen = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(HEAD_WITHIN)).max_by_key(|row| row.len());
    Err(Error::NoDays { seen: seen.cloned().unwrap_or_default() })
}

/// What may be written in a cell, as a sentence says it.
pub fn accepted(lang: Lang) -> &'static str {
    t(
        "早 中 夜 长白 长夜 行政 (或 A B C), 休, 事假 病假 年假 工伤; 两班写 长白+长夜, 岗位写 早(康乐苑 东门)",
        "E L N LD LN Office (or A B C), off, personal sick annual injury; two shifts LD+LN, a post E(康乐苑 东门)",
    )
    .get(lang)
}

/// The row with the most days as heads, at least two, and the days by column.
fn heads(sheet: &Sheet, monday: Day) -> Option<(usize, Vec<(usize, Day)>)> {
    let days = |row: &Vec<String>| -> Vec<(usize, Day)> {
        let mut days: Vec<(usize, Day)> = Vec::new();
        for (column, cell) in row.iter().enumerate() {
            // A merged head fills several cells: the first counts.
            if let Some(day) = day_of(cell, monday)
                && days.iter().all(|(_, known)| *known != day)
            {
                days.push((column, day));
            }
        }
        days
    };
    let ranked = sheet.rows.iter().take(HEAD_WITHIN).enumerate().map(|(at, row)| (at, days(row)));
    ranked.filter(|(_, days)| days.len() >= 2).max_by_key(|(at, days)| (days.len(), HEAD_WITHIN - at))
}

/// The day a head names: `2026-11-23`, `11月23日`, `11/23`, `23`, `周一`, `周一23`, `Mon`.
fn day_of(text: &str, monday: Day) -> Option<Day> {
    let text = clean::half_width(text.trim());
    let mut numbers: Vec<u32> = Vec::new();
    // What stands behind a blank is the time of a date.
    let date = text.split(" 00:").next().unwrap_or_default();
    for part in date.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()) {
        numbers.push(part.parse().ok()?);
    }
    // Behind a figure 日 is a day of the month, behind 周 it is Sunday.
    let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut rest = String::new();
    let mut before = None;
    for c in date.chars() {
        let sign = c.is_ascii_digit() || "-/.年月号() ".contains(c) || (c == '日' && figure(before));
        if !sign {
            rest.push(c);
        }
        before = Some(c);
    }
    let weekday = weekday_of(&rest);
    if !rest.is_empty() && weekday.is_none() {
        return None;
    }
    let near = |fits: &dyn Fn(Day) -> bool| {
        let middle = monday + chrono::Duration::days(3);
        (0..200).flat_map(|n| [n, -n]).map(|n| middle + chrono::Duration::days(n)).find(|day| fits(*day))
    };
    match numbers.as_slice() {
        [year, month, day] => Day::from_ymd_opt(i32::try_from(*year).ok()?, *month, *day),
        [month, day] => near(&|date| date.month() == *month && date.day() == *day),
        [day] if (1..=31).contains(day) => near(&|date| date.day() == *day),
        [] => Some(monday + chrono::Duration::days(weekday?)),
        _ => None,
    }
}

/// Days behind Monday: `周一`, `星期一`, `礼拜一`, `一`, `Mon`, `Monday`.
fn weekday_of(text: &str) -> Option<i64> {
    let text = text.trim().to_lowercase();
    let zh = text.trim_start_matches("星期").trim_start_matches("礼拜").trim_start_matches('周');
    let at = ["一", "二", "三", "四", "五", "六", "日"].iter().position(|day| *day == zh);
    let at = at.or((zh == "天" && zh != text).then_some(6));
    let en = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let at = at.or_else(|| en.iter().position(|day| *day == text)).or_else(|| full.iter().position(|d| *d == text));
    at.and_then(|at| i64::try_from(at).ok())
}

/// What a cell says; none when it is not understood.
fn said(text: &str, names: &Names) -> Option<Said> {
    let text = clean::half_width(text).replace(['（', '【'], "(").replace(['）', '】'], ")");
    let text = text.trim().trim_start_matches('\'');
    let lower = text.to_lowercase();
    if words::is_rest(&lower) {
        return Some(Said::Rest);
    }
    let leave = LeaveKind::ALL.iter().find(|kind| {
        let label = kind.label();
        let short = words::leave_in_short(**kind);
        [label.zh, label.en, short.zh, short.en, kind.code()].contains(&lower.as_str())
            || label.zh.trim_end_matches('假') == text
    });
    if let Some(kind) = leave.copied().or((lower == "假" || lower == "请假").then_some(LeaveKind::Personal)) {
        return Some(Said::Leave(kind));
    }
    let mut shifts = Vec::new();
    for part in text.split('+') {
        let (word, post) = match part.split_once('(') {
            Some((word, post)) => (word.trim(), post.trim_end().strip_suffix(')')?.trim()),
            None => (part.trim(), ""),
        };
        let template = words::read_shift(names, word)?;
        if shifts.iter().any(|(known, _)| *known == template) {
            return None;
        }
        shifts.push((template, post.to_owned()));
    }
    Some(Said::Shifts(shifts))
}

/// `C7`: a cell as spreadsheet programs name it; both counted from 0.
fn address(column: usize, row: usize) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::shift::Template;

    fn monday() -> Day {
        Day::from_ymd_opt(2026, 11, 30).expect("a day")
    }

    fn sheet(rows: &[&[&str]]) -> Vec<Sheet> {
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        vec![Sheet { rows, ..Sheet::default() }]
    }

    #[test]
    fn heads_are_dates_or_weekdays_in_any_form() {
        for (head, day) in [
            ("2026-12-01", 1),
            ("2026-12-01 00:00:00", 1),
            ("12月1日", 1),
            ("12/1", 1),
            ("1", 1),
            ("1日", 1),
            ("周二", 1),
            ("星期二", 1),
            ("二", 1),
            ("Tue", 1),
            ("周二1", 1),
            ("2026-12-06 周日", 6),
            ("周日12-06", 6),
            ("星期天", 6),
        ] {
            assert_eq!(day_of(head, monday()), Day::from_ymd_opt(2026, 12, day), "{head}");
        }
        for none in ["姓名", "", "岗位1", "32", "备注", "12-40"] {
            assert_eq!(day_of(none, monday()), None, "{none}");
        }
    }

    #[test]
    fn cells_are_words_or_letters() {
        let names = Names::default();
        let shift = |template| Some(Said::Shifts(vec![(template, String::new())]));
        for (text, means) in [
            ("早", shift(Template::Early)),
            ("早班", shift(Template::Early)),
            ("Ａ", shift(Template::Early)),
            ("E", shift(Template::Early)),
            ("C", shift(Template::Night)),
            ("d", shift(Template::LongDay)),
            ("行政", shift(Template::Office)),
            ("long_night", shift(Template::LongNight)),
            ("休", Some(Said::Rest)),
            ("OFF", Some(Said::Rest)),
            ("病假", Some(Said::Leave(LeaveKind::Sick))),
            ("sick", Some(Said::Leave(LeaveKind::Sick))),
            ("工伤", Some(Said::Leave(LeaveKind::Injury))),
            ("早早", None),
            ("M", None),
            ("早+早", None),
            ("早(东门", None),
        ] {
            assert_eq!(said(text, &names), means, "{text}");
        }
        let both = Said::Shifts(vec![(Template::LongDay, "康乐苑 东门".into()), (Template::LongNight, String::new())]);
        assert_eq!(said("长白（康乐苑 东门）+长夜", &names), Some(both));
        let mut own = Names::default();
        own[Template::Own1 as usize] = ("早市班".to_owned(), "market".to_owned());
        assert_eq!(said("早市", &own), shift(Template::Own1));
    }

    #[test]
    fn a_sheet_with_two_rows_of_heads_a_title_and_merged_roles() {
        let sheets = sheet(&[
            &["维修班排班表", "维修班排班表"],
            &["岗位", "姓名", "11月30日", "12月1日", "12月2日"],
            &["", "", "一", "二", "三"],
            &["维修", "王 强", "早", "", "不懂"],
            &["维修", "刘建", "休", "病假", "夜"],
            &["合计", "合计", "1", "2", "3"],
        ]);
        let rows = rows(&sheets, monday(), &Names::default()).expect("days");
        let named: Vec<(&str, Option<Role>, usize)> =
            rows.iter().map(|row| (row.name.as_str(), row.role, row.cells.len())).collect();
        assert_eq!(named, [("王 强", Some(Role::Repairer), 2), ("刘建", Some(Role::Repairer), 3)]);
        assert_eq!((rows[0].cells[1].address.as_str(), &rows[0].cells[1].said), ("E4", &None));
        assert_eq!(rows[1].address, "B5");
        assert!(matches!(super::rows(&sheet(&[&["a", "b"]]), monday(), &Names::default()), Err(Error::NoDays { .. })));
        assert_eq!(address(27, 0), "AB1");
    }
}
