//! Before a week goes on the wall: what changes, which rules are broken, who is missing. Enter publishes.
//! Whether it may is the data file's answer.

use crate::desk::Desk;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::notice::Level;
use crate::desk::roster::grid::{Grid, find, find_mut, send};
use crate::domain::base::time::{Day, Time};
use crate::domain::roster::op::RosterOp;
use crate::domain::roster::rules::Severity;
use crate::domain::roster::week::{Difference, Week};
use crate::domain::roster::week_name;
use crate::text::{Lang, roster as words, t};

/// State of the layer.
#[derive(Debug)]
pub struct Publishing {
    /// First day of the week.
    pub monday: Day,
    /// What would change, as it is drawn.
    pub seen: Vec<Difference>,
    /// It was sent, and the week has not come anew since.
    pub sent: bool,
    /// What is to be known, line by line.
    pub lines: Vec<Line>,
    /// Their rows.
    pub list: List<usize>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What kind of news.
    pub weight: Weight,
    /// The words.
    pub text: String,
}

/// How much a line weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It stands in the way.
    Hard,
    /// Somebody is missing, or a rule is broken that may be.
    Warning,
    /// What changes.
    Change,
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[Command::new(
    "roster.put_up",
    &["enter", "ctrl-s"],
    Publishing::SCOPE,
    t("发布", "publish"),
    t("就这样发布; 之后不能撤销, 只能改了再发布", "Publish it; it is not undone, only changed and published anew"),
    accept,
)
.footer()];

impl Layer for Publishing {
    const SCOPE: Scope = Scope::new("publishing", t("排班", "Rosters"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h)
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h)
}

pub(in crate::desk) fn open(desk: &mut Desk) {
    let Some(roster) = find(desk) else { return };
    let Some(grid) = &roster.grid else { return };
    let (monday, now, lang) = (roster.monday, desk.now, desk.lang);
    let seen = grid.week.differences(now);
    if seen.is_empty() {
        let words = t("没有要发布的改动; 先在表里排班", "There is nothing to publish; draft some days first");
        return desk.notice(Level::Refused, desk.say(words));
    }
    let mut publishing = Publishing { monday, seen, sent: false, lines: lines(grid, now, lang), list: List::default() };
    publishing.list.set((0..publishing.lines.len()).collect());
    desk.open(publishing);
}

/// The week has come anew under it. What changed at another desk is told, so that nobody presses Enter on what he read before.
pub(in crate::desk) fn refresh(desk: &mut Desk) {
    let (now, lang) = (desk.now, desk.lang);
    let Some(grid) = find(desk).and_then(|roster| roster.grid.as_ref()) else { return };
    let (monday, seen, lines) = (grid.week.monday, grid.week.differences(now), lines(grid, now, lang));
    let mut changed = false;
    for layer in &mut desk.layers {
        if let Some(publishing) = layer.get_mut::<Publishing>()
            && publishing.monday == monday
        {
            // After a refusal its sentence is there already.
            changed |= publishing.seen != seen && !publishing.sent;
            publishing.sent = false;
            publishing.list.set((0..lines.len()).collect());
            publishing.lines.clone_from(&lines);
            publishing.seen.clone_from(&seen);
        }
    }
    if changed {
        let words = t("草稿刚刚变了; 再看一眼, 再按 Enter", "The drafts have just changed; look once more, then Enter");
        desk.notice(Level::Refused, desk.say(words));
    }
}

/// The week is on the wall: the question is answered.
pub fn close(desk: &mut Desk) {
    desk.close_all::<Publishing>();
}

fn lines(grid: &Grid, now: Time, lang: Lang) -> Vec<Line> {
    let week = &grid.week;
    let mut lines = Vec::new();
    for member in &week.people {
        let open = grid.findings.get(&member.staff.id).into_iter().flatten();
        for finding in open.filter(|finding| !week.is_fixed(member, finding.day, now)) {
            let weight = if finding.severity == Severity::Hard { Weight::Hard } else { Weight::Warning };
            let day = words::day_head(finding.day, lang);
            let why = words::finding(week, member, finding, lang);
            lines.push(Line { weight, text: format!("{} {day}  {why}", member.staff.name.reveal()) });
        }
    }
    let today = week.zone.day(now);
    for slot in grid.slots.iter().filter(|slot| slot.missing() > 0 && slot.day >= today) {
        let text = format!("{}  {}", words::day_head(slot.day, lang), words::gap(week, slot, lang));
        lines.push(Line { weight: Weight::Warning, text });
    }
    for difference in week.differences(now) {
        lines.push(Line { weight: Weight::Change, text: told(week, &difference, lang) });
    }
    for difference in week.left_out(now) {
        let why = t("已过去或已开始, 不发布, 草稿不留", "passed or begun: not published, its draft is let go");
        let text = format!("{}  {}", told(week, &difference, lang), why.get(lang));
        lines.push(Line { weight: Weight::Warning, text });
    }
    lines.sort_by_key(|line| line.weight);
    lines
}

/// Who, when, and what becomes of it.
fn told(week: &Week, difference: &Difference, lang: Lang) -> String {
    let name = week.member(difference.staff).map_or("", |member| member.staff.name.reveal());
    let cell = |plan| {
        let words = words::cell(&week.names, plan, lang);
        if words.is_empty() { "--".to_owned() } else { words }
    };
    let (was, mut now) = (cell(&difference.was), cell(&difference.now));
    if was == now {
        // The same shift at another post, or swapped.
        let posts: Vec<String> = difference
            .now
            .shifts
            .iter()
            .map(|work| format!("{} {}", words::post(week, work), words::how(week, work.how, lang)))
            .collect();
        now = format!("{now} {}", posts.join(", ").trim());
    }
    if difference.was.shifts == difference.now.shifts {
        let hours = difference.now.shifts.iter().map(|work| words::hours(week.templates.minutes(work.template), lang));
        now = format!("{} {}", now.trim_end(), hours.collect::<Vec<_>>().join(", "));
    }
    format!("{name} {}  {was} -> {now}", words::day_head(difference.day, lang))
}

fn accept(desk: &mut Desk) {
    let Some(publishing) = desk.top_mut::<Publishing>() else { return };
    let (monday, seen) = (publishing.monday, publishing.seen.clone());
    if publishing.sent {
        return;
    }
    if publishing.lines.iter().any(|line| line.weight == Weight::Hard) {
        let words =
            t("还有必须改的 (标 !!); Esc 回去改好再发布", "Some must be mended first (marked !!); Esc goes back");
        return desk.notice(Level::Refused, desk.say(words));
    }
    publishing.sent = true;
    let week = week_name(monday);
    let words = t("{week} 发布了", "{week} is published").with(desk.lang, &[("week", &week)]);
    send(desk, RosterOp::Publish { monday, seen: Some(seen) }, words);
}

/// Throws the week's draft away.
pub(in crate::desk) fn discard(desk: &mut Desk) {
    let Some(roster) = find_mut(desk) else { return };
    let (monday, any) = (
        roster.monday,
        roster
            .grid
            .as_ref()
            .is_some_and(|g| g.week.people.iter().any(|m| g.week.days().any(|d| m.drafts.contains_key(&d)))),
    );
    roster.anchor = None;
    if !any {
        return desk.notice(Level::Refused, desk.say(t("这一周没有草稿", "This week has no draft")));
    }
    let said = t("整周草稿已清", "the week's draft is discarded").get(desk.lang).to_owned();
    send(desk, RosterOp::Discard { monday }, said);
}
