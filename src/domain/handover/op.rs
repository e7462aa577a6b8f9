//! What is done to a handover: said to its lines, signed, accepted, corrected; and the things that are counted at each.
//! Decided against the row as it is now; what belongs into it is drafted in `handover::draft`.

use crate::domain::base::clean;
use crate::domain::base::id::{HandoverId, OperatorId};
use crate::domain::handover::turn::Turns;
use crate::domain::handover::{About, Answer, Handover, Kind, Line, Section, Signature};
use crate::domain::op::kind::CommandKind;
use crate::domain::operator::pin::Pin;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Rank;
use crate::domain::ticket::op::{LINE_AT_MOST, WORDS_AT_MOST, at_most};

/// The least rank that corrects a frozen one.
pub const CORRECTS: Rank = Rank::Leader;
/// The least rank that says what is counted at each.
pub const COUNTS: Rank = Rank::Leader;
/// Lines a giver writes himself, at most.
pub const NOTES_AT_MOST: u32 = 40;
/// More of anything that is counted must be a slip: 10 million, or 100,000 yuan in fen.
const COUNT_AT_MOST: i64 = 10_000_000;

/// What is said to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The giver adds words; empty takes them off.
    Comment(String),
    /// The giver marks it, or takes the mark off.
    Mark(bool),
    /// The giver takes it off the page, or puts it back.
    Drop(bool),
    /// So many were counted; none: not counted after all.
    Count(Option<i64>),
    /// The receiver answers.
    Answer(Answer, String),
}

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Something is said to a line, which is as it was seen.
    Say {
        /// The line.
        line: Box<Line>,
        /// What.
        said: Said,
    },
    /// The giver writes a line himself.
    Add(String),
    /// The giver signs what is seen.
    Sign {
        /// The lines as seen.
        lines: Vec<Line>,
        /// The newest event they were drafted from.
        seq: i64,
        /// The row's version as seen; 0 when there was none.
        version: i64,
        /// The giver's PIN.
        pin: Option<Pin>,
    },
    /// The receiver takes over.
    Accept {
        /// Who.
        by: OperatorId,
        /// How.
        kind: Kind,
        /// The lines as seen.
        lines: Vec<Line>,
        /// The newest event they were drafted from.
        seq: i64,
        /// The row's version as seen; 0 when there was none.
        version: i64,
        /// The receiver's PIN.
        pin: Option<Pin>,
    },
    /// A word to a frozen one, as a new row.
    Correct {
        /// Which.
        of: HandoverId,
        /// What was wrong, and what is right.
        text: String,
        /// The PIN of who corrects.
        pin: Option<Pin>,
    },
    /// Something counted at each handover is added or changed; none takes it off.
    Item {
        /// Its name.
        name: String,
        /// How many there should be; cash in fen.
        expected: Option<i64>,
        /// Counted in fen.
        cash: bool,
    },
}

impl Act {
    /// What a command that does it is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Say { .. } => CommandKind::HandoverSay,
            Self::Add(_) => CommandKind::HandoverAdd,
            Self::Sign { .. } => CommandKind::HandoverSign,
            Self::Accept { .. } => CommandKind::HandoverAccept,
            Self::Correct { .. } => CommandKind::HandoverCorrect,
            Self::Item { .. } => CommandKind::HandoverItem,
        }
    }

    /// The least rank that may do it.
    pub const fn needs(&self) -> Rank {
        match self {
            Self::Say { .. } | Self::Add(_) | Self::Sign { .. } | Self::Accept { .. } => Rank::Clerk,
            Self::Correct { .. } => CORRECTS,
            Self::Item { .. } => COUNTS,
        }
    }
}

