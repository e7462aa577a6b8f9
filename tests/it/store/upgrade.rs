//! A file of version 1, as it was made then, brought up: it ends like a fresh one, loses nothing, and a backup lies beside it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rusqlite::Connection;
use township_desk::domain::clock::Pause;
use township_desk::domain::event::EventKind;
use township_desk::domain::id::TicketId;
use township_desk::domain::op::ticket::Act;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::ticket::{Priority, Status};
use township_desk::domain::time::{HOUR, Time};
use township_desk::store::{Access, Store, VERSION};

use super::{act, empty, raw, row, who};
use crate::support::town;

/// The schema of version 1, as it was released.
const SCHEMA_1: &str = include_str!("schema-1.sql");

/// When the ticket was taken; it was paused from one to three hours later.
fn opened() -> Time {
    Time(town::now().0 - 5 * HOUR)
}

/// A township of version 1 with a ticket that was paused, one that is paused, and one that ended.
fn old_file(path: &Path) {
    let conn = raw(path);
    conn.execute_batch(SCHEMA_1).expect("the old schema");
    conn.pragma_update(None, "application_id", i64::from(i32::from_be_bytes(*b"TDSK"))).expect("an id");
    conn.pragma_update(None, "user_version", 1).expect("a version");
    let at = opened().0;
    conn.execute_batch(&format!(
        "INSERT INTO township (id, name, company, office, sample, file_uid, created) VALUES (1, '黎侯镇', '黎侯镇物业', 7, 0, zeroblob(16), {at});
         INSERT INTO counter (name, value) VALUES ('id_last_ms', 90000000000), ('id_counter', 0), ('event_seq', 6);
         INSERT INTO operator (id, name, role) VALUES (1, '前台', 'administrator');
         INSERT INTO session (id, operator_id, terminal, pid, started) VALUES (2, 1, 'tty1', 1, {at});
         INSERT INTO category (code, zh, en, roles, outside, priority, respond_minutes, resolve_minutes) \
           VALUES ('202', '室内渗漏', 'leak', 'repairer', 0, 'P2', 60, 1440);
         INSERT INTO ticket_counter (day, last) VALUES ('2026-11-24', 3);"
    ))
    .expect("a township");
    let ticket = |id: i64, n: i64, status: &str, paused: &str, closed: &str| {
        let open = i64::from(!matches!(status, "closed"));
        conn.execute_batch(&format!(
            "INSERT INTO ticket (id, day, n, kind, channel, category, priority, status, open, taken_by, opened_at, respond_by, \
               resolve_by, paused_at, closed_at, words) VALUES ({id}, '2026-11-24', {n}, 'repair', 'phone', '202', 'P2', '{status}', {open}, 1, \
               {at}, {}, {}, {paused}, {closed}, '厨房顶上漏水{n}');",
            at + HOUR,
            at + 24 * HOUR
        ))
        .expect("a ticket");
    };
    let (from, to) = (at + HOUR, at + 3 * HOUR);
    ticket(10, 1, "working", "NULL", "NULL");
    ticket(11, 2, "paused", &from.to_string(), "NULL");
    ticket(12, 3, "closed", "NULL", &to.to_string());
    let event = |seq: i64, id: i64, when: i64, kind: &str, payload: &str| {
        conn.execute_batch(&format!(
            "INSERT INTO command (id, cmd_uid, at, session_id, kind, result) VALUES ({0}, randomblob(16), {when}, 2, 'move', '{{}}');
             INSERT INTO event (seq, command_id, n, at, entity_kind, entity_id, kind, payload) \
               VALUES ({seq}, {0}, 0, {when}, 'ticket', {id}, '{kind}', '{payload}');",
            100 + seq
        ))
        .expect("an event");
    };
    let pause = format!(r#"{{"status": ["working", "paused"], "paused_at": [null, {from}]}}"#);
    event(1, 10, at, "taken", r#"{"category": "202"}"#);
    event(2, 10, from, "paused", &pause);
    event(3, 10, to, "resumed", &format!(r#"{{"status": ["paused", "working"], "paused_at": [{from}, null]}}"#));
    event(4, 11, at, "taken", r#"{"category": "202"}"#);
    event(5, 11, from, "paused", &pause);
    event(6, 12, at, "taken", r#"{"category": "202"}"#);
    drop(conn);
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("its mode");
}

/// Columns of every table with all that is said of them, and every index with its columns and condition.
fn shape(conn: &Connection) -> BTreeMap<String, Vec<String>> {
    let list = |sql: &str| -> Vec<String> {
        let mut statement = conn.prepare(sql).expect("a statement");
        statement.query_map([], |row| row.get(0)).expect("rows").map(|text| text.expect("a text")).collect()
    };
    let mut shape = BTreeMap::new();
    for table in list("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
        let columns = list(&format!(
            "SELECT cid || ' ' || name || ' ' || type || ' ' || \"notnull\" || ' ' || ifnull(dflt_value, '-') || ' ' || pk || ' ' || hidden \
             FROM pragma_table_xinfo('{table}') ORDER BY cid"
        ));
        let indexes = list(&format!(
            "SELECT i.name || ' ' || i.\"unique\" || ' ' || i.origin || ' ' || i.partial || ' ' || \
               (SELECT group_concat(ifnull(x.name, '-'), ',') FROM pragma_index_info(i.name) x) \
             FROM pragma_index_list('{table}') i ORDER BY i.name"
        ));
        shape.insert(table, [columns, indexes].concat());
    }
    let words = |sql: String| sql.split_whitespace().collect::<Vec<_>>().join(" ");
    let indexes = list("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name");
    shape.insert("indexes".to_owned(), indexes.into_iter().map(words).collect());
    shape
}

/// Every CHECK and reference of a table, in no order: a column added later stands elsewhere in the text.
fn walls(conn: &Connection) -> BTreeMap<String, Vec<String>> {
    let mut statement = conn
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
        .expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).expect("rows");
    rows.map(|row| {
        let (name, sql) = row.expect("a row");
        let plain: String =
            sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
        let inside = plain.split_once('(').map_or("", |(_, rest)| rest);
        let (mut parts, mut depth, mut part) = (Vec::new(), 0, String::new());
        for c in inside.chars() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth < 0 {
                break;
            }
            if c == ',' && depth == 0 {
                parts.push(std::mem::take(&mut part));
            } else {
                part.push(c);
            }
        }
        parts.push(part);
        let mut parts: Vec<String> =
            parts.iter().map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        parts.sort();
        (name, parts)
    })
    .collect()
}

#[test]
fn an_old_file_ends_like_a_fresh_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    old_file(&path);
    let store = Store::open(&path, Access::Write, who("test"), town::now()).expect("it is brought up");
    let (fresh, _folder) = empty();
    let (old, new) = (raw(store.path()), raw(fresh.path()));
    let version: i64 = old.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
    assert_eq!(version, VERSION);
    let (upgraded, made) = (shape(&old), shape(&new));
    for (table, columns) in &made {
        assert_eq!(upgraded.get(table), Some(columns), "{table}");
    }
    assert_eq!(upgraded.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
    assert_eq!(walls(&old), walls(&new));
    let broken: i64 =
        old.query_row("SELECT COUNT(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).expect("a count");
    assert_eq!(broken, 0);
}

#[test]
fn what_it_held_is_held_and_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    old_file(&path);
    let before = fs::read(&path).expect("the file");
    // Looking is enough to bring it up.
    drop(Store::open(&path, Access::Read, who("test"), town::now()).expect("it opens"));
    let mut store = Store::open(&path, Access::Write, who("test"), town::now()).expect("it opens again");
    let kept: Vec<_> =
        fs::read_dir(folder.path().join("backups")).expect("a folder").map(|e| e.expect("an entry")).collect();
    assert_eq!(kept.len(), 1, "one backup, made before");
    let version: i64 =
        raw(&kept[0].path()).pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
    assert_eq!((version, before.is_empty()), (1, false));
    let [worked, paused, ended] = [10, 11, 12].map(|id| row(&store, TicketId(id)).ticket);
    let (from, to) = (Time(opened().0 + HOUR), Time(opened().0 + 3 * HOUR));
    assert_eq!(worked.pauses.0, [Pause { from, to }]);
    assert_eq!((paused.pauses.0.len(), paused.paused_at, paused.status), (0, Some(from), Status::Paused));
    assert_eq!(ended.status, Status::Closed);
    for ticket in [&worked, &paused, &ended] {
        assert_eq!((ticket.base_priority, ticket.priority), (Priority::P2, Priority::P2));
        assert_eq!((ticket.respond_minutes, ticket.resolve_minutes), (60, 1_440), "limits of its category");
        assert!(ticket.words.starts_with("厨房顶上漏水"));
    }
    let Ok(Answer::Township(township)) = store.answer(&Query::Township) else { panic!("no township") };
    assert!(township.calendar.ever_open() && township.calendar.days.len() > 30, "holidays of the years around it");
    // Its due time is reckoned from the pause it got back.
    act(&mut store, TicketId(10), Act::join("", "")).expect("joined");
    assert_eq!(row(&store, TicketId(10)).ticket.resolve_by, Time(opened().0 + 26 * HOUR));
    assert_eq!(store.undo(super::uid(), town::now()).expect("undone").of, Some(EventKind::Joined));
}
