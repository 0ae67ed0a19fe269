//! How people are reached: phone first, e-mail where there is one.

use crate::{Reason, normalise};
use serde::Serialize;

/// A Vietnamese phone number, kept in E.164 (`+84…`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Phone(String);

impl Phone {
    /// A phone that may be left out.
    ///
    /// # Errors
    /// As [`Phone::parse`], except [`Reason::Required`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, Reason> {
        match Self::parse(typed) {
            Err(Reason::Required) => Ok(None),
            parsed => parsed.map(Some),
        }
    }

    /// Reads a number as people type it: spaces, dots, dashes, `0`, `84` or
    /// `+84` in front. Mobiles have ten digits and begin 03, 05, 07, 08 or 09;
    /// landlines begin 02 and have ten or eleven. A mobile of eleven digits from
    /// before 2018 is read as what it became.
    ///
    /// # Errors
    /// [`Reason::Required`] when empty, else [`Reason::NotAPhone`].
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let typed = normalise(typed);
        if typed.is_empty() {
            return Err(Reason::Required);
        }
        let only_phone_signs = typed
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')'));
        if !only_phone_signs {
            return Err(Reason::NotAPhone);
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let national = match digits.strip_prefix("84") {
            Some(rest) if typed.starts_with('+') || digits.len() >= 11 => {
                rest.strip_prefix('0').unwrap_or(rest)
            }
            _ => digits.strip_prefix('0').ok_or(Reason::NotAPhone)?,
        };
        let modern = of_ten_digits(national);
        let national = modern.as_deref().unwrap_or(national);
        let good = match national.as_bytes().first() {
            Some(b'3' | b'5' | b'7' | b'8' | b'9') => national.len() == 9,
            Some(b'2') => matches!(national.len(), 9 | 10),
            _ => false,
        };
        if good {
            Ok(Self(format!("+84{national}")))
        } else {
            Err(Reason::NotAPhone)
        }
    }

    /// The number in E.164, as stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is what an older number that was typed became in 2018: the
    /// typed digits do not end in it.
    #[must_use]
    pub fn is_renumbered(&self, typed: &str) -> bool {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        !digits.ends_with(self.0.trim_start_matches("+84"))
    }

    /// The last three digits of a stored number: enough to know one's own by.
    #[must_use]
    pub fn end(stored: &str) -> &str {
        let from = stored.len().saturating_sub(3);
        stored.get(from..).unwrap_or_default()
    }

    /// A stored number as people in Viet Nam write it: `0912 345 678`.
    #[must_use]
    pub fn national(stored: &str) -> String {
        let digits = stored.strip_prefix("+84").unwrap_or(stored);
        let padded = format!("0{digits}");
        if !padded.is_ascii() {
            return padded;
        }
        let middle = padded.len().saturating_sub(3).max(4);
        match (padded.get(..4), padded.get(4..middle), padded.get(middle..)) {
            (Some(head), Some(middle), Some(tail)) if !middle.is_empty() => {
                format!("{head} {middle} {tail}")
            }
            _ => padded,
        }
    }
}

/// What a mobile number of eleven digits became in 2018 (Decision
/// 798/QĐ-BTTTT), without the 0 in front; none for others.
fn of_ten_digits(national: &str) -> Option<String> {
    let (old, rest) = national.split_at_checked(3)?;
    let new = match old {
        "162" => "32",
        "163" => "33",
        "164" => "34",
        "165" => "35",
        "166" => "36",
        "167" => "37",
        "168" => "38",
        "169" => "39",
        "120" => "70",
        "121" => "79",
        "122" => "77",
        "126" => "76",
        "128" => "78",
        "123" => "83",
        "124" => "84",
        "125" => "85",
        "127" => "81",
        "129" => "82",
        "186" => "56",
        "188" => "58",
        "199" => "59",
        _ => return None,
    };
    (rest.len() == 7).then(|| format!("{new}{rest}"))
}

/// An e-mail address in lower case: no mail server that people here use tells
/// capitals apart, and phones begin a line with one by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Email(String);

