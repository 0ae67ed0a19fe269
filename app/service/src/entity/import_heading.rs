//! Which field a heading of a file was last said to mean.

use sea_orm::entity::prelude::*;

/// Which field a heading of a file was last said to mean.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_heading")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub folded: String,
    #[sea_orm(column_type = "Text")]
    pub field: String,
}

impl ActiveModelBehavior for ActiveModel {}
