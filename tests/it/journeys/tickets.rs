//! What is done to tickets: assign, next step, status, notes, many at once, undo.

use township_desk::desk::Msg;
use township_desk::desk::frame::layer::{AnyLayer, Then};
use township_desk::domain::base::event::Entity;
use township_desk::domain::roster::query::{RosterAnswer, RosterQuery};
use township_desk::domain::ticket::op::TicketOp;
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};

use crate::support::{Session, at_the_desk};

/// A mark of another desk's.
fn other_desk() -> township_desk::domain::base::id::CommandUid {
    township_desk::domain::base::id::CommandUid(uuid::Uuid::from_u64_pair(9, 9))
}

fn with_ticket(words: &str) -> Session {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>").keys(words).keys("<ctrl-s><esc>");
    desk
}

#[test]
fn from_report_to_the_resident_s_word() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a")
        .sees("王强")
        .sees("没排班")
        .keys("<enter>")
        .sees("待接单")
        .sees("已保存: 派单 1124-01 给 王强 136 0000 1001");
    desk.keys(".").sees("已接单").keys(".").sees("处理中");
    desk.keys(".").sees("修好: 处理结果").keys("<enter>").sees("要写上处理结果");
    desk.keys("换了阀门<enter>").sees("待回访").sees("结果: 换了阀门");
    desk.keys(".").sees("修好了吗?").sees("138 0000 5678").keys("11").sees("满意吗?");
    desk.keys("1").sees("已保存: 归档 1124-01").sees("没有待办工单");
}

#[test]
fn only_permitted_moves_are_offered_and_each_asks_for_what_it_needs() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1").keys(".").keys("s").sees("到场 -> 处理中").sees_not("归档 ->");
    desk.keys("gj").sees("没有符合的");
    desk.keys("<backspace><backspace>挂起<enter>").sees("挂起: 原因");
    desk.keys("等配件<enter>").sees("挂起: 复查时间");
    desk.keys("昨天<enter>").sees("复查时间已经过去");
    desk.keys("<ctrl-u>明天 9点").sees("= 明天 09:00");
    desk.keys("<enter>").sees("周三复查").sees("「等配件」");
}

#[test]
fn passing_on_asks_whom_their_number_and_when_to_ask_again() {
    let mut desk = with_ticket("健身器材坏了");
    desk.keys("A").sees("没有转给外单位");
    desk.keys("s转办<enter>").sees("转办: 外单位名称").keys("供水公司<enter>");
    desk.sees("转办: 对方电话或找谁 (不知道就直接 Enter)").sees("= 电话不知道").keys("<enter>");
    desk.sees("转办: 再问的时间").sees("11-25 09:00").sees("= 明天 09:00");
    desk.keys("<ctrl-u>昨天<enter>").sees("再问的时间要在以后");
    desk.keys("<ctrl-u>没准<enter>").sees("看不懂这个时间; 例如: 明天 9:00");
    desk.keys("<ctrl-u>15:00<enter>").sees("15:00问").sees("外单位: 供水公司, 电话不知道");
    desk.keys("A").sees("供水公司怎么说").keys("<enter>").sees("没人接也写上");
    // Nobody knew the number: it is asked for once more.
    desk.keys("说下午来人<enter>").sees("对方电话或找谁").keys("0355-600 0101<enter>");
    desk.sees("再问的时间").sees("11-25 09:00").keys("<enter>");
    desk.sees("已保存: 问过外单位 1124-01").sees("周三问").sees("供水公司 0355-600 0101").sees("「说下午来人」");
    desk.wait(23 * 60).sees("该问").sees("该问了 (09:00)");
    desk.keys("A没人接<enter>").sees("再问的时间").sees("11-26 09:00").keys("<enter>").sees("周四问");
    desk.keys("u").sees("该问");
}

#[test]
fn esc_goes_back_one_question_and_keeps_what_was_typed() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1.").keys("s挂起<enter>等配件<enter>").sees("复查时间").keys("<esc>").sees("挂起: 原因").sees("等配件");
    desk.keys("<esc><esc>").sees("已接单");
}

#[test]
fn a_question_left_with_words_in_it_holds_them_when_it_is_asked_again() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("m陈婶下午在<esc>")
        .sees("写的留着")
        .sees_not("陈婶下午在")
        .keys("c")
        .sees_not("陈婶下午在")
        .keys("<esc>");
    desk.keys("m").sees("陈婶下午在").keys("家<enter>").sees("「陈婶下午在家」");
    desk.keys("m").sees_not("> 陈婶下午在").keys("<esc>");
    desk.keys("a1.").keys("s挂起<enter>等配件<esc><esc>").keys("s挂起<enter>").sees("> 等配件");
}

