//! What a handover says: each thing in one dense line, in either language. Residents' names are not in it, staff are named;
//! nothing is said that the values do not hold.

use super::labels::Labelled;
use super::span::span;
use super::{Lang, Text, referral, t, turns};
use crate::domain::base::event::EventKind;
use crate::domain::base::time::Time;
use crate::domain::callback;
use crate::domain::handover::draft::{Ahead, Counted, Fact, Figures, Planned};
use crate::domain::handover::query::Present;
use crate::domain::handover::{About, Line, Section, with_said};
use crate::domain::outage::Phase;
use crate::domain::person::PersonName;
use crate::domain::staff::Role;
use crate::domain::ticket::clock::{self, Standing};
use crate::domain::ticket::query::Row;
use crate::domain::ticket::{Status, Ticket};

pub use super::turns::{kept_spans, shift, spans};

/// Characters of a report's words in a line.
const WORDS: usize = 26;
/// So many of a role are named; of more, only how many.
const NAMED: usize = 4;

/// The lines of the handover being made: drafted anew, with what was said to them; once signed those of the signature, and
/// behind them what happened since.
pub fn lines(present: &Present, lang: Lang) -> Vec<Line> {
    let signed = present.kept.given.is_some();
    let line = |planned: &Planned| {
        let carried = present.carried.get(&planned.about).copied().unwrap_or(0);
        let text = text(planned, present.ahead, lang);
        let shifts = match &planned.fact {
            Fact::Missed(missed) => missed.iter().map(|(turn, _)| *turn).collect(),
            _ => Vec::new(),
        };
        Line {
            carried,
            shifts,
            after_signing: signed,
            newest: planned.newest,
            ..Line::new(planned.section, planned.about.clone(), text)
        }
    };
    let fresh = present.fresh.iter().map(line).collect();
    if !signed {
        return with_said(fresh, &present.kept.lines);
    }
    let (after, mut lines): (Vec<Line>, Vec<Line>) =
        present.kept.lines.iter().cloned().partition(|line| line.after_signing);
    lines.extend(with_said(fresh, &after));
    lines
}

/// Sections no line is in, so that nobody wonders whether they were forgotten. What came after the signature counts for the
/// section it would stand in; a ticket told in an earlier section may hold an appointment, too.
pub fn empty(lines: &[Line]) -> Vec<Section> {
    let of = |line: &Line| match line.about {
        About::Parked(_) => Section::Parked,
        About::Outage(_) => Section::Outages,
        _ => line.section,
    };
    let holds = |section: Section| lines.iter().any(|line| of(line) == section && !line.dropped);
    let told = |section: &&Section| **section != Section::Notes && !holds(**section);
    Section::ALL.iter().filter(told).copied().collect()
}

/// `李敏`, `李敏 (没用 PIN)`, `--`.
pub fn hand(name: &str, pin: Option<bool>, lang: Lang) -> String {
    match (name, pin) {
        ("", _) => "--".to_owned(),
        (name, Some(false)) => t("{name} (没用 PIN)", "{name} (no PIN)").with(lang, &[("name", &name)]),
        (name, _) => name.to_owned(),
    }
}

/// `已交6班`.
pub fn carried(n: u32, lang: Lang) -> Option<String> {
    (n > 0).then(|| t("已交{n}班", "handed on {n}x").with(lang, &[("n", &n)]))
}

