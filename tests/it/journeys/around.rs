//! What is known already when a caller rings: look-alikes, the home's own tickets, outages, merging, roots, names people use.

use township_desk::domain::base::id::{PlaceId, TicketId};
use township_desk::domain::base::time::{HOUR, Time};
use township_desk::domain::callback::op::{Call, Verdict, Whom};
use township_desk::domain::op::Op;
use township_desk::domain::outage::OutageKind;
use township_desk::domain::outage::op::{Notice, OutageOp};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::ticket::op::{Act, Report, Step, TicketOp};
use township_desk::domain::ticket::query::{Row, TicketAnswer, TicketQuery};
use township_desk::domain::ticket::{Channel, Number, Status};
use township_desk::text::Lang;

use crate::store::{raw, staff, uid};
use crate::support::{Session, at_the_desk, town};

/// The ticket of today's so manieth number.
fn ticket(desk: &Session, n: u32) -> Row {
    let day = desk.store.zone().day(town::now());
    let Ok(Answer::Ticket(TicketAnswer::ByNumber(Some(id)))) =
        desk.store.answer(&Query::Ticket(TicketQuery::ByNumber(Number { day, n })))
    else {
        panic!("no ticket {n}");
    };
    crate::store::row(&desk.store, id)
}

/// A ticket worked on to its end by the first of the staff, closed with the resident's word.
fn finish(desk: &mut Session, id: TicketId, result: &str) {
    let first = staff(desk.store.path())[0];
    let step = |to, why: &str| Act::Move { version: None, step: Step { why: why.to_owned(), ..Step::to(to) } };
    let solved = Call::Solved { whom: Whom::CameIn, in_time: true, verdict: Verdict::Satisfied, words: String::new() };
    for act in [
        Act::Move { version: None, step: Step::assign(first) },
        step(Status::Accepted, ""),
        step(Status::Working, ""),
        step(Status::Resolved, result),
        Act::CallBack(solved),
    ] {
        desk.store.commit(uid(), &Op::Ticket(TicketOp::Act { id, act }), town::now()).expect("done");
    }
}

fn compound(desk: &Session, name: &str) -> PlaceId {
    let sql = "SELECT id FROM place WHERE kind = 'compound' AND label = ?1";
    PlaceId(raw(desk.store.path()).query_row(sql, [name], |row| row.get(0)).expect("a compound"))
}

/// The words of what a ticket's newest event told.
fn newest_note(desk: &Session, n: u32) -> (String, Option<String>) {
    let id = ticket(desk, n).id;
    let Ok(Answer::Ticket(TicketAnswer::One(Some(detail)))) = desk.store.answer(&Query::Ticket(TicketQuery::One(id)))
    else {
        panic!("no ticket")
    };
    let entry = detail.timeline.last().expect("an event");
    (entry.note.clone(), entry.phone.as_ref().map(|phone| phone.reveal().to_owned()))
}

#[test]
fn a_neighbour_with_the_same_trouble_is_joined_by_one_key_and_the_third_raises_it() {
    let mut desk = at_the_desk();
    desk.keys("nkly 502<enter>厨房顶上漏水<ctrl-s><esc>");
    let before = ticket(&desk, 1).ticket.resolve_by;
    desk.keys("nkly 501<enter>厨房也漏水")
        .sees("同单元 3-2-502 1124-01 厨房顶上漏水")
        .sees("[同报]")
        .sees("待派单 刚刚");
    desk.keys("<ctrl-o>").sees("已记同报 1124-01").sees("这件已有人报过, 单号 1124-01, 连您共 2 户, 办好也给您回电");
    assert_eq!(newest_note(&desk, 1), ("3-2-501: 厨房也漏水".to_owned(), Some("13800005678".to_owned())));
    assert!(desk.drafts.is_empty(), "the form is used up");
    assert_eq!(ticket(&desk, 1).ticket.also_affected, 1);
    desk.keys("<esc>nkly 601<enter>顶上漏水<ctrl-o>").sees("连您共 3 户");
    let row = ticket(&desk, 1);
    assert!(row.ticket.resolve_by < before, "three affected: the limits are halved");
    desk.keys("<esc>")
        .sees("同报 「陈** 138****5678 3-2-501: 厨房也漏水」")
        .sees("同报2")
        .keys("u")
        .sees("已撤销: 同报 1124-01");
    assert_eq!(ticket(&desk, 1).ticket.also_affected, 1);
}

