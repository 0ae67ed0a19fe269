//! One person's registration for one workshop.

use super::Code;
use domain::{DelegateRole, Lang, RegistrationSource, RegistrationState};
use sea_orm::entity::prelude::*;

/// One person's registration for one workshop.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workshop_id: i64,
    pub person_id: i64,
    pub establishment_id: i64,
    pub locality_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub locality_name: String,
    /// Where mail about this registration goes: the address given with it. A
    /// later one of the same person does not take over what went before.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    /// The phone given with it. Its page shows the phone on file only while it
    /// is this one, or while nothing else is known of the person.
    #[sea_orm(column_type = "Text", nullable)]
    pub phone: Option<String>,
    pub role: Code<DelegateRole>,
    pub state: Code<RegistrationState>,
    pub source: Code<RegistrationSource>,
    #[sea_orm(unique)]
    #[sea_orm(column_type = "Text")]
    pub code: String,
    pub lang: Code<Lang>,
    pub substitute_id: Option<i64>,
    pub created_at: DateTimeUtc,
    pub state_at: DateTimeUtc,
    /// Registered together with others, by one contact.
    pub party_id: Option<i64>,
    /// Nominated in answer to an invitation.
    pub invitation_id: Option<i64>,
    /// Came from a file.
    pub import_id: Option<i64>,
    /// Until when an offered seat is held; set with every offer.
    pub offer_until: Option<DateTimeUtc>,
    /// When its holder named on its page who goes instead. None where an
    /// establishment or an organiser did.
    pub passed_on_at: Option<DateTimeUtc>,
    /// When somebody told the person by phone or Zalo that the request was
    /// declined, since no mail does.
    pub told_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "workshop_id", to = "id")]
    pub workshop: HasOne<super::workshop::Entity>,
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: HasOne<super::person::Entity>,
    #[sea_orm(belongs_to, from = "establishment_id", to = "id")]
    pub establishment: HasOne<super::establishment::Entity>,
    #[sea_orm(has_many)]
    pub consents: HasMany<super::consent::Entity>,
    #[sea_orm(has_many)]
    pub checkins: HasMany<super::checkin::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
