//! Narrowing, ordering, naming and exporting the list of tickets.

use std::fs;

use township_desk::desk::Msg;
use township_desk::domain::base::event::Entity;
use township_desk::domain::filter::op::Act;
use township_desk::domain::op::Op;
use township_desk::text::Lang;

use crate::store::uid;
use crate::support::{Session, at_the_desk, town};

/// Three reports: a leak in 康乐苑, a lamp in 锦绣家园, paper without a place; the leak is given to 王强.
fn three() -> Session {
    let mut desk = at_the_desk();
    desk.keys(
        "nkly 501<enter>厨房顶上漏水<ctrl-s><esc>njxjy 101<enter>楼道灯不亮<ctrl-s><esc>n<tab>门口有纸<ctrl-s><esc>",
    );
    desk.keys("gg").sees("待办 3");
    desk
}

#[test]
fn terms_narrow_while_they_are_typed_and_the_hint_says_what_may_follow() {
    let mut desk = three();
    desk.keys("f").sees("状态: 小区: 分类: 级别: 处理人: 来源: 地点: 从: 到:");
    desk.keys("小区:").sees("康乐苑 锦绣家园").keys("kly").sees("1/1").sees("漏水").sees_not("楼道灯");
    desk.keys("<enter>").sees("筛选「小区:kly」 1").sees("1/1");
    desk.keys("f -").keys("漏水").sees("没有符合").keys("<esc>").sees("待办 3");
    // Full-width signs, and the beginning of a word made whole.
    desk.keys("f状态：").sees("待派单").keys("待派").sees("1/3");
    desk.keys("<esc>f待<tab>").sees("1/1").sees("门口有纸").keys("<enter>").sees("筛选「待补」 1").keys("<esc>");
    desk.keys("f-小区:锦绣 -待补<enter>").sees("漏水").sees("1/1");
}

#[test]
fn a_status_written_without_its_head_is_offered_with_it() {
    let mut desk = three();
    desk.keys("f待派单").sees("状态:待派单").keys("<tab>").sees("1/3").keys("<enter>").sees("筛选「状态:待派单」 3");
    let mut english = Session::new(Lang::En, (120, 36));
    english.keys("fnew").sees("status:new").keys("<tab><enter>").sees("status:new");
}

#[test]
fn what_is_not_understood_is_named_and_the_list_stays() {
    let mut desk = three();
    desk.keys("f漏水 foo:x").sees("筛选里没有「foo:」; 可以写: 状态:");
    desk.keys("<enter>").sees("! 筛选里没有「foo:」").sees("foo:x");
    for _ in 0..5 {
        desk.keys("<backspace>");
    }
    desk.keys("状态:啥").sees("状态里没有「啥」; 有: 待派单").keys("<ctrl-s>").sees("! 状态里没有「啥」");
    desk.keys("<backspace>待派单<enter>").sees("筛选「漏水 状态:待派单」 1");
    let mut english = Session::new(Lang::En, (120, 36));
    english.keys("fstatus:xx").sees("No status is \"xx\"; there are: new,");
}

#[test]
fn those_that_have_ended_come_from_the_data_file_page_by_page() {
    let mut desk = Session::over(town::sample(60, 700), Lang::Zh, (120, 36));
    let open = desk.desk.panes.tickets.count();
    desk.keys("f已结<enter>").sees("筛选「已结」").sees("最新在前").sees(&format!("1/{}", 700 - open));
    assert_eq!(desk.desk.panes.tickets.list.len(), 200, "what was read so far");
    desk.keys("G").keys("<pgdn>");
    assert_eq!(desk.desk.panes.tickets.list.len(), 400, "the end coming near, the next page is read");
    desk.keys("GGG");
    assert_eq!(desk.desk.panes.tickets.list.len(), 700 - open);
    desk.sees(&format!("{0}/{0}", 700 - open));
    let at = desk.desk.panes.tickets.list.selected();
    desk.send(Msg::Foreign(vec![Entity::Ticket]));
    assert_eq!(desk.desk.panes.tickets.list.selected(), at, "asked again, all that was read is there");
    desk.keys("o4").sees("最早在前").sees_not("最新在前");
    desk.keys("<esc>").sees(&format!("待办 {open}"));
}

