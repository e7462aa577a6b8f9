//! The screen itself: sizes, panes, quitting, colours, wide characters under boxes.

use proptest::prelude::*;
use township_desk::desk::Msg;
use township_desk::domain::base::trouble::Trouble;
use township_desk::text::Lang;

use crate::support::{Session, at_the_desk, town};

#[test]
fn every_size_shows_what_it_can() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>楼道灯不亮<ctrl-s><esc>");
    desk.sees("1 小区").sees("2 工单").sees("3 在岗").sees("待补");
    desk.resize(80, 24).sees("1 小区").sees("2 工单").sees("3 在岗").sees("楼道灯不亮").sees_not("待补: ");
    // Who has it and how it stands, on the narrow screens too.
    desk.sees("-- 待派 剩").keys("a1").sees("王强 待接 剩").resize(60, 20).sees("王强 待接 剩").resize(80, 24);
    desk.resize(60, 20).sees("2 工单").sees_not("1 小区").keys("1").sees("1 小区").sees_not("2 工单");
    desk.resize(40, 10).sees("屏幕太小").keys("n/").sees("屏幕太小");
    desk.resize(1, 1);
    let _ = desk.frame();
    assert!(!desk.left);
    desk.keys("q");
    assert!(desk.left, "only quitting works there");
}

#[test]
fn a_compound_narrows_tickets_and_says_what_is_urgent_elsewhere() {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>垃圾没清<ctrl-s><esc>njxjy 101<enter>有人困在电梯里<ctrl-s><esc>");
    desk.keys("1f康乐<enter>j<enter>").sees("只看 康乐苑").sees("别处急 1").sees_not("有人困在电梯里");
    desk.keys("<esc>").sees("有人困在电梯里").sees("最急在前");
    // P1, P2 and what is under watch.
    desk.keys("2njxjy 101<enter>水管爆了<tab><tab><tab>201<ctrl-s><esc>njxjy 101<enter>门口有纸<ctrl-s><esc>");
    desk.keys("1<enter>").sees("只看 康乐苑").sees("别处急 2");
}

#[test]
fn leaving_takes_two_keys_and_names_what_is_left_open() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>门口水管<esc>").keys("q").sees("再按一次 q 退出; 暂存 1 件还在");
    desk.keys("j").keys("q");
    assert!(!desk.left, "another key in between takes it back");
    desk.keys("q");
    assert!(desk.left);
}

#[test]
fn where_nothing_fits_what_is_half_typed_takes_two_keys_to_leave() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>门口水管").resize(40, 10).sees("屏幕太小").keys("q").sees("再按一次 q");
    desk.keys("x").sees("屏幕太小").keys("q");
    assert!(!desk.left);
    desk.keys("q");
    assert!(desk.left);
}

#[test]
fn a_notice_goes_with_its_form_its_language_and_a_few_keys() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>楼道灯不亮<ctrl-s><esc>").sees("已保存: 登记");
    desk.keys("e<backspace><esc>").sees("还没保存").keys("<esc>").sees_not("还没保存");
    desk.keys("n<ctrl-s>").sees("还没写什么事").keys("<esc>").sees_not("还没写什么事");
    desk.keys(":主题<enter>").sees("配色: 浅色").keys(":语言<enter>").sees_not("浅色");
    desk.keys(":theme<enter>").sees("mono").keys("jkjkjk").sees_not("mono");
}

#[test]
fn a_hang_up_ends_it_with_the_draft_kept() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>门口水管");
    desk.send(Msg::Hangup);
    assert!(desk.left && desk.drafts.len() == 1);
}

#[test]
fn a_trouble_is_said_in_the_language_of_the_moment() {
    let mut desk = at_the_desk();
    desk.send(Msg::Failed { n: None, trouble: Trouble::Full });
    desk.sees("磁盘满了");
    desk.keys(":English<enter>");
    desk.send(Msg::Failed { n: None, trouble: Trouble::Full });
    desk.sees("The disk is full");
    desk.send(Msg::NotKept(Trouble::ReadOnly));
    desk.sees("The setting was not kept");
}

#[test]
fn a_long_notice_is_said_whole() {
    for (w, h) in [(60, 20), (80, 24), (120, 40)] {
        for (lang, [begin, end]) in [(Lang::Zh, ["磁盘满了", "你输入的还在"]), (Lang::En, ["The disk is full", "kept"])]
        {
            let mut desk = Session::new(lang, (w, h));
            desk.keys("n<tab>漏水").send(Msg::Failed { n: None, trouble: Trouble::Full });
            desk.sees(begin).sees(end).keys("<tab>").sees(begin).sees(end);
        }
    }
}

