//! What a trainer is asked to do at a session, and the answer.

use super::Code;
use domain::TeachingState;
use sea_orm::entity::prelude::*;

/// What a trainer is asked to do at a session, and the answer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "teaching")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    pub trainer_id: i64,
    pub state: Code<TeachingState>,
    #[sea_orm(column_type = "Text")]
    pub expected: String,
    pub expected_by: Option<DateTimeUtc>,
    pub asked_at: DateTimeUtc,
    pub answered_at: Option<DateTimeUtc>,
    /// How often a trainer who had declined came back to it: the invitation is
    /// another one then, since the one before was cancelled.
    pub round: i64,
    #[sea_orm(belongs_to, from = "session_id", to = "id")]
    pub session: HasOne<super::session::Entity>,
    #[sea_orm(belongs_to, from = "trainer_id", to = "id")]
    pub trainer: HasOne<super::trainer::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
