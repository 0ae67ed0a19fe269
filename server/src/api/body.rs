//! JSON as it is sent.

use crate::trouble::Trouble;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A JSON object.
#[derive(Debug)]
pub(super) struct Sent<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Trouble;

    /// Refuses what is not called JSON (415), is too large (413), is no JSON
    /// (400) or has another shape (422, with the field).
    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        if !is_json(request.headers()) {
            return Err(Trouble::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|refusal| Trouble::of_status(refusal.into_response().status()))?;
        read(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Trouble> {
    let value: Value = serde_json::from_slice(bytes).map_err(|_| Trouble::malformed_json())?;
    if !value.is_object() {
        return Err(Trouble::wrong_type(""));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        Trouble::wrong_type(if path == "." { "" } else { &path })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its shape is of interest")]
    struct Shape {
        name: Option<String>,
        consents: Option<BTreeMap<String, bool>>,
    }

    #[test]
    fn the_field_of_another_type_is_told() {
        let said = |json: &str| format!("{:?}", read::<Shape>(json.as_bytes()).unwrap_err());
        assert!(said("{\"name\": 7}").contains("\"name\""));
        assert!(said("{\"consents\": {\"reporting\": 1}}").contains("\"consents.reporting\""));
        assert!(said("{\"consents\": [true]}").contains("\"consents\""));
        assert!(said("[]").contains("wrong_type"));
        assert!(said("{\"name\": \"a\"} x").contains("malformed_json"));
        assert!(said(&"[".repeat(20_000)).contains("malformed_json"));
        assert!(said("").contains("malformed_json"));
        assert!(read::<Shape>(b"{\"name\": null, \"more\": 1}").is_ok());
    }
}
