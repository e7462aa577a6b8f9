//! What a status in somebody else's words means: those of this program in both languages, of other programs and of the
//! 12345 hotline. What an import makes of the meaning is decided by `Status::imported`; sheets are not read here.

use super::Status;
use crate::domain::base::clean;

/// The words for each status, as they are compared: small letters, no blanks, no signs. Those of this program come first.
const SAID: [(Status, &str); 12] = [
    (
        Status::New,
        "待派单 new open waitingdispatch tosend reopened unassigned submitted received registered \
         confirmed todo tobedone backlog unresolved notstarted notdone notclosed draft unspecified 待处理 \
         待受理 待办 待办理 待分派 待分配 待派 待派工 待派发 待签收 待审核 待维修 待解决 待答复 待回复 \
         待反馈 待整改 待完成 待办结 待结案 未处理 未派单 未受理 未办理 未办结 未解决 未完成 未答复 \
         未回复 未反馈 未结案 未关闭 未结 未分派 未整改 未开始 新建 新增 新工单 已登记 已提交 已上报 \
         已创建 已录入 登记 打开 开启 已退回 退回 退单 已退单 已驳回 驳回 重办 重新办理 重新打开 已重办 \
         已重开 督办 督办中 已督办 supervised undersupervision 催办 已催办 催办中 催单 超时 已超时 超期 已超期 逾期 已逾期 即将超期 \
         紧急",
    ),
    (Status::Answered, "当场答复 answered 直接答复 现场答复"),
    (
        Status::Assigned,
        "待接单 assigned dispatched processingassigned processingplanned emailsent scheduled \
         actionscheduled planned 已派单 派单 派单中 已派 已派工 已派发 已分派 已分配 已指派 已交办 交办 \
         已下派 已下发 已转派 已改派 待接收 待确认 待上门 已预约",
    ),
    (
        Status::Accepted,
        "已接单 accepted acknowledged 已受理 受理 已接收 已签收 已确认 已收到 已接 已立案 立案 已审核 \
         审核通过",
    ),
    (
        Status::Working,
        "处理中 working inprogress started processing ongoing active investigating underreview inreview \
         underinvestigation 受理中 办理中 维修中 施工中 整改中 进行中 跟进中 跟进 已跟进 持续跟进 核实中 \
         调查中 处置中 审核中 协调中 正在处理 正在办理 正在维修 已到场 已上门 已出发 已开始 会办中 协办中",
    ),
    (
        Status::Paused,
        "挂起 paused pending pendingreminder onhold hold stalled suspended waiting waitingoncustomer \
         waitingforcustomer waitingonthirdparty waitingonparts deferred 已挂起 挂起中 暂停 已暂停 暂缓 \
         已延期 延期 延期中 延期办理 等待 等待中 待料 等料 待配件 缺料 搁置 暂存",
    ),
    (
        Status::Referred,
        "已转办 referred internalreferral escalated transferred forwarded 转办 转办中 已转交 转交 已转 \
         已移交 已转外单位 已上报街道 已升级 已转12345",
    ),
    (
        Status::Resolved,
        "待回访 donetocallback callback pendingclose toclose 待评价 待验收 待关闭 待归档 待核验 回访中 \
         验收中 已办结待回访 已完成待回访 已处理待回访 已完成待评价",
    ),
    (Status::Unable, "暂无法办理 unable cannotdonow cannot unabletofix 无法办理 无法处理 暂无法处理 无法解决 难办"),
    (Status::Duplicate, "已并单 merged duplicate duplicated 并单 已合并 合并 重复 重复单 重复工单 重复件"),
    (
        Status::Closed,
        "已归档 closed done closedtesting closedsuccessful closedunsuccessful resolved solved completed \
         complete fixed fixedcouncil fixeduser finished archived ended nofurtheraction notresponsible \
         归档 办结 已办结 办结归档 正常办结 按期办结 超期办结 已办 已办理 已办完 办理完成 办理完毕 完成 \
         已完成 完结 已完结 完工 已完工 关闭 已关闭 结案 已结案 已结 结束 已结束 结单 已结单 销单 已销单 \
         销号 已销号 闭环 已闭环 处理完成 处理完毕 已处理 已处理完 已处理完成 已处置 处置完毕 已解决 \
         已修复 已修好 已维修 维修完成 已整改 整改完成 已答复 已回复 答复 已回访 回访完成 已评价 已验收 \
         验收通过 不予受理 不受理",
    ),
    (
        Status::Void,
        "作废 void voided cancel cancelled canceled withdrawn deleted removed rejected invalid spam \
         已作废 取消 已取消 撤销 已撤销 撤单 已撤单 撤回 已撤回 无效 无效工单 已删除",
    ),
];

