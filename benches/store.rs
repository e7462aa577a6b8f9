//! How long the data file takes, as ratios to what the disk itself takes in the same run. Not a test: nothing fails here.
//!
//! `cargo bench --bench store -- [--db FILE] [--residents N] [--tickets N]`: FILE is copied first, never written; without it a
//! sample is made (10,000 residents and 50,000 tickets if not said).

#![allow(clippy::print_stdout)]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use township_desk::domain::handover::query::HandoverQuery;
use township_desk::domain::place::query::PlaceQuery;
use township_desk::domain::settings::query::SettingsAnswer;
use township_desk::domain::settings::query::SettingsQuery;
use township_desk::domain::ticket::op::TicketOp;
use township_desk::domain::ticket::query::TicketQuery;

use tempfile::TempDir;
use township_desk::domain::base::id::{CommandUid, PlaceId, StaffId, TicketId};
use township_desk::domain::base::import::{HomeAt, ParsedRow, ResidentRow, Rows};
use township_desk::domain::base::time::{CHINA, DAY, Day, Time};
use township_desk::domain::filter::{Filter, Flag, Spot, Test};
use township_desk::domain::op::Op;
use township_desk::domain::person::{Flags, PersonName, Phone, Relation};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::ticket::around::Alike;
use township_desk::domain::ticket::op::Report;
use township_desk::domain::ticket::query::PageOf;
use township_desk::domain::ticket::{Channel, Status};
use township_desk::store::{Access, ImportOptions, NewTownship, Store, Who, Wish, make_sample};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Saved tickets timed.
const SAVES: usize = 1_000;
/// Answers timed of each kind.
const ASKS: usize = 300;

struct Wanted {
    db: Option<PathBuf>,
    residents: usize,
    tickets: usize,
}

fn main() -> Outcome<()> {
    let wanted = arguments()?;
    let folder = tempfile::Builder::new().prefix("desk-bench").tempdir_in(scratch(&wanted))?;
    let path = file(&wanted, &folder)?;
    let mut store = Store::open(&path, Access::Write, who(), now())?;
    println!("file {} MiB", fs::metadata(&path)?.len() >> 20);
    saves(&mut store, &folder)?;
    answers(&store)?;
    drop(store);
    for people in [15_000, 100_000] {
        import(people, if people == 15_000 { 2.0 } else { 15.0 })?;
    }
    Ok(())
}

fn arguments() -> Outcome<Wanted> {
    let mut wanted = Wanted { db: None, residents: 10_000, tickets: 50_000 };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let mut value = || arguments.next().ok_or("a value is missing");
        match name.as_str() {
            "--db" => wanted.db = Some(PathBuf::from(value()?)),
            "--residents" => wanted.residents = value()?.parse()?,
            "--tickets" => wanted.tickets = value()?.parse()?,
            _ => {}
        }
    }
    Ok(wanted)
}

/// The same disk as the file that was given.
fn scratch(wanted: &Wanted) -> PathBuf {
    let beside = wanted.db.as_ref().and_then(|db| db.parent()).filter(|folder| !folder.as_os_str().is_empty());
    beside.map_or_else(std::env::temp_dir, Path::to_owned)
}

fn file(wanted: &Wanted, folder: &TempDir) -> Outcome<PathBuf> {
    let path = folder.path().join("desk.db");
    match &wanted.db {
        Some(db) => drop(fs::copy(db, &path)?),
        None => {
            let begun = Instant::now();
            let wish = Wish { residents: wanted.residents, tickets: wanted.tickets, ..Wish::usual(now(), CHINA) };
            make_sample(&path, wish, |_| ())?;
            println!("sample of {} residents, {} tickets in {:.1?}", wanted.residents, wanted.tickets, begun.elapsed());
        }
    }
    Ok(path)
}

fn who() -> Who {
    Who { name: None, terminal: "bench".to_owned() }
}

/// The samples' own moment does not matter; the bench keeps to one day.
fn now() -> Time {
    CHINA.at(Day::from_ymd_opt(2026, 11, 24).unwrap_or_default(), 10 * 60)
}

fn uid() -> CommandUid {
    CommandUid(uuid::Uuid::new_v4())
}

