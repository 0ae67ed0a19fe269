//! A workshop.

use super::Code;
use domain::{WorkshopKind, WorkshopState};
use sea_orm::entity::prelude::*;

/// A workshop.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workshop")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub programme_id: i64,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub title_vi: String,
    #[sea_orm(column_type = "Text")]
    pub title_en: String,
    #[sea_orm(column_type = "Text")]
    pub summary_vi: String,
    #[sea_orm(column_type = "Text")]
    pub summary_en: String,
    #[sea_orm(column_type = "Text")]
    pub notice_vi: String,
    #[sea_orm(column_type = "Text")]
    pub notice_en: String,
    pub kind: Code<WorkshopKind>,
    pub state: Code<WorkshopState>,
    pub capacity: i64,
    pub opens_at: DateTimeUtc,
    pub closes_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub published_at: Option<DateTimeUtc>,
    #[sea_orm(has_many)]
    pub sessions: HasMany<super::session::Entity>,
    #[sea_orm(has_many)]
    pub materials: HasMany<super::material::Entity>,
    #[sea_orm(has_many)]
    pub registrations: HasMany<super::registration::Entity>,
    #[sea_orm(has_many)]
    pub assignments: HasMany<super::assignment::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
