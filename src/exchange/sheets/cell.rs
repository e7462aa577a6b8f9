//! One cell as clean text.
//! It does not know which column the cell stands in, so a phone stays as it is written.

use calamine::{Data, DataRef, ExcelDateTime};

use crate::domain::base::clean;

/// Clean text that keeps its line feeds; nothing when it holds a NUL.
pub(super) fn clean(text: &str) -> Option<String> {
    // A spreadsheet program writes a carriage return inside a cell as these seven characters; exports leave them in.
    let text = if text.contains("_x000") {
        text.replace("_x000D_\r\n", "\n").replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("_x000A_", "\n")
    } else {
        text.to_owned()
    };
    clean::notes(&text).ok()
}

/// The text of a workbook's cell; nothing when it holds a NUL. A formula's error (`#N/A`) is a blank.
pub(super) fn data(value: &Data) -> Option<String> {
    Some(match value {
        Data::Int(n) => n.to_string(),
        Data::Float(x) => number(*x),
        Data::String(text) | Data::DurationIso(text) => clean(text)?,
        Data::Bool(yes) => truth(*yes),
        Data::DateTime(when) => date(when),
        Data::DateTimeIso(text) => clean(&text.replace('T', " "))?,
        Data::Error(_) | Data::Empty => String::new(),
    })
}

/// As [`data`], for a cell that borrows its text from the workbook.
pub(super) fn data_ref(value: &DataRef<'_>) -> Option<String> {
    Some(match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(x) => number(*x),
        DataRef::String(text) | DataRef::DurationIso(text) => clean(text)?,
        DataRef::SharedString(text) => clean(text)?,
        DataRef::Bool(yes) => truth(*yes),
        DataRef::DateTime(when) => date(when),
        DataRef::DateTimeIso(text) => clean(&text.replace('T', " "))?,
        DataRef::Error(_) | DataRef::Empty => String::new(),
    })
}

/// A number as a spreadsheet program shows it: fifteen digits, no `.0`, never `1e11`.
fn number(x: f64) -> String {
    if !x.is_finite() {
        return String::new();
    }
    if x.fract() == 0.0 {
        return format!("{x:.0}");
    }
    let rounded: f64 = format!("{x:.14e}").parse().unwrap_or(x);
    format!("{rounded}")
}

fn truth(yes: bool) -> String {
    if yes { "TRUE" } else { "FALSE" }.to_owned()
}

fn date(when: &ExcelDateTime) -> String {
    let days = when.as_f64();
    let Some(at) = when.as_datetime() else {
        return number(days);
    };
    // The program's clock counts in fractions of a day: a second may come out a hair short.
    let at = at + chrono::Duration::milliseconds(500);
    if (0.0..1.0).contains(&days) || when.is_duration() {
        return at.format("%H:%M:%S").to_string();
    }
    let midnight = at.time().format("%H%M%S").to_string() == "000000";
    at.format(if midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_dates_and_breaks() {
        for (x, text) in
            [(501.0, "501"), (94.56, "94.56"), (0.1 + 0.2, "0.3"), (13_800_005_678.0, "13800005678"), (-2.5, "-2.5")]
        {
            assert_eq!(number(x), text);
        }
        let when = |x| Data::DateTime(ExcelDateTime::new(x, ExcelDateTimeType::DateTime, false));
        assert_eq!(data(&when(42_370.0)).as_deref(), Some("2016-01-01"));
        assert_eq!(data(&when(42_370.75)).as_deref(), Some("2016-01-01 18:00:00"));
        assert_eq!(data(&when(0.397_326_388_9)).as_deref(), Some("09:32:09"));
        assert_eq!(clean("\n\t\t\t水管_x000D_\n漏水\u{a0}三天\u{3000}").as_deref(), Some("水管\n漏水 三天"));
        assert_eq!(clean("a\0b"), None);
    }
}