/// One thing in one line.
pub fn text(planned: &Planned, ahead: Ahead, lang: Lang) -> String {
    match &planned.fact {
        Fact::Ticket(row) => ticket(row, ahead, lang),
        Fact::Parked { at, words } => t("{at} 暂存: {words}", "{at} parked: {words}")
            .with(lang, &[("at", &moment(*at, ahead)), ("words", &cut(words))]),
        Fact::Next(roles) => next(roles, lang),
        Fact::Gap(gap) => {
            let at = if gap.place.is_empty() { String::new() } else { format!(" {}", gap.place) };
            let who = gap.absent.as_ref().map_or(String::new(), |(_, _, name)| {
                t(" ({name}没来)", " ({name} did not come)").with(lang, &[("name", &name.reveal())])
            });
            t("{shift} 缺{role}{n}{at}{who}", "{shift}: {n} {role} missing{at}{who}").with(
                lang,
                &[
                    ("shift", &gap.template.label().get(lang)),
                    ("role", &gap.role.label().get(lang)),
                    ("n", &gap.missing),
                    ("at", &at),
                    ("who", &who),
                ],
            )
        }
        Fact::Leave(names) => {
            t("请假: {names}", "on leave: {names}").with(lang, &[("names", &listed(names, usize::MAX, lang))])
        }
        Fact::Outage(outage, places) => {
            let kind = outage.kind.label().get(lang);
            let times = format!("{}-{}", moment(outage.from, ahead), moment(outage.to, ahead));
            let late = match outage.phase(ahead.now) {
                phase @ (Phase::Overdue | Phase::Over) => format!(" {}", phase.label().get(lang)),
                Phase::Planned | Phase::Running => String::new(),
            };
            format!("{kind} {times}{late} {places}: {}", one_line(&outage.words))
        }
        Fact::Item(item) => counted(item, lang),
        Fact::Missed(missed) => turns::missed(missed, ahead.zone, lang),
        Fact::Figures(figures) => self::figures(*figures, lang),
        Fact::Praise(row) => t("表扬 {words}  ({number})", "praise: {words}  ({number})")
            .with(lang, &[("words", &cut(&praise(&row.ticket))), ("number", &row.ticket.number.short())]),
        Fact::Happened { events, row } => {
            let what = |(at, kind): &(Time, EventKind)| {
                let what = if *kind == EventKind::Taken { t("新单", "new") } else { kind.label() };
                format!("{} {}", moment(*at, ahead), what.get(lang))
            };
            let all: Vec<String> = events.iter().map(what).collect();
            format!("{}: {}", all.join(t("、", ", ").get(lang)), ticket(row, ahead, lang))
        }
    }
}

/// Praise reads better without the word that says it is praise.
fn praise(ticket: &Ticket) -> String {
    ticket.words.strip_prefix("表扬").unwrap_or(&ticket.words).trim_start_matches([':', '：', ' ']).to_owned()
}

fn ticket(row: &Row, ahead: Ahead, lang: Lang) -> String {
    let ticket = &row.ticket;
    let place = if row.place.is_empty() { &ticket.place_words } else { &row.place };
    let mut parts = vec![ticket.number.short()];
    parts.extend([&row.compound, place].into_iter().filter(|part| !part.is_empty()).map(|part| one_line(part)));
    parts.push(cut(&ticket.words));
    parts.extend(standing(ticket, ahead, lang));
    parts.push(hands(row, ahead, lang));
    let count = |text: Text, n: u32| (n > 0).then(|| text.with(lang, &[("n", &n)]));
    parts.extend(count(t("催{n}次", "chased {n}x"), ticket.chases));
    parts.extend(count(t("同报{n}", "{n} more affected"), ticket.also_affected));
    parts.extend(count(t("重办{n}次", "reopened {n}x"), ticket.reopened));
    if ticket.watched {
        parts.push(t("督办", "watched").get(lang).to_owned());
    }
    if let Some(at) = ticket.appointment_at.filter(|_| ticket.status.open()) {
        parts.push(t("约 {at}", "appt {at}").with(lang, &[("at", &moment(at, ahead))]));
    }
    parts.extend(referral::again(ticket, ahead.now, lang, |at| moment(at, ahead)));
    if let Some(due) = ticket.outer_due.filter(|_| ticket.status.open()) {
        parts.push(t("12345 {at}前", "12345 by {at}").with(lang, &[("at", &moment(due, ahead))]));
    }
    if !ticket.watch_words.is_empty() {
        parts.push(t("留意: {words}", "watch: {words}").with(lang, &[("words", &one_line(&ticket.watch_words))]));
    }
    parts.join(" ")
}

