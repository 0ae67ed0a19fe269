//! One language's words.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{Coded, Lang, Month, Problem, to_local};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use std::borrow::Cow;
use std::collections::HashMap;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "vi",
        // Isolation marks would end up in copied texts and mail subjects.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static VI: LanguageIdentifier = langid!("vi");
static EN: LanguageIdentifier = langid!("en");

/// A value put into a sentence.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A number, which also chooses the plural form.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub Lang);

impl Words {
    /// The words under a key. A key that is missing is shown as itself; a test
    /// keeps that from happening.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        LOCALES
            .try_lookup(self.id(), key)
            .unwrap_or_else(|| key.to_owned())
    }

    /// The words under a key with values put in.
    #[must_use]
    pub fn say_with(self, key: &str, args: &[(&'static str, Arg<'_>)]) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
            .iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Text(text) => FluentValue::from(text.as_ref()),
                    Arg::Number(number) => FluentValue::from(*number),
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        LOCALES
            .try_lookup_with_args(self.id(), key, &args)
            .unwrap_or_else(|| key.to_owned())
    }

    /// The name of a term of a closed list.
    #[must_use]
    pub fn term<T: Coded>(self, term: T) -> String {
        self.say(&format!("{}-{}", T::NAME, term.code()))
    }

    /// The names of several terms, separated by commas.
    #[must_use]
    pub fn terms<T: Coded>(self, terms: &[T]) -> String {
        let names: Vec<String> = terms.iter().map(|term| self.term(*term)).collect();
        names.join(", ")
    }

    /// What is wrong with a field, and what to do.
    #[must_use]
    pub fn problem(self, problem: &Problem) -> String {
        let numbers = problem.reason.numbers();
        let named = problem.reason.named();
        let args: Vec<_> = numbers
            .into_iter()
            .map(|(name, number)| (name, Arg::Number(number)))
            .chain(
                named
                    .into_iter()
                    .map(|(name, what)| (name, Arg::from(what))),
            )
            .collect();
        self.say_with(&format!("problem-{}", problem.reason.code()), &args)
    }

    /// A day: "thứ Năm, 26/11/2026" or "Thursday 26 November 2026".
    #[must_use]
    pub fn day(self, at: DateTime<Utc>) -> String {
        let local = to_local(at);
        let weekday = self.say(&format!("weekday-{}", local.weekday().number_from_monday()));
        match self.0 {
            Lang::Vi => format!("{weekday}, {}", local.format("%d/%m/%Y")),
            Lang::En => format!("{weekday} {}", local.format("%-d %B %Y")),
        }
    }

    /// A day as official documents write it: "ngày 05 tháng 02 năm 2026". Days
    /// under ten and the first two months have a leading zero (Decree 30/2020,
    /// annex I).
    #[must_use]
    pub fn official_day(self, at: DateTime<Utc>) -> String {
        let local = to_local(at);
        match self.0 {
            Lang::Vi if local.month() < 3 => local.format("ngày %d tháng %m năm %Y").to_string(),
            Lang::Vi => local.format("ngày %d tháng %-m năm %Y").to_string(),
            Lang::En => local.format("%-d %B %Y").to_string(),
        }
    }

    /// A day and time on a clock in Viet Nam.
    #[must_use]
    pub fn day_time(self, at: DateTime<Utc>) -> String {
        format!("{}, {}", self.day(at), self.time(at))
    }

    /// A time of day, 24 hours.
    #[must_use]
    pub fn time(self, at: DateTime<Utc>) -> String {
        to_local(at).format("%H:%M").to_string()
    }

    /// A day and time in figures, for tables: "26/11/2026 07:30".
    #[must_use]
    pub fn stamp(self, at: DateTime<Utc>) -> String {
        to_local(at).format("%d/%m/%Y %H:%M").to_string()
    }

    /// A calendar date in figures.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        date.format("%d/%m/%Y").to_string()
    }

    /// A month: "tháng 11/2026" or "November 2026".
    #[must_use]
    pub fn month(self, month: Month) -> String {
        match self.0 {
            Lang::Vi => format!("tháng {}/{}", month.month(), month.year()),
            Lang::En => NaiveDate::from_ymd_opt(month.year(), month.month(), 1)
                .map_or_else(String::new, |first| first.format("%B %Y").to_string()),
        }
    }

    /// A period of one day: "thứ Năm, 26/11/2026, 07:30–11:30"; of more, both
    /// ends in full.
    #[must_use]
    pub fn period(self, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
        if to_local(from).date_naive() == to_local(to).date_naive() {
            format!("{}–{}", self.day_time(from), self.time(to))
        } else {
            format!("{} – {}", self.day_time(from), self.day_time(to))
        }
    }

    /// A whole number with its thousands set apart: 1.234 or 1,234.
    #[must_use]
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mark = if self.0 == Lang::Vi { '.' } else { ',' };
        let mut out = String::from(if number < 0 { "-" } else { "" });
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }

    /// A file size in MB or KB.
    #[must_use]
    pub fn size(self, bytes: i64) -> String {
        let tenths = (bytes * 10 + 524_288) / 1_048_576;
        if tenths < 10 {
            return format!("{} KB", self.number((bytes + 1023) / 1024));
        }
        let mark = if self.0 == Lang::Vi { ',' } else { '.' };
        format!("{}{mark}{} MB", self.number(tenths / 10), tenths % 10)
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self.0 {
            Lang::Vi => &VI,
            Lang::En => &EN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_by_language() {
        let at = domain::parse_local("2026-11-26T07:30").unwrap();
        let end = domain::parse_local("2026-11-26T11:30").unwrap();
        assert_eq!(Words(Lang::Vi).day_time(at), "thứ Năm, 26/11/2026, 07:30");
        assert_eq!(
            Words(Lang::En).period(at, end),
            "Thursday 26 November 2026, 07:30–11:30"
        );
        let official = [
            ("2026-02-05T07:30", "ngày 05 tháng 02 năm 2026"),
            ("2026-03-05T07:30", "ngày 05 tháng 3 năm 2026"),
            ("2026-11-26T07:30", "ngày 26 tháng 11 năm 2026"),
        ];
        for (at, day) in official {
            let at = domain::parse_local(at).unwrap();
            assert_eq!(Words(Lang::Vi).official_day(at), day);
        }
        assert_eq!(Words(Lang::En).official_day(at), "26 November 2026");
        assert_eq!(Words(Lang::Vi).number(-1_234_567), "-1.234.567");
        assert_eq!(Words(Lang::En).number(600), "600");
        assert_eq!(Words(Lang::Vi).size(1_572_864), "1,5 MB");
        assert_eq!(Words(Lang::En).size(2_000), "2 KB");
    }
}
