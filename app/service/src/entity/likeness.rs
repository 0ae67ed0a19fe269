//! Two persons, or two establishments, that may be one.

use super::Code;
use domain::{LikenessNoun, LikenessReason, LikenessState};
use sea_orm::entity::prelude::*;

/// Two persons, or two establishments, that may be one.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "likeness")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub noun: Code<LikenessNoun>,
    /// The older row.
    pub first_id: i64,
    pub second_id: i64,
    pub reason: Code<LikenessReason>,
    pub state: Code<LikenessState>,
    /// What a merge moved, as JSON, so that it can be undone.
    #[sea_orm(column_type = "Text", nullable)]
    pub moved: Option<String>,
    pub created_at: DateTimeUtc,
    pub decided_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub decided_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
