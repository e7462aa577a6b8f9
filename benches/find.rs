//! How fast the find box answers each key and what it finds, on invented people, against a fuzzy matcher run over every
//! record in the same minute. It prints ratios and shares; nothing here passes or fails.
//!
//! `cargo bench --bench find -- [--residents N] [--seed N]`

#![allow(clippy::print_stdout, reason = "a program that prints figures")]

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::hint::black_box;
use std::time::Instant;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use township_desk::domain::base::find::{FindKind, Record};
use township_desk::domain::person::{PersonName, Phone};
use township_desk::search::{Finder, Found, Index, pinyin_key};

const BEST: usize = 50;
const QUERIES_A_CLASS: usize = 300;
const RIVAL_KEYS: usize = 500;
const NEVER: &dyn Fn() -> bool = &|| false;

fn main() {
    let argument = |name: &str| {
        let mut given = std::env::args().skip_while(|arg| arg != name).skip(1);
        given.next().and_then(|value| value.parse::<u64>().ok())
    };
    let seed = argument("--seed").unwrap_or_else(|| RandomState::new().build_hasher().finish() % 1_000_000);
    let residents = argument("--residents").unwrap_or(100_000) as usize;
    println!("seed {seed}, {residents} residents");

    let mut dice = Dice(seed);
    let town = Town::new(residents, &mut dice);
    let before = resident_memory();
    let start = Instant::now();
    let index = Index::build(town.records(seed));
    let took = start.elapsed().as_secs_f64() * 1e3;
    println!(
        "index: {} records of {} homes in {} compounds, {:.1} MiB more in memory, built in {took:.0} ms",
        index.len(),
        town.homes.len(),
        town.compounds.len(),
        resident_memory() - before
    );

    let classes = classes(&town, &mut dice);
    found(&index, &town, &classes);
    speed(&index, &town, &classes, &mut dice);
    few_keys(&index, &town, &mut dice);
    if residents > 15_000 {
        let town = Town::new(15_000, &mut dice);
        few_keys(&Index::build(town.records(seed)), &town, &mut dice);
    }
}

// --- what is found -----------------------------------------------------------------------------------------------

/// A query and the resident it was made from.
struct Asked {
    text: String,
    person: usize,
}

