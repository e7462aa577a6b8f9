//! What is known of a member of staff, changed from his page or the list: one thing at a time, and somebody new.
//! Whether a value makes sense is decided in `domain`.

use crate::desk::Desk;
use crate::desk::frame::command::Enabled;
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::Then;
use crate::desk::frame::notice::Level;
use crate::desk::frame::picker::{self, Choice, Pick};
use crate::desk::frame::prompt;
use crate::desk::roster::worker::{self, Month};
use crate::desk::staff::departure;
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::op::Op;
use crate::domain::roster::cycle::Pattern;
use crate::domain::roster::op::{RosterOp, SETS, StaffEdit};
use crate::domain::roster::query::Worker;
use crate::domain::roster::week::Names;
use crate::domain::staff::{Role, employed};
use crate::search::names_label;
use crate::text::labels::Labelled;
use crate::text::{Text, roster as words, t};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// One of these things about somebody.
    Of(StaffId),
    /// A new value of it.
    Value(StaffId, What),
    /// Somebody new: name, role, phone.
    New,
}

/// One thing known of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Role.
    Role,
    /// Phone.
    Phone,
    /// Skills.
    Skills,
    /// Compounds served.
    Serves,
    /// The cycle he works in.
    Cycle,
    /// Whether employed.
    Active,
}

const ALL: [What; 6] = [What::Role, What::Phone, What::Skills, What::Serves, What::Cycle, What::Active];

impl What {
    const fn label(self) -> Text {
        match self {
            Self::Role => t("岗位", "role"),
            Self::Phone => t("电话", "phone"),
            Self::Skills => t("技能", "skills"),
            Self::Serves => t("管的小区", "compounds"),
            Self::Cycle => t("轮班", "cycle"),
            Self::Active => t("在职", "employed"),
        }
    }

    /// What may be typed.
    const fn takes(self) -> Text {
        match self {
            Self::Role => t("保安 保洁 维修 ..", "guard cleaner repairer .."),
            Self::Phone => t("空着就没有", "empty for none"),
            Self::Skills => t("用空格分开: 水电 开锁", "parted by blanks: plumbing locks"),
            Self::Serves => t("用空格分开; 空着就是全部", "parted by blanks; empty for all"),
            Self::Cycle => t(
                "四班三倒, 做六休一, 上二十四休四十八, 或一天一字: 早早中中夜夜休休; 空着就照他排过的看",
                "4-crew, 6-1, 24-48, or a letter a day: EELLNN--; empty: as his days show it",
            ),
            Self::Active => t("在职 或 离职", "yes or left"),
        }
    }
}

/// Whether the operator may change staff.
pub fn may(desk: &Desk) -> Enabled {
    crate::desk::frame::start::ready(desk)?;
    if desk.operator.rank.may(SETS) {
        Ok(())
    } else {
        Err(t("员工资料要经理才能改", "Changing staff needs a manager"))
    }
}

/// Asks which thing about the person of the page is to be changed.
pub fn open(desk: &mut Desk) {
    let Some(worker) = worker::person(desk) else { return };
    let id = worker.member.staff.id;
    let choices = ALL.iter().enumerate().map(|(at, what)| Choice {
        pick: Pick::Row(at),
        columns: vec![desk.say(what.label()).to_owned(), shown(desk, worker, *what), desk.say(what.takes()).to_owned()],
        words: (what.label().zh.to_owned(), what.label().en.to_owned()),
    });
    let choices = choices.collect();
    let title =
        t("{name}: 改什么", "{name}: what to change").with(desk.lang, &[("name", &worker.member.staff.name.reveal())]);
    picker::open(desk, title, choices, Then::Staff(Asked::Of(id)));
}

/// One thing was picked: its value is asked for, the present one typed in.
pub fn picked(desk: &mut Desk, asked: Asked, row: usize, chain: u64) {
    let (Asked::Of(id), Some(what)) = (asked, ALL.get(row).copied()) else { return };
    let Some(worker) = worker::person(desk).filter(|worker| worker.member.staff.id == id) else { return };
    let (now, title) = (shown(desk, worker, what), t("{what} ({takes})", "{what} ({takes})"));
    let title = title.with(desk.lang, &[("what", &desk.say(what.label())), ("takes", &desk.say(what.takes()))]);
    prompt::ask_with(desk, title, &now, Then::Staff(Asked::Value(id, what)), chain);
}

/// Asks for somebody new.
pub fn hire(desk: &mut Desk) {
    let title = desk.say(t("新员工: 姓名 岗位 电话", "New: name, role, phone")).to_owned();
    let chain = desk.new_chain();
    prompt::ask(desk, title, Then::Staff(Asked::New), chain);
}