/// The words among them that somebody above watches how it is done.
const WATCHED: [&str; 5] = ["督办", "督办中", "已督办", "supervised", "undersupervision"];

/// Whether a status of a sheet says that the report is under watch.
pub fn is_watched(text: &str) -> bool {
    parts(&clean::folded(text)).any(|part| WATCHED.contains(&compared(part).as_str()))
}

impl Status {
    /// The status that a word of a sheet means, however it is spaced or bracketed; nothing when it is not known.
    ///
    /// Of several in one cell (`已办结/待回访`) it is the one that is least at an end, and all of them must be known.
    pub fn said(text: &str) -> Option<Self> {
        let text = clean::folded(text);
        if let Some(status) = looked_up(&text) {
            return Some(status);
        }
        let mut parts = parts(&text).map(looked_up);
        let first = parts.next()??;
        parts.try_fold(first, |least, part| part.map(|part| if end(part) < end(least) { part } else { least }))
    }

    /// The status an imported report of this status gets: who has it is not known here, so that what is under way is
    /// sent anew, and the ticket another was merged into is not in the sheet.
    pub const fn imported(self) -> Self {
        match self {
            Self::Answered | Self::Resolved | Self::Closed | Self::Void => self,
            Self::Duplicate => Self::Void,
            _ => Self::New,
        }
    }

    /// Some of the words known for statuses imported as this one, for a sentence: Chinese ones or English ones.
    pub fn known_words(self, chinese: bool) -> impl Iterator<Item = &'static str> {
        let of_this = SAID.iter().filter(move |(status, _)| status.imported() == self);
        of_this.flat_map(move |(_, words)| words.split(' ').filter(move |word| word.is_ascii() != chinese).take(2))
    }
}

/// How near to its end a report of this status is.
const fn end(status: Status) -> u8 {
    match status {
        Status::Void | Status::Duplicate => 3,
        Status::Closed => 2,
        Status::Answered | Status::Resolved => 1,
        _ => 0,
    }
}

/// What stands in one cell beside each other.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(['(', ')', '[', ']', '【', '】', '/', '、', ',', ';', '|', '\n']);
    parts.filter(|part| !compared(part).is_empty())
}

fn looked_up(text: &str) -> Option<Status> {
    let word = compared(text);
    let found = SAID.iter().find(|(_, words)| words.split(' ').any(|known| known == word));
    found.map(|(status, _)| *status)
}

fn compared(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_word_has_one_meaning_and_is_listed_as_it_is_compared() {
        let mut seen = HashSet::new();
        for (status, words) in SAID {
            for word in words.split(' ') {
                assert!(seen.insert(word), "{word} is listed twice");
                assert_eq!(compared(&clean::folded(word)), word);
                assert_eq!(Status::said(word), Some(status), "{word}");
            }
        }
        assert_eq!(SAID.map(|(status, _)| status)[..].iter().collect::<HashSet<_>>().len(), Status::ALL.len());
    }

    #[test]
    fn statuses_of_other_programs_by_their_meaning() {
        for open in [
            "已派单",
            "已受理",
            "已接单",
            "已转办",
            "办理中",
            "跟进中",
            "挂起",
            "督办",
            "已督办",
            "已签收",
            "已退回",
            "Assigned",
            "In Progress",
            "in_progress",
            "Open",
            "Pending",
            "pending reminder",
            "Processing (assigned)",
            "未办结",
            "未完成",
            "Not Done",
            "unresolved",
            " 处理中 ",
            "办理中（超期）",
            "已办结、已重办",
        ] {
            assert_eq!(Status::said(open).map(Status::imported), Some(Status::New), "{open}");
        }
        for ended in
            ["Closed", "CLOSED", "Closed - Testing", "已办结", "已 办 结", "办结(已回访)", "ｃｌｏｓｅｄ", "Done"]
        {
            assert_eq!(Status::said(ended).map(Status::imported), Some(Status::Closed), "{ended}");
        }
        assert_eq!(Status::said("已办结/待回访").map(Status::imported), Some(Status::Resolved));
        assert_eq!(Status::said("done, to call back"), Some(Status::Resolved));
        for (said, watched) in [
            ("督办", true),
            ("督办中（超期）", true),
            ("处理中/督办", true),
            ("Supervised", true),
            ("办理中", false),
            ("未督办", false),
        ] {
            assert_eq!(is_watched(said), watched, "{said}");
        }
        for word in WATCHED {
            assert_eq!(Status::said(word), Some(Status::New), "{word}: under way");
        }
        assert_eq!(Status::said("重复工单").map(Status::imported), Some(Status::Void));
        for unknown in ["", "()", "复核", "已阅", "已办结(省厅未认可)", "is closed today", "N", "不是已办结"]
        {
            assert_eq!(Status::said(unknown), None, "{unknown:?}");
        }
    }
}
