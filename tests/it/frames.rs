//! Golden frames: whole screens on the small sample at a fixed time, kept under `tests/frames` as text with a layer of
//! styles, since a plain text hides colour, bold and cursor. The pictures of the README are drawn from these very files.

use std::collections::BTreeMap;
use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use township_desk::text::Lang;
use unicode_width::UnicodeWidthStr;

use crate::kept;
use crate::scenes::{SCENES, Scene};

const SIZES: [(u16, u16); 2] = [(120, 36), (80, 24)];

/// What is worked in from 60 columns on; the rest from 80 on.
const NARROW: [&str; 4] = ["main", "intake", "find", "ticket"];
const NARROWEST: (u16, u16) = (60, 20);

#[test]
fn screens_are_as_they_were_looked_at() {
    for scene in SCENES {
        for (lang, code) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            drawn(scene, lang, code);
        }
    }
}

fn drawn(scene: &Scene, lang: Lang, code: &str) {
    let mut desk = scene.opened(lang, SIZES[0]);
    for (w, h) in SIZES.into_iter().chain(NARROW.contains(&scene.name).then_some(NARROWEST)) {
        desk.resize(w, h);
        let (buffer, cursor) = desk.cells();
        kept::same(&format!("tests/frames/{}-{code}-{w}x{h}.txt", scene.name), &golden(&buffer, cursor));
    }
}

/// A frame as it is kept: its size and cursor, the text, a letter for each cell's style (a dot where it is plain), and
/// what the letters mean.
fn golden(buffer: &Buffer, cursor: Option<Position>) -> String {
    let (mut text, mut styles, mut letters) = (String::new(), String::new(), BTreeMap::new());
    for y in 0..buffer.area.height {
        let (mut row, mut marks) = (String::new(), String::new());
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let cells = u16::try_from(cell.symbol().width().max(1)).expect("a cell");
            row.push_str(cell.symbol());
            let letter = letter(cell, &mut letters);
            (0..cells).for_each(|_| marks.push(letter));
            x += cells;
        }
        // A reversed blank is seen; a plain one is not.
        let _ = writeln!(text, "{}", row.trim_end());
        let _ = writeln!(styles, "{}", marks.trim_end_matches('.'));
    }
    let cursor = cursor.map_or_else(|| "hidden".to_owned(), |at| format!("{},{}", at.x, at.y));
    let mut golden = format!("size {}x{}\ncursor {cursor}\n", buffer.area.width, buffer.area.height);
    let _ = write!(golden, "-- text\n{text}-- style\n{styles}-- letters\n");
    let mut told: Vec<(char, String)> = letters.into_iter().map(|(style, letter)| (letter, style)).collect();
    told.sort_unstable();
    for (letter, style) in told {
        let _ = writeln!(golden, "{letter} {style}");
    }
    golden
}

fn letter(cell: &Cell, letters: &mut BTreeMap<String, char>) -> char {
    let mut parts = Vec::new();
    for (what, colour) in [("fg", cell.fg), ("bg", cell.bg)] {
        if colour != Color::Reset {
            parts.push(format!("{what}={}", colour.to_string().to_lowercase()));
        }
    }
    for (name, modifier) in
        [("bold", Modifier::BOLD), ("underlined", Modifier::UNDERLINED), ("reversed", Modifier::REVERSED)]
    {
        if cell.modifier.contains(modifier) {
            parts.push(name.to_owned());
        }
    }
    if parts.is_empty() {
        return '.';
    }
    let next = char::from(b'a' + u8::try_from(letters.len()).expect("few styles"));
    *letters.entry(parts.join(" ")).or_insert(next)
}

/// Two cells for every wide character, one style letter a cell: what the pictures rely on.
#[test]
fn a_kept_frame_measures_what_it_says() {
    let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 6, 2));
    buffer.set_string(1, 0, "漏x", ratatui::style::Style::new().fg(Color::Red).bold());
    buffer.set_string(0, 1, " ", ratatui::style::Style::new().reversed());
    let kept = golden(&buffer, Some(Position::new(3, 0)));
    assert_eq!(
        kept,
        "size 6x2\ncursor 3,0\n-- text\n 漏x\n\n-- style\n.aaa\nb\n-- letters\na fg=red bold\nb reversed\n"
    );
}
