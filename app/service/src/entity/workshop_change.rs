//! A move or a cancellation that people were told of.

use super::Code;
use domain::ChangeKind;
use sea_orm::entity::prelude::*;

/// A move or a cancellation that people were told of.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workshop_change")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    pub version: i64,
    pub kind: Code<ChangeKind>,
    pub at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    #[sea_orm(column_type = "Text")]
    pub note_vi: String,
    #[sea_orm(column_type = "Text")]
    pub note_en: String,
    #[sea_orm(column_type = "Text")]
    pub before: String,
    #[sea_orm(column_type = "Text")]
    pub after: String,
    pub told: i64,
    #[sea_orm(belongs_to, from = "workshop_id", to = "id")]
    pub workshop: HasOne<super::workshop::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
