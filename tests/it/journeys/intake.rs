//! Taking a report: known caller, unknown caller, two callers at once.

use crate::support::at_the_desk;

#[test]
fn a_known_caller_is_saved_and_told_and_sent_to() {
    let mut desk = at_the_desk();
    desk.keys("nkly 3 2 501").sees("康乐苑 3-2-501").sees("陈凤英");
    println!("{}", desk.frame().0);
    desk.keys("<enter>厨房顶上漏水");
    println!("{}", desk.frame().0);
    desk.keys("<ctrl-s>");
    println!("{}", desk.frame().0);
    desk.sees("1124-01").sees("对来电人说");
    desk.keys("<enter>");
    println!("{}", desk.frame().0);
}
