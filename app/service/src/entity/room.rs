//! A room of a venue.

use sea_orm::entity::prelude::*;

/// A room of a venue.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "room")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub venue_id: i64,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub capacity: i64,
    pub retired_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "venue_id", to = "id")]
    pub venue: HasOne<super::venue::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
