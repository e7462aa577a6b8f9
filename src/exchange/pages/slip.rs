//! The job slip 派工单: what the worker takes along, with lines to fill in and to sign.
//! It asks nothing of the data file; who is on it was written down before it came here.

use minijinja::context;
use unicode_width::UnicodeWidthStr;

use super::{Format, built_in};
use crate::domain::base::time::Time;
use crate::domain::person::Phone;
use crate::domain::settings::query::Township;
use crate::domain::ticket::query::Detail;
use crate::domain::ticket::{Ticket, clock, fee};
use crate::text::labels::Labelled;
use crate::text::{Lang, Text, t, wrap};

/// A slip in both its forms. It holds names in full, so it does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Slip {
    /// Plain text.
    pub text: String,
    /// HTML, styles included.
    pub html: String,
}

/// Cells of a row of the text.
const CELLS: usize = 72;
/// Cells of the labels before the facts.
const LABEL: usize = 16;
/// Rows what was said takes at most, so that all stays on one page.
const ROWS_AT_MOST: usize = 12;

/// A row of the slip: what it is, and what stands there.
type Fact = (Text, String);

/// Makes the slip of a ticket, as it stands `now`.
///
/// # Errors
/// A sentence, when its template fails.
pub fn page(detail: &Detail, town: &Township, now: Time, lang: Lang) -> Result<Slip, String> {
    let title = format!("{} {}", town.company, t("派工单", "job slip").get(lang));
    let facts = facts(detail, town, lang);
    let printed = t("{at} 打印", "printed {at}").with(lang, &[("at", &town.zone.mdhm(now))]);
    let phone = match town.desk_phone.as_str() {
        "" => String::new(),
        phone => t("客服台 {phone}", "Service desk {phone}").with(lang, &[("phone", &phone)]),
    };
    let foot = format!("{phone}   {printed}").trim().to_owned();
    let blanks = blanks(&detail.row.ticket);
    let html = html(&title, &facts, &blanks, &foot, lang)?;
    Ok(Slip { text: text(&title, &facts, &blanks, &foot, lang), html })
}

fn facts(detail: &Detail, town: &Township, lang: Lang) -> Vec<Fact> {
    let (row, ticket) = (&detail.row, &detail.row.ticket);
    let at = |time: Time| town.zone.mdhm(time);
    let parts = [row.compound.as_str(), row.place.as_str(), ticket.place_words.as_str()];
    let place: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let person = |name: Option<&str>, phone: Option<&Phone>| {
        format!("{} {}", name.unwrap_or_default(), phone.map(Phone::spoken).unwrap_or_default()).trim().to_owned()
    };
    let category = town.categories.iter().find(|category| category.code == ticket.category);
    let category = category.map_or("", |category| if lang == Lang::Zh { &category.zh } else { &category.en });
    let due = t("{respond} 前到, {resolve} 前办好", "on site by {respond}, done by {resolve}")
        .with(lang, &[("respond", &at(clock::contact_by(ticket))), ("resolve", &at(clock::solved_by(ticket)))]);
    let taken = format!("{}  {}", at(ticket.opened_at), ticket.channel.label().get(lang));
    let mut facts = vec![
        (t("单号", "Number"), ticket.number.full()),
        (t("登记", "Taken"), taken),
        (t("地点", "Place"), place.join(" ")),
        (t("联系人", "Reported by"), person(detail.reporter.as_ref().map(|n| n.reveal()), detail.phone.as_ref())),
        (t("内容", "What"), said(&ticket.words)),
        (t("分类", "Category"), format!("{} {category}", ticket.category)),
        (t("紧急程度", "Priority"), format!("{} {}", ticket.priority.code(), ticket.priority.label().get(lang))),
        (t("时限", "Due"), due),
        (t("处理人", "Handler"), person(row.assignee.as_ref().map(|n| n.reveal()), detail.assignee_phone.as_ref())),
    ];
    if let Some(time) = ticket.appointment_at {
        facts.insert(8, (t("约的时间", "Appointment"), at(time)));
    }
    facts
}

/// What was said, as much of it as one page holds.
fn said(words: &str) -> String {
    let rows = wrap::lines(&words.replace('\n', " "), CELLS - LABEL);
    if rows.len() <= ROWS_AT_MOST { rows.concat() } else { rows[..ROWS_AT_MOST].concat() + " .." }
}

/// What is filled in by hand: its label, what is known already, rows of room.
type Blank = (Text, String, usize);

fn blanks(ticket: &Ticket) -> [Blank; 6] {
    let empty = String::new;
    [
        (t("到场时间", "On site at"), empty(), 1),
        (t("完成时间", "Done at"), empty(), 1),
        (t("材料", "Materials"), ticket.materials.replace('\n', " "), 2),
        (t("收费 (元)", "Fee (yuan)"), ticket.fee.map(fee::yuan).unwrap_or_default(), 1),
        (t("处理结果", "What was done"), empty(), 3),
        (t("住户意见", "Resident's word"), empty(), 1),
    ]
}

const SIGNED: [Text; 2] = [t("住户签字", "Resident"), t("处理人签字", "Worker")];

