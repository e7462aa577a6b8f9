//! The weights held to sentences they were not learned from, and their file to its form.

use super::*;
use crate::domain::ticket::danger::find;

/// Dangers, a kind a line, each with a harmless twin.
const TWINS: &[(Kind, &[(&str, &str)])] = &[
    (
        Kind::Fire,
        &[
            ("六楼窗户往外冒浓烟, 火苗都看见了", "灭火器该换了, 什么时候来人"),
            ("the bin room is burning, smoke everywhere", "when is the fire drill"),
        ],
    ),
    (
        Kind::Gas,
        &[("厨房煤气味呛人, 阀门关不上", "煤气费在哪里交"), ("燃气管被挖断了, 嘶嘶响", "燃气公司的电话是多少")],
    ),
    (
        Kind::Coal,
        &[("炉子烧了一夜, 一家人头晕叫不醒", "锅炉房几号开始供暖"), ("屋里生炭火, 老人昏过去了", "木炭烤肉在几楼")],
    ),
    (
        Kind::Lift,
        &[
            ("电梯停在半中间, 我们四个人出不去", "电梯坏了, 里面没人, 请来修"),
            ("stuck in the lift with my baby, please come", "the lift is slow today"),
        ],
    ),
    (
        Kind::Shock,
        &[("师傅摸到电线被电倒了, 抽搐", "楼道的灯不亮了"), ("雨里电线垂下来冒火花, 孩子在旁边", "电费单子没收到")],
    ),
    (
        Kind::Medical,
        &[
            ("老人倒在地上没有呼吸了", "老人证在哪里办"),
            ("my husband collapsed, he is not breathing", "thank you for the first aid course"),
        ],
    ),
    (
        Kind::Fall,
        &[("工人从脚手架上摔下来, 满头是血", "楼梯扶手松了, 请修一下"), ("小孩掉进河里了, 快救", "河边的灯不亮")],
    ),
    (
        Kind::Jump,
        &[
            ("有个女的坐在楼顶边上哭, 说不想活了", "楼顶的太阳能坏了"),
            ("a man is on the roof and says he will jump", "kids jump rope in the yard"),
        ],
    ),
    (
        Kind::Violence,
        &[("楼下有人拿刀追着砍人", "菜刀丢在活动室了"), ("他把老婆打得满脸是血, 还在打", "楼上打麻将太吵")],
    ),
    (
        Kind::Missing,
        &[
            ("三岁的孩子不见了, 找了一个小时", "孩子的书包丢了"),
            ("痴呆的老人走丢了, 天黑了还没回来", "老人活动室几点开门"),
        ],
    ),
    (
        Kind::Falling,
        &[
            ("外墙瓷砖往下掉, 砸到人了", "墙上的瓷砖想换个颜色"),
            ("大风把广告牌吹得快掉下来, 下面都是人", "广告牌的字掉漆了"),
        ],
    ),
];

#[test]
fn dangers_are_heard_and_their_twins_are_not() {
    let mut wrong = Vec::new();
    for (kind, twins) in TWINS {
        for (danger, harmless) in *twins {
            if find(danger).is_none() {
                wrong.push(format!("not heard, {}: {danger}", kind.code()));
            }
            if let Some(found) = find(harmless) {
                wrong.push(format!("heard as {}: {harmless}", found.what.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_no_rule_was_written_for_is_heard_by_weight_with_its_words() {
    let words = "他就直挺挺倒在麻将桌边上, 眼睛睁着没反应";
    let found = find(words).expect("danger");
    assert_eq!(found.what, Kind::Medical);
    assert!(found.words.iter().all(|word| words.contains(word.as_str())), "{:?}", found.words);
}

#[test]
fn words_of_danger_scattered_over_a_long_letter_are_not_heard() {
    let ordinary = "我们小区的绿化今年做得不错, 希望物业继续把路灯和停车的事情办好, 收费也请按季度公开。";
    let letter: String = ["灭火器", "煤气费", "电梯", "老人", "孩子", "外墙"]
        .map(|word| format!("{ordinary}{word}的事请登记。"))
        .concat();
    assert_eq!(find(&letter), None);
}

#[test]
fn little_or_nothing_said_is_not_heard() {
    for words in ["", "有", "老人", "。。。", "?", "你好", "hello", "1"] {
        assert_eq!(find(words), None, "{words}");
    }
}

#[test]
fn the_file_is_whole_and_written_as_it_is_read() {
    let weights = Weights::read(FILE).expect("the file of weights");
    assert!(FILE.len() < 400_000);
    assert!(weights.from.is_finite());
    assert!(Weights::read(&FILE[..FILE.len() - 1]).is_none(), "cut short");
    assert!(Weights::read(&[FILE, b"x"].concat()).is_none(), "too long");
    assert!(Weights::read(b"").is_none());
}

#[test]
fn weights_are_kept_to_their_level() {
    let mut danger = Learned { weights: vec![0.0; PLACES], always: -0.5 };
    (danger.weights[0], danger.weights[3]) = (7.0, -7.0 * 9.0 / 49.0);
    let mut kinds = vec![Learned { weights: vec![0.0; KIND_PLACES], always: 0.0 }; Kind::ALL.len()];
    kinds[4].weights[9] = 1.0;
    let file = written(&danger, &kinds, 0.25);
    let weights = Weights::read(&file).expect("a whole file");
    assert_eq!((weights.from, weights.danger(&[]), weights.danger(&[0])), (0.25, -0.5, 6.5));
    assert!((weights.one(3) + 9.0 / 7.0).abs() < 1e-5);
    assert_eq!((weights.one(1), weights.kind(&[9])), (0.0, Some(Kind::ALL[4])));
}

#[test]
fn denied_words_speak_for_nothing() {
    let said = crate::domain::ticket::danger::tokens("楼道里全是浓烟");
    let weights = built_in().expect("weights");
    let whole = |denied: &[String]| Weighed::of(&said, denied, weights).whole();
    assert!(whole(&["浓烟".to_owned()]) < whole(&[]));
    assert!(Weighed::of(&said, &["楼道里全是浓烟".to_owned()], weights).found().is_none());
}
