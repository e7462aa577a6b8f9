//! Keys pressed ahead: a price typed twice, a hand that is quicker than the writer, bursts of digits and Enters.

use township_desk::domain::query::{Answer, Query};
use township_desk::domain::ticket::Status;
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};

use crate::support::{Session, at_the_desk};

fn with_tickets(n: usize) -> Session {
    let mut desk = at_the_desk();
    for _ in 0..n {
        desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>");
    }
    desk
}

fn open(desk: &Session) -> Vec<(Status, String)> {
    let Ok(Answer::Ticket(TicketAnswer::Open(open))) =
        desk.store.answer(&Query::Ticket(TicketQuery::Open { compound: None }))
    else {
        panic!("no answer")
    };
    open.rows.into_iter().map(|row| (row.ticket.status, row.ticket.materials)).collect()
}

/// Opens the line for materials and fee of the opened ticket.
const CHARGE: &str = "<enter><ctrl-p>材料费用<enter>";

/// The answer is given in one go, as `burst` gives it, and so many milliseconds pass before the next key.
fn answered(desk: &mut Session, keys: &str, ms: i64) {
    desk.burst(keys).sees("已保存: ").pass(ms);
}

/// One key after the other with a pause between them, each once the frame before it is seen.
fn slowly(desk: &mut Session, keys: &[&str], ms: i64) {
    for key in keys {
        desk.burst(key).pass(ms);
    }
}

#[test]
fn a_price_typed_twice_is_written_once_and_touches_nothing_else() {
    let mut desk = with_tickets(1);
    desk.keys(CHARGE).sees("材料费用").burst("三角阀 35.5<enter>35.5<enter>");
    desk.sees("框已关上, 多按的 5 个键没有用").sees("已保存: ");
    assert_eq!(open(&desk), [(Status::New, "三角阀".to_owned())]);
    assert_eq!(desk.desk.layers.len(), 1, "the ticket is open and nothing above it");
    // Once that was to be seen, keys are commands again.
    desk.pass(1_000).keys("s").sees("改状态");
}

#[test]
fn a_price_typed_again_after_a_pause_touches_nothing_either() {
    for pause in [1, 100, 300, 500, 700, 990] {
        for between in [0, 120, 400, 700] {
            let mut desk = with_tickets(1);
            desk.keys(CHARGE);
            answered(&mut desk, "三角阀 35.5<enter>", pause);
            slowly(&mut desk, &["3", "5", ".", "5", "<enter>"], between);
            desk.sees("框已关上, 多按的 5 个键没有用; 停一下再按");
            assert_eq!(open(&desk), [(Status::New, "三角阀".to_owned())], "{pause} {between}");
            assert_eq!(desk.desk.layers.len(), 1, "{pause} {between}: the ticket is open and nothing above it");
            desk.pass(1_000).keys("2");
            assert_eq!(desk.desk.layers.len(), 2, "{pause} {between}: after that a digit is a command again");
        }
    }
}

#[test]
fn words_typed_on_after_enter_touch_nothing_either() {
    let mut desk = with_tickets(1);
    desk.keys("<enter>m");
    answered(&mut desk, "leak in the kit<enter>", 200);
    slowly(&mut desk, &["c", "h", "e", "n", "<enter>"], 250);
    desk.sees("多按的 5 个键没有用");
    assert_eq!((open(&desk).len(), desk.desk.layers.len()), (1, 1));
    answered(desk.pass(1_000).keys("m"), "量了<enter>", 300);
    desk.send(township_desk::desk::Msg::Paste("再量一次".to_owned()));
    desk.sees("多按的 4 个键没有用");
    assert_eq!(desk.desk.layers.len(), 1, "no find box");
}

#[test]
fn who_goes_on_to_the_next_thing_is_heard() {
    let mut desk = with_tickets(2);
    // A command half a second after the last answer.
    desk.keys("m");
    answered(&mut desk, "量了水压<enter>", 500);
    desk.burst("a").sees("派单").sees_not("没有用").keys("<esc>");
    // What moves or leaves acts at once, and after it everything does.
    desk.keys("<enter>m");
    answered(&mut desk, "又量了<enter>", 50);
    desk.burst("<esc>").sees_not("没有用");
    assert!(desk.desk.layers.is_empty(), "left by Esc");
    desk.keys("m");
    answered(&mut desk, "再量<enter>", 50);
    desk.burst("<home>").burst("<enter>").sees_not("没有用");
    assert_eq!(desk.desk.layers.len(), 1, "the ticket is opened by the Enter after a movement");
    // The filter of a list is seen at work while it is typed.
    desk.keys("<esc>").burst("f漏水<enter>").burst("<enter>").sees_not("没有用");
    assert_eq!(desk.desk.layers.len(), 1);
}

