//! Taking an offered seat.

use super::queue::offer_stands;
use super::rows::{load, person_of};
use crate::entity::registration;
use crate::mail::Occasion;
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{RegistrationMove, RegistrationState, WorkshopState};

impl Services {
    /// Takes the seat that is offered, by its holder. Taking it twice is
    /// harmless.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address; [`Conflict::OfferOver`] when
    /// the deadline has passed; [`Conflict::NotAllowedNow`] when nothing was
    /// offered.
    pub async fn accept_offer(&self, ticket: &str) -> Result<(), Failure> {
        let found = self.registration_by_ticket(ticket).await?;
        self.accept(&Actor::Anonymous, found.workshop_id, &[found.id])
            .await
    }

    /// Takes the seats offered to these registrations of one workshop.
    pub(crate) async fn accept(
        &self,
        actor: &Actor,
        workshop_id: i64,
        ids: &[i64],
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, workshop_id).await?;
                if *workshop.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                for id in ids {
                    let row = load(&*tx, *id).await?;
                    if *row.state == RegistrationState::Booked {
                        continue;
                    }
                    require_offer(&tx, &row, now).await?;
                    let row = self
                        .change_state(&tx, actor, row, RegistrationMove::Book, now)
                        .await?;
                    let person = person_of(&*tx, &row).await?;
                    self.mail_to_person(&tx, Occasion::Confirmation, &workshop, &row, &person, now)
                        .await?;
                }
                Ok(())
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Gives an offered seat up, for somebody who said so on the phone: what the
    /// offer has become since – a seat that was taken – stays. Twice is
    /// harmless.
    pub(crate) async fn leave_offer(
        &self,
        actor: &Actor,
        workshop_id: i64,
        id: i64,
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, workshop_id).await?;
                let row = load(&*tx, id).await?;
                if *row.state == RegistrationState::Cancelled {
                    return Ok(());
                }
                require_offer(&tx, &row, now).await?;
                let person = person_of(&*tx, &row).await?;
                let row = self
                    .change_state(&tx, actor, row, RegistrationMove::Cancel, now)
                    .await?;
                self.mail_to_person(&tx, Occasion::Cancelled, &workshop, &row, &person, now)
                    .await?;
                self.offer_seats(&tx, &Actor::System, &workshop, now).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }
}

/// Whether the offer still stands.
async fn require_offer(
    tx: &Tx,
    row: &registration::Model,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if offer_stands(&**tx, row, now).await? {
        return Ok(());
    }
    let was_offered = matches!(
        *row.state,
        RegistrationState::Offered | RegistrationState::Lapsed
    );
    Err(Failure::Conflict(if was_offered {
        Conflict::OfferOver
    } else {
        Conflict::NotAllowedNow
    }))
}
