//! One line of the agenda of a session.

use sea_orm::entity::prelude::*;

/// One line of the agenda of a session.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agenda_item")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    pub position: i64,
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub title_vi: String,
    #[sea_orm(column_type = "Text")]
    pub title_en: String,
    pub trainer_id: Option<i64>,
    #[sea_orm(belongs_to, from = "session_id", to = "id")]
    pub session: HasOne<super::session::Entity>,
    #[sea_orm(belongs_to, from = "trainer_id", to = "id")]
    pub trainer: HasOne<super::trainer::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
