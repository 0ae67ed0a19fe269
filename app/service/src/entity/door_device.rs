//! A browser that checks people in at one workshop, by a link or of an account.

use sea_orm::entity::prelude::*;

/// A browser that checks people in at one workshop, by a link or of an account.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "door_device")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    pub link_id: Option<i64>,
    pub account_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// Scans that waited on the device when it was last heard of.
    pub waiting: i64,
    pub created_at: DateTimeUtc,
    pub seen_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
