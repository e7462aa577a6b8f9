//! The find box, filters, help and palette.

use township_desk::desk::Msg;

use crate::support::at_the_desk;

#[test]
fn one_box_says_why_and_masks_the_rest() {
    let mut desk = at_the_desk();
    desk.keys("/zengqh").sees("曾**").sees("139****2222").sees_not("曾庆红");
    desk.keys("<ctrl-u>曾庆红").sees("曾庆红");
    desk.keys("<ctrl-u>5678").sees("*******5678").sees("电话");
    desk.keys("<ctrl-u>王强").sees("员工").sees("维修").keys("<enter>").sees("王强  维修  136 0000 1001");
    desk.keys("<ctrl-u>没有这个人").sees("没有找到");
}

#[test]
fn esc_never_loses_what_was_typed() {
    let mut desk = at_the_desk();
    desk.keys("/zw<enter>").sees("没有工单").keys("<esc>").sees("> zw");
    desk.keys("<f3>").sees("> zw").keys("<esc>").sees("1 小区");
}

#[test]
fn han_text_committed_in_a_list_opens_the_box_and_full_width_signs_are_keys() {
    let mut desk = at_the_desk();
    desk.keys("张").sees("> 张").sees("输入法开着").keys("<esc>");
    desk.send(Msg::Paste("张伟".to_owned()));
    desk.sees("张伟").keys("<esc>");
    desk.keys("？").sees("帮助:").keys("<esc>").keys("：").sees("命令:").keys("<esc>").keys("／").sees("查找:");
}

#[test]
fn a_filter_narrows_while_typing_and_esc_takes_it_off() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>楼道灯不亮<ctrl-s><esc>n<tab>垃圾没清<ctrl-s><esc>").sees("1/2");
    desk.keys("f灯").sees("1/1").sees_not("垃圾没清").keys("<enter>").sees("筛选「灯」");
    desk.keys("<esc>").sees("垃圾没清");
    desk.keys("f没有<enter>").sees("没有符合筛选的工单");
}

#[test]
fn help_is_made_of_the_commands_heard_here_and_filters() {
    let mut desk = at_the_desk();
    desk.keys("?").sees("派单").sees("F2");
    desk.keys("cz").sees("查找").sees_not("派单");
    desk.keys("<esc>n<f1>").sees("在哪一项都能保存").keys("<esc>").sees("登记  电话");
}

#[test]
fn the_palette_runs_by_name_and_says_why_not() {
    let mut desk = at_the_desk();
    desk.keys(":派单").sees("! 先选中一张工单").keys("<enter>").sees("! 先选中一张工单");
    desk.keys(":english<enter>").sees("Tickets").sees("late");
    desk.keys("<ctrl-p>中文<enter>").sees("工单");
    desk.keys(":取回").sees("! 没有暂存的登记").keys("<esc>");
}

#[test]
fn who_is_on_duty_is_one_key_away() {
    let mut desk = at_the_desk();
    desk.keys("w")
        .sees("现在在岗")
        .sees("现在没有人在岗")
        .keys("<esc>n<f5>")
        .sees("现在在岗")
        .keys("<esc>")
        .sees("登记  电话");
}
