//! The figures of a session, put forward by one person and signed off by another.

use sea_orm::entity::prelude::*;

/// The figures of a session, put forward by one person and signed off by another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session_lock")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    #[sea_orm(column_type = "Text")]
    pub proposed_by: String,
    pub proposed_at: DateTimeUtc,
    #[sea_orm(column_type = "Text", nullable)]
    pub signed_by: Option<String>,
    pub signed_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reopened_by: Option<String>,
    pub reopened_at: Option<DateTimeUtc>,
    /// Why it was reopened.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    #[sea_orm(belongs_to, from = "session_id", to = "id")]
    pub session: HasOne<super::session::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
