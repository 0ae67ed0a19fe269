//! One file of a material; the content is in the store. A newer version takes
//! the place of an older one, which is kept.

use super::Code;
use domain::MaterialType;
use sea_orm::entity::prelude::*;

/// One file of a material.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "material_version")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub material_id: i64,
    /// From 1.
    pub number: i64,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    pub file_type: Code<MaterialType>,
    pub size: i64,
    #[sea_orm(column_type = "Text")]
    pub sha256: String,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub storage_key: String,
    #[sea_orm(column_type = "Text")]
    pub uploaded_by: String,
    pub uploaded_at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "material_id", to = "id")]
    pub material: HasOne<super::material::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
