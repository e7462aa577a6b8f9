//! The schema's version: a new file is made from `schema.sql`, an older one is brought up step by step.
//! A newer file is refused and never written.

use crate::domain::base::calendar::Calendar;
use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::TicketId;
use crate::domain::base::time::Time;
use crate::domain::base::trouble::Trouble;
use crate::domain::ticket::Ticket;
use crate::domain::ticket::category::starting;
use crate::domain::ticket::clock::{Pauses, reckon};
use crate::domain::ticket::priority::{Raise, Raises, may_raise};
use crate::store::file::engine::{Connection, Setting, values};
use crate::store::file::error::Result;
use crate::store::file::open::APPLICATION_ID;

/// The schema as a new file gets it.
pub const SCHEMA: &str = include_str!("../../../../schema.sql");

/// One step brings a file from the version of its place in the list (1-based) to the next, in one transaction.
type Step = fn(&Connection) -> Result<()>;

/// Steps from version 1 on.
const STEPS: &[Step] = &[tickets_in_full, pages_of_few, rosters_and_handovers, danger_and_deadlines];

/// The version this program makes and reads.
pub const VERSION: i64 = 1 + STEPS.len() as i64;

/// Bytes of a page. A saved ticket touches some twenty pages in as many tables and indexes, and the log takes each whole: half
/// the usual size halves what a save writes.
pub(in crate::store) const PAGE: i64 = 2_048;

/// Fills an empty file.
pub(in crate::store) fn make(conn: &Connection) -> Result<()> {
    conn.in_transaction(|| {
        conn.script(SCHEMA)?;
        conn.set(Setting::Application, APPLICATION_ID)?;
        conn.set(Setting::Version, VERSION)
    })
}

/// Refuses a version this program does not know.
pub(in crate::store) fn check_version(version: i64) -> Result<()> {
    match version {
        v if v > VERSION => Err(Trouble::TooNew { file: v, ours: VERSION }.into()),
        v if v < 1 => Err(Trouble::Damaged { detail: format!("schema version {v}") }.into()),
        _ => Ok(()),
    }
}

/// Whether the file waits for an upgrade; a backup is made before one.
pub(in crate::store) fn is_old(conn: &Connection) -> Result<bool> {
    Ok(conn.setting(Setting::Version)? < VERSION)
}

/// Brings an older file up, one transaction a step.
///
/// A table that is made anew is dropped under its old name while others refer to it: references are not looked after
/// meanwhile, but checked before the step is kept.
pub(in crate::store) fn run(conn: &Connection) -> Result<()> {
    conn.look_after_references(false)?;
    let done = run_steps(conn);
    conn.look_after_references(true)?;
    done
}

fn run_steps(conn: &Connection) -> Result<()> {
    while crate::store::file::held::in_transaction(conn, || next_step(conn))? {}
    Ok(())
}

/// Makes the step the file waits for, if any. Asked inside the transaction: another program may have made it meanwhile.
fn next_step(conn: &Connection) -> Result<bool> {
    let version = conn.setting(Setting::Version)?;
    let Some(step) = usize::try_from(version - 1).ok().and_then(|at| STEPS.get(at)) else { return Ok(false) };
    step(conn)?;
    conn.set(Setting::Version, version + 1)?;
    Ok(true)
}

/// References of a table made anew, which nobody looked after meanwhile.
fn check_references(conn: &Connection, table: &str) -> Result<()> {
    if !conn.dangling(Some(table))?.is_empty() {
        return Err(Trouble::Damaged { detail: format!("{table}: a row names a row that is not there") }.into());
    }
    Ok(())
}

