//! Completions, the manual page, and the help texts in Chinese. What a command does is in its own file.

use std::io::Write;

use clap::Command;
use clap::error::{ContextKind, ErrorKind};

use crate::setup::context::Failure;
use crate::setup::out;
use crate::text::Lang;

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn completions(mut program: Command, args: &CompletionsArgs) {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut program, "tdesk", &mut bytes);
    out::bytes(&bytes);
}

/// One page: the program, then each command with its arguments.
pub(super) fn man(program: Command, lang: Lang) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    let mut command = localised(program, lang);
    command.build();
    man_pages(&command, &mut bytes).map_err(|e| Failure::Refused(e.kind().to_string()))?;
    out::bytes(&bytes);
    Ok(())
}

fn man_pages(command: &Command, bytes: &mut Vec<u8>) -> std::io::Result<()> {
    let page = clap_mangen::Man::new(command.clone());
    page.render_title(bytes)?;
    page.render_name_section(bytes)?;
    page.render_synopsis_section(bytes)?;
    page.render_description_section(bytes)?;
    page.render_options_section(bytes)?;
    let mut waiting: Vec<&Command> = command.get_subcommands().collect();
    waiting.reverse();
    while let Some(command) = waiting.pop() {
        let below = waiting.len();
        waiting.extend(command.get_subcommands());
        waiting[below..].reverse();
        let name = command.get_bin_name().unwrap_or_else(|| command.get_name()).to_uppercase();
        writeln!(bytes, ".SH \"{name}\"\n.PP")?;
        let page =
            clap_mangen::Man::new(command.clone().mut_args(|a| if a.is_global_set() { a.hide(true) } else { a }));
        let mut section = Vec::new();
        page.render_synopsis_section(&mut section)?;
        page.render_description_section(&mut section)?;
        page.render_options_section(&mut section)?;
        // Sections of the page become parts of this one.
        bytes.extend(String::from_utf8_lossy(&section).replace(".SH ", ".SS ").into_bytes());
    }
    Ok(())
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
    ("tdesk.today", "从这一刻开始走钟, 如 2026-11-24T10:00; 只写日期则保留此刻的钟点"),
    ("tdesk.trust_clock", "电脑时间看着慢了也照写: 时间没错"),
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
    ("import", "从表格导入小区、房屋、居民、员工、排班、工单或节假日"),
    ("import.kind", "导入什么"),
    ("import.file", "表格文件: csv、xlsx、xls 或 ods"),
    ("import.sheet", "只读这个工作表"),
    ("import.compound", "表里没有写小区的行属于哪个小区"),
    ("import.week", "没写年月的日子在哪一周附近, 如 2026-W48; 只用于排班"),
    ("import.dry_run", "只说会怎样, 不写入"),
    ("export", "导出居民、房屋或工单; 默认隐去姓名电话"),
    ("export.kind", "导出什么"),
    ("export.format", "文件格式"),
    ("export.output", "写到这个文件; 不写则输出到屏幕"),
    ("export.force", "已有同名文件时替换它"),
    ("export.full", "不隐去姓名电话; 要写原因"),
    ("export.why", "为什么要不隐去的"),
    ("find", "查找居民、房屋、工单、员工"),
    ("find.query", "姓名、拼音、首字母、电话、房号、小区、单号、别名; 可任意组合"),
    ("find.kind", "只找这一类"),
    ("find.limit", "最多几条"),
    ("ticket", "登记、列出、查看、办理工单"),
    ("ticket new", "登记一张工单"),
    ("ticket new.words", "什么事"),
    ("ticket new.place", "在哪里: 房号、居民、别名或原话"),
    ("ticket new.category", "分类: 代码、名称、首字母或英文"),
    ("ticket new.channel", "来源"),
    ("ticket new.name", "来电人姓名"),
    ("ticket new.phone", "回电号码"),
    ("ticket new.not_danger", "听着像危险, 其实不是: 按平常的话分类, 记进工单"),
    ("ticket new.order_number", "12345 工单的单号"),
    ("ticket new.outer_due", "12345 工单的交办期限"),
    ("ticket new.at", "什么时候报的; 不写就是现在"),
    ("ticket list", "列出工单, 新的在前"),
    ("ticket list.open", "只列待办"),
    ("ticket list.overdue", "只列超时"),
    ("ticket list.filter", "只列符合筛选的, 写法和客服台里一样: '超时 小区:kly'; 不另说明就只在待办里"),
    ("ticket list.sort", "怎么排: newest 最新, oldest 最早, urgency 最急, due 先到期, compound 小区, handler 处理人; 不写: 最新"),
    ("export.filter", "只导出符合筛选的工单, 写法和客服台里一样: '超时 小区:kly'"),
    ("ticket list.compound", "只列这个小区"),
    ("ticket list.words", "只列含这些字的"),
    ("ticket list.limit", "最多几张"),
    ("ticket list.after", "从这里往后: 上一页给的 next"),
    ("ticket show", "看一张工单"),
    ("ticket show.number", "单号, 如 1122-07"),
    ("ticket show.clock", "也列出时限是怎么算出来的"),
    ("ticket move", "改状态"),
    ("ticket move.number", "单号"),
    ("ticket move.status", "新状态"),
    ("ticket move.to", "给谁"),
    ("ticket move.why", "原因、结果或外单位名称"),
    ("ticket move.phone", "外单位的电话或找谁"),
    ("ticket move.review", "复查时间; 转办的, 什么时候再问"),
    ("ticket move.into", "并入哪一单"),
    ("ticket note", "写一条备注"),
    ("ticket note.number", "单号"),
    ("ticket note.text", "备注"),
    ("ticket chase", "催单"),
    ("ticket chase.number", "单号"),
    ("ticket chase.why", "说了什么"),
    ("ticket told", "记下处理人已经通知到"),
    ("ticket told.number", "单号"),
    ("ticket told.by", "怎么通知的: phone 电话, radio 对讲, group 群里, person 当面"),
    ("ticket asked", "问过外单位了: 怎么说, 什么时候再问"),
    ("ticket asked.number", "单号"),
    ("ticket asked.text", "对方怎么说"),
    ("ticket asked.review", "什么时候再问"),
    ("ticket asked.phone", "外单位的电话或找谁, 换了才写"),
    ("ticket appoint", "约上门时间; 写 none 或 取消 就是取消"),
    ("ticket appoint.number", "单号"),
    ("ticket appoint.time", "什么时候, 或 none"),
    ("ticket watch-words", "写给下一班: 若怎样, 就怎样; 不写就是去掉"),
    ("ticket watch-words.number", "单号"),
    ("ticket watch-words.text", "若怎样, 就怎样"),
    ("ticket slip", "派工单, 一页 A4; 姓名电话全显, 会记下"),
    ("ticket slip.number", "单号"),
    ("ticket slip.format", "文本还是网页"),
    ("ticket slip.output", "写到这个文件"),
    ("ticket slip.force", "已有同名文件时替换它"),
    ("ticket callback", "记下回访的结果"),
    ("ticket callback.number", "单号"),
    ("ticket callback.solved", "解决了没有, 或没人接"),
    ("ticket callback.in_time", "来得及时吗; 不写就是及时"),
    ("ticket callback.verdict", "满意、基本满意、不满意; 解决了就要写"),
    ("ticket callback.why", "说了什么; 没解决一定要写"),
    ("ticket callback.to", "谁去重办; 不写就换一个人"),
    ("ticket callback.came_in", "住户自己来电来访: 什么时间都可以"),
    ("duty", "谁在岗"),
    ("duty.at", "什么时候; 不写就是现在"),
    ("duty.compound", "只列管这个小区的"),
    ("duty.role", "只列这个岗位"),
    ("roster", "排班"),
    ("roster fill", "按轮班、要求、规则、请假替一周排一稿, 放进草稿"),
    ("roster fill.week", "哪一周, 如 2026-W48; 不写就是该排的那一周"),
    ("roster fill.dry_run", "只说会怎样排, 不写入"),
    ("roster check", "列出一周违反的规则和缺的人, 连草稿一起看; 有必须改的就报错"),
    ("roster check.week", "哪一周, 如 2026-W48; 不写就是该排的那一周"),
    ("roster publish", "发布一周的草稿"),
    ("roster publish.week", "哪一周, 如 2026-W48"),
    ("roster show", "打印一周: 贴墙的表、发群的话、可再导入的表格"),
    ("roster show.week", "哪一周, 如 2026-W48; 不写就是该排的那一周"),
    ("roster show.draft", "按草稿, 不按已发布的"),
    ("roster show.format", "做成什么: text md html 贴墙, group 发群, csv xlsx 可再导入"),
    ("roster show.output", "写到这个文件; 不写则输出到屏幕"),
    ("roster show.force", "已有同名文件时替换它"),
    ("roster left", "有人离职: 列出空出来的班和手上的工单, 并说工单给谁"),
    ("roster left.name", "谁离职"),
    ("roster left.to", "手上没办完的工单全给这个人"),
    ("roster left.back", "手上没办完的工单全退回待派"),
    ("roster left.dry_run", "只列出来, 不办"),
    ("roster shift", "列出各班次的钟点, 或改一个班次的钟点和名称"),
    ("roster shift.shift", "哪个班次; 不写就全部列出"),
    ("roster shift.hours", "钟点, 如 06:00-14:00、22:00-06:00; 当晚的夜班从 24:00 起"),
    ("roster shift.name", "这里怎么叫它"),
    ("roster shift.name_en", "英文叫什么; 不写就同 --name"),
    ("roster shift.reset", "改回程序自带的"),
    ("roster rule", "列出排班规则, 或定一条有多严"),
    ("roster rule.rule", "哪一条; 不写就全部列出"),
    ("roster rule.severity", "违反了怎样: off 不查, warning 提醒, hard 必须改"),
    ("roster rule.figure", "它的数: 休息分钟, 连上天数, 一周小时"),
    ("rates", "三率: 响应率、办结率、满意率"),
    ("rates.from", "从这一天; 不写就从本月一日"),
    ("rates.to", "到这一天 (含); 不写就是今天"),
    ("rates.compound", "只算这个小区"),
    ("handover", "交接班: 起草、签名、接班、打印"),
    ("handover draft", "这一班欠下一班的事"),
    ("handover draft.verify", "只凭日志再算一遍欠下的事, 有漏就报错"),
    ("handover draft.format", "怎么输出"),
    ("handover sign", "交班人签名; 不能撤销"),
    ("handover sign.pin_stdin", "从标准输入读一行 PIN"),
    ("handover accept", "接班; 不能撤销"),
    ("handover accept.kind", "怎么接的: 当面、代接、电话、无人交班"),
    ("handover accept.noted", "没答的都念过, 一律答收到"),
    ("handover accept.pin_stdin", "从标准输入读一行 PIN"),
    ("handover show", "打印已接的交接班, 不说就是最近一次"),
    ("handover show.back", "往前第几次"),
    ("handover show.words", "只找含这些字的"),
    ("handover show.format", "怎么输出"),
    ("handover item", "清点的东西应有多少"),
    ("handover item.name", "什么 (东门钥匙)"),
    ("handover item.expected", "应有多少; 加 --cash 是元"),
    ("handover item.cash", "是钱"),
    ("handover item.remove", "不再清点"),
    ("operator", "在客服台上班的人和他们的 PIN"),
    ("operator add", "加一个操作员"),
    ("operator add.name", "姓名, 就是 --as 后面写的"),
    ("operator add.rank", "可以做什么"),
    ("operator add.no_pin", "不用 PIN, 凭姓名签"),
    ("operator add.pin_stdin", "从标准输入读 PIN: 自己有 PIN 的先写自己的"),
    ("operator list", "列出操作员"),
    ("operator passwd", "改 PIN; 空着就不用 PIN"),
    ("operator passwd.name", "谁的"),
    ("operator passwd.pin_stdin", "从标准输入读 PIN: 自己有 PIN 的先写自己的"),
    ("operator unlock", "解锁: PIN 错得太多的可以再签"),
    ("operator unlock.name", "谁"),
    ("operator unlock.pin_stdin", "从标准输入读一行自己的 PIN"),
    ("report", "可打印、可上报的报表"),
    ("report month", "一个月的报表"),
    ("report month.month", "月份, 如 2026-11"),
    ("report month.format", "写成什么"),
    ("report month.output", "写到这个文件; 不写则输出到屏幕"),
    ("report month.force", "已有同名文件时替换它"),
    ("backup", "备份"),
    ("backup.file", "写到这个文件; 不写则放在数据文件旁的 backups 里"),
    ("restore", "用备份换下数据文件; 原来的留在旁边"),
    ("restore.file", "备份文件"),
    ("check", "检查数据文件"),
    ("doctor", "说明本机、终端和文件的情况"),
    ("config", "设置在哪里, 写了什么, 对不对"),
    ("config path", "设置和数据文件在哪里"),
    ("config show", "现在的设置是什么"),
    ("config check", "设置文件有没有问题"),
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
            let mut command = command;
            // Help and version are arguments only from here on.
            command.build();
            in_chinese(command, "", TEMPLATE)
        }
    }
}

