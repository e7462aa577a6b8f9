//! Which compounds the sample has, how they are built, and what else people call them.
//! No place gets its id here; that is `places`.

use super::rng::Rng;
use crate::domain::place::Stage;

/// The township.
pub(super) const TOWNSHIP: &str = "黎侯镇";

/// Its communities.
pub(super) const COMMUNITIES: [&str; 12] =
    ["鼓楼", "东关", "西关", "南关", "北坊", "广邯", "学府", "仵桥", "桥沟", "七里店", "华府", "赵家山"];

/// How a compound is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Six floors, two doors a landing, several stairs: `3-2-501`.
    Flats,
    /// The same with the stairs named by the compass: `2-西-301`.
    Compass,
    /// Eleven floors with lifts, buildings of two stairs: `3-2-1103`.
    Tower,
    /// Eleven floors with lifts, buildings named by letters, no stairs in the address: `B-1103`.
    Letters,
    /// Four floors along a corridor, no stairs: `3-305`.
    Corridor,
    /// Two-storey houses round an old yard: `1-203`, and one yard of single rooms: `12号院北屋`.
    Yard,
    /// Single-storey rows and one small building: `3排4号`.
    Rows,
}

/// A compound before it is laid out.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub name: String,
    pub community: usize,
    pub style: Style,
    pub stage: Stage,
    /// Day N of M.
    pub trial: Option<(i64, i64)>,
    /// Size beside the others.
    pub size: usize,
}

