//! Who is sent: the candidates with what speaks for each, of one ticket or of several; who does one over, and how it was done.
//! The list they are picked from, and what follows a pick, is the picker's.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::{AnyLayer, Then};
use crate::desk::frame::notice::Level;
use crate::desk::frame::picker::{Choice, PICKER, Pick, Picker};
use crate::desk::frame::say;
use crate::desk::ticket::act;
use crate::desk::ticket::moving::{self, Moving};
use crate::domain::base::event::EventKind;
use crate::domain::base::id::TicketId;
use crate::domain::callback::query::{CallbackQuery, Reopening};
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Overtaken;
use crate::domain::roster::duty::{self, Candidate};
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::ticket::op::Act;
use crate::domain::ticket::{Need, Ticket, clock};
use crate::text::labels::Labelled;
use crate::text::{Lang, Text, t};

/// Who would be sent to each of several tickets.
const PICKER_EACH: Slot = Slot::new("picker_each", |desk, answer| {
    if let Answer::Roster(RosterAnswer::SuggestEach(people)) = answer {
        each(desk, people);
    }
});

/// Asks who gets it: candidates with why, the best first.
pub fn open_staff(desk: &mut Desk, moving: Moving) {
    let row = moving.tickets.first().and_then(|&id| act::row(desk, id));
    let (category, compound) = row.map(|row| (row.ticket.category.clone(), row.ticket.compound)).unwrap_or_default();
    let label = desk.say(moving.needs.first().map_or(t("处理人", "handler"), |need| need.label()));
    let event = desk.say(moving.event.label());
    let title = format!("{event}: {label}");
    let chain = moving.chain;
    // What is done over goes to another than before, so how it was done must be known first.
    let again = moving.tickets.first().copied().filter(|_| moving.event == EventKind::Reopened);
    let many = moving.tickets.clone();
    desk.open(Picker::new(title, Vec::new(), Then::Move(moving), chain));
    let at = desk.now;
    match again {
        Some(ticket) => desk.ask(PICKER, Query::Callback(CallbackQuery::Reopening { ticket, at })),
        None => desk.ask(PICKER, Query::Roster(RosterQuery::Suggest { category, compound, at })),
    }
    if many.len() > 1 {
        desk.ask(PICKER_EACH, Query::Roster(RosterQuery::SuggestEach { tickets: many, at }));
    }
}

/// Who suits each of several tickets has come: where it is not one person for all, that is said, and each can have its own.
pub fn each(desk: &mut Desk, each: Vec<(TicketId, Option<Candidate>)>) {
    let Some(picker) = asking_for_staff(desk) else { return };
    picker.each = each;
    let (facts, choice) = said_of_each(desk);
    if let Some(picker) = asking_for_staff(desk) {
        let first = picker.list.row() == 0;
        picker.choices.retain(|choice| choice.pick != Pick::Each);
        picker.choices.splice(0..0, choice);
        picker.facts.splice(0..0, facts);
        picker.refilter();
        if !first {
            picker.list.step(1);
        }
    }
}

/// What is said of several tickets that no one person suits, and the row by which each gets its own.
fn said_of_each(desk: &Desk) -> (Vec<String>, Option<Choice>) {
    let picker = desk.layers.iter().rev().filter_map(AnyLayer::get::<Picker>).find(|picker| !picker.each.is_empty());
    let each = picker.map_or(&[][..], |picker| &picker.each);
    let Some((_, first)) = each.first() else { return (Vec::new(), None) };
    let best = |one: &Option<Candidate>| one.as_ref().map(|one| one.staff);
    if each.iter().all(|(_, one)| best(one) == best(first)) {
        return (Vec::new(), None);
    }
    let own = |(id, one): &(TicketId, Option<Candidate>)| {
        let number = act::row(desk, *id).map(|row| row.ticket.number.short()).unwrap_or_default();
        let name = one.as_ref().map_or("--", |one| one.name.reveal());
        format!("{number} {name}")
    };
    let suits = each.iter().map(own).collect::<Vec<_>>().join(desk.say(t("、", ", ")));
    let fact = t("选一个人就全给他; 各自合适的: {suits}", "One person gets all of them; who suits each: {suits}")
        .with(desk.lang, &[("suits", &suits)]);
    let label = t("各派各的", "each its own");
    let choice = each.iter().all(|(_, one)| one.is_some()).then(|| Choice {
        pick: Pick::Each,
        columns: vec![desk.say(label).to_owned(), String::new(), suits, String::new()],
        words: (label.zh.to_owned(), label.en.to_owned()),
    });
    (vec![fact], choice)
}

