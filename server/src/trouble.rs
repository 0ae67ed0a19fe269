//! What goes wrong at a JSON door or in front of all doors, and how it is
//! said: as problems to programs, as a plain page to people.

use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use domain::{Lang, Problem, Problems};
use serde::Serialize;
use service::{Failure, random_token};
use text::{Arg, Words};
use utoipa::ToSchema;

/// What is wrong. As a response it is bare: the layer [`crate::guards::dress`]
/// finds it there and says it in the caller's language.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    status: StatusCode,
    lines: Vec<Line>,
    retry_after: Option<i64>,
}

#[derive(Clone, Debug)]
struct Line {
    field: String,
    reason: &'static str,
    said: Said,
}

#[derive(Clone, Debug)]
enum Said {
    Problem(Problem),
    Words(String),
    /// To wait this many minutes, by the words under a key.
    Minutes(&'static str, i64),
    Reference(String),
}

/// One thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemBody {
    /// The path of the field in the request; empty for the request as a whole
    #[schema(example = "phone")]
    field: String,
    /// A stable code
    #[schema(example = "not_a_phone")]
    reason: &'static str,
    /// Words for people, in the language of Accept-Language
    #[schema(example = "Đây không phải số điện thoại Việt Nam. Ví dụ: 0912 345 678.")]
    message: String,
}

/// All that is wrong with a request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemsBody {
    problems: Vec<ProblemBody>,
}

impl Trouble {
    /// One thing wrong with the request as a whole or with a field, with words
    /// of its own.
    pub(crate) fn new(status: StatusCode, field: &str, reason: &'static str, key: &str) -> Self {
        Self {
            status,
            lines: vec![Line {
                field: field.to_owned(),
                reason,
                said: Said::Words(key.to_owned()),
            }],
            retry_after: None,
        }
    }

    /// No token, or one that is not known.
    pub(crate) fn token_needed() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "",
            "sign_in_needed",
            "api-token_needed",
        )
    }

    /// What was not JSON.
    pub(crate) fn malformed_json() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "",
            "malformed_json",
            "api-malformed_json",
        )
    }

    /// JSON whose field has another type.
    pub(crate) fn wrong_type(field: &str) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            field,
            "wrong_type",
            "api-wrong_type",
        )
    }

    /// What a layer or axum refused without words.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let (reason, key) = match status {
            StatusCode::FORBIDDEN => ("cross_site", "api-cross_site"),
            StatusCode::NOT_FOUND => ("not_found", "api-not_found"),
            StatusCode::METHOD_NOT_ALLOWED => ("method_not_allowed", "api-method_not_allowed"),
            StatusCode::PAYLOAD_TOO_LARGE => ("payload_too_large", "api-payload_too_large"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                ("unsupported_media_type", "api-unsupported_media_type")
            }
            StatusCode::SERVICE_UNAVAILABLE => ("overloaded", "api-overloaded"),
            status if status.is_server_error() => {
                return Self::internal(status, "a refusal without words");
            }
            _ => ("not_understood", "api-not_understood"),
        };
        let retry_after = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(10);
        Self {
            retry_after,
            ..Self::new(status, "", reason, key)
        }
    }

    /// Logs the cause under a reference; the caller is told the reference only.
    fn internal(status: StatusCode, cause: &str) -> Self {
        let reference: String = random_token().chars().take(8).collect();
        tracing::error!(reference, cause, "failed");
        Self {
            status,
            lines: vec![Line {
                field: String::new(),
                reason: "internal",
                said: Said::Reference(reference),
            }],
            retry_after: None,
        }
    }

    /// For programs.
    pub(crate) fn json(&self, lang: Lang) -> Response {
        let problems = self.lines.iter().map(|line| ProblemBody {
            field: line.field.clone(),
            reason: line.reason,
            message: line.said.in_words(lang),
        });
        let problems = problems.collect();
        let mut response = (self.status, Json(ProblemsBody { problems })).into_response();
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        response
    }

    /// For people: a page without style, which needs nothing else to work.
    pub(crate) fn page(&self, lang: Lang) -> Response {
        let words = Words(lang);
        let said: Vec<String> = self
            .lines
            .iter()
            .map(|line| line.said.in_words(lang))
            .collect();
        let page = format!(
            "<!DOCTYPE html><html lang=\"{lang}\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title}</title><main><h1>{title}</h1><p>{said}</p>\
             <p><a href=\"/\">{home}</a></p></main></html>",
            title = escape(&words.say("page-failed-title")),
            said = escape(&said.join(" ")),
            home = escape(&words.say("page-home-link")),
        );
        let mut response = (self.status, Html(page)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl Said {
    fn in_words(&self, lang: Lang) -> String {
        let words = Words(lang);
        match self {
            Self::Problem(problem) => words.problem(problem),
            Self::Words(key) => words.say(key),
            Self::Minutes(key, minutes) => words.say_with(key, &[("minutes", Arg::from(*minutes))]),
            Self::Reference(reference) => {
                words.say_with("failure-internal", &[("reference", Arg::from(reference))])
            }
        }
    }
}

impl From<Problems> for Trouble {
    fn from(problems: Problems) -> Self {
        let lines = problems.0.into_iter().map(|problem| Line {
            field: problem.field.to_string(),
            reason: problem.reason.code(),
            said: Said::Problem(problem),
        });
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            lines: lines.collect(),
            retry_after: None,
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        let status =
            StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let code = failure.code();
        match failure {
            Failure::Invalid(problems) => problems.into(),
            Failure::Conflict(_) => Self::new(status, "", code, &format!("conflict-{code}")),
            Failure::NotFound => Self::of_status(status),
            Failure::SignInNeeded => Self::token_needed(),
            Failure::Forbidden => Self::new(status, "", code, "api-forbidden"),
            Failure::Throttled(seconds) => Self::wait(status, code, "failure-throttled", seconds),
            Failure::TooMany(seconds) => Self::wait(status, code, "failure-too_many", seconds),
            Failure::WrongPassword | Failure::Expired | Failure::LinkWithdrawn => {
                Self::new(status, "", code, &format!("failure-{code}"))
            }
            Failure::Database(_) | Failure::Internal(_) => {
                Self::internal(status, &failure.to_string())
            }
        }
    }
}

impl Trouble {
    fn wait(status: StatusCode, code: &'static str, key: &'static str, seconds: i64) -> Self {
        Self {
            status,
            lines: vec![Line {
                field: String::new(),
                reason: code,
                said: Said::Minutes(key, (seconds + 59) / 60),
            }],
            retry_after: Some(seconds),
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests;
