//! People who come unregistered.

use super::{DoorPerson, standing};
use crate::delegate::recognise_at_door;
use crate::registration::{Newcomer, Origin, active};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services};
use domain::{
    Lang, RegistrationMove, RegistrationSource, RegistrationState, WalkInForm, WorkshopState,
};

impl Services {
    /// Adds somebody who came unregistered, and checks them in. Somebody who
    /// is registered after all is checked in as registered. The room may be
    /// full: a person who stands in it has attended.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; [`Conflict::NotAllowedNow`] for
    /// a workshop that is a draft or cancelled; as [`Services::door`].
    pub async fn walk_in(
        &self,
        actor: &Actor,
        slug: &str,
        form: &WalkInForm,
    ) -> Result<DoorPerson, Failure> {
        let door = &self.door(actor, slug).await?;
        let new = &form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, door.workshop.row.id).await?;
                if *workshop.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let delegate = recognise_at_door(&tx, new, workshop.id, now).await?;
                let row = match active(&*tx, workshop.id, delegate.person.id).await? {
                    Some(row) if *row.state == RegistrationState::Booked => row,
                    Some(row) => {
                        self.change_state(&tx, actor, row, RegistrationMove::Book, now)
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
                        self.insert(
                            &tx,
                            actor,
                            &workshop,
                            &delegate,
                            newcomer,
                            RegistrationState::Booked,
                            now,
                        )
                        .await?
                    }
                };
                if standing(&*tx, door.session.id, row.id).await?.is_none() {
                    self.insert_checkin(
                        &tx,
                        actor,
                        door.session.id,
                        row.id,
                        &self.nonce(),
                        now,
                        now,
                    )
                    .await?;
                }
                let rows = vec![(row, Some(delegate.person))];
                let people = self.door_people_in(&*tx, rows, door.session.id).await?;
                people.into_iter().next().ok_or(Failure::NotFound)
            })
            .await
    }
}
