//! Outages: announced, changed, ended, taken back; what a slip of the keys leaves.

use township_desk::domain::outage::OutageKind;
use township_desk::domain::outage::query::{OutageAnswer, OutageQuery};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::ticket::around::OutageRow;
use township_desk::text::Lang;

use crate::support::{Session, at_the_desk, town};

fn outages(desk: &Session) -> Vec<OutageRow> {
    match desk.store.answer(&Query::Outage(OutageQuery::List { now: town::now() })).expect("an answer") {
        Answer::Outage(OutageAnswer::List(rows)) => rows,
        other => panic!("{other:?}"),
    }
}

fn opened() -> Session {
    let mut desk = at_the_desk();
    desk.keys(":停水停电<enter>").sees("没有停水停电通知; a 发一条");
    desk
}

#[test]
fn an_outage_is_announced_from_the_palette_and_shows_at_the_top() {
    let mut desk = opened();
    desk.keys("a").sees("[1 停水]").keys("2").sees("[2 停电]").keys("<enter>");
    desk.keys("kly").sees("> 康乐苑").keys("<enter>jxjy<enter><enter>").sees("康乐苑、锦绣家园");
    desk.keys("<enter>").sees("空着就是现在").keys("12点").sees("= 12:00").keys("<enter>换变压器<enter>");
    desk.sees("正在停").sees("停电").sees("10:00-12:00").sees("康乐苑、锦绣家园").sees("0户来电");
    desk.sees("对来电人说: 停电, 预计 12:00 恢复: 换变压器").sees("停电 康乐苑 +1");
    let rows = outages(&desk);
    assert_eq!((rows.len(), rows[0].outage.kind, rows[0].outage.places.0.len()), (1, OutageKind::Power, 2));
    // Changed, ended, and each taken back.
    desk.keys("e<tab><tab><tab><ctrl-u>14:30<ctrl-s>").sees("10:00-14:30").keys("x").sees("已恢复");
    desk.keys("x").sees("已经恢复了").keys("e").sees("已经恢复了");
    desk.keys("u").sees("已撤销: 已恢复").sees("正在停").keys("u").sees("10:00-12:00");
    desk.keys("u").sees("已撤销: 停供通知").sees("没有停水停电通知").sees_not("停电 康乐苑");
    desk.keys("<ctrl-r>").sees("已重做: 停供通知").sees("10:00-12:00");
}

#[test]
fn what_is_missing_or_wrong_is_said_and_the_caret_goes_there() {
    let mut desk = opened();
    desk.keys("a<ctrl-s>").sees("看不懂这个时间").keys("昨天9点<ctrl-s>").sees("还没选小区或楼栋");
    desk.keys("没有的小区<enter>").sees("没有这个小区或楼栋").keys("<ctrl-u>kly<ctrl-s>").sees("还没写对来电人说什么");
    desk.keys("抢修<ctrl-s>").sees("结束要晚于开始").keys("<ctrl-u>+2h<ctrl-s>").sees("10:00-12:00");
    assert_eq!(outages(&desk).len(), 1);
}

#[test]
fn a_clock_time_is_of_today_when_it_began_already_and_of_tomorrow_in_the_evening() {
    let mut desk = opened();
    desk.keys("a<enter>kly<enter><enter>9:00").sees("= 09:00").keys("<tab>8:00").sees("= 明天 08:00");
    desk.keys("<shift-tab><ctrl-u>23:00<tab><ctrl-u>6:00").sees("= 明天 06:00");
    desk.keys("<shift-tab><ctrl-u>3:00").sees("= 明天 03:00").keys("<tab>").sees("= 明天 06:00");
    desk.keys("<tab>检修<ctrl-s>").sees("计划").sees("明天 03:00-06:00");
}

#[test]
fn a_form_left_with_something_in_it_is_there_again() {
    let mut desk = opened();
    desk.keys("a<esc>").sees_not("写的留着");
    desk.keys("a3<enter>kly<enter>锦绣<esc>").sees("写的留着").keys("a").sees("[3 停暖]").sees("康乐苑").sees("锦绣");
    // The place taken last goes with Backspace in the empty box.
    desk.keys("<ctrl-u><backspace>").keys("<esc>a<tab>").sees_not("康乐苑、");
    assert!(outages(&desk).is_empty());
}

#[test]
fn in_english_at_80_columns() {
    let mut desk = Session::new(Lang::En, (80, 24));
    desk.keys(":outages<enter>").sees("No outage is announced").keys("a").sees("[1 water off]");
    desk.keys("<enter>kly<enter><enter><enter>+2h<enter>Water cart at the east gate<enter>");
    desk.sees("running").sees("water off").sees("expected back at 12:00: Water cart");
    for _ in 0..3 {
        desk.keys("u");
    }
    desk.keys("a");
    for _ in 0..5 {
        let (text, cursor) = desk.frame();
        let cursor = cursor.expect(&text);
        assert!(cursor.y < 23 && cursor.x < 80, "{cursor:?}");
        desk.keys("<tab>");
    }
}
