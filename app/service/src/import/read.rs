//! A file as rows of text, whatever program wrote it.

use calamine::{Data, DataRef, Reader, Xlsx};
use domain::{MAX_IMPORT_ROWS, Reason};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1258};
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Cursor;
use zip::ZipArchive;

/// More columns are none of a list of people.
const MAX_COLUMNS: usize = 60;

/// Rows that may stand above the first person.
const HEAD: usize = 20;

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<String>>,
    /// Where numbers of three decimals stand, by row and column. As people type,
    /// `1.250` is 1250; a cell of a workbook means what it is.
    pub(super) thousandths: HashSet<(usize, usize)>,
}

/// The rows of a workbook's first sheet with something in it, or of a file of
/// comma-separated values; blank rows at the end are left out. The kind of file
/// is told by its content.
///
/// # Errors
/// [`Reason::NotATable`], [`Reason::FileEmpty`], [`Reason::TooManyRows`].
pub(super) fn table(content: &[u8]) -> Result<Table, Reason> {
    let mut table = if content.starts_with(b"PK\x03\x04") {
        workbook(content)?
    } else {
        Table {
            rows: separated(&decoded(content)?)?,
            ..Table::default()
        }
    };
    let rows = &mut table.rows;
    let blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
    while rows.last().is_some_and(blank) {
        rows.pop();
    }
    if rows.is_empty() {
        return Err(Reason::FileEmpty);
    }
    check_number(rows.len())?;
    Ok(table)
}

fn check_number(rows: usize) -> Result<(), Reason> {
    if rows > MAX_IMPORT_ROWS + HEAD {
        let most = i64::try_from(MAX_IMPORT_ROWS).unwrap_or(i64::MAX);
        return Err(Reason::TooManyRows(most));
    }
    Ok(())
}

fn workbook(content: &[u8]) -> Result<Table, Reason> {
    require_modest(content)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(content)).map_err(|_| Reason::NotATable)?;
    for sheet in book.sheet_names() {
        let mut reader = book
            .worksheet_cells_reader(&sheet)
            .map_err(|_| Reason::NotATable)?;
        let Table {
            mut rows,
            mut thousandths,
        } = Table::default();
        // Cell by cell: one that stands far below or right of everything else,
        // by mistake, would ask for a sheet of everything between.
        while let Some(found) = reader.next_cell().map_err(|_| Reason::NotATable)? {
            let (row, column) = found.get_position();
            let value = found.get_value();
            let text = cell(value);
            if text.is_empty() || column as usize >= MAX_COLUMNS {
                continue;
            }
            // Where it stands in the file, so that rows are called by the numbers
            // that people see there.
            let at = row as usize;
            check_number(at)?;
            let three = |(_, after): (&str, &str)| after.len() == 3;
            if matches!(value, DataRef::Float(_)) && text.split_once('.').is_some_and(three) {
                thousandths.insert((at, column as usize));
            }
            if rows.len() <= at {
                rows.resize(at + 1, Vec::new());
            }
            let cells = &mut rows[at];
            if cells.len() <= column as usize {
                cells.resize(column as usize + 1, String::new());
            }
            cells[column as usize] = text;
        }
        if rows.is_empty() {
            continue;
        }
        // Columns left empty in front of a list are none of it.
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let blank = |row: &Vec<String>| row.iter().take_while(|text| text.is_empty()).count();
        let filled = rows.iter().filter(|row| !row.is_empty());
        let lead = filled.map(blank).min().unwrap_or(0);
        for row in &mut rows {
            row.resize(width, String::new());
            row.drain(..lead);
        }
        let thousandths = thousandths.into_iter().map(|(row, at)| (row, at - lead));
        return Ok(Table {
            rows,
            thousandths: thousandths.collect(),
        });
    }
    Ok(Table::default())
}

/// The most that a workbook may be once it is unpacked.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;

/// Refuses a workbook that would be too large in memory: a few kilobytes of
/// zeros unpack to gigabytes.
fn require_modest(content: &[u8]) -> Result<(), Reason> {
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| Reason::NotATable)?;
    let mut unpacked = 0_u64;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|_| Reason::NotATable)?;
        unpacked = unpacked.saturating_add(part.size());
    }
    if unpacked > MAX_UNPACKED {
        return Err(Reason::NotATable);
    }
    Ok(())
}

