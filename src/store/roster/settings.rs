//! Rows of what the township sets for its rosters: hours and names of shifts, how strict each rule is; and the way back.
//! Whether a value makes sense was decided in `domain`.

use serde_json::{Value, json};

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::time::{Day, Time, Zone};
use crate::domain::op::Done;
use crate::domain::roster::Templates;
use crate::domain::roster::op::Hours;
use crate::domain::roster::rules::{Rule, Severity};
use crate::domain::roster::shift::Template;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::log::events::Event;
use crate::store::roster::apply::{changed_since, done};

/// Published shifts of a kind that begin after `now` and would keep other hours than these: days, the earliest first.
pub(in crate::store) fn keeping(
    conn: &Connection,
    zone: Zone,
    template: Template,
    hours: Option<&Hours>,
    now: Time,
) -> Result<Vec<Day>> {
    let mut templates = Templates::starting();
    if let Some(hours) = hours {
        templates.0[template as usize] = (hours.from, hours.to);
    }
    let mut days = Vec::new();
    conn.each(
        "SELECT day, from_at, to_at FROM shift WHERE from_at > ?1 AND template = ?2 ORDER BY day",
        values![now, template],
        |row| {
            let day = row.get("day")?;
            if templates.span(template, day, zone) != (row.get("from_at")?, row.get("to_at")?) {
                days.push(day);
            }
            Ok(())
        },
    )?;
    Ok(days)
}

/// Sets hours and names of a shift; none: as the program has them.
pub(in crate::store) fn put_template(tx: &mut Tx<'_>, template: Template, hours: Option<&Hours>) -> Result<Done> {
    let was = template_row(tx, template)?;
    let now = hours.map(|h| json!({ "zh": h.zh, "en": h.en, "from": h.from, "to": h.to }));
    write_template(tx, template, was, now, EventKind::Set)?;
    Ok(done(tx, Entity::Roster, template as i64, EventKind::Set, 0))
}

/// Sets a rule; without a figure it keeps the one it has.
pub(in crate::store) fn put_rule(tx: &mut Tx<'_>, rule: Rule, severity: Severity, figure: Option<i64>) -> Result<Done> {
    let was = rule_row(tx, rule)?;
    let kept = was.as_ref().and_then(|was| was.get("figure").and_then(Value::as_i64));
    let now = json!({ "severity": severity, "figure": figure.or(kept) });
    write_rule(tx, rule, was, Some(now), EventKind::Set)?;
    Ok(done(tx, Entity::Roster, rule as i64, EventKind::Set, 0))
}

/// Takes back what an event did, or makes it again when the event was itself an undo.
pub(in crate::store) fn back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<()> {
    let side = |name: &str| event.payload.get(name).filter(|value| !value.is_null()).cloned();
    let (was, now) = (side("was"), side("now"));
    let code = |name: &str| event.payload.get(name).and_then(Value::as_str);
    if let Some(template) = code("template").and_then(Template::from_code) {
        if template_row(tx, template)? != now {
            return Err(changed_since("hours"));
        }
        return write_template(tx, template, now, was, told_as);
    }
    let Some(rule) = code("rule").and_then(Rule::from_code) else { return Err(changed_since("rule")) };
    if rule_row(tx, rule)? != now {
        return Err(changed_since("rule"));
    }
    write_rule(tx, rule, now, was, told_as)
}

fn template_row(tx: &Tx<'_>, template: Template) -> Result<Option<Value>> {
    tx.conn.row_if_any(
        "SELECT zh, en, from_minute, to_minute FROM shift_template WHERE code = ?1",
        values![template],
        |row| {
            Ok(json!({
                "zh": row.get::<String>("zh")?, "en": row.get::<String>("en")?,
                "from": row.get::<i64>("from_minute")?, "to": row.get::<i64>("to_minute")?,
            }))
        },
    )
}

fn write_template(
    tx: &mut Tx<'_>,
    template: Template,
    was: Option<Value>,
    now: Option<Value>,
    kind: EventKind,
) -> Result<()> {
    tx.conn.run("DELETE FROM shift_template WHERE code = ?1", values![template])?;
    if let Some(now) = &now {
        tx.conn.run(
            "INSERT INTO shift_template (code, zh, en, from_minute, to_minute) VALUES (?1, ?2, ?3, ?4, ?5)",
            values![template, now["zh"].as_str(), now["en"].as_str(), now["from"].as_i64(), now["to"].as_i64()],
        )?;
    }
    let facts = json!({ "template": template, "was": was, "now": now });
    tx.log.happened(Entity::Roster, template as i64, kind, facts, "", &[])?;
    Ok(())
}

fn rule_row(tx: &Tx<'_>, rule: Rule) -> Result<Option<Value>> {
    tx.conn.row_if_any("SELECT severity, figure FROM roster_rule WHERE rule = ?1", values![rule], |row| {
        Ok(json!({ "severity": row.get::<Severity>("severity")?, "figure": row.get::<Option<i64>>("figure")? }))
    })
}

fn write_rule(tx: &mut Tx<'_>, rule: Rule, was: Option<Value>, now: Option<Value>, kind: EventKind) -> Result<()> {
    tx.conn.run("DELETE FROM roster_rule WHERE rule = ?1", values![rule])?;
    if let Some(now) = &now {
        tx.conn.run(
            "INSERT INTO roster_rule (rule, severity, figure) VALUES (?1, ?2, ?3)",
            values![rule, now["severity"].as_str(), now["figure"].as_i64()],
        )?;
    }
    let facts = json!({ "rule": rule, "was": was, "now": now });
    tx.log.happened(Entity::Roster, rule as i64, kind, facts, "", &[])?;
    Ok(())
}
