//! A question that one workshop asks of its registrants.

use super::Code;
use domain::QuestionKind;
use sea_orm::entity::prelude::*;

/// A question that one workshop asks of its registrants.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    pub position: i64,
    pub kind: Code<QuestionKind>,
    #[sea_orm(column_type = "Text")]
    pub label_vi: String,
    #[sea_orm(column_type = "Text")]
    pub label_en: String,
    /// One a line; empty where nothing is chosen.
    #[sea_orm(column_type = "Text")]
    pub choices_vi: String,
    #[sea_orm(column_type = "Text")]
    pub choices_en: String,
    pub required: bool,
    /// Filled in by organisers; registrants never see it.
    pub internal: bool,
    /// No longer asked; its answers stay.
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
