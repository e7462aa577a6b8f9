//! Days of a sheet. A day is known by its date; the same again changes nothing.

use super::{Fate, RowError};
use crate::domain::event::EventKind;
use crate::domain::import::{DayRow, ParsedRow};
use crate::domain::op::settings;
use crate::store::apply::settings::set_day;
use crate::store::writer::Tx;

/// One day.
pub(super) fn day(tx: &mut Tx<'_>, ParsedRow { row, .. }: &ParsedRow<DayRow>) -> Result<Fate, RowError> {
    settings::may(tx.operator.rank)?;
    let here = tx.calendar.days.get(&row.day);
    if here == Some(&row.special) {
        return Ok(Fate::Unchanged);
    }
    let fate = if here.is_some() { Fate::Changed } else { Fate::Added };
    set_day(tx, row.day, Some(row.special.clone()), EventKind::Set)?;
    Ok(fate)
}
