//! Categories of tickets: the 52 a new township starts with, their limits, and the category that words suggest.
//! They are data in the file afterwards and may be edited there; this table only fills a new one.

use crate::domain::staff::Role;
use crate::domain::ticket::{Priority, danger};

/// A category as kept in the data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// `201`; the hundreds are the group.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Roles that can be sent, the first preferred.
    pub roles: Vec<Role>,
    /// Whether an outside body usually has a part.
    pub outside: bool,
    /// Priority before any raising.
    pub priority: Priority,
    /// Minutes to first contact or arrival.
    pub respond_minutes: i64,
    /// Minutes to done (for danger: to made safe).
    pub resolve_minutes: i64,
    /// What to tell the caller first, in Chinese and English; only categories of danger have it.
    pub script: Option<(String, String)>,
    /// Words in a report that point here.
    pub keywords: Vec<String>,
    /// The township's own rules of danger that point here, one a line; see [`crate::domain::ticket::danger`].
    pub rules: String,
}

/// What a report was recognised as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Danger<'a> {
    /// Its category.
    pub category: &'a Category,
    /// The words that made it danger, as they were said.
    pub words: Vec<String>,
}

/// The category of work inside a home that is paid for.
pub const PAID: &str = "206";

/// The category of a report nobody has sorted yet.
pub const TO_SORT: &str = "000";

