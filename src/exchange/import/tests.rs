//! Sheets as townships have them, made here; every name and number is invented.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::*;
use crate::domain::base::import::{HomeAt, HomeRow, ResidentRow, TicketRow};
use crate::domain::base::time::CHINA;
use crate::domain::person::{Care, Relation, Work};
use crate::exchange::error::{reason_sentence, sentence};
use crate::text::Lang;

fn now() -> Time {
    CHINA.at(NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"), 9 * 60)
}

fn try_read(text: &str, kind: ImportKind) -> Result<Import, Error> {
    from_sheets(sheets::read_bytes(text.as_bytes(), "表")?, "表", kind, None, now(), CHINA)
}

fn read(text: &str, kind: ImportKind) -> Import {
    try_read(text, kind).expect("an import")
}

fn residents(import: &Import) -> Vec<&ResidentRow> {
    let Rows::Residents(rows) = &import.rows else { panic!("residents") };
    rows.iter().map(|parsed| &parsed.row).collect()
}

fn homes(import: &Import) -> Vec<&HomeRow> {
    let Rows::Homes(rows) = &import.rows else { panic!("homes") };
    rows.iter().map(|parsed| &parsed.row).collect()
}

fn tickets(import: &Import) -> Vec<&TicketRow> {
    let Rows::Tickets(rows) = &import.rows else { panic!("tickets") };
    rows.iter().map(|parsed| &parsed.row).collect()
}

fn refused(import: &Import) -> Vec<(usize, String)> {
    import.refused.iter().map(|row| (row.row_number, reason_sentence(&row.reason, Lang::En))).collect()
}

fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<Sheet> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0_u32..).zip(*rows) {
            for (column, cell) in (0_u16..).zip(*cells) {
                sheet.write_string(row, column, *cell).expect("a cell");
            }
        }
    }
    sheets::read_bytes(&book.save_to_buffer().expect("a workbook"), "").expect("sheets")
}

#[test]
fn a_list_of_residents_with_all_its_columns() {
    let import = read(
        "康乐苑住户表,,,,,,,,,,,\n\
         房号,业主姓名,联系电话,关系,户主,出生年月,身份证号,称呼,关爱对象,失业,备注,编号\n\
         3-2-501,张三,138-0000 5678/6001234,业主,是,,140426195803020011,老栓、强子他爸,独居、80岁以上,√,\"门禁\n坏了\",A-1\n\
         ３－２－５０１,李四,无,配偶,否,1960-05,,,,,,A-2\n\
         3-2-502,,,,,,,,,,,\n\
         合计,2人,,,,,,,,,,\n\
         3-2-503,王五,13900001234,租户,,,,,,,,A-3\n\
         说明：空户不填姓名,,,,,,,,,,,\n\
         如有变动请报客服,,,,,,,,,,,\n",
        ImportKind::Residents,
    );
    let all = residents(&import);
    assert_eq!(all.len(), 3);
    let zhang = all[0];
    assert_eq!(zhang.name.reveal(), "张三");
    assert_eq!(zhang.phones.iter().map(|phone| phone.reveal()).collect::<Vec<_>>(), ["13800005678", "6001234"]);
    assert_eq!((zhang.relation, zhang.is_head, zhang.born), (Relation::Owner, true, Some(1958)));
    assert_eq!(zhang.called, ["老栓", "强子他爸"]);
    assert_eq!(zhang.care.care().collect::<Vec<_>>(), [Care::LivesAlone, Care::Over80]);
    assert_eq!(zhang.work.work().collect::<Vec<_>>(), [Work::Jobless]);
    assert_eq!(zhang.homes, [HomeAt { place: "3-2-501".to_owned(), ..HomeAt::default() }]);
    assert_eq!((zhang.note.as_str(), zhang.key.as_deref()), ("门禁\n坏了", Some("A-1")));
    let li = all[1];
    assert_eq!((li.relation, li.is_head, li.born), (Relation::Family, false, Some(1960)));
    assert_eq!(li.homes, zhang.homes, "full-width digits of a room are plain ones");
    assert_eq!(
        (import.passed_over.len(), import.refused.len()),
        (4, 0),
        "a blank home, the total, two lines of remark"
    );
    assert!(import.about.contains(&"康乐苑住户表".to_owned()), "the title may name the compound");
}

