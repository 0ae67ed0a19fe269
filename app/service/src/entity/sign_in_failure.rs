//! A wrong password, counted for throttling; the address is stored hashed.

use sea_orm::entity::prelude::*;

/// A wrong password, counted for throttling; the address is stored hashed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failure")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub account_key: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
