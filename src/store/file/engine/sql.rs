//! Text of statements that is put together: marks of values, and the columns of a table, listed once.
//! Which tables there are is not known here.

use std::borrow::Cow;

use crate::store::file::error::Result;

/// The mark of the `n`th value (1-based).
pub(in crate::store) fn mark(n: usize) -> String {
    format!("?{n}")
}

/// Marks of `count` values from the `from`th on, commas between.
pub(in crate::store) fn marks(from: usize, count: usize) -> String {
    (from..from + count).map(mark).collect::<Vec<_>>().join(", ")
}

/// A statement with the engine's own sign before the numbers of its values. Texts in quotes stay as they are.
pub(in crate::store) fn turned(sql: &str, sign: char) -> Cow<'_, str> {
    if sign == '?' {
        return Cow::Borrowed(sql);
    }
    let mut turned = String::with_capacity(sql.len());
    let mut quote: Option<char> = None;
    for c in sql.chars() {
        match quote {
            None if matches!(c, '\'' | '"') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {}
        }
        turned.push(if c == '?' && quote.is_none() { sign } else { c });
    }
    Cow::Owned(turned)
}

/// The statement that adds rows to a table, its values row by row.
pub(in crate::store) fn insert(table: &str, columns: &[&str], rows: usize) -> String {
    let row = |at: usize| format!("({})", marks(at * columns.len() + 1, columns.len()));
    let rows = (0..rows).map(row).collect::<Vec<_>>().join(", ");
    format!("INSERT INTO {table} ({}) VALUES {rows}", columns.join(", "))
}

/// The statement that writes a row over the one of its key, which is its first value; the version counts up.
pub(in crate::store) fn update(table: &str, key: &str, columns: &[&str]) -> String {
    let marks = marks(2, columns.len());
    format!("UPDATE {table} SET ({}) = ({marks}), version = version + 1 WHERE {key} = ?1", columns.join(", "))
}

/// For a field that another table holds: it is empty until that is read.
pub(in crate::store) fn elsewhere<T: Default>(_: &crate::store::file::engine::Row<'_>) -> Result<T> {
    Ok(T::default())
}

/// A table's columns with the fields of a record they hold, listed once: reading a row, adding one and writing one over come
/// from this list. A field that is missing in it does not compile.
///
/// `fields` are kept as they are, under their own name or another; `parts` are fields made of several columns; `kept` are
/// written by one function and read by another; `derived` columns follow from the record and are only written; `beside` are
/// fields read in another way, and those other tables hold; `own` fields are the key and the version, which the list itself
/// does not write.
macro_rules! columns {
    (
        $(#[$meta:meta])*
        $name:ident: $record:ident in $table:literal as $alias:literal by $key:literal;
        $(own { $($own:ident),* })?
        $(parts { $($part:ident: $type:ident { $($inner:ident = $inner_column:literal),* }),* })?
        fields { $($field:ident $(= $column:literal)?),* $(,)? }
        $(kept { $($kept:ident = $kept_column:literal: $write:expr, $read:expr);* })?
        $(derived { $($derived:literal = $value:expr),* })?
        $(beside { $($beside:ident = $beside_value:expr);* })?
    ) => {
        $(#[$meta])*
        pub(in crate::store) struct $name;

        impl $name {
            /// What a reading selects, beginning with the key and the version.
            #[allow(dead_code)] // some tables are read whole
            pub(in crate::store) const READ: &'static str = concat!(
                $alias, ".", $key, ", ", $alias, ".version",
                $($($(", ", $alias, ".", $inner_column,)*)*)?
                $(", ", $alias, ".", $crate::store::file::engine::sql::column_name!($field $($column)?),)*
                $($(", ", $alias, ".", $kept_column,)*)?
            );

            /// The columns that are written, beside the key.
            pub(in crate::store) const WRITTEN: &'static [&'static str] = &[
                $($($($inner_column,)*)*)?
                $($crate::store::file::engine::sql::column_name!($field $($column)?),)*
                $($($kept_column,)*)?
                $($($derived,)*)?
            ];

            /// A record from its row.
            pub(in crate::store) fn read(row: &$crate::store::file::engine::Row<'_>) -> $crate::store::Result<$record> {
                Ok($record {
                    $($($own: row.get(stringify!($own))?,)*)?
                    $($($part: $type { $($inner: row.get($inner_column)?),* },)*)?
                    $($field: row.get($crate::store::file::engine::sql::column_name!($field $($column)?))?,)*
                    $($($kept: $read(row.text($kept_column)?),)*)?
                    $($($beside: ($beside_value)(row)?,)*)?
                })
            }

            /// Adds a row.
            #[allow(dead_code)] // some tables are written by other ways, too
            pub(in crate::store) fn insert(
                conn: &$crate::store::file::engine::Connection,
                key: &dyn $crate::store::file::engine::ToValue,
                record: &$record,
            ) -> $crate::store::Result<()> {
                static SQL: std::sync::LazyLock<String> =
                    std::sync::LazyLock::new(|| $crate::store::file::engine::sql::insert($table, &[&[$key], $name::WRITTEN].concat(), 1));
                Self::write(conn, &SQL, key, record)
            }

            /// Writes a row over the one there is; its version counts up.
            #[allow(dead_code)] // some are never changed
            pub(in crate::store) fn update(
                conn: &$crate::store::file::engine::Connection,
                key: &dyn $crate::store::file::engine::ToValue,
                record: &$record,
            ) -> $crate::store::Result<()> {
                static SQL: std::sync::LazyLock<String> =
                    std::sync::LazyLock::new(|| $crate::store::file::engine::sql::update($table, $key, $name::WRITTEN));
                Self::write(conn, &SQL, key, record)
            }

            fn write(
                conn: &$crate::store::file::engine::Connection,
                sql: &str,
                key: &dyn $crate::store::file::engine::ToValue,
                record: &$record,
            ) -> $crate::store::Result<()> {
                conn.run(sql, &[
                    key,
                    $($($(&record.$part.$inner,)*)*)?
                    $(&record.$field,)*
                    $($(&$write(&record.$kept),)*)?
                    $($(&$value(record),)*)?
                ])
                .map(drop)
            }
        }
    };
}
pub(in crate::store) use columns;

/// The column of a field: of its own name, if no other is given.
macro_rules! column_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $column:literal) => {
        $column
    };
}
pub(in crate::store) use column_name;