#[test]
fn what_looks_most_like_the_words_is_preselected_until_another_is_chosen() {
    let mut desk = at_the_desk();
    desk.keys("nkly 502<enter>厨房顶上漏水<ctrl-s><esc>nkly 601<enter>卫生间渗水<ctrl-s><esc>");
    desk.keys("nkly 501<enter>门禁刷不开<ctrl-s><esc>");
    desk.keys("nkly 501<enter>").sees("> 本户 1124-03");
    desk.keys("厨房顶上漏水").sees("> 同单元 3-2-502 1124-01").sees("3/3");
    desk.keys("<pgup>").sees("> 同单元 3-2-601 1124-02");
    desk.keys("得厉害").sees("> 同单元 3-2-601 1124-02");
    desk.keys("<pgdn><ctrl-o>").sees("已记同报 1124-01");
}

#[test]
fn an_outage_of_what_the_words_are_about_is_preselected() {
    let mut desk = at_the_desk();
    let now = town::now();
    let notice = Notice {
        kind: OutageKind::Water,
        from: now,
        to: Time(now.0 + 2 * HOUR),
        places: vec![compound(&desk, "康乐苑")],
        words: "水管抢修".to_owned(),
    };
    desk.store.commit(uid(), &Op::Outage(OutageOp::Announce(notice)), now).expect("announced");
    desk.keys("nkly 501<enter>水压太小<ctrl-s><esc>").wait(1);
    desk.keys("nkly 501<enter>家里停水了").sees("[并入]").sees("> 停水").keys("<ctrl-o>").sees("已并入停供");
}

#[test]
fn another_kind_of_trouble_next_door_is_no_look_alike() {
    let mut desk = at_the_desk();
    desk.keys("nkly 502<enter>楼上太吵<ctrl-s><esc>");
    desk.keys("nkly 501<enter>").sees("同单元 3-2-502").keys("厨房漏水").sees_not("同单元 3-2-502").sees("0/0");
}

#[test]
fn a_neighbours_ended_ticket_is_there_to_be_read_only() {
    let mut desk = at_the_desk();
    desk.keys("nkly 502<enter>厨房漏水<ctrl-s><esc>");
    let id = ticket(&desk, 1).id;
    finish(&mut desk, id, "换了一段管");
    desk.keys("nkly 501<enter>厨房漏水").sees("同单元 3-2-502").sees("已归档");
    desk.keys("<ctrl-o>").sees("只供参考").sees("登记  电话").keys("<ctrl-s>").sees("已登记 1124-02");
}

#[test]
fn the_homes_open_ticket_is_chased_and_the_caller_hears_how_it_stands() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><enter>");
    desk.keys("nkly 501<enter>怎么还没来").sees("本户 1124-01").sees("[催单]");
    desk.keys("<ctrl-o>").sees("已记催单 1124-01").sees("单号 1124-01 还在办, 您催的第 1 次已记下; 维修王强 10:30前到");
    assert_eq!(newest_note(&desk, 1).0, "怎么还没来");
    desk.keys("<enter>").sees("催1");
    // Late: no time that has passed is promised.
    desk.wait(40).keys("nkly 501<enter>人呢<ctrl-o>").sees("已经晚了, 现在就催维修王强");
}

#[test]
fn a_closed_ticket_shows_what_was_done_and_goes_to_another() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>");
    let id = ticket(&desk, 1).id;
    finish(&mut desk, id, "换了一段管");
    let former = ticket(&desk, 1).ticket.assignee;
    desk.keys("nkly 501<enter>又漏了").sees("本户 1124-01").sees("[重办]");
    desk.sees("结果: 换了一段管; 11-24 10:00 到场; 前台 回访");
    desk.keys("<ctrl-o>").sees("重办: 处理人").sees("上次 王强");
    desk.keys("1").sees("已重办 1124-01").sees("单号 1124-01 重新办");
    let row = ticket(&desk, 1);
    assert_eq!((row.ticket.status, row.ticket.reopened), (Status::Assigned, 1));
    assert_ne!(row.ticket.assignee, former, "never the same by default");
    assert_eq!(newest_note(&desk, 1).0, "又漏了");
    assert!(desk.drafts.is_empty());
}

