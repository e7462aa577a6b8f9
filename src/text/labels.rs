//! What each coded value is called on the screen and on paper.
//! Codes themselves, as scripts see them, are in `domain`.

use super::{Lang, Text, t};
use crate::domain::base::calendar::DayKind;
use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::find::{FindKind, Why};
use crate::domain::callback::op::{Verdict, Whom};
use crate::domain::filter::{Flag, Head};
use crate::domain::handover::verify::Owed;
use crate::domain::handover::{Answer, Kind, Section};
use crate::domain::outage::{OutageKind, Phase};
use crate::domain::person::{Care, Flags, Relation, Work};
use crate::domain::place::{PlaceKind, Stage};
use crate::domain::rates::report::Problem;
use crate::domain::rates::{Left, Which};
use crate::domain::roster::coverage::NeedDays;
use crate::domain::roster::duty::Turn;
use crate::domain::roster::rules::{Rule, Severity};
use crate::domain::roster::shift::{Presence, Template};
use crate::domain::roster::{LeaveKind, PlanState};
use crate::domain::staff::{Rank, Role};
use crate::domain::ticket::around::Near;
use crate::domain::ticket::order::Order;
use crate::domain::ticket::priority::Raise;
use crate::domain::ticket::{Channel, Missing, Need, Outcome, Priority, Status, TicketKind, ToldBy};

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
    Head {
        Status: "状态", "status"; Compound: "小区", "compound"; Category: "分类", "cat"; Priority: "级别", "pri";
        Who: "处理人", "who"; Channel: "来源", "channel"; Place: "地点", "place"; From: "从", "from"; To: "到", "to";
    }
    Flag {
        Late: "超时", "late"; Soon: "将到", "soon"; Silent: "没回话", "silent"; Ask: "该问", "ask"; Watched: "督办", "watched";
        Reopened: "重办", "reopened"; Missing: "待补", "missing"; Paused: "挂起", "paused"; Mine: "我的", "mine";
        Closed: "已结", "closed"; All: "全部", "all";
    }
    Order {
        Urgency: "最急在前", "most urgent first"; Due: "先到期在前", "first due first"; Newest: "最新在前", "newest first";
        Oldest: "最早在前", "oldest first"; Compound: "按小区", "by compound"; Handler: "按处理人", "by handler";
    }
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
        OrderNumber: "12345 单号", "12345 order no."; Charge: "材料费用", "materials, fee";
    }
    Need {
        Staff: "处理人", "handler"; NextOwner: "下一个负责人", "next owner"; Reason: "原因", "reason";
        Result: "处理结果", "result"; Review: "复查时间", "review date"; Body: "外单位名称", "outside body";
        BodyPhone: "对方电话或找谁", "their phone, or whom to ask for"; AskAgain: "再问的时间", "when to ask again";
        Original: "并入的单号", "ticket it goes into";
    }
    EventKind {
        Taken: "登记", "taken"; Assigned: "派单", "assigned"; Accepted: "收到", "accepted"; Arrived: "到场", "on site";
        Resolved: "修好", "done"; Paused: "挂起", "paused"; Resumed: "恢复", "resumed"; Returned: "退单", "given back";
        Referred: "转办", "referred"; Asked: "问过外单位", "body asked"; Answered: "答复", "answered"; Deferred: "暂无法办理", "put off";
        Closed: "归档", "closed"; Reopened: "重办", "reopened"; Merged: "并单", "merged"; Voided: "作废", "voided";
        Noted: "备注", "note"; Chased: "催单", "chased"; Joined: "同报", "also affected"; Edited: "更正", "edited";
        Watched: "督办", "watch"; Warned: "已告知危险提示", "told the danger words"; Denied: "不是危险", "not danger"; Told: "已通知处理人", "handler told";
        Raised: "升级", "raised"; Lowered: "取消升级", "raise taken back"; Appointed: "约时间", "appointment"; WatchWords: "交班留意", "watch words";
        Charged: "材料费用", "materials, fee"; Attached: "附件", "file"; Related: "关联", "related"; CalledBack: "回访", "rung back";
        Announced: "停供通知", "outage announced"; Over: "已恢复", "outage over"; Set: "设置", "set"; Reckoned: "重算时限", "due times reckoned";
        Planned: "排班", "roster planned"; Published: "发布排班", "roster published"; Marked: "到岗情况", "presence marked";
        Covered: "顶班", "covered"; Drafted: "交接班一条", "handover line"; Signed: "交班签名", "handover signed";
        TakenOver: "接班签名", "handover accepted"; Removed: "删除", "removed"; Undone: "撤销", "undone"; Redone: "重做", "made again"; Added: "新增", "added"; Parked: "暂存", "parked";
        Unparked: "取回", "resumed";
    }
    Entity {
        Township: "乡镇", "township"; Place: "地点", "place"; Person: "居民", "resident"; Residency: "居住", "residency";
        Ticket: "工单", "ticket"; Staff: "员工", "member of staff"; Shift: "班次", "shift"; Parked: "暂存", "parked intake";
        Outage: "停供", "outage"; Category: "分类", "category"; Calendar: "日历", "calendar"; Filter: "筛选", "filter";
        Roster: "排班", "roster"; Leave: "请假", "leave"; Need: "用人需求", "need"; Handover: "交接班", "handover";
        Operator: "操作员", "operator";
    }
    OutageKind { Water: "停水", "water off"; Power: "停电", "power off"; Heat: "停暖", "heating off"; Gas: "停气", "gas off"; Lift: "电梯停运", "lift out"; Other: "其他停用", "other outage"; }
    Phase { Planned: "计划", "planned"; Running: "正在停", "running"; Overdue: "过点未报恢复", "overdue"; Over: "已恢复", "over"; }
    Near { Same: "同一处", "same place"; Unit: "同单元", "same unit"; Building: "同楼", "same building"; Compound: "本小区", "this compound"; }
    Section {
        Danger: "急", "danger"; Due: "超时将到", "due"; Appointments: "约定", "appts"; Watch: "留意", "watch";
        Reviews: "复查", "reviews"; Callbacks: "回访", "calls"; Parked: "暂存", "parked"; Duty: "下一班", "next";
        Outages: "停供施工", "outages"; Items: "清点", "counts"; Figures: "本班", "figures"; Notes: "备注", "notes";
    }
    Answer { Noted: "收到", "noted"; Question: "有疑问", "question"; Mine: "我来办", "I'll do it"; }
    Kind { Normal: "当面", "face to face"; StandIn: "代接", "stand-in"; Phone: "电话交接", "by phone"; Nobody: "无人交班", "nobody handed over"; }
    Owed {
        Urgent: "急", "urgent"; Watched: "督办", "watched"; Late: "超时", "late"; Due: "将到", "due"; Appointment: "约定", "appointment";
        WatchWords: "留意", "watch words"; Review: "复查", "review"; Ask: "问外单位", "ask the body"; Callback: "回访", "callback"; Parked: "暂存", "parked"; Gap: "缺岗", "gap"; Outage: "停供", "outage";
        Missed: "没人交的班", "shift missed";
    }
    ToldBy { Phone: "电话", "by phone"; Radio: "对讲", "by radio"; Group: "群里", "in the group"; Person: "当面", "in person"; }
    Outcome { Solved: "解决了", "solved"; Unsolved: "没解决", "not solved"; Unreached: "未联系上", "not reached"; }
    Verdict { Satisfied: "满意", "satisfied"; Fair: "基本满意", "fairly"; Dissatisfied: "不满意", "dissatisfied"; }
    Problem { Parking: "停车混乱", "parking"; Building: "私搭乱建", "illegal building"; Clutter: "乱堆乱放", "clutter"; }
    Which { Response: "响应率", "response"; Resolution: "办结率", "resolution"; Satisfaction: "满意率", "satisfaction"; }
    Left {
        Void: "作废", "void"; Duplicate: "已并单", "merged"; Running: "未到时限", "not due yet"; Unrecorded: "没有首次联系的记录", "first contact not recorded";
    }
    Whom { Reporter: "来电人", "reporter"; Affected: "同报人", "also affected"; CameIn: "住户自己来电来访", "came by himself"; }
    Turn {
        OnShift: "在岗", "on shift"; Standby: "备班", "standby"; Next: "下一班", "the next shift"; Unplanned: "没排班的", "who has no shift planned";
        Manager: "经理", "the manager"; Other: "其他人", "others";
    }
    DayKind { Working: "工作日", "working day"; Rest: "休息日", "rest day"; Holiday: "节假日", "holiday"; }
    Raise {
        Care: "关爱对象", "care flag"; Affected: "3人以上受影响", "three or more affected"; Reopened: "第二次重办", "reopened twice";
        Unit: "整单元受影响", "a whole unit out"; Danger: "有危险", "danger";
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
        Own1: "自定一", "own 1"; Own2: "自定二", "own 2"; Own3: "自定三", "own 3";
    }
    LeaveKind { Personal: "事假", "personal leave"; Sick: "病假", "sick leave"; Annual: "年假", "annual leave"; Injury: "工伤", "injury leave"; }
    PlanState { Draft: "草稿", "draft"; Published: "已发布", "published"; }
    NeedDays { Every: "每天", "every day"; Working: "工作日", "working days"; Rest: "休息日", "rest days"; Holiday: "节假日", "holidays"; }
    Rule {
        Overlap: "班次重叠", "shifts overlap"; ShortRest: "休息不足", "too little rest"; TwoADay: "一天两班", "two shifts a day";
        LeaveClash: "请假又有班", "shift on leave"; SkillMissing: "没有这个技能", "skill missing"; NoDayOff: "连上太多天", "no day off";
        WeekHours: "一周工时超", "too many hours";
    }
    Severity { Off: "不查", "off"; Warning: "提醒", "warning"; Hard: "必须改", "hard"; }
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

