//! The payload of an event: the changed fields as JSON, words taken out and kept apart with a salted digest in their place.
//! Rows are not written or read here; that is `events`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::domain::base::event::{EventKind, Tracked};

/// The payload's form written today: `{"field": [before, after]}`, for the first event of a record `{"field": after}`. In the
/// place of words stands their digest; empty words stay, they tell nothing.
pub(in crate::store) const VERSION: i64 = 1;

/// Names of the two places of a pair, in the texts' field names. The first event has no before, and its texts no such ending.
const SIDES: [&str; 2] = ["was", "now"];

/// Whether a record begins with this event.
const fn is_first(kind: EventKind) -> bool {
    matches!(kind, EventKind::Taken | EventKind::Announced)
}

/// A payload ready to be written, and the words that go to their own table.
#[derive(Debug)]
pub(in crate::store) struct Composed {
    pub(in crate::store) payload: String,
    pub(in crate::store) texts: Vec<Apart>,
}

/// Words taken out of a payload.
#[derive(Debug)]
pub(in crate::store) struct Apart {
    pub(in crate::store) field: String,
    pub(in crate::store) salt: [u8; 16],
    pub(in crate::store) text: String,
}

/// Where salts come from.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) enum Salts {
    /// The machine.
    Random,
    /// A seed and the event's seq: the same seed gives the same file. Only for invented people.
    Seeded { seed: u64, seq: i64 },
}

impl Salts {
    fn draw(self, field: &str) -> [u8; 16] {
        match self {
            Self::Random => uuid::Uuid::new_v4().into_bytes(),
            Self::Seeded { seed, seq } => {
                let mut hasher = Sha256::new();
                hasher.update(seed.to_le_bytes());
                hasher.update(seq.to_le_bytes());
                hasher.update(field.as_bytes());
                first_half(hasher)
            }
        }
    }
}

/// Composes that a record changed. The note may be empty; `words` are further texts, by name.
pub(in crate::store) fn of_change<T: Tracked>(
    kind: EventKind,
    changes: &T::Changes,
    note: &str,
    words: &[(&str, &str)],
    salts: Salts,
) -> Composed {
    let mut composing =
        Composing { fields: object(serde_json::to_value(changes).unwrap_or_default()), texts: Vec::new(), salts };
    if is_first(kind) {
        for value in composing.fields.values_mut() {
            if let Some(now) = value.as_array_mut().and_then(Vec::pop) {
                *value = now;
            }
        }
    }
    for field in T::TEXTS {
        let Some(mut value) = composing.fields.remove(*field) else { continue };
        match &mut value {
            Value::Array(pair) => {
                for (one, side) in pair.iter_mut().zip(SIDES) {
                    composing.put_apart(format!("{field}.{side}"), one);
                }
            }
            one => composing.put_apart((*field).to_owned(), one),
        }
        composing.fields.insert((*field).to_owned(), value);
    }
    composing.finish(note, words)
}

/// Composes that something happened which is told by plain values: numbers, ids, codes.
pub(in crate::store) fn of_facts(facts: Value, note: &str, words: &[(&str, &str)], salts: Salts) -> Composed {
    Composing { fields: object(facts), texts: Vec::new(), salts }.finish(note, words)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

struct Composing {
    fields: Map<String, Value>,
    texts: Vec<Apart>,
    salts: Salts,
}

impl Composing {
    fn finish(mut self, note: &str, words: &[(&str, &str)]) -> Composed {
        for (field, text) in words.iter().copied().chain([("note", note)]).filter(|(_, text)| !text.is_empty()) {
            let mut value = Value::String(text.to_owned());
            self.put_apart(field.to_owned(), &mut value);
            self.fields.insert(field.to_owned(), value);
        }
        // In the order of their table's key, so that its pages fill up instead of being split.
        self.texts.sort_unstable_by(|one, other| one.field.cmp(&other.field));
        Composed { payload: Value::Object(self.fields).to_string(), texts: self.texts }
    }

    /// Puts a text's digest in its place and the text among those kept apart.
    fn put_apart(&mut self, field: String, value: &mut Value) {
        let Value::String(text) = value else { return };
        if text.is_empty() {
            return;
        }
        let salt = self.salts.draw(&field);
        let digest = digest(&salt, text);
        self.texts.push(Apart { field, salt, text: std::mem::replace(text, digest) });
    }
}

/// The digest that stands in a payload for a text: the first 16 bytes of SHA-256 over salt and UTF-8, in base64. Nobody can
/// make another text fit it: that would take 2^128 tries, the salt being given.
pub(in crate::store) fn digest(salt: &[u8], text: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(text.as_bytes());
    STANDARD_NO_PAD.encode(first_half(hasher))
}

fn first_half(hasher: Sha256) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hasher.finalize()[..16]);
    half
}

/// Puts a text back into the payload it was taken out of.
pub(in crate::store) fn put_back(fields: &mut Map<String, Value>, field: &str, text: String) {
    let (name, side) = field.split_once('.').unwrap_or((field, ""));
    let Some(slot) = fields.get_mut(name) else { return };
    match (slot, SIDES.iter().position(|known| *known == side)) {
        (Value::Array(pair), Some(at)) => {
            if let Some(value) = pair.get_mut(at) {
                *value = Value::String(text);
            }
        }
        (slot, _) => *slot = Value::String(text),
    }
}

/// The change of a record that a payload holds. For a first event, `was` is what it became, too: there was nothing before.
pub(in crate::store) fn changes<T: Tracked>(kind: EventKind, fields: &Map<String, Value>) -> Option<T::Changes> {
    let mut fields = fields.clone();
    if is_first(kind) {
        fields.values_mut().for_each(|now| *now = json!([now.clone(), now.take()]));
    }
    serde_json::from_value(Value::Object(fields)).ok()
}
