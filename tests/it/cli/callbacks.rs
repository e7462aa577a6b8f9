//! `tdesk ticket callback`: the resident's word without a screen, and what is refused.

use super::Shell;

/// A report at the sample's desk that is done; gives its number.
fn done(shell: &Shell) -> String {
    let taken = shell.json(&["ticket", "new", "--words", "厨房漏水", "--phone", "13800005678", "--name", "陈婶"]);
    let number = taken["number"].as_str().expect("a number").to_owned();
    let staff = shell.json(&["find", "王", "--kind", "staff"]);
    let name = staff[0]["label"].as_str().expect("a name").to_owned();
    shell.done(&["ticket", "move", &number, "assigned", "--to", &name]);
    for status in ["accepted", "working"] {
        shell.done(&["ticket", "move", &number, status]);
    }
    shell.done(&["ticket", "move", &number, "resolved", "--why", "换了阀门"]);
    number
}

#[test]
fn the_resident_s_word_closes_and_nothing_else_does() {
    let shell = Shell::with_sample();
    let number = done(&shell);
    let said = shell.refused(1, &["ticket", "move", &number, "closed", "--why", "好了"]);
    assert!(said.contains("the resident's word only"), "{said}");
    let said = shell.refused(2, &["ticket", "callback", &number, "--solved", "yes"]);
    assert!(said.contains("--verdict"), "{said}");
    let word = ["--solved", "yes", "--in-time", "yes", "--verdict", "fair", "--came-in"];
    let arguments: Vec<&str> = ["ticket", "callback", number.as_str()].into_iter().chain(word).collect();
    assert_eq!(shell.json(&arguments)["status"], "closed");
    let said = shell.refused(1, &arguments);
    assert!(said.contains("is rung back once it is done"), "{said}");
}

#[test]
fn what_is_not_solved_goes_to_another_with_what_was_said() {
    let shell = Shell::with_sample();
    let number = done(&shell);
    let before = shell.json(&["ticket", "show", &number])["assignee"].clone();
    let not_solved = |why: &str| {
        ["ticket", "callback", &number, "--solved", "no", "--came-in", "--why", why].map(str::to_owned).to_vec()
    };
    let said = shell.refused(1, &not_solved(""));
    assert!(said.contains("what is still wrong"), "{said}");
    let after = shell.json(&not_solved("还在滴水"));
    assert_eq!(after["status"], "assigned");
    assert!(after["assignee"].is_string() && after["assignee"] != before, "{after}");
    let told = after["timeline"].as_array().expect("a timeline").last().expect("an entry").clone();
    assert_eq!((told["kind"].as_str(), told["note"].as_str()), (Some("reopened"), Some("还在滴水")));
}

#[test]
fn where_there_is_nobody_else_the_refusal_says_how_to_name_one() {
    let shell = Shell::with_sample();
    let number = done(&shell);
    crate::store::raw(&shell.db())
        .execute("UPDATE staff SET active = 0 WHERE id <> (SELECT assignee_id FROM ticket WHERE status = 'resolved' ORDER BY id DESC LIMIT 1)", [])
        .expect("an update");
    let not_solved = ["ticket", "callback", &number, "--solved", "no", "--came-in", "--why", "还在滴水"];
    let said = shell.refused(1, &not_solved);
    assert!(said.contains("nobody else to send") && said.contains("--to"), "{said}");
    let name = shell.json(&["ticket", "show", &number])["assignee"].as_str().expect("a name").to_owned();
    let named: Vec<&str> = not_solved.into_iter().chain(["--to", name.as_str()]).collect();
    assert_eq!(shell.json(&named)["status"], "assigned");
}
