//! Sheets made here, in every form a file may have, and files that are none.
//! No file from outside is read.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::guard::{self, Container};
use super::*;

fn one(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut sheets = read_bytes(bytes, "s").expect("one sheet");
    assert_eq!(sheets.len(), 1);
    sheets.remove(0).rows
}

fn error(bytes: &[u8]) -> String {
    format!("{:?}", read_bytes(bytes, "s").map(|sheets| sheets.len()).expect_err("not read"))
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file in the zip");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("a zip").into_inner()
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest></manifest:manifest>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// An old workbook of one sheet with these numbers.
fn xls(cells: &[(u16, u16, f64)], stated_rows: u32) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat();
    let bof = |kind: u16| record(0x809, &[&0x600_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat());
    let mut stream = bof(5);
    let sheet_at = stream.len() + 4 + 10 + 4;
    stream.extend(record(0x85, &[&(sheet_at as u32).to_le_bytes()[..], &[0, 0, 2, 0, b'S', b'1']].concat()));
    stream.extend(record(0x0a, &[]));
    stream.extend(bof(0x10));
    let extent = [&0_u32.to_le_bytes()[..], &stated_rows.to_le_bytes(), &[0, 0, 3, 0, 0, 0]].concat();
    stream.extend(record(0x200, &extent));
    for (row, column, number) in cells {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        stream.extend(record(0x203, &[&place[..], &number.to_le_bytes()].concat()));
    }
    stream.extend(record(0x0a, &[]));
    ole::packed("Workbook", &stream).expect("a file of one stream")
}

#[test]
fn text_in_the_encodings_people_send() {
    let table = "姓名,电话\n张三,13800005678\n李四,\"一行\n二行\"\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(table);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [table.as_bytes(), format!("\u{feff}{table}").as_bytes(), &gbk, &utf16] {
        assert_eq!(one(bytes), [vec!["姓名", "电话"], vec!["张三", "13800005678"], vec!["李四", "一行\n二行"]]);
    }
    assert_eq!(one(b"name\ncaf\xe9\n\xa9\n"), [["name"], ["café"], ["©"]], "latin-1 is not taken for Chinese");
    let (rare, _, _) = encoding_rs::GB18030.encode("姓名\n张㐂\n李𠮷\n");
    assert_eq!(one(&rare), [["姓名"], ["张㐂"], ["李𠮷"]]);
    assert_eq!(one("姓名\n张三\n李\u{fffd}".as_bytes()).len(), 3);
    let mut cut = table.as_bytes().to_vec();
    cut[1] = b'?';
    assert_eq!(
        one(&cut)[1],
        ["张三", "13800005678"],
        "one broken character does not turn the rest into another script"
    );
}

#[test]
fn delimiters_blank_lines_and_ragged_rows() {
    for d in [',', ';', '\t', '|'] {
        let text = format!("id{d}name{d}age\r\n1{d}\"a,b;c\"{d}7\r\n\r\n2{d}x\r\n");
        let rows = one(text.as_bytes());
        assert_eq!(rows, [vec!["id", "name", "age"], vec!["1", "a,b;c", "7"], vec![], vec!["2", "x"]], "{d:?}");
    }
    assert_eq!(one(b"sep=;\na;b,c\n"), [vec![], vec!["a", "b,c"]]);
    assert_eq!(one(b"a,b\n\"x\ny\",2\n\n\n3,4\n").len(), 5, "a quoted line feed is no row, a blank line is one");
    assert_eq!(one(b"a,b\r\n\r\n\r\n\"x\r\ny\",2\r\n3,4\r\n\r\n").len(), 5);
    assert_eq!(one(b"a,b\r\r1,2\r").len(), 3);
    assert_eq!(one(b"only\nwords here\n"), [["only"], ["words here"]]);
    assert_eq!(one("名称\n 康乐\u{a0}苑\u{3000}\n\u{202e}x\u{200b}\n".as_bytes()), [["名称"], ["康乐 苑"], ["x"]]);
}

