//! The tickets that pass a filter, read page by page in an order, and the file they are exported to from the desk.
//! Screen and commands share it; who may see names in full is not decided here.

use std::path::PathBuf;

use super::write_out::{self, Over};
use crate::domain::base::time::Time;
use crate::domain::base::trouble::Trouble;
use crate::domain::filter::query::{FilterAnswer, FilterQuery};
use crate::domain::filter::{Filter, Vocabulary};
use crate::domain::query::{Answer, Query};
use crate::domain::settings::query::{SettingsAnswer, SettingsQuery};
use crate::domain::ticket::order::Order;
use crate::domain::ticket::query::{Listed, PageOf, TicketAnswer, TicketQuery};
use crate::exchange::tickets::Writing;
use crate::exchange::{self, export};
use crate::search::names_label;
use crate::store::{self, Store};
use crate::text::{self, Lang, t};

pub use crate::exchange::export::FileFormat;

/// Tickets read at most where they are held to be put into an order, and in an export from the desk.
pub const AT_MOST: usize = 100_000;

/// Tickets of one question: the file is never held long.
const PAGE: usize = 1_000;

/// Calls `each` with every ticket that passes, by date; false from it ends the reading.
///
/// # Errors
/// Those of reading.
pub fn each_by_date(
    store: &Store,
    filter: &Filter,
    oldest: bool,
    now: Time,
    mut each: impl FnMut(Listed) -> bool,
) -> store::Result<()> {
    let mut of = PageOf { oldest, ..PageOf::first(filter.clone(), now, PAGE) };
    loop {
        let Answer::Ticket(TicketAnswer::Page(page)) = store.answer(&Query::Ticket(TicketQuery::Page(of.clone())))?
        else {
            return Ok(());
        };
        for listed in page.rows {
            if !each(listed) {
                return Ok(());
            }
        }
        match page.next {
            Some(next) => of.after = Some(next),
            None => return Ok(()),
        }
    }
}

/// Every ticket that passes, in an order; none when there are more than [`AT_MOST`]. `read` is told how many so far.
///
/// # Errors
/// Those of reading.
pub fn in_order(
    store: &Store,
    filter: &Filter,
    order: Order,
    now: Time,
    mut read: impl FnMut(usize),
) -> store::Result<Option<Vec<Listed>>> {
    let mut all: Vec<Listed> = Vec::new();
    each_by_date(store, filter, order == Order::Oldest, now, |listed| {
        all.push(listed);
        if all.len().is_multiple_of(PAGE) {
            read(all.len());
        }
        all.len() <= AT_MOST
    })?;
    if all.len() > AT_MOST {
        return Ok(None);
    }
    if !order.by_date() {
        order.arrange_by(&mut all, |listed| &listed.row, now);
    }
    Ok(Some(all))
}

/// What filters are read with in this township.
///
/// # Errors
/// Those of reading.
pub fn vocabulary(store: &Store, operator: &str, now: Time) -> store::Result<Vocabulary> {
    let (Answer::Filter(FilterAnswer::Names(names)), Answer::Settings(SettingsAnswer::Township(township))) =
        (store.answer(&Query::Filter(FilterQuery::Names))?, store.answer(&Query::Settings(SettingsQuery::Township))?)
    else {
        return Err(Trouble::Unexpected { detail: "names".to_owned() }.into());
    };
    Ok(text::filter::vocabulary(&names, &township.categories, operator, names_label, now, store.zone()))
}

/// What is exported, and how.
#[derive(Clone, Debug)]
pub struct Export {
    /// What the tickets must be like.
    pub filter: Filter,
    /// Their order.
    pub order: Order,
    /// The kind of file.
    pub format: FileFormat,
    /// Language of heads, labels and of what is said when it fails.
    pub lang: Lang,
    /// Now.
    pub now: Time,
}

impl Export {
    /// Writes what is shown, masked, into a new file of the folder `exports` beside the data file; gives rows and file.
    ///
    /// # Errors
    /// A sentence: what the machine could not, or that there are too many.
    pub fn write(&self, store: &Store, read: impl FnMut(usize)) -> Result<(usize, PathBuf), String> {
        let (lang, now, zone) = (self.lang, self.now, store.zone());
        let said = |error: store::Error| super::context::sentence(&error, lang);
        let Some(all) = in_order(store, &self.filter, self.order, now, read).map_err(said)? else {
            return Err(t(
                "超过 {n} 单, 没有导出; 请收窄筛选, 或用 tdesk export tickets",
                "More than {n} tickets, nothing was written; narrow the filter, or use tdesk export tickets",
            )
            .with(lang, &[("n", &AT_MOST)]));
        };
        let writing = Writing { lang, zone, now, full: false };
        let mut table = writing.table();
        table.rows = all.into_iter().map(|listed| writing.row(listed)).collect();
        let folder = store.path().with_file_name("exports");
        std::fs::create_dir_all(&folder).map_err(|error| said(store::Error::from(error)))?;
        let sheet = export::bytes(&table, self.format).map_err(|error| exchange::sentence(&error, lang))?;
        let name = format!("{}-{}", t("工单", "tickets").get(lang), zone.local(now).format("%Y%m%d-%H%M"));
        let mut nth = 1;
        loop {
            let again = if nth == 1 { String::new() } else { format!("-{nth}") };
            let path = folder.join(format!("{name}{again}.{}", self.format.code()));
            match write_out::write(store.path(), &path, &sheet, Over::Nothing) {
                // Another export of this minute.
                Err(exchange::Error::Exists) => nth += 1,
                Err(error) => return Err(format!("{}: {}", path.display(), exchange::sentence(&error, lang))),
                Ok(()) => return Ok((table.rows.len(), path)),
            }
        }
    }
}
