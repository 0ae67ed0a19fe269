//! The words of a mail that organisers have changed, in one language.

use super::Code;
use domain::{Lang, TemplateOccasion};
use sea_orm::entity::prelude::*;

/// The words of a mail that organisers have changed, in one language.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message_template")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub occasion: Code<TemplateOccasion>,
    pub lang: Code<Lang>,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub changed_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub changed_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
