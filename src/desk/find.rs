//! The find box: residents, homes, tickets, staff and aliases in one field, each hit with why it matched.
//! Matching and ranking are not here; they come as hits.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::notice::Level;
use crate::desk::frame::{say, start};
use crate::desk::place::card;
use crate::desk::{Desk, Effect, ticket};
use crate::domain::base::clean::half_width;
use crate::domain::base::find::{FindKind, Hit, Record};
use crate::domain::base::id::{PersonId, PlaceId, TicketId};
use crate::domain::person::Phone;
use crate::text::t;

/// Hits of the find box.
pub const FIND: Slot = Slot::finding("find", found);

/// Hits asked for at most.
const HITS_AT_MOST: usize = 50;

/// Rows of the box above the hits: the field, a row for the candidates of an input method.
pub const ROWS_ABOVE: u16 = 2;

/// State of the layer.
#[derive(Debug, Default)]
pub struct Find {
    /// What is typed.
    pub field: Field,
    /// Rows of the hits.
    pub list: List<usize>,
    /// The hits, the best first.
    pub hits: Vec<Hit>,
    /// It was opened by Han text committed in a list: the input method is on.
    pub by_input_method: bool,
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "find.open",
        &["/", "f3"],
        Scope::ANYWHERE,
        t("查找", "find"),
        t(
            "查居民、房屋、工单、员工、别名; 汉字、拼音、首字母、电话、房号都行",
            "Find residents, homes, tickets, staff, aliases by Chinese, pinyin, initials, phone or room",
        ),
        open,
    )
    .when(start::ready)
    .footer(),
    Command::new(
        "find.choose",
        &["enter"],
        Find::SCOPE,
        t("打开", "open"),
        t("打开选中的这个", "Open the selected one"),
        choose,
    )
    .when(has_hit)
    .footer(),
];

impl Find {
    /// The hit under the cursor.
    pub fn selected(&self) -> Option<&Record> {
        self.hits.get(self.list.selected()?).map(|hit| &hit.record)
    }
}

impl Layer for Find {
    const SCOPE: Scope = Scope::new("find", t("查找与住户", "Find and households"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[FIND];
    const TYPES: bool = true;

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h.saturating_sub(ROWS_ABOVE))
    }

    /// A key for the field.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(find) = desk.top_mut::<Find>() else { return false };
        match find.field.key(key) {
            Took::Nothing => return false,
            Took::Moved => {}
            Took::Changed => look(desk),
        }
        true
    }

    /// Text in one piece.
    fn paste(desk: &mut Desk, text: &str) -> bool {
        if let Some(find) = desk.top_mut::<Find>() {
            find.field.insert(text);
            look(desk);
        }
        true
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h.min(20))
}

/// Opens it holding text that was committed where no field had the focus.
pub fn open_with(desk: &mut Desk, text: &str) {
    if start::ready(desk).is_err() {
        return;
    }
    desk.close_all::<Find>();
    let by_input_method = !text.is_ascii();
    desk.open(Find { by_input_method, ..Find::default() });
    Find::paste(desk, text);
}

/// Among hits equally good, those whose numbers stand in the order typed come first: `3 2 501` means 3-2-501 sooner than
/// 2-3-501. Gives how many different places are still equally good then.
pub fn order_as_typed(hits: &mut [Hit], text: &str) -> usize {
    let text = half_width(text);
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let typed = numbers.join("-");
    let key = |hit: &Hit| (Reverse(hit.score), typed.is_empty() || !hit.record.words.ends_with(&typed));
    hits.sort_by_key(key);
    let best = hits.first().map(key);
    let equals = hits.iter().filter(|hit| Some(key(hit)) == best).map(|hit| hit.record.place);
    equals.collect::<BTreeSet<i64>>().len()
}

/// The hits have come.
pub fn found(desk: &mut Desk, mut hits: Vec<Hit>) {
    let find = desk.layer_mut::<Find>();
    if let Some(find) = find {
        order_as_typed(&mut hits, find.field.text());
        find.list.set((0..hits.len()).collect());
        find.list.select_row(0);
        find.hits = hits;
    }
}

fn look(desk: &mut Desk) {
    let Some(find) = desk.top_mut::<Find>() else { return };
    let text = find.field.trimmed().to_owned();
    if text.is_empty() {
        find.hits.clear();
        find.list.set(Vec::new());
        desk.asks.forget(FIND);
        return;
    }
    let n = desk.asks.asked(FIND, None);
    desk.emit(Effect::Find { slot: FIND, n, text, kinds: &[], limit: HITS_AT_MOST });
}

fn open(desk: &mut Desk) {
    if desk.top::<Find>().is_some() {
        return;
    }
    // What was typed before is still there: Esc never loses it.
    let find = desk.take::<Find>().unwrap_or_default();
    desk.open(find);
}

fn choose(desk: &mut Desk) {
    let Some(find) = desk.top::<Find>() else { return };
    let Some(record) = find.selected() else { return };
    let (id, place) = (record.id, PlaceId(record.place));
    match record.kind {
        Some(FindKind::Ticket) => ticket::opened::open(desk, TicketId(id)),
        Some(FindKind::Resident) => card::open(desk, place, Some(PersonId(id))),
        Some(FindKind::Home | FindKind::Place | FindKind::Alias) => card::open(desk, place, None),
        Some(FindKind::Staff) => {
            let name = record.name.as_ref().map(|name| name.reveal()).unwrap_or_default();
            let phone = record.phones.first().map(Phone::spoken).unwrap_or_default();
            let words = format!("{name}  {}  {phone}", say::role(desk, &record.words));
            desk.notice(Level::Info, words);
        }
        None => {}
    }
}

fn has_hit(desk: &Desk) -> Enabled {
    match desk.top::<Find>() {
        Some(find) if find.selected().is_some() => Ok(()),
        _ => Err(t("还没有找到什么", "Nothing found yet")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_the_order_typed_come_first_among_equals() {
        let hit = |words: &str, score| Hit {
            record: Record { words: words.to_owned(), ..Record::default() },
            score,
            why: Vec::new(),
        };
        let mut hits = [hit("2-3-501", 90), hit("3-2-501", 90), hit("3-2-501", 95)];
        order_as_typed(&mut hits, "kly ３ 2 501");
        let order: Vec<(i32, &str)> = hits.iter().map(|hit| (hit.score, hit.record.words.as_str())).collect();
        assert_eq!(order, [(95, "3-2-501"), (90, "3-2-501"), (90, "2-3-501")]);
        assert_eq!(order_as_typed(&mut hits[1..], "501"), 1, "here all are of one place");
    }
}