#[test]
fn a_compound_looked_at_narrows_ended_ones_too() {
    let mut desk = three();
    desk.keys("f全部<enter>").sees("筛选「全部」 3");
    desk.keys("1f锦绣<enter>j<enter>").sees("筛选「全部」 1").sees("只看 锦绣家园").sees("楼道灯").sees_not("漏水");
    desk.keys("<esc>").sees("待办 1").keys("<esc>").sees("待办 3");
}

#[test]
fn an_order_is_picked_by_digit_and_kept() {
    let mut desk = three();
    desk.keys("o").sees("最急在前").sees("按处理人").keys("3").sees("最新在前");
    let first = |desk: &Session| desk.desk.panes.tickets.in_sight().next().map(|(_, row)| row.ticket.words.clone());
    assert_eq!(first(&desk).as_deref(), Some("门口有纸"));
    desk.keys("o4").sees("最早在前").wait(1).sees("最早在前");
    assert_eq!(first(&desk).as_deref(), Some("厨房顶上漏水"));
    desk.keys("o").keys("<enter>").sees("最早在前").keys("o1").sees("最急在前");
}

#[test]
fn saved_filters_are_picked_by_digit_saved_removed_and_brought_back() {
    let mut desk = three();
    desk.keys("F").sees("超时").sees("没回话").sees("今日收").sees("待回访").sees("督办").keys("3");
    desk.sees("筛选「从:今天 -状态:作废」 3").sees("最新在前");
    desk.keys("f<ctrl-s>今天的<enter>").sees("已保存: 新增筛选");
    desk.keys("<esc>F").sees("6 今天的").keys("6").sees("筛选「从:今天 -状态:作废」 3");
    desk.keys("F今天<ctrl-d>").sees("已保存: 删除筛选").sees_not("今天的").keys("<esc>u").sees("已撤销: 删除筛选");
    desk.keys("F").sees("今天的");
    // Another desk's is there too.
    let save = Act::Save { name: "水".to_owned(), filter: "漏水".to_owned() };
    crate::store::again(desk.store.path()).commit(uid(), &Op::Filter(save), town::now()).expect("saved");
    desk.send(Msg::Foreign(vec![Entity::Filter]));
    desk.sees("7 水").keys("7").sees("筛选「漏水」 1");
    desk.keys("f<ctrl-s>").keys("<esc>").sees("筛选「漏水」 1");
    desk.keys("<esc>f<ctrl-s>").sees("筛选是空的").keys("<esc>");
}

#[test]
fn what_is_listed_is_exported_masked_in_its_order() {
    let mut desk = three();
    desk.keys("f小区:锦绣,kly<enter>o4:导出<enter>").sees("csv").sees("xlsx").keys("1").sees("已导出 2 单:");
    let folder = desk.store.path().with_file_name("exports");
    let text = fs::read_to_string(folder.join("工单-20261124-1000.csv")).expect("the file");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].contains("单号,登记时间") && lines.len() == 3, "{text}");
    assert!(lines[1].contains("厨房顶上漏水") && lines[2].contains("楼道灯不亮"), "oldest first: {text}");
    assert!(text.contains("陈*") && !text.contains("陈凤英") && !text.contains("13800005678"), "{text}");
    // Never over another file.
    desk.keys(":list.export<enter>1");
    assert!(folder.join("工单-20261124-1000-2.csv").exists());
    desk.keys(":list.export<enter>2");
    let book = fs::read(folder.join("工单-20261124-1000.xlsx")).expect("the file");
    assert!(book.starts_with(b"PK"));
}

#[test]
fn an_empty_list_says_what_would_fill_it() {
    let mut desk = three();
    desk.keys("f没有这样的<enter>").sees("加上「全部」连已结的一起找").keys("f 全部<enter>").sees("去掉一个条件再看");
}
