//! How much danger in people's own words is heard, and how much that is none is taken for it, on the sentences of
//! `benches/heard/`; and how long a sentence takes. Nothing here passes or fails. With `--train` the weights are learned anew
//! first to be tried on what they were not learned from, then to be kept.
//!
//! `cargo bench --bench heard -- [--misses] [--train] [--letters FILE.csv]`

#![allow(clippy::print_stdout, reason = "a program that prints figures")]

mod sentences;
mod svm;
mod train;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use sentences::{Tally, files, folder, sentences};
use township_desk::domain::ticket::danger::{Kind, built_in, find, find_by_rules};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let misses = arguments.iter().any(|arg| arg == "--misses");
    if let Some(file) = arguments.iter().skip_while(|arg| *arg != "--letters").nth(1) {
        return letters(Path::new(file));
    }
    if arguments.iter().any(|arg| arg == "--train") {
        return train::train(misses);
    }
    let rules: usize = Kind::ALL.iter().map(|kind| built_in(*kind).len()).sum();
    println!(
        "{} kinds, {rules} rules, and the weights learned from training/, known.tsv and the rules' examples",
        Kind::ALL.len()
    );
    for file in files(&folder()) {
        try_on(&file, misses);
    }
    speed();
}

/// Says what of a file is heard. The weights were not learned from the `unseen-` files; the rules were widened for the first.
fn try_on(path: &Path, misses: bool) {
    let (mut rules, mut together) = (Tally::default(), Tally::default());
    let mut wrong = Vec::new();
    for sentence in sentences(path) {
        let found = find(&sentence.words);
        rules.count(&sentence, find_by_rules(&sentence.words).map(|found| found.what));
        together.count(&sentence, found.as_ref().map(|found| found.what));
        match (sentence.kind, found) {
            (Some(_), None) => wrong.push(format!("not found  {}\t{}", sentence.code, sentence.words)),
            (None, Some(found)) => {
                let said = format!("{}: {}", found.what.code(), found.words.join(" "));
                wrong.push(format!("marked     {}\t{}\t{said}", sentence.code, sentence.words));
            }
            _ => {}
        }
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    println!("{name}, rules alone: {}", rules.line());
    println!("{name}, together:    {}", together.line());
    print!("{}", together.by_kind());
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
