//! Sentences made of values, in the language of the desk: time left, where, what to tell the caller, what to tell the worker.
//! Nothing is looked up here and nothing decided.

use chrono::Datelike;

use crate::desk::Desk;
use crate::desk::ticket::act;
use crate::desk::ticket::tell::Comes;
use crate::domain::base::find::{FindKind, Record};
use crate::domain::base::id::TicketId;
use crate::domain::base::time::{Day, Time};
use crate::domain::callback::op::Whom;
use crate::domain::callback::query::{Made, Reopening};
use crate::domain::person::Phone;
use crate::domain::place::query::Household;
use crate::domain::roster::duty::{Candidate, Turn};
use crate::domain::staff::Role;
use crate::domain::ticket::category::{Category, PAID};
use crate::domain::ticket::clock::{self, Deadline, Standing, standing};
use crate::domain::ticket::priority::{Raise, steps};
use crate::domain::ticket::query::{Detail, Fact, Held, Row};
use crate::domain::ticket::{Outcome, Status, Ticket, fee};
use crate::search::matches_label;
use crate::text::labels::{self, Labelled};
use crate::text::{Lang, Text, t};

pub use crate::text::span::{long_span, span};

/// Whether a row holding these words passes a filter: every part typed is in them, in any order.
pub fn holds(words: &str, typed: &str) -> bool {
    let words = words.to_lowercase();
    typed.to_lowercase().split_whitespace().all(|part| words.contains(part))
}

/// How well a name in both languages answers to what is typed, in Chinese, pinyin or English; none when it does not.
pub fn answers_to(zh: &str, en: &str, typed: &str) -> Option<i32> {
    if typed.is_empty() { Some(0) } else { matches_label(zh, en, typed) }
}

/// A moment as people say it: `15:32` today, `周三 08:00` later this week, `下周三 08:00` within seven days, else
/// `11-24 15:32`, with its year where that might be another.
pub fn moment(time: Time, desk: &Desk) -> String {
    let zone = desk.zone();
    let days = (zone.day(time) - zone.day(desk.now)).num_days();
    match days {
        0 => zone.hm(time),
        1 => format!("{} {}", desk.say(t("明天", "tomorrow")), zone.hm(time)),
        2..=6 if this_week(time, desk) => format!("{} {}", weekday(time, desk), zone.hm(time)),
        2..=6 => format!("{}{} {}", desk.say(t("下", "next ")), weekday(time, desk), zone.hm(time)),
        _ => zone.mdhm_from(time, desk.now),
    }
}

/// Whether a day ahead lies in the week that runs now.
fn this_week(time: Time, desk: &Desk) -> bool {
    desk.zone().day(time).iso_week() == desk.zone().day(desk.now).iso_week()
}

fn weekday(time: Time, desk: &Desk) -> &'static str {
    weekday_of(desk, desk.zone().day(time))
}

/// What day of the week it is: `周三`.
pub fn weekday_of(desk: &Desk, day: Day) -> &'static str {
    const DAYS: [crate::text::Text; 7] = [
        t("周一", "Mon"),
        t("周二", "Tue"),
        t("周三", "Wed"),
        t("周四", "Thu"),
        t("周五", "Fri"),
        t("周六", "Sat"),
        t("周日", "Sun"),
    ];
    let day = day.weekday().num_days_from_monday();
    DAYS.get(day as usize).map_or("", |text| desk.say(*text))
}

