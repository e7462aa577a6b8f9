//! What can be done to the ticket in hand, or to all marked ones. The order here is the order of the digits.
//! Whether a rule permits it is decided where it is written; here only what is plainly impossible is refused early.

use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::effect::Effect;
use crate::desk::frame::layer::Then;
use crate::desk::frame::notice::Level;
use crate::desk::frame::pane::PaneId;
use crate::desk::frame::{picker, prompt};
use crate::desk::ticket::message::COPY;
use crate::desk::ticket::moving::{self, Moving};
use crate::desk::ticket::opened::Opened;
use crate::desk::ticket::{menu, sum};
use crate::desk::{Desk, callback, intake};
use crate::domain::base::id::TicketId;
use crate::domain::base::paper::Paper;
use crate::domain::base::time::Time;
use crate::domain::callback::op::waits;
use crate::domain::query::Query;
use crate::domain::ticket::clock::{self, Standing};
use crate::domain::ticket::op::{Act, WATCHES};
use crate::domain::ticket::priority::{self, Raise};
use crate::domain::ticket::query::{Row, TicketQuery};
use crate::domain::ticket::{Need, Priority, Status, ToldBy, move_between, next_step};
use crate::text::{Text, t};

/// Commands on tickets.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "ticket.assign",
        &["a"],
        Scope::ON_TICKET,
        t("派单", "assign"),
        t(
            "派给谁: 先列在岗、管本区、会干的人",
            "Give it to someone: who is on shift, serves the compound and fits comes first",
        ),
        assign,
    )
    .when(can_assign)
    .footer(),
    Command::new(
        "ticket.next",
        &["."],
        Scope::ON_TICKET,
        t("下一步", "next step"),
        t("走下一步: 派单, 收到, 到场, 修好, 回访", "The next step: assign, noted, on site, done, ring back"),
        next,
    )
    .when(has_next)
    .footer(),
    Command::new(
        "ticket.status",
        &["s"],
        Scope::ON_TICKET,
        t("状态", "status"),
        t("改状态: 只列允许的", "Change the status: only what is permitted is offered"),
        status,
    )
    .when(has_moves)
    .footer(),
    Command::new(
        "ticket.note",
        &["m"],
        Scope::ON_TICKET,
        t("备注", "note"),
        t("写一条备注", "Write a note"),
        |desk| ask_words(desk, Then::Note, t("备注", "Note")),
    )
    .when(has_ticket)
    .footer(),
    Command::new(
        "ticket.chase",
        &["c"],
        Scope::ON_TICKET,
        t("催单", "chase"),
        t("来人又催了, 记一次", "The caller asks again: keep it"),
        |desk| ask_words(desk, Then::Chase, t("催单: 说了什么 (可空)", "Chased: what was said (may be empty)")),
    )
    .when(open_or_merged),
    Command::new(
        "ticket.edit",
        &["e"],
        Scope::ON_TICKET,
        t("更正", "edit"),
        t("更正或补齐: 地点, 内容, 电话, 分类", "Correct or complete: place, words, phone, category"),
        intake::open_edit,
    )
    .when(one_ticket),
    Command::new(
        "ticket.copy",
        &["y"],
        Scope::ON_TICKET,
        t("复制发群", "copy message"),
        t(
            "复制一条给处理人的话: 单号, 地点, 内容, 电话, 时限",
            "Copy the message for the worker: number, place, words, phone, due",
        ),
        copy,
    )
    .when(one_ticket),
    Command::new(
        "ticket.join",
        &[],
        Scope::ON_TICKET,
        t("同报", "also affected"),
        t("又一户遇到同一件事, 记到这一单上", "One more household has the same trouble: keep it on this ticket"),
        |desk| ask_words(desk, Then::Join, t("同报: 姓名 电话 (可空)", "Also affected: name and phone (may be empty)")),
    )
    .when(open_or_merged),
    Command::new(
        "ticket.watch",
        &[],
        Scope::ON_TICKET,
        t("督办", "watch"),
        t("督办或解除督办 (班长以上)", "Put it under watch, or release it (leader or above)"),
        watch,
    )
    .when(may_watch),
    Command::new(
        "ticket.sum",
        &["="],
        Scope::ON_TICKET,
        t("时限怎么来的", "due times"),
        t(
            "时限怎么算出来的: 开始 + 时限 + 挂起 + 下班 = 应在",
            "How the due times came about: start + limit + pauses + closed hours = due",
        ),
        sum::open,
    )
    .when(one_ticket),
    Command::new(
        "ticket.raise_danger",
        &["!"],
        Scope::ON_TICKET,
        t("定为特急", "make it P1"),
        t(
            "有危险: 定为 P1 特急, 时限从登记算起减半; 再按取消",
            "It is danger: P1, limits halved from when it was taken; again takes it back",
        ),
        |desk| raise(desk, Raise::Danger),
    )
    .called(|desk| {
        if is_raised(desk, Raise::Danger) { t("取消特急", "no longer P1") } else { t("定为特急", "make it P1") }
    })
    .when(may_raise_danger),
    Command::new(
        "ticket.raise_unit",
        &[],
        Scope::ON_TICKET,
        t("整单元受影响", "a whole unit out"),
        t(
            "整单元受影响: 升一级, 时限减半; 再按取消",
            "A whole unit is out: one step up, limits halved; again takes it back",
        ),
        |desk| raise(desk, Raise::Unit),
    )
    .called(|desk| {
        if is_raised(desk, Raise::Unit) {
            t("不是整单元", "not a whole unit")
        } else {
            t("整单元受影响", "a whole unit out")
        }
    })
    .when(can_raise),
    Command::new(
        "ticket.warn",
        &[],
        Scope::ON_TICKET,
        t("已告知危险提示", "danger words told"),
        t("危险提示已经对来电人说了: 记下时间", "The caller was told the words for danger: keep the time"),
        |desk| {
            let acts = ids(desk).into_iter().map(|id| (id, Act::Warn)).collect();
            desk.commit_all(acts, After::Nothing);
        },
    )
    .when(has_script),
    Command::new(
        "ticket.merge",
        &["M"],
        Scope::ON_TICKET,
        t("并单", "merge"),
        t(
            "标记的两张是同一件事: 后开的并入先开的, 报的人记为同报",
            "The two marked are the same trouble: the later goes into the earlier, who reported it counts as affected",
        ),
        merge,
    )
    .when(can_merge),
    Command::new(
        "ticket.told",
        &["T"],
        Scope::ON_TICKET,
        t("已通知", "told"),
        t(
            "记下处理人怎么通知的: 电话, 对讲, 群里, 当面",
            "Note how the handler was told: phone, radio, group, in person",
        ),
        told,
    )
    .when(has_handler),
    Command::new(
        "ticket.slip",
        &["p"],
        Scope::ON_TICKET,
        t("派工单", "job slip"),
        t("打印派工单: 一页 A4, 存成网页和文本", "The job slip: one A4 page, as a web page and as text"),
        slip,
    )
    .when(one_ticket),
];

