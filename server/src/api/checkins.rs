//! Checking somebody in at the door.

use super::body::Sent;
use super::caller::{Caller, slug};
use crate::trouble::{ProblemsBody, Trouble};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use chrono::{DateTime, Datelike, Utc};
use domain::{CheckinOutcome, Coded, Problems, Reason, clean_line};
use serde::{Deserialize, Serialize};
use service::{DoorPerson, ScanRequest, Services};
use text::Words;
use utoipa::ToSchema;

/// One scan of a code.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Scan {
    /// As scanned or typed; case, spaces and hyphens do not matter
    #[schema(required = true, nullable = false, example = "K7M2QXWD")]
    code: Option<String>,
    /// The key of the session
    #[schema(required = true, nullable = false)]
    session: Option<i64>,
    /// Made at the scan: the same nonce is the same scan, however often it is sent
    #[schema(required = true, nullable = false, example = "d3b07384d113edec")]
    nonce: Option<String>,
    /// When it was scanned, RFC 3339; now when missing
    #[schema(example = "2026-11-26T07:31:12+07:00")]
    at: Option<String>,
}

/// What the door is told.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Outcome {
    /// `admitted`, `already` or `refused`
    outcome: &'static str,
    /// With `already`: since when
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<DateTime<Utc>>,
    /// With `refused`: `unknown`, `cancelled`, `waitlisted`, `offered`, `not_approved`, `substituted`, `wrong_workshop`, `not_running`, `undone`, `outside_hours`, `locked` or `revoked`
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// With `refused`: the reason in words
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// Whose code it is, to compare with whom you see
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<Person>,
}

/// A person at the door.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Person {
    full_name: String,
    establishment: String,
    role: &'static str,
}

impl From<DoorPerson> for Person {
    fn from(person: DoorPerson) -> Self {
        Self {
            full_name: person.full_name,
            establishment: person.establishment,
            role: person.role.code(),
        }
    }
}

impl Outcome {
    pub(super) fn new(outcome: CheckinOutcome, person: Option<DoorPerson>, words: Words) -> Self {
        let (since, refusal) = match outcome {
            CheckinOutcome::Admitted => (None, None),
            CheckinOutcome::Already(since) => (Some(since), None),
            CheckinOutcome::Refused(why) => (None, Some(why)),
        };
        Self {
            outcome: outcome.code(),
            since,
            reason: refusal.map(Coded::code),
            message: refusal.map(|why| words.term(why)),
            person: person.map(Person::from),
        }
    }
}

impl Scan {
    fn check(self) -> Result<ScanRequest, Problems> {
        let mut problems = Problems::default();
        let code = problems.take("code", clean_line(&self.code.unwrap_or_default(), 100));
        let session = problems.take("session", self.session.ok_or(Reason::Required));
        let nonce = problems.take("nonce", clean_line(&self.nonce.unwrap_or_default(), 100));
        let at = problems.take("at", self.at.as_deref().map(moment).transpose());
        match (code, session, nonce, at) {
            (Some(code), Some(session), Some(nonce), Some(at)) => Ok(ScanRequest {
                code,
                session,
                nonce,
                at,
            }),
            _ => Err(problems),
        }
    }
}

pub(super) fn moment(typed: &str) -> Result<DateTime<Utc>, Reason> {
    DateTime::parse_from_rfc3339(typed.trim())
        .ok()
        .map(|at| at.with_timezone(&Utc))
        .filter(|at| (2000..=2100).contains(&at.year()))
        .ok_or(Reason::NotATime)
}

/// Checks somebody in to a session. Sending the same scan again is harmless.
///
/// A refusal is an answer, not an error: its status is 200.
#[utoipa::path(
    post,
    path = "/api/v1/workshops/{slug}/checkins",
    tag = "checkins",
    security(("token" = [])),
    params(("slug" = String, Path, description = "The workshop's address")),
    request_body = Scan,
    responses(
        (status = 200, body = Outcome),
        (status = 400, body = ProblemsBody, description = "No JSON"),
        (status = 401, body = ProblemsBody, description = "No token, or one that is not known"),
        (status = 403, body = ProblemsBody, description = "The token's role may not do this"),
        (status = 404, body = ProblemsBody, description = "No such workshop"),
        (status = 422, body = ProblemsBody, description = "All that is wrong, field by field"),
    )
)]
pub(super) async fn check_in(
    State(services): State<Services>,
    Caller(actor): Caller,
    Path(path): Path<String>,
    headers: HeaderMap,
    Sent(scan): Sent<Scan>,
) -> Result<Json<Outcome>, Trouble> {
    let slug = slug(&path)?;
    actor.require(domain::Act::CheckIn)?;
    let scan = scan.check()?;
    let checked = services.check_in(&actor, slug, &scan).await?;
    let words = Words(app::accepted_language(&headers));
    Ok(Json(Outcome::new(checked.outcome, checked.person, words)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Lang, Refusal};

    #[test]
    fn a_scan_says_all_that_is_wrong_at_once() {
        let scan: Scan = serde_json::from_str(r#"{ "at": "yesterday" }"#).unwrap();
        let problems = scan.check().unwrap_err().0;
        let fields: Vec<_> = problems
            .iter()
            .map(|problem| (problem.field.as_ref(), problem.reason.code()))
            .collect();
        assert_eq!(
            fields,
            [
                ("code", "required"),
                ("session", "required"),
                ("nonce", "required"),
                ("at", "not_a_time")
            ]
        );
    }

    #[test]
    fn a_refusal_has_its_reason_and_words() {
        let refused = CheckinOutcome::Refused(Refusal::Waitlisted);
        let outcome = Outcome::new(refused, None, Words(Lang::En));
        let json = serde_json::to_value(outcome).unwrap();
        assert_eq!(
            json,
            serde_json::json!({ "outcome": "refused", "reason": "waitlisted", "message": "On the waiting list" })
        );
    }
}
