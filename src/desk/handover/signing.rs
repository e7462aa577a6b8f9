//! What is asked for in a handover: words to a line, counts, PINs, how it is taken over and by whom.
//! Whether a PIN is right is not known here.

use crate::desk::frame::commit::After;
use crate::desk::frame::layer::{AnyLayer, Then};
use crate::desk::frame::notice::Level;
use crate::desk::frame::picker::{self, Choice, Pick};
use crate::desk::handover::{Room, ask_words, is_cash, selected, to_next_waiting};
use crate::desk::{Desk, Operator};
use crate::domain::base::id::HandoverId;
use crate::domain::handover::op::{Act, CORRECTS, Said};
use crate::domain::handover::query::{OperatorRow, Present};
use crate::domain::handover::{About, Answer, Kind, Line};
use crate::domain::op::{Op, rank};
use crate::domain::operator::pin::Pin;
use crate::text::labels::Labelled;
use crate::text::{Text, handover as words, refusal, t};

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Words to a line.
    Comment(Box<Line>),
    /// How many were counted.
    Count(Box<Line>),
    /// What is unclear about a line.
    Question(Box<Line>),
    /// A line of the giver's own.
    Add,
    /// Something that is counted, and how many there should be.
    Item,
    /// The giver's PIN, or that he means it.
    SignPin,
    /// How it is taken over.
    HowTaken,
    /// Who takes over.
    Receiver(Kind),
    /// The receiver's PIN, or that he means it.
    AcceptPin(Kind, OperatorRow),
    /// What was wrong in this frozen one.
    Correct(HandoverId),
    /// The PIN of who corrects.
    CorrectPin(String),
}

impl Asked {
    /// Whether what is typed must not be seen.
    pub const fn secret(&self) -> bool {
        matches!(self, Self::SignPin | Self::AcceptPin(..) | Self::CorrectPin(_))
    }

    /// Whether both ask the same of the same thing. A line's text tells the time left and changes by the minute; one the
    /// giver wrote is known by nothing else.
    pub(in crate::desk) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Comment(a), Self::Comment(b))
            | (Self::Count(a), Self::Count(b))
            | (Self::Question(a), Self::Question(b)) => {
                a.same(b) && (a.text == b.text || !matches!(a.about, About::Note(_)))
            }
            _ => self == other,
        }
    }
}

/// Asks for something about the selected line.
pub(in crate::desk) fn ask_line(desk: &mut Desk, asked: fn(Box<Line>) -> Asked) {
    let Some(line) = selected(desk) else { return };
    let asked = asked(Box::new(line.clone()));
    let (title, holding) = match &asked {
        Asked::Comment(_) => (t("说明: {line}", "Comment: {line}"), line.comment.clone()),
        Asked::Question(_) => (t("有疑问: {line}", "Question: {line}"), line.reply.clone()),
        _ => (t("点到多少: {line}", "Counted: {line}"), String::new()),
    };
    let title = title.with(desk.lang, &[("line", &line.text)]);
    let chain = desk.new_chain();
    ask_words(desk, title, asked, &holding, chain);
}

/// Asks for something about the whole.
pub(in crate::desk) fn ask(desk: &mut Desk, asked: Asked) {
    let title = match &asked {
        Asked::Add => desk.say(t("加一条", "Another line")).to_owned(),
        Asked::Item => desk
            .say(t(
                "清点什么、应有多少 (钥匙 12; 备用金 200.00元; 对讲 -)",
                "What is counted, and how many (keys 12; cash 200.00 yuan; radio -)",
            ))
            .to_owned(),
        Asked::Correct(_) => {
            desk.say(t("更正: 哪里错了, 应是什么", "Correction: what was wrong, what is right")).to_owned()
        }
        _ => pin_title(desk, t("交班签名", "Sign as giver"), me(desk).as_ref()),
    };
    let chain = desk.new_chain();
    ask_words(desk, title, asked, "", chain);
}

/// Asks what was wrong, of who may correct: a clerk is told before he has written anything.
pub(in crate::desk) fn correct(desk: &mut Desk) {
    if let Err(refusal) = rank::at_least(desk.operator.rank, CORRECTS) {
        return desk.notice(Level::Refused, refusal::sentence(&refusal, desk.lang));
    }
    let Some(past) = past(desk) else { return };
    ask(desk, Asked::Correct(past));
}

/// The frozen one that is read.
fn past(desk: &Desk) -> Option<HandoverId> {
    desk.layers.iter().rev().filter_map(AnyLayer::get::<Room>).find_map(|room| room.past.as_ref().map(|past| past.id))
}