/// Asks who does a ticket over.
pub(in crate::desk) fn open_reopening(desk: &mut Desk, ticket: TicketId, then: Then, chain: u64) {
    let (event, need) = (desk.say(EventKind::Reopened.label()), desk.say(Need::Staff.label()));
    desk.open(Picker::new(format!("{event}: {need}"), Vec::new(), then, chain));
    let at = desk.now;
    desk.ask(PICKER, Query::Callback(CallbackQuery::Reopening { ticket, at }));
}

/// Who could do it over has come, with how it was done.
pub fn reopening(desk: &mut Desk, reopening: Option<Box<Reopening>>) {
    let Some(reopening) = reopening else { return };
    let facts = say::how_it_was_done(desk, &reopening);
    candidates(desk, reopening.candidates);
    if let Some(picker) = asking_for_staff(desk) {
        picker.facts.splice(0..0, facts);
    }
}

/// Another desk was quicker, as `sentence` says. Who was to be sent here is sent instead, goes as well, or stays.
pub fn overtaken(desk: &mut Desk, moving: Moving, sentence: String, theirs: &Overtaken) {
    crate::desk::frame::layer::close_chain(desk, moving.chain);
    let ([id], Some(their_name)) = (&moving.tickets[..], &theirs.to) else {
        return desk.notice(Level::Refused, sentence);
    };
    let mine = moving.to.clone().unwrap_or_default();
    if theirs.staff.is_none() || moving.step.staff == theirs.staff {
        return desk.notice(Level::Refused, sentence);
    }
    let names: &[(&str, &dyn std::fmt::Display)] = &[("mine", &mine), ("theirs", &their_name.reveal())];
    let row = |at, label: Text, words: Text| Choice {
        pick: Pick::Row(at),
        columns: vec![desk.say(label).to_owned(), String::new(), words.with(desk.lang, names)],
        words: (label.zh.to_owned(), label.en.to_owned()),
    };
    let choices = vec![
        row(LEAVE, t("不动", "leave it"), t("{theirs} 去, {mine} 不去", "{theirs} goes, {mine} does not")),
        row(INSTEAD, t("改派", "instead"), t("{mine} 去; 要叫 {theirs} 别去", "{mine} goes; call {theirs} off")),
        row(
            BOTH,
            t("都去", "both"),
            t("{theirs} 负责, {mine} 也去, 记一条备注", "{theirs} has it, {mine} goes too; noted"),
        ),
    ];
    let (chain, seen) = (desk.new_chain(), vec![(*id, theirs.version)]);
    let title = desk.say(t("另一台刚派了人", "Another desk has just sent somebody")).to_owned();
    let mut picker = Picker::new(title, choices, Then::Overtaken(Moving { chain, seen, ..moving }), chain);
    picker.facts = vec![sentence];
    desk.open(picker);
}

const LEAVE: usize = 0;
const INSTEAD: usize = 1;
const BOTH: usize = 2;

