//! In which language somebody is answered.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use domain::{Coded, Lang};

/// The language that a program prefers by `Accept-Language` (RFC 9110, 12.5.4);
/// Vietnamese when it does not say, or likes both alike.
pub(crate) fn of_program(headers: &HeaderMap) -> Lang {
    let accepts = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let (mut vi, mut en) = (0.0, 0.0);
    for range in accepts.split(',') {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let weight = weight
            .trim()
            .strip_prefix("q=")
            .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
        match tag.trim().get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("vi") => vi = f32::max(vi, weight),
            Some("en") => en = f32::max(en, weight),
            _ => {}
        }
    }
    if en > vi { Lang::En } else { Lang::Vi }
}

/// The language of a person: as chosen on a page, else as the browser prefers.
pub(crate) fn of_person(headers: &HeaderMap) -> Lang {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| Lang::from_code(pair.trim().strip_prefix("lang=")?))
        .unwrap_or_else(|| of_program(headers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
        headers
    }

    #[test]
    fn vietnamese_unless_english_is_preferred() {
        for (accepts, lang) in [
            ("", Lang::Vi),
            ("*", Lang::Vi),
            ("de", Lang::Vi),
            ("en", Lang::En),
            ("en-GB,en;q=0.9", Lang::En),
            ("en,vi", Lang::Vi),
            ("en;q=0.9, vi;q=0.8", Lang::En),
            ("vi-VN,vi;q=0.9,en;q=0.8", Lang::Vi),
            ("en;q=x", Lang::Vi),
            ("ế", Lang::Vi),
        ] {
            assert_eq!(
                of_program(&headers("accept-language", accepts)),
                lang,
                "{accepts}"
            );
        }
        assert_eq!(of_program(&HeaderMap::new()), Lang::Vi);
    }

    #[test]
    fn a_choice_goes_before_the_browser() {
        let mut headers = headers("cookie", "a=b; lang=vi");
        headers.insert("accept-language", HeaderValue::from_static("en"));
        assert_eq!(of_person(&headers), Lang::Vi);
        assert_eq!(of_program(&headers), Lang::En);
    }
}
