//! Rows of handovers: the one being made, those accepted, and what is counted at each.
//! What belongs into one is gathered in `material`; what may be done to it is decided in `domain`.

pub(in crate::store) mod apply;
mod material;
mod proof;
mod since;
mod sqlite;

use std::ops::ControlFlow;

use self::sqlite::{HOLDS_ALL, WITH_PIN};
use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{HandoverId, OperatorId};
use crate::domain::base::time::{Time, Zone};
use crate::domain::base::trouble::Trouble;
use crate::domain::handover::draft::Counted;
use crate::domain::handover::query::{Correction, HandoverAnswer, HandoverQuery, Past, Pasts};
use crate::domain::handover::told_of::make_stale;
use crate::domain::handover::turn::{Due, Last, Turns};
use crate::domain::handover::{Handover, Kind, Line, Signature};
use crate::store::file::convert::codes;
use crate::store::file::engine::{Connection, Row, list, values, without_index};
use crate::store::file::error::Result;

pub(super) use self::material::present;
pub(super) use self::proof::replay;

/// The columns of a handover, `h` being its table, as [`kept`] reads them.
const COLUMNS: &str = "h.id, h.version, h.day, h.template, h.kind, h.from_seq, h.from_at, h.given_by, h.given_at, h.given_seq, \
    h.taken_by, h.taken_at, h.taken_seq, h.content, h.corrects";
const NAMES: &str = "COALESCE((SELECT name FROM operator WHERE id = h.given_by), '') AS giver, COALESCE((SELECT name FROM operator WHERE id = h.taken_by), '') AS receiver";

/// A row as kept.
pub(super) struct Kept {
    pub(super) id: HandoverId,
    pub(super) version: i64,
    pub(super) handover: Handover,
}

fn signature(row: &Row<'_>, [by, at, seq]: [&'static str; 3]) -> Result<Option<Signature>> {
    let by: Option<OperatorId> = row.get(by)?;
    by.map(|by| Ok(Signature { by, at: row.get(at)?, seq: row.get(seq)? })).transpose()
}

/// The columns of the giver's signature, and of the receiver's.
const GIVEN: [&str; 3] = ["given_by", "given_at", "given_seq"];
const TAKEN: [&str; 3] = ["taken_by", "taken_at", "taken_seq"];

fn kept(row: &Row<'_>) -> Result<(Kept, String)> {
    let handover = Handover {
        shift: (row.get("day")?, row.get("template")?),
        kind: row.get("kind")?,
        from_seq: row.get("from_seq")?,
        from_at: row.get("from_at")?,
        lines: Vec::new(),
        given: signature(row, GIVEN)?,
        taken: signature(row, TAKEN)?,
    };
    Ok((Kept { id: row.get("id")?, version: row.get("version")?, handover }, row.get("content")?))
}

fn with_lines((mut kept, content): (Kept, String)) -> Result<Kept> {
    kept.handover.lines = serde_json::from_str(&content)
        .map_err(|_| Trouble::Damaged { detail: format!("the lines of handover {}", kept.id.0) })?;
    Ok(kept)
}

/// The handover being made: at most one is not accepted.
pub(super) fn open(conn: &Connection) -> Result<Option<Kept>> {
    let sql = format!("SELECT {COLUMNS} FROM handover h WHERE h.taken_at IS NULL ORDER BY h.id DESC LIMIT 1");
    conn.row_if_any(&sql, values![], kept)?.map(with_lines).transpose()
}

/// A handover by its id.
pub(super) fn load(conn: &Connection, id: HandoverId) -> Result<Option<Kept>> {
    let sql = format!("SELECT {COLUMNS} FROM handover h WHERE h.id = ?1");
    conn.row_if_any(&sql, values![id], kept)?.map(with_lines).transpose()
}

/// The newest accepted one, by its event and not by its time: a clock may have run ahead. A correction hands nothing over.
pub(super) fn newest_taken(conn: &Connection) -> Result<Option<Kept>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM handover h WHERE h.taken_at IS NOT NULL AND h.corrects IS NULL ORDER BY h.taken_seq DESC, h.id DESC LIMIT 1"
    );
    conn.row_if_any(&sql, values![], kept)?.map(with_lines).transpose()
}

/// The newest shift handed over.
pub(super) fn handed_over(conn: &Connection) -> Result<Option<Last>> {
    conn.row_if_any(
        "SELECT day, template, kind, taken_at FROM handover WHERE taken_at IS NOT NULL AND corrects IS NULL ORDER BY taken_seq DESC, id DESC LIMIT 1",
        values![],
        |row| {
            let turn = (row.get("day")?, row.get("template")?);
            Ok(Last { turn, stand_in: row.get::<Kind>("kind")? == Kind::StandIn, at: row.get("taken_at")? })
        },
    )
}