/// One row of the starting table: code, zh, en, roles, outside, priority, respond, resolve (minutes), keywords.
type Row = (&'static str, &'static str, &'static str, &'static [Role], bool, Priority, i64, i64, &'static str);

const H: i64 = 60;
const D: i64 = 24 * H;

/// The categories a new township starts with. Limits follow published service promises where one was found and are meant to be edited.
#[rustfmt::skip]
const STARTING: &[Row] = {
    use Priority::{P1, P2, P3, P4};
    use Role::{Cleaner, Desk, Greenery, GridWorker, Guard, Manager, Repairer, WorksLead};
    &[
        // Of danger: what is heard as which is `danger`'s, by rules, not keywords.
        ("101", "电梯困人", "trapped in lift", &[Guard], true, P1, 5, 30, ""),
        ("102", "疑似燃气泄漏", "gas smell", &[Guard], true, P1, 5, 30, ""),
        ("103", "火情", "fire, smoke", &[Guard], false, P1, 5, 30, ""),
        ("104", "外墙脱落高空坠物", "falling pieces", &[Guard, Repairer], false, P1, 15, 2 * H, ""),
        ("105", "井盖缺失路面塌陷", "open manhole, sinkhole", &[Repairer], false, P1, 15, 2 * H, ""),
        ("106", "积水内涝", "flooding", &[Repairer], false, P1, 15, 2 * H, ""),
        ("107", "急病受伤", "medical emergency", &[Guard], false, P1, 5, 30, ""),
        ("108", "打斗行凶入室", "violence, break-in", &[Guard], false, P1, 5, 30, ""),
        ("109", "走失、被锁、失联", "missing or locked in", &[Guard, GridWorker], false, P1, 5, 2 * H, ""),
        ("111", "轻生跳楼", "about to jump, suicide", &[Guard, GridWorker], false, P1, 5, 30, ""),
        ("113", "人员坠落落水", "fallen from height, in water", &[Guard], false, P1, 5, 30, ""),
        ("115", "触电、电线落地", "electric shock, live wire", &[Repairer, Guard], false, P1, 5, 30, ""),
        ("116", "煤烟中毒", "stove fumes (CO)", &[Guard, GridWorker], false, P1, 5, 30, ""),
        ("201", "水管爆裂", "burst pipe", &[Repairer], false, P2, 30, 2 * H, "爆管 爆裂 水管爆 水管+爆 管道+爆 水管+裂 爆水管 喷水 水喷 管子裂 burst"),
        ("202", "室内渗漏", "leak from above", &[Repairer], false, P2, H, D, "漏水 渗水 滴水 楼上漏 顶上漏 天花板 leak dripping"),
        ("203", "停水水压低", "no or low water", &[Repairer], true, P2, 30, D, "停水 没水 水压 水小 no_water water_pressure"),
        ("204", "下水堵塞污水外溢", "sewer blocked", &[Repairer], false, P2, 30, D, "下水 堵了 马桶 地漏 污水 返水 化粪池 blocked_drain sewer toilet drain"),
        ("205", "公共停电跳闸", "common power loss", &[Repairer], true, P2, 30, D, "停电 跳闸 没电 断电 power_cut blackout no_power"),
        ("206", "户内水电(有偿)", "in-home plumbing, electric (paid)", &[Repairer], false, P3, 2 * H, D, "水龙头 插座 开关 客厅+跳闸 卧室+跳闸 厨房+跳闸 屋里+跳闸 家里+跳闸 客厅+灯 卧室+灯 换灯 灯泡 阀门 热水器 洁具 tap socket bulb"),
        ("207", "楼道灯路灯不亮", "lamp out", &[Repairer], false, P3, 4 * H, 2 * D, "楼道灯 路灯 灯不亮 灯坏 声控灯 太黑 lamp light dark"),
        ("208", "单元门门禁道闸故障", "door, access, barrier fault", &[Repairer], false, P2, H, D, "门禁 道闸 单元门 刷不开 关不上 门锁 抬杆 door gate barrier intercom"),
        ("209", "监控故障", "CCTV fault", &[WorksLead], true, P3, 4 * H, 3 * D, "监控 摄像头 camera cctv"),
        ("210", "公共设施损坏", "common fixtures broken", &[Repairer], false, P3, D, 7 * D, "健身器材 栏杆 扶手 座椅 信报箱 围栏 车棚 bench railing fence"),
        ("211", "屋面外墙渗漏", "roof or facade leak", &[WorksLead], false, P4, D, 15 * D, "屋顶漏 屋面 楼顶漏 外墙渗 roof facade"),
        ("212", "消防设施缺损", "fire equipment missing", &[Repairer], false, P2, H, 2 * D, "灭火器 消防栓 消火栓 消防设施 应急灯 extinguisher hydrant"),
        ("213", "道路破损", "road damage", &[WorksLead], false, P4, D, 15 * D, "路面 坑洼 地砖 破损 不平 pothole paving"),
        ("214", "暖气不热漏水", "heating cold or leaking", &[Repairer], true, P2, 2 * H, D, "暖气 地暖 供暖 不热 供热 heating radiator"),
        ("215", "电梯故障未困人", "lift out, nobody inside", &[Repairer], true, P2, 30, D, "电梯坏 电梯停 电梯不动 电梯故障 电梯异响 lift elevator"),
        ("301", "堵塞消防通道", "fire lane blocked", &[Guard], false, P2, 15, H, "消防通道 堵住通道 通道被堵 堵门 fire_lane"),
        ("302", "车位纠纷划线", "bay dispute, markings", &[Guard, Desk], false, P3, 4 * H, 7 * D, "车位 占位 划线 地锁 parking_bay"),
        ("303", "飞线充电楼道停车", "e-bike charging hazard", &[Guard, GridWorker], false, P2, 30, D, "飞线 充电 电动车 电瓶车 e-bike charging"),
        ("304", "噪音扰民", "noise", &[Guard], false, P3, 30, D, "噪音 太吵 吵闹 扰民 广场舞 装修声 noise noisy loud"),
        ("305", "可疑人员治安", "suspicious person", &[Guard], true, P2, 10, 2 * H, "可疑 小偷 被盗 偷 陌生人 打架 治安 持刀 拿刀 动刀 打人 动手 suspicious thief stolen"),
        ("306", "邻里纠纷", "neighbour dispute", &[GridWorker], false, P3, 4 * H, 7 * D, "邻居 纠纷 吵架 邻里 neighbour"),
        ("307", "养犬高空抛物", "dogs, thrown objects", &[Guard, GridWorker], false, P3, 2 * H, 7 * D, "狗 养犬 遛狗 抛物 扔东西 往下扔 dog thrown"),
        ("308", "乱停车", "bad parking", &[Guard], false, P3, H, 4 * H, "乱停 挡车 挪车 停车 堵车 parked parking"),
        ("401", "垃圾满溢未清", "rubbish overflow", &[Cleaner], false, P3, H, 4 * H, "垃圾 垃圾桶 满了 没清 rubbish garbage"),
        ("402", "楼道脏乱堆物", "dirty or cluttered stair", &[Cleaner, GridWorker], false, P3, 4 * H, 2 * D, "楼道脏 堆物 杂物 楼道堆 打扫 dirty clutter stairwell"),
        ("403", "大件建筑垃圾", "bulky or building waste", &[Cleaner], false, P4, D, 3 * D, "大件 建筑垃圾 装修垃圾 旧家具 沙发 bulky rubble sofa"),
        ("404", "污物急清", "spill, urgent clean", &[Cleaner], false, P2, 30, 2 * H, "呕吐 粪便 油污 洒了 污物 玻璃碎 spill vomit glass"),
        ("405", "有害生物", "pests", &[Cleaner], true, P3, D, 3 * D, "老鼠 蟑螂 马蜂 蚊子 鼠害 白蚁 蛇 rats cockroach wasps pests"),
        ("501", "树木倒伏断枝", "fallen tree or branch", &[Greenery, Guard], false, P2, 15, 4 * H, "树倒 断枝 倒伏 树枝断 fallen_tree branch"),
        ("502", "修剪遮光", "pruning", &[Greenery], false, P4, D, 7 * D, "修剪 遮光 树挡 挡光 prune pruning"),
        ("503", "毁绿补种", "damaged green, replant", &[Greenery, GridWorker], false, P4, D, 15 * D, "毁绿 种菜 草坪 补种 绿化带 lawn shrub"),
        ("601", "服务投诉", "service complaint", &[Manager], false, P3, 4 * H, 7 * D, "投诉 态度 没人管 推诿 complaint rude"),
        ("602", "咨询", "enquiry", &[Desk], false, P4, 0, D, "咨询 请问 想问 问一下 收不收 能不能办 怎么办理 怎么交 怎么缴 enquiry question"),
        ("603", "建议表扬", "suggestion, praise", &[Desk], false, P4, D, 15 * D, "建议 表扬 感谢 锦旗 thanks praise suggestion"),
        ("604", "收费争议", "fee dispute", &[Manager], false, P3, 4 * H, 7 * D, "收费 物业费 乱收 退费 fee charge refund"),
        ("605", "违建占用公共部位", "illegal build, encroachment", &[GridWorker], true, P4, D, 15 * D, "违建 私搭 乱建 占用 违章 illegal_building encroach"),
        ("606", "试用评价签约意愿", "trial opinion", &[Manager], false, P4, D, 7 * D, "试用 先尝后买 签约 续约 trial"),
        ("607", "困难帮扶就业登记", "hardship, job registration", &[GridWorker, Desk], false, P3, D, 7 * D, "困难 帮扶 就业 找工作 低保 上岗 hardship job"),
        (TO_SORT, "待分类", "to sort", &[Desk], false, P3, 4 * H, 7 * D, ""),
    ]
};

/// What callers are told first in the categories of danger.
const SCRIPTS: &[(&str, &str, &str)] = &[
    (
        "101",
        "别扒门, 按警铃; 有人不舒服打 120; 电梯公司和保安马上到",
        "Do not force the doors, press the alarm; ring 120 if anyone is unwell; the lift firm and a guard are coming",
    ),
    (
        "102",
        "别开关电器, 别点火; 开窗, 关总阀, 到楼外打燃气公司抢修电话, 有人晕倒打 120, 着火打 119",
        "No switches, no flame; open windows, close the main valve, go outside and ring the gas firm; 120 if anyone faints, 119 for fire",
    ),
    (
        "103",
        "先打 119; 有烟弯腰走楼梯, 别坐电梯, 随手关门; 电器、电动车着火别泼水; 有人受伤打 120",
        "Ring 119 first; in smoke keep low, take the stairs, not the lift, close doors; no water on e-bikes or wires; 120 for the hurt",
    ),
    (
        "104",
        "离墙远一点, 别让人和车靠近; 有人受伤打 120",
        "Keep away from the wall and keep people and cars off; ring 120 if anyone is hurt",
    ),
    (
        "105",
        "请在旁边拦一下人和车, 别靠近; 有人掉下去打 119、120",
        "Keep people and cars away; ring 119 and 120 if anyone has fallen in",
    ),
    (
        "106",
        "断开低处的电, 别趟水, 先到高处; 有人被困打 119",
        "Cut the power low down, do not wade, go up; ring 119 if anyone is trapped",
    ),
    (
        "107",
        "先打 120, 说清在哪、人醒不醒; 别乱搬动, 没呼吸就按压胸口, 流血就压住; 吃错药的把药瓶留着; 保安马上到",
        "Ring 120 first: where, and whether they answer; do not move them; no breath: press the chest; bleeding: press on it; keep the pill box; a guard is coming",
    ),
    (
        "108",
        "先打 110; 躲进屋里锁好门, 别上前、别激他; 有人受伤打 120; 保安马上到",
        "Ring 110 first; stay behind a locked door, do not face or provoke them; 120 for the hurt; a guard is coming",
    ),
    (
        "109",
        "走失先打 110, 屋里没人应、锁在里面先打 119, 人不好打 120; 门口别离人; 说清年纪、衣着、在哪不见的; 保安马上到, 查监控、看门口",
        "Lost: ring 110 first; no answer or locked in: ring 119 first, 120 if unwell; stay at the door; say age, clothes, where last seen; a guard is coming and watches gates and cameras",
    ),
    (
        "111",
        "先打 110 和 119; 别激他、别硬拉, 稳住慢慢说话; 下面让开; 已经受伤或吃了药打 120",
        "Ring 110 and 119 first; do not provoke or grab, keep talking calmly; clear the ground below; 120 if hurt or after pills",
    ),
    (
        "113",
        "先打 120, 掉进井里、水里再打 119; 别跟着下去, 递绳子、竿子; 摔下来的别搬动",
        "Ring 120 first, and 119 for a well or water; do not go in after them, reach a rope or pole; do not move who fell",
    ),
    (
        "115",
        "别碰人和电线, 先断总闸; 断不了就离十步远、别趟水; 有人触电打 120, 电线落地打 95598",
        "Touch neither the person nor the wire, cut the main switch; else keep ten steps off, no wading; 120 for the shocked, 95598 for a fallen line",
    ),
    (
        "116",
        "马上开门窗, 扶人到屋外; 头晕、叫不醒打 120; 别再回屋里, 炉子等人来处理",
        "Open doors and windows, bring everybody outside; 120 for the dizzy or unconscious; do not go back in, leave the stove",
    ),
];

/// The categories a new township starts with.
pub fn starting() -> Vec<Category> {
    // A keyword of several English words is written with underscores.
    let words = |text: &str| text.split_whitespace().map(|word| word.replace('_', " ")).collect();
    STARTING
        .iter()
        .map(|&(code, zh, en, roles, outside, priority, respond_minutes, resolve_minutes, keywords)| Category {
            code: code.to_owned(),
            zh: zh.to_owned(),
            en: en.to_owned(),
            roles: roles.to_vec(),
            outside,
            priority,
            respond_minutes,
            resolve_minutes,
            script: SCRIPTS.iter().find(|s| s.0 == code).map(|s| (s.1.to_owned(), s.2.to_owned())),
            keywords: words(keywords),
            rules: String::new(),
        })
        .collect()
}

/// A limit as a person types it, in minutes: `30`, `30分`, `4小时`, `1小时30分`, `7天`, `30m`, `4h`, `7d`.
pub fn limit_of_text(text: &str) -> Option<i64> {
    let text = crate::domain::base::clean::half_width(text).to_lowercase();
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let mut minutes = 0_i64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let n: i64 = rest[..digits].parse().ok().filter(|n| *n < 1_000_000)?;
        let unit = rest[digits..].trim_start();
        const UNITS: &[(&str, i64)] = &[
            ("minutes", 1),
            ("分钟", 1),
            ("min", 1),
            ("分", 1),
            ("m", 1),
            ("hours", H),
            ("hour", H),
            ("小时", H),
            ("钟头", H),
            ("h", H),
            ("days", D),
            ("day", D),
            ("天", D),
            ("日", D),
            ("d", D),
        ];
        let (unit, each) = match UNITS.iter().find_map(|(name, each)| unit.strip_prefix(name).map(|rest| (rest, *each)))
        {
            Some(found) => found,
            None if unit.is_empty() => ("", 1),
            None => return None,
        };
        minutes += n * each;
        rest = unit.trim_start();
    }
    Some(minutes)
}

