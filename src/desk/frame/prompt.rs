//! One question with one line for the answer: a reason, a result, a review date, a note.
//! What becomes of the answer is in [`Then`]; nothing is written before that.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, OTHER_BOXES, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::effect::Beginning;
use crate::desk::frame::field::Field;
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::{Layer, Then};
use crate::desk::frame::notice::Level;
use crate::desk::frame::say;
use crate::desk::ticket::around;
use crate::desk::ticket::asking::{self, Question};
use crate::desk::ticket::moving::{self, Moving};
use crate::desk::{Desk, Effect, roster, settings};
use crate::domain::base::id::TicketId;
use crate::domain::base::time::{Lean, parse};
use crate::domain::filter;
use crate::domain::op::Op;
use crate::domain::query::{Answer, Query};
use crate::domain::ticket::op::Act;
use crate::domain::ticket::query::{TicketAnswer, TicketQuery};
use crate::domain::ticket::{Need, Number, is_time_ahead};
use crate::text::labels::Labelled;
use crate::text::{Text, referral, t};

/// The ticket another is merged into.
pub(in crate::desk) const ORIGINAL: Slot = Slot::new("original", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::ByNumber(id)) = answer {
        original(desk, id);
    }
})
.once();

/// State of the layer.
#[derive(Debug)]
pub struct Prompt {
    /// What is asked.
    pub title: String,
    /// The answer.
    pub field: Field,
    /// What stood in the line at first: left with that, nothing was typed.
    given: String,
    /// What becomes of it.
    pub then: Then,
    /// The chain it belongs to.
    pub chain: u64,
}

/// What is typed is no ticket's number.
pub const NO_NUMBER: Text = t("不像单号; 例如: 1122-07", "Not a number such as 1122-07");

/// What is typed is no time ahead.
pub const NO_TIME: Text = t("看不懂这个时间; 例如: 明天 9:00", "Not a time; for example: tomorrow 9:00");

/// Questions left with words in them at most; older ones go.
const LEFT_AT_MOST: usize = 9;

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[Command::new(
    "prompt.accept",
    &["enter", "ctrl-s"],
    Prompt::SCOPE,
    t("就这样", "accept"),
    t("就这样, 往下走", "Take this answer and go on"),
    accept,
)
.footer()];

impl Prompt {
    /// Whether something is typed that is nowhere else.
    pub fn is_typed(&self) -> bool {
        !self.field.is_blank() && self.field.text() != self.given
    }

    /// A question with an empty answer.
    fn new(title: String, then: Then, chain: u64) -> Self {
        Self { title, field: Field::default(), given: String::new(), then, chain }
    }

    /// Whether what is typed must not be seen, nor kept when it is left.
    pub const fn secret(&self) -> bool {
        matches!(&self.then, Then::Handover(asked) if asked.secret())
    }
}

/// Asks. Where the same was asked before and left with Esc, the words typed then are there again, and it is said so:
/// they may have been meant for somebody else.
pub fn ask(desk: &mut Desk, title: String, then: Then, chain: u64) {
    let mut prompt = Prompt::new(title, then, chain);
    if let Some(field) = take_left(desk, &prompt.then) {
        prompt.field = field;
        let words = t("上次没写完的还在; 不要就 Ctrl+U 清掉", "What you left unfinished is here; Ctrl+U clears it");
        desk.notice(Level::Info, desk.say(words));
    }
    desk.open(prompt);
}

/// What was typed when the same was asked before and left.
pub(in crate::desk) fn take_left(desk: &mut Desk, then: &Then) -> Option<Field> {
    let at = desk.left.iter().position(|left| left.then.asks_the_same(then))?;
    Some(desk.left.remove(at).field)
}

/// Keeps what was typed in another layer until the same is asked again.
pub(in crate::desk) fn keep(desk: &mut Desk, field: Field, then: Then, chain: u64) {
    leave(desk, Prompt { title: String::new(), field, given: String::new(), then, chain });
}

/// Asks with a proposal in the line, unless words typed before are there: what is typed replaces it.
pub fn ask_with(desk: &mut Desk, title: String, text: &str, then: Then, chain: u64) {
    ask_begun(desk, title, Field::proposing(text), then, chain);
}

/// Asks with words in the line that are gone on with, unless words typed before are there.
pub fn ask_holding(desk: &mut Desk, title: String, text: &str, then: Then, chain: u64) {
    ask_begun(desk, title, Field::holding(text), then, chain);
}

fn ask_begun(desk: &mut Desk, title: String, field: Field, then: Then, chain: u64) {
    ask(desk, title, then, chain);
    if let Some(prompt) = desk.top_mut::<Prompt>()
        && prompt.field.is_blank()
    {
        field.text().clone_into(&mut prompt.given);
        prompt.field = field;
    }
}

