//! People who come unregistered.

use super::{CheckedIn, DoorPerson, NewCheckin, insert_checkins, is_open_to, standing};
use crate::attendance::require_open;
use crate::audit::{Entry, record};
use crate::delegate::{likely_registered, recognise_another, recognise_at_door};
use crate::entity::{checkin, registration, workshop};
use crate::registration::{Newcomer, Origin, active, count_seats, load, load_of, person_of};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, DoorView, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Act, CheckinOutcome, ChosenSession, Lang, NewRegistration, RegistrationMove,
    RegistrationSource, RegistrationState, WalkInForm, WorkshopState, decide_checkin,
    decide_replay,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

/// Who somebody at the door is, of those registered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhoCame {
    /// Nobody said: whoever is recognised.
    #[default]
    Judged,
    /// The holder of this registration.
    Registered(i64),
    /// None of those registered.
    Another,
}

/// What those at the door say about a walk-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WalkingIn {
    /// One more than there are seats is meant.
    pub over: bool,
    /// Who it is.
    pub who: WhoCame,
    /// Made when the form was opened: the same nonce is the same person.
    pub nonce: Option<String>,
}

/// Over capacity alone.
impl From<bool> for WalkingIn {
    fn from(over: bool) -> Self {
        Self {
            over,
            ..Self::default()
        }
    }
}

/// Somebody who holds a seat now.
pub(crate) struct Seated {
    pub(crate) row: registration::Model,
    /// Where the registration stood before; none for one that was made.
    pub(crate) stood: Option<RegistrationState>,
}

impl Services {
    /// Who is registered and may be the walk-in that was typed, to be asked
    /// about first. Writes nothing.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; as [`Services::door`].
    pub async fn likely_at_door(
        &self,
        actor: &Actor,
        slug: &str,
        chosen: Option<ChosenSession>,
        form: &WalkInForm,
    ) -> Result<Vec<DoorPerson>, Failure> {
        let door = self.door_at(actor, slug, chosen).await?;
        let new = form.check().map_err(Failure::Invalid)?;
        let rows = likely_registered(self.db.read(), &new, door.workshop.row.id).await?;
        self.door_people(rows, door.session.id).await
    }

    /// What the form of a walk-in with this nonce came to before, at whichever
    /// session; none when it was not sent yet. Writes nothing.
    ///
    /// # Errors
    /// As [`Services::door`].
    pub async fn walked_in(
        &self,
        actor: &Actor,
        slug: &str,
        nonce: &str,
    ) -> Result<Option<CheckedIn>, Failure> {
        let workshop = self.staff_workshop(actor, Act::CheckIn, slug).await?;
        let db = self.db.read();
        match sent_before(db, &workshop, Some(nonce)).await? {
            Some(before) => self.walked_before(db, before).await.map(Some),
            None => Ok(None),
        }
    }

    async fn walked_before(
        &self,
        tx: &impl ConnectionTrait,
        (outcome, row, session): Walked,
    ) -> Result<CheckedIn, Failure> {
        let person = person_of(tx, &row).await?;
        let people = self.door_people_in(tx, vec![(row, Some(person))], session);
        Ok(CheckedIn {
            outcome,
            person: people.await?.into_iter().next(),
            elsewhere: None,
        })
    }

