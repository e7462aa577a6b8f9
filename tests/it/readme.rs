//! The README says what the program does: its tables of keys are made from the commands, its pictures and links are there.
//! How well it is written is for readers to say.

use std::fs;

use township_desk::desk::command::{self, Command, Scope};
use township_desk::desk::key;
use township_desk::text::{Lang, Text, t};

use crate::kept;
use crate::tidy::top;

const BOTH: [(&str, Lang); 2] = [("README.md", Lang::En), ("README.zh-CN.md", Lang::Zh)];

/// Groups of the table in the order they are read: on the panes first, then anywhere, then layer by layer.
const GROUPS: &[(Text, &[Scope])] = &[
    (t("主屏", "The desk"), &[Scope::Desk, Scope::Compounds, Scope::Tickets, Scope::Duty]),
    (t("任何地方", "Anywhere"), &[Scope::Anywhere]),
    (
        t("手上有工单时 (工单栏、详情、打开的工单)", "With a ticket in hand (pane 2, details, an opened ticket)"),
        &[Scope::OnTicket, Scope::Ticket, Scope::Message],
    ),
    (t("列表", "Lists"), &[Scope::List]),
    (t("登记", "Taking a report"), &[Scope::Intake, Scope::Told]),
    (t("查找与住户", "Find and households"), &[Scope::Find, Scope::Card]),
    (t("回访", "Callbacks"), &[Scope::Callbacks, Scope::Callback]),
    (t("三率", "The three rates"), &[Scope::Rates, Scope::RateList]),
    (t("够不够人", "Enough people"), &[Scope::Coverage, Scope::Fill, Scope::Staff]),
    (t("排班", "Rosters"), &[Scope::Roster, Scope::Publishing, Scope::Month]),
    (t("交接班", "The shift handover"), &[Scope::Handover, Scope::Handovers]),
    (t("停供", "Outages"), &[Scope::Outages, Scope::OutageForm]),
    (t("设置", "Settings"), &[Scope::Settings]),
    (
        t("其他窗口", "Other boxes"),
        &[
            Scope::Layer,
            Scope::Picker,
            Scope::Prompt,
            Scope::Filter,
            Scope::Palette,
            Scope::Help,
            Scope::Who,
            Scope::Sum,
            Scope::FirstRun,
        ],
    ),
];

fn table(lang: Lang) -> String {
    let heads = t("| 键 | 命令 | 做什么 |\n|---|---|---|\n", "| Key | Command | What it does |\n|---|---|---|\n");
    let mut table = String::new();
    for (title, scopes) in GROUPS {
        table += &format!("\n**{}**\n\n{}", title.get(lang), heads.get(lang));
        for scope in *scopes {
            for command in command::all().filter(|command| command.scope == *scope) {
                table += &row(command, lang);
            }
        }
    }
    table + "\n"
}

fn row(command: &Command, lang: Lang) -> String {
    let keys: Vec<String> = command.keys.iter().map(|keys| format!("`{}`", key::shown(keys))).collect();
    let keys =
        if keys.is_empty() { "`:`".to_owned() + t(" 输入名字", " and its name").get(lang) } else { keys.join(" ") };
    format!("| {} | `{}` | {} |\n", keys.replace('|', "\\|"), command.name, command.help.get(lang).replace('|', "\\|"))
}

#[test]
fn the_tables_of_keys_are_those_of_the_commands() {
    let told: usize = GROUPS.iter().flat_map(|(_, scopes)| *scopes).count();
    let scopes: std::collections::HashSet<Scope> = command::all().map(|command| command.scope).collect();
    let known = scopes.iter().filter(|scope| GROUPS.iter().any(|(_, group)| group.contains(scope))).count();
    assert_eq!(known, scopes.len(), "a scope is in no group ({told} are)");
    for (file, lang) in BOTH {
        kept::same_part(file, "keys", &table(lang));
    }
}

#[test]
fn links_lead_somewhere() {
    for (file, _) in BOTH {
        let text = fs::read_to_string(top().join(file)).expect(file);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let own: Vec<&str> = targets.filter(|target| !target.starts_with("http") && !target.starts_with('#')).collect();
        assert!(own.len() > 3, "{file} links to {own:?} only");
        for target in own {
            assert!(top().join(target).exists(), "{file} links to {target}, which is not there");
        }
    }
}

#[test]
fn every_command_of_the_command_line_is_named() {
    for (file, _) in BOTH {
        let text = fs::read_to_string(top().join(file)).expect(file);
        for name in [
            "demo",
            "init",
            "import",
            "export",
            "find",
            "ticket new",
            "ticket list",
            "ticket show",
            "ticket move",
            "ticket note",
            "ticket chase",
            "duty",
            "backup",
            "restore",
            "check",
            "doctor",
            "config",
            "completions",
            "man",
        ] {
            assert!(text.contains(&format!("tdesk {name}")), "{file} does not tell of `tdesk {name}`");
        }
    }
}
