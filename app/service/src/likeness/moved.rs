//! What a merge moved, kept so that it can be undone.

use crate::entity::{establishment, person};
use chrono::{DateTime, Utc};
use domain::{EstablishmentKind, RegistrationState, Sector, SiteType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a merge of two persons moved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct MovedPerson {
    /// The row that stands for both.
    pub(super) kept: i64,
    /// The row that was merged into it.
    pub(super) gone: i64,
    /// Registrations that were the other's.
    pub(super) registrations: Vec<i64>,
    /// Registrations that were cancelled, since one person has one for a
    /// workshop, and what they were.
    pub(super) cancelled: Vec<(i64, RegistrationState)>,
    /// Since when each of these had been so.
    #[serde(default)]
    pub(super) since: BTreeMap<i64, DateTime<Utc>>,
    /// Mails about these that had not left.
    #[serde(default)]
    pub(super) withheld: Vec<i64>,
    /// What the kept row said before.
    pub(super) was: SaidOfPerson,
    /// What the merge made of it.
    pub(super) made: SaidOfPerson,
}

/// What a row says of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SaidOfPerson {
    pub(super) full_name: String,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) establishment: i64,
}

impl SaidOfPerson {
    pub(super) fn of(row: &person::Model) -> Self {
        Self {
            full_name: row.full_name.clone(),
            phone: row.phone.clone(),
            email: row.email.clone(),
            establishment: row.establishment_id,
        }
    }
}

/// What a field is after a merge is undone: what it was before, unless it was
/// put right since, which stays.
pub(super) fn back<T: PartialEq>(now: T, made: &T, was: T) -> T {
    if now == *made { was } else { now }
}

/// What a merge of two establishments moved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct MovedEstablishment {
    /// The row that stands for both.
    pub(super) kept: i64,
    /// The row that was merged into it.
    pub(super) gone: i64,
    /// What was the other's.
    pub(super) registrations: Vec<i64>,
    pub(super) persons: Vec<i64>,
    pub(super) invitations: Vec<i64>,
    /// What the kept row said before.
    pub(super) was: SaidOfEstablishment,
    /// What the merge made of it.
    pub(super) made: SaidOfEstablishment,
}

/// What a row says of an establishment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SaidOfEstablishment {
    pub(super) name: String,
    pub(super) kind: Option<EstablishmentKind>,
    pub(super) sector: Option<Sector>,
    pub(super) site: Option<SiteType>,
    pub(super) locality: Option<i64>,
    pub(super) tax_code: Option<String>,
}

impl SaidOfEstablishment {
    pub(super) fn of(row: &establishment::Model) -> Self {
        Self {
            name: row.name.clone(),
            kind: row.kind.map(|code| *code),
            sector: row.sector.map(|code| *code),
            site: row.site.map(|code| *code),
            locality: row.locality_id,
            tax_code: row.tax_code.clone(),
        }
    }
}
