//! The first run: what to begin with when there is no data file yet.
//! It makes no file; the choice goes out as an effect.

use std::path::PathBuf;

use crate::desk::frame::command::{Command, OTHER_BOXES, Scope};
use crate::desk::frame::effect::Beginning;
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::{AnyLayer, Layer, Then};
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::prompt;
use crate::desk::{Desk, Effect};
use crate::text::{Lang, Text, t};

/// State of the layer.
#[derive(Debug)]
pub struct FirstRun {
    /// What can be begun with.
    pub choices: Vec<Choice>,
    /// The rows of the choices.
    pub list: List<usize>,
    /// Whether the way of importing is shown.
    pub about_import: bool,
    /// Whether another language was chosen: it is kept once there is something to begin with, not before.
    pub other_language: bool,
}

impl FirstRun {
    /// The choices where nothing lies, or only this backup: a file that was there is not begun anew beside it.
    pub fn new(backup: Option<PathBuf>) -> Self {
        let choices = match backup {
            Some(backup) => vec![Choice::Restore(backup), Choice::Sample],
            None => vec![Choice::Sample, Choice::Empty, Choice::Import],
        };
        let mut list = List::default();
        list.set((0..choices.len()).collect());
        Self { choices, list, about_import: false, other_language: false }
    }
}

/// What can be begun with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Bring this backup back.
    Restore(PathBuf),
    /// A sample township.
    Sample,
    /// An empty township.
    Empty,
    /// An empty township, and how to fill it from spreadsheets.
    Import,
}

impl Choice {
    /// What it is called.
    pub const fn label(&self) -> Text {
        match self {
            Self::Restore(_) => t("恢复备份", "Bring back the backup"),
            Self::Sample => t("看看示例镇", "Look round a sample township"),
            Self::Empty => t("从空白开始", "Start empty"),
            Self::Import => t("导入表格", "Import spreadsheets"),
        }
    }

    /// What it means. For a backup that is its name, which holds when it was made.
    pub fn about(&self, lang: Lang) -> String {
        let about = match self {
            Self::Restore(backup) => return backup.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            Self::Sample => t(
                "虚构的小区、居民和工单, 放在单独的文件里",
                "Invented compounds, residents and tickets, in a file of their own",
            ),
            Self::Empty => {
                t("只有分类、班次和岗位; 之后再登记", "Only categories, shifts and roles; the rest comes later")
            }
            Self::Import => t(
                "先建一个空白镇, 再告诉你导入的命令",
                "Makes an empty township, then tells you the commands that import",
            ),
        };
        about.get(lang).to_owned()
    }
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "first_run.choose",
        &["enter"],
        FirstRun::SCOPE,
        t("选这个", "choose"),
        t("选中的这个; 或直接按数字", "The selected choice; or press its digit"),
        choose,
    )
    .footer(),
    Command::new(
        "first_run.language",
        &["L"],
        FirstRun::SCOPE,
        t("English", "中文"),
        t("换成英文 (Switch to English)", "Switch to Chinese"),
        language,
    )
    .footer(),
    Command::new(
        "first_run.quit",
        &["q", "esc", "ctrl-q"],
        FirstRun::SCOPE,
        t("退出", "quit"),
        t("退出, 什么也不建", "Leave and make nothing"),
        |desk| desk.emit(Effect::Quit),
    )
    .footer(),
];

impl Layer for FirstRun {
    const SCOPE: Scope = Scope::new("first_run", OTHER_BOXES);
    const OUTER: &'static [Scope] = &[Scope::LIST];
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h)
    }

    /// A digit chooses.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let (Some(AnyLayer::FirstRun(first_run)), Code::Char(c @ '1'..='9')) = (desk.layers.last_mut(), key.code)
        else {
            return false;
        };
        let row = c as usize - '1' as usize;
        if row >= first_run.choices.len() {
            return false;
        }
        first_run.list.select_row(row);
        choose(desk);
        true
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(76, 14)
}

fn language(desk: &mut Desk) {
    desk.lang = desk.lang.other();
    desk.notices.hide();
    if let Some(first_run) = desk.top_mut::<FirstRun>() {
        first_run.other_language = true;
    }
}

fn choose(desk: &mut Desk) {
    let Some(first_run) = desk.top_mut::<FirstRun>() else { return };
    match first_run.choices.get(first_run.list.row()).cloned() {
        None => {}
        Some(Choice::Restore(backup)) => desk.emit(Effect::Begin(Beginning::Restore(backup))),
        Some(Choice::Sample) => desk.emit(Effect::Begin(Beginning::Sample)),
        Some(choice) => {
            first_run.about_import = choice == Choice::Import;
            let title = desk.say(t("镇的名字", "Name of the township")).to_owned();
            let chain = desk.new_chain();
            prompt::ask(desk, title, Then::Township, chain);
        }
    }
}
