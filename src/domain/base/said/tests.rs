//! What is said, and what it means at which hour.

use super::*;
use crate::domain::base::time::CHINA;

fn at(day: (i32, u32, u32), clock: (i64, i64)) -> Time {
    CHINA.at(NaiveDate::from_ymd_opt(day.0, day.1, day.2).expect("a day"), clock.0 * 60 + clock.1)
}

/// Tuesday, 24 November 2026, 17:00.
fn tuesday() -> Time {
    at((2026, 11, 24), (17, 0))
}

fn read(text: &str, now: Time, lean: Lean) -> Option<String> {
    parse(text, now, CHINA, lean).map(|time| CHINA.local(time).format("%Y-%m-%d %H:%M:%S").to_string())
}

fn shown(text: &str, lean: Lean) -> Option<String> {
    read(text, tuesday(), lean).map(|time| time[5..].to_owned())
}

#[test]
fn the_forms_people_and_sheets_use() {
    for (text, lean, expected) in [
        ("09:00", Lean::Future, "11-25 09:00:00"),
        ("18:00", Lean::Future, "11-24 18:00:00"),
        ("23:10", Lean::Past, "11-23 23:10:00"),
        ("１８：３０", Lean::Future, "11-24 18:30:00"),
        ("明天 9:30", Lean::Future, "11-25 09:30:00"),
        ("明天", Lean::Future, "11-25 08:00:00"),
        ("大后天 9:30", Lean::Future, "11-27 09:30:00"),
        ("前天 9:30", Lean::Past, "11-22 09:30:00"),
        ("周三", Lean::Future, "11-25 08:00:00"),
        ("星期一18点", Lean::Future, "11-30 18:00:00"),
        ("后天下午3点", Lean::Future, "11-26 15:00:00"),
        ("下午3点半", Lean::Future, "11-25 15:30:00"),
        ("今晚八点", Lean::Future, "11-24 20:00:00"),
        ("明天上午", Lean::Future, "11-25 09:00:00"),
        ("周六上午9点", Lean::Future, "11-28 09:00:00"),
        ("下周一", Lean::Future, "11-30 08:00:00"),
        ("下周三 9:00", Lean::Future, "12-02 09:00:00"),
        ("上周三 9:00", Lean::Past, "11-18 09:00:00"),
        ("本周日 9:00", Lean::Future, "11-29 09:00:00"),
        ("这周天9点", Lean::Future, "11-29 09:00:00"),
        ("26号", Lean::Future, "11-26 08:00:00"),
        ("3号 14:00", Lean::Future, "12-03 14:00:00"),
        ("26号 14:00", Lean::Past, "10-26 14:00:00"),
        ("3号 14:00", Lean::Past, "11-03 14:00:00"),
        ("31号 14:00", Lean::Past, "10-31 14:00:00"),
        ("8:30pm", Lean::Future, "11-24 20:30:00"),
        ("9am", Lean::Future, "11-25 09:00:00"),
        ("12am", Lean::Future, "11-25 00:00:00"),
        ("昨晚11点", Lean::Past, "11-23 23:00:00"),
        ("中午12点", Lean::Future, "11-25 12:00:00"),
        ("wed 10:00", Lean::Past, "11-18 10:00:00"),
        ("+2h", Lean::Future, "11-24 19:00:00"),
        ("2026/4/5 9:32:09", Lean::Past, "04-05 09:32:09"),
        ("11月26日 14:00", Lean::Future, "11-26 14:00:00"),
        ("11-26下午3点", Lean::Future, "11-26 15:00:00"),
        ("2026年11月26日14点", Lean::Future, "11-26 14:00:00"),
        ("2026-11-24T18:00:00+08:00", Lean::Future, "11-24 18:00:00"),
    ] {
        assert_eq!(shown(text, lean).as_deref(), Some(expected), "{text}");
    }
    for nonsense in
        ["", "25:00", "soon", "2026-13-01", "12", "三", "+x", "+", "9:61", "32号", "2-30 9:00", "上", "周八"]
    {
        assert_eq!(shown(nonsense, Lean::Future), None, "{nonsense:?}");
    }
}

