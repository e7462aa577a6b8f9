//! Where a text breaks into rows of cells: a Chinese character takes two, and any two of them may be parted.
//! It knows nothing of screens; the desk counts rows by it, the view draws them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Signs that end something and never begin a row.
const CLOSING: &str = "，。、；：！？”’）》〉」』】〕…·～,.;:!?)]}%";
/// Signs that begin something and never end a row.
const OPENING: &str = "“‘（《〈「『【〔([{";
/// Characters that belong to the figure before them: `06:43前` is one word.
const OF_FIGURES: &str = "前后约年月日号时点分秒天楼栋单元室层件张人户岁周小℃";

/// The parts of `text` that stand in a row each, of at most `cells` cells; together they are the whole text. A row may end
/// in one blank more than fits.
pub fn rows(text: &str, cells: usize) -> Vec<Range<usize>> {
    let cells = cells.max(2);
    let (mut rows, mut start, mut used) = (Vec::new(), 0, 0);
    // Where the row may end at the latest, and how many cells were used up to there.
    let mut end: Option<(usize, usize)> = None;
    let mut before: Option<&str> = None;
    for (at, grapheme) in text.grapheme_indices(true) {
        if at > start && before.is_some_and(|before| may_part(before, grapheme)) {
            end = Some((at, used));
        }
        let width = grapheme.width();
        let hangs = grapheme == " " && used == cells;
        if used + width > cells && at > start && !hangs {
            let (cut, taken) = end.take().unwrap_or((at, used));
            rows.push(start..cut);
            (start, used) = (cut, used - taken);
        }
        used += width;
        before = Some(grapheme);
    }
    rows.push(start..text.len());
    rows
}

/// Rows for reading: blanks at their ends are dropped, and a line break begins a new one.
pub fn lines(text: &str, cells: usize) -> Vec<String> {
    text.split('\n')
        .flat_map(|line| rows(line, cells).into_iter().map(move |row| line[row].trim().to_owned()))
        .collect()
}

/// Whether a row may end behind `before` when `after` comes next.
fn may_part(before: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next(), after.chars().next()) else { return false };
    if next == ' ' || CLOSING.contains(next) || OPENING.contains(last) {
        return false;
    }
    if last == ' ' {
        return true;
    }
    if last.is_ascii_digit() && OF_FIGURES.contains(next) {
        return false;
    }
    // Letters, figures and the signs between them hold together; a character of two cells stands by itself.
    before.width() > 1 || after.width() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_the_whole_text_and_never_too_wide() {
        for text in [
            "厨房顶上漏水，水喷出来了。138 0000 5678",
            "",
            "a  b   c",
            "waterleak 漏水（厨房）06:43前到",
            "，，，，，，",
        ] {
            for cells in 2..30 {
                let rows = rows(text, cells);
                let whole: String = rows.iter().map(|row| &text[row.clone()]).collect();
                assert_eq!(whole, text, "{cells}");
                assert!(rows.iter().all(|row| text[row.clone()].trim_end().width() <= cells), "{cells}: {rows:?}");
            }
        }
    }

    #[test]
    fn figures_stay_whole_and_closing_signs_stay_behind() {
        assert_eq!(lines("维修王强 06:43前到；没到打值班电话", 14), ["维修王强", "06:43前到；没", "到打值班电话"]);
        assert_eq!(lines("厨房漏水，急", 8), ["厨房漏", "水，急"]);
        assert_eq!(lines("他说（厨房）", 6), ["他说", "（厨", "房）"]);
        assert_eq!(lines("on site by 11:00", 8), ["on site", "by 11:00"]);
        assert_eq!(lines("一\n二", 8), ["一", "二"]);
    }
}
