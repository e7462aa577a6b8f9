//! How a form comes onto the screen and goes: new, parked, taken up again, restored, opened on a ticket.
//! What is typed is never thrown away on any of these ways.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::{AnyLayer, Layer};
use crate::desk::frame::notice::Level;
use crate::desk::frame::{say, start};
use crate::desk::intake::{Intake, Mode, busy, offer, on_its_way, place, shown, side, told};
use crate::desk::ticket::act;
use crate::desk::ticket::opened::Opened;
use crate::desk::{Desk, Effect};
use crate::domain::base::id::{CommandUid, TicketId};
use crate::domain::base::time::Time;
use crate::domain::op::Op;
use crate::domain::parked::op::{Form, ParkedOp, may_park};
use crate::domain::query::{Answer, Query};
use crate::domain::ticket::Channel;
use crate::domain::ticket::around::{Pattern, ROOT_DAYS};
use crate::domain::ticket::query::{Detail, TicketAnswer, TicketQuery};
use crate::text::{refusal, t};

/// A ticket wanted to be corrected.
const EDIT: Slot = Slot::new("edit", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::One(Some(detail))) = answer {
        edit(desk, &detail);
    }
})
.once();

/// The commands that bring a form, from anywhere.
pub const OPENING: &[Command] = &[
    Command::new(
        "report.phone",
        &["n", "f2"],
        Scope::ANYWHERE,
        t("登记", "new report"),
        t("登记来电; 在登记里按 F2 暂存这件, 另接一个", "Take a call; inside a report F2 parks it and begins another"),
        |desk| offer::open(desk, Channel::Phone),
    )
    .when(start::ready)
    .footer(),
    Command::new(
        "report.walk_in",
        &["N"],
        Scope::ANYWHERE,
        t("登记来访", "walk-in"),
        t("登记来访", "Take a report from somebody at the desk"),
        |desk| offer::open(desk, Channel::WalkIn),
    )
    .when(start::ready),
    Command::new(
        "report.again",
        &["R"],
        Opened::SCOPE,
        t("这户再报一件", "this home again"),
        t(
            "同一个人又报一件: 地点、姓名、电话照这张带上; 别人来电按 n, 从空白开始",
            "Another report by the same person, with place, name and phone; for somebody else n begins blank",
        ),
        offer::again,
    )
    .when(offer::has_place),
    Command::new(
        "intake.offered",
        &["ctrl-f"],
        Intake::SCOPE,
        t("填入这里", "fill in"),
        t(
            "填入光标原来在的那一处: 住户、房子、工单的地点、小区",
            "Fill in what the cursor was on: a resident, a home, a ticket's place, a compound",
        ),
        offer::take_offer,
    )
    .when(offer::is_offered),
    Command::new(
        "intake.deny",
        &["ctrl-d"],
        Intake::SCOPE,
        t("不是危险", "not danger"),
        t(
            "听错了, 不是危险: 按平常的话分类, 记进工单; 再按一次改回",
            "Heard wrongly, it is no danger: sorted by its ordinary words, kept in the log; again takes it back",
        ),
        place::deny,
    )
    .when(place::may_deny),
    Command::new(
        "report.resume",
        &["f9"],
        Scope::ANYWHERE,
        t("取回暂存", "resume"),
        t("取回最近暂存的登记; 再按换下一件", "Take up the newest parked report; again for the next"),
        resume,
    )
    .when(has_parked),
];