/// A command and those below it. `above` is empty for the program itself, then the path of commands.
fn in_chinese(command: Command, above: &str, template: &'static str) -> Command {
    let own = key_of(&command, above);
    let mut command = command.help_template(template).subcommand_help_heading("命令");
    if let Some(about) = zh(&own) {
        command = command.about(about);
    }
    command = command.mut_args(|argument| {
        let id = argument.get_id();
        let owner = if argument.is_global_set() || matches!(id.as_str(), "help" | "version") { "tdesk" } else { &own };
        let words = zh(&format!("{owner}.{id}")).unwrap_or_default();
        let heading = match (argument.is_positional(), argument.is_global_set()) {
            (true, _) => "参数",
            (false, true) => "通用选项",
            (false, false) => "选项",
        };
        let words = format!("{words}{}", values(&argument));
        // Clap's own words for these are English, and it may break a line in the middle of them.
        let argument = argument.hide_possible_values(true).hide_default_value(true).hide_env(true);
        argument.help(words).long_help(None).help_heading(heading)
    });
    let below: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let path = if above.is_empty() && own == "tdesk" { String::new() } else { own };
    for name in below {
        let path = path.clone();
        command =
            command.mut_subcommand(name, move |c| in_chinese(c, if path.is_empty() { TOP } else { &path }, template));
    }
    command
}