/// Whether the words hold a keyword; of `电梯+困` both parts, wherever they stand.
fn holds(words: &str, keyword: &str) -> bool {
    keyword.split('+').all(|part| words.contains(part))
}

/// The danger the words tell of: by the township's own rules, by the built-in ones, by keywords of a category that tells
/// callers something first, or by what was learned. A township's own word says more of it than sentences from elsewhere.
///
/// What a person `denied` counts no more: a danger told by those words alone. Any other is heard all the same.
pub fn danger_in<'a>(words: &str, categories: &'a [Category], denied: &[String]) -> Option<Danger<'a>> {
    let own = danger::Own::of(categories.iter().map(|category| (category.code.as_str(), category.rules.as_str())));
    let found = danger::find_with(words, &own, denied).and_then(|found| {
        let category = categories.iter().find(|category| category.code == found.what);
        let category = category.filter(|category| category.script.is_some())?;
        Some((Danger { category, words: found.words }, found.by_weight))
    });
    match found {
        Some((danger, false)) => Some(danger),
        Some((danger, true)) => danger_by_keyword(words, categories, denied).or(Some(danger)),
        None => danger_by_keyword(words, categories, denied),
    }
}

fn danger_by_keyword<'a>(words: &str, categories: &'a [Category], denied: &[String]) -> Option<Danger<'a>> {
    let said = words.to_lowercase();
    let named = |category: &Category| -> Vec<String> {
        let keywords = category.keywords.iter().filter(|keyword| holds(&said, keyword));
        keywords.flat_map(|keyword| keyword.split('+')).map(str::to_owned).collect()
    };
    let stays =
        |category: &&Category| category.script.is_none() || named(category).iter().any(|word| !denied.contains(word));
    let category = pointed_to(words, categories.iter().filter(stays)).filter(|category| category.script.is_some())?;
    Some(Danger { category, words: named(category) })
}

