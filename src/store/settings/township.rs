//! The township's own row, its categories, and the figures of the header.

use crate::domain::base::calendar::Calendar;
use crate::domain::base::id::{OperatorId, PlaceId};
use crate::domain::base::time::{Time, Zone};
use crate::domain::place::{Place, PlaceKind};
use crate::domain::settings::query::{Header, Township};
use crate::domain::staff::{Rank, Role};
use crate::domain::ticket::category::{Category, starting};
use crate::domain::ticket::clock::SOON_MINUTES;
use crate::store::file::engine::sql::columns;
use crate::store::file::engine::{Connection, Row, values};
use crate::store::file::error::Result;
use crate::store::file::session::{self, FIRST_OPERATOR};
use crate::store::{callback, parked, ticket};

/// What a new file is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTownship {
    /// 黎侯镇
    pub name: String,
    /// The property company.
    pub company: String,
    /// The desk's phone; may be empty.
    pub desk_phone: String,
    /// Office in every id, 0..=1023; 0 is the sample.
    pub office: i64,
    /// Zone.
    pub zone: Zone,
}

impl NewTownship {
    /// An office by chance, 1..=1023: two offices rarely meet on the same one, and a merge checks.
    pub fn any_office() -> i64 {
        let bytes = uuid::Uuid::new_v4().into_bytes();
        i64::from(u16::from_be_bytes([bytes[0], bytes[1]])) % 1_023 + 1
    }
}

/// Fills a new file: the township, counters, the first operator, the starting categories.
pub(in crate::store) fn fill(conn: &Connection, new: &NewTownship, now: Time) -> Result<()> {
    fill_sample(conn, new, now)?;
    let mut ids = crate::store::file::ids::Ids::load(conn, now)?;
    session::add_operator(conn, OperatorId(ids.next()), FIRST_OPERATOR, Rank::Administrator)?;
    let township = PlaceId(ids.next());
    crate::store::place::rows::insert(conn, &Place::named(township, None, PlaceKind::Township, &new.name))?;
    ids.keep(conn)
}

/// The part of it that a sample shares: the sample brings operators and places of its own.
pub(in crate::store) fn fill_sample(conn: &Connection, new: &NewTownship, now: Time) -> Result<()> {
    conn.run(
        "INSERT INTO township (id, name, company, desk_phone, utc_offset_minutes, office, sample, file_uid, created) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        values![new.name, new.company, new.desk_phone, new.zone.offset_minutes, new.office, new.office == 0, uuid::Uuid::new_v4().as_bytes(), now],
    )?;
    for name in ["id_last_ms", "id_counter", "event_seq"] {
        conn.run("INSERT INTO counter (name, value) VALUES (?1, 0)", values![name])?;
    }
    for category in starting() {
        Columns::insert(conn, &category.code, &category)?;
    }
    crate::store::filter::rows::fill(conn)?;
    crate::store::settings::calendar::fill(conn, &Calendar::starting(new.zone, new.zone.day(now)))
}

columns! {
    /// The columns of a category.
    Columns: Category in "category" as "c" by "code";
    own { code }
    fields { zh, en, outside, priority, respond_minutes, resolve_minutes, rules }
    kept { roles = "roles": role_codes, role_list; keywords = "keywords": keyword_words, keyword_list }
    derived {
        "script_zh" = |category: &Category| category.script.as_ref().map(|(zh, _)| zh.clone()),
        "script_en" = |category: &Category| category.script.as_ref().map(|(_, en)| en.clone())
    }
    beside { script = script }
}

fn role_codes(roles: &[Role]) -> String {
    roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(",")
}

fn role_list(text: &str) -> Vec<Role> {
    text.split(',').filter_map(Role::from_code).collect()
}

fn keyword_words(words: &[String]) -> String {
    words.join(",")
}

fn keyword_list(text: &str) -> Vec<String> {
    text.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn script(row: &Row<'_>) -> Result<Option<(String, String)>> {
    let (zh, en): (Option<String>, Option<String>) = (row.get("script_zh")?, row.get("script_en")?);
    Ok(zh.zip(en))
}

/// Writes what is set of a category; its version counts up.
pub(in crate::store) fn update_category(conn: &Connection, category: &Category) -> Result<()> {
    Columns::update(conn, &category.code, category)
}

/// The category of a code.
pub(in crate::store) fn category(conn: &Connection, code: &str) -> Result<Option<Category>> {
    conn.row_if_any("SELECT * FROM category WHERE code = ?1", values![code], Columns::read)
}

/// All categories, by code.
pub(in crate::store) fn categories(conn: &Connection) -> Result<Vec<Category>> {
    conn.rows("SELECT * FROM category ORDER BY code", values![], Columns::read)
}

/// The only zone.
pub(in crate::store) fn zone(conn: &Connection) -> Result<Zone> {
    Ok(Zone { offset_minutes: conn.value("SELECT utc_offset_minutes FROM township", values![])? })
}

/// The township and its settings.
pub(in crate::store) fn read(conn: &Connection) -> Result<Township> {
    let categories = categories(conn)?;
    let calendar = crate::store::settings::calendar::load(conn, zone(conn)?)?;
    let hours = crate::store::roster::rows::templates(conn)?.0;
    conn.row("SELECT name, company, desk_phone, utc_offset_minutes, sample FROM township", values![], |row| {
        Ok(Township {
            name: row.get("name")?,
            company: row.get("company")?,
            zone: Zone { offset_minutes: row.get("utc_offset_minutes")? },
            desk_phone: row.get("desk_phone")?,
            sample: row.get("sample")?,
            categories,
            calendar,
            hours,
        })
    })
}

/// The figures of the header.
pub(in crate::store) fn header(conn: &Connection, zone: Zone, now: Time) -> Result<Header> {
    let mut header = Header::default();
    for (_, [open, late, soon]) in ticket::rows::counts(conn, now, now.plus_minutes(SOON_MINUTES))? {
        header.open += open;
        header.late += late;
        header.soon += soon;
    }
    let day = zone.day(now);
    header.taken_today = conn.value("SELECT COUNT(*) FROM ticket WHERE day = ?1 AND status <> 'void'", values![day])?;
    header.resolved_today = conn.value(
        "SELECT COUNT(*) FROM ticket WHERE resolved_at >= ?1 AND resolved_at < ?2",
        values![zone.at(day, 0), zone.at(day, 1_440)],
    )?;
    header.parked = u32::try_from(parked::rows::count(conn)?).unwrap_or(u32::MAX);
    header.callbacks = callback::rows::due_now(conn, zone, now)?;
    header.last_backup = conn.value("SELECT MAX(finished) FROM backup", values![])?;
    header.handed_over = crate::store::handover::handed_over(conn)?;
    header.damaged = crate::store::file::damage::refuse_for(conn).is_err();
    header.newest = crate::store::log::events::newest(conn)?;
    Ok(header)
}