/// How a ticket stands against its clock, in few cells: `超35分`, `剩8分`, `热线剩8分` by the 12345 order's own
/// deadline, `18:00约`, `周三复查`, of what an outside body has `周三问`, `该问`.
pub fn due(ticket: &Ticket, desk: &Desk) -> String {
    let zone = desk.zone();
    if let Some(at) = ticket.appointment_at
        && (clock::appointment_due(ticket, desk.now).is_some()
            || (at > desk.now && ticket.status.clock_runs() && zone.day(at) == zone.day(desk.now)))
    {
        return t("{at}约", "appt {at}").with(desk.lang, &[("at", &zone.hm(at))]);
    }
    let standing = standing(ticket, desk.now);
    match clock::ask_at(ticket) {
        Some(at) if at <= desk.now => return desk.say(t("该问", "ask now")).to_owned(),
        // What comes first is said: the body is asked, or the time is over.
        Some(at) if clock::running_due(ticket).is_some_and(|due| at < due) && !standing.soon() => {
            return t("{day}问", "ask {day}").with(desk.lang, &[("day", &day_ahead(at, desk))]);
        }
        _ => {}
    }
    match standing {
        Standing::Late { minutes, .. } => {
            let words = if of_outer(ticket) {
                t("热线超{span}", "12345 {span} over")
            } else {
                t("超{span}", "{span} over")
            };
            words.with(desk.lang, &[("span", &span(minutes, desk.lang))])
        }
        Standing::Left { minutes, .. } => {
            let words =
                if of_outer(ticket) { t("热线剩{span}", "12345 in {span}") } else { t("剩{span}", "{span} left") };
            words.with(desk.lang, &[("span", &span(minutes, desk.lang))])
        }
        Standing::Resting(Some(at)) if at <= desk.now => desk.say(t("该复查", "see now")).to_owned(),
        Standing::Resting(Some(at)) => t("{day}复查", "see {day}").with(desk.lang, &[("day", &day_ahead(at, desk))]),
        Standing::Resting(None) | Standing::Still => "--".to_owned(),
    }
}

/// A time ahead in few cells: `15:00` today, `周三` this week, else `12-02`.
fn day_ahead(at: Time, desk: &Desk) -> String {
    let zone = desk.zone();
    match (zone.day(at) - zone.day(desk.now)).num_days() {
        0 => zone.hm(at),
        1..=6 if this_week(at, desk) => weekday(at, desk).to_owned(),
        _ => zone.local(at).format("%m-%d").to_string(),
    }
}

/// Whether the deadline that rules is the 12345 order's own.
fn of_outer(ticket: &Ticket) -> bool {
    clock::ruling(ticket).1 == Deadline::Outer
}

/// How long somebody had a ticket: `12分到场, 到场后35分`, `手上8分`.
pub fn held(held: &Held, desk: &Desk) -> String {
    let before = long_span(held.minutes_before(desk.now), desk.lang);
    match held.minutes_after(desk.now) {
        Some(after) => t("{before}到场, 到场后{after}", "on site after {before}, then {after}")
            .with(desk.lang, &[("before", &before), ("after", &long_span(after, desk.lang))]),
        None => t("手上{before}", "held {before}").with(desk.lang, &[("before", &before)]),
    }
}

/// What an event settled.
pub fn fact(fact: Fact, desk: &Desk) -> String {
    match fact {
        Fact::ToldBy(by) => desk.say(by.label()).to_owned(),
        Fact::Appointment(Some(at)) => moment(at, desk),
        Fact::Appointment(None) => desk.say(t("取消", "called off")).to_owned(),
        Fact::AppointmentBack(was, now) => {
            let one = |words: Text, at| words.with(desk.lang, &[("at", &moment(at, desk))]);
            let gone = was.map(|at| one(t("约的 {at} 不算了", "appointment {at} taken back"), at));
            let stands = now.map(|at| one(t("约的 {at} 仍算数", "appointment {at} stands"), at));
            gone.into_iter().chain(stands).collect::<Vec<_>>().join(", ")
        }
        Fact::AskAgain(at) => t("{at}再问", "ask again {at}").with(desk.lang, &[("at", &moment(at, desk))]),
        Fact::Review(at) => t("{at}复查", "see {at}").with(desk.lang, &[("at", &moment(at, desk))]),
        Fact::Fee(Some(fen)) => t("{n} 元", "{n} yuan").with(desk.lang, &[("n", &fee::yuan(fen))]),
        Fact::Fee(None) => desk.say(t("不收费", "no fee")).to_owned(),
    }
}

/// Where: compound, place, and the caller's own words for the spot.
pub fn place(row: &Row) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in [&row.compound, &row.place, &row.ticket.place_words] {
        if !part.is_empty() {
            parts.push(part);
        }
    }
    parts.join(" ")
}