type Row = (&'static str, usize, Style, Stage, Option<(i64, i64)>, usize);

/// The 25 of every sample; the first is the model compound.
#[rustfmt::skip]
const KNOWN: [Row; 25] = {
    use Stage::{Contract, Entered, ThreeNo, Trial};
    [
        ("康乐苑", 5, Style::Flats, Contract, None, 618),
        ("锦绣家园", 6, Style::Tower, Contract, None, 1_120),
        ("老粮站家属院", 0, Style::Rows, Trial, Some((41, 90)), 260),
        ("广邯小区", 5, Style::Flats, Contract, None, 980),
        ("北坊新村", 4, Style::Flats, Trial, Some((12, 60)), 760),
        ("鼓楼巷12号院", 0, Style::Yard, Trial, Some((77, 90)), 180),
        ("学府华庭", 6, Style::Tower, Contract, None, 1_050),
        ("桥沟花园", 8, Style::Flats, Contract, None, 720),
        ("东关纺织宿舍", 1, Style::Corridor, Trial, Some((23, 90)), 540),
        ("西关供销社家属院", 2, Style::Rows, Entered, None, 240),
        ("仵桥安居苑", 7, Style::Flats, Contract, None, 690),
        ("南关教师楼", 3, Style::Compass, Contract, None, 420),
        ("七里店新区", 9, Style::Flats, Contract, None, 860),
        ("华府名邸", 10, Style::Letters, Contract, None, 1_180),
        ("赵家山移民新居", 11, Style::Rows, Entered, None, 480),
        ("县医院家属院", 1, Style::Compass, Contract, None, 560),
        ("水泥厂南院", 3, Style::Corridor, Trial, Some((58, 90)), 470),
        ("农机站家属楼", 2, Style::Corridor, Entered, None, 310),
        ("和平里小区", 4, Style::Flats, Contract, None, 640),
        ("向阳路8号院", 0, Style::Yard, ThreeNo, None, 210),
        ("金谷苑", 7, Style::Flats, Trial, Some((34, 60)), 580),
        ("百货公司宿舍", 0, Style::Corridor, Trial, Some((6, 90)), 330),
        ("惠民佳苑", 9, Style::Tower, Contract, None, 1_020),
        ("邮电局家属院", 2, Style::Flats, Trial, Some((88, 90)), 370),
        ("漳水人家", 10, Style::Letters, ThreeNo, None, 790),
    ]
};

/// Another name: compound, label within it (empty for itself), the name.
pub(super) const ALIASES: &[(&str, &str, &str)] = &[
    ("康乐苑", "", "老建材厂"),
    ("康乐苑", "5号楼", "后排楼"),
    ("康乐苑", "东门", "菜市场那个门"),
    ("锦绣家园", "", "高层"),
    ("锦绣家园", "1号楼", "临街楼"),
    ("老粮站家属院", "", "老粮站"),
    ("老粮站家属院", "3排", "老粮站后院"),
    ("老粮站家属院", "1排", "老粮站前院"),
    ("老粮站家属院", "大门", "磅房门口"),
    ("广邯小区", "", "铁路边小区"),
    ("北坊新村", "", "北坊新楼"),
    ("北坊新村", "水泵房", "老水塔"),
    ("鼓楼巷12号院", "", "鼓楼大院"),
    ("鼓楼巷12号院", "12号院", "戏台院"),
    ("学府华庭", "", "一中对面"),
    ("东关纺织宿舍", "", "纺织厂"),
    ("西关供销社家属院", "", "供销社"),
    ("南关教师楼", "", "教师楼"),
    ("华府名邸", "A座", "酒店那座"),
    ("赵家山移民新居", "", "移民村"),
    ("县医院家属院", "", "医院后院"),
    ("水泥厂南院", "", "水泥厂"),
    ("农机站家属楼", "", "农机站"),
    ("向阳路8号院", "", "向阳大院"),
    ("百货公司宿舍", "", "百货楼"),
    ("邮电局家属院", "", "邮电局"),
];

/// Standing notes with their place: compound, label, words.
pub(super) const NOTES: &[(&str, &str, &str)] = &[
    ("康乐苑", "3号楼", "楼顶钥匙在东门岗亭"),
    ("康乐苑", "5号楼", "2单元对讲坏了, 到楼下打电话"),
    ("锦绣家园", "1号楼", "电梯维保电话贴在轿厢门边, 机房钥匙在监控室"),
    ("老粮站家属院", "3排", "总水阀在3排西头第一家门前的井里"),
    ("北坊新村", "水泵房", "水泵房钥匙在班长处, 夜里先打电话"),
    ("鼓楼巷12号院", "12号院", "门洞低, 梯子要拆开拿进去"),
];

/// Notes any building may have.
pub(super) const STANDING: &[&str] = &[
    "楼顶钥匙在东门岗亭",
    "楼顶钥匙在保洁工具间",
    "地下室总阀在1单元楼梯下",
    "配电箱钥匙在门房, 找值班保安",
    "一层有老人独居, 停水前先上门说一声",
    "单元门晚十点后自动锁, 进门打住户电话",
    "天然气总阀在楼北侧",
    "下水主管去年换过, 图纸在办公室",
    "楼道窄, 大件从窗户吊",
    "弱电井锁坏, 用内六角开",
];

/// The compounds for so many residents: the 25, and beyond their 15,000 one more for each six hundred.
pub(super) fn all(residents: usize, rng: &mut Rng) -> Vec<Known> {
    const RESIDENTS_OF_25: usize = 15_000;
    const MORE_AT_MOST: usize = 141;
    let mut all: Vec<Known> = KNOWN
        .iter()
        .map(|&(name, community, style, stage, trial, size)| Known {
            name: name.to_owned(),
            community,
            style,
            stage,
            trial,
            size,
        })
        .collect();
    let more = (residents.saturating_sub(RESIDENTS_OF_25) / 600).min(MORE_AT_MOST);
    for n in 0..more {
        all.push(another(n, rng));
    }
    all
}

/// One more compound, with a name no other has.
fn another(n: usize, rng: &mut Rng) -> Known {
    const FIRST: [&str; 24] = [
        "东华",
        "金桥",
        "丽景",
        "翠园",
        "福临",
        "长虹",
        "清漳",
        "太行",
        "云锦",
        "和顺",
        "瑞祥",
        "明德",
        "阳光",
        "玉泉",
        "松林",
        "桃园",
        "新星",
        "永兴",
        "文昌",
        "广场北",
        "滨河",
        "兴业",
        "富康",
        "龙泉",
    ];
    const LAST: [(&str, Style); 8] = [
        ("小区", Style::Flats),
        ("花园", Style::Flats),
        ("家园", Style::Tower),
        ("新村", Style::Flats),
        ("佳苑", Style::Letters),
        ("家属院", Style::Corridor),
        ("公寓", Style::Compass),
        ("大院", Style::Rows),
    ];
    let (last, style) = LAST[(n + n / FIRST.len()) % LAST.len()];
    let (stage, trial) = match rng.below(10) {
        0 => (Stage::ThreeNo, None),
        1 | 2 => (Stage::Entered, None),
        3..=5 => (Stage::Trial, Some((rng.between(1, 90), 90))),
        _ => (Stage::Contract, None),
    };
    let size = usize::try_from(rng.between(300, 900)).unwrap_or(600);
    let name = format!("{}{last}", FIRST[n % FIRST.len()]);
    Known { name, community: rng.below(COMMUNITIES.len()), style, stage, trial, size }
}

/// A building before it is laid out.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// `3`, `B`, `3排`, `12号院`.
    pub name: String,
    /// Stairs; none where addresses have none.
    pub units: Vec<String>,
    /// Floor and room of each home of one stair.
    pub rooms: Vec<(i32, String)>,
    pub lift: bool,
    /// Floor areas of its homes, least and most, in hundredths of a square metre.
    pub area_dm2: (i64, i64),
}

