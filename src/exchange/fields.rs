//! One cell as the value its column holds: phones, times, years, yes and no, flags in words.
//! Which column a cell stands in was settled by `mapping`.

use chrono::Datelike;

use crate::domain::base::clean::{self, half_width};
use crate::domain::base::time::{self, DAY, Lean, Time, Zone};
use crate::domain::person::{Care, Flags, Phone, Relation, Work};

/// The words for each care flag, as heads and in cells; the code first.
pub(super) const CARE_WORDS: [(Care, &[&str]); 6] = [
    (Care::LivesAlone, &["alone", "独居", "独居老人", "空巢老人", "孤寡老人"]),
    (Care::Disabled, &["disabled", "残疾", "残疾人", "残障"]),
    (Care::MinimumIncome, &["low_income", "低保", "低保户", "特困"]),
    (Care::Pregnant, &["pregnant", "孕妇", "孕产妇"]),
    (Care::Infant, &["infant", "婴幼儿", "婴儿", "幼儿"]),
    (Care::Over80, &["over_80", "80岁以上", "80以上", "高龄", "高龄老人"]),
];

/// The words for each work flag.
pub(super) const WORK_WORDS: [(Work, &[&str]); 5] = [
    (Work::Jobless, &["jobless", "失业", "下岗", "待业", "无业"]),
    (Work::HardToEmploy, &["hard_to_employ", "就业困难", "就业困难人员"]),
    (Work::ZeroJobHousehold, &["zero_job_household", "零就业", "零就业家庭"]),
    (Work::HardUp, &["hard_up", "困难家庭", "困难户", "贫困户"]),
    (Work::WantsWork, &["wants_work", "愿意就业", "有就业意愿", "就业意愿"]),
];

/// One line of a cell that may hold several.
pub(super) fn line(cell: &str) -> String {
    clean::line(cell).unwrap_or_default()
}

