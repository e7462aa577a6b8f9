//! How Chinese text is read aloud, without tones: every reading of a character, surnames as surnames are read.
//! It does not know which reading is meant in which word; all of them are kept, the likeliest first.

use std::borrow::Cow;

use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::base::clean;

/// Rarer readings than these many are left out: from the fifth on they are found in classical texts only.
const READINGS_AT_MOST: usize = 4;

/// One syllable of a text with all its readings, the likeliest first: `["zeng", "ceng"]`. Never empty.
pub(super) type Syllable = Vec<Cow<'static, str>>;

/// Surnames whose reading as a name differs from their first reading as a word, and those with two living readings.
/// A surname stands at the start of a name; each character has its own list.
const SURNAMES: &[(&str, &[&[&str]])] = &[
    ("尉迟", &[&["yu", "wei"], &["chi"]]),
    ("万俟", &[&["mo", "wan"], &["qi", "si"]]),
    ("单于", &[&["chan"], &["yu"]]),
    ("长孙", &[&["zhang", "chang"], &["sun"]]),
    ("澹台", &[&["tan"], &["tai"]]),
    ("令狐", &[&["ling"], &["hu"]]),
    ("夏侯", &[&["xia"], &["hou"]]),
    ("曾", &[&["zeng", "ceng"]]),
    ("单", &[&["shan", "dan"]]),
    ("仇", &[&["qiu", "chou"]]),
    ("解", &[&["xie", "jie"]]),
    ("查", &[&["zha", "cha"]]),
    ("盖", &[&["ge", "gai"]]),
    ("区", &[&["ou", "qu"]]),
    ("翟", &[&["zhai", "di"]]),
    ("缪", &[&["miao", "mou"]]),
    ("朴", &[&["piao", "pu"]]),
    ("乐", &[&["yue", "le"]]),
    ("任", &[&["ren"]]),
    ("华", &[&["hua"]]),
    ("召", &[&["shao", "zhao"]]),
    ("邵", &[&["shao"]]),
    ("折", &[&["she", "zhe"]]),
    ("繁", &[&["po", "fan"]]),
    ("员", &[&["yun", "yuan"]]),
    ("贠", &[&["yun"]]),
    ("洗", &[&["xian", "xi"]]),
    ("冼", &[&["xian"]]),
    ("覃", &[&["qin", "tan"]]),
    ("谌", &[&["chen", "shen"]]),
    ("郇", &[&["xun", "huan"]]),
    ("黑", &[&["he", "hei"]]),
    ("秘", &[&["bi", "mi"]]),
    ("种", &[&["chong", "zhong"]]),
    ("隗", &[&["wei", "kui"]]),
    ("宓", &[&["mi", "fu"]]),
    ("牟", &[&["mu", "mou"]]),
    ("柏", &[&["bai", "bo"]]),
    ("卜", &[&["bu"]]),
    ("燕", &[&["yan"]]),
    ("佴", &[&["nai", "er"]]),
    ("祭", &[&["zhai", "ji"]]),
    ("薄", &[&["bo", "bao"]]),
    ("藏", &[&["zang", "cang"]]),
    ("都", &[&["du", "dou"]]),
    ("能", &[&["nai", "neng"]]),
    ("粘", &[&["nian", "zhan"]]),
    ("乜", &[&["nie", "mie"]]),
    ("莘", &[&["shen", "xin"]]),
    ("盛", &[&["sheng", "cheng"]]),
    ("晟", &[&["cheng", "sheng"]]),
    ("沈", &[&["shen"]]),
    ("尉", &[&["wei", "yu"]]),
    ("叶", &[&["ye"]]),
    ("角", &[&["jue", "jiao"]]),
    ("钭", &[&["tou"]]),
    ("长", &[&["chang", "zhang"]]),
    ("万", &[&["wan"]]),
    ("么", &[&["yao", "me"]]),
    ("贾", &[&["jia"]]),
    ("干", &[&["gan"]]),
    ("蔚", &[&["yu", "wei"]]),
    ("宿", &[&["su", "xiu"]]),
    ("郗", &[&["xi", "chi"]]),
    ("车", &[&["che"]]),
    ("石", &[&["shi"]]),
    ("句", &[&["gou", "ju"]]),
    ("相", &[&["xiang"]]),
    ("曲", &[&["qu"]]),
    ("葛", &[&["ge"]]),
    ("过", &[&["guo"]]),
    ("宁", &[&["ning"]]),
    ("应", &[&["ying"]]),
    ("冯", &[&["feng"]]),
    ("俞", &[&["yu"]]),
];

/// Typed and stored text made comparable: half-width, lower case, no tone marks or accents (so `lǜ` and `lü` are `lu`).
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain = clean::half_width(text);
    plain.nfd().filter(|&c| !is_combining_mark(c)).nfc().flat_map(char::to_lowercase).collect()
}

/// The syllables of a text: a Han character is one, so is a run of Latin letters or of digits. All else only parts them.
pub(super) fn syllables(text: &str) -> Vec<Syllable> {
    let mut syllables: Vec<Syllable> = Vec::new();
    let mut rest = text;
    if let Some((surname, readings)) = SURNAMES.iter().find(|(surname, _)| text.starts_with(surname)) {
        syllables.extend(readings.iter().map(|all| all.iter().map(|&one| Cow::Borrowed(one)).collect()));
        rest = &text[surname.len()..];
    }
    let mut run = String::new();
    let close = |run: &mut String, syllables: &mut Vec<Syllable>| {
        if !run.is_empty() {
            syllables.push(vec![Cow::Owned(std::mem::take(run))]);
        }
    };
    for c in rest.chars() {
        let readings = readings(c);
        if !readings.is_empty() {
            close(&mut run, &mut syllables);
            syllables.push(readings);
            continue;
        }
        for c in fold(c.encode_utf8(&mut [0; 4])).chars() {
            if run.ends_with(|last: char| last.is_ascii_digit() != c.is_ascii_digit()) {
                close(&mut run, &mut syllables);
            }
            if c.is_ascii_alphanumeric() {
                run.push(c);
            } else if c != '\'' {
                close(&mut run, &mut syllables);
            }
        }
    }
    close(&mut run, &mut syllables);
    syllables
}

