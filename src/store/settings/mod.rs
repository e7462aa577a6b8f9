//! What the township sets, in the data file.
//! Whether a value makes sense was decided in `domain`.

pub(in crate::store) mod apply;
pub(in crate::store) mod calendar;
pub(in crate::store) mod import;
pub(in crate::store) mod past;
pub(in crate::store) mod township;

use crate::domain::base::time::Zone;
use crate::domain::settings::query::{SettingsAnswer, SettingsQuery};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;

/// Answers a question.
pub(in crate::store) fn answer(conn: &Connection, zone: Zone, query: &SettingsQuery) -> Result<SettingsAnswer> {
    Ok(match query {
        SettingsQuery::Township => SettingsAnswer::Township(Box::new(township::read(conn)?)),
        SettingsQuery::Header { now } => SettingsAnswer::Header(township::header(conn, zone, *now)?),
        SettingsQuery::Past(of) => SettingsAnswer::Past(past::past(conn, of)?),
    })
}
