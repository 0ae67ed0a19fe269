//! One check-in to one session; undone ones are kept.

use sea_orm::entity::prelude::*;

/// One check-in to one session; undone ones are kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkin")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    pub registration_id: i64,
    #[sea_orm(column_type = "Text")]
    pub nonce: String,
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    pub at: DateTimeUtc,
    pub recorded_at: DateTimeUtc,
    pub undone_at: Option<DateTimeUtc>,
    /// The device decided alone and handed it in later.
    pub offline: bool,
    pub device_id: Option<i64>,
    #[sea_orm(belongs_to, from = "session_id", to = "id")]
    pub session: HasOne<super::session::Entity>,
    #[sea_orm(belongs_to, from = "registration_id", to = "id")]
    pub registration: HasOne<super::registration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
