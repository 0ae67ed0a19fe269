//! Sign-in sheets on paper: their number, and the rows that somebody types or
//! scans afterwards.

use crate::code::ALPHABET;
use crate::{Reason, normalise};
use std::collections::BTreeSet;

/// How many blank rows a sheet has, for people who come unregistered.
pub const BLANK_ROWS: u32 = 20;

/// The largest photo or scan of a sheet, 25 MB.
pub const MAX_PHOTO_BYTES: u64 = 25 * 1024 * 1024;

/// The most text that is read as rows.
const LONGEST: u32 = 20_000;

/// The number of a sheet, five signs that are not mistaken for each other. The
/// first is a letter, so that `K7M2Q-12` is never taken for rows 1 to 12.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SheetNumber(String);

impl SheetNumber {
    /// The number of signs.
    pub const LENGTH: usize = 5;

    /// A number from five random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; Self::LENGTH]) -> Self {
        let letters = &ALPHABET[8..];
        let sign = |(at, byte): (usize, &u8)| {
            let from = if at == 0 { letters } else { &ALPHABET[..] };
            char::from(from[usize::from(*byte) % from.len()])
        };
        Self(bytes.iter().enumerate().map(sign).collect())
    }

    /// Reads a number as typed, in any case. None when it cannot be one.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let signs = typed.trim().to_ascii_uppercase();
        let good = signs.len() == Self::LENGTH
            && signs.bytes().all(|sign| ALPHABET.contains(&sign))
            && signs.starts_with(|sign: char| sign.is_ascii_alphabetic());
        good.then_some(Self(signs))
    }

    /// The five signs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the code beside a row says.
    #[must_use]
    pub fn row_code(&self, row: u32) -> String {
        format!("{}-{row}", self.0)
    }
}

/// Reads which rows of a sheet were signed: numbers and ranges, `1-14 16 18-40`,
/// separated by spaces, commas, semicolons or new lines, and codes of this
/// sheet as a scanner types them, `K7M2Q-12`. `people` says of each row, from 1,
/// whether somebody stands in it. A row that is named twice is one row.
///
/// # Errors
/// [`Reason::Required`] for nothing; [`Reason::TooLong`]; else every kind of
/// mistake with all that it concerns, as typed: [`Reason::NotRows`],
/// [`Reason::OtherSheet`], [`Reason::NoSuchRow`], and [`Reason::BlankRow`] for
/// rows in which nobody stands yet.
pub fn read_rows(
    typed: &str,
    number: &SheetNumber,
    people: &[bool],
) -> Result<BTreeSet<u32>, Vec<Reason>> {
    if typed.chars().count() > LONGEST as usize {
        return Err(vec![Reason::TooLong(LONGEST)]);
    }
    let mut rows = BTreeSet::new();
    let (mut unread, mut elsewhere) = (Vec::new(), Vec::new());
    let (mut beyond, mut blank) = (Vec::new(), BTreeSet::new());
    for token in tokens(typed) {
        let (from, to) = match read(&token, number) {
            Token::Rows(from, to) => (from, to),
            Token::OtherSheet => {
                elsewhere.push(token);
                continue;
            }
            Token::Unknown => {
                unread.push(token);
                continue;
            }
        };
        if from == 0 || to as usize > people.len() {
            beyond.push(token);
            continue;
        }
        for row in from..=to {
            if people[row as usize - 1] {
                rows.insert(row);
            } else {
                blank.insert(row);
            }
        }
    }
    let blank: Vec<String> = blank.iter().map(u32::to_string).collect();
    let reasons: Vec<Reason> = [
        (unread, Reason::NotRows as fn(String) -> Reason),
        (elsewhere, Reason::OtherSheet),
        (beyond, Reason::NoSuchRow),
        (blank, Reason::BlankRow),
    ]
    .into_iter()
    .filter(|(named, _)| !named.is_empty())
    .map(|(named, reason)| reason(listed(&named)))
    .collect();
    match (reasons.is_empty(), rows.is_empty()) {
        (false, _) => Err(reasons),
        (true, true) => Err(vec![Reason::Required]),
        (true, false) => Ok(rows),
    }
}

enum Token {
    Rows(u32, u32),
    OtherSheet,
    Unknown,
}

fn read(token: &str, number: &SheetNumber) -> Token {
    if let Some(row) = row(token) {
        return Token::Rows(row, row);
    }
    match token.split_once('-') {
        Some((from, to)) => match (row(from), row(to), SheetNumber::parse(from)) {
            (Some(from), Some(to), _) if from <= to => Token::Rows(from, to),
            (None, Some(row), Some(sheet)) if sheet == *number => Token::Rows(row, row),
            (None, Some(_), Some(_)) => Token::OtherSheet,
            _ => Token::Unknown,
        },
        None => Token::Unknown,
    }
}

