//! Half-typed reports: kept with every key, gone once they are saved, and never taken from a desk at work.

use township_desk::domain::op::Op;
use township_desk::domain::parked::op::{Form, ParkedOp};
use township_desk::domain::ticket::Channel;
use township_desk::domain::ticket::op::{Report, TicketOp};

use super::{uid, worker};
use crate::support::town;

fn form(words: &str) -> Form {
    Form { words: words.to_owned(), caret: 1, ..Form::new(uid(), Channel::Phone) }
}

#[test]
fn every_key_outlives_a_kill() {
    for keys in [1, 5, 33] {
        let (store, _folder) = town::copy();
        let mut child = worker::command("drafts", store.path(), 1_000).spawn().expect("a worker");
        let mut said = worker::acks(&mut child);
        let mut last = said.nth(keys - 1).expect("it types");
        child.kill().expect("killed");
        child.wait().expect("gone");
        last = said.last().unwrap_or(last);
        let (uid, typed) = last.split_once(' ').expect("two words");
        let typed: usize = typed.parse().expect("a number");
        let (_side, left) = store.drafts("next").expect("drafts");
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].uid.0.to_string(), uid);
        let kept = left[0].words.chars().count();
        assert!(kept == typed || kept == typed + 1, "{typed} were shown, {kept} are kept");
        assert_eq!(left[0].caret, kept, "the caret, too");
    }
}

#[test]
fn a_desk_at_work_keeps_its_drafts() {
    let (store, _folder) = town::copy();
    let mut child = worker::command("drafts", store.path(), 100_000).spawn().expect("a worker");
    let mut said = worker::acks(&mut child);
    said.next().expect("it types");
    let (_side, left) = store.drafts("next").expect("drafts");
    let alive = child.try_wait().expect("a look").is_none();
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert!(alive, "it was at work when we looked");
    assert_eq!(left, []);
    assert_eq!(store.drafts("next").expect("drafts").1.len(), 1, "and leaves them when it is gone");
}

#[test]
fn a_draft_that_was_saved_or_parked_is_not_offered_again() {
    let (mut store, _folder) = town::copy();
    let (mut side, _) = store.drafts("test").expect("drafts");
    let (saved, parked, open) = (form("存了"), form("停了"), form("还在写"));
    for form in [&saved, &parked, &open] {
        side.keep(form).expect("kept");
    }
    let report =
        Op::Ticket(TicketOp::Take { report: Box::new(Report::of_words("存了", Channel::Phone)), parked: None });
    store.commit(saved.uid, &report, town::now()).expect("saved");
    store.commit(uid(), &Op::Parked(ParkedOp::Park(Box::new(parked))), town::now()).expect("parked");
    drop(side);
    let (side, left) = store.drafts("test").expect("drafts");
    assert_eq!(left, std::slice::from_ref(&open));
    side.drop_draft(open.uid).expect("dropped");
    assert_eq!(store.drafts("test").expect("drafts").1, []);
}

#[test]
fn the_newest_of_a_form_is_the_one_kept() {
    let (store, _folder) = town::copy();
    let (mut side, _) = store.drafts("test").expect("drafts");
    let mut one = form("漏");
    side.keep(&one).expect("kept");
    one.words = "漏水".to_owned();
    one.focus = 3;
    side.keep(&one).expect("kept");
    assert_eq!(store.drafts("test").expect("drafts").1, [one]);
}

#[test]
fn a_damaged_side_file_is_no_damage_of_the_desk_and_new_drafts_are_kept() {
    let (mut store, _folder) = town::copy();
    let drafts = store.path().with_extension("db-drafts");
    std::fs::write(&drafts, "no database at all, but as long as the head of one: ".repeat(4)).expect("a file");
    let (mut side, left) = store.drafts("test").expect("it begins anew");
    assert_eq!(left, []);
    side.keep(&form("写了一半")).expect("kept");
    assert_eq!(store.drafts("test").expect("drafts").1.len(), 1);
    assert!(drafts.with_extension("db-drafts-damaged").exists(), "what was in it can be looked at");
    assert_eq!(store.damage(), None);
    super::take(&mut store, "照样保存");
}