/// It was left with Esc: what was typed is kept until the same is asked again.
pub(in crate::desk) fn leave(desk: &mut Desk, prompt: Prompt) {
    if !prompt.is_typed() || prompt.secret() {
        return;
    }
    desk.left.insert(0, prompt);
    desk.left.truncate(LEFT_AT_MOST);
    let words = t("写的留着, 再打开还在", "What you wrote is kept and is there when you open this again");
    desk.notice(Level::Info, desk.say(words));
}

/// The question for what a move needs.
pub fn title(desk: &Desk, need: Need, moving: &Moving) -> String {
    format!("{}: {}", desk.say(moving.event.label()), need_title(desk, need))
}

/// The same, whatever it is needed for.
pub fn need_title(desk: &Desk, need: Need) -> String {
    let hint = match need {
        Need::BodyPhone => t(" (不知道就直接 Enter)", " (Enter alone: not known)"),
        need if is_time_ahead(need) => t(" (如: 明天 9:00, 周三, +2h)", " (e.g. tomorrow 9:00, wed, +2h)"),
        Need::Original => t(" (如: 1122-07)", " (e.g. 1122-07)"),
        _ => t("", ""),
    };
    desk.say(need.label()).to_owned() + desk.say(hint)
}

impl Layer for Prompt {
    const SCOPE: Scope = Scope::new("prompt", OTHER_BOXES);
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const TYPES: bool = true;

    fn chain(&self) -> Option<u64> {
        Some(self.chain)
    }

    fn half_typed(&self) -> bool {
        self.is_typed()
    }

    fn left(self, desk: &mut Desk) {
        leave(desk, self);
    }

    /// A key for the field. Whether tickets go out of sight is answered by `y` alone, and nothing is typed: no digit, price or
    /// Enter that was meant for another box says yes.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(prompt) = desk.top_mut::<Prompt>() else { return false };
        if let Then::Sure(moving) = &prompt.then {
            let moving = moving.clone();
            match key.typed() {
                Some(_) if key.folded() == Key::char('y') || key.folded() == Key::char('Y') => {
                    moving::send(desk, &moving)
                }
                Some(_) => say_how_sure(desk),
                None => return false,
            }
            return true;
        }
        prompt.field.key(key) != crate::desk::frame::field::Took::Nothing
    }

    /// Text in one piece. A paste says yes to nothing.
    fn paste(desk: &mut Desk, text: &str) -> bool {
        let Some(prompt) = desk.top_mut::<Prompt>() else { return false };
        if matches!(prompt.then, Then::Sure(_)) {
            say_how_sure(desk);
            return true;
        }
        prompt.field.insert(text);
        true
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(76, 6)
}

/// What stands under the answer while it is typed: what it is read as, and what another desk wrote.
pub fn reading(desk: &Desk, prompt: &Prompt) -> Vec<String> {
    let text = prompt.field.trimmed();
    match &prompt.then {
        Then::Move(moving) => match moving.needs.first() {
            Some(need) if is_time_ahead(*need) && !text.is_empty() => vec![time_read(desk, text)],
            Some(Need::BodyPhone) if text.is_empty() => vec![unknown(desk)],
            _ => Vec::new(),
        },
        Then::Asked(asking) => match asking.left.first() {
            Some(Question::Again) if !text.is_empty() => vec![time_read(desk, text)],
            Some(Question::Phone) if text.is_empty() => vec![unknown(desk)],
            _ => Vec::new(),
        },
        Then::Setting(asked) if !text.is_empty() => settings::pages::reading(desk, asked, text).into_iter().collect(),
        Then::Write(writing) => around::reading(desk, writing, text),
        _ => Vec::new(),
    }
}

/// How a number left empty is read.
fn unknown(desk: &Desk) -> String {
    format!("= {}", desk.say(referral::PHONE_UNKNOWN))
}

/// How a time ahead is read.
pub fn time_read(desk: &Desk, text: &str) -> String {
    match parse(text, desk.now, desk.zone(), Lean::Future) {
        Some(time) => format!("= {}", say::moment(time, desk)),
        None => desk.say(t("还看不懂这个时间", "Not a time yet")).to_owned(),
    }
}

/// The ticket that another is merged into or related to was looked up by its number.
pub fn original(desk: &mut Desk, id: Option<TicketId>) {
    let Some(prompt) = desk.top::<Prompt>() else { return };
    let (then, chain) = (prompt.then.clone(), prompt.chain);
    let Some(id) = id else {
        return desk.notice(Level::Refused, desk.say(t("没有这个单号的工单", "There is no ticket of that number")));
    };
    match then {
        Then::Move(mut moving) if moving.needs.first() == Some(&Need::Original) => {
            moving.step.original = Some(id);
            moving.needs.remove(0);
            moving::pursue(desk, moving);
        }
        Then::Write(writing) => around::relate(desk, &writing, id, chain),
        _ => {}
    }
}

