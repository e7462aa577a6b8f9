//! The shift handover at the screen: the giver's part, the reading back, both signatures, and what comes in between.

use township_desk::desk::frame::layer::AnyLayer;
use township_desk::desk::handover::Room;
use township_desk::domain::base::id::CommandUid;
use township_desk::domain::handover::{About, Line, Section};
use township_desk::domain::op::Op;
use township_desk::domain::operator;
use township_desk::domain::operator::pin::Pin;
use township_desk::domain::staff::Rank;
use township_desk::text::Lang;
use uuid::Uuid;

use crate::support::{Session, at_the_desk, town};

fn add(desk: &mut Session, name: &str, pin: Option<&str>, n: u64) {
    let pin = pin.map(|pin| Pin::new(pin).expect("a PIN"));
    let add = operator::op::Act::Add { name: name.to_owned(), rank: Rank::Clerk, pin, own: None };
    let mark = CommandUid(Uuid::from_u64_pair(77, n));
    desk.store.commit(mark, &Op::Operator(add), town::now()).expect("added");
}

/// A burst pipe (danger), a lamp with words for the next shift, and somebody who takes over.
fn a_shift() -> Session {
    let mut desk = at_the_desk();
    add(&mut desk, "高洁", None, 1);
    desk.keys("nkly 501<enter>厨房水管爆裂, 水喷出来了<ctrl-s><esc>");
    desk.keys("nkly 502<enter>楼道灯不亮<ctrl-s><esc>");
    desk
}

/// How many keys a text of keys is.
fn count(keys: &str) -> usize {
    let mut rest = keys;
    let mut n = 0;
    while let Some(c) = rest.chars().next() {
        rest = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            Some((_, after)) => after,
            None => &rest[c.len_utf8()..],
        };
        n += 1;
    }
    n
}

/// Answers every line that waits.
fn read_back(desk: &mut Session) {
    for _ in 0..80 {
        let waits = |layer: &AnyLayer| layer.get::<Room>().is_some_and(|room| room.lines.iter().any(|l| l.waits()));
        if !desk.desk.layers.iter().any(waits) {
            return;
        }
        let selected = match desk.desk.layers.last() {
            Some(AnyLayer::Handover(room)) => room.lines[room.list.row()].waits(),
            other => panic!("not in the handover: {other:?}"),
        };
        desk.keys(if selected { "1" } else { "j" });
    }
    panic!("lines that are never answered: {}", desk.frame().0);
}

#[test]
fn the_givers_part_takes_no_forty_keys() {
    let mut desk = a_shift();
    let keys = "H m等供水公司来人<enter> <space> a梯子借给3号楼<enter> S<enter>".replace(' ', "");
    assert!(count(&keys) <= 40, "{}", count(&keys));
    desk.keys("H").sees("交接").sees("11-24 早班 08-16 -> 11-24 中班 16-24").sees("1 急").sees("厨房水管爆裂");
    desk.keys("m等供水公司来人<enter>").sees("// 等供水公司来人").keys("<space>");
    desk.keys("a梯子借给3号楼<enter>").sees("梯子借给3号楼");
    desk.sees("// 等供水公司来人")
        .keys("S")
        .sees("Enter 签名, 不能撤销")
        .keys("<enter>")
        .sees("已保存: 交班签名")
        .sees("交班 前台");
    desk.keys("m").sees("交班人已经签名");
    desk.keys("u").sees("「交班签名」不能撤销");
}

#[test]
fn a_line_of_danger_is_not_deleted_and_a_comment_is_taken_back() {
    let mut desk = a_shift();
    desk.keys("Hd").sees("急的、超时将到的、约定的、没人交的班不能删");
    desk.keys("m先关总阀<enter>").sees("// 先关总阀").keys("u").sees("已撤销").sees_not("// 先关总阀");
    desk.keys("<ctrl-r>").sees("// 先关总阀");
    desk.keys("m").sees("先关总阀").keys("<ctrl-u><enter>").sees_not("// 先关总阀");
}

#[test]
fn nothing_is_taken_over_before_every_line_is_answered() {
    let mut desk = a_shift();
    desk.keys("HS<enter>").sees("没答").keys("A").sees("还有没答的");
    desk.keys("2<enter>").sees("有疑问要写上一句").keys("总阀在哪<enter>").sees("[有疑问]");
    read_back(&mut desk);
    desk.sees("都答了, 接班人按 A 签名");
    desk.keys("A").sees("怎么接的").sees("代接").keys("1").sees("接班人").sees("高洁").sees_not("前台  管理员");
    desk.keys("<enter>").sees("接班签名 高洁").keys("<enter>");
    desk.sees("已接班, 交接定稿; 现在是 高洁").sees("11-24 早班 08-16 -> ");
    desk.keys("<esc>").sees("高洁 早班");
}

