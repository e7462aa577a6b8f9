//! Commands that work wherever one is. Those of panes and layers are in their own files.

use super::command::{Command, Scope};
use super::effect::Setting;
use super::notice::Level;
use super::{Desk, Effect, Effects};
use crate::text::t;

/// Commands of no particular place.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "desk.redraw",
        &["ctrl-l"],
        Scope::Anywhere,
        t("重画", "redraw"),
        t("整屏重画", "Draw the whole screen again"),
        |_| vec![Effect::Redraw],
    ),
    Command::new(
        "desk.language",
        &[],
        Scope::Anywhere,
        t("English", "中文"),
        t("换成英文 (Switch to English)", "Switch to Chinese (换成中文)"),
        language,
    ),
    Command::new(
        "desk.theme",
        &[],
        Scope::Anywhere,
        t("换配色", "colours"),
        t("换一种配色: 深色, 浅色, 单色, 高对比", "Other colours: dark, light, mono, high contrast"),
        theme,
    ),
    Command::new(
        "desk.quit",
        &["q", "ctrl-q"],
        Scope::Desk,
        t("退出", "quit"),
        t("退出; 再按一次 q 确认", "Leave; a second q confirms"),
        quit,
    ),
];

fn language(desk: &mut Desk) -> Effects {
    desk.lang = desk.lang.other();
    vec![Effect::Keep(Setting::Lang(desk.lang)), Effect::Redraw]
}

fn theme(desk: &mut Desk) -> Effects {
    desk.palette = desk.palette.next();
    desk.notice(Level::Info, t("配色: ", "Colours: ").get(desk.lang).to_owned() + desk.palette.name());
    vec![Effect::Keep(Setting::Palette(desk.palette)), Effect::Redraw]
}

fn quit(desk: &mut Desk) -> Effects {
    desk.ask_to_quit();
    Effects::new()
}
