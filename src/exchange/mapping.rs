//! Which column is what: finds the row of heads and names its columns, in any order, in Chinese or English.
//! It does not look at what stands below the heads.

use super::heads::{self, Heads};
use crate::domain::base::clean;
use crate::domain::base::import::ImportKind;

pub use super::heads::Field;

/// What must be there: of each group at least one field.
pub const fn needed(kind: ImportKind) -> &'static [&'static [Field]] {
    match kind {
        ImportKind::Compounds => &[&[Field::Name]],
        ImportKind::Homes => &[&[Field::Room, Field::Place]],
        ImportKind::Residents => &[&[Field::Name, Field::Head], &[Field::Room, Field::Place, Field::OwnerKey]],
        ImportKind::Staff => &[&[Field::Name], &[Field::Role, Field::Phone, Field::Compound, Field::Skills]],
        ImportKind::Calendar => &[&[Field::Day], &[Field::DayKind]],
        ImportKind::Tickets => &[
            &[Field::Words, Field::Subject],
            &[Field::OpenedAt, Field::Key, Field::Place, Field::Compound, Field::Name, Field::Phone, Field::Category],
        ],
    }
}

/// The usual head of a field.
pub fn usual_head(kind: ImportKind, field: Field) -> &'static str {
    heads_of(kind, field).next().unwrap_or("")
}

fn heads_of(kind: ImportKind, field: Field) -> impl Iterator<Item = &'static str> {
    heads::of(kind).iter().filter(move |(known, _)| *known == field).flat_map(|(_, names)| names.split(' '))
}

/// The heads to ask for when none was recognised: the needed ones (a group as `a/b`), and the others.
pub fn asked(kind: ImportKind) -> (Vec<String>, Vec<String>) {
    let name = |field: &Field| format!("{} {}", usual_head(kind, *field), field.name());
    let known = |field: &&Field| heads::of(kind).iter().any(|(known, _)| known == *field);
    let wanted =
        needed(kind).iter().map(|group| group.iter().filter(known).map(name).collect::<Vec<_>>().join(" / ")).collect();
    let rest = heads::of(kind).iter().map(|(field, _)| field);
    let also = rest.filter(|field| !needed(kind).iter().any(|group| group.contains(field))).map(name).collect();
    (wanted, also)
}

/// The columns of a sheet that were understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Field, column (from 0) and the head as written, in the sheet's order.
    pub columns: Vec<(Field, usize, String)>,
    /// The first row below the heads, from 0.
    pub first_row: usize,
    /// The row of heads, from 0; where they span two, the first.
    pub head_row: usize,
}

impl Mapping {
    /// The column of `field`; the first where it has several.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().find(|(found, ..)| *found == field).map(|&(_, column, _)| column)
    }

    /// All columns of `field`.
    pub fn columns_of(&self, field: Field) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().filter(move |(found, ..)| *found == field).map(|&(_, column, _)| column)
    }

    /// The head as written.
    pub fn head(&self, field: Field) -> Option<&str> {
        self.columns.iter().find(|(found, ..)| *found == field).map(|(_, _, head)| head.as_str())
    }

    fn serves(&self, kind: ImportKind) -> bool {
        needed(kind).iter().all(|group| group.iter().any(|&field| self.column(field).is_some()))
    }
}

/// Rows searched for heads: titles and help above a table are a few lines, never a page.
const SEARCHED: usize = 30;

/// Finds the heads of `kind` in the upper rows of a sheet, over one row or two; nothing when a needed one is missing.
pub fn recognise(rows: &[Vec<String>], kind: ImportKind) -> Option<Mapping> {
    let mut best: Option<Mapping> = None;
    for (head_row, mapping) in candidates(rows, kind) {
        if !mapping.serves(kind) {
            continue;
        }
        let better = best.as_ref().is_none_or(|best| {
            // A second row of heads must bring something: neither a title above nor the first data below does.
            let plainer = mapping.first_row == best.first_row && mapping.columns.len() == best.columns.len();
            mapping.columns.len() > best.columns.len() || plainer
        });
        if better {
            best = Some(Mapping { head_row, ..mapping });
        }
    }
    best
}

