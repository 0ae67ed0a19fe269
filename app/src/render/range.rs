//! What a browser wants of a file it may have in part or whole (RFC 9110, 13
//! and 14).

use axum::http::HeaderMap;
use axum::http::header::{HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE};
use std::ops::Range;

/// What is to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it: 200.
    Whole,
    /// These bytes of it: 206.
    Part(Range<u64>),
    /// Bytes that it does not have: 416.
    Beyond,
    /// Nothing, the browser has it: 304.
    Known,
}

impl Wanted {
    /// Reads the headers of a request for a file of so many bytes, whose
    /// strong tag is this one, with its quotation marks. What cannot be read,
    /// or asks for several ranges, wants all of it.
    pub(crate) fn read(headers: &HeaderMap, size: u64, tag: &str) -> Self {
        let value = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        if value(IF_NONE_MATCH).is_some_and(|tags| is_among(tags, tag)) {
            return Self::Known;
        }
        // A date is no strong sign of being the same.
        let same = value(IF_RANGE).is_none_or(|given| given.trim() == tag);
        match value(RANGE).filter(|_| same) {
            Some(range) => Self::of(range, size).unwrap_or(Self::Whole),
            None => Self::Whole,
        }
    }

    fn of(range: &str, size: u64) -> Option<Self> {
        let (unit, range) = range.split_once('=')?;
        if !unit.trim().eq_ignore_ascii_case("bytes") {
            return None;
        }
        let (first, last) = range.trim().split_once('-')?;
        let whole = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
            plain.then(|| digits.parse().unwrap_or(u64::MAX))
        };
        let (start, end) = match (first.trim(), last.trim()) {
            ("", last) => (size.saturating_sub(whole(last)?), size),
            (first, "") => (whole(first)?, size),
            (first, last) => {
                let (first, last) = (whole(first)?, whole(last)?);
                if last < first {
                    return None;
                }
                (first, last.saturating_add(1).min(size))
            }
        };
        Some(if start < end {
            Self::Part(start..end)
        } else {
            Self::Beyond
        })
    }
}

/// Whether a tag is in a list, weak marks aside.
fn is_among(tags: &str, tag: &str) -> bool {
    tags.split(',')
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &str)]) -> Wanted {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        Wanted::read(&headers, 1000, "\"a\"")
    }

    #[test]
    fn one_range_is_given_as_asked() {
        for (range, wanted) in [
            ("bytes=0-99", Wanted::Part(0..100)),
            ("bytes=500-", Wanted::Part(500..1000)),
            ("bytes=-100", Wanted::Part(900..1000)),
            ("bytes=-5000", Wanted::Part(0..1000)),
            ("bytes=0-99999999999999999999999", Wanted::Part(0..1000)),
            ("Bytes = 999-999", Wanted::Part(999..1000)),
            ("bytes=1000-", Wanted::Beyond),
            ("bytes=1000-2000", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=9-1", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
        ] {
            assert_eq!(read(&[("range", range)]), wanted, "{range}");
        }
        assert_eq!(read(&[]), Wanted::Whole);
    }

    #[test]
    fn a_file_that_changed_is_given_whole() {
        let range = ("range", "bytes=10-");
        let part = Wanted::Part(10..1000);
        assert_eq!(read(&[range, ("if-range", "\"a\"")]), part);
        for other in ["\"b\"", "W/\"a\"", "Mon, 30 Nov 2026 05:00:00 GMT"] {
            assert_eq!(read(&[range, ("if-range", other)]), Wanted::Whole);
        }
    }

    #[test]
    fn what_a_browser_has_is_not_sent_again() {
        for tags in ["\"a\"", "\"b\", W/\"a\"", "*"] {
            assert_eq!(read(&[("if-none-match", tags)]), Wanted::Known, "{tags}");
        }
        assert_eq!(read(&[("if-none-match", "\"b\"")]), Wanted::Whole);
    }
}
