//! The store's promises, each held against a real file. What the screen does with them is in `journeys`.

mod around;
mod backup;
mod calls;
mod contract;
mod damage;
mod departure;
mod drafts;
mod filters;
mod full;
mod handover;
mod held;
mod hourly;
mod import;
mod kills;
mod late;
mod opening;
mod plans;
mod proof;
mod referral;
mod replay;
mod roster;
mod schema;
mod settings;
mod stale;
mod times;
mod torn;
mod undo;
mod upgrade;
mod versions;
mod walls;
mod windows;
pub(crate) mod worker;
mod writers;
mod zones;

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;
use township_desk::domain::base::id::{CommandUid, StaffId, TicketId};
use township_desk::domain::base::time::{CHINA, Time};
use township_desk::domain::base::trouble::Trouble;
use township_desk::domain::op::{Done, Op};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::staff::Rank;
use township_desk::domain::ticket::op::{Act, Edit, Report, Step, TicketOp};
use township_desk::domain::ticket::query::{Row, TicketAnswer, TicketQuery};
use township_desk::domain::ticket::{Channel, Status};
use township_desk::store::{Access, Error, NewTownship, Result, Store, Who};

use crate::support::town;

/// A mark nobody else has.
pub(crate) fn uid() -> CommandUid {
    CommandUid(uuid::Uuid::new_v4())
}

pub(crate) fn who(terminal: &str) -> Who {
    Who { name: None, terminal: terminal.to_owned() }
}

/// An empty township of its own.
pub(crate) fn empty() -> (Store, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let new = NewTownship {
        name: "黎侯镇".to_owned(),
        company: "黎侯镇物业".to_owned(),
        desk_phone: String::new(),
        office: 7,
        zone: CHINA,
    };
    (Store::create(&path, &new, who("test"), town::now()).expect("a new file"), folder)
}

/// Another desk on the same file.
pub(crate) fn again(path: &Path) -> Store {
    Store::open(path, Access::Write, who("other"), town::now()).expect("it opens")
}

/// Another desk, at which somebody of a rank sits.
pub(crate) fn of_rank(path: &Path, rank: Rank) -> Store {
    let name = format!("职务{}", rank.code());
    raw(path)
        .execute(
            "INSERT INTO operator (id, name, role) VALUES (?1, ?2, ?3)",
            rusqlite::params![rank as i64 + 5, name, rank.code()],
        )
        .expect("an operator");
    let who = Who { name: Some(name), terminal: "other".to_owned() };
    Store::open(path, Access::Write, who, town::now()).expect("it opens")
}

/// The file seen without the program.
pub(crate) fn raw(path: &Path) -> Connection {
    Connection::open(path).expect("a connection")
}

pub(crate) fn count(path: &Path, what: &str) -> i64 {
    raw(path).query_row(&format!("SELECT COUNT(*) FROM {what}"), [], |row| row.get(0)).expect("a count")
}

pub(crate) fn report(words: &str) -> Op {
    Op::Ticket(TicketOp::Take { report: Box::new(Report::of_words(words, Channel::Phone)), parked: None })
}

pub(crate) fn take(store: &mut Store, words: &str) -> TicketId {
    TicketId(store.commit(uid(), &report(words), town::now()).expect("it is taken").id)
}

pub(crate) fn act(store: &mut Store, id: TicketId, act: Act) -> Result<Done> {
    act_at(store, id, act, town::now())
}

pub(crate) fn act_at(store: &mut Store, id: TicketId, act: Act, now: Time) -> Result<Done> {
    store.commit(uid(), &Op::Ticket(TicketOp::Act { id, act }), now)
}

pub(crate) fn moved(to: Status) -> Step {
    Step { why: "因为".to_owned(), ..Step::to(to) }
}

pub(crate) fn step(version: Option<i64>, step: Step) -> Act {
    Act::Move { version, step }
}

pub(crate) fn edit(version: Option<i64>, edit: Edit) -> Act {
    Act::Edit { version, edit: Box::new(edit) }
}

pub(crate) fn row(store: &Store, id: TicketId) -> Row {
    match store.answer(&Query::Ticket(TicketQuery::One(id))).expect("an answer") {
        Answer::Ticket(TicketAnswer::One(Some(detail))) => detail.row,
        other => panic!("no ticket: {other:?}"),
    }
}

/// Staff of the small township, by id.
pub(crate) fn staff(path: &Path) -> Vec<StaffId> {
    let conn = raw(path);
    let mut statement = conn.prepare("SELECT id FROM staff ORDER BY id").expect("a statement");
    statement.query_map([], |row| row.get(0).map(StaffId)).expect("rows").map(|id| id.expect("an id")).collect()
}

#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn trouble<T: std::fmt::Debug>(result: Result<T>) -> Trouble {
    match result {
        Err(Error::Trouble(trouble)) => trouble,
        other => panic!("no trouble: {other:?}"),
    }
}

/// Tables that only grow, or say who and when.
const BESIDE: [&str; 12] = [
    "event",
    "event_text",
    "command",
    "session",
    "counter",
    "ticket_counter",
    "access_log",
    "backup",
    "import_key",
    "callback",
    "operator",
    "township",
];

/// Every row of every table a person's work is in, in order. Left out: versions, what an intake parked again by an undo gets
/// anew, numbers of events, and tickets that are void.
pub(crate) fn digest(path: &Path) -> String {
    let conn = raw(path);
    let names = |sql: &str| -> Vec<String> {
        let mut statement = conn.prepare(sql).expect("a statement");
        statement.query_map([], |row| row.get(0)).expect("rows").map(|name| name.expect("a name")).collect()
    };
    let mut text = String::new();
    for table in names(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'ticket_words%' ORDER BY name",
    ) {
        if BESIDE.contains(&table.as_str()) {
            continue;
        }
        let but: &[&str] = match table.as_str() {
            "parked" => &["cmd_uid", "at", "operator_id", "form"],
            _ => &["version", "seq"],
        };
        let columns = names(&format!("SELECT name FROM pragma_table_info('{table}')"));
        let columns: Vec<String> = columns.into_iter().filter(|name| !but.contains(&name.as_str())).collect();
        let only = if table == "ticket" { "WHERE status <> 'void'" } else { "" };
        let list = columns.join(", ");
        let mut statement =
            conn.prepare(&format!("SELECT {list} FROM {table} {only} ORDER BY {list}")).expect("a statement");
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            text += &table;
            for column in 0..columns.len() {
                text += &format!(" {:?}", row.get_ref(column).expect("a value"));
            }
            text.push('\n');
        }
    }
    text
}

/// Chance that is the same at every run.
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).expect("64 bits") % sides
    }
}

pub(crate) fn path_of(store: &Store) -> PathBuf {
    store.path().to_owned()
}
