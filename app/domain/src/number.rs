//! Numbers as people type them, with decimals in either notation.

/// The largest number that is taken, either way.
const MOST: i64 = 1_000_000_000;

/// What is kept of a number: six decimals.
const MILLION: i64 = 1_000_000;

/// A number as it is kept: digits with a point before decimals, rounded to six:
/// a spreadsheet has 0.30000000000000004 where people see 0.3.
///
/// Of a point and a comma the last one stands before the decimals. One of them
/// alone with three digits behind it sets thousands apart, as 1.250 does where
/// a comma stands before decimals; otherwise it stands before them. What is
/// kept is read as the same number again.
pub(crate) fn plain_number(typed: &str) -> Option<String> {
    let (sign, typed) = typed
        .strip_prefix('-')
        .map_or(("", typed), |rest| ("-", rest));
    let mark = typed.rfind(['.', ',']);
    let (whole, decimals) = match mark {
        Some(at) if is_before_decimals(typed, at) => (&typed[..at], &typed[at + 1..]),
        _ => (typed, ""),
    };
    let digits = |text: &str| text.chars().all(|sign| sign.is_ascii_digit());
    if (whole.len() < typed.len() && decimals.is_empty()) || !digits(decimals) {
        return None;
    }
    let mut groups = whole.split(['.', ',', ' ']);
    let first = groups.next().unwrap_or_default();
    let whole = groups.try_fold(first.to_owned(), |whole, group| {
        (group.len() == 3).then(|| whole + group)
    })?;
    if whole.is_empty() || !digits(&whole) {
        return None;
    }
    let millionths = millionths(&whole, decimals).filter(|all| *all <= MOST * MILLION)?;
    let number = millionths / MILLION;
    let decimals = format!("{:06}", millionths % MILLION);
    let mut decimals = decimals.trim_end_matches('0').to_owned();
    if decimals.is_empty() {
        let sign = if number == 0 { "" } else { sign };
        return Some(format!("{sign}{number}"));
    }
    if decimals.len() == 3 && (1..1000).contains(&number) {
        decimals.push('0');
    }
    Some(format!("{sign}{number}.{decimals}"))
}

/// Digits before and behind the point as millionths, the nearest.
fn millionths(whole: &str, decimals: &str) -> Option<i64> {
    let kept: String = decimals.chars().chain("000000".chars()).take(6).collect();
    let up = decimals.as_bytes().get(6).is_some_and(|next| *next >= b'5');
    let whole = whole.parse::<i64>().ok()?.checked_mul(MILLION)?;
    whole.checked_add(kept.parse::<i64>().ok()? + i64::from(up))
}

/// Whether the last point or comma of a number stands before its decimals.
fn is_before_decimals(typed: &str, at: usize) -> bool {
    let (before, after) = (&typed[..at], &typed[at + 1..]);
    let (mark, other) = if typed[at..].starts_with('.') {
        ('.', [',', ' '])
    } else {
        (',', ['.', ' '])
    };
    let sets_thousands_apart = after.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
    !before.contains(mark) && (before.contains(other) || !sets_thousands_apart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_in_either_notation() {
        for (typed, kept) in [
            ("1.234", Some("1234")),
            ("-1 234 567", Some("-1234567")),
            ("1,234", Some("1234")),
            ("1.234.567", Some("1234567")),
            ("1.250,5", Some("1250.5")),
            ("1,250.50", Some("1250.5")),
            ("-1,5", Some("-1.5")),
            ("1250.5", Some("1250.5")),
            ("0,125", Some("0.125")),
            ("1.1250", Some("1.1250")),
            ("1 234,5", Some("1234.5")),
            ("-0", Some("0")),
            ("0.30000000000000004", Some("0.3")),
            ("1,0049999999", Some("1.0050")),
            ("12.1249999999", Some("12.1250")),
            ("0.9999999", Some("1")),
            ("-0,0000001", Some("0")),
            ("999999999.9999999", Some("1000000000")),
            ("99999999999999999999", None),
            ("1.2.3", None),
            ("12,", None),
            (",5", None),
            ("--1", None),
            ("1.234,567,8", None),
            ("1000000000", Some("1000000000")),
            ("1000000000,5", None),
            ("ba", None),
            ("", None),
        ] {
            assert_eq!(plain_number(typed).as_deref(), kept, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_number_that_was_kept_is_kept_again(typed in "-?[0-9]{1,4}([., ][0-9]{1,4}){0,3}") {
            if let Some(kept) = plain_number(&typed) {
                prop_assert_eq!(plain_number(&kept), Some(kept.clone()));
            }
        }
    }
}