#[test]
fn a_digit_for_one_list_picks_nothing_in_the_next() {
    let mut desk = with_tickets(1);
    // Handed back: why it is, and then to whom.
    desk.keys("a1").sees("已保存: 派单").keys("s退单<enter>").burst("不归我管<enter>").pass(600);
    desk.sees("下一个负责人").burst("1").sees("这张表刚打开, 之前按的 1 个键没有用; 看清再按").burst("<enter>");
    desk.sees("下一个负责人").pass(1_000).burst("1").sees("已保存: ");
    assert!(desk.desk.layers.is_empty());
}

#[test]
fn keys_pressed_while_the_writer_works_are_the_box_s_and_go_with_it() {
    let mut desk = with_tickets(1);
    desk.keys(CHARGE).hold_back().keys("三角阀 35.5<enter>").keys("35.5<enter>").let_go();
    desk.sees("框已关上, 多按的 5 个键没有用");
    assert_eq!((open(&desk).len(), desk.desk.layers.len()), (1, 1));
}

#[test]
fn keys_dropped_while_a_refusal_comes_are_said_too() {
    let mut desk = with_tickets(1);
    desk.keys("m").hold_back().keys("<enter>再写<enter>").let_go();
    desk.sees("备注是空的").sees("等回答时按的 3 个键没有用");
    desk.keys("量了水压<enter>").sees("已保存: ").sees_not("没有用");
}

#[test]
fn a_paste_for_a_box_that_closed_opens_nothing() {
    let mut desk = with_tickets(1);
    desk.keys("m").burst("量了水压<enter>");
    desk.sees_not("框已关上").pass(400);
    desk.keys("m量了<enter>");
    desk.keys("m").keys("再量");
    desk.send(township_desk::desk::Msg::Key(township_desk::desk::frame::key::Key::parse("enter").expect("a key")));
    desk.send(township_desk::desk::Msg::Paste("再量一次".to_owned()));
    desk.sees("多按的 4 个键没有用");
    assert!(desk.desk.layers.is_empty(), "no find box");
}

#[test]
fn who_leaves_a_box_by_hand_goes_on_at_once() {
    let mut desk = with_tickets(2);
    desk.burst("m<esc>j").sees_not("框已关上").sees("2/2");
}

#[test]
fn what_takes_a_ticket_out_of_sight_asks_and_only_y_says_yes() {
    let mut desk = with_tickets(1);
    desk.keys("s作废<enter>打错了<enter>").sees("1124-01  作废? 按 y 确定, Esc 不作废");
    desk.keys("123456789 0.5<enter>").sees("还没做: 按 y 才做").keys("x是1");
    desk.send(township_desk::desk::Msg::Paste("y".to_owned()));
    assert_eq!(open(&desk).len(), 1);
    desk.keys("<esc><esc><esc>");
    assert_eq!(open(&desk).len(), 1);
    desk.keys("s作废<enter>打错了<enter>ｙ").sees("已保存: 作废 1124-01");
    assert!(open(&desk).is_empty());
    desk.keys("u").sees("已撤销");
    // What a ticket ends with is asked in every way it can end.
    desk.keys("s答复<enter>已解释<enter>").sees("答复").keys(".不再追<enter>").sees("按 y 确定").keys("y");
    assert!(open(&desk).is_empty());
}

#[test]
fn no_burst_of_a_price_takes_a_ticket_out_of_sight() {
    const KEYS: [&str; 14] =
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "<enter>", "<space>", "<backspace>"];
    let mut seed = 20_261_124_u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("a small number")
    };
    let mut asked = 0;
    for round in 0..60 {
        let mut desk = with_tickets(1);
        desk.keys(CHARGE);
        for _ in 0..4 {
            let burst: String = (0..1 + draw() % 9).map(|_| KEYS[draw() % KEYS.len()]).collect();
            // Looked at or not: no digit, point or Enter is a yes.
            if draw() % 2 == 0 {
                desk.burst(&burst)
            } else {
                desk.keys(&burst)
            };
        }
        assert_eq!(open(&desk).len(), 1, "round {round}: the ticket is gone");
        // The very way it happened: void is picked by its digit, the rest is a reason.
        desk.keys("<esc><esc><esc><esc><esc>gg<enter>s");
        let (text, _) = desk.frame();
        let row = text.lines().find(|line| line.contains("作废")).map(str::to_owned);
        if let Some(digit) = row.as_deref().and_then(|row| row.chars().find(char::is_ascii_digit)) {
            desk.keys(&format!("{digit}.5<enter>35.5<enter>"));
            asked += 1;
        }
        assert_eq!(open(&desk).len(), 1, "round {round}: voided by a price");
    }
    assert!(asked > 20, "void was among the moves {asked} times");
}