/// Full pinyin by the likeliest readings, written together, for sorting names and for matching labels:
/// 曾小贤 is `zengxiaoxian`, 吕品 `lvpin`. Latin letters and digits stay, all else is left out.
pub fn pinyin_key(text: &str) -> String {
    syllables(text).iter().map(|readings| &*readings[0]).collect()
}

/// The readings of one Han character without tones; empty for any other character. ü is written v.
fn readings(c: char) -> Syllable {
    let mut all = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let reading = match reading.plain() {
            "lü" => "lv",
            "nü" => "nv",
            "lüe" => "lve",
            "nüe" => "nve",
            plain if plain.is_ascii() => plain,
            _ => continue,
        };
        if !all.iter().any(|known| known == reading) && all.len() < READINGS_AT_MOST {
            all.push(Cow::Borrowed(reading));
        }
    }
    all
}

/// How a syllable may be typed: `strict` ways count in full (ü as v or u), the others blur what southern accents
/// blur: zh/z, ch/c, sh/s, n/ng at the end, l/n at the start.
pub(super) struct Spellings {
    pub(super) strict: Vec<String>,
    pub(super) blurred: Vec<String>,
}

/// The spellings of one syllable as [`syllables`] gives it.
pub(super) fn spellings(syllable: &str) -> Spellings {
    let mut strict = vec![syllable.to_owned()];
    if let Some(tail) = syllable.strip_prefix("lv").or_else(|| syllable.strip_prefix("nv")) {
        strict.push(format!("{}u{tail}", &syllable[..1]));
    } else if syllable.len() <= 5 && syllable.starts_with(['j', 'q', 'x', 'y']) && syllable[1..].starts_with('u') {
        strict.push(format!("{}v{}", &syllable[..1], &syllable[2..]));
    }
    let mut blurred = Vec::new();
    for way in &strict {
        let heads = match way.as_bytes() {
            [b'z' | b'c' | b's', b'h', ..] => vec![way.clone(), format!("{}{}", &way[..1], &way[2..])],
            [b'z' | b'c' | b's', ..] => vec![way.clone(), format!("{}h{}", &way[..1], &way[1..])],
            [b'l', ..] => vec![way.clone(), format!("n{}", &way[1..])],
            [b'n', ..] => vec![way.clone(), format!("l{}", &way[1..])],
            _ => vec![way.clone()],
        };
        for head in heads {
            let tail = match head.strip_suffix("ng") {
                Some(front) => Some(format!("{front}n")),
                None => head.ends_with("n").then(|| format!("{head}g")),
            };
            blurred.extend(std::iter::once(head).chain(tail).filter(|other| !strict.contains(other)));
        }
    }
    Spellings { strict, blurred }
}

/// What is left of a spelling when everything blurred is written the short way: `zhangsheng` as `zansen`.
pub(super) fn collapsed(text: &[u8], into: &mut Vec<u8>) {
    into.clear();
    for (at, &letter) in text.iter().enumerate() {
        let before = at.checked_sub(1).map(|n| text[n]);
        let dropped = match letter {
            b'h' => matches!(before, Some(b'z' | b'c' | b's')),
            b'g' => before == Some(b'n'),
            _ => false,
        };
        if !dropped {
            into.push(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_are_read_as_surnames_and_both_ways() {
        for (name, ways) in [
            ("曾小贤", &["zengxiaoxian", "cengxiaoxian"][..]),
            ("单雄", &["shanxiong", "danxiong"]),
            ("仇英", &["qiuying", "chouying"]),
            ("翟志刚", &["zhaizhigang", "dizhigang"]),
            ("尉迟恭", &["yuchigong", "weichigong"]),
            ("万俟卨", &["moqixie", "wansixie"]),
            ("朴信", &["piaoxin", "puxin"]),
            ("任平", &["renping"]),
            ("区家", &["oujia", "qujia"]),
        ] {
            let mut all = vec![String::new()];
            for readings in syllables(name) {
                all = all.iter().flat_map(|way| readings.iter().map(move |one| format!("{way}{one}"))).collect();
            }
            for way in ways {
                assert!(all.iter().any(|one| one == way), "{name}: {way} in {all:?}");
            }
            assert_eq!(pinyin_key(name), ways[0]);
        }
    }

    #[test]
    fn latin_digits_and_signs() {
        assert_eq!(pinyin_key("Ann O'Lee 3号门"), "annolee3haomen");
        assert_eq!(pinyin_key("买买提·艾力"), "maimaitiaili");
        assert_eq!(fold("ＬÜ Ａ座"), "lu a座");
        assert_eq!(syllables("和平2区").len(), 4);
    }

    #[test]
    fn umlaut_and_blur() {
        let lv = spellings(&pinyin_key("绿"));
        assert_eq!(lv.strict, ["lv", "lu"]);
        assert!(spellings("lin").blurred.contains(&"ning".to_owned()));
        let zhang = spellings("zhang");
        assert_eq!(zhang.strict, ["zhang"]);
        assert_eq!(zhang.blurred, ["zhan", "zang", "zan"]);
        let mut short = Vec::new();
        collapsed(b"zhangsheng", &mut short);
        assert_eq!(short, b"zanse".iter().copied().chain([b'n']).collect::<Vec<_>>());
    }
}
