//! The answer once given to a request that may be repeated.

use sea_orm::entity::prelude::*;

/// The answer once given to a request that may be repeated.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub owner: String,
    #[sea_orm(column_type = "Text")]
    pub key: String,
    #[sea_orm(column_type = "Text")]
    pub fingerprint: String,
    #[sea_orm(column_type = "Text")]
    pub answer: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
