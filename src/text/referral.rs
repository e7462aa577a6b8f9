//! How it is said who outside has a ticket and when it is asked again: on the ticket, in the handover, on a command's lines.
//! When that time is, and whether it has come, is `domain::clock`'s to say.

use super::{Lang, Text, t};
use crate::domain::base::time::Time;
use crate::domain::ticket::{Ticket, clock};

/// In the place of a phone that was asked for and that nobody knew.
pub const PHONE_UNKNOWN: Text = t("电话不知道", "number not known");

/// In the place of a body whose name was not written down.
const UNNAMED: Text = t("没写哪家", "body not named");

/// The body and its phone: `供水公司 0355-600 0101`, `供水公司, 电话不知道`. The number is an office's, and is not masked.
pub fn body(ticket: &Ticket, lang: Lang) -> String {
    let (body, phone) = (ticket.outside_body.as_str(), &ticket.outside_phone);
    let body = if body.is_empty() { UNNAMED.get(lang) } else { body };
    if phone.is_empty() { format!("{body}, {}", PHONE_UNKNOWN.get(lang)) } else { format!("{body} {phone}") }
}

/// When it is asked again, in full: `11-25 09:00再问`, `该问了 (11-25 09:00)`, `没定再问的时间, 现在就问`. None for a ticket no
/// body has.
pub fn again(ticket: &Ticket, now: Time, lang: Lang, moment: impl Fn(Time) -> String) -> Option<String> {
    let at = clock::ask_at(ticket)?;
    let words = match ticket.review_at {
        None => return Some(t("没定再问的时间, 现在就问", "no time to ask again set: ask now").get(lang).to_owned()),
        Some(_) if at <= now => t("该问了 ({at})", "ask now (was for {at})"),
        Some(_) => t("{at}再问", "ask again {at}"),
    };
    Some(words.with(lang, &[("at", &moment(at))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ticket::Status;

    #[test]
    fn body_number_and_time_each_known_or_not() {
        let ticket = Ticket { status: Status::Referred, outside_body: "供水公司".to_owned(), ..Ticket::blank() };
        let known = Ticket { outside_phone: "0355-600 0101 张工".to_owned(), ..ticket.clone() };
        assert_eq!(body(&ticket, Lang::Zh), "供水公司, 电话不知道");
        assert_eq!(body(&ticket, Lang::En), "供水公司, number not known");
        assert_eq!(body(&known, Lang::En), "供水公司 0355-600 0101 张工");
        assert_eq!(body(&Ticket::blank(), Lang::Zh), "没写哪家, 电话不知道");
        let said = |review: Option<i64>, lang| {
            let ticket = Ticket { review_at: review.map(Time), ..known.clone() };
            again(&ticket, Time(5), lang, |at| at.0.to_string())
        };
        assert_eq!(said(None, Lang::Zh).as_deref(), Some("没定再问的时间, 现在就问"));
        assert_eq!(said(Some(5), Lang::Zh).as_deref(), Some("该问了 (5)"));
        assert_eq!(said(Some(6), Lang::Zh).as_deref(), Some("6再问"));
        assert_eq!(said(Some(6), Lang::En).as_deref(), Some("ask again 6"));
        assert_eq!(again(&Ticket::blank(), Time(5), Lang::Zh, |_| String::new()), None);
    }
}
