//! A message to a part of a workshop's people.

use super::Code;
use domain::{CampaignEnd, CampaignPurpose, CampaignTiming, SharedMailbox};
use sea_orm::entity::prelude::*;

/// A message to a part of a workshop's people.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    /// Names the form that made it, so that sending it twice makes one.
    #[sea_orm(column_type = "Text")]
    pub request: String,
    #[sea_orm(column_type = "Text")]
    pub subject_vi: String,
    #[sea_orm(column_type = "Text")]
    pub body_vi: String,
    #[sea_orm(column_type = "Text")]
    pub subject_en: String,
    #[sea_orm(column_type = "Text")]
    pub body_en: String,
    pub purpose: Code<CampaignPurpose>,
    pub shared: Code<SharedMailbox>,
    /// A [`domain::Audience`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    pub timing: Code<CampaignTiming>,
    /// When it is due; none when that is counted from the workshop.
    pub due_at: Option<DateTimeUtc>,
    /// How long before or after the workshop.
    pub minutes: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub created_by: String,
    pub created_at: DateTimeUtc,
    pub started_at: Option<DateTimeUtc>,
    pub paused_at: Option<DateTimeUtc>,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_why: Option<Code<CampaignEnd>>,
}

impl ActiveModelBehavior for ActiveModel {}
