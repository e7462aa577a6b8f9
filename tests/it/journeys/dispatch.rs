//! Sending somebody and what follows: who is told how, who does not answer, his three answers, what is written around a ticket.

use township_desk::domain::base::id::{CommandUid, TicketId};
use township_desk::domain::op::Op;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::roster::query::{RosterAnswer, RosterQuery};
use township_desk::domain::ticket::Status;
use township_desk::domain::ticket::op::{Act, Step, TicketOp};
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};
use township_desk::text::Lang;

use crate::store::raw;
use crate::support::{Session, at_the_desk, town};

fn with_ticket(words: &str) -> Session {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>").keys(words).keys("<ctrl-s><esc>");
    desk
}

fn ticket(desk: &Session) -> township_desk::domain::ticket::query::Row {
    let Ok(Answer::Ticket(TicketAnswer::Open(open))) =
        desk.store.answer(&Query::Ticket(TicketQuery::Open { compound: None }))
    else {
        panic!("no answer")
    };
    open.rows.into_iter().next().expect("a ticket")
}

/// Another desk does this to the ticket, which this one hears of by and by.
fn elsewhere(desk: &mut Session, n: u64, act: Act) {
    let id = ticket(desk).id;
    let uid = CommandUid(uuid::Uuid::from_u64_pair(9, n));
    desk.store.commit(uid, &Op::Ticket(TicketOp::Act { id, act }), town::now()).expect("the other desk saves");
}

#[test]
fn no_time_is_promised_before_his_next_shift_and_who_stands_by_is_told() {
    let mut desk = at_the_desk();
    let from = town::now().plus_minutes(22 * 60);
    let conn = raw(desk.store.path());
    let shift = "INSERT INTO shift (staff_id, day, template, from_at, to_at) \
        SELECT id, '2026-11-25', 'early', ?1, ?2 FROM staff WHERE name = '王强'";
    conn.execute(shift, [from.0, from.plus_minutes(8 * 60).0]).expect("a shift");
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s>");
    desk.sees("单号 1124-01, 维修王强 明天 08:00上班, 上班就来; 没到打 0355-600 0000").sees_not("10:30前到");
    conn.execute("INSERT INTO staff (id, name, role) VALUES (99, '高远', 'manager')", []).expect("a manager");
    desk.keys("<esc>nkly 502<enter>厨房漏水<ctrl-s>").sees("上班就来; 这之前有急事由经理高远管");
    desk.keys("<enter>").sees("已派 王强").sees("维修王强 明天 08:00上班");
    desk.keys("<esc>nkly 502<enter>怎么还没来<ctrl-o>").sees("维修王强 明天 08:00上班").sees_not("11:00前到");
    // What is due after he comes is promised as ever.
    desk.keys("<esc>nkly 601<enter>健身器材坏了<ctrl-s>")
        .sees("维修王强 明天")
        .sees("前到; 没到打")
        .sees_not("上班就来");
}

#[test]
fn watch_words_begin_with_one_if_and_every_action_has_a_digit() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("i若22点后再响: 叫供水公司<enter>").sees("若22点后再响").sees_not("若 若");
    // Behind 0 the actions beyond the ninth; behind the next 0 those beyond the eighteenth.
    desk.keys("<enter>").sees("能做的").keys("0").sees("还能做的").keys("0").sees("1 ");
    let (text, _) = desk.frame();
    let row = text.lines().find(|line| line.contains("派工单")).expect("the slip is in the list").to_owned();
    let digit = row.chars().find(char::is_ascii_digit).expect("with a digit before it");
    desk.keys(&digit.to_string()).sees("可打印的页在");
}

#[test]
fn three_keys_are_the_worker_s_three_answers() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1");
    let words = "换了阀门";
    // The words and the Enter that ends them apart.
    let keys = [".", ".", "."];
    desk.keys(keys[0]).sees("已接单").keys(keys[1]).sees("处理中").keys(keys[2]).keys(words).keys("<enter>");
    desk.sees("待回访").sees("结果: 换了阀门");
    assert_eq!(keys.concat().len(), 3);
    assert_eq!(ticket(&desk).ticket.status, Status::Resolved);
}

