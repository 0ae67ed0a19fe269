//! A correction of one attendance by hand; undone ones are kept.

use super::Code;
use domain::AttendanceState;
use sea_orm::entity::prelude::*;

/// A correction of one attendance by hand; undone ones are kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance_mark")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    pub registration_id: i64,
    pub state: Code<AttendanceState>,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    pub at: DateTimeUtc,
    pub undone_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub undone_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
