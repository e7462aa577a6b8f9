//! The week grid: leave, carry on, fill, swap, cover, publish; all by keys.

use township_desk::desk::Msg;
use township_desk::domain::base::id::CommandUid;
use township_desk::domain::base::time::Day;
use township_desk::domain::op::Op;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::roster::op::{Planned, RosterOp};
use township_desk::domain::roster::query::{RosterAnswer, RosterQuery};
use township_desk::domain::roster::shift::Template;
use township_desk::domain::roster::week::Week;
use township_desk::domain::roster::{DayPlan, How};
use township_desk::exchange::pages::Format;
use township_desk::exchange::pages::roster::{self, Sheet};
use township_desk::store::{Access, Store, Who};
use township_desk::text::Lang;

use crate::support::{Session, at_the_desk, town};

/// Days of November 2026; the 23rd is a Monday, today is Tuesday the 24th.
fn day(day: u32) -> Day {
    Day::from_ymd_opt(2026, 11, day).expect("a day")
}

fn week(desk: &Session, monday: Day) -> Week {
    match desk.store.answer(&Query::Roster(RosterQuery::Week { monday })).expect("an answer") {
        Answer::Roster(RosterAnswer::Week(week)) => *week,
        other => panic!("{other:?}"),
    }
}

/// Plans of somebody's week in the file, as short as the grid shows them.
fn plans(desk: &Session, name: &str, monday: Day) -> Vec<String> {
    let week = week(desk, monday);
    let member = week.people.iter().find(|member| member.staff.name.reveal() == name).expect(name);
    week.days().map(|day| township_desk::text::roster::cell(&week.names, &member.plan(day), Lang::Zh)).collect()
}

/// The sample's desk, its leader at it.
fn sample(lang: Lang, size: (u16, u16)) -> Session {
    let (store, folder) = town::sample(200, 20);
    let who = Who { name: Some("赵建军".to_owned()), terminal: "test".to_owned() };
    let leader = Store::open(store.path(), Access::Write, who, town::now()).expect("it opens");
    Session::over((leader, folder), lang, size)
}

#[test]
fn digits_and_characters_draft_and_the_cursor_moves_on() {
    let mut desk = at_the_desk();
    desk.keys("r").sees("2026-W48").sees("还没排").sees("今天24");
    // It is 10:00: the early shift of today has begun, and the cursor stays for another.
    desk.keys("1").sees("这个班今天已经开始");
    desk.keys("22").sees("已保存: 周岩 周三25 中").sees("草稿 2 格");
    desk.keys("3").sees("当晚 24:00 至次日 08:00");
    desk.send(Msg::Paste("早中休".to_owned()));
    assert_eq!(plans(&desk, "周岩", day(23)), ["", "中", "中", "夜", "早", "中", "休"]);
    // Behind Sunday the next person follows; 长 waits for 白 or 夜.
    desk.keys("长夜").sees("这一天已过");
    desk.keys("l长").sees("再打 白 或 夜").keys("夜长白").keys("行");
    assert_eq!(plans(&desk, "赵桂", day(23)), ["", "长夜", "白", "行", "", "", ""]);
    desk.keys("u").sees("已撤销: 排班");
    assert_eq!(plans(&desk, "赵桂", day(23))[3], "");
    desk.keys("<ctrl-r>");
    assert_eq!(plans(&desk, "赵桂", day(23))[3], "行");
    desk.keys("h.");
    assert_eq!(plans(&desk, "赵桂", day(23))[3], "", "cleared: as published");
}

#[test]
fn rules_speak_while_typing() {
    let mut desk = at_the_desk();
    // The cursor has moved on; what the cell typed in breaks is told until it is moved by hand.
    desk.keys("r21").sees("! 周岩 周三25: ").sees("只歇 8 小时").keys("l").sees_not("周岩 周三25: ");
    desk.keys("hh").sees("早!*").sees("只歇 8 小时, 至少 10 小时");
    desk.keys("0").sees_not("早!*");
    // Two shifts at the same time are hard.
    desk.keys("h1h+4")
        .keys("h")
        .sees("早白!!*")
        .sees("重叠")
        .keys("P")
        .sees("必须改 1")
        .keys("<enter>")
        .sees("必须改的");
    desk.keys("<esc>1P")
        .sees("必须改 0")
        .sees("周岩 周三25  -- -> 早")
        .keys("<enter>")
        .sees("已发布")
        .sees("墙上的表在");
    assert_eq!(week(&desk, day(23)).people[0].published_on(day(25)), DayPlan::of(Template::Early));
    desk.keys("P").sees("没有要发布的改动");
    desk.keys("u").sees("不能撤销").sees_not("已撤销");
}

