//! Pages for paper, for a group, for a browser: values put into templates. An office may lay its own templates over those
//! compiled in; one that fails is told of and ours is used. What a page holds is in the file of its kind.

pub mod handover;
pub mod roster;
pub mod slip;

use std::path::Path;

use minijinja::{Environment, UndefinedBehavior, Value};
use unicode_width::UnicodeWidthStr;

use crate::coded;
use crate::text::{Lang, t, wrap};

coded! {
    /// What a page is made for.
    pub enum Format {
        /// Plain text, to print or to paste.
        Text = "text",
        /// Markdown.
        Markdown = "md",
        /// HTML, to print from a browser on A4.
        Html = "html",
    }
}

impl Format {
    /// How its templates' names end.
    const fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }
}

/// A page, and what was wrong with the office's own template, if anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The page.
    pub text: String,
    /// A sentence that names the template and its line.
    pub complaint: Option<String>,
}

/// Puts values into the template `name`: the office's own in `folder`, when there is one and it works, else `ours`.
///
/// # Errors
/// A sentence, when even ours fails.
pub fn fill(
    name: &str,
    format: Format,
    ours: &str,
    folder: Option<&Path>,
    values: &Value,
    lang: Lang,
) -> Result<Page, String> {
    let file = format!("{name}.{}", format.ending());
    let own = folder.map(|folder| folder.join(&file)).filter(|path| path.exists());
    let complaint = match own {
        None => None,
        Some(path) => {
            let read = std::fs::read_to_string(&path).map_err(|e| (None, e.kind().to_string()));
            match read.and_then(|source| rendered(&file, &source, values)) {
                Ok(text) => return Ok(Page { text, complaint: None }),
                Err((line, why)) => Some(
                    t(
                        "模板 {path} 第 {line} 行: {why}; 这次用自带的",
                        "Template {path}, line {line}: {why}; the built-in one is used",
                    )
                    .with(lang, &[("path", &path.display()), ("line", &line.unwrap_or(1)), ("why", &why)]),
                ),
            }
        }
    };
    built_in(name, format, ours, values).map(|text| Page { text, complaint })
}

/// Puts values into a template compiled in.
///
/// # Errors
/// A sentence that names the template and its line.
pub(super) fn built_in(name: &str, format: Format, ours: &str, values: &Value) -> Result<String, String> {
    let file = format!("{name}.{}", format.ending());
    rendered(&file, ours, values).map_err(|(line, why)| format!("{file}:{}: {why}", line.unwrap_or(1)))
}

/// What is put into a template whose name ends in `html` is escaped by the engine, which is the only place that does so.
fn rendered(name: &str, source: &str, values: &Value) -> Result<String, (Option<usize>, String)> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("wrapped", wrapped);
    environment.add_filter("padded", padded);
    environment.add_filter("md", markdown);
    environment.render_named_str(name, source, values.clone()).map_err(|e| {
        let why = e.detail().map_or_else(|| e.kind().to_string(), |detail| format!("{}: {detail}", e.kind()));
        (e.line(), why)
    })
}

/// In rows of so many cells, those behind the first set in by as many blanks.
fn wrapped(text: &str, cells: usize, indent: usize) -> String {
    let mut lines = wrap::lines(text, cells.saturating_sub(indent)).into_iter();
    let first = lines.next().unwrap_or_default();
    lines.fold(first, |text, line| format!("{text}\n{}{line}", " ".repeat(indent)))
}

/// At least so many cells wide.
fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text.width())))
}

/// With the signs that mean something in Markdown escaped, on one line: a line may begin with signs that mean something only
/// there.
pub(super) fn markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => plain.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => plain.extend(['\\', c]),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    #[test]
    fn nothing_typed_is_taken_for_a_mark() {
        let values = context! { text => "<b a=\"1\" b='2'> & 漏水\n# *1*" };
        let made = |format, source| built_in("page", format, source, &values).expect("a page");
        assert_eq!(
            made(Format::Html, "<i>{{ text }}</i>"),
            "<i>&lt;b a=&quot;1&quot; b=&#x27;2&#x27;&gt; &amp; 漏水\n# *1*</i>"
        );
        assert_eq!(made(Format::Markdown, "- {{ text|md }}"), "- \\<b a=\"1\" b='2'\\> & 漏水 \\# \\*1\\*");
        assert_eq!(made(Format::Text, "{{ text }}"), "<b a=\"1\" b='2'> & 漏水\n# *1*");
    }
}
