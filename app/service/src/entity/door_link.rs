//! A link that lets people without an account stand at the door of one workshop.

use sea_orm::entity::prelude::*;

/// A link that lets people without an account stand at the door of one workshop.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "door_link")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    #[sea_orm(column_type = "Text")]
    pub label: String,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub created_by: String,
    pub created_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