/// Time left both ways: `超35分(13:57)`, `剩1小时(15:32前)`.
fn standing(ticket: &Ticket, ahead: Ahead, lang: Lang) -> Option<String> {
    Some(match clock::standing(ticket, ahead.now) {
        Standing::Late { minutes, due } => t("超{span}({at})", "{span} over ({at})")
            .with(lang, &[("span", &span(minutes, lang)), ("at", &moment(due, ahead))]),
        Standing::Left { minutes, due } => t("剩{span}({at}前)", "{span} left (by {at})")
            .with(lang, &[("span", &span(minutes, lang)), ("at", &moment(due, ahead))]),
        Standing::Resting(Some(at)) => t("{at}复查", "review {at}").with(lang, &[("at", &moment(at, ahead))]),
        Standing::Still if ticket.status == Status::Resolved && !ticket.has_caller() => {
            t("没有可回访的人, 看过就归档", "nobody to ring: look and close").get(lang).to_owned()
        }
        Standing::Resting(None) | Standing::Still => {
            let at = callback::op::due_at(ticket, ahead.zone)?;
            let tries = if ticket.tries > 0 {
                t(", 打过{n}次", ", tried {n}x").with(lang, &[("n", &ticket.tries)])
            } else {
                String::new()
            };
            t("{at}起可打{tries}", "ring from {at}{tries}").with(lang, &[("at", &moment(at, ahead)), ("tries", &tries)])
        }
    })
}

/// Who has it, and how far: `王强 处理中`, `未派`, `已转办(供水公司 0355-600 0101)`.
fn hands(row: &Row, ahead: Ahead, lang: Lang) -> String {
    let ticket = &row.ticket;
    let status = match ticket.status {
        Status::New => t("未派", "nobody sent").get(lang).to_owned(),
        Status::Assigned if clock::silent(ticket, ahead.now).is_some() => t("没回话", "no answer").get(lang).to_owned(),
        Status::Referred => {
            // The name may hold what a caller's words may; the number is an office's, and is there to be rung.
            let body = Ticket { outside_body: one_line(&ticket.outside_body), ..ticket.clone() };
            format!("{}({})", ticket.status.label().get(lang), referral::body(&body, lang))
        }
        status => status.label().get(lang).to_owned(),
    };
    match row.assignee.as_ref().filter(|_| ticket.status != Status::New) {
        Some(name) => format!("{} {status}", name.reveal()),
        None => status,
    }
}

fn next(roles: &[(Role, Vec<PersonName>)], lang: Lang) -> String {
    let all: usize = roles.iter().map(|(_, names)| names.len()).sum();
    let each: Vec<String> = roles
        .iter()
        .map(|(role, names)| {
            let role = role.label().get(lang);
            if names.len() > NAMED {
                format!("{role}{n}", n = t("{n}人", " {n}").with(lang, &[("n", &names.len())]))
            } else {
                format!("{role} {}", listed(names, NAMED, lang))
            }
        })
        .collect();
    t("在岗 {n}: {each}", "{n} on duty: {each}")
        .with(lang, &[("n", &all), ("each", &each.join(t("; ", "; ").get(lang)))])
}

fn listed(names: &[PersonName], at_most: usize, lang: Lang) -> String {
    let names: Vec<&str> = names.iter().take(at_most).map(PersonName::reveal).collect();
    names.join(t("、", ", ").get(lang))
}

/// `钥匙 11/12 差1`, `备用金 200.00 = 200.00`, `对讲 应6 未点`.
fn counted(item: &Counted, lang: Lang) -> String {
    let shown = |n: i64| amount(n, item.cash);
    let (name, expected) = (&item.name, shown(item.expected));
    let values = |counted: &str, off: &str| {
        let mark = if item.cash { " = " } else { "/" };
        format!("{name} {counted}{mark}{expected}{off}")
    };
    let off_by = |off: i64| {
        let words = if off > 0 { t("差{n}", "{n} missing") } else { t("多{n}", "{n} too many") };
        words.with(lang, &[("n", &shown(off.abs()))])
    };
    let now = match (item.counted, item.difference()) {
        (Some(counted), Some(0)) => values(&shown(counted), ""),
        (Some(counted), Some(off)) => {
            let off = format!("  {}", off_by(off));
            let mark = if item.cash { t(" 应有 ", " of ").get(lang) } else { "/" };
            format!("{name} {}{mark}{expected}{off}", shown(counted))
        }
        _ => t("{name} 应有 {n}, 未点", "{name}: {n} expected, not counted")
            .with(lang, &[("name", name), ("n", &expected)]),
    };
    match item.difference_before() {
        Some(off) => now + &t("  (上次{off})", "  ({off} last time)").with(lang, &[("off", &off_by(off))]),
        None => now,
    }
}