#[test]
fn rows_refused_say_where_and_why_and_can_be_put_right() {
    let mut import = read(
        "姓名,电话,楼栋,房号,出生年,身份证\n\
         张三,1380000,3,501,,140426195803020011\n\
         ,13800005678,3,502,,\n\
         李四,老李的,3,503,,140426196001010011\n\
         王五,13900001234,3,,,\n\
         赵六,,3,505,二〇〇〇,\n\
         =钱七,,3,506,,\n",
        ImportKind::Residents,
    );
    assert_eq!(
        refused(&import),
        [
            (3, "“姓名” is empty".to_owned()),
            (4, "“电话” is not understood".to_owned()),
            (5, "“房号” is empty".to_owned()),
            (6, "“出生年” is not understood".to_owned()),
        ]
    );
    assert!(!format!("{:?}", import.refused).contains("李四"), "a log of refusals names nobody");
    import.refuse("表", 7, Reason::NoHome);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("refused.csv");
    std::fs::write(&path, refused_sheet(&import, Lang::Zh).expect("a sheet")).expect("written");
    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(text.starts_with("\u{feff}姓名,电话,楼栋,房号,出生年,身份证,工作表,行号,没有导入的原因\r\n"), "{text}");
    assert!(text.contains("李四,老李的,3,503,,1960,表,4,「电话」看不懂\r\n"), "the identity number is gone: {text}");
    assert!(text.contains("'=钱七,"), "{text}");
    let again = super::read(&path, ImportKind::Residents, None, now(), CHINA).expect("read again");
    assert_eq!((again.rows.len(), again.refused.len()), (1, 4), "{:?}", refused(&again));
    assert_eq!(residents(&again)[0].name.reveal(), "=钱七");
}

#[test]
fn owners_and_rooms_in_two_sheets_of_a_workbook() {
    let sheets = || {
        book(&[
            ("楼栋单元", &[&["楼栋号", "单元编号", "总层数"], &["1", "1", "6"]]),
            (
                "业主信息",
                &[
                    &["编号", "业主名称", "年龄", "手机号", "身份证号", "业主类型", "业主编号", "", "说明"],
                    &["1", "张三", "1", "00000000000", "111111111111111111", "1001", "1", "", "手机号"],
                    &["2", "李四", "40", "13900001234", "", "1002", "1"],
                    &["3", "王五", "35", "13700001234", "", "1003", "9"],
                ],
            ),
            (
                "房屋信息",
                &[
                    &["房屋编号", "楼栋编号", "单元编号", "房屋楼层", "建筑面积", "业主编号", "室内面积"],
                    &["101", "1", "1", "1", "94.56", "1", "80"],
                    &["102", "1", "1", "1", "94.56", "1#2", "80"],
                ],
            ),
        ])
    };
    let import = from_sheets(sheets(), "book", ImportKind::Residents, None, now(), CHINA).expect("residents");
    let all = residents(&import);
    let rooms = |row: &ResidentRow| row.homes.iter().map(|home| home.room.clone()).collect::<Vec<_>>();
    assert_eq!(rooms(all[0]), ["101", "102"], "an owner of two homes");
    assert_eq!((all[0].born, all[0].phones.len()), (None, 0), "nothing made up is kept");
    assert_eq!(
        import.left_out,
        LeftOuts::from([(LeftOut::MadeUpPhones, 1), (LeftOut::Remarks, 1)]),
        "nor dropped without a word"
    );
    assert_eq!((all[1].relation, rooms(all[1])), (Relation::Family, vec!["101".to_owned(), "102".to_owned()]));
    assert_eq!(refused(&import), [(4, "No home is given, and the sheet of homes has none for this person".to_owned())]);
    let skipped: Vec<&str> = import.sheets_skipped.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(skipped, ["楼栋单元", "房屋信息"]);

    let import = from_sheets(sheets(), "book", ImportKind::Homes, None, now(), CHINA).expect("homes");
    let all = homes(&import);
    assert_eq!((all.len(), all[0].at.building.as_str(), all[0].floor, all[0].area_m2), (2, "1", Some(1), Some(94.56)));

    let wrong = from_sheets(sheets(), "book", ImportKind::Homes, Some("业主"), now(), CHINA);
    assert!(matches!(&wrong, Err(Error::NoSuchSheet { sheets }) if sheets.len() == 3));
    assert!(from_sheets(sheets(), "book", ImportKind::Homes, Some(" 房屋信息"), now(), CHINA).is_ok());
    let no_heads =
        from_sheets(sheets(), "book", ImportKind::Homes, Some("楼栋单元"), now(), CHINA).expect_err("no rooms");
    let said = sentence(&no_heads, Lang::Zh);
    assert!(said.contains("楼栋号、单元编号、总层数") && said.contains("房号 room / 住址 place"), "{said}");
}

