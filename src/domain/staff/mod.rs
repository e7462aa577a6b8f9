//! Staff of the company: roles, skills, and which compounds they serve.
//! Who is on duty when is not here; that is `shift`.

pub mod departure;
pub mod query;

use super::person::{PersonName, Phone};
use crate::coded;
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::ticket::category::Category;

coded! {
    /// What a member of staff does.
    pub enum Role {
        /// 保安
        Guard = "guard",
        /// 保洁
        Cleaner = "cleaner",
        /// 维修
        Repairer = "repairer",
        /// 维护
        Maintenance = "maintenance",
        /// 绿化
        Greenery = "greenery",
        /// 客服
        Desk = "desk",
        /// 班长
        Leader = "leader",
        /// 工程主管
        WorksLead = "works_lead",
        /// 经理
        Manager = "manager",
        /// 网格员: not staff of the company, but sent to like one.
        GridWorker = "grid_worker",
    }
}

coded! {
    /// What an operator may do at the desk.
    pub enum Rank {
        /// 客服
        Clerk = "clerk",
        /// 班长
        Leader = "leader",
        /// 经理
        Manager = "manager",
        /// 社区书记: a manager's rights over the own community.
        Secretary = "secretary",
        /// 管理员
        Administrator = "administrator",
    }
}

/// Words of a role as sheets write them, the more particular first.
const ROLES: &[(&str, Role)] = &[
    ("经理", Role::Manager),
    ("主管", Role::WorksLead),
    ("班长", Role::Leader),
    ("队长", Role::Leader),
    ("网格", Role::GridWorker),
    ("客服", Role::Desk),
    ("前台", Role::Desk),
    ("保安", Role::Guard),
    ("秩序", Role::Guard),
    ("门卫", Role::Guard),
    ("保洁", Role::Cleaner),
    ("清洁", Role::Cleaner),
    ("绿化", Role::Greenery),
    ("园林", Role::Greenery),
    ("维修", Role::Repairer),
    ("水电", Role::Repairer),
    ("电工", Role::Repairer),
    ("维护", Role::Maintenance),
    ("manager", Role::Manager),
    ("works", Role::WorksLead),
    ("leader", Role::Leader),
    ("grid", Role::GridWorker),
    ("desk", Role::Desk),
    ("guard", Role::Guard),
    ("clean", Role::Cleaner),
    ("green", Role::Greenery),
    ("repair", Role::Repairer),
    ("maint", Role::Maintenance),
];

impl Role {
    /// The role some words name: 维修工, `Repairer`; none when they name none.
    pub fn of_words(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        ROLES.iter().find(|(word, _)| text.contains(word)).map(|(_, role)| *role)
    }
}

impl Rank {
    /// Whether this rank may do what needs `least`.
    pub const fn may(self, least: Self) -> bool {
        self as u8 >= least as u8
    }
}

/// Words for those who work here.
const EMPLOYED: &[&str] = &["在职", "在岗", "是", "yes", "y", "1", "true", "active", "employed"];
/// Words for those who do no more.
const LEFT: &[&str] = &[
    "离职",
    "已离职",
    "离岗",
    "辞职",
    "已辞职",
    "辞退",
    "已辞退",
    "退休",
    "已退休",
    "不在职",
    "否",
    "no",
    "n",
    "0",
    "false",
    "left",
    "inactive",
    "resigned",
    "retired",
];

/// Whether words say that somebody is employed, or that he has left; none when they say neither.
pub fn employed(text: &str) -> Option<bool> {
    let text = text.trim().to_lowercase();
    let among = |words: &[&str]| words.contains(&text.as_str());
    if among(LEFT) { Some(false) } else { among(EMPLOYED).then_some(true) }
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Id.
    pub id: StaffId,
    /// Name.
    pub name: PersonName,
    /// Role.
    pub role: Role,
    /// Phone.
    pub phone: Option<Phone>,
    /// Skills in free words (水电, 门锁).
    pub skills: Vec<String>,
    /// Compounds served; empty means all.
    pub serves: Vec<PlaceId>,
    /// Whether still employed.
    pub active: bool,
    /// Row version.
    pub version: i64,
}

