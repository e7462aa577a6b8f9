//! Taking a report: a known caller, an unknown one, two callers at once, danger, an ended program.

use township_desk::desk::Msg;
use township_desk::desk::frame::layer::AnyLayer;
use township_desk::desk::intake::Entry;
use township_desk::desk::intake::told::TOLD_WHO;
use township_desk::domain::base::time::MINUTE;
use township_desk::domain::base::trouble::Trouble;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};
use township_desk::text::Lang;

use crate::support::{Session, at_the_desk};

#[test]
fn a_known_caller_takes_few_keys_and_is_told_who_comes() {
    let mut desk = at_the_desk();
    let free_text = "厨房顶上漏水";
    desk.keys("nkly 3 2 501").sees("> 康乐苑 3-2-501  陈凤英").sees("(陈婶) 82岁 独居  138 0000 5678");
    desk.keys("<enter>").keys(free_text).sees("建议 202 室内渗漏").sees("会派: 王强");
    desk.keys("<ctrl-s>").sees("已登记 1124-01").sees("单号 1124-01, 维修王强 10:30前到; 没到打 0355-600 0000");
    assert!(desk.desk.asks.query(TOLD_WHO).is_none(), "who comes is not asked again while the caller is told");
    desk.keys("<enter>").sees("已保存: 派单 1124-01").sees("待接单").sees("已派 王强  136 0000 1001");
    desk.sees("1 电话  2 对讲  3 群里  4 当面")
        .keys("2")
        .sees("已保存: 已通知处理人 1124-01")
        .sees("已通知: 对讲 10:00");
    desk.sees_not("13800005678").sees_not("陈凤英");
    assert!(desk.drafts.is_empty(), "what is saved is no draft");
    let keys = "n".len() + "kly 3 2 501".len() + 1 + 1 + 1;
    assert!(keys <= 18, "{keys} keys beside the words");
}

#[test]
fn only_the_words_are_needed_and_what_is_missing_shows() {
    let mut desk = at_the_desk();
    desk.keys("n<ctrl-s>").sees("还没写什么事");
    desk.keys("最里头那排路灯全黑<ctrl-s><esc>").sees("1124-01").sees("待补: 地点、电话、姓名");
}

#[test]
fn words_of_danger_show_what_to_say_before_a_place_is_given() {
    let mut desk = at_the_desk();
    desk.keys("n").sees_not("先对来电人说");
    desk.keys("<tab>有人困在电梯里").sees("先对来电人说").sees("别扒门").sees("101 电梯困人").sees("P1 特急");
}

#[test]
fn danger_is_heard_without_its_name_and_one_key_denies_it() {
    let mut desk = at_the_desk();
    desk.keys("n<ctrl-d>").sees("没有听出危险");
    desk.keys("<tab>俺家着了").sees("先打 119").sees("听到「俺家、着了」").sees("103 火情").sees("P1 特急");
    desk.keys("<ctrl-u>楼道里黑烟是假的, 灯不亮").sees("103 火情").keys("<ctrl-d>");
    desk.sees_not("先对来电人说").sees("已说不是危险").sees("207 楼道灯路灯不亮");
    desk.keys("<ctrl-d>").sees("先对来电人说").keys("<ctrl-d><ctrl-s><esc>").sees("207 楼道灯路灯不亮");
    desk.keys("<enter>").sees("不是危险 「").sees("黑烟").keys("<esc>u").sees("已撤销");
}

#[test]
fn what_is_told_after_a_denial_is_heard_all_the_same() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>楼道里黑烟是假的, 灯不亮<ctrl-d>").sees("已说不是危险");
    desk.keys(", 电表那里有人触电了").sees("先对来电人说").sees("115 触电").sees("P1 特急");
    // Parked and taken up again, the denial is still of its own words only.
    desk.keys("<f2><esc><f9>").sees("115 触电");
    desk.keys("<ctrl-d>").sees_not("先对来电人说").sees("触电").sees("已说不是危险");
    desk.keys("<ctrl-d>").sees("先对来电人说").sees("听到「");
}

