//! What the form makes of what is typed: candidates for the place, the household in hand, the category, who would be sent.
//! Nothing typed is ever lost by it: a place that is not found stays as words.

use crate::desk::find::order_as_typed;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::Enabled;
use crate::desk::frame::notice::Level;
use crate::desk::frame::say;
use crate::desk::intake::side::{self, ALIKE, ENDED};
use crate::desk::intake::{Entry, Intake, Mode, keep, shown, top};
use crate::desk::{Desk, Effect};
use crate::domain::base::clean::half_width;
use crate::domain::base::find::{FindKind, Hit, Record, Why};
use crate::domain::base::id::{PersonId, PlaceId};
use crate::domain::base::time::Time;
use crate::domain::person::Flags;
use crate::domain::place::query::{PlaceAnswer, PlaceQuery};
use crate::domain::query::{Answer, Query};
use crate::domain::roster::duty::Candidate;
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::ticket::category::{Category, Danger, TO_SORT, danger_in, suggest_despite, words_of_danger};
use crate::text::t;

/// The household in hand.
pub(in crate::desk) const HOUSEHOLD: Slot = Slot::new("household", |desk, answer| {
    if let Answer::Place(PlaceAnswer::Household(household)) = answer {
        crate::desk::intake::set_household(desk, household);
    }
});
/// Who would be sent.
pub(in crate::desk) const SUGGEST: Slot = Slot::new("suggest", |desk, answer| {
    if let Answer::Roster(RosterAnswer::Suggest(candidates)) = answer {
        suggested(desk, candidates);
    }
});
/// Hits for the place box.
pub(in crate::desk) const PLACES: Slot = Slot::finding("places", found);

/// Candidates under the place box at most.
const CANDIDATES_AT_MOST: usize = 5;
/// Hits asked for: more than are shown, so that a home's people are among them.
const HITS_AT_MOST: usize = 20;
/// Digits that make a phone of what matches nobody.
const PHONE_DIGITS: usize = 7;
/// What the place box finds.
const KINDS: &[FindKind] = &[FindKind::Resident, FindKind::Home, FindKind::Place, FindKind::Alias];

/// The place text changed: what was picked by it is picked no more.
pub(in crate::desk) fn look(desk: &mut Desk) {
    let Some(intake) = top(desk) else { return };
    (intake.place, intake.person, intake.sure, intake.pick_when_found) = (None, None, false, false);
    let text = intake.field(Entry::Place).trimmed().to_owned();
    if text.is_empty() {
        intake.hits.clear();
        intake.pick.set(Vec::new());
        desk.asks.forget(PLACES);
        return;
    }
    let n = desk.asks.asked(PLACES, None);
    desk.emit(Effect::Find { slot: PLACES, n, text, kinds: KINDS, limit: HITS_AT_MOST });
}

/// The candidates have come. The best is under the cursor; what only nearly matches never is, so that Enter keeps the words as
/// typed where there is nothing better, and an arrow goes to it.
pub fn found(desk: &mut Desk, mut hits: Vec<Hit>) {
    let Some(intake) = top(desk) else { return };
    let equals = order_as_typed(&mut hits, intake.field(Entry::Place).text());
    people_first(&mut hits);
    hits.truncate(CANDIDATES_AT_MOST);
    let best = hits.iter().position(|hit| !hit.why.contains(&Why::Fuzzy));
    let answers = best.is_some();
    intake.sure = best.is_none_or(|best| best > 0 || equals == 1);
    if !answers && side::spoken(intake.field(Entry::Place).trimmed()) {
        intake.spoken = Some(intake.field(Entry::Place).trimmed().to_owned());
    }
    intake.pick.set((0..=hits.len()).collect());
    intake.pick.see(CANDIDATES_AT_MOST + 1);
    intake.pick.select_row(best.unwrap_or(hits.len()));
    intake.hits = hits;
    if std::mem::take(&mut intake.pick_when_found) && intake.sure {
        let gone = take_picked(intake);
        say_who_went(desk, gone);
        keep(desk);
    }
    follow(desk);
}

