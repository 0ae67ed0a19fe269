//! What stands in a cell, for all that spreadsheets make of numbers.

use crate::{Phone, Reason, TaxCode, normalise};

/// A phone as files have it: also without the zero that a spreadsheet took for
/// a number's.
pub(super) fn phone_in_file(typed: &str) -> Result<Option<Phone>, Reason> {
    let typed = normalise(typed);
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let only = typed
        .chars()
        .all(|sign| sign.is_ascii_digit() || " .-".contains(sign));
    let padded = match digits.len() {
        9 | 10 if only && !digits.starts_with('0') => format!("0{digits}"),
        _ => digits,
    };
    if only && !padded.is_empty() {
        Phone::parse(&padded).map(Some)
    } else {
        Phone::parse_optional(&typed)
    }
}

/// A tax code as files have it: also without the zero that a spreadsheet took
/// for a number's. Only one with the check digit it must have is taken: an
/// establishment is known by it.
pub(super) fn tax_code_in_file(typed: &str) -> Result<Option<TaxCode>, Reason> {
    let typed = normalise(typed);
    let is_number = typed.len() == 9 && typed.chars().all(|sign| sign.is_ascii_digit());
    let padded = if is_number {
        format!("0{typed}")
    } else {
        typed
    };
    match TaxCode::parse_optional(&padded)? {
        Some(code) if !code.has_check_digit() => Err(Reason::CheckDigit),
        code => Ok(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_as_files_have_them() {
        for (typed, stored) in [
            ("0950 123 456", "+84950123456"),
            ("950123456", "+84950123456"),
            ("0120.123.4567", "+84701234567"),
            ("1201234567", "+84701234567"),
            ("02753822123", "+842753822123"),
            ("+84 950 123 456", "+84950123456"),
        ] {
            let phone =
                phone_in_file(typed).map(|phone| phone.map(|phone| phone.as_str().to_owned()));
            // Ten digits without their zero are eleven with it.
            assert_eq!(phone, Ok(Some(stored.to_owned())), "{typed}");
        }
        assert_eq!(phone_in_file(" "), Ok(None));
        assert_eq!(phone_in_file("0130 123 4567"), Err(Reason::NotAPhone));
    }

    #[test]
    fn tax_codes_as_files_have_them() {
        for (typed, stored) in [
            (" ", Ok(None)),
            ("100047516", Ok(Some("0100047516"))),
            ("0100047516-001", Ok(Some("0100047516001"))),
            ("0100 047 516", Ok(Some("0100047516"))),
            ("100047517", Err(Reason::CheckDigit)),
            ("12345", Err(Reason::NotATaxCode)),
            ("083123456789", Err(Reason::NotATaxCode)),
        ] {
            let code = tax_code_in_file(typed);
            let code = code.map(|code| code.map(|code| code.as_str().to_owned()));
            assert_eq!(code, stored.map(|code| code.map(str::to_owned)), "{typed}");
        }
    }
}