/// `交班签名 李敏: PIN`, or that there is none and Enter signs.
fn pin_title(desk: &Desk, what: Text, who: Option<&OperatorRow>) -> String {
    let name = who.map_or(desk.operator.name.as_str(), |who| who.name.as_str());
    let words = if who.is_some_and(|who| who.has_pin) {
        t("{what} {name}: PIN (签了不能撤销)", "{what}, {name}: PIN (cannot be undone)")
    } else {
        t("{what} {name}: Enter 签名, 不能撤销", "{what}, {name}: Enter signs, it cannot be undone")
    };
    words.with(desk.lang, &[("what", &desk.say(what)), ("name", &name)])
}

/// The operator who sits here, as the answer lists him.
fn me(desk: &Desk) -> Option<OperatorRow> {
    let rows = crate::desk::handover::making_of(desk).map(|present| &present.operators)?;
    rows.iter().find(|row| row.name == desk.operator.name).cloned()
}

/// Asks how it is taken over.
pub(in crate::desk) fn accept(desk: &mut Desk) {
    let chain = desk.new_chain();
    let Some(present) = crate::desk::handover::making_of(desk) else { return };
    if present.kept.given.is_none() {
        return receiver(desk, Kind::Nobody, chain);
    }
    let choices = [Kind::Normal, Kind::StandIn, Kind::Phone].map(|kind| {
        let label = kind.label();
        let hint = match kind {
            Kind::StandIn => t("接班人没来, 我先接, 来了再交", "the receiver is not here; I hand on later"),
            Kind::Phone => t("在电话里一条条念过", "read back over the telephone"),
            _ => t("", ""),
        };
        let columns = vec![desk.say(label).to_owned(), desk.say(hint).to_owned()];
        Choice { pick: Pick::Row(kind as usize), columns, words: (label.zh.to_owned(), label.en.to_owned()) }
    });
    let title = desk.say(t("怎么接的", "How it is taken over")).to_owned();
    picker::open_rows(desk, title, choices.into(), Then::Handover(Asked::HowTaken), chain);
}

/// Asks who takes over: who sits here first, unless he gave it.
fn receiver(desk: &mut Desk, kind: Kind, chain: u64) {
    let Some(present) = crate::desk::handover::making_of(desk) else { return };
    let giver = present.kept.given.map(|given| given.by);
    let mut rows: Vec<(usize, &OperatorRow)> =
        present.operators.iter().enumerate().filter(|(_, row)| Some(row.id) != giver).collect();
    rows.sort_by_key(|(_, row)| row.name != desk.operator.name);
    let choices: Vec<Choice> = rows
        .into_iter()
        .map(|(at, row)| Choice {
            pick: Pick::Row(at),
            columns: vec![row.name.clone(), desk.say(row.rank.label()).to_owned()],
            words: (row.name.clone(), row.name.clone()),
        })
        .collect();
    if choices.is_empty() {
        let words = t(
            "没有别的操作员; 先加一个: tdesk operator add 姓名",
            "There is no other operator; add one: tdesk operator add NAME",
        );
        return desk.notice(Level::Refused, desk.say(words));
    }
    let title = format!("{}: {}", desk.say(kind.label()), desk.say(t("接班人", "who takes over")));
    picker::open_rows(desk, title, choices, Then::Handover(Asked::Receiver(kind)), chain);
}

/// A row was picked.
pub fn picked(desk: &mut Desk, asked: &Asked, row: usize, chain: u64) {
    match asked {
        Asked::HowTaken => {
            if let Some(kind) = Kind::ALL.get(row) {
                receiver(desk, *kind, chain);
            }
        }
        Asked::Receiver(kind) => {
            let found = crate::desk::handover::making_of(desk).and_then(|present| present.operators.get(row)).cloned();
            if let Some(who) = found {
                let title = pin_title(desk, t("接班签名", "Sign as receiver"), Some(&who));
                ask_words(desk, title, Asked::AcceptPin(*kind, who), "", chain);
            }
        }
        _ => {}
    }
}