#[test]
fn a_report_is_taken_above_the_handover_and_esc_comes_back_to_it() {
    let mut desk = a_shift();
    desk.keys("Hj");
    let at = |desk: &Session| match desk.desk.layers.last() {
        Some(AnyLayer::Handover(room)) => room.lines[room.list.row()].text.clone(),
        other => panic!("not in the handover: {other:?}"),
    };
    let before = at(&desk);
    desk.keys("<f2>").sees("登记").keys("<tab>电梯抖<ctrl-s>").sees("1124-03").keys("<esc>");
    desk.sees("交接");
    assert_eq!(at(&desk), before, "the cursor stays on its line");
    desk.keys("<enter>").sees("能做的").keys("<esc>").sees("交接");
}

#[test]
fn what_comes_after_the_signature_is_listed_and_answered() {
    let mut desk = a_shift();
    desk.keys("HS<enter>");
    read_back(&mut desk);
    desk.keys("<f2><tab>电梯抖得厉害<ctrl-s><esc>")
        .sees("签后新增 1")
        .sees("10:00 新单: 1124-03")
        .sees("还差 1 条没答");
    desk.keys("A").sees("还有没答的");
    read_back(&mut desk);
    desk.keys("A3").sees("电话交接: 接班人").keys("<enter><enter>").sees("已接班");
    desk.keys("o<enter>").sees("电话交接").sees("签后新增").sees("电梯抖得厉害");
}

#[test]
fn pins_of_both_are_asked_for_and_never_shown() {
    let mut desk = at_the_desk();
    add(&mut desk, "李敏", Some("24680"), 1);
    add(&mut desk, "高洁", Some("13579"), 2);
    desk.wait(350).keys("HS<enter>");
    read_back(&mut desk);
    desk.keys("A1gj<enter>").sees("接班签名 高洁: PIN").keys("24680").sees("*****").sees_not("24680");
    desk.keys("<enter>").sees("PIN 不对; 还可以试 4 次").keys("<ctrl-u>12<enter>").sees("PIN 是 4 到 12 位数字");
    desk.keys("<esc><esc><esc>A1gj<enter>").sees_not("**");
    desk.keys("13579<enter>").sees("现在是 高洁");
    desk.keys("S").sees("交班签名 高洁: PIN").keys("13579<enter>").sees("11-24 16:00 才开始, 到时再交").keys("<esc>");
    desk.wait(10).keys("S").sees("交班签名 高洁: PIN").keys("<enter>").sees("签名要输入自己的 PIN");
    desk.keys("13579<enter>").sees("交班 高洁");
    read_back(&mut desk);
    desk.keys("A2").sees("代接: 接班人").sees("李敏");
}

#[test]
fn a_receiver_who_is_late_is_told_and_new_work_is_still_the_givers() {
    let mut desk = a_shift();
    desk.keys("HS<enter>");
    read_back(&mut desk);
    desk.keys("A1<enter><enter>").sees("现在是 高洁").keys("<esc>");
    // The late shift is 高洁's from here on; at half past midnight nobody has come for it.
    desk.wait(14 * 60 + 25).sees("高洁 中班 超班25分");
    desk.keys("n<tab>半夜停水<ctrl-s><esc><esc>H").sees("11-24 中班 16-24 -> 11-25 夜班 00-08").sees("超班 25分");
    desk.sees("半夜停水");
}

#[test]
fn nobody_handed_over_and_the_next_one_takes_stock_alone() {
    let mut desk = a_shift();
    desk.keys("HS<enter>");
    read_back(&mut desk);
    desk.keys("A1<enter><enter>").sees("现在是 高洁").keys("<esc>");
    desk.wait(24 * 60).keys("H").sees("上次交接 11-24 10:00, 这次跨 3 班");
    read_back(&mut desk);
    desk.keys("A").sees("无人交班: 接班人").keys("<enter><enter>").sees("已接班");
    desk.keys("o").sees("无人交班").sees("-- -> 高洁");
}

/// Signs, reads back and takes over, the first of those who may.
fn hand_over(desk: &mut Session) {
    desk.keys("<f4>").keys("S<enter>").sees("已保存: 交班签名");
    read_back(desk);
    desk.keys("A1<enter><enter>").sees("已接班").keys("<esc>");
}

