//! A material that a mail led to as it was written.

use sea_orm::entity::prelude::*;

/// A material that a mail led to as it was written.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "material_mail")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub outbox_id: i64,
    pub material_id: i64,
    #[sea_orm(belongs_to, from = "outbox_id", to = "id")]
    pub outbox: HasOne<super::outbox::Entity>,
    #[sea_orm(belongs_to, from = "material_id", to = "id")]
    pub material: HasOne<super::material::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