fn cell(cell: &DataRef<'_>) -> String {
    match cell {
        // A phone or a number of a list, which a spreadsheet took for a float.
        #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            (*number as i64).to_string()
        }
        DataRef::Float(number) => decimals(*number),
        DataRef::DateTime(when) if when.is_datetime() => day(when.to_ymd_hms_milli()),
        DataRef::Empty | DataRef::Error(_) => String::new(),
        other => Data::from(other.clone()).to_string(),
    }
}

/// A number with decimals, six at most: what was computed has
/// 0.30000000000000004 where people see 0.3.
fn decimals(number: f64) -> String {
    // Nothing added makes zero of minus zero.
    ((number * 1e6).round() / 1e6 + 0.0).to_string()
}

/// A day as people write it; with the hour where the cell has one.
fn day((year, month, day, hour, minute, ..): (u16, u8, u8, u8, u8, u8, u16)) -> String {
    let said = format!("{day:02}/{month:02}/{year}");
    if (hour, minute) == (0, 0) {
        said
    } else {
        format!("{said} {hour:02}:{minute:02}")
    }
}

/// UTF-8, UTF-16, or the code page of old Vietnamese programs. Broken bytes of
/// UTF-8 become U+FFFD.
fn decoded(content: &[u8]) -> Result<String, Reason> {
    let zeros = |offset: usize| {
        let bytes = content.iter().skip(offset).step_by(2).take(200);
        let (mut zeros, mut all) = (0, 0);
        for byte in bytes {
            all += 1;
            zeros += usize::from(*byte == 0);
        }
        all > 0 && zeros * 2 > all
    };
    let encoding = match Encoding::for_bom(content) {
        Some((encoding, _)) => Some(encoding),
        None if zeros(1) => Some(UTF_16LE),
        None if zeros(0) => Some(UTF_16BE),
        None => None,
    };
    let text: Cow<'_, str> = match encoding {
        Some(encoding) => encoding.decode(content).0,
        None => match std::str::from_utf8(content) {
            Ok(text) => text.into(),
            Err(_) => damaged_or_old(content),
        },
    };
    if text.chars().take(4000).any(is_binary) {
        return Err(Reason::NotATable);
    }
    Ok(text.into_owned())
}

/// No text has these: a picture, a document, an old workbook.
fn is_binary(sign: char) -> bool {
    sign.is_control() && !matches!(sign, '\t' | '\r' | '\n')
}

/// What is no UTF-8: with more whole letters beyond ASCII than broken ones it
/// is UTF-8 that was damaged, else the old code page, where that reads it.
fn damaged_or_old(content: &[u8]) -> Cow<'_, str> {
    let lossy = String::from_utf8_lossy(content);
    let broken = lossy.matches(char::REPLACEMENT_CHARACTER).count();
    let beyond = lossy.chars().filter(|sign| !sign.is_ascii()).count();
    if beyond > broken * 2 {
        return lossy;
    }
    let old = WINDOWS_1258.decode(content).0;
    let few = broken * 10 < lossy.len();
    if few && old.chars().any(is_binary) {
        lossy
    } else {
        old
    }
}

