//! How a ticket's due times came about, line by line, so that a person can add them up.
//! Nothing is reckoned here; that is `domain::clock`.

use super::labels::{self, Labelled};
use super::{Lang, Text, span, t};
use crate::domain::base::calendar::{Calendar, DayKind, Hours, PastHours};
use crate::domain::base::event::EventKind;
use crate::domain::base::time::Time;
use crate::domain::person::Flags;
use crate::domain::ticket::Ticket;
use crate::domain::ticket::clock::{self, Pause, Sum, Which};
use crate::domain::ticket::priority::{self, Raise, Terms};
use crate::domain::ticket::query::{Detail, Entry};

/// What a line is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names one of the clocks.
    Heading,
    /// Adds something.
    Addend,
    /// What it comes to.
    Due,
    /// Beside the sum.
    Beside,
}

/// A line of the sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// `+`, `=` or nothing.
    pub sign: &'static str,
    /// What is added.
    pub what: String,
    /// How much, or when.
    pub value: String,
    /// Why.
    pub why: String,
}

impl Line {
    /// The line as plain text, for a terminal without a screen.
    pub fn plain(&self) -> String {
        let line = format!("{}\t{}\t{}\t{}", self.sign, self.what, self.value, self.why);
        if self.kind == Kind::Heading { self.what.clone() } else { line.trim_end().to_owned() }
    }
}

/// Both clocks of a ticket, and the outer deadline beside them.
pub fn lines(detail: &Detail, calendar: &Calendar, lang: Lang) -> Vec<Line> {
    let (ticket, timeline) = (&detail.row.ticket, &detail.timeline[..]);
    tell(&Telling { ticket, timeline, care: detail.care, calendar, lang })
}

fn tell(telling: &Telling<'_>) -> Vec<Line> {
    let mut lines = telling.clock(Which::Respond);
    lines.extend(telling.clock(Which::Resolve));
    lines.extend(telling.running_pause());
    lines.extend(telling.outer());
    lines
}

/// What all lines are made from.
struct Telling<'a> {
    ticket: &'a Ticket,
    timeline: &'a [Entry],
    care: Flags,
    calendar: &'a Calendar,
    lang: Lang,
}

