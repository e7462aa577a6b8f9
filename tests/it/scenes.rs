//! Every layer as keys lead to it, on the sample and in any language: what the golden frames show, and what every layer must
//! do alike. What stands in a frame is not said here.

use std::collections::BTreeSet;

use township_desk::desk::frame::layer::KINDS;
use township_desk::text::Lang;

use crate::support::{Session, at_the_desk, town};

/// A screen: its name, and the keys that lead there.
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    keys: &'static str,
    /// Who sits at the desk, if not a clerk.
    by: Option<&'static str>,
}

/// An operator of the sample who may do everything.
const ADMINISTRATOR: &str = "管理员";

/// As many answers as any shift of the sample has lines stand where `{read}` is.
#[rustfmt::skip]
pub(crate) const SCENES: &[Scene] = &[
    scene("main", ""),
    scene("intake", "nkly 3 2 501<enter>厨房顶上漏水"),
    scene("find", "/wang"),
    scene("ticket", "jjjjjj<enter>"),
    scene("week", "r"),
    scene("coverage", ":缺岗总表<enter>"),
    scene("staff", "3s<enter>"),
    scene("people", "3s"),
    Scene { by: Some(ADMINISTRATOR), ..scene("staff-edit", "3s<enter>e") },
    scene("handover", "H"),
    scene("accepted", "HS<enter>{read}A1<enter><enter>o<enter>"),
    scene("handovers", "HS<enter>{read}A1<enter><enter>o"),
    scene("help", "?"),
    scene("palette", ":"),
    scene("card", "/wang<enter>"),
    scene("told", "nkly 3 2 501<enter>厨房顶上漏水<ctrl-s>"),
    scene("assign", "jjjjjja"),
    scene("note", "jjjjjjm"),
    scene("message", "jjjjjjy"),
    scene("who", "w"),
    scene("sum", "jjjjjj="),
    Scene { by: Some(ADMINISTRATOR), ..scene("fill", "rF") },
    Scene { by: Some(ADMINISTRATOR), ..scene("publishing", "rl0P") },
    scene("month", "r<enter>"),
    scene("settings", ":本镇设置<enter>"),
    scene("days", ":本镇设置<enter>5"),
    scene("categories", ":本镇设置<enter>7"),
    scene("category", ":本镇设置<enter>72"),
    scene("filter", "f超时 小区:"),
    scene("callbacks", "b"),
    scene("callback", "b<enter>"),
    scene("outages", ":停水停电<enter>a<enter>kly<enter><enter><enter>12点<enter>换变压器<enter>"),
    scene("announcing", ":停水停电<enter>a<enter>kly<enter><enter><enter>12点<enter>换变压器"),
    scene("rates", ":三率<enter>"),
    scene("counted", ":三率<enter><enter><tab>"),
    scene("first-run", ""),
];

const fn scene(name: &'static str, keys: &'static str) -> Scene {
    Scene { name, keys, by: None }
}

impl Scene {
    /// A desk at which the keys were pressed.
    pub(crate) fn opened(&self, lang: Lang, size: (u16, u16)) -> Session {
        let sample = self.by.map_or_else(|| town::sample(400, 60), town::sample_of);
        let mut desk = if self.is_first_run() {
            Session::first_run(sample, lang, size)
        } else {
            Session::over(sample, lang, size)
        };
        desk.keys(&self.keys.replace("{read}", &"1".repeat(99)));
        desk
    }

    /// Whether there is no data file yet.
    pub(crate) fn is_first_run(&self) -> bool {
        self.name == "first-run"
    }
}

/// What is heard innermost, which is another in each layer.
fn innermost(desk: &Session) -> String {
    format!("{:?}", desk.desk.scopes()[0])
}

/// Every layer there is, by what is heard innermost in it.
fn layers() -> BTreeSet<String> {
    KINDS.iter().map(|kind| format!("{:?}", (kind.scopes)()[0])).collect()
}

#[test]
fn every_layer_has_a_scene() {
    let shown: BTreeSet<String> = SCENES.iter().map(|scene| innermost(&scene.opened(Lang::Zh, (120, 36)))).collect();
    let missing: Vec<_> = layers().difference(&shown).cloned().collect();
    assert!(missing.is_empty(), "no scene shows {missing:?}");
}

/// More steps than any layer has before the panes are reached.
const STEPS_AT_MOST: usize = 8;

#[test]
fn every_layer_has_a_way_out_by_each_key_that_leads_out() {
    for scene in SCENES {
        for key in ["<esc>", "<ctrl-q>"] {
            let mut desk = scene.opened(Lang::Zh, (80, 24));
            let depth = |desk: &Session| desk.desk.layers.len();
            if scene.is_first_run() {
                desk.keys(key);
                assert!(desk.left, "{}: {key} leaves, since there is nothing below", scene.name);
                continue;
            }
            let mut steps = 0;
            while depth(&desk) > 0 {
                assert!(steps < STEPS_AT_MOST, "{}: {key} leads nowhere from {:?}", scene.name, innermost(&desk));
                let (before, was) = (depth(&desk), desk.frame());
                desk.keys(key);
                assert!(depth(&desk) <= before, "{}: {key} opens something", scene.name);
                assert_ne!(desk.frame(), was, "{}: {key} does nothing in {:?}", scene.name, innermost(&desk));
                steps += 1;
            }
            assert!(!desk.left, "{}: {key} left the program", scene.name);
        }
    }
}

#[test]
fn a_report_that_cannot_be_parked_any_more_is_thrown_away_to_leave_it() {
    let mut desk = at_the_desk();
    for n in 1..=5 {
        desk.keys(&format!("n<tab>第{n}件<esc>"));
    }
    desk.keys("n<tab>第六件<esc>")
        .sees("第六件")
        .sees("已经暂存了 5 件; 请保存这件, 或按 Ctrl+X 不要它")
        .keys("<ctrl-x>")
        .sees_not("第六件");
    assert!(desk.desk.layers.is_empty());
}

#[test]
fn the_foot_of_every_layer_names_its_way_out() {
    for scene in SCENES.iter().filter(|scene| !scene.keys.is_empty()) {
        for lang in [Lang::Zh, Lang::En] {
            for size in [(80, 24), (120, 36)] {
                let (text, _) = scene.opened(lang, size).frame();
                let foot = text.lines().last().unwrap_or_default().to_owned();
                assert!(foot.contains(" Esc "), "{} {size:?}: {foot}", scene.name);
            }
        }
    }
}
