//! A row that an import made, or filled in.

use super::Code;
use domain::ImportTrace;
use sea_orm::entity::prelude::*;

/// A row that an import made, or filled in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_trace")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub import_id: i64,
    pub kind: Code<ImportTrace>,
    pub row_id: i64,
    /// What was filled in: a tax code as it is, a phone signed.
    #[sea_orm(column_type = "Text", nullable)]
    pub filled: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