#[test]
fn what_is_no_danger_is_not_heard_as_one() {
    let mut desk = at_the_desk();
    for words in ["我的车打不着火", "煤气费怎么交", "电梯里的广告太吵了", "电梯困人已经救出来了", "怕电动车着火"]
    {
        desk.keys("n<tab>").keys(words).sees_not("先对来电人说").keys("<ctrl-x>");
    }
}

#[test]
fn digits_that_match_nobody_become_the_callers_phone() {
    let mut desk = at_the_desk();
    desk.keys("n15500001234<enter>");
    let form = desk.drafts.last().expect("a draft").clone();
    assert_eq!((form.phone.as_str(), form.place_text.as_str(), form.focus), ("15500001234", "", 0));
    desk.keys("<esc>").sees("已暂存");
    // A number of somebody known is that household instead.
    desk.keys("n5678").sees("> 康乐苑 3-2-501  陈凤英");
}

#[test]
fn what_cannot_be_kept_aside_stays_said_until_it_is_kept_again() {
    let mut desk = at_the_desk();
    desk.keys("n").sees("退出 (稿子留)");
    desk.send(Msg::NotAside(Some(Trouble::Full)));
    desk.sees("写的还没留底").sees_not("稿子留");
    desk.keys("粮站后头路灯不亮").sees("写的还没留底");
    desk.send(Msg::NotAside(None));
    desk.sees_not("写的还没留底").sees("退出 (稿子留)");
}

#[test]
fn a_unit_or_a_building_named_exactly_is_offered_before_the_homes_in_it() {
    let mut desk = at_the_desk();
    for (typed, place) in [
        ("康乐苑 3-2", "康乐苑 3-2"),
        ("康乐苑3号楼2单元", "康乐苑 3-2"),
        ("康乐苑 3号楼", "康乐苑 3号楼"),
        ("康乐苑", "康乐苑"),
    ] {
        desk.keys("n").keys(typed).sees(&format!("> {place}  ("));
        desk.keys("<enter>");
        assert_eq!(desk.drafts.last().map(|form| form.place_text.as_str()), Some(place), "{typed}");
        assert!(desk.drafts.last().is_some_and(|form| form.person.is_none() && form.place.is_some()), "{typed}");
        desk.keys("<esc>");
    }
}

#[test]
fn who_came_with_a_place_goes_with_it_and_who_was_typed_stays() {
    let who = |desk: &Session| {
        let form = desk.drafts.last().expect("a draft");
        (form.person.is_some(), form.name.clone(), form.phone.clone())
    };
    let clear = "<ctrl-u>";
    let mut desk = at_the_desk();
    desk.keys("nkly 3-2-501<enter>漏水<shift-tab>");
    assert_eq!(who(&desk), (true, "陈凤英".to_owned(), "138 0000 5678".to_owned()));
    // Her own unit: she may well ring about it.
    desk.keys(clear).keys("kly 3-2<enter><shift-tab>");
    assert_eq!(who(&desk), (true, "陈凤英".to_owned(), "138 0000 5678".to_owned()));
    // An empty home elsewhere: it was not she.
    desk.keys(clear).keys("jxjy 3-2-502<enter>").sees("原来那户的姓名电话已清空");
    assert_eq!(who(&desk), (false, String::new(), String::new()));
    // Typed by name or by hand, it is the caller wherever the trouble is.
    desk.keys("<shift-tab>").keys(clear).keys("cfy<enter><shift-tab>").keys(clear).keys("jxjy 3-2-502<enter>");
    assert_eq!(who(&desk).1, "陈凤英");
    desk.keys("<tab>").keys("<ctrl-u>15500001234<shift-tab><shift-tab>").keys(clear).keys("kly 3-2-502<enter>");
    assert_eq!((who(&desk).1.as_str(), who(&desk).2.as_str()), ("赵学文", "15500001234"));
}