/// All words that are heard as danger, of whatever kind.
pub fn words_of_danger(words: &str, categories: &[Category]) -> Vec<String> {
    let mut heard: Vec<String> = Vec::new();
    while let Some(danger) = danger_in(words, categories, &heard) {
        let before = heard.len();
        let new = danger.words.into_iter().filter(|word| !heard.contains(word)).collect::<Vec<_>>();
        heard.extend(new);
        if heard.len() == before {
            break;
        }
    }
    heard
}

/// The category the words point to. Nothing when none is named.
pub fn suggest<'a>(words: &str, categories: &'a [Category]) -> Option<&'a Category> {
    suggest_despite(words, categories, &[])
}

/// The same where a person `denied` that these words tell of danger.
pub fn suggest_despite<'a>(words: &str, categories: &'a [Category], denied: &[String]) -> Option<&'a Category> {
    let danger = danger_in(words, categories, denied).map(|danger| danger.category);
    danger.or_else(|| suggest_ordinary(words, categories))
}

/// The category the words point to when a person says that it is no danger.
pub fn suggest_ordinary<'a>(words: &str, categories: &'a [Category]) -> Option<&'a Category> {
    pointed_to(words, categories.iter().filter(|category| category.script.is_none()))
}

/// The category keywords point to: most and longest keywords win, and those of danger count three times: a script shown once
/// too often costs a glance.
fn pointed_to<'a>(words: &str, categories: impl Iterator<Item = &'a Category>) -> Option<&'a Category> {
    let words = words.to_lowercase();
    let weight = |category: &Category| -> usize {
        let named: usize =
            category.keywords.iter().filter(|k| holds(&words, k)).map(|k| k.chars().count().pow(2)).sum();
        if category.script.is_some() { named * 3 } else { named }
    };
    categories
        .map(|category| (weight(category), category))
        .filter(|(weight, _)| *weight > 0)
        .max_by(|(a, one), (b, other)| a.cmp(b).then(other.priority.cmp(&one.priority)).then(other.code.cmp(&one.code)))
        .map(|(_, category)| category)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_holds_for_the_words_it_was_said_of_and_for_no_others() {
        let categories = starting();
        let denied = words_of_danger("楼道里黑烟是假的, 灯不亮", &categories);
        let code = |words: &str| suggest_despite(words, &categories, &denied).map(|category| category.code.as_str());
        assert_eq!(code("楼道里黑烟是假的, 灯不亮"), Some("207"));
        assert_eq!(code("楼道里黑烟是假的, 灯不亮, 有人触电了"), Some("115"));
        assert_eq!(code("楼道里黑烟是假的, 灯不亮, 电表着火了"), Some("103"), "the same kind, told by other words");
        let both = "楼道里黑烟是假的, 有人触电也是假的, 灯不亮";
        let denied = words_of_danger(both, &categories);
        assert_eq!(danger_in(both, &categories, &denied), None, "one denial is of all that was heard");
        // A danger of a township's keywords.
        let mut own = starting();
        own[0].keywords = vec!["马蜂窝".to_owned()];
        let denied = words_of_danger("门口有马蜂窝", &own);
        assert_eq!((denied.clone(), danger_in("门口有马蜂窝", &own, &denied)), (vec!["马蜂窝".to_owned()], None));
    }

    #[test]
    fn fifty_two_and_each_code_once() {
        let all = starting();
        let codes: std::collections::BTreeSet<_> = all.iter().map(|c| &c.code).collect();
        assert_eq!((all.len(), codes.len()), (52, 52));
        assert!(
            all.iter().all(|c| !c.zh.is_empty() && !c.en.is_empty() && !c.roles.is_empty() && c.resolve_minutes > 0)
        );
        let danger: Vec<_> = all.iter().filter(|c| c.script.is_some()).map(|c| c.code.as_str()).collect();
        assert_eq!(danger, ["101", "102", "103", "104", "105", "106", "107", "108", "109", "111", "113", "115", "116"]);
        assert!(danger::Kind::ALL.iter().all(|kind| danger.contains(&kind.category())));
        // The first words serve who is lost and who is behind a door alike.
        let (zh, en) = all.iter().find(|c| c.code == "109").and_then(|c| c.script.as_ref()).expect("a script");
        assert!(zh.split_once(';').is_some_and(|(first, _)| first.contains("110") && first.contains("119")), "{zh}");
        assert!(en.chars().take(60).collect::<String>().contains("119"), "{en}");
        assert!(all.iter().filter(|c| c.priority == Priority::P1).all(|c| c.script.is_some()));
    }

    #[test]
    fn words_suggest() {
        let all = starting();
        for (words, code) in [
            ("厨房顶上漏水", Some("202")),
            ("有人困在电梯里", Some("101")),
            ("电梯坏了不动", Some("215")),
            ("电梯里有人被困", Some("101")),
            ("电梯停了里面有人", Some("101")),
            ("电梯卡在三楼四楼中间,里面关着两个人和一个孩子", Some("101")),
            ("电梯里面关着两个人", Some("101")),
            ("电梯坏了,里头还有人呢", Some("101")),
            ("电梯停在五楼, 里面有个老人", Some("101")),
            ("people inside, the lift will not move", Some("101")),
            ("客厅灯一开就跳闸", Some("206")),
            ("整栋楼跳闸了", Some("205")),
            ("有人触电", Some("115")),
            ("电动车充电冒烟", Some("103")),
            ("老人晕倒在楼道", Some("107")),
            ("5号楼顶有人要跳楼", Some("111")),
            ("女的说不想活了, 要跳下去", Some("111")),
            ("老太太摔了一跤起不来", Some("107")),
            ("a man fainted in the stairwell", Some("107")),
            ("somebody wants to jump off the roof", Some("111")),
            ("煤气中毒, 人叫不醒", Some("116")),
            ("楼道灯不亮, 怕老人摔着", Some("207")),
            ("落水管漏水", Some("202")),
            ("楼上吊顶漏水", Some("202")),
            ("对门吵架动手了, 拿刀", Some("108")),
            ("厨房水管又爆了, 水漫到楼下, 急", Some("201")),
            ("楼道里电动车冒火", Some("103")),
            ("孩子掉井里了", Some("113")),
            ("阳台瓷砖掉下来砸到人", Some("104")),
            ("闻到煤气味", Some("102")),
            ("消防通道被车堵了", Some("301")),
            ("楼道灯不亮", Some("207")),
            ("暖气不热", Some("214")),
            ("Leak in the kitchen", Some("202")),
            ("there is no water", Some("203")),
            ("a fire lane is blocked by a van", Some("301")),
            ("你好", None),
        ] {
            assert_eq!(suggest(words, &all).map(|c| c.code.as_str()), code, "{words}");
        }
    }
}