/// Words were typed.
pub fn answered(desk: &mut Desk, asked: Asked, text: String, chain: u64) {
    let close = After::Close(chain);
    let say = |line, said| Op::Handover(Act::Say { line, said });
    match asked {
        Asked::Comment(line) => desk.commit(say(line, Said::Comment(text)), close),
        Asked::Question(line) => {
            desk.commit(say(line, Said::Answer(Answer::Question, text)), close);
            to_next_waiting(desk);
        }
        Asked::Count(line) => {
            let cash = crate::desk::handover::making_room(desk).is_some_and(|room| is_cash(&line, room));
            match words::read_amount(&text, cash) {
                Some(count) => desk.commit(say(line, Said::Count(Some(count))), close),
                None if text.is_empty() => desk.commit(say(line, Said::Count(None)), close),
                None => unclear(desk),
            }
        }
        Asked::Add => desk.commit(Op::Handover(Act::Add(text)), close),
        Asked::Item => match item(&text) {
            Some(act) => desk.commit(Op::Handover(act), close),
            None => unclear(desk),
        },
        Asked::Correct(_) => {
            if text.is_empty() {
                return desk
                    .notice(Level::Refused, refusal::sentence(&crate::domain::refusal::Refusal::NoteEmpty, desk.lang));
            }
            let me = me(desk);
            let title = pin_title(desk, t("更正签名", "Sign the correction"), me.as_ref());
            ask_words(desk, title, Asked::CorrectPin(text), "", chain);
        }
        Asked::SignPin => {
            let Some(pin) = pin(desk, &text) else { return };
            let Some((lines, present)) = seen(desk) else { return };
            let act = Act::Sign { lines, seq: present.seq, version: present.version, pin };
            desk.commit(Op::Handover(act), close);
        }
        Asked::AcceptPin(kind, who) => {
            let Some(pin) = pin(desk, &text) else { return };
            let Some((lines, present)) = seen(desk) else { return };
            let act = Act::Accept { by: who.id, kind, lines, seq: present.seq, version: present.version, pin };
            let operator = Operator { name: who.name, rank: who.rank };
            desk.commit(Op::Handover(act), After::TookOver(chain, operator));
        }
        Asked::CorrectPin(text_of) => {
            let Some(pin) = pin(desk, &text) else { return };
            if let Some(of) = past(desk) {
                desk.commit(Op::Handover(Act::Correct { of, text: text_of, pin }), close);
            }
        }
        Asked::HowTaken | Asked::Receiver(_) => {}
    }
}

/// A PIN as typed; nothing typed is none. What cannot be one is said at once, and nothing is sent.
fn pin(desk: &mut Desk, text: &str) -> Option<Option<Pin>> {
    if text.is_empty() {
        return Some(None);
    }
    match Pin::new(text) {
        Ok(pin) => Some(Some(pin)),
        Err(unclear) => {
            desk.notice(Level::Refused, refusal::sentence(&unclear, desk.lang));
            None
        }
    }
}

/// The handover as it was seen.
fn seen(desk: &Desk) -> Option<(Vec<Line>, &Present)> {
    let present = crate::desk::handover::making_of(desk)?;
    Some((words::lines(present, desk.lang), present))
}

fn unclear(desk: &mut Desk) {
    let words = refusal::sentence(&crate::domain::refusal::Refusal::CountUnclear, desk.lang);
    desk.notice(Level::Refused, words);
}

/// `钥匙 12`, `备用金 200.00元`, `对讲 -`.
fn item(text: &str) -> Option<Act> {
    let text = crate::domain::base::clean::half_width(text);
    let (name, amount) = text.trim().rsplit_once(' ')?;
    let (name, amount) = match amount {
        "yuan" => name.trim().rsplit_once(' ').map(|(name, n)| (name, format!("{n}元")))?,
        other => (name, other.to_owned()),
    };
    let name = name.trim().to_owned();
    if matches!(amount.as_str(), "-" | "--" | "—") {
        return Some(Act::Item { name, expected: None, cash: false });
    }
    let cash = amount.ends_with('元');
    let expected = Some(words::read_amount(amount.trim_end_matches('元'), cash)?);
    Some(Act::Item { name, expected, cash })
}

/// The receiver has signed: who sits here is another from now on.
pub(in crate::desk) fn took_over(desk: &mut Desk, operator: Operator) {
    let words = t("已接班, 交接定稿; 现在是 {name}", "Taken over and frozen; {name} is at the desk now")
        .with(desk.lang, &[("name", &operator.name)]);
    desk.operator = operator;
    desk.notice(Level::Done, words);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_amounts_as_typed() {
        let expected = |text: &str| match item(text) {
            Some(Act::Item { name, expected, cash }) => Some((name, expected, cash)),
            _ => None,
        };
        assert_eq!(expected("东门钥匙 12"), Some(("东门钥匙".to_owned(), Some(12), false)));
        assert_eq!(expected("备用金 200元"), Some(("备用金".to_owned(), Some(20_000), true)));
        assert_eq!(expected("cash 200.50 yuan"), Some(("cash".to_owned(), Some(20_050), true)));
        assert_eq!(expected("对讲 -"), Some(("对讲".to_owned(), None, false)));
        assert_eq!(expected("钥匙"), None);
    }
}