#[test]
fn a_correction_of_the_home_lets_go_of_who_does_not_live_there() {
    let mut desk = at_the_desk();
    desk.keys("nkly 3-2-501<enter>漏水<ctrl-s><esc>e<shift-tab><ctrl-u>jxjy 3-2-502<enter>");
    desk.sees("原来那户的姓名电话已清空").keys("<ctrl-s>").sees("锦绣家园").sees("待补: 电话、姓名");
    let Ok(Answer::Ticket(TicketAnswer::Open(open))) =
        desk.store.answer(&Query::Ticket(TicketQuery::Open { compound: None }))
    else {
        panic!("no answer");
    };
    let ticket = &open.rows[0].ticket;
    assert_eq!((ticket.reporter, ticket.reporter_name.as_str(), ticket.reporter_phone.as_str()), (None, "", ""));
}

#[test]
fn a_place_that_is_not_found_stays_as_words() {
    let mut desk = at_the_desk();
    desk.keys("n粮站后头小卖部").sees("> 按原话记下: 粮站后头小卖部");
    desk.keys("<enter>下水堵了<ctrl-s><esc>").sees("粮站后头小");
    let Ok(Answer::Ticket(TicketAnswer::Open(open))) =
        desk.store.answer(&Query::Ticket(TicketQuery::Open { compound: None }))
    else {
        panic!("no answer");
    };
    assert_eq!((open.rows[0].ticket.place, open.rows[0].ticket.place_words.as_str()), (None, "粮站后头小卖部"));
}

#[test]
fn one_of_several_equal_homes_is_taken_only_when_chosen() {
    let mut desk = at_the_desk();
    desk.keys("n501").sees("康乐苑 3-2-501").sees("锦绣家园 3-2-501");
    desk.keys("<tab>漏水");
    assert_eq!(desk.drafts.last().map(|form| (form.place, form.place_text.as_str())), Some((None, "501")));
    desk.keys("<shift-tab><right>").keys("<backspace>1<down><enter>");
    assert!(desk.drafts.last().is_some_and(|form| form.place.is_some()), "the cursor was moved and Enter pressed");
}

#[test]
fn of_the_candidates_only_the_one_in_hand_is_named() {
    let mut desk = at_the_desk();
    desk.keys("n501").sees("陈凤英").sees("张*").sees_not("张伟").sees("138****5678");
    desk.keys("<down><down>").sees("张伟").sees("陈**").sees_not("陈凤英");
    // What was typed is no secret.
    desk.keys("<esc>n张伟<down>").sees("> 锦绣家园 3-2-602  张伟").sees("  锦绣家园 3-2-501  张伟");
}

#[test]
fn a_report_may_come_another_way_and_an_order_of_the_hotline_has_its_number() {
    let mut desk = at_the_desk();
    desk.keys("n").sees("登记  电话").sees_not("12345号");
    for channel in ["来访", "巡查", "网格", "12345"] {
        desk.keys("<ctrl-t>").sees(&format!("登记  {channel}"));
    }
    desk.keys("<tab>楼道灯不亮<tab><tab><tab>CZ001").sees("12345号").keys("<ctrl-s><esc>");
    desk.sees("12345 CZ001").sees_not("待补: 地点、12345");
    // Corrected with the rest; the channel stays.
    desk.keys("e<tab><tab><tab>7<ctrl-t>").sees("更正不改").keys("<ctrl-s>").sees("12345 CZ0017");
    // A number typed before another channel was chosen goes with no other report.
    desk.keys("n<ctrl-t><ctrl-t><ctrl-t><ctrl-t><tab>路灯<tab><tab><tab>CZ9<ctrl-t>")
        .sees("登记  微信")
        .sees_not("12345号");
    assert_eq!(desk.drafts.last().map(|form| (form.focus, form.order_number.as_str())), Some((3, "CZ9")));
    for channel in ["来信", "委员会"] {
        desk.keys("<ctrl-t>").sees(&format!("登记  {channel}"));
    }
    desk.keys("<ctrl-s><esc>").sees_not("CZ9");
}

