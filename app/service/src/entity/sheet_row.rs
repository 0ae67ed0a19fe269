//! A row of a sign-in sheet; without a registration it is for somebody who comes unregistered.

use sea_orm::entity::prelude::*;

/// A row of a sign-in sheet; without a registration it is for somebody who comes unregistered.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sheet_row")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub sheet_id: i64,
    /// From 1, over all pages.
    pub position: i64,
    pub registration_id: Option<i64>,
    #[sea_orm(belongs_to, from = "registration_id", to = "id")]
    pub registration: HasOne<super::registration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