/// The row that looks most like heads of any kind, for the sentence that says none was recognised. A row with a number
/// in it is data, and data is not shown.
pub fn likeliest_heads(rows: &[Vec<String>]) -> Vec<String> {
    // From below, because of several alike the last is taken.
    let best = rows
        .iter()
        .take(SEARCHED)
        .rev()
        .max_by_key(|row| ImportKind::ALL.iter().map(|&kind| mapped(row, kind).len()).max().unwrap_or(0));
    let first = rows.iter().find(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1);
    let known = |row: &&Vec<String>| ImportKind::ALL.iter().any(|&kind| !mapped(row, kind).is_empty());
    let row = best.filter(known).or(first).cloned().unwrap_or_default();
    let number = |cell: &String| {
        let digits = clean::half_width(cell).chars().filter(char::is_ascii_digit).count();
        digits > 3 || (digits > 0 && digits == cell.chars().count())
    };
    if row.iter().any(number) {
        return Vec::new();
    }
    row.into_iter().filter(|cell| !cell.is_empty()).map(|cell| cell.replace('\n', " ")).collect()
}

fn candidates(rows: &[Vec<String>], kind: ImportKind) -> impl Iterator<Item = (usize, Mapping)> + '_ {
    rows.iter().take(SEARCHED).enumerate().filter(|(_, row)| !row.is_empty()).flat_map(move |(at, row)| {
        let one = Mapping { columns: mapped(row, kind), first_row: at + 1, head_row: at };
        let two = rows.get(at + 1).map(|below| Mapping {
            columns: mapped(&joined(row, below, kind), kind),
            first_row: at + 2,
            head_row: at,
        });
        std::iter::once(one).chain(two).map(move |mapping| (at, mapping))
    })
}

/// Two rows of heads as one: the lower head where it says something by itself, else the upper, else both together
/// (`联系` over `电话`).
fn joined(upper: &[String], lower: &[String], kind: ImportKind) -> Vec<String> {
    let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
    (0..upper.len().max(lower.len()))
        .map(|column| {
            let (up, low) = (cell(upper, column), cell(lower, column));
            let both = format!("{up}{low}");
            let known = |head: &&String| field_of(head, kind).is_some();
            [&low, &both, &up].into_iter().find(known).cloned().unwrap_or_else(|| both.clone())
        })
        .collect()
}

/// The columns of one row that are heads of `kind`.
fn mapped(row: &[String], kind: ImportKind) -> Vec<(Field, usize, String)> {
    let mut found: Vec<(Field, usize, usize, String)> = Vec::new();
    for (column, head) in row.iter().enumerate() {
        let Some((field, rank)) = field_of(head, kind) else { continue };
        let several = matches!(field, Field::Phone | Field::Called);
        // A title merged over many columns repeats one head; it names the first only.
        if found.iter().any(|(other, _, _, written)| *other == field && written == head) {
            continue;
        }
        match found.iter_mut().find(|(other, ..)| *other == field && !several) {
            Some(other) if rank < other.2 => *other = (field, column, rank, head.clone()),
            Some(_) => {}
            None => found.push((field, column, rank, head.clone())),
        }
    }
    // A number of the home is the room only where no other column is.
    if kind == ImportKind::Homes {
        let other_room = row.iter().any(|head| {
            let head = normal(head);
            head != "房屋编号" && heads_of(kind, Field::Room).any(|room| room == head)
        });
        if other_room && let Some(column) = row.iter().position(|head| normal(head) == "房屋编号") {
            found.retain(|(field, at, ..)| *field != Field::Key || *at == column);
            if !found.iter().any(|(field, ..)| *field == Field::Key) {
                found.push((Field::Key, column, 0, row[column].clone()));
            }
        }
    }
    found.sort_by_key(|&(_, column, ..)| column);
    found.into_iter().map(|(field, column, _, head)| (field, column, head)).collect()
}

/// The field a head names, and how near the top of its list the head stands.
fn field_of(head: &str, kind: ImportKind) -> Option<(Field, usize)> {
    if head.is_empty() || head.chars().count() > 40 {
        return None;
    }
    let head = normal(head);
    let lookup = |head: &str| {
        let rank = |&(field, names): &Heads| names.split(' ').position(|name| name == head).map(|at| (field, at));
        heads::of(kind).iter().find_map(rank)
    };
    let whole = lookup(&head).or_else(|| lookup(head.trim_end_matches(|c: char| c.is_ascii_digit())));
    // `姓名/单位`: the first part that is known.
    let parts = || head.split(['/', '、', ',', '|', '或']).filter(|part| *part != head).find_map(lookup);
    whole.or_else(parts).or_else(|| flag(&head, kind))
}

/// `是否独居`, `低保`: a column for one flag.
fn flag(head: &str, kind: ImportKind) -> Option<(Field, usize)> {
    if kind != ImportKind::Residents {
        return None;
    }
    let head = head.trim_start_matches("是否");
    let care = super::fields::CARE_WORDS.iter().find(|(_, words)| words.contains(&head));
    let work = super::fields::WORK_WORDS.iter().find(|(_, words)| words.contains(&head));
    let care = care.map(|&(code, _)| Field::CareFlag(code as usize));
    let work = work.map(|&(code, _)| Field::WorkFlag(code as usize));
    care.or(work).map(|field| (field, 0))
}