#[test]
fn how_the_worker_was_told_is_a_digit() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("T").sees("还没派给人").keys("a1").sees("还没通知 (T)");
    desk.keys("T").sees("怎么通知的").sees("1 电话").sees("4 当面").keys("3");
    desk.sees("已通知: 群里 10:00").sees_not("还没通知").sees("已通知处理人 群里");
    desk.sees_not("u 撤销").keys("u").sees("不能撤销");
    // From the message that was copied, too, with the phone in sight.
    desk.keys("y")
        .sees("王强 136 0000 1001")
        .sees("1 电话  2 对讲")
        .keys("1")
        .sees("已通知: 电话")
        .sees_not("给处理人的话");
    // Given to another, who has not been told.
    desk.keys("a1").sees("还没通知 (T)");
}

#[test]
fn who_does_not_answer_is_marked_at_that_very_minute_and_another_is_offered() {
    let mut desk = with_ticket("楼道灯不亮");
    desk.keys("n<tab>有人问路<ctrl-s><esc>ggG").keys("gg");
    desk.keys("f楼道<enter>a1<esc>").sees("待接单").sees_not("没回话");
    let due = town::now().plus_minutes(10);
    desk.wait(9);
    assert_eq!(desk.desk.wakes_at(), due, "the desk wants to be woken then");
    desk.sees_not("没回话").wait(1).sees("没回话 1").sees("10分没回话 (a 换人)");
    desk.keys("gg").keys("a").sees("现在在他手上, 10分没回话");
    let (frame, _) = desk.frame();
    let row = |name: &str| frame.lines().position(|line| line.contains(name) && line.contains("136 0000")).expect(name);
    assert!(row("周岩") < row("王强") && row("赵桂") < row("王强"), "{frame}");
    desk.keys("1").sees_not("没回话").sees("待接单");
}

#[test]
fn in_danger_three_minutes_are_too_long() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>有人困在电梯里<ctrl-s><enter><esc>");
    desk.sees_not("没回话").wait(2).sees_not("没回话").wait(1).sees("没回话");
    // Seen before those that wait longer but are not silent.
    desk.keys("f没回话<enter>").sees("1/1");
}

#[test]
fn a_return_says_why_and_who_is_next_and_the_chain_keeps_the_time_of_each() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1.").wait(12).keys(".").wait(35).keys("a").sees("现在在他手上");
    desk.keys("1").wait(8).keys("s退单<enter>").sees("退单: 原因").keys("<enter>").sees("要写上原因");
    desk.keys("没有配件<enter>").sees("退单: 下一个负责人").keys("1").sees("待派单").sees("退回, 下一个找");
    desk.keys("<enter>").sees("派单 王强  12分到场, 到场后35分").sees("手上8分").sees("「没有配件」");
    desk.wait(60).sees("12分到场, 到场后35分").sees("手上8分");
}

#[test]
fn an_appointment_stands_in_the_list_and_reminds_half_an_hour_before() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1.").keys("t<enter>").sees("写上时间").keys("晚上").sees("= 19:00").keys("<ctrl-u>昨天<enter>");
    desk.sees("约的时间已经过去").keys("<ctrl-u>18:00<enter>").sees("18:00约").sees("约时间 18:00");
    desk.keys("t").sees("> 11-24 18:00").keys("<enter>").sees_not("约时间 (如").keys("t<ctrl-u><enter>");
    desk.sees_not("18:00约").sees("约时间 取消").keys("u").sees("18:00约");
    desk.sees("撤销 约的 18:00 仍算数").keys("<ctrl-r>").sees("重做 约的 18:00 不算了").keys("u");
    let near = town::now().plus_minutes(7 * 60 + 30);
    assert_eq!(desk.desk.panes.tickets.changes_at(), Some(near));
    desk.wait(7 * 60 + 29);
    assert_eq!(desk.desk.wakes_at(), near, "the desk wants to be woken then");
    desk.wait(1).sees("18:00约").wait(40).sees("18:00约").keys(".").sees("处理中").sees_not("18:00约");
}