fn classes(town: &Town, dice: &mut Dice) -> Vec<(&'static str, Vec<Asked>)> {
    type Make = fn(&Town, usize, &mut Dice) -> String;
    let makers: [(&'static str, Make); 13] = [
        ("whole name", |town, p, _| town.people[p].name.clone()),
        ("part of the name", |town, p, dice| {
            let name: Vec<char> = town.people[p].name.chars().collect();
            let from = dice.below(name.len() - 1);
            name[from..from + 2].iter().collect()
        }),
        ("initials", |town, p, _| initials(&town.people[p].name)),
        ("full pinyin", |town, p, _| pinyin_key(&town.people[p].name)),
        ("phone tail, 4 digits", |town, p, _| tail(&town.people[p].phone, 4)),
        ("room alone", |town, p, dice| town.home(p).written(dice)),
        ("compound and room", |town, p, dice| {
            let home = town.home(p);
            format!("{}{}{}", initials(town.compound(p)), dice.pick(&["", " "]), home.written(dice))
        }),
        ("room digits `kly32501`", |town, p, _| {
            let home = town.home(p);
            format!("{}{}{}{}", initials(town.compound(p)), home.building, home.unit, home.room)
        }),
        ("mixed `kly 3 li`", |town, p, _| {
            let surname = pinyin_key(&town.people[p].name.chars().take(1).collect::<String>());
            format!("{} {} {surname}", initials(town.compound(p)), town.home(p).building)
        }),
        ("slip: a letter left out", |town, p, dice| {
            let mut text = pinyin_key(&town.people[p].name);
            text.remove(dice.below(text.len()));
            text
        }),
        ("slip: two letters swapped", |town, p, dice| {
            let mut text = pinyin_key(&town.people[p].name).into_bytes();
            let at = dice.below(text.len() - 1);
            text.swap(at, at + 1);
            String::from_utf8_lossy(&text).into_owned()
        }),
        ("slip: n/ng, zh/z, ch/c, sh/s, l/n", |town, p, dice| accented(&town.people[p].name, dice)),
        ("slip: a wrong letter", |town, p, dice| {
            let mut text = pinyin_key(&town.people[p].name).into_bytes();
            let at = dice.below(text.len());
            text[at] = b'a' + dice.below(26) as u8;
            String::from_utf8_lossy(&text).into_owned()
        }),
    ];
    makers
        .map(|(class, make)| {
            let asked = std::iter::repeat_with(|| {
                let person = dice.below(town.people.len());
                Asked { text: make(town, person, dice), person }
            });
            (class, asked.take(QUERIES_A_CLASS).collect())
        })
        .into()
}

fn found(index: &Index, town: &Town, classes: &[(&str, Vec<Asked>)]) {
    println!("\n{:<36} {:>8} {:>10} {:>12} {:>12}", "class", "found %", "best 50 %", "first %", "mean answers");
    for (class, asked) in classes {
        let (mut found, mut best, mut first, mut answers) = (0, 0, 0, 0);
        for one in asked {
            // A room answers with the home; a name with the person.
            let by_home = class.contains("room");
            let is_it = |record: &Record| match record.kind {
                Some(FindKind::Resident) if !by_home => record.id == one.person as i64,
                Some(FindKind::Resident | FindKind::Home) => by_home && record.place == town.place(one.person),
                _ => false,
            };
            let answer = Finder::new().find(index, &one.text, &[], BEST, NEVER);
            let at = answer.hits.iter().position(|hit| is_it(&hit.record));
            best += usize::from(at.is_some());
            first += usize::from(at == Some(0));
            answers += answer.total;
            found += usize::from(
                at.is_some() || {
                    let all = Finder::new().find(index, &one.text, &[], usize::MAX, NEVER);
                    all.hits.iter().any(|hit| is_it(&hit.record))
                },
            );
        }
        let percent = |n: usize| n as f64 * 100.0 / asked.len() as f64;
        println!(
            "{class:<36} {:>8.1} {:>10.1} {:>12.1} {:>12.1}",
            percent(found),
            percent(best),
            percent(first),
            answers as f64 / asked.len() as f64
        );
    }
}

// --- how fast ----------------------------------------------------------------------------------------------------

fn speed(index: &Index, town: &Town, classes: &[(&str, Vec<Asked>)], dice: &mut Dice) {
    let lines: Vec<String> = (0..town.people.len()).map(|p| town.line(p)).collect();
    let haystack = lines.join("\n").into_bytes();
    let matcher = SkimMatcherV2::default().ignore_case();
    let count: usize = classes.iter().flat_map(|(_, asked)| asked).map(|one| one.text.chars().count()).sum();
    let mut finder = Finder::new();
    let (mut ours, mut rival, mut limit) = (Vec::new(), Vec::new(), Vec::new());
    println!("\nms a key by class, best {BEST} ranked: p50, p99, greatest");
    for (class, asked) in classes {
        let mut times = Vec::new();
        for one in asked {
            finder.forget();
            for key in prefixes(&one.text) {
                let start = Instant::now();
                black_box(finder.find(index, &key, &[], BEST, NEVER));
                times.push(start.elapsed().as_secs_f64() * 1e3);
                // The rival answers some of the same keys in between, so that both see the same machine.
                if dice.below(count) < RIVAL_KEYS {
                    rival.push(timed(|| fuzzy_over_all(&matcher, &lines, &key)));
                    limit.push(timed(|| memchr::memmem::find(black_box(&haystack), b"zzqx")));
                }
            }
        }
        println!("  {class:<36} {}", Times::of(&mut times.clone()));
        ours.extend(times);
    }
    let first: Vec<String> = ('a'..='z').chain('1'..='9').map(String::from).collect();
    let mut firsts: Vec<f64> =
        first.iter().map(|key| timed(|| Finder::new().find(index, key, &[], BEST, NEVER))).collect();
    println!("  {:<36} {}", "first letters and digits", Times::of(&mut firsts));

    let compared = rival.len();
    let (ours, rival, limit) = (Times::of(&mut ours), Times::of(&mut rival), Times::of(&mut limit).p50);
    println!("  {:<36} {ours}", format!("all {count} keys"));
    println!("  {:<36} {rival}", format!("SkimMatcherV2 over all, {compared} keys"));
    println!("one scan of {:.1} MB of plain lines for an absent word: {limit:.3}", haystack.len() as f64 / 1e6);
    println!(
        "ours / SkimMatcherV2: p50 1/{:.0}, p99 1/{:.1}, greatest 1/{:.1}; ours / scan: p50 {:.1}, p99 {:.1}",
        rival.p50 / ours.p50,
        rival.p99 / ours.p99,
        rival.max / ours.max,
        ours.p50 / limit,
        ours.p99 / limit
    );
}

fn prefixes(text: &str) -> impl Iterator<Item = String> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.map(|end| text[..end].to_owned())
}

fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64() * 1e3
}

/// What a fuzzy finder does: every word must match, scores add up, the best are kept.
fn fuzzy_over_all(matcher: &SkimMatcherV2, lines: &[String], query: &str) -> Vec<(i64, usize)> {
    let mut best = BinaryHeap::new();
    for (n, line) in lines.iter().enumerate() {
        let score = query.split_whitespace().try_fold(0, |sum, word| Some(sum + matcher.fuzzy_match(line, word)?));
        if let Some(score) = score {
            best.push(Reverse((score, n)));
            if best.len() > BEST {
                best.pop();
            }
        }
    }
    best.into_sorted_vec().into_iter().map(|Reverse(one)| one).collect()
}

struct Times {
    p50: f64,
    p99: f64,
    max: f64,
}

impl Times {
    fn of(times: &mut [f64]) -> Self {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        Self { p50: at(0.5), p99: at(0.99), max: at(1.0) }
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:>8.3} {:>8.3} {:>8.3}", self.p50, self.p99, self.max)
    }
}

// --- five keys to a home -----------------------------------------------------------------------------------------

/// Share of residents whose home stands alone at the top after at most five keys, by one of the ways a clerk has:
/// what is known differs from call to call, so each way is also given by itself.
fn few_keys(index: &Index, town: &Town, dice: &mut Dice) {
    const ASKED: usize = 1_000;
    type Way = (&'static str, fn(&Town, usize) -> String);
    let ways: [Way; 10] = [
        ("last 5 of the phone", |town, p| tail(&town.people[p].phone, 5)),
        ("surname's letter, last 4", |town, p| {
            format!("{}{}", &initials(&town.people[p].name)[..1], tail(&town.people[p].phone, 4))
        }),
        ("initials, last 2 or 3", |town, p| {
            let letters: String = initials(&town.people[p].name).chars().take(3).collect();
            format!("{letters}{}", tail(&town.people[p].phone, 5 - letters.len()))
        }),
        ("two initials, last 3", |town, p| {
            format!("{}{}", &initials(&town.people[p].name)[..2], tail(&town.people[p].phone, 3))
        }),
        ("compound's letter, last 4", |town, p| {
            format!("{}{}", &initials(town.compound(p))[..1], tail(&town.people[p].phone, 4))
        }),
        ("compound's letter(s), initials", |town, p| {
            let letters: String = initials(&town.people[p].name).chars().take(3).collect();
            let compound = initials(town.compound(p));
            format!("{} {letters}", &compound[..(4 - letters.len()).min(compound.len())])
        }),
        ("compound's two letters, last 3", |town, p| {
            format!("{}{}", &initials(town.compound(p))[..2], tail(&town.people[p].phone, 3))
        }),
        ("two initials, room", |town, p| {
            let room = &town.home(p).room;
            format!("{}{}", &initials(&town.people[p].name)[..2], &room[..room.len().min(3)])
        }),
        ("surname's letter, building, room", |town, p| {
            let home = town.home(p);
            let text = format!("{}{}-{}", &initials(&town.people[p].name)[..1], home.building, home.room);
            text.chars().take(5).collect()
        }),
        ("building, unit, room", |town, p| {
            let home = town.home(p);
            format!("{}{}{}", home.building, home.unit, home.room).chars().take(5).collect()
        }),
    ];
    let mut alone = vec![0; ways.len()];
    let mut only = vec![0; ways.len()];
    let (mut any, mut any_only, mut by_phone_or_name) = (0, 0, 0);
    for _ in 0..ASKED {
        let person = dice.below(town.people.len());
        let place = town.place(person);
        let (mut reached, mut reached_only, mut caller) = (false, false, false);
        for (n, (_, way)) in ways.iter().enumerate() {
            let text = way(town, person);
            assert!(text.chars().count() <= 5, "{text}");
            let Found { hits, .. } = Finder::new().find(index, &text, &[], BEST, NEVER);
            let Some(top) = hits.first().filter(|hit| hit.record.place == place) else { continue };
            let other = hits.iter().find(|hit| hit.record.place != place);
            if other.is_none_or(|other| other.score < top.score) {
                alone[n] += 1;
                reached = true;
                caller |= n < 7;
            }
            if other.is_none() && hits.len() < BEST {
                only[n] += 1;
                reached_only = true;
            }
        }
        any += usize::from(reached);
        any_only += usize::from(reached_only);
        by_phone_or_name += usize::from(caller);
    }
    let percent = |n: usize| n as f64 * 100.0 / ASKED as f64;
    println!("\nat most 5 keys to the home, {} residents: alone at the top %, only answer %", town.people.len());
    for (n, (name, _)) in ways.iter().enumerate() {
        println!("  {name:<36} {:>8.1} {:>8.1}", percent(alone[n]), percent(only[n]));
    }
    println!("  {:<36} {:>8.1}", "any of the first seven", percent(by_phone_or_name));
    println!("  {:<36} {:>8.1} {:>8.1}", "any of these", percent(any), percent(any_only));
}

// --- an invented township ----------------------------------------------------------------------------------------

/// Surnames with so many bearers in a thousand, roughly as they are in northern China.
const SURNAMES: &[(&str, u32)] = &[
    ("王", 95),
    ("李", 93),
    ("张", 89),
    ("刘", 67),
    ("陈", 61),
    ("杨", 42),
    ("赵", 40),
    ("黄", 30),
    ("周", 25),
    ("吴", 26),
    ("徐", 19),
    ("孙", 18),
    ("马", 17),
    ("朱", 17),
    ("胡", 15),
    ("郭", 15),
    ("林", 14),
    ("何", 14),
    ("高", 13),
    ("罗", 12),
    ("郑", 12),
    ("梁", 11),
    ("谢", 10),
    ("宋", 9),
    ("唐", 9),
    ("许", 9),
    ("邓", 8),
    ("冯", 8),
    ("韩", 8),
    ("曹", 7),
    ("曾", 7),
    ("彭", 7),
    ("萧", 6),
    ("蔡", 6),
    ("潘", 6),
    ("田", 6),
    ("董", 6),
    ("袁", 6),
    ("于", 6),
    ("余", 5),
    ("叶", 5),
    ("蒋", 5),
    ("杜", 5),
    ("苏", 5),
    ("魏", 5),
    ("程", 5),
    ("吕", 5),
    ("丁", 5),
    ("沈", 5),
    ("任", 5),
    ("姚", 4),
    ("卢", 4),
    ("姜", 4),
    ("崔", 4),
    ("钟", 4),
    ("谭", 4),
    ("陆", 4),
    ("汪", 4),
    ("范", 4),
    ("金", 4),
    ("石", 4),
    ("廖", 4),
    ("贾", 4),
    ("夏", 3),
    ("韦", 3),
    ("付", 3),
    ("方", 3),
    ("白", 3),
    ("邹", 3),
    ("孟", 3),
    ("熊", 3),
    ("秦", 3),
    ("邱", 3),
    ("江", 3),
    ("尹", 3),
    ("薛", 3),
    ("闫", 3),
    ("段", 3),
    ("雷", 3),
    ("侯", 3),
    ("龙", 2),
    ("史", 2),
    ("陶", 2),
    ("黎", 2),
    ("贺", 2),
    ("顾", 2),
    ("毛", 2),
    ("郝", 2),
    ("龚", 2),
    ("邵", 2),
    ("万", 2),
    ("钱", 2),
    ("严", 2),
    ("覃", 2),
    ("武", 2),
    ("戴", 2),
    ("莫", 2),
    ("孔", 2),
    ("向", 2),
    ("汤", 2),
    ("翟", 1),
    ("单", 1),
    ("仇", 1),
    ("解", 1),
    ("查", 1),
    ("盖", 1),
    ("区", 1),
    ("缪", 1),
    ("尉迟", 1),
    ("欧阳", 2),
];

/// Characters of given names, the commonest first.
const GIVEN: &str = "英华明丽国秀建文兰红平军玉春小志晓伟海芳梅强永桂金敏荣静艳凤霞云龙林生东新辉杰勇刚涛婷超燕德福庆\
    玲斌宇飞波莉萍娟清洪鹏雪慧成忠立翠振兴学光浩俊美佳琴淑珍宝莲洁家长祥利庭根香翔雨思欣晨子怡梦瑞凯爱菊青莹锋旭\
    维亚水火土木山川石磊森彩月星阳天心正中仁义礼信孝诚良善安康乐喜顺昌盛富贵财宏达广大江河雁鸿鹤鹰虎豹麒颖倩茜蓉\
    薇蕾蓓苗苹茹荷萱菲若芝芬芸苑树松柏槐栋梁柱桥楠榕桐枫柳杨梓涵轩豪博嘉诗琪瑶璐珊琳瑾瑜璇珂昊昕晗晴景智哲彦毅\
    峰岩岭峻崇巍钢铁锁银铜钧铭锦镇发全友有来才保守存改换留拴栓喜双三四五六满圆";

/// Beginnings and ends of compounds' names.
const FRONTS: &str = "康福幸安和平新华阳春金玉永锦翠景丽东西南北盛祥龙凤文化光明建设工农朝霞滨河";
const MIDDLES: &str = "乐园泰馨景苑居悦和瑞兴达丰源水山城庭林";
const ENDS: [&str; 6] = ["苑", "园", "家园", "小区", "花园", "里"];

struct Town {
    compounds: Vec<String>,
    homes: Vec<Home>,
    people: Vec<Person>,
}

struct Home {
    compound: usize,
    building: String,
    unit: String,
    room: String,
}

struct Person {
    name: String,
    phone: String,
    home: usize,
}

impl Town {
    /// Compounds of some 600 people, homes of 1 to 4.
    fn new(residents: usize, dice: &mut Dice) -> Self {
        let mut town = Self { compounds: Vec::new(), homes: Vec::new(), people: Vec::new() };
        while town.people.len() < residents {
            let mut name = String::new();
            while name.is_empty() || (town.compounds.contains(&name) && town.compounds.len() < 2_000) {
                name = format!("{}{}{}", dice.letter(FRONTS), dice.letter(MIDDLES), dice.pick(&ENDS));
            }
            town.compounds.push(name);
            let until = residents.min(town.people.len() + 400 + dice.below(400));
            let with_units = dice.below(10) > 0;
            'compound: for building in 1.. {
                for unit in 1..=if with_units { 2 + dice.below(3) } else { 1 } {
                    for floor in 1..=6 {
                        for door in 1..=if with_units { 2 } else { 4 } {
                            town.settle(building, if with_units { Some(unit) } else { None }, floor, door, dice);
                            if town.people.len() >= until {
                                break 'compound;
                            }
                        }
                    }
                }
            }
        }
        town
    }

    fn settle(&mut self, building: usize, unit: Option<usize>, floor: usize, door: usize, dice: &mut Dice) {
        let shared = dice.phone();
        self.homes.push(Home {
            compound: self.compounds.len() - 1,
            building: building.to_string(),
            unit: unit.map(|unit| unit.to_string()).unwrap_or_default(),
            room: format!("{floor}0{door}"),
        });
        for _ in 0..1 + dice.below(4) {
            let phone = if dice.below(10) == 0 { shared.clone() } else { dice.phone() };
            self.people.push(Person { name: dice.name(), phone, home: self.homes.len() - 1 });
        }
    }

    fn home(&self, person: usize) -> &Home {
        &self.homes[self.people[person].home]
    }

    fn compound(&self, person: usize) -> &str {
        &self.compounds[self.home(person).compound]
    }

    /// Id of the home in the records.
    fn place(&self, person: usize) -> i64 {
        1_000_000 + self.people[person].home as i64
    }

    /// Residents, homes, compounds, and a ticket for every fourteenth resident.
    fn records(&self, seed: u64) -> impl Iterator<Item = Record> {
        let mut dice = Dice(seed ^ 7);
        let at = |home: usize| {
            let here = &self.homes[home];
            Record {
                place: 1_000_000 + home as i64,
                compound: self.compounds[here.compound].clone(),
                building: here.building.clone(),
                unit: here.unit.clone(),
                room: here.room.clone(),
                ..Record::default()
            }
        };
        let residents = self.people.iter().enumerate().map(move |(id, person)| Record {
            kind: Some(FindKind::Resident),
            id: id as i64,
            name: Some(PersonName::stored(person.name.clone())),
            called: if id % 20 == 0 { vec![format!("老{}", &person.name[..3])] } else { Vec::new() },
            phones: vec![Phone::stored(person.phone.clone())],
            ..at(person.home)
        });
        let homes = (0..self.homes.len()).map(move |home| Record {
            kind: Some(FindKind::Home),
            id: 1_000_000 + home as i64,
            ..at(home)
        });
        let compounds = self.compounds.iter().enumerate().map(|(n, name)| Record {
            kind: Some(FindKind::Place),
            id: 10_000_000 + n as i64,
            place: 10_000_000 + n as i64,
            compound: name.clone(),
            ..Record::default()
        });
        let tickets = (0..self.people.len() / 14).map(move |n| Record {
            kind: Some(FindKind::Ticket),
            id: 20_000_000 + n as i64,
            number: format!("2026-{:02}{:02}-{:02}", 10 + n / 200 % 3, 1 + n / 600 % 28, 1 + n % 200),
            words: format!(
                "{}{}，请尽快派人来看",
                dice.pick(&["厨房", "楼道", "门口", "卫生间"]),
                dice.pick(&["漏水", "停电", "灯不亮", "堵了"])
            ),
            at: n as i64,
            ..at(dice.below(self.homes.len()))
        });
        residents.chain(homes).chain(compounds).chain(tickets)
    }

    /// A resident as one line, for the rival.
    fn line(&self, person: usize) -> String {
        let (name, compound, home) = (&self.people[person].name, self.compound(person), self.home(person));
        let room = [&home.building, &home.unit, &home.room].map(String::as_str).join("-").replace("--", "-");
        let phone = &self.people[person].phone;
        format!(
            "{name} {} {} {compound} {} {} {room} {phone}",
            pinyin_key(name),
            initials(name),
            pinyin_key(compound),
            initials(compound)
        )
    }
}