/// Frozen ones, newest first, that hold all of these words.
pub(super) fn history(
    conn: &Connection,
    words: &str,
    limit: usize,
    after: Option<(Time, HandoverId)>,
) -> Result<Pasts> {
    let sql = format!(
        "SELECT {COLUMNS}, {NAMES} FROM handover h WHERE h.taken_at IS NOT NULL AND h.taken_at <= ?1 AND (h.taken_at, h.id) < (?1, ?2) \
         AND (h.corrects IS NOT NULL OR {HOLDS_ALL}) \
         ORDER BY h.taken_at DESC, h.id DESC"
    );
    let (at, id) = after.map_or((Time(i64::MAX), HandoverId(i64::MAX)), |(at, id)| (at, id));
    let patterns = list(&patterns(words));
    let mut found = Pasts::default();
    let mut last = None;
    conn.walk(&sql, values![at, id, patterns], |row| {
        let past = past(conn, row)?;
        if !past.holds(words) {
            return Ok(ControlFlow::Continue(()));
        }
        if found.rows.len() == limit {
            found.next = last;
            return Ok(ControlFlow::Break(()));
        }
        last = Some((row.get("taken_at")?, past.id));
        found.rows.push(past);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// Longer patterns are cut: they only leave out most of what does not hold the words.
const PATTERN: usize = 100;

/// For `LIKE`, which sorts out rows before their lines are read: each lets through at least what [`Past::holds`] finds.
/// What JSON writes otherwise, and letters of which `LIKE` does not know both cases, may be anything there.
fn patterns(words: &str) -> Vec<String> {
    let certain = |c: char| {
        if c.is_ascii() { !matches!(c, '"' | '\\' | '%' | '_') } else { !c.is_lowercase() && !c.is_uppercase() }
    };
    let one = |word: &str| word.chars().take(PATTERN).map(|c| if certain(c) { c } else { '%' }).collect::<String>();
    words.split_whitespace().map(|word| format!("%{}%", one(word))).collect()
}

/// A frozen one; of a correction giver and receiver are those of the handover it corrects.
fn past(conn: &Connection, row: &Row<'_>) -> Result<Past> {
    let Kept { id, handover, .. } = with_lines(kept(row)?)?;
    let (giver, receiver): (String, String) = (row.get("giver")?, row.get("receiver")?);
    let Some(of) = row.get::<Option<HandoverId>>("corrects")? else {
        return Ok(Past { id, handover, giver, receiver, pins: pins(conn, id)?, correction: None });
    };
    let at = handover.taken.map_or(handover.from_at, |signature| signature.at);
    // A correction may be of a correction: the first of them was taken over.
    let sql = "WITH RECURSIVE up (id, corrects) AS (SELECT id, corrects FROM handover WHERE id = ?1 \
         UNION SELECT h.id, h.corrects FROM handover h JOIN up ON h.id = up.corrects) \
         SELECT h.taken_by, h.taken_at, h.taken_seq, COALESCE((SELECT name FROM operator WHERE id = h.taken_by), '') AS receiver, h.id \
         FROM handover h JOIN up ON up.id = h.id WHERE up.corrects IS NULL";
    let (taken, first, root) =
        conn.row(sql, values![of], |row| Ok((signature(row, TAKEN)?, row.get::<String>("receiver")?, row.get("id")?)))?;
    let correction = Some(Correction { of, by: receiver, at });
    let pins = pins(conn, root)?;
    Ok(Past { id, handover: Handover { taken, ..handover }, giver, receiver: first, pins, correction })
}

/// Whether giver and receiver gave a PIN, by the events of their signatures.
fn pins(conn: &Connection, id: HandoverId) -> Result<[Option<bool>; 2]> {
    let mut newest = conn.statement(&format!(
        "SELECT {WITH_PIN} FROM event WHERE entity_kind = 'handover' AND entity_id = ?1 AND kind = ?2 ORDER BY seq DESC LIMIT 1"
    ))?;
    let mut pin = |kind: EventKind| newest.value_if_any::<Option<bool>>(values![id, kind]).map(Option::flatten);
    Ok([pin(EventKind::Signed)?, pin(EventKind::TakenOver)?])
}

/// A handover as the one that was accepted last.
fn last(before: &Kept) -> Option<Last> {
    let Handover { shift: turn, kind, taken, .. } = &before.handover;
    taken.map(|taken| Last { turn: *turn, stand_in: *kind == Kind::StandIn, at: taken.at })
}

/// What is handed over now, behind the one accepted last.
fn due(conn: &Connection, turns: &Turns, before: Option<&Kept>, now: Time) -> Result<Due> {
    if let Some(last) = before.and_then(last) {
        return Ok(turns.due(Some(last), now));
    }
    Ok(turns.first_due(conn.value_if_any("SELECT at FROM event WHERE seq >= 0 ORDER BY seq LIMIT 1", values![])?, now))
}

/// The hours of the township's shifts.
pub(super) fn turns(conn: &Connection, zone: Zone) -> Result<Turns> {
    Ok(Turns { hours: crate::store::roster::rows::templates(conn)?.0, zone })
}

/// The handover being made as it begins: its window opens behind the one accepted last.
pub(super) fn beginning(conn: &Connection, zone: Zone, now: Time) -> Result<(Handover, Due)> {
    let before = newest_taken(conn)?;
    let turns = turns(conn, zone)?;
    let due = due(conn, &turns, before.as_ref(), now)?;
    let (from_seq, from_at) = match before.and_then(|before| before.handover.taken) {
        Some(taken) => (taken.seq, taken.at),
        None => {
            let from = turns.span(due.missed().first().copied().unwrap_or(due.turn)).0;
            (newest_before(conn, from)?, from)
        }
    };
    let (given, taken) = (None, None);
    Ok((Handover { shift: due.turn, from_seq, from_at, kind: Kind::Normal, lines: Vec::new(), given, taken }, due))
}

/// The newest event before a time, found by halving: the log is in order of seq, and so, but for a clock set back, of time.
fn newest_before(conn: &Connection, at: Time) -> Result<i64> {
    let mut statement = conn.statement("SELECT at FROM event WHERE seq >= ?1 ORDER BY seq LIMIT 1")?;
    let (mut low, mut high) = (0, crate::store::log::events::newest_seq(conn)?);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        let then: Option<Time> = statement.value_if_any(values![middle])?;
        if then.is_some_and(|then| then < at) { low = middle } else { high = middle - 1 }
    }
    Ok(low)
}

/// Whether something a handover tells of happened behind this event.
pub(super) fn went_on(conn: &Connection, seq: i64) -> Result<bool> {
    let told_of = codes(make_stale().map(Entity::code));
    let kind = without_index("entity_kind");
    let sql = format!("SELECT EXISTS (SELECT 1 FROM event WHERE seq > ?1 AND {kind} IN ({told_of}))");
    conn.value(&sql, values![seq])
}

/// Adds a row.
pub(super) fn insert(conn: &Connection, id: HandoverId, h: &Handover, corrects: Option<HandoverId>) -> Result<()> {
    conn.run(
        "INSERT INTO handover (id, day, template, kind, from_seq, from_at, given_by, given_at, given_seq, taken_by, taken_at, taken_seq, content, corrects) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        values![id, h.shift.0, h.shift.1, h.kind, h.from_seq, h.from_at, h.given.map(|s| s.by), h.given.map(|s| s.at), h.given.map(|s| s.seq), h.taken.map(|s| s.by), h.taken.map(|s| s.at), h.taken.map(|s| s.seq), content(&h.lines), corrects],
    ).map(drop)
}

/// Writes its new state over the old. One that is frozen is refused by the file itself.
pub(super) fn update(conn: &Connection, id: HandoverId, h: &Handover) -> Result<()> {
    conn.run(
        "UPDATE handover SET day = ?2, template = ?3, kind = ?4, from_seq = ?5, from_at = ?6, given_by = ?7, given_at = ?8, given_seq = ?9, \
         taken_by = ?10, taken_at = ?11, taken_seq = ?12, content = ?13, version = version + 1 WHERE id = ?1",
        values![id, h.shift.0, h.shift.1, h.kind, h.from_seq, h.from_at, h.given.map(|s| s.by), h.given.map(|s| s.at), h.given.map(|s| s.seq), h.taken.map(|s| s.by), h.taken.map(|s| s.at), h.taken.map(|s| s.seq), content(&h.lines)],
    ).map(drop)
}

fn content(lines: &[Line]) -> String {
    serde_json::to_string(lines).unwrap_or_default()
}

/// What is counted at each handover.
pub(super) fn items(conn: &Connection) -> Result<Vec<Counted>> {
    conn.rows("SELECT name, expected, cash FROM handover_item ORDER BY cash, sort, name", values![], |row| {
        Ok(Counted {
            name: row.get("name")?,
            expected: row.get("expected")?,
            cash: row.get("cash")?,
            counted: None,
            before: None,
        })
    })
}

/// Adds, changes or (none expected) takes off something that is counted.
pub(super) fn put_item(conn: &Connection, name: &str, expected: Option<i64>, cash: bool) -> Result<()> {
    match expected {
        Some(expected) => conn.run(
            "INSERT INTO handover_item (name, expected, cash) VALUES (?1, ?2, ?3) \
             ON CONFLICT (name) DO UPDATE SET expected = excluded.expected, cash = excluded.cash",
            values![name, expected, cash],
        )?,
        None => conn.run("DELETE FROM handover_item WHERE name = ?1", values![name])?,
    };
    Ok(())
}

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, zone: Zone, query: &HandoverQuery) -> Result<HandoverAnswer> {
    Ok(match query {
        HandoverQuery::Present { now } => HandoverAnswer::Present(Box::new(present(conn, zone, *now)?)),
        HandoverQuery::History { words, limit, after } => {
            HandoverAnswer::History(history(conn, words, *limit, *after)?)
        }
    })
}
