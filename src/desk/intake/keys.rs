//! The keys of the form: from box to box, through candidates, saving and leaving.
//! What a box takes is in `place`, saving in `save`, leaving in `opening`.

use crate::desk::Desk;
use crate::desk::frame::command::{Command, Enabled};
use crate::desk::frame::layer::Layer;
use crate::desk::intake::{Entry, Intake, busy, keep, opening, place, save, shown, top};
use crate::domain::ticket::Channel;
use crate::text::t;

/// Commands of the layer.
pub(in crate::desk) const COMMANDS: &[Command] = &[
    Command::new(
        "intake.next",
        &["enter"],
        Intake::SCOPE,
        t("下一项", "next"),
        t("选中并到下一项; 最后一项就保存", "Take it and go to the next box; the last one saves"),
        save::enter,
    )
    .footer(),
    Command::new(
        "intake.save",
        &["ctrl-s"],
        Intake::SCOPE,
        t("保存", "save"),
        t("在哪一项都能保存; 只要写了什么事", "Save from any box; only the words are needed"),
        save::save,
    )
    .footer(),
    Command::new(
        "intake.tab",
        &["tab"],
        Intake::SCOPE,
        t("下一项", "next box"),
        t("到下一项", "To the next box"),
        |desk| turn(desk, 1),
    ),
    Command::new(
        "intake.back_tab",
        &["shift-tab"],
        Intake::SCOPE,
        t("上一项", "box before"),
        t("到上一项", "To the box before"),
        |desk| turn(desk, -1),
    ),
    Command::new(
        "intake.down",
        &["down"],
        Intake::SCOPE,
        t("下", "down"),
        t("下一个候选, 或下一项", "The next candidate, or the next box"),
        |desk| step(desk, 1),
    ),
    Command::new(
        "intake.up",
        &["up"],
        Intake::SCOPE,
        t("上", "up"),
        t("上一个候选, 或上一项", "The candidate before, or the box before"),
        |desk| step(desk, -1),
    ),
    Command::new(
        "intake.channel",
        &["ctrl-t"],
        Intake::SCOPE,
        t("换渠道", "channel"),
        t("换渠道: 电话, 来访, 巡查, 网格, 12345 ..", "Another channel: phone, walk-in, patrol, grid, 12345 .."),
        channel,
    )
    .when(may_turn_channel),
    Command::new(
        "intake.warned",
        &["ctrl-g"],
        Intake::SCOPE,
        t("已告知", "told him"),
        t("危险提示已经对来电人说了: 记下时间", "The caller was told the words for danger: keep the time"),
        place::note_told,
    )
    .when(place::may_note_told),
    Command::new(
        "intake.discard",
        &["ctrl-x"],
        Intake::SCOPE,
        t("丢弃", "throw away"),
        t("这份登记不要了; 马上按 u 可以取回", "Throw this report away; u brings it back right after"),
        opening::discard,
    )
    .when(opening::may_discard),
    Command::new(
        "intake.leave",
        &["esc", "ctrl-q"],
        Intake::SCOPE,
        t("退出 (稿子留)", "leave (kept)"),
        t("退出; 写了的自动暂存, F9 取回", "Leave; what was typed is parked, F9 takes it up again"),
        opening::leave,
    )
    .called(|desk| if desk.not_aside.is_some() { t("退出", "leave") } else { t("退出 (稿子留)", "leave (kept)") })
    .footer(),
];

/// Moves the caret to a box so many further on, taking what is picked in the one left.
fn turn(desk: &mut Desk, by: isize) {
    if busy(desk) {
        return;
    }
    place::take(desk, false);
    if let Some(intake) = top(desk) {
        intake.entry = intake.entry_after(by);
    }
    keep(desk);
}

/// Up and down: through the candidates where there are some, else through the boxes.
fn step(desk: &mut Desk, by: isize) {
    let Some(intake) = top(desk) else { return };
    if intake.picks_place() {
        intake.pick.step(by);
        intake.sure = true;
        return place::follow(desk);
    }
    if intake.entry == Entry::Category && intake.category_pick.len() > 1 {
        return intake.category_pick.step(by);
    }
    turn(desk, by);
}

fn channel(desk: &mut Desk) {
    if busy(desk) {
        return;
    }
    if let Some(intake) = top(desk) {
        let at = Channel::ALL.iter().position(|channel| *channel == intake.channel).unwrap_or(0);
        intake.channel = Channel::ALL[(at + 1) % Channel::ALL.len()];
        if !intake.entries().contains(&intake.entry) {
            intake.entry = Entry::Name;
        }
    }
    keep(desk);
}

/// How a report came is said when it is taken; a correction leaves it.
fn may_turn_channel(desk: &Desk) -> Enabled {
    match shown(desk) {
        Some(intake) if !intake.is_new() => {
            Err(t("渠道登记时定, 更正不改", "The channel is set when a report is taken"))
        }
        _ => Ok(()),
    }
}
