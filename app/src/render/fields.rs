//! The fields of a plain form, taken as they come.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use bytes::Bytes;

/// What a form sent. Anything that is not a form is an empty one; bytes that
/// are no UTF-8 are replaced, so nothing a browser or a fuzzer sends panics.
/// NUL is dropped: PostgreSQL takes none in a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field; empty when it was not sent.
    pub(crate) fn text(&self, name: &str) -> String {
        self.all(name).next().unwrap_or_default().to_owned()
    }

    /// Whether a box was ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        self.all(name).any(|value| !value.is_empty())
    }

    /// Every value of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The fields of a query string.
    pub(crate) fn of_query(query: Option<&str>) -> Self {
        Self::parse(query.unwrap_or_default().as_bytes())
    }

    /// Fields that came beside files.
    pub(crate) fn of_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    fn parse(bytes: &[u8]) -> Self {
        let pairs = url::form_urlencoded::parse(bytes);
        Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.replace('\0', "")))
                .collect(),
        )
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = StatusCode;

    async fn from_request(request: Request, state: &S) -> Result<Self, StatusCode> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| axum::response::IntoResponse::into_response(rejection).status())?;
        Ok(Self::parse(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_dropped_and_the_rest_is_kept() {
        let fields = Fields::parse("full_name=A%00n%00&q=%00&note=%C3%BD+%FF".as_bytes());
        assert_eq!(fields.text("full_name"), "An");
        assert_eq!(fields.text("q"), "");
        assert!(!fields.ticked("q"));
        assert_eq!(fields.text("note"), "ý \u{FFFD}");
    }
}