/// Version 2: raising, pauses, callbacks, outages, the calendar, saved filters. Tickets there keep the limits their category
/// has now, which is what their due times were reckoned from. Those still open get pauses and the beginning of their clock back
/// from the log, and are reckoned anew: their due times knew no holidays, no reasons for raising and no second beginning.
fn tickets_in_full(conn: &Connection) -> Result<()> {
    conn.script(include_str!("2.sql"))?;
    check_references(conn, "ticket")?;
    let zone = crate::store::settings::township::zone(conn)?;
    let created: Time = conn.value("SELECT created FROM township", values![])?;
    let newest: Option<Time> = conn.value("SELECT MAX(opened_at) FROM ticket", values![])?;
    let calendar = Calendar::starting(zone, zone.day(newest.map_or(created, |newest| newest.max(created))));
    crate::store::settings::calendar::fill(conn, &calendar)?;
    crate::store::filter::rows::fill(conn)?;
    for (id, mut ticket) in open_in_2(conn)? {
        (ticket.pauses, ticket.clock_from) = clock_in_the_log(conn, id)?;
        // What is done keeps the times it was held to, here as after a change of the hours.
        if ticket.resolved_at.is_none() {
            let care = crate::store::person::rows::has_care(conn, ticket.reporter, ticket.place)?;
            ticket.raised = Raises::NONE.with(Raise::Care, care && may_raise(ticket.kind));
            let held_to = ticket.contacted_at.map(|_| ticket.respond_by);
            reckon(&mut ticket, &calendar);
            // What first contact settled stays as it was.
            ticket.respond_by = held_to.unwrap_or(ticket.respond_by);
        }
        conn.run(
            "UPDATE ticket SET (priority, raised, respond_by, resolve_by, pauses, clock_from) = (?2, ?3, ?4, ?5, ?6, ?7) WHERE id = ?1",
            values![id, ticket.priority, ticket.raised, ticket.respond_by, ticket.resolve_by, ticket.pauses, ticket.clock_from],
        )?;
    }
    Ok(())
}

/// Version 3: what first contact was held to, and pages of what is seldom met on the way through all tickets.
fn pages_of_few(conn: &Connection) -> Result<()> {
    if !conn.has_column("ticket", "answered_under")? {
        conn.script(include_str!("3-terms.sql"))?;
    }
    conn.script(include_str!("3.sql"))
}

/// Version 4: shift templates, drafts of rosters, leave, needs, rules, handovers, PINs.
fn rosters_and_handovers(conn: &Connection) -> Result<()> {
    conn.script(include_str!("4.sql"))
}

/// Version 5: danger is heard by rules, and deadlines from outside rule with our own.
fn danger_and_deadlines(conn: &Connection) -> Result<()> {
    danger_by_rules(conn)?;
    ruling_deadlines(conn)
}

/// The outer deadline counts with our own, merged tickets are found from the one they went into, and 12345 numbers
/// are found among the words.
fn ruling_deadlines(conn: &Connection) -> Result<()> {
    conn.script(include_str!("5-tickets.sql"))?;
    conn.each(
        "SELECT id, words, place_words, outside_number FROM ticket WHERE outside_number <> ''",
        values![],
        |row| {
            let texts = [row.get::<String>("words")?, row.get("place_words")?, row.get("outside_number")?];
            crate::store::ticket::words::replace(conn, row.get("id")?, &texts.join(" "))?;
            Ok(())
        },
    )
}

/// Danger is heard by rules. Categories of danger that were not there come in; the keywords a file began with
/// give way to the built-in rules, those the township added stay, and so does everything else it set.
fn danger_by_rules(conn: &Connection) -> Result<()> {
    conn.script(include_str!("5-danger.sql"))?;
    for category in starting().iter().filter(|category| category.script.is_some()) {
        let (script_zh, script_en) = category.script.clone().unzip();
        let roles: Vec<&str> = category.roles.iter().map(|role| role.code()).collect();
        // By the columns of version 5, whatever later versions add.
        conn.run(
            "INSERT INTO category (code, zh, en, roles, outside, priority, respond_minutes, resolve_minutes, script_zh, script_en) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
            values![category.code, category.zh, category.en, roles.join(","), category.outside, category.priority, category.respond_minutes, category.resolve_minutes, script_zh, script_en],
        )?;
        let keywords: String = conn.value("SELECT keywords FROM category WHERE code = ?1", values![category.code])?;
        let own: Vec<&str> = keywords.split(',').filter(|word| !began_with(&category.code, word)).collect();
        conn.run("UPDATE category SET keywords = ?2 WHERE code = ?1", values![category.code, own.join(",")])?;
        if category.code == FIRE {
            conn.run(
                "UPDATE category SET script_zh = ?2, script_en = ?3 WHERE code = ?1 AND script_zh = ?4",
                values![FIRE, script_zh, script_en, FIRE_SCRIPT_4],
            )?;
        }
    }
    Ok(())
}