/// Where, as short as a list wants it: without the compound when it has a column of its own.
pub fn spot(row: &Row) -> &str {
    if row.place.is_empty() { &row.ticket.place_words } else { &row.place }
}

/// Where a thing found is: `康乐苑 3-2-501`.
pub fn record_place(record: &Record) -> String {
    let within = match record.kind {
        Some(FindKind::Ticket | FindKind::Staff) | None => {
            let parts = [&record.building, &record.unit, &record.room];
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
        }
        _ if record.words == record.compound => String::new(),
        _ => record.words.clone(),
    };
    format!("{} {within}", record.compound).trim().to_owned()
}

/// What a role's code is called; the words themselves when they are no code.
pub fn role(desk: &Desk, words: &str) -> String {
    Role::from_code(words).map_or(words, |role| desk.say(role.label())).to_owned()
}

/// Where a household is.
pub fn household_place(household: &Household) -> String {
    if household.place.label == household.compound {
        return household.compound.clone();
    }
    format!("{} {}", household.compound, household.place.label).trim().to_owned()
}

/// The status, with the outside body's name where it has it: `已转办(供水公司)`.
pub fn status(ticket: &Ticket, desk: &Desk) -> String {
    let label = desk.say(ticket.status.label());
    if ticket.status == Status::Referred && !ticket.outside_body.is_empty() {
        format!("{label}({})", ticket.outside_body)
    } else {
        label.to_owned()
    }
}

/// Priority as code and word: `P2 紧急`.
pub fn priority(ticket: &Ticket, desk: &Desk) -> String {
    format!("{} {}", ticket.priority.code(), desk.say(ticket.priority.label()))
}

/// Why a ticket is more urgent than its category, and what that does: `独居, 3人以上受影响: 减半两次`.
pub fn raised(desk: &Desk, detail: &Detail) -> Option<String> {
    let ticket = &detail.row.ticket;
    let reason = |raise: Raise| match raise {
        Raise::Care => labels::care(&[detail.care], desk.lang),
        other => desk.say(other.label()).to_owned(),
    };
    let reasons: Vec<String> = ticket.raised.list().map(reason).collect();
    (!reasons.is_empty()).then(|| {
        format!("{}{}", reasons.join(desk.say(t("、", ", "))), halved(desk, steps(ticket.base_priority, ticket.raised)))
    })
}

/// What so many steps do to the limits: `: 减半`.
pub fn halved(desk: &Desk, steps: u32) -> &'static str {
    desk.say(match steps {
        0 => t("", ""),
        1 => t(": 减半", ": halved"),
        _ => t(": 减半两次", ": halved twice"),
    })
}

/// Code and name of a category.
pub fn category(code: &str, desk: &Desk) -> String {
    match desk.town.category(code) {
        Some(category) => match desk.lang {
            Lang::Zh => format!("{code} {}", category.zh),
            Lang::En => format!("{code} {}", category.en),
        },
        None => code.to_owned(),
    }
}

/// Why somebody is proposed: `在岗至16:00, 管本区, 会水电, 手上 2 件`.
pub fn why_send(desk: &Desk, candidate: &Candidate) -> String {
    let at = |text: Text, time| text.with(desk.lang, &[("at", &moment(time, desk))]);
    let mut parts = vec![match (candidate.on_until, candidate.next_from) {
        (Some(until), _) if candidate.standby => at(t("备班至{at}", "standby until {at}"), until),
        (Some(until), _) => at(t("在岗至{at}", "on until {at}"), until),
        (None, Some(from)) => at(t("下一班 {at}", "next shift {at}"), from),
        (None, None) => desk.say(t("没排班", "no shift planned")).to_owned(),
    }];
    parts.push(
        desk.say(if candidate.serves { t("管本区", "serves here") } else { t("不管本区", "serves elsewhere") })
            .to_owned(),
    );
    match &candidate.skill {
        Some(skill) => parts.push(t("会{skill}", "skilled: {skill}").with(desk.lang, &[("skill", skill)])),
        None if candidate.fits => parts.push(desk.say(t("对口", "right trade")).to_owned()),
        None => {}
    }
    parts.push(t("手上 {n} 件", "{n} open").with(desk.lang, &[("n", &candidate.jobs)]));
    parts.join(desk.say(t(", ", ", ")))
}

