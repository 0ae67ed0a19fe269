//! What a year is to bring, and who pays.

use sea_orm::entity::prelude::*;

/// What a year is to bring, and who pays.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "annual_plan")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub programme_id: i64,
    pub year: i64,
    pub workshops: i64,
    pub delegates: i64,
    #[sea_orm(column_type = "Text")]
    pub funding: String,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    #[sea_orm(belongs_to, from = "programme_id", to = "id")]
    pub programme: HasOne<super::programme::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
