//! Text of statements that is put together: marks of values, and the columns of a table, listed once.
//! Which tables there are is not known here.

use std::borrow::Cow;

/// The mark of the `n`th value (1-based).
pub(in crate::store) fn mark(n: usize) -> String {
    format!("?{n}")
}

/// Marks of `count` values from the `from`th on, commas between.
pub(in crate::store) fn marks(from: usize, count: usize) -> String {
    (from..from + count).map(mark).collect::<Vec<_>>().join(", ")
}

/// A statement with the engine's own sign before the numbers of its values. Texts in quotes stay as they are.
pub(super) fn turned(sql: &str, sign: char) -> Cow<'_, str> {
    if sign == '?' {
        return Cow::Borrowed(sql);
    }
    let mut turned = String::with_capacity(sql.len());
    let mut quote: Option<char> = None;
    for c in sql.chars() {
        match quote {
            None if matches!(c, '\'' | '"') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {}
        }
        turned.push(if c == '?' && quote.is_none() { sign } else { c });
    }
    Cow::Owned(turned)
}
