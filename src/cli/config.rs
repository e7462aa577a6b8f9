//! `tdesk config`: where the settings are, what holds, whether the file is right.

use serde_json::json;

use crate::setup::context::{Context, Failure};
use crate::setup::{out, settings};
use crate::text::{Lang, t};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Where the settings and the data file are
    Path,
    /// What holds now
    Show,
    /// Whether the settings file is right
    Check,
}

pub(super) fn run(context: &Context, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Path => {
            if context.json {
                out::json(&json!({ "config": context.config, "db": context.db }));
            } else {
                out::line(&format!("config {}", context.config.display()));
                out::line(&format!("db     {}", context.db.display()));
            }
            Ok(())
        }
        Command::Show => {
            let s = &context.settings;
            let lang = match context.lang {
                Lang::Zh => "zh",
                Lang::En => "en",
            };
            let theme = s.theme.as_deref().unwrap_or("dark");
            let borders = s.borders.as_deref().unwrap_or("plain");
            if context.json {
                out::json(
                    &json!({ "lang": lang, "theme": theme, "borders": borders, "mouse": s.mouse, "db": context.db }),
                );
            } else {
                out::line(&format!(
                    "lang = \"{lang}\"\ntheme = \"{theme}\"\nborders = \"{borders}\"\nmouse = {}",
                    s.mouse
                ));
            }
            Ok(())
        }
        Command::Check => {
            let (_, odd) = settings::read(&context.config, context.lang);
            if context.json {
                out::json(&json!({ "config": context.config, "right": odd.is_empty(), "odd": odd }));
            } else if odd.is_empty() {
                out::line(t("设置没有问题", "The settings are right").get(context.lang));
            }
            if odd.is_empty() { Ok(()) } else { Err(Failure::Refused(odd.join("; "))) }
        }
    }
}