#[test]
fn a_month_and_day_is_of_the_year_that_makes_it_lie_where_it_should() {
    let eve = at((2026, 12, 31), (16, 0));
    let second = at((2027, 1, 2), (9, 0));
    for (text, now, lean, expected) in [
        ("1-4 9:00", eve, Lean::Future, "2027-01-04 09:00:00"),
        ("1月4日 9:00", eve, Lean::Future, "2027-01-04 09:00:00"),
        ("01/04 9:00", eve, Lean::Past, "2026-01-04 09:00:00"),
        ("12-31 23:00", eve, Lean::Future, "2026-12-31 23:00:00"),
        ("12-31 23:00", second, Lean::Past, "2026-12-31 23:00:00"),
        ("12-31 23:00", second, Lean::Future, "2027-12-31 23:00:00"),
        ("1-2 8:00", second, Lean::Past, "2027-01-02 08:00:00"),
        ("7-1 9:00", tuesday(), Lean::Future, "2027-07-01 09:00:00"),
        // A slip of some days is refused as of this year, not taken for an order of next year.
        ("11-20 9:00", tuesday(), Lean::Future, "2026-11-20 09:00:00"),
        ("11-28 9:00", tuesday(), Lean::Past, "2026-11-28 09:00:00"),
        ("2-29 9:00", at((2027, 12, 1), (9, 0)), Lean::Future, "2028-02-29 09:00:00"),
        ("2-29 9:00", at((2028, 2, 29), (7, 59)), Lean::Future, "2028-02-29 09:00:00"),
        ("2-29 9:00", at((2028, 3, 1), (7, 59)), Lean::Past, "2028-02-29 09:00:00"),
    ] {
        assert_eq!(read(text, now, lean).as_deref(), Some(expected), "{text} {lean:?}");
    }
    assert_eq!(read("2-29 9:00", tuesday(), Lean::Future), None, "no 29th of February is near");
    let day = |text, lean| parse_day_leaning(text, CHINA.day(tuesday()), lean).map(|day| day.to_string());
    assert_eq!(day("11-25", Lean::Past).as_deref(), Some("2025-11-25"), "the newest of that name");
    assert_eq!(day("11-23", Lean::Future).as_deref(), Some("2027-11-23"));
    assert_eq!(day("2-29", Lean::Past).as_deref(), Some("2024-02-29"));
}

#[test]
fn a_month_without_such_a_day_is_passed_over() {
    let january = at((2027, 1, 31), (9, 0));
    assert_eq!(read("30号 9:00", january, Lean::Future).as_deref(), Some("2027-03-30 09:00:00"));
    assert_eq!(read("31号 10:00", january, Lean::Future).as_deref(), Some("2027-01-31 10:00:00"));
    assert_eq!(read("4号 10:00", at((2026, 12, 31), (9, 0)), Lean::Future).as_deref(), Some("2027-01-04 10:00:00"));
    assert_eq!(read("31号 10:00", at((2027, 1, 2), (9, 0)), Lean::Past).as_deref(), Some("2026-12-31 10:00:00"));
}

#[test]
fn an_hour_of_either_half_of_the_day_is_the_nearest_sensible_one() {
    let four = at((2026, 11, 24), (16, 0));
    for (text, now, lean, expected) in [
        ("三点", four, Lean::Future, "2026-11-25 15:00:00"),
        ("三点", four, Lean::Past, "2026-11-24 15:00:00"),
        ("3点半", four, Lean::Past, "2026-11-24 15:30:00"),
        ("五点", four, Lean::Future, "2026-11-24 17:00:00"),
        ("五点二十", four, Lean::Future, "2026-11-24 17:20:00"),
        ("两点一刻", four, Lean::Future, "2026-11-25 14:15:00"),
        ("8点", four, Lean::Future, "2026-11-24 20:00:00"),
        ("9点", four, Lean::Future, "2026-11-25 09:00:00"),
        ("今天9点", four, Lean::Future, "2026-11-24 21:00:00"),
        ("十二点", four, Lean::Future, "2026-11-25 12:00:00"),
        ("十五点", four, Lean::Future, "2026-11-25 15:00:00"),
        ("明天三点", four, Lean::Future, "2026-11-25 15:00:00"),
        ("昨天三点", four, Lean::Past, "2026-11-23 15:00:00"),
        ("周五三点", four, Lean::Future, "2026-11-27 15:00:00"),
        ("今天三点", at((2026, 11, 24), (8, 0)), Lean::Past, "2026-11-24 03:00:00"),
        ("三点", at((2026, 11, 24), (8, 0)), Lean::Past, "2026-11-24 03:00:00"),
        ("三点", at((2026, 11, 24), (0, 30)), Lean::Future, "2026-11-24 15:00:00"),
        ("今天9点", at((2026, 11, 24), (23, 0)), Lean::Past, "2026-11-24 21:00:00"),
        // With a colon an hour is that of 24.
        ("03:00", four, Lean::Future, "2026-11-25 03:00:00"),
        ("昨天 3:00", four, Lean::Past, "2026-11-23 03:00:00"),
        ("凌晨三点", four, Lean::Future, "2026-11-25 03:00:00"),
    ] {
        assert_eq!(read(text, now, lean).as_deref(), Some(expected), "{text} {lean:?}");
    }
}

