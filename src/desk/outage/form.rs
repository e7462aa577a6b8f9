//! The form that announces or changes an outage. Kind by digit, places by the same search as everywhere, times as typed.
//! Whether it holds enough is decided by the domain; the form only leads the caret there.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::{AnyLayer, Layer};
use crate::desk::frame::list::List;
use crate::desk::frame::notice::Level;
use crate::desk::frame::say;
use crate::desk::{Desk, Effect};
use crate::domain::base::find::{FindKind, Hit};
use crate::domain::base::id::{OutageId, PlaceId};
use crate::domain::base::time::{HOUR, Lean, Time, Zone, parse};
use crate::domain::op::Op;
use crate::domain::outage::OutageKind;
use crate::domain::outage::op::{Notice, OutageOp};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::around::OutageRow;
use crate::text::{Text, refusal, t};

/// Compounds and buildings for the form.
const OUTAGE_PLACES: Slot = Slot::finding("outage_places", found);

/// A box of the form, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// What is cut off.
    Kind,
    /// Compounds and buildings.
    Places,
    /// Begins.
    From,
    /// Expected end.
    To,
    /// What callers are told.
    Words,
}

impl Entry {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Kind, Self::Places, Self::From, Self::To, Self::Words];

    /// The label before the box.
    pub const fn label(self) -> Text {
        match self {
            Self::Kind => t("停什么", "What"),
            Self::Places => t("哪里", "Where"),
            Self::From => t("几点起", "From"),
            Self::To => t("几点恢复", "Until"),
            Self::Words => t("对来电人说", "Tell callers"),
        }
    }
}

/// State of the form.
#[derive(Debug)]
pub struct OutageForm {
    /// The one that is changed, with the version seen; none announces a new one.
    pub changes: Option<(OutageId, i64)>,
    /// What is cut off.
    pub kind: OutageKind,
    /// The places chosen, as they are called.
    pub places: Vec<(PlaceId, String)>,
    /// The box with the caret.
    pub entry: Entry,
    /// Places that fit what is typed.
    pub hits: Vec<Hit>,
    /// Rows under the place box: indexes of the hits.
    pub pick: List<usize>,
    /// Closes it once it is written.
    pub chain: u64,
    fields: [Field; Entry::ALL.len()],
    /// As it was opened, to tell whether something was typed.
    given: (OutageKind, Vec<PlaceId>, [String; Entry::ALL.len()]),
}

impl Layer for OutageForm {
    const SCOPE: Scope = Scope::new("outage_form", t("停供", "Outages"));
    const OUTER: &'static [Scope] = &[Scope::ANYWHERE];
    const COMMANDS: &'static [&'static [Command]] = &[FORM];
    const SLOTS: &'static [Slot] = &[OUTAGE_PLACES];
    const TYPES: bool = true;

    fn chain(&self) -> Option<u64> {
        Some(self.chain)
    }

    fn half_typed(&self) -> bool {
        !self.untouched()
    }

    /// A key for the box with the caret.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(form) = desk.top_mut::<OutageForm>() else { return false };
        let entry = form.entry;
        if entry == Entry::Kind {
            return kind_key(form, key);
        }
        if entry == Entry::Places && form.field(entry).is_blank() && key.code == Code::Backspace {
            form.places.pop();
            return true;
        }
        match form.fields[entry as usize].key(key) {
            Took::Nothing => return false,
            Took::Moved => {}
            Took::Changed => changed(desk),
        }
        true
    }

    /// Text in one piece.
    fn paste(desk: &mut Desk, text: &str) -> bool {
        if let Some(form) = desk.top_mut::<OutageForm>()
            && form.entry != Entry::Kind
        {
            let entry = form.entry as usize;
            form.fields[entry].insert(text);
            changed(desk);
        }
        true
    }
}

/// Commands of the form.
pub const FORM: &[Command] = &[
    Command::new(
        "outage_form.next",
        &["enter"],
        OutageForm::SCOPE,
        t("下一项", "next"),
        t("选中并到下一项; 最后一项就保存", "Take it and go to the next box; the last one saves"),
        enter,
    )
    .footer(),
    Command::new(
        "outage_form.save",
        &["ctrl-s"],
        OutageForm::SCOPE,
        t("保存", "save"),
        t("在哪一项都能保存", "Save from any box"),
        save,
    )
    .footer(),
    Command::new(
        "outage_form.tab",
        &["tab"],
        OutageForm::SCOPE,
        t("下一项", "next box"),
        t("到下一项", "To the next box"),
        |desk| turn(desk, 1),
    ),
    Command::new(
        "outage_form.back_tab",
        &["shift-tab"],
        OutageForm::SCOPE,
        t("上一项", "box before"),
        t("到上一项", "To the box before"),
        |desk| turn(desk, -1),
    ),
    Command::new(
        "outage_form.down",
        &["down"],
        OutageForm::SCOPE,
        t("下", "down"),
        t("下一个候选, 或下一项", "The next candidate, or the next box"),
        |desk| step(desk, 1),
    ),
    Command::new(
        "outage_form.up",
        &["up"],
        OutageForm::SCOPE,
        t("上", "up"),
        t("上一个候选, 或上一项", "The candidate before, or the box before"),
        |desk| step(desk, -1),
    ),
    Command::new(
        "outage_form.leave",
        &["esc", "ctrl-q"],
        OutageForm::SCOPE,
        t("退出 (稿子留)", "leave (kept)"),
        t("退出; 写了的留着, 再打开还在", "Leave; what was typed is there again when it is opened"),
        leave,
    )
    .footer(),
];

