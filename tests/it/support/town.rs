//! A small township for journeys: two compounds, twelve homes, six residents, three members of staff. All invented.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use tempfile::TempDir;
use township_desk::domain::base::id::CommandUid;
use township_desk::domain::base::import::{CompoundRow, HomeAt, HomeRow, ParsedRow, ResidentRow, Rows, StaffRow};
use township_desk::domain::base::time::{CHINA, Day, Time};
use township_desk::domain::person::{Care, Flags, PersonName, Phone, Relation};
use township_desk::store::{self, ImportOptions, NewTownship, Store, Who, Wish};
use uuid::Uuid;

/// Tuesday, 24 November 2026, 10:00.
pub(crate) fn now() -> Time {
    CHINA.at(Day::from_ymd_opt(2026, 11, 24).expect("a day"), 10 * 60)
}

/// A copy of its own for one journey, and the folder it lies in.
pub(crate) fn copy() -> (Store, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    fs::copy(template(), &path).expect("a copy");
    let who = Who { name: None, terminal: "test".to_owned() };
    (Store::open(&path, township_desk::store::Access::Write, who, now()).expect("the copy opens"), folder)
}

/// The sample township, small or as a newcomer sees it. Each size is made once and then copied.
pub(crate) fn sample(residents: usize, tickets: usize) -> (Store, TempDir) {
    type Made = BTreeMap<(usize, usize), Vec<u8>>;
    static MADE: Mutex<Made> = Mutex::new(Made::new());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = made.entry((residents, tickets)).or_insert_with(|| {
        let wish = Wish { residents, tickets, seed: 1, now: now(), zone: CHINA };
        store::make_sample(&path, wish, |_| {}).expect("a sample");
        fs::read(&path).expect("the sample")
    });
    fs::write(&path, &*bytes).expect("a copy");
    drop(made);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
    (again(&path, None), folder)
}

/// The sample once more, with this operator at the desk.
pub(crate) fn sample_of(operator: &str) -> (Store, TempDir) {
    let (store, folder) = sample(400, 60);
    let path = store.path().to_owned();
    drop(store);
    (again(&path, Some(operator.to_owned())), folder)
}

fn again(path: &Path, name: Option<String>) -> Store {
    let who = Who { name, terminal: "test".to_owned() };
    Store::open(path, store::Access::Write, who, now()).expect("the sample opens")
}

fn template() -> &'static PathBuf {
    static TEMPLATE: OnceLock<(PathBuf, TempDir)> = OnceLock::new();
    &TEMPLATE
        .get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("desk.db");
            let new = NewTownship {
                name: "黎侯镇".to_owned(),
                company: "黎侯镇物业".to_owned(),
                desk_phone: "0355-600 0000".to_owned(),
                office: 0,
                zone: CHINA,
            };
            let mut store = Store::create(&path, &new, Who::default(), now()).expect("a new file");
            for rows in rows() {
                let mut n = 0;
                let mut uid = || {
                    n += 1;
                    CommandUid(Uuid::from_u64_pair(rows.len() as u64 + 100, n))
                };
                let done = store.import(&rows, &ImportOptions::default(), &mut uid, now(), &mut |_| true);
                assert_eq!(done.expect("an import").refused, []);
            }
            store.close(now()).expect("it closes");
            (path, folder)
        })
        .0
}

fn rows() -> [Rows; 4] {
    let compound =
        |name: &str| CompoundRow {
            name: name.to_owned(), community: "城关社区".to_owned(), ..CompoundRow::default()
        };
    let compounds = vec![compound("康乐苑"), compound("锦绣家园")];
    let homes = ["康乐苑", "锦绣家园"].into_iter().flat_map(|compound| {
        ["501", "502", "601", "602", "101", "102"]
            .map(|room| HomeRow { at: home(compound, "3", "2", room), ..HomeRow::default() })
    });
    let residents = vec![
        resident("陈凤英", "13800005678", &["陈婶"], home("康乐苑", "3", "2", "501"), &[Care::LivesAlone]),
        resident("赵学文", "13800001111", &[], home("康乐苑", "3", "2", "502"), &[]),
        resident("曾庆红", "13900002222", &[], home("康乐苑", "3", "2", "601"), &[]),
        resident("张伟", "13700003333", &["老张"], home("锦绣家园", "3", "2", "501"), &[]),
        resident("张伟", "13700004444", &[], home("锦绣家园", "3", "2", "602"), &[]),
        resident("李桂兰", "03556001234", &["强子他妈"], home("锦绣家园", "3", "2", "101"), &[]),
    ];
    let staff = vec![
        staff("王强", "维修", "13600001001"),
        staff("周岩", "保安", "13600001002"),
        staff("赵桂", "保洁", "13600001003"),
    ];
    [
        Rows::Compounds(parsed(compounds)),
        Rows::Homes(parsed(homes)),
        Rows::Residents(parsed(residents)),
        Rows::Staff(parsed(staff)),
    ]
}

fn parsed<T>(rows: impl IntoIterator<Item = T>) -> Vec<ParsedRow<T>> {
    (2..).zip(rows).map(|(row_number, row)| ParsedRow { sheet: "1".to_owned(), row_number, row }).collect()
}

fn home(compound: &str, building: &str, unit: &str, room: &str) -> HomeAt {
    let [compound, building, unit, room] = [compound, building, unit, room].map(str::to_owned);
    HomeAt { compound, building, unit, room, place: String::new() }
}

fn resident(name: &str, phone: &str, called: &[&str], at: HomeAt, care: &[Care]) -> ResidentRow {
    ResidentRow {
        name: PersonName::new(name).expect("a name"),
        phones: vec![Phone::new(phone).expect("a phone")],
        called: called.iter().map(|&called| called.to_owned()).collect(),
        homes: vec![at],
        relation: Relation::Owner,
        is_head: true,
        born: Some(1944),
        care: care.iter().fold(Flags::default(), |flags, &care| flags.with(care as usize)),
        work: Flags::default(),
        note: String::new(),
        key: None,
    }
}

fn staff(name: &str, role: &str, phone: &str) -> StaffRow {
    StaffRow {
        name: PersonName::new(name).expect("a name"),
        role: role.to_owned(),
        phones: vec![Phone::new(phone).expect("a phone")],
        skills: Vec::new(),
        compounds: Vec::new(),
        employed: None,
        key: None,
    }
}
