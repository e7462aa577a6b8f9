//! Sentences for a caller whose trouble is known already: asked again, one more affected, opened again, an outage.
//! What is told of a new ticket is in `say`; nothing is decided here.

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::domain::base::event::EventKind;
use crate::domain::base::time::Time;
use crate::domain::outage::{Outage, Phase};
use crate::domain::staff::Role;
use crate::domain::ticket::around::OutageRow;
use crate::domain::ticket::query::Detail;
use crate::domain::ticket::{Ticket, clock};
use crate::text::labels::Labelled;
use crate::text::t;

/// Who comes to a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comes {
    /// His role, where it is known.
    pub role: Option<Role>,
    /// His name.
    pub name: String,
    /// His shift ends then.
    pub on_until: Option<Time>,
    /// He is off: his next shift begins then.
    pub on_from: Option<Time>,
    /// Role and name of who stands by until then.
    pub until_then: Option<(Role, String)>,
}

impl Comes {
    /// `维修王强`.
    pub fn called(&self, desk: &Desk) -> String {
        match self.role {
            Some(role) => called(desk, role, &self.name),
            None => self.name.clone(),
        }
    }

    /// Whether he answers from the office: nobody waits at home for him.
    fn answers(&self) -> bool {
        matches!(self.role, Some(Role::Desk | Role::Manager))
    }

    /// What he does, and by when: at the agreed time where one lies ahead; else when he is on again, or by the time promised.
    pub fn promise(&self, desk: &Desk, ticket: &Ticket, by: Time) -> String {
        let mut who = self.called(desk);
        if self.on_until.is_some_and(|until| until < by) {
            who = t("{who}或下一班的人", "{who} or the next shift").with(desk.lang, &[("who", &who)]);
        }
        if let Some(at) = ticket.appointment_at.filter(|at| *at > desk.now) {
            let words = t("约好 {at}, {who}按时到", "as agreed {who} comes at {at}");
            return words.with(desk.lang, &[("who", &who), ("at", &say::moment(at, desk))]);
        }
        if let Some(later) = self.later(desk, by) {
            return later;
        }
        let words = if self.answers() {
            t("{who} {by}前给您回话", "{who} answers you by {by}")
        } else {
            t("{who} {by}前到", "{who} comes by {by}")
        };
        words.with(desk.lang, &[("who", &who), ("by", &say::moment(by, desk))])
    }

    /// Where he is off until after the time promised: when he comes, and who stands by. No time is promised in which nobody
    /// works.
    fn later(&self, desk: &Desk, by: Time) -> Option<String> {
        let at = self.on_from.filter(|at| *at >= by)?;
        let words = if self.answers() {
            t("{who} {at}上班, 上班就给您回话", "{who} is on from {at} and answers you then")
        } else {
            t("{who} {at}上班, 上班就来", "{who} is on from {at} and comes then")
        };
        let first = words.with(desk.lang, &[("who", &self.called(desk)), ("at", &say::moment(at, desk))]);
        let until_then = match &self.until_then {
            Some((role, name)) => t("; 这之前有急事由{who}管", "; until then {who} stands by for what is urgent")
                .with(desk.lang, &[("who", &called(desk, *role, name))]),
            None => String::new(),
        };
        Some(first + &until_then)
    }
}

fn called(desk: &Desk, role: Role, name: &str) -> String {
    t("{role}{name}", "{name} ({role})").with(desk.lang, &[("role", &desk.say(role.label())), ("name", &name)])
}

