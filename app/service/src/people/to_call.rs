//! What the lists of people to be called show of each, whatever the call is about.

use crate::entity::{Code, establishment, person, registration, workshop};
use crate::reachable::phone_of;
use crate::through::Through;
use crate::{Failure, Services};
use chrono::{DateTime, Utc};
use domain::Lang;
use sea_orm::{EntityTrait, FromQueryResult, JoinType, QuerySelect, RelationTrait, Select};
use std::collections::HashMap;

/// Somebody to be called about a registration.
#[derive(FromQueryResult)]
pub(super) struct ToCall {
    pub(super) id: i64,
    pub(super) workshop_id: i64,
    pub(super) lang: Code<Lang>,
    pub(super) slug: String,
    pub(super) title_vi: String,
    pub(super) title_en: String,
    pub(super) full_name: String,
    pub(super) phone: Option<String>,
    pub(super) establishment: String,
    pub(super) offer_until: Option<DateTime<Utc>>,
    party_id: Option<i64>,
    invitation_id: Option<i64>,
}

impl ToCall {
    fn through(&self) -> Option<Through> {
        Through::of(self.party_id, self.invitation_id)
    }
}

/// The registrations, to be narrowed, as [`ToCall`].
pub(super) fn to_call() -> Select<registration::Entity> {
    registration::Entity::find()
        .select_only()
        .columns([
            registration::Column::Id,
            registration::Column::WorkshopId,
            registration::Column::Lang,
            registration::Column::OfferUntil,
            registration::Column::PartyId,
            registration::Column::InvitationId,
        ])
        .columns([
            workshop::Column::Slug,
            workshop::Column::TitleVi,
            workshop::Column::TitleEn,
        ])
        .column(person::Column::FullName)
        .expr_as(phone_of(), "phone")
        .column_as(establishment::Column::Name, "establishment")
        .join(JoinType::InnerJoin, registration::Relation::Workshop.def())
        .join(JoinType::InnerJoin, registration::Relation::Person.def())
        .join(
            JoinType::InnerJoin,
            registration::Relation::Establishment.def(),
        )
}

impl Services {
    /// Name and phone of who registered each of these, by registration, where
    /// somebody else did and has a phone.
    pub(super) async fn vias_of(
        &self,
        rows: &[ToCall],
    ) -> Result<HashMap<i64, (String, String)>, Failure> {
        let through: Vec<Through> = rows.iter().filter_map(ToCall::through).collect();
        let contacts = self.contacts_through(self.db.read(), &through).await?;
        let via = rows.iter().filter_map(|row| {
            let contact = contacts.get(&row.through()?)?;
            Some((row.id, (contact.name.clone(), contact.phone.clone()?)))
        });
        Ok(via.collect())
    }
}
