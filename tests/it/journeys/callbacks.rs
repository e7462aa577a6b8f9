//! Residents are rung back: the queue, the strip, and what each answer does.

use township_desk::desk::Msg;
use township_desk::desk::frame::key::Key;
use township_desk::desk::frame::layer::AnyLayer;
use township_desk::domain::base::id::CommandUid;
use township_desk::domain::op::Op;
use township_desk::domain::ticket::op::{Act, TicketOp};

use crate::support::{Session, at_the_desk};

/// A leak at 陈凤英's, done by 王强 at ten in the morning.
fn done() -> Session {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>").keys("a1..").keys(".换了阀门<enter>").sees("待回访");
    desk
}

/// Reached, solved, in time, verdict.
type Kept = (bool, Option<bool>, Option<bool>, Option<String>);

fn calls(desk: &Session) -> Vec<Kept> {
    let conn = crate::store::raw(desk.store.path());
    let mut statement =
        conn.prepare("SELECT reached, solved, in_time, verdict FROM callback ORDER BY seq").expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
    rows.expect("rows").collect::<Result<_, _>>().expect("calls")
}

#[test]
fn a_normal_callback_takes_eight_keys_at_most() {
    let mut desk = done();
    desk.wait(1).sees("b 回访 1");
    let keys = "b1111";
    assert!(keys.chars().count() <= 8);
    let seen = desk.seen_in_full;
    for (key, words) in keys.chars().zip(["138****5678", "138 0000 5678", "来得及时吗?", "满意吗?", "没有要回访的"])
    {
        desk.send(Msg::Key(Key::char(key)));
        desk.sees(words);
    }
    desk.sees("已保存: 归档 1124-01").sees_not("b 回访 1").sees_not("u 撤销)");
    assert_eq!(desk.seen_in_full, seen + 1, "who saw the number is kept");
    assert_eq!(calls(&desk), [(true, Some(true), Some(true), Some("satisfied".to_owned()))]);
    desk.keys("<esc>").sees("没有待办工单").keys("u").sees("不能撤销");
}

#[test]
fn the_strip_shows_what_the_one_who_rings_must_know() {
    let mut desk = done();
    // Who joined by mistake and was taken back is not rung.
    desk.keys("<enter>8孙婶 13712345678<enter>u").sees("已撤销: 同报").keys("<esc>");
    desk.keys("<enter>8王婶 13812345678<enter>8李叔 13912345678<enter>8赵家<enter><esc>");
    desk.keys("b<enter>");
    for words in ["康乐苑 3-2-501", "陈凤英", "独居", "138 0000 5678", "「厨房漏水」", "王强", "修好: 换了阀门"]
    {
        desk.sees(words);
    }
    desk.sees("同报: 王婶 138 1234 5678").sees("同报: 李叔 139 1234 5678").sees_not("赵家").sees_not("孙婶");
    desk.sees("谁的话: 来电人").keys("<tab>").sees("谁的话: 同报人").keys("<tab>").sees("谁的话: 住户自己来电来访");
    desk.keys("<tab>").resize(80, 24).sees("修好了吗?").sees("3 没人接");
}

#[test]
fn one_also_affected_is_heard_and_the_reporter_is_still_asked() {
    let mut desk = done();
    desk.keys("<enter>8王婶 13812345678<enter><esc>");
    // What he says is no try at the reporter, who may be rung at once.
    desk.keys("b1<tab>112").sees("已保存: 回访 1124-01").sees("到点").sees_not("11:00起").sees_not("没人接1/3");
    desk.keys("1").sees("(同报人): 解决了, 基本满意").keys("111").sees("没有要回访的");
    assert_eq!(calls(&desk).len(), 2);
}

#[test]
fn one_also_affected_closes_nothing_over_the_head_of_a_reporter_who_is_hard_to_reach() {
    let mut desk = done();
    desk.keys("<enter>8王婶 13812345678<enter><esc>");
    // At ten, eleven and, after midday's rest, at half past two.
    desk.keys("b13").wait(60).keys("13").wait(210).keys("1<tab>111").sees("已保存: 回访 1124-01").sees("到点");
    desk.keys("1").sees("(同报人): 解决了, 满意").keys("3").sees("没有要回访的");
    let outcome: String = crate::store::raw(desk.store.path())
        .query_row("SELECT outcome || ' ' || status || ' ' || tries FROM ticket", [], |row| row.get(0))
        .expect("a ticket");
    assert_eq!(outcome, "unreached closed 3");
}

