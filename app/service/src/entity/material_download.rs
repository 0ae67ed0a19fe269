//! How often somebody fetched a version by their personal link.

use sea_orm::entity::prelude::*;

/// How often somebody fetched a version by their personal link.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "material_download")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub version_id: i64,
    pub registration_id: i64,
    pub count: i64,
    pub last_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