/// The value is typed.
pub fn answered(desk: &mut Desk, asked: Asked, text: &str, chain: u64) {
    let op = match asked {
        Asked::Of(_) => return,
        Asked::New => new(text),
        Asked::Value(id, what) => edit(desk, what, text).map(|edit| RosterOp::Staff { id, edit: Box::new(edit) }),
    };
    match op {
        Ok(RosterOp::Staff { id, edit }) if edit.active == Some(false) => {
            let name = worker::person(desk).map(|worker| worker.member.staff.name.reveal().to_owned());
            departure::open(desk, id, name.unwrap_or_default(), chain);
        }
        Ok(op) => desk.commit(Op::Roster(op), After::Close(chain)),
        Err(why) => desk.notice(Level::Refused, desk.say(why)),
    }
}

fn new(text: &str) -> Result<RosterOp, Text> {
    let mut parts = text.split_whitespace();
    let (name, role, phone) = (parts.next(), parts.next().and_then(Role::of_words), parts.collect::<String>());
    match (name, role) {
        (Some(name), Some(role)) => Ok(RosterOp::Hire { name: name.to_owned(), role, phone }),
        _ => Err(t(
            "写上姓名、岗位, 有电话就写, 如: 王强 维修 13800000000",
            "Name and role, and a phone if any: 王强 repairer 13800000000",
        )),
    }
}

fn edit(desk: &Desk, what: What, text: &str) -> Result<StaffEdit, Text> {
    let mut edit = StaffEdit::default();
    let none = Names::default();
    let names = worker::person(desk).map_or(&none, |worker| &worker.names);
    match what {
        What::Role => {
            edit.role = Some(Role::of_words(text).ok_or(t(
                "没有这个岗位; 写保安、保洁、维修、维护、绿化、客服、班长、主管、经理",
                "No such role: guard, cleaner, repairer, maintenance, greenery, desk, leader, works lead, manager",
            ))?)
        }
        What::Phone => edit.phone = Some(text.to_owned()),
        What::Skills => edit.skills = Some(parts(text)),
        What::Serves => {
            edit.serves = Some(parts(text).iter().map(|name| compound(desk, name)).collect::<Result<_, _>>()?)
        }
        What::Cycle if text.is_empty() => edit.cycle = Some(None),
        What::Cycle => {
            edit.cycle = Some(Some(words::read_cycle(names, text).ok_or(t(
                "看不懂这个轮班; 写四班三倒、做六休一, 或一天一字: 早早中中夜夜休休",
                "That cycle is not understood: 4-crew, 6-1, 24-48, or a letter a day: EELLNN--",
            ))?));
        }
        What::Active => {
            edit.active = Some(employed(text).ok_or(t("写「在职」或「离职」", "Write “yes” or “left”"))?);
        }
    }
    Ok(edit)
}

fn parts(text: &str) -> Vec<String> {
    text.split([' ', '、', ',', '，', '\u{3000}']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A compound by its name, its initials or a part of it that only it has.
fn compound(desk: &Desk, text: &str) -> Result<PlaceId, Text> {
    let compounds = &desk.town.names.compounds;
    let exact = compounds.iter().find(|(_, name)| name == text);
    let mut like = compounds.iter().filter(|(_, name)| names_label(name, "", text).is_some());
    match (exact, like.next(), like.next()) {
        (Some((id, _)), ..) | (None, Some((id, _)), None) => Ok(*id),
        _ => Err(t(
            "有一个小区名认不出, 或不止一个叫这个; 写全名",
            "A compound is not known, or several are; write its name in full",
        )),
    }
}

/// What a thing is now.
fn shown(desk: &Desk, worker: &Worker, what: What) -> String {
    let staff = &worker.member.staff;
    match what {
        What::Role => desk.say(staff.role.label()).to_owned(),
        What::Phone => staff.phone.as_ref().map(|phone| phone.reveal().to_owned()).unwrap_or_default(),
        What::Skills => staff.skills.join(" "),
        What::Serves => worker.serves.join(" "),
        What::Cycle => {
            let cycle = |pattern: &Pattern| words::cycle(&worker.names, pattern, desk.lang);
            worker.member.told.as_ref().map(cycle).unwrap_or_default()
        }
        What::Active => desk.say(if staff.active { t("在职", "yes") } else { t("离职", "left") }).to_owned(),
    }
}

/// Whether the topmost layer is a person's page.
pub fn on_page(desk: &Desk) -> Enabled {
    may(desk)?;
    match desk.top::<Month>() {
        Some(_) if worker::person(desk).is_some() => Ok(()),
        _ => Err(t("先打开一个人的页", "Open a person's page first")),
    }
}
