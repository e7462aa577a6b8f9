//! Damage at many places: a file may be refused or may answer, but nothing panics, and no empty file ever takes its place.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use township_desk::domain::base::trouble::Trouble;
use township_desk::domain::filter::Filter;
use township_desk::domain::parked::query::ParkedQuery;
use township_desk::domain::place::query::PlaceQuery;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::roster::query::RosterQuery;
use township_desk::domain::settings::query::SettingsQuery;
use township_desk::domain::ticket::query::{PageOf, TicketAnswer, TicketQuery};
use township_desk::store::{Access, Error, Store, Wish, check, make_sample};

use super::{Dice, report, uid, who};
use crate::support::town;

/// What a desk does in its first minute. Troubles are looked for, panics are not caught.
fn a_minute(path: &Path) -> Vec<Error> {
    let now = town::now();
    let mut store = match Store::open(path, Access::Write, who("test"), now) {
        Ok(store) => store,
        Err(error) => return vec![error],
    };
    let mut troubles = Vec::new();
    let page = PageOf::first(Filter::default(), town::now(), 200);
    let mut ids = Vec::new();
    for query in [
        Query::Settings(SettingsQuery::Township),
        Query::Settings(SettingsQuery::Header { now }),
        Query::Place(PlaceQuery::Compounds { now }),
        Query::Ticket(TicketQuery::Open { compound: None }),
        Query::Ticket(TicketQuery::Page(page.clone())),
        Query::Ticket(TicketQuery::Page(PageOf { filter: Filter::default().with_words("漏水"), ..page })),
        Query::Roster(RosterQuery::Duty { at: now, compound: None }),
        Query::Parked(ParkedQuery::List),
    ] {
        match store.answer(&query) {
            Ok(Answer::Ticket(TicketAnswer::Page(page))) => {
                ids.extend(page.rows.iter().take(20).map(|listed| listed.row.id))
            }
            Ok(_) => {}
            Err(error) => troubles.push(error),
        }
    }
    for id in ids {
        troubles.extend(store.answer(&Query::Ticket(TicketQuery::One(id))).err());
    }
    troubles.extend(store.records(now, drop).err());
    troubles.extend(store.changes_since(0).err());
    match store.commit(uid(), &report("漏水"), now) {
        Ok(_) => troubles.extend(store.undo(uid(), now).err()),
        Err(error) => troubles.push(error),
    }
    troubles.extend(store.tidy().err());
    troubles.extend(store.close(now).err());
    troubles
}

fn sample() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let wish =
        Wish { residents: 60, tickets: 60, ..Wish::usual(town::now(), township_desk::domain::base::time::CHINA) };
    make_sample(&path, wish, |_| ()).expect("a sample");
    fs::read(&path).expect("the file")
}

fn damaged(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    match dice.roll(5) {
        0 => {
            for _ in 0..=dice.roll(30) {
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
            }
        }
        1 => bytes.truncate(dice.roll(bytes.len())),
        2 => {
            let page = dice.roll(bytes.len() / 4_096) * 4_096;
            bytes[page..page + 4_096].fill(0);
        }
        3 => {
            let (one, other) = (dice.roll(bytes.len() / 4_096) * 4_096, dice.roll(bytes.len() / 4_096) * 4_096);
            let page = bytes[other..other + 4_096].to_vec();
            bytes[one..one + 4_096].copy_from_slice(&page);
        }
        // The head, where everything hangs.
        _ => {
            let at = dice.roll(100);
            bytes[at] = u8::try_from(dice.roll(256)).expect("a byte");
        }
    }
    bytes
}