fn text(title: &str, facts: &[Fact], blanks: &[Blank], foot: &str, lang: Lang) -> String {
    let pad = |label: &str| format!("{label}{}", " ".repeat(LABEL.saturating_sub(label.width())));
    let rule = |cells: usize| "_".repeat(cells);
    let mut rows = vec![format!("{}{title}", " ".repeat(CELLS.saturating_sub(title.width()) / 2)), String::new()];
    let filled = |rows: &mut Vec<String>, label: Text, text: &str| {
        let mut label = pad(label.get(lang));
        for row in wrap::lines(text, CELLS - LABEL) {
            rows.push(format!("{label}{row}").trim_end().to_owned());
            label = pad("");
        }
    };
    facts.iter().for_each(|(label, fact)| filled(&mut rows, *label, fact));
    rows.push(String::new());
    for (label, known, room) in blanks {
        if !known.is_empty() {
            filled(&mut rows, *label, known);
            rows.push(String::new());
            continue;
        }
        let mut label = pad(label.get(lang));
        for _ in 0..*room {
            rows.extend([format!("{label}{}", rule(CELLS - LABEL)), String::new()]);
            label = pad("");
        }
    }
    let sign = |signed: &Text| {
        let label = pad(signed.get(lang));
        let date = t("日期", "date").get(lang);
        let line = rule(CELLS / 2);
        format!("{label}{line}  {date} {}", rule(CELLS - LABEL - CELLS / 2 - date.width() - 3))
    };
    rows.extend(SIGNED.iter().flat_map(|signed| [sign(signed), String::new()]));
    rows.push(foot.to_owned());
    rows.join("\n") + "\n"
}

/// A4 upright, black on white, one table: every browser prints it alike.
fn html(title: &str, facts: &[Fact], blanks: &[Blank], foot: &str, lang: Lang) -> Result<String, String> {
    let fact = |(label, text): &Fact| context! { label => label.get(lang), text };
    let blank = |(label, known, room): &Blank| context! { label => label.get(lang), known, room };
    let values = context! {
        lang => if lang == Lang::Zh { "zh-CN" } else { "en" },
        title,
        facts => facts.iter().map(fact).collect::<Vec<_>>(),
        blanks => blanks.iter().map(blank).collect::<Vec<_>>(),
        signed => SIGNED.map(|who| who.get(lang)),
        date => t("日期", "date").get(lang),
        foot,
    };
    built_in("slip", Format::Html, include_str!("templates/slip.html"), &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::calendar::Calendar;
    use crate::domain::base::time::CHINA;
    use crate::domain::person::{Flags, PersonName};
    use crate::domain::roster::Templates;
    use crate::domain::ticket::category;
    use crate::domain::ticket::query::Row;

    fn made(words: &str, lang: Lang) -> Slip {
        let town = Township {
            name: "黎侯镇".to_owned(),
            company: "黎侯镇物业".to_owned(),
            zone: CHINA,
            desk_phone: "0355-600 0000".to_owned(),
            sample: false,
            categories: category::starting(),
            calendar: Calendar::plain(CHINA),
            hours: Templates::starting(),
        };
        let ticket =
            Ticket { words: words.to_owned(), category: "206".to_owned(), fee: Some(3_550), ..Ticket::blank() };
        let detail = Detail {
            row: Row {
                id: crate::domain::base::id::TicketId(1),
                version: 1,
                ticket,
                compound: "康乐苑".to_owned(),
                place: "3-2-501".to_owned(),
                assignee: Some(PersonName::stored("王强".to_owned())),
            },
            building: String::new(),
            unit: String::new(),
            room: String::new(),
            reporter: Some(PersonName::stored("陈<凤>英".to_owned())),
            phone: Some(Phone::stored("13800005678".to_owned())),
            care: Flags::default(),
            assignee_phone: Some(Phone::stored("13600001001".to_owned())),
            next_owner: None,
            merged_into: None,
            merged: Vec::new(),
            related: Vec::new(),
            timeline: Vec::new(),
        };
        page(&detail, &town, Time(0), lang).expect("a slip")
    }

    #[test]
    fn both_forms_hold_what_the_worker_needs_and_fit_a_page() {
        let long = "厨房水龙头<script>漏水</script>, 地上全是水。".repeat(200);
        for (lang, signed) in [(Lang::Zh, "住户签字"), (Lang::En, "Resident")] {
            let page = made(&long, lang);
            for form in [&page.text, &page.html] {
                for needed in ["康乐苑 3-2-501", "138 0000 5678", "136 0000 1001", "35.50", "0355-600 0000", signed]
                {
                    assert!(form.contains(needed), "{needed}: {form}");
                }
            }
            assert!(!page.html.contains("<script") && page.html.contains("陈&lt;凤&gt;英"));
            assert!(page.text.contains("陈<凤>英"));
            assert!(page.text.lines().count() <= 60, "{} rows", page.text.lines().count());
            for line in page.text.lines() {
                assert!(line.width() <= CELLS, "{line}");
            }
        }
    }
}