#[test]
fn the_first_handover_of_all_five_past_eight_is_the_nights_and_those_after_keep_their_names() {
    let mut desk = a_shift();
    desk.wait(22 * 60 + 5).keys("H").sees("11-25 夜班 00-08 -> 11-25 早班 08-16").sees("超班 5分").keys("<esc>");
    hand_over(&mut desk);
    desk.sees("早班").sees_not("超班");
    desk.wait(7 * 60 + 45).keys("H").sees("11-25 早班 08-16 -> 11-25 中班 16-24").sees_not("跨").keys("<esc>");
    hand_over(&mut desk);
    desk.wait(15).wait(8 * 60).keys("H").sees("11-25 中班 16-24 -> 11-26 夜班 00-08").sees_not("跨").keys("<esc>");
    hand_over(&mut desk);
    desk.keys("Ho").sees("11-25 中班 16-24").sees("11-25 早班 08-16").sees("11-25 夜班 00-08 连同2班");
}

#[test]
fn a_missed_night_is_closed_by_the_early_shift_and_the_next_one_is_as_ever() {
    let mut desk = a_shift();
    desk.wait(14 * 60);
    hand_over(&mut desk);
    // Nobody hands the night over; the early shift does at its end, and says so.
    desk.wait(16 * 60 - 5).keys("H").sees("11-25 早班 08-16 -> 11-25 中班 16-24").sees("跨 2 班");
    desk.sees("没人交的 1 班, 这里一并交: 11-25 夜班 00-08").keys("<esc>");
    hand_over(&mut desk);
    desk.keys("Ho").sees("11-25 早班 08-16 连同1班").keys("<enter>").sees("没人交的 1 班").keys("<esc><esc><esc>");
    desk.wait(8 * 60).keys("H").sees("11-25 中班 16-24 -> 11-26 夜班 00-08").sees_not("跨");
}

#[test]
fn three_missed_days_are_one_handover_that_names_them() {
    let mut desk = a_shift();
    desk.wait(6 * 60);
    hand_over(&mut desk);
    desk.wait(3 * 24 * 60 + 5).sees("早班 超班5分").keys("H").sees("11-27 早班 08-16 -> 11-27 中班 16-24");
    desk.sees("跨 9 班").keys("G").sees("没人交的 8 班, 这里一并交: 11-24 中班 16-24 到 11-27 夜班 00-08");
    let shown = match desk.desk.layers.last() {
        Some(AnyLayer::Handover(room)) => room.lines.iter().position(|line| line.shifts.len() == 8),
        other => panic!("not in the handover: {other:?}"),
    };
    desk.keys("gg").keys(&"j".repeat(shown.expect("a line of them"))).keys("d").sees("没人交的班不能删").keys("<esc>");
    hand_over(&mut desk);
    desk.wait(8 * 60 - 10).sees_not("超班").keys("H").sees("11-27 中班 16-24 -> 11-28 夜班 00-08").sees_not("跨");
}

#[test]
fn what_a_colleague_took_is_handed_to_the_late_one_and_the_next_is_on_time() {
    let mut desk = a_shift();
    add(&mut desk, "李敏", None, 2);
    desk.wait(6 * 60 + 5).keys("HS<enter>");
    read_back(&mut desk);
    desk.keys("A2<enter><enter>").sees("已接班").sees("11-24 早班 08-16 -> 11-24 中班 16-24").sees("超班 5分");
    desk.wait(40).keys("S<enter>gg");
    read_back(&mut desk);
    desk.keys("A1<enter><enter>").sees("已接班").sees("11-24 中班 16-24 -> 11-25 夜班 00-08").keys("<esc>");
    desk.wait(7 * 60 + 15).keys("H").sees("11-24 中班 16-24 -> 11-25 夜班 00-08").sees_not("跨").keys("S<enter>");
    desk.sees("已保存: 交班签名");
}

#[test]
fn keys_and_cash_are_counted() {
    let mut desk = a_shift();
    desk.keys("Hi东门钥匙 12<enter>").sees("东门钥匙 应有 12, 未点");
    desk.keys("i备用金 200.00元<enter>").sees("备用金 应有 200.00, 未点");
    desk.keys("i钥匙<enter>").sees("数量不对").keys("<esc>");
    let to = |desk: &mut Session, word: &str| {
        let Some(AnyLayer::Handover(room)) = desk.desk.layers.last() else { panic!("not in the handover") };
        let at = room.lines.iter().position(|line| line.text.contains(word)).expect("the line");
        desk.keys("gg");
        for _ in 0..at {
            desk.keys("j");
        }
    };
    to(&mut desk, "东门钥匙");
    desk.keys("<enter>11<enter>").sees("东门钥匙 11/12  差1");
    to(&mut desk, "备用金");
    desk.keys("<enter>一百<enter>").sees("数量不对").keys("<ctrl-u>200<enter>").sees("备用金 200.00 = 200.00");
}

