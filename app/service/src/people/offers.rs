//! People who are offered a seat and whom no mail tells: they are called.

use crate::entity::{Code, establishment, person, registration, workshop};
use crate::reachable::unreached_by_mail;
use crate::registration::load;
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, RegistrationState, WorkshopState};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};

/// Somebody to be called about an offered seat.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
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
}

/// Calls that are shown at once; the others follow when these are made.
const CALLS: u64 = 50;

impl Services {
    /// Who is offered a seat that still stands and is reached by no mail, the
    /// shortest deadline first; 50 at most. One query.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn offers_to_call(&self, actor: &Actor) -> Result<Vec<OfferCall>, Failure> {
        actor.require(Act::ReadPeople)?;
        Ok(registration::Entity::find()
            .select_only()
            .column(registration::Column::Id)
            .column(registration::Column::OfferUntil)
            .columns([
                workshop::Column::Slug,
                workshop::Column::TitleVi,
                workshop::Column::TitleEn,
            ])
            .columns([person::Column::FullName, person::Column::Phone])
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
            .filter(unreached_by_mail())
            .order_by_asc(registration::Column::OfferUntil)
            .order_by_asc(registration::Column::Id)
            .limit(CALLS)
            .into_model()
            .all(self.db.read())
            .await?)
    }

    /// Writes down what somebody said on the phone about an offered seat: took
    /// it, or gave it up.
    ///
    /// # Errors
    /// [`crate::Conflict::OfferOver`] when the deadline has passed;
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
        if load(self.db.read(), id).await?.workshop_id != view.row.id {
            return Err(Failure::NotFound);
        }
        if takes {
            self.accept(actor, view.row.id, &[id]).await
        } else {
            self.give_up(actor, view.row.id, &[id]).await
        }
    }
}