/// What every later desk and command finds: another of each leaves the file and its log as they are.
#[track_caller]
fn nothing_is_written_any_more(path: &Path, what: &str) {
    let now = town::now();
    let all = || (fs::read(path).expect("the file"), fs::read(path.with_extension("db-wal")).unwrap_or_default());
    let left = all();
    let refused = super::trouble(Store::open(path, Access::Write, who("test"), now));
    assert!(matches!(refused, Trouble::Damaged { .. }), "{what}: {refused:?}");
    if let Ok(mut store) = Store::open(path, Access::Read, who("test"), now) {
        let _ = store.answer(&Query::Settings(SettingsQuery::Township));
        assert!(store.commit(uid(), &report("漏水"), now).is_err(), "{what}");
        assert!(store.hourly_backup(now).is_err(), "{what}: a backup would push out a good one");
        let _ = store.tidy();
        let _ = store.close(now);
    }
    assert!(all() == left, "{what}: it was written again");
}

fn states(count: usize, seed: u64) {
    let whole = sample();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut dice = Dice::new(seed);
    let (mut noticed, mut found) = (0, 0);
    for n in 0..count {
        for entry in fs::read_dir(folder.path()).expect("a folder") {
            // A spoilt version number looks like an old file's, and a backup is made before that is brought up.
            let path = entry.expect("an entry").path();
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removed");
        }
        let bytes = damaged(&whole, &mut dice);
        fs::write(&path, &bytes).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
        let troubles = a_minute(&path);
        noticed += usize::from(!troubles.is_empty());
        for error in &troubles {
            // A page that is another's may well read as a township without categories: a rule then says no.
            let Error::Trouble(trouble) = error else { continue };
            assert!(
                !matches!(trouble, Trouble::Missing { .. } | Trouble::Busy | Trouble::Full),
                "state {n}: {trouble:?}"
            );
        }
        let now = fs::metadata(&path).expect("the file is there still").len();
        assert!(now > 0 || bytes.is_empty(), "state {n} was emptied");
        if troubles.iter().any(|error| matches!(error, Error::Trouble(Trouble::Damaged { .. }))) {
            found += 1;
            nothing_is_written_any_more(&path, &format!("state {n}"));
        }
        // A whole check of it ends, too, whatever it finds.
        let _ = check(&path);
    }
    eprintln!("{count} damaged files: {noticed} noticed in a minute's work, {found} named as damage");
    assert!(found > count / 20, "damage was named in {found} of {count} only");
    assert!(noticed > count / 5, "only {noticed} of {count} were noticed: the damage is too mild to prove anything");
}

#[test]
fn damage_at_a_hundred_places() {
    states(100, 21);
}

#[test]
#[ignore = "a minute"]
fn damage_at_two_thousand_places() {
    states(2_000, 210);
}

#[test]
fn a_check_names_what_is_wrong_and_passes_what_is_right() {
    let (mut store, folder) = super::empty();
    super::take(&mut store, "漏水");
    let path = super::path_of(&store);
    store.close(town::now()).expect("closed");
    let found = check(&path).expect("a check");
    assert_eq!((found.faults.as_slice(), found.tickets, found.events), (&[][..], 1, 1));
    super::raw(&path).execute("UPDATE ticket SET taken_by = 5", []).expect_err("the wall stands");
    let conn = super::raw(&path);
    conn.pragma_update(None, "foreign_keys", false).expect("a pragma");
    conn.execute("UPDATE ticket SET taken_by = 5", []).expect("behind the wall");
    drop(conn);
    assert_eq!(check(&path).expect("a check").faults.len(), 1);
    drop(folder);
}

#[test]
fn a_lost_head_is_called_damage_where_backups_lie() {
    let (mut store, _folder) = super::empty();
    let path = super::path_of(&store);
    store.backup(&store.backup_path(town::now()), town::now()).expect("a backup");
    store.close(town::now()).expect("closed");
    let mut bytes = fs::read(&path).expect("the file");
    bytes[..100].fill(0);
    for state in [bytes, Vec::new()] {
        fs::write(&path, &state).expect("written");
        let found = super::trouble(Store::open(&path, Access::Write, who("test"), town::now()));
        assert!(matches!(found, Trouble::Damaged { .. }), "{found:?}");
        assert_eq!(fs::read(&path).expect("the file"), state, "left as it is");
    }
}
