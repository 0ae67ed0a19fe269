//! The doors that a device speaks through: the list it takes with it, the
//! batch it hands in, people looked for, a check-in taken back.

use super::ask::{self, At};
use super::said;
use super::shown::Answer;
use super::walk_in::who_came;
use super::wire::{
    Answered, Answers, Batch, Figures, Kept, KeptSession, Listed, Pack, Scan, Search, TakeBack,
    Trouble, What,
};
use crate::render::Cx;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::{CheckinOutcome, Coded, DOOR_GRACE, RegistrationState, WorkshopState};
use serde::de::DeserializeOwned;
use service::entity::session;
use service::{
    CheckedIn, DoorBatch, DoorPerson, Failure, OfflineScan, Scanned, SealedDoorList, Synced,
};
use std::collections::HashMap;

/// A failure as JSON.
pub(super) struct Refused(StatusCode, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(Trouble { reason: self.1 })).into_response()
    }
}

/// A device whose token opens nothing any more is told so, that it may wipe
/// what it keeps; who has none is asked to sign in.
fn refused(cx: &Cx, failure: &Failure) -> Refused {
    let lost = cx.device.is_some() && matches!(failure, Failure::SignInNeeded);
    if lost || matches!(failure, Failure::Forbidden) {
        return Refused(StatusCode::FORBIDDEN, "revoked".to_owned());
    }
    if failure.status() >= 500 {
        tracing::error!(%failure, "a device at the door was not answered");
    }
    let status = StatusCode::from_u16(failure.status());
    Refused(
        status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        failure.code().to_owned(),
    )
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
    serde_json::from_slice(body)
        .map_err(|_| Refused(StatusCode::BAD_REQUEST, "not_understood".to_owned()))
}

/// `GET /door/{slug}/list`
pub(super) async fn list(cx: Cx, Path(slug): Path<String>) -> Result<Json<Pack>, Refused> {
    let list = cx.services.sealed_door_list(&cx.actor, &slug).await;
    let list = list.map_err(|failure| refused(&cx, &failure))?;
    Ok(Json(pack(&cx, list)))
}

fn pack(cx: &Cx, list: SealedDoorList) -> Pack {
    let SealedDoorList { list, salt, sealed } = list;
    let booked = |person: &&DoorPerson| person.state == RegistrationState::Booked;
    let arrived = |id| list.arrived.get(&id).copied().unwrap_or_default();
    let sessions = list.workshop.sessions.iter().map(|session| KeptSession {
        id: session.id,
        starts_at: session.starts_at.timestamp_millis(),
        ends_at: session.ends_at.timestamp_millis(),
        arrived: short(arrived(session.id)),
    });
    let places = list.people.iter().zip(&sealed);
    let came = places.flat_map(|(person, place)| {
        let came = list.came.get(&person.registration_id).into_iter().flatten();
        came.map(|came| (came.session, place.id.clone()))
    });
    let came = came.collect();
    let held = *list.workshop.row.state == WorkshopState::Published;
    let until = list.workshop.ends_at() + DOOR_GRACE;
    Pack {
        came,
        kept: Kept {
            sessions: sessions.collect(),
            salt,
            as_of: list.as_of.timestamp_millis(),
            until: if held { until.timestamp_millis() } else { 0 },
            expected: short(list.people.iter().filter(booked).count()),
            capacity: short(list.workshop.row.capacity),
            ahead: 0,
            sealed,
        },
        people: list
            .people
            .iter()
            .map(|person| Listed {
                found: said::listed(cx, person),
                came: match list.came.get(&person.registration_id) {
                    Some(came) => said::came(cx, came),
                    None => Vec::new(),
                },
            })
            .collect(),
    }
}

