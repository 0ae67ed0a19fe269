//! A delegate, one row however many workshops.

use sea_orm::entity::prelude::*;

/// A delegate, one row however many workshops.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub full_name: String,
    #[sea_orm(column_type = "Text")]
    pub folded: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub phone: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    pub establishment_id: i64,
    pub is_demo: bool,
    pub created_at: DateTimeUtc,
    /// The name in small letters with its accents: what is typed with accents
    /// is found by them first.
    #[sea_orm(column_type = "Text")]
    pub lowered: String,
    /// The Vietnamese order of names, as text that any collation sorts alike.
    #[sea_orm(column_type = "Text")]
    pub sort_key: String,
    /// Merged into this one, which stands for both.
    pub merged_into_id: Option<i64>,
    /// Taken back with the import that made it: shown nowhere until somebody is
    /// registered by it again.
    pub withdrawn_at: Option<DateTimeUtc>,
    #[sea_orm(has_many)]
    pub registrations: HasMany<super::registration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