#[test]
fn undo_and_redo_say_what_they_did() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1").sees("待接单");
    desk.keys("u").sees("已撤销: 派单 1124-01").sees("待派单");
    desk.keys("<ctrl-r>").sees("已重做: 派单 1124-01").sees("待接单");
    desk.keys("<enter>").sees(" 撤销 ").sees(" 重做 ").keys("<esc>");
    desk.keys("uu").sees("没有待办工单");
    desk.keys("u").sees("没有可撤销的");
}

#[test]
fn notes_chases_and_also_affected_are_kept() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("m陈婶下午在家<enter>").sees("「陈婶下午在家」");
    desk.keys("c<enter>").sees("催1");
    desk.keys("<enter>8王婶 13812345678<enter>").sees("「王婶 138 1234 5678」");
    desk.keys("<esc>").sees("同报1").sees("138****5678").sees_not("13812345678");
}

#[test]
fn many_are_marked_and_given_to_one() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("n<tab>楼道灯不亮<ctrl-s><esc>").keys("gg<space><space>").sees("已标记 2");
    desk.keys("a").sees("(2 张)").keys("1").sees_not("待派单");
    desk.keys("<esc>").sees("最急在前");
}

#[test]
fn of_many_that_no_one_person_suits_each_gets_its_own() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("n<tab>垃圾桶满了没清<ctrl-s><esc>").keys("gg<space><space>a");
    desk.sees("选一个人就全给他; 各自合适的: 1124-01 王强、1124-02 赵桂")
        .sees("1 各派各的")
        .keys("1")
        .sees("已派单 2 件");
    let handlers = |desk: &Session| -> Vec<String> {
        let pane = &desk.desk.panes.tickets;
        let name = |id| Some(pane.row(id)?.assignee.as_ref()?.reveal().to_owned());
        pane.list.ids().iter().filter_map(|id| name(*id)).collect()
    };
    assert_eq!(handlers(&desk), ["王强", "赵桂"]);
    // One for all is still a choice.
    desk.keys("u").sees("已撤销: 派单 2 件").keys("a赵桂<enter>").sees("已派单 2 件");
    assert_eq!(handlers(&desk), ["赵桂", "赵桂"]);
}

#[test]
fn of_many_one_refused_leaves_all_as_they_are_and_is_named() {
    use township_desk::domain::op::Op;
    use township_desk::domain::query::{Answer, Query};
    use township_desk::domain::ticket::op::{Act, Step};
    let mut desk = with_ticket("厨房漏水");
    desk.keys("n<tab>楼道灯不亮<ctrl-s><esc>").keys("gg<space><space>a").sees("(2 张)");
    let suggest = Query::Roster(RosterQuery::Suggest { category: "000".to_owned(), compound: None, at: desk.desk.now });
    let Ok(Answer::Roster(RosterAnswer::Suggest(candidates))) = desk.store.answer(&suggest) else {
        panic!("no answer")
    };
    let id = desk.desk.panes.tickets.list.ids()[1];
    let op =
        Op::Ticket(TicketOp::Act { id, act: Act::Move { version: None, step: Step::assign(candidates[2].staff) } });
    desk.store.commit(other_desk(), &op, crate::support::town::now()).expect("the other desk gives one to somebody");
    desk.keys("1")
        .sees("1124-02: 前台 11-24 10:00 刚在另一台派单给")
        .sees("一张也没改")
        .sees("派单: 处理人")
        .sees("待派单");
    let in_hand = |desk: &Session| match desk.desk.layers.last() {
        Some(AnyLayer::Picker(picker)) => match &picker.then {
            Then::Move(moving) => moving.tickets.len(),
            _ => 0,
        },
        _ => 0,
    };
    assert_eq!(in_hand(&desk), 2, "neither is done");
    // Seen anew, the choice stands: the one who has it now is another.
    desk.keys("1").sees_not("派单: 处理人").sees("已派单 2 件").sees_not("待派单");
    desk.keys("u").sees("已撤销: 派单 2 件").sees("待派单");
}

#[test]
fn the_cursor_stays_on_its_person_when_something_changes_elsewhere() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a<down>");
    let chosen = |desk: &Session| match desk.desk.layers.last() {
        Some(AnyLayer::Picker(picker)) => picker.selected().map(|choice| choice.pick),
        _ => None,
    };
    let before = chosen(&desk);
    desk.send(Msg::Foreign(vec![Entity::Ticket]));
    assert!(before.is_some() && chosen(&desk) == before);
}

#[test]
fn a_correction_changes_only_what_was_changed() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("e")
        .sees("更正 1124-01")
        .sees("138 0000 5678")
        .keys(", 吊顶塌了<ctrl-s>")
        .sees("厨房漏水, 吊顶")
        .sees("更正");
    desk.keys("e").keys("x<esc>").sees("还没保存").keys("<esc>").sees_not("更正 1124-01");
    desk.keys("e<tab><tab><tab><ctrl-u>401<ctrl-s>").sees("401 垃圾满溢未清");
}

