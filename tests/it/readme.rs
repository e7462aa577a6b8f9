//! The README says what the program does: its tables of keys are made from the commands, its pictures and links are there.
//! How well it is written is for readers to say.

use std::fs;

use township_desk::desk::frame::command::{self, Command, OTHER_BOXES, Scope};
use township_desk::desk::frame::key;
use township_desk::text::{Lang, Text, t};

use crate::kept;
use crate::tidy::top;

const BOTH: [(&str, Lang); 2] = [("README.md", Lang::En), ("README.zh-CN.md", Lang::Zh)];

/// The headings of the table in the order in which help meets them, the boxes that serve everything last; each with its
/// scopes.
fn groups() -> Vec<(Text, Vec<Scope>)> {
    let mut groups: Vec<(Text, Vec<Scope>)> = Vec::new();
    for scope in command::all().map(|command| command.scope) {
        let at = groups.iter().position(|(heading, _)| *heading == scope.heading).unwrap_or_else(|| {
            groups.push((scope.heading, Vec::new()));
            groups.len() - 1
        });
        if !groups[at].1.contains(&scope) {
            groups[at].1.push(scope);
        }
    }
    groups.sort_by_key(|(heading, _)| *heading == OTHER_BOXES);
    groups
}

fn table(lang: Lang) -> String {
    let heads = t("| 键 | 命令 | 做什么 |\n|---|---|---|\n", "| Key | Command | What it does |\n|---|---|---|\n");
    let mut table = String::new();
    for (title, scopes) in groups() {
        table += &format!("\n**{}**\n\n{}", title.get(lang), heads.get(lang));
        for scope in scopes {
            for command in command::all().filter(|command| command.scope == scope) {
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
