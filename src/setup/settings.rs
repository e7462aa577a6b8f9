//! Settings: a TOML file in the config folder. An unknown key is a warning with its line, never a stop.
//! The data file's own settings (the township's name, its hours) are not here.

use std::path::Path;

use super::write_out::{self, Over};
use crate::exchange;
use crate::text::{Lang, t};

/// What the file may say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `zh` or `en`; otherwise the locale decides.
    pub lang: Option<String>,
    /// `dark`, `light`, `mono`, `high-contrast`.
    pub theme: Option<String>,
    /// `plain` or `ascii`, for consoles that draw box lines two cells wide.
    pub borders: Option<String>,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// The folder for pages to print.
    pub slips: Option<String>,
    /// The data file, when neither `--db` nor `TDESK_DB` says otherwise.
    pub db: Option<String>,
    /// A folder of the office's own templates for pages; those that are not there are the program's.
    pub templates: Option<String>,
}

/// Every key, with what it takes.
pub const KEYS: [(&str, &str); 7] = [
    ("lang", "\"zh\" | \"en\""),
    ("theme", "\"dark\" | \"light\" | \"mono\" | \"high-contrast\""),
    ("borders", "\"plain\" | \"ascii\""),
    ("mouse", "true | false"),
    ("slips", "\"/path/slips\""),
    ("db", "\"/path/desk.db\""),
    ("templates", "\"/path/folder\""),
];

/// Settings and what was odd about them, as sentences.
pub fn read(path: &Path, lang: Lang) -> (Settings, Vec<String>) {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&text, lang),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => (Settings::default(), Vec::new()),
        Err(e) => {
            let odd = t("设置文件 {path} 读不了: {why}", "The settings {path} cannot be read: {why}")
                .with(lang, &[("path", &path.display()), ("why", &e.kind())]);
            (Settings::default(), vec![odd])
        }
    }
}

/// As [`read`], from the text of the file.
pub fn parse(text: &str, lang: Lang) -> (Settings, Vec<String>) {
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(e) => {
            let e: toml::de::Error = e;
            let line = e.span().map_or(1, |span| line_of(text, span.start));
            let odd = t("设置第 {n} 行看不懂: {why}", "Settings, line {n}: not understood: {why}")
                .with(lang, &[("n", &line), ("why", &e.message())]);
            return (Settings::default(), vec![odd]);
        }
    };
    let mut settings = Settings::default();
    let mut odd = Vec::new();
    // Each by itself: a slip in one does not undo the others.
    for (key, value) in &table {
        if !settings.take(key, value) {
            let known = KEYS.iter().find(|(known, _)| known == key);
            let (n, all) = (line_of_key(text, key), KEYS.map(|(key, _)| key).join(", "));
            odd.push(match known {
                Some((_, form)) => t("设置第 {n} 行: {key} 要写成 {form}", "Settings, line {n}: {key} takes {form}")
                    .with(lang, &[("n", &n), ("key", key), ("form", form)]),
                None => t(
                    "设置第 {n} 行: 没有 {key} 这一项; 有: {known}",
                    "Settings, line {n}: there is no {key}; there are: {known}",
                )
                .with(lang, &[("n", &n), ("key", key), ("known", &all)]),
            });
        }
    }
    (settings, odd)
}

impl Settings {
    /// Takes one entry of the file; false when there is no such key or it does not take such a value.
    fn take(&mut self, key: &str, value: &toml::Value) -> bool {
        let word = |known: &[&str]| value.as_str().filter(|word| known.contains(word)).map(str::to_owned);
        let (place, value) = match key {
            "mouse" => {
                self.mouse = value.as_bool().unwrap_or_default();
                return value.is_bool();
            }
            "lang" => (&mut self.lang, word(&["zh", "en"])),
            "theme" => (&mut self.theme, word(&["dark", "light", "mono", "high-contrast"])),
            "borders" => (&mut self.borders, word(&["plain", "ascii"])),
            "templates" => (&mut self.templates, value.as_str().filter(|path| !path.is_empty()).map(str::to_owned)),
            "slips" => (&mut self.slips, value.as_str().filter(|path| !path.is_empty()).map(str::to_owned)),
            "db" => (&mut self.db, value.as_str().filter(|path| !path.is_empty()).map(str::to_owned)),
            _ => return false,
        };
        *place = value;
        place.is_some()
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}

fn line_of_key(text: &str, key: &str) -> usize {
    let begins = |line: &str| line.trim_start().trim_start_matches(['"', '[']).starts_with(key);
    text.lines().position(begins).map_or(1, |at| at + 1)
}

/// Writes one setting into the file, leaving the other lines as they are. A settings file that is a link is written where
/// it leads: people keep theirs in a folder of their own that way.
///
/// # Errors
/// When the file cannot be read as text, or not be written.
pub fn keep(data_file: &Path, path: &Path, key: &str, value: &str) -> Result<(), exchange::Error> {
    let old = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        other => other?,
    };
    let new_line = format!("{key} = \"{value}\"");
    let is_key = |line: &str| line.split('=').next().is_some_and(|name| name.trim() == key);
    let mut lines: Vec<&str> = old.lines().filter(|line| !is_key(line)).collect();
    // In front: behind a [table] it would belong to that.
    lines.insert(0, &new_line);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let itself = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    write_out::write(data_file, &itself, (lines.join("\n") + "\n").as_bytes(), Over::AnOlder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_setting_changes_and_what_is_not_a_settings_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("mine.toml"), folder.path().join("config.toml"));
        let data = folder.path().join("desk.db");
        std::fs::write(&file, "lang = \"zh\"\n[keys]\nmouse = true\n").expect("settings");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        keep(&data, &link, "lang", "en").expect("kept");
        assert_eq!(std::fs::read_to_string(&file).expect("settings"), "lang = \"en\"\n[keys]\nmouse = true\n");
        assert!(link.is_symlink(), "the link is as it was");
        for bytes in [b"SQLite format 3\0".as_slice(), b"\xff\xfe\x00l"] {
            std::fs::write(&data, bytes).expect("a file");
            assert!(keep(&data, &data, "lang", "en").is_err());
            assert_eq!(std::fs::read(&data).expect("the file"), bytes);
        }
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_rest_holds() {
        let (settings, odd) = parse("lang = \"zh\"\n\ncolour = 1\nmouse = true\n", Lang::En);
        assert_eq!((settings.lang.as_deref(), settings.mouse), (Some("zh"), true));
        assert!(odd.len() == 1 && odd[0].contains("line 3") && odd[0].contains("colour"), "{odd:?}");
        let (settings, odd) = parse("lang = \n", Lang::En);
        assert_eq!(settings, Settings::default());
        assert!(odd[0].contains("line 1"), "{odd:?}");
        let (settings, odd) = parse("db = \"/d.db\"\nmouse = 3\ntheme = \"purple\"\n", Lang::En);
        assert_eq!(settings.db.as_deref(), Some("/d.db"));
        assert!(
            odd.len() == 2 && odd.iter().any(|why| why.contains("line 2") && why.contains("true | false")),
            "{odd:?}"
        );
        assert!(odd.iter().any(|why| why.contains("line 3") && why.contains("high-contrast")), "{odd:?}");
    }
}