/// Words as people wrote them: each line trimmed, blank lines and runs of blanks left out.
pub(super) fn words(cell: &str) -> String {
    cell.lines().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Whether a cell stands for "nothing": `无`, `-`, `/`, `暂无`.
pub(super) fn nothing(cell: &str) -> bool {
    matches!(
        cell.trim(),
        "" | "无"
            | "-"
            | "--"
            | "—"
            | "——"
            | "/"
            | "\\"
            | "暂无"
            | "没有"
            | "不详"
            | "空"
            | "N/A"
            | "n/a"
            | "null"
            | "None"
    )
}

/// The parts of a cell that lists several: `水电、锁具`, `a; b`.
pub(super) fn parts(cell: &str) -> Vec<String> {
    cell.split(['、', '，', ',', '；', ';', '\n', '|', '/']).map(line).filter(|part| !nothing(part)).collect()
}

/// What a cell of phones holds.
#[derive(Default)]
pub(super) struct Phones {
    pub(super) good: Vec<Phone>,
    /// Numbers a form was filled up with.
    pub(super) made_up: usize,
    pub(super) unclear: bool,
}

/// The phones of a cell, one or several, each once: `13800005678/0355-6001234`, `138…(女儿)`.
pub(super) fn phones(cell: &str) -> Phones {
    let mut phones = Phones::default();
    // What stands in brackets says whose it is.
    let text = half_width(cell);
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in text.trim_start_matches('\'').chars() {
        match c {
            // `(0355)6001234`: an area code is no remark.
            '(' if depth == 0 && !text.trim().starts_with('(') => depth = 1,
            ')' if depth > 0 => depth = 0,
            _ if depth > 0 => {}
            c => bare.push(c),
        }
    }
    for part in bare.split(['/', '、', ',', ';', '\n', '|', '\\']) {
        // Several numbers with blanks between: each long enough to be one.
        let pieces: Vec<&str> = part.split_whitespace().collect();
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        let several = pieces.len() > 1 && pieces.iter().all(|piece| digits(piece) >= 7);
        for piece in if several { pieces } else { vec![part] } {
            if nothing(piece) || piece.trim() == "0" {
                continue;
            }
            match Phone::new(piece) {
                Ok(phone) if made_up(phone.reveal()) => phones.made_up += 1,
                Ok(phone) if phones.good.contains(&phone) => {}
                Ok(phone) => phones.good.push(phone),
                Err(_) => phones.unclear = true,
            }
        }
    }
    phones
}

/// Numbers that forms are filled up with when there is none: `00000000000`, `11111111`. Only such as nobody can have are
/// taken for one: `13888888888`, `88888888` and `028-88888888` are sold for their eights, and answered.
fn made_up(digits: &str) -> bool {
    let d = digits.as_bytes();
    let mobile = d.len() == 11 && d[0] == b'1' && d[1] >= b'3';
    let with_area_code = (10..=12).contains(&d.len()) && d[0] == b'0' && d[1] != b'0';
    let local = matches!(d.len(), 7 | 8) && d[0] >= b'2';
    let same = d.iter().rev().take_while(|digit| Some(digit) == d.last().as_ref()).count();
    !(mobile || with_area_code || local) && d.len() >= 7 && same >= 9.min(d.len())
}

/// A time as sheets write it, beyond what [`time::parse`] reads: days counted since 1900, `03/01/2011 02:27:57 PM`, `下午`.
pub(super) fn when(cell: &str, now: Time, zone: Zone) -> Option<Time> {
    // A sheet's hours are of 24, however they are written.
    let text = line(&half_width(cell)).replace("点半", ":30").replace('点', ":");
    if let Ok(days) = text.parse::<f64>() {
        // From 1954 to 2064; below and above a bare number is something else, perhaps a year.
        return (20_000.0..60_000.0).contains(&days).then(|| {
            let day = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
            Time(zone.at(day, 0).0 + (days * DAY as f64 / 1_000.0).round() as i64 * 1_000)
        });
    }
    let mut text = text.to_lowercase();
    let text_as_written = month_first(&text).unwrap_or_else(|| text.clone());
    if let Some(time) = time::parse_with(&text_as_written, now, zone, Lean::Past, 0) {
        return Some(time);
    }
    let afternoon = text.contains("pm") || text.contains("下午") || text.contains("晚上");
    let morning = text.contains("am") || text.contains("上午") || text.contains("早上");
    if afternoon || morning {
        for word in ["am", "pm", "上午", "下午", "早上", "晚上"] {
            text = text.replace(word, " ");
        }
        text = line(&text);
    }
    if let Some(iso) = month_first(&text) {
        text = iso;
    }
    let time = time::parse_with(&text, now, zone, Lean::Past, 0)?;
    let hour = zone.minute_of_day(time) / 60;
    let shift = match hour {
        1..=11 if afternoon => 12,
        12 if morning => -12,
        _ => 0,
    };
    Some(time.plus_minutes(shift * 60))
}

/// `03/01/2011 …` as `2011-03-01 …`; a first number above twelve is taken for the day.
fn month_first(text: &str) -> Option<String> {
    let (date, rest) = text.split_once(' ').unwrap_or((text, ""));
    let numbers: Vec<u32> = date.split(['/', '-', '.']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let [a, b, year @ 1_000..=9_999] = numbers[..] else { return None };
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    Some(format!("{year}-{month:02}-{day:02} {rest}"))
}

/// A year of birth from `1958`, `1958年3月`, `1958-03-02`, or the days since 1900 of a birthday.
pub(super) fn born(cell: &str, now: Time, zone: Zone) -> Option<i32> {
    let this_year = zone.day(now).year();
    let text = half_width(cell);
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    let year = match digits.len() {
        4 => digits.parse().ok(),
        8 => digits[..4].parse().ok(),
        5 => when(&digits, now, zone).map(|time| zone.day(time).year()),
        _ => None,
    };
    year.filter(|year| (this_year - 125..=this_year).contains(year))
}

/// A year of birth from an age in whole years.
pub(super) fn born_from_age(cell: &str, now: Time, zone: Zone) -> Option<i32> {
    let text = half_width(cell);
    let age: i32 = text.trim().trim_end_matches(['岁', '周']).trim().parse().ok()?;
    (0..=125).contains(&age).then(|| zone.day(now).year() - age)
}

/// The year of birth in an identity number of 18 or 15 places. Nothing else of the number is used.
pub(super) fn born_from_identity(cell: &str, now: Time, zone: Zone) -> Option<i32> {
    let text: String = half_width(cell).chars().filter(char::is_ascii_alphanumeric).collect();
    let (year, month, day) = match text.len() {
        // What an earlier reading left of one.
        4 => return born(&text, now, zone),
        18 => (text.get(6..10)?.to_owned(), text.get(10..12)?, text.get(12..14)?),
        15 => (format!("19{}", text.get(6..8)?), text.get(8..10)?, text.get(10..12)?),
        _ => return None,
    };
    // A number put in to fill the cell (all ones) has no such day or no such year.
    chrono::NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    born(&year, now, zone)
}

/// What a person is in a home, and whether he is its head; nothing when the words are not understood.
///
/// The numbers are those of a widespread property system: 1001 owner, 1002 family, 1003 tenant, 1004 staying for a time.
pub(super) fn relation(cell: &str) -> Option<(Relation, bool)> {
    let text = line(&half_width(cell)).to_lowercase();
    // English words whole: there is a son in every person.
    let says = |words: &[&str]| {
        words.iter().any(|word| match word.as_bytes()[0].is_ascii_lowercase() {
            true => text.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word),
            false => text.contains(word),
        })
    };
    if says(&["户主", "本人", "head"]) && !says(&["之", "户主的", "配偶"]) {
        return Some((Relation::Owner, true));
    }
    if says(&["租", "tenant", "renter", "1003", "1004", "临时", "借住"]) {
        return Some((Relation::Tenant, false));
    }
    if says(&[
        "家属", "家庭", "家人", "亲属", "成员", "配偶", "妻", "夫", "爱人", "子", "女", "儿", "父", "母", "孙", "媳",
        "婿", "兄", "弟", "姐", "妹", "爷", "奶", "family", "spouse", "wife", "husband", "son", "daughter", "father",
        "mother", "child", "relative", "1002",
    ]) {
        return Some((Relation::Family, false));
    }
    says(&["业主", "产权", "房主", "自住", "owner", "1001"]).then_some((Relation::Owner, false))
}

/// Yes or no; nothing for any other word.
pub(super) fn yes(cell: &str) -> Option<bool> {
    match line(&half_width(cell)).to_lowercase().as_str() {
        "是" | "有" | "√" | "✓" | "✔" | "1" | "y" | "yes" | "true" | "对" | "v" | "x" => Some(true),
        "" | "否" | "无" | "0" | "n" | "no" | "false" | "不是" | "没有" | "×" | "-" | "/" => Some(false),
        _ => None,
    }
}

/// The flags a cell names in words; words that name none are passed over (`在职`, `退休`).
pub(super) fn flags<T: Copy>(cell: &str, words: &[(T, &[&str])], index: impl Fn(T) -> usize) -> Flags {
    let text = line(&half_width(cell)).to_lowercase();
    let named = words.iter().filter(|(_, names)| names.iter().any(|name| text.contains(name)));
    named.fold(Flags::default(), |flags, &(flag, _)| flags.with(index(flag)))
}

/// A number of square metres: `94.56`, `94.56㎡`, `1,024`.
pub(super) fn area(cell: &str) -> Option<f64> {
    let text = half_width(cell).replace([',', ' '], "").to_lowercase();
    let number = text.trim_end_matches(['㎡', '平', '方', '米', 'm', '²']).trim_end_matches("m2");
    number.parse().ok().filter(|area: &f64| area.is_finite() && (0.0..1_000_000.0).contains(area))
}

/// A whole number with its counter word: `3层`, `-1`, `F6`, `12栋`.
pub(super) fn whole(cell: &str) -> Option<i32> {
    let text = half_width(cell);
    let text = text
        .trim()
        .trim_start_matches(['F', 'f', '第'])
        .trim_end_matches(['层', '楼', 'F', 'f', '栋', '幢', '座', '个']);
    text.trim().parse().ok().filter(|n| (-10..=10_000).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::CHINA;

    fn now() -> Time {
        CHINA.at(chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"), 9 * 60)
    }

    #[test]
    fn phones_as_cells_hold_them() {
        let read = |cell: &str| phones(cell).good.iter().map(|p| p.reveal().to_owned()).collect::<Vec<_>>();
        assert_eq!(read("１３８００００５６７８／0355-6001234"), ["13800005678", "03556001234"]);
        assert_eq!(read("138 0000 5678"), ["13800005678"]);
        assert_eq!(read("13800005678 13900001234"), ["13800005678", "13900001234"]);
        assert_eq!(read("13800005678（女儿）、13800005678"), ["13800005678"]);
        assert_eq!(read("(0355)6001234"), ["03556001234"]);
        assert_eq!(read("'+8613800005678"), ["13800005678"]);
        assert!(read("无").is_empty() && !phones("-").unclear);
        for real in ["13888888888", "18999999999", "66666666", "8888888", "028-88888888", "6000000", "12345", "110"] {
            assert_eq!((phones(real).made_up, read(real).len()), (0, 1), "{real}");
        }
        for nobody in ["00000000000", "00000000", "11111111111", "1111111", "10000000000", "0000-00000000"] {
            assert_eq!((phones(nobody).made_up, read(nobody).len()), (1, 0), "{nobody}");
        }
        assert!(phones("老张手机").unclear);
    }

    #[test]
    fn times_as_sheets_write_them() {
        let read = |cell: &str| when(cell, now(), CHINA).map(|t| CHINA.rfc3339(t)[..19].to_owned());
        for (cell, expected) in [
            ("2019/4/25 9:32:09", "2019-04-25T09:32:09"),
            ("42370", "2016-01-01T00:00:00"),
            ("42370.75", "2016-01-01T18:00:00"),
            ("03/01/2011 02:27:57 PM", "2011-03-01T14:27:57"),
            ("03/01/2011 12:05:00 AM", "2011-03-01T00:05:00"),
            ("25/01/2011", "2011-01-25T00:00:00"),
            ("2019-08-01 00:00", "2019-08-01T00:00:00"),
            ("2019-08-01", "2019-08-01T00:00:00"),
            ("2019-08-01 24:00", "2019-08-02T00:00:00"),
            ("19-8-1 00:00", "2019-08-01T00:00:00"),
            ("19/8/1", "2019-08-01T00:00:00"),
            ("99.12.31 7:05", "2099-12-31T07:05:00"),
            ("00年1月2日", "2000-01-02T00:00:00"),
            ("2019年4月25日 下午", "2019-04-25T15:00:00"),
            ("2019/4/25 PM 3:20", "2019-04-25T15:20:00"),
            ("2019年4月25日 下午3:20", "2019-04-25T15:20:00"),
            ("２０２０－０１－０２ 18:00", "2020-01-02T18:00:00"),
        ] {
            assert_eq!(read(cell).as_deref(), Some(expected), "{cell}");
        }
        for cell in ["", "2019", "以后", "999999"] {
            assert_eq!(read(cell), None, "{cell:?}");
        }
    }

    #[test]
    fn years_of_birth() {
        for (cell, year) in
            [("1958", Some(1958)), ("1958年3月", Some(1958)), ("1958-03-02", Some(1958)), ("58", None), ("2058", None)]
        {
            assert_eq!(born(cell, now(), CHINA), year, "{cell}");
        }
        assert_eq!(born_from_age("68岁", now(), CHINA), Some(1958));
        assert_eq!(born_from_identity("14042619580302001X", now(), CHINA), Some(1958));
        assert_eq!(born_from_identity("140426580302001", now(), CHINA), Some(1958));
        assert_eq!(born_from_identity("111111111111111111", now(), CHINA), None);
    }

    #[test]
    fn relations_flags_and_numbers() {
        for (cell, expected) in [
            ("业主", Some((Relation::Owner, false))),
            ("户主", Some((Relation::Owner, true))),
            ("户主之妻", Some((Relation::Family, false))),
            ("长子", Some((Relation::Family, false))),
            ("租户", Some((Relation::Tenant, false))),
            ("1002", Some((Relation::Family, false))),
            ("tenant", Some((Relation::Tenant, false))),
            ("??", None),
        ] {
            assert_eq!(relation(cell), expected, "{cell}");
        }
        let care = flags("独居、高龄老人", &CARE_WORDS, |flag| flag as usize);
        assert_eq!(care.care().collect::<Vec<_>>(), [Care::LivesAlone, Care::Over80]);
        let work = flags("失业,愿意就业", &WORK_WORDS, |flag| flag as usize);
        assert_eq!(work.work().collect::<Vec<_>>(), [Work::Jobless, Work::WantsWork]);
        assert_eq!((area("94.56㎡"), area("1,024 平方米"), area("大")), (Some(94.56), Some(1024.0), None));
        assert_eq!((whole("3层"), whole("-1"), whole("顶楼")), (Some(3), Some(-1), None));
    }
}
