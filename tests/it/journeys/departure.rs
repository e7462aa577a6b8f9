//! Somebody leaves, at the screen: what leaves with him is seen, who gets each ticket is asked, and it is all taken back.

use township_desk::domain::base::id::{CommandUid, StaffId};
use township_desk::domain::base::time::Day;
use township_desk::domain::op::Op;
use township_desk::domain::roster::DayPlan;
use township_desk::domain::roster::op::{Planned, RosterOp};
use township_desk::domain::roster::shift::Template;
use uuid::Uuid;

use crate::support::{Session, at_the_desk, town};

/// 王强 has two tickets and two shifts to come; his page is open.
fn his_page() -> Session {
    let mut desk = at_the_desk();
    let raw = rusqlite::Connection::open(desk.store.path()).expect("the file");
    let id = |name: &str| -> StaffId {
        StaffId(raw.query_row("SELECT id FROM staff WHERE name = ?1", [name], |row| row.get(0)).expect("somebody"))
    };
    let (who, monday) = (id("王强"), Day::from_ymd_opt(2026, 11, 23).expect("a day"));
    let planned = |plus: i64, template| Planned {
        staff: who,
        day: monday + chrono::Duration::days(plus),
        plan: Some(DayPlan::of(template)),
    };
    let days = vec![planned(2, Template::Early), planned(3, Template::Late)];
    for (n, op) in [RosterOp::Plan(days), RosterOp::Publish { monday, seen: None }].into_iter().enumerate() {
        let mark = CommandUid(Uuid::from_u64_pair(78, n as u64));
        desk.store.commit(mark, &Op::Roster(op), town::now()).expect("planned");
    }
    for words in ["楼道灯不亮", "单元门锁坏"] {
        desk.keys(&format!("nkly 501<enter>{words}<ctrl-s><esc>"));
    }
    desk.keys("2ggawangqiang<enter>").sees("王强").keys("<esc>jawangqiang<enter><esc>");
    desk.keys(":员工<enter>wangqiang<enter>").sees("王强");
    desk
}

#[test]
fn every_ticket_is_asked_for_before_he_leaves() {
    let mut desk = his_page();
    desk.keys("e6<ctrl-u>离职<enter>").sees("王强 离职").sees("空出来的班 2 个").sees("11-25 早").sees("11-26 中");
    desk.sees("手上的工单 2 张").sees("楼道灯不亮").sees_not("已保存: 改");
    desk.keys("2").sees_not("空出来的班").sees("王强");
    desk.keys("e6<ctrl-u>离职<enter>1").sees("王强 离职 1/2").sees("给谁").sees("退回待派").keys("zhouyan<enter>");
    desk.sees("其余 1 张也是「周岩」吗").keys("2").sees("王强 离职 2/2").keys("1").sees("已保存: ");
    let held = |desk: &Session| -> Vec<(String, Option<String>)> {
        let raw = rusqlite::Connection::open(desk.store.path()).expect("the file");
        let sql = "SELECT t.status, s.name FROM ticket t LEFT JOIN staff s ON s.id = t.assignee_id ORDER BY t.n";
        let mut rows = raw.prepare(sql).expect("a statement");
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    };
    assert_eq!(held(&desk), [("assigned".to_owned(), Some("周岩".to_owned())), ("new".to_owned(), None)]);
    desk.keys("u").sees("已撤销");
    let his = || ("assigned".to_owned(), Some("王强".to_owned()));
    assert_eq!(held(&desk), [his(), his()]);
}

#[test]
fn all_of_them_to_one_is_one_more_key() {
    let mut desk = his_page();
    desk.keys("e6<ctrl-u>离职<enter>1zhouyan<enter>").sees("其余 1 张").keys("1").sees("已保存: ");
    desk.keys("<esc><esc>:员工<enter>wangqiang").sees("已离职");
}