#[test]
fn watch_words_and_charge_are_typed_in_one_line_each() {
    let mut desk = with_ticket("换灯泡");
    desk.sees("206 户内水电").keys("a1..").sees("待补: 材料费用");
    desk.keys("i").sees("> 若").keys("<enter>").sees("写上若怎样");
    desk.keys("22点后再响, 就叫供水公司<enter>").sees("交班留意: 若 22点后再响");
    desk.keys("<enter>0材料<enter>")
        .sees("先材料, 后多少元")
        .keys("灯泡1个 35.5")
        .sees("= 材料 灯泡1个   收费 35.50 元");
    desk.keys("<enter>").sees("材料费用: 灯泡1个 35.50 元").sees_not("待补");
    desk.keys("0材料<enter>").keys("<ctrl-u>灯泡 99999999<enter>").sees("金额不对").keys("<esc>");
    desk.keys("i<ctrl-u><enter>").sees_not("交班留意: 若");
}

#[test]
fn every_action_without_a_key_has_a_digit() {
    use township_desk::desk::ticket::opened::{actions, digits};
    let mut desk = with_ticket("厨房漏水");
    desk.keys("<enter>");
    for (place, command) in actions().enumerate() {
        desk.sees(&format!("{} {}", digits(place), command.label(&desk.desk).zh));
    }
    let charge = actions().position(|command| command.name == "ticket.charge").map(digits).expect("in the list");
    desk.keys(&charge).sees("材料费用: 先材料");
}

#[test]
fn files_and_related_tickets_come_and_go_by_digit() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("nkly 502<enter>顶上漏水<ctrl-s><esc>")
        .keys("<enter>0")
        .sees("还能做的")
        .sees("加附件")
        .sees("这张工单没有附件");
    let photo = desk.folder.path().join("照片.jpg");
    let path = photo.display().to_string();
    desk.keys("加附件<enter>").sees("附件的路径").keys(&path).keys("<enter>").sees("没有「").sees("完整路径");
    std::fs::write(photo, "jpg").expect("a photo");
    desk.keys("<enter>").sees(&format!("附件: {path}"));
    desk.keys("0去附件<enter>").sees("去掉哪个附件").keys("1").sees_not("附件: /");
    desk.keys("0关联<enter>")
        .keys("1124-77<enter>")
        .sees("没有这个单号")
        .keys("<ctrl-u>1124-02<enter>")
        .sees("不能并入、关联自己");
    desk.keys("<ctrl-u>1124-01<enter>").sees("关联: 1124-01").keys("<esc>gg");
    desk.keys("f厨房<enter>")
        .sees("关联: 1124-02")
        .keys("<enter>0关联<enter>")
        .keys("1124-02<enter>")
        .sees_not("关联: 1124");
}

#[test]
fn the_slip_is_a_page_with_all_the_worker_needs() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1p").sees("可打印的页在").sees("2026-1124-01.html");
    let folder = desk.folder.path().join("slips");
    for form in ["2026-1124-01.html", "2026-1124-01.txt"] {
        let page = std::fs::read_to_string(folder.join(form)).expect("a page");
        for words in ["康乐苑 3-2-501", "陈凤英 138 0000 5678", "厨房漏水", "王强 136 0000 1001", "住户签字"]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
    assert_eq!(desk.seen_in_full, 1, "and that is written down");
}

