//! Who calls a JSON door.

use crate::trouble::Trouble;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::Slug;
use service::{Actor, Failure, Services};

/// The actor behind the bearer token (RFC 6750).
#[derive(Clone, Debug)]
pub(super) struct Caller(pub(super) Actor);

impl FromRequestParts<Services> for Caller {
    type Rejection = Trouble;

    async fn from_request_parts(
        parts: &mut Parts,
        services: &Services,
    ) -> Result<Self, Self::Rejection> {
        let token = bearer(parts).ok_or_else(Trouble::token_needed)?;
        let actor = services.actor_by_token(token).await?;
        if let Actor::Token { id, .. } = actor {
            services.limits().call(id)?;
        }
        Ok(Self(actor))
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts
        .headers
        .get(AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// The workshop in the path. What can be no address of a workshop is not found,
/// and not asked of the database.
pub(super) fn slug(path: &str) -> Result<&str, Trouble> {
    match Slug::parse(path) {
        Ok(slug) if slug.as_str() == path => Ok(path),
        _ => Err(Failure::NotFound.into()),
    }
}

/// The value of a header of this request, if it has one that can be read.
///
/// # Errors
/// A problem with the header when it is longer than `max` or no text.
pub(super) fn header<'a>(
    headers: &'a axum::http::HeaderMap,
    name: &'static str,
    max: u32,
) -> Result<Option<&'a str>, Trouble> {
    let Some(value) = headers.get(name) else {
        return Ok(None);
    };
    match value.to_str().map(str::trim) {
        Ok(value) if value.len() > max as usize => {
            Err(domain::Problems::one(name, domain::Reason::TooLong(max)).into())
        }
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(_) => Err(Trouble::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            name,
            "wrong_type",
            "api-wrong_type",
        )),
    }
}