#[test]
fn a_correction_with_a_note_is_one_change_and_one_undo() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("e, 吊顶塌了<shift-tab><shift-tab>钥匙在门卫<ctrl-s>")
        .sees("已保存: 更正 1124-01")
        .sees("厨房漏水, 吊顶塌了");
    desk.sees("钥匙在门卫").keys("u").sees("已撤销: 更正 1124-01").sees_not("吊顶塌了");
    // A note alone corrects nothing.
    desk.keys("e<shift-tab><shift-tab>钥匙在门卫<ctrl-s>").sees("已保存: 备注 1124-01");
}

#[test]
fn the_message_for_the_worker_holds_what_he_needs() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("y").sees("给处理人的话").sees("已复制").sees_not("怎么通知的");
    for words in ["1124-01", "康乐苑 3-2-501", "厨房漏水", "陈凤英 138 0000 5678", "10:30前到"] {
        assert!(desk.clipboard.contains(words), "{words}: {}", desk.clipboard);
        desk.sees(words);
    }
    desk.keys("<enter>").sees_not("给处理人的话");
    assert_eq!(desk.seen_in_full, 1);
}

#[test]
fn opening_shows_in_full_and_is_written_down_and_a_digit_acts() {
    let mut desk = with_ticket("厨房漏水");
    desk.sees("138****5678").sees_not("138 0000 5678");
    desk.keys("<enter>").sees("陈凤英").sees("138 0000 5678").sees("1 派单 (a)");
    assert_eq!(desk.seen_in_full, 1);
    desk.keys("1").sees("派单: 处理人").keys("1").sees("已保存: 派单");
    desk.keys("9").sees("督办").keys("<esc>").sees("> 督");
}

#[test]
fn what_another_desk_changed_in_between_is_refused_with_the_words_kept() {
    use township_desk::domain::op::Op;
    use township_desk::domain::query::{Answer, Query};
    use township_desk::domain::ticket::op::{Act, Edit};
    let mut desk = with_ticket("厨房漏水");
    desk.keys("e, 很急");
    let Ok(Answer::Ticket(TicketAnswer::Open(open))) =
        desk.store.answer(&Query::Ticket(TicketQuery::Open { compound: None }))
    else {
        panic!("no answer");
    };
    let edit = Edit { words: Some("厨房漏水, 隔壁也漏".to_owned()), ..Edit::default() };
    let op = Op::Ticket(TicketOp::Act { id: open.rows[0].id, act: Act::Edit { version: None, edit: Box::new(edit) } });
    desk.store.commit(other_desk(), &op, crate::support::town::now()).expect("the other desk saves");
    desk.keys("<ctrl-s>").sees("另一台刚改过 内容").sees("厨房漏水, 很急").sees("另一台: 厨房漏水, 隔壁也漏");
    desk.keys("<tab><tab>").sees("另一台: 厨房漏水, 隔壁也漏");
    desk.keys("<ctrl-s>").sees("已保存: 更正").sees("厨房漏水, 很急").sees_not("另一台");
}

#[test]
fn the_cursor_stands_on_what_was_just_taken_and_every_question_names_it() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("1n<tab>门口有纸<ctrl-s><esc>")
        .keys("m")
        .sees("1124-02  备注")
        .keys("在东门<enter>")
        .sees("备注 1124-02");
    desk.keys(".").sees("1124-02  派单: 处理人").keys("<esc>").keys("s").sees("1124-02  改状态");
    desk.keys("<esc>n<tab>楼道灯不亮<ctrl-s>a1<esc>").keys("m").sees("1124-03  备注");
}

#[test]
fn one_undo_takes_back_what_one_key_did_to_many() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("n<tab>楼道灯不亮<ctrl-s><esc>").keys("gg<space><space>");
    desk.keys("m停水三天<enter>").sees("已备注 2 件");
    desk.keys("a1").sees("已派单 2 件").sees_not("待派单");
    desk.keys("u").sees("已撤销: 派单 2 件").sees_not("待接单");
    desk.keys("<ctrl-r>").sees("已重做: 派单 2 件").sees_not("待派单").keys("uu").sees("已撤销: 备注 2 件");
    desk.keys("u").sees("已撤销: 登记 1124-02").keys("u").sees("没有待办工单");
}

#[test]
fn a_long_report_is_read_in_whole_in_the_opened_ticket_and_in_its_correction() {
    let long: String = (1..=99).map(|n| format!("第{n:02}句话,")).collect();
    let mut desk = with_ticket(&long);
    desk.sees_not(".. ..")
        .keys("<enter>")
        .sees("第01句话")
        .sees("第99句话")
        .sees("登记")
        .keys("e")
        .sees("第01句话")
        .sees("第99句话");
    desk.keys("<esc><esc>").resize(80, 24).sees("第01句话").sees_not("第99句话");
    desk.keys("jjjjjjjjjjjj").sees("第99句话").keys("G").sees("> ").keys("gg").sees("第01句话");
    desk.keys("<pgdn><pgdn>").sees("第99句话");
}