/// The buildings of a compound that shall have about so many homes.
pub(super) fn blocks(known: &Known, homes: usize) -> Vec<Block> {
    match known.style {
        Style::Flats => {
            // 康乐苑 has five buildings whatever its size.
            let units = homes.div_ceil(12).max(if known.name == KNOWN[0].0 { 10 } else { 1 });
            let buildings = if known.name == KNOWN[0].0 { 5 } else { units.div_ceil(4) };
            spread(units, buildings, |n, units| Block {
                name: n.to_string(),
                units: (1..=units).map(|u| u.to_string()).collect(),
                rooms: rooms(6, 2),
                lift: false,
                area_dm2: (6_800, 12_600),
            })
        }
        Style::Compass => {
            let units = homes.div_ceil(15);
            spread(units, units.div_ceil(3), |n, units| Block {
                name: n.to_string(),
                units: ["东", "中", "西"].iter().take(units).map(|&u| u.to_owned()).collect(),
                rooms: rooms(5, 3),
                lift: false,
                area_dm2: (5_600, 9_200),
            })
        }
        Style::Tower => {
            let units = homes.div_ceil(44);
            spread(units, units.div_ceil(2), |n, units| Block {
                name: n.to_string(),
                units: (1..=units).map(|u| u.to_string()).collect(),
                rooms: rooms(11, 4),
                lift: true,
                area_dm2: (8_200, 13_800),
            })
        }
        Style::Letters => {
            let buildings = homes.div_ceil(44);
            spread(buildings, buildings, |n, _| Block {
                name: letter(n),
                units: Vec::new(),
                rooms: rooms(11, 4),
                lift: true,
                area_dm2: (8_800, 14_200),
            })
        }
        Style::Corridor => {
            let buildings = homes.div_ceil(40);
            spread(buildings, buildings, |n, _| Block {
                name: n.to_string(),
                units: Vec::new(),
                rooms: rooms(4, 10),
                lift: false,
                area_dm2: (3_800, 6_200),
            })
        }
        Style::Yard => {
            let yard: String = known.name.chars().filter(|c| c.is_ascii_digit()).collect();
            let single = ["北屋", "南屋", "东屋", "西屋", "东厢房", "西厢房"];
            let buildings = homes.saturating_sub(single.len()).div_ceil(16);
            let mut blocks = spread(buildings, buildings, |n, _| Block {
                name: n.to_string(),
                units: Vec::new(),
                rooms: rooms(2, 8),
                lift: false,
                area_dm2: (4_200, 7_000),
            });
            blocks.push(Block {
                name: format!("{yard}号院"),
                units: Vec::new(),
                rooms: single.iter().map(|&room| (1, room.to_owned())).collect(),
                lift: false,
                area_dm2: (2_200, 4_800),
            });
            blocks
        }
        Style::Rows => {
            // Four fifths in rows, the rest in one building of stairs.
            let rows = (homes * 4 / 5).div_ceil(10).max(3);
            let mut blocks = spread(rows, rows, |n, _| Block {
                name: format!("{n}排"),
                units: Vec::new(),
                rooms: (1..=10).map(|room| (1, room.to_string())).collect(),
                lift: false,
                area_dm2: (3_600, 8_800),
            });
            let units = (homes / 5).div_ceil(10);
            blocks.extend(spread(units, units.div_ceil(3), |n, units| Block {
                name: n.to_string(),
                units: (1..=units).map(|u| u.to_string()).collect(),
                rooms: rooms(5, 2),
                lift: false,
                area_dm2: (5_200, 8_000),
            }));
            blocks
        }
    }
}

/// So many stairs over so many buildings, as evenly as may be.
fn spread(units: usize, buildings: usize, block: impl Fn(usize, usize) -> Block) -> Vec<Block> {
    (0..buildings).map(|n| block(n + 1, units * (n + 1) / buildings - units * n / buildings)).collect()
}

/// 101, 102 ... floor by floor.
fn rooms(floors: i32, doors: i32) -> Vec<(i32, String)> {
    (1..=floors).flat_map(|floor| (1..=doors).map(move |door| (floor, format!("{floor}{door:02}")))).collect()
}

/// A, B ... Z, A1, A2 ...
fn letter(n: usize) -> String {
    let letters: Vec<char> = ('A'..='Z').collect();
    let at = (n - 1) % letters.len();
    let round = (n - 1) / letters.len();
    if round == 0 { letters[at].to_string() } else { format!("{}{round}", letters[at]) }
}
