//! The seam by itself, on a file in memory.

use crate::domain::base::trouble::Trouble;
use crate::store::Error;
use crate::store::file::engine::sql::{marks, turned};
use crate::store::file::engine::{Connection, Value};

fn filled() -> Connection {
    let conn = Connection::to_nothing().expect("a file");
    conn.script("CREATE TABLE tool (id INTEGER PRIMARY KEY, name TEXT, weight REAL)").expect("a table");
    for (id, name, weight) in [(1, Some("hammer"), 0.8), (2, None, 2.5), (3, Some("ladder"), 9.0)] {
        conn.run("INSERT INTO tool (id, name, weight) VALUES (?1, ?2, ?3)", values![id, name, weight]).expect("a row");
    }
    conn
}

fn detail<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    match answer {
        Err(Error::Trouble(Trouble::Unexpected { detail })) => detail,
        other => panic!("{other:?}"),
    }
}

#[test]
fn rows_are_read_by_name_in_whatever_order_they_are_asked_for() {
    let conn = filled();
    let read = |row: &crate::store::file::engine::Row<'_>| {
        // Every other row asks in another order.
        let id: i64 = row.get("id")?;
        if id == 2 {
            return Ok((row.get("weight")?, row.get::<Option<String>>("name")?, id));
        }
        let name: Option<String> = row.get("name")?;
        Ok((row.get("weight")?, name, id))
    };
    let rows: Vec<(f64, Option<String>, i64)> =
        conn.rows("SELECT weight, id, name FROM tool ORDER BY id", values![], read).expect("rows");
    let told = |name: &str| Some(name.to_owned());
    assert_eq!(rows, [(0.8, told("hammer"), 1), (2.5, None, 2), (9.0, told("ladder"), 3)]);
}

#[test]
fn a_name_that_is_not_there_and_one_that_is_there_twice_are_errors() {
    let conn = filled();
    let named = conn.row("SELECT id FROM tool", values![], |row| row.get::<i64>("name"));
    assert_eq!(detail(named), "no column name");
    let twice = conn.row("SELECT a.id, b.id FROM tool a, tool b", values![], |row| row.get::<i64>("id"));
    assert_eq!(detail(twice), "two columns id");
    let only = conn.value::<i64>("SELECT id, weight FROM tool", values![]);
    assert_eq!(detail(only), "2 columns for one value");
}

#[test]
fn names_are_found_anew_where_the_tables_have_changed() {
    let (folder, sql) = (tempfile::tempdir().expect("a folder"), "SELECT a.*, b.c AS other FROM a, b");
    let path = folder.path().join("file");
    std::fs::write(&path, "").expect("a file");
    let open = || Connection::open(&path, crate::store::file::engine::How::Write).expect("open");
    let (here, elsewhere) = (open(), open());
    here.script(
        "CREATE TABLE a (x INTEGER); CREATE TABLE b (c INTEGER); INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)",
    )
    .expect("tables");
    let read = || here.row(sql, values![], |row| Ok((row.get("x")?, row.get("other")?)));
    assert_eq!(read(), Ok((1_i64, 2_i64)));
    elsewhere.script("ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 7").expect("another desk brings it up");
    assert_eq!(read(), Ok((1, 2)), "and not the new column");
    elsewhere.script("ALTER TABLE a ADD COLUMN other INTEGER").expect("a name twice");
    assert_eq!(detail(read()), "two columns other");
}

#[test]
fn a_value_of_another_form_and_a_missing_row_are_errors_without_the_value() {
    let conn = filled();
    let number = conn.value::<i64>("SELECT name FROM tool WHERE id = ?1", values![1]);
    assert_eq!(detail(number), "a stored value has a wrong form");
    assert_eq!(detail(conn.value::<i64>("SELECT id FROM tool WHERE id = 9", values![])), "a row is missing");
    assert_eq!(conn.value_if_any::<i64>("SELECT id FROM tool WHERE id = 9", values![]), Ok(None));
    let few = conn.value::<i64>("SELECT id FROM tool WHERE id = ?1 AND weight > ?2", values![1]);
    assert_eq!(detail(few), "1 values for 2 marks");
}

#[test]
fn a_transaction_is_kept_whole_or_not_at_all_and_so_is_a_part_of_one() {
    let conn = filled();
    let count = || conn.value::<i64>("SELECT COUNT(*) FROM tool", values![]);
    let gone = conn.in_transaction(|| {
        conn.run("DELETE FROM tool", values![])?;
        conn.value::<i64>("SELECT id FROM tool", values![])
    });
    assert_eq!((detail(gone).as_str(), count()), ("a row is missing", Ok(3)));
    let kept = conn.in_transaction(|| {
        conn.run("DELETE FROM tool WHERE id = 1", values![])?;
        conn.begin_part()?;
        conn.run("DELETE FROM tool", values![])?;
        conn.take_part_back()?;
        conn.in_one_state(count)
    });
    assert_eq!((kept, count()), (Ok(2), Ok(2)));
}

#[test]
fn values_come_out_as_they_went_in() {
    let conn = filled();
    let sql = "SELECT ?1 AS a, ?2 AS b, ?3 AS c, ?4 AS d";
    let values = [Value::Null, Value::Integer(-7), Value::text("漏水"), Value::Blob(vec![0, 1].into())];
    let back = conn.row(sql, values![values[0], values[1], values[2], values[3]], |row| {
        Ok((row.get::<Option<i64>>("a")?, row.get("b")?, row.text("c")?.to_owned(), row.get("d")?))
    });
    assert_eq!(back, Ok((None, -7_i64, "漏水".to_owned(), vec![0_u8, 1])));
    assert_eq!(conn.value("SELECT ?1", values![u32::MAX]), Ok(u32::MAX));
    assert_eq!(detail(conn.value::<u8>("SELECT ?1", values![256])), "a stored value has a wrong form");
}

#[test]
fn marks_are_turned_for_another_engine_but_not_within_texts() {
    let sql = "SELECT '?1', \"a?\" FROM t WHERE a = ?1 AND b > ?12";
    assert_eq!(turned(sql, '?'), sql);
    assert_eq!(turned(sql, '$'), "SELECT '?1', \"a?\" FROM t WHERE a = $1 AND b > $12");
    assert_eq!(marks(4, 3), "?4, ?5, ?6");
}
