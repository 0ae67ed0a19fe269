//! One person whom an organiser writes down by hand.

use crate::audit::{Entry, record};
use crate::delegate::{recognise, word_of};
use crate::mail::Occasion;
use crate::registration::{Newcomer, Origin, active, count_seats};
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, Services};
use domain::{
    Lang, PersonForm, Reason, RegistrationMode, RegistrationSource, RegistrationState, WhenFull,
    WorkshopState, place_newcomers,
};
use serde_json::json;

impl Services {
    /// Adds a person by hand, in every mode and outside the window, until the
    /// workshop is over. When no seat is left, the organiser says whether the
    /// person waits or gets a seat beyond the room, which has a line of its own
    /// in the log. Returns the key of the registration.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems: [`Reason::NoSeats`] at
    /// `when_full` until somebody said, [`Reason::RegisteredAlready`];
    /// [`Conflict::NotAllowedNow`] for a workshop that is not published or is
    /// over; as [`Services::staff_workshop`].
    pub async fn add_person(
        &self,
        actor: &Actor,
        slug: &str,
        form: &PersonForm,
        lang: Lang,
    ) -> Result<i64, Failure> {
        self.manage_people(actor, slug).await?;
        let (new, when_full) = &form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let over = sessions.iter().all(|session| session.ends_at <= now);
                if *workshop.state != WorkshopState::Published || over {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let delegate = recognise(&tx, new, word_of(actor), now).await?;
                if active(&*tx, workshop.id, delegate.person.id)
                    .await?
                    .is_some()
                {
                    return Err(Failure::problem("full_name", Reason::RegisteredAlready));
                }
                let seats = count_seats(&*tx, &workshop).await?;
                let placed = place_newcomers(RegistrationMode::Open, seats, 1);
                let state = match (placed, when_full) {
                    (RegistrationState::Booked, _) | (_, Some(WhenFull::Over)) => {
                        RegistrationState::Booked
                    }
                    (_, Some(WhenFull::Wait)) => RegistrationState::Waitlisted,
                    (_, None) => return Err(Failure::problem("when_full", Reason::NoSeats)),
                };
                let newcomer = &Newcomer {
                    new,
                    lang,
                    source: RegistrationSource::Staff,
                    channel: "staff",
                    origin: Origin::default(),
                };
                let row = self
                    .insert(&tx, actor, &workshop, &delegate, newcomer, state, now)
                    .await?;
                if placed != state {
                    let held = seats.booked + seats.offered + 1;
                    let entry = Entry {
                        deed: "over_capacity",
                        noun: "workshop",
                        id: workshop.id,
                        before: None,
                        after: Some(json!({
                            "people": 1, "over": held.saturating_sub(seats.capacity),
                        })),
                    };
                    record(&*tx, actor, now, entry).await?;
                }
                let occasion = match state {
                    RegistrationState::Booked => Occasion::of_seat(&row),
                    _ => Occasion::Waitlisted,
                };
                self.mail_to_person(&tx, occasion, &workshop, &row, &delegate.person, now)
                    .await?;
                Ok(row.id)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }
}
