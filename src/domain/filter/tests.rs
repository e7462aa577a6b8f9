//! What is typed, and what it means.

use super::*;
use crate::domain::base::time::{CHINA, DAY, Day, Time};
use crate::domain::refusal::Refusal;

/// Initials of the few names here; the real ones are made in `search`.
fn fits(zh: &str, _: &str, typed: &str) -> Option<i32> {
    let initials = [("康乐苑", "kly"), ("状态", "zt"), ("王强", "wq"), ("室内渗漏", "snsl"), ("超时", "cs")];
    initials.iter().any(|(name, letters)| *name == zh && letters.starts_with(typed)).then_some(1)
}

fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 24).expect("a day")
}

fn known(value: Value, code: &str, zh: &str, en: &str) -> Known {
    Known { value, code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

fn vocabulary() -> Vocabulary {
    let values = vec![
        known(Value::Status(Status::Assigned), "assigned", "待接单", "assigned"),
        known(Value::Status(Status::Accepted), "accepted", "已接单", "accepted"),
        known(Value::Status(Status::Paused), "paused", "挂起", "paused"),
        known(Value::Status(Status::Closed), "closed", "已归档", "closed"),
        known(Value::Compound(PlaceId(1)), "", "康乐苑", "康乐苑"),
        known(Value::Compound(PlaceId(2)), "", "锦绣 家园", "锦绣 家园"),
        known(Value::Category("202".to_owned()), "202", "室内渗漏", "leak from above"),
        known(Value::Category("203".to_owned()), "203", "停水水压低", "no or low water"),
        known(Value::Category("102".to_owned()), "102", "疑似燃气泄漏", "gas smell"),
        known(Value::Priority(Priority::P1), "P1", "特急", "danger"),
        known(Value::Priority(Priority::P2), "P2", "紧急", "urgent"),
        known(Value::Who(None), "none", "没人", "nobody"),
        known(Value::Who(Some(StaffId(7))), "", "王强", "王强"),
        known(Value::Channel(Channel::Phone), "phone", "电话", "phone"),
    ];
    let me = Me { operator: Some(OperatorId(3)), staff: Some(StaffId(7)) };
    Vocabulary { values, fits, today: today(), zone: CHINA, me }
}

fn read(text: &str) -> Filter {
    parse(text, &vocabulary()).expect("understood")
}

fn only(text: &str) -> Test {
    let mut terms = read(text).terms;
    assert_eq!(terms.len(), 1, "{text}: {terms:?}");
    terms.pop().expect("one").test
}

#[test]
fn heads_and_values_in_both_languages_by_beginnings_and_in_pinyin() {
    for text in [
        "status:paused",
        "status:pau",
        "st:挂起",
        "状态:挂",
        "状态：挂起",
        "zt:挂起",
        "ｓｔａｔｕｓ：ｐａｕｓｅｄ",
        "状态: 挂起",
    ] {
        assert_eq!(only(text), Test::Status(vec![Status::Paused]), "{text}");
    }
    for text in ["compound:kly", "小区:康乐苑", "小区:康", "小区:乐", "com:kl"] {
        assert_eq!(only(text), Test::Compound(vec![PlaceId(1)]), "{text}");
    }
    assert_eq!(only("小区:\"锦绣 家园\""), Test::Compound(vec![PlaceId(2)]));
    assert_eq!(only("cat:202"), Test::Category(vec!["202".to_owned()]));
    assert_eq!(only("分类:漏"), Test::Category(vec!["202".to_owned(), "102".to_owned()]), "every one that holds it");
    assert_eq!(only("cat:20"), Test::Category(vec!["202".to_owned(), "203".to_owned()]));
    assert_eq!(only("status:a"), Test::Status(vec![Status::Assigned, Status::Accepted]), "all that begin so");
    assert_eq!(only("状态:挂起,已归档"), Test::Status(vec![Status::Paused, Status::Closed]));
    assert_eq!(only("pri:1"), Test::Priority(vec![Priority::P1]));
    assert_eq!(only("P2"), Test::Priority(vec![Priority::P2]));
    assert_eq!(only("who:wq"), Test::Who(vec![Some(StaffId(7))]));
    assert_eq!(only("处理人:没人、王强"), Test::Who(vec![None, Some(StaffId(7))]));
    assert_eq!(only("来源:电话"), Test::Channel(vec![Channel::Phone]));
    assert_eq!(only("地点:3栋2单元501"), Test::Place(Spot::new("3栋2单元501")));
    assert!(Spot::new("3栋2单元501").labels.contains(&"3-2-501".to_owned()));
}

#[test]
fn flags_words_quotes_and_denials() {
    assert_eq!(only("late"), Test::Is(Flag::Late));
    assert_eq!(only("超时"), Test::Is(Flag::Late));
    assert_eq!(only("我的"), Test::Of(vocabulary().me));
    assert!(matches!(only("\"超时\""), Test::Word(word) if word.text == "超时"), "between quotes it is a word");
    assert!(matches!(only("“厨房 漏水”"), Test::Word(word) if word.text == "厨房 漏水"));
    assert!(matches!(only("12:30"), Test::Word(_)), "a time is no term");
    let filter = read("漏水 -late －小区:kly -\"late\"");
    assert_eq!(filter.terms.iter().map(|term| term.not).collect::<Vec<_>>(), [false, true, true, true]);
    assert!(matches!(&filter.terms[3].test, Test::Word(word) if word.text == "late"));
    let Test::Word(word) = only("王强") else { panic!("a word") };
    assert_eq!((word.staff, word.compounds), (vec![StaffId(7)], vec![]));
    let Test::Word(word) = only("1122-07") else { panic!("a word") };
    assert_eq!(word.number.map(Number::full).as_deref(), Some("2026-1122-07"));
    for nothing in ["", "  ", "-", "状态:", "\"\""] {
        assert_eq!(read(nothing), Filter::open(), "{nothing:?}");
    }
}

#[test]
fn what_asks_for_ended_ones_looks_among_all() {
    for text in ["all", "全部", "closed", "从:今天", "to:11-20", "状态:已归档", "漏水 全部", "状态:挂起,已归档"]
    {
        assert!(!read(text).open, "{text}");
    }
    for text in ["漏水", "状态:挂起", "late", "-已结", "-状态:已归档"] {
        assert!(read(text).open, "{text}");
    }
    assert!(read("全部").is_empty() && read("all late").only_open() && !read("all 漏水").only_open());
}

#[test]
fn days_are_those_before() {
    let from = |text: &str| match only(text) {
        Test::From(time) => CHINA.day(time),
        other => panic!("{text}: {other:?}"),
    };
    let day = |m, d| Day::from_ymd_opt(2026, m, d).expect("a day");
    for (text, wanted) in [
        ("from:今天", day(11, 24)),
        ("从:昨天", day(11, 23)),
        ("从:前天", day(11, 22)),
        ("from:周三", day(11, 18)),
        ("from:week", day(11, 23)),
        ("从:本月", day(11, 1)),
        ("从:7天", day(11, 17)),
        ("from:7d", day(11, 17)),
        ("from:11-20", day(11, 20)),
        ("from:2026-02-03", day(2, 3)),
        ("from:12-25", Day::from_ymd_opt(2025, 12, 25).expect("a day")),
    ] {
        assert_eq!(from(text), wanted, "{text}");
    }
    assert_eq!(only("到:昨天"), Test::Before(CHINA.at(today(), 0)), "that day included");
    assert_eq!(parse("from:soon", &vocabulary()), Err(Refusal::FilterDay { text: "soon".to_owned() }));
}

#[test]
fn what_is_not_known_is_refused_by_name() {
    let refused = |text: &str| parse(text, &vocabulary()).expect_err(text);
    assert_eq!(refused("漏水 foo:x"), Refusal::FilterHead { head: "foo".to_owned() });
    assert_eq!(refused("c:x"), Refusal::FilterHead { head: "c".to_owned() }, "compound, cat or channel");
    let Refusal::FilterValue { head, text, names } = refused("状态:挂起,xx") else { panic!("another refusal") };
    assert_eq!((head, text.as_str(), names.len()), (Head::Status, "xx", 4));
    assert_eq!(names[0], ("待接单".to_owned(), "assigned".to_owned()));
}

#[test]
fn every_spelling_is_one_thing_only() {
    let mut all: Vec<&str> = Vec::new();
    for words in
        Head::ALL.iter().map(|head| parse::spelled(*head)).chain(Flag::ALL.iter().map(|f| parse::spelled_flag(*f)))
    {
        assert!(
            words.len() >= 2 && words.iter().any(|word| word.is_ascii()) && words.iter().any(|word| !word.is_ascii())
        );
        all.extend(words);
    }
    let n = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), n);
}