fn accept(desk: &mut Desk) {
    let Some(prompt) = desk.top::<Prompt>() else { return };
    let (then, text, chain) = (prompt.then.clone(), prompt.field.trimmed().to_owned(), prompt.chain);
    if desk.commits().waits_of(chain) {
        return;
    }
    match then {
        Then::Move(moving) => answer_move(desk, moving, text),
        Then::Sure(_) => say_how_sure(desk),
        Then::Note(tickets) => act_on(desk, &tickets, &Act::Note(text), chain),
        Then::Chase(tickets) => act_on(desk, &tickets, &Act::Chase(text), chain),
        Then::Join(tickets) => {
            let (name, phone) = say::name_and_phone(&text);
            act_on(desk, &tickets, &Act::join(&name, &phone), chain);
        }
        Then::Need => crate::desk::roster::coverage::accept(desk, &text, chain),
        Then::Handover(asked) => crate::desk::handover::answered(desk, asked, text, chain),
        Then::Staff(asked) => crate::desk::staff::edit::answered(desk, asked, &text, chain),
        Then::Post(cells) => {
            desk.layers.pop();
            roster::grid::edit::post(desk, &cells, &text);
        }
        Then::SaveFilter(filter) => {
            desk.commit(Op::Filter(filter::op::Act::Save { name: text, filter }), After::Close(chain));
        }
        Then::Setting(asked) => settings::pages::answer(desk, &asked, &text, chain),
        Then::Asked(asking) => asking::answered(desk, asking, text),
        Then::Write(writing) => around::answer(desk, &writing, text, chain),
        // These are picked, never typed.
        Then::Overtaken(_)
        | Then::Status(_)
        | Then::NotSolved { .. }
        | Then::Order
        | Then::Filter
        | Then::Export
        | Then::Tell(_)
        | Then::Raise(..)
        | Then::WrongClock
        | Then::Run
        | Then::Mark(_)
        | Then::MarkOne(_)
        | Then::StepIn(_)
        | Then::Show
        | Then::MonthOf
        | Then::Leaves(_)
        | Then::Detach(_) => {}
        Then::Township => {
            if text.is_empty() {
                return desk.notice(Level::Refused, desk.say(t("请写上镇名", "The township needs a name")));
            }
            let title = desk.say(t("物业公司的名字", "Name of the property company")).to_owned();
            ask(desk, title, Then::Company { township: text }, chain);
        }
        Then::Company { township } => {
            desk.emit(Effect::Begin(Beginning::Empty { township, company: text }));
        }
    }
}

/// Asks before tickets go out of sight.
pub fn ask_sure(desk: &mut Desk, moving: Moving) {
    let event = desk.say(moving.event.label());
    let title = t("{event}? 按 y 确定, Esc 不{event}", "{event}? y does it, Esc leaves it")
        .with(desk.lang, &[("event", &event)]);
    let chain = moving.chain;
    ask(desk, title, Then::Sure(moving), chain);
}

fn say_how_sure(desk: &mut Desk) {
    let words = t("还没做: 按 y 才做, Esc 不做", "Not done yet: y does it, Esc leaves it");
    desk.notice(Level::Refused, desk.say(words));
}

fn act_on(desk: &mut Desk, tickets: &[TicketId], act: &Act, chain: u64) {
    let acts = tickets.iter().map(|&id| (id, act.clone())).collect();
    desk.commit_all(acts, After::Close(chain));
}

/// Takes the answer to the first thing a move needs. One that is missing or not understood is asked for again.
fn answer_move(desk: &mut Desk, mut moving: Moving, text: String) {
    let Some(&need) = moving.needs.first() else { return };
    match need {
        Need::Review | Need::AskAgain => match parse(&text, desk.now, desk.zone(), Lean::Future) {
            Some(time) => moving.step.review = Some(time),
            None => return desk.notice(Level::Refused, desk.say(NO_TIME)),
        },
        Need::BodyPhone => moving.step.phone = text,
        Need::Original => {
            let today = desk.zone().day(desk.now);
            return match Number::parse(&text, today) {
                Some(number) => desk.ask(ORIGINAL, Query::Ticket(TicketQuery::ByNumber(number))),
                None => desk.notice(Level::Refused, desk.say(NO_NUMBER)),
            };
        }
        _ if text.is_empty() => {
            let words = t("要写上{need}", "It needs: {need}").with(desk.lang, &[("need", &desk.say(need.label()))]);
            return desk.notice(Level::Refused, words);
        }
        // A move has one text: reason, result or body.
        _ => moving.step.why = text,
    }
    moving.needs.remove(0);
    moving::pursue(desk, moving);
}
