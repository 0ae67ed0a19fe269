//! A workshop.

use super::Code;
use domain::{
    CancelRule, CertificateRule, RegistrationMode, WorkshopFormat, WorkshopKind, WorkshopState,
};
use sea_orm::entity::prelude::*;

/// A workshop.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workshop")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub programme_id: i64,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub title_vi: String,
    #[sea_orm(column_type = "Text")]
    pub title_en: String,
    #[sea_orm(column_type = "Text")]
    pub summary_vi: String,
    #[sea_orm(column_type = "Text")]
    pub summary_en: String,
    #[sea_orm(column_type = "Text")]
    pub notice_vi: String,
    #[sea_orm(column_type = "Text")]
    pub notice_en: String,
    pub kind: Code<WorkshopKind>,
    pub state: Code<WorkshopState>,
    pub capacity: i64,
    pub opens_at: DateTimeUtc,
    pub closes_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub published_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Codes of the intended roles, separated by commas; empty: everybody.
    #[sea_orm(column_type = "Text")]
    pub roles: String,
    /// Codes of the intended sectors, separated by commas; empty: all.
    #[sea_orm(column_type = "Text")]
    pub sectors: String,
    pub format: Code<WorkshopFormat>,
    /// Shown to people with a seat alone.
    #[sea_orm(column_type = "Text")]
    pub online_link: String,
    #[sea_orm(column_type = "Text")]
    pub contact_name: String,
    #[sea_orm(column_type = "Text")]
    pub contact_phone: String,
    #[sea_orm(column_type = "Text")]
    pub contact_email: String,
    /// The fewest people it is held for.
    pub minimum: Option<i64>,
    /// When the minimum must be reached.
    pub minimum_by: Option<DateTimeUtc>,
    /// When the organisers were told that it was not.
    pub minimum_alerted_at: Option<DateTimeUtc>,
    /// When an organiser decided to go ahead all the same.
    pub minimum_settled_at: Option<DateTimeUtc>,
    pub cancel_rule: Code<CancelRule>,
    pub cancel_until: Option<DateTimeUtc>,
    pub certificate_rule: Code<CertificateRule>,
    /// Rises with every move and cancellation that people are told of.
    pub version: i64,
    /// Who may register.
    pub mode: Code<RegistrationMode>,
    /// For how many hours a freed seat is offered.
    pub offer_hours: i64,
    /// For how many minutes after the start of a session people are in time.
    pub late_after: i64,
    /// The share of the sessions, in percent, that makes an attendance.
    pub attended_share: i64,
    #[sea_orm(has_many)]
    pub sessions: HasMany<super::session::Entity>,
    #[sea_orm(has_many)]
    pub materials: HasMany<super::material::Entity>,
    #[sea_orm(has_many)]
    pub registrations: HasMany<super::registration::Entity>,
    #[sea_orm(has_many)]
    pub assignments: HasMany<super::assignment::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
