//! Draws `screenshots/` from the golden frames in `tests/frames`, as SVG and PNG: `cargo run --features pictures --bin pictures`.
//! It knows nothing of the desk: what is in a picture is what the tests keep.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::{fs, process};

use minijinja::HtmlEscape;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Frame, picture.
const PICTURES: [(&str, &str); 10] = [
    ("main-zh-120x36", "desk.zh-CN"),
    ("main-en-120x36", "desk.en"),
    ("intake-zh-120x36", "report.zh-CN"),
    ("intake-en-120x36", "report.en"),
    ("find-zh-120x36", "find.zh-CN"),
    ("find-en-120x36", "find.en"),
    ("week-zh-120x36", "week.zh-CN"),
    ("week-en-120x36", "week.en"),
    ("handover-zh-120x36", "handover.zh-CN"),
    ("handover-en-120x36", "handover.en"),
];

/// In this font a Chinese character is exactly two letters wide. Its box lines are two wide as well, so they are drawn.
const FONT: &str = "Noto Sans Mono CJK SC";
/// Half of the font's size: what a letter advances.
const CELL: f32 = 10.0;
const ROW: f32 = 24.0;
/// From the top of a row to the line letters stand on.
const BASE: f32 = 18.0;
const EDGE: f32 = 14.0;
/// Dots of a PNG for each unit of the SVG.
const SCALE: f32 = 1.5;

const PAPER: &str = "#12161b";
const INK: &str = "#d5d9de";

type Fault = Box<dyn std::error::Error>;

fn main() {
    if let Err(fault) = draw_all() {
        let _ = writeln!(std::io::stderr(), "pictures: {fault}");
        process::exit(1);
    }
}

fn draw_all() -> Result<(), Fault> {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    if !fonts.faces().any(|face| face.families.iter().any(|(name, _)| name == FONT)) {
        return Err(format!("the font {FONT} is missing; on Debian: apt-get install fonts-noto-cjk").into());
    }
    let options = Options { fontdb: Arc::new(fonts), font_family: FONT.to_owned(), ..Options::default() };
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(top.join("screenshots"))?;
    for (frame, picture) in PICTURES {
        let kept = fs::read_to_string(top.join(format!("tests/frames/{frame}.txt")))?;
        let svg = Frame::read(&kept).ok_or_else(|| format!("{frame} is no frame"))?.svg();
        let tree = Tree::from_str(&svg, &options)?;
        let size = tree.size().to_int_size().scale_by(SCALE).ok_or("too large")?;
        let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("too large")?;
        resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
        fs::write(top.join(format!("screenshots/{picture}.svg")), svg)?;
        pixels.save_png(top.join(format!("screenshots/{picture}.png")))?;
        writeln!(std::io::stdout(), "screenshots/{picture}.svg, .png")?;
    }
    Ok(())
}

/// A frame as `tests/it/frames.rs` keeps it.
struct Frame<'a> {
    size: (u16, u16),
    cursor: Option<(u16, u16)>,
    text: Vec<&'a str>,
    marks: Vec<&'a str>,
    letters: Vec<(char, &'a str)>,
}

/// How one cell is drawn.
#[derive(Clone, Copy)]
struct Look {
    ink: &'static str,
    paper: Option<&'static str>,
    bold: bool,
    underlined: bool,
}

impl<'a> Frame<'a> {
    fn read(kept: &'a str) -> Option<Self> {
        let (head, rest) = kept.split_once("-- text\n")?;
        let (text, rest) = rest.split_once("-- style\n")?;
        let (marks, letters) = rest.split_once("-- letters\n")?;
        let pair = |text: &str, by: char| {
            let (a, b) = text.split_once(by)?;
            Some((a.parse().ok()?, b.parse().ok()?))
        };
        let mut head = head.lines();
        let size = pair(head.next()?.strip_prefix("size ")?, 'x')?;
        let cursor = pair(head.next()?.strip_prefix("cursor ")?, ',');
        let letters = letters.lines().filter_map(|line| Some((line.chars().next()?, line.get(2..)?))).collect();
        Some(Self { size, cursor, text: text.lines().collect(), marks: marks.lines().collect(), letters })
    }

    fn look(&self, x: usize, y: usize) -> Look {
        let letter = self.marks.get(y).and_then(|row| row.chars().nth(x));
        let style = self.letters.iter().find(|(known, _)| Some(*known) == letter).map_or("", |(_, style)| style);
        let mut look = Look { ink: INK, paper: None, bold: false, underlined: false };
        for part in style.split(' ') {
            match part.split_once('=') {
                Some(("fg", name)) => look.ink = colour(name),
                Some((_, name)) => look.paper = Some(colour(name)),
                None => {
                    look.bold |= part == "bold";
                    look.underlined |= part == "underlined";
                }
            }
        }
        if style.split(' ').any(|part| part == "reversed") {
            (look.ink, look.paper) = (look.paper.unwrap_or(PAPER), Some(look.ink));
        }
        look
    }

