//! The heads of the columns a sheet may have, in Chinese and English, with the words other systems use for them.
//! How a row of heads is found is not here; that is `mapping`.

use crate::domain::base::import::ImportKind;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The sheet's own number for the row.
    Key,
    /// In a sheet of homes or persons: the number of the owner, which ties the two sheets together.
    OwnerKey,
    /// Name of a person, or of a compound in a sheet of compounds.
    Name,
    /// Name of the compound.
    Compound,
    /// Community.
    Community,
    /// Postal address of a compound.
    Address,
    /// How many buildings.
    Buildings,
    /// Building.
    Building,
    /// Unit.
    Unit,
    /// Floor.
    Floor,
    /// Room.
    Room,
    /// A whole place in one text.
    Place,
    /// Floor area.
    Area,
    /// Phone; several columns may be.
    Phone,
    /// What people call someone; several columns may be.
    Called,
    /// Relation to the home.
    Relation,
    /// Head of the household: yes or no, or his name.
    Head,
    /// Year or date of birth.
    Born,
    /// Age.
    Age,
    /// Identity number, of which only the year of birth is read.
    Identity,
    /// Care flags in words.
    Care,
    /// One care flag, yes or no.
    CareFlag(usize),
    /// Work flags in words.
    Work,
    /// One work flag, yes or no.
    WorkFlag(usize),
    /// Remarks.
    Note,
    /// Role of a member of staff.
    Role,
    /// Skills.
    Skills,
    /// Short heading of a ticket.
    Subject,
    /// Words of a ticket.
    Words,
    /// A day.
    Day,
    /// What kind of day it is.
    DayKind,
    /// When a ticket was taken.
    OpenedAt,
    /// When it was answered or closed.
    ClosedAt,
    /// Category.
    Category,
    /// Channel.
    Channel,
    /// Status.
    Status,
    /// What was done.
    Result,
}

impl Field {
    /// Its name for programs; a head of that name is always understood.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::OwnerKey => "owner_key",
            Self::Name => "name",
            Self::Compound => "compound",
            Self::Community => "community",
            Self::Address => "address",
            Self::Buildings => "buildings",
            Self::Building => "building",
            Self::Unit => "unit",
            Self::Floor => "floor",
            Self::Room => "room",
            Self::Place => "place",
            Self::Area => "area_m2",
            Self::Phone => "phone",
            Self::Called => "called",
            Self::Relation => "relation",
            Self::Head => "is_head",
            Self::Born => "born",
            Self::Age => "age",
            Self::Identity => "id_number",
            Self::Care | Self::CareFlag(_) => "care",
            Self::Work | Self::WorkFlag(_) => "work",
            Self::Note => "note",
            Self::Role => "role",
            Self::Skills => "skills",
            Self::Subject => "subject",
            Self::Words => "words",
            Self::Day => "day",
            Self::DayKind => "kind",
            Self::OpenedAt => "opened_at",
            Self::ClosedAt => "closed_at",
            Self::Category => "category",
            Self::Channel => "channel",
            Self::Status => "status",
            Self::Result => "result",
        }
    }
}

