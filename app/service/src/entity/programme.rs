//! The programme that workshops belong to and its delegate target; one row for now.

use sea_orm::entity::prelude::*;

/// The programme that workshops belong to and its delegate target; one row for now.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub name_vi: String,
    #[sea_orm(column_type = "Text")]
    pub name_en: String,
    pub target: i64,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub is_demo: bool,
}

impl ActiveModelBehavior for ActiveModel {}