impl Email {
    /// Reads an optional address: empty is none.
    ///
    /// # Errors
    /// [`Reason::NotAnEmail`] or [`Reason::TooLong`] (RFC 5321 allows 254).
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, Reason> {
        let typed = normalise(typed);
        if typed.is_empty() {
            return Ok(None);
        }
        Self::parse(&typed).map(Some)
    }

    /// Reads an address. Quoted local parts and address literals, which no
    /// delegate has, are refused along with what no server would take.
    ///
    /// # Errors
    /// [`Reason::NotAnEmail`] or [`Reason::TooLong`].
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let typed = normalise(typed);
        if typed.chars().count() > 254 {
            return Err(Reason::TooLong(254));
        }
        let (local, domain) = typed.rsplit_once('@').ok_or(Reason::NotAnEmail)?;
        let local_ok = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
        let labels: Vec<&str> = domain.split('.').collect();
        let domain_ok = labels.len() >= 2
            && labels.iter().all(|label| {
                (1..=63).contains(&label.len())
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            })
            && labels
                .last()
                .is_some_and(|top| top.len() >= 2 && !top.chars().all(|c| c.is_ascii_digit()));
        if local_ok && domain_ok {
            Ok(Self(typed.to_lowercase()))
        } else {
            Err(Reason::NotAnEmail)
        }
    }

    /// The address, as stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phones_as_people_type_them() {
        for typed in [
            "0950 123 456",
            "0950.123.456",
            "+84 950 123 456",
            "84950123456",
            "(095)0123456",
            "+84 0950123456",
        ] {
            assert_eq!(
                Phone::parse(typed).map(|p| p.0),
                Ok("+84950123456".into()),
                "{typed}"
            );
        }
        assert_eq!(
            Phone::parse("0275 3822 123").map(|p| p.0),
            Ok("+842753822123".into())
        );
        assert_eq!(Phone::national("+84950123456"), "0950 123 456");
    }

    #[test]
    fn mobiles_of_eleven_digits_are_what_they_became() {
        for (old, new) in [
            ("0163 123 4567", "+84331234567"),
            ("+84 120 345 6789", "+84703456789"),
            ("01993456789", "+84593456789"),
        ] {
            let phone = Phone::parse(old).unwrap();
            assert_eq!(phone.as_str(), new, "{old}");
            assert!(
                phone.is_renumbered(old) && !phone.is_renumbered(new),
                "{old}"
            );
            assert!(!phone.is_renumbered(&Phone::national(new)));
        }
        for wrong in ["0163 123 456", "0163 123 45678", "0130 123 4567"] {
            assert_eq!(Phone::parse(wrong), Err(Reason::NotAPhone), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_a_phone() {
        assert_eq!(Phone::parse("  "), Err(Reason::Required));
        for typed in [
            "123",
            "0150123456",
            "095012345",
            "09501234567",
            "abc0950123456",
            "+1 202 555 0100",
            "０９５０１２３４５６",
        ] {
            assert_eq!(Phone::parse(typed), Err(Reason::NotAPhone), "{typed}");
        }
    }

    #[test]
    fn addresses() {
        assert_eq!(
            Email::parse("Ha.Nguyen+sx@Example.COM").map(|e| e.0),
            Ok("ha.nguyen+sx@example.com".into())
        );
        assert_eq!(Email::parse_optional("   "), Ok(None));
        for typed in [
            "a",
            "a@b",
            "a b@example.com",
            "@example.com",
            "a@-x.com",
            "a..b@example.com",
            "a@1.2.3.4",
            "\"a b\"@example.com",
            "a@example.com\r\nBcc: x@example.com",
            "hà@example.com",
        ] {
            assert_eq!(Email::parse(typed), Err(Reason::NotAnEmail), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_stored_phone_reads_as_itself(digits in "[35789][0-9]{8}") {
            let phone = Phone::parse(&format!("0{digits}")).unwrap();
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
            prop_assert_eq!(Phone::parse(&Phone::national(phone.as_str())), Ok(phone));
        }

        #[test]
        fn nothing_typed_makes_parsing_panic(text in any::<String>()) {
            let _ = Phone::parse(&text);
            let _ = Email::parse(&text);
            let _ = Phone::national(&text);
        }
    }
}
