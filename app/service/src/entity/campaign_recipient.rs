//! Whom a message was for when it left.

use sea_orm::entity::prelude::*;

/// Whom a message was for when it left.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_recipient")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub campaign_id: i64,
    pub registration_id: i64,
    /// The mail that tells them; none when no mail reaches them. Who share a
    /// mailbox may share a mail.
    pub mail_id: Option<i64>,
    #[sea_orm(belongs_to, from = "registration_id", to = "id")]
    pub registration: HasOne<super::registration::Entity>,
    #[sea_orm(belongs_to, from = "mail_id", to = "id")]
    pub mail: HasOne<super::outbox::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
