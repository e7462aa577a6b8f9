//! The keys of the week grid. Digits and the shifts' own characters draft the cell under the cursor; what each key drafts is in
//! `edit` and `trade`.

use crate::desk::Desk;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::{self, Layer};
use crate::desk::frame::start;
use crate::desk::roster::grid::{
    Asking, COLUMNS, Roster, ask_show, edit, find, find_mut, may_plan, open, print, publish, published, trade, turn,
};
use crate::desk::roster::{fill, worker};
use crate::domain::roster::LeaveKind;
use crate::domain::roster::shift::Template;
use crate::text::t;

/// Commands of the grid, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "roster.open",
        &["r", "f6"],
        Scope::ANYWHERE,
        t("排班", "rosters"),
        t("排班: 一周的表; 周四起先开下一周", "Rosters: the week grid; from Thursday on the next week"),
        open,
    )
    .when(start::ready),
    Command::new(
        "roster.leave",
        &["-"],
        Roster::SCOPE,
        t("请假", "leave"),
        t("请假: 再按数字选哪一种; 0 取消", "Leave: then a digit for its kind; 0 takes it back"),
        |desk| ask(desk, Asking::Leave),
    )
    .when(may_plan)
    .footer(),
    Command::new(
        "roster.carry_on",
        &["c"],
        Roster::SCOPE,
        t("续排", "carry on"),
        t(
            "续排: 各人的周期从已发布的最后一天接下去; 选了一片只续那一片",
            "Carry each cycle on from the last published day; with a span only there",
        ),
        edit::carry_on,
    )
    .when(may_plan)
    .footer(),
    Command::new(
        "roster.fill",
        &["F"],
        Roster::SCOPE,
        t("替我排", "fill for me"),
        t(
            "替我排一周: 按轮班、要求、规则、请假和轮流, 先看再放进草稿",
            "Propose the week from cycles, needs, rules, leave and fairness; looked at first, then a draft",
        ),
        |desk| {
            if let Some(monday) = find(desk).map(|roster| roster.monday) {
                fill::open(desk, monday);
            }
        },
    )
    .when(may_plan),
    Command::new(
        "roster.print",
        &["W"],
        Roster::SCOPE,
        t("墙上的表", "wall sheet"),
        t(
            "打印已发布的这一周: A4 横排贴墙, 另有发群的话",
            "Print the week as published: A4 landscape for the wall, and the message for the group",
        ),
        print,
    )
    .when(published),
    Command::new(
        "roster.publish",
        &["P"],
        Roster::SCOPE,
        t("发布", "publish"),
        t(
            "发布这一周: 先看改了什么, 有没有违反规则",
            "Publish the week: first what changes and which rules are broken",
        ),
        publish::open,
    )
    .when(may_plan)
    .footer(),
    Command::new(
        "roster.mark",
        &["space"],
        Roster::SCOPE,
        t("选一片", "mark"),
        t("从这里选一片, 再移动光标; 之后的键对整片", "Mark a span from here; keys then act on all of it"),
        mark,
    )
    .footer(),
    Command::new(
        "roster.swap",
        &["x"],
        Roster::SCOPE,
        t("换班", "swap"),
        t("换班: 再移到对方的那一天, Enter", "Swap: then move to whose day, Enter"),
        trade::swap,
    )
    .when(may_plan)
    .footer(),
    Command::new(
        "roster.cover",
        &["v"],
        Roster::SCOPE,
        t("顶班", "cover"),
        t("顶班: 再移到另一个人, Enter", "Cover: then move to the other person, Enter"),
        trade::cover,
    )
    .when(may_plan)
    .footer(),
    Command::new(
        "roster.copy",
        &["y"],
        Roster::SCOPE,
        t("复制", "copy"),
        t("复制这一格或这一片; 请假、换班、顶班不复制", "Copy the cell or span; never leave, swaps, covers"),
        edit::copy,
    ),
    Command::new(
        "roster.paste",
        &["p"],
        Roster::SCOPE,
        t("粘贴", "paste"),
        t("从光标处往下往右粘贴", "Paste from the cursor downwards and to the right"),
        edit::paste,
    )
    .when(may_plan),
    Command::new(
        "roster.second",
        &["+"],
        Roster::SCOPE,
        t("再加一班", "one more"),
        t("这一天再加一个班: 再按它的数字", "One more shift on the day: then its digit"),
        |desk| ask(desk, Asking::Second),
    )
    .when(may_plan),
    Command::new(
        "roster.post",
        &["o"],
        Roster::SCOPE,
        t("岗位", "post"),
        t("这个班站哪里: 小区和位置", "Where the shift stands: compound and spot"),
        edit::ask_post,
    )
    .when(may_plan),
    Command::new("roster.rest", &["0"], Roster::SCOPE, t("休", "rest"), t("这天休", "Rest on the day"), zero)
        .when(may_plan),
    Command::new(
        "roster.clear",
        &["."],
        Roster::SCOPE,
        t("清掉草稿", "clear"),
        t("清掉草稿, 和已发布的一样", "Clear the draft: as it is published"),
        |desk| edit::rest(desk, true),
    )
    .when(may_plan),
    Command::new(
        "roster.discard",
        &["D"],
        Roster::SCOPE,
        t("清掉整周草稿", "discard"),
        t("整周的草稿都清掉 (u 撤销)", "Discard the week's draft (u undoes)"),
        publish::discard,
    )
    .when(may_plan),
    Command::new(
        "roster.show",
        &["f"],
        Roster::SCOPE,
        t("看哪些人", "whom"),
        t("只看一个岗位或一个小区", "Only one role or one compound"),
        ask_show,
    )
    .footer(),
    Command::new(
        "roster.next_week",
        &["]"],
        Roster::SCOPE,
        t("下一周", "next week"),
        t("下一周", "The next week"),
        |desk| turn(desk, 1),
    )
    .footer(),
    Command::new(
        "roster.last_week",
        &["["],
        Roster::SCOPE,
        t("上一周", "last week"),
        t("上一周", "The week before"),
        |desk| turn(desk, -1),
    ),
    Command::new(
        "roster.person",
        &["enter"],
        Roster::SCOPE,
        t("看这个人", "person"),
        t("这个人的一个月; 换班、顶班时: 就这样", "This person's month; while swapping or covering: do it"),
        enter,
    )
    .footer(),
    Command::new(
        "roster.compound",
        &["m"],
        Roster::SCOPE,
        t("小区一月", "compound"),
        t("一个小区的一个月: 谁在那里, 缺谁", "A compound's month: who is there, who is missing"),
        worker::ask_compound,
    ),
    Command::new(
        "roster.left",
        &["left", "h"],
        Roster::SCOPE,
        t("左移", "left"),
        t("前一天", "The day before"),
        |desk| {
            step(desk, -1, 0);
        },
    ),
    Command::new(
        "roster.right",
        &["right", "l"],
        Roster::SCOPE,
        t("右移", "right"),
        t("后一天", "The day after"),
        |desk| {
            step(desk, 1, 0);
        },
    ),
    Command::new(
        "roster.up",
        &["up", "k"],
        Roster::SCOPE,
        t("上移", "up"),
        t("上一个人", "The person above"),
        |desk| {
            step(desk, 0, -1);
        },
    ),
    Command::new(
        "roster.down",
        &["down", "j"],
        Roster::SCOPE,
        t("下移", "down"),
        t("下一个人", "The person below"),
        |desk| {
            step(desk, 0, 1);
        },
    ),
    Command::new(
        "roster.page_up",
        &["pgup"],
        Roster::SCOPE,
        t("上翻", "page up"),
        t("上翻一页", "One page up"),
        |desk| {
            page(desk, -1);
        },
    ),
    Command::new(
        "roster.page_down",
        &["pgdn"],
        Roster::SCOPE,
        t("下翻", "page down"),
        t("下翻一页", "One page down"),
        |desk| {
            page(desk, 1);
        },
    ),
    Command::new(
        "roster.monday",
        &["home"],
        Roster::SCOPE,
        t("周一", "Monday"),
        t("到周一", "To Monday"),
        |desk| {
            to_column(desk, 0);
        },
    ),
    Command::new("roster.sunday", &["end"], Roster::SCOPE, t("周日", "Sunday"), t("到周日", "To Sunday"), |desk| {
        to_column(desk, COLUMNS - 1);
    }),
    Command::new(
        "roster.first",
        &["g g"],
        Roster::SCOPE,
        t("到头", "first"),
        t("到第一个人", "To the first person"),
        |desk| {
            to_row(desk, 0);
        },
    ),
    Command::new(
        "roster.last",
        &["G"],
        Roster::SCOPE,
        t("到尾", "last"),
        t("到最后一个人", "To the last person"),
        |desk| {
            to_row(desk, usize::MAX);
        },
    ),
    Command::new(
        "roster.back",
        &["esc", "q", "ctrl-q"],
        Roster::SCOPE,
        t("退回", "back"),
        t("先取消选的一片和没定的换班, 再关上", "First unmarks the span or leaves a swap, then closes"),
        back,
    )
    .footer(),
];