/// What to tell a caller of a ticket that was there before he rang.
pub fn of_known(desk: &Desk, detail: &Detail, kind: EventKind, comes: Option<&Comes>) -> String {
    let ticket = &detail.row.ticket;
    let first = match kind {
        EventKind::Chased => t(
            "单号 {number} 还在办, 您催的第 {n} 次已记下",
            "Number {number} is in hand; this is note {n} that you asked",
        )
        .with(desk.lang, &[("number", &ticket.number.short()), ("n", &ticket.chases)]),
        EventKind::Joined => t(
            "这件已有人报过, 单号 {number}, 连您共 {n} 户, 办好也给您回电",
            "It is reported already: number {number}, {n} households with yours; you are rung back too",
        )
        .with(desk.lang, &[("number", &ticket.number.short()), ("n", &(ticket.also_affected + 1))]),
        _ => t("单号 {number} 重新办", "Number {number} is taken up again")
            .with(desk.lang, &[("number", &ticket.number.short())]),
    };
    let (on_site, by) = (ticket.contacted_at.is_none(), clock::ruling(ticket).0);
    let who = comes.map(|comes| comes.called(desk));
    // A time that has passed is no promise.
    let then = match (who, by > desk.now, on_site) {
        (Some(who), true, true) => comes.map_or(who, |comes| comes.promise(desk, ticket, by)),
        (Some(who), true, false) => t("{who}在办, {by}前办好", "{who} has it, done by {by}")
            .with(desk.lang, &[("who", &who), ("by", &say::moment(by, desk))]),
        (Some(who), false, _) => {
            t("已经晚了, 现在就催{who}", "It is late; {who} is asked at once").with(desk.lang, &[("who", &who)])
        }
        (None, true, _) => {
            t("{by}前给您回话", "you hear from us by {by}").with(desk.lang, &[("by", &say::moment(by, desk))])
        }
        (None, false, _) => desk.say(t("已经晚了, 现在就派人", "It is late; somebody is sent at once")).to_owned(),
    };
    let phone = desk.town.township.as_ref().map_or("", |township| township.desk_phone.as_str());
    let ring = if phone.is_empty() {
        String::new()
    } else {
        t("; 有变打 {phone}", "; ring {phone} if anything changes").with(desk.lang, &[("phone", &phone)])
    };
    format!("{first}; {then}{ring}")
}

/// What to tell a caller of an outage: what is cut off and until when, then the words of its notice.
pub fn of_outage(desk: &Desk, row: &OutageRow) -> String {
    let outage = &row.outage;
    let until = match outage.phase(desk.now) {
        Phase::Over => t("已恢复", "it is over").get(desk.lang).to_owned(),
        Phase::Overdue => t("原定 {at} 恢复, 还没报恢复", "it was to be over at {at}, nobody has said so yet")
            .with(desk.lang, &[("at", &say::moment(outage.to, desk))]),
        Phase::Running => {
            t("预计 {at} 恢复", "expected back at {at}").with(desk.lang, &[("at", &say::moment(outage.to, desk))])
        }
        Phase::Planned => times(desk, outage),
    };
    format!("{}, {until}: {}", desk.say(outage.kind.label()), outage.words.replace('\n', " "))
}

/// From when to when: `09:00-12:00`, `明天 09:00-12:00`, `11-26 22:00 至 11-27 06:00`.
pub fn times(desk: &Desk, outage: &Outage) -> String {
    let zone = desk.zone();
    let from = say::moment(outage.from, desk);
    if zone.day(outage.from) == zone.day(outage.to) {
        return format!("{from}-{}", zone.hm(outage.to));
    }
    t("{from} 至 {to}", "{from} to {to}").with(desk.lang, &[("from", &from), ("to", &say::moment(outage.to, desk))])
}

/// Where and when in few words: `停水 09:00-12:00 康乐苑 3号楼`.
pub fn outage(desk: &Desk, row: &OutageRow) -> String {
    let kind = desk.say(row.outage.kind.label());
    format!("{kind} {} {}", times(desk, &row.outage), row.places.join(desk.say(t("、", ", "))))
}

/// How long ago something was: `2小时前`.
pub fn ago(desk: &Desk, time: Time) -> String {
    let minutes = time.minutes_to(desk.now).max(0);
    if minutes == 0 {
        return desk.say(t("刚刚", "just now")).to_owned();
    }
    t("{span}前", "{span} ago").with(desk.lang, &[("span", &say::span(minutes, desk.lang))])
}
