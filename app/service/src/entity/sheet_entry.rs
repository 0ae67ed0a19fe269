//! Rows of a sheet that somebody typed or scanned at once; undone ones are kept.

use sea_orm::entity::prelude::*;

/// Rows of a sheet that somebody typed or scanned at once; undone ones are kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sheet_entry")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub sheet_id: i64,
    #[sea_orm(column_type = "Text")]
    pub typed_by: String,
    pub typed_at: DateTimeUtc,
    pub undone_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub undone_by: Option<String>,
    /// What it changed besides signatures, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub did: Option<String>,
    #[sea_orm(belongs_to, from = "sheet_id", to = "id")]
    pub sheet: HasOne<super::sheet::Entity>,
    #[sea_orm(has_many)]
    pub signatures: HasMany<super::signature::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
