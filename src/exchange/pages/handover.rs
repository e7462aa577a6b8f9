//! A handover as a page: lines by section, and where giver and receiver sign. What the lines say came with them.

use std::path::Path;

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::{Format, Page, fill};
use crate::domain::handover::query::{Correction, Past};
use crate::domain::handover::turn::Turns;
use crate::domain::handover::{Handover, Kind, Line, Section};
use crate::domain::settings::query::Township;
use crate::text::labels::Labelled;
use crate::text::{Lang, handover as words, t};

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The township's property company.
    pub company: &'a str,
    /// The handover; its own lines are not read.
    pub handover: &'a Handover,
    /// The lines.
    pub lines: &'a [Line],
    /// Name of the giver; empty where nobody has signed.
    pub giver: &'a str,
    /// Name of the receiver; empty where nobody has signed.
    pub receiver: &'a str,
    /// Whether each gave a PIN, where that is known.
    pub pins: [Option<bool>; 2],
    /// That the window is longer than its shift, in words.
    pub spans: Option<&'a str>,
    /// It corrects another: who, and when.
    pub correction: Option<&'a Correction>,
    /// The township's hours.
    pub turns: Turns,
}

impl<'a> Sheet<'a> {
    /// The page of a handover with these lines.
    pub fn of(past: &'a Past, lines: &'a [Line], spans: Option<&'a str>, town: &'a Township) -> Self {
        let Past { handover, giver, receiver, pins, correction, .. } = past;
        let (company, correction, turns) = (&*town.company, correction.as_ref(), town.turns());
        Self { company, handover, lines, giver, receiver, pins: *pins, spans, correction, turns }
    }
}

#[derive(Serialize)]
struct Values<'a> {
    lang: &'static str,
    company: &'a str,
    title: String,
    shift: String,
    state: String,
    spans: Option<&'a str>,
    sections: Vec<SectionValues<'a>>,
    none: String,
    giver: Hand,
    receiver: Hand,
    words: Words,
}

#[derive(Serialize)]
struct SectionValues<'a> {
    number: usize,
    name: &'static str,
    lines: Vec<LineValues<'a>>,
}

#[derive(Serialize)]
struct LineValues<'a> {
    text: &'a str,
    comment: &'a str,
    marked: bool,
    carried: String,
    answer: String,
    after: bool,
    /// All of it in one row of words.
    all: String,
}

#[derive(Serialize)]
struct Hand {
    label: &'static str,
    name: String,
    at: String,
}

#[derive(Serialize)]
struct Words {
    none: &'static str,
    time: &'static str,
    after: &'static str,
    comment: &'static str,
}

/// The page, and what was wrong with the office's own template in `folder`, if anything.
///
/// # Errors
/// A sentence, when no template works.
pub fn page(sheet: Sheet<'_>, format: Format, folder: Option<&Path>, lang: Lang) -> Result<Page, String> {
    let ours = match format {
        Format::Text => include_str!("templates/handover.txt"),
        Format::Markdown => include_str!("templates/handover.md"),
        Format::Html => include_str!("templates/handover.html"),
    };
    fill("handover", format, ours, folder, &Value::from(Serde(values(sheet, lang))), lang)
}

/// Signed that long before it was taken over, it says as of when its lines are.
const MINUTES_APART: i64 = 5;

/// `已定稿`, `电话交接`, `更正 赵建军 11-24 17:00`; as of when the lines are, where that is not when it was taken over.
fn state(sheet: Sheet<'_>, lang: Lang) -> String {
    let Sheet { handover, correction, turns: Turns { zone, .. }, .. } = sheet;
    if let Some(Correction { by, at, .. }) = correction {
        let words = t("更正 {name} {at}", "correction by {name}, {at}");
        return words.with(lang, &[("name", by), ("at", &zone.mdhm(*at))]);
    }
    let how = match (handover.taken, handover.given) {
        (Some(_), _) if handover.kind == Kind::Normal => t("已定稿", "frozen"),
        (Some(_), _) => handover.kind.label(),
        (None, Some(_)) => t("交班人已签, 待接班", "signed, to be taken over"),
        (None, None) => t("草稿", "draft"),
    };
    let how = how.get(lang).to_owned();
    match handover.given.zip(handover.taken) {
        Some((given, taken)) if given.at.minutes_to(taken.at) >= MINUTES_APART => {
            let words =
                t("; 各条是 {at} 签名时的, 之后的见签后新增", "; lines as of {at}, what came later is marked so");
            how + &words.with(lang, &[("at", &zone.hm(given.at))])
        }
        _ => how,
    }
}

