//! Whether somebody attended a session, as its figures were put forward.

use super::Code;
use domain::AttendanceState;
use sea_orm::entity::prelude::*;

/// Whether somebody attended a session, as its figures were put forward.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session_lock_row")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub lock_id: i64,
    pub registration_id: i64,
    /// Who that was then: persons are merged later.
    pub person_id: i64,
    pub state: Code<AttendanceState>,
    #[sea_orm(belongs_to, from = "lock_id", to = "id")]
    pub session_lock: HasOne<super::session_lock::Entity>,
    #[sea_orm(belongs_to, from = "registration_id", to = "id")]
    pub registration: HasOne<super::registration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
