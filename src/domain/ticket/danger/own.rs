//! Rules of a township's own: how they are written in one line, and what is held against them before they are kept.
//! Where they are kept is not here.

use crate::domain::ticket::danger::heard::tokens;
use crate::domain::ticket::danger::lexicon::Lexicon;
use crate::domain::ticket::danger::matcher::{Reading, Set};
use crate::domain::ticket::danger::rule::{Unclear, Written};
use crate::domain::ticket::danger::{BUILT_IN, Found, hears, learned, met, words_of};

/// Own rules a category may have.
pub const OWN_AT_MOST: usize = 50;

/// Why a rule is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadRule {
    /// It cannot be read.
    Unclear {
        /// The rule, without its examples.
        rule: String,
        /// Why.
        why: Unclear,
    },
    /// It has no sentence it must hear, or none it must not.
    ExampleMissing {
        /// The rule, without its examples.
        rule: String,
        /// Whether the one it must hear is missing.
        heard: bool,
    },
    /// It does not hear a sentence it must hear.
    NotHeard(String),
    /// It hears a sentence it must not.
    Heard(String),
}

/// Reads `rule ;+ must hear ;- must not hear`; any number of examples in any order.
fn written(line: &str) -> Written {
    let line = line.replace('；', ";").replace('＋', "+").replace('－', "-");
    let mut parts = line.split(';').map(str::trim);
    let mut written = Written { rule: parts.next().unwrap_or_default().to_owned(), ..Written::default() };
    for part in parts {
        match (part.strip_prefix('+'), part.strip_prefix('-')) {
            (Some(sentence), _) => written.heard.push(sentence.trim().to_owned()),
            (_, Some(sentence)) => written.not_heard.push(sentence.trim().to_owned()),
            // A sentence with a semicolon in it goes on.
            _ => {
                let last = if written.not_heard.is_empty() { &mut written.heard } else { &mut written.not_heard };
                if let Some(last) = last.last_mut() {
                    *last = format!("{last};{part}");
                }
            }
        }
    }
    written
}

/// Whether a township's rule may be kept: it can be read, has an example of each kind, and each holds.
///
/// # Errors
/// [`BadRule`], with the first sentence that fails.
pub fn check(line: &str) -> Result<(), BadRule> {
    let Written { rule, heard, not_heard } = written(line);
    let hears =
        |sentence: &str| hears(&rule, &[], sentence).map_err(|why| BadRule::Unclear { rule: rule.clone(), why });
    hears("")?;
    for (missing, heard) in [(heard.is_empty(), true), (not_heard.is_empty(), false)] {
        if missing {
            return Err(BadRule::ExampleMissing { rule, heard });
        }
    }
    for sentence in &heard {
        if !hears(sentence)? {
            return Err(BadRule::NotHeard(sentence.clone()));
        }
    }
    for sentence in &not_heard {
        if hears(sentence)? {
            return Err(BadRule::Heard(sentence.clone()));
        }
    }
    Ok(())
}

/// A township's own rules, ready to be tried.
pub struct Own {
    set: Option<Set>,
    /// The category of each rule.
    codes: Vec<String>,
}

impl Own {
    /// Puts them together from the categories' lines. One that cannot be read any more is left out.
    pub fn of<'a>(categories: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let lexicon = BUILT_IN.set.lexicon();
        let mut own = Self { set: None, codes: Vec::new() };
        for (code, lines) in categories {
            for line in lines.lines() {
                let set = own.set.get_or_insert_with(|| Set::new(Lexicon::from(lexicon.end())));
                if set.add(&written(line).rule, &[], Some(lexicon)).is_ok() {
                    own.codes.push(code.to_owned());
                }
            }
        }
        own
    }
}

/// The code of the category the words point to as danger, by a township's own rules, or else by the built-in ones and what
/// was learned. What is met only by words that were `denied` does not count.
pub fn find_with(words: &str, own: &Own, denied: &[String]) -> Option<Found<String>> {
    let tokens = tokens(words);
    let reading = Reading::of(&tokens, &BUILT_IN.set, own.set.as_ref()).without(denied);
    if let Some((met, code)) = own.set.as_ref().and_then(|set| {
        let met = set.first(&reading)?;
        own.codes.get(met.rule).map(|code| (met, code.clone()))
    }) {
        return Some(Found { what: code, words: words_of(&met, &tokens), by_weight: false });
    }
    let found = super::heard(&tokens, met(&reading), denied, learned::built_in())?;
    Some(Found { what: found.what.category().to_owned(), words: found.words, by_weight: found.by_weight })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_kept_only_with_examples_that_hold() {
        assert_eq!(check("锅炉 >4 炸|爆 ;+ 锅炉房的锅炉要炸 ;- 锅炉没炸"), Ok(()));
        assert_eq!(check("锅炉 >4 炸|爆；+ 锅炉炸了；- 锅炉不热"), Ok(()), "as a Chinese keyboard types it");
        let unclear = |why| Err(BadRule::Unclear { rule: "锅炉 >4".to_owned(), why });
        assert_eq!(check("锅炉 >4 ;+ 锅炉炸了 ;- 不热"), unclear(Unclear::WordsMissing));
        let missing = |heard| Err(BadRule::ExampleMissing { rule: "锅炉 >4 炸".to_owned(), heard });
        assert_eq!(check("锅炉 >4 炸"), missing(true));
        assert_eq!(check("锅炉 >4 炸 ;+ 锅炉炸了"), missing(false));
        assert_eq!(check("锅炉 >4 炸 ;+ 锅炉爆了 ;- 不热"), Err(BadRule::NotHeard("锅炉爆了".to_owned())));
        assert_eq!(check("锅炉 >4 炸 ;+ 锅炉炸了 ;- 锅炉炸了"), Err(BadRule::Heard("锅炉炸了".to_owned())));
    }

    #[test]
    fn own_rules_are_tried_before_the_built_in_ones() {
        let own = Own::of([("104", "马蜂窝 +6 掉下来|蜇 ;+ 马蜂窝掉下来了 ;- 马蜂窝在树上")].into_iter());
        let found = find_with("大树上的马蜂窝掉下来了", &own, &[]).expect("danger");
        assert_eq!((found.what.as_str(), found.words), ("104", vec!["马蜂窝".to_owned(), "掉下来".to_owned()]));
        assert_eq!(find_with("马蜂窝没掉下来", &own, &[]), None);
        assert_eq!(find_with("俺家着了", &own, &[]).map(|found| found.what), Some("103".to_owned()));
        assert_eq!(
            find_with("俺家着了", &Own::of(std::iter::empty()), &[]).map(|found| found.what),
            Some("103".to_owned())
        );
    }
}