#[test]
fn each_way_a_report_comes_is_named_in_english() {
    let mut desk = Session::new(Lang::En, (60, 20));
    desk.keys("n");
    for channel in ["phone", "walk-in", "patrol", "grid", "12345", "WeChat", "letter", "committee", "phone"] {
        desk.sees(&format!("New report  by {channel} (Ctrl+T)")).keys("<ctrl-t>");
    }
}

#[test]
fn two_callers_at_once() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>门口水管喷水").keys("<f2>").sees("已暂存").sees("暂存 1");
    desk.keys("<tab>楼道灯不亮<ctrl-s>").sees("还有暂存 1 件, F9 取回");
    desk.keys("<f9>").sees("门口水管喷水").sees("暂存 0");
    // With one in hand they go round.
    desk.keys("<f2><tab>第三个<f9>").sees("门口水管喷水");
    desk.keys("<f9>").sees("第三个").sees("暂存 1");
}

#[test]
fn while_a_report_is_being_saved_it_stays_as_it_was_sent_and_is_not_parked_too() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>门口水管喷水").hold_back().keys("<ctrl-s>");
    desk.keys("还有").sees("正在保存").sees_not("喷水还有").keys("<esc>").sees("门口水管喷水");
    // The next caller does not wait for it.
    desk.keys("<f2><tab>楼道灯").sees("楼道灯").let_go();
    desk.keys("不亮").sees("楼道灯不亮").sees("暂存 0");
    desk.keys("<esc>").sees("单号 1124-01").sees("暂存 1").keys("<esc>").sees("门口水管喷水");
    assert!(desk.drafts.is_empty());
}

#[test]
fn a_report_that_becomes_a_chase_is_not_parked_meanwhile() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>nkly 501<enter>怎么还没来");
    desk.hold_back().keys("<ctrl-o><ctrl-o><esc>").let_go();
    desk.keys("<esc>").sees("催1").sees_not("催2").sees("暂存 0");
}

#[test]
fn a_parked_report_being_taken_up_is_kept_before_it_leaves_the_parked_ones() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>门口水管喷水<esc>").hold_back().keys("<f9>");
    assert_eq!(desk.drafts.last().map(|form| form.words.as_str()), Some("门口水管喷水"), "as a kill would find it");
    desk.let_go().sees("门口水管喷水");
}

#[test]
fn five_can_be_parked_and_the_sixth_is_not_lost() {
    let mut desk = at_the_desk();
    for n in 1..=5 {
        desk.keys(&format!("n<tab>第{n}件<esc>")).wait(1);
    }
    desk.keys("n<tab>第6件<esc>").sees("已经暂存了 5 件").sees("第6件");
    desk.keys("<f2>").sees("第6件");
}

#[test]
fn what_was_typed_comes_back_after_a_kill_with_the_caret_where_it_was() {
    let mut desk = at_the_desk();
    desk.keys("n501<tab>厨房顶上漏水<left><left>");
    let drafts = desk.drafts.clone();
    let (_, before) = desk.frame();
    let mut again = at_the_desk();
    again.send(Msg::Drafts(drafts));
    again.sees("厨房顶上漏水").sees("上次没写完的登记");
    assert_eq!(again.frame().1, before, "the caret");
    again.keys("大");
    assert_eq!(again.drafts.last().map(|form| form.words.as_str()), Some("厨房顶上大漏水"));
}

#[test]
fn a_category_is_picked_by_code_name_pinyin_or_english() {
    for typed in ["207", "路灯", "ldd", "lamp out"] {
        let mut desk = at_the_desk();
        desk.keys("n<tab>坏了<tab><tab><tab>").keys(typed).keys("<enter>").sees("207 楼道灯路灯不亮");
    }
    let mut desk = at_the_desk();
    desk.keys("n<tab>坏了<tab><tab><tab>没有这个<ctrl-s>").sees("没有这个分类");
}

#[test]
fn an_appointment_is_read_back_and_refused_when_it_is_none() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>装个灯<tab><tab><tab><tab>18点").sees("= 18:00");
    desk.keys("<ctrl-s><esc>").sees("18:00约");
    let mut desk = at_the_desk();
    desk.keys("n<tab>装个灯<tab><tab><tab><tab>回头<ctrl-s>").sees("看不懂这个时间");
}