/// What follows where another desk was quicker.
pub fn settle(desk: &mut Desk, moving: Moving, row: usize) {
    match row {
        INSTEAD => moving::pursue(desk, moving),
        BOTH if !desk.commits().waits_of(moving.chain) => {
            let who = moving.to.unwrap_or_default();
            let note = t("{who} 也去", "{who} goes as well").with(desk.lang, &[("who", &who)]);
            let acts = moving.tickets.into_iter().map(|id| (id, Act::Note(note.clone()))).collect();
            desk.commit_all(acts, After::Close(moving.chain));
        }
        _ => crate::desk::frame::layer::close_chain(desk, moving.chain),
    }
}

fn asking_for_staff(desk: &mut Desk) -> Option<&mut Picker> {
    desk.layers
        .iter_mut()
        .rev()
        .filter_map(AnyLayer::get_mut::<Picker>)
        .find(|picker| matches!(picker.then, Then::Move(_) | Then::NotSolved { .. }))
}

/// The candidates have come. In the order of this ticket, with what speaks for each in words; who does it over comes in
/// an order of its own.
pub fn candidates(desk: &mut Desk, mut candidates: Vec<Candidate>) {
    let lang = desk.lang;
    let Some(then) = asking_for_staff(desk).map(|picker| picker.then.clone()) else { return };
    let again = match &then {
        Then::Move(moving) => moving.event == EventKind::Reopened,
        _ => true,
    };
    let ticket = then.about().first().and_then(|&id| act::row(desk, id)).map(|row| &row.ticket);
    if let Some(ticket) = ticket.filter(|_| !again) {
        duty::arrange(&mut candidates, ticket);
    }
    let in_hand =
        |staff| ticket.filter(|ticket| ticket.assignee == Some(staff)).map(|ticket| says_nothing(desk, ticket));
    let choices: Vec<Choice> = candidates
        .iter()
        .map(|candidate| Choice {
            pick: Pick::Staff(candidate.staff),
            columns: vec![
                candidate.name.reveal().to_owned(),
                candidate.role.label().get(lang).to_owned(),
                in_hand(candidate.staff).unwrap_or_else(|| say::why_send(desk, candidate)),
                candidate.phone.as_ref().map(crate::domain::person::Phone::spoken).unwrap_or_default(),
            ],
            words: (
                format!("{} {}", candidate.name.reveal(), candidate.role.label().get(Lang::Zh)),
                candidate.role.label().get(Lang::En).to_owned(),
            ),
        })
        .collect();
    let (mut facts, own) = said_of_each(desk);
    let choices: Vec<Choice> = own.into_iter().chain(choices).collect();
    facts.extend(say::nobody_on_shift(desk, &candidates));
    if let Some(picker) = asking_for_staff(desk) {
        let before = picker.selected().map(|choice| choice.pick);
        (picker.choices, picker.facts) = (choices, facts);
        picker.refilter();
        // They come again when something changes elsewhere: the cursor stays on its person.
        let row = picker.list.ids().iter().position(|&i| Some(picker.choices[i].pick) == before);
        picker.list.select_row(row.unwrap_or(0));
    }
}

/// Tickets as they are now: who could be sent is arranged by who has the ticket, and if that came first it is asked again.
pub fn tickets_came(desk: &mut Desk) {
    if asking_for_staff(desk).is_some()
        && !desk.asks.waiting(PICKER)
        && let Some(query @ Query::Roster(RosterQuery::Suggest { .. })) = desk.asks.query(PICKER).cloned()
    {
        desk.ask(PICKER, query);
    }
}

/// Of who has the ticket: that he has it, or that he does not answer.
fn says_nothing(desk: &Desk, ticket: &Ticket) -> String {
    match clock::silent(ticket, desk.now) {
        Some(minutes) => t("现在在他手上, {span}没回话", "has it now, silent for {span}")
            .with(desk.lang, &[("span", &say::span(minutes, desk.lang))]),
        None if ticket.status.clock_runs() => desk.say(t("现在在他手上", "has it now")).to_owned(),
        None => desk.say(t("上次是他办的", "had it the last time")).to_owned(),
    }
}