/// What is said to a line, decided.
///
/// # Errors
/// A [`Refusal`]: after signing only the receiver speaks, and nobody deletes a line of the first three sections.
pub fn say(handover: &Handover, line: &Line, said: &Said) -> Result<Line, Refusal> {
    let signed = handover.given.is_some();
    if signed && !matches!(said, Said::Answer(..)) {
        return Err(Refusal::HandoverSigned);
    }
    let before = handover.lines.iter().find(|old| old.same(line));
    let mut after = before.map_or_else(
        || line.clone(),
        |old| Line { text: line.text.clone(), newest: line.newest, shifts: line.shifts.clone(), ..old.clone() },
    );
    after.section = line.section;
    match said {
        Said::Comment(text) => {
            let theirs = before.map_or("", |old| &old.comment);
            after.comment = at_most(both(&line.comment, theirs, clean::line(text)?), LINE_AT_MOST)?;
        }
        Said::Mark(on) => after.marked = *on,
        Said::Drop(on) => {
            if *on && !line.may_delete() {
                return Err(Refusal::LineStays);
            }
            after.dropped = *on;
        }
        Said::Count(count) => {
            if !matches!(line.about, About::Item(_)) || count.is_some_and(|n| !(0..=COUNT_AT_MOST).contains(&n)) {
                return Err(Refusal::CountUnclear);
            }
            after.count = *count;
        }
        Said::Answer(answer, reply) => {
            let reply = at_most(clean::line(reply)?, LINE_AT_MOST)?;
            if *answer == Answer::Question && reply.is_empty() {
                return Err(Refusal::QuestionNeedsWords);
            }
            let theirs = before.map_or("", |old| &old.reply);
            let reply = at_most(both(&line.reply, theirs, reply), LINE_AT_MOST)?;
            (after.answer, after.reply) = (Some(*answer), reply);
        }
    }
    Ok(after)
}

/// Words to a line where `seen` stood when they were begun: what another desk wrote there meanwhile is kept before them.
fn both(seen: &str, theirs: &str, ours: String) -> String {
    if theirs == seen || theirs.is_empty() || ours.contains(theirs) {
        return ours;
    }
    // Where they continue what was seen, only the new words are added.
    let new =
        ours.strip_prefix(seen).unwrap_or(&ours).trim_start_matches([' ', ',', '，', ';', '；', '。', '.']).to_owned();
    if new.is_empty() || theirs.contains(&new) { theirs.to_owned() } else { format!("{theirs}; {new}") }
}

/// A line the giver writes himself.
///
/// # Errors
/// A [`Refusal`]: it is signed, there are no words, or there are too many lines already.
pub fn add(handover: &Handover, text: &str) -> Result<Line, Refusal> {
    if handover.given.is_some() {
        return Err(Refusal::HandoverSigned);
    }
    let text = at_most(clean::line(text)?, LINE_AT_MOST)?;
    if text.is_empty() {
        return Err(Refusal::NoteEmpty);
    }
    let note = |line: &Line| if let About::Note(n) = line.about { Some(n) } else { None };
    let next = handover.lines.iter().filter_map(note).max().unwrap_or(0) + 1;
    if next > NOTES_AT_MOST {
        return Err(Refusal::TooManyNotes { at_most: NOTES_AT_MOST });
    }
    Ok(Line::new(Section::Notes, About::Note(next), text))
}

/// The giver's signature: the lines as they stay from here.
///
/// # Errors
/// [`Refusal::HandoverSigned`]; [`Refusal::ShiftNotBegun`]; [`Refusal::LineStays`] where a line of the first three sections was
/// left out.
pub fn sign(handover: &Handover, lines: &[Line], given: Signature, turns: &Turns) -> Result<Handover, Refusal> {
    if handover.given.is_some() {
        return Err(Refusal::HandoverSigned);
    }
    has_begun(handover, given, turns)?;
    lines_stay(lines)?;
    // What was answered before it was signed was no read-back.
    let kept = lines.iter().filter(|line| !line.dropped);
    let lines = kept.map(|line| Line { answer: None, reply: String::new(), ..line.clone() }).collect();
    Ok(Handover { lines, given: Some(given), ..handover.clone() })
}

/// The receiver's signature. `lines` are those seen: of a signed one only what came after the signature is taken from them.
///
/// # Errors
/// A [`Refusal`]: not signed (unless nobody of the shift is there), the same hands, or lines that wait for an answer.
pub fn accept(
    handover: &Handover,
    kind: Kind,
    lines: &[Line],
    taken: Signature,
    turns: &Turns,
) -> Result<Handover, Refusal> {
    match handover.given {
        None if kind != Kind::Nobody => return Err(Refusal::HandoverNotSigned),
        Some(_) if kind == Kind::Nobody => return Err(Refusal::HandoverSigned),
        Some(given) if given.by == taken.by => return Err(Refusal::SameHands),
        _ => {}
    }
    let lines: Vec<Line> = match handover.given {
        None => {
            has_begun(handover, taken, turns)?;
            lines_stay(lines)?;
            lines.iter().filter(|line| !line.dropped).cloned().collect()
        }
        Some(_) => {
            let signed = handover.lines.iter().filter(|line| !line.after_signing);
            signed.chain(lines.iter().filter(|line| line.after_signing)).cloned().collect()
        }
    };
    let accepted = Handover { kind, lines, taken: Some(taken), ..handover.clone() };
    match accepted.waiting() {
        0 => Ok(accepted),
        n => Err(Refusal::HandoverWaits { n }),
    }
}

