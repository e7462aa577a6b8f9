//! The data file is not found under its name any more: it is said as long as it is so, and what is still held can be written
//! into a backup. What has become of it is found out below the desk.

use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::notice::Level;
use crate::desk::{Desk, Effect};
use crate::domain::base::trouble::{Moved, Trouble};
use crate::text::{t, trouble};

/// Commands on the data file.
pub(in crate::desk) const COMMANDS: &[Command] = &[Command::new(
    "file.rescue",
    &["f8"],
    Scope::ANYWHERE,
    t("存下还在的", "write what is held"),
    t(
        "数据文件被删掉或换掉时, 把客服台里还在的数据另存成一个备份",
        "When the data file was removed or replaced: write what the desk still holds into a backup",
    ),
    |desk| desk.emit(Effect::Rescue),
)
.when(has_moved)];

fn has_moved(desk: &Desk) -> Enabled {
    if desk.moved.is_some() {
        Ok(())
    } else {
        Err(t("数据文件好好的, 不用另存", "The data file is where it should be"))
    }
}

/// Takes up what has become of the file; said when it changes.
pub(in crate::desk) fn heard(desk: &mut Desk, moved: Option<&Trouble>) {
    let how = moved.and_then(|trouble| match trouble {
        Trouble::Moved { how, .. } => Some(*how),
        _ => None,
    });
    let before = std::mem::replace(&mut desk.moved, how);
    match moved {
        Some(trouble) if before != desk.moved => {
            let words = trouble::sentence(trouble, desk.lang) + desk.say(OFFER);
            desk.notice(Level::Trouble, words);
        }
        None if before.is_some() => {
            let words = t("数据文件又在原处了, 可以保存", "The data file is back in its place, saving works again");
            desk.notice(Level::Info, desk.say(words));
        }
        _ => {}
    }
}

/// Behind the sentence of the trouble.
pub(in crate::desk) const OFFER: crate::text::Text =
    t("。F8 另存还在的数据", ". F8 writes what is still held into a backup");

/// What is still held was written, or could not be.
pub(in crate::desk) fn rescued(desk: &mut Desk, written: Result<String, Trouble>) {
    match written {
        Ok(path) => {
            let words = t(
                "还在的数据都存到了 {path}; 退出所有客服台, 再用 tdesk restore 恢复它",
                "All that was held is in {path}; leave every desk, then bring it back with tdesk restore",
            );
            desk.notice(Level::Done, words.with(desk.lang, &[("path", &path)]));
        }
        Err(trouble) => {
            let why = trouble::sentence(&trouble, desk.lang);
            let words = t("没有存下: {why}", "Not written: {why}").with(desk.lang, &[("why", &why)]);
            desk.notice(Level::Trouble, words);
        }
    }
}

impl Desk {
    /// What the header says of a data file that is not found under its name.
    pub fn file_trouble(&self) -> Option<&'static str> {
        Some(self.say(match self.moved? {
            Moved::Gone => t("数据文件不见了 F8 另存", "DATA FILE GONE: F8 saves a copy"),
            Moved::Replaced => t("数据文件被换掉了 F8 另存", "DATA FILE REPLACED: F8 saves a copy"),
            Moved::Log => t("数据文件的日志没了 F8 另存", "LOG OF THE DATA FILE GONE: F8 saves a copy"),
            Moved::Linked => t("数据文件有两个名字 F8 另存", "DATA FILE HAS TWO NAMES: F8 saves a copy"),
        }))
    }
}
