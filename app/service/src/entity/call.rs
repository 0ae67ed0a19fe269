//! Somebody to be told by phone or Zalo, and whether that was done: a
//! registrant, a trainer, or the contact of an invitation.

use sea_orm::entity::prelude::*;

/// Somebody to be told by phone or Zalo, and whether that was done.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change_call")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub change_id: i64,
    pub registration_id: Option<i64>,
    pub trainer_id: Option<i64>,
    pub invitation_id: Option<i64>,
    pub reached_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reached_by: Option<String>,
    #[sea_orm(belongs_to, from = "registration_id", to = "id")]
    pub registration: HasOne<super::registration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
