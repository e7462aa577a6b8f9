//! Pages for the printer: made from the data file, put into the folder for them. Names on them are written down as seen.
//! What a page looks like is `exchange::pages`.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::settings::Settings;
use super::write_out::{self, Over};
use crate::domain::base::event::Entity;
use crate::domain::base::id::TicketId;
use crate::domain::base::paper::Paper;
use crate::domain::base::time::{Day, Time};
use crate::domain::base::trouble::Trouble;
use crate::domain::handover::Kind;
use crate::domain::handover::query::Past;
use crate::domain::handover::turn::Turns;
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::roster::week::Week;
use crate::domain::roster::week_name;
use crate::domain::settings::query::{SettingsAnswer, SettingsQuery, Township};
use crate::domain::ticket::query::{TicketAnswer, TicketQuery};
use crate::exchange;
use crate::exchange::pages::{Format, Page, handover as handover_page, roster, slip};
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

/// A page made.
#[expect(missing_debug_implementations, reason = "it holds names in full")]
pub struct Made {
    /// What its files are called, without their endings.
    pub stem: String,
    /// Plain text.
    pub text: String,
    /// HTML, styles included.
    pub html: String,
    /// A message to send to the group.
    pub message: Option<String>,
    /// What is wrong with the office's own template; ours was used.
    pub complaint: Option<String>,
}

/// Makes a page; `templates` is the folder of the office's own templates. Who is on a slip is shown in full, and that is
/// written down first.
///
/// # Errors
/// When what it is about is not there, and those of the file.
pub fn make(store: &mut Store, paper: &Paper, templates: Option<&Path>, now: Time, lang: Lang) -> store::Result<Made> {
    match paper {
        Paper::Slip(id) => slip_of(store, *id, now, lang),
        Paper::Wall { monday } => {
            let week = week(store, *monday)?;
            let sheet = roster::Sheet { company: &township(store)?.company, week: &week, draft: false };
            let made = both(|format| roster::page(sheet, format, templates, lang))?;
            let message = roster::message(sheet, templates, lang).map_err(no_template)?;
            let complaint = made.complaint.or(message.complaint);
            Ok(Made { stem: format!("roster-{}", week_name(*monday)), message: Some(message.text), complaint, ..made })
        }
        Paper::Handover { of, lines, spans } => {
            let town = township(store)?;
            let sheet = handover_page::Sheet::of(of, lines, spans.as_deref(), &town);
            let made = both(|format| handover_page::page(sheet, format, templates, lang))?;
            Ok(Made { stem: stem(of, &town.turns()), ..made })
        }
    }
}

/// What a handover's page is called: no page of a shift is written over another of it.
fn stem(of: &Past, turns: &Turns) -> String {
    let Past { handover, correction, .. } = of;
    let (day, template) = handover.shift;
    let shift = format!("handover-{day}-{}", template.code());
    match (correction, handover.taken) {
        (Some(correction), _) => format!("{shift}-correction-{}", turns.zone.local(correction.at).format("%m%d-%H%M")),
        (None, None) => format!("{shift}-draft"),
        // In the middle of a shift, which has its own at its end.
        (None, Some(taken)) if handover.kind == Kind::Normal && !turns.closes(handover.shift, taken.at) => {
            format!("{shift}-{}", turns.zone.local(taken.at).format("%H%M"))
        }
        (None, Some(_)) if handover.kind == Kind::Normal => shift,
        (None, Some(_)) => format!("{shift}-{}", handover.kind.code()),
    }
}

/// The job slip of a ticket.
///
/// # Errors
/// As [`make`].
pub fn slip_of(store: &mut Store, id: TicketId, now: Time, lang: Lang) -> store::Result<Made> {
    let Answer::Ticket(TicketAnswer::One(Some(detail))) = store.answer(&Query::Ticket(TicketQuery::One(id)))? else {
        return Err(Refusal::NotFound { what: Entity::Ticket }.into());
    };
    let town = township(store)?;
    store.log_access(id, now)?;
    let slip::Slip { text, html } = slip::page(&detail, &town, now, lang).map_err(no_template)?;
    Ok(Made { stem: detail.row.ticket.number.full(), text, html, message: None, complaint: None })
}