/// Bytes this process has handed to the system.
fn written() -> u64 {
    let told = fs::read_to_string("/proc/self/io").unwrap_or_default();
    told.lines().find_map(|line| line.strip_prefix("wchar: ")?.parse().ok()).unwrap_or(0)
}

/// Saves with all their rows against the disk's own time for as many bytes, in turns.
fn saves(store: &mut Store, folder: &TempDir) -> Outcome<()> {
    let places = some_ids(store.path(), "SELECT id FROM place WHERE kind = 'home' ORDER BY id % 9973 LIMIT 1000")?;
    let mut plain = File::create(folder.path().join("plain"))?;
    let (mut ours, mut disk, mut bytes, mut length) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let words = "厨房顶上漏水, 一直滴到灶台上, 问了楼上说没事, 请来看看";
    for n in 0..SAVES + 20 {
        let place = places.get(n % places.len().max(1)).copied().map(PlaceId);
        let report = Report {
            place,
            reporter_name: "王秀兰".to_owned(),
            reporter_phone: "13800005678".to_owned(),
            category: Some("201".to_owned()),
            ..Report::of_words(&format!("{words} {n}"), Channel::Phone)
        };
        let op = Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None });
        let before = written();
        let begun = Instant::now();
        store.commit(uid(), &op, Time(now().0 + i64::try_from(n)?))?;
        let took = begun.elapsed();
        let wrote = written() - before;
        // What the desk does once it has answered.
        store.tidy()?;
        let block = vec![u8::try_from(n % 251)?; usize::try_from(wrote)?];
        if length > 16 << 20 {
            plain.set_len(0)?;
            length = 0;
        }
        length += wrote;
        let begun = Instant::now();
        plain.write_all(&block)?;
        plain.sync_data()?;
        let plainly = begun.elapsed();
        // The first ones open files and compile statements.
        if n >= 20 {
            ours.push(took);
            disk.push(plainly);
            bytes.push(wrote);
        }
    }
    let (ours, disk) = (Spread::of(ours), Spread::of(disk));
    bytes.sort_unstable();
    let most = bytes.last().copied().unwrap_or(0);
    println!("a saved ticket      {ours}");
    println!("as many bytes plain {disk}");
    goal("save p50 / disk p50", ours.p50 / disk.p50, 2.5, "x");
    goal("save p99 / disk p99", ours.p99 / disk.p99, 4.0, "x");
    goal("worst save / disk p50", ours.max / disk.p50, 30.0, "x");
    goal("bytes per save, median", kib(bytes[bytes.len() / 2]), 128.0, "KiB");
    goal("bytes per save, p99", kib(bytes[(bytes.len() - 1) * 99 / 100]), 128.0, "KiB");
    goal("bytes per save, most", kib(most), 128.0, "KiB");
    Ok(())
}

#[allow(clippy::cast_precision_loss)] // figures for people
fn kib(bytes: u64) -> f64 {
    bytes as f64 / 1_024.0
}