/// Who lives in a home comes before the bare home: the caller is one of them more often than not. Homes stay in order.
fn people_first(hits: &mut [Hit]) {
    let mut order: Vec<i64> = Vec::new();
    for place in hits.iter().map(|hit| hit.record.place) {
        if !order.contains(&place) {
            order.push(place);
        }
    }
    hits.sort_by_key(|hit| {
        let home = order.iter().position(|place| *place == hit.record.place);
        (home, hit.record.kind != Some(FindKind::Resident))
    });
}

/// The box with the caret is left: what is picked in it is taken. A place among several equally good is taken only when it
/// is `chosen` (Enter, or the cursor was moved): one of a hundred homes 501 is not a guess to be made in passing.
pub(in crate::desk) fn take(desk: &mut Desk, chosen: bool) {
    let waiting = desk.asks.waiting(PLACES);
    let categories = desk.town.township.as_ref().map(|township| township.categories.clone()).unwrap_or_default();
    let lang = desk.lang;
    let Some(intake) = top(desk) else { return };
    match intake.entry {
        Entry::Place if intake.picks_place() => {
            if waiting {
                intake.pick_when_found = true;
            } else if chosen || intake.sure {
                let gone = take_picked(intake);
                say_who_went(desk, gone);
            }
        }
        Entry::Category if !intake.field(Entry::Category).is_blank() => {
            let picked = intake.category_pick.selected().or_else(|| {
                let found = category_of(intake, &categories)?;
                categories.iter().position(|category| category.code == found.code)
            });
            if let Some(category) = picked.and_then(|i| categories.get(i)) {
                let name = if lang == crate::text::Lang::Zh { &category.zh } else { &category.en };
                intake.field_mut(Entry::Category).propose(&format!("{} {name}", category.code));
                intake.category_pick.set(Vec::new());
            }
        }
        _ => {}
    }
    follow(desk);
}

/// Takes the candidate under the cursor; digits that match nobody become the caller's phone. Says whether who came with the
/// former place went with it.
fn take_picked(intake: &mut Intake) -> bool {
    match intake.pick.selected().and_then(|row| intake.hits.get(row)).map(|hit| hit.record.clone()) {
        Some(record) => {
            let named = intake.pick.selected().and_then(|row| intake.hits.get(row)).is_some_and(names_somebody);
            let gone = take_record(intake, &record);
            if intake.person == Some(PersonId(record.id)) && record.kind == Some(FindKind::Resident) && !named {
                intake.came_with = Some(home_of(&record));
            }
            gone
        }
        None => {
            let gone = intake.came_with.is_some() && let_go(intake);
            let text = half_width(intake.field(Entry::Place).trimmed());
            let digits = text.chars().filter(char::is_ascii_digit).count();
            let phone = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+'));
            if intake.hits.is_empty() && phone && digits >= PHONE_DIGITS && intake.field(Entry::Phone).is_blank() {
                intake.field_mut(Entry::Phone).set(&text);
                intake.field_mut(Entry::Place).set("");
                intake.pick.set(Vec::new());
            }
            gone
        }
    }
}

/// Takes a place or a resident found: the box shows where, name and phone are filled in where nothing was typed.
/// Says whether who came with the former place went with it.
pub(in crate::desk) fn take_record(intake: &mut Intake, record: &Record) -> bool {
    intake.place = Some(PlaceId(record.place)).filter(|place| place.0 != 0);
    let resident = record.kind == Some(FindKind::Resident);
    intake.person = resident.then_some(PersonId(record.id));
    let gone = match intake.came_with.take() {
        Some(home) if !resident && home.lies_in(record) => {
            intake.person = Some(home.person);
            intake.came_with = Some(home);
            false
        }
        Some(_) => !resident && let_go(intake),
        None => false,
    };
    intake.field_mut(Entry::Place).propose(&say::record_place(record));
    intake.pick.set(Vec::new());
    if resident {
        let name = record.name.as_ref().map(|name| name.reveal().to_owned()).unwrap_or_default();
        let phone = record.phones.first().map(crate::domain::person::Phone::spoken).unwrap_or_default();
        fill(intake, name, phone);
    }
    gone
}

