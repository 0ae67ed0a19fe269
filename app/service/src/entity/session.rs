//! A half-day or so of a workshop, in one room.

use sea_orm::entity::prelude::*;

/// A half-day or so of a workshop, in one room.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    pub position: i64,
    #[sea_orm(column_type = "Text")]
    pub room: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub title_vi: String,
    #[sea_orm(column_type = "Text")]
    pub title_en: String,
    /// The room of the register; none for a place that was typed.
    pub room_id: Option<i64>,
    /// SEQUENCE of calendar invitations (RFC 5545, 3.8.7.4): raised when time
    /// or place changes, and by nothing else.
    pub sequence: i64,
    #[sea_orm(belongs_to, from = "workshop_id", to = "id")]
    pub workshop: HasOne<super::workshop::Entity>,
    #[sea_orm(has_many)]
    pub checkins: HasMany<super::checkin::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
