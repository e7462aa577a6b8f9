//! How much danger in people's own words is heard, and how much that is none is taken for it, on the sentences of
//! `benches/heard/`; and how long a sentence takes. Nothing here passes or fails.
//!
//! `cargo bench --bench heard -- [--misses] [--letters FILE.csv]`

#![allow(clippy::print_stdout, reason = "a program that prints figures")]

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use township_desk::domain::danger::{Kind, built_in, find};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(file) = arguments.iter().skip_while(|arg| *arg != "--letters").nth(1) {
        return letters(Path::new(file));
    }
    let rules: usize = Kind::ALL.iter().map(|kind| built_in(*kind).len()).sum();
    println!("{} kinds, {rules} rules", Kind::ALL.len());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/heard");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder of sentences").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    files.sort();
    for file in files {
        sentences(&file, arguments.iter().any(|arg| arg == "--misses"));
    }
    speed();
}

/// Sentences of one kind.
#[derive(Default)]
struct OfKind {
    danger: usize,
    found: usize,
    harmless: usize,
    marked: usize,
}

fn sentences(path: &Path, misses: bool) {
    let text = fs::read_to_string(path).expect("a file of sentences");
    let mut kinds: BTreeMap<&str, OfKind> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (kind, words) in text.lines().skip(1).filter_map(|line| line.split_once('\t')) {
        let found = find(words);
        let said = found.as_ref().map(|found| format!("{}: {}", found.what.code(), found.words.join(" ")));
        let harmless = kind.strip_prefix("none:");
        let of_kind = kinds.entry(harmless.unwrap_or(kind)).or_default();
        match (harmless, said) {
            (None, None) => wrong.push(format!("not found  {kind}\t{words}")),
            (Some(_), Some(said)) => {
                of_kind.marked += 1;
                wrong.push(format!("marked     {kind}\t{words}\t{said}"));
            }
            (None, Some(_)) => of_kind.found += 1,
            (Some(_), None) => {}
        }
        if harmless.is_some() { of_kind.harmless += 1 } else { of_kind.danger += 1 }
    }
    let sum = |count: fn(&OfKind) -> usize| kinds.values().map(count).sum::<usize>();
    let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    let (danger, found, harmless, marked) =
        (sum(|kind| kind.danger), sum(|kind| kind.found), sum(|kind| kind.harmless), sum(|kind| kind.marked));
    println!(
        "{}: found {found} of {danger} ({:.1} %), falsely marked {marked} of {harmless} ({:.1} %)",
        path.file_name().unwrap_or_default().to_string_lossy(),
        share(found, danger),
        share(marked, harmless)
    );
    for (kind, of) in &kinds {
        println!("  {kind:<9} found {:>3}/{:<3} marked {:>2}/{:<2}", of.found, of.danger, of.marked, of.harmless);
    }
    if misses {
        wrong.iter().for_each(|line| println!("  {line}"));
    }
}

/// Time for a sentence as it is typed, and for a letter.
fn speed() {
    let sentence = "师傅你好我是三号楼二单元五零一的, 楼道里有一股味道不知道是谁家的, 从昨天晚上开始的, 麻烦你们派个人过来看一下好不好, 谢谢了";
    let letter = sentence.repeat(5_000 / sentence.chars().count());
    for (name, text, times) in [("a sentence", sentence, 2_000_u32), ("a letter", &letter, 50)] {
        black_box(find(text));
        let start = Instant::now();
        (0..times).for_each(|_| drop(black_box(find(black_box(text)))));
        println!(
            "{name} of {} characters: {:.3} ms",
            text.chars().count(),
            start.elapsed().as_secs_f64() * 1e3 / f64::from(times)
        );
    }
}

/// Which letters of a sheet are heard as danger, and by which words. Every cell longer than a name is read as a letter.
fn letters(path: &Path) {
    let bytes = fs::read(path).expect("a sheet");
    let (text, _, unread) = encoding_rs::UTF_8.decode(&bytes);
    let text = if unread { encoding_rs::GB18030.decode(&bytes).0 } else { text };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let (mut letters, mut marked) = (0, 0);
    for (row, record) in reader.records().flatten().enumerate() {
        let long: Vec<&str> = record.iter().map(str::trim).filter(|cell| cell.chars().count() > 8).collect();
        letters += usize::from(!long.is_empty());
        if let Some(found) = find(&long.join("。")) {
            marked += 1;
            println!("row {}: {}: {}", row + 2, found.what.code(), found.words.join(" "));
        }
    }
    println!("{marked} of {letters} letters");
}