/// A shift is not handed over before it has begun: the one before it may still run, or was handed over a moment ago.
fn has_begun(handover: &Handover, signed: Signature, turns: &Turns) -> Result<(), Refusal> {
    let begins = turns.span(handover.shift).0;
    if signed.at >= begins {
        return Ok(());
    }
    Err(Refusal::ShiftNotBegun { at: turns.zone.mdhm(begins) })
}

fn lines_stay(lines: &[Line]) -> Result<(), Refusal> {
    let left_out = lines.iter().any(|line| line.dropped && !line.may_delete());
    if left_out { Err(Refusal::LineStays) } else { Ok(()) }
}

/// The correction of a frozen handover: a new one with the same lines and the word behind them.
///
/// # Errors
/// A [`Refusal`]: it is not frozen, so it can still be changed itself; there are no words.
pub fn correct(handover: &Handover, text: &str, by: Signature) -> Result<Handover, Refusal> {
    if !handover.frozen() {
        return Err(Refusal::HandoverNotFrozen);
    }
    let text = at_most(clean::line(text)?, WORDS_AT_MOST)?;
    if text.is_empty() {
        return Err(Refusal::NoteEmpty);
    }
    let mut corrected = handover.clone();
    let note = |line: &Line| if let About::Note(n) = line.about { Some(n) } else { None };
    let next = handover.lines.iter().filter_map(note).max().unwrap_or(0) + 1;
    corrected.lines.push(Line { marked: true, ..Line::new(Section::Notes, About::Note(next), text) });
    corrected.taken = Some(by);
    Ok(corrected)
}

