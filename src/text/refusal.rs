//! The sentence for each refusal: what is wrong, where, and what would be accepted.
//! No rule is decided here.

use super::labels::{Labelled, ticket_field};
use super::{Lang, Text, t};
use crate::domain::filter::{Flag, Head};
use crate::domain::refusal::{Overtaken, Refusal};
use crate::domain::ticket::{is_time_ahead, moves_from};

/// The sentence for `refusal`.
pub fn sentence(refusal: &Refusal, lang: Lang) -> String {
    let say = |zh, en| t(zh, en).get(lang).to_owned();
    match refusal {
        Refusal::NulInText => say(
            "文字里有空字符 (NUL), 不能保存; 请删去后再输",
            "The text holds a NUL character and cannot be kept; remove it and type it again",
        ),
        Refusal::TextTooLong { at_most } => {
            t("太长了: 最多 {n} 个字", "Too long: at most {n} characters").with(lang, &[("n", at_most)])
        }
        Refusal::NameEmpty => say("姓名是空的; 请输入至少一个字", "The name is empty; type at least one character"),
        Refusal::PhoneUnclear => say(
            "不像电话号码; 请输入 3 到 15 位数字, 可带空格或横线",
            "Not a phone number; type 3 to 15 digits, blanks and dashes allowed",
        ),
        Refusal::WordsMissing => {
            say("还没写什么事; 写上一句就能保存", "Nothing says what happened; one sentence is enough to save")
        }
        Refusal::NoteEmpty => say("备注是空的; 请写上一句", "The note is empty; write a sentence"),
        Refusal::TimeAhead => {
            say("时间在将来; 登记时间不能晚于现在", "That time lies ahead; a report cannot be later than now")
        }
        Refusal::MoveNotPermitted { from, to } => {
            let to_label = to.label().get(lang);
            let may: Vec<_> = moves_from(*from).map(|m| m.to.label().get(lang)).collect();
            let may = if may.is_empty() {
                say("无 (已结束)", "none, it has ended")
            } else {
                may.join(say("、", ", ").as_str())
            };
            t("「{from}」不能改成「{to}」; 可以改成: {may}", "\"{from}\" cannot become \"{to}\"; it can become: {may}")
                .with(lang, &[("from", &from.label().get(lang)), ("to", &to_label), ("may", &may)])
        }
        Refusal::MoveNeeds { event, need, .. } if is_time_ahead(*need) => t(
            "{event}要写上{need}; 例如: 明天 9:00",
            "To be {event} it needs: {need}; for example: tomorrow 9:00",
        )
        .with(lang, &[("event", &event.label().get(lang)), ("need", &need.label().get(lang))]),
        Refusal::MoveNeeds { event, need, .. } => t("{event}要写上{need}", "To be {event} it needs: {need}")
            .with(lang, &[("event", &event.label().get(lang)), ("need", &need.label().get(lang))]),
        Refusal::ReviewInThePast => {
            say("复查时间已经过去; 请给一个以后的时间", "The review date has passed; give a time ahead")
        }
        Refusal::AskInThePast => say(
            "再问的时间要在以后; 例如: 明天 9:00",
            "The time to ask again must lie ahead; for example: tomorrow 9:00",
        ),
        Refusal::AnswerMissing => say(
            "没写对方怎么说; 请写上一句, 没人接也写上",
            "What they answered is empty; write a sentence, also when nobody answered",
        ),
        Refusal::NobodyToAsk { status } => t(
            "这张工单是「{status}」，没有转给外单位; 已转办的才问外单位",
            "This ticket is {status}: no outside body has it; only one that is referred is asked about",
        )
        .with(lang, &[("status", &status.label().get(lang))]),
        Refusal::AlreadyTheirs => say("已经在这个人手上; 请选另一个人", "They have it already; choose someone else"),
        Refusal::RankTooLow { needs } => {
            t("这一步要{rank}来做", "This needs a {rank}").with(lang, &[("rank", &needs.label().get(lang))])
        }
        Refusal::TicketEnded { status } => {
            t("这张工单已经是「{status}」; 要再办请用重办", "This ticket is {status} already; reopen it to go on")
                .with(lang, &[("status", &status.label().get(lang))])
        }
        Refusal::NotFound { what } => {
            t("没有找到这个{what}; 请换一个写法再查", "No such {what}; try another way of writing it")
                .with(lang, &[("what", &what.label().get(lang))])
        }
        Refusal::NoSuchCategory => say(
            "没有这个分类; 请输入代码 (201)、名称、拼音首字母或英文",
            "No such category; type a code (201), its name, pinyin initials or English",
        ),
        Refusal::FilterHead { head } => {
            let known = |of: Text| of.get(lang).to_owned() + ":";
            let heads: Vec<String> = Head::ALL.iter().map(|head| known(head.label())).collect();
            let flags: Vec<&str> = Flag::ALL.iter().map(|flag| flag.label().get(lang)).collect();
            t(
                "筛选里没有「{head}:」; 可以写: {heads} {flags}, 或要找的字",
                "A filter knows no \"{head}:\"; it takes: {heads} {flags}, or words to look for",
            )
            .with(lang, &[("heads", &heads.join(" ")), ("flags", &flags.join(" ")), ("head", head)])
        }
        Refusal::FilterValue { head, text, names } => {
            const NAMED: usize = 14;
            let mut known: Vec<&str> = names
                .iter()
                .take(NAMED)
                .map(|(zh, en)| if lang == Lang::Zh { zh.as_str() } else { en.as_str() })
                .collect();
            if names.len() > NAMED {
                known.push("..");
            }
            t("{head}里没有「{text}」; 有: {known}", "No {head} is \"{text}\"; there are: {known}").with(
                lang,
                &[("head", &head.label().get(lang)), ("known", &known.join(say("、", ", ").as_str())), ("text", text)],
            )
        }
        Refusal::FilterDay { text } => t(
            "「{text}」不像日期; 可以写: 今天、昨天、周一、本周、本月、7天、11-20、2026-11-20",
            "\"{text}\" is no day; write today, yesterday, mon, week, month, 7d, 11-20 or 2026-11-20",
        )
        .with(lang, &[("text", text)]),
        Refusal::FilterEmpty => say(
            "筛选是空的; 先按 f 写上条件, 再存",
            "The filter is empty; type its conditions with f first, then save it",
        ),
        Refusal::FilterFull { at_most } => {
            t("存的筛选已有 {n} 个; 请先删去一个", "{n} filters are saved; remove one first")
                .with(lang, &[("n", at_most)])
        }
        Refusal::NothingToUndo => say("这一次开机以来没有可撤销的", "Nothing of this session can be undone"),
        Refusal::NothingToRedo => say("没有可重做的", "Nothing to redo"),
        Refusal::ChangedSince { fields } => {
            t("不能撤销: 之后又改过 {fields}", "Cannot undo: {fields} changed again since")
                .with(lang, &[("fields", &named(fields, lang))])
        }
        Refusal::CannotUndo { kind } => {
            t(
                "「{kind}」不能撤销; 要改请再记一步, 如改派、更正、作废",
                "\"{kind}\" cannot be undone; record what is right as a further step: assign anew, correct, void",
            )
            .with(lang, &[("kind", &kind.label().get(lang))])
        }
        Refusal::ImportStays => say(
            "导入不能撤销; 导入前已备份, 可用 tdesk restore 恢复",
            "An import cannot be undone; a backup was made before it, and tdesk restore brings that back",
        ),
        Refusal::Conflict { fields } => t(
            "另一台刚改过 {fields}; 已显示最新的, 你输入的还在, 请再看一眼",
            "Another desk has just changed {fields}; the newest is shown, what you typed is kept: look once more",
        )
        .with(lang, &[("fields", &named(fields, lang))]),
        Refusal::Overtaken(theirs) => {
            let Overtaken { kind, at, by, to, .. } = &**theirs;
            let words = match to {
                Some(_) => t(
                    "{by} {at} 刚在另一台{kind}给 {to}; 你这一步没有做",
                    "At another desk {by}, {at}: {kind}, {to}; your step was not made",
                ),
                None => t(
                    "{by} {at} 刚在另一台记了「{kind}」; 你这一步没有做, 写的还在",
                    "At another desk {by}, {at}: {kind}; your step was not made, what you typed is kept",
                ),
            };
            let to = to.as_ref().map_or("", |name| name.reveal());
            words.with(lang, &[("by", &by.reveal()), ("at", at), ("kind", &kind.label().get(lang)), ("to", &to)])
        }
        Refusal::ParkedFull { at_most } => t(
            "已经暂存了 {n} 件; 请保存这件, 或按 Ctrl+X 不要它",
            "{n} intakes are parked; save this one, or throw it away with Ctrl+X",
        )
        .with(lang, &[("n", at_most)]),
        Refusal::ParkedGone => say("这件暂存已经在别处取回", "That parked intake was taken up elsewhere"),
        Refusal::CompoundUnclear => say(
            "没有说是哪个小区; 表里加一列「小区」, 或在命令后写 --compound 名称",
            "Which compound is not said; add a column compound, or --compound NAME to the command",
        ),
        Refusal::NoSuchCompound { near } => match near {
            Some(near) => t(
                "没有这个小区; 是不是「{near}」? 新小区请先导入 compounds",
                "No such compound; is it \"{near}\"? New ones come in by importing compounds",
            )
            .with(lang, &[("near", near)]),
            None => say(
                "没有这个小区; 新小区请先导入 compounds, 或写 --compound 名称",
                "No such compound; import compounds first, or name it with --compound NAME",
            ),
        },
        Refusal::SameNameInHome => say(
            "同一户里有两个人同名; 请在表里加编号一列来区分",
            "Two people of one name in one home; tell them apart with a column of ids",
        ),
        Refusal::KeyOfAnother => say(
            "这个编号上次导入时是别的人或房屋; 没有改动, 请核对编号",
            "This id stood for another person or home when it was imported before; nothing was changed: check the id",
        ),
        Refusal::RoleUnclear => say(
            "没有这个岗位; 可以写: 保安、保洁、维修、维护、绿化、客服、班长、工程主管、经理、网格员",
            "No such role; write guard, cleaner, repairer, maintenance, greenery, desk, leader, works lead, manager or grid worker",
        ),
        Refusal::NobodyToTell => say("还没派给人; 先用 a 派单", "Nobody has it yet; assign it with a first"),
        Refusal::NeverRaised => say(
            "咨询、建议、表扬不升级; 如果不是, 请先改分类",
            "Questions, advice and praise are never raised; if it is something else, change its category first",
        ),
        Refusal::RaisedByFigures => say(
            "这一条由程序按人数、住户、重办次数来定; 可以手动加的是: 整单元受影响、有危险",
            "That reason follows from the figures; what a person may add is: a whole unit out, danger",
        ),
        Refusal::AppointmentInThePast => {
            say("约的时间已经过去; 请给一个以后的时间", "That time has passed; give one ahead")
        }
        Refusal::FeeUnclear { at_most } => {
            t("金额不对; 请输入 0 到 {n} 元", "The fee is unclear; type 0 to {n} yuan").with(lang, &[("n", at_most)])
        }
        Refusal::PathEmpty => say("没有写文件; 请给出文件的路径", "No file is named; type its path"),
        Refusal::NoSuchFile { path } => t(
            "这台机器上没有「{path}」; 请给出已有文件的完整路径",
            "There is no \"{path}\" on this machine; give the whole path of a file that is there",
        )
        .with(lang, &[("path", path)]),
        Refusal::TooManyAttachments { at_most } => {
            t("一张工单最多 {n} 个附件; 请先去掉一个", "A ticket names {n} files at most; take one off first")
                .with(lang, &[("n", at_most)])
        }
        Refusal::OnlyByCallback => say(
            "要有住户的话才能归档: 用 b 回访; 三次未联系上也会归档",
            "It closes with the resident's word only: ring back with b; three failed attempts close it as not reached",
        ),
        Refusal::NoCallbackDue { status } => t(
            "这张工单是「{status}」, 不等回访; 修好以后再回访",
            "This ticket is {status}; it is rung back once it is done",
        )
        .with(lang, &[("status", &status.label().get(lang))]),
        Refusal::HandlerCannotCall => {
            say("处理人不能自己回访; 请别的同事来打", "The handler never rings back himself; let a colleague do it")
        }
        Refusal::RestHours { until } => t(
            "这个时间不打扰住户; {until} 以后再打, 住户自己来电来访可以记",
            "Nobody is rung at this hour; try after {until}, or record that the resident called or came himself",
        )
        .with(lang, &[("until", until)]),
        Refusal::SameHour => {
            say("这一个钟头里已经打过; 换个钟头再打", "Tried within this hour already; try at another hour")
        }
        Refusal::UnsolvedNeedsWords => {
            say("没解决要写上一句: 还有什么不好", "Not solved needs a sentence: what is still wrong")
        }
        Refusal::MarkedSo { presence } => t("已经记的是「{presence}」", "It is marked {presence} already")
            .with(lang, &[("presence", &presence.label().get(lang))]),
        Refusal::ShiftAhead { hours } => t(
            "这个班还早; 开班前 {n} 小时起才能记, 请假请到排班里写",
            "That shift is far ahead; it can be marked {n} hours before it begins, and leave goes into the roster",
        )
        .with(lang, &[("n", hours)]),
        Refusal::ShiftOver => say("这个班已经下了, 不用再找人顶", "That shift is over; nobody need step in"),
        Refusal::PlanInstead => say(
            "这个班在一天以后, 请在排班里补人",
            "That shift is more than a day ahead; plan somebody in the roster",
        ),
        Refusal::AwayThen => say(
            "这个人那天请假、没来, 或已经有这个班; 请换一个人",
            "They are on leave then, did not come, or have that shift already; choose someone else",
        ),
        Refusal::PlaceTaken { name } => t(
            "那里已经有人了: {name}; 看看还缺不缺, 缺的话另选一处",
            "{name} is there already; look whether anybody is still missing and choose that place",
        )
        .with(lang, &[("name", &name.reveal())]),
        Refusal::OnShiftThen => {
            say("这个人那时在上别的班; 请换一个人", "They are on another shift then; choose someone else")
        }
        Refusal::AgainstRule { rule } => {
            t("排班规则不许: {rule}; 请换一个人", "A rule of rosters forbids it: {rule}; choose someone else")
                .with(lang, &[("rule", &rule.label().get(lang))])
        }
        Refusal::DangerWithoutScript => say(
            "只有带危险提示的分类才能加危险说法; 请先写上危险提示",
            "Only a category with danger words for the caller takes rules of danger; write those words first",
        ),
        Refusal::TooManyRules { at_most } => {
            t("一个分类最多 {n} 条危险说法; 请先去掉几条", "A category has at most {n} rules of danger; take some off first")
                .with(lang, &[("n", at_most)])
        }
        Refusal::DangerRule(bad) => super::danger::bad_rule(bad, lang),
        Refusal::CategoryUnnamed => say("分类没有名称; 请写上中文或英文", "The category has no name; write one in either language"),
        Refusal::LimitUnclear { days_at_most } => t(
            "时限不对: 办结要大于 0, 响应不能比办结长, 最长 {n} 天; 例如 30分、4小时、7天",
            "The limit is unclear: a solution takes more than 0, a first contact no longer than the solution, {n} days at most; e.g. 30m, 4h, 7d",
        )
        .with(lang, &[("n", days_at_most)]),
        Refusal::TooManyKeywords { at_most } => {
            t("关键词最多 {n} 个", "A category has {n} keywords at most").with(lang, &[("n", at_most)])
        }
        Refusal::OfMany { number, why } => t("{n}: {why}; 一张也没改", "{n}: {why}; none was changed")
            .with(lang, &[("n", &number.short()), ("why", &sentence(why, lang))]),
        Refusal::NeverOpen => say(
            "工作日和休息日不能都不上班; 请至少留一种有时间",
            "Working days and rest days cannot both be closed; leave hours for one of them",
        ),
        Refusal::DayFixed => say(
            "这一天已经过去, 或班已经开始, 不能再改; 请改以后的日子",
            "That day has passed or its shift has begun, so it stays; change a day ahead",
        ),
        Refusal::ShiftBegun => say(
            "这个班今天已经开始, 不能补排; 请排还没开始的班, 或以后的日子",
            "That shift has begun today, so it is not planned any more; plan one yet to begin, or a day ahead",
        ),
        Refusal::ShiftWithoutHours => say(
            "这个班还没有定钟点; 经理先定: tdesk roster shift own1 --name 名称 --hours 06:00-14:00",
            "That shift has no hours yet; a manager sets them: tdesk roster shift own1 --name NAME --hours 06:00-14:00",
        ),
        Refusal::TwiceTheSame => {
            say("同一天已有这个班; 请换一个班或换一天", "That shift is on that day already; take another shift or day")
        }
        Refusal::RosterBroken { rule, day, more } => t(
            "不能发布: {day} {rule}, 另有 {more} 处; 先改好标 ! 的格子 (tdesk roster check 全部列出)",
            "Not published: {rule} on {day}, and {more} more; mend the cells marked ! first (tdesk roster check lists all)",
        )
        .with(lang, &[("rule", &rule.label().get(lang)), ("day", &day.format("%m-%d")), ("more", more)]),
        Refusal::NothingToDiscard => {
            t("这一周没有草稿可清", "There is no draft of this week to discard").get(lang).to_owned()
        }
        Refusal::RosterStale => say(
            "没有发布: 这一周的草稿刚刚变了 (别处改过, 或有班已经开始); 已显示最新的, 再看一眼, 再按 Enter",
            "Not published: the drafts of this week have just changed (at another desk, or a shift has begun); the newest is \
             shown: look once more, then Enter",
        ),
        Refusal::HasLeft => say(
            "这个人已经离职, 不能再排班、接单; 回来了就先在个人页改成在职 (e)",
            "This person has left and gets no shifts or tickets; if they are back, set them to employed on their page first (e)",
        ),
        Refusal::StillInHand { n } => t(
            "没有办离职: 手上没办完的工单有 {n} 张, 每张都要说给谁, 或退回待派; 在个人页 (e 在职) 办离职会一张张问, 命令里写 --to 姓名 或 --back",
            "Not set to left: {n} open tickets are in their hands, and each must be given to somebody or back to be dispatched; \
             their page (e, employed) asks for each; a command takes --to NAME or --back",
        )
        .with(lang, &[("n", n)]),
        Refusal::NothingToPublish => {
            say("没有要发布的改动; 先在表里排班", "There is nothing to publish; draft some days first")
        }
        Refusal::LeaveUnclear => say(
            "请假的日子不对; 结束不能早于开始, 一次最多一年",
            "The days of leave are unclear; they end after they begin and are a year at most",
        ),
        Refusal::FigureUnclear { from, to } => {
            t("数目不对; 请给 {from} 到 {to}", "The figure is unclear; give {from} to {to}")
                .with(lang, &[("from", from), ("to", to)])
        }
        Refusal::HoursUnclear => say(
            "钟点不对; 例如 08:00-16:00, 过夜写 20:00-08:00, 最长 24 小时",
            "The hours are unclear; for example 08:00-16:00, over midnight 20:00-08:00, 24 hours at most",
        ),
        Refusal::OutageWordsMissing => say(
            "还没写对来电人说什么; 写上一句, 例如: 12 时恢复, 水车在东门",
            "Nothing says what callers are told; write a sentence, e.g. back at 12, water cart at the east gate",
        ),
        Refusal::OutagePlaceMissing => {
            say("还没选小区或楼栋; 至少选一个", "No compound or building is chosen; choose one at least")
        }
        Refusal::TooManyPlaces { at_most } => {
            t("最多 {n} 个小区、楼栋", "At most {n} compounds and buildings").with(lang, &[("n", at_most)])
        }
        Refusal::EndsBeforeItBegins => {
            say("结束要晚于开始; 请改时间", "It must end after it begins; change one of the times")
        }
        Refusal::OutageOver => {
            say("已经恢复了; 再停请另发通知", "It is over already; announce it anew if it is out again")
        }
        Refusal::AlreadyCalled => say("这个叫法已经记着了", "That name is kept already"),
        Refusal::PinUnclear => say("PIN 是 4 到 12 位数字", "A PIN is 4 to 12 digits"),
        Refusal::PinNeeded => say("签名要输入自己的 PIN", "Signing needs your own PIN"),
        Refusal::PinWrong { left } => {
            t("PIN 不对; 还可以试 {n} 次", "Wrong PIN; tries left: {n}").with(lang, &[("n", left)])
        }
        Refusal::PinLocked { until } => t(
            "PIN 错了太多次, 锁到 {until}; 管理员可以解锁: tdesk operator unlock 姓名",
            "Too many wrong PINs, locked until {until}; an administrator can unlock: tdesk operator unlock NAME",
        )
        .with(lang, &[("until", until)]),
        Refusal::OperatorThere => {
            say("已经有这个名字的操作员; 请换一个名字", "There is an operator of that name; choose another")
        }
        Refusal::HandoverSigned => say(
            "交班人已经签名, 内容不再改; 签名以后的事会自动列在后面",
            "The giver has signed and nothing in it changes; what happens now is listed behind it by itself",
        ),
        Refusal::HandoverNotSigned => say(
            "交班人还没签名: 先按 S; 交班人不在, 接班方式选「无人交班」",
            "The giver has not signed: S first; where nobody of the shift is there, accept as \"nobody\"",
        ),
        Refusal::HandoverNotFrozen => say(
            "还没定稿, 直接改就行; 更正只用于已定稿的",
            "It is not frozen and can be changed itself; corrections are for frozen ones",
        ),
        Refusal::ShiftNotBegun { at } => t(
            "上一班刚交过; 这一班 {at} 才开始, 到时再交",
            "The shift before was handed over already; this one begins at {at}, hand it over then",
        )
        .with(lang, &[("at", at)]),
        Refusal::HandoverStale => say(
            "刚刚又有变化, 已重新列出; 请看一眼再签",
            "Something has just changed and is listed now; look once more, then sign",
        ),
        Refusal::HandoverWaits { n } => t(
            "还有 {n} 条没答; 每条按 1 收到, 2 有疑问, 3 我来办",
            "Lines without an answer: {n}; for each press 1 noted, 2 question, 3 I'll do it",
        )
        .with(lang, &[("n", n)]),
        Refusal::SameHands => {
            say("接班人不能是交班人自己; 请接班的人来签", "Who gives cannot take over; let the receiver sign")
        }
        Refusal::LineStays => say(
            "急的、超时将到的、约定的、没人交的班不能删; 可以写说明 (m)",
            "Danger, due, appointments and shifts nobody handed over cannot be deleted; a comment can be written (m)",
        ),
        Refusal::QuestionNeedsWords => say("有疑问要写上一句: 问什么", "A question needs a sentence: what is unclear"),
        Refusal::TooManyNotes { at_most } => {
            t("自己加的最多 {n} 条", "At most {n} lines of your own").with(lang, &[("n", at_most)])
        }
        Refusal::CountUnclear => say(
            "数量不对; 请输入清点的数, 如 12 或 200.00",
            "The count is unclear; type what was counted, like 12 or 200.00",
        ),
        Refusal::OthersMergedInto { numbers } => {
            let numbers: Vec<String> = numbers.iter().map(|number| number.short()).collect();
            t(
                "{numbers} 已并入这一单，作废了就没人再管它们；请照常办结，或把这一单并入另一张在办的",
                "{numbers} went into this ticket and would be lost with it; see it through, or merge it into another that is open",
            )
            .with(lang, &[("numbers", &numbers.join(t("、", ", ").get(lang)))])
        }
        Refusal::LivesOn { into } => {
            t("这张工单已并入 {into}；请在 {into} 上办", "This ticket went into {into}; do it on {into}")
                .with(lang, &[("into", &into.short())])
        }
        Refusal::MergeInCircle => say(
            "不能并入、关联自己或已结束的工单; 请给另一张在办的",
            "A ticket cannot go into itself or into one that has ended; name another that is open",
        ),
    }
}

/// The fields by the names people know, each once: several columns may make one box.
fn named(fields: &[&'static str], lang: Lang) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in fields.iter().map(|field| ticket_field(field).get(lang)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(t("、", ", ").get(lang))
}
