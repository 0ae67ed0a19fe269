//! What a script that sends files is told, and the words that it has.

use super::place::Place;
use super::shown::{UploadAnswer, UploadEnds, UploadWords};
use crate::render::{Cx, failure_words, sign_in_and_back};
use axum::Json;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use service::Failure;

/// Whether a script asks, which shows the answer itself.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept == "application/json")
}

/// What became of a file.
pub(super) fn told(problems: Vec<String>, known: bool) -> Response {
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let answer = UploadAnswer {
        problems,
        known,
        ..UploadAnswer::default()
    };
    (status, Json(answer)).into_response()
}

/// Why no file is taken; whoever was signed out is led back to `page`.
pub(super) fn refused(cx: &Cx, page: &str, failure: &Failure) -> Response {
    let status = StatusCode::from_u16(failure.status());
    let (words, sign_in) = match failure {
        Failure::SignInNeeded => {
            let sign_in = sign_in_and_back(page, "");
            (cx.say("materials-signed-out"), Some(sign_in))
        }
        failure => (failure_words(cx, failure), None),
    };
    let answer = UploadAnswer {
        problems: vec![words],
        known: false,
        over: true,
        sign_in,
    };
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(answer)).into_response()
}

/// What the script says while it sends, and in the end.
pub(super) fn words(cx: &Cx) -> UploadWords {
    let counted = [("taken", "{taken}".into()), ("all", "{all}".into())];
    UploadWords {
        title: cx.say("materials-uploading"),
        waiting: cx.say("materials-upload-waiting"),
        kept: cx.say("materials-upload-kept"),
        known: cx.say("materials-upload-known"),
        refused: cx.say("materials-upload-refused"),
        unsent: cx.say("materials-upload-unsent"),
        broken: cx.say("materials-broken"),
        some: cx.say_with("materials-upload-some", &counted),
        none: cx.say("materials-upload-none"),
        none_of_one: cx.say("materials-upload-none-of-one"),
        stay: cx.say("materials-upload-stay"),
        look: cx.say("materials-upload-look"),
        sign_in: cx.say("sign-in-act"),
    }
}

/// Where files of a shelf lead.
pub(super) fn ends_of_shelf(at: &Place) -> UploadEnds {
    let page = at.path();
    UploadEnds {
        new: format!("{page}?done=uploaded"),
        mixed: format!("{page}?done=uploaded-known"),
        known: format!("{page}?done=known"),
        page,
    }
}

/// Where a new version of a material leads.
pub(super) fn ends_of_material(at: &Place, id: i64) -> UploadEnds {
    let page = at.of(id);
    let new = format!("{page}?done=replaced");
    UploadEnds {
        mixed: new.clone(),
        new,
        known: format!("{page}?done=same"),
        page,
    }
}
