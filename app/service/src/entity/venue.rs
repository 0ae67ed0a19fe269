//! A house with rooms, where workshops are held.

use sea_orm::entity::prelude::*;

/// A house with rooms, where workshops are held.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "venue")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub folded: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub directions: String,
    pub is_demo: bool,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
    #[sea_orm(has_many)]
    pub rooms: HasMany<super::room::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