/// A number of a row. One too large to be any is as good as the largest.
fn row(typed: &str) -> Option<u32> {
    let digits = !typed.is_empty() && typed.bytes().all(|sign| sign.is_ascii_digit());
    digits.then(|| typed.parse().unwrap_or(u32::MAX))
}

/// The parts of what was typed, with `1 – 14` closed up.
fn tokens(typed: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in typed.split(['\n', '\r', ',', ';']) {
        let line = normalise(line).replace(['–', '—', '−'], "-");
        let mut parts: Vec<String> = Vec::new();
        for part in line.split_whitespace() {
            match parts.last_mut() {
                Some(before) if before.ends_with('-') || part.starts_with('-') => {
                    before.push_str(part);
                }
                _ => parts.push(part.to_owned()),
            }
        }
        found.extend(parts);
    }
    found
}

/// At most ten, each cut short: what is named in a sentence.
fn listed(named: &[String]) -> String {
    let shown = named.iter().take(10);
    let shown: Vec<String> = shown
        .map(|token| token.chars().take(20).collect())
        .collect();
    let more = if named.len() > 10 { "…" } else { "" };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> SheetNumber {
        SheetNumber::parse("k7m2q").unwrap()
    }

    /// Forty people and twenty blank rows.
    fn people() -> Vec<bool> {
        (1..=60).map(|row| row <= 40).collect()
    }

    fn rows(typed: &str) -> Result<Vec<u32>, Vec<Reason>> {
        read_rows(typed, &number(), &people()).map(|rows| rows.into_iter().collect())
    }

    #[test]
    fn a_number_is_never_a_range() {
        for first in 0..=255 {
            let number = SheetNumber::from_random([first, 0, 1, 2, 255]);
            assert_eq!(SheetNumber::parse(number.as_str()), Some(number));
        }
        assert_eq!(SheetNumber::parse("23456"), None);
        assert_eq!(SheetNumber::parse("K7M2"), None);
        assert_eq!(SheetNumber::parse("K7M20"), None);
    }

    #[test]
    fn rows_are_read_however_they_are_typed() {
        for typed in [
            "1-3 5",
            "1-3,5",
            "1 - 3; 5",
            "5\n1\n2\n3\n",
            "1–3\r\n5 5 05",
            "K7M2Q-1\nk7m2q-2\nK7M2Q-3\nK7M2Q-5",
        ] {
            assert_eq!(rows(typed), Ok(vec![1, 2, 3, 5]), "{typed:?}");
        }
    }

    #[test]
    fn every_mistake_is_named() {
        let one = |reason| Err(vec![reason]);
        assert_eq!(rows(" \n, "), one(Reason::Required));
        assert_eq!(rows("1 x 3-1 -"), one(Reason::NotRows("x, 3-1-".into())));
        assert_eq!(rows("K7M2R-1 1"), one(Reason::OtherSheet("K7M2R-1".into())));
        assert_eq!(
            rows("0 61 39-99999999999 K7M2Q-61 1"),
            one(Reason::NoSuchRow("0, 61, 39-99999999999, K7M2Q-61".into()))
        );
        assert_eq!(rows("39-42"), one(Reason::BlankRow("41, 42".into())));
        assert_eq!(
            rows("a 41"),
            Err(vec![
                Reason::NotRows("a".into()),
                Reason::BlankRow("41".into())
            ])
        );
        let many = "x ".repeat(15);
        let ten = format!("{}…", ["x"; 10].join(", "));
        assert_eq!(rows(&many), one(Reason::NotRows(ten)));
        assert_eq!(rows(&"1 ".repeat(20_001)), one(Reason::TooLong(LONGEST)));
    }

    proptest! {
        #[test]
        fn nothing_typed_panics_or_leaves_the_sheet(typed in "[0-9a-zA-Z ,;\\n–-]{0,80}", any in any::<String>()) {
            let _ = rows(&any);
            if let Ok(rows) = rows(&typed) {
                prop_assert!(rows.iter().all(|row| (1..=40).contains(row)));
            }
        }

        #[test]
        fn any_rows_come_back(wanted in proptest::collection::btree_set(1_u32..=40, 1..40), scanned in any::<bool>()) {
            let typed: Vec<String> = wanted
                .iter()
                .map(|row| if scanned { number().row_code(*row) } else { row.to_string() })
                .collect();
            prop_assert_eq!(rows(&typed.join("\n")), Ok(wanted.into_iter().collect()));
        }
    }
}