/// Whether it was a person that was typed, by name, by what he is called or by phone, and not only where he lives.
fn names_somebody(hit: &Hit) -> bool {
    hit.why.iter().any(|why| !matches!(why, Why::Room | Why::Compound))
}

/// Where a resident lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Home {
    person: PersonId,
    place: PlaceId,
    compound: String,
    building: String,
    unit: String,
}

fn home_of(record: &Record) -> Home {
    Home {
        person: PersonId(record.id),
        place: PlaceId(record.place),
        compound: record.compound.clone(),
        building: record.building.clone(),
        unit: record.unit.clone(),
    }
}

impl Home {
    /// Whether the place is a part of the house around it: its unit, its building, its compound or what belongs to all there.
    fn lies_in(&self, place: &Record) -> bool {
        let same = |mine: &str, its: &str| its.is_empty() || mine == its;
        let around = place.room.is_empty() && place.compound == self.compound;
        let around = around && same(&self.building, &place.building) && same(&self.unit, &place.unit);
        around || place.place == self.place.0
    }
}

/// The place is another: name and phone that came with the former one go with it. What was typed stays. Says whether
/// anything went.
fn let_go(intake: &mut Intake) -> bool {
    intake.came_with = None;
    let filled = std::mem::take(&mut intake.filled);
    let mut gone = false;
    for (entry, filled) in [(Entry::Name, filled.0), (Entry::Phone, filled.1)] {
        if !filled.is_empty() && intake.field(entry).trimmed() == filled {
            intake.field_mut(entry).set("");
            gone = true;
        }
    }
    gone
}

/// Name and phone are cleared before the clerk's eyes, and it is said why.
fn say_who_went(desk: &mut Desk, gone: bool) {
    if gone {
        let words = t(
            "换了地方: 原来那户的姓名电话已清空; 就是他来电的话, 再写上",
            "Another place: name and phone of the former household are cleared; if he did ring, write them again",
        );
        desk.notice(Level::Info, desk.say(words));
    }
}

/// The home of who reported a ticket that is being corrected has come: he goes with it when the place becomes another.
pub(in crate::desk) fn lives_there(intake: &mut Intake) {
    let Mode::Correct(before) = &intake.mode else { return };
    let Some(household) = &intake.household else { return };
    let (place, reporter) = (before.row.ticket.place, before.row.ticket.reporter);
    let same = intake.place == place && intake.person == reporter && place == Some(household.place.id);
    let Some(person) = reporter.filter(|id| same && household.members.iter().any(|member| member.id == *id)) else {
        return;
    };
    let building = household.place.building.and_then(|_| household.place.label.split('-').next()).unwrap_or_default();
    intake.came_with = Some(Home {
        person,
        place: household.place.id,
        compound: household.compound.clone(),
        building: building.to_owned(),
        unit: household.place.unit.clone().unwrap_or_default(),
    });
}

/// Fills in name and phone unless something else was typed there.
pub(in crate::desk) fn fill(intake: &mut Intake, name: String, phone: String) {
    let filled = intake.filled.clone();
    for (entry, before, now) in [(Entry::Name, &filled.0, &name), (Entry::Phone, &filled.1, &phone)] {
        let typed = intake.field(entry).trimmed();
        if typed.is_empty() || typed == before {
            intake.field_mut(entry).propose(now);
        }
    }
    intake.filled = (name, phone);
}

/// A form comes up: what was asked for another one is asked no more.
pub(in crate::desk) fn begin(desk: &mut Desk) {
    for slot in [HOUSEHOLD, SUGGEST, PLACES, ALIKE, ENDED] {
        desk.asks.forget(slot);
    }
    follow(desk);
}

