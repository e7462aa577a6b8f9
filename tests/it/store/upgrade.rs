//! A file of version 1, as it was made then, brought up: it ends like a fresh one, loses nothing, and a backup lies beside it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rusqlite::Connection;
use township_desk::domain::base::event::EventKind;
use township_desk::domain::base::id::TicketId;
use township_desk::domain::base::time::{CHINA, Day, HOUR, Time};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::settings::query::{SettingsAnswer, SettingsQuery};
use township_desk::domain::ticket::category::suggest;
use township_desk::domain::ticket::clock::{Pause, reckon};
use township_desk::domain::ticket::op::Act;
use township_desk::domain::ticket::priority::{Raise, Raises};
use township_desk::domain::ticket::{Priority, Status};
use township_desk::store::{Access, Store, VERSION};

use super::{act, empty, raw, row, who};
use crate::support::town;

/// The schema of version 1, as it was released.
const SCHEMA_1: &str = include_str!("schema-1.sql");

/// The schema of version 2, as it was released.
const SCHEMA_2: &str = include_str!("schema-2.sql");

/// When the ticket was taken; it was paused from one to three hours later.
fn opened() -> Time {
    Time(town::now().0 - 5 * HOUR)
}

/// Seven in the evening before the holiday of 1 to 7 October.
fn eve() -> Time {
    CHINA.at(Day::from_ymd_opt(2026, 9, 30).expect("a day"), 19 * 60)
}