#[test]
fn a_lost_race_shows_both_and_keeps_what_was_typed() {
    let mut desk = with_ticket("换灯泡");
    desk.keys("a1..");
    // A charge: the other desk's is shown, ours stays and is taken by a second Enter.
    desk.keys("<enter>0材料<enter>灯泡2个 40");
    elsewhere(&mut desk, 1, Act::Charge { version: None, materials: "灯泡1个".to_owned(), fee: Some(3_500) });
    desk.keys("<enter>").sees("另一台刚改过 材料费用").sees("> 灯泡2个 40").sees("另一台: 灯泡1个 35");
    desk.keys("<enter>").sees("材料费用: 灯泡2个 40 元").sees("「灯泡1个」").sees("「灯泡2个」");
    // Heard of before Enter: said then, and not written over.
    desk.keys("0材料<enter><ctrl-u>灯泡3个 60");
    elsewhere(&mut desk, 2, Act::Charge { version: None, materials: "灯座".to_owned(), fee: None });
    desk.send(township_desk::desk::Msg::Foreign(vec![township_desk::domain::base::event::Entity::Ticket]));
    desk.sees("另一台: 灯座").keys("<enter>").sees("另一台刚改过; 你写的还在").sees("> 灯泡3个 60");
    assert_eq!(ticket(&desk).ticket.materials, "灯座");
    desk.keys("<enter>").sees("材料费用: 灯泡3个 60 元");
    // A move: what the other desk made of it is in the list, and the words typed are still there.
    desk.keys("<esc>s挂起<enter>等配件<enter>明天");
    elsewhere(
        &mut desk,
        3,
        Act::Move { version: None, step: Step { why: "好了".to_owned(), ..Step::to(Status::Resolved) } },
    );
    desk.keys("<enter>")
        .sees("刚在另一台记了「修好」; 你这一步没有做, 写的还在")
        .sees("> 明天")
        .sees("待回访")
        .keys("<esc>")
        .sees("> 等配件");
}

#[test]
fn one_that_the_other_desk_took_is_not_taken_twice() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a").sees("派单: 处理人");
    let suggest = Query::Roster(RosterQuery::Suggest { category: "202".to_owned(), compound: None, at: desk.desk.now });
    let Ok(Answer::Roster(RosterAnswer::Suggest(candidates))) = desk.store.answer(&suggest) else {
        panic!("no answer")
    };
    let other = candidates[1].staff;
    elsewhere(&mut desk, 1, Act::Move { version: None, step: Step::assign(other) });
    desk.keys("1").sees("另一台刚派了人").sees("刚在另一台派单给");
    assert_eq!(ticket(&desk).ticket.assignee, Some(other));
    desk.keys("2").sees("已保存: 派单");
    assert_ne!(ticket(&desk).ticket.assignee, Some(other), "asked, and sent instead");
}

#[test]
fn marked_tickets_that_stand_differently_are_refused_in_words() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("nkly 502<enter>顶上漏水<ctrl-s><esc>a1").keys("gg<space><space>").sees("已标记 2");
    desk.keys(".").sees("状态不一样, 不能一起做这一步");
    desk.keys("a1").sees("1124-02: 已经在这个人手上").sees("一张也没改");
}

#[test]
fn all_of_it_is_said_in_english_too() {
    let mut desk = Session::new(Lang::En, (80, 24));
    desk.keys("nkly 501<enter>leak in the kitchen<ctrl-s>").sees("Proposed: 王强 (repairer)").keys("<enter>");
    desk.sees("136 0000 1001").sees("Told how: 1 by phone  2 by radio").keys("2").sees("Saved: handler told");
    desk.keys("y").sees("Message for the worker").keys("<esc>").wait(10).keys("<enter>").sees("silent for 10m");
    desk.keys("0")
        .sees("What else can be done")
        .sees("materials, fee")
        .keys("<esc><esc>a")
        .sees("has it now, silent for 10m");
    let id: TicketId = ticket(&desk).id;
    assert!(id.0 > 0);
}

