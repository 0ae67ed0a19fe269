//! The door: check in and undo; its screen in `find`, the unregistered in `walk_in`.

mod by;
mod colleague;
mod find;
mod rows;
mod walk_in;

pub(crate) use by::Checkers;
pub(crate) use colleague::agree;
pub use domain::CheckedBy;
pub(crate) use find::like;
pub(crate) use rows::{NewCheckin, insert_checkins, standing};
pub(crate) use walk_in::{Seated, note_over};
pub use walk_in::{WalkingIn, WhoCame};

use crate::attendance::{lock_of, require_open};
use crate::audit::{Entry, record};
use crate::entity::{checkin, registration, session, workshop};
use crate::live::tell_others;
use crate::registration::{has_come, load, person_of};
use crate::secret::{hex, random};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    AccountRole, Act, CheckinOutcome, ChosenSession, DelegateRole, Refusal, RegistrationMove,
    RegistrationState, TicketCode, WorkshopState, arrival, clean_line, decide_checkin,
    decide_replay, is_door_open, undo_cancels,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use serde_json::json;

/// One scan, as the JSON door and the offline queue send it.
#[derive(Clone, Debug)]
pub struct ScanRequest {
    /// The code as scanned or typed.
    pub code: String,
    /// The session.
    pub session: i64,
    /// Made at the scan: the same nonce and code are the same scan.
    pub nonce: String,
    /// When it was scanned; now when not said.
    pub at: Option<DateTime<Utc>>,
}

/// The answer of the door.
#[derive(Clone, Debug)]
pub struct CheckedIn {
    /// Admitted, already, or refused.
    pub outcome: CheckinOutcome,
    /// The person, when there is one to show.
    pub person: Option<DoorPerson>,
    /// The workshop that the code belongs to, when it is another.
    pub elsewhere: Option<workshop::Model>,
}

/// A person as the door shows one, for confirming the name.
#[derive(Clone, Debug)]
pub struct DoorPerson {
    /// The key of the registration.
    pub registration_id: i64,
    /// Name.
    pub full_name: String,
    /// Establishment.
    pub establishment: String,
    /// Role.
    pub role: DelegateRole,
    /// State of the registration.
    pub state: RegistrationState,
    /// Until when a seat that was offered is held.
    pub held_until: Option<DateTime<Utc>>,
    /// The code.
    pub code: String,
    /// Since when checked in to the session, if so.
    pub since: Option<DateTime<Utc>>,
    /// By whom, if that is known.
    pub by: Option<CheckedBy>,
    /// Registered by somebody else and never asked: the door asks.
    pub consent_pending: bool,
}

/// What the door screen shows.
#[derive(Clone, Debug)]
pub struct DoorView {
    /// The workshop.
    pub workshop: WorkshopView,
    /// The session people are checked in to.
    pub session: session::Model,
    /// That it was chosen, if so.
    pub chosen: Option<ChosenSession>,
    /// Seats held.
    pub expected: u64,
    /// Checked in.
    pub arrived: u64,
}

impl Services {
    /// Checks somebody in by code. Repeating is harmless: the same nonce gets
    /// the same answer, another one is told since when.
    ///
    /// # Errors
    /// As [`Services::door`]; [`Failure::Invalid`] when the session is not one
    /// of the workshop, or for a nonce that is none.
    pub async fn check_in(
        &self,
        actor: &Actor,
        slug: &str,
        scan: &ScanRequest,
    ) -> Result<CheckedIn, Failure> {
        let workshop = self.staff_workshop(actor, Act::CheckIn, slug).await?;
        if !workshop
            .sessions
            .iter()
            .any(|session| session.id == scan.session)
        {
            return Err(Failure::problem("session", domain::Reason::UnknownSession));
        }
        let now = self.clock.now();
        let mut sessions = workshop.sessions.iter();
        let session = sessions.find(|session| session.id == scan.session);
        let open = session.is_some_and(|session| is_open_to(actor, session, now));
        if !open {
            return Ok(refused(Refusal::OutsideHours));
        }
        let nonce = clean_line(&scan.nonce, 100);
        let scan = &ScanRequest {
            nonce: nonce.map_err(|reason| Failure::problem("nonce", reason))?,
            ..scan.clone()
        };
        let Some(found) = by_code(self.db.read(), &scan.code).await? else {
            return Ok(refused(Refusal::Unknown));
        };
        if found.workshop_id != workshop.row.id {
            let elsewhere = self.workshop_by_id(found.workshop_id).await?;
            return Ok(CheckedIn {
                elsewhere: Some(elsewhere.row),
                ..refused(Refusal::WrongWorkshop)
            });
        }
        let found = &found;
        let admitted = self
            .db
            .write(|tx| async move {
                // Serialises with a cancellation of the same person, and reads
                // the state again under the lock.
                let current = lock_by_id(&tx, found.workshop_id).await?;
                if *current.state != WorkshopState::Published {
                    return Ok(None);
                }
                let row = load(&*tx, found.id).await?;
                let outcome = self.admit(&tx, actor, &row, scan, now).await?;
                Ok(Some((outcome, row)))
            })
            .await?;
        let Some((outcome, row)) = admitted else {
            return Ok(refused(Refusal::NotRunning));
        };
        let person = person_of(self.db.read(), &row).await?;
        let people = self.door_people(vec![(row, Some(person))], scan.session);
        Ok(CheckedIn {
            outcome,
            person: people.await?.pop(),
            elsewhere: None,
        })
    }

