//! What each coded value is called on the screen and on paper.
//! Codes themselves, as scripts see them, are in `domain`.

use super::{Text, t};
use crate::domain::event::{Entity, EventKind};
use crate::domain::find::{FindKind, Why};
use crate::domain::person::{Care, Relation, Work};
use crate::domain::place::{PlaceKind, Stage};
use crate::domain::shift::{Presence, Template};
use crate::domain::staff::{Rank, Role};
use crate::domain::ticket::{Channel, Missing, Need, Priority, Status, TicketKind};

/// A value that has a label in both languages.
pub trait Labelled {
    /// The label.
    fn label(self) -> Text;
}

macro_rules! labels {
    ($($type:ident { $($variant:ident: $zh:literal, $en:literal;)+ })+) => {$(
        impl Labelled for $type {
            fn label(self) -> Text {
                match self { $(Self::$variant => t($zh, $en)),+ }
            }
        }
    )+};
}

labels! {
    Status {
        New: "待派单", "waiting dispatch";
        Answered: "当场答复", "answered";
        Assigned: "待接单", "assigned";
        Accepted: "已接单", "accepted";
        Working: "处理中", "working";
        Paused: "挂起", "paused";
        Referred: "已转办", "referred";
        Resolved: "待回访", "done, to call back";
        Unable: "暂无法办理", "cannot do now";
        Duplicate: "已并单", "merged";
        Closed: "已归档", "closed";
        Void: "作废", "void";
    }
    Priority { P1: "特急", "danger"; P2: "紧急", "urgent"; P3: "一般", "ordinary"; P4: "计划", "planned"; }
    TicketKind {
        Repair: "报修", "repair"; Complaint: "投诉", "complaint"; Enquiry: "咨询", "enquiry";
        Suggestion: "建议", "suggestion"; Help: "求助", "help"; Praise: "表扬", "praise";
    }
    Channel {
        Phone: "电话", "phone"; WalkIn: "来访", "walk-in"; Patrol: "巡查", "patrol"; Grid: "网格", "grid";
        Hotline: "12345", "12345"; WeChat: "微信", "WeChat"; Letter: "来信", "letter"; Committee: "委员会", "committee";
    }
    Missing {
        Place: "地点", "place"; Phone: "电话", "phone"; Name: "姓名", "name"; Category: "分类", "category";
        OrderNumber: "12345 单号", "12345 order no.";
    }
    Need {
        Staff: "处理人", "handler"; NextOwner: "下一个负责人", "next owner"; Reason: "原因", "reason";
        Result: "处理结果", "result"; Review: "复查时间", "review date"; Body: "外单位名称", "outside body";
        Original: "并入的单号", "ticket it goes into";
    }
    EventKind {
        Taken: "登记", "taken"; Assigned: "派单", "assigned"; Accepted: "收到", "accepted"; Arrived: "到场", "on site";
        Resolved: "修好", "done"; Paused: "挂起", "paused"; Resumed: "恢复", "resumed"; Returned: "退单", "given back";
        Referred: "转办", "referred"; Answered: "答复", "answered"; Deferred: "暂无法办理", "put off";
        Closed: "归档", "closed"; Reopened: "重办", "reopened"; Merged: "并单", "merged"; Voided: "作废", "voided";
        Noted: "备注", "note"; Chased: "催单", "chased"; Joined: "同报", "also affected"; Edited: "更正", "edited";
        Watched: "督办", "watch"; Undone: "撤销", "undone"; Redone: "重做", "made again"; Added: "新增", "added"; Parked: "暂存", "parked";
        Unparked: "取回", "resumed";
    }
    Entity {
        Township: "乡镇", "township"; Place: "地点", "place"; Person: "居民", "resident"; Residency: "居住", "residency";
        Ticket: "工单", "ticket"; Staff: "员工", "member of staff"; Shift: "班次", "shift"; Parked: "暂存", "parked intake";
    }
    FindKind {
        Resident: "居民", "resident"; Home: "房屋", "home"; Place: "地点", "place"; Ticket: "工单", "ticket";
        Staff: "员工", "staff"; Alias: "别名", "alias";
    }
    Why {
        Name: "姓名", "name"; Called: "称呼", "called"; Pinyin: "拼音", "pinyin"; Initials: "首字母", "initials";
        Phone: "电话", "phone"; Room: "房号", "room"; Compound: "小区", "compound"; Number: "单号", "number";
        Words: "内容", "words"; Fuzzy: "近似", "nearly";
    }
    Role {
        Guard: "保安", "guard"; Cleaner: "保洁", "cleaner"; Repairer: "维修", "repairer"; Maintenance: "维护", "maintenance";
        Greenery: "绿化", "greenery"; Desk: "客服", "desk"; Leader: "班长", "leader"; WorksLead: "工程主管", "works lead";
        Manager: "经理", "manager"; GridWorker: "网格员", "grid worker";
    }
    Rank {
        Clerk: "客服", "clerk"; Leader: "班长", "leader"; Manager: "经理", "manager"; Secretary: "社区书记", "secretary";
        Administrator: "管理员", "administrator";
    }
    Template {
        Early: "早班", "early"; Late: "中班", "late"; Night: "夜班", "night"; LongDay: "长白", "long day";
        LongNight: "长夜", "long night"; Office: "行政", "office";
    }
    Presence { Planned: "待到", "planned"; Present: "到岗", "present"; LateIn: "迟到", "late"; Absent: "没来", "absent"; }
    PlaceKind {
        Township: "镇", "township"; Community: "社区", "community"; Compound: "小区", "compound"; Building: "楼栋", "building";
        Unit: "单元", "unit"; Home: "房屋", "home"; Shop: "商铺", "shop"; Bay: "车位", "bay"; Common: "公共部位", "common part";
    }
    Stage { ThreeNo: "三无", "three-no"; Entered: "进驻", "entered"; Trial: "先尝", "trial"; Contract: "签约", "contract"; }
    Relation { Owner: "业主", "owner"; Tenant: "租户", "tenant"; Family: "家属", "family"; }
    Care {
        LivesAlone: "独居", "lives alone"; Disabled: "残疾", "disabled"; MinimumIncome: "低保", "minimum income";
        Pregnant: "孕妇", "pregnant"; Infant: "婴幼儿", "infant"; Over80: "80岁以上", "over 80";
    }
    Work {
        Jobless: "失业", "jobless"; HardToEmploy: "就业困难", "hard to employ"; ZeroJobHousehold: "零就业家庭", "no job in household";
        HardUp: "困难家庭", "hard up"; WantsWork: "愿意就业", "wants work";
    }
}
