//! `tdesk doctor`: what to know when something looks wrong. It changes nothing and shows no data of people.

use std::io::IsTerminal;

use serde_json::json;

use crate::domain::query::{Answer, Query};
use crate::domain::settings::query::{SettingsAnswer, SettingsQuery};
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::store::{self, Access};
use crate::text::t;

/// The years whose holidays should be known and are not; none where the file does not say.
fn missing_years(context: &Context, store: &store::Store) -> Vec<String> {
    let Ok(Answer::Settings(SettingsAnswer::Township(township))) =
        store.answer(&Query::Settings(SettingsQuery::Township))
    else {
        return Vec::new();
    };
    let years = township.calendar.years_missing(store.zone().day(context.clock.now()));
    years.iter().map(ToString::to_string).collect()
}

pub(super) fn run(context: &Context) -> Result<(), Failure> {
    let store = store::Store::open(&context.db, Access::Read, context.who(), context.clock.now());
    let db = match &store {
        Ok(_) => t("能打开", "opens").get(context.lang).to_owned(),
        Err(e) => crate::setup::context::sentence(e, context.lang),
    };
    let missing = store.as_ref().map(|store| missing_years(context, store)).unwrap_or_default();
    let calendar = if missing.is_empty() { "known".to_owned() } else { format!("missing {}", missing.join(" ")) };
    let environment = |name: &str| std::env::var(name).unwrap_or_default();
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let size = rustix::termios::tcgetwinsize(std::io::stdout())
        .map(|s| format!("{}x{}", s.ws_col, s.ws_row))
        .unwrap_or_default();
    let facts: Vec<(&str, String)> = vec![
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("sqlite", store::library_version()),
        ("db", context.db.display().to_string()),
        ("db_state", db),
        ("calendar", calendar),
        ("config", context.config.display().to_string()),
        ("lang", format!("{:?}", context.lang).to_lowercase()),
        ("locale", ["LC_ALL", "LC_MESSAGES", "LANG"].map(environment).join(" ").trim().to_owned()),
        ("term", environment("TERM")),
        ("terminal", terminal.to_string()),
        ("size", size),
        ("no_color", std::env::var_os("NO_COLOR").is_some().to_string()),
        ("ssh", std::env::var_os("SSH_CONNECTION").is_some().to_string()),
        ("tmux", std::env::var_os("TMUX").is_some().to_string()),
    ];
    if context.json {
        out::json(&facts.iter().map(|(k, v)| ((*k).to_owned(), json!(v))).collect::<serde_json::Map<_, _>>().into());
        return Ok(());
    }
    for (name, value) in &facts {
        out::line(&format!("{name:<10} {value}"));
    }
    if !missing.is_empty() {
        let words = t(
            "{years} 年的节假日还没有: 用「本镇设置」加上, 或 tdesk import calendar 文件; 在那以前节假日也算上班",
            "The holidays of {years} are not known: add them under township settings, or tdesk import calendar FILE; until then they count as working days",
        );
        out::line(&words.with(context.lang, &[("years", &missing.join(", "))]));
    }
    out::line(
        t(
            "边框或省略号若占两格, 在设置里写 borders = \"ascii\"; 输入法候选窗应跟着光标",
            "If borders look two cells wide, set borders = \"ascii\"; an input method's window should follow the cursor",
        )
        .get(context.lang),
    );
    Ok(())
}
