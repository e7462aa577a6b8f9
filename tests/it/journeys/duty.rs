//! Who is there: marking who came, finding who steps in on the spot, looking up who is on from anywhere.

use township_desk::domain::query::{Answer, Query};
use township_desk::domain::roster::query::{RosterAnswer, RosterQuery};
use township_desk::domain::roster::shift::Presence;
use township_desk::text::Lang;

use crate::support::{Session, town};

fn sample(size: (u16, u16)) -> Session {
    Session::over(town::sample(40, 30), Lang::Zh, size)
}

fn suggested(desk: &Session, name: &str) -> bool {
    let query = Query::Roster(RosterQuery::Suggest { category: "201".to_owned(), compound: None, at: town::now() });
    let Answer::Roster(RosterAnswer::Suggest(candidates)) = desk.store.answer(&query).expect("an answer") else {
        panic!("candidates")
    };
    candidates.iter().any(|candidate| candidate.name.reveal() == name)
}

fn presence(desk: &Session, name: &str) -> (Presence, Option<String>) {
    let answer =
        desk.store.answer(&Query::Roster(RosterQuery::Duty { at: town::now(), compound: None })).expect("an answer");
    let Answer::Roster(RosterAnswer::Duty(duty)) = answer else { panic!("duty") };
    let person = duty.now.iter().find(|person| person.name.reveal() == name).expect(name);
    (person.presence, person.covered_by.as_ref().map(|by| by.reveal().to_owned()))
}

#[test]
fn who_does_not_come_leaves_the_suggestions_and_somebody_steps_in_by_one_more_digit() {
    let mut desk = sample((120, 40));
    desk.keys("3f王强<enter>").sees("王强");
    assert!(suggested(&desk, "王强"));
    desk.keys("<enter>").sees("到岗").sees("没来");
    desk.keys("3").sees("找人顶: 早班 维修").sees("(王强没来)").sees("当周").sees("可以");
    assert_eq!(presence(&desk, "王强").0, Presence::Absent);
    assert!(!suggested(&desk, "王强"), "who did not come is sent nowhere");
    desk.keys("1").sees("已记顶班");
    let (_, by) = presence(&desk, "王强");
    let by = by.expect("somebody stepped in");
    assert!(desk.clipboard.starts_with(&by) && desk.clipboard.contains("顶王强"), "{}", desk.clipboard);
    desk.sees(&format!("{by}顶")).sees_not("早班 缺1");
    // Each step goes back by itself, and forward again.
    desk.keys("u").sees("已撤销: 顶班");
    assert_eq!(presence(&desk, "王强"), (Presence::Absent, None));
    desk.keys("<ctrl-r>").sees("已重做: 顶班");
    assert_eq!(presence(&desk, "王强").1, Some(by));
    desk.keys("uu").sees("已撤销: 到岗情况");
    assert_ne!(presence(&desk, "王强").0, Presence::Absent);
    assert!(suggested(&desk, "王强"));
}

#[test]
fn a_gap_left_open_is_shown_and_filled_later() {
    let mut desk = sample((120, 40));
    desk.keys("3f王强<enter><enter>没来<enter>").sees("找人顶").keys("<esc>");
    desk.sees("早班 缺1 王强没来");
    desk.keys("gg").keys("v").sees("找人顶: 早班 维修").keys("1").sees("已记顶班").sees_not("早班 缺1");
}

#[test]
fn in_a_narrow_screen_a_role_asks_whom() {
    let mut desk = sample((80, 24));
    desk.keys("3f维修<enter>").sees("维修 ");
    desk.keys("<enter>").sees("记谁的到岗情况").keys("王强<enter>").sees("没来").keys("没来<enter>").sees("找人顶");
    desk.keys("<esc>").sees("王强没来");
}

#[test]
fn who_is_on_is_one_key_away_and_the_half_typed_report_is_untouched() {
    let mut desk = sample((120, 40));
    desk.keys("n老粮站<tab>门口积水").sees("门口积水");
    let before = desk.frame();
    // One key, and two initials of a name.
    desk.keys("<f5>").sees("现在在岗").keys("wq").sees("王强").sees("177 0000").sees("至16:00").sees_not("周岩");
    desk.keys("<ctrl-u>baoan").sees("保安").sees_not("王强");
    desk.keys("<ctrl-u>没有这个人").sees("没有符合的");
    desk.keys("<esc>");
    assert_eq!(desk.frame(), before, "back in the report, the caret where it was");
}

#[test]
fn who_is_on_can_be_marked_from_there() {
    let mut desk = sample((80, 24));
    desk.keys("wwq<enter>").sees("王强: ").keys("没来<enter>").sees("找人顶").keys("<esc>");
    desk.sees("现在在岗").sees("没来");
    assert_eq!(presence(&desk, "王强").0, Presence::Absent);
}