    /// One `<text>` for each character, at the place of its cell: no program's idea of widths can shift what follows.
    fn svg(&self) -> String {
        let (w, h) = (f32::from(self.size.0) * CELL + 2.0 * EDGE, f32::from(self.size.1) * ROW + 2.0 * EDGE);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
             font-family=\"'{FONT}', 'Noto Sans Mono', monospace\" font-size=\"{}\">\n\
             <rect width=\"{w}\" height=\"{h}\" rx=\"8\" fill=\"{PAPER}\"/>\n",
            2.0 * CELL
        );
        let (mut papers, mut lines, mut inks) = (String::new(), String::new(), String::new());
        for y in 0..usize::from(self.size.1) {
            let row = self.text.get(y).copied().unwrap_or_default();
            let mut x = 0;
            for symbol in row.graphemes(true).chain(std::iter::repeat(" ")) {
                if x >= usize::from(self.size.0) {
                    break;
                }
                let cells = symbol.width().max(1);
                self.cell(symbol, (x, y), cells, [&mut papers, &mut lines, &mut inks]);
                x += cells;
            }
        }
        let _ = write!(svg, "{papers}<g stroke-width=\"1.5\" fill=\"none\">\n{lines}</g>\n{inks}");
        if let Some((x, y)) = self.cursor {
            let (x, y) = (EDGE + f32::from(x) * CELL, EDGE + f32::from(y) * ROW);
            let _ = writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{}\" width=\"2\" height=\"{}\" fill=\"{INK}\"/>",
                y + 2.0,
                ROW - 4.0
            );
        }
        svg + "</svg>\n"
    }

    fn cell(&self, symbol: &str, (x, y): (usize, usize), cells: usize, [papers, lines, inks]: [&mut String; 3]) {
        let look = self.look(x, y);
        let place = |at: usize, of: f32| EDGE + of * f32::from(u16::try_from(at).unwrap_or(u16::MAX));
        let (left, top, wide) = (place(x, CELL), place(y, ROW), CELL * f32::from(u16::try_from(cells).unwrap_or(1)));
        if let Some(paper) = look.paper {
            let _ =
                writeln!(papers, "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{ROW}\" fill=\"{paper}\"/>");
        }
        if look.underlined {
            let under = top + BASE + 3.0;
            let _ = writeln!(lines, "<path stroke=\"{}\" d=\"M{left} {under}h{wide}\"/>", look.ink);
        }
        if let Some(arms) = arms(symbol) {
            let (middle, centre) = (left + CELL / 2.0, top + ROW / 2.0);
            let ends = [(middle, top), (left + CELL, centre), (middle, top + ROW), (left, centre)];
            let mut path = String::new();
            for ((ex, ey), _) in ends.into_iter().zip(arms).filter(|(_, arm)| *arm) {
                let _ = write!(path, "M{middle} {centre}L{ex} {ey}");
            }
            let _ = writeln!(lines, "<path stroke=\"{}\" d=\"{path}\"/>", look.ink);
        } else if symbol != " " {
            let weight = if look.bold { " font-weight=\"bold\"" } else { "" };
            let symbol = HtmlEscape(symbol);
            let _ =
                writeln!(inks, "<text x=\"{left}\" y=\"{}\" fill=\"{}\"{weight}>{symbol}</text>", top + BASE, look.ink);
        }
    }
}

/// Which ways a box line goes from the middle of its cell: up, right, down, left.
fn arms(symbol: &str) -> Option<[bool; 4]> {
    let ways = match symbol {
        "─" => "rl",
        "│" => "ud",
        "┌" => "rd",
        "┐" => "dl",
        "└" => "ur",
        "┘" => "ul",
        "├" => "urd",
        "┤" => "udl",
        "┬" => "rdl",
        "┴" => "url",
        "┼" => "urdl",
        _ => return None,
    };
    Some(['u', 'r', 'd', 'l'].map(|way| ways.contains(way)))
}

/// The terminal's sixteen colours as the pictures show them.
fn colour(name: &str) -> &'static str {
    match name {
        "black" => "#1d2329",
        "red" => "#ff7b72",
        "green" => "#7ee08f",
        "yellow" => "#e8bf6a",
        "blue" => "#79b8ff",
        "magenta" => "#d2a8ff",
        "cyan" => "#62d0df",
        "gray" => "#b4bbc3",
        "darkgray" => "#8b949e",
        "lightred" => "#ffa198",
        "lightgreen" => "#a5efb0",
        "lightyellow" => "#f5d98f",
        "lightblue" => "#a5d0ff",
        "lightmagenta" => "#e2c5ff",
        "lightcyan" => "#98e6f0",
        "white" => "#ffffff",
        _ => INK,
    }
}
