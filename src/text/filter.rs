//! What a filter of tickets is read with: every coded value under its code and both its names, and the township's own names.
//! How a filter is read is `domain::filter`.

use super::labels::Labelled;
use crate::domain::base::time::{Time, Zone};
use crate::domain::filter::names::Names;
use crate::domain::filter::{Fits, Known, Value, Vocabulary};
use crate::domain::ticket::category::Category;
use crate::domain::ticket::{Channel, Priority, Status};

/// The vocabulary of a township at a time, at the desk of the operator of this name.
pub fn vocabulary(
    names: &Names,
    categories: &[Category],
    operator: &str,
    fits: Fits,
    now: Time,
    zone: Zone,
) -> Vocabulary {
    let mut values = Vec::new();
    let mut add = |value: Value, code: &str, zh: &str, en: &str| {
        values.push(Known { value, code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned() });
    };
    for status in Status::ALL {
        add(Value::Status(*status), status.code(), status.label().zh, status.label().en);
    }
    for (id, name) in &names.compounds {
        add(Value::Compound(*id), "", name, name);
    }
    for category in categories {
        add(Value::Category(category.code.clone()), &category.code, &category.zh, &category.en);
    }
    for priority in Priority::ALL {
        add(Value::Priority(*priority), priority.code(), priority.label().zh, priority.label().en);
    }
    add(Value::Who(None), "none", "没人", "nobody");
    for (id, name) in &names.staff {
        add(Value::Who(Some(*id)), "", name.reveal(), name.reveal());
    }
    for channel in Channel::ALL {
        add(Value::Channel(*channel), channel.code(), channel.label().zh, channel.label().en);
    }
    Vocabulary { values, fits, today: zone.day(now), zone, me: names.me(operator) }
}
