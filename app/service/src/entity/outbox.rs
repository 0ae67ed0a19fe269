//! One mail to one recipient, written in the transaction of the deed that causes it.

use super::Code;
use domain::{DeliveryState, MailFailure};
use sea_orm::entity::prelude::*;

/// One mail to one recipient, written in the transaction of the deed that causes it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    #[sea_orm(column_type = "Text")]
    pub recipient_key: String,
    pub workshop_id: Option<i64>,
    pub registration_id: Option<i64>,
    /// The message to many of which it is a part.
    pub campaign_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub to_name: String,
    #[sea_orm(column_type = "Text")]
    pub to_address: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub body_text: String,
    #[sea_orm(column_type = "Text")]
    pub body_html: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub calendar: Option<String>,
    /// Mails with the same key leave in the order in which they were written:
    /// a cancellation does not overtake its invitation.
    #[sea_orm(column_type = "Text", nullable)]
    pub calendar_key: Option<String>,
    /// Where answers go; none: to the organisation.
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_to: Option<String>,
    /// The address that stops mails of this kind to this person (RFC 8058).
    #[sea_orm(column_type = "Text", nullable)]
    pub unsubscribe: Option<String>,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub message_id: String,
    pub state: Code<DeliveryState>,
    pub attempts: i64,
    pub created_at: DateTimeUtc,
    pub next_at: DateTimeUtc,
    pub taken_at: Option<DateTimeUtc>,
    pub sent_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
    /// Whose matter the last failure was; none where the last try did not fail.
    pub failure: Option<Code<MailFailure>>,
}

impl ActiveModelBehavior for ActiveModel {}
