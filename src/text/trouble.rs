//! The sentence for each trouble of the machine: what is the matter, and what helps.

use super::{Lang, Text, t};
use crate::domain::base::trouble::{Moved, Trouble};

/// The sentence for `trouble`.
pub fn sentence(trouble: &Trouble, lang: Lang) -> String {
    match trouble {
        Trouble::Missing { path } => t(
            "没有数据文件 {path}; 用 tdesk init 建一个空的, 或 tdesk demo 建样例",
            "There is no data file {path}; make an empty one with tdesk init, or a sample with tdesk demo",
        )
        .with(lang, &[("path", path)]),
        Trouble::Restorable { path, backup } => t(
            "没有数据文件 {path}，但有它的备份 {backup}；请先恢复：tdesk restore {backup}。真要从空白开始，请先把备份移到别处",
            "There is no data file {path}, but a backup of it, {backup}: bring it back with tdesk restore {backup}. To begin anew all the same, move the backups elsewhere first",
        )
        .with(lang, &[("path", path), ("backup", backup)]),
        Trouble::RestoreBrokeOff { kept } => t(
            "上次恢复中途断了；原来的文件和它的日志都在 {kept}。请再运行一次 tdesk restore",
            "A restore broke off; the file that was there and its log are kept as {kept}. Run tdesk restore once more",
        )
        .with(lang, &[("kept", kept)]),
        Trouble::Exists { path } => t(
            "{path} 已经在了, 不会覆盖; 请换一个文件名",
            "{path} is there already and will not be overwritten; name another file",
        )
        .with(lang, &[("path", path)]),
        Trouble::NotOurs { path } => t(
            "{path} 不是本程序的数据文件, 没有动它; 请用 --db 指明数据文件",
            "{path} is not a data file of this program and was left alone; name the data file with --db",
        )
        .with(lang, &[("path", path)]),
        Trouble::TooNew { file, ours } => t(
            "数据文件是更新的程序做的 (版本 {file}, 本程序 {ours}), 没有动它; 请换上新程序",
            "The data file was made by a newer program (version {file}, this one knows {ours}) and was left alone; use the newer program",
        )
        .with(lang, &[("file", file), ("ours", ours)]),
        Trouble::Damaged { detail } => t(
            "数据文件坏了（{detail}），只能看，不再写；用 tdesk check 查看，用 tdesk restore 恢复最近的备份",
            "The data file is damaged ({detail}): it can be read and is not written any more; look with tdesk check, bring back the newest backup with tdesk restore",
        )
        .with(lang, &[("detail", detail)]),
        Trouble::ReadOnlyForDamage { detail, backup } => {
            let said = sentence(&Trouble::Damaged { detail: detail.clone() }, lang);
            said + &backup.as_ref().map_or_else(String::new, |file| backup_to_bring_back(file, lang))
        }
        Trouble::UnsoundBackup { path } => t(
            "备份 {path} 本身坏了，没有恢复，数据文件没有动；请换一个备份",
            "The backup {path} is damaged itself: nothing was restored and the data file was left alone; take another backup",
        )
        .with(lang, &[("path", path)]),
        Trouble::Readable { path, mode } => t(
            "{path} 别人也能看 (权限 {mode}); 请先运行 chmod 600 {path}",
            "Others may read {path} (mode {mode}); run chmod 600 {path} first",
        )
        .with(lang, &[("path", path), ("mode", &format!("{mode:o}"))]),
        Trouble::Network { path } => t(
            "{path} 在网络盘上, 几台同时写会坏; 请放到本机硬盘",
            "{path} lies on a network file system, where several writers can damage it; put it on a local disk",
        )
        .with(lang, &[("path", path)]),
        Trouble::Link { path } => t("{path} 是一个链接; 请指明文件本身", "{path} is a link; name the file itself").with(lang, &[("path", path)]),
        Trouble::Moved { path, how } => moved(*how).with(lang, &[("path", path)]),
        Trouble::OldLibrary { version } => t(
            "SQLite 库版本 {version} 有会丢数据的毛病, 不能写; 请用自带的库编译",
            "SQLite library {version} has a fault that can lose data, so nothing is written; build with the bundled one",
        )
        .with(lang, &[("version", version)]),
        Trouble::Busy => t("另一台正在保存, 请再试一次; 你输入的还在", "Another desk is saving, try again; what you typed is kept").get(lang).to_owned(),
        Trouble::InUse => t(
            "有客服台正开着这个数据文件; 请先都退出, 再来一次",
            "A desk has this data file open; leave them all and try again",
        )
        .get(lang)
        .to_owned(),
        Trouble::Full => t(
            "磁盘满了, 没有保存; 腾出空间后再按一次, 你输入的还在",
            "The disk is full and nothing was saved; make room and try again, what you typed is kept",
        )
        .get(lang)
        .to_owned(),
        Trouble::Io { detail } => {
            t("读写文件出错: {detail}", "Reading or writing failed: {detail}").with(lang, &[("detail", detail)])
        }
        Trouble::ReadOnly => t(
            "数据文件只能看不能写; 请检查文件和目录的权限",
            "The data file can be read but not written; check the permissions of the file and its folder",
        )
        .get(lang)
        .to_owned(),
        Trouble::GivenUp => t("已改问新的", "A newer question was asked").get(lang).to_owned(),
        Trouble::Unexpected { detail } => {
            t("出了没料到的错: {detail}", "Something unexpected: {detail}").with(lang, &[("detail", detail)])
        }
    }
}

/// What became of an open data file, and what that means for what is saved.
const fn moved(how: Moved) -> Text {
    match how {
        Moved::Gone => t(
            "不能保存: {path} 被删掉或移走了, 请放回原处; 你输入的还在",
            "Saving is not possible: {path} was removed or moved away, put it back; what you typed is kept",
        ),
        Moved::Replaced => t(
            "不能保存: {path} 换成了别的文件, 请换回原来的; 你输入的还在",
            "Saving is not possible: {path} is another file now, put the old one back; what you typed is kept",
        ),
        Moved::Log => t(
            "不能保存: {path} 的日志 (-wal, -shm) 没了, 请放回; 不放回也不另存就退出, 最近存的会丢; 你输入的还在",
            "Saving is not possible: the log of {path} (-wal, -shm) is gone, put it back; left without that and without a copy, the newest entries are lost; what you typed is kept",
        ),
        Moved::Linked => t(
            "不能保存: {path} 多了一个硬链接, 请删掉它; 你输入的还在",
            "Saving is not possible: {path} has a second name (a hard link), remove that; what you typed is kept",
        ),
    }
}

/// What follows the sentence of a damaged file: the newest backup that is sound.
pub fn backup_to_bring_back(file: &str, lang: Lang) -> String {
    t("；最近的完好备份：{file}", "; the newest sound backup: {file}").with(lang, &[("file", &file)])
}