/// A count, or an amount in fen as yuan.
pub fn amount(n: i64, cash: bool) -> String {
    if cash { format!("{}.{:02}", n / 100, n % 100) } else { n.to_string() }
}

/// `12`, or with cash `200`, `200.5`, `200.00` as fen.
pub fn read_amount(text: &str, cash: bool) -> Option<i64> {
    let text = crate::domain::base::clean::half_width(text);
    let text = text.trim();
    if !cash {
        return text.parse().ok();
    }
    let (yuan, fen) = text.split_once('.').unwrap_or((text, ""));
    let good = fen.len() <= 2 && fen.bytes().all(|byte| byte.is_ascii_digit());
    let fen: i64 = format!("{fen:0<2}").parse().ok().filter(|_| good)?;
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(fen)
}

fn figures(figures: Figures, lang: Lang) -> String {
    let Figures { taken, assigned, resolved, contacted, in_time, mean_minutes } = figures;
    let first = t("收{taken} 办{done} 派{sent}", "taken {taken}, done {done}, sent {sent}")
        .with(lang, &[("taken", &taken), ("done", &resolved), ("sent", &assigned)]);
    if contacted == 0 {
        return first + t("  没有首次联系", "; no first contacts").get(lang);
    }
    let rate = u64::from(in_time) * 100 / u64::from(contacted);
    first
        + &t("  及时{rate}%({in}/{all})  均{mean}分", "; {rate}% in time ({in}/{all}), {mean} min on average")
            .with(lang, &[("rate", &rate), ("in", &in_time), ("all", &contacted), ("mean", &mean_minutes)])
}

/// A clock time of this day, else with the date: what is kept for ever must not say tomorrow.
fn moment(time: Time, ahead: Ahead) -> String {
    let zone = ahead.zone;
    if zone.day(time) == zone.day(ahead.now) { zone.hm(time) } else { zone.mdhm(time) }
}