#[test]
fn one_number_twice_is_one_person_with_two_homes_or_a_question() {
    let import = read("id,name,building,room\nP1,张三,3,501\nP1,张三,4,101\nP1,李四,4,102\n", ImportKind::Residents);
    assert_eq!(residents(&import)[0].homes.len(), 2);
    assert_eq!(refused(&import), [(4, "“id” is the same as in row 2".to_owned())]);
}

#[test]
fn reports_from_hotlines_notebooks_and_other_countries() {
    let import = read(
        "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n\
         2549,A0004,3栋水管漏水,2019/4/25 9:32:09,\"\n\t\t\t\t\t\n\t\t\t\t\t水管_x000D_\n　漏水三天\n\t\",已修好,2019/5/10 14:56:53\n\
         2550,匿名,路灯不亮,43580.5,,,\n\
         2551,,,2019/4/25,,,\n\
         2552,,楼道灯,2030/1/1,坏了,,\n\
         2553,,楼道灯,去年,坏了,,\n",
        ImportKind::Tickets,
    );
    let all = tickets(&import);
    assert_eq!((all[0].subject.as_str(), all[0].words.as_str()), ("3栋水管漏水", "水管\n漏水三天"));
    assert_eq!(all[0].opened_at.map(|at| CHINA.rfc3339(at)).as_deref(), Some("2019-04-25T09:32:09+08:00"));
    assert_eq!((all[0].result.as_str(), all[0].key.as_deref()), ("已修好", Some("2549")));
    assert_eq!((all[1].words.as_str(), all[1].subject.as_str(), &all[1].reporter), ("路灯不亮", "", &None));
    assert_eq!(all[1].opened_at.map(|at| CHINA.mdhm(at)).as_deref(), Some("04-25 12:00"));
    assert_eq!(
        refused(&import),
        [
            (4, "“留言详情” is empty".to_owned()),
            (
                5,
                "“留言时间” is read as 2030-01-01, later than now; write a time from 2000 until now, the year with four \
                 digits (two are 20xx)"
                    .to_owned()
            ),
            (6, "“留言时间” is not understood".to_owned()),
        ]
    );
    let import = read(
        "Unique Key,Created Date,Complaint Type,Descriptor,Incident Address,Status\n\
         7,03/01/2011 02:27:57 PM,Water Leak,,12 EXAMPLE STREET,Closed\n",
        ImportKind::Tickets,
    );
    let all = tickets(&import);
    assert_eq!((all[0].words.as_str(), all[0].place.as_str()), ("Water Leak", "12 EXAMPLE STREET"));
    assert_eq!(all[0].opened_at.map(|at| CHINA.hm(at)).as_deref(), Some("14:27"));
}

