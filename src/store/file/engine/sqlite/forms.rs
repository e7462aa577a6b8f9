//! Forms of statements that only SQLite takes and several features need; those of one feature alone stand in its own file named
//! for SQLite. Another engine says each in its own way, or does without.

use crate::store::file::engine::Value;

/// Joins two tables, the one on the left walked first: joined plainly, the engine would walk the one on the right.
pub(in crate::store) const JOIN_IN_ORDER: &str = "CROSS JOIN";

/// A table read by one of its indexes, where the engine by itself takes another.
pub(in crate::store) fn by_index(table: &str, index: &str) -> String {
    format!("{table} INDEXED BY {index}")
}

/// A column whose index is not to be used, neither for finding rows nor for their order.
pub(in crate::store) fn without_index(column: &str) -> String {
    format!("+{column}")
}

/// The values of a list bound as one value, which [`list`] makes: `id IN any_of("?1")`.
pub(in crate::store) fn any_of(mark: &str) -> String {
    format!("(SELECT value FROM json_each({mark}))")
}

/// Numbers or texts as one value, for [`any_of`].
pub(in crate::store) fn list<T: serde::Serialize>(values: &[T]) -> Value<'static> {
    // Numbers and texts can always be written.
    Value::text(serde_json::to_string(values).unwrap_or_default())
}
