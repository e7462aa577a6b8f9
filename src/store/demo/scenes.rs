//! Tickets every sample has, counted back from now: one at least in every status, danger among them, late ones, ones
//! soon due, the same thing reported twice, a report with nothing but words. All others are drawn by chance.

use super::life::Deed;
use super::tickets::{Place, Planned, Tickets};
use crate::domain::base::id::{OperatorId, TicketId};
use crate::domain::base::time::{MINUTE, Time};
use crate::domain::callback::op::{Call, Verdict, Whom};
use crate::domain::staff::Role;
use crate::domain::ticket::op::{Act, Step};
use crate::domain::ticket::{Channel, Number, Status};

/// Surnames strangers give.
pub(super) const STRANGERS: [&str; 16] =
    ["王", "李", "张", "刘", "陈", "杨", "赵", "郭", "申", "郝", "任", "马", "段", "曾", "解", "单"];

/// How far a scene goes, with what it comes with: words, days to the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    New,
    Assigned,
    Accepted,
    Working,
    Paused(&'static str, i64),
    Referred(&'static str),
    Unable(&'static str, i64),
    Answered(&'static str),
    Resolved(&'static str),
    Closed(&'static str, &'static str),
    Duplicate,
    Void(&'static str),
}

/// A ticket every sample has.
pub(super) struct Scene {
    /// Minutes before now it was taken.
    pub before: i64,
    pub compound: &'static str,
    /// Label within the compound; empty for the compound itself, `?` for no place at all, `*` for some home.
    pub place: &'static str,
    pub place_words: &'static str,
    pub category: &'static str,
    pub channel: Channel,
    pub words: &'static str,
    pub end: End,
    /// Neighbours who joined.
    pub joined: u32,
    pub chased: u32,
    pub watched: bool,
    pub note: &'static str,
    /// Hours from now somebody is expected.
    pub appointment: Option<i64>,
    /// The scene it is the same as.
    pub of: Option<usize>,
}

const PLAIN: Scene = Scene {
    before: 0,
    compound: "康乐苑",
    place: "*",
    place_words: "",
    category: "000",
    channel: Channel::Phone,
    words: "",
    end: End::New,
    joined: 0,
    chased: 0,
    watched: false,
    note: "",
    appointment: None,
    of: None,
};

/// The scenes, by position; a scene that is the same as another stands behind it.
#[rustfmt::skip]
pub(super) const SCENES: &[Scene] = &[
    Scene { before: 95, place: "3-2-501", category: "201", words: "厨房水管爆裂, 水喷出来了, 总阀拧不动", end: End::Working, note: "总阀锈死, 等供水公司来人", joined: 1, ..PLAIN },
    Scene { before: 52, compound: "老粮站家属院", place: "消防通道", category: "301", words: "消防通道被面包车堵了, 车主电话没人接", end: End::Assigned, chased: 1, ..PLAIN },
    Scene { before: 190, place: "2号楼楼道", category: "207", words: "楼道灯不亮, 二楼到四楼全黑", joined: 3, ..PLAIN },
    Scene { before: 40, compound: "锦绣家园", place: "1号楼1单元电梯", category: "215", words: "电梯停在五楼不动, 老人上不去", end: End::Working, note: "维保说半小时到", ..PLAIN },
    Scene { before: 1_500, compound: "北坊新村", place: "水泵房", category: "304", words: "水泵房夜间异响, 像铁在磨", end: End::Paused("等供水公司夜里一起听", 2), note: "若 22 点后再响: 叫供水公司", ..PLAIN },
    Scene { before: 1_600, compound: "广邯小区", place: "车棚", category: "303", channel: Channel::Hotline, words: "热线转来: 车棚飞线充电, 要求当日回复", end: End::Referred("社区网格"), ..PLAIN },
    Scene { before: 25, place: "主路", category: "105", words: "主路中间井盖没了, 孩子差点掉下去", end: End::Working, note: "已放锥桶, 保安看守", ..PLAIN },
    Scene { before: 300, compound: "华府名邸", place: "A座电梯", category: "101", words: "电梯关人了, 里面两个人, 按铃没人应", end: End::Closed("维保到场, 人已放出, 无人受伤", "住户说人没事, 谢谢"), ..PLAIN },
    Scene { before: 20_000, compound: "桥沟花园", place: "中心花园", category: "503", channel: Channel::Letter, words: "中心花园草坪踩秃了, 联名要求补种", end: End::Unable("天冷不能种, 开春再补", 120), joined: 4, ..PLAIN },
    Scene { before: 12, compound: "七里店新区", category: "602", channel: Channel::WalkIn, words: "请问门禁卡丢了怎么补办", end: End::Answered("带身份证到客服台, 当天补"), ..PLAIN },
    Scene { before: 400, compound: "和平里小区", category: "204", words: "卫生间返水, 臭得不行", end: End::Resolved("主管道疏通, 下水正常"), ..PLAIN },
    Scene { before: 1_300, compound: "仵桥安居苑", category: "202", words: "客厅顶渗水, 墙皮起泡", end: End::Resolved("楼上地漏防水重做"), ..PLAIN },
    Scene { before: 4_000, compound: "鼓楼巷12号院", place: "12号院北屋", category: "211", words: "房顶漏雨, 北屋炕都湿了", end: End::New, chased: 2, ..PLAIN },
    Scene { before: 35, compound: "金谷苑", category: "214", words: "暖气不热, 屋里才十三度, 有婴儿", end: End::New, joined: 2, ..PLAIN },
    Scene { before: 14, compound: "金谷苑", category: "214", words: "暖气冰凉, 楼上楼下都不热", end: End::Duplicate, of: Some(13), ..PLAIN },
    Scene { before: 75, compound: "惠民佳苑", place: "车位3", category: "308", words: "我车位被人占了", end: End::Void("车主来电说已经挪走"), ..PLAIN },
    Scene { before: 350, compound: "县医院家属院", place: "垃圾房", category: "401", channel: Channel::Patrol, words: "垃圾房溢出来, 一地", end: End::Closed("加一趟清运, 地面冲洗", "班长到场看过"), ..PLAIN },
    Scene { before: 600, compound: "水泥厂南院", category: "607", channel: Channel::WalkIn, words: "五十一了失业在家, 想找保洁的活", end: End::Assigned, ..PLAIN },
    Scene { before: 15, compound: "赵家山移民新居", place: "", place_words: "最里头那排", category: "000", words: "最里头那排有个铁盒子嗡嗡响", end: End::New, ..PLAIN },
    Scene { before: 5, place: "?", place_words: "小卖部对面", category: "204", words: "小卖部对面下水冒了, 流了一路", end: End::New, ..PLAIN },
    Scene { before: 900, compound: "邮电局家属院", category: "606", channel: Channel::Grid, words: "先尝后买, 服务比以前强, 楼里十几户愿意签约", end: End::Accepted, ..PLAIN },
    Scene { before: 5_000, compound: "东关纺织宿舍", place: "2号楼楼道", category: "402", words: "楼道堆满旧鞋柜腌菜缸, 过不去人", end: End::Working, chased: 3, joined: 2, watched: true, note: "第二次清, 户主不让动", ..PLAIN },
    Scene { before: 27_000, place: "3-2-501", category: "206", words: "水表不走字", end: End::Closed("换水表前软管, 水表正常", "住户说修好了, 满意"), ..PLAIN },
    Scene { before: 60, place: "3-2-401", category: "202", words: "厨房顶上往下滴水, 楼上爆管了", end: End::Accepted, ..PLAIN },
    Scene { before: 120, compound: "锦绣家园", place: "1-1-302", category: "208", words: "门禁刷不开, 晚上六点后在家", end: End::Accepted, appointment: Some(4), ..PLAIN },
    Scene { before: 2_900, compound: "康乐苑", place: "东门", category: "603", channel: Channel::WalkIn, words: "表扬保安周岩, 帮老人抬米上五楼", end: End::Closed("班会表扬, 记入考核", "来访人当场满意"), ..PLAIN },
];

/// Plays a scene.
pub(super) fn play(
    tickets: &mut Tickets<'_>,
    scene: &Scene,
    id: TicketId,
    number: Number,
    opened_at: Time,
    original: Option<TicketId>,
) -> Planned {
    let sample = tickets.sample;
    let category = sample.categories.iter().position(|c| c.code == scene.category).unwrap_or(0);
    let compound = sample.compounds.iter().position(|c| c.name == scene.compound).unwrap_or(0);
    let place = find(tickets, scene, compound);
    let mut report = tickets.report(category, place, scene.channel, scene.words.to_owned());
    scene.place_words.clone_into(&mut report.place_words);
    report.place = match scene.place {
        "?" => None,
        "" => Some(sample.compounds[compound].place),
        _ => place.place.map(|at| sample.places[at].id),
    };
    if report.reporter.is_none()
        && report.reporter_name.is_empty()
        && let Some(person) = tickets.somebody_of(compound)
    {
        let person = &sample.persons[person];
        report.reporter = Some(person.id);
        person.name.reveal().clone_into(&mut report.reporter_name);
        if let Some(phone) = person.phones.first() {
            phone.reveal().clone_into(&mut report.reporter_phone);
        }
    }
    report.appointment_at = scene.appointment.map(|hours| sample.wish.now.plus_minutes(hours * 60));
    let mut deeds = deeds(tickets, scene, category, compound, opened_at, original);
    tickets.name_neighbours(&mut deeds, place);
    let (compound, taken_by) = (tickets.compound_of(&report, place), sample.crew.clerk_at(opened_at));
    let care = sample.is_looked_after(report.reporter);
    Planned { id, number, report, category, compound, taken_by, opened_at, care, deeds }
}

/// The scene's place; where a small sample lacks it, some home of the compound that is lived in.
fn find(tickets: &mut Tickets<'_>, scene: &Scene, compound: usize) -> Place {
    let sample = tickets.sample;
    let within = &sample.within[compound];
    let labelled = |&at: &usize| sample.places[at].label == scene.place;
    let homes = within.homes.iter().copied();
    let spots = within.spots.iter().map(|&(_, at)| at);
    if let Some(at) = homes.clone().chain(spots).find(labelled) {
        return Place { compound, place: Some(at), home: within.homes.contains(&at) };
    }
    let lived_in: Vec<usize> = homes.filter(|&home| !sample.at_home[home].is_empty()).collect();
    let home = if lived_in.is_empty() { within.place } else { *tickets.rng.pick(&lived_in) };
    Place { compound, place: Some(home), home: !lived_in.is_empty() }
}

fn deeds(
    tickets: &mut Tickets<'_>,
    scene: &Scene,
    category: usize,
    compound: usize,
    opened_at: Time,
    original: Option<TicketId>,
) -> Vec<Deed> {
    let sample = tickets.sample;
    let crew = &sample.crew;
    let wall = crew.wall;
    let mut deeds: Vec<Deed> = Vec::new();
    let span = sample.wish.now.0 - opened_at.0;
    let at = |thousandth: i64| Time(opened_at.0 + span * thousandth / 1_000);
    let soon = |n: i64| Time(opened_at.0 + (n * MINUTE).min(span * (n + 5) / 100));
    let add = |deeds: &mut Vec<Deed>, at: Time, by: OperatorId, act: Act| {
        deeds.push(Deed { at, by, act });
    };
    let go = |deeds: &mut Vec<Deed>, at: Time, step: Step| {
        add(deeds, at, crew.clerk_at(at), Act::Move { version: None, step });
    };
    let why = |to: Status, why: &str| Step { why: why.to_owned(), ..Step::to(to) };
    let review = |days: i64| Some(wall.at(crew.today + days, 9 * 60));
    let role = sample.categories[category].roles.first().copied().unwrap_or(Role::Repairer);
    let worker = crew.somebody(role, compound, soon(2), None, &mut tickets.rng);
    let assign = Step::assign(sample.staff[worker].id);
    // How many of 派单, 收到, 到场 the end has behind it.
    let steps = match scene.end {
        End::New | End::Answered(_) | End::Referred(_) | End::Duplicate | End::Void(_) => 0,
        End::Assigned => 1,
        End::Accepted => 2,
        _ => 3,
    };
    let ladder = [assign, Step::to(Status::Accepted), Step::to(Status::Working)];
    for (step, after) in ladder.into_iter().zip([2, 4, 11]).take(steps) {
        go(&mut deeds, soon(after), step);
    }
    match scene.end {
        End::New | End::Assigned | End::Accepted | End::Working => {}
        End::Paused(reason, days) => {
            go(&mut deeds, at(400), Step { review: review(days), ..why(Status::Paused, reason) });
        }
        End::Unable(reason, days) => {
            let step = Step { review: review(days), ..why(Status::Unable, reason) };
            add(&mut deeds, at(400), crew.manager, Act::Move { version: None, step });
        }
        End::Referred(body) => {
            let phone = super::words::phone_of(body).to_owned();
            go(&mut deeds, at(30), Step { phone, review: Some(at(500)), ..why(Status::Referred, body) });
            let answer = "说派人去看, 明天上午回话".to_owned();
            let act = Act::Asked { version: None, answer, phone: None, again: review(1) };
            add(&mut deeds, at(600), crew.clerk_at(at(600)), act);
        }
        End::Answered(result) => go(&mut deeds, at(300), why(Status::Answered, result)),
        End::Resolved(result) => go(&mut deeds, at(450), why(Status::Resolved, result)),
        End::Closed(result, word) => {
            go(&mut deeds, at(300), why(Status::Resolved, result));
            // A patrol's report is looked at again; a resident says so himself, at whatever hour it is now.
            let act = if scene.channel == Channel::Patrol {
                Act::Move { version: None, step: why(Status::Closed, word) }
            } else {
                let (whom, in_time, verdict) = (Whom::CameIn, true, Verdict::Satisfied);
                Act::CallBack(Call::Solved { whom, in_time, verdict, words: word.to_owned() })
            };
            add(&mut deeds, at(600), crew.clerk_at(at(600)), act);
        }
        End::Duplicate => {
            if original.is_some() {
                go(&mut deeds, at(500), Step { original, ..Step::to(Status::Duplicate) });
            }
        }
        End::Void(reason) => go(&mut deeds, at(500), why(Status::Void, reason)),
    }
    // What happens beside the moves needs an open ticket; these scenes have it within their first part.
    for n in 0..i64::from(scene.joined) {
        let act = Act::join("", "");
        add(&mut deeds, at(120 + 40 * n), crew.clerk_at(at(120 + 40 * n)), act);
    }
    for n in 0..i64::from(scene.chased) {
        let act = Act::Chase("又来电问几点到".to_owned());
        add(&mut deeds, at(500 + 120 * n), crew.clerk_at(at(500 + 120 * n)), act);
    }
    if !scene.note.is_empty() {
        add(&mut deeds, at(700), crew.clerk_at(at(700)), Act::Note(scene.note.to_owned()));
    }
    if scene.watched {
        add(&mut deeds, at(650), crew.leader, Act::Watch { version: None, on: true });
    }
    deeds.sort_by_key(|deed| deed.at);
    deeds
}