/// The name of a thing that is counted, and how many there should be.
///
/// # Errors
/// A [`Refusal`]: there is no name, or the number cannot be meant.
pub fn item(name: &str, expected: Option<i64>) -> Result<String, Refusal> {
    let name = at_most(clean::line(name)?, 20)?;
    if name.is_empty() {
        return Err(Refusal::NameEmpty);
    }
    if expected.is_some_and(|n| !(0..=COUNT_AT_MOST).contains(&n)) {
        return Err(Refusal::CountUnclear);
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::id::TicketId;
    use crate::domain::base::time::{Day, Time};
    use crate::domain::roster::shift::Template;

    fn by(operator: i64) -> Signature {
        Signature { by: OperatorId(operator), at: Time(0), seq: 9 }
    }

    fn turns() -> Turns {
        Turns { hours: crate::domain::roster::Templates::starting(), zone: crate::domain::base::time::CHINA }
    }

    fn draft() -> Handover {
        Handover {
            shift: (Day::default(), Template::Early),
            from_seq: 0,
            from_at: Time(0),
            kind: Kind::Normal,
            lines: Vec::new(),
            given: None,
            taken: None,
        }
    }

    fn line(section: Section, id: i64) -> Line {
        Line::new(section, About::Ticket(TicketId(id)), "话".to_owned())
    }

    fn answered(line: Line) -> Line {
        Line { answer: Some(Answer::Noted), ..line }
    }

    #[test]
    fn words_of_two_desks_to_one_line_are_both_kept() {
        let commented = |words: &str| Line { comment: words.to_owned(), ..line(Section::Watch, 1) };
        for (seen, theirs, ours, kept) in [
            ("", "", "泵房有水", "泵房有水"),
            ("", "泵房有水", "钥匙在门卫", "泵房有水; 钥匙在门卫"),
            ("老话", "老话", "新话", "新话"),
            ("老话", "老话, 泵房有水", "老话, 钥匙在门卫", "老话, 泵房有水; 钥匙在门卫"),
            ("老话", "老话, 泵房有水", "", "老话, 泵房有水"),
            ("", "泵房有水", "泵房有水", "泵房有水"),
        ] {
            let handover = Handover { lines: vec![commented(theirs)], ..draft() };
            let said = say(&handover, &commented(seen), &Said::Comment(ours.to_owned())).expect("kept");
            assert_eq!(said.comment, kept, "{seen:?} {theirs:?} {ours:?}");
        }
        let signed = sign(&draft(), &[line(Section::Danger, 1)], by(1), &turns()).expect("signed");
        let asked = |words: &str| Said::Answer(Answer::Question, words.to_owned());
        let first = say(&signed, &signed.lines[0], &asked("哪个井")).expect("kept");
        let two = Handover { lines: vec![first], ..signed.clone() };
        assert_eq!(
            say(&two, &signed.lines[0], &asked("谁去看")).map(|line| line.reply),
            Ok("哪个井; 谁去看".to_owned())
        );
    }

    #[test]
    fn a_line_of_the_first_three_sections_stays() {
        for section in [Section::Danger, Section::Due, Section::Appointments] {
            let refused = say(&draft(), &line(section, 1), &Said::Drop(true));
            assert_eq!(refused, Err(Refusal::LineStays));
            let lines = [Line { dropped: true, ..line(section, 1) }];
            assert_eq!(sign(&draft(), &lines, by(1), &turns()), Err(Refusal::LineStays));
        }
        let lines = [line(Section::Danger, 1), Line { dropped: true, ..line(Section::Watch, 2) }];
        assert_eq!(sign(&draft(), &lines, by(1), &turns()).map(|signed| signed.lines.len()), Ok(1));
    }

    #[test]
    fn after_signing_only_the_receiver_speaks() {
        let signed = sign(&draft(), &[line(Section::Danger, 1)], by(1), &turns()).expect("signed");
        let one = &signed.lines[0];
        assert_eq!(say(&signed, one, &Said::Mark(true)), Err(Refusal::HandoverSigned));
        assert_eq!(add(&signed, "又一条"), Err(Refusal::HandoverSigned));
        let noted = Said::Answer(Answer::Noted, String::new());
        assert!(say(&signed, one, &noted).is_ok());
        let silent = Said::Answer(Answer::Question, " ".to_owned());
        assert_eq!(say(&signed, one, &silent), Err(Refusal::QuestionNeedsWords));
    }

    #[test]
    fn it_is_taken_over_when_every_line_is_answered_and_by_another() {
        let signed = sign(&draft(), &[answered(line(Section::Danger, 1))], by(1), &turns()).expect("signed");
        assert_eq!(signed.waiting(), 1, "an answer from before the signature is none");
        assert_eq!(accept(&draft(), Kind::Normal, &[], by(2), &turns()), Err(Refusal::HandoverNotSigned));
        assert_eq!(accept(&signed, Kind::Normal, &[], by(1), &turns()), Err(Refusal::SameHands));
        assert_eq!(accept(&signed, Kind::Nobody, &[], by(2), &turns()), Err(Refusal::HandoverSigned));
        assert_eq!(accept(&signed, Kind::Normal, &[], by(2), &turns()), Err(Refusal::HandoverWaits { n: 1 }));
        let read = Handover { lines: vec![answered(line(Section::Danger, 1))], ..signed };
        let late = Line { after_signing: true, ..line(Section::Notes, 2) };
        let waits = accept(&read, Kind::Phone, std::slice::from_ref(&late), by(2), &turns());
        assert_eq!(waits, Err(Refusal::HandoverWaits { n: 1 }), "what came after the signature is answered, too");
        let taken = accept(&read, Kind::Phone, &[answered(late)], by(2), &turns()).expect("taken over");
        assert!(taken.frozen() && taken.lines.len() == 2 && taken.kind == Kind::Phone);
        assert!(accept(&draft(), Kind::Nobody, &[answered(line(Section::Danger, 1))], by(2), &turns()).is_ok());
    }

    #[test]
    fn notes_counts_and_corrections() {
        assert_eq!(add(&draft(), " "), Err(Refusal::NoteEmpty));
        let keys = Line::new(Section::Items, About::Item("钥匙".to_owned()), "钥匙".to_owned());
        assert_eq!(say(&draft(), &keys, &Said::Count(Some(-1))), Err(Refusal::CountUnclear));
        assert_eq!(say(&draft(), &line(Section::Watch, 1), &Said::Count(Some(1))), Err(Refusal::CountUnclear));
        assert_eq!(say(&draft(), &keys, &Said::Count(Some(12))).map(|line| line.count), Ok(Some(12)));
        assert_eq!(correct(&draft(), "错了", by(3)), Err(Refusal::HandoverNotFrozen));
        let frozen = Handover { taken: Some(by(2)), ..draft() };
        let corrected = correct(&frozen, "钥匙是 11 把", by(3)).expect("corrected");
        assert_eq!((corrected.lines.len(), corrected.taken), (1, Some(by(3))));
        assert_eq!(item("钥匙", Some(-1)), Err(Refusal::CountUnclear));
    }
}
