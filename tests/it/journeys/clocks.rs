//! Due times on the screen: the sum behind `=`, raising and what it does, danger words, 12345 orders, pauses.

use township_desk::domain::base::time::CHINA;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::ticket::Priority;
use township_desk::domain::ticket::query::{Row, TicketAnswer, TicketQuery};
use township_desk::text::Lang;

use crate::store::{report, uid};
use crate::support::{Session, at_the_desk, town};

fn with_ticket(place: &str, words: &str) -> Session {
    let mut desk = at_the_desk();
    desk.keys("n").keys(place).keys("<enter>").keys(words).keys("<ctrl-s><esc>");
    desk
}

fn newest(desk: &Session) -> Row {
    let Ok(Answer::Ticket(TicketAnswer::Open(open))) =
        desk.store.answer(&Query::Ticket(TicketQuery::Open { compound: None }))
    else {
        panic!("no answer");
    };
    open.rows.into_iter().max_by_key(|row| row.id).expect("a ticket")
}

#[test]
fn one_key_prints_how_the_due_times_came_about() {
    let mut desk = with_ticket("kly 502", "楼道灯不亮");
    desk.keys("=").sees("时限怎么来的").sees("1124-01").sees("分类 207 定 4小时; P3 班内计");
    desk.sees("开始").sees("11-24 10:00").sees("11-24 14:00前");
    // Two working days of twelve hours, over two nights.
    desk.sees("一天算一个工作日: 24小时").sees("下班").sees("工作日 08:00-20:00, 休息日 09:00-18:00, 节假日不上班");
    desk.sees("11-26 10:00前").keys("<esc>").sees_not("时限怎么来的");
}

#[test]
fn pauses_stand_in_the_sum_with_their_reason_and_what_runs_now_is_said() {
    let mut desk = with_ticket("kly 502", "楼上漏水");
    desk.keys("a1.").wait(10).keys("s挂起<enter>等配件<enter>明天 9点<enter>");
    desk.sees("10:10 起停表, 时限顺延").sees("周三复查");
    desk.keys("=").sees("正挂起").sees("自 11-24 10:10").sees("11-25 09:00 复查").sees("11-25 10:00前");
    desk.keys("<esc>").wait(24 * 60).sees("超时 0").sees("该复查").sees("> !  1124-01").sees_not("!!").keys(".");
    desk.keys("<enter>=").sees("24小时  11-24 10:10 - 11-25 10:10 「等配件」").sees("11-26 10:00前");
    desk.sees("到场").sees("11-25 10:10  早 50分");
}

#[test]
fn a_household_looked_after_is_raised_and_the_intake_says_so_before_saving() {
    let mut desk = at_the_desk();
    desk.keys("nkly 3 2 501<enter>楼道灯不亮").sees("P2 紧急 (独居: 减半):").sees("12:00前到, 明天 10:00前办好");
    desk.keys("<ctrl-s>").sees("12:00前到").keys("<esc>").sees("独居: 减半");
    let ticket = newest(&desk).ticket;
    assert_eq!((ticket.base_priority, ticket.priority), (Priority::P3, Priority::P2));
    assert_eq!(
        (ticket.respond_by, ticket.resolve_by),
        (town::now().plus_minutes(120), town::now().plus_minutes(1_440))
    );
}

#[test]
fn the_home_counts_too_when_nobody_says_who_called() {
    let mut desk = at_the_desk();
    // The bare home stands behind the person who lives there.
    desk.keys("nkly 3 2 501<down><enter>楼道灯不亮").sees("P2 紧急 (独居: 减半)").keys("<ctrl-s><esc>");
    let ticket = newest(&desk).ticket;
    assert_eq!((ticket.reporter, ticket.priority), (None, Priority::P2));
}

#[test]
fn questions_are_never_raised() {
    let mut desk = at_the_desk();
    desk.keys("nkly 3 2 501<enter>咨询一下").sees("P4 计划: ").sees_not("减半").keys("<ctrl-s><esc>");
    desk.keys("!").sees("咨询、建议、表扬不升级");
    assert_eq!(newest(&desk).ticket.priority, Priority::P4);
}

#[test]
fn danger_is_proposed_and_given_by_one_key_and_taken_back_by_it() {
    let mut desk = with_ticket("kly 3 2 501", "楼上漏水");
    desk.sees("P2 紧急").sees("独居: 减半").sees("有危险吗? ! 定为 P1");
    desk.keys("!").sees("已保存: 升级").sees("P1 特急").sees("独居、有危险: 减半两次").sees_not("有危险吗?");
    assert_eq!(newest(&desk).ticket.respond_by, town::now().plus_minutes(15));
    desk.keys("<enter>").sees("取消特急 (!)").keys("!").sees("P2 紧急").sees("定为特急 (!)");
    desk.keys("u").sees("已撤销: 取消升级").sees("P1 特急").keys("<esc>");
    desk.keys("=").sees("独居、有危险: 减半两次").sees("分类 202 定 1小时; P1 昼夜计");
}