impl Home {
    /// In one of the forms people write.
    fn written(&self, dice: &mut Dice) -> String {
        let Self { building: b, unit: u, room: r, .. } = self;
        if u.is_empty() {
            return match dice.below(3) {
                0 => format!("{b}号楼{r}"),
                1 => format!("{b}栋{r}室"),
                _ => format!("{b}-{r}"),
            };
        }
        match dice.below(5) {
            0 => format!("{b}栋{u}单元{r}"),
            1 => format!("{b}#{u}-{r}"),
            2 => format!("{b}号楼{u}单元{r}室"),
            _ => format!("{b}-{u}-{r}"),
        }
    }
}

/// First letters of each character's likeliest reading.
fn initials(text: &str) -> String {
    // The surname is read as one even before the rest of the name.
    let mut letters = String::new();
    for (at, c) in text.char_indices() {
        let key = if at == 0 { pinyin_key(text) } else { pinyin_key(&format!("一{c}"))[2..].to_owned() };
        letters.extend(key.chars().next());
    }
    letters
}

/// Full pinyin with everything blurred that can be, one way or the other.
fn accented(name: &str, dice: &mut Dice) -> String {
    let text = pinyin_key(name);
    let turned = match dice.below(3) {
        0 => text.replace("zh", "z").replace("ch", "c").replace("sh", "s"),
        1 => text.replace("ng", "n"),
        _ => text.replace("ng", "N").replace('n', "ng").replace('N', "n").replace("ngg", "ng"),
    };
    if turned == text { text.replacen('l', "n", 1) } else { turned }
}

