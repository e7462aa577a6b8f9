//! The text index of tickets: pairs of neighbouring characters, so that 漏水 is found as fast as longer words.
//! What counts as a hit in the end is the text itself.

use crate::domain::base::clean::folded;
use crate::domain::base::id::TicketId;
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;
use crate::store::ticket::words_sqlite;

/// Puts the words of a new ticket in.
pub(in crate::store) fn put(conn: &Connection, id: TicketId, text: &str) -> Result<()> {
    words_sqlite::put(conn, id, &pairs(text))
}

/// Puts new words in the place of a ticket's old ones.
pub(in crate::store) fn replace(conn: &Connection, id: TicketId, text: &str) -> Result<()> {
    words_sqlite::remove(conn, id)?;
    put(conn, id, text)
}

/// What to ask the index for a text a person typed; nothing when it has no word of two characters.
pub(in crate::store) fn query(text: &str) -> Option<String> {
    let asked: Vec<String> = words_of(text).iter().flat_map(|word| word_pairs(word)).collect();
    (!asked.is_empty()).then(|| asked.iter().map(|pair| format!("\"{pair}\"")).collect::<Vec<_>>().join(" AND "))
}

/// Runs of letters and digits, folded.
fn words_of(text: &str) -> Vec<Vec<char>> {
    folded(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| w.chars().collect()).collect()
}

fn word_pairs(word: &[char]) -> impl Iterator<Item = String> + '_ {
    word.windows(2).map(|pair| pair.iter().collect())
}

/// All pairs of a text, blanks between, each once.
pub(in crate::store) fn pairs(text: &str) -> String {
    let mut all: Vec<[char; 2]> = words_of(text)
        .iter()
        .flat_map(|word| word.windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>())
        .collect();
    all.sort_unstable();
    all.dedup();
    let mut pairs = String::with_capacity(all.len() * 7);
    for pair in all {
        if !pairs.is_empty() {
            pairs.push(' ');
        }
        pairs.extend(pair);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_queries() {
        assert_eq!(pairs("漏水,３楼漏水"), "3楼 楼漏 漏水");
        assert_eq!(query("漏水 楼"), Some("\"漏水\"".to_owned()));
        assert_eq!(query("漏"), None);
        assert_eq!(query("a\"b) OR c"), Some("\"or\"".to_owned()), "signs never reach the index");
    }
}