/// The household and who would be sent follow what is picked or under the cursor, and the category.
pub(in crate::desk) fn follow(desk: &mut Desk) {
    let Some(intake) = shown(desk) else { return };
    let under_cursor = || intake.hits.get(intake.pick.selected()?).map(|hit| PlaceId(hit.record.place));
    let place = intake.place.or_else(|| under_cursor().filter(|_| intake.picks_place())).filter(|place| place.0 != 0);
    let asked = match desk.asks.query(HOUSEHOLD) {
        Some(Query::Place(PlaceQuery::Household { place, .. })) => Some(*place),
        _ => None,
    };
    if place != asked {
        let now = desk.now;
        match place {
            Some(place) => desk.ask(HOUSEHOLD, Query::Place(PlaceQuery::Household { place, now })),
            None => {
                desk.asks.forget(HOUSEHOLD);
                if let Some(intake) = top(desk) {
                    intake.household = None;
                }
            }
        }
    }
    follow_category(desk);
    side::follow(desk, place);
}

pub(in crate::desk) fn follow_category(desk: &mut Desk) {
    let Some(intake) = shown(desk) else { return };
    let Some(category) = category_of(intake, desk.town.categories()).map(|category| category.code.clone()) else {
        return;
    };
    let compound = intake.household.as_ref().and_then(|household| household.place.compound);
    let same = matches!(desk.asks.query(SUGGEST),
        Some(Query::Roster(RosterQuery::Suggest { category: asked, compound: at, .. })) if *asked == category && *at == compound);
    if !same {
        let at = desk.now;
        desk.ask(SUGGEST, Query::Roster(RosterQuery::Suggest { category, compound, at }));
    }
}

/// The category whose words for danger are on the screen, and when the caller was told them, if he was.
pub fn script_of<'a>(intake: &Intake, categories: &'a [Category]) -> Option<(&'a Category, Option<Time>)> {
    let category = category_of(intake, categories).filter(|category| category.script.is_some())?;
    let told = intake.warned.as_ref().filter(|(code, _)| *code == category.code).map(|(_, at)| *at);
    Some((category, told))
}

/// The clerk has said the words for danger: that they were on the screen is not enough.
pub(in crate::desk) fn note_told(desk: &mut Desk) {
    let Some(intake) = shown(desk) else { return };
    let code = script_of(intake, desk.town.categories()).map(|(category, _)| category.code.clone());
    let now = desk.now;
    if let (Some(code), Some(intake)) = (code, top(desk)) {
        intake.warned = Some((code, now));
    }
    keep(desk);
}

pub(in crate::desk) fn may_note_told(desk: &Desk) -> Enabled {
    match shown(desk).filter(|intake| intake.is_new()).map(|intake| script_of(intake, desk.town.categories())) {
        Some(Some((_, None))) => Ok(()),
        Some(Some((_, Some(_)))) => Err(t("已经记下了", "That is noted already")),
        Some(None) => Err(t("这个分类没有危险提示", "This category has no words for danger")),
        None => Err(t(
            "在登记新的一件时才记; 已有的工单用命令「已告知危险提示」",
            "Only while a new report is taken; for a ticket use the command: danger words told",
        )),
    }
}

/// Who would be sent has come.
pub fn suggested(desk: &mut Desk, candidates: Vec<Candidate>) {
    if let Some(intake) = top(desk) {
        intake.candidates = candidates;
    }
}

/// The category text changed.
pub(in crate::desk) fn look_for_category(desk: &mut Desk) {
    let typed = shown(desk).map(|intake| intake.field(Entry::Category).trimmed().to_owned()).unwrap_or_default();
    let rows = matching(&typed, desk.town.categories());
    if let Some(intake) = top(desk) {
        intake.category_pick.set(rows);
        intake.category_pick.see(5);
        intake.category_pick.select_row(0);
    }
}

