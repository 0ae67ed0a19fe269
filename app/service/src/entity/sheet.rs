//! A sign-in sheet as it was printed.

use sea_orm::entity::prelude::*;

/// A sign-in sheet as it was printed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sheet")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    /// Short, printed on every page.
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub number: String,
    #[sea_orm(column_type = "Text")]
    pub printed_by: String,
    pub printed_at: DateTimeUtc,
    #[sea_orm(has_many)]
    pub entries: HasMany<super::sheet_entry::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