/// Places shown under the box at most.
const CANDIDATES_AT_MOST: usize = 6;
/// What the place box finds.
const KINDS: &[FindKind] = &[FindKind::Place, FindKind::Alias];
/// A clock time that passed no longer ago than this is of today: it is off already.
const BEGAN_WITHIN: i64 = 6 * HOUR;

impl OutageForm {
    fn new(desk: &Desk, row: Option<&OutageRow>, chain: u64) -> Self {
        let zone = desk.zone();
        let written = |time: Time| zone.local(time).format("%Y-%m-%d %H:%M").to_string();
        let outage = row.map(|row| &row.outage);
        let texts = [
            String::new(),
            String::new(),
            outage.map(|outage| written(outage.from)).unwrap_or_default(),
            outage.map(|outage| written(outage.to)).unwrap_or_default(),
            outage.map(|outage| outage.words.clone()).unwrap_or_default(),
        ];
        let places: Vec<(PlaceId, String)> =
            row.iter().flat_map(|row| row.outage.places.0.iter().copied().zip(row.places.iter().cloned())).collect();
        let kind = outage.map_or(OutageKind::Water, |outage| outage.kind);
        Self {
            changes: row.map(|row| (row.id, row.version)),
            kind,
            entry: Entry::Kind,
            hits: Vec::new(),
            pick: List::default(),
            chain,
            fields: texts.each_ref().map(|text| Field::holding(text)),
            given: (kind, places.iter().map(|(id, _)| *id).collect(), texts),
            places,
        }
    }

    /// The field of a box; that of the kind stays empty.
    pub const fn field(&self, entry: Entry) -> &Field {
        &self.fields[entry as usize]
    }

    /// Whether nothing was typed or chosen.
    pub fn untouched(&self) -> bool {
        let texts = || self.fields.iter().map(Field::trimmed);
        let places = || self.places.iter().map(|(id, _)| *id);
        self.kind == self.given.0 && places().eq(self.given.1.iter().copied()) && texts().eq(self.given.2.iter())
    }

    /// Whether candidates are open under the place box.
    pub fn picks(&self) -> bool {
        self.entry == Entry::Places && !self.field(Entry::Places).is_blank()
    }

    fn entry_after(&self, by: isize) -> Entry {
        let at = self.entry as usize;
        Entry::ALL[at.wrapping_add_signed(by + Entry::ALL.len().cast_signed()) % Entry::ALL.len()]
    }
}

/// Where the form stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(84, 20)
}

/// Begin and end as they are read; an empty begin is now. None where nothing, or nothing that is a time, is typed.
pub fn read_times(form: &OutageForm, now: Time, zone: Zone) -> (Option<Time>, Option<Time>) {
    let text = |entry: Entry| form.field(entry).trimmed();
    let from = match text(Entry::From) {
        "" => Some(now),
        text => {
            let past = parse(text, now, zone, Lean::Past).filter(|past| now.0 - past.0 <= BEGAN_WITHIN);
            past.or_else(|| parse(text, now, zone, Lean::Future))
        }
    };
    // "12:00" is the first one after it began.
    let to = parse(text(Entry::To), now, zone, Lean::Future).and_then(|to| match from {
        Some(from) if to <= from => parse(text(Entry::To), from, zone, Lean::Future),
        _ => Some(to),
    });
    (from, to)
}

/// Opens the form for a new outage, or for one that is changed. One left with something in it is there again.
pub(in crate::desk) fn open(desk: &mut Desk, row: Option<&OutageRow>) {
    let which = row.map(|row| row.id);
    let left = desk.left_notice.take_if(|form| form.changes.map(|(id, _)| id) == which);
    let form = match left {
        Some(form) => *form,
        None => {
            let chain = desk.new_chain();
            OutageForm::new(desk, row, chain)
        }
    };
    desk.open(form);
}

fn top(desk: &mut Desk) -> Option<&mut OutageForm> {
    desk.layer_mut::<OutageForm>()
}

/// A digit names the kind, left and right go through the kinds.
fn kind_key(form: &mut OutageForm, key: Key) -> bool {
    let kinds = OutageKind::ALL;
    let at = kinds.iter().position(|kind| *kind == form.kind).unwrap_or(0);
    let chosen = match key.folded().code {
        Code::Char(c @ '1'..='9') if key.typed().is_some() => kinds.get(c as usize - '1' as usize),
        Code::Left => kinds.get((at + kinds.len() - 1) % kinds.len()),
        Code::Right => kinds.get((at + 1) % kinds.len()),
        _ => return key.typed().is_some(),
    };
    form.kind = chosen.copied().unwrap_or(form.kind);
    true
}

