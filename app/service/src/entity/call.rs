//! Somebody to be told by phone or Zalo of a change or a message, and what came
//! of it: a registrant, a trainer, or the contact of an invitation.

use super::Code;
use domain::CallOutcome;
use sea_orm::entity::prelude::*;

/// Somebody to be told by phone or Zalo, and what came of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_call")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub change_id: Option<i64>,
    pub campaign_id: Option<i64>,
    pub registration_id: Option<i64>,
    pub trainer_id: Option<i64>,
    pub invitation_id: Option<i64>,
    pub outcome: Option<Code<CallOutcome>>,
    /// Their own number as it was when that came out.
    #[sea_orm(column_type = "Text", nullable)]
    pub phone: Option<String>,
    /// The number of who registered them, where that one was called: their own
    /// was wrong.
    #[sea_orm(column_type = "Text", nullable)]
    pub via_phone: Option<String>,
    pub marked_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub marked_by: Option<String>,
    #[sea_orm(belongs_to, from = "registration_id", to = "id")]
    pub registration: HasOne<super::registration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
