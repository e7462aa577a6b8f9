//! Threads that lag: keys are pressed before what the former ones asked for is done or heard of, answers come out of order.
//! Whatever the order, once all has come the screen shows what the file holds, and nothing waits for ever.

use proptest::prelude::*;
use township_desk::desk::Msg;
use township_desk::domain::base::event::Entity;

use super::screen::{anything, lead_out};
use crate::support::{Session, at_the_desk};

/// A morning: some reports, some given to somebody.
fn morning() -> Session {
    let mut desk = at_the_desk();
    desk.keys("nkly 501<enter>厨房漏水<ctrl-s><esc>njxjy 101<enter>楼道灯不亮<ctrl-s><esc>a1");
    desk.keys("n<tab>门口有纸<esc>");
    desk
}

/// All has come: nothing waits, and asking everything anew shows nothing else.
fn settled(desk: &mut Session) -> Result<(), TestCaseError> {
    desk.catch_up();
    prop_assert!(desk.desk.commits().is_empty(), "a change waits for ever: {:?}", desk.desk.commits());
    prop_assert!(desk.desk.asks.all_answered(), "a question waits for ever: {:?}", desk.desk.asks);
    desk.resize(120, 40).catch_up();
    let (shown, _) = desk.frame();
    desk.send(Msg::Foreign(Entity::ALL.to_vec()));
    desk.catch_up();
    let (anew, _) = desk.frame();
    prop_assert_eq!(shown, anew, "what was shown is not what the file holds");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_keys_before_their_answers_end_where_the_file_stands(
        seed in any::<u64>(),
        msgs in prop::collection::vec(anything(), 60),
    ) {
        let mut desk = morning();
        desk.lag(seed);
        for msg in msgs {
            desk.send(msg);
            desk.send(Msg::Drawn);
            let size = desk.desk.layout.screen;
            let _ = desk.frame_at(size.w, size.h);
        }
        settled(&mut desk)?;
        lead_out(&mut desk);
        settled(&mut desk)?;
        prop_assert!(desk.desk.layers.is_empty(), "{:?}", desk.desk.layers);
    }
}

/// What a hurried clerk does, each of it before the former is heard of.
const HURRIES: &[&str] = &[
    "nkly 502<enter>水管爆裂<ctrl-s><esc>a1.",
    "jjmm备注<enter>cc又催<enter>uu<ctrl-r>",
    "n<tab>第一件<f2>第二件<f2>第三件<ctrl-s><esc><f9><ctrl-s><esc><f9>",
    "kk...修好了<enter>b1111<esc>",
    "a1<esc>a2<esc>u<ctrl-r>u",
    "<space>j<space>Mya1u",
    "s2<enter>j<enter><enter>tt明天 9:00<enter>i若漏就关阀<enter>",
    "1j<enter>2jk<enter><esc><esc>1k<enter>",
    "3w<esc>H<esc>r<esc>:三率<enter>lh<esc>/陈<down><enter><esc>",
    "Haa梯子借出<enter>m看着<enter><space>S<enter><esc>",
];

fn hurried(seeds: std::ops::Range<u64>) -> usize {
    let mut done = 0;
    for seed in seeds {
        for (n, keys) in (0..).zip(HURRIES) {
            let mut desk = morning();
            desk.lag(seed * 100 + n);
            desk.keys(keys);
            settled(&mut desk).unwrap_or_else(|why| panic!("{keys} with seed {seed}: {why}"));
            done += 1;
        }
    }
    done
}

#[test]
fn a_hurried_clerk_sees_what_the_file_holds_once_all_has_come() {
    hurried(0..6);
    // Who could be sent comes before the ticket by whose handler they are arranged.
    hurried(119..120);
}

#[test]
#[ignore = "a minute"]
fn a_hurried_clerk_in_a_hundred_orders_of_answers() {
    eprintln!("{} hurries ended where the file stands", hurried(100..200));
}
