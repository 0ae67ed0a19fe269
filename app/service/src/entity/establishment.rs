//! A place of production, or a public body, that sends delegates.

use super::Code;
use domain::{EstablishmentKind, Sector, SiteType};
use sea_orm::entity::prelude::*;

/// A place of production, or a public body, that sends delegates.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "establishment")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub folded: String,
    #[sea_orm(column_type = "Text")]
    pub name_key: String,
    pub kind: Option<Code<EstablishmentKind>>,
    pub sector: Option<Code<Sector>>,
    pub site: Option<Code<SiteType>>,
    pub locality_id: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub tax_code: Option<String>,
    pub is_demo: bool,
    pub created_at: DateTimeUtc,
    /// Merged into this one, which stands for both.
    pub merged_into_id: Option<i64>,
    /// Taken back with the import that made it: shown nowhere until somebody is
    /// registered by it again.
    pub withdrawn_at: Option<DateTimeUtc>,
    #[sea_orm(has_many)]
    pub registrations: HasMany<super::registration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
