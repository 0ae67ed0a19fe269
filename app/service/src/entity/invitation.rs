//! A letter to an establishment with a quota of delegates, and its answer.

use super::Code;
use domain::Lang;
use sea_orm::entity::prelude::*;

/// A letter to an establishment with a quota of delegates, and its answer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    pub establishment_id: i64,
    pub quota: i64,
    /// The random part of the page's address.
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub code: String,
    pub lang: Code<Lang>,
    /// Whom the letter is addressed to; kept apart from the delegates.
    #[sea_orm(column_type = "Text")]
    pub contact_name: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_phone: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_email: Option<String>,
    /// Until when names can be given and changed.
    pub answer_by: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub created_by: String,
    pub created_at: DateTimeUtc,
    /// When it left, by mail, on paper or by Zalo.
    pub sent_at: Option<DateTimeUtc>,
    /// When the establishment first answered.
    pub answered_at: Option<DateTimeUtc>,
    pub declined_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub decline_reason: String,
    pub withdrawn_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "workshop_id", to = "id")]
    pub workshop: HasOne<super::workshop::Entity>,
    #[sea_orm(belongs_to, from = "establishment_id", to = "id")]
    pub establishment: HasOne<super::establishment::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