#[test]
fn publishing_is_as_seen() {
    let mut desk = at_the_desk();
    desk.keys("r21").keys("P").sees("周岩 周三25  -- -> 早");
    // Another desk makes it a late shift while this one reads.
    let of = week(&desk, day(23)).people[0].staff.id;
    let late = Planned { staff: of, day: day(25), plan: Some(DayPlan::of(Template::Late)) };
    let uid = CommandUid(uuid::Uuid::now_v7());
    desk.store.commit(uid, &Op::Roster(RosterOp::Plan(vec![late])), town::now()).expect("the other desk drafts");
    desk.keys("<enter>").sees("草稿刚刚变了").sees("周岩 周三25  -- -> 中").sees_not("已发布");
    assert!(!week(&desk, day(23)).is_published());
    desk.keys("<enter>").sees("已发布");
    assert_eq!(week(&desk, day(23)).people[0].published_on(day(25)), DayPlan::of(Template::Late));
}

#[test]
fn a_drafted_shift_that_has_begun_is_told_before_it_is_left_out() {
    let mut desk = at_the_desk();
    // Drafted at 10:00 for today's late shift and for tomorrow; at 18:00 only tomorrow can be published.
    desk.keys("r21").wait(8 * 60).keys("P").sees("-> 早").sees("不发布, 草稿不留");
    desk.keys("<enter>").sees("已发布");
}

#[test]
fn a_span_is_filled_copied_and_pasted_without_leave_and_swaps() {
    let mut desk = at_the_desk();
    desk.keys("rl<space>llj").sees("选了 2 人 3 天").keys("1");
    assert_eq!(plans(&desk, "周岩", day(23)), ["", "", "早", "早", "早", "", ""]);
    assert_eq!(plans(&desk, "赵桂", day(23)), ["", "", "早", "早", "早", "", ""]);
    // The cursor stays where the span ended: 赵桂, Friday.
    desk.keys("-").sees("1 事假").sees("2 病假").keys("2").sees("已保存: 病假 11-27..11-27");
    assert_eq!(plans(&desk, "赵桂", day(23))[4], "病假", "the shift is taken out of the draft");
    desk.keys("gg<home>ll<space>jl").keys("l").keys("y").sees("已复制 2 人 3 天");
    desk.keys("]gg<home>p").sees("粘贴 5 格");
    assert_eq!(plans(&desk, "赵桂", day(30)), ["早", "早", "", "", "", "", ""], "leave is not copied");
    desk.keys("u[").sees("2026-W48");
    assert_eq!(plans(&desk, "周岩", day(30)), [""; 7]);
    // Leave in the middle is taken back by 0.
    desk.keys("Ghhkk").keys("gg<home>llllj-0").sees("取消请假");
    assert_eq!(plans(&desk, "赵桂", day(23))[4], "休");
}

#[test]
fn leave_shows_with_its_dates_and_what_has_passed_may_be_leave_too() {
    let mut desk = at_the_desk();
    desk.keys("r<home><space><end>-3").sees("年假");
    assert_eq!(plans(&desk, "周岩", day(23)), ["年假"; 7]);
    desk.keys("<home>1").sees("这一天已过");
    desk.keys("<end>1").sees("假早!!*").keys("k<end>").sees("年假, 又排了早班");
    desk.keys("-0").sees_not("假早");
}

#[test]
fn a_swap_that_would_lose_a_shift_is_refused() {
    let mut desk = at_the_desk();
    // 周岩 works early on Wednesday; 赵桂 on Thursday and on Wednesday too.
    desk.keys("rl1jhh").keys("l");
    desk.keys("gg<home>jll11");
    desk.keys("gg<home>llx").keys("jl").sees("换了就少一个班").keys("<enter><esc>");
    assert_eq!(plans(&desk, "周岩", day(23))[2..4], ["早", ""]);
    assert_eq!(plans(&desk, "赵桂", day(23))[2..4], ["早", "早"]);
}