#[test]
fn what_raising_makes_late_at_once_is_said_before_it_is_done() {
    let mut desk = with_ticket("kly 502", "楼上漏水");
    desk.wait(45).keys("!").sees("时限从登记算起减半").sees("1 有危险").sees("改成 10:30前, 一改就超时").sees("2 不改");
    desk.keys("2").sees("P2 紧急").keys("!<esc>").sees("P2 紧急").keys("!1").sees("已保存: 升级").sees("P1 特急");
    assert_eq!(newest(&desk).ticket.respond_by, town::now().plus_minutes(30));
    // What is late already, or not late by it, is raised by the one key.
    desk.keys("!").sees("P2 紧急").wait(30).sees("超时").keys("!").sees("已保存: 升级").sees("P1 特急");
}

#[test]
fn first_contact_stays_as_it_was_held_to_and_the_sum_says_why() {
    let mut desk = with_ticket("kly 502", "楼上漏水");
    desk.keys("a1.").wait(40).keys(".").sees("响应 11:00前 -> 10:40").keys("!").sees("P1 特急");
    desk.sees("响应 11:00前 -> 10:40").keys("=");
    desk.sees("分类 202 定 1小时; P2 昼夜计; 首次联系时这样定下").sees("分类 202 定 1天; P1 昼夜计; 有危险: 减半");
    desk.sees("11-24 10:40  早 20分");
}

#[test]
fn a_whole_unit_out_is_said_from_the_palette() {
    let mut desk = with_ticket("kly 502", "楼道灯不亮");
    desk.keys(":整单元<enter>").sees("整单元受影响: 减半").sees("P2 紧急");
    desk.keys(":整单元<enter>").sees("P3 一般").sees_not("整单元受影响: 减半");
}

#[test]
fn the_time_the_caller_was_told_the_words_for_danger_is_kept_once() {
    let mut desk = at_the_desk();
    desk.keys("n<ctrl-g>").sees("没有危险提示").keys("<tab>有人困在电梯里").sees("先对来电人说");
    desk.sees("说完按 Ctrl+G").keys("<ctrl-g>").sees("10:00 已告知危险提示").wait(2).keys("<ctrl-g>").sees("已经记下");
    desk.keys(", 三个人<ctrl-s><esc>");
    let ticket = newest(&desk).ticket;
    assert_eq!(ticket.warned_at, Some(town::now()), "when it was said");
    desk.sees("10:00 已告知危险提示").keys("<enter>").sees("登记  已告知危险提示 10:00").keys("<esc>");
    // Words of another kind in the end: nobody was told anything that counts.
    desk.keys("n<tab>有人困在电梯里<ctrl-g><ctrl-u>楼道灯不亮<ctrl-s><esc>");
    assert_eq!(newest(&desk).ticket.warned_at, None);
    desk.keys(":已告知<enter>").sees("这个分类没有危险提示");
}

#[test]
fn danger_words_that_were_only_on_the_screen_were_not_told() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>有人困在电梯里<ctrl-s>").sees("说完按 Ctrl+G 记下时间");
    assert_eq!(newest(&desk).ticket.warned_at, None);
    desk.wait(1).keys("<ctrl-g>").sees("10:01 已告知危险提示").keys("<esc>");
    assert_eq!(newest(&desk).ticket.warned_at.map(|at| CHINA.hm(at)).as_deref(), Some("10:01"));
    desk.keys("n<tab>闻到煤气味<ctrl-s><esc>").sees("危险提示没告知");
}

#[test]
fn danger_is_heard_in_the_box_for_the_phone_too() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>电话里喊<tab>13800005678").sees_not("先对来电人说");
    desk.keys("<ctrl-u>电梯里困着人").sees("先对来电人说").keys("<ctrl-u>13800005678").sees_not("先对来电人说");
}

#[test]
fn danger_words_told_later_are_noted_and_stay() {
    let mut desk = with_ticket("kly 502", "楼道灯不亮");
    desk.keys("e<tab><tab><tab><ctrl-u>103<ctrl-s>").sees("103 火情").wait(3).keys(":已告知<enter>");
    desk.sees("10:03 已告知危险提示").keys("u").sees("不能撤销");
    assert_eq!(newest(&desk).ticket.warned_at.map(|at| CHINA.hm(at)).as_deref(), Some("10:03"));
}

#[test]
fn a_parked_report_remembers_when_the_words_for_danger_were_told() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>闻到煤气味<ctrl-g><esc>").wait(5).keys("<f9>").sees("先对来电人说").keys("<ctrl-s><esc>");
    assert_eq!(newest(&desk).ticket.warned_at, Some(town::now()));
}