fn ask(desk: &mut Desk, asking: Asking) {
    if let Some(roster) = find_mut(desk) {
        roster.asking = asking;
    }
}

/// Rest; behind the question for leave: none.
fn zero(desk: &mut Desk) {
    if find(desk).is_some_and(|roster| roster.asking == Asking::Leave) {
        edit::leave(desk, None);
    } else {
        edit::rest(desk, false);
    }
}

fn mark(desk: &mut Desk) {
    let Some(roster) = find_mut(desk) else { return };
    roster.anchor = match roster.anchor {
        Some(_) => None,
        None => roster.list.selected().map(|staff| (staff, roster.column)),
    };
}

fn enter(desk: &mut Desk) {
    let asking = find(desk).map(|roster| roster.asking);
    match asking {
        Some(Asking::Swap { .. } | Asking::Cover { .. }) => trade::accept(desk),
        _ => worker::open(desk),
    }
}

fn back(desk: &mut Desk) {
    let Some(roster) = find_mut(desk) else { return };
    if roster.asking != Asking::Nothing {
        roster.asking = Asking::Nothing;
    } else if roster.anchor.take().is_none() {
        layer::close(desk);
    }
}

/// Moves the cursor; while who covers is asked, the day stays.
fn step(desk: &mut Desk, columns: isize, rows: isize) {
    let Some(roster) = find_mut(desk) else { return };
    if !matches!(roster.asking, Asking::Cover { .. }) {
        roster.column = roster.column.saturating_add_signed(columns).min(COLUMNS - 1);
    }
    roster.list.step(rows);
    settle(roster);
}

