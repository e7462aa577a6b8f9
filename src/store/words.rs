//! The text index of tickets: pairs of neighbouring characters, so that 漏水 is found as fast as longer words.
//! What counts as a hit in the end is the text itself.

use super::error::Result;
use super::file::{Connection, values};
use crate::domain::clean::folded;
use crate::domain::id::TicketId;

/// Pages put together in one transaction.
const STEP_PAGES: i64 = 64;
/// Transactions at most before somebody may wait.
const STEPS: usize = 6;

/// Puts the words of a new ticket in.
pub(super) fn put(conn: &Connection, id: TicketId, text: &str) -> Result<()> {
    put_pairs(conn, id, &pairs(text))
}

/// As [`put`], the pairs made before.
pub(super) fn put_pairs(conn: &Connection, id: TicketId, pairs: &str) -> Result<()> {
    conn.run("INSERT INTO ticket_words (rowid, pairs) VALUES (?1, ?2)", values![id, pairs]).map(drop)
}

/// Puts new words in the place of a ticket's old ones.
pub(super) fn replace(conn: &Connection, id: TicketId, text: &str) -> Result<()> {
    conn.run("DELETE FROM ticket_words WHERE rowid = ?1", values![id])?;
    put(conn, id, text)
}

/// Puts parts of the index together, a step at a time: each save adds a part, and a search looks through all of them. In a
/// save this would now and then write megabytes.
pub(super) fn merge(conn: &Connection) -> Result<()> {
    let mut statement = conn.statement("INSERT INTO ticket_words (ticket_words, rank) VALUES ('merge', ?1)")?;
    for _ in 0..STEPS {
        let before = conn.rows_written();
        super::writer::write(conn, || Ok(statement.run(values![STEP_PAGES])?))?;
        // The engine's own sign that nothing was left to do.
        if conn.rows_written() - before < 2 {
            break;
        }
    }
    Ok(())
}

/// Bytes of new words the index gathers before it writes them.
pub(super) fn gather(conn: &Connection, bytes: i64) -> Result<()> {
    conn.run("INSERT INTO ticket_words (ticket_words, rank) VALUES ('hashsize', ?1)", values![bytes]).map(drop)
}

/// What to ask the index for a text a person typed; nothing when it has no word of two characters.
pub(super) fn query(text: &str) -> Option<String> {
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
pub(super) fn pairs(text: &str) -> String {
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
