//! Finding, tickets and duty by command: what scripts read stays as it is, and people stay masked.

use serde_json::Value;

use super::{Shell, names};

const TICKET: [&str; 26] = [
    "also_affected",
    "appointment_at",
    "ask_again_at",
    "assignee",
    "category",
    "channel",
    "kind",
    "merged",
    "merged_into",
    "number",
    "opened_at",
    "outer_due",
    "outside_body",
    "outside_number",
    "outside_phone",
    "overdue",
    "phone_masked",
    "place",
    "priority",
    "reporter",
    "resolve_by",
    "respond_by",
    "status",
    "timeline",
    "version",
    "words",
];

#[track_caller]
fn is_a_ticket(ticket: &Value) {
    assert_eq!(names(ticket), TICKET);
    assert_eq!(names(&ticket["place"]), ["building", "compound", "room", "unit", "words"]);
    for entry in ticket["timeline"].as_array().expect("a timeline") {
        assert_eq!(names(entry), ["at", "by", "kind", "note"]);
    }
    for time in ["opened_at", "respond_by", "resolve_by"] {
        let time = ticket[time].as_str().expect(time);
        assert!(time.len() == "2026-11-24T10:00:00+08:00".len() && time.ends_with("+08:00"), "{time}");
    }
    assert!(ticket["overdue"].is_boolean() && ticket["version"].is_i64() && ticket["also_affected"].is_u64());
}

fn is_masked(phone: &Value) -> bool {
    phone.is_null() || phone.as_str().is_some_and(|phone| phone.contains('*'))
}

