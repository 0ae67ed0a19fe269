//! A file of delegates, from its upload to its undoing.

use super::Code;
use domain::ImportState;
use sea_orm::entity::prelude::*;

/// A file of delegates, from its upload to its undoing.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    /// Where the file lies; empty when it is kept no longer.
    #[sea_orm(column_type = "Text")]
    pub storage_key: String,
    /// Which column holds which field, as JSON.
    #[sea_orm(column_type = "Text")]
    pub columns: String,
    pub state: Code<ImportState>,
    /// Rows in the file.
    pub total: i64,
    /// Rows gone through so far.
    pub done: i64,
    pub made: i64,
    pub same: i64,
    pub rejected: i64,
    #[sea_orm(column_type = "Text")]
    pub created_by: String,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
    pub undone_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