#[test]
fn who_was_just_sent_by_another_desk_is_said_and_asked_about() {
    for (pick, mine, notes) in [("1", false, 0), ("2", true, 0), ("3", false, 1)] {
        let mut desk = with_ticket("厨房漏水");
        let people = raw(desk.store.path())
            .prepare("SELECT id, name FROM staff ORDER BY name = '王强' DESC, id")
            .and_then(|mut found| {
                found
                    .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?
                    .collect::<Result<Vec<_>, _>>()
            })
            .expect("staff");
        let other = people.iter().find(|(_, name)| name != "王强").expect("somebody else").clone();
        desk.keys("a").sees("王强");
        elsewhere(
            &mut desk,
            1,
            Act::Move { version: None, step: Step::assign(township_desk::domain::base::id::StaffId(other.0)) },
        );
        // Heard of or not while the list is open: what was begun before is asked about.
        if pick != "1" {
            desk.send(township_desk::desk::Msg::Foreign(vec![township_desk::domain::base::event::Entity::Ticket]));
        }
        desk.keys("王强<enter>").sees("另一台刚派了人").sees(&format!("刚在另一台派单给 {}", other.1)).sees("10:00");
        desk.keys(pick);
        let ticket = ticket(&desk).ticket;
        let name = people
            .iter()
            .find(|(id, _)| Some(*id) == ticket.assignee.map(|staff| staff.0))
            .map(|(_, name)| name.clone());
        let expected = if mine { "王强".to_owned() } else { other.1.clone() };
        assert_eq!(name, Some(expected), "{pick}");
        let noted: i64 = raw(desk.store.path())
            .query_row("SELECT COUNT(*) FROM event WHERE kind = 'noted'", [], |row| row.get(0))
            .expect("a count");
        assert_eq!(noted, notes, "{pick}");
    }
}

#[test]
fn a_status_that_another_desk_left_behind_is_not_picked_in_silence() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1.").sees("已接单").keys("s").sees("改状态");
    elsewhere(&mut desk, 1, Act::Move { version: None, step: Step::to(Status::Working) });
    desk.send(township_desk::desk::Msg::Foreign(vec![township_desk::domain::base::event::Entity::Ticket]));
    desk.keys("1").sees("不能").sees_not("改状态");
    assert_eq!(ticket(&desk).ticket.status, Status::Working);
}

#[test]
fn nobody_accepts_what_another_desk_gave_to_somebody_else_meanwhile() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1").sees("已保存: 派单");
    let suggest = Query::Roster(RosterQuery::Suggest { category: "202".to_owned(), compound: None, at: town::now() });
    let Ok(Answer::Roster(RosterAnswer::Suggest(candidates))) = desk.store.answer(&suggest) else {
        panic!("no answer")
    };
    let first = ticket(&desk).ticket.assignee;
    let other = candidates.iter().map(|one| one.staff).find(|staff| Some(*staff) != first).expect("somebody else");
    elsewhere(&mut desk, 1, Act::Move { version: None, step: Step::assign(other) });
    desk.keys(".").sees("刚在另一台派单给").sees("你这一步没有做");
    let now = ticket(&desk).ticket;
    assert_eq!((now.status, now.assignee), (Status::Assigned, Some(other)));
    desk.keys(".").sees("已接单");
}

#[test]
fn the_same_step_at_two_desks_names_who_made_it() {
    let mut desk = with_ticket("厨房漏水");
    desk.keys("a1.").sees("已接单");
    elsewhere(&mut desk, 1, Act::Move { version: None, step: Step::to(Status::Working) });
    desk.keys(".").sees("刚在另一台记了").sees("你这一步没有做");
    assert_eq!(ticket(&desk).ticket.status, Status::Working);
}

#[test]
fn what_another_desk_did_is_told_to_its_end_at_80_columns() {
    let mut desk = Session::begun(town::copy(), Lang::En, (80, 24), (town::now(), true));
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>a").sees("repairer");
    let suggest = Query::Roster(RosterQuery::Suggest { category: "202".to_owned(), compound: None, at: town::now() });
    let Ok(Answer::Roster(RosterAnswer::Suggest(candidates))) = desk.store.answer(&suggest) else {
        panic!("no answer")
    };
    elsewhere(&mut desk, 1, Act::Move { version: None, step: Step::assign(candidates[1].staff) });
    desk.keys("1")
        .sees("Another desk has just sent somebody")
        .sees("your step was not")
        .sees("│made")
        .sees("goes too; noted");
}
