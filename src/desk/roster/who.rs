//! Who is on duty now: role, name, phone, post, state. From any screen by one key; typing narrows it.
//! What somebody did is marked by the same questions as in pane 3.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, OTHER_BOXES, Scope};
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::{say, start};
use crate::desk::roster::pane::Person;
use crate::desk::{Desk, roster};
use crate::domain::query::{Answer, Query};
use crate::domain::roster::duty::{Duty, OnDuty};
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::text::t;

/// Who is on duty now.
const WHO: Slot = Slot::new("who", |desk, answer| {
    if let Answer::Roster(RosterAnswer::Duty(duty)) = answer {
        set(desk, duty);
    }
});

/// State of the layer.
#[derive(Debug, Default)]
pub struct Who {
    /// What is typed to narrow the list.
    pub field: Field,
    /// Rows: indexes into the people of the answer.
    pub list: List<usize>,
    /// Who is on duty; none until answered.
    pub duty: Option<Duty>,
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "duty.now",
        &["w", "f5"],
        Scope::ANYWHERE,
        t("在岗", "on duty"),
        t("现在谁在岗: 岗位, 电话, 到几点", "Who is on duty now: post, phone, until when"),
        open,
    )
    .when(start::ready)
    .footer(),
    Command::new(
        "duty.mark_here",
        &["enter"],
        Who::SCOPE,
        t("到岗情况", "who came"),
        t("记选中的人到岗, 迟到, 没来", "Mark whether the selected person came"),
        mark,
    )
    .when(has_person)
    .footer(),
];

impl Who {
    /// Text in one piece.
    fn paste_in(&mut self, text: &str) {
        self.field.insert(text);
        self.refilter();
    }

    /// The person of a row.
    pub fn person(&self, row: usize) -> Option<&OnDuty> {
        self.duty.as_ref()?.now.get(*self.list.ids().get(row)?)
    }

    fn refilter(&mut self) {
        let people = self.duty.as_ref().map_or(&[][..], |duty| &duty.now);
        let typed = self.field.trimmed();
        let mut rows: Vec<usize> = (0..people.len()).filter(|&at| roster::pane::passes(&people[at], typed)).collect();
        // Who is called so comes before who stands at a place that sounds so.
        rows.sort_by_key(|&at| say::answers_to(people[at].name.reveal(), "", typed).is_none());
        self.list.set(rows);
    }
}

impl Layer for Who {
    const SCOPE: Scope = Scope::new("who", OTHER_BOXES);
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[WHO];
    const TYPES: bool = true;

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h.saturating_sub(2))
    }

    /// A key for the field.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(who) = desk.top_mut::<Who>() else { return false };
        match who.field.key(key) {
            Took::Nothing => return false,
            Took::Moved => {}
            Took::Changed => {
                who.refilter();
                who.list.select_row(0);
            }
        }
        true
    }

    fn paste(desk: &mut Desk, text: &str) -> bool {
        if let Some(layer) = desk.top_mut::<Self>() {
            layer.paste_in(text);
        }
        true
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(92, layout.body.h)
}

/// The answer has come.
pub fn set(desk: &mut Desk, mut duty: Duty) {
    let who = desk.layer_mut::<Who>();
    if let Some(who) = who {
        duty.now.sort_by(|a, b| (a.role, &a.compound, &a.post).cmp(&(b.role, &b.compound, &b.post)));
        who.duty = Some(duty);
        who.refilter();
    }
}

fn open(desk: &mut Desk) {
    if desk.top::<Who>().is_some() {
        return;
    }
    desk.close_all::<Who>();
    desk.open(Who::default());
    let at = desk.now;
    desk.ask(WHO, Query::Roster(RosterQuery::Duty { at, compound: None }));
}

fn selected(desk: &Desk) -> Option<&OnDuty> {
    match desk.top::<Who>() {
        Some(who) => who.person(who.list.row()),
        _ => None,
    }
}

fn has_person(desk: &Desk) -> Enabled {
    selected(desk).map(|_| ()).ok_or(t("没有选中的人", "Nobody is selected"))
}

fn mark(desk: &mut Desk) {
    if let Some(person) = selected(desk).map(Person::of) {
        let chain = desk.new_chain();
        roster::pane::ask_mark(desk, person, chain);
    }
}