/// No one move fits all the marked tickets.
const MIXED: Text = t(
    "标记的工单状态不一样, 不能一起做这一步; 请标记状态相同的",
    "The marked tickets stand differently; mark those of one status for this step",
);

/// The ticket in hand: the opened one, else the one under the cursor of pane 2.
pub fn in_hand(desk: &Desk) -> Option<&Row> {
    match desk.acted_on() {
        Some(layer) => layer.get::<Opened>()?.detail.as_ref().map(|detail| &detail.row),
        None => on_panes(desk).then(|| desk.panes.tickets.selected()).flatten(),
    }
}

/// All the tickets an action is for: the opened one, or the marked ones.
pub fn chosen(desk: &Desk) -> Vec<&Row> {
    match desk.acted_on() {
        None if on_panes(desk) => {
            desk.panes.tickets.list.chosen().into_iter().filter_map(|id| desk.panes.tickets.row(id)).collect()
        }
        _ => in_hand(desk).into_iter().collect(),
    }
}

/// A ticket as it is on the screen: opened, just taken, or in pane 2.
pub fn row(desk: &Desk, id: TicketId) -> Option<&Row> {
    let in_layer = desk.layers.iter().rev().find_map(|layer| layer.ticket(id));
    in_layer.or_else(|| desk.panes.tickets.row(id))
}

/// Whether there is a ticket in hand.
pub fn has_ticket(desk: &Desk) -> Enabled {
    in_hand(desk).map(|_| ()).ok_or(t("先选中一张工单", "Select a ticket first"))
}

fn on_panes(desk: &Desk) -> bool {
    matches!(desk.focus, PaneId::Tickets | PaneId::Preview)
}

/// Whether there is one ticket in hand, and not many.
pub fn one_ticket(desk: &Desk) -> Enabled {
    has_ticket(desk)?;
    if chosen(desk).len() > 1 {
        return Err(t("一次只能一张; 先用 Esc 取消标记", "One at a time; Esc takes the marks off"));
    }
    Ok(())
}