#[test]
fn those_of_before_are_searched_read_and_corrected() {
    let mut desk = a_shift();
    desk.keys("Hm总阀锈死<enter>S<enter>");
    read_back(&mut desk);
    desk.keys("A1<enter><enter>o").sees("11-24 早班 08-16").sees("前台 -> 高洁");
    desk.keys("没有的字").sees("没有含这些字的").keys("<ctrl-u>总阀").sees("前台 -> 高洁");
    desk.keys("<enter>").sees("总阀锈死").sees("[收到]").keys("m").sees("已定稿");
    // A clerk may not, and is told before she has written anything.
    desk.keys("c").sees("要班长").sees_not("更正: 哪里错了");
}

#[test]
fn a_correction_left_comes_back_in_its_own_handover_only() {
    let mut desk = at_the_desk();
    let add = operator::op::Act::Add { name: "高洁".to_owned(), rank: Rank::Leader, pin: None, own: None };
    desk.store.commit(CommandUid(Uuid::from_u64_pair(77, 9)), &Op::Operator(add), town::now()).expect("added");
    desk.keys("HS<enter>");
    read_back(&mut desk);
    desk.keys("A1<enter><enter>").sees("现在是 高洁").keys("<esc>");
    desk.keys("Ho<enter>c钥匙少写一把<esc>").sees("写的留着").keys("<esc><esc><esc>");
    desk.wait(8 * 60).keys("HS<enter>");
    read_back(&mut desk);
    desk.keys("A1<enter><enter>").sees("现在是 前台");
    desk.keys("o<enter>").sees("高洁").keys("c").sees("更正: 哪里错了").sees_not("钥匙少写一把").keys("<esc><esc>");
    desk.keys("<down><enter>c").sees("钥匙少写一把").sees("上次没写完的");
}

#[test]
fn words_to_a_line_left_come_back_though_its_time_left_reads_otherwise() {
    let mut desk = a_shift();
    desk.keys("Hm先关总阀<esc>").sees("写的留着").keys("<esc>").wait(7).keys("Hm");
    desk.sees("先关总阀").sees("上次没写完的");
}

#[test]
fn in_english_and_on_a_small_screen_it_is_all_there() {
    let mut desk = Session::over(town::sample(120, 90), Lang::En, (80, 24));
    desk.keys("H").sees("Handover").sees("1 danger").sees("the giver has not signed (S)");
    desk.keys("G").sees("11 figures").sees("taken");
    let lines = match desk.desk.layers.last() {
        Some(AnyLayer::Handover(room)) => room.lines.len(),
        other => panic!("{other:?}"),
    };
    assert!((10..=60).contains(&lines), "an ordinary day: {lines}");
    desk.resize(60, 20).sees("Handover");
}

#[test]
fn the_oldest_handover_of_many_is_reached_by_keys_and_found_by_its_words() {
    let mut desk = at_the_desk();
    let raw = rusqlite::Connection::open(desk.store.path()).expect("the file");
    let sql = "INSERT INTO handover (day, template, kind, from_seq, from_at, taken_by, taken_at, taken_seq, content) \
         SELECT date('2025-01-01', n || ' days'), 'early', 'nobody', 0, 0, (SELECT min(id) FROM operator), 1735689600000 + n * 86400000, 0, \
         CASE n WHEN 0 THEN ?1 ELSE '[]' END \
         FROM (WITH RECURSIVE up (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM up WHERE n < 119) SELECT n FROM up)";
    let words = [Line::new(Section::Notes, About::Note(1), "Pump \"B\" 停了".to_owned())];
    raw.execute(sql, [serde_json::to_string(&words).expect("JSON")]).expect("handed over");
    desk.keys("<f4>o").sees("1/50+").keys(&"<down>".repeat(49)).sees("50/100+").keys(&"<down>".repeat(50));
    desk.sees("100/120").keys(&"<pgdn>".repeat(4)).sees("120/120").sees("01-01");
    desk.keys("<enter>").sees("Pump \"B\" 停了");
    desk.keys("<esc>").sees("120/120").keys("2025-01-01").sees("1/1");
    desk.keys("<ctrl-u>停了 pump")
        .sees("1/1")
        .keys("<ctrl-u>\"b\"")
        .sees("1/1")
        .keys("<ctrl-u>停水")
        .sees("没有含这些字的");
}