#[test]
fn compounds_staff_and_homes() {
    let import =
        read("小区名称,所属社区,楼栋数,地址\n康乐苑,城南社区,5栋,\n新苑,城南社区,几栋,\n", ImportKind::Compounds);
    let Rows::Compounds(rows) = &import.rows else { panic!("compounds") };
    assert_eq!((rows[0].row.name.as_str(), rows[0].row.buildings, rows.len()), ("康乐苑", Some(5), 1));
    assert_eq!(refused(&import), [(3, "“楼栋数” is not understood".to_owned())]);
    let import = read(
        "姓名;岗位;电话;技能;服务小区;状态\n王师傅;维修;13800005678;水电、开锁;康乐苑、新苑;已离职\n",
        ImportKind::Staff,
    );

    let Rows::Staff(rows) = &import.rows else { panic!("staff") };
    assert_eq!(
        (&rows[0].row.skills[..], &rows[0].row.compounds[..]),
        (&["水电", "开锁"].map(String::from)[..], &["康乐苑", "新苑"].map(String::from)[..])
    );
    assert_eq!(rows[0].row.employed, Some(false));
    let import = read(
        "小区,楼栋,单元,房间号,楼层,面积(㎡)\n康乐苑,3栋,2,501,5层,94.56㎡\n康乐苑,3栋,2,,,\n楼栋,,,,,\n",
        ImportKind::Homes,
    );
    assert_eq!(
        homes(&import)[0].at,
        HomeAt {
            compound: "康乐苑".into(),
            building: "3栋".into(),
            unit: "2".into(),
            room: "501".into(),
            place: String::new()
        }
    );
    assert_eq!(refused(&import).len(), 2);
}

#[test]
fn a_sheet_of_something_else_is_refused_with_the_heads_it_has() {
    let error = try_read("一级分类,二级分类\n城建,安全\n", ImportKind::Residents).expect_err("no residents");
    let said = sentence(&error, Lang::En);
    assert!(said.contains("Seen: 一级分类, 二级分类.") && said.contains("姓名 name"), "{said}");
    let error = try_read("张三,13800005678\n李四,13900001234\n", ImportKind::Residents).expect_err("no heads");
    assert!(!error.to_string().contains("张三"), "people are no heads: {error}");
}

#[test]
fn refused_rows_of_sheets_with_other_heads_come_under_one_row() {
    let sheets = book(&[
        ("一", &[&["姓名", "房号", "电话"], &["张三", "", "13800005678"]]),
        ("二", &[&["电话", "姓名", "颜色", "房号"], &["13900001234", "李四", "红", ""]]),
    ]);
    let import = from_sheets(sheets, "书", ImportKind::Residents, None, now(), CHINA).expect("an import");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("refused.csv");
    std::fs::write(&path, refused_sheet(&import, Lang::En).expect("a sheet")).expect("written");
    let rows = &sheets::read(&path).expect("the file")[0].rows;
    assert_eq!(rows[0], ["姓名", "房号", "电话", "颜色", "sheet", "row", "why it was not imported"]);
    assert_eq!(rows[1], ["张三", "", "13800005678", "", "一", "2", "“房号” is empty"]);
    assert_eq!(rows[2], ["李四", "", "13900001234", "红", "二", "2", "“房号” is empty"]);
}

#[test]
fn a_sheet_over_the_limits_is_named_and_the_others_are_read() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("太宽").expect("a name").write_string(0, 200, "远").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let alone = sheets::read_bytes(&bytes, "").expect_err("nothing else in it");
    assert!(matches!(alone, Error::TooManyColumns));
    let good = book.add_worksheet().set_name("住户").expect("a name");
    for (column, cell) in (0_u16..).zip(["姓名", "房号"]) {
        good.write_string(0, column, cell).expect("a cell");
        good.write_string(1, column, "3-2-501").expect("a cell");
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let sheets = || sheets::read_bytes(&bytes, "").expect("sheets");
    let import = from_sheets(sheets(), "书", ImportKind::Residents, None, now(), CHINA).expect("an import");
    assert_eq!((import.rows.len(), import.sheets_skipped.len()), (1, 1));
    assert!(matches!(import.sheets_skipped[0], (_, Some(Error::TooManyColumns))));
    let named = from_sheets(sheets(), "书", ImportKind::Residents, Some("太宽"), now(), CHINA);
    assert!(matches!(named, Err(Error::TooManyColumns)));
}

