//! Proof of one consent: which words, when, through which door, by whom.

use super::Code;
use domain::Purpose;
use sea_orm::entity::prelude::*;

/// Proof of one consent: which words, when, through which door, by whom.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub registration_id: i64,
    pub purpose: Code<Purpose>,
    #[sea_orm(column_type = "Text")]
    pub text_version: String,
    #[sea_orm(column_type = "Text")]
    pub channel: String,
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    pub given_at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "registration_id", to = "id")]
    pub registration: HasOne<super::registration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