impl Telling<'_> {
    fn say(&self, text: Text) -> String {
        text.get(self.lang).to_owned()
    }

    fn at(&self, time: Time) -> String {
        self.calendar.zone.mdhm(time)
    }

    fn clock(&self, which: Which) -> Vec<Line> {
        let sum = clock::sum(self.ticket, which, self.calendar);
        let (heading, stored, done, done_words) = match which {
            Which::Respond => (
                t("响应: 首次联系或到场", "First contact or arrival"),
                self.ticket.respond_by,
                self.ticket.contacted_at,
                t("到场", "on site"),
            ),
            Which::Resolve => {
                (t("办结", "Solution"), self.ticket.resolve_by, self.ticket.resolved_at, t("办结", "solved"))
            }
        };
        let line = |kind, sign, what: Text, value, why| Line { kind, sign, what: self.say(what), value, why };
        let (limit, pauses, closed) = sum.addends();
        let began = match (which, self.ticket.clock_from) {
            (Which::Resolve, Some(_)) => t("重办, 重新起算", "opened again: begins anew"),
            _ => t("登记", "taken"),
        };
        let mut lines = vec![
            line(Kind::Heading, "", heading, String::new(), String::new()),
            line(Kind::Addend, "", t("开始", "start"), self.at(sum.from), self.say(began)),
            line(Kind::Addend, "+", t("时限", "limit"), span::hours(limit, self.lang), self.limit_why(&sum)),
        ];
        for (pause, minutes) in sum.pauses.iter().zip(pauses) {
            let value = span::hours(minutes, self.lang);
            lines.push(line(Kind::Addend, "+", t("挂起", "paused"), value, self.pause_why(pause)));
        }
        if closed > 0 {
            let why = t("{hours}以外的时间", "outside {hours}").with(self.lang, &[("hours", &self.desk_hours(&sum))]);
            lines.push(line(Kind::Addend, "+", t("下班", "closed"), span::hours(closed, self.lang), why));
        }
        let by = t("{at}前", "by {at}");
        let due = |time| by.with(self.lang, &[("at", &self.at(time))]);
        lines.push(line(Kind::Due, "=", t("应在", "due"), due(sum.due), String::new()));
        if stored != sum.due {
            let why = self.say(match which {
                Which::Respond => t(
                    "首次联系时这样记下; 上班的日子后来改过, 已联系的不重算",
                    "as kept at first contact; the days were changed later, what was answered stays",
                ),
                Which::Resolve => t(
                    "结束时这样记下; 上班的日子后来改过, 结束了的不重算",
                    "as kept when it ended; the days were changed later, what has ended stays",
                ),
            });
            lines.push(line(Kind::Due, "", t("记下", "kept"), due(stored), why));
        }
        if let Some(done) = done {
            let minutes = stored.0.div_euclid(60_000) - done.0.div_euclid(60_000);
            let why = if minutes >= 0 { t("早 {span}", "{span} early") } else { t("晚 {span}", "{span} late") };
            let why = why.with(self.lang, &[("span", &span::hours(minutes.abs(), self.lang))]);
            lines.push(line(Kind::Beside, "", done_words, self.at(done), why));
        }
        lines
    }

    /// `分类 202 定 1天; 班内计: 12小时; 独居: 减半`.
    fn limit_why(&self, sum: &Sum) -> String {
        let terms = &sum.terms;
        let on_clock = priority::on_clock(terms.minutes, terms.round(), sum.working_day);
        let mut parts = vec![
            t("分类 {code} 定 {limit}", "category {code}: {limit}")
                .with(self.lang, &[("code", &terms.category), ("limit", &span::limit(terms.minutes, self.lang))]),
        ];
        let priority = terms.priority().code();
        parts.push(if terms.round() {
            t("{p} 昼夜计", "{p} runs day and night").with(self.lang, &[("p", &priority)])
        } else if on_clock == terms.minutes {
            t("{p} 班内计", "{p} runs in desk hours").with(self.lang, &[("p", &priority)])
        } else if on_clock == sum.working_day {
            t("{p} 班内计, 最多一个工作日: {span}", "{p} runs in desk hours, a working day at most: {span}")
                .with(self.lang, &[("p", &priority), ("span", &span::hours(on_clock, self.lang))])
        } else {
            t("{p} 班内计, 一天算一个工作日: {span}", "{p} runs in desk hours, a day being a working day: {span}")
                .with(self.lang, &[("p", &priority), ("span", &span::hours(on_clock, self.lang))])
        });
        let halved = terms.halved();
        if halved > 0 && terms.minutes > 0 {
            let reason = |raise: Raise| match raise {
                Raise::Care => labels::care(&[self.care], self.lang),
                other => other.label().get(self.lang).to_owned(),
            };
            let reasons: Vec<String> = terms.raised.list().map(reason).collect();
            let words = if halved == 1 { t("减半", "halved") } else { t("减半两次", "halved twice") };
            parts.push(format!("{}: {}", reasons.join(t("、", ", ").get(self.lang)), words.get(self.lang)));
            if sum.limit_minutes < on_clock >> halved {
                parts.push(self.say(t("不比升级前长", "no longer than before it was raised")));
            }
        }
        if sum.which == Which::Respond && self.ticket.answered_under.is_some() && self.moved_since(terms) {
            parts.push(self.say(t(
                "首次联系时这样定下, 以后改的不算",
                "settled at first contact; what came later does not count",
            )));
        }
        parts.join("; ")
    }

    /// Whether the ticket is sorted or raised otherwise now than it was when first contact was made.
    fn moved_since(&self, terms: &Terms) -> bool {
        let Ticket { category, base_priority, raised, respond_minutes: minutes, .. } = self.ticket;
        (&terms.category, terms.base_priority, terms.raised, terms.minutes)
            != (category, *base_priority, *raised, *minutes)
    }

    /// From when to when, and the reason given.
    fn pause_why(&self, pause: &Pause) -> String {
        let told =
            |entry: &&Entry| matches!(entry.kind, EventKind::Paused | EventKind::Deferred) && entry.at == pause.from;
        let reason = self.timeline.iter().find(told).map_or("", |entry| entry.note.as_str());
        let span = format!("{} - {}", self.at(pause.from), self.at(pause.to));
        if reason.is_empty() { span } else { format!("{span} 「{}」", reason.replace('\n', " ")) }
    }

    fn running_pause(&self) -> Option<Line> {
        let since = self.ticket.paused_at?;
        let review = self
            .ticket
            .review_at
            .map(|at| t("; {at} 复查", "; to be looked at {at}").with(self.lang, &[("at", &self.at(at))]));
        let why = self.say(t("还没恢复: 时限跟着往后推", "not over: the due times move on with it"));
        Some(Line {
            kind: Kind::Beside,
            sign: "",
            what: self.say(t("正挂起", "paused now")),
            value: t("自 {at}", "since {at}").with(self.lang, &[("at", &self.at(since))]),
            why: why + &review.unwrap_or_default(),
        })
    }

    /// The 12345 order's own deadline, and how far ours is from it.
    fn outer(&self) -> Option<Line> {
        let outer = self.ticket.outer_due?;
        let minutes = outer.0.div_euclid(60_000) - self.ticket.resolve_by.0.div_euclid(60_000);
        let why = match minutes {
            0 => t("和我们的办结时限一样", "the same as ours"),
            1.. => t("比我们的办结时限晚 {span}", "{span} after ours"),
            _ => t("比我们的办结时限早 {span}: 先看这个", "{span} before ours: this one comes first"),
        };
        Some(Line {
            kind: Kind::Beside,
            sign: "",
            what: self.say(t("12345 期限", "12345 deadline")),
            value: t("{at}前", "by {at}").with(self.lang, &[("at", &self.at(outer))]),
            why: why.with(self.lang, &[("span", &span::hours(minutes.abs(), self.lang))]),
        })
    }

    /// `工作日 08:00-20:00, 休息日 09:00-18:00, 节假日不上班`, and what stood before where that counts.
    fn desk_hours(&self, sum: &Sum) -> String {
        let hours = |kind: DayKind, hours: Option<Hours>| {
            let label = kind.label().get(self.lang);
            match hours {
                Some(hours) => format!("{label} {}", hours.text()),
                None => t("{day}不上班", "no {day}").with(self.lang, &[("day", &label)]),
            }
        };
        let known = clock::stopped(self.ticket, sum.which).unwrap_or(Time(i64::MAX));
        let now = DayKind::ALL.iter().map(|kind| hours(*kind, self.calendar.hours_at(*kind, known)));
        let counts = |past: &&PastHours| sum.from < past.until && past.until <= known;
        let past = self.calendar.past.iter().filter(counts).map(|past| {
            t("{at} 前 {hours}", "{hours} until {at}")
                .with(self.lang, &[("at", &self.at(past.until)), ("hours", &hours(past.kind, past.hours))])
        });
        now.chain(past).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::{CHINA, Day};
    use crate::domain::ticket::Priority;
    use crate::domain::ticket::priority::Raises;

    #[test]
    fn the_lines_add_up_to_the_minute_whatever_the_seconds() {
        let calendar = Calendar::plain(CHINA);
        let start = Time(CHINA.at(Day::from_ymd_opt(2026, 11, 24).expect("a day"), 17 * 60).0 + 44_321);
        let mut ticket = Ticket {
            opened_at: start,
            category: "207".to_owned(),
            base_priority: Priority::P3,
            respond_minutes: 240,
            resolve_minutes: 2 * 1_440,
            ..Ticket::blank()
        };
        for (from, to) in [(3_599_000, 7_999_999), (86_000_000, 90_123_456)] {
            ticket.pauses.add(Time(start.0 + from), Time(start.0 + to));
        }
        for raised in [Raises::NONE, Raises::NONE.with(Raise::Care, true)] {
            ticket.raised = raised;
            clock::reckon(&mut ticket, &calendar);
            for which in [Which::Respond, Which::Resolve] {
                let sum = clock::sum(&ticket, which, &calendar);
                let (limit, pauses, closed) = sum.addends();
                assert_eq!(limit, sum.limit_minutes);
                let shown = start.0.div_euclid(60_000) + limit + pauses.iter().sum::<i64>() + closed;
                assert_eq!(shown, sum.due.0.div_euclid(60_000));
                assert_eq!(sum.pauses.len(), pauses.len());
            }
        }
        let words: Vec<String> = tell(&Telling {
            ticket: &ticket,
            timeline: &[],
            care: Flags::default(),
            calendar: &calendar,
            lang: Lang::Zh,
        })
        .iter()
        .map(Line::plain)
        .collect();
        assert_eq!(words[2], "+\t时限\t2小时\t分类 207 定 4小时; P2 昼夜计; 关爱对象: 减半");
    }
}
