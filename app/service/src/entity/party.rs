//! Several delegates whom one person registered together.

use super::Code;
use domain::Lang;
use sea_orm::entity::prelude::*;

/// Several delegates whom one person registered together.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "party")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    /// The random part of the page's address.
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub contact_name: String,
    #[sea_orm(column_type = "Text")]
    pub contact_phone: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_email: Option<String>,
    pub lang: Code<Lang>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