fn both(page: impl Fn(Format) -> Result<Page, String>) -> store::Result<Made> {
    let text = page(Format::Text).map_err(no_template)?;
    let html = page(Format::Html).map_err(no_template)?;
    let complaint = text.complaint.or(html.complaint);
    Ok(Made { stem: String::new(), text: text.text, html: html.text, message: None, complaint })
}

fn no_template(why: String) -> store::Error {
    Trouble::Unexpected { detail: why }.into()
}

fn township(store: &Store) -> store::Result<Township> {
    match store.answer(&Query::Settings(SettingsQuery::Township))? {
        Answer::Settings(SettingsAnswer::Township(township)) => Ok(*township),
        _ => Err(Trouble::Unexpected { detail: "no township".to_owned() }.into()),
    }
}

/// A week of everybody.
///
/// # Errors
/// Those of the file.
pub fn week(store: &Store, monday: Day) -> store::Result<Week> {
    match store.answer(&Query::Roster(RosterQuery::Week { monday }))? {
        Answer::Roster(RosterAnswer::Week(week)) => Ok(*week),
        _ => Err(Trouble::Unexpected { detail: "no week".to_owned() }.into()),
    }
}

/// Puts a page into the folder, as text and as a web page, its message beside them; gives the path of the page. A page that
/// lies there already and says the same stays; one that says something else keeps its name, and this one gets a number.
///
/// # Errors
/// Those of writing.
pub fn put(data_file: &Path, folder: &Path, page: &Made) -> Result<PathBuf, exchange::Error> {
    std::fs::create_dir_all(folder)?;
    let mut nth = 1;
    loop {
        let number = if nth == 1 { String::new() } else { format!("-{nth}") };
        let path = |ending: &str| folder.join(format!("{}{number}{ending}", page.stem));
        let mut files = vec![(path(".txt"), &page.text), (path(".html"), &page.html)];
        files.extend(page.message.as_ref().map(|message| (path("-group.txt"), message)));
        match put_all(data_file, &files) {
            Err(exchange::Error::Exists) => nth += 1,
            done => return done.map(|()| path(".html")),
        }
    }
}

/// Writes the files of one page that are not there yet.
fn put_all(data_file: &Path, files: &[(PathBuf, &String)]) -> Result<(), exchange::Error> {
    let mut new = Vec::new();
    for (path, text) in files {
        write_out::not_of_the_desk(data_file, path)?;
        match path.symlink_metadata() {
            Ok(about) if about.is_symlink() => return Err(exchange::Error::Link),
            Ok(about) if about.is_file() && std::fs::read(path)? == text.as_bytes() => {}
            Ok(_) => return Err(exchange::Error::Exists),
            Err(_) => new.push((path, text)),
        }
    }
    new.into_iter().try_for_each(|(path, text)| write_out::write(data_file, path, text.as_bytes(), Over::Nothing))
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

    #[test]
    fn a_page_printed_again_takes_no_other_page_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, slips) = (folder.path().join("desk.db"), folder.path().join("slips"));
        let page = |text: &str, message: Option<&str>| Made {
            stem: "roster-2026-W48".to_owned(),
            text: text.to_owned(),
            html: format!("<p>{text}"),
            message: message.map(str::to_owned),
            complaint: None,
        };
        let put = |page: &Made| {
            let path = put(&data, &slips, page).expect("written");
            path.file_name().expect("a name").to_string_lossy().into_owned()
        };
        assert_eq!(put(&page("one", None)), "roster-2026-W48.html");
        assert_eq!(put(&page("one", None)), "roster-2026-W48.html", "it says the same");
        assert_eq!(put(&page("one", Some("to all"))), "roster-2026-W48.html", "its message comes beside it");
        assert_eq!(put(&page("two", Some("to all"))), "roster-2026-W48-2.html");
        std::fs::write(slips.join("roster-2026-W48-2.txt"), "somebody's own words").expect("a file");
        assert_eq!(put(&page("two", Some("to all"))), "roster-2026-W48-3.html");
        let read = |name: &str| std::fs::read_to_string(slips.join(name)).expect(name);
        assert_eq!(read("roster-2026-W48.html"), "<p>one");
        assert_eq!(read("roster-2026-W48-2.txt"), "somebody's own words");
        assert_eq!(read("roster-2026-W48-3-group.txt"), "to all");
    }
}