#[test]
fn swap_and_cover_say_who_and_when_and_are_done_by_enter() {
    let mut desk = at_the_desk();
    desk.keys("rl1jhh").keys("l");
    // 周岩 works early on Wednesday; 赵桂 late on Thursday.
    desk.keys("gg<home>jlll2");
    desk.keys("gg<home>llx").sees("换班: 把光标移到");
    desk.keys("jl").sees("周岩 的周三25 早 和 赵桂 的周四26 中 对换").keys("<enter>");
    assert_eq!(plans(&desk, "周岩", day(23)), ["", "", "休", "中", "", "", ""]);
    assert_eq!(plans(&desk, "赵桂", day(23)), ["", "", "早", "休", "", "", ""]);
    desk.keys("gg<home>lll").sees("换班(赵桂)");
    // A swapped day is not copied.
    desk.keys("y]p").sees("没有可粘贴的日子").keys("[");
    // 王强 covers 赵桂 on Wednesday.
    desk.keys("G<home>llv").sees("顶班: 把光标移到").keys("k").sees("王强 顶 赵桂 的周三25 早班").keys("<enter>");
    desk.keys("j").sees("顶赵桂的班");
    let week = week(&desk, day(23));
    let who = |name: &str| week.people.iter().find(|member| member.staff.name.reveal() == name).expect(name);
    let (covering, covered) = (who("王强").plan(day(25)), who("赵桂").staff.id);
    assert_eq!(covering.shifts[0].how, How::Covers(covered));
    assert_eq!(who("赵桂").plan(day(25)), DayPlan::rest());
    // Who stands in for whom is on the wall and in the message for the group.
    let sheet = Sheet { company: "", week: &week, draft: true };
    let group = roster::message(sheet, None, Lang::Zh).expect("a page").text;
    assert!(group.contains("王强 顶赵桂的班") && group.contains("周岩 换班(赵桂)"), "{group}");
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let wall = roster::page(sheet, format, None, Lang::Zh).expect("a page").text;
        assert!(
            (wall.contains("早*") || wall.contains("早\\*")) && wall.contains("周三25 早班 王强 顶赵桂的班"),
            "{wall}"
        );
    }
    desk.keys("x<enter>").sees("把光标移到").keys("<esc>").sees("2026-W48").keys("<esc>").sees_not("2026-W48");
}

#[test]
fn carrying_on_makes_the_next_week_of_the_sample() {
    let mut desk = sample(Lang::Zh, (120, 40));
    desk.keys("r").sees("已发布").keys("]").sees("2026-W49").sees("还没排");
    desk.keys("c").sees("续排").sees("草稿");
    let made = week(&desk, day(30));
    let planned =
        made.people.iter().filter(|member| made.days().any(|day| !member.plan(day).shifts.is_empty())).count();
    assert_eq!(planned, made.people.len(), "everybody of the sample works in a cycle");
    assert_eq!(made.hard(town::now()), []);
    desk.keys("P").sees("必须改 0").keys("<enter>").sees("已发布").sees("墙上的表在").keys("c").sees("没有空着的日子");
}

#[test]
fn posts_filter_and_the_pages_of_a_month() {
    let mut desk = at_the_desk();
    desk.keys("r2h").keys("o").sees("岗位: 小区和位置").keys("kly 东门<enter>").sees("康乐苑 东门");
    desk.keys("f").sees("保洁").keys("保洁<enter>").sees("1/1").sees("保洁缺").sees_not("保安").keys("f1").sees("2/3");
    desk.keys("gg<enter>")
        .sees("2026-11")
        .sees("136 0000 1002")
        .sees("本月 8 小时")
        .keys("]")
        .sees("2026-12")
        .keys("<esc>");
    desk.keys("m").sees("哪个小区").keys("kly<enter>").sees("康乐苑  2026-11").sees("周岩").keys("<esc>");
    desk.sees("2026-W48");
}

#[test]
fn the_grid_opens_on_the_next_week_from_thursday_and_comes_from_anywhere() {
    let mut desk = at_the_desk();
    desk.wait(2 * 24 * 60).keys("n<f6>").sees("2026-W49").keys("<esc>").sees("在哪里");
}

#[test]
fn small_screens_and_english() {
    for (lang, size) in [(Lang::Zh, (80, 24)), (Lang::En, (80, 24)), (Lang::En, (120, 36)), (Lang::Zh, (60, 20))] {
        let mut desk = sample(lang, size);
        desk.keys("r]c").sees("2026-W49").sees("周岩").sees("王永东");
        desk.sees(if lang == Lang::Zh { "夜*" } else { "N*" });
    }
}

#[test]
fn a_clerk_looks_and_changes_nothing() {
    let mut desk = at_the_desk();
    desk.desk.operator.rank = township_desk::domain::staff::Rank::Clerk;
    desk.keys("r1").sees("排班要班长以上");
    desk.keys("c").sees("排班要班长以上");
    assert_eq!(plans(&desk, "周岩", day(23)), [""; 7]);
}