#[test]
fn leaving_the_question_who_gets_it_leaves_the_form_as_it_was() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>");
    let id = ticket(&desk, 1).id;
    finish(&mut desk, id, "换了一段管");
    desk.keys("nkly 501<enter>又漏了<ctrl-o><esc>")
        .sees("登记  电话")
        .sees("又漏了")
        .keys("<ctrl-s>")
        .sees("已登记 1124-02");
}

#[test]
fn a_caller_about_the_compound_is_joined_unless_it_is_his_own_report() {
    let mut desk = at_the_desk();
    desk.keys("n康乐苑<enter>大门口路灯不亮<tab>138 0000 9999<ctrl-s><esc>");
    desk.keys("n康乐苑<enter>大门路灯黑着").sees("这里 1124-01").sees("[同报]").sees("这地方");
    desk.keys("<tab>138 0000 9999").sees("[催单]").keys("<ctrl-o>").sees("已记催单 1124-01");
    assert_eq!((ticket(&desk, 1).ticket.chases, ticket(&desk, 1).ticket.also_affected), (1, 0));
}

fn water_off(desk: &mut Session) {
    let (now, places) = (town::now(), vec![compound(desk, "康乐苑")]);
    let notice = Notice {
        kind: OutageKind::Water,
        from: Time(now.0 - HOUR),
        to: Time(now.0 + 2 * HOUR),
        places,
        words: "水管抢修, 水车在东门".to_owned(),
    };
    desk.store.commit(uid(), &Op::Outage(OutageOp::Announce(notice)), now).expect("announced");
    desk.wait(1);
}

#[test]
fn a_caller_about_an_outage_is_told_what_to_expect_and_counted() {
    let mut desk = at_the_desk();
    water_off(&mut desk);
    desk.sees("停水 康乐苑");
    desk.keys("nkly 501<enter>没水了").sees("停水 09:00-12:00 康乐苑").sees("0户 [并入]");
    desk.sees("对来电人说: 停水, 预计 12:00 恢复: 水管抢修");
    desk.keys("<ctrl-o>").sees("已并入停供").sees("已有 1 户来电, 不另开单");
    assert!(desk.drafts.is_empty());
    desk.keys("<enter>nkly 501<enter>还没水<ctrl-o>").sees("已有 1 户来电");
    desk.keys("<enter>nkly 502<enter>没水<ctrl-o>").sees("已有 2 户来电");
    desk.keys("<enter>u").sees("已撤销: 同报");
    desk.keys("nkly 502<enter>").sees("1户 [并入]").keys("<esc>").keys("njxjy 3-2-501<enter>").sees_not("停水 09:00");
    // With no place known, what runs anywhere is offered once something is typed.
    desk.keys("<esc>n").sees_not("停水 09:00").keys("<tab>没水").sees("停水 09:00-12:00");
}

#[test]
fn of_an_outage_nobody_reported_over_no_time_is_promised() {
    let mut desk = at_the_desk();
    water_off(&mut desk);
    desk.wait(150).keys("nkly 501<enter>没水了").sees("原定 12:00 恢复, 还没报恢复");
}

#[test]
fn two_marked_tickets_become_one_by_one_key_and_undo_leaves_both_as_before() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>").wait(1);
    desk.keys("nkly 502<enter>厨房漏水<ctrl-s><esc>");
    let before = [ticket(&desk, 1), ticket(&desk, 2)].map(|row| row.ticket);
    desk.keys("M").sees("先用空格标记两张");
    desk.keys("gg<space><space>M").sees("并单? 按 y 确定").keys("y").sees("已保存: 并单 1124-02");
    let (older, newer) = (ticket(&desk, 1), ticket(&desk, 2));
    assert_eq!((newer.ticket.status, newer.ticket.duplicate_of), (Status::Duplicate, Some(older.id)));
    assert_eq!((older.ticket.also_affected, newest_note(&desk, 1).1.as_deref()), (1, Some("13800001111")));
    desk.keys("u").sees("已撤销: 并单 1124-02");
    assert_eq!([ticket(&desk, 1), ticket(&desk, 2)].map(|row| row.ticket), before);
    // By status, with the number of the other.
    desk.keys("gg").keys("G");
    let last = desk.desk.panes.tickets.selected().map(|row| row.ticket.number.n).expect("a ticket");
    let other = 3 - last;
    desk.keys("s并单<enter>").sees("并入的单号").keys(&format!("1124-0{other}<enter>y")).sees("已保存: 并单");
    assert_eq!(ticket(&desk, last).ticket.status, Status::Duplicate);
}

