//! Something that is handed out: of a session, of a workshop, or of the whole
//! programme. Its files are its versions.

use super::Code;
use domain::{MaterialKind, MaterialTiming, MaterialVisibility};
use sea_orm::entity::prelude::*;

/// Something that is handed out.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "material")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub programme_id: i64,
    pub workshop_id: Option<i64>,
    pub session_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub title_vi: String,
    #[sea_orm(column_type = "Text")]
    pub title_en: String,
    pub kind: Code<MaterialKind>,
    #[sea_orm(column_type = "Text")]
    pub rights: String,
    pub visibility: Code<MaterialVisibility>,
    pub timing: Code<MaterialTiming>,
    /// Codes of the sectors it is for, separated by commas; empty: all.
    #[sea_orm(column_type = "Text")]
    pub sectors: String,
    #[sea_orm(column_type = "Text")]
    pub created_by: String,
    pub created_at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "workshop_id", to = "id")]
    pub workshop: HasOne<super::workshop::Entity>,
    #[sea_orm(has_many)]
    pub versions: HasMany<super::material_version::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
