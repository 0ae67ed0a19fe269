//! Somebody signed for a session, on paper; undone ones are kept.

use sea_orm::entity::prelude::*;

/// Somebody signed for a session, on paper; undone ones are kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signature")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub entry_id: i64,
    pub session_id: i64,
    pub registration_id: i64,
    /// When the whole entry was taken back.
    pub undone_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "entry_id", to = "id")]
    pub entry: HasOne<super::sheet_entry::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