/// What an argument may be, what it is when it is not given, and where else it is taken from, in Chinese.
fn values(argument: &clap::Arg) -> String {
    if !argument.get_action().takes_values() {
        return String::new();
    }
    let list = |names: Vec<String>| (!names.is_empty()).then(|| names.join(", "));
    let possible = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default = argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let env = argument.get_env().map(|name| name.to_string_lossy().into_owned());
    [("可以是", list(possible)), ("默认", list(default)), ("环境变量", env)]
        .into_iter()
        .filter_map(|(what, names)| Some(format!(" [{what}: {}]", names?)))
        .collect()
}

/// Stands for the program itself in front of its commands.
const TOP: &str = "tdesk";

/// `tdesk`, `find`, `ticket new`: the key of a command in [`ZH`].
fn key_of(command: &Command, above: &str) -> String {
    if matches!(above, "" | TOP) { command.get_name().to_owned() } else { format!("{above} {}", command.get_name()) }
}

/// What clap says in English about arguments, in Chinese.
pub(super) fn in_words(error: &clap::Error, lang: Lang) -> String {
    let text = error.render().to_string();
    if lang == Lang::En {
        return text.trim_end().to_owned();
    }
    let shown = [("[OPTIONS]", "[选项]"), ("[COMMAND]", "[命令]"), ("<COMMAND>", "<命令>")];
    let is_help = !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if is_help {
        return shown.iter().fold(text.trim_end().to_owned(), |text, (en, zh)| text.replace(en, zh));
    }
    let part = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (part(ContextKind::InvalidArg), part(ContextKind::InvalidValue));
    let (command, may) = (part(ContextKind::InvalidSubcommand), part(ContextKind::ValidValue));
    let may = if may.is_empty() { may } else { format!("; 可以是: {may}") };
    let why = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的参数: {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有这个命令: {command}"),
        ErrorKind::MissingRequiredArgument => format!("还缺: {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面还缺一个值{may}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{argument} 不能是「{value}」{may}"),
        ErrorKind::ArgumentConflict => format!("{argument} 不能这样用"),
        _ => text.trim_end().to_owned(),
    };
    format!("tdesk: {why}\n用法见 tdesk --help")
}

fn zh(key: &str) -> Option<&'static str> {
    ZH.iter().find(|(known, _)| *known == key).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Args;

    /// Commands and arguments, as keys of [`ZH`].
    fn keys(command: &Command, above: &str, all: &mut Vec<String>) {
        let own = key_of(command, above);
        let arguments = command.get_arguments().filter(|a| above.is_empty() || !a.is_global_set());
        all.extend(arguments.map(|a| format!("{own}.{}", a.get_id())).chain([own.clone()]));
        command.get_subcommands().for_each(|child| keys(child, &own, all));
    }

    #[test]
    fn every_command_and_argument_is_told_in_chinese() {
        let mut all = Vec::new();
        keys(&Args::command(), "", &mut all);
        let missing: Vec<_> = all.iter().filter(|key| zh(key).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let known = |key: &str| all.iter().any(|known| known == key) || key.starts_with("tdesk.");
        let needless: Vec<_> = ZH.iter().filter(|(key, _)| !known(key)).collect();
        assert!(needless.is_empty(), "{needless:?}");
        Args::command().debug_assert();
    }
}