fn some_ids(path: &Path, sql: &str) -> Outcome<Vec<i64>> {
    let conn = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.pragma_update(None, "query_only", true)?;
    let mut statement = conn.prepare(sql)?;
    let ids = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

fn answers(store: &Store) -> Outcome<()> {
    let now = now();
    let compounds = some_ids(store.path(), "SELECT place_id FROM compound")?;
    let tickets = some_ids(store.path(), "SELECT id FROM ticket ORDER BY n, id LIMIT 5000")?;
    let busy =
        "SELECT assignee_id FROM ticket WHERE open = 1 AND assignee_id IS NOT NULL GROUP BY 1 ORDER BY COUNT(*) DESC";
    let handler = some_ids(store.path(), busy)?.first().copied().map(StaffId);
    let seldom = "SELECT assignee_id FROM ticket WHERE assignee_id IS NOT NULL GROUP BY 1 ORDER BY COUNT(*), 1 LIMIT 1";
    let seldom = some_ids(store.path(), seldom)?.first().copied().map(StaffId);
    let times =
        some_ids(store.path(), "SELECT MIN(opened_at) FROM ticket UNION ALL SELECT MAX(opened_at) FROM ticket")?;
    let depth = |n: usize| {
        let part = i64::try_from(n * 7_919 % ASKS).unwrap_or(0) * (times[1] - times[0]) / ASKS as i64;
        Some((Time(times[0] + part), TicketId(i64::MAX)))
    };
    let page = |filter: Filter| PageOf::first(filter, now, 50);
    let all = Filter::default;
    let compound = |n: usize| Some(PlaceId(compounds[n % compounds.len()]));
    let here = |n: usize| Test::Compound(compound(n).into_iter().collect());
    let ask = |name: &str, at_most: f64, query: &dyn Fn(usize) -> Query| -> Outcome<()> {
        let mut took = Vec::new();
        for n in 0..ASKS {
            let query = query(n);
            let begun = Instant::now();
            std::hint::black_box(store.answer(&query)?);
            took.push(begun.elapsed());
            if n >= 9 && took.iter().sum::<Duration>() > Duration::from_secs(5) {
                break;
            }
        }
        let spread = Spread::of(took);
        println!("{name:<34} {spread}");
        goal(name, spread.p99 * 1_000.0, at_most, "ms p99");
        Ok(())
    };
    if let Answer::Settings(SettingsAnswer::Header(header)) =
        store.answer(&Query::Settings(SettingsQuery::Header { now }))?
    {
        println!("{} open, {} late", header.open, header.late);
    }
    ask("header", 5.0, &|_| Query::Settings(SettingsQuery::Header { now }))?;
    ask("compounds", 5.0, &|_| Query::Place(PlaceQuery::Compounds { now }))?;
    ask("open list", 100.0, &|_| Query::Ticket(TicketQuery::Open { compound: None }))?;
    ask("open list of a compound", 20.0, &|n| Query::Ticket(TicketQuery::Open { compound: compound(n) }))?;
    let places = some_ids(store.path(), "SELECT id FROM place WHERE kind = 'home' ORDER BY id % 9973 LIMIT 1000")?;
    let home = |n: usize| PlaceId(places[n % places.len().max(1)]);
    ask("look-alikes", 10.0, &|n| {
        Query::Ticket(TicketQuery::LookAlikes(Alike { place: home(n), group: (n % 2 == 0).then_some('2'), now }))
    })?;
    ask("handover drafted", 50.0, &|_| Query::Handover(HandoverQuery::Present { now }))?;
    ask("several of a kind", 10.0, &|n| Query::Ticket(TicketQuery::RootCause(TicketId(tickets[n % tickets.len()]))))?;
    ask("ticket in full", 5.0, &|n| Query::Ticket(TicketQuery::One(TicketId(tickets[n % tickets.len()]))))?;
    ask("page at any depth", 5.0, &|n| Query::Ticket(TicketQuery::Page(PageOf { after: depth(n), ..page(all()) })))?;
    ask("page of a compound", 5.0, &|n| {
        Query::Ticket(TicketQuery::Page(PageOf { after: depth(n), ..page(all().and(here(n))) }))
    })?;
    ask("page of open ones", 50.0, &|_| Query::Ticket(TicketQuery::Page(page(Filter::open()))))?;
    ask("late ones", 5.0, &|_| Query::Ticket(TicketQuery::Page(page(Filter::open().and(Test::Is(Flag::Late))))))?;
    // What pane 2 asks while a filter is typed: the first 200, and how many there are.
    let first = |filter: Filter| {
        Query::Ticket(TicketQuery::Page(PageOf { limit: 200, count: true, ..PageOf::first(filter, now, 200) }))
    };
    for words in ["漏水", "没水", "漏水 厨房 滴", "灶台上", "电梯 困人", "没有这样的词句"] {
        ask(&format!("filter {words} all"), 50.0, &|_| first(all().with_words(words)))?;
    }
    ask("filter 漏水 of a compound, closed", 50.0, &|n| {
        first(all().with_words("漏水").and(here(n)).and(Test::Status(vec![Status::Closed])))
    })?;
    ask("filter 漏水 open", 50.0, &|_| first(Filter::open().with_words("漏水")))?;
    ask("filter 漏水 of 7 days", 50.0, &|_| first(all().with_words("漏水").and(Test::From(Time(now.0 - 7 * DAY)))))?;
    ask("filter place 3-2-501 all", 50.0, &|_| first(all().and(Test::Place(Spot::new("3-2-501")))))?;
    ask("filter closed", 50.0, &|_| first(all().and(Test::Is(Flag::Closed))))?;
    ask("filter from 30 days", 50.0, &|_| first(all().and(Test::From(Time(now.0 - 30 * DAY)))))?;
    ask("filter of a handler, all", 50.0, &|_| first(all().and(Test::Who(vec![handler]))))?;
    ask("filter of a handler of few, all", 50.0, &|_| first(all().and(Test::Who(vec![seldom]))))?;
    ask("filter of a handler of none, all", 50.0, &|_| first(all().and(Test::Who(vec![Some(StaffId(1))]))))?;
    ask("filter of a rare status, all", 50.0, &|_| first(all().and(Test::Status(vec![Status::Void]))))?;
    let newest = store.changes_since(i64::MAX)?.seq;
    let mut took = Vec::new();
    for n in 0..ASKS {
        let begun = Instant::now();
        std::hint::black_box(store.changes_since(newest - i64::try_from(n % 100)?)?);
        took.push(begun.elapsed());
    }
    println!("{:<34} {}", "changes since up to 100 events", Spread::of(took));
    Ok(())
}

/// Residents of a sheet, checks, keys and events included, into a new township.
fn import(people: usize, at_most: f64) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let new = NewTownship {
        name: "黎侯镇".to_owned(),
        company: "黎侯镇物业".to_owned(),
        desk_phone: String::new(),
        office: 1,
        zone: CHINA,
    };
    let mut store = Store::create(&folder.path().join("desk.db"), &new, who(), Time(now().0 - DAY))?;
    let rows = Rows::Residents((0..people).map(resident).collect::<Outcome<_>>()?);
    let begun = Instant::now();
    let done = store.import(&rows, &ImportOptions::default(), &mut uid, now(), &mut |_| true)?;
    let took = begun.elapsed();
    println!("import of {people}: {} added, {} refused in {took:.2?}", done.added, done.refused.len());
    goal(&format!("import of {people}"), took.as_secs_f64(), at_most, "s");
    let begun = Instant::now();
    let done = store.import(&rows, &ImportOptions::default(), &mut uid, now(), &mut |_| true)?;
    println!("the same again: {} unchanged in {:.2?}", done.unchanged, begun.elapsed());
    Ok(())
}

