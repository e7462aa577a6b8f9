//! The built-in rules held to their own examples, and to sentences written before them.

use std::collections::BTreeSet;

use super::*;

#[test]
fn every_rule_hears_its_own_examples_and_no_other() {
    let mut wrong = Vec::new();
    for kind in Kind::ALL {
        let file = rule::file(kind.rules());
        assert!(!file.rules.is_empty(), "{kind:?}");
        for written in &file.rules {
            if written.heard.is_empty() || written.not_heard.is_empty() {
                wrong.push(format!("{} lacks an example: {}", kind.code(), written.rule));
            }
            let examples = written.heard.iter().map(|s| (s, true)).chain(written.not_heard.iter().map(|s| (s, false)));
            for (sentence, must) in examples {
                if hears(&written.rule, &file.lifts, sentence) != Ok(must) {
                    wrong.push(format!("{} alone, {must}: {sentence}", kind.code()));
                }
                if find(sentence).is_some() != must {
                    wrong.push(format!("{} with all others, {must}: {sentence}", kind.code()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn lists_have_one_home() {
    let mut names = BTreeSet::new();
    let shared = include_str!("rules/words.txt");
    for text in Kind::ALL.iter().map(|kind| kind.rules()).chain([shared]) {
        for (name, words) in rule::file(text).lists {
            assert!(!words.is_empty(), "{name}");
            assert!(name == "mask" || names.insert(name.clone()), "{name} is written in two files");
        }
    }
}

#[test]
fn known_sentences_are_heard_to_the_goals() {
    let text = include_str!("../../../../benches/heard/known.tsv");
    let (mut danger, mut missed, mut harmless, mut marked) = (0, Vec::new(), 0, Vec::new());
    for (kind, words) in text.lines().skip(1).filter_map(|line| line.split_once('\t')) {
        let kind = kind.strip_prefix("none:").map_or(Some(kind), |_| None);
        assert!(kind.is_none_or(|kind| Kind::from_code(kind).is_some()), "{words}");
        match (kind, find(words)) {
            (Some(_), None) => missed.push(words),
            (None, Some(_)) => marked.push(words),
            _ => {}
        }
        if kind.is_some() { danger += 1 } else { harmless += 1 }
    }
    assert!(danger >= 85 && harmless >= 85);
    assert!(missed.len() * 20 <= danger, "{missed:#?}");
    assert!(marked.len() * 20 <= harmless, "{marked:#?}");
}

#[test]
fn what_stands_near_decides() {
    let kind = |words: &str| find(words).map(|found| found.what);
    assert_eq!(kind("厨房着火了"), Some(Kind::Fire));
    assert_eq!(kind("厨房没着火"), None, "denied");
    assert_eq!(kind("没, 厨房着火了"), Some(Kind::Fire), "a comma parts the denial from it");
    assert_eq!(kind("厨房着火了, 已经扑灭了"), None, "over");
    assert_eq!(kind("厨房着火了, 还没扑灭"), Some(Kind::Fire), "not over");
    assert_eq!(kind("昨天闻到煤气味"), None, "another time");
    assert_eq!(kind("昨天闻到煤气味, 今天还有"), Some(Kind::Gas), "and now");
    assert_eq!(kind("怕厨房着火"), None, "feared");
    assert_eq!(kind("怕是厨房着火了"), Some(Kind::Fire), "thought, not feared");
    assert_eq!(kind("我好怕, 厨房着火了"), Some(Kind::Fire), "afraid of what is");
    assert_eq!(kind("消防演习, 厨房着火了"), None, "a drill");
    let far = format!("电梯坏了。{}有人被困难吓倒", "我们小区的物业收费一年比一年高。".repeat(4));
    assert_eq!(kind(&far), None, "far apart");
    let letter = format!("{}厨房着火了。", "我们小区的物业收费一年比一年高。".repeat(10));
    assert_eq!(kind(&letter), None, "a letter tells of much");
    assert_eq!(kind(&letter.replace("厨房着火了", "刚才厨房着火了, 快来")), Some(Kind::Fire), "unless it is now");
}

#[test]
fn a_harmless_word_hides_what_is_part_of_it_but_nothing_longer() {
    assert_eq!(find("这两天上火"), None);
    assert_eq!(find("灶台上火苗子窜上来了").map(|found| found.what), Some(Kind::Fire));
}

#[test]
fn the_words_are_shown_in_the_order_they_were_said() {
    let found = find("里面有两个人喊, 电梯停在五楼").expect("danger");
    assert_eq!((found.what, found.words.len()), (Kind::Lift, 2));
    assert_eq!(found.words[1], "电梯");
    assert_eq!(find("I can smell gas").expect("danger").words, ["smell", "gas"]);
    let found = find("俺家着咧").expect("as the region says 我家着了");
    assert_eq!((found.what, found.words), (Kind::Fire, vec!["俺家".to_owned(), "着咧".to_owned()]));
    let (as_typed, as_written) =
        (find("grandma wont wake up, cant breathe"), find("grandma won’t wake up, can’t breathe"));
    assert_eq!(as_typed.map(|found| found.what), Some(Kind::Medical), "no apostrophe");
    assert_eq!(as_written.map(|found| found.what), Some(Kind::Medical), "a printed apostrophe");
}

#[test]
fn an_apostrophe_is_heard_as_typed_and_as_phones_write_it_and_quotation_marks_are_none() {
    for words in ["my dad can't breathe", "my dad can’t breathe", "厨房‘着火’了", "厨房'着火'了", "he says 'gas leak'"]
    {
        assert!(find(words).is_some(), "{words}");
    }
}
