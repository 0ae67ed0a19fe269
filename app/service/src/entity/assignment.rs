//! Door staff and trainers see the workshops they are assigned to.

use sea_orm::entity::prelude::*;

/// Door staff and trainers see the workshops they are assigned to.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    pub workshop_id: i64,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: HasOne<super::account::Entity>,
    #[sea_orm(belongs_to, from = "workshop_id", to = "id")]
    pub workshop: HasOne<super::workshop::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
