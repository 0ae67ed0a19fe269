//! An administrative place, valid for a time.

use super::Code;
use domain::LocalityKind;
use sea_orm::entity::prelude::*;

/// An administrative place, valid for a time.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "locality")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub folded: String,
    pub kind: Code<LocalityKind>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub predecessor_id: Option<i64>,
    pub is_demo: bool,
}

impl ActiveModelBehavior for ActiveModel {}
