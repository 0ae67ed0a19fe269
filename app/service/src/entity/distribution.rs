//! A document that was handed to an establishment.

use super::Code;
use domain::Channel;
use sea_orm::entity::prelude::*;

/// A document that was handed to an establishment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "distribution")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub material_id: i64,
    pub establishment_id: i64,
    pub channel: Code<Channel>,
    pub day: Date,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// What was entered at once has the same.
    #[sea_orm(column_type = "Text")]
    pub batch: String,
    #[sea_orm(column_type = "Text")]
    pub entered_by: String,
    pub entered_at: DateTimeUtc,
    pub undone_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub undone_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