#[test]
fn a_box_over_wide_characters_keeps_its_border() {
    let mut desk = at_the_desk();
    for _ in 0..8 {
        desk.keys("n<tab>楼道灯不亮楼道灯不亮楼道灯不亮楼道灯不亮楼道灯<ctrl-s><esc>");
    }
    for w in 80..96 {
        desk.resize(w, 24).keys("m");
        let (text, _) = desk.frame();
        let top = text.lines().position(|line| line.contains("  备注 ─")).expect("the box");
        let rows: Vec<&str> = text.lines().skip(top).take(6).collect();
        assert!(rows[1..5].iter().all(|row| row.matches('│').count() >= 2), "at {w} cells:\n{text}");
        desk.keys("<esc>");
    }
}

#[test]
fn the_selection_is_seen_without_colour() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>楼道灯不亮<ctrl-s><esc>:单色<enter>").sees(">    1124-01");
}

#[test]
fn a_new_township_says_what_would_fill_each_list() {
    let mut desk = Session::new(Lang::En, (120, 40));
    desk.sees("n takes a call").sees("Nobody is on duty");
}

#[test]
fn the_sample_looks_like_a_morning() {
    let mut desk = Session::over(town::sample(400, 120), Lang::Zh, (120, 40));
    desk.sees("黎侯镇").sees("王强").keys("w").sees("至16:00").keys("<esc>3jj").keys("1G").sees("/");
}

/// Esc as often as anything can lie above the panes. Where as many reports are parked as may be, Esc is refused in one, and
/// Ctrl+X throws it away.
pub(super) fn lead_out(desk: &mut Session) {
    for key in ["<esc>"; 40].into_iter().chain(["<ctrl-x>", "<esc>"].repeat(20)) {
        if !desk.desk.layers.is_empty() {
            desk.keys(key).catch_up();
        }
    }
}

