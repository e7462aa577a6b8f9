//! Short lists about the ticket in hand: how its worker was told, what else can be done, which file is taken off.
//! Picking, and what follows a pick, is the picker's.

use super::picker::{Choice, Pick, open_list};
use super::{Then, ticket};
use crate::desk::command::Command;
use crate::desk::{Desk, act, key, say};
use crate::domain::priority::Raise;
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

/// Asks whether tickets are raised although some of them are late by it: the halved limit counts from when they were taken.
pub fn late_at_once(desk: &mut Desk, raise: Raise) {
    let rows = act::chosen(desk);
    let late: Vec<_> = rows.iter().filter_map(|row| act::late_by(desk, row, raise)).collect();
    let will = match late[..] {
        [due] if rows.len() == 1 => t("改成 {at}前, 一改就超时", "due by {at} then: late at once")
            .with(desk.lang, &[("at", &say::moment(due, desk))]),
        _ => t("其中 {n} 张一改就超时", "{n} of them are late at once").with(desk.lang, &[("n", &late.len())]),
    };
    let (go, stay) = (raise.label(), t("不改", "leave it"));
    let choices = vec![
        choice(Pick::Raise(true), vec![desk.say(go).to_owned(), String::new(), will], go),
        choice(Pick::Raise(false), vec![desk.say(stay).to_owned()], stay),
    ];
    let tickets = act::ids(desk);
    let title = t("时限从登记算起减半", "Limits are halved from when it was taken");
    open_list(desk, title, choices, Then::Raise(tickets, raise));
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