/// The care flags of a household, each once; what they are called together when the flags themselves are not at hand.
pub fn care(flags: &[Flags], lang: Lang) -> String {
    let mut words: Vec<&str> = Vec::new();
    for label in flags.iter().flat_map(|flags| flags.care()).map(|care| care.label().get(lang)) {
        if !words.contains(&label) {
            words.push(label);
        }
    }
    if words.is_empty() { Raise::Care.label().get(lang).to_owned() } else { words.join(t("、", ", ").get(lang)) }
}

/// Why something was found: what a place is called is no ticket's words, and no more is a worker's role.
pub fn why(kind: Option<FindKind>, why: Why) -> Text {
    match (kind, why) {
        (Some(FindKind::Place | FindKind::Home | FindKind::Alias), Why::Words) => t("地点", "place"),
        (Some(FindKind::Alias), Why::Called) => t("别名", "alias"),
        (Some(FindKind::Staff), Why::Words) => t("岗位", "role"),
        _ => why.label(),
    }
}

/// Of a ticket whose worker has not answered for too long, instead of its status.
pub const SILENT: Text = t("没回话", "no answer");

/// A status where there is little room: whole words, never cut.
pub fn status_in_short(status: Status) -> Text {
    match status {
        Status::New => t("待派单", "to send"),
        Status::Resolved => t("待回访", "call back"),
        Status::Unable => t("暂无法办", "cannot"),
        other => other.label(),
    }
}