    async fn admit(
        &self,
        tx: &Tx,
        actor: &Actor,
        row: &registration::Model,
        scan: &ScanRequest,
        now: DateTime<Utc>,
    ) -> Result<CheckinOutcome, Failure> {
        let scans = checkin::Entity::find()
            .filter(checkin::Column::SessionId.eq(scan.session))
            .filter(checkin::Column::RegistrationId.eq(row.id))
            .all(&**tx)
            .await?;
        let standing = scans.iter().find(|found| found.undone_at.is_none());
        let since = standing.map(|found| found.at);
        if let Some(first) = scans.iter().find(|found| found.nonce == scan.nonce) {
            return Ok(decide_replay(first.undone_at.is_none(), since));
        }
        if lock_of(&**tx, scan.session).await?.is_some() {
            return Ok(CheckinOutcome::Refused(Refusal::Locked));
        }
        let outcome = decide_checkin(*row.state, true, since);
        if outcome == CheckinOutcome::Admitted {
            let at = arrival(scan.at, row.created_at, now);
            let checkin = NewCheckin::at_door(scan.session, row.id, &scan.nonce, at, now);
            insert_checkins(tx, actor, vec![checkin]).await?;
        }
        Ok(outcome)
    }

    /// Takes back a check-in; one that is not there is taken back already.
    /// The row is kept with the time of its undoing. A walk-in who is checked
    /// in nowhere else is not registered any more.
    ///
    /// # Errors
    /// As [`Services::door`].
    pub async fn undo_check_in(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        registration_id: i64,
    ) -> Result<(), Failure> {
        let workshop = self.staff_workshop(actor, Act::CheckIn, slug).await?;
        if !workshop
            .sessions
            .iter()
            .any(|session| session.id == session_id)
        {
            return Err(Failure::NotFound);
        }
        let now = self.clock.now();
        let mut sessions = workshop.sessions.iter();
        let session = sessions.find(|session| session.id == session_id);
        if !session.is_some_and(|session| is_open_to(actor, session, now)) {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        let workshop_id = workshop.row.id;
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, workshop_id).await?;
                if *workshop.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let Some(found) = standing(&*tx, session_id, registration_id).await? else {
                    return Ok(());
                };
                require_open(&*tx, session_id).await?;
                take_back(&tx, actor, found, now).await?;
                let row = load(&*tx, registration_id).await?;
                let still_came = has_come(&*tx, row.id).await?;
                if undo_cancels(*row.source, *row.state, still_came) {
                    self.change_state(&tx, actor, row, RegistrationMove::Cancel, now)
                        .await?;
                    self.offer_seats(&tx, &Actor::System, &workshop, now)
                        .await?;
                }
                Ok(())
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// A fresh nonce, for doors that have none of their own.
    #[must_use]
    pub fn nonce(&self) -> String {
        hex(&random::<16>())
    }
}

fn refused(why: Refusal) -> CheckedIn {
    CheckedIn {
        outcome: CheckinOutcome::Refused(why),
        person: None,
        elsewhere: None,
    }
}

async fn by_code(
    tx: &impl ConnectionTrait,
    typed: &str,
) -> Result<Option<registration::Model>, Failure> {
    let Some(code) = TicketCode::parse(typed) else {
        return Ok(None);
    };
    Ok(registration::Entity::find()
        .filter(registration::Column::Code.eq(code.as_str()))
        .one(tx)
        .await?)
}

/// Takes a check-in back; its row is kept.
pub(crate) async fn take_back(
    tx: &Tx,
    actor: &Actor,
    found: checkin::Model,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let entry = Entry {
        deed: "undo_check_in",
        noun: "registration",
        id: found.registration_id,
        before: Some(json!({ "session": found.session_id, "at": found.at })),
        after: None,
    };
    let mut row = found.into_active_model();
    row.undone_at = Set(Some(now));
    row.update(&**tx).await?;
    record(&**tx, actor, now, entry).await?;
    tell_others(tx).await
}

/// Whether an actor may check people in to a session now: door staff around
/// its hours, organisers whenever they set something right.
fn is_open_to(actor: &Actor, session: &session::Model, now: DateTime<Utc>) -> bool {
    let hours = (session.starts_at, session.ends_at);
    actor.role() != Some(AccountRole::Door) || is_door_open(hours, now)
}
