//! Completions, the manual page, and the help texts in Chinese. What a command does is in its own file.

use clap::{Command, CommandFactory};

use super::Args;
use super::context::Failure;
use crate::text::Lang;

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn completions(args: &CompletionsArgs) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "tdesk", &mut bytes);
    write(&bytes)
}

pub(super) fn man() -> Result<(), Failure> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(Args::command()).render(&mut bytes).map_err(|e| Failure::Refused(e.kind().to_string()))?;
    write(&bytes)
}

fn write(bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    match std::io::stdout().lock().write_all(bytes) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Refused(e.kind().to_string())),
        _ => Ok(()),
    }
}

/// What each command, and each argument behind `command.argument`, is in Chinese.
#[rustfmt::skip]
const ZH: &[(&str, &str)] = &[
    ("tdesk", "乡镇物业客服台。不写命令就打开客服台"),
    ("tdesk.db", "数据文件 [默认: 数据目录下 township-desk/desk.db]"),
    ("tdesk.config", "设置文件 [默认: 配置目录下 township-desk/config.toml]"),
    ("tdesk.lang", "语言: zh 或 en"),
    ("tdesk.json", "输出一个 JSON 文档"),
    ("tdesk.operator", "操作员姓名"),
    ("tdesk.today", "把这一天当作今天, 如 2026-11-24"),
    ("tdesk.demo", "看一看样例乡镇 (单独的文件)"),
    ("tdesk.help", "显示帮助"),
    ("tdesk.version", "显示版本"),
    ("demo", "新建一个样例乡镇; 从不覆盖"),
    ("demo.residents", "居民人数"),
    ("demo.tickets", "工单数"),
    ("demo.seed", "种子: 同样的种子, 同样的样例"),
    ("init", "新建一个空的乡镇, 等待导入"),
    ("init.township", "乡镇名称 (黎侯镇)"),
    ("init.company", "物业公司名称"),
    ("init.phone", "居民可拨的电话"),
    ("init.office", "本办公室的编号 (1-1023), 便于日后合并; 不写则随机"),
    ("import", "从表格导入小区、房屋、居民、员工或工单"),
    ("import.kind", "导入什么"),
    ("import.file", "表格文件: csv、xlsx、xls 或 ods"),
    ("import.sheet", "只读这个工作表"),
    ("import.compound", "表里没有写小区的行属于哪个小区"),
    ("import.dry_run", "只说会怎样, 不写入"),
    ("export", "导出居民、房屋或工单; 默认隐去姓名电话"),
    ("export.kind", "导出什么"),
    ("export.format", "文件格式"),
    ("export.output", "写到这个文件; 不写则输出到屏幕"),
    ("export.full", "不隐去姓名电话; 要写原因"),
    ("export.why", "为什么要不隐去的"),
    ("find", "查找居民、房屋、工单、员工"),
    ("find.query", "姓名、拼音、首字母、电话、房号、小区、单号、别名; 可任意组合"),
    ("find.kind", "只找这一类"),
    ("find.limit", "最多几条"),
    ("ticket", "登记、列出、查看、办理工单"),
    ("new", "登记一张工单"),
    ("new.words", "什么事"),
    ("new.place", "在哪里: 房号、居民、别名或原话"),
    ("new.category", "分类: 代码、名称、首字母或英文"),
    ("new.channel", "来源"),
    ("new.name", "来电人姓名"),
    ("new.phone", "回电号码"),
    ("new.at", "什么时候报的; 不写就是现在"),
    ("list", "列出工单, 新的在前"),
    ("list.open", "只列待办"),
    ("list.overdue", "只列超时"),
    ("list.compound", "只列这个小区"),
    ("list.words", "只列含这些字的"),
    ("list.limit", "最多几张"),
    ("list.after", "从这里往后: 上一页给的 next"),
    ("show", "看一张工单"),
    ("show.number", "单号, 如 1122-07"),
    ("move", "改状态"),
    ("move.number", "单号"),
    ("move.status", "新状态"),
    ("move.to", "给谁"),
    ("move.why", "原因、结果或外单位名称"),
    ("move.review", "复查时间"),
    ("move.into", "并入哪一单"),
    ("note", "写一条备注"),
    ("note.number", "单号"),
    ("note.text", "备注"),
    ("chase", "催单"),
    ("chase.number", "单号"),
    ("duty", "谁在岗"),
    ("duty.at", "什么时候; 不写就是现在"),
    ("duty.compound", "只列管这个小区的"),
    ("duty.role", "只列这个岗位"),
    ("backup", "备份"),
    ("backup.file", "写到这个文件; 不写则放在数据文件旁的 backups 里"),
    ("restore", "用备份换下数据文件; 原来的留在旁边"),
    ("restore.file", "备份文件"),
    ("check", "检查数据文件"),
    ("doctor", "说明本机、终端和文件的情况"),
    ("config", "设置在哪里, 写了什么, 对不对"),
    ("path", "设置和数据文件在哪里"),
    ("completions", "输出命令补全脚本"),
    ("completions.shell", "哪种 shell"),
    ("man", "输出手册页"),
];

/// The commands with their help in this language.
pub(super) fn localised(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Zh => {
            const TEMPLATE: &str = "{about}\n\n用法: {usage}\n\n{all-args}";
            in_chinese(command.help_template(TEMPLATE).subcommand_help_heading("命令").next_help_heading("选项"), true)
        }
    }
}

fn in_chinese(mut command: Command, top: bool) -> Command {
    let name = command.get_name().to_owned();
    // `config check` and `config show` are named like other commands; what they say is the same idea.
    if let Some(about) = zh(&name) {
        command = command.about(about);
    }
    let owner = if top { "tdesk" } else { name.as_str() };
    let arguments: Vec<String> = command.get_arguments().map(|a| a.get_id().to_string()).collect();
    for argument in arguments {
        if let Some(help) = zh(&format!("{owner}.{argument}")) {
            command = command.mut_arg(&argument, |a| a.help(help));
        }
    }
    let children: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for child in children {
        command = command.mut_subcommand(child, |c| in_chinese(c, false));
    }
    command
}

fn zh(key: &str) -> Option<&'static str> {
    ZH.iter().find(|(known, _)| *known == key).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Commands and arguments, as keys of [`ZH`].
    fn keys(command: &Command, top: bool, all: &mut Vec<String>) {
        let owner = if top { "tdesk" } else { command.get_name() };
        all.push(command.get_name().to_owned());
        all.extend(
            command.get_arguments().filter(|a| top || !a.is_global_set()).map(|a| format!("{owner}.{}", a.get_id())),
        );
        command.get_subcommands().for_each(|child| keys(child, false, all));
    }

    #[test]
    fn every_command_and_argument_is_told_in_chinese() {
        let mut all = Vec::new();
        keys(&Args::command(), true, &mut all);
        let missing: Vec<_> = all.iter().filter(|key| zh(key).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
        Args::command().debug_assert();
    }
}