impl Intake {
    /// The form that corrects a ticket.
    pub fn of_detail(uid: CommandUid, detail: &Detail, desk: &Desk) -> Self {
        let ticket = &detail.row.ticket;
        let mut form = Form::new(uid, ticket.channel);
        form.place_text = say::place(&detail.row);
        (form.place, form.person) = (ticket.place, ticket.reporter);
        form.words = ticket.words.clone();
        form.name = detail.reporter.as_ref().map(|name| name.reveal().to_owned()).unwrap_or_default();
        form.phone = detail.phone.as_ref().map(|phone| phone.reveal().to_owned()).unwrap_or_default();
        form.order_number.clone_from(&ticket.outside_number);
        form.category = say::category(&ticket.category, desk);
        let typed = |at: Option<Time>| {
            at.map(|at| desk.zone().local(at).format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
        };
        (form.appointment, form.outer_due) = (typed(ticket.appointment_at), typed(ticket.outer_due));
        form.focus = crate::desk::intake::Entry::Words as usize;
        form.caret = ticket.words.chars().count();
        let mut intake = Self::of_form(&form);
        intake.mode = Mode::Correct(Box::new(detail.clone()));
        if ticket.reporter.is_some() {
            intake.filled = (form.name.clone(), form.phone.clone());
        }
        // Where the place was kept as plain words, they may be remembered once it is found.
        intake.spoken = Some(ticket.place_words.clone()).filter(|words| ticket.place.is_none() && side::spoken(words));
        intake
    }

    /// Boxes as they were when the form opened become as they are now; those typed into stay.
    fn take_over(&mut self, was: &Self, now: Self) {
        for entry in crate::desk::intake::Entry::ALL {
            if self.field(entry).text() == was.field(entry).text() {
                *self.field_mut(entry) = now.field(entry).clone();
            } else if was.field(entry).text() != now.field(entry).text() {
                self.others[entry as usize] = Some(now.field(entry).trimmed().to_owned());
            }
        }
        if (self.place, self.person) == (was.place, was.person) {
            (self.place, self.person) = (now.place, now.person);
        }
        self.mode = now.mode;
    }
}

/// Opens the correction of the ticket in hand, once it has come in full.
pub fn open_edit(desk: &mut Desk) {
    if let Some(id) = act::in_hand(desk).map(|row| row.id) {
        desk.ask(EDIT, Query::Ticket(TicketQuery::One(id)));
    }
}

/// The ticket to be corrected has come: its form opens. A form open on it already takes over what changed meanwhile, but
/// nothing that was typed.
pub fn edit(desk: &mut Desk, detail: &Detail) {
    let uid = desk.mark();
    let fresh = Intake::of_detail(uid, detail, desk);
    let Some((at, before)) = correction_of(desk, detail.row.id) else {
        desk.emit(Effect::LogAccess(detail.row.id));
        desk.open(fresh);
        return place::begin(desk);
    };
    let was = Intake::of_detail(uid, before, desk);
    if let AnyLayer::Intake(intake) = &mut desk.layers[at] {
        intake.take_over(&was, fresh);
    }
}

/// The form open on a ticket, as its layer, and the ticket as it was when the form opened.
fn correction_of(desk: &Desk, id: TicketId) -> Option<(usize, &Detail)> {
    desk.layers.iter().enumerate().find_map(|(at, layer)| match layer {
        AnyLayer::Intake(intake) => match &intake.mode {
            Mode::Correct(before) if before.row.id == id => Some((at, before.as_ref())),
            _ => None,
        },
        _ => None,
    })
}

/// A correction was refused because somebody else changed the same: the newest is fetched, what was typed stays.
pub fn refresh(desk: &mut Desk, uid: CommandUid) {
    let id = desk.layers.iter().find_map(|layer| match layer {
        AnyLayer::Intake(intake) if intake.uid == uid => match &intake.mode {
            Mode::Correct(before) => Some(before.row.id),
            Mode::New => None,
        },
        _ => None,
    });
    if let Some(id) = id {
        desk.ask(EDIT, Query::Ticket(TicketQuery::One(id)));
    }
}

/// Opens a form as it was kept.
pub fn open_form(desk: &mut Desk, form: &Form) {
    desk.open(Intake::of_form(form));
    place::begin(desk);
    if form.place.is_none() && !form.place_text.trim().is_empty() {
        place::look(desk);
    }
    crate::desk::intake::keep(desk);
}

/// Opens a report for the root of several tickets of a kind, filled in as far as they say it.
pub fn open_root(desk: &mut Desk, pattern: &Pattern) {
    if !park(desk) {
        return;
    }
    told::leave(desk);
    let numbers: Vec<String> = pattern.rows.iter().take(5).map(|row| row.ticket.number.short()).collect();
    let category = pattern.rows.first().map(|row| say::category(&row.ticket.category, desk)).unwrap_or_default();
    let words = t(
        "专项排查: {place} {days} 天内同类 {n} 件 ({numbers}), 查清根源",
        "Root cause: {place}, {n} of a kind in {days} days ({numbers}); find out why",
    )
    .with(
        desk.lang,
        &[
            ("place", &pattern.label),
            ("days", &ROOT_DAYS),
            ("n", &pattern.rows.len()),
            ("numbers", &numbers.join(desk.say(t("、", ", ")))),
        ],
    );
    let mut form = Form::new(desk.mark(), Channel::Patrol);
    form.place_text.clone_from(&pattern.label);
    (form.place, form.category) = (Some(pattern.place), category);
    (form.focus, form.caret) = (crate::desk::intake::Entry::Words as usize, words.chars().count());
    form.words = words;
    form.root_of = pattern.rows.iter().map(|row| row.id).collect();
    let mut intake = Intake::of_form(&form);
    intake.given = Some(Box::new(form));
    desk.open(intake);
    place::begin(desk);
}

/// Forms that were being typed when the program was last ended: the newest comes up, the others are parked.
pub fn restore(desk: &mut Desk, mut forms: Vec<Form>) {
    forms.retain(|form| !form.is_empty());
    let Some(newest) = forms.pop() else { return };
    for form in forms {
        send_to_park(desk, form);
    }
    open_form(desk, &newest);
    desk.notice(Level::Info, desk.say(t("上次没写完的登记, 接着写", "The report you were typing is back")));
}

/// Leaves the form: a report with something in it is parked, a changed correction asks once more.
pub(in crate::desk) fn leave(desk: &mut Desk) {
    if busy(desk) {
        return;
    }
    let Some(intake) = desk.top_mut::<Intake>() else { return };
    match &intake.mode {
        Mode::New => {
            park(desk);
        }
        Mode::Correct(_) if !intake.leaving => {
            intake.leaving = true;
            let words =
                t("还没保存: Ctrl+S 保存, 再按 Esc 放弃", "Not saved: Ctrl+S saves, Esc again drops the changes");
            desk.notice(Level::Info, desk.say(words));
        }
        Mode::Correct(_) => {
            desk.layers.pop();
        }
    }
}

/// Throws a new report away; `u` brings it back as long as nothing else was done.
pub(in crate::desk) fn discard(desk: &mut Desk) {
    if busy(desk) {
        return;
    }
    let Some(intake) = desk.top::<Intake>() else { return };
    let form = intake.form();
    let untouched = intake.untouched();
    crate::desk::intake::close(desk, form.uid);
    desk.emit(Effect::DropDraft(form.uid));
    if !untouched {
        desk.discarded = Some(Box::new(form));
        desk.notice(Level::Done, desk.say(t("已丢弃这份登记  (u 取回)", "Report thrown away  (u brings it back)")));
    }
}

pub(in crate::desk) fn may_discard(desk: &Desk) -> Enabled {
    match shown(desk) {
        Some(intake) if !intake.is_new() => {
            Err(t("更正不用丢弃: 按两次 Esc 就不改了", "A correction is dropped by Esc twice"))
        }
        _ => Ok(()),
    }
}

/// A report thrown away comes back as it was.
pub fn bring_back(desk: &mut Desk, form: Box<Form>) {
    told::leave(desk);
    if park(desk) {
        open_form(desk, &form);
        desk.notice(Level::Done, desk.say(t("丢弃的登记取回来了", "The report thrown away is back")));
    } else {
        desk.discarded = Some(form);
    }
}

/// Parks the report being taken, if there is one with something in it; false when there is no room. One that is being
/// saved stays where it is until that is answered: parked too, it would be there twice.
pub(in crate::desk) fn park(desk: &mut Desk) -> bool {
    let at = desk.layers.iter().rposition(|layer| layer.get::<Intake>().is_some_and(|intake| intake.is_new()));
    let Some(AnyLayer::Intake(intake)) = at.and_then(|at| desk.layers.get(at)) else { return true };
    if on_its_way(desk, intake) {
        return true;
    }
    let form = intake.form();
    if intake.untouched() {
        crate::desk::intake::close(desk, form.uid);
        desk.emit(Effect::DropDraft(form.uid));
        return true;
    }
    if let Err(full) = may_park(desk.town.parked.len()) {
        let sentence = refusal::sentence(&full, desk.lang);
        desk.notice(Level::Refused, sentence);
        return false;
    }
    crate::desk::intake::close(desk, form.uid);
    send_to_park(desk, form);
    true
}

fn send_to_park(desk: &mut Desk, form: Form) {
    desk.commit(Op::Parked(ParkedOp::Park(Box::new(form.clone()))), After::Parked(Box::new(form)));
}

/// Takes up a parked report. With one in hand they go round: this is parked, the one parked longest comes.
fn resume(desk: &mut Desk) {
    if desk.commits().unparks() {
        return;
    }
    told::leave(desk);
    let in_hand = shown(desk).filter(|intake| intake.is_new() && !on_its_way(desk, intake));
    let busy = in_hand.is_some_and(|intake| !intake.untouched());
    let in_hand = in_hand.map(Intake::form);
    let next = if busy { desk.town.parked.last() } else { desk.town.parked.first() };
    let Some((id, form)) = next.map(|row| (row.id, row.form.clone())) else { return };
    let uid = form.uid;
    // Kept first: between leaving the parked ones and coming onto the screen it is nowhere else.
    desk.emit(Effect::KeepDraft(Box::new(form)));
    desk.commit(Op::Parked(ParkedOp::TakeUp(id)), After::Unparked(uid));
    if let Some(form) = in_hand {
        crate::desk::intake::close(desk, form.uid);
        if busy { send_to_park(desk, form) } else { desk.emit(Effect::DropDraft(form.uid)) }
    }
}

fn has_parked(desk: &Desk) -> Enabled {
    if desk.town.parked.is_empty() { Err(t("没有暂存的登记", "Nothing is parked")) } else { Ok(()) }
}
