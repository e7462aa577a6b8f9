//! The other process of the tests of kills and of several writers: this same binary, started again with its orders in the
//! environment. Without orders it does nothing.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use township_desk::domain::base::time::Time;
use township_desk::domain::parked::op::Form;
use township_desk::domain::settings::query::SettingsQuery;
use township_desk::domain::ticket::Channel;
use township_desk::domain::ticket::op::{Act, Edit};
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};
use township_desk::store::{Access, Store};

use super::{act, act_at, edit, report, row, uid, who};
use crate::support::town;

const WORK: &str = "TDESK_TEST_WORK";
const FILE: &str = "TDESK_TEST_FILE";
const TIMES: &str = "TDESK_TEST_TIMES";

/// A command that starts this binary for one kind of work.
pub(crate) fn command(work: &str, file: &Path, times: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command
        .args(["--exact", "store::worker::works_when_asked_to", "--nocapture", "--test-threads=1"])
        .env(WORK, work)
        .env(FILE, file)
        .env(TIMES, times.to_string())
        .stdout(Stdio::piped());
    command
}

/// What it says: lines of `ack`.
pub(crate) fn acks(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let out = BufReader::new(child.stdout.take().expect("its output"));
    out.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("ack ").map(str::to_owned))
}

#[test]
fn works_when_asked_to() {
    let Ok(work) = std::env::var(WORK) else { return };
    let file = PathBuf::from(std::env::var_os(FILE).expect("a file"));
    let times: usize = std::env::var(TIMES).ok().and_then(|n| n.parse().ok()).expect("a number");
    if work == "says" {
        let trouble = super::trouble(Store::open(&file, Access::Write, who("worker"), town::now()));
        return ack(&format!("{trouble:?}"));
    }
    let store = Store::open(&file, Access::Write, who("worker"), town::now()).expect("it opens");
    match work.as_str() {
        "tickets" => tickets(store, times),
        "increments" => increments(store, times),
        "full" => until_full(store, times),
        "drafts" => drafts(&store, times),
        "backups" => backups(store, times),
        other => panic!("no such work: {other}"),
    }
}

/// One write each: the line must be whole in the pipe before anything else happens.
fn ack(what: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\nack {what}\n").as_bytes()).expect("a line");
    out.flush().expect("a line");
}

/// Takes tickets and works on them; says each only once it is called saved. Copies the log now and then, as the desk does.
fn tickets(mut store: Store, times: usize) {
    for n in 0..times {
        let now = Time(town::now().0 + i64::try_from(n).expect("small"));
        let words = format!("第{n}件 {}", "水".repeat(n % 200));
        let done = store.commit(uid(), &report(&words), now).expect("taken");
        ack(&format!("{} {n}", done.id));
        let id = township_desk::domain::base::id::TicketId(done.id);
        act_at(&mut store, id, Act::Note("记一笔".to_owned()), now).expect("a note");
        ack(&format!("{} note", done.id));
        if n % 7 == 6 {
            store.tidy().expect("tidy");
        }
    }
}

/// Reads a number from a ticket's words and writes the next, as often as it takes to succeed; a conflict is looked at again.
fn increments(mut store: Store, times: usize) {
    use township_desk::domain::filter::Filter;
    use township_desk::domain::query::{Answer, Query};
    use township_desk::domain::ticket::query::PageOf;
    let Ok(Answer::Ticket(TicketAnswer::Page(page))) =
        store.answer(&Query::Ticket(TicketQuery::Page(PageOf::first(Filter::default(), town::now(), 1))))
    else {
        panic!("no ticket");
    };
    let id = page.rows[0].row.id;
    let mut done = 0;
    while done < times {
        let seen = row(&store, id);
        let number = seen.ticket.words.split(' ').next().and_then(|n| n.parse::<u64>().ok()).expect("a number");
        // Signed, because two desks writing the very same words would be no conflict.
        let words = format!("{} {}", number + 1, std::process::id());
        let one = edit(Some(seen.version), Edit { words: Some(words), ..Edit::default() });
        match act(&mut store, id, one) {
            Ok(_) => done += 1,
            Err(township_desk::store::Error::Refused(_)) => {}
            Err(other) => panic!("shown to a clerk: {other:?}"),
        }
    }
    ack("all");
}

/// Takes tickets until the disk is full, and once more; reads on after that.
fn until_full(mut store: Store, times: usize) {
    use township_desk::domain::base::trouble::Trouble;
    use township_desk::store::Error;
    let long = "水".repeat(3_000);
    for _ in 0..times {
        match store.commit(uid(), &report(&long), town::now()) {
            Ok(done) => ack(&format!("ticket {}", done.id)),
            Err(Error::Trouble(Trouble::Full)) => {
                let again = store.commit(uid(), &report(&long), town::now());
                assert_eq!(again, Err(Error::Trouble(Trouble::Full)));
                let now = town::now();
                store
                    .answer(&township_desk::domain::query::Query::Settings(SettingsQuery::Header { now }))
                    .expect("reading goes on");
                return ack("full");
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// Types into a form, one key after the other.
fn drafts(store: &Store, times: usize) {
    let (mut side, _) = store.drafts("worker").expect("drafts");
    let mut form = Form::new(uid(), Channel::Phone);
    for n in 0..times {
        form.words.push('字');
        form.caret = n + 1;
        side.keep(&form).expect("kept");
        ack(&format!("{} {}", form.uid.0, n + 1));
    }
}

/// One backup after another.
fn backups(mut store: Store, times: usize) {
    for n in 0..times {
        let now = town::now().plus_minutes(i64::try_from(n).expect("small"));
        let to = store.backup_path(now);
        ack("begin");
        store.backup(&to, now).expect("a backup");
        ack(&to.display().to_string());
    }
}