#[test]
fn what_may_follow_is_offered_and_taken() {
    let offered = |text: &str| offers(text, &vocabulary());
    assert_eq!(offered("").len(), Head::ALL.len() + Flag::ALL.len());
    assert_eq!(offered("漏水 ").len(), Head::ALL.len() + Flag::ALL.len());
    assert_eq!(offered("漏水"), []);
    assert_eq!(offered("漏水 -状")[0], Offer::Head(Head::Status));
    assert_eq!(offered("sta")[0], Offer::Head(Head::Status));
    assert_eq!(offered("cs"), [Offer::Flag(Flag::Late)]);
    assert_eq!(offered("状态:").len(), 4);
    assert_eq!(offered("状态: ").len(), 4);
    assert!(
        matches!(&offered("状态:挂起,已")[..], [Offer::Value(a), Offer::Value(b)] if a.zh == "已接单" && b.zh == "已归档")
    );
    assert_eq!(offered("foo:"), []);
    let taken = |text: &str, word: &str| with_offer(text, &offered(text)[0], word);
    assert_eq!(taken("漏水 -状", "状态"), "漏水 -状态:");
    assert_eq!(taken("漏水 超", "超时"), "漏水 超时 ");
    assert_eq!(taken("状态:挂", "挂起"), "状态:挂起 ");
    assert_eq!(taken("-状态：挂起，已", "已接单"), "-状态：挂起，已接单 ");
    assert_eq!(taken("小区:锦", "锦绣 家园"), "小区:\"锦绣 家园\" ");
    assert_eq!(taken("状态: ", "待接单"), "状态:待接单 ");
}