#[test]
fn what_is_no_sheet_is_refused_in_words() {
    assert_eq!(error(b""), "Empty");
    assert_eq!(error(b" \r\n\n"), "Empty");
    assert_eq!(error(b",,\n,,\n"), "Empty");
    assert_eq!(error(&[0x89, b'P', b'N', b'G', 0, 0, 1, 2, 3]), "NotASheet");
    assert_eq!(error(b"%PDF-1.7 ..."), "NotASheet");
    assert_eq!(error(b"<html><table><tr><td>1"), "WebPage");
    assert_eq!(error(b"PK\x03\x04 cut off"), "Damaged");
    assert_eq!(error(b"\xd0\xcf\x11\xe0 cut off"), "Damaged");
    assert_eq!(error(&zipped(&[("readme.txt", b"hello")])), "NotASheet");
    assert_eq!(error(&zipped(&[("xl/workbook.bin", b"x")])), "UnknownWorkbook");
    assert_eq!(error(&vec![b'a'; FILE_AT_MOST as usize + 1]), "FileTooBig");
    assert_eq!(error(format!("a,b\n1,\"{}\n", "x".repeat(40_000)).as_bytes()), "CellTooLong { row_number: 2 }");
    assert_eq!(error(",".repeat(64).replace(',', "x,").as_bytes().repeat(2).as_slice()), "TooManyColumns");
    assert_eq!(error("x\n".repeat(ROWS_AT_MOST + 1).as_bytes()), "TooManyRows");
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(read(folder.path()), Err(Error::NotAFile)));
    assert!(matches!(read(&folder.path().join("none.csv")), Err(Error::Io(_))));
    assert!(matches!(read(Path::new("/dev/null")), Err(Error::NotAFile)), "a device never ends");
}

#[test]
fn a_workbook_with_merged_areas_dates_and_numbers() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("一号楼").expect("a name");
    sheet.merge_range(0, 0, 0, 2, "业主表", &plain).expect("a merged title");
    sheet.merge_range(1, 0, 2, 0, "3栋", &plain).expect("a merged building");
    sheet.write_number(1, 1, 501.0).expect("a number");
    sheet.write_number(1, 2, 94.56).expect("a number");
    sheet.write_string(2, 1, "５０２_x005F_").expect("a text");
    let day = ExcelDateTime::parse_from_str("2016-01-01").expect("a day");
    sheet.write_datetime_with_format(2, 2, &day, &Format::new().set_num_format("yyyy年m月d日")).expect("a date");
    book.add_worksheet().set_name("空").expect("a name");
    let far = book.add_worksheet().set_name("远").expect("a name");
    far.write_string(1_048_575, 16_383, "here").expect("the last cell there is");
    let bytes = book.save_to_buffer().expect("a workbook");
    let sheets = read_bytes(&bytes, "").expect("sheets");
    assert_eq!(
        sheets[0].rows,
        [vec!["业主表", "业主表", "业主表"], vec!["3栋", "501", "94.56"], vec!["3栋", "５０２_x005F_", "2016-01-01"]]
    );
    assert!(sheets[1].rows.is_empty() && sheets[1].unread.is_none());
    assert!(matches!(sheets[2].unread, Some(Error::TooManyRows)), "a far cell spoils its own sheet only");
    assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["一号楼", "空", "远"]);
}