fn one_line(text: &str) -> String {
    masked(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn cut(text: &str) -> String {
    let text = one_line(text);
    if text.chars().count() <= WORDS { text } else { text.chars().take(WORDS - 1).collect::<String>() + ".." }
}

/// A phone number a caller's words hold is masked like any other, however it is written.
fn masked(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        let groups = digit_groups(&letters[at..]);
        let (written, digits) = number_of(&groups);
        if written > 0 {
            out.push_str(&crate::domain::person::Phone::stored(digits).masked());
            at += written;
        } else {
            // Digits that are no number stay whole: not the end of them for one either.
            let whole = groups.first().map_or(1, |group| group.chars().count());
            out.extend(letters[at..at + whole].iter());
            at += whole;
        }
    }
    out
}

/// The groups of digits at the start, one sign between each two of them.
fn digit_groups(text: &[char]) -> Vec<String> {
    let mut groups = Vec::new();
    let mut rest = text;
    loop {
        let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
        if digits.is_empty() {
            return groups;
        }
        rest = &rest[digits.len()..];
        groups.push(digits);
        match rest {
            [' ' | '-' | '—' | '–', next, ..] if next.is_ascii_digit() => rest = &rest[1..],
            _ => return groups,
        }
    }
}

/// How many characters of the groups are a phone number, and its digits: a run of seven or more; a mobile number, a landline
/// with or without its area code in groups of three and more. A date, a room and a ticket's number are none.
fn number_of(groups: &[String]) -> (usize, String) {
    for many in (1..=groups.len().min(4)).rev() {
        let groups = &groups[..many];
        let digits = groups.concat();
        let long = groups.iter().all(|group| group.len() >= 3 || digits.starts_with("86") && group == "86");
        let number = match digits.len() {
            7.. if many == 1 => true,
            7 | 8 => !digits.starts_with("20"),
            10..=12 => digits.starts_with(['0', '1']),
            13 => digits.starts_with("86"),
            _ => false,
        };
        if number && long {
            return (digits.len() + many - 1, digits);
        }
    }
    (0, String::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::id::TicketId;
    use crate::domain::base::time::{CHINA, Day};
    use crate::domain::handover::About;
    use crate::domain::ticket::{Number, Priority};

    fn day() -> Day {
        Day::from_ymd_opt(2026, 11, 22).expect("a day")
    }

    fn at(hour: i64, minute: i64) -> Time {
        CHINA.at(day(), hour * 60 + minute)
    }

    fn ahead() -> Ahead {
        Ahead { now: at(14, 32), until: at(24, 0), zone: CHINA }
    }

    fn row(ticket: Ticket) -> Row {
        Row {
            id: TicketId(1),
            version: 1,
            ticket: Ticket { number: Number { day: day(), n: 7 }, ..ticket },
            compound: "康乐苑".to_owned(),
            place: "3-2-501".to_owned(),
            assignee: Some(PersonName::stored("王强".to_owned())),
        }
    }

    fn said(fact: Fact) -> [String; 2] {
        let planned = Planned { section: Section::Danger, about: About::Figures, fact, newest: 0 };
        [text(&planned, ahead(), Lang::Zh), text(&planned, ahead(), Lang::En)]
    }

    #[test]
    fn a_ticket_in_one_line_with_no_resident_s_name_or_phone() {
        let ticket = Ticket {
            priority: Priority::P2,
            status: Status::Working,
            contacted_at: Some(at(13, 9)),
            resolve_by: at(13, 57),
            words: "厨房水管爆裂,\n打 13812345678".to_owned(),
            reporter_name: "陈凤英".to_owned(),
            reporter_phone: "13800005678".to_owned(),
            watch_words: "若 16:30 没到: 再打供水公司".to_owned(),
            chases: 2,
            ..Ticket::blank()
        };
        let [zh, en] = said(Fact::Ticket(Box::new(row(ticket))));
        assert_eq!(
            zh,
            "1122-07 康乐苑 3-2-501 厨房水管爆裂, 打 138****5678 超35分(13:57) 王强 处理中 催2次 留意: 若 16:30 没到: 再打供水公司"
        );
        assert!(en.contains("35m over (13:57)") && en.contains("chased 2x"), "{en}");
        assert!(!zh.contains("陈凤英") && !en.contains("13800005678"));
    }

    #[test]
    fn what_is_due_another_day_says_which() {
        let ticket = Ticket { status: Status::Paused, review_at: Some(at(33, 0)), ..Ticket::blank() };
        let [zh, _] = said(Fact::Ticket(Box::new(row(ticket))));
        assert!(zh.contains("11-23 09:00复查"), "{zh}");
    }

    #[test]
    fn counts_and_figures() {
        let item = |counted, cash| {
            said(Fact::Item(Counted { name: "钥匙".to_owned(), expected: 20_000, counted, before: None, cash }))[0]
                .clone()
        };
        assert_eq!(item(Some(20_000), true), "钥匙 200.00 = 200.00");
        assert_eq!(item(Some(19_950), true), "钥匙 199.50 应有 200.00  差0.50");
        assert_eq!(item(Some(20_001), false), "钥匙 20001/20000  多1");
        assert_eq!(item(None, false), "钥匙 应有 20000, 未点");
        let figures = Figures { taken: 14, assigned: 11, resolved: 9, contacted: 12, in_time: 11, mean_minutes: 41 };
        assert_eq!(said(Fact::Figures(figures))[0], "收14 办9 派11  及时91%(11/12)  均41分");
        assert_eq!(said(Fact::Figures(Figures::default()))[1], "taken 0, done 0, sent 0; no first contacts");
    }

    #[test]
    fn counts_and_amounts_as_typed() {
        assert_eq!(
            (read_amount("１２", false), read_amount("12.5", false), read_amount("", false)),
            (Some(12), None, None)
        );
        for (text, fen) in
            [("200", Some(20_000)), ("199.5", Some(19_950)), ("0.05", Some(5)), ("1.234", None), ("-", None)]
        {
            assert_eq!(read_amount(text, true), fen, "{text}");
        }
    }
}
