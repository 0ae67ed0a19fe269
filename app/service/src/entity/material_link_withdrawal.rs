//! Personal links to materials that were taken back.

use sea_orm::entity::prelude::*;

/// Personal links to the materials of a workshop that were taken back.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "material_link_withdrawal")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    /// Whose; none for everybody's.
    pub registration_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub withdrawn_by: String,
    pub withdrawn_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
