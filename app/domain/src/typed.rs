//! Single fields as typed, read the same way in every form.

use crate::time::parse_time;
use crate::{Coded, Email, MAX_CAPACITY, Phone, Reason, Slug, clean_line, normalise};
use chrono::{DateTime, Utc};

/// A line that may be empty.
pub fn optional_line(typed: &str, max: u32) -> Result<String, Reason> {
    match clean_line(typed, max) {
        Err(Reason::Required) => Ok(String::new()),
        checked => checked,
    }
}

/// Several lines, each normalised; 4000 characters at most.
pub(crate) fn optional_text(typed: &str) -> Result<String, Reason> {
    let lines: Vec<String> = typed.lines().map(normalise).collect();
    let text = lines.join("\n").trim().to_owned();
    if text.chars().count() > 4000 {
        Err(Reason::TooLong(4000))
    } else {
        Ok(text)
    }
}

pub(crate) fn optional_slug(typed: &str) -> Result<Option<Slug>, Reason> {
    match Slug::parse(typed) {
        Ok(slug) => Ok(Some(slug)),
        Err(Reason::Required) => Ok(None),
        Err(reason) => Err(reason),
    }
}

/// The address of a page; https, or http where a centre has nothing else.
pub(crate) fn optional_link(typed: &str) -> Result<String, Reason> {
    let typed = optional_line(typed, 500)?;
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| typed.strip_prefix(scheme));
    match host {
        _ if typed.is_empty() => Ok(typed),
        Some(host) if host.contains('.') && !typed.contains(char::is_whitespace) => Ok(typed),
        _ => Err(Reason::NotALink),
    }
}

pub(crate) fn optional_phone(typed: &str) -> Result<String, Reason> {
    match normalise(typed) {
        typed if typed.is_empty() => Ok(typed),
        typed => Phone::parse(&typed).map(|phone| phone.as_str().to_owned()),
    }
}

pub(crate) fn optional_email(typed: &str) -> Result<String, Reason> {
    Ok(Email::parse_optional(typed)?.map_or_else(String::new, |email| email.as_str().to_owned()))
}

pub(crate) fn term_or<T: Coded>(code: &str, default: T) -> Result<T, Reason> {
    match code.trim() {
        "" => Ok(default),
        code => T::from_code(code).ok_or(Reason::NotAChoice),
    }
}

pub(crate) fn terms<T: Coded>(codes: &[String]) -> Result<Vec<T>, Reason> {
    codes
        .iter()
        .map(|code| T::from_code(code).ok_or(Reason::NotAChoice))
        .collect()
}

pub(crate) fn in_range(typed: &str, least: u32) -> Result<u32, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    typed
        .parse()
        .ok()
        .filter(|number| (least..=MAX_CAPACITY).contains(number))
        .ok_or(Reason::NotInRange(
            i64::from(least),
            i64::from(MAX_CAPACITY),
        ))
}

/// A time that has a default. The default is itself missing when another
/// field is wrong; that field's problem is then enough.
pub(crate) fn time_or(
    typed: &str,
    default: Option<DateTime<Utc>>,
) -> Result<Option<DateTime<Utc>>, Reason> {
    match parse_time(typed) {
        Err(Reason::Required) => Ok(default),
        parsed => parsed.map(Some),
    }
}
