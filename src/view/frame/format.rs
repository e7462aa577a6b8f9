//! Text measured in cells: a Chinese character takes two. Cutting, padding and wrapping never halve a character.
//! It does not decide what is said.

use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::wrap;

/// What stands for the part cut off; the one-character ellipsis is two cells wide in some consoles.
const CUT: &str = "..";

/// Cells that `text` takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` in at most `cells` cells, its end cut off behind `..` when it does not fit.
pub fn truncate(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    if cells <= CUT.len() {
        return head(text, cells).to_owned();
    }
    format!("{}{CUT}", head(text, cells - CUT.len()))
}

/// A row that more follows, which is not shown.
pub fn more(text: &str, cells: usize) -> String {
    format!("{}{CUT}", head(text, cells.saturating_sub(CUT.len())))
}

/// `text` in at most `cells` cells, cut in the middle, so that both ends (the compound, the room) stay readable.
pub fn truncate_middle(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    if cells <= CUT.len() + 2 {
        return truncate(text, cells);
    }
    let room = cells - CUT.len();
    let end = tail(text, room.div_ceil(2));
    format!("{}{CUT}{end}", head(text, room - width(end)))
}

/// `text` in exactly `cells` cells, at the left.
pub fn pad(text: &str, cells: usize) -> String {
    let text = truncate(text, cells);
    let gap = cells.saturating_sub(width(&text));
    text + &" ".repeat(gap)
}

/// `text` in exactly `cells` cells, at the right.
pub fn pad_left(text: &str, cells: usize) -> String {
    let text = truncate(text, cells);
    " ".repeat(cells.saturating_sub(width(&text))) + &text
}

/// Lines of at most `cells` cells. No line begins with a closing sign such as `，` or `。`.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    wrap::lines(text, cells)
}

/// A line in at most `cells` cells; where it is cut, that is seen.
pub fn fit(line: &Line<'static>, cells: usize) -> Line<'static> {
    if line.width() <= cells {
        return line.clone();
    }
    let (mut left, mut fitted) = (cells.saturating_sub(CUT.len()), Line { spans: Vec::new(), ..line.clone() });
    for span in &line.spans {
        let text = head(&span.content, left);
        left -= width(text);
        fitted.spans.push(Span::styled(text.to_owned(), span.style));
        if text.len() < span.content.len() {
            fitted.spans.push(Span::styled(CUT[..cells.min(CUT.len())].to_owned(), span.style));
            break;
        }
    }
    fitted
}

/// The longest beginning that takes at most `cells` cells.
fn head(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > cells {
            return &text[..at];
        }
    }
    text
}

/// The longest end that takes at most `cells` cells.
fn tail(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > cells {
            return &text[at + grapheme.len()..];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_ever_wider_than_asked() {
        for text in ["康乐苑3-2-501", "e\u{301}te\u{301}", "👩\u{200d}🔧修水管", "", "厨房顶上漏水，水喷出来了。"]
        {
            for cells in 0..30 {
                assert!(width(&truncate(text, cells)) <= cells, "{text} {cells}");
                assert!(width(&truncate_middle(text, cells)) <= cells, "{text} {cells}");
                assert_eq!(width(&pad(text, cells)), cells, "{text} {cells}");
                assert_eq!(width(&pad_left(text, cells)), cells, "{text} {cells}");
            }
        }
    }

    #[test]
    fn where_texts_are_cut() {
        assert_eq!(truncate("厨房水管爆裂", 9), "厨房水..");
        assert_eq!(truncate_middle("锦绣家园5-1-302", 11), "锦绣..1-302");
        assert_eq!(truncate_middle("康乐苑3-2-501", 13), "康乐苑3-2-501");
    }

    #[test]
    fn no_line_begins_with_a_closing_sign() {
        let text = "总阀锈死，等供水公司来人。若十六点半没到，再打值班电话；WaterLeakage漏水（厨房）。";
        for cells in 4..40 {
            for line in wrap(text, cells) {
                assert!(width(&line) <= cells, "{cells}: {line}");
                assert!(!line.starts_with(['，', '。', '；', '）']) || cells < 6, "{cells}: {line}");
            }
        }
    }
}