/// Keys, pastes and sizes of every kind.
pub(super) fn anything() -> impl Strategy<Value = Msg> {
    use township_desk::desk::frame::key::Key;
    let key = prop_oneof![
        "[a-zA-Z0-9?/:.\\- ]".prop_map(|text| text.chars().next().unwrap_or('n')),
        prop::sample::select(vec!['漏', '张', '？', '、', '９', '\u{301}', '👩']),
    ]
    .prop_map(Key::char);
    let named = prop::sample::select(vec![
        "enter",
        "esc",
        "tab",
        "shift-tab",
        "up",
        "down",
        "left",
        "right",
        "pgup",
        "pgdn",
        "home",
        "end",
        "backspace",
        "delete",
        "f1",
        "f2",
        "f3",
        "f5",
        "f9",
        "ctrl-s",
        "ctrl-p",
        "ctrl-o",
        "ctrl-t",
        "ctrl-r",
        "ctrl-u",
        "ctrl-w",
    ])
    .prop_map(|name| Key::parse(name).expect("a key"));
    prop_oneof![
        12 => key.prop_map(Msg::Key),
        12 => named.prop_map(Msg::Key),
        1 => "\\PC{0,12}".prop_map(Msg::Paste),
        1 => (1u16..200, 1u16..60).prop_map(|(w, h)| Msg::Resize(w, h)),
        1 => Just(Msg::Resize(120, 40)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn random_keys_never_panic_and_esc_leads_back_to_the_panes(msgs in prop::collection::vec(anything(), 100)) {
        let mut desk = at_the_desk();
        desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>");
        for msg in msgs {
            let resized = matches!(msg, Msg::Resize(..));
            desk.send(msg);
            let size = desk.desk.layout.screen;
            let _ = desk.frame_at(size.w, size.h);
            if resized {
                // A window being pulled is drawn at sizes the desk has not heard of yet.
                let _ = desk.frame_at(size.w / 2 + 1, size.h / 3 + 1);
            }
        }
        desk.resize(120, 40);
        lead_out(&mut desk);
        prop_assert!(desk.desk.layers.is_empty(), "{:?}", desk.desk.layers);
    }
}

#[test]
fn the_mouse_chooses_rows_and_the_wheel_scrolls() {
    use township_desk::desk::frame::msg::Mouse;
    let mut desk = at_the_desk();
    desk.keys("n<tab>楼道灯不亮<ctrl-s><esc>n<tab>垃圾没清<ctrl-s><esc>gg").sees("1/2");
    desk.send(Msg::Mouse(Mouse::Click { x: 60, y: 3 }));
    desk.sees("2/2");
    desk.send(Msg::Mouse(Mouse::Wheel { x: 60, y: 3, rows: -3 }));
    desk.sees("1/2");
    desk.send(Msg::Mouse(Mouse::Click { x: 5, y: 4 }));
    desk.sees("3/3");
}

#[test]
fn a_first_run_asks_once_what_to_begin_with() {
    use township_desk::desk::frame::effect::{Beginning, Effect, Setting};
    use township_desk::desk::frame::key::Key;
    use township_desk::desk::{Desk, Found, Operator, Palette, Start};
    use township_desk::domain::staff::Rank;
    let start = |lang| Start {
        lang,
        palette: Palette::Dark,
        operator: Operator { name: "前台".to_owned(), rank: Rank::Administrator },
        now: town::now(),
        size: (80, 24),
        seed: 1,
        found: Found::Nothing,
        trusts_clock: true,
    };
    let mut desk = Desk::new(start(Lang::Zh));
    assert_eq!(desk.update(Msg::Key(Key::char('n'))), [], "there is nothing to take a report into yet");
    assert_eq!(desk.update(Msg::Key(Key::char('1'))), [Effect::Begin(Beginning::Sample)]);
    // Another language is kept once there is something to begin with.
    let mut desk = Desk::new(start(Lang::En));
    assert_eq!(desk.update(Msg::Key(Key::char('L'))), []);
    assert_eq!(desk.update(Msg::Key(Key::char('1'))), [Effect::Begin(Beginning::Sample)]);
    assert!(desk.update(Msg::Ready).contains(&Effect::Keep(Setting::Lang(Lang::Zh))));
    let mut desk = Desk::new(start(Lang::En));
    let mut effects = desk.update(Msg::Key(Key::char('2')));
    for c in "黎侯镇".chars() {
        effects.extend(desk.update(Msg::Key(Key::char(c))));
    }
    let enter = Key::parse("enter").expect("a key");
    effects.extend(desk.update(Msg::Key(enter)));
    effects.extend(desk.update(Msg::Paste("安居物业".to_owned())));
    assert_eq!(effects, []);
    let beginning = Beginning::Empty { township: "黎侯镇".to_owned(), company: "安居物业".to_owned() };
    assert_eq!(desk.update(Msg::Key(enter)), [Effect::Begin(beginning)]);
}

#[test]
fn where_a_backup_lies_it_is_offered_and_nothing_empty_is_begun() {
    use township_desk::desk::frame::effect::{Beginning, Effect};
    use township_desk::desk::frame::key::Key;
    use township_desk::desk::{Desk, Found, Operator, Palette, Start};
    let backup = std::path::PathBuf::from("backups/desk-20261124-100000-hourly.db");
    let mut desk = Desk::new(Start {
        lang: Lang::Zh,
        palette: Palette::Dark,
        operator: Operator { name: "前台".to_owned(), rank: township_desk::domain::staff::Rank::Administrator },
        now: town::now(),
        size: (80, 24),
        seed: 1,
        found: Found::Backup(backup.clone()),
        trusts_clock: true,
    });
    assert_eq!(desk.update(Msg::Key(Key::char('3'))), [], "there is no third choice");
    let restore = Effect::Begin(Beginning::Restore(backup));
    assert_eq!(desk.update(Msg::Key(Key::char('1'))), std::slice::from_ref(&restore));
    assert_eq!(desk.update(Msg::Key(Key::parse("enter").expect("a key"))), [restore], "also after it failed once");
}

#[test]
fn days_are_named_so_that_nobody_takes_one_week_for_another() {
    let mut desk = at_the_desk();
    desk.keys("n<tab>楼道灯不亮<ctrl-s><esc>a1.").keys("s挂起<enter>等配件<enter>");
    desk.keys("11-27 20:00").sees("= 周五 20:00").keys("<ctrl-u>11-30 20:00").sees("= 下周一 20:00");
    desk.keys("<ctrl-u>12-01 20:00").sees("= 12-01 20:00");
    desk.keys("<ctrl-u>11-30 20:00<enter>").sees("11-30复查");
}

#[test]
fn help_tells_the_selected_row_in_whole() {
    let mut desk = Session::new(Lang::En, (80, 24));
    desk.keys("?find.open").sees("residents, homes, tickets, staff, aliases by Chinese");
    desk.sees("phone or room  ");
}
