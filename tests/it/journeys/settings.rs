//! The township's settings on the screen: hours, days, categories, who may change them, what was changed.

use township_desk::domain::base::calendar::DayKind;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::settings::query::{SettingsAnswer, SettingsQuery, Township};
use township_desk::domain::staff::Rank;
use township_desk::text::Lang;

use crate::support::{Session, at_the_desk};

fn township(desk: &Session) -> Township {
    match desk.store.answer(&Query::Settings(SettingsQuery::Township)) {
        Ok(Answer::Settings(SettingsAnswer::Township(township))) => *township,
        other => panic!("{other:?}"),
    }
}

fn at_settings() -> Session {
    let mut desk = at_the_desk();
    desk.keys(":本镇设置<enter>").sees("本镇设置").sees("工作日").sees("08:00-20:00").sees("节假日").sees("不上班");
    desk
}

#[test]
fn new_hours_move_the_due_times_and_undo_takes_both_back() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>楼顶漏了屋面坏了<ctrl-s><esc>").sees("211").sees("响应 明天 10:00前");
    desk.keys(":本镇设置<enter>1").sees("工作日: 几点到几点").sees("08:00-20:00").sees("= 08:00-20:00");
    desk.keys("<ctrl-u>八点到五点").sees("还看不懂").keys("<enter>").sees("看不懂; 照标题里的例子写");
    desk.keys("<ctrl-u>8-17<enter>").sees("已保存: 设置日历, 1 张工单重算时限").sees("08:00-17:00");
    // The twelve hours it was taken under, seven of them today.
    desk.keys("<esc>").sees("响应 明天 13:00前").sees("重算时限");
    desk.keys("u").sees("已撤销: 设置").sees("撤销");
    assert_eq!(township(&desk).calendar.hours[0].map(|hours| hours.to), Some(1_200));
    desk.keys("<ctrl-r>").sees("已重做: 设置");
    assert_eq!(township(&desk).calendar.hours[0].map(|hours| hours.to), Some(1_020));
}

#[test]
fn some_day_of_the_week_stays_open_and_what_was_typed_stays() {
    let mut desk = at_settings();
    desk.keys("2<ctrl-u>不上班<enter>").sees("已保存: 设置");
    desk.keys("1<ctrl-u>不上班<enter>").sees("工作日和休息日不能都不上班").sees("= 不上班").keys("<esc>");
    assert!(township(&desk).calendar.hours[0].is_some());
}

#[test]
fn a_day_is_added_renamed_and_taken_off_and_the_history_tells_it() {
    let mut desk = at_settings();
    desk.keys("<down><down><down><down><enter>").sees("2026 年的节假日和调休").sees("10-01 周四").sees("国庆节");
    desk.keys("G").sees("+ 加一天").keys("<enter>").sees("> 2026-").keys("11-27 休 镇庙会");
    desk.sees("= 2026-11-27 节假日 镇庙会 周五").keys("<enter>").sees("11-27 周五").sees("镇庙会");
    assert_eq!(township(&desk).calendar.kind(day(27)), DayKind::Holiday);
    // The cursor is on the day just set: it stands last.
    desk.keys("G<up><enter>").sees("2026-11-27 节假日 镇庙会").keys("<ctrl-u>2026-11-26 休 庙会<enter>");
    assert_eq!(
        (township(&desk).calendar.kind(day(27)), township(&desk).calendar.kind(day(26))),
        (DayKind::Working, DayKind::Holiday)
    );
    desk.keys("G<up>x").sees("已保存: 设置").sees_not("11-26 周四");
    desk.keys("<esc>")
        .sees("分类")
        .keys("G<enter>")
        .sees("2026-11-27: 照平常 -> 节假日")
        .sees("2026-11-26 名称: 庙会 -> (空)");
    desk.keys("<esc><esc>").sees_not("本镇设置");
}

#[test]
fn a_date_put_right_is_one_change_and_one_undo() {
    let mut desk = at_settings();
    desk.keys("<down><down><down><down><enter>G<enter>11-27 休 镇庙会<enter>").sees("11-27 周五");
    desk.keys("G<up><enter><ctrl-u>2026-11-26 休 镇庙会<enter>").sees("11-26 周四").sees_not("11-27 周五");
    desk.keys("<esc><esc>u").sees("已撤销: 设置");
    let kinds = |desk: &Session| [26, 27].map(|n| township(desk).calendar.kind(day(n)));
    assert_eq!(kinds(&desk), [DayKind::Working, DayKind::Holiday]);
    desk.keys("<ctrl-r>").sees("已重做: 设置");
    assert_eq!(kinds(&desk), [DayKind::Holiday, DayKind::Working]);
}

fn day(n: u32) -> township_desk::domain::base::time::Day {
    township_desk::domain::base::time::Day::from_ymd_opt(2026, 11, n).expect("a day")
}

