//! A bearer token for the JSON doors, stored hashed.

use super::Code;
use domain::AccountRole;
use sea_orm::entity::prelude::*;

/// A bearer token for the JSON doors, stored hashed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub role: Code<AccountRole>,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub created_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