#[test]
fn what_cannot_be_made_void_is_refused_before_anything_is_asked() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>").wait(1);
    desk.keys("nkly 502<enter>厨房漏水<ctrl-s><esc>");
    desk.keys("gg<space><space>My").sees("已保存: 并单 1124-02");
    for opened in ["", "<enter>"] {
        desk.keys(opened).keys("s作废<enter>").sees("1124-02 已并入这一单").sees("改状态").sees_not("按 y 确定");
        assert_eq!(ticket(&desk, 1).ticket.status, Status::New);
        desk.keys("<esc>");
    }
    desk.keys("<esc>u").sees("已撤销: 并单 1124-02");
    desk.keys("gg").keys("s作废<enter>打错了<enter>").sees("作废? 按 y 确定");
}

#[test]
fn one_already_given_out_is_not_merged_away() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>").wait(1);
    desk.keys("nkly 502<enter>厨房漏水<ctrl-s><enter><esc>");
    desk.keys("gg<space><space>M").sees("只有待派单的能并入");
}

#[test]
fn the_third_of_a_kind_in_a_building_proposes_to_look_for_the_root() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s>").sees_not("专项排查").keys("<esc>");
    desk.keys("nkly 502<enter>厨房漏水<ctrl-s><esc>");
    desk.keys("nkly 601<enter>厨房漏水<ctrl-s>").sees("30 天内同类第 3 件 (1124-03、1124-02、1124-01); z 登记专项排查");
    desk.keys("z").sees("登记  专项排查, 连着 3 张工单").sees("查清根源").sees("202 室内渗漏");
    // Nothing of it was typed by the clerk: leaving it keeps nothing.
    desk.keys("<esc>").sees("暂存 0");
    assert!(desk.drafts.is_empty());
    desk.keys("nkly 602<enter>厨房漏水<ctrl-s>").sees("同类第 4 件").keys("z<ctrl-s>").sees("已登记 1124-05");
    let root = ticket(&desk, 5);
    assert!(root.ticket.root_cause && root.ticket.related.0.len() == 4);
    assert_eq!(ticket(&desk, 2).ticket.related.0, [root.id]);
    desk.keys("<esc>nkly 502<enter>厨房漏水<ctrl-s>").sees("已登记 1124-06").sees_not("z 登记专项排查");
}

#[test]
fn a_parked_root_report_still_knows_its_tickets() {
    let mut desk = at_the_desk();
    for room in ["501", "502", "601"] {
        desk.keys(&format!("nkly {room}<enter>厨房漏水<ctrl-s>"));
        if room != "601" {
            desk.keys("<esc>");
        }
    }
    desk.keys("z总是这几户<esc>")
        .sees("已暂存")
        .keys("<f9>")
        .sees("连着 3 张工单")
        .keys("<ctrl-s>")
        .sees("已登记 1124-04");
    assert_eq!(ticket(&desk, 4).ticket.related.0.len(), 3);
}

#[test]
fn after_a_save_who_waits_on_the_other_line_is_named() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>门口水管喷水<f2>").wait(3);
    desk.keys("<tab>楼道灯不亮<ctrl-s>").sees("还有暂存 1 件, F9 取回: 「门口水管喷水」 等了 3 分");
    desk.keys("<f9>").sees("门口水管喷水").sees_not("已登记");
}

