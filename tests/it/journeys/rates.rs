//! The three rates on the screen: each figure, its list, another month.

use crate::support::{Session, at_the_desk, town};

/// Two reports: one done in time and the resident content, one made void.
fn two() -> Session {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>").keys("a1..").keys(".换了阀门<enter>.111");
    desk.keys("n<tab>打错了<ctrl-s><esc>").keys("s作废<enter>打错了<enter>y");
    desk
}

#[test]
fn each_figure_opens_its_list_and_each_ticket_of_it() {
    let mut desk = two();
    desk.keys(":三率<enter>").sees("三率 2026-11  全部小区");
    desk.sees("响应率").sees("100.0%").sees("1/1   未计 1: 作废 1").sees("按小区").sees("康乐苑").sees("11-23");
    desk.keys("<enter>").sees("响应率 2026-11  没有及时联系的").sees("这一部分没有");
    desk.keys("<tab>").sees("时限内联系的").sees("1124-01").sees("厨房漏水").sees_not("陈凤英");
    desk.keys("<tab>").sees("不计的").sees("1124-02").sees("作废");
    desk.keys("<enter>").sees("打错了").sees("经过").keys("<esc>").sees("不计的").keys("<esc>").sees("三率 2026-11");
    desk.keys("jj").sees("满意 / 回访接通").keys("<enter><tab>").sees("满意率 2026-11  满意的").sees("解决了, 满意");
    desk.keys("<esc>").keys("2<tab>").sees("住户说解决了的").keys("<esc><esc>").sees("没有待办工单");
}

#[test]
fn another_month_and_no_month_ahead() {
    let mut desk = two();
    desk.keys(":三率<enter>l").sees("三率 2026-11").keys("h").sees("三率 2026-10").sees("0/0");
    desk.keys("<enter>").sees("这一部分没有").keys("<esc><right>").sees("三率 2026-11").sees("1/1");
    desk.resize(80, 24).sees("未计 1: 作废 1").sees("100.0%     1/1 █").sees("11-23");
}

#[test]
fn a_long_list_comes_page_by_page() {
    let mut desk = Session::over(town::sample(300, 900), township_desk::text::Lang::En, (120, 40));
    desk.keys(":desk.rates<enter>").sees("Three rates 2026-11").keys("h1<tab>").sees("contact in time").sees("1/200+");
    desk.keys("G").sees("200/").keys("G");
    let (frame, _) = desk.frame();
    assert!(!frame.contains("/200"), "the next page is there:\n{frame}");
}