/// The category of fire, and what callers were told first in it up to version 4, in Chinese.
const FIRE: &str = "103";
const FIRE_SCRIPT_4: &str =
    "有人受伤、触电、晕倒先打 120, 轻生、行凶先打 110, 着火先打 119; 别碰电线, 有烟弯腰走楼梯, 别坐电梯, 随手关门";

/// Whether a file began with this keyword up to version 4.
fn began_with(code: &str, word: &str) -> bool {
    let lines = include_str!("5-keywords.txt").lines();
    let words = lines.filter_map(|line| line.split_once(' ')).filter(|(of, _)| *of == code);
    words.flat_map(|(_, words)| words.split(',')).any(|known| known == word)
}

/// The open tickets as far as their clocks go, by the columns of version 2, whatever later versions add.
fn open_in_2(conn: &Connection) -> Result<Vec<(TicketId, Ticket)>> {
    conn.rows(
        "SELECT id, kind, place_id, reporter_id, opened_at, also_affected, reopened, base_priority, respond_minutes, \
           resolve_minutes, priority, respond_by, resolve_by, resolved_at, contacted_at FROM ticket WHERE open = 1",
        values![],
        |row| {
            let ticket = Ticket {
                kind: row.get("kind")?,
                place: row.get("place_id")?,
                reporter: row.get("reporter_id")?,
                opened_at: row.get("opened_at")?,
                also_affected: row.get("also_affected")?,
                reopened: row.get("reopened")?,
                base_priority: row.get("base_priority")?,
                respond_minutes: row.get("respond_minutes")?,
                resolve_minutes: row.get("resolve_minutes")?,
                priority: row.get("priority")?,
                respond_by: row.get("respond_by")?,
                resolve_by: row.get("resolve_by")?,
                resolved_at: row.get("resolved_at")?,
                contacted_at: row.get("contacted_at")?,
                ..Ticket::blank()
            };
            Ok((row.get("id")?, ticket))
        },
    )
}

/// A ticket's ended pauses, and when it was last opened again, as its events tell it. What was taken back does not count.
fn clock_in_the_log(conn: &Connection, id: TicketId) -> Result<(Pauses, Option<Time>)> {
    let mut pauses = Pauses::default();
    let mut since: Option<Time> = None;
    let mut begun: Vec<Time> = Vec::new();
    for event in crate::store::log::events::of_record(conn, Entity::Ticket, id.0)? {
        let changes = event.changes::<Ticket>()?;
        if let Some(change) = changes.reopened {
            if change.now > change.was {
                begun.push(event.at);
            } else {
                begun.pop();
            }
        }
        let Some(change) = changes.paused_at else { continue };
        match (since, change.now) {
            (Some(from), None) if event.kind != EventKind::Undone => pauses.add(from, event.at),
            // It was ended by mistake: it goes on from where it began.
            (None, Some(from)) => pauses.0.retain(|pause| pause.from < from),
            _ => {}
        }
        since = change.now;
    }
    Ok((pauses, begun.last().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::file::engine::values;
    use crate::store::settings::township;
    use crate::store::{outage, person, place, roster, staff, ticket};

    #[test]
    fn every_column_of_a_table_is_listed_once_or_named_here_as_written_in_another_way() {
        let conn = Connection::to_nothing().expect("a file");
        conn.script(SCHEMA).expect("the schema");
        let lists: [(&str, &[&str], &[&str]); 8] = [
            ("ticket", ticket::rows::Columns::WRITTEN, &["id", "version"]),
            ("outage", outage::rows::Columns::WRITTEN, &["id", "version"]),
            ("place", place::rows::Columns::WRITTEN, &["id", "version"]),
            ("person", person::rows::Columns::WRITTEN, &["id", "version"]),
            ("staff", staff::rows::Columns::WRITTEN, &["id", "version", "cycle"]),
            ("need", roster::rows::NeedColumns::WRITTEN, &["id", "version"]),
            ("category", township::Columns::WRITTEN, &["code", "version"]),
            ("shift", roster::shifts::Columns::WRITTEN, &["id", "version", "swapped_with", "covers", "marked_at"]),
        ];
        for (table, listed, apart) in lists {
            let mut listed: Vec<String> = listed.iter().chain(apart).map(|&column| column.to_owned()).collect();
            listed.sort();
            let there = "SELECT name FROM pragma_table_info(?1) ORDER BY name";
            assert_eq!(Ok(listed), conn.column(there, values![table]), "{table}");
        }
    }
}
