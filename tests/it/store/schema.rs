//! The schema's text against the program: codes, comments, versions. What it refuses is in `walls`.

use std::collections::BTreeSet;

use township_desk::domain::person::Relation;
use township_desk::domain::place::{PlaceKind, Stage};
use township_desk::domain::roster::shift::{Presence, Template};
use township_desk::domain::staff::{Rank, Role};
use township_desk::domain::ticket::{Channel, Priority, Status, TicketKind};
use township_desk::store::{SCHEMA, VERSION};

use super::{empty, raw};

/// Lines of each table's text, by its name.
fn tables() -> Vec<(String, Vec<&'static str>)> {
    let mut tables = Vec::new();
    let mut lines = SCHEMA.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            let name = name.trim_end_matches(" (").to_owned();
            tables.push((name, lines.by_ref().take_while(|line| !line.starts_with(')')).collect()));
        }
    }
    tables
}

/// The codes a column's CHECK lists.
fn codes(table: &str, column: &str) -> Vec<String> {
    let tables = tables();
    let (_, lines) = tables.iter().find(|(name, _)| name == table).unwrap_or_else(|| panic!("no table {table}"));
    let start = format!("{column} ");
    let line = lines.iter().find(|line| line.trim_start().starts_with(&start)).expect("the column");
    let list =
        line.split_once(&format!("CHECK ({column} IN (")).expect("a list").1.split_once("))").expect("its end").0;
    list.split(", ").map(|code| code.trim_matches('\'').to_owned()).collect()
}

macro_rules! same_codes {
    ($($table:literal . $column:literal = $type:ty),+ $(,)?) => {$(
        let ours: Vec<_> = <$type>::ALL.iter().map(|one| one.code().to_owned()).collect();
        assert_eq!(codes($table, $column), ours, concat!($table, ".", $column));
    )+};
}

#[test]
fn the_lists_of_codes_are_the_programs() {
    same_codes! {
        "operator"."role" = Rank,
        "place"."kind" = PlaceKind,
        "compound"."stage" = Stage,
        "residency"."relation" = Relation,
        "category"."priority" = Priority,
        "staff"."role" = Role,
        "shift"."template" = Template,
        "shift"."presence" = Presence,
        "handover"."kind" = township_desk::domain::handover::Kind,
        "handover"."template" = Template,
        "ticket"."kind" = TicketKind,
        "ticket"."channel" = Channel,
        "ticket"."priority" = Priority,
        "ticket"."status" = Status,
    }
}

#[test]
fn open_follows_from_status_as_the_program_says() {
    let ends: Vec<_> = Status::ALL.iter().filter(|s| !s.open()).map(|s| format!("'{}'", s.code())).collect();
    let check = format!("CHECK (open = (status NOT IN ({})))", ends.join(", "));
    assert!(SCHEMA.contains(&check), "{check}");
}

/// Columns whose name says all: an id, a version, names of both languages, beginnings and ends.
const PLAIN: [&str; 3] = ["id", "version", "at"];

#[test]
fn every_table_column_and_index_says_what_it_is() {
    let mut mute = Vec::new();
    for (table, lines) in tables() {
        let head = format!("CREATE TABLE {table} (");
        let before = SCHEMA.split_once(&head).expect("the table").0.trim_end().lines().last().unwrap_or_default();
        if !before.starts_with("-- ") {
            mute.push(table.clone());
        }
        for line in lines {
            let line = line.trim();
            let column = line.split_whitespace().next().unwrap_or_default();
            let is_column = column.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            // A reference says what it leads to.
            let says = line.contains("-- ") || line.contains("REFERENCES") || PLAIN.contains(&column);
            if is_column && !column.is_empty() && !says {
                mute.push(format!("{table}.{column}"));
            }
        }
    }
    let mut last = "";
    for line in SCHEMA.lines() {
        let follows = last.starts_with("-- ") || last.starts_with("CREATE INDEX");
        if (line.starts_with("CREATE INDEX") || line.starts_with("CREATE UNIQUE INDEX")) && !follows {
            mute.push(line.to_owned());
        }
        last = line;
    }
    assert_eq!(mute, Vec::<String>::new());
}

#[test]
fn a_fresh_file_is_the_schema_and_says_whose_it_is() {
    let (store, _folder) = empty();
    let conn = raw(store.path());
    let number = |pragma: &str| conn.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).expect("a number");
    assert_eq!((number("application_id"), number("user_version")), (i64::from(i32::from_be_bytes(*b"TDSK")), VERSION));
    let plain = rusqlite::Connection::open_in_memory().expect("a connection");
    plain.execute_batch(SCHEMA).expect("the schema");
    let of = |conn: &rusqlite::Connection| -> BTreeSet<String> {
        conn.prepare("SELECT coalesce(sql, name) FROM sqlite_schema")
            .expect("a statement")
            .query_map([], |row| row.get(0))
            .expect("rows")
            .map(|text| text.expect("a text"))
            .collect()
    };
    assert_eq!(of(&conn), of(&plain));
}

#[test]
fn every_connection_keeps_the_settings_the_promises_need() {
    let (store, _folder) = empty();
    let read = township_desk::store::Store::open(
        store.path(),
        township_desk::store::Access::Read,
        super::who("reader"),
        crate::support::town::now(),
    );
    for store in [store, read.expect("a reader")] {
        let settings = store.settings().expect("settings");
        let wanted = [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("trusted_schema", "0"),
            ("cell_size_check", "1"),
            ("secure_delete", "1"),
            ("temp_store", "2"),
            ("mmap_size", "0"),
            ("wal_autocheckpoint", "0"),
        ];
        for (name, value) in wanted {
            let found = settings.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
            assert_eq!(found, Some(value), "{name}");
        }
    }
}