fn short(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

/// `POST /door/{slug}/sync`
pub(super) async fn sync(
    cx: Cx,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Json<Answers>, Refused> {
    let batch = batch(read(&body)?)?;
    let device = cx.device.as_deref();
    let done = cx
        .services
        .sync_door(&cx.actor, &slug, device, &batch)
        .await;
    let answers = match done {
        Ok(answers) => answers,
        Err(failure) => return Err(unheard(&cx, &slug, &failure).await),
    };
    // One that was revoked, or long after the workshop, still hands in, but has
    // no door.
    let door = cx.services.door_of_session(&cx.actor, &slug, batch.session);
    let door = match door.await {
        Ok(door) => Some(door),
        Err(Failure::SignInNeeded | Failure::Forbidden | Failure::NotFound) => None,
        Err(failure) => return Err(refused(&cx, &failure)),
    };
    let session = door.as_ref().map(|door| &door.session);
    let scans: HashMap<&str, &Scanned> = batch
        .scans
        .iter()
        .map(|scan| (scan.nonce.as_str(), &scan.what))
        .collect();
    Ok(Json(Answers {
        answers: answers
            .into_iter()
            .map(|synced| {
                let what = scans.get(synced.nonce.as_str()).copied();
                answered(&cx, synced, what, session)
            })
            .collect(),
        counts: door.as_ref().map(ask::counts),
    }))
}

/// `GET /door/{slug}/counts?session=`: what a device asks now and then.
pub(super) async fn counts(cx: Cx, Path(slug): Path<String>) -> Result<Json<Figures>, Refused> {
    let mut pairs = url::form_urlencoded::parse(cx.query.as_bytes());
    let wanted = pairs.find(|(name, _)| name == "session");
    let session = wanted.and_then(|(_, id)| id.parse().ok()).unwrap_or(0);
    let figures = async {
        let services = &cx.services;
        let door = services.door_of_session(&cx.actor, &slug, session).await?;
        let conflicts = match cx.device.as_deref() {
            Some(token) => services.unsettled_of_device(token).await?,
            None => None,
        };
        Ok(Figures {
            counts: ask::counts(&door),
            conflicts: conflicts.map(short),
        })
    };
    let figures = figures.await;
    figures.map(Json).map_err(|failure| refused(&cx, &failure))
}

/// Why nothing of a batch was taken. The device keeps what it met unless it
/// will never be taken: somebody else may sign in on it, or set things right.
async fn unheard(cx: &Cx, slug: &str, failure: &Failure) -> Refused {
    match failure {
        Failure::Forbidden if cx.services.is_sync_over(slug).await.unwrap_or(false) => {
            Refused(StatusCode::FORBIDDEN, "over".to_owned())
        }
        Failure::SignInNeeded => Refused(StatusCode::UNAUTHORIZED, failure.code().to_owned()),
        failure => refused(cx, failure),
    }
}

fn batch(batch: Batch) -> Result<DoorBatch, Refused> {
    let scans = batch.scans.into_iter().map(scan);
    Ok(DoorBatch {
        session: batch.session,
        device_now: moment(batch.device_now)?,
        scans: scans.collect::<Result<_, _>>()?,
        waiting: batch.waiting,
    })
}

fn scan(scan: Scan) -> Result<OfflineScan, Refused> {
    Ok(OfflineScan {
        nonce: scan.nonce,
        at: moment(scan.at)?,
        let_in: scan.let_in,
        what: match scan.what {
            What::Code(code) => Scanned::Code(code),
            What::WalkIn(typed) => Scanned::WalkIn {
                // Whoever nobody chose is judged.
                who: who_came(&typed.who).unwrap_or_default(),
                form: typed.into(),
            },
            What::Colleague { code, full_name } => Scanned::Colleague { code, full_name },
            What::Consent { code, wanted } => Scanned::Consent { code, wanted },
        },
    })
}

/// A time that a device may think it is: its clock may be wrong by years, but
/// the databases do not take every time there is.
fn moment(ms: i64) -> Result<DateTime<Utc>, Refused> {
    const YEAR_2200: i64 = 7_258_118_400_000;
    DateTime::from_timestamp_millis(ms)
        .filter(|at| (0..YEAR_2200).contains(&at.timestamp_millis()))
        .ok_or_else(|| Refused(StatusCode::UNPROCESSABLE_ENTITY, "not_a_time".to_owned()))
}

fn answered(
    cx: &Cx,
    synced: Synced,
    what: Option<&Scanned>,
    session: Option<&session::Model>,
) -> Answered {
    let reason = match synced.outcome {
        CheckinOutcome::Refused(why) => Some(why.code().to_owned()),
        _ => None,
    };
    let result = CheckedIn {
        outcome: synced.outcome,
        person: synced.person,
        elsewhere: synced.elsewhere,
    };
    Answered {
        nonce: synced.nonce,
        outcome: result.outcome.code().to_owned(),
        reason,
        conflict: synced.conflict,
        answer: match (what, result.outcome) {
            (Some(Scanned::Consent { .. }), CheckinOutcome::Admitted) => {
                said::agreed(cx, result.person.as_ref())
            }
            (Some(Scanned::Colleague { .. }), _) => Answer {
                colleague: None,
                ..said::checked_in(cx, &result, session)
            },
            _ => said::checked_in(cx, &result, session),
        },
    }
}

/// `POST /door/{slug}/find`
pub(super) async fn find(
    cx: Cx,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    let search: Search = read(&body)?;
    let found = ask::find(&cx, &slug, search.chosen, &search.q).await;
    let found = found.map_err(|failure| refused(&cx, &failure))?;
    Ok(Json(found).into_response())
}

/// `POST /door/{slug}/take-back`
pub(super) async fn take_back(
    cx: Cx,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    let wanted: TakeBack = read(&body)?;
    let at = At {
        session: wanted.session,
        chosen: None,
    };
    let screen = ask::undo(&cx, &slug, at, &wanted.code).await;
    let screen = screen.map_err(|failure| refused(&cx, &failure))?;
    Ok(Json(screen).into_response())
}