#[test]
fn the_parts_of_a_day_keep_their_hours() {
    let eight = at((2026, 11, 24), (8, 0));
    for (text, now, lean, expected) in [
        ("上午", tuesday(), Lean::Future, "2026-11-25 09:00:00"),
        ("晚上", eight, Lean::Past, "2026-11-23 19:00:00"),
        ("中午11点半", eight, Lean::Future, "2026-11-24 11:30:00"),
        ("中午1点", eight, Lean::Future, "2026-11-24 13:00:00"),
        ("晚上12点", eight, Lean::Future, "2026-11-25 00:00:00"),
        ("昨天晚上12点", eight, Lean::Past, "2026-11-24 00:00:00"),
        ("夜里2点", eight, Lean::Future, "2026-11-25 02:00:00"),
        ("夜里2点", eight, Lean::Past, "2026-11-24 02:00:00"),
        ("昨天夜里2点", eight, Lean::Past, "2026-11-24 02:00:00"),
        ("今天夜里2点", eight, Lean::Past, "2026-11-24 02:00:00"),
        ("今天夜里2点", eight, Lean::Future, "2026-11-25 02:00:00"),
        ("凌晨12点10分", eight, Lean::Past, "2026-11-24 00:10:00"),
        ("昨天下午三点", eight, Lean::Past, "2026-11-23 15:00:00"),
        ("晚上5点", eight, Lean::Future, "2026-11-24 17:00:00"),
    ] {
        assert_eq!(read(text, now, lean).as_deref(), Some(expected), "{text} {lean:?}");
    }
}

#[test]
fn a_weekday_whose_time_has_passed_today_is_the_next_or_the_last_one() {
    for (text, lean, expected) in [
        ("周二 9:00", Lean::Future, "12-01 09:00:00"),
        ("周二 18:00", Lean::Future, "11-24 18:00:00"),
        ("周二", Lean::Future, "12-01 08:00:00"),
        ("tue 18:00", Lean::Past, "11-17 18:00:00"),
        ("tue 9:00", Lean::Past, "11-24 09:00:00"),
    ] {
        assert_eq!(shown(text, lean).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn times_around_midnight_and_the_years_end() {
    let midnight = at((2027, 1, 1), (0, 0));
    let before = at((2026, 12, 31), (23, 59));
    for (text, now, lean, expected) in [
        ("00:00", midnight, Lean::Future, "2027-01-01 00:00:00"),
        ("00:00", midnight, Lean::Past, "2027-01-01 00:00:00"),
        ("23:59", midnight, Lean::Past, "2026-12-31 23:59:00"),
        ("00:30", before, Lean::Future, "2027-01-01 00:30:00"),
        ("24:00", before, Lean::Future, "2027-01-01 00:00:00"),
        ("明天 9:00", before, Lean::Future, "2027-01-01 09:00:00"),
        ("昨天 9:00", midnight, Lean::Past, "2026-12-31 09:00:00"),
        ("周五", before, Lean::Future, "2027-01-01 08:00:00"),
        ("8:00", at((2028, 2, 29), (7, 59)), Lean::Future, "2028-02-29 08:00:00"),
        ("8:00", at((2028, 2, 29), (8, 1)), Lean::Future, "2028-03-01 08:00:00"),
    ] {
        assert_eq!(read(text, now, lean).as_deref(), Some(expected), "{text} {lean:?}");
    }
}

#[test]
fn a_day_alone_is_told_from_a_moment() {
    let said = |text| said(text, tuesday(), CHINA);
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
    assert_eq!(said("2026-11-25"), Some(Said::Day(day(11, 25))));
    assert_eq!(said("明天"), Some(Said::Day(day(11, 25))));
    assert_eq!(said("2026-11-20T10:00"), Some(Said::Moment(at((2026, 11, 20), (10, 0)))));
    assert_eq!(said("2026-11-20 00:00"), Some(Said::Moment(at((2026, 11, 20), (0, 0)))));
    assert_eq!(said("2026-11-20T10:00:30Z"), Some(Said::Moment(Time(at((2026, 11, 20), (18, 0)).0 + 30_000))));
    for neither in ["10:00", "+2h", "nonsense", "2026-11-20 soon"] {
        assert_eq!(said(neither), None, "{neither}");
    }
}

/// A time as it is typed again lies where it lay, whatever the day: an appointment shown and accepted is the same one.
#[test]
fn a_time_read_again_as_it_is_shown_is_the_same() {
    for ahead in (0..800).step_by(7) {
        let now = tuesday();
        let time = Time(now.0 + ahead * DAY + 90 * MINUTE);
        let shown = CHINA.mdhm_from(time, now);
        assert_eq!(parse(&shown, now, CHINA, Lean::Future), Some(time), "{shown}");
    }
}
