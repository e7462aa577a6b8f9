//! Places: one tree from the township down to homes, bays and common parts.
//! Written forms of a room are not read here; that is `room`.

pub mod query;
pub mod room;

use crate::coded;
use crate::domain::base::id::PlaceId;

coded! {
    /// The level of a place.
    pub enum PlaceKind {
        /// 镇
        Township = "township",
        /// 社区
        Community = "community",
        /// 小区
        Compound = "compound",
        /// 楼栋
        Building = "building",
        /// 单元
        Unit = "unit",
        /// 房屋
        Home = "home",
        /// 商铺
        Shop = "shop",
        /// 车位
        Bay = "bay",
        /// 公共部位
        Common = "common",
    }
}

coded! {
    /// How far a compound has come from "three-no" to a contract.
    pub enum Stage {
        /// 三无
        ThreeNo = "three_no",
        /// 进驻: service started
        Entered = "entered",
        /// 先尝后买
        Trial = "trial",
        /// 签约
        Contract = "contract",
    }
}

impl Stage {
    /// Cleared 清零: no longer without property service.
    pub const fn cleared(self) -> bool {
        !matches!(self, Self::ThreeNo)
    }
}

/// One place. `building`, `unit`, `floor` and `room` are the parts of its written form, kept on every row below the level.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Id.
    pub id: PlaceId,
    /// The place it lies in; none for the township.
    pub parent: Option<PlaceId>,
    /// Level.
    pub kind: PlaceKind,
    /// The compound it lies in (itself for a compound).
    pub compound: Option<PlaceId>,
    /// The building it lies in (itself for a building).
    pub building: Option<PlaceId>,
    /// Unit, `2`.
    pub unit: Option<String>,
    /// Floor; below ground is negative.
    pub floor: Option<i32>,
    /// Room, `501`.
    pub room: Option<String>,
    /// Floor area in square metres.
    pub area_m2: Option<f64>,
    /// What the place is called within its compound: `3-2-501`, `东门`; a compound's or community's own name.
    pub label: String,
    /// Orders labels as people count: 2 before 10.
    pub sort_key: String,
    /// Row version.
    pub version: i64,
}

impl Place {
    /// A place known by its name alone: township, community, compound, common part.
    pub fn named(id: PlaceId, parent: Option<PlaceId>, kind: PlaceKind, name: &str) -> Self {
        Self {
            id,
            parent,
            kind,
            compound: (kind == PlaceKind::Compound).then_some(id),
            building: None,
            unit: None,
            floor: None,
            room: None,
            area_m2: None,
            label: name.to_owned(),
            sort_key: crate::domain::place::room::sort_key(name),
            version: 1,
        }
    }
}