/// What version 1 kept of each ticket, but for what is reckoned of those still open.
fn kept(conn: &Connection) -> Vec<Vec<rusqlite::types::Value>> {
    let old = Connection::open_in_memory().expect("a connection");
    old.execute_batch(SCHEMA_1).expect("the old schema");
    let mut columns = old.prepare("SELECT name FROM pragma_table_info('ticket') ORDER BY cid").expect("a statement");
    let columns: Vec<String> =
        columns.query_map([], |row| row.get(0)).expect("rows").map(|name| name.expect("a name")).collect();
    let columns: Vec<String> = columns
        .into_iter()
        .map(|name| match name.as_str() {
            "priority" | "respond_by" | "resolve_by" => format!("iif(open, 0, {name})"),
            _ => name,
        })
        .collect();
    let sql = format!("SELECT {} FROM ticket ORDER BY id", columns.join(", "));
    let mut rows = conn.prepare(&sql).expect("a statement");
    let rows = rows.query_map([], |row| (0..columns.len()).map(|at| row.get(at)).collect());
    rows.expect("rows").collect::<Result<_, _>>().expect("tickets")
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
         INSERT INTO counter (name, value) VALUES ('id_last_ms', 90000000000), ('id_counter', 0), ('event_seq', 14);
         INSERT INTO operator (id, name, role) VALUES (1, '前台', 'administrator');
         INSERT INTO session (id, operator_id, terminal, pid, started) VALUES (2, 1, 'tty1', 1, {at});
         INSERT INTO category (code, zh, en, roles, outside, priority, respond_minutes, resolve_minutes) \
           VALUES ('202', '室内渗漏', 'leak', 'repairer', 0, 'P2', 60, 1440), ('203', '门窗', 'doors', 'repairer', 0, 'P3', 120, 2880);
         INSERT INTO place (id, kind, label, sort_key) VALUES (20, 'township', '黎侯镇', '');
         INSERT INTO place (id, parent_id, kind, label, sort_key) VALUES (21, 20, 'home', '3排4号', '3-4');
         INSERT INTO person (id, name, care) VALUES (22, '贾老根', 1);
         INSERT INTO residency (person_id, place_id, relation) VALUES (22, 21, 'owner');
         INSERT INTO ticket_counter (day, last) VALUES ('2026-11-24', 10);"
    ))
    .expect("a township");
    let ticket = |id: i64, n: i64, status: &str, paused: &str, closed: &str| {
        let open = i64::from(!matches!(status, "closed" | "duplicate"));
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
    conn.execute_batch(&format!("UPDATE ticket SET contacted_at = {from} WHERE id = 12")).expect("a contact");
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
    // Paused and taken back, then done and opened again.
    ticket(13, 4, "assigned", "NULL", "NULL");
    event(7, 13, from, "paused", &pause);
    event(8, 13, to, "undone", &format!(r#"{{"status": ["paused", "working"], "paused_at": [{from}, null]}}"#));
    event(9, 13, to, "reopened", r#"{"status": ["resolved", "assigned"], "reopened": [0, 1]}"#);
    // Went on by mistake: the pause goes on from where it began.
    ticket(14, 5, "paused", &from.to_string(), "NULL");
    event(10, 14, from, "paused", &pause);
    event(11, 14, to, "resumed", &format!(r#"{{"status": ["paused", "working"], "paused_at": [{from}, null]}}"#));
    event(12, 14, to, "undone", &format!(r#"{{"status": ["working", "paused"], "paused_at": [null, {from}]}}"#));
    // Reported on the eve of the long holiday; and one from a household with a care flag.
    ticket(15, 6, "new", "NULL", "NULL");
    ticket(16, 7, "duplicate", "NULL", &to.to_string());
    ticket(17, 8, "new", "NULL", "NULL");
    // Done, and waits for a callback.
    ticket(18, 9, "resolved", "NULL", "NULL");
    event(13, 18, from, "paused", &pause);
    event(14, 18, to, "resumed", &format!(r#"{{"status": ["paused", "working"], "paused_at": [{from}, null]}}"#));
    // The same household, answered within the limit of then.
    ticket(19, 10, "working", "NULL", "NULL");
    let answered = format!(
        "UPDATE ticket SET category = '203', priority = 'P3', place_id = 21, respond_by = {}, contacted_at = {} WHERE id = 19",
        at + 2 * HOUR,
        at + HOUR + HOUR / 2
    );
    conn.execute_batch(&answered).expect("an answer");
    conn.execute_batch(&format!(
        "UPDATE ticket SET category = '203', priority = 'P3', opened_at = {}, reopened = 0 WHERE id = 15;
         UPDATE ticket SET resolved_at = {to} WHERE id = 18;
         UPDATE ticket SET duplicate_of = 15 WHERE id = 16;
         UPDATE ticket SET category = '203', priority = 'P3', place_id = 21 WHERE id = 17;
         UPDATE ticket SET reopened = 1 WHERE id = 13;",
        eve().0
    ))
    .expect("they are as said");
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
    let tickets = kept(&raw(&path));
    let store = Store::open(&path, Access::Write, who("test"), town::now()).expect("it is brought up");
    let (fresh, _folder) = empty();
    let (old, new) = (raw(store.path()), raw(fresh.path()));
    assert_eq!(kept(&old), tickets);
    assert_eq!(tickets.len(), 10);
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
fn danger_comes_in_by_rules_and_a_townships_own_words_and_edits_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    old_file(&path);
    raw(&path)
        .execute_batch(
            "INSERT INTO category (code, zh, en, roles, outside, priority, respond_minutes, resolve_minutes, script_zh, script_en, keywords) \
               VALUES ('102', '闻到煤气', 'gas', 'repairer', 1, 'P1', 3, 20, '先开窗', 'windows first', '燃气,煤气罐站,gas'), \
                      ('103', '火情、人身危险', 'fire, danger to life', 'guard', 0, 'P1', 5, 30, '先打 119', 'ring 119', '着火,老窑');",
        )
        .expect("categories of danger");
    let store = Store::open(&path, Access::Write, who("test"), town::now()).expect("it is brought up");
    let Ok(Answer::Settings(SettingsAnswer::Township(township))) =
        store.answer(&Query::Settings(SettingsQuery::Township))
    else {
        panic!("a township")
    };
    let of = |code: &str| township.categories.iter().find(|category| category.code == code).expect(code).clone();
    let (gas, fire, jump) = (of("102"), of("103"), of("111"));
    assert_eq!((gas.zh.as_str(), gas.respond_minutes, gas.keywords), ("闻到煤气", 3, vec!["煤气罐站".to_owned()]));
    assert_eq!(gas.script, Some(("先开窗".to_owned(), "windows first".to_owned())));
    assert_eq!((fire.zh.as_str(), fire.keywords), ("火情", vec!["老窑".to_owned()]), "its own words stay");
    assert_eq!(fire.script.expect("words").0, "先打 119", "what was edited stays");
    assert!(
        jump.script.is_some() && jump.rules.is_empty() && jump.priority == Priority::P1,
        "what was missing is there"
    );
    let heard = |words: &str| suggest(words, &township.categories).map(|category| category.code.as_str());
    assert_eq!(
        (heard("俺家着了"), heard("老窑那边不对"), heard("楼顶有人要跳")),
        (Some("103"), Some("103"), Some("111"))
    );
}

#[test]
fn a_file_of_version_2_ends_like_a_fresh_one_and_keeps_what_contact_was_held_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let conn = raw(&path);
    conn.execute_batch(SCHEMA_2).expect("the schema of version 2");
    conn.pragma_update(None, "application_id", i64::from(i32::from_be_bytes(*b"TDSK"))).expect("an id");
    conn.pragma_update(None, "user_version", 2).expect("a version");
    let at = opened().0;
    conn.execute_batch(&format!(
        "INSERT INTO township (id, name, company, office, sample, file_uid, created) VALUES (1, '黎侯镇', '黎侯镇物业', 7, 0, zeroblob(16), {at});
         INSERT INTO counter (name, value) VALUES ('id_last_ms', 90000000000), ('id_counter', 0), ('event_seq', 0);
         INSERT INTO operator (id, name, role) VALUES (1, '前台', 'administrator');
         INSERT INTO category (code, zh, en, roles, outside, priority, respond_minutes, resolve_minutes) \
           VALUES ('202', '室内渗漏', 'leak', 'repairer', 0, 'P2', 60, 1440);
         INSERT INTO ticket (id, day, n, kind, channel, category, priority, base_priority, raised, respond_minutes, resolve_minutes, \
             status, open, taken_by, opened_at, respond_by, resolve_by, contacted_at, words) \
           VALUES (10, '2026-11-24', 1, 'repair', 'phone', '202', 'P2', 'P2', 1, 60, 1440, 'working', 1, 1, {at}, {at}, {at}, {at} + 60000, '漏水'),
                  (11, '2026-11-24', 2, 'repair', 'phone', '202', 'P2', 'P2', 0, 60, 1440, 'new', 1, 1, {at}, {at}, {at}, NULL, '漏水');"
    ))
    .expect("a township of version 2");
    drop(conn);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
    let store = Store::open(&path, Access::Write, who("test"), town::now()).expect("it is brought up");
    let (fresh, _folder) = empty();
    let (old, new) = (raw(store.path()), raw(fresh.path()));
    assert_eq!(shape(&old), shape(&new));
    assert_eq!(walls(&old), walls(&new));
    let under = |id: i64| row(&store, TicketId(id)).ticket.answered_under;
    let terms = under(10).expect("it was answered");
    assert_eq!((terms.category.as_str(), terms.base_priority, terms.minutes), ("202", Priority::P2, 60));
    assert_ne!(terms.raised, Raises::NONE);
    assert_eq!(under(11), None);
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
    let terms =
        ended.answered_under.as_ref().map(|terms| (terms.category.as_str(), terms.base_priority, terms.minutes));
    assert_eq!((terms, &worked.answered_under), (Some(("202", Priority::P2, 60)), &None), "what contact was held to");
    for ticket in [&worked, &paused, &ended] {
        assert_eq!((ticket.base_priority, ticket.priority), (Priority::P2, Priority::P2));
        assert_eq!((ticket.respond_minutes, ticket.resolve_minutes), (60, 1_440), "limits of its category");
        assert!(ticket.words.starts_with("厨房顶上漏水"));
    }
    let Ok(Answer::Settings(SettingsAnswer::Township(township))) =
        store.answer(&Query::Settings(SettingsQuery::Township))
    else {
        panic!("no township")
    };
    assert!(township.calendar.ever_open() && township.calendar.days.len() > 30, "holidays of the years around it");
    act(&mut store, TicketId(10), Act::join("", "")).expect("joined");
    assert_eq!(row(&store, TicketId(10)).ticket.resolve_by, Time(opened().0 + 26 * HOUR));
    assert_eq!(store.undo(super::uid(), town::now()).expect("undone").of, Some(EventKind::Joined));
}

#[test]
fn what_is_open_is_reckoned_by_the_rules_of_now_and_what_ended_keeps_its_times() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    old_file(&path);
    let store = Store::open(&path, Access::Write, who("test"), town::now()).expect("it is brought up");
    let Ok(Answer::Settings(SettingsAnswer::Township(township))) =
        store.answer(&Query::Settings(SettingsQuery::Township))
    else {
        panic!("no township")
    };
    let of = |id| row(&store, TicketId(id)).ticket;
    for id in [10, 11, 13, 14, 15, 17] {
        let mut again = of(id);
        reckon(&mut again, &township.calendar);
        assert_eq!(again, of(id), "{id}");
    }
    let after = |hours: i64| Time(opened().0 + hours * HOUR);
    assert_eq!((of(10).respond_by, of(10).resolve_by), (after(1), after(26)), "two hours' pause is given back");
    for id in [12, 18] {
        assert_eq!((of(id).respond_by, of(id).resolve_by), (after(1), after(24)), "{id} is held to what it was");
    }
    assert_eq!(of(18).pauses.0, [Pause { from: after(1), to: after(3) }]);
    assert_eq!((of(13).clock_from, of(13).pauses.0.len()), (Some(after(3)), 0), "opened again, and never paused");
    assert_eq!(of(13).resolve_by, after(27));
    assert_eq!((of(14).pauses.0.len(), of(14).paused_at), (0, Some(after(1))), "its pause still runs");
    let first = CHINA.at(Day::from_ymd_opt(2026, 10, 8).expect("a day"), 9 * 60);
    assert_eq!(of(15).respond_by, first, "the holiday is no time of the desk");
    assert_eq!(of(16).duplicate_of, Some(TicketId(15)));
    let cared = of(17);
    assert_eq!((cared.priority, cared.raised), (Priority::P2, Raises::NONE.with(Raise::Care, true)));
    assert_eq!(cared.respond_by, after(1), "half of two hours, day and night");
    let answered = of(19);
    assert_eq!((answered.respond_by, answered.priority), (after(2), Priority::P2), "contact was in time and stays so");
    let terms = answered.answered_under.expect("terms");
    assert_eq!((terms.raised, terms.minutes), (Raises::NONE, 120));
}