#[test]
fn what_is_found_keeps_its_shape_and_is_masked() {
    let shell = Shell::with_sample();
    let hits = shell.json(&["find", "kly"]);
    let hits = hits.as_array().expect("a list");
    assert!(!hits.is_empty());
    for hit in hits {
        let all = ["building", "compound", "id", "kind", "label", "phone_masked", "room", "score", "unit", "why"];
        assert_eq!(names(hit), all);
        assert!(hit["id"].is_string() && hit["score"].is_i64() && !hit["why"].as_array().expect("why").is_empty());
        assert!(is_masked(&hit["phone_masked"]), "{hit}");
    }
    let residents = shell.json(&["find", "kly", "--kind", "resident", "--limit", "3"]);
    let residents = residents.as_array().expect("a list");
    assert!((1..=3).contains(&residents.len()) && residents.iter().all(|hit| hit["kind"] == "resident"));
    assert!(residents.iter().all(|hit| hit["label"].as_str().is_some_and(|label| label.contains('*'))));
    assert_eq!(shell.json(&["find", "zzzzqqqq"]), Value::Array(Vec::new()));
    let none = shell.run(&["find", "zzzzqqqq"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(none.err.contains("Nothing found"), "{}", none.err);
}

#[test]
fn a_report_is_taken_sent_worked_on_and_closed() {
    let shell = Shell::with_sample();
    let home = shell.json(&["find", "康乐苑", "--kind", "resident", "--limit", "1"])[0].clone();
    let room = ["building", "unit", "room"].map(|part| home[part].as_str().expect("a part").to_owned()).join("-");
    let place = format!("康乐苑 {room}");
    let ticket = shell.json(&["ticket", "new", "--words", "厨房顶上漏水", "--place", &place, "--phone", "13800005678"]);
    is_a_ticket(&ticket);
    assert_eq!((&ticket["status"], &ticket["category"]), (&"new".into(), &"202".into()));
    assert_eq!((&ticket["place"]["compound"], &ticket["place"]["room"]), (&home["compound"], &home["room"]));
    assert_eq!(ticket["phone_masked"], "138****5678");
    let number = ticket["number"].as_str().expect("a number");
    let short = number.strip_prefix("2026-").expect("the year");

    let staff = shell.json(&["export", "tickets"]);
    let worker = staff
        .as_array()
        .and_then(|rows| rows.iter().find_map(|row| row["assignee"].as_str().filter(|name| !name.is_empty())))
        .expect("somebody at work")
        .to_owned();
    let assigned = shell.json(&["ticket", "move", short, "assigned", "--to", &worker]);
    is_a_ticket(&assigned);
    assert_eq!((&assigned["status"], assigned["assignee"].as_str()), (&"assigned".into(), Some(worker.as_str())));
    let refused = shell.refused(1, &["ticket", "move", short, "resolved"]);
    assert!(refused.contains("cannot become"), "{refused}");
    shell.done(&["ticket", "move", short, "accepted"]);
    shell.done(&["ticket", "move", short, "working"]);
    let refused = shell.refused(1, &["ticket", "move", short, "resolved"]);
    assert!(refused.contains("result"), "{refused}");
    shell.done(&["ticket", "move", short, "resolved", "--why", "换了接头"]);
    shell.done(&["ticket", "note", short, "住户说", "明天再看"]);
    let chased = shell.json(&["ticket", "chase", number]);
    assert_eq!(chased["status"], "resolved");
    let kinds: Vec<&str> =
        chased["timeline"].as_array().expect("a timeline").iter().filter_map(|entry| entry["kind"].as_str()).collect();
    for kind in ["taken", "assigned", "accepted", "resolved", "noted", "chased"] {
        assert!(kinds.contains(&kind), "{kind} is not among {kinds:?}");
    }
    let told = shell.done(&["ticket", "show", short]);
    assert!(told.contains("厨房顶上漏水") && told.contains("住户说 明天再看"), "{told}");
    assert!(!told.contains("13800005678"), "{told}");
}

#[test]
fn danger_is_sorted_by_its_kind_and_may_be_denied() {
    let shell = Shell::with_sample();
    let ticket = shell.json(&["ticket", "new", "--words", "我和孩子在电梯里, 门打不开"]);
    assert_eq!((&ticket["category"], &ticket["priority"]), (&"101".into(), &"P1".into()));
    let words = "邻居拿着刀追我家的狗, 噪音大";
    let ticket = shell.json(&["ticket", "new", "--words", words]);
    assert_eq!((&ticket["category"], &ticket["priority"]), (&"108".into(), &"P1".into()));
    let denied = shell.json(&["ticket", "new", "--words", words, "--not-danger"]);
    assert_ne!((&denied["category"], &denied["priority"]), (&"108".into(), &"P1".into()));
    let timeline = denied["timeline"].as_array().expect("a timeline");
    let denial = timeline.iter().find(|entry| entry["kind"] == "denied").expect("it is kept");
    assert!(denial["by"].is_string() && denial["note"].as_str().is_some_and(|note| note.contains("刀")), "{denial}");
    let plain = shell.json(&["ticket", "new", "--words", "路灯不亮", "--not-danger"]);
    assert!(plain["timeline"].as_array().expect("a timeline").iter().all(|entry| entry["kind"] != "denied"));
}

#[test]
fn only_words_are_needed_and_the_place_may_be_words_too() {
    let shell = Shell::with_sample();
    let ticket =
        shell.json(&["ticket", "new", "--words", "灯全黑", "--place", "最里头那一排的尽头", "--channel", "walk_in"]);
    assert_eq!((&ticket["place"]["compound"], &ticket["place"]["words"]), (&"".into(), &"最里头那一排的尽头".into()));
    assert_eq!((&ticket["channel"], &ticket["reporter"]), (&"walk_in".into(), &Value::Null));
    let earlier = shell.json(&["ticket", "new", "--words", "没电", "--at", "2026-11-23T21:10:00+08:00"]);
    assert_eq!(earlier["opened_at"], "2026-11-23T21:10:00+08:00");
    assert!(earlier["number"].as_str().is_some_and(|n| n.starts_with("2026-1123-")), "{}", earlier["number"]);
    let ahead = shell.refused(1, &["ticket", "new", "--words", "没电", "--at", "2026-11-29T21:10:00+08:00"]);
    assert!(ahead.contains("ahead"), "{ahead}");
}

#[test]
fn an_outside_body_is_passed_a_ticket_and_asked_again() {
    let shell = Shell::with_sample();
    let ticket = shell.json(&["ticket", "new", "--words", "小区门口路灯不亮"]);
    assert!(ticket["ask_again_at"].is_null() && ticket["outside_phone"].is_null());
    let number = ticket["number"].as_str().expect("a number").to_owned();
    let refer = ["ticket", "move", &number, "referred", "--why", "供电公司"];
    assert!(shell.refused(1, &refer).contains("tomorrow 9:00"));
    let past = [&refer[..], &["--review", "2026-01-01T09:00:00+08:00"]].concat();
    assert!(shell.refused(1, &past).contains("must lie ahead"));
    let full = [&refer[..], &["--phone", "0355-600 0103", "--review", "2099-01-05T09:00:00+08:00"]].concat();
    let ticket = shell.json(&full);
    is_a_ticket(&ticket);
    assert_eq!((&ticket["status"], &ticket["outside_body"]), (&"referred".into(), &"供电公司".into()));
    assert_eq!(ticket["outside_phone"], "0355-600 0103");
    assert_eq!(ticket["ask_again_at"], "2099-01-05T09:00:00+08:00");
    assert!(shell.done(&["ticket", "show", &number]).contains("供电公司 0355-600 0103\task again"));
    assert_eq!(shell.run(&["ticket", "asked", &number, "nobody answered"]).code, 2, "without a time");
    let again = ["ticket", "asked", &number, "they", "come", "--review", "2099-02-05T09:00:00+08:00"];
    let ticket = shell.json(&again);
    assert_eq!(ticket["ask_again_at"], "2099-02-05T09:00:00+08:00");
    let last = ticket["timeline"].as_array().and_then(|told| told.last()).expect("an entry");
    assert_eq!((&last["kind"], &last["note"]), (&"asked".into(), &"they come".into()));
    assert!(shell.run(&["--lang", "zh", "export", "tickets"]).out.contains("外单位电话"));
    let phone = ["ticket", "move", &number, "working", "--phone", "0355-600 0103"];
    assert!(shell.refused(2, &phone).contains("--phone goes with referred only"));
    let back = shell.json(&["ticket", "move", &number, "working"]);
    assert!(back["ask_again_at"].is_null());
    let refused = shell.refused(1, &again);
    assert!(refused.contains("no outside body has it"), "{refused}");
}

#[test]
fn a_list_is_read_page_by_page_to_its_end() {
    let shell = Shell::with_sample();
    let (mut after, mut numbers, mut pages) = (None::<String>, Vec::new(), 0);
    loop {
        let mut arguments = vec!["ticket", "list", "--limit", "7"];
        if let Some(after) = &after {
            arguments.extend(["--after", after]);
        }
        let page = shell.json(&arguments);
        assert_eq!(names(&page), ["next", "tickets"]);
        let tickets = page["tickets"].as_array().expect("tickets");
        tickets.iter().for_each(is_a_ticket);
        numbers.extend(tickets.iter().map(|ticket| ticket["number"].as_str().expect("a number").to_owned()));
        pages += 1;
        match page["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => break,
        }
    }
    assert!(pages > 5 && numbers.len() >= 60, "{pages} pages, {} tickets", numbers.len());
    let all = shell.json(&["ticket", "list", "--limit", "1000"]);
    let all: Vec<&str> =
        all["tickets"].as_array().expect("tickets").iter().filter_map(|t| t["number"].as_str()).collect();
    assert_eq!(numbers, all, "no ticket twice, none left out");
    let open = shell.json(&["ticket", "list", "--open", "--limit", "1000"]);
    let open = open["tickets"].as_array().expect("tickets");
    assert!(!open.is_empty() && open.len() < all.len());
    assert!(open.iter().all(|t| !["closed", "void", "duplicate"].contains(&t["status"].as_str().expect("a status"))));
    let late = shell.json(&["ticket", "list", "--overdue", "--limit", "1000"]);
    assert!(late["tickets"].as_array().is_some_and(|late| late.iter().all(|ticket| ticket["overdue"] == true)));
    let one = shell.json(&["ticket", "list", "--compound", "kly", "--limit", "1000"]);
    let one = one["tickets"].as_array().expect("tickets");
    assert!(!one.is_empty() && one.iter().all(|ticket| ticket["place"]["compound"] == "康乐苑"));
    for ticket in open {
        assert!(is_masked(&ticket["phone_masked"]) && is_masked(&ticket["reporter"]), "{ticket}");
    }
}

#[test]
fn who_is_on_duty_is_told_for_any_time() {
    let shell = Shell::with_sample();
    let at = ["duty", "--at", "2026-11-24T10:00:00+08:00"];
    let all = shell.json(&at);
    let all = all.as_array().expect("a list");
    assert!(all.len() > 3);
    for person in all {
        assert_eq!(names(person), ["compound", "from", "post", "role", "staff", "to"]);
        let (from, to) = (person["from"].as_str().expect("from"), person["to"].as_str().expect("to"));
        assert!(from <= "2026-11-24T10:00:00+08:00" && "2026-11-24T10:00:00+08:00" < to, "{from} {to}");
    }
    let guards = shell.json(&[&at[..], &["--role", "guard"]].concat());
    let guards = guards.as_array().expect("a list");
    assert!(!guards.is_empty() && guards.len() < all.len() && guards.iter().all(|person| person["role"] == "guard"));
    let told = shell.run(&at);
    assert!(told.out.lines().count() == all.len() && told.out.contains("****"), "{}", told.out);
}

#[test]
fn lists_and_exports_take_the_filters_of_the_desk() {
    let shell = Shell::with_sample();
    let listed = |arguments: &[&str]| {
        let answer = shell.json(&[&["ticket", "list", "--limit", "1000"], arguments].concat());
        answer["tickets"].as_array().expect("tickets").clone()
    };
    let open = listed(&["--open"]);
    assert_eq!(listed(&["--filter", ""]).len(), open.len(), "open ones, unless it says otherwise");
    let closed = listed(&["--filter", "状态:已归档"]);
    assert!(!closed.is_empty() && closed.iter().all(|ticket| ticket["status"] == "closed"));
    assert_eq!(listed(&["--filter", "status:closed -status:closed"]).len(), 0);
    let late = listed(&["--filter", "late", "--sort", "due"]);
    assert_eq!(late.len(), listed(&["--overdue"]).len());
    assert!(late.iter().all(|ticket| ticket["overdue"] == true));
    let opened = |tickets: &[Value]| tickets.iter().map(|t| t["opened_at"].to_string()).collect::<Vec<_>>();
    let oldest = opened(&listed(&["--filter", "all", "--sort", "oldest"]));
    assert!(oldest.len() > open.len() && oldest.is_sorted());
    assert!(opened(&listed(&["--filter", "all"])).iter().rev().is_sorted());
    assert!(shell.refused(1, &["--lang", "en", "ticket", "list", "--filter", "foo:1"]).contains("\"foo:\""));
    assert!(shell.refused(2, &["--lang", "en", "ticket", "list", "--sort", "size"]).contains("urgency"));
    assert!(shell.refused(2, &["ticket", "list", "--sort", "due", "--after", "1-1"]).contains("--sort"));
    assert!(shell.refused(2, &["export", "homes", "--filter", "late"]).contains("--filter"));
    let sheet = shell.done(&["--lang", "en", "export", "tickets", "--filter", "status:closed"]);
    assert_eq!(sheet.lines().filter(|line| line.contains(",closed,")).count(), closed.len());
    assert!(sheet.lines().count() > closed.len() && !sheet.contains(",waiting dispatch,"));
}

#[test]
fn what_is_around_a_ticket_is_written_by_command() {
    let shell = Shell::with_sample();
    let ticket = shell.json(&["ticket", "new", "--words", "水龙头坏了", "--name", "王婶", "--phone", "13800005678"]);
    let number = ticket["number"].as_str().expect("a number");
    assert!(shell.refused(1, &["ticket", "told", number, "--by", "phone"]).contains("assign"));
    let duty = shell.json(&["duty", "--at", "2026-11-24T10:00:00+08:00", "--role", "manager"]);
    let worker = duty[0]["staff"].as_str().expect("a manager on duty").to_owned();
    shell.done(&["ticket", "move", number, "assigned", "--to", &worker]);
    assert!(shell.refused(2, &["ticket", "told", number, "--by", "pigeon"]).contains("radio"));
    shell.done(&["ticket", "told", number, "--by", "radio"]);
    shell.done(&["ticket", "appoint", number, "+3d"]);
    shell.done(&["ticket", "appoint", number, "none"]);
    shell.done(&["ticket", "watch-words", number, "若再漏,", "关总阀"]);
    let chased = shell.json(&["ticket", "chase", number, "--why", "住户急"]);
    let notes: Vec<&str> =
        chased["timeline"].as_array().expect("a timeline").iter().filter_map(|entry| entry["note"].as_str()).collect();
    assert!(notes.contains(&"若再漏, 关总阀") && notes.contains(&"住户急"), "{notes:?}");
    assert!(shell.done(&["ticket", "show", number]).contains("held 0m"));
    let slip = shell.done(&["ticket", "slip", number]);
    assert!(slip.contains("王婶 138 0000 5678") && slip.contains("Worker"), "{slip}");
    assert!(shell.done(&["ticket", "slip", number, "--format", "html"]).starts_with("<!doctype html>"));
}

#[test]
fn past_its_outer_deadline_an_order_is_late_first_and_found_by_its_number() {
    let shell = Shell::with_township();
    let new = ["ticket", "new", "--channel", "12345", "--words", "路灯不亮", "--order-number", "CZ20261124001"];
    shell.done(&[&new[..], &["--at", "11-23 09:00", "--outer-due", "+2h"]].concat());
    shell.done(&["ticket", "new", "--words", "楼道灯不亮", "--at", "11-24 00:10"]);
    let first = |args: &[&str]| shell.json(args)["tickets"][0].clone();
    let ticket = first(&["ticket", "list", "--filter", "CZ20261124001"]);
    is_a_ticket(&ticket);
    let number = ticket["number"].as_str().expect("a number").to_owned();
    assert_eq!(ticket["outside_number"], "CZ20261124001");
    let due = ticket["outer_due"].as_str().expect("a deadline");
    assert!(due.ends_with("+08:00") && due.len() == "2026-11-24T10:00:00+08:00".len(), "{due}");
    assert!(ticket["appointment_at"].is_null() && ticket["merged_into"].is_null());
    assert_eq!(first(&["ticket", "list", "--sort", "due"])["number"], number.as_str(), "nearest of all");
    let found = shell.json(&["find", "CZ20261124001"]);
    assert!(found.to_string().contains(&number[5..]), "{found}");
    shell.done(&["ticket", "appoint", &number, "tomorrow 9:00"]);
    assert!(shell.json(&["ticket", "show", &number])["appointment_at"].is_string());
}

#[test]
fn a_merged_one_leads_to_the_one_it_lives_on_in_and_that_one_stays_in_sight() {
    let shell = Shell::with_township();
    for words in ["厨房漏水", "楼上漏水", "管子漏水"] {
        shell.done(&["ticket", "new", "--words", words]);
    }
    let [first, second, third] = ["1124-01", "1124-02", "1124-03"];
    shell.done(&["ticket", "move", third, "duplicate", "--into", second]);
    let why = shell.refused(1, &["--lang", "en", "ticket", "move", second, "void", "--why", "x"]);
    assert!(why.contains(third), "{why}");
    shell.done(&["ticket", "move", second, "duplicate", "--into", first]);
    let kept = shell.json(&["ticket", "chase", third, "--why", "还在漏"]);
    assert_eq!((&kept["number"], &kept["merged_into"]), (&Value::from("2026-1124-01"), &Value::Null));
    assert_eq!(kept["merged"], serde_json::json!(["2026-1124-02", "2026-1124-03"]));
    assert_eq!(
        kept["timeline"].as_array().and_then(|lines| lines.last()).map(|line| &line["kind"]),
        Some(&"chased".into())
    );
    assert_eq!(shell.json(&["ticket", "show", third])["merged_into"], "2026-1124-01");
    let told = shell.done(&["--lang", "en", "ticket", "show", third]);
    assert!(told.contains("merged into\t2026-1124-01"), "{told}");
    let why = shell.refused(1, &["--lang", "en", "ticket", "move", first, "void", "--why", "x"]);
    assert!(why.contains(second) && why.contains(third), "{why}");
    let why = shell.refused(1, &["--lang", "en", "ticket", "appoint", third, "tomorrow 9:00"]);
    assert!(why.contains(first), "{why}");
}

#[test]
fn a_name_that_nobody_has_is_said_to_be_nobody_s() {
    let shell = Shell::with_sample();
    let number =
        shell.json(&["ticket", "new", "--words", "楼道灯不亮"])["number"].as_str().expect("a number").to_owned();
    for name in ["诸葛无名", "无此人", "维修", "zzzz", "19999999999"] {
        for command in [&["roster", "left", name][..], &["ticket", "move", &number, "assigned", "--to", name]] {
            let said = shell.refused(1, &[&["--lang", "zh"], command].concat());
            assert!(
                said.contains(&format!("没有人叫「{name}」")) && said.contains("姓名、拼音或电话"),
                "{command:?}: {said}"
            );
        }
    }
    let said = shell.refused(1, &["--lang", "zh", "roster", "left", "王"]);
    assert!(said.contains("不止一个人"), "{said}");
    let staff = shell.json(&["find", "王", "--kind", "staff"]);
    let name = staff[0]["label"].as_str().and_then(|label| label.split(' ').next()).expect("a name").to_owned();
    shell.done(&["ticket", "move", &number, "assigned", "--to", &name]);
}
