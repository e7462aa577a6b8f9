//! The last wall: what the schema itself refuses when a program forgets to.

use rusqlite::Connection;

use super::{empty, path_of, raw, take};
use crate::support::town;

/// A township with one of everything, and a connection that keeps references.
fn ground() -> (Connection, tempfile::TempDir) {
    let (mut store, folder) = town::copy();
    let path = path_of(&store);
    take(&mut store, "漏水");
    store.close(town::now()).expect("closed");
    let conn = raw(&path);
    conn.pragma_update(None, "foreign_keys", true).expect("a pragma");
    (conn, folder)
}

#[test]
fn coded_and_bounded_columns_refuse_what_is_not_theirs() {
    let (conn, _folder) = ground();
    let bad = [
        ("township", "id", "2"),
        ("township", "office", "1024"),
        ("township", "office", "-1"),
        ("township", "utc_offset_minutes", "841"),
        ("township", "sample", "2"),
        ("township", "file_uid", "x'00'"),
        ("counter", "name", "'other'"),
        ("ticket_counter", "day", "'2026-1-1'"),
        ("ticket_counter", "last", "0"),
        ("operator", "role", "'boss'"),
        ("command", "cmd_uid", "x'00'"),
        ("event_text", "salt", "x'00'"),
        ("place", "kind", "'planet'"),
        ("place", "label", "''"),
        ("place", "area_m2", "0"),
        ("compound", "stage", "'heaven'"),
        ("compound", "trial_from", "'soon'"),
        ("compound", "trial_days", "0"),
        ("person", "name", "''"),
        ("person", "born", "1879"),
        ("phone", "digits", "'138-0000'"),
        ("phone", "digits", "''"),
        ("residency", "relation", "'guest'"),
        ("residency", "is_head", "2"),
        ("residency", "from_day", "'x'"),
        ("residency", "to_day", "'x'"),
        ("category", "code", "''"),
        ("category", "outside", "2"),
        ("category", "priority", "'P5'"),
        ("category", "respond_minutes", "-1"),
        ("category", "resolve_minutes", "0"),
        ("staff", "name", "''"),
        ("staff", "role", "'boss'"),
        ("staff", "phone", "'1a'"),
        ("staff", "active", "2"),
        ("ticket", "day", "'x'"),
        ("ticket", "n", "0"),
        ("ticket", "kind", "'x'"),
        ("ticket", "channel", "'x'"),
        ("ticket", "priority", "'P0'"),
        ("ticket", "status", "'lost'"),
        ("ticket", "status", "'closed'"),
        ("ticket", "open", "0"),
        ("ticket", "watched", "2"),
        ("ticket", "words", "''"),
        ("ticket", "reporter_phone", "'1a'"),
    ];
    for (table, column, value) in bad {
        let rows: i64 = conn.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |r| r.get(0)).expect("a count");
        if rows == 0 {
            panic!("{table} has no row to try on");
        }
        refuses(&conn, &format!("UPDATE {table} SET {column} = {value}"), "CHECK");
    }
}

#[test]
fn rows_that_must_be_one_are_one() {
    let (conn, _folder) = ground();
    for (table, columns, key) in [
        ("operator", "name, role", "name"),
        ("command", "cmd_uid, at, session_id, kind, result", "cmd_uid"),
        (
            "ticket",
            "day, n, kind, channel, category, priority, status, open, taken_by, opened_at, respond_by, resolve_by, words",
            "n",
        ),
        ("event", "command_id, n, at, entity_kind, entity_id, kind, payload", "n"),
        ("place", "compound_id, parent_id, kind, label, sort_key", "label"),
    ] {
        let only = if table == "place" { "WHERE kind = 'home'" } else { "" };
        let sql = format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} {only} LIMIT 1");
        refuses(&conn, &sql, "UNIQUE");
        assert!(columns.contains(key));
    }
    conn.execute(
        "INSERT INTO parked (id, cmd_uid, operator_id, at, form) SELECT 1, zeroblob(16), id, 0, '{}' FROM operator",
        [],
    )
    .expect("one");
    refuses(
        &conn,
        "INSERT INTO parked (id, cmd_uid, operator_id, at, form) SELECT 2, cmd_uid, operator_id, 0, '{}' FROM parked",
        "UNIQUE",
    );
    let shift = "INSERT INTO shift (id, staff_id, day, template, from_at, to_at) SELECT ?1, MIN(id), '2026-11-24', 'early', 0, 1 FROM staff";
    conn.execute(shift, [1]).expect("one");
    let again = conn.execute(shift, [2]).expect_err("a second");
    assert!(again.to_string().contains("UNIQUE"), "{again}");
    refuses(&conn, "UPDATE shift SET template = 'nap'", "CHECK");
    refuses(&conn, "UPDATE shift SET presence = 'perhaps'", "CHECK");
    refuses(&conn, "UPDATE shift SET to_at = from_at", "CHECK");
}

#[test]
fn every_reference_leads_to_a_row() {
    let (conn, _folder) = ground();
    let mut tried = 0;
    let tables: Vec<String> = names(
        &conn,
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'ticket_words%'",
    );
    for table in tables {
        let columns = names(&conn, &format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}')"));
        let key = names(&conn, &format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0")).join(", ");
        for column in columns {
            let rows: i64 =
                conn.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |r| r.get(0)).expect("a count");
            if rows > 0 {
                let bad = if column == "category" { "'999'" } else { "-1" };
                let one = format!("({key}) = (SELECT {key} FROM {table} LIMIT 1)");
                refuses(&conn, &format!("UPDATE {table} SET {column} = {bad} WHERE {one}"), "FOREIGN KEY");
                tried += 1;
            }
        }
    }
    assert!(tried >= 20, "only {tried} references were tried");
    refuses(&conn, "DELETE FROM operator", "FOREIGN KEY");
    refuses(&conn, "DELETE FROM command", "FOREIGN KEY");
}

#[test]
fn every_table_is_strict() {
    let (store, _folder) = empty();
    let conn = raw(store.path());
    let loose = names(
        &conn,
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'",
    );
    assert_eq!(loose, Vec::<String>::new());
}

fn names(conn: &Connection, sql: &str) -> Vec<String> {
    conn.prepare(sql)
        .expect("a statement")
        .query_map([], |r| r.get(0))
        .expect("rows")
        .map(|n| n.expect("a name"))
        .collect()
}

#[track_caller]
fn refuses(conn: &Connection, sql: &str, why: &str) {
    match conn.execute(sql, []) {
        Err(error) => assert!(error.to_string().contains(why), "{sql}: {error}"),
        Ok(_) => panic!("was done: {sql}"),
    }
}