/// Whether the tickets in hand are open.
pub fn is_open(desk: &Desk) -> Enabled {
    has_ticket(desk)?;
    if chosen(desk).iter().any(|row| !row.ticket.status.open()) {
        return Err(t("已经结束; 要再办请改状态为重办", "It has ended; reopen it through its status"));
    }
    Ok(())
}

/// Whether they are open, or live on in another one that is asked in their place.
fn open_or_merged(desk: &Desk) -> Enabled {
    has_ticket(desk)?;
    let merged = |row: &&Row| row.ticket.status == Status::Duplicate;
    if chosen(desk).iter().all(|row| row.ticket.status.open() || merged(row)) { Ok(()) } else { is_open(desk) }
}

fn can_assign(desk: &Desk) -> Enabled {
    has_ticket(desk)?;
    if chosen(desk).iter().any(|row| move_between(row.ticket.status, Status::Assigned).is_none()) {
        let many = chosen(desk).len() > 1;
        return Err(if many { MIXED } else { t("这个状态不能派单", "It cannot be assigned from this status") });
    }
    Ok(())
}

fn has_next(desk: &Desk) -> Enabled {
    is_open(desk)?;
    let rows = chosen(desk);
    if rows.windows(2).any(|pair| pair[0].ticket.status != pair[1].ticket.status) {
        return Err(MIXED);
    }
    Ok(())
}

fn has_moves(desk: &Desk) -> Enabled {
    has_ticket(desk)?;
    if picker::moves(desk).is_empty() {
        let many = chosen(desk).len() > 1;
        return Err(if many { MIXED } else { t("没有可改的状态", "No status can follow") });
    }
    Ok(())
}

fn has_handler(desk: &Desk) -> Enabled {
    is_open(desk)?;
    if chosen(desk).iter().any(|row| row.ticket.assignee.is_none()) {
        return Err(t("还没派给人; 先用 a 派单", "Nobody has it yet; assign it with a first"));
    }
    Ok(())
}

fn may_watch(desk: &Desk) -> Enabled {
    is_open(desk)?;
    if desk.operator.rank.may(WATCHES) { Ok(()) } else { Err(t("要班长以上", "A leader is needed")) }
}

fn can_raise(desk: &Desk) -> Enabled {
    is_open(desk)?;
    if chosen(desk).iter().any(|row| !priority::may_raise(row.ticket.kind)) {
        return Err(t("咨询、建议、表扬不升级", "Questions, advice and praise are never raised"));
    }
    Ok(())
}

fn may_raise_danger(desk: &Desk) -> Enabled {
    can_raise(desk)?;
    if chosen(desk).iter().any(|row| row.ticket.base_priority == Priority::P1) {
        return Err(t("分类已经是特急", "Its category is danger already"));
    }
    Ok(())
}

fn has_script(desk: &Desk) -> Enabled {
    is_open(desk)?;
    let script = |code: &str| desk.town.category(code).is_some_and(|category| category.script.is_some());
    if chosen(desk).iter().all(|row| script(&row.ticket.category)) {
        Ok(())
    } else {
        Err(t("这个分类没有危险提示", "This category has no words for danger"))
    }
}

fn is_raised(desk: &Desk, reason: Raise) -> bool {
    in_hand(desk).is_some_and(|row| row.ticket.raised.has(reason))
}

/// Gives a reason to be more urgent, or takes it back: of several tickets, all as the one in hand. Where that makes one of
/// them late at once it is asked first.
fn raise(desk: &mut Desk, raise: Raise) {
    let on = !is_raised(desk, raise);
    if on && chosen(desk).into_iter().any(|row| late_by(desk, row, raise).is_some()) {
        return menu::late_at_once(desk, raise);
    }
    raise_all(desk, &ids(desk), raise, on);
}

/// When a ticket that is in time would have been due, if it were raised and that made it late.
pub fn late_by(desk: &Desk, row: &Row, raise: Raise) -> Option<Time> {
    let standing = |ticket| clock::standing(ticket, desk.now);
    match standing(&clock::raised(&row.ticket, raise, true, desk.calendar())) {
        Standing::Late { due, .. } if !standing(&row.ticket).late() => Some(due),
        _ => None,
    }
}

/// Gives these a reason to be more urgent, or takes it back.
pub fn raise_all(desk: &mut Desk, tickets: &[TicketId], raise: Raise, on: bool) {
    let act = |row: &Row| Act::Raise { version: Some(row.version), raise, on };
    let acts = tickets.iter().filter_map(|&id| row(desk, id)).map(|row| (row.id, act(row))).collect();
    desk.commit_all(acts, After::Nothing);
}

