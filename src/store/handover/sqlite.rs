//! What only SQLite takes in the statements about handovers: it looks into lists and payloads kept as JSON.

/// Whether a handover (`h`) holds all the patterns of the list bound to `?3`: in its lines, its day, or who signed it.
pub(super) const HOLDS_ALL: &str = "NOT EXISTS (SELECT 1 FROM json_each(?3) w WHERE NOT (h.content LIKE w.value OR h.day LIKE w.value \
    OR EXISTS (SELECT 1 FROM operator WHERE id IN (h.given_by, h.taken_by) AND name LIKE w.value)))";

/// Whether an event tells that a PIN was given.
pub(super) const WITH_PIN: &str = "payload ->> 'pin'";