#[test]
fn open_documents_and_old_workbooks() {
    let table = r#"<table:table table:name="住户"><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>张三</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="501"><text:p>501</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2016-01-01T18:00:00"><text:p>x</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#;
    assert_eq!(one(&ods(table)), [vec![], vec![], vec!["张三", "501", "2016-01-01 18:00:00"]]);
    let spread = |rows: usize, columns: usize| {
        format!(
            r#"<table:table table:name="x"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/></table:table-row></table:table>"#
        )
    };
    assert_eq!(error(&ods(&spread(1_048_576, 1))), "TooManyRows");
    assert_eq!(error(&ods(&spread(1, 16_384))), "TooManyColumns");
    assert_eq!(error(&ods(&spread(200_000, 64))), "TooMuch");
    assert_eq!(one(&ods(&spread(3, 2))), [["1", "1"], ["1", "1"], ["1", "1"]]);
    let string = |text: &str, more: &str| {
        format!(
            r#"<table:table table:name="x"><table:table-row {more}/><table:table-row><table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"#
        )
    };
    assert_eq!(one(&ods(&string(r#"a<text:s text:c="2"/>b"#, ""))), [vec![], vec!["a  b"]]);
    for blanks in ["100000000", "99999999999999999999"] {
        assert_eq!(error(&ods(&string(&format!(r#"<text:s text:c="{blanks}"/>"#), ""))), "TooMuch");
    }
    let hidden = r#"<!-- > <table:table-row table:number-rows-repeated="9000000"> -->x<![CDATA[<table:table-row>]]>"#;
    assert_eq!(one(&ods(&string(hidden, ""))).len(), 2, "what is no tag may hold the signs of one");
    let counted = one(&ods(&string("x", r#"table:number-rows-repeated="300""#)));
    assert_eq!(counted.len(), 301, "an empty row is a row");
    assert_eq!(error(&ods(&string("x", r#"table:number-rows-repeated="300000""#))), "TooManyRows");
    assert_eq!(one(&xls(&[(0, 0, 501.0), (2, 1, 94.56)], 3)), [vec!["501"], vec![], vec!["", "94.56"]]);
    assert_eq!(error(&xls(&[(0, 200, 1.0)], 1)), "TooManyColumns");
    assert_eq!(one(&xls(&[(0, 0, 1.0)], u32::MAX)), [["1"]], "the stated extent is not believed");
    let many: Vec<(u16, u16, f64)> = (0..60_000).map(|row| (row, 0, f64::from(row))).collect();
    assert_eq!(one(&xls(&many, 60_000)).len(), 60_000, "more sectors than the head of the file lists");
    let strings = |count: &str| format!(r#"<?xml version="1.0"?><sst uniqueCount="{count}"><si><t>x</t></si></sst>"#);
    for (count, seen) in [("1", "Damaged"), ("99999999999", "Damaged")] {
        let book = zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings(count).as_bytes())]);
        assert_eq!(guard::unpacked(&book, 1 << 20).is_err(), count != "1");
        assert_eq!(error(&book), seen);
    }
}

#[test]
fn a_bomb_is_counted_not_believed() {
    let mut bytes = zipped(&[("xl/workbook.xml", b"x"), ("xl/worksheets/sheet1.xml", &vec![b' '; 3 << 20])]);
    assert!(bytes.len() < 10_000, "three megabytes in a few kilobytes");
    assert!(matches!(guard::unpacked(&bytes, 4 << 20), Ok(Container::Xlsx)));
    assert!(matches!(guard::unpacked(&bytes, 1 << 20), Err(Error::UnpacksTooBig)));
    let stated = (3_u32 << 20).to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|&at| bytes[at..at + 4] == stated).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    assert!(matches!(guard::unpacked(&bytes, 1 << 20), Err(Error::UnpacksTooBig | Error::Damaged)));
}

/// Every cut and many single wrong bytes: an answer or an error, never a panic that gets out.
#[test]
fn broken_workbooks_end_in_an_error() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 1, 1, "x", &Format::new()).expect("a merged area");
    sheet.write_number(2, 2, 42_370.0).expect("a number");
    let xlsx = book.save_to_buffer().expect("a workbook");
    let ods = ods(
        r#"<table:table table:name="x"><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>"#,
    );
    let xls = xls(&[(0, 0, 501.0), (2, 1, 94.56)], 3);
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !is_guarded() {
            quiet(info);
        }
    }));
    let mut dice = 7_u64;
    for whole in [&xlsx, &ods, &xls] {
        for step in 0..60 {
            let _ = read_bytes(&whole[..whole.len() * step / 60], "");
        }
        for _ in 0..120 {
            let mut broken = whole.clone();
            for _ in 0..3 {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = (dice >> 33) as usize % broken.len();
                broken[at] = (dice >> 20) as u8;
            }
            if let Err(error) = read_bytes(&broken, "") {
                assert!(!error.to_string().is_empty());
            }
        }
    }
    drop(std::panic::take_hook());
}