fn separated(text: &str) -> Result<Vec<Vec<String>>, Reason> {
    let head: Vec<&str> = text.lines().take(10).collect();
    let often = |sign: char| {
        head.iter()
            .map(|line| line.matches(sign).count())
            .sum::<usize>()
    };
    let delimiter = [(',', b','), (';', b';'), ('\t', b'\t')]
        .into_iter()
        // The first of those that are as frequent.
        .rev()
        .max_by_key(|(sign, _)| often(*sign))
        .map_or(b',', |(_, byte)| byte);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Reason::NotATable)?;
        // The reader leaves blank lines out, and says where they begin; the numbers
        // of rows count them.
        let (line, byte) = record
            .position()
            .map_or((0, 0), |at| (at.line(), at.byte()));
        let [line, byte] = [line, byte].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
        let ends = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        let rest = text.as_bytes().get(byte..).unwrap_or_default();
        let blank = rest.iter().take_while(ends).filter(|byte| **byte == b'\n');
        let line = line.saturating_add(blank.count());
        check_number(line.max(rows.len() + 1))?;
        rows.resize(rows.len().max(line.saturating_sub(1)), Vec::new());
        rows.push(record.iter().take(MAX_COLUMNS).map(str::to_owned).collect());
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(content: &[u8]) -> Result<Vec<Vec<String>>, Reason> {
        super::table(content).map(|table| table.rows)
    }

    const ROWS: [[&str; 2]; 2] = [["Họ và tên", "Đơn vị"], ["Lê An", "Năm Lúa"]];

    fn is_read(content: &[u8]) {
        assert_eq!(
            table(content).as_deref(),
            Ok(&ROWS.map(|row| row.map(str::to_owned).to_vec())[..])
        );
    }

    #[test]
    fn every_encoding_and_delimiter_reads_alike() {
        let text = "Họ và tên,Đơn vị\r\nLê An,Năm Lúa\r\n\r\n";
        for delimiter in [",", ";", "\t"] {
            is_read(text.replace(',', delimiter).as_bytes());
        }
        is_read(format!("\u{FEFF}{text}").as_bytes());
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        is_read(&[&[0xFF, 0xFE][..], &little].concat());
        is_read(&[&[0xFE, 0xFF][..], &big].concat());
    }

    #[test]
    fn the_old_code_page_reads_as_decomposed_letters() {
        // "Hà" is an a with a combining grave there.
        let rows = table(b"T\xEAn;X\nH\xE0;1\n").unwrap();
        assert_eq!(domain::normalise(&rows[0][0]), "Tên");
        assert_eq!(domain::normalise(&rows[1][0]), "Hà");
    }

    #[test]
    fn one_broken_byte_costs_its_letter() {
        for (file, name) in [
            (
                &b"H\xE1\xBB\x8D t\xC3\xAAn,X\nL\xEA An,1\n"[..],
                "L\u{FFFD} An",
            ),
            // The old code page has no such letter either.
            (b"Ho ten,Don vi\nL\x8D An,1\n", "L\u{FFFD} An"),
        ] {
            assert_eq!(table(file).unwrap()[1][0], name);
        }
    }

    #[test]
    fn a_day_in_a_cell_reads_as_people_write_it() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
        for (row, serial) in (0..).zip([46_056.0, 46_056.5]) {
            sheet
                .write_number_with_format(row, 0, serial, &format)
                .unwrap();
        }
        let rows = table(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(rows, [["03/02/2026"], ["03/02/2026 12:00"]]);
    }

    #[test]
    fn a_cell_far_away_costs_nothing() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in (2..).zip(ROWS) {
            for (column, text) in (1..).zip(cells) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
        sheet.write_string(2, 16_383, "x").unwrap();
        let rows = table(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(rows[2..], ROWS.map(|row| row.map(str::to_owned).to_vec()));
        assert!(rows[..2].iter().flatten().all(String::is_empty));
        let sheet = book.worksheet_from_index(0).unwrap();
        sheet.write_string(1_048_575, 0, "x").unwrap();
        let far = table(&book.save_to_buffer().unwrap());
        assert_eq!(far, Err(Reason::TooManyRows(5000)));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(table(b""), Err(Reason::FileEmpty));
        assert_eq!(table(b" \n\n"), Err(Reason::FileEmpty));
        assert_eq!(table(b"PK\x03\x04rubbish"), Err(Reason::NotATable));
        assert_eq!(
            table(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x01"),
            Err(Reason::NotATable)
        );
        assert_eq!(table(b"%PDF-1.7\n\x01\x02\x03"), Err(Reason::NotATable));
        let many = "a,b\n".repeat(MAX_IMPORT_ROWS + HEAD + 1);
        assert_eq!(table(many.as_bytes()), Err(Reason::TooManyRows(5000)));
    }

    #[test]
    fn numbers_with_decimals_read_as_people_see_them() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, number) in (0..).zip([0.1 + 0.2, 1.234, 1.2345, -1e-9, 1.500_000_000_1]) {
            sheet.write_number(row, 1, number).unwrap();
        }
        sheet.write_string(5, 1, "1.234").unwrap();
        let read = super::table(&book.save_to_buffer().unwrap()).unwrap();
        let texts = read.rows.concat();
        assert_eq!(texts, ["0.3", "1.234", "1.2345", "0", "1.5", "1.234"]);
        assert_eq!(read.thousandths, HashSet::from([(1, 0)]));
    }

    #[test]
    fn a_workbook_reads_as_text() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "Họ và tên").unwrap();
        sheet.write_string(0, 1, "SĐT").unwrap();
        sheet.write_string(1, 0, "Lê An").unwrap();
        sheet.write_number(1, 1, 950_123_456).unwrap();
        let rows = table(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(rows, [["Họ và tên", "SĐT"], ["Lê An", "950123456"]]);
    }
}
