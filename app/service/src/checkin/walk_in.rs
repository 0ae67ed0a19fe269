//! People who come unregistered.

use super::{DoorPerson, NewCheckin, insert_checkins, is_open_to, standing};
use crate::attendance::require_open;
use crate::delegate::recognise_at_door;
use crate::entity::{person, registration};
use crate::registration::{Newcomer, Origin, active, count_seats};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    ChosenSession, Lang, NewRegistration, RegistrationMove, RegistrationSource, RegistrationState,
    WalkInForm, WorkshopState,
};

impl Services {
    /// Adds somebody who came unregistered, and checks them in. Somebody who
    /// is registered after all is checked in as registered. The room may be
    /// full, once somebody said so with `over`: a person who stands in it has
    /// attended.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; [`Conflict::Full`] for one more
    /// than there are seats, unless `over`; [`Conflict::FiguresLocked`];
    /// [`Conflict::NotAllowedNow`] for a workshop that is a draft or cancelled,
    /// or outside the hours of the door; as [`Services::door`].
    pub async fn walk_in(
        &self,
        actor: &Actor,
        slug: &str,
        form: &WalkInForm,
        over: bool,
    ) -> Result<DoorPerson, Failure> {
        self.walk_in_at(actor, slug, None, form, over).await
    }

    /// As [`Services::walk_in`], to a session that was chosen.
    ///
    /// # Errors
    /// As [`Services::walk_in`].
    pub async fn walk_in_at(
        &self,
        actor: &Actor,
        slug: &str,
        chosen: Option<ChosenSession>,
        form: &WalkInForm,
        over: bool,
    ) -> Result<DoorPerson, Failure> {
        let door = &self.door_at(actor, slug, chosen).await?;
        let new = &form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        if !is_open_to(actor, &door.session, now) {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, door.workshop.row.id).await?;
                if *workshop.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                require_open(&*tx, door.session.id).await?;
                let seats = count_seats(&*tx, &workshop).await?;
                let (row, person) = self.seat_walk_in(&tx, actor, workshop.id, new, now).await?;
                let newly_seated = count_seats(&*tx, &workshop).await?.booked > seats.booked;
                if newly_seated && seats.booked >= seats.capacity && !over {
                    return Err(Failure::Conflict(Conflict::Full));
                }
                if standing(&*tx, door.session.id, row.id).await?.is_none() {
                    let nonce = self.nonce();
                    let checkin = NewCheckin::at_door(door.session.id, row.id, &nonce, now, now);
                    insert_checkins(&tx, actor, vec![checkin]).await?;
                }
                let rows = vec![(row, Some(person))];
                let people = self.door_people_in(&*tx, rows, door.session.id).await?;
                people.into_iter().next().ok_or(Failure::NotFound)
            })
            .await
    }

    /// The seat of somebody who stands at the door, under the workshop's lock:
    /// the one held, else a new one.
    pub(crate) async fn seat_walk_in(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop_id: i64,
        new: &NewRegistration,
        now: DateTime<Utc>,
    ) -> Result<(registration::Model, person::Model), Failure> {
        let workshop = lock_by_id(tx, workshop_id).await?;
        let delegate = recognise_at_door(tx, new, workshop.id, now).await?;
        let row = match active(&**tx, workshop.id, delegate.person.id).await? {
            Some(row) if *row.state == RegistrationState::Booked => row,
            Some(row) => {
                self.change_state(tx, actor, row, RegistrationMove::Book, now)
                    .await?
            }
            None => {
                let newcomer = &Newcomer {
                    new,
                    lang: Lang::Vi,
                    source: RegistrationSource::WalkIn,
                    channel: "door",
                    origin: Origin::default(),
                };
                let booked = RegistrationState::Booked;
                self.insert(tx, actor, &workshop, &delegate, newcomer, booked, now)
                    .await?
            }
        };
        Ok((row, delegate.person))
    }
}