/// A call made, in one line: `11-23 18:05 李敏: 没人接`.
pub fn call(desk: &Desk, call: &Made) -> String {
    let what = match (call.solved, call.verdict) {
        (Some(true), verdict) => {
            let late = call.in_time == Some(false);
            let parts = [
                Some(Outcome::Solved.label()),
                late.then_some(t("不及时", "not in time")),
                verdict.map(Labelled::label),
            ];
            parts.into_iter().flatten().map(|part| desk.say(part)).collect::<Vec<_>>().join(desk.say(t(", ", ", ")))
        }
        (Some(false), _) => desk.say(Outcome::Unsolved.label()).to_owned(),
        (None, _) => desk.say(t("没人接", "nobody answered")).to_owned(),
    };
    let whom = match call.whom {
        Whom::Reporter => String::new(),
        other => format!(" ({})", desk.say(other.label())),
    };
    format!("{} {}{whom}: {what}", desk.zone().mdhm(call.at), call.by)
}

/// How a ticket that is to be done over was done: what, by whom, when, who asked about it last, and whether the manager
/// must have it now.
pub fn how_it_was_done(desk: &Desk, reopening: &Reopening) -> Vec<String> {
    let at = |time: Option<Time>| time.map_or_else(|| "--".to_owned(), |time| desk.zone().mdhm(time));
    let name = reopening.handler.as_ref().map_or("--", |name| name.reveal());
    let mut facts = vec![
        t(
            "上次 {name}: {onsite} 到场, {done} 修好「{result}」",
            "Last time {name}: on site {onsite}, done {done} \"{result}\"",
        )
        .with(
            desk.lang,
            &[
                ("name", &name),
                ("onsite", &at(reopening.contacted_at)),
                ("done", &at(reopening.resolved_at)),
                ("result", &reopening.result.replace('\n', " ")),
            ],
        ),
    ];
    facts.extend(
        reopening
            .called
            .as_ref()
            .map(|made| t("回访 {call}", "Rung back {call}").with(desk.lang, &[("call", &call(desk, made))])),
    );
    if reopening.needs_manager {
        let words = t("已经重办过: 这次由经理来定", "Done over before: now it is the manager's");
        facts.push(desk.say(words).to_owned());
    }
    facts
}

/// What stands over the candidates when nobody of the right trade is on shift: whom to ask, in which order.
pub fn nobody_on_shift(desk: &Desk, candidates: &[Candidate]) -> Option<String> {
    // Where no shifts are kept at all, there is nothing to say about them.
    let rostered = |one: &Candidate| one.on_until.is_some() || one.next_from.is_some();
    if !candidates.iter().any(rostered) || candidates.iter().any(|one| one.turn() == Turn::OnShift) {
        return None;
    }
    let mut order: Vec<&str> = Vec::new();
    for candidate in candidates {
        let turn = desk.say(candidate.turn().label());
        if candidate.turn() != Turn::Other && order.last() != Some(&turn) {
            order.push(turn);
        }
    }
    let nobody = desk.say(t("没有对口的人在岗", "Nobody of the right trade is on shift"));
    if order.is_empty() {
        return Some(nobody.to_owned());
    }
    let order = order.join(desk.say(t(", 再", ", then ")));
    Some(nobody.to_owned() + &t("; 先找{order}", "; first {order}").with(desk.lang, &[("order", &order)]))
}

/// What to tell the caller of a ticket just taken.
pub fn to_tell(desk: &Desk, detail: &Detail, comes: Option<&Comes>) -> String {
    let number = detail.row.ticket.number.short();
    let due = clock::contact_by(&detail.row.ticket);
    let by = moment(due, desk);
    let phone = desk.town.township.as_ref().map_or("", |township| township.desk_phone.as_str());
    let first = match comes {
        Some(comes) => {
            let promise = comes.promise(desk, &detail.row.ticket, due);
            t("单号 {number}, {promise}", "Number {number}; {promise}")
                .with(desk.lang, &[("number", &number), ("promise", &promise)])
        }
        None => t("单号 {number}, {by}前给您回话", "Number {number}; you hear from us by {by}")
            .with(desk.lang, &[("number", &number), ("by", &by)]),
    };
    let paid = if detail.row.ticket.category == PAID {
        desk.say(t("; 户内的活收费, 先报价再动手", "; work inside the home is paid for, the price is named first"))
    } else {
        ""
    };
    let first = first + paid;
    if phone.is_empty() {
        return first;
    }
    first + &t("; 没到打 {phone}", "; if not, ring {phone}").with(desk.lang, &[("phone", &phone)])
}