/// Trades that are not named by the words of the work: what a skill word answers to, as words of categories.
const TRADES: &[(&str, &[&str])] = &[
    ("水电", &["水", "电", "漏", "灯", "插座", "阀门"]),
    ("水暖", &["水", "漏", "暖"]),
    ("管道", &["水管", "管子", "下水", "漏", "水压", "返水", "井"]),
    ("电工", &["电", "灯", "插座"]),
    ("门锁", &["门禁", "单元门", "门锁", "道闸"]),
    ("木工", &["门锁", "座椅", "扶手"]),
    ("焊工", &["栏杆", "围栏", "井盖", "健身器材"]),
    ("高空", &["外墙", "屋面", "楼顶", "坠物", "断枝"]),
    ("泵房", &["水压", "停水"]),
    ("巡逻", &["可疑", "噪音", "乱停", "通道"]),
    ("监控室", &["监控", "可疑"]),
    ("电梯救援", &["电梯困人", "困在电梯"]),
    ("急救", &["困人"]),
    ("楼道", &["楼道脏", "垃圾", "污物"]),
    ("垃圾清运", &["垃圾"]),
    ("消杀", &["有害生物", "老鼠", "蟑螂"]),
    ("油锯", &["断枝", "树倒", "修剪"]),
    ("打药", &["有害生物", "白蚁"]),
    ("土建", &["路面", "外墙", "屋面", "塌陷"]),
];

/// The skill that helps with a category, the first that does: its word, or one the trade stands for (`TRADES`), is in the
/// category's names or among the plain words that point to it. Nothing is guessed from single characters of the skill.
pub fn skill_for<'a>(skills: &'a [String], category: &Category) -> Option<&'a str> {
    let held = |word: &str| {
        category.zh.contains(word)
            || category.en.to_lowercase().contains(word)
            || category.keywords.iter().any(|keyword| keyword.contains(word))
    };
    let answers = |skill: &&String| {
        let word = skill.trim().to_lowercase();
        let trade = TRADES.iter().find(|(name, _)| *name == word);
        !word.is_empty() && (held(&word) || trade.is_some_and(|(_, words)| words.iter().any(|word| held(word))))
    };
    skills.iter().find(answers).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ticket::category::starting;

    #[test]
    fn who_is_employed_is_said_in_words_and_guessed_from_nothing_else() {
        assert_eq!([employed("在职"), employed(" Yes ")], [Some(true); 2]);
        assert_eq!([employed("已离职"), employed("退休"), employed("Left"), employed("否")], [Some(false); 4]);
        assert_eq!([employed(""), employed("待离职"), employed("试用期")], [None; 3]);
    }

    #[test]
    fn a_skill_answers_by_its_word_or_by_its_trade() {
        let categories = starting();
        let category = |code: &str| categories.iter().find(|category| category.code == code).expect("a category");
        let skills = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let helps = |words: &[&str], code: &str| skill_for(&skills(words), category(code)).map(str::to_owned);
        assert_eq!(helps(&["木工", "水电"], "201").as_deref(), Some("水电"), "a burst pipe");
        assert_eq!(helps(&["门锁"], "208").as_deref(), Some("门锁"));
        assert_eq!(helps(&["电梯"], "215").as_deref(), Some("电梯"), "its own word");
        assert_eq!(helps(&["修剪"], "502").as_deref(), Some("修剪"));
        assert_eq!(helps(&["Pruning"], "502").as_deref(), Some("Pruning"), "English too");
        assert_eq!(helps(&["水电"], "401"), None, "rubbish");
        assert_eq!(helps(&["", " "], "201"), None);
        for (name, words) in TRADES {
            let needed = categories.iter().any(|category| skill_for(&skills(&[name]), category).is_some());
            assert!(needed && !words.is_empty(), "{name} helps with nothing");
        }
    }
}
