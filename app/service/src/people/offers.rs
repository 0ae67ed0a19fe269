//! People who are offered a seat and whom no mail tells: they are called.

use super::to_call::{ToCall, to_call};
use crate::entity::{Code, registration, workshop};
use crate::reachable::untold_of_offer;
use crate::registration::load_of;
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, RegistrationState, WorkshopState};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

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
        let rows: Vec<ToCall> = to_call()
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
        let mut vias = self.vias_of(&rows).await?;
        let call = |row: ToCall| {
            Some(OfferCall {
                via: vias.remove(&row.id),
                id: row.id,
                slug: row.slug,
                title_vi: row.title_vi,
                title_en: row.title_en,
                full_name: row.full_name,
                phone: row.phone,
                establishment: row.establishment,
                offer_until: row.offer_until?,
            })
        };
        Ok(rows.into_iter().filter_map(call).collect())
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
