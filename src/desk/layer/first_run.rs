//! The first run: what to begin with when there is no data file yet.
//! It makes no file; the choice goes out as an effect.

use super::{Layer, Then, prompt};
use crate::desk::command::{Command, Scope};
use crate::desk::effect::Beginning;
use crate::desk::geometry::{Area, Layout};
use crate::desk::key::{Code, Key};
use crate::desk::list::List;
use crate::desk::{Desk, Effect};
use crate::text::{Text, t};

/// State of the layer.
#[derive(Debug)]
pub struct FirstRun {
    /// The choices.
    pub list: List<usize>,
    /// Whether the way of importing is shown.
    pub about_import: bool,
    /// Whether another language was chosen: it is kept once there is something to begin with, not before.
    pub other_language: bool,
}

impl Default for FirstRun {
    fn default() -> Self {
        let mut list = List::default();
        list.set((0..CHOICES.len()).collect());
        Self { list, about_import: false, other_language: false }
    }
}

/// The choices, each with what it means.
pub const CHOICES: [(Text, Text); 3] = [
    (
        t("看看示例镇", "Look round a sample township"),
        t(
            "虚构的小区、居民和工单, 放在单独的文件里",
            "Invented compounds, residents and tickets, in a file of their own",
        ),
    ),
    (
        t("从空白开始", "Start empty"),
        t("只有分类、班次和岗位; 之后再登记", "Only categories, shifts and roles; the rest comes later"),
    ),
    (
        t("导入表格", "Import spreadsheets"),
        t("小区、房屋、居民、员工、工单", "Compounds, homes, residents, staff, tickets"),
    ),
];

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "first_run.choose",
        &["enter"],
        Scope::FirstRun,
        t("选这个", "choose"),
        t("选中的这个; 或直接按数字", "The selected choice; or press its digit"),
        choose,
    )
    .footer(),
    Command::new(
        "first_run.language",
        &["L"],
        Scope::FirstRun,
        t("English", "中文"),
        t("换成英文 (Switch to English)", "Switch to Chinese"),
        language,
    )
    .footer(),
    Command::new(
        "first_run.quit",
        &["q", "esc", "ctrl-q"],
        Scope::FirstRun,
        t("退出", "quit"),
        t("退出, 什么也不建", "Leave and make nothing"),
        |desk| desk.emit(Effect::Quit),
    )
    .footer(),
];

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(76, 14)
}

/// A digit chooses.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let (Some(Layer::FirstRun(first_run)), Code::Char(c @ '1'..='3')) = (desk.layers.last_mut(), key.code) else {
        return false;
    };
    first_run.list.select_row(c as usize - '1' as usize);
    choose(desk);
    true
}

fn language(desk: &mut Desk) {
    desk.lang = desk.lang.other();
    if let Some(Layer::FirstRun(first_run)) = desk.layers.last_mut() {
        first_run.other_language = true;
    }
}

fn choose(desk: &mut Desk) {
    let Some(Layer::FirstRun(first_run)) = desk.layers.last_mut() else { return };
    match first_run.list.row() {
        0 => desk.emit(Effect::Begin(Beginning::Sample)),
        row => {
            first_run.about_import = row == 2;
            let title = desk.say(t("镇的名字", "Name of the township")).to_owned();
            let chain = desk.new_chain();
            prompt::ask(desk, title, Then::Township, chain);
        }
    }
}
