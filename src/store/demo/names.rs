//! Invented people's names: surnames about as frequent as in the country, given names by the years they were in fashion.
//! No real person's name was taken; that the same name comes out many times is intended.

use super::rng::Rng;

/// Surnames with their share; about what one finds among a hundred thousand people.
#[rustfmt::skip]
const SURNAMES: [(&str, u32); 214] = [
    ("王", 950), ("李", 930), ("张", 890), ("刘", 680), ("陈", 520), ("杨", 430), ("赵", 300), ("黄", 220), ("周", 230),
    ("吴", 230), ("徐", 180), ("孙", 190), ("马", 190), ("胡", 150), ("朱", 150), ("郭", 190), ("何", 130), ("高", 140),
    ("林", 110), ("罗", 100), ("郑", 110), ("梁", 100), ("谢", 90), ("宋", 110), ("唐", 80), ("许", 80), ("韩", 100),
    ("冯", 90), ("邓", 70), ("曹", 85), ("彭", 65), ("曾", 60), ("肖", 60), ("田", 75), ("董", 75), ("袁", 60),
    ("潘", 55), ("于", 65), ("蒋", 55), ("蔡", 50), ("余", 50), ("杜", 60), ("叶", 50), ("程", 60), ("苏", 55),
    ("魏", 60), ("吕", 55), ("丁", 50), ("任", 60), ("沈", 45), ("姚", 50), ("卢", 45), ("姜", 45), ("崔", 55),
    ("钟", 40), ("谭", 40), ("陆", 35), ("汪", 35), ("范", 45), ("金", 35), ("石", 45), ("廖", 35), ("贾", 55),
    ("夏", 35), ("韦", 30), ("付", 40), ("方", 35), ("白", 45), ("邹", 30), ("孟", 40), ("熊", 30), ("秦", 45),
    ("邱", 30), ("江", 30), ("尹", 32), ("薛", 42), ("闫", 48), ("段", 45), ("雷", 32), ("侯", 40), ("龙", 25),
    ("史", 40), ("陶", 25), ("黎", 30), ("贺", 30), ("顾", 25), ("毛", 25), ("郝", 50), ("龚", 22), ("邵", 28),
    ("万", 25), ("钱", 22), ("严", 22), ("覃", 20), ("武", 40), ("戴", 25), ("莫", 18), ("孔", 22), ("向", 18),
    ("汤", 20), ("常", 40), ("温", 22), ("康", 28), ("施", 18), ("文", 20), ("牛", 38), ("樊", 25), ("葛", 20),
    ("邢", 28), ("安", 25), ("齐", 25), ("易", 18), ("乔", 35), ("伍", 15), ("庞", 20), ("颜", 15), ("倪", 15),
    ("庄", 15), ("聂", 20), ("章", 15), ("鲁", 18), ("岳", 28), ("翟", 28), ("申", 40), ("殷", 15), ("詹", 12),
    ("欧", 10), ("耿", 22), ("关", 18), ("焦", 25), ("俞", 10), ("左", 15), ("柳", 15), ("甘", 12), ("祝", 12),
    ("包", 14), ("宁", 14), ("尚", 16), ("符", 8), ("舒", 10), ("阮", 8), ("纪", 14), ("梅", 12), ("童", 12),
    ("毕", 14), ("凌", 10), ("单", 15), ("季", 12), ("成", 14), ("霍", 18), ("苗", 16), ("裴", 18), ("涂", 8),
    ("谷", 14), ("曲", 14), ("盛", 12), ("冉", 8), ("翁", 8), ("蓝", 8), ("骆", 10), ("路", 14), ("游", 8),
    ("靳", 22), ("辛", 12), ("管", 12), ("柴", 14), ("蒙", 8), ("鲍", 10), ("华", 10), ("喻", 8), ("祁", 12),
    ("房", 12), ("蒲", 8), ("滕", 8), ("屈", 10), ("饶", 8), ("解", 14), ("牟", 8), ("艾", 8), ("尤", 8),
    ("时", 8), ("穆", 10), ("司", 10), ("古", 8), ("吉", 8), ("卓", 6), ("车", 10), ("简", 6), ("连", 12),
    ("缪", 5), ("项", 6), ("麦", 4), ("褚", 6), ("窦", 8), ("戚", 6), ("景", 10), ("党", 8), ("费", 6),
    ("卫", 12), ("席", 8), ("柏", 5), ("宗", 5), ("桂", 5), ("臧", 6), ("仇", 8), ("查", 6), ("区", 4),
    ("欧阳", 9), ("上官", 4), ("尉迟", 3), ("万俟", 2), ("司马", 3), ("皇甫", 3), ("令狐", 2),
];