/// Three in a home, four homes on a floor, 25 compounds.
fn resident(n: usize) -> Outcome<ParsedRow<ResidentRow>> {
    const NAMES: [&str; 8] = ["王秀兰", "李建国", "张伟", "赵桂芳", "陈凤英", "刘强", "杨淑珍", "周岩"];
    let home = n / 3;
    let (room, floor, unit, building, compound) =
        (home % 4 + 1, home / 4 % 6 + 1, home / 24 % 3 + 1, home / 72 % 40 + 1, home / 2_880);
    let name = PersonName::new(&format!("{}{}", NAMES[n % 8], n % 3)).map_err(|_| "a name")?;
    let row = ResidentRow {
        name,
        phones: vec![Phone::new(&format!("138{n:08}")).map_err(|_| "a phone")?],
        called: Vec::new(),
        homes: vec![HomeAt {
            compound: format!("第{compound}小区"),
            building: building.to_string(),
            unit: unit.to_string(),
            room: format!("{floor}0{room}"),
            place: String::new(),
        }],
        relation: Relation::Owner,
        is_head: n.is_multiple_of(3),
        born: Some(1980),
        care: Flags::default(),
        work: Flags::default(),
        note: String::new(),
        key: None,
    };
    Ok(ParsedRow { sheet: "1".to_owned(), row_number: n + 2, row })
}

/// Seconds.
struct Spread {
    p50: f64,
    p99: f64,
    max: f64,
}

impl Spread {
    fn of(mut took: Vec<Duration>) -> Self {
        took.sort_unstable();
        let at = |part: usize| took[(took.len() - 1) * part / 100].as_secs_f64();
        Self { p50: at(50), p99: at(99), max: at(100) }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |seconds: f64| seconds * 1_000.0;
        write!(f, "p50 {:8.3} ms   p99 {:8.3} ms   max {:8.3} ms", ms(self.p50), ms(self.p99), ms(self.max))
    }
}

fn goal(name: &str, value: f64, at_most: f64, unit: &str) {
    let word = if value <= at_most { "met   " } else { "MISSED" };
    println!("    {word} {name}: {value:.2} {unit} (at most {at_most})");
}