#[test]
fn a_ticket_passes_when_all_holds() {
    let ticket = Ticket {
        words: "厨房顶上漏水, Leak".to_owned(),
        place_words: "最里头那排".to_owned(),
        compound: Some(PlaceId(1)),
        assignee: Some(StaffId(7)),
        category: "202".to_owned(),
        status: Status::Assigned,
        opened_at: CHINA.at(today(), 600),
        respond_by: Time(CHINA.at(today(), 600).0 + DAY),
        resolve_by: Time(CHINA.at(today(), 600).0 + DAY),
        ..Ticket::blank()
    };
    let id = crate::domain::base::id::TicketId(1);
    let row =
        Row { id, version: 1, ticket, compound: "康乐苑".to_owned(), place: "3-2-501".to_owned(), assignee: None };
    let now = CHINA.at(today(), 601);
    let passes = |text: &str| read(text).passes(&row, now);
    for text in [
        "",
        "漏水",
        "ＬＥＡＫ",
        "厨房 漏水",
        "-停水",
        "康乐",
        "kly",
        "王强",
        "3-2",
        "3栋2单元501",
        "最里头",
        "状态:待接单",
        "-状态:挂起",
        "小区:kly cat:漏 who:wq",
        "mine",
        "从:今天",
        "到:今天",
        "-late",
        "-已结",
        "地点:3-2-5",
    ] {
        assert!(passes(text), "{text}");
    }
    for text in [
        "停水",
        "漏水 停水",
        "-漏水",
        "锦绣",
        "3-2-502",
        "2-501",
        "状态:挂起",
        "小区:锦绣",
        "late",
        "已结",
        "到:昨天",
        "-mine",
        "地点:501",
    ] {
        assert!(!passes(text), "{text}");
    }
    let closed = Row { ticket: Ticket { status: Status::Closed, ..row.ticket.clone() }, ..row.clone() };
    assert!(
        !read("漏水").passes(&closed, now)
            && read("漏水 all").passes(&closed, now)
            && read("closed").passes(&closed, now)
    );
}
