//! What paid work costs, as people write it: words for the materials, then yuan. Kept in fen, so that nothing is rounded.
//! What may be charged for is not decided here.

use crate::domain::base::clean::half_width;

/// Materials and fee (in fen) of one line: `三角阀1个 35.5`. Without an amount at its end it is all materials.
pub fn charge_of(text: &str) -> (String, Option<i64>) {
    let text = text.trim();
    let at = text.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8());
    match fen(&text[at..]) {
        Some(fen) => (text[..at].trim().to_owned(), Some(fen)),
        None => (text.to_owned(), None),
    }
}

/// An amount as typed, `35`, `35.5`, `¥35.50`, `35元`, in fen.
fn fen(text: &str) -> Option<i64> {
    let text = half_width(text);
    let text = text.trim_start_matches(['¥', '￥']).trim_end_matches(['元', '块']);
    let (minus, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let (yuan, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if yuan.is_empty() || part.len() > 2 || !digits(yuan) || !digits(part) {
        return None;
    }
    let yuan: i64 = yuan.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    yuan.checked_mul(100)?.checked_add(part)?.checked_mul(minus)
}

/// `35`, `35.50`: an amount in yuan.
pub fn yuan(fen: i64) -> String {
    match (fen / 100, (fen % 100).abs()) {
        (yuan, 0) => yuan.to_string(),
        (yuan, part) => format!("{yuan}.{part:02}"),
    }
}

/// The line a charge is typed as: what [`charge_of`] reads back.
pub fn line(materials: &str, fee: Option<i64>) -> String {
    let fee = fee.map(yuan).unwrap_or_default();
    format!("{} {fee}", materials.replace('\n', " ")).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_then_yuan() {
        let read = charge_of;
        assert_eq!(read("三角阀1个 35.5"), ("三角阀1个".to_owned(), Some(3_550)));
        assert_eq!(read("三角阀 1个"), ("三角阀 1个".to_owned(), None), "a count is no amount");
        assert_eq!(read(" ３５元 "), (String::new(), Some(3_500)));
        assert_eq!(read("阀 ¥0.05"), ("阀".to_owned(), Some(5)));
        assert_eq!(read("阀 -3"), ("阀".to_owned(), Some(-300)), "refused by its rule, not taken for words");
        assert_eq!(read("阀 35.555"), ("阀 35.555".to_owned(), None));
        assert_eq!(read("阀 99999999999999999999"), ("阀 99999999999999999999".to_owned(), None));
        assert_eq!(read(""), (String::new(), None));
        for (materials, fee) in [("三角阀", Some(3_550)), ("", Some(0)), ("两米管", None), ("", None)] {
            assert_eq!(read(&line(materials, fee)), (materials.to_owned(), fee));
        }
    }
}
