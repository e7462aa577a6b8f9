//! Commands that work wherever one is. Those of panes and layers are in their own files.

use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::effect::Setting;
use crate::desk::frame::notice::Level;
use crate::desk::{Desk, Effect};
use crate::text::t;

/// Commands of no particular place.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "desk.undo",
        &["u"],
        Scope::ANYWHERE,
        t("撤销", "undo"),
        t("撤销自己刚做的一步, 并说明是什么", "Take back your newest change, saying what it was"),
        Desk::undo,
    ),
    Command::new(
        "desk.redo",
        &["ctrl-r"],
        Scope::ANYWHERE,
        t("重做", "redo"),
        t("重做刚撤销的一步", "Make the change again that was taken back"),
        Desk::redo,
    ),
    Command::new(
        "desk.redraw",
        &["ctrl-l"],
        Scope::ANYWHERE,
        t("重画", "redraw"),
        t("整屏重画", "Draw the whole screen again"),
        |desk| desk.emit(Effect::Redraw),
    ),
    Command::new(
        "desk.language",
        &[],
        Scope::ANYWHERE,
        t("换语言", "language"),
        t("语言 (language): 换成英文 (Switch to English)", "Language: switch to Chinese (换成中文)"),
        language,
    ),
    Command::new(
        "desk.theme",
        &[],
        Scope::ANYWHERE,
        t("换配色", "colours"),
        t("换一种配色 (主题): 深色, 浅色, 单色, 高对比", "Another theme: dark, light, mono, high contrast"),
        theme,
    ),
    Command::new(
        "desk.quit",
        &["q", "ctrl-q"],
        Scope::DESK,
        t("退出", "quit"),
        t("退出; 再按一次 q 确认", "Leave; a second q confirms"),
        quit,
    ),
];

fn language(desk: &mut Desk) {
    desk.lang = desk.lang.other();
    desk.notices.hide();
    desk.emit(Effect::Keep(Setting::Lang(desk.lang)));
    desk.emit(Effect::Redraw);
}

fn theme(desk: &mut Desk) {
    desk.palette = desk.palette.next();
    desk.notice(Level::Info, t("配色: ", "Colours: ").get(desk.lang).to_owned() + desk.say(desk.palette.label()));
    desk.emit(Effect::Keep(Setting::Palette(desk.palette)));
    desk.emit(Effect::Redraw);
}

/// The first of two steps out: says what is left open, and waits for the second.
fn quit(desk: &mut Desk) {
    desk.keys.quitting = true;
    let parked = desk.town.parked.len();
    let late = desk.town.header.late;
    let mut words = desk.say(t("再按一次 q 退出", "Press q again to leave")).to_owned();
    if parked > 0 {
        words += &t("; 暂存 {n} 件还在", "; parked intakes that stay: {n}").with(desk.lang, &[("n", &parked)]);
    }
    if late > 0 {
        words += &t("; 超时 {n} 单", "; late tickets: {n}").with(desk.lang, &[("n", &late)]);
    }
    if !desk.commits.is_empty() {
        words += desk.say(t("; 正在保存", "; still saving"));
    }
    desk.notice(Level::Info, words);
}