#[test]
fn a_category_is_set_piece_by_piece_and_its_history_tells_it() {
    let mut desk = at_settings();
    desk.keys("G<up><enter>").sees("分类: 级别").sees("101 电梯困人").sees("P1  5分  30分  保安").sees("有危险提示");
    desk.keys("3").sees("102 疑似燃气泄漏").sees("1 中文名");
    desk.keys("4").sees("102 到场或首次联系").sees("= 5分").keys("<ctrl-u>1小时<enter>").sees("响应不能比办结长");
    desk.keys("<ctrl-u>3分钟<enter>")
        .sees("已保存: 设置")
        .keys("3<ctrl-u>p5")
        .sees("还看不懂")
        .keys("<ctrl-u>p1<enter>");
    desk.keys("6<ctrl-u>维修 保安").sees("= 维修、保安").keys("<enter>").sees("维修、保安");
    desk.keys("8<ctrl-u>马上开窗<enter>").sees("马上开窗").keys("7<ctrl-u>煤气 臭鸡蛋<enter>").sees("煤气、臭鸡蛋");
    let category = township(&desk).categories.into_iter().find(|c| c.code == "102").expect("it");
    assert_eq!((category.respond_minutes, category.keywords.len()), (3, 2));
    desk.keys("G<enter>")
        .sees("102 改过什么")
        .sees("102 到场或首次联系: 5分 -> 3分")
        .sees("102 派哪些岗位: 保安 -> 维修、保安");
    // The intake goes by it at once.
    desk.keys("<esc><esc><esc><esc>").keys("n<tab>臭鸡蛋味").sees("马上开窗").sees("10:03前到");
    // One after the other is taken back.
    desk.keys("<esc>").keys("uu").sees("已撤销: 设置");
    let category = township(&desk).categories.into_iter().find(|c| c.code == "102").expect("it");
    assert!(category.keywords.is_empty() && category.script.is_some_and(|(zh, _)| zh.contains("别开关电器")));
}

#[test]
fn a_rule_of_danger_is_kept_only_with_examples_that_hold() {
    let mut desk = at_settings();
    desk.keys("G<up><enter>").keys("4").sees("103 火情").keys("G<up><enter>").sees("103 本镇危险说法");
    desk.keys("锅炉 >4 炸<enter>").sees("还缺一句应当听出的话");
    desk.keys("<ctrl-u>锅炉 >4 炸 ;+ 锅炉爆了 ;- 不热<enter>").sees("「锅炉爆了」应当听出");
    desk.keys("<ctrl-u>锅炉 >4 炸 ;+ 锅炉炸了 ;- 锅炉别炸<enter>").sees("「锅炉别炸」不是危险");
    desk.keys("<ctrl-u>锅炉 >4 炸 ;+ 锅炉炸了 ;- 锅炉不热<enter>").sees("已保存: 设置");
    desk.keys("<esc><esc><esc><esc>").keys("n<tab>东边锅炉轰的炸开").sees("先打 119").sees("听到「锅炉、炸」");
    desk.keys("<ctrl-x>u").keys("u");
    let category = township(&desk).categories.into_iter().find(|c| c.code == "202").expect("it");
    assert_eq!(category.rules, "");
}

#[test]
fn an_answer_as_it_was_changes_nothing_and_leaves_nothing_behind() {
    let mut desk = at_settings();
    desk.keys("1<enter>")
        .sees_not("已保存")
        .sees("工作日")
        .keys("1<esc>")
        .sees_not("写的留着")
        .keys("1<end>x<esc>")
        .sees("写的留着");
    desk.keys("1").sees("08:00-20:00x").keys("<esc><esc>u").sees("没有可撤销的");
}

#[test]
fn who_is_no_manager_looks_and_changes_nothing() {
    let mut desk = at_settings();
    desk.desk.operator.rank = Rank::Leader;
    desk.keys("1").sees("这一步要经理来做").sees_not("几点到几点");
    desk.keys("<down><down><down><enter><enter>").sees("这一步要经理来做").keys("x").sees("这一步要经理来做");
}

#[test]
fn it_is_all_there_in_english_and_on_a_small_screen() {
    let mut desk = Session::new(Lang::En, (80, 24));
    desk.keys(":township settings<enter>").sees("working day").sees("08:00-20:00").sees("holiday").sees("closed");
    desk.sees("days of 2027")
        .sees("none yet")
        .keys("3")
        .sees("holiday: from when to when")
        .keys("<ctrl-u>9-12<enter>")
        .sees("09:00-12:00");
    desk.keys("G<up><enter>")
        .sees("101 trapped in lift")
        .keys("<down><enter>")
        .sees("name in English")
        .keys("5<ctrl-u>1h 30m<enter>")
        .sees("1h 30m");
    desk.keys("G<enter>").sees("101 solution: 30m -> 1h 30m");
}
