//! Who did what, when, with the values before and after.

use sea_orm::entity::prelude::*;

/// Who did what, when, with the values before and after.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    #[sea_orm(column_type = "Text")]
    pub deed: String,
    #[sea_orm(column_type = "Text")]
    pub noun: String,
    pub noun_id: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub before: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub after: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