fn tail(phone: &str, digits: usize) -> String {
    phone[phone.len() - digits.min(phone.len())..].to_owned()
}

/// Random numbers (splitmix64): the same seed gives the same town.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn letter(&mut self, from: &str) -> char {
        let count = from.chars().count();
        from.chars().nth(self.below(count)).unwrap_or('苑')
    }

    /// The first characters of [`GIVEN`] far more often than the last, as in life.
    fn given(&mut self) -> char {
        let count = GIVEN.chars().count();
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        GIVEN.chars().nth((share * share * count as f64) as usize).unwrap_or('英')
    }

    fn name(&mut self) -> String {
        let all: u32 = SURNAMES.iter().map(|(_, weight)| weight).sum();
        let mut ticket = self.below(all as usize) as u32;
        let mut name = String::new();
        for (surname, weight) in SURNAMES {
            if ticket < *weight {
                name.push_str(surname);
                break;
            }
            ticket -= weight;
        }
        name.push(self.given());
        if self.below(4) > 0 {
            name.push(self.given());
        }
        name
    }

    /// A mobile number, one in twelve a landline.
    fn phone(&mut self) -> String {
        if self.below(12) == 0 {
            return format!("{}{:06}", 2 + self.below(7), self.below(1_000_000));
        }
        let front = self
            .pick(&["130", "131", "132", "135", "136", "137", "138", "139", "150", "151", "158", "159", "186", "188"]);
        format!("{front}{:08}", self.below(100_000_000))
    }
}

/// Memory of this process, MiB; 0 where the system does not tell.
fn resident_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}
