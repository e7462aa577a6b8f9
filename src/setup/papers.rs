//! Pages for the printer: made from the data file, put into the folder for them. Names on them are written down as seen.
//! What a page looks like is `exchange::pages`.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::settings::Settings;
use crate::domain::event::Entity;
use crate::domain::id::TicketId;
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::Number;
use crate::domain::time::Time;
use crate::exchange::pages::{self, slip};
use crate::exchange::{self};
use crate::store::{self, Store};
use crate::text::Lang;

/// The folder pages are put into: `slips` of the settings, else `township-desk/slips` in the user's documents.
pub fn folder(settings: &Settings) -> PathBuf {
    settings.slips.as_ref().map_or_else(|| documents().join("township-desk").join("slips"), PathBuf::from)
}

/// The user's documents: as the desktop's own list of folders says, else `Documents`, else the data folder.
fn documents() -> PathBuf {
    let Ok(strategy) = etcetera::base_strategy::Xdg::new() else { return PathBuf::from(".") };
    let home = strategy.home_dir();
    let listed = std::fs::read_to_string(strategy.config_dir().join("user-dirs.dirs")).unwrap_or_default();
    listed_documents(&listed, home)
        .or_else(|| Some(home.join("Documents")).filter(|folder| folder.is_dir()))
        .unwrap_or_else(|| strategy.data_dir())
}

/// `XDG_DOCUMENTS_DIR="$HOME/文档"` of the desktop's list.
fn listed_documents(list: &str, home: &Path) -> Option<PathBuf> {
    let value = list.lines().find_map(|line| line.trim().strip_prefix("XDG_DOCUMENTS_DIR="))?.trim().trim_matches('"');
    let folder = match value.strip_prefix("$HOME") {
        Some(below) => home.join(below.trim_start_matches('/')),
        None => PathBuf::from(value),
    };
    // Who has no such folder lists his home for it.
    Some(folder).filter(|folder| folder.is_absolute() && folder.as_path() != home)
}

/// The job slip of a ticket. Who is on it is shown in full, and that is written down first.
///
/// # Errors
/// When there is no such ticket, and those of the file.
pub fn job_slip(store: &mut Store, id: TicketId, now: Time, lang: Lang) -> store::Result<(Number, slip::Slip)> {
    match (store.answer(&Query::Ticket(id))?, store.answer(&Query::Township)?) {
        (Answer::Ticket(Some(detail)), Answer::Township(town)) => {
            store.log_access(id, now)?;
            Ok((detail.row.ticket.number, slip::page(&detail, &town, now, lang)))
        }
        _ => Err(Refusal::NotFound { what: Entity::Ticket }.into()),
    }
}

/// Puts a slip into the folder, as text and as a web page; gives the path of the page.
///
/// # Errors
/// Those of writing.
pub fn put(folder: &Path, number: Number, page: &slip::Slip) -> Result<PathBuf, exchange::Error> {
    std::fs::create_dir_all(folder)?;
    let path = |ending: &str| folder.join(format!("{}.{ending}", number.full()));
    pages::save(&page.text, &path("txt"))?;
    pages::save(&page.html, &path("html"))?;
    Ok(path("html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desktop_says_where_documents_are() {
        let home = Path::new("/srv/li");
        let list = "# comment\nXDG_DESKTOP_DIR=\"$HOME/桌面\"\nXDG_DOCUMENTS_DIR=\"$HOME/文档\"\n";
        assert_eq!(listed_documents(list, home), Some(PathBuf::from("/srv/li/文档")));
        assert_eq!(listed_documents("XDG_DOCUMENTS_DIR=\"/srv/papers\"", home), Some(PathBuf::from("/srv/papers")));
        for none in ["", "XDG_DOCUMENTS_DIR=\"$HOME/\"", "XDG_DOCUMENTS_DIR=\"\"", "XDG_DOCUMENTS_DIR=\"papers\""] {
            assert_eq!(listed_documents(none, home), None, "{none}");
        }
    }
}
