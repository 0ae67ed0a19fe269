//! Which shelf, material and version an address names.

use crate::render::Oops;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use service::{Failure, Shelf};
use std::collections::HashMap;

/// The materials of the whole programme.
pub(crate) const PROGRAMME: &str = "/manage/materials";

/// What an address of staff names.
#[derive(Clone, Debug)]
pub(super) struct Place {
    slug: Option<String>,
    id: Option<i64>,
    number: Option<i64>,
}

impl Place {
    /// The shelf.
    pub(super) fn shelf(&self) -> Shelf<'_> {
        self.slug
            .as_deref()
            .map_or(Shelf::Programme, Shelf::Workshop)
    }

    /// The workshop's address, if it is one of a workshop.
    pub(super) fn slug(&self) -> Option<&str> {
        self.slug.as_deref()
    }

    /// The material.
    pub(super) fn id(&self) -> Result<i64, Failure> {
        self.id.ok_or(Failure::NotFound)
    }

    /// The number of the version.
    pub(super) fn number(&self) -> Option<i64> {
        self.number
    }

    /// The address of the shelf.
    pub(super) fn path(&self) -> String {
        match &self.slug {
            Some(slug) => super::address(slug),
            None => PROGRAMME.to_owned(),
        }
    }

    /// The address of a material of it.
    pub(super) fn of(&self, id: i64) -> String {
        format!("{}/{id}", self.path())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Oops> {
        let named = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let mut named = named.map(|Path(named)| named).unwrap_or_default();
        let slug = named.remove("slug");
        if slug.is_none() && !parts.uri.path().starts_with(PROGRAMME) {
            return Err(Failure::NotFound.into());
        }
        let mut number = |name| match named.remove(name) {
            Some(typed) => typed.parse().map(Some).map_err(|_| Failure::NotFound),
            None => Ok(None),
        };
        Ok(Self {
            id: number("id")?,
            number: number("number")?,
            slug,
        })
    }
}
