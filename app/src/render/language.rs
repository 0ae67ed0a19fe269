//! In which language somebody is answered.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use domain::{Coded, Lang};

/// The language of a person: by `?lang=`, else as chosen on a page before,
/// else as the browser prefers. Also whether this very request chooses it.
#[must_use]
pub fn language(query: Option<&str>, headers: &HeaderMap) -> (Lang, bool) {
    let asked = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, value)| Lang::from_code(&value));
    if let Some(lang) = asked {
        return (lang, true);
    }
    let kept = cookie(headers, "lang").and_then(Lang::from_code);
    (kept.unwrap_or_else(|| accepted_language(headers)), false)
}

/// The value of a cookie that the browser sent.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The language that `Accept-Language` prefers (RFC 9110, 12.5.4); Vietnamese
/// when it does not say, or likes both alike.
#[must_use]
pub fn accepted_language(headers: &HeaderMap) -> Lang {
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
            let headers = headers("accept-language", accepts);
            assert_eq!(accepted_language(&headers), lang, "{accepts}");
            assert_eq!(language(None, &headers), (lang, false), "{accepts}");
        }
        assert_eq!(accepted_language(&HeaderMap::new()), Lang::Vi);
    }

    #[test]
    fn a_choice_goes_before_the_browser() {
        let mut headers = headers("cookie", "a=b; lang=vi");
        headers.insert("accept-language", HeaderValue::from_static("en"));
        assert_eq!(accepted_language(&headers), Lang::En);
        assert_eq!(language(Some("a=b"), &headers), (Lang::Vi, false));
        assert_eq!(language(Some("lang=de"), &headers), (Lang::Vi, false));
        assert_eq!(language(Some("lang=en"), &headers), (Lang::En, true));
    }
}