/// The same beside other columns on a narrow screen: two wide characters, or five letters.
pub const SILENT_BRIEFLY: Text = t("没回", "mute");

/// A status on a narrow screen: two wide characters, or five letters.
pub fn status_briefly(status: Status) -> Text {
    match status {
        Status::New => t("待派", "new"),
        Status::Answered => t("答复", "told"),
        Status::Assigned => t("待接", "given"),
        Status::Accepted => t("已接", "noted"),
        Status::Working => t("处理", "works"),
        Status::Paused => t("挂起", "pause"),
        Status::Referred => t("转办", "out"),
        Status::Resolved => t("回访", "done"),
        Status::Unable => t("难办", "stuck"),
        Status::Duplicate => t("并单", "twin"),
        Status::Closed => t("归档", "ended"),
        Status::Void => t("作废", "void"),
    }
}

/// A compound's stage where there is little room.
pub fn stage_in_short(stage: Stage) -> Text {
    match stage {
        Stage::ThreeNo => t("三无", "none"),
        Stage::Entered => t("进驻", "in"),
        Stage::Contract => t("签约", "hired"),
        Stage::Trial => Stage::Trial.label(),
    }
}

/// What a field of a ticket is called, by its name in the data file; the name itself where it has no label.
pub fn ticket_field(name: &'static str) -> Text {
    match name {
        "kind" => t("类别", "kind"),
        "channel" => t("渠道", "channel"),
        "category" => t("分类", "category"),
        "priority" => t("紧急程度", "priority"),
        "status" => t("状态", "status"),
        "place" | "place_words" | "compound" => t("地点", "place"),
        "reporter" | "reporter_name" => t("姓名", "name"),
        "reporter_phone" => t("电话", "phone"),
        "assignee" | "assigned_at" => t("处理人", "handler"),
        "next_owner" => t("下一个负责人", "next owner"),
        "respond_by" | "resolve_by" => t("时限", "due times"),
        "contacted_at" => t("到场时间", "time on site"),
        "resolved_at" | "closed_at" | "paused_at" | "opened_at" => t("办理时间", "times of handling"),
        "review_at" => t("复查或再问的时间", "review date, or when to ask again"),
        "appointment_at" => t("约的时间", "appointment"),
        "also_affected" => t("同报", "also affected"),
        "chases" => t("催单", "chases"),
        "reopened" => t("重办", "reopenings"),
        "watched" => t("督办", "watch"),
        "duplicate_of" => t("并单", "merge"),
        "words" => t("内容", "what"),
        "outside_number" => t("12345 单号", "12345 order no."),
        "outside_body" => t("外单位", "outside body"),
        "outside_phone" => t("外单位电话", "phone of the outside body"),
        "result" => t("处理结果", "result"),
        "base_priority" | "raised" => t("紧急程度", "priority"),
        "respond_minutes" | "resolve_minutes" | "clock_from" | "pauses" | "answered_under" => t("时限", "due times"),
        "outer_due" => t("12345 期限", "12345 deadline"),
        "warned_at" => t("危险提示", "danger words"),
        "told_at" | "told_by" => t("通知处理人", "telling the handler"),
        "tries" | "tried_at" | "outcome" => t("回访", "callback"),
        "fee" | "materials" => t("材料费用", "materials, fee"),
        "root_cause" | "related" => t("关联工单", "related tickets"),
        "watch_words" => t("交班留意", "watch words"),
        "attachments" => t("附件", "files"),
        "from" | "to" => t("起止时间", "times"),
        "ended_at" => t("恢复时间", "end"),
        "places" => t("地点", "place"),
        "callers" => t("来电", "callers"),
        "handover_line" => t("交接班的这一条", "this line of the handover"),
        "taken_by" => t("登记人", "who took it"),
        "number" => t("单号", "number"),
        _ => t(name, name),
    }
}
