//! Somebody who signs in.

use super::Code;
use domain::AccountRole;
use sea_orm::entity::prelude::*;

/// Somebody who signs in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub email: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub role: Code<AccountRole>,
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    pub is_demo: bool,
    pub created_at: DateTimeUtc,
    pub disabled_at: Option<DateTimeUtc>,
    /// Part of the secret address of the calendar feed; a rise makes a new one.
    pub feed_version: i64,
    #[sea_orm(has_many)]
    pub assignments: HasMany<super::assignment::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
