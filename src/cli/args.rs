//! What arguments mean that several commands take: a ticket's number, a compound, a member of staff, a time, a week.
//! Options that only one command has are read in its own file.

use crate::domain::base::event::Entity;
use crate::domain::base::find::{FindKind, Hit, Why};
use crate::domain::base::id::{PlaceId, StaffId, TicketId};
use crate::domain::base::time::{Day, Lean, Time, Zone, parse};
use crate::domain::place::query::{CompoundRow, PlaceAnswer, PlaceQuery};
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::roster::{week_named, week_to_open};
use crate::domain::settings::query::{SettingsAnswer, SettingsQuery, Township};
use crate::domain::ticket::Number;
use crate::domain::ticket::query::{TicketAnswer, TicketQuery};
use crate::search::Finder;
use crate::setup::context::{Context, Failure};
use crate::store::Store;
use crate::text::t;

pub(super) fn by_number(context: &Context, store: &Store, text: &str) -> Result<TicketId, Failure> {
    let number = Number::parse(text, store.zone().day(context.clock.now())).ok_or_else(|| {
        Failure::Usage(
            t("单号写成 1122-07 或 2026-1122-07", "A number is written 1122-07 or 2026-1122-07")
                .get(context.lang)
                .to_owned(),
        )
    })?;
    match store.answer(&Query::Ticket(TicketQuery::ByNumber(number))).map_err(|e| context.failed(&e))? {
        Answer::Ticket(TicketAnswer::ByNumber(Some(id))) => Ok(id),
        _ => Err(context.refused(&Refusal::NotFound { what: Entity::Ticket })),
    }
}

pub(super) fn township(context: &Context, store: &Store) -> Result<Township, Failure> {
    match store.answer(&Query::Settings(SettingsQuery::Township)).map_err(|e| context.failed(&e))? {
        Answer::Settings(SettingsAnswer::Township(township)) => Ok(*township),
        _ => Err(context.refused(&Refusal::NotFound { what: Entity::Township })),
    }
}

/// The compound of a name, its initials or pinyin.
pub(super) fn compound(context: &Context, store: &Store, name: &str) -> Result<PlaceId, Failure> {
    let answer = store
        .answer(&Query::Place(PlaceQuery::Compounds { now: context.clock.now() }))
        .map_err(|e| context.failed(&e))?;
    let Answer::Place(PlaceAnswer::Compounds(rows)) = answer else { return Err(context.refused(&not_found_place())) };
    let exact = rows.iter().find(|row| row.name == name);
    let fit = |row: &&CompoundRow| crate::search::matches_label(&row.name, "", name);
    let best = || {
        rows.iter()
            .filter_map(|row| fit(&row).map(|score| (score, row)))
            .max_by_key(|(score, _)| *score)
            .map(|(_, r)| r)
    };
    exact.or_else(best).map(|row| row.id).ok_or_else(|| context.refused(&not_found_place()))
}

const fn not_found_place() -> Refusal {
    Refusal::NotFound { what: Entity::Place }
}

/// Staff that a name may mean, at most, before it is held against what matched.
const STAFF_LOOKED_AT: usize = 50;

/// Whether it was found by what it is called or by its phone, and not nearly so, nor by its role.
fn is_meant(hit: &Hit) -> bool {
    let names = |why: &Why| matches!(why, Why::Name | Why::Called | Why::Pinyin | Why::Initials | Why::Phone);
    hit.why.iter().any(names) && !hit.why.contains(&Why::Fuzzy)
}

/// Who is meant by a name, its pinyin or a phone. What only looks near it names nobody.
pub(super) fn staff(context: &Context, store: &Store, text: &str) -> Result<StaffId, Failure> {
    let index = context.index(store)?;
    let mut hits = Finder::new().find(&index, text, &[FindKind::Staff], STAFF_LOOKED_AT, &|| false).hits;
    hits.retain(is_meant);
    let words = match &hits[..] {
        [one] => return Ok(StaffId(one.record.id)),
        [first, second, ..] if first.score > second.score => return Ok(StaffId(first.record.id)),
        [] => t(
            "没有人叫「{name}」; 请写在职员工的姓名、拼音或电话, tdesk find --kind staff 可以查",
            "Nobody is called \"{name}\"; give the name, pinyin or phone of somebody employed, as tdesk find --kind staff lists them",
        ),
        _ => t(
            "「{name}」不止一个人; 请写全名或电话",
            "\"{name}\" means more than one person; give the full name or a phone",
        ),
    };
    Err(Failure::Refused(words.with(context.lang, &[("name", &text)])))
}

pub(super) fn time(context: &Context, zone: Zone, text: &str, lean: Lean, flag: &str) -> Result<Time, Failure> {
    parse(text, context.clock.now(), zone, lean).ok_or_else(|| time_unclear(context, flag))
}

/// A time that is not understood.
pub(super) fn time_unclear(context: &Context, flag: &str) -> Failure {
    Failure::Usage(
        t(
            "{flag} 的时间看不懂; 可以写 18:00、明天 9:00、周三、11-26 14:00、+2h 或 2026-11-26T14:00:00+08:00",
            "{flag}: not a time; write 18:00, tomorrow 9:00, wed, 11-26 14:00, +2h or 2026-11-26T14:00:00+08:00",
        )
        .with(context.lang, &[("flag", &flag)]),
    )
}

/// The first day of the week named; the one that is to be planned when none is.
pub(super) fn monday(context: &Context, store: &Store, week: Option<&str>) -> Result<Day, Failure> {
    let today = store.zone().day(context.clock.now());
    match week {
        None => Ok(week_to_open(today)),
        Some(text) => week_named(text, today).ok_or_else(|| {
            let why = t("--week 要一个星期, 如 2026-W48", "--week takes a week, like 2026-W48");
            Failure::Usage(why.get(context.lang).to_owned())
        }),
    }
}