fn page(desk: &mut Desk, pages: isize) {
    if let Some(roster) = find_mut(desk) {
        roster.list.page(pages);
        settle(roster);
    }
}

fn to_row(desk: &mut Desk, row: usize) {
    if let Some(roster) = find_mut(desk) {
        roster.list.select_row(row);
        settle(roster);
    }
}

fn to_column(desk: &mut Desk, column: usize) {
    if let Some(roster) = find_mut(desk)
        && !matches!(roster.asking, Asking::Cover { .. })
    {
        roster.column = column;
        settle(roster);
    }
}

/// A question about one cell does not follow the cursor to another; swapping and covering do.
fn settle(roster: &mut Roster) {
    roster.typed = None;
    if !matches!(roster.asking, Asking::Swap { .. } | Asking::Cover { .. }) {
        roster.asking = Asking::Nothing;
    }
}

/// The shift a character stands for; 长 waits for 白 or 夜.
const fn shift_of(c: char) -> Option<Template> {
    Some(match c {
        '早' => Template::Early,
        '中' => Template::Late,
        '夜' => Template::Night,
        '白' => Template::LongDay,
        '行' => Template::Office,
        _ => return None,
    })
}

/// A key no command answers to: digits and characters.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let Some(roster) = find(desk) else { return false };
    let (asking, Code::Char(c)) = (roster.asking, key.code) else { return false };
    if key.typed().is_none() {
        return false;
    }
    if asking == Asking::Long {
        // 长 alone is a long day.
        let template = if c == '夜' { Template::LongNight } else { Template::LongDay };
        edit::shift(desk, template);
        return matches!(c, '夜' | '白') || crate::desk::roster::grid::keys::key(desk, key);
    }
    match c {
        '1'..='9' if asking == Asking::Leave => {
            if let Some(kind) = LeaveKind::ALL.get(c as usize - '1' as usize) {
                edit::leave(desk, Some(*kind));
            }
        }
        '1'..='9' => {
            if let Some(template) = Template::ALL.get(c as usize - '1' as usize) {
                edit::shift(desk, *template);
            }
        }
        '长' => ask(desk, Asking::Long),
        '休' => edit::rest(desk, false),
        '假' => ask(desk, Asking::Leave),
        c => match shift_of(c) {
            Some(template) => edit::shift(desk, template),
            None => return false,
        },
    }
    true
}

/// Characters that came in one piece, as an input method commits them: each is a day. False when they mean no shifts.
pub fn paste(desk: &mut Desk, text: &str) -> bool {
    let meant = |c: char| shift_of(c).is_some() || matches!(c, '长' | '休') || c.is_ascii_digit();
    let typed: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '班').collect();
    if typed.is_empty() || !typed.iter().all(|c| meant(*c)) {
        return false;
    }
    for c in typed {
        match c {
            '0' => edit::rest(desk, false),
            c => {
                key(desk, Key::char(c));
            }
        }
    }
    true
}
