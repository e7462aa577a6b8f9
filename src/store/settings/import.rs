//! Days of a sheet. A day is known by its date; the same again changes nothing.

use crate::domain::base::event::EventKind;
use crate::domain::base::import::{DayRow, ParsedRow};
use crate::domain::settings;
use crate::store::file::writer::Tx;
use crate::store::import::{Fate, RowError};
use crate::store::settings::apply::set_day;

/// One day.
pub(in crate::store) fn day(tx: &mut Tx<'_>, ParsedRow { row, .. }: &ParsedRow<DayRow>) -> Result<Fate, RowError> {
    settings::op::may(tx.operator.rank)?;
    let here = tx.calendar.days.get(&row.day);
    if here == Some(&row.special) {
        return Ok(Fate::Unchanged);
    }
    let fate = if here.is_some() { Fate::Changed } else { Fate::Added };
    set_day(tx, row.day, Some(row.special.clone()), EventKind::Set)?;
    Ok(fate)
}