/// A field and the heads it goes by. The first is the usual one, shown when heads are asked for; where two columns of a
/// sheet name the same field, the head that stands earlier here wins. They stand as they are compared: small letters,
/// no blanks, no signs.
pub(super) type Heads = (Field, &'static str);

const KEY: Heads = (Field::Key, "编号 id key 编码 code");
const COMPOUND: Heads = (
    Field::Compound,
    "小区 小区名称 所属小区 小区名 所在小区 楼盘 项目名称 项目 compound compoundname estate \
     residentialcompound",
);
const BUILDING: Heads =
    (Field::Building, "楼栋 楼号 栋 幢 楼栋号 栋号 幢号 楼栋编号 楼座 座 楼 号楼 楼宇 building block buildingno");
const UNIT: Heads = (Field::Unit, "单元 单元号 单元编号 unit unitno entrance");
const FLOOR: Heads = (Field::Floor, "楼层 层 所在楼层 房屋楼层 层数 floor storey");
const ROOM: Heads = (
    Field::Room,
    "房号 房间号 室号 室 房屋号 门牌号 门牌 户号 房间 房间编号 房屋编号 room roomno roomnumber apartment \
     flat door",
);
const PLACE: Heads = (
    Field::Place,
    "住址 房屋 房屋地址 地址 家庭住址 居住地址 房产 房屋坐落 坐落 详细地址 楼栋房号 房源 home place \
     address residence",
);
const AREA: Heads =
    (Field::Area, "建筑面积 面积 房屋面积 产权面积 计费面积 收费面积 套内面积 室内面积 area aream2 floorarea sqm m2");
const PHONE: Heads = (
    Field::Phone,
    "手机 电话 手机号 手机号码 联系电话 联系方式 电话号码 移动电话 业主电话 业主手机 固定电话 座机 \
     备用电话 紧急联系电话 联系人电话 phone mobile tel telephone phones contact phonenumber mobilephone \
     cell",
);
const NOTE: Heads = (Field::Note, "备注 说明 附注 note notes remark remarks comment");

const COMPOUNDS: &[Heads] = &[
    (Field::Name, "小区名称 小区 小区名 名称 楼盘 楼盘名称 项目名称 compound compoundname name estate"),
    (Field::Community, "社区 所属社区 社区名称 村社区 居委会 所属居委会 community neighbourhood neighborhood"),
    (Field::Address, "地址 小区地址 详细地址 位置 坐落 address location"),
    (Field::Buildings, "楼栋数 栋数 幢数 楼数 总栋数 楼栋总数 buildings buildingcount"),
    (Field::Key, "编号 小区编号 编码 代码 id key code number"),
];

const HOMES: &[Heads] = &[
    COMPOUND,
    BUILDING,
    UNIT,
    FLOOR,
    ROOM,
    PLACE,
    AREA,
    (Field::OwnerKey, "业主编号 ownerid ownerno ownerkey"),
    NOTE,
    (Field::Key, "编号 房屋编号 房屋id 房产编号 资产编号 id key homeid code"),
];

const RESIDENTS: &[Heads] = &[
    (
        Field::Name,
        "姓名 业主姓名 业主名称 住户姓名 居民姓名 名称 业主 住户 产权人 产权人姓名 租户姓名 客户名称 客户姓名 \
     人员姓名 联系人 name fullname residentname resident ownername owner",
    ),
    PHONE,
    COMPOUND,
    BUILDING,
    UNIT,
    FLOOR,
    ROOM,
    PLACE,
    (
        Field::Relation,
        "关系 业主类型 与户主关系 与业主关系 住户类型 居民类型 人员类型 身份 客户类型 住户性质 居住性质 \
     relation relationship residenttype ownertype",
    ),
    (Field::Head, "户主 是否户主 户主姓名 ishead head headofhousehold"),
    (Field::Born, "出生年 出生年份 出生日期 出生年月 生日 born birthyear birthdate dateofbirth"),
    (Field::Age, "年龄 age"),
    (Field::Identity, "身份证 身份证号 身份证号码 公民身份号码 证件号码 证件号 idnumber idcard identitynumber"),
    (Field::Called, "称呼 别名 小名 绰号 曾用名 called alias nickname knownas"),
    (Field::Care, "关爱对象 关爱 特殊人群 特殊群体 重点人群 重点关爱 人群标签 care careflags"),
    (Field::Work, "就业情况 就业状况 就业 就业状态 就业帮扶 work workflags employment"),
    (Field::OwnerKey, "业主编号 ownerid ownerno ownerkey"),
    NOTE,
    KEY,
];

const STAFF: &[Heads] = &[
    (Field::Name, "姓名 员工姓名 人员姓名 职工姓名 名字 名称 员工 name fullname staffname staff employee"),
    (Field::Role, "岗位 工种 职务 职位 角色 岗位名称 职责 部门岗位 role post position job jobtitle"),
    PHONE,
    (Field::Skills, "技能 特长 专长 技能特长 持证 证书 skills skill"),
    (
        Field::Compound,
        "服务小区 负责小区 小区 所属小区 小区名称 驻点 服务项目 项目 责任区 片区 compounds compound site \
     serves",
    ),
    (Field::Status, "在职 在职状态 是否在职 员工状态 人员状态 状态 employed active status"),
    (Field::Key, "工号 员工编号 编号 员工号 id key staffid employeeid code"),
];

const TICKETS: &[Heads] = &[
    (
        Field::Words,
        "内容 留言详情 诉求内容 报修内容 投诉内容 问题描述 故障描述 描述 详情 诉求 报事内容 事项内容 工单内容 \
     反映内容 反映问题 具体内容 问题 words description descriptor details content text complaint",
    ),
    (Field::Subject, "主题 留言主题 标题 工单标题 诉求标题 事项 subject title summary"),
    (
        Field::Key,
        "单号 留言编号 工单编号 工单号 编号 订单号 流水号 受理编号 诉求编号 number ticketnumber uniquekey id \
     key no",
    ),
    (
        Field::OpenedAt,
        "登记时间 留言时间 受理时间 报修时间 来电时间 投诉时间 创建时间 上报时间 提交时间 诉求时间 时间 日期 \
     登记日期 报修日期 openedat opened createddate createdat created time date reportedat",
    ),
    (Field::ClosedAt, "办结时间 答复时间 完成时间 关闭时间 回复时间 处理时间 closedat closeddate closed resolvedat"),
    COMPOUND,
    BUILDING,
    UNIT,
    (
        Field::Place,
        "地址 地点 位置 报修地址 报修位置 房号 房屋 房间号 事发地址 发生地点 楼栋房号 住址 place address \
     incidentaddress location room",
    ),
    (
        Field::Name,
        "姓名 留言用户 报修人 联系人 来电人 投诉人 反映人 诉求人 业主姓名 业主 报事人 称呼 用户 name reporter \
     caller customer",
    ),
    PHONE,
    (
        Field::Category,
        "分类 类别 一级标签 工单类型 类型 报修类型 投诉类型 诉求类型 问题类型 报事类型 一级分类 category \
     complainttype type kind",
    ),
    (Field::Channel, "渠道 来源 受理渠道 受理方式 诉求来源 channel source opendatachanneltype"),
    (Field::Status, "状态 工单状态 处理状态 办理状态 status state"),
    (
        Field::Result,
        "处理结果 答复意见 办理结果 回复内容 处理情况 办理情况 答复内容 处理意见 答复 回复 结果 result \
     resolution resolutiondescription reply outcome",
    ),
    NOTE,
];

const CALENDAR: &[Heads] = &[
    (Field::Day, "日期 日子 放假日期 day date"),
    (Field::DayKind, "类型 类别 性质 状态 安排 班休 kind type daytype"),
    (Field::Name, "名称 节日 假日 节假日 假日名称 节日名称 name holiday"),
];

/// The fields of a kind, with the heads they go by.
pub(super) const fn of(kind: ImportKind) -> &'static [Heads] {
    match kind {
        ImportKind::Compounds => COMPOUNDS,
        ImportKind::Homes => HOMES,
        ImportKind::Residents => RESIDENTS,
        ImportKind::Staff => STAFF,
        ImportKind::Tickets => TICKETS,
        ImportKind::Calendar => CALENDAR,
    }
}