#[test]
fn refused_rows_shorter_than_both_rows_of_heads_are_written() {
    let import =
        read("小区,姓名,联系,房号\n,,电话,\n康乐苑,张三,13800005678,3-1-101\n,李四,,\n", ImportKind::Residents);
    assert_eq!((import.rows.len(), import.refused.len()), (1, 1), "{:?}", refused(&import));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("refused.csv");
    std::fs::write(&path, refused_sheet(&import, Lang::Zh).expect("a sheet")).expect("written");
    let rows = &sheets::read(&path).expect("the file")[0].rows;
    assert_eq!(rows[0][..4].join(","), "小区,姓名,电话,房号");
    assert_eq!(rows[1][..4].join(","), ",李四,,", "under its own heads");
    assert!(rows[1][6].contains("房号"), "{rows:?}");
}

#[test]
fn masked_names_and_phones_are_refused_by_name_wherever_people_stand() {
    let residents = "房号,姓名,电话\n3-2-501,张*,13800005678\n3-2-502,欧阳**,\n3-2-503,李四,138****5678\n3-2-504,J*,\n\
        3-2-505,王五,\"13800001111 6****01\"\n3-2-506,赵＊,\n3-2-507,钱七,13800002222\n3-2-508,John *,**67\n";
    let staff = "姓名,岗位,电话\n王*,维修,13600001001\n周岩,保安,136****1002\n";
    let tickets = "时间,内容,报修人,电话\n2026-11-20,漏水,陈**,\n2026-11-20,灯坏,,138****5678\n2026-11-20,吵,,\n";
    for (text, kind, taken, expected) in [
        (residents, ImportKind::Residents, 1, 7),
        (staff, ImportKind::Staff, 0, 2),
        (tickets, ImportKind::Tickets, 1, 2),
    ] {
        let import = read(text, kind);
        assert_eq!((import.rows.len(), import.refused.len()), (taken, expected), "{kind:?}: {:?}", refused(&import));
        let masked = |row: &RefusedRow| matches!(row.reason, Reason::Masked { .. });
        assert!(import.refused.iter().all(masked), "{:?}", refused(&import));
    }
}

#[test]
fn days_before_2000_are_refused_with_a_sentence() {
    let import = read(
        "时间,内容,办结时间\n1999-12-31,漏水,\n36525,漏水,\n0102-03-04,漏水,\n2019-01-01,漏水,1998-01-02\n99/1/1,漏水,\n\
         2000-01-01,漏水,\n00-1-1,漏水,\n",
        ImportKind::Tickets,
    );
    let early = |column: &str| format!("“{column}” is before the year 2000; write a date from 2000 on");
    assert_eq!(
        refused(&import),
        [
            (2, early("时间")),
            (3, early("时间")),
            (4, early("时间")),
            (5, early("办结时间")),
            (
                6,
                "“时间” is read as 2099-01-01, later than now; write a time from 2000 until now, the year with four digits \
                 (two are 20xx)"
                    .to_owned()
            ),
        ]
    );
    assert_eq!(tickets(&import).iter().map(|row| row.opened_at).collect::<HashSet<_>>().len(), 1);
    let import = read("日期,类型\n1999-10-01,休\n26-10-01,休\n", ImportKind::Calendar);
    assert_eq!(refused(&import), [(2, early("日期"))]);
}