#[test]
fn a_report_from_somebody_found_has_its_place() {
    let mut desk = at_the_desk();
    desk.keys("/zqh").sees("曾**");
    desk.keys("<enter>").sees("康乐苑 3-2-601").sees_not("曾庆红");
    desk.keys("n").sees("Ctrl+F 填入 康乐苑 3-2-601").keys("<ctrl-f>").sees("曾庆红").sees("139 0000 2222");
    desk.keys("门禁刷不开<ctrl-s>").sees("已登记");
}

#[test]
fn the_caret_is_never_on_the_last_row() {
    for (w, h) in [(60, 20), (80, 24), (120, 40)] {
        let mut desk = Session::new(Lang::Zh, (w, h));
        desk.keys("n<tab>有人困在电梯里<tab><tab><tab><tab>明天 9:30<tab><tab>张伟3号楼");
        for _ in 0..7 {
            let (text, cursor) = desk.frame();
            let cursor = cursor.expect(&text);
            assert!(cursor.y < h - 1 && cursor.x < w, "{cursor:?} at {w}x{h}");
            desk.keys("<tab>");
        }
    }
}

#[test]
fn due_times_are_clock_times() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>厨房漏水").sees("11:00前到, 明天").sees("10:00前办好");
    desk.keys("<ctrl-s><esc>").wait(61).sees("超1分");
    assert_eq!(desk.desk.now.0 / MINUTE % 60, 1);
}

#[test]
fn the_box_after_saving_says_who_comes_once_somebody_is_sent() {
    let mut desk = at_the_desk();
    desk.resize(80, 24)
        .keys("nkly 501<enter>有人困在电梯里<ctrl-s>")
        .sees("先对来电人说")
        .sees("Esc 退回")
        .sees("已保存");
    desk.keys("a1").sees("已派 周岩").sees("保安周岩").sees("前到").sees("先对来电人说").sees("Enter 好了");
    desk.keys("<enter>").sees_not("已派 周岩");
}

#[test]
fn what_the_clerk_did_not_type_is_not_parked() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc><enter>").sees("能做的");
    desk.keys("R").sees("登记  电话").sees("康乐苑 3-2-501").sees("陈凤英").keys("<tab><tab><esc>");
    desk.sees_not("已暂存").sees("暂存 0");
    assert!(desk.drafts.is_empty());
    desk.keys("R漏<esc>").sees("已暂存");
}

#[test]
fn a_call_taken_while_a_ticket_is_open_is_somebody_elses() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc><enter>").sees("能做的").keys("n").sees("登记  电话");
    desk.sees("Ctrl+F 填入 康乐苑 3-2-501").keys("<ctrl-f>灯不亮<ctrl-s><esc>");
    let reporter: Option<i64> = rusqlite::Connection::open(desk.store.path())
        .and_then(|raw| raw.query_row("SELECT reporter_id FROM ticket WHERE words = '灯不亮'", [], |row| row.get(0)))
        .expect("the second report");
    assert_eq!(reporter, None, "the place is taken, the person is not");
}

#[test]
fn a_report_is_thrown_away_by_a_key_and_brought_back() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>打错了<ctrl-x>").sees("已丢弃").sees("暂存 0").sees_not("打错了");
    assert!(desk.drafts.is_empty());
    desk.keys("u").sees("取回来了").sees("康乐苑 3-2-501").sees("打错了");
    assert_eq!(desk.drafts.len(), 1, "kept aside again");
    // Once something else was done, u takes that back.
    desk.keys("<ctrl-x>n<tab>路灯<ctrl-s><esc>u").sees("已撤销: 登记").sees_not("打错了");
    desk.keys("n<ctrl-x>").sees_not("已丢弃");
    desk.keys("nkly 501<enter>漏水<ctrl-s><esc>e<ctrl-x>").sees("按两次 Esc");
}