/// One message for the workers' group: number, place, words, whom to ring, due clock time.
pub fn to_worker(desk: &Desk, detail: &Detail) -> String {
    let ticket = &detail.row.ticket;
    let mut lines = vec![
        format!("{} {}", ticket.number.short(), place(&detail.row)),
        format!("{} ({})", ticket.words, category(&ticket.category, desk)),
    ];
    let name = detail.reporter.as_ref().map(|name| name.reveal()).unwrap_or_default();
    let phone = detail.phone.as_ref().map(Phone::spoken).unwrap_or_default();
    if !name.is_empty() || !phone.is_empty() {
        lines.push(
            t("联系: {name} {phone}", "Ring: {name} {phone}").with(desk.lang, &[("name", &name), ("phone", &phone)]),
        );
    }
    if let Some(at) = ticket.appointment_at.filter(|at| *at > desk.now) {
        lines.push(t("约 {at}", "Appointment {at}").with(desk.lang, &[("at", &moment(at, desk))]));
    }
    // A time that has passed, or that was kept, is nobody's order.
    let (contact, solved) = (clock::contact_by(ticket), clock::solved_by(ticket));
    let on_site = ticket.contacted_at.is_none() && contact > desk.now;
    let due = if on_site {
        t("{respond}前到, {resolve}前办好", "On site by {respond}, done by {resolve}")
    } else {
        t("{resolve}前办好", "Done by {resolve}")
    };
    lines.push(due.with(desk.lang, &[("respond", &moment(contact, desk)), ("resolve", &moment(solved, desk))]));
    lines.join("\n")
}

/// In a category of danger: what the caller is told first.
pub fn script(desk: &Desk, category: Option<&Category>) -> Option<String> {
    let (zh, en) = category?.script.as_ref()?;
    let words = if desk.lang == Lang::Zh { zh } else { en };
    Some(format!("!! {}: {words}", desk.say(t("先对来电人说", "First tell the caller"))))
}

/// When the caller was told them.
pub fn told_script(desk: &Desk, at: Time) -> String {
    t("{at} 已告知危险提示", "danger words told {at}").with(desk.lang, &[("at", &moment(at, desk))])
}

/// The notice when an intake is parked.
pub fn parked(desk: &Desk) -> String {
    desk.say(t("已暂存, F9 取回", "Parked; F9 takes it up again")).to_owned()
}

/// A title that names the ticket meant, or says how many.
pub fn about(desk: &Desk, title: &str, tickets: &[TicketId]) -> String {
    match tickets {
        [] => title.to_owned(),
        [id] => match act::row(desk, *id) {
            Some(row) => format!("{}  {title}", row.ticket.number.short()),
            None => title.to_owned(),
        },
        many => {
            t("{title}  ({n} 张)", "{title}  ({n} tickets)").with(desk.lang, &[("title", &title), ("n", &many.len())])
        }
    }
}

/// Splits `王婶 138 0000 5678` into name and phone.
pub fn name_and_phone(text: &str) -> (String, String) {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    match text.find(digit) {
        Some(at) => (text[..at].trim().to_owned(), text[at..].trim().to_owned()),
        None => (text.trim().to_owned(), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_before_phone() {
        assert_eq!(name_and_phone("王婶 138 0000 5678"), ("王婶".to_owned(), "138 0000 5678".to_owned()));
        assert_eq!(name_and_phone("138"), (String::new(), "138".to_owned()));
        assert_eq!(name_and_phone(" 王婶 "), ("王婶".to_owned(), String::new()));
    }
}