/// The same midnight in cells of every kind; rows of a list are one sheet each.
#[test]
fn a_midnight_is_a_midnight_in_every_kind_of_file() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let shown = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let midnight = ExcelDateTime::from_ymd(2019, 8, 1).expect("a day");
    for (column, head) in (0..).zip(["时间", "内容"]) {
        sheet.write_string(0, column, head).expect("a head");
    }
    sheet.write_datetime_with_format(1, 0, &midnight, &shown).expect("a date");
    sheet.write_string(2, 0, "2019-08-01 00:00").expect("a text");
    sheet.write_number(3, 0, 43_678.0).expect("a number");
    for row in 1..=3 {
        sheet.write_string(row, 1, "漏水").expect("a text");
    }
    let xlsx = sheets::read_bytes(&book.save_to_buffer().expect("a workbook"), "").expect("sheets");
    let cells = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>时间</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"string\"><text:p>内容</text:p></table:table-cell></table:table-row>";
    let dates = ["2019-08-01T00:00:00", "2019-08-01"].map(|date| {
        format!(
            "<table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"{date}\"><text:p>x</text:p>\
             </table:table-cell><table:table-cell office:value-type=\"string\"><text:p>漏水</text:p></table:table-cell>\
             </table:table-row>"
        )
    });
    let ods = sheets::read_bytes(&ods(&format!("{cells}{}", dates.concat())), "").expect("sheets");
    let csv = "时间,内容\n2019-08-01 00:00,漏水\n2019/8/1 0:00:00,漏水\n2019-08-01T00:00:00+08:00,漏水\n2019年8月1日,漏水\n\
        08/01/2019 12:00:00 AM,漏水\n19-08-01 00:00,漏水\n";
    let csv = sheets::read_bytes(csv.as_bytes(), "表").expect("a sheet");
    for (sheets, rows) in [(xlsx, 3), (ods, 2), (csv, 6)] {
        let import = from_sheets(sheets, "表", ImportKind::Tickets, None, now(), CHINA).expect("an import");
        let times: Vec<String> =
            tickets(&import).iter().filter_map(|row| row.opened_at).map(|at| CHINA.rfc3339(at)).collect();
        assert_eq!(times, vec!["2019-08-01T00:00:00+08:00"; rows], "{:?}", refused(&import));
    }
}

/// A spreadsheet as LibreOffice writes it, with these rows.
fn ods(rows: &str) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/></manifest:manifest>"
    );
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"表\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    for (name, text) in [("mimetype", kind), ("META-INF/manifest.xml", &manifest), ("content.xml", &content)] {
        zip.start_file(name, stored).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

#[test]
fn what_is_not_kept_is_said() {
    let import = read(
        "小区,房号,姓名,电话,备注,颜色,空列\n康乐苑,3-2-501,张三,13888888888,门禁坏了,红,\n康乐苑,3-2-502,李四,00000000000,,,\n合计,2,,,,,\n",
        ImportKind::Residents,
    );
    assert_eq!(residents(&import)[0].phones[0].reveal(), "13888888888", "a number people pay for");
    assert_eq!(import.left_out, LeftOuts::from([(LeftOut::MadeUpPhones, 1), (LeftOut::Remarks, 1)]));
    assert_eq!(
        (&import.columns_not_read[..], &import.passed_over[..]),
        (&["颜色".to_owned()][..], &[("表".to_owned(), 4)][..])
    );
    let import = read(
        "时间,内容,电话,状态,办结时间\n2026-11-20,漏水,13800005678/6001234,办理中,2026-11-21\n2026-11-20,灯坏,,省厅复核,\n",
        ImportKind::Tickets,
    );
    assert_eq!(import.left_out, LeftOuts::from([(LeftOut::FurtherPhones, 1), (LeftOut::ClosingTimes, 1)]));
    assert_eq!(import.unknown_statuses(), BTreeMap::from([("省厅复核", 1)]));
}

#[test]
fn the_statuses_of_our_own_exports_are_known_in_both_languages() {
    use crate::domain::ticket::Status;
    use crate::text::labels::Labelled;
    for status in Status::ALL {
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(Status::said(status.label().get(lang)), Some(*status), "{}", status.label().get(lang));
        }
    }
}