#[test]
fn what_people_call_him_is_remembered_by_one_key() {
    let mut desk = at_the_desk();
    desk.keys("n老栓<tab><shift-tab><end><backspace><backspace>").sees_not("记住:");
    desk.keys("zhao<enter>")
        .sees("Ctrl+N 记住: 「老栓」就是赵学文")
        .keys("<ctrl-n>")
        .sees("已保存: 新增")
        .sees_not("记住:");
    desk.keys("漏水<esc>");
    desk.keys("n老栓").sees("> 康乐苑 3-2-502  赵学文").sees("(称呼)").keys("<esc>");
    desk.keys("u").sees("已撤销: 新增").keys("n老栓").sees("> 按原话记下: 老栓");
}

#[test]
fn a_place_kept_as_plain_words_is_remembered_once_it_is_found() {
    let mut desk = at_the_desk();
    desk.keys("n老粮站后头<tab>路灯不亮<ctrl-s><esc>");
    desk.keys("e<shift-tab><ctrl-u>康乐苑<enter>")
        .sees("Ctrl+N 记住: 「老粮站后头」就是康乐苑")
        .keys("<ctrl-n><ctrl-s>");
    assert_eq!(ticket(&desk, 1).ticket.place, Some(compound(&desk, "康乐苑")));
    desk.keys("n老粮站后头").sees("> 康乐苑").sees("(别名)");
}

#[test]
fn at_80_columns_the_row_meant_is_in_sight_and_says_enough() {
    let mut desk = Session::new(Lang::Zh, (80, 24));
    for room in ["502", "601", "602", "101"] {
        desk.keys(&format!("nkly {room}<enter>厨房顶上漏水<ctrl-s><esc>"));
    }
    desk.keys("nkly 501<enter>厨房漏水");
    for _ in 0..4 {
        desk.sees("> 同单元").sees("[同报]").sees("会派: ").keys("<pgdn>");
    }
    let mut desk = Session::new(Lang::En, (80, 24));
    desk.keys("nkly 502<enter>leak in the kitchen<ctrl-s><esc>nkly 501<enter>a leak");
    desk.sees("> same unit 3-2-502 1124-01").sees("[me too]").keys("<ctrl-o>");
    desk.sees("It is reported already: number 1124-01, 2 households");
}

#[test]
fn an_unknown_walk_in_takes_few_keys() {
    let mut desk = at_the_desk();
    let (place, phone, name) = ("kly 3 2 602", "13600007777", "王婶");
    let keys = [format!("N{place}<enter>"), "<enter>".to_owned(), format!("{phone}<enter>"), "<ctrl-s>".to_owned()];
    desk.keys(&keys[0]).keys("下水堵了").keys(&keys[1]).keys(&keys[2]).keys(name).keys(&keys[3]);
    desk.sees("已登记 1124-01");
    let row = ticket(&desk, 1);
    assert_eq!((row.ticket.reporter_phone.as_str(), row.place.as_str()), (phone, "3-2-602"));
    assert_eq!(row.ticket.channel, Channel::WalkIn);
    // Free text are the words and the name; each named key is one.
    let count = |keys: &String| {
        keys.chars().count() - keys.matches("<enter>").count() * 6 - keys.matches("<ctrl-s>").count() * 7
    };
    let keys: usize = keys.iter().map(count).sum();
    assert!(keys <= 30, "{keys} keys beside free text");
}

#[test]
fn a_report_by_command_of_another_desk_shows_as_a_look_alike_while_the_form_is_open() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水").sees_not("[同报]");
    let conn = raw(desk.store.path());
    let sql = "SELECT p.id FROM place p JOIN place c ON c.id = p.compound_id WHERE c.label = '康乐苑' AND p.label = '3-2-502'";
    let place = conn.query_row(sql, [], |row| row.get(0).map(PlaceId)).expect("a home");
    let report =
        Report {
            place: Some(place), category: Some("202".to_owned()), ..Report::of_words("顶上漏水", Channel::Phone)
        };
    let op = Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None });
    crate::store::again(desk.store.path()).commit(uid(), &op, town::now()).expect("taken");
    desk.send(township_desk::desk::Msg::Foreign(vec![township_desk::domain::base::event::Entity::Ticket]));
    desk.sees("同单元 3-2-502 1124-01 顶上漏水").sees("[同报]");
}
