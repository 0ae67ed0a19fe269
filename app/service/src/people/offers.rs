//! People who are offered a seat and whom no mail tells: they are called.

use crate::entity::{Code, establishment, person, registration, workshop};
use crate::reachable::{phone_of, untold_of_offer};
use crate::registration::load_of;
use crate::through::Through;
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, RegistrationState, WorkshopState};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};

/// Somebody to be called about an offered seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferCall {
    /// The key of the registration.
    pub id: i64,
    /// The workshop's address.
    pub slug: String,
    /// The workshop's title in Vietnamese.
    pub title_vi: String,
    /// The workshop's title in English; may be empty.
    pub title_en: String,
    /// The name.
    pub full_name: String,
    /// Phone, if one is known.
    pub phone: Option<String>,
    /// The establishment.
    pub establishment: String,
    /// Until when the seat is held.
    pub offer_until: DateTime<Utc>,
    /// Name and phone of who registered the person, if somebody else did.
    pub via: Option<(String, String)>,
}

#[derive(FromQueryResult)]
struct Flat {
    id: i64,
    slug: String,
    title_vi: String,
    title_en: String,
    full_name: String,
    phone: Option<String>,
    establishment: String,
    offer_until: DateTime<Utc>,
    party_id: Option<i64>,
    invitation_id: Option<i64>,
}

impl Flat {
    fn through(&self) -> Option<Through> {
        Through::of(self.party_id, self.invitation_id)
    }
}

/// Calls that are shown at once; the others follow when these are made.
const CALLS: u64 = 50;

impl Services {
    /// Who is offered a seat that still stands and is told by no mail, the
    /// shortest deadline first; 50 at most, in three queries.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn offers_to_call(&self, actor: &Actor) -> Result<Vec<OfferCall>, Failure> {
        actor.require(Act::ReadPeople)?;
        let rows: Vec<Flat> = registration::Entity::find()
            .select_only()
            .columns([
                registration::Column::Id,
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
            .filter(registration::Column::State.eq(Code(RegistrationState::Offered)))
            .filter(registration::Column::OfferUntil.gt(self.clock.now()))
            .filter(workshop::Column::State.eq(Code(WorkshopState::Published)))
            .filter(untold_of_offer())
            .order_by_asc(registration::Column::OfferUntil)
            .order_by_asc(registration::Column::Id)
            .limit(CALLS)
            .into_model()
            .all(self.db.read())
            .await?;
        let through = rows.iter().filter_map(Flat::through);
        let through: Vec<Through> = through.collect();
        let contacts = self.contacts_through(self.db.read(), &through).await?;
        let via = |row: &Flat| {
            let contact = contacts.get(&row.through()?)?;
            Some((contact.name.clone(), contact.phone.clone()?))
        };
        Ok(rows
            .into_iter()
            .map(|row| OfferCall {
                via: via(&row),
                id: row.id,
                slug: row.slug,
                title_vi: row.title_vi,
                title_en: row.title_en,
                full_name: row.full_name,
                phone: row.phone,
                establishment: row.establishment,
                offer_until: row.offer_until,
            })
            .collect())
    }

    /// Writes down what somebody said on the phone about an offered seat: took
    /// it, or gave it up.
    ///
    /// # Errors
    /// [`crate::Conflict::OfferOver`] when the deadline has passed;
    /// [`crate::Conflict::NotAllowedNow`] when it is answered in another way;
    /// [`Failure::NotFound`] for somebody of another workshop; as
    /// [`Services::staff_workshop`].
    pub async fn answer_offer(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        takes: bool,
    ) -> Result<(), Failure> {
        let view = self.manage_people(actor, slug).await?;
        load_of(self.db.read(), view.row.id, id).await?;
        if takes {
            self.accept(actor, view.row.id, &[id]).await
        } else {
            self.leave_offer(actor, view.row.id, id).await
        }
    }
}
