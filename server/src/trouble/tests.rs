//! What callers are told, and what they are not.

use super::*;
use axum::body::to_bytes;
use domain::Reason;
use serde_json::{Value, json};
use service::Conflict;

async fn said(trouble: &Trouble, lang: Lang) -> (u16, Value) {
    let response = trouble.json(lang);
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/json");
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap())
}

#[tokio::test]
async fn every_problem_has_its_field_reason_and_words() {
    let mut problems = Problems::default();
    problems.add("phone", Reason::NotAPhone);
    problems.add("full_name", Reason::TooLong(100));
    let (status, body) = said(&problems.into(), Lang::En).await;
    assert_eq!(status, 422);
    assert_eq!(
        body["problems"][1],
        json!({ "field": "full_name", "reason": "too_long", "message": "Too long: at most 100 characters." })
    );
    assert_eq!(body["problems"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn conflicts_are_said_by_their_code() {
    for conflict in Conflict::ALL {
        for lang in [Lang::Vi, Lang::En] {
            let (status, body) = said(&Failure::Conflict(conflict).into(), lang).await;
            let problem = &body["problems"][0];
            assert_eq!((status, &problem["field"]), (409, &json!("")));
            assert_eq!(problem["reason"], conflict.code());
            let message = problem["message"].as_str().unwrap();
            assert!(!message.starts_with("conflict-"), "no words: {message}");
        }
    }
}

#[tokio::test]
async fn the_cause_of_an_internal_failure_is_not_told() {
    let trouble = Trouble::from(Failure::internal("the key of 0912345678"));
    let (status, body) = said(&trouble, Lang::En).await;
    assert_eq!(
        (status, &body["problems"][0]["reason"]),
        (500, &json!("internal"))
    );
    assert!(!body.to_string().contains("0912"), "{body}");
    let again = said(&Failure::internal("x").into(), Lang::En).await.1;
    assert_ne!(again, body, "each has a reference of its own");
}

#[tokio::test]
async fn every_status_has_words_in_both_languages() {
    for status in [400, 401, 403, 404, 405, 406, 408, 413, 415, 429, 500, 503] {
        let trouble = Trouble::of_status(StatusCode::from_u16(status).unwrap());
        let (got, vi) = said(&trouble, Lang::Vi).await;
        let en = said(&trouble, Lang::En).await.1;
        assert_eq!(got, status);
        let words = |body: &Value| body["problems"][0]["message"].as_str().unwrap().to_owned();
        assert_ne!(words(&vi), words(&en), "{status}");
        assert!(words(&vi).contains(' ') && words(&en).contains(' '));
    }
}

#[test]
fn failures_tell_how_to_go_on() {
    let response = Trouble::from(Failure::SignInNeeded).json(Lang::Vi);
    assert_eq!(response.headers()["www-authenticate"], "Bearer");
    let response = Trouble::from(Failure::Throttled(61)).json(Lang::Vi);
    assert_eq!(response.headers()["retry-after"], "61");
}

#[tokio::test]
async fn people_get_a_page() {
    let response = Trouble::of_status(StatusCode::FORBIDDEN).page(Lang::En);
    assert_eq!(response.status(), 403);
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let page = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"));
    assert!(page.contains(&Words(Lang::En).say("api-cross_site")));
}
