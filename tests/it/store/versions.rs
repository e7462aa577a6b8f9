//! Two desks on one file: the same field only one after the other, different fields both.

use township_desk::domain::base::event::EventKind;
use township_desk::domain::refusal::Refusal;
use township_desk::domain::ticket::Status;
use township_desk::domain::ticket::op::{Act, Edit, Step};

use super::{act, again, edit, path_of, refused, row, staff, step, take};
use crate::support::town;

fn words(text: &str) -> Edit {
    Edit { words: Some(text.to_owned()), ..Edit::default() }
}

#[test]
fn the_same_field_at_two_desks_names_the_field() {
    let (mut here, _folder) = town::copy();
    let mut there = again(&path_of(&here));
    let id = take(&mut here, "漏水");
    let seen = Some(row(&here, id).version);
    act(&mut there, id, edit(seen, words("三楼漏水"))).expect("the first");
    let both = Edit { reporter_name: Some("王婶".to_owned()), ..words("四楼漏水") };
    let refusal = refused(act(&mut here, id, edit(seen, both)));
    assert_eq!(refusal, Refusal::Conflict { fields: vec!["words"] });
    assert_eq!(row(&here, id).ticket.words, "三楼漏水", "the first stands");
    let seen = Some(row(&here, id).version);
    act(&mut here, id, edit(seen, words("四楼漏水"))).expect("after a second look");
}

#[test]
fn different_fields_at_two_desks_both_pass() {
    let (mut here, _folder) = town::copy();
    let mut there = again(&path_of(&here));
    let id = take(&mut here, "漏水");
    let seen = Some(row(&here, id).version);
    act(&mut there, id, edit(seen, words("三楼漏水"))).expect("one");
    act(&mut here, id, edit(seen, Edit { reporter_name: Some("王婶".to_owned()), ..Edit::default() })).expect("other");
    act(&mut there, id, edit(seen, words("三楼漏水"))).expect("the same value again is no conflict");
    let ticket = row(&here, id).ticket;
    assert_eq!((ticket.words.as_str(), ticket.reporter_name.as_str()), ("三楼漏水", "王婶"));
}

#[test]
fn a_move_on_a_ticket_moved_elsewhere_is_a_conflict_not_a_riddle() {
    let (mut here, _folder) = town::copy();
    let mut there = again(&path_of(&here));
    let people = staff(here.path());
    let id = take(&mut here, "漏水");
    let seen = Some(row(&here, id).version);
    act(&mut there, id, step(seen, Step::assign(people[0]))).expect("the first");
    let refusal = refused(act(&mut here, id, step(seen, Step::assign(people[1]))));
    let Refusal::Overtaken(theirs) = refusal else { panic!("{refusal:?}") };
    assert_eq!((theirs.kind, theirs.staff, theirs.to.is_some()), (EventKind::Assigned, Some(people[0]), true));
    // The status table would refuse this now: the reason is what the other desk did.
    let answered = Step { why: "已答".to_owned(), ..Step::to(Status::Answered) };
    let refusal = refused(act(&mut here, id, step(seen, answered)));
    let Refusal::Overtaken(theirs) = refusal else { panic!("{refusal:?}") };
    assert_eq!((theirs.kind, theirs.version), (EventKind::Assigned, row(&here, id).version));
    assert_eq!(row(&here, id).ticket.assignee, Some(people[0]));
}

#[test]
fn notes_chases_and_joining_need_no_version() {
    let (mut here, _folder) = town::copy();
    let mut there = again(&path_of(&here));
    let id = take(&mut here, "漏水");
    for desk in [&mut here, &mut there] {
        act(desk, id, Act::Note("记一笔".to_owned())).expect("a note");
        act(desk, id, Act::Chase(String::new())).expect("a chase");
        act(desk, id, Act::join("", "")).expect("one more");
    }
    let ticket = row(&here, id).ticket;
    assert_eq!((ticket.chases, ticket.also_affected), (2, 2));
}

#[test]
fn another_desks_change_is_seen_by_its_number_and_its_events() {
    let (here, _folder) = town::copy();
    let mut there = again(&path_of(&here));
    let (version, seq) = (here.data_version().expect("a number"), here.changes_since(i64::MAX).expect("changes").seq);
    assert_eq!(here.data_version().expect("a number"), version, "nothing happened yet");
    let id = take(&mut there, "漏水");
    let note = act(&mut there, id, Act::Note("记一笔".to_owned())).expect("a note");
    assert_ne!(here.data_version().expect("a number"), version);
    let changes = here.changes_since(seq).expect("changes");
    assert_eq!(changes.touched, [(township_desk::domain::base::event::Entity::Ticket, id.0)]);
    let by: Vec<_> = changes.by.iter().map(|(command, _)| *command).collect();
    assert!(by.len() == 2 && by[0] != by[1] && by[1] == note.command, "who wrote it knows it by the command: {by:?}");
    assert_eq!(here.changes_since(changes.seq).expect("changes").touched, []);
}