#[test]
fn an_order_of_12345_carries_its_own_number_and_deadline() {
    let mut desk = at_the_desk();
    desk.keys("nkly 502<enter>楼道灯不亮").sees_not("交办期限");
    desk.keys("<ctrl-t><ctrl-t><ctrl-t><ctrl-t>").sees("12345号").sees("交办期限");
    desk.keys("<tab><tab><tab>20261124001<tab>不知道<ctrl-s>").sees("看不懂这个时间");
    desk.keys("<ctrl-u>明天 12:00").sees("= 明天 12:00").keys("<ctrl-s><esc>").sees("12345 期限 明天 12:00前");
    let ticket = newest(&desk).ticket;
    assert_eq!(ticket.outer_due, Some(town::now().plus_minutes(26 * 60)));
    assert_eq!(ticket.outside_number, "20261124001");
    // Of such a number people remember the end.
    desk.keys("/4001").sees("1124-01").keys("<ctrl-u>20261124001").sees("1124-01");
    desk.keys("<ctrl-u>2400").sees("没有找到").keys("<esc>");
    desk.keys("f4001").sees("1/1").keys("<ctrl-u>9999").sees_not("1/1").keys("<esc>");
    desk.keys("=").sees("12345 期限").sees("比我们的办结时限早 22小时: 先看这个").keys("<esc>");
    desk.keys("e")
        .sees("2026-11-25 12:00")
        .keys("<tab><tab><tab><tab><ctrl-u>11-27 18:00<ctrl-s>")
        .sees("周五 18:00前");
    desk.keys("e<tab><tab><tab><tab><ctrl-u><ctrl-s>").sees_not("12345 期限");
    assert_eq!(newest(&desk).ticket.outer_due, None);
}

#[test]
fn a_clock_before_the_release_is_asked_about_once_and_stays_in_the_header() {
    let begun = || Session::begun(town::copy(), Lang::Zh, (120, 40), (town::now(), false));
    let mut desk = begun();
    desk.sees("电脑时间是 2026-11-24 10:00").sees("> 1 退出").keys("<enter>");
    assert!(desk.left, "whoever is not sure leaves and sets the clock");
    let mut desk = begun();
    desk.keys("2.").sees_not("电脑时间是").sees("时间不对?");
    assert!(!desk.left);
    desk.wait(1).sees_not("电脑时间是").sees("时间不对?").keys("n").sees("在哪里");
    let mut desk = begun();
    desk.sees("y 对, n 不对").keys("n");
    assert!(desk.left, "it is not right");
    let mut desk = begun();
    desk.keys("ｙ").sees_not("电脑时间是").sees("时间不对?");
    assert!(!desk.left);
}

#[test]
fn a_clock_behind_the_newest_entry_is_asked_about_and_one_that_is_not_is_not() {
    let on = |month, day| {
        let day = chrono::NaiveDate::from_ymd_opt(2027, month, day).expect("a day");
        CHINA.at(day, 10 * 60)
    };
    let (mut store, folder) = town::copy();
    store.commit(uid(), &report("路灯不亮"), on(1, 8)).expect("taken");
    let mut desk = Session::begun((store, folder), Lang::En, (120, 40), (on(1, 4), false));
    desk.sees("This machine's clock shows 2027-01-04 10:00").sees("2027-01-08 10:00").keys("2.").sees("clock wrong?");
    // Once the clock is set, nothing is said any more.
    desk.wait(4 * 24 * 60).sees_not("clock wrong?");
    let mut desk = Session::begun(town::copy(), Lang::En, (120, 40), (on(1, 4), false));
    desk.sees_not("This machine's clock").sees_not("clock wrong?");
    let mut desk = Session::begun(town::copy(), Lang::En, (120, 40), (town::now(), true));
    desk.sees_not("This machine's clock").sees_not("clock wrong?");
}

#[test]
fn an_appointment_of_next_year_is_read_shown_and_taken_again_unchanged() {
    let eve = CHINA.at(chrono::NaiveDate::from_ymd_opt(2026, 12, 31).expect("a day"), 16 * 60);
    let mut desk = Session::begun(town::copy(), Lang::Zh, (120, 40), (eve, true));
    desk.keys("n").keys("kly 502").keys("<enter>").keys("楼道灯不亮").keys("<ctrl-s><esc>");
    desk.keys("t1-4 9:00").sees("= 下周一 09:00").keys("<enter>").sees_not("已经过去");
    let wanted = CHINA.at(chrono::NaiveDate::from_ymd_opt(2027, 1, 4).expect("a day"), 9 * 60);
    assert_eq!(newest(&desk).ticket.appointment_at, Some(wanted));
    // A space behind it is no other time.
    desk.keys("t").sees("> 01-04 09:00").keys(" <enter>").sees_not("已经过去");
    desk.keys("t").sees("> 01-04 09:00").keys("<ctrl-u>01-04 09:00<enter>").sees_not("已经过去");
    assert_eq!(newest(&desk).ticket.appointment_at, Some(wanted));
    desk.keys("t<ctrl-u>三点").sees("= 明天 15:00").keys("<ctrl-u>12-30 9:00<enter>").sees("已经过去");
}
