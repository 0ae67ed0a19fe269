//! Somebody whom a device let in offline and the server would not have.

use super::Code;
use domain::Settlement;
use sea_orm::entity::prelude::*;

/// Somebody whom a device let in offline and the server would not have.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "door_conflict")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    pub session_id: i64,
    pub device_id: Option<i64>,
    pub registration_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub nonce: String,
    /// As scanned or typed.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// What was typed of a walk-in, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub form: Option<String>,
    /// Why the server would not have let the person in.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    pub at: DateTimeUtc,
    pub recorded_at: DateTimeUtc,
    pub settled_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub settled_by: Option<String>,
    pub settlement: Option<Code<Settlement>>,
    /// What counting it changed, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub did: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