/// A head without what differs from sheet to sheet: `*手机号（必填）`, `Created Date`, `created_at`, `面积(㎡)`.
fn normal(head: &str) -> String {
    let mut normal = String::with_capacity(head.len());
    let mut depth = 0_usize;
    for c in head.chars().map(clean::half_width_char).flat_map(char::to_lowercase) {
        match c {
            '(' | '[' | '【' | '{' => depth += 1,
            ')' | ']' | '】' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0
                || c.is_whitespace()
                || matches!(c, '*' | ':' | '_' | '-' | '.' | '#' | '"' | '\'' | '★') => {}
            _ => normal.push(c),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect()
    }

    #[test]
    fn every_head_leads_to_its_own_field() {
        for &kind in ImportKind::ALL {
            for (field, names) in heads::of(kind) {
                let first = field_of(usual_head(kind, *field), kind).map(|(found, _)| found);
                assert_eq!(first, Some(*field), "{kind:?} {field:?}");
                assert_eq!(field_of(field.name(), kind).map(|(found, _)| found), Some(*field), "{kind:?} {field:?}");
                assert!(
                    names.split(' ').all(|name| normal(name) == name),
                    "{kind:?} {field:?}: heads are listed as compared"
                );
            }
        }
    }

    #[test]
    fn heads_in_any_order_under_a_title_with_marks_and_brackets() {
        let sheet = rows(&[
            &["康乐苑业主信息表", "康乐苑业主信息表", "康乐苑业主信息表"],
            &[],
            &["说明：带*为必填"],
            &["*手机号（必填）", "房 号", "业主姓名\n(全名)", "颜色"],
            &["13800005678", "3-2-501", "张三", "红"],
        ]);
        let mapping = recognise(&sheet, ImportKind::Residents).expect("heads");
        assert_eq!((mapping.head_row, mapping.first_row), (3, 4));
        let fields: Vec<(Field, usize)> = mapping.columns.iter().map(|(f, c, _)| (*f, *c)).collect();
        assert_eq!(fields, [(Field::Phone, 0), (Field::Room, 1), (Field::Name, 2)]);
    }

    #[test]
    fn heads_over_two_rows() {
        let sheet = rows(&[
            &["序号", "房屋", "房屋", "业主", "业主", "联系"],
            &["序号", "楼栋", "房号", "姓名", "关系", "电话"],
            &["1", "3栋", "501", "张三", "业主", "13800005678"],
        ]);
        let mapping = recognise(&sheet, ImportKind::Residents).expect("heads");
        assert_eq!((mapping.head_row, mapping.first_row), (1, 2), "the lower row says it all");
        assert_eq!(mapping.column(Field::Name), Some(3));
        assert_eq!(mapping.column(Field::Phone), Some(5));
        let split = rows(&[&["姓名", "联系", "房"], &["", "电话", "号"], &["张三", "13800005678", "501"]]);
        assert_eq!(recognise(&split, ImportKind::Residents).map(|m| m.columns.len()), Some(3));
    }

    #[test]
    fn the_better_of_two_columns_and_several_phones() {
        let sheet = rows(&[&["房屋编号", "楼栋", "房号", "套内面积", "建筑面积"]]);
        let mapping = recognise(&sheet, ImportKind::Homes).expect("heads");
        assert_eq!((mapping.column(Field::Key), mapping.column(Field::Room)), (Some(0), Some(2)));
        assert_eq!(mapping.column(Field::Area), Some(4), "the area on the deed, not the one within the walls");
        let sheet = rows(&[&["姓名", "电话1", "电话2", "座机", "住址", "是否独居", "低保"]]);
        let mapping = recognise(&sheet, ImportKind::Residents).expect("heads");
        assert_eq!(mapping.columns_of(Field::Phone).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(mapping.column(Field::CareFlag(0)), Some(5));
    }

    #[test]
    fn what_is_no_head_is_shown_only_when_it_cannot_be_a_person() {
        assert_eq!(likeliest_heads(&rows(&[&["张三", "13800005678"], &["李四", "13900001234"]])), Vec::<String>::new());
        assert_eq!(likeliest_heads(&rows(&[&["一级", "二级"], &["甲", "乙"]])), ["一级", "二级"]);
        let (wanted, _) = asked(ImportKind::Residents);
        assert_eq!(wanted, ["姓名 name / 户主 is_head", "房号 room / 住址 place / 业主编号 owner_key"]);
    }
}
