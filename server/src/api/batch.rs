//! The scans of a device, handed in at once.

use super::body::Sent;
use super::caller::{Caller, slug};
use super::checkins::{Outcome, moment};
use crate::trouble::{ProblemsBody, Trouble};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use domain::{Problems, Reason, clean_line};
use serde::{Deserialize, Serialize};
use service::{DoorBatch, OfflineScan, Scanned, Services};
use text::Words;
use utoipa::ToSchema;

/// The scans of a device, oldest first, at most 1000.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Batch {
    /// The key of the session
    #[schema(required = true, nullable = false)]
    session: Option<i64>,
    /// What time the device thinks it is, RFC 3339: a wrong clock is set right
    #[schema(
        required = true,
        nullable = false,
        example = "2026-11-26T12:05:00+07:00"
    )]
    device_now: Option<String>,
    /// The scans
    #[serde(default)]
    scans: Vec<BatchScan>,
    /// How many more wait on the device
    #[serde(default)]
    waiting: u32,
}

/// One scan that a device made.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct BatchScan {
    /// As scanned or typed
    #[schema(required = true, nullable = false, example = "K7M2QXWD")]
    code: Option<String>,
    /// Made at the scan: the same nonce and code are the same scan
    #[schema(required = true, nullable = false, example = "d3b07384d113edec")]
    nonce: Option<String>,
    /// When it was scanned, by the device's clock
    #[schema(
        required = true,
        nullable = false,
        example = "2026-11-26T07:31:12+07:00"
    )]
    at: Option<String>,
    /// The device decided alone and let the person in
    #[serde(default)]
    let_in: bool,
}

/// The answer to one scan.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BatchOutcome {
    nonce: String,
    #[serde(flatten)]
    outcome: Outcome,
    /// Let in by the device although the server would not have: kept, and
    /// settled by an organiser
    conflict: bool,
}

impl Batch {
    fn check(self) -> Result<DoorBatch, Problems> {
        let mut problems = Problems::default();
        let session = problems.take("session", self.session.ok_or(Reason::Required));
        let now = required(self.device_now.as_deref());
        let device_now = problems.take("device_now", now.and_then(moment));
        let mut scans = Vec::new();
        for (at, scan) in self.scans.into_iter().enumerate() {
            let field = |name: &str| format!("scans.{}.{name}", at + 1);
            let code = clean_line(&scan.code.unwrap_or_default(), 200);
            let code = problems.take(field("code"), code);
            let nonce = clean_line(&scan.nonce.unwrap_or_default(), 100);
            let nonce = problems.take(field("nonce"), nonce);
            let time = required(scan.at.as_deref()).and_then(moment);
            let time = problems.take(field("at"), time);
            if let (Some(code), Some(nonce), Some(at)) = (code, nonce, time) {
                scans.push(OfflineScan {
                    nonce,
                    at,
                    let_in: scan.let_in,
                    what: Scanned::Code(code),
                });
            }
        }
        match (session, device_now) {
            (Some(session), Some(device_now)) if problems.is_empty() => Ok(DoorBatch {
                session,
                device_now,
                scans,
                waiting: self.waiting,
            }),
            _ => Err(problems),
        }
    }
}

fn required(typed: Option<&str>) -> Result<&str, Reason> {
    typed.ok_or(Reason::Required)
}

/// Hands in the scans of a device, in one transaction. Sending them again is
/// harmless; the answers come in the order of the scans.
#[utoipa::path(
    post,
    path = "/api/v1/workshops/{slug}/checkins/batch",
    tag = "checkins",
    security(("token" = [])),
    params(("slug" = String, Path, description = "The workshop's address")),
    request_body = Batch,
    responses(
        (status = 200, body = Vec<BatchOutcome>),
        (status = 400, body = ProblemsBody, description = "No JSON"),
        (status = 401, body = ProblemsBody, description = "No token, or one that is not known"),
        (status = 403, body = ProblemsBody, description = "The token's role may not do this"),
        (status = 404, body = ProblemsBody, description = "No such workshop"),
        (status = 422, body = ProblemsBody, description = "All that is wrong, field by field"),
    )
)]
pub(super) async fn sync(
    State(services): State<Services>,
    Caller(actor): Caller,
    Path(path): Path<String>,
    headers: HeaderMap,
    Sent(batch): Sent<Batch>,
) -> Result<Json<Vec<BatchOutcome>>, Trouble> {
    let slug = slug(&path)?;
    actor.require(domain::Act::CheckIn)?;
    let batch = batch.check()?;
    let answers = services.sync_door(&actor, slug, None, &batch).await?;
    let words = Words(app::accepted_language(&headers));
    let outcomes = answers.into_iter().map(|answer| BatchOutcome {
        nonce: answer.nonce,
        outcome: Outcome::new(answer.outcome, answer.person, words),
        conflict: answer.conflict,
    });
    Ok(Json(outcomes.collect()))
}