fn changed(desk: &mut Desk) {
    let Some(form) = top(desk).filter(|form| form.entry == Entry::Places) else { return };
    let text = form.field(Entry::Places).trimmed().to_owned();
    if text.is_empty() {
        form.hits.clear();
        form.pick.set(Vec::new());
        return desk.asks.forget(OUTAGE_PLACES);
    }
    let n = desk.asks.asked(OUTAGE_PLACES, None);
    desk.emit(Effect::Find { slot: OUTAGE_PLACES, n, text, kinds: KINDS, limit: CANDIDATES_AT_MOST });
}

/// The places have come.
fn found(desk: &mut Desk, hits: Vec<Hit>) {
    if let Some(form) = top(desk) {
        form.pick.set((0..hits.len()).collect());
        form.pick.see(CANDIDATES_AT_MOST);
        form.pick.select_row(0);
        form.hits = hits;
    }
}

/// Takes the place under the cursor among those chosen; false when none answers.
fn take_place(form: &mut OutageForm) -> bool {
    let Some(hit) = form.pick.selected().and_then(|row| form.hits.get(row)) else { return false };
    let (id, name) = (PlaceId(hit.record.place), say::record_place(&hit.record));
    if form.places.iter().all(|(chosen, _)| *chosen != id) {
        form.places.push((id, name));
    }
    form.fields[Entry::Places as usize].set("");
    form.hits.clear();
    form.pick.set(Vec::new());
    true
}

/// Enter: a place typed is taken and another may follow; else to the next box, and from the last it saves.
fn enter(desk: &mut Desk) {
    let Some(form) = top(desk) else { return };
    if form.picks() {
        if !take_place(form) {
            let words = t("没有这个小区或楼栋", "No such compound or building");
            desk.notice(Level::Refused, desk.say(words));
        }
        return;
    }
    if form.entry == Entry::Words {
        return save(desk);
    }
    form.entry = form.entry_after(1);
}

fn turn(desk: &mut Desk, by: isize) {
    if let Some(form) = top(desk) {
        form.entry = form.entry_after(by);
    }
}

fn step(desk: &mut Desk, by: isize) {
    let Some(form) = top(desk) else { return };
    if form.picks() && form.pick.len() > 1 {
        return form.pick.step(by);
    }
    form.entry = form.entry_after(by);
}

/// What was typed stays until the same is opened again.
fn leave(desk: &mut Desk) {
    if desk.top::<OutageForm>().is_none() {
        return;
    }
    if let Some(AnyLayer::OutageForm(form)) = desk.layers.pop()
        && !form.untouched()
    {
        desk.left_notice = Some(form);
        let words = t("写的留着, 再打开还在", "What you wrote is kept and is there when you open this again");
        desk.notice(Level::Info, desk.say(words));
    }
}

fn save(desk: &mut Desk) {
    let (now, zone) = (desk.now, desk.zone());
    let Some(form) = top(desk) else { return };
    if form.picks() && !take_place(form) {
        return go_to(desk, Entry::Places, &Refusal::OutagePlaceMissing);
    }
    let (from, to) = read_times(form, now, zone);
    let (Some(from), Some(to)) = (from, to) else {
        form.entry = if from.is_none() { Entry::From } else { Entry::To };
        let words = t("看不懂这个时间; 例如: 12:00, 明天 9:30", "Not a time; for example: 12:00, tomorrow 9:30");
        return desk.notice(Level::Refused, desk.say(words));
    };
    let notice = Notice {
        kind: form.kind,
        from,
        to,
        places: form.places.iter().map(|(id, _)| *id).collect(),
        words: form.field(Entry::Words).trimmed().to_owned(),
    };
    let (chain, changes) = (form.chain, form.changes);
    // The caret goes where something is missing; what is wrong with it is the domain's to say, once it is sent.
    if notice.places.is_empty() {
        return go_to(desk, Entry::Places, &Refusal::OutagePlaceMissing);
    }
    if notice.words.is_empty() {
        return go_to(desk, Entry::Words, &Refusal::OutageWordsMissing);
    }
    if notice.to <= notice.from {
        return go_to(desk, Entry::To, &Refusal::EndsBeforeItBegins);
    }
    if desk.commits().waits(&After::Close(chain)) {
        return;
    }
    let op = match changes {
        None => OutageOp::Announce(notice),
        Some((id, version)) => OutageOp::Change { id, version, notice },
    };
    desk.commit(Op::Outage(op), After::Close(chain));
}

fn go_to(desk: &mut Desk, entry: Entry, refusal: &Refusal) {
    if let Some(form) = top(desk) {
        form.entry = entry;
    }
    let sentence = refusal::sentence(refusal, desk.lang);
    desk.notice(Level::Refused, sentence);
}
