//! HTTP as the tests speak it: no redirect is followed, every answer is kept whole.

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use std::sync::Once;
use std::time::Duration;

/// A caller of the server's doors, with a token or without.
#[derive(Clone, Debug)]
pub struct Api {
    base: String,
    token: Option<String>,
    http: Client,
}

/// An answer, whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came over the wire.
    pub bytes: Vec<u8>,
}

impl Api {
    pub(crate) fn new(base: &str, token: Option<String>) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            rustls::crypto::ring::default_provider()
                .install_default()
                .ok();
        });
        let http = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(60))
            .build()
            .expect("no HTTP client");
        Self {
            base: base.to_owned(),
            token,
            http,
        }
    }

    /// The same caller with another token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// A request to a path, to be completed and sent with [`Api::send`].
    /// An address of this very server may stand for a path.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let path = path.strip_prefix(&self.base).unwrap_or(path);
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends it and keeps the answer.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = request.send().await.expect("no answer");
        Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            bytes: answer.bytes().await.expect("half an answer").into(),
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// GET as a browser in this language.
    pub async fn get_in(&self, lang: &str, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request.header("cookie", format!("lang={lang}")))
            .await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// POST of JSON that may be repeated under this key.
    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).json(body);
        self.send(request.header("idempotency-key", key)).await
    }

    /// POST of a form, as a browser encodes it.
    pub async fn submit(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.post_raw(path, "application/x-www-form-urlencoded", body.into())
            .await
    }

    /// POST of anything.
    pub async fn post_raw(&self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = self.request(Method::POST, path);
        self.send(request.header(CONTENT_TYPE, kind).body(body))
            .await
    }

    /// The status of a GET, if anything answers at all.
    pub(crate) async fn try_get(&self, path: &str) -> Option<u16> {
        let request = self.request(Method::GET, path);
        let answer = request.send().await.ok()?;
        Some(answer.status().as_u16())
    }
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header, or the empty string.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let value = self.headers.get(name);
        value.map_or_else(String::new, |value| {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        })
    }

    /// The JSON of an answer that must have this status.
    ///
    /// # Panics
    /// When it has another, or is no JSON.
    #[must_use]
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.text()))
    }

    /// `field: reason` of every problem in an answer 422.
    ///
    /// # Panics
    /// When it is not of the shape that the JSON doors promise, or has no words.
    #[must_use]
    #[track_caller]
    pub fn problems(&self) -> Vec<String> {
        let body = self.expect(422);
        let problems = body["problems"].as_array().expect("no problems");
        let said = |problem: &Value, name: &str| {
            let value = problem[name].as_str().unwrap_or_default();
            assert!(!value.is_empty(), "a problem without {name}: {problem}");
            value.to_owned()
        };
        problems
            .iter()
            .map(|problem| {
                said(problem, "message");
                format!("{}: {}", said(problem, "field"), said(problem, "reason"))
            })
            .collect()
    }
}
