//! Short lists about the ticket in hand: how its worker was told, what else can be done, which file is taken off.
//! Picking, and what follows a pick, is the picker's.

use super::picker::{Choice, Pick, open_list};
use super::{Then, ticket};
use crate::desk::command::Command;
use crate::desk::{Desk, act, key};
use crate::domain::ticket::ToldBy;
use crate::text::labels::Labelled;
use crate::text::{Text, t};

fn choice(pick: Pick, columns: Vec<String>, words: Text) -> Choice {
    Choice { pick, columns, words: (words.zh.to_owned(), words.en.to_owned()) }
}

/// Asks how the worker was told.
pub fn ways(desk: &mut Desk) {
    let tickets = act::ids(desk);
    let way = |by: &ToldBy| choice(Pick::Told(*by), vec![desk.say(by.label()).to_owned()], by.label());
    let choices = ToldBy::ALL.iter().map(way).collect();
    open_list(desk, t("怎么通知的", "Told how"), choices, Then::Tell(tickets));
}

/// Offers what can be done with the opened ticket beyond the first nine; of what cannot be done, why not.
pub fn more(desk: &mut Desk) {
    let row = |command: &'static Command| {
        let key = command.keys.first().map(|keys| key::shown(keys)).unwrap_or_default();
        let help = (command.enabled)(desk).err().unwrap_or(command.help);
        let label = command.label(desk);
        choice(Pick::Command(command.name), vec![desk.say(label).to_owned(), key, desk.say(help).to_owned()], label)
    };
    let choices = ticket::actions().skip(ticket::DIGITS).map(row).collect();
    open_list(desk, t("还能做的", "What else can be done"), choices, Then::Run);
}

/// Asks which file is taken off a ticket.
pub fn files(desk: &mut Desk) {
    let Some((id, files)) = act::in_hand(desk).map(|row| (row.id, row.ticket.attachments.clone())) else { return };
    let file = |path: &str| Choice {
        pick: Pick::Text,
        columns: vec![path.to_owned()],
        words: (path.to_owned(), String::new()),
    };
    let choices = files.lines().map(file).collect();
    open_list(desk, t("去掉哪个附件", "Which file to take off"), choices, Then::Detach(id));
}
