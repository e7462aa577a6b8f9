//! Enough people: what is needed, where somebody is missing, who is proposed, a week filled, the list of staff.

use township_desk::domain::base::time::Day;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::roster::query::{RosterAnswer, RosterQuery};
use township_desk::domain::roster::week::Week;
use township_desk::store::{Access, Store, Who};
use township_desk::text::Lang;

use crate::support::{Session, town};

/// The sample's desk, with the manager at it; what the sample itself needs is taken out, so that rows are counted by hand.
fn sample(lang: Lang, size: (u16, u16)) -> Session {
    let (store, folder) = town::sample(40, 30);
    rusqlite::Connection::open(store.path()).and_then(|raw| raw.execute("DELETE FROM need", [])).expect("no needs");
    let who = Who { name: Some("崔国平".to_owned()), terminal: "test".to_owned() };
    let manager = Store::open(store.path(), Access::Write, who, town::now()).expect("it opens");
    Session::over((manager, folder), lang, size)
}

/// The week after the sample's today.
fn week(desk: &Session) -> Week {
    let monday = Day::from_ymd_opt(2026, 11, 30).expect("a day");
    match desk.store.answer(&Query::Roster(RosterQuery::Week { monday })).expect("an answer") {
        Answer::Roster(RosterAnswer::Week(week)) => *week,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_need_is_typed_a_gap_is_seen_and_somebody_is_drafted_for_it() {
    let mut desk = sample(Lang::Zh, (120, 40));
    desk.keys(":缺岗总表<enter>").sees("缺岗总表");
    desk.keys("a没有这个词<enter>").sees("看不懂").keys("<ctrl-u>绿化 夜 1<enter>").sees("已保存: ");
    // Nobody of the greenery works at night: that row has gaps every day.
    desk.keys("o");
    while !desk.frame().0.contains("全镇 绿化 夜班") {
        let before = desk.frame().0;
        desk.keys("j");
        assert_ne!(desk.frame().0, before, "the row is not there");
    }
    desk.sees("当晚 24:00 至次日 08:00").sees("要 1, 来 0");
    // Three days on it is planned, not stepped into.
    desk.keys("lll").keys("f").sees("找人顶: 夜班 绿化").sees("可以").sees("当周");
    desk.keys("1").sees("已保存: 排班").sees("缺岗总表").sees("要 1, 来 1 (已发布的 0)");
    desk.keys("u").sees("要 1, 来 0");
    // A digit changes what is needed in the cell.
    desk.keys("3").sees("要 3, 来 0").keys("x");
    desk.sees_not("绿化 夜班");
}

#[test]
fn today_s_gap_is_filled_on_the_spot_with_the_message_copied() {
    let mut desk = sample(Lang::Zh, (80, 24));
    desk.keys(":缺岗总表<enter>a保洁 中 1<enter>").sees("已保存").keys("o");
    while !desk.frame().0.contains("保洁 中班") || !desk.frame().0.contains("要 1, 来 0") {
        let before = desk.frame().0;
        desk.keys("j");
        assert_ne!(desk.frame().0, before, "the row is not there");
    }
    desk.keys("<enter>").sees("找人顶: 中班 保洁").keys("1");
    desk.sees("已记顶班").sees("要 1, 来 1");
    assert!(desk.clipboard.contains("16:00-00:00 中班"), "{}", desk.clipboard);
}

#[test]
fn a_week_is_proposed_taken_as_a_draft_and_taken_back() {
    let mut desk = sample(Lang::Zh, (120, 40));
    desk.keys(":缺岗总表<enter>a维修 早 3<enter>").sees("已保存").keys("<esc>");
    let before = week(&desk);
    desk.keys(":替我排一周<enter>").sees("替我排 2026-W4");
    // Tuesday: the week open for planning is still this one; the next is proposed from the coverage.
    desk.keys("<esc>:缺岗总表<enter>").keys("]F").sees("替我排 2026-W49").sees("照各人轮班缺");
    desk.keys("<enter>").sees("已保存: 排班");
    let after = week(&desk);
    let missing = |week: &Week| week.slots().iter().map(|slot| slot.missing()).sum::<u32>();
    assert!(missing(&after) < missing(&before), "{} -> {}", missing(&before), missing(&after));
    for member in &after.people {
        let hard = after.findings(member).into_iter().filter(|found| !before.findings(member).contains(found));
        let changed = after.days().any(|day| member.is_changed(day));
        assert!(!changed || hard.count() == 0, "{:?}", after.findings(member));
    }
    desk.keys("u").sees("已撤销: 排班");
    assert_eq!(missing(&week(&desk)), missing(&before));
}

#[test]
fn the_list_of_staff_says_who_does_what_and_narrows_by_typing() {
    for (lang, size, on) in [(Lang::Zh, (120, 40), "在岗至"), (Lang::En, (80, 24), "on until")] {
        let mut desk = sample(lang, size);
        desk.keys("3s").sees("周岩").keys("wangqiang").sees("王强").sees("177 0000").sees(on).sees_not("周岩");
        desk.keys("<esc>");
        desk.sees(if lang == Lang::Zh { "3 在岗" } else { "3 On duty" });
    }
}

#[test]
fn a_manager_changes_staff_from_their_page_and_adds_somebody() {
    let mut desk = sample(Lang::Zh, (120, 40));
    desk.keys(":员工<enter>").sees("员工").keys("<ctrl-n>").sees_not("上次没写完的");
    // Words left are there again, and it is said: what is typed after them would be read as theirs.
    desk.keys("王新<esc><ctrl-n>").sees("王新").sees("上次没写完的").sees("Ctrl+U").keys("<ctrl-u>");
    desk.keys("王新来<enter>").sees("写上姓名、岗位").keys("<ctrl-u>王新来 维修 13800000001<enter>").sees("已保存: ");
    desk.keys("王新来<enter>").sees("王新来").keys("e3").sees("用空格分开").keys("水电 开锁<enter>").sees("水电 开锁");
    desk.keys("e4没有这个小区<enter>").sees("有一个小区名认不出").keys("<ctrl-u>康乐苑<enter>").sees("康乐苑");
    desk.keys("e5早早不<enter>").sees("看不懂这个轮班").keys("<ctrl-u>做六休一 中<enter>");
    desk.keys("e5").sees("做六休一 中").keys("<esc><esc>");
    desk.keys("e6")
        .sees("在职 或 离职")
        .keys("<ctrl-u>离职<enter>")
        .sees("王新来 离职")
        .sees("没有没办完的工单")
        .keys("1")
        .sees("已保存: ");
    let week = week(&desk);
    assert!(week.people.iter().all(|member| member.staff.name.reveal() != "王新来"), "who has left is not planned");
    desk.keys("u").sees("已撤销").keys("u").sees("已撤销");
    let member = |week: &Week| week.people.iter().find(|member| member.staff.name.reveal() == "王新来").cloned();
    let member = member(&self::week(&desk)).expect("he is back");
    assert_eq!((member.staff.skills.join(" "), member.told), ("水电 开锁".to_owned(), None));
}
