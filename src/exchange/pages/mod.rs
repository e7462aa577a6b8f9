//! Pages for the printer: each as text, and as a web page of A4 that needs nothing beside it.
//! What stands on one is in the file of its name; where it is put is the caller's to say.

pub mod slip;

use std::path::Path;

use super::{Error, export};

/// A page in both its forms. It holds names in full, so it does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    /// Plain text.
    pub text: String,
    /// HTML, styles included.
    pub html: String,
}

/// Text as it may stand in HTML, between tags or in quotes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Writes one form of a page, readable by this user only; one of before under that name is replaced.
///
/// # Errors
/// [`Error::Link`], [`Error::NotAFile`], [`Error::Io`].
pub fn save(text: &str, path: &Path) -> Result<(), Error> {
    export::save(text.as_bytes(), path, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_taken_for_a_tag() {
        assert_eq!(escape("<b a=\"1\" b='2'> & 漏水"), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt; &amp; 漏水");
    }
}
