//! Short lists about the ticket in hand: how its worker was told, what else can be done, which file is taken off; and about
//! the list of tickets: its orders, the sheets it is written as, its saved filters.
//! Picking, and what follows a pick, is the picker's.

use crate::desk::Desk;
use crate::desk::frame::command::Command;
use crate::desk::frame::effect::Sheet;
use crate::desk::frame::layer::{AnyLayer, Then};
use crate::desk::frame::picker::{Choice, Pick, Picker};
use crate::desk::frame::{key, say};
use crate::desk::ticket::{self, act};
use crate::domain::base::id::FilterId;
use crate::domain::base::wrong_clock::WrongClock;
use crate::domain::filter::op::Saved;
use crate::domain::ticket::ToldBy;
use crate::domain::ticket::order::Order;
use crate::domain::ticket::priority::Raise;
use crate::text::labels::Labelled;
use crate::text::{self, Text, t};

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
    let choices = ticket::opened::actions().skip(ticket::opened::DIGITS).map(row).collect();
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

/// Asks whether to go on by a clock that cannot be right.
pub fn wrong_clock(desk: &mut Desk, wrong: WrongClock) {
    let row = |go, label: Text, about: Text| {
        choice(Pick::GoOn(go), vec![desk.say(label).to_owned(), String::new(), desk.say(about).to_owned()], label)
    };
    let choices = vec![
        row(false, t("退出", "leave"), t("先去校准时间", "and set the clock first")),
        row(true, t("继续", "go on"), t("时间没错", "the clock is right")),
    ];
    let fact = text::wrong_clock::sentence(wrong, desk.now, desk.zone(), desk.lang);
    open_list(desk, t("电脑的时间对吗? y 对, n 不对", "Is the clock right? y or n"), choices, Then::WrongClock);
    if let Some(picker) = desk.top_mut::<Picker>() {
        picker.facts = vec![fact];
    }
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

/// Asks for the order of the tickets; the cursor stands on the present one.
pub fn open_orders(desk: &mut Desk) {
    let choice = |order: Order| named(desk, Pick::Order(order), order.label(), "");
    let choices = Order::ALL.iter().map(|order| choice(*order)).collect();
    let now = desk.panes.tickets.order;
    open_list(desk, t("排序", "Order"), choices, Then::Order);
    if let Some(picker) = desk.top_mut::<Picker>() {
        picker.list.select_row(Order::ALL.iter().position(|order| *order == now).unwrap_or(0));
    }
}

/// Asks what kind of sheet the listed tickets are written as.
pub fn open_exports(desk: &mut Desk) {
    let choices = vec![
        named(desk, Pick::Sheet(Sheet::Csv), t("文本表格", "text"), "csv"),
        named(desk, Pick::Sheet(Sheet::Xlsx), t("工作簿", "workbook"), "xlsx"),
    ];
    open_list(
        desk,
        t("导出列出的工单, 姓名电话隐去", "Export the tickets listed, names and phones masked"),
        choices,
        Then::Export,
    );
}

/// Offers the saved filters.
pub fn open_filters(desk: &mut Desk) {
    if !desk.top::<Picker>().is_some_and(|picker| picker.then == Then::Filter) {
        let choices = saved(desk);
        open_list(
            desk,
            t("常用筛选; 在筛选里按 Ctrl+S 存新的", "Saved filters; Ctrl+S in the filter saves another"),
            choices,
            Then::Filter,
        );
    }
}

/// The saved filters have changed: where they are offered, that is seen.
pub fn filters_changed(desk: &mut Desk) {
    let choices = saved(desk);
    let picker =
        desk.layers.iter_mut().rev().filter_map(AnyLayer::get_mut::<Picker>).find(|picker| picker.then == Then::Filter);
    if let Some(picker) = picker {
        let row = picker.list.row();
        picker.offer(choices);
        picker.list.select_row(row);
    }
}

fn saved(desk: &Desk) -> Vec<Choice> {
    let filters = &desk.town.names.filters;
    let choice = |(id, saved): &(FilterId, Saved)| Choice {
        pick: Pick::Filter(*id),
        columns: vec![saved.name.clone(), String::new(), saved.filter.clone()],
        words: (format!("{} {}", saved.name, saved.filter), String::new()),
    };
    filters.iter().map(choice).collect()
}

fn named(desk: &Desk, pick: Pick, label: Text, more: &str) -> Choice {
    Choice {
        pick,
        columns: vec![desk.say(label).to_owned(), more.to_owned()],
        words: (format!("{} {more}", label.zh), format!("{} {more}", label.en)),
    }
}

/// Opens a short list that is a chain of its own.
fn open_list(desk: &mut Desk, title: Text, choices: Vec<Choice>, then: Then) {
    let (title, chain) = (desk.say(title).to_owned(), desk.new_chain());
    desk.open(Picker::new(title, choices, then, chain));
}