/// Their ids.
pub fn ids(desk: &Desk) -> Vec<TicketId> {
    chosen(desk).into_iter().map(|row| row.id).collect()
}

fn assign(desk: &mut Desk) {
    let Some(row) = in_hand(desk).and_then(|row| move_between(row.ticket.status, Status::Assigned)) else { return };
    let chain = desk.new_chain();
    let tickets = ids(desk);
    let mut moving = Moving::new(desk, tickets, row, chain);
    // A reopened ticket is asked why first; all others begin with who.
    moving.needs.retain(|need| matches!(need, Need::Staff | Need::Reason));
    moving::pursue(desk, moving);
}

fn next(desk: &mut Desk) {
    let tickets = ids(desk);
    if ring_back(desk, &tickets) {
        return;
    }
    let Some(row) = in_hand(desk).and_then(|row| next_step(row.ticket.status)) else { return };
    let chain = desk.new_chain();
    let moving = Moving::new(desk, tickets, row, chain);
    moving::pursue(desk, moving);
}

/// What is done closes with the resident's word: of one, he is asked for it. False when nobody of them waits to be asked.
pub(in crate::desk) fn ring_back(desk: &mut Desk, tickets: &[TicketId]) -> bool {
    if !tickets.iter().any(|&id| row(desk, id).is_some_and(|row| waits(&row.ticket))) {
        return false;
    }
    match tickets {
        [id] => callback::strip::open(desk, *id),
        _ => {
            let words = t("一次只能回访一户; 先用 Esc 取消标记", "One at a time is rung back; Esc takes the marks off");
            desk.notice(Level::Refused, desk.say(words));
        }
    }
    true
}

fn status(desk: &mut Desk) {
    picker::open_moves(desk);
}

fn ask_words(desk: &mut Desk, then: fn(Vec<TicketId>) -> Then, title: Text) {
    let chain = desk.new_chain();
    let tickets = ids(desk);
    let title = desk.say(title).to_owned();
    prompt::ask(desk, title, then(tickets), chain);
}

fn copy(desk: &mut Desk) {
    if let Some(id) = in_hand(desk).map(|row| row.id) {
        desk.ask(COPY, Query::Ticket(TicketQuery::One(id)));
    }
}

/// Notes how the handlers were told.
pub fn tell(desk: &mut Desk, tickets: Vec<TicketId>, by: ToldBy) {
    let acts = tickets.into_iter().map(|id| (id, Act::Tell(by))).collect();
    desk.commit_all(acts, After::Nothing);
}

fn told(desk: &mut Desk) {
    menu::ways(desk);
}

fn slip(desk: &mut Desk) {
    if let Some(id) = in_hand(desk).map(|row| row.id) {
        desk.emit(Effect::Print(Paper::Slip(id)));
    }
}

fn watch(desk: &mut Desk) {
    let watch = |row: &Row| Act::Watch { version: Some(row.version), on: !row.ticket.watched };
    let acts = chosen(desk).into_iter().map(|row| (row.id, watch(row))).collect();
    desk.commit_all(acts, After::Nothing);
}

/// The two marked tickets, the earlier first.
fn pair(desk: &Desk) -> Option<[&Row; 2]> {
    let mut rows = chosen(desk);
    rows.sort_by_key(|row| (row.ticket.opened_at, row.id));
    rows.try_into().ok()
}

fn can_merge(desk: &Desk) -> Enabled {
    let Some([older, newer]) = pair(desk) else {
        return Err(t(
            "先用空格标记两张, 后开的并入先开的",
            "Mark two with Space first; the later goes into the earlier",
        ));
    };
    if !older.ticket.status.open() {
        return Err(t("先开的那张已经结束", "The earlier one has ended"));
    }
    if move_between(newer.ticket.status, Status::Duplicate).is_none() {
        return Err(t(
            "后开的那张已经派出, 只有待派单的能并入",
            "The later one is being worked on; only one that waits for dispatch can be merged",
        ));
    }
    Ok(())
}

fn merge(desk: &mut Desk) {
    let Some([older, newer]) = pair(desk) else { return };
    let Some(row) = move_between(newer.ticket.status, Status::Duplicate) else { return };
    let (id, into, chain) = (newer.id, older.id, desk.new_chain());
    let mut moving = Moving::new(desk, vec![id], row, chain);
    moving.step.original = Some(into);
    moving.needs.clear();
    moving::pursue(desk, moving);
}
