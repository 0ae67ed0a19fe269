//! What a merge moved, kept so that it can be undone.

use domain::RegistrationState;
use serde::{Deserialize, Serialize};

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
    /// What the kept row said before.
    pub(super) full_name: String,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) establishment: i64,
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
    pub(super) name: String,
    pub(super) folded: String,
    pub(super) kind: Option<String>,
    pub(super) sector: Option<String>,
    pub(super) site: Option<String>,
    pub(super) locality: Option<i64>,
    pub(super) tax_code: Option<String>,
}
