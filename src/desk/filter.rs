//! Words that narrow the focused pane's list while they are typed.
//! It keeps no words of its own: they are the pane's, and stay there when it closes.

use crate::desk::Desk;
use crate::desk::frame::command::{Command, Enabled, OTHER_BOXES, Scope};
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::Area;
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::{Layer, Then};
use crate::desk::frame::notice::Level;
use crate::desk::frame::pane::{self, PaneId};
use crate::desk::frame::prompt;
use crate::domain::filter::{Known, Offer, Value, offers, with_offer};
use crate::domain::refusal::Refusal;
use crate::text::labels::Labelled;
use crate::text::{Lang, refusal, t};

/// State of the layer.
#[derive(Debug)]
pub struct Filter {
    /// What is typed.
    pub field: Field,
    /// The pane narrowed.
    pub pane: PaneId,
}

impl Layer for Filter {
    const SCOPE: Scope = Scope::new("filter", OTHER_BOXES);
    const OUTER: &'static [Scope] = &[Scope::LIST, Scope::ANYWHERE];
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const TYPES: bool = true;
    const NARROWS: bool = true;

    /// A key for the field.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(filter) = desk.top_mut::<Filter>() else { return false };
        match filter.field.key(key) {
            Took::Nothing => return false,
            Took::Moved => {}
            Took::Changed => narrow(desk),
        }
        true
    }

    /// Text in one piece.
    fn paste(desk: &mut Desk, text: &str) -> bool {
        if let Some(filter) = desk.top_mut::<Filter>() {
            filter.field.insert(text);
            narrow(desk);
        }
        true
    }
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "filter.keep",
        &["enter"],
        Filter::SCOPE,
        t("留着筛选", "keep it"),
        t("留着筛选, 回到列表", "Keep the filter and go back to the list"),
        keep,
    )
    .footer(),
    Command::new(
        "filter.complete",
        &["tab"],
        Filter::SCOPE,
        t("补全", "complete"),
        t("把正在写的补全成第一个提示", "Make what is being typed the first of the hints"),
        complete,
    )
    .when(on_tickets)
    .footer(),
    Command::new(
        "filter.save",
        &["ctrl-s"],
        Filter::SCOPE,
        t("存成常用", "save it"),
        t("给筛选起个名字存下, F 里按数字选用", "Save the filter under a name, to be picked by digit with F"),
        save,
    )
    .when(on_tickets)
    .footer(),
    Command::new(
        "filter.clear",
        &["esc", "ctrl-q"],
        Filter::SCOPE,
        t("取消筛选", "take it off"),
        t("取消筛选, 全部列出", "Take the filter off and show every row"),
        clear,
    )
    .footer(),
];

/// Cells left of the pane's upper border for the place in its list.
const PLACE: u16 = 12;

/// Where the field stands: in the upper border of its pane, so that it hides no row and candidates have room below.
pub fn area(desk: &Desk, filter: &Filter) -> Area {
    let area = desk.layout.pane(filter.pane).unwrap_or(desk.layout.body);
    Area { x: area.x + 2, y: area.y, w: area.w.saturating_sub(PLACE + 3), h: area.h.min(1) }
}

/// Opens it on the focused pane.
pub fn open(desk: &mut Desk) {
    let pane = desk.focus;
    if let Some(words) = pane::filter_of(desk, pane) {
        let field = Field::holding(words);
        desk.open(Filter { field, pane });
    }
}

/// What stands below the list while it is typed: what is not understood, else what may follow.
pub fn hint(desk: &Desk, filter: &Filter) -> Option<(String, bool)> {
    if filter.pane != PaneId::Tickets {
        return None;
    }
    if let Some(refused) = &desk.panes.tickets.refused {
        return Some((refusal::sentence(refused, desk.lang), true));
    }
    let offers = offers(filter.field.text(), &desk.vocabulary());
    let words: Vec<String> = offers.iter().map(|offer| shown(desk, offer)).collect();
    (!words.is_empty()).then(|| (words.join(" "), false))
}

fn shown(desk: &Desk, offer: &Offer) -> String {
    match offer {
        Offer::Head(_) => word(desk, offer) + ":",
        Offer::Value(known) if !known.code.is_empty() && desk.lang == Lang::Zh && known.code != known.zh => {
            match known.value {
                Value::Category(_) | Value::Priority(_) => format!("{}{}", known.code, known.zh),
                _ => known.zh.clone(),
            }
        }
        _ => word(desk, offer),
    }
}

/// How an offer is written where it is taken.
fn word(desk: &Desk, offer: &Offer) -> String {
    match offer {
        Offer::Head(head) => desk.say(head.label()).to_owned(),
        Offer::Flag(flag) => desk.say(flag.label()).to_owned(),
        Offer::Value(known) => name(desk, known),
        Offer::Status(known) => format!("{}:{}", desk.say(known.value.head().label()), name(desk, known)),
    }
}

fn name(desk: &Desk, known: &Known) -> String {
    match desk.lang {
        Lang::Zh => known.zh.clone(),
        Lang::En if known.code.is_empty() => known.en.clone(),
        Lang::En => known.code.clone(),
    }
}

fn on_tickets(desk: &Desk) -> Enabled {
    match desk.top::<Filter>() {
        Some(filter) if filter.pane == PaneId::Tickets => Ok(()),
        _ => Err(t("只在工单的筛选里", "In the filter of tickets only")),
    }
}

fn complete(desk: &mut Desk) {
    let Some(filter) = desk.top::<Filter>() else { return };
    let typed = filter.field.text();
    if let Some(first) = offers(typed, &desk.vocabulary()).first() {
        let text = with_offer(typed, first, &word(desk, first));
        if let Some(filter) = desk.top_mut::<Filter>() {
            filter.field.set(&text);
        }
        narrow(desk);
    }
}

/// What is not understood stays, with the reason.
fn keep(desk: &mut Desk) {
    match refused(desk) {
        Some(sentence) => desk.notice(Level::Refused, sentence),
        None => crate::desk::frame::layer::close(desk),
    }
}

fn refused(desk: &Desk) -> Option<String> {
    on_tickets(desk).ok()?;
    Some(refusal::sentence(desk.panes.tickets.refused.as_ref()?, desk.lang))
}

fn save(desk: &mut Desk) {
    if let Some(sentence) = refused(desk) {
        return desk.notice(Level::Refused, sentence);
    }
    let Some(filter) = desk.top::<Filter>() else { return };
    let text = filter.field.trimmed().to_owned();
    if text.is_empty() {
        return desk.notice(Level::Refused, refusal::sentence(&Refusal::FilterEmpty, desk.lang));
    }
    crate::desk::frame::layer::close(desk);
    let (title, chain) = (desk.say(t("这个筛选叫什么", "What this filter is called")).to_owned(), desk.new_chain());
    prompt::ask(desk, title, Then::SaveFilter(text), chain);
}

fn narrow(desk: &mut Desk) {
    let Some(filter) = desk.top::<Filter>() else { return };
    let (pane, words) = (filter.pane, filter.field.trimmed().to_owned());
    if let Some(kept) = pane::filter_of(desk, pane) {
        *kept = words;
        pane::arrange(desk, pane);
    }
}

fn clear(desk: &mut Desk) {
    if let Some(filter) = desk.top_mut::<Filter>() {
        filter.field.set("");
        narrow(desk);
    }
    crate::desk::frame::layer::close(desk);
}