#[test]
fn a_new_report_begins_blank_and_what_was_under_the_cursor_is_offered_by_one_key() {
    let begun = |desk: &Session| {
        let Some(AnyLayer::Intake(intake)) = desk.desk.layers.last() else { panic!("no form") };
        (intake.form().is_empty(), intake.entry)
    };
    let blank = (true, Entry::Place);
    // A ticket opened, a ticket in the list, a household, somebody found, a compound.
    for (way, offered) in [
        ("<enter>n", "Ctrl+F 填入 康乐苑 3-2-501"),
        ("n", "Ctrl+F 填入 康乐苑 3-2-501"),
        ("N", "Ctrl+F 填入 康乐苑 3-2-501"),
        ("<enter><f2>", "Ctrl+F 填入 康乐苑 3-2-501"),
        ("/5678<f2>", "Ctrl+F 填入 康乐苑 3-2-501"),
        ("/5678<enter><f2>", "Ctrl+F 填入 康乐苑 3-2-501"),
        ("1j<f2>", "Ctrl+F 填入 "),
    ] {
        let mut desk = at_the_desk();
        desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>").keys(way);
        assert_eq!(begun(&desk), blank, "{way}");
        desk.sees(offered);
        // A stranger's first words are where he is, and nobody else's report.
        desk.keys("粮站后头路灯不亮<tab>灯不亮").sees_not("Ctrl+F 填入");
        let form = desk.drafts.last().expect("a draft");
        assert_eq!((form.place, form.person, form.name.as_str(), form.phone.as_str()), (None, None, "", ""), "{way}");
        assert_eq!((form.place_text.as_str(), form.words.as_str()), ("粮站后头路灯不亮", "灯不亮"), "{way}");
    }
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc><enter>n<ctrl-f>又漏了");
    let form = desk.drafts.last().expect("a draft").clone();
    assert_eq!((form.place_text.as_str(), form.name.as_str(), form.words.as_str()), ("康乐苑 3-2-501", "", "又漏了"));
    assert!(form.place.is_some() && form.person.is_none(), "of a ticket only the place");
    // The same person is asked for by a key of its own.
    desk.keys("<ctrl-x><enter>R还有一件");
    let form = desk.drafts.last().expect("a draft");
    assert_eq!((form.name.as_str(), form.words.as_str()), ("陈凤英", "还有一件"));
}

#[test]
fn what_the_program_proposes_is_replaced_by_typing() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>漏水<tab>15500001234");
    assert_eq!(desk.drafts.last().map(|form| form.phone.as_str()), Some("15500001234"));
    desk.keys("<tab>陈婶的儿子");
    assert_eq!(desk.drafts.last().map(|form| form.name.as_str()), Some("陈婶的儿子"));
    // A caret key keeps it to be gone on with; what was typed is no proposal.
    desk.keys("<shift-tab><shift-tab><shift-tab>").keys("<end>x<backspace>");
    assert_eq!(desk.drafts.last().map(|form| form.place_text.as_str()), Some("康乐苑 3-2-501"));
    desk.keys("<tab><tab>5");
    assert_eq!(desk.drafts.last().map(|form| form.phone.as_str()), Some("155000012345"));
    desk.keys("<ctrl-s><esc>t18:00<enter>t").sees("18:00").keys("19:30<enter>").sees("19:30").sees_not("看不懂");
}

#[test]
fn what_only_nearly_matches_is_never_taken_by_enter_alone() {
    let mut desk = at_the_desk();
    let typed = "陈凤音";
    desk.keys("n").keys(typed).sees("近似").sees(&format!("> 按原话记下: {typed}"));
    desk.keys("<enter>");
    let form = desk.drafts.last().expect("a draft");
    assert_eq!((form.place, form.person, form.place_text.as_str()), (None, None, typed));
    desk.keys("<shift-tab><backspace>音").sees("近似").keys("<up><enter>");
    assert!(desk.drafts.last().is_some_and(|form| form.person.is_some()), "chosen by hand it is taken");
}