/// Given-name characters in fashion in one time: first of two, last of two, and those standing alone.
struct Fashion {
    /// Born up to this year.
    until: i32,
    /// So many of a thousand have one character.
    single: usize,
    men: [&'static str; 3],
    women: [&'static str; 3],
}

#[rustfmt::skip]
const FASHIONS: [Fashion; 6] = [
    Fashion {
        until: 1949, single: 60,
        men: ["福德玉金有长进保来天银树富守廷三双根满喜全发万水春", "山贵福成财有堂海林才义和明生旺田柱锁栓德元胜清", "福贵旺祥茂"],
        women: ["秀桂凤玉兰爱翠春月改巧金淑素香荣存先冬双引腊", "英兰花珍梅莲芝芳香娥仙枝云青女娃叶桃秀苹", "英兰梅莲"],
    },
    Fashion {
        until: 1964, single: 120,
        men: ["建国志永新文保爱卫玉长明福成忠树庆海双贵世有来根", "国民军生平华明林成义山才强忠和安胜庆元喜红旗", "平军华明刚义"],
        women: ["秀玉桂爱改淑凤春建月瑞素翠粉俊金云国巧芳贵先", "英兰花珍梅芳香云萍华莲芝娥仙玲琴青凤平枝叶", "萍玲芳琴梅"],
    },
    Fashion {
        until: 1979, single: 330,
        men: ["建志卫海永晓国文红玉新俊爱伟军明永庆林振东保宏世", "军强平伟明华斌峰忠林勇刚红东辉兵文波亮生庆国", "军强勇伟刚斌涛辉峰波兵亮"],
        women: ["丽红秀晓玉爱海春艳改建彩俊美雪瑞金燕云素亚慧", "红丽梅芳霞萍艳玲娟英琴平琳燕花云叶青珍华香", "丽红艳霞玲燕娟芳敏静"],
    },
    Fashion {
        until: 1994, single: 420,
        men: ["海志晓文建小俊鹏宇永少伟国红亚凯旭东彦泽", "鹏伟龙飞波杰峰斌涛亮亮军强勇辉磊超宇阳东", "磊超鹏飞杰涛凯波伟龙浩洋斌"],
        women: ["晓丽海雪亚慧文小艳红婷美春秀佳玉彦瑞", "丽婷娟燕霞芳敏静红艳楠琴玲萍娜花梅云", "静敏丽娜婷娟燕倩颖楠洁"],
    },
    Fashion {
        until: 2009, single: 300,
        men: ["子俊浩宇嘉鑫泽文志家晨一天佳旭明思", "涛轩杰豪宇鑫浩阳博辉文凯鹏龙泽瑞然", "浩鑫宇杰博涛轩晨"],
        women: ["佳思雨梦欣嘉雅子慧怡雪文诗晓", "怡涵婷欣琪蕾雨瑶颖雯琳媛慧悦", "婷欣雨颖悦雯琳"],
    },
    Fashion {
        until: 9999, single: 60,
        men: ["子浩梓宇俊奕沐一泽睿明承嘉佑", "轩宇涵睿泽辰豪然晨恒熙阳航霖", "轩睿宸昊"],
        women: ["梓欣雨诗可一子语思若沐佳艺依", "涵怡萱彤妍琪悦瑶桐汐宁诺馨雅", "妍彤悦诺"],
    },
];

/// The tables cut into characters once, for drawing quickly.
pub(super) struct Names {
    /// Sums of the surnames' shares.
    sums: Vec<u32>,
    /// By fashion: men and women, each first, last, single.
    given: Vec<[[Vec<char>; 3]; 2]>,
}

impl Names {
    pub(super) fn new() -> Self {
        let sums = SURNAMES
            .iter()
            .scan(0, |sum, &(_, share)| {
                *sum += share;
                Some(*sum)
            })
            .collect();
        let chars = |lists: [&str; 3]| lists.map(|list| list.chars().collect());
        Self { sums, given: FASHIONS.iter().map(|f| [chars(f.men), chars(f.women)]).collect() }
    }

    /// A surname.
    pub(super) fn surname(&self, rng: &mut Rng) -> &'static str {
        let all = self.sums.last().copied().unwrap_or(1);
        let draw = u32::try_from(rng.below(all as usize)).unwrap_or(0);
        SURNAMES[self.sums.partition_point(|&sum| sum <= draw)].0
    }

    /// A given name for somebody born in that year.
    pub(super) fn given(&self, born: i32, woman: bool, rng: &mut Rng) -> String {
        let at = FASHIONS.iter().position(|f| born <= f.until).unwrap_or(FASHIONS.len() - 1);
        let [first, last, single] = &self.given[at][usize::from(woman)];
        if rng.per_mille(FASHIONS[at].single) {
            return rng.pick(single).to_string();
        }
        let first = *rng.pick(first);
        let mut second = *rng.pick(last);
        // 红红 is a child's name; once more makes it rare.
        if second == first {
            second = *rng.pick(last);
        }
        [first, second].iter().collect()
    }
}

/// What people call somebody, from the name, the age and what is known of the family.
pub(super) fn called(surname: &str, given: &str, age: i32, woman: bool, child: Option<&str>, rng: &mut Rng) -> String {
    let last = given.chars().next_back().unwrap_or('子');
    let short = |name: &str| name.chars().next_back().unwrap_or('子');
    match (woman, age) {
        (_, ..12) => format!("{last}{last}"),
        (false, ..35) => match rng.below(3) {
            0 => format!("小{surname}"),
            1 => format!("{last}子"),
            _ => format!("{last}哥"),
        },
        (true, ..35) => match rng.below(3) {
            0 => format!("小{surname}"),
            1 => format!("{last}{last}"),
            _ => format!("{last}姐"),
        },
        (false, ..60) => match (child, rng.below(4)) {
            (Some(child), 0 | 1) => format!("{}子他爸", short(child)),
            (_, 2) => format!("{surname}师傅"),
            (_, 3) => format!("{}{surname}", rng.pick(&["修鞋的老", "开出租的老", "收废品的老", "卖豆腐的老"])),
            _ => format!("老{surname}"),
        },
        (true, ..60) => match (child, rng.below(4)) {
            (Some(child), 0 | 1) => format!("{}子他妈", short(child)),
            (_, 2) => format!("{surname}姐"),
            (_, 3) => format!("{}{surname}姐", rng.pick(&["裁缝", "理发店", "卖菜的", "小卖部"])),
            _ => format!("{surname}婶"),
        },
        (false, _) => match rng.below(3) {
            0 => format!("老{last}"),
            1 => format!("{surname}大爷"),
            _ => format!("老{surname}头"),
        },
        (true, _) => match rng.below(3) {
            0 => format!("{surname}婶"),
            1 => format!("{surname}大娘"),
            _ => format!("{surname}奶奶"),
        },
    }
}