#[test]
fn not_solved_needs_words_and_goes_to_another() {
    let mut desk = done();
    desk.keys("b12<enter>").sees("没解决要写上一句").keys("还在滴水");
    desk.keys("<esc>").sees("修好了吗?").keys("2").sees("还在滴水");
    desk.keys("<esc><esc>").sees("写的留着").keys("1").keys("2").sees("还在滴水");
    desk.keys("<enter>").sees("重办: 处理人").sees("上次 王强: 11-24 10:00 到场").sees("「换了阀门」").sees("1 周岩");
    desk.keys("<enter>").sees("已保存: 重办 1124-01").sees("没有要回访的").keys("<esc>");
    desk.sees("周岩").sees("待接单").sees("重办 1").sees("「还在滴水」");
    assert_eq!(calls(&desk), [(true, Some(false), None, Some("dissatisfied".to_owned()))]);
    // Done over and still not right: now it is the manager's.
    desk.keys("..").keys(".又换了<enter>").keys(".2还是漏<enter>").sees("这次由经理来定");
}

#[test]
fn three_attempts_at_different_hours_end_it_as_not_reached() {
    let mut desk = done();
    desk.keys("b13").sees("已保存: 回访 1124-01").sees("11:00起").sees("没人接1/3");
    desk.keys("13").sees("这一个钟头里已经打过");
    desk.keys("<esc>").wait(60).keys("1").sees("没人接过 1 次").sees("10:00 前台: 没人接").keys("3");
    // After eleven o'clock's comes midday's rest.
    desk.sees("14:30起").wait(60).keys("1").sees("14:30 以后再打").keys("1").sees("修好了吗?").keys("<esc>");
    desk.wait(160).keys("13").sees("没有要回访的").sees("归档");
    let outcome: String = crate::store::raw(desk.store.path())
        .query_row("SELECT outcome || ' ' || status FROM ticket", [], |row| row.get(0))
        .expect("a ticket");
    assert_eq!(outcome, "unreached closed");
}

#[test]
fn who_came_himself_is_heard_while_others_rest() {
    let mut desk = done();
    desk.wait(125)
        .keys("b")
        .sees("现在不打扰住户, 14:30 以后再打")
        .keys("1")
        .sees("14:30 以后再打")
        .keys("1")
        .sees("修好了吗?")
        .sees("│! 这个时间不打扰住户")
        .sees("3 没人接");
    desk.keys("<tab>")
        .sees("谁的话: 住户自己来电来访")
        .sees_not("│! 这个时间")
        .sees_not("3 没人接")
        .keys("3")
        .sees("修好了吗?");
    desk.keys("111").sees("没有要回访的");
}

#[test]
fn the_next_step_of_what_is_done_is_to_ring_and_many_are_not_rung_at_once() {
    let mut desk = done();
    desk.keys("s").sees("回访 -> 已归档").keys("回访<enter>").sees("修好了吗?").keys("<esc>");
    desk.keys("n<tab>楼道灯不亮<tab>13700003333<ctrl-s><esc>").keys("a1...修好了<enter>");
    desk.keys("<esc>gg<space><space>.").sees("一次只能回访一户");
}

#[test]
fn a_patrol_s_report_has_nobody_to_ask_and_closes_with_a_reason() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>垃圾房溢出<ctrl-s><esc>").keys("a1...清运了<enter>").sees("待回访");
    desk.keys(".").sees("归档: 原因").keys("班长看过<enter>").sees("按 y 确定").keys("y").sees("没有待办工单");
    desk.wait(1).sees_not("回访 1");
}

#[test]
fn another_desk_was_faster() {
    use township_desk::domain::callback::op::{Call, Verdict, Whom};
    let mut desk = done();
    desk.keys("b111");
    let id = desk.desk.panes.tickets.list.ids()[0];
    let call = Call::Solved { whom: Whom::Reporter, in_time: true, verdict: Verdict::Fair, words: String::new() };
    let op = Op::Ticket(TicketOp::Act { id, act: Act::CallBack(call) });
    let uid = CommandUid(uuid::Uuid::from_u64_pair(9, 9));
    desk.store.commit(uid, &op, crate::support::town::now()).expect("the other desk rings");
    desk.keys("1").sees("不等回访");
    assert!(matches!(desk.desk.layers.last(), Some(AnyLayer::Callback(_))));
    assert_eq!(calls(&desk).len(), 1);
}
