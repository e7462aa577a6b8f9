//! How the shifts of the desk are called: one with its hours, and which of them a handover speaks for.
//! Whose turn it is, and which were missed, is reckoned in `domain`.

use super::labels::Labelled;
use super::{Lang, t};
use crate::domain::base::time::{Time, Zone};
use crate::domain::handover::Handover;
use crate::domain::handover::draft::Missed;
use crate::domain::handover::turn::{Due, Turn, Turns};
use crate::domain::roster::shift::Template;

/// `11-24 早班 08-16`, in its language.
pub fn shift(turn: Turn, turns: &Turns, lang: Lang) -> String {
    with_hours(turn, turns.span(turn), turns.zone, lang)
}

fn with_hours(turn: Turn, (from, to): (Time, Time), zone: Zone, lang: Lang) -> String {
    let name = turn.1.label();
    let hour = |time: Time| {
        zone.local(time).format(if zone.minute_of_day(time) % 60 == 0 { "%H" } else { "%H:%M" }).to_string()
    };
    let to = if zone.minute_of_day(to) == 0 { "24".to_owned() } else { hour(to) };
    let night = if turn.1 == Template::Night { zone.day(from) } else { turn.0 };
    let day = night.format("%m-%d");
    t("{day} {name} {from}-{to}", "{day} {name} {from}-{to}")
        .with(lang, &[("day", &day), ("name", &name.get(lang)), ("from", &hour(from)), ("to", &to)])
}

/// That a window holds more than its shift, when it does.
pub fn spans(due: Due, from: Time, zone: Zone, lang: Lang) -> Option<String> {
    (due.spans > 1).then(|| {
        t("上次交接 {at}, 这次跨 {n} 班", "last handed over {at}; this one spans {n} shifts")
            .with(lang, &[("at", &zone.mdhm(from)), ("n", &due.spans)])
    })
}

/// The same of one that is kept: by the line that names them; where files of before have none, by when its window began.
pub fn kept_spans(handover: &Handover, turns: &Turns, lang: Lang) -> Option<String> {
    let (n, at) = (handover.shifts(&handover.lines).len(), turns.zone.mdhm(handover.from_at));
    if n > 1 {
        let words = t("从 {at} 起, 跨 {n} 班", "since {at}: {n} shifts");
        return Some(words.with(lang, &[("at", &at), ("n", &n)]));
    }
    let (begins, zone) = (turns.span(handover.shift).0, turns.zone);
    let hours = handover.from_at.minutes_to(begins) / 60;
    // A handover is made around the end of a shift: half a shift early is no shift left out.
    (hours >= 4).then(|| {
        t("从 {at} 起, 跨班", "since {at}: more than one shift").with(lang, &[("at", &zone.mdhm(handover.from_at))])
    })
}

/// So many shifts that were missed are named; of more the first and the last.
const SHIFTS_NAMED: usize = 3;

/// `没人交的 2 班, 这里一并交: 11-24 早班 08-16、11-24 中班 16-24`.
pub(super) fn missed(missed: &[Missed], zone: Zone, lang: Lang) -> String {
    let names: Vec<String> = missed.iter().map(|(turn, span)| with_hours(*turn, *span, zone, lang)).collect();
    let named = match names.as_slice() {
        [first, .., last] if names.len() > SHIFTS_NAMED => {
            t("{first} 到 {last}", "{first} to {last}").with(lang, &[("first", first), ("last", last)])
        }
        names => names.join(t("、", ", ").get(lang)),
    };
    t("没人交的 {n} 班, 这里一并交: {named}", "nobody handed over {n}, closed here: {named}")
        .with(lang, &[("n", &names.len()), ("named", &named)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::{CHINA, Day};

    fn day() -> Day {
        Day::from_ymd_opt(2026, 11, 22).expect("a day")
    }

    #[test]
    fn a_shift_is_named_with_its_hours() {
        let mut turns = Turns { hours: crate::domain::roster::Templates::starting(), zone: CHINA };
        assert_eq!(shift((day(), Template::Late), &turns, Lang::Zh), "11-22 中班 16-24");
        assert_eq!(shift((day(), Template::Night), &turns, Lang::Zh), "11-23 夜班 00-08");
        turns.hours.0[Template::Late as usize] = (930, 1_380);
        assert_eq!(shift((day(), Template::Late), &turns, Lang::En), "11-22 late 15:30-23");
    }

    #[test]
    fn a_few_missed_shifts_are_named_and_of_many_the_first_and_the_last() {
        let turns = Turns { hours: crate::domain::roster::Templates::starting(), zone: CHINA };
        let one = |template| ((day(), template), turns.span((day(), template)));
        let all = [one(Template::Early), one(Template::Late), one(Template::Night), one(Template::Night)];
        assert_eq!(missed(&all[..2], CHINA, Lang::Zh), "没人交的 2 班, 这里一并交: 11-22 早班 08-16、11-22 中班 16-24");
        assert_eq!(
            missed(&all, CHINA, Lang::En),
            "nobody handed over 4, closed here: 11-22 early 08-16 to 11-23 night 00-08"
        );
    }
}
