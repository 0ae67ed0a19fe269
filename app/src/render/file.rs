//! A file on its way out.

use super::Wanted;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Response, StatusCode};
use domain::fold;
use std::fmt::Write;

/// The answer with a file: to be kept, never to be opened within the site.
pub(crate) fn attachment(
    content: Body,
    media_type: &'static str,
    name: &str,
    length: i64,
) -> axum::response::Response {
    let mut response = Response::new(content);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    if let Ok(name) = HeaderValue::try_from(disposition(name)) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    let fixed = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (CACHE_CONTROL, "private, no-transform"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// What is told of a file in the store.
pub(crate) struct Stored<'a> {
    pub(crate) media_type: &'static str,
    pub(crate) name: &'a str,
    pub(crate) size: u64,
    /// The strong tag, with its quotation marks.
    pub(crate) tag: &'a str,
    /// Whether it is the same for everybody.
    pub(crate) public: bool,
}

/// The answer with a file of the store, or with the part of it that is wanted.
pub(crate) fn stored(file: &Stored<'_>, wanted: &Wanted, content: Body) -> Response<Body> {
    let size = file.size;
    let (status, length) = match wanted {
        Wanted::Whole => (StatusCode::OK, Some(size)),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, Some(range.end - range.start)),
        Wanted::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, Some(0)),
        Wanted::Known => (StatusCode::NOT_MODIFIED, None),
    };
    let mut response = attachment(content, file.media_type, file.name, 0);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    if let Some(length) = length {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    let range = match wanted {
        Wanted::Part(range) => Some(format!("bytes {}-{}/{size}", range.start, range.end - 1)),
        Wanted::Beyond => Some(format!("bytes */{size}")),
        Wanted::Whole | Wanted::Known => None,
    };
    let given = [
        (CONTENT_RANGE, range),
        (ETAG, Some(file.tag.to_owned())),
        (ACCEPT_RANGES, Some("bytes".to_owned())),
    ];
    for (name, value) in given {
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(name, value);
        }
    }
    // Kept, and asked about every time: it may be withdrawn or replaced.
    let kept = if file.public {
        "public, no-cache, no-transform"
    } else {
        "private, no-cache, no-transform"
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}

/// The name of a file for browsers of every age (RFC 6266, RFC 8187).
fn disposition(name: &str) -> String {
    let plain: String = fold(name)
        .chars()
        .map(|sign| {
            let kept = sign.is_ascii_alphanumeric() || "._- ".contains(sign);
            if kept { sign } else { '_' }
        })
        .collect();
    let mut out = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_reach_old_and_new_browsers() {
        assert_eq!(
            disposition("Bài giảng 1 (đợt 2).pdf"),
            "attachment; filename=\"bai giang 1 _dot 2_.pdf\"; \
             filename*=UTF-8''B%C3%A0i%20gi%E1%BA%A3ng%201%20%28%C4%91%E1%BB%A3t%202%29.pdf"
        );
    }
}
