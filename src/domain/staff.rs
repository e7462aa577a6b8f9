//! Staff of the company: roles, skills, and which compounds they serve.
//! Who is on duty when is not here; that is `shift`.

use super::id::{PlaceId, StaffId};
use super::person::{PersonName, Phone};
use crate::coded;

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

impl Rank {
    /// Whether this rank may do what needs `least`.
    pub const fn may(self, least: Self) -> bool {
        self as u8 >= least as u8
    }
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
