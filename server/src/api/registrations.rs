//! Registering somebody for a workshop.

use super::body::Sent;
use super::caller::{Caller, header, slug};
use crate::trouble::{ProblemsBody, Trouble};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use domain::{Coded, Consents, Lang, Problems, Purpose, Reason, RegistrationForm};
use serde::{Deserialize, Serialize};
use service::{Conflict, Failure, Registered, Registering, RequestKey, Services};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The header that makes a request one that may be repeated.
const KEY: &str = "idempotency-key";

/// The longest value of that header.
const KEY_LENGTH: u32 = 200;

/// Somebody to be registered.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewRegistration {
    #[schema(required = true, nullable = false, example = "Nguyễn Thị Thử")]
    full_name: Option<String>,
    /// A Vietnamese number
    #[schema(required = true, nullable = false, example = "0950 000 001")]
    phone: Option<String>,
    #[schema(example = "thu@example.com")]
    email: Option<String>,
    /// `manager`, `technician`, `foreman`, `owner`, `official` or `other`
    #[schema(required = true, nullable = false, example = "technician")]
    role: Option<String>,
    /// The establishment's name; a new one is added
    #[schema(required = true, nullable = false, example = "Công ty TNHH Giọt Nắng")]
    establishment: Option<String>,
    #[schema(required = true, nullable = false, example = "Giồng Trôm")]
    locality: Option<String>,
    /// What the person has agreed to; `reporting` is needed
    #[schema(required = true, nullable = false, value_type = ConsentsBody)]
    consents: Option<BTreeMap<String, bool>>,
    /// In which language to write to the person: `vi` (when missing) or `en`
    #[schema(example = "vi")]
    lang: Option<String>,
}

/// What a person has agreed to, each by itself.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described; read as a map, to refuse lists")]
pub(super) struct ConsentsBody {
    /// Registration and reporting: needed
    reporting: bool,
    /// Materials by e-mail
    materials: bool,
    /// Future invitations
    invitations: bool,
}

/// The answer to a registration.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Registration {
    /// The code for the door
    #[schema(example = "K7M2QXWD")]
    code: String,
    /// `booked` or `waitlisted`
    state: &'static str,
    /// The place on the waiting list, from 1; missing with a seat
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<u64>,
}

impl From<Registered> for Registration {
    fn from(registered: Registered) -> Self {
        Self {
            code: registered.code,
            state: registered.state.code(),
            position: registered.position,
        }
    }
}

impl NewRegistration {
    fn lang(&self) -> Result<Lang, Trouble> {
        match self.lang.as_deref() {
            None | Some("") => Ok(Lang::Vi),
            Some(code) => Lang::from_code(code)
                .ok_or_else(|| Problems::one("lang", Reason::NotAChoice).into()),
        }
    }

    fn form(self) -> RegistrationForm {
        let consents = self.consents.unwrap_or_default();
        let given = |purpose: Purpose| consents.get(purpose.code()).copied().unwrap_or(false);
        RegistrationForm {
            full_name: self.full_name.unwrap_or_default(),
            phone: self.phone.unwrap_or_default(),
            email: self.email.unwrap_or_default(),
            role: self.role.unwrap_or_default(),
            establishment: self.establishment.unwrap_or_default(),
            locality: self.locality.unwrap_or_default(),
            consents: Consents {
                reporting: given(Purpose::Reporting),
                materials: given(Purpose::Materials),
                invitations: given(Purpose::Invitations),
            },
            answers: domain::Answers::default(),
            opened_at: None,
        }
    }
}

/// Registers somebody: a seat when one is free, else the end of the waiting list.
///
/// With an `Idempotency-Key` the same request registers once and gets the same
/// answer for 24 hours, however often it is sent.
#[utoipa::path(
    post,
    path = "/api/v1/workshops/{slug}/registrations",
    tag = "registrations",
    security(("token" = [])),
    params(
        ("slug" = String, Path, description = "The workshop's address"),
        ("Idempotency-Key" = Option<String>, Header, description = "Any text that is new for each request, at most 200 characters"),
    ),
    request_body = NewRegistration,
    responses(
        (status = 201, body = Registration),
        (status = 400, body = ProblemsBody, description = "No JSON"),
        (status = 401, body = ProblemsBody, description = "No token, or one that is not known"),
        (status = 403, body = ProblemsBody, description = "The token's role may not do this"),
        (status = 404, body = ProblemsBody, description = "No such workshop, or a draft"),
        (status = 409, body = ProblemsBody, description = "Registered already, registration not open, or the key was used for another request"),
        (status = 422, body = ProblemsBody, description = "All that is wrong, field by field"),
    )
)]
pub(super) async fn register(
    State(services): State<Services>,
    Caller(actor): Caller,
    Path(path): Path<String>,
    headers: HeaderMap,
    Sent(new): Sent<NewRegistration>,
) -> Result<(StatusCode, Json<Registration>), Trouble> {
    let slug = slug(&path)?;
    let lang = new.lang()?;
    let form = new.form();
    let key = match header(&headers, KEY, KEY_LENGTH)? {
        None => None,
        Some(key) => {
            // Written anew, so that spaces and the order of fields do not matter.
            let request = serde_json::to_string(&(slug, lang, &form)).map_err(Failure::internal)?;
            Some(RequestKey::new(&actor.label(), key, &request))
        }
    };
    let done = services
        .register(&actor, slug, &form, lang, key.as_ref())
        .await?;
    match done {
        Registering::Done(registered) => Ok((StatusCode::CREATED, Json(registered.into()))),
        Registering::Already => Err(Failure::Conflict(Conflict::AlreadyRegistered).into()),
    }
}