/// The categories (by index) that answer to a code, a name in Chinese or English, or pinyin.
pub fn matching(typed: &str, categories: &[Category]) -> Vec<usize> {
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(i32, usize)> = categories
        .iter()
        .enumerate()
        .filter_map(|(i, category)| {
            let by_code = category.code.starts_with(typed).then_some(i32::MAX);
            by_code.or_else(|| say::answers_to(&category.zh, &category.en, typed)).map(|score| (-score, i))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, i)| i).take(20).collect()
}

/// The category of the form: the one typed or picked, else the one the words suggest.
pub fn category_of<'a>(intake: &Intake, categories: &'a [Category]) -> Option<&'a Category> {
    let typed = intake.field(Entry::Category).trimmed();
    if typed.is_empty() {
        return suggest_despite(&heard(intake), categories, &intake.denied);
    }
    let code = typed.split_whitespace().next().unwrap_or_default();
    categories
        .iter()
        .find(|category| category.code == code)
        .or_else(|| matching(typed, categories).first().and_then(|&i| categories.get(i)))
}

/// What is listened to. Words of danger count wherever they are typed first, also in the box for a phone.
fn heard(intake: &Intake) -> String {
    let place = if intake.place.is_none() { intake.field(Entry::Place).text() } else { "" };
    let phone = intake.field(Entry::Phone).text();
    let phone = if phone.chars().any(char::is_alphabetic) { phone } else { "" };
    format!("{} {place} {phone}", intake.field(Entry::Words).text())
}

/// The danger the words tell of and nobody denied; none where the category was typed.
pub fn danger_of<'a>(intake: &Intake, categories: &'a [Category]) -> Option<Danger<'a>> {
    let sorted = !intake.field(Entry::Category).is_blank();
    if sorted { None } else { danger_in(&heard(intake), categories, &intake.denied) }
}

/// Words heard as danger and denied, as far as they still stand there; none where the category was typed.
pub fn denied(intake: &Intake, categories: &[Category]) -> Vec<String> {
    if intake.denied.is_empty() || !intake.field(Entry::Category).is_blank() {
        return Vec::new();
    }
    let heard = words_of_danger(&heard(intake), categories);
    heard.into_iter().filter(|word| intake.denied.contains(word)).collect()
}

/// Says that all that is heard is no danger; where that was said, that it is after all.
pub(in crate::desk) fn deny(desk: &mut Desk) {
    let Some(intake) = shown(desk) else { return };
    let categories = desk.town.categories();
    let denied = match danger_of(intake, categories) {
        Some(_) => words_of_danger(&heard(intake), categories),
        None => Vec::new(),
    };
    if let Some(intake) = top(desk) {
        intake.denied = denied;
    }
    follow(desk);
    keep(desk);
}

pub(in crate::desk) fn may_deny(desk: &Desk) -> Enabled {
    let categories = desk.town.categories();
    let heard = |intake: &Intake| danger_of(intake, categories).is_some() || !denied(intake, categories).is_empty();
    match shown(desk).filter(|intake| intake.is_new()).map(heard) {
        Some(true) => Ok(()),
        Some(false) => Err(t("没有听出危险", "Nothing was heard as danger")),
        None => Err(t(
            "在登记新的一件时才用; 已有的工单请更正分类",
            "Only while a new report is taken; correct the category of a ticket",
        )),
    }
}

/// Whether somebody of the household in hand has a care flag, and the flags.
pub fn care(intake: &Intake) -> (bool, Vec<Flags>) {
    let members = intake.household.iter().flat_map(|household| &household.members);
    let flags: Vec<Flags> = members.map(|member| member.person.care).filter(|care| *care != Flags::default()).collect();
    (!flags.is_empty(), flags)
}

/// The category as the form shows it, [`TO_SORT`] when nothing points to one.
pub fn proposed_category<'a>(intake: &Intake, categories: &'a [Category]) -> Option<&'a Category> {
    category_of(intake, categories).or_else(|| categories.iter().find(|category| category.code == TO_SORT))
}
