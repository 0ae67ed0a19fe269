//! A colleague who came instead, and what is asked of people at the door.

use super::{DoorPerson, NewCheckin, insert_checkins, is_open_to, standing, take_back};
use crate::attendance::require_open;
use crate::audit::{Entry, record};
use crate::delegate::{recognise, word_of};
use crate::entity::{Code, consent, registration};
use crate::registration::{active, came_besides, load};
use crate::ticket::{Passing, write_consents};
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Act, CONSENT_TEXT_VERSION, Coded, Consents, DelegateRow, Lang, Purpose, Reason,
    RegistrationSource, WorkshopState, may_substitute,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::json;

impl Services {
    /// Passes the seat of somebody whose code was shown on to the colleague who
    /// stands there, and checks the colleague in. A check-in that the code made
    /// just now is taken back. Without a role the holder's is taken.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems, or when the colleague is
    /// registered already; [`Conflict::FiguresLocked`];
    /// [`Conflict::NotAllowedNow`] without a seat, when anything but a check-in
    /// to this session says that the holder came, or outside the hours of the door; as
    /// [`Services::door`].
    pub async fn colleague_came(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        registration_id: i64,
        form: &DelegateRow,
    ) -> Result<DoorPerson, Failure> {
        let at = &self
            .session_at(actor, Act::CheckIn, slug, session_id)
            .await?;
        let now = self.clock.now();
        if !is_open_to(actor, at, now) {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, at.workshop_id).await?;
                if *workshop.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                require_open(&*tx, at.id).await?;
                let row = of_workshop(&tx, registration_id, workshop.id).await?;
                let made = self
                    .seat_colleague(&tx, actor, at.id, row, form, (now, now))
                    .await?;
                let nonce = self.nonce();
                let checkin = NewCheckin::at_door(at.id, made.id, &nonce, now, now);
                insert_checkins(&tx, actor, vec![checkin]).await?;
                let person = crate::registration::person_of(&*tx, &made).await?;
                let rows = vec![(made, Some(person))];
                let people = self.door_people_in(&*tx, rows, at.id).await?;
                people.into_iter().next().ok_or(Failure::NotFound)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// Passes the seat of somebody on to the colleague who stands at the door
    /// of a session, under the workshop's lock, and takes back a check-in of
    /// the holder to it. Refuses before anything is changed. `at` is when the
    /// colleague stood there, `now` when that is written down.
    ///
    /// # Errors
    /// As [`Services::colleague_came`].
    pub(crate) async fn seat_colleague(
        &self,
        tx: &Tx,
        actor: &Actor,
        session_id: i64,
        row: registration::Model,
        form: &DelegateRow,
        (at, now): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<registration::Model, Failure> {
        let workshop = lock_by_id(tx, row.workshop_id).await?;
        let sessions = sessions_of(&**tx, workshop.id).await?;
        let phase = WorkshopView::new(workshop, sessions, at).phase;
        let came = came_besides(&**tx, row.id, session_id).await?;
        if !may_substitute(*row.state, phase, came) {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        let mut form = form.clone();
        if form.role.is_empty() {
            row.role.code().clone_into(&mut form.role);
        }
        let new = &self.check_substitute(tx, &row, &form).await?;
        let colleague = recognise(tx, new, word_of(actor), now).await?.person.id;
        if active(&**tx, row.workshop_id, colleague).await?.is_some() {
            return Err(Failure::problem("full_name", Reason::RegisteredAlready));
        }
        if let Some(found) = standing(&**tx, session_id, row.id).await? {
            take_back(tx, actor, found, now).await?;
        }
        let passing = Passing {
            came,
            source: RegistrationSource::Substitute,
            lang: Lang::Vi,
            by_holder: false,
            at,
            now,
        };
        self.replace(tx, actor, row, new, passing).await
    }

    /// Writes down what somebody whom a colleague registered agrees to when
    /// asked at the door. Who agrees to nothing has been asked all the same.
    /// Who was asked before is left as is: the own page is for changes.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::door`].
    pub async fn agree_at_door(
        &self,
        actor: &Actor,
        slug: &str,
        registration_id: i64,
        wanted: Consents,
    ) -> Result<(), Failure> {
        let view = &self.staff_workshop(actor, Act::CheckIn, slug).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, view.row.id).await?;
                let row = of_workshop(&tx, registration_id, view.row.id).await?;
                agree(&tx, actor, row.id, wanted, now).await
            })
            .await
    }
}

/// Writes down the answer of somebody at the door, under the workshop's lock.
/// Who was asked before is left as is.
pub(crate) async fn agree(
    tx: &Tx,
    actor: &Actor,
    registration_id: i64,
    wanted: Consents,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let asked = consent::Entity::find()
        .filter(consent::Column::RegistrationId.eq(registration_id))
        .filter(consent::Column::Purpose.eq(Code(Purpose::Reporting)))
        .count(&**tx)
        .await?;
    if asked > 0 {
        return Ok(());
    }
    write_consents(tx, actor, registration_id, wanted, "door", now).await?;
    if wanted.given().all(|purpose| purpose != Purpose::Reporting) {
        refuse_reporting(tx, actor, registration_id, now).await?;
    }
    Ok(())
}

async fn of_workshop(tx: &Tx, id: i64, workshop_id: i64) -> Result<registration::Model, Failure> {
    let row = load(&**tx, id).await?;
    if row.workshop_id == workshop_id {
        Ok(row)
    } else {
        Err(Failure::NotFound)
    }
}

/// Asked and refused: a consent that ended as it began.
async fn refuse_reporting(
    tx: &Tx,
    actor: &Actor,
    registration_id: i64,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    consent::ActiveModel {
        registration_id: Set(registration_id),
        purpose: Set(Code(Purpose::Reporting)),
        text_version: Set(CONSENT_TEXT_VERSION.to_owned()),
        channel: Set("door".to_owned()),
        actor: Set(actor.label()),
        given_at: Set(now),
        withdrawn_at: Set(Some(now)),
        ..Default::default()
    }
    .insert(&**tx)
    .await?;
    let entry = Entry {
        deed: "refuse_consent",
        noun: "registration",
        id: registration_id,
        before: None,
        after: Some(json!({ "purpose": Purpose::Reporting, "channel": "door" })),
    };
    record(&**tx, actor, now, entry).await
}