fn values(sheet: Sheet<'_>, lang: Lang) -> Values<'_> {
    let Sheet { company, handover, lines, giver, receiver, pins, spans, turns, .. } = sheet;
    let zone = turns.zone;
    let at =
        |signature: Option<crate::domain::handover::Signature>| signature.map(|s| zone.mdhm(s.at)).unwrap_or_default();
    let state = state(sheet, lang);
    let sections = Section::ALL.iter().map(|section| SectionValues {
        number: *section as usize + 1,
        name: section.label().get(lang),
        lines: lines
            .iter()
            .filter(|line| line.section == *section && !line.dropped)
            .map(|line| line_values(line, lang))
            .collect(),
    });
    // Who has not signed yet signs on the line with a pen.
    let hand = |name: &str, pin| if name.is_empty() { String::new() } else { words::hand(name, pin, lang) };
    let empty: Vec<&str> = words::empty(lines).iter().map(|section| section.label().get(lang)).collect();
    Values {
        lang: if lang == Lang::Zh { "zh" } else { "en" },
        company,
        title: t("交接班记录", "Shift handover").get(lang).to_owned(),
        shift: words::shift(handover.shift, &turns, lang),
        state,
        spans,
        sections: sections.filter(|section| !section.lines.is_empty()).collect(),
        none: empty.join(t("、", ", ").get(lang)),
        giver: Hand { label: t("交班人", "Given by").get(lang), name: hand(giver, pins[0]), at: at(handover.given) },
        receiver: Hand {
            label: t("接班人", "Taken by").get(lang),
            name: hand(receiver, pins[1]),
            at: at(handover.taken),
        },
        words: Words {
            none: t("没有单列", "no line under").get(lang),
            time: t("时间", "Time").get(lang),
            after: t("签后新增", "after signing").get(lang),
            comment: t("说明", "comment").get(lang),
        },
    }
}

fn line_values(line: &Line, lang: Lang) -> LineValues<'_> {
    let carried = words::carried(line.carried, lang).unwrap_or_default();
    let answer = line.answer.map_or(String::new(), |answer| {
        let label = answer.label().get(lang);
        if line.reply.is_empty() { format!("[{label}]") } else { format!("[{label}: {}]", line.reply) }
    });
    let mut all = String::new();
    if line.after_signing {
        all += &format!("({}) ", t("签后新增", "after signing").get(lang));
    }
    all += &line.text;
    if !line.comment.is_empty() {
        all += &format!("  // {}", line.comment);
    }
    for part in [&carried, &answer] {
        if !part.is_empty() {
            all += &format!("  {part}");
        }
    }
    let (text, comment, marked, after) = (&line.text, &line.comment, line.marked, line.after_signing);
    LineValues { text, comment, marked, carried, answer, after, all }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::id::{OperatorId, TicketId};
    use crate::domain::base::time::{CHINA, Day, Time};
    use crate::domain::handover::{About, Answer, Signature};
    use crate::domain::roster::Templates;
    use crate::domain::roster::shift::Template;

    fn handover() -> Handover {
        let day = Day::from_ymd_opt(2026, 11, 24).expect("a day");
        let signed = |minute| Some(Signature { by: OperatorId(1), at: CHINA.at(day, minute), seq: 1 });
        let danger = Line {
            carried: 2,
            comment: "<b>等供水公司</b>".to_owned(),
            marked: true,
            answer: Some(Answer::Question),
            reply: "总阀在哪".to_owned(),
            ..Line::new(Section::Danger, About::Ticket(TicketId(1)), "1124-01 康乐苑 3-2-501 爆管 *急*".to_owned())
        };
        Handover {
            shift: (day, Template::Early),
            from_seq: 0,
            from_at: Time(0),
            kind: Kind::Phone,
            lines: vec![danger, Line::new(Section::Figures, About::Figures, "收14 办9 派11".to_owned())],
            given: signed(960),
            taken: signed(970),
        }
    }

    fn made(format: Format, folder: Option<&Path>, lang: Lang) -> Page {
        let handover = handover();
        let sheet = Sheet {
            company: "黎侯镇物业",
            handover: &handover,
            lines: &handover.lines,
            giver: "李敏",
            receiver: "高洁",
            pins: [Some(true), Some(false)],
            spans: Some("跨 2 班"),
            correction: None,
            turns: Turns { hours: Templates::starting(), zone: CHINA },
        };
        page(sheet, format, folder, lang).expect("a page")
    }

    #[test]
    fn every_format_holds_the_lines_and_who_signed_when() {
        for format in Format::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let page = made(*format, None, lang).text;
                for words in [
                    "1124-01",
                    "3-2-501",
                    "总阀在哪",
                    "收14 办9 派11",
                    "李敏",
                    "高洁",
                    "11-24 16:00",
                    "11-24 16:10",
                    "跨 2 班",
                ] {
                    assert!(page.contains(words), "{format:?} {lang:?} lacks {words}:\n{page}");
                }
            }
        }
        let html = made(Format::Html, None, Lang::Zh).text;
        assert!(html.contains("&lt;b&gt;") && !html.contains("<b>等"), "{html}");
        assert!(made(Format::Markdown, None, Lang::Zh).text.contains("\\*急\\*"));
    }

    #[test]
    fn an_ordinary_page_is_one_a4() {
        let mut handover = handover();
        handover.lines = (0..45)
            .map(|n| Line::new(Section::Watch, About::Note(n), "康乐苑水泵房异响, 若再响叫供水公司".to_owned()))
            .collect();
        let sheet = Sheet {
            company: "黎侯镇物业",
            handover: &handover,
            lines: &handover.lines,
            giver: "",
            receiver: "",
            pins: [None; 2],
            spans: None,
            correction: None,
            turns: Turns { hours: Templates::starting(), zone: CHINA },
        };
        let text = page(sheet, Format::Text, None, Lang::Zh).expect("a page").text;
        assert!(text.lines().count() <= 60, "{}", text.lines().count());
    }

    #[test]
    fn the_offices_own_template_is_used_and_one_that_fails_is_told_with_its_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("handover.txt");
        std::fs::write(&path, "{{ company }} / {{ shift }}").expect("a template");
        let page = made(Format::Text, Some(folder.path()), Lang::Zh);
        assert_eq!((page.text.as_str(), page.complaint), ("黎侯镇物业 / 11-24 早班 08-16", None));
        std::fs::write(&path, "{{ company }}\n\n{{ nobody }}").expect("a template");
        let page = made(Format::Text, Some(folder.path()), Lang::En);
        let complaint = page.complaint.expect("a complaint");
        assert!(complaint.contains("line 3") && complaint.contains("handover.txt"), "{complaint}");
        assert!(page.text.contains("1124-01"), "ours is used");
        std::fs::write(&path, "{% if %}").expect("a template");
        assert!(made(Format::Text, Some(folder.path()), Lang::Zh).complaint.is_some_and(|why| why.contains("第 1 行")));
    }
}