    /// Adds somebody who came unregistered, and checks them in. Somebody who
    /// is registered after all is checked in as registered, unless those at
    /// the door say that it is another; who is in already is so. The room may
    /// be full, once somebody said so: a person who stands in it has attended.
    /// Sending it again with the same nonce is harmless.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; [`Conflict::Full`] for one more
    /// than there are seats, unless that is meant; [`Conflict::FiguresLocked`];
    /// [`Conflict::NotAllowedNow`] for a workshop that is a draft or cancelled,
    /// or outside the hours of the door; as [`Services::door`].
    pub async fn walk_in(
        &self,
        actor: &Actor,
        slug: &str,
        form: &WalkInForm,
        how: impl Into<WalkingIn>,
    ) -> Result<CheckedIn, Failure> {
        self.walk_in_at(actor, slug, None, form, how).await
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
        how: impl Into<WalkingIn>,
    ) -> Result<CheckedIn, Failure> {
        let door = &self.door_at(actor, slug, chosen).await?;
        let new = &form.check().map_err(Failure::Invalid)?;
        let how = &how.into();
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
                let nonce = how.nonce.as_deref();
                let walked = match sent_before(&*tx, &door.workshop, nonce).await? {
                    Some(before) => before,
                    None => {
                        self.let_walk_in(&tx, actor, &workshop, door, (new, how), now)
                            .await?
                    }
                };
                self.walked_before(&*tx, walked).await
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    async fn let_walk_in(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        door: &DoorView,
        (new, how): (&NewRegistration, &WalkingIn),
        now: DateTime<Utc>,
    ) -> Result<Walked, Failure> {
        let session = door.session.id;
        let seats = count_seats(&**tx, workshop).await?;
        let Seated { row, stood } = match how.who {
            WhoCame::Registered(id) => {
                let row = load_of(&**tx, workshop.id, id).await?;
                self.seat_again(tx, actor, workshop.id, row, now).await?
            }
            who => {
                let another = who == WhoCame::Another;
                self.seat_walk_in(tx, actor, workshop.id, new, another, now)
                    .await?
            }
        };
        let newly_seated = stood != Some(RegistrationState::Booked);
        if newly_seated && seats.booked >= seats.capacity && !how.over {
            return Err(Failure::Conflict(Conflict::Full));
        }
        let since = standing(&**tx, session, row.id).await?;
        let outcome = decide_checkin(*row.state, true, since.map(|found| found.at));
        if outcome == CheckinOutcome::Admitted {
            let nonce = how.nonce.clone().unwrap_or_else(|| self.nonce());
            let checkin = NewCheckin::at_door(session, row.id, &nonce, now, now);
            insert_checkins(tx, actor, vec![checkin]).await?;
        }
        Ok((outcome, row, session))
    }

    /// The seat of somebody who stands at the door, under the workshop's lock:
    /// the one held, else a new one; `another` is none of those registered. A
    /// room that this overfills has a line in the log.
    pub(crate) async fn seat_walk_in(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop_id: i64,
        new: &NewRegistration,
        another: bool,
        now: DateTime<Utc>,
    ) -> Result<Seated, Failure> {
        let workshop = lock_by_id(tx, workshop_id).await?;
        let delegate = if another {
            recognise_another(tx, new, workshop.id, now).await?
        } else {
            recognise_at_door(tx, new, workshop.id, now).await?
        };
        let standing = active(&**tx, workshop.id, delegate.person.id).await?;
        let stood = standing.as_ref().map(|row| *row.state);
        let row = match standing {
            Some(row) if *row.state == RegistrationState::Booked => {
                return Ok(Seated { row, stood });
            }
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
        note_over(tx, actor, &workshop, now).await?;
        Ok(Seated { row, stood })
    }
}

/// What a walk-in came to, and at which session.
type Walked = (CheckinOutcome, registration::Model, i64);

/// What this very form came to before, if it was sent before: the session may
/// have changed since.
async fn sent_before(
    tx: &impl ConnectionTrait,
    workshop: &WorkshopView,
    nonce: Option<&str>,
) -> Result<Option<Walked>, Failure> {
    let Some(nonce) = nonce else {
        return Ok(None);
    };
    let sessions = workshop.sessions.iter().map(|session| session.id);
    let before = checkin::Entity::find()
        .filter(checkin::Column::SessionId.is_in(sessions))
        .filter(checkin::Column::Nonce.eq(nonce))
        .order_by_asc(checkin::Column::Id)
        .one(tx)
        .await?;
    let Some(before) = before else {
        return Ok(None);
    };
    let since = standing(tx, before.session_id, before.registration_id).await?;
    let since = since.map(|found| found.at);
    let row = load(tx, before.registration_id).await?;
    let outcome = decide_replay(before.undone_at.is_none(), since);
    Ok(Some((outcome, row, before.session_id)))
}

/// Writes down that a seat was given beyond the room, if it was.
pub(crate) async fn note_over(
    tx: &Tx,
    actor: &Actor,
    workshop: &workshop::Model,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let seats = count_seats(&**tx, workshop).await?;
    if seats.booked <= seats.capacity {
        return Ok(());
    }
    let entry = Entry {
        deed: "over_capacity",
        noun: "workshop",
        id: workshop.id,
        before: None,
        after: Some(json!({ "people": 1, "over": seats.booked - seats.capacity })),
    };
    record(&**tx, actor, now, entry).await
}
