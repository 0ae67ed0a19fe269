//! Giving up a registration.

use super::rows::{has_begun, has_come, load, person_of};
use crate::mail::Occasion;
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services};
use domain::{RegistrationMove, RegistrationState, may_give_up};

impl Services {
    /// Gives up a registration, by its holder. A freed seat is offered to the
    /// head of the waiting list in the same transaction, not once the workshop
    /// has begun. Cancelling twice is harmless.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address; [`Conflict::NotAllowedNow`]
    /// when the workshop has begun, the holder has come, or somebody came
    /// instead.
    pub async fn cancel_by_ticket(&self, ticket: &str) -> Result<(), Failure> {
        let found = self.registration_by_ticket(ticket).await?;
        self.give_up(&Actor::Anonymous, found.workshop_id, &[found.id])
            .await
    }

    /// Gives up registrations of one workshop, by those who hold them.
    pub(crate) async fn give_up(
        &self,
        actor: &Actor,
        workshop_id: i64,
        ids: &[i64],
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, workshop_id).await?;
                let begun = has_begun(&*tx, workshop.id, now).await?;
                let allowed = workshop.cancel_rule.allows(workshop.cancel_until, now);
                for id in ids {
                    let row = load(&*tx, *id).await?;
                    if *row.state == RegistrationState::Cancelled {
                        continue;
                    }
                    let came = has_come(&*tx, row.id).await?;
                    if !may_give_up(*row.state, allowed, begun, came) {
                        return Err(Failure::Conflict(Conflict::NotAllowedNow));
                    }
                    let person = person_of(&*tx, &row).await?;
                    let row = self
                        .change_state(&tx, actor, row, RegistrationMove::Cancel, now)
                        .await?;
                    self.mail_to_person(&tx, Occasion::Cancelled, &workshop, &row, &person, now)
                        .await?;
                }
                self.offer_seats(&tx, &Actor::System, &workshop, now).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }
}
