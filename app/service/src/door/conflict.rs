//! Whom a device let in alone and the server would not have: kept as it
//! happened, listed, settled by an organiser, never counted twice.

use crate::attendance::require_open;
use crate::audit::{Entry, record, record_all};
use crate::checkin::{NewCheckin, insert_checkins, standing, take_back};
use crate::delegate::Delegate;
use crate::entity::{Code, checkin, door_conflict, person, registration};
use crate::live::tell_others;
use crate::registration::{Newcomer, Origin, active, load, person_of};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    Act, Lang, NewRegistration, RegistrationMove, RegistrationSource, RegistrationState,
    Settlement, WalkInForm,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// A conflict as the organiser sees it.
#[derive(Clone, Debug)]
pub struct DoorConflictRow {
    /// The row.
    pub row: door_conflict::Model,
    /// The name, when the code is somebody's.
    pub full_name: Option<String>,
    /// Whether it can be counted: somebody is known whom to count.
    pub countable: bool,
}

#[derive(Debug)]
pub(super) struct NewConflict {
    pub(super) workshop_id: i64,
    pub(super) session_id: i64,
    pub(super) device_id: Option<i64>,
    pub(super) registration_id: Option<i64>,
    pub(super) nonce: String,
    pub(super) code: String,
    /// What was typed of a walk-in, as JSON.
    pub(super) form: Option<String>,
    pub(super) kind: String,
    pub(super) at: DateTime<Utc>,
    pub(super) now: DateTime<Utc>,
}

/// How many of a session are not settled.
pub(crate) async fn unsettled(tx: &impl ConnectionTrait, session_id: i64) -> Result<u64, Failure> {
    Ok(door_conflict::Entity::find()
        .filter(door_conflict::Column::SessionId.eq(session_id))
        .filter(door_conflict::Column::SettledAt.is_null())
        .count(tx)
        .await?)
}

pub(super) async fn conflicts_by_nonce(
    tx: &Tx,
    session_id: i64,
    nonces: Vec<&str>,
) -> Result<HashSet<(String, String)>, Failure> {
    let found: Vec<(String, String)> = door_conflict::Entity::find()
        .select_only()
        .column(door_conflict::Column::Nonce)
        .column(door_conflict::Column::Code)
        .filter(door_conflict::Column::SessionId.eq(session_id))
        .filter(door_conflict::Column::Nonce.is_in(nonces))
        .into_tuple()
        .all(&**tx)
        .await?;
    Ok(found.into_iter().collect())
}

pub(super) async fn add_conflicts(
    tx: &Tx,
    actor: &Actor,
    new: Vec<NewConflict>,
) -> Result<(), Failure> {
    let Some(first) = new.first() else {
        return Ok(());
    };
    let (now, workshop) = (first.now, first.workshop_id);
    let entries = new.iter().map(|conflict| Entry {
        deed: "door_conflict",
        noun: "workshop",
        id: workshop,
        before: None,
        after: Some(json!({
            "session": conflict.session_id,
            "registration": conflict.registration_id,
            "kind": conflict.kind,
            "at": conflict.at,
        })),
    });
    record_all(&**tx, actor, now, entries.collect()).await?;
    let rows = new.into_iter().map(|conflict| door_conflict::ActiveModel {
        workshop_id: Set(conflict.workshop_id),
        session_id: Set(conflict.session_id),
        device_id: Set(conflict.device_id),
        registration_id: Set(conflict.registration_id),
        nonce: Set(conflict.nonce),
        code: Set(conflict.code),
        form: Set(conflict.form),
        kind: Set(conflict.kind),
        actor: Set(actor.label()),
        at: Set(conflict.at),
        recorded_at: Set(conflict.now),
        ..Default::default()
    });
    door_conflict::Entity::insert_many(rows)
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// The walk-in that was typed, as far as it can be registered.
fn typed(found: &door_conflict::Model) -> Option<NewRegistration> {
    let form: WalkInForm = serde_json::from_str(found.form.as_deref()?).ok()?;
    form.check().ok()
}

/// The check-in that counting a conflict made, if it stands.
async fn made_by(tx: &Tx, found: &door_conflict::Model) -> Result<Option<checkin::Model>, Failure> {
    Ok(checkin::Entity::find()
        .filter(checkin::Column::SessionId.eq(found.session_id))
        .filter(checkin::Column::Nonce.eq(&found.nonce))
        .filter(checkin::Column::At.eq(found.at))
        .filter(checkin::Column::UndoneAt.is_null())
        .one(&**tx)
        .await?)
}

/// The check-in of somebody that counting a conflict made once, standing or not.
async fn counted_as(
    tx: &Tx,
    found: &door_conflict::Model,
    registration_id: i64,
) -> Result<Option<checkin::Model>, Failure> {
    Ok(checkin::Entity::find()
        .filter(checkin::Column::SessionId.eq(found.session_id))
        .filter(checkin::Column::RegistrationId.eq(registration_id))
        .filter(checkin::Column::Nonce.eq(&found.nonce))
        .one(&**tx)
        .await?)
}

impl Services {
    /// Whom devices let in alone at a workshop, unsettled first, then newest.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn door_conflicts(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<Vec<DoorConflictRow>, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let mut rows = door_conflict::Entity::find()
            .filter(door_conflict::Column::WorkshopId.eq(view.row.id))
            .order_by_desc(door_conflict::Column::Id)
            .all(self.db.read())
            .await?;
        rows.sort_by_key(|row| row.settled_at.is_some());
        let ids = rows.iter().filter_map(|row| row.registration_id);
        let names: HashMap<i64, String> = registration::Entity::find()
            .find_also_related(person::Entity)
            .filter(registration::Column::Id.is_in(ids))
            .all(self.db.read())
            .await?
            .into_iter()
            .filter_map(|(row, person)| Some((row.id, person?.full_name)))
            .collect();
        Ok(rows
            .into_iter()
            .map(|row| DoorConflictRow {
                full_name: row.registration_id.and_then(|id| names.get(&id).cloned()),
                countable: row.registration_id.is_some() || typed(&row).is_some(),
                row,
            })
            .collect())
    }

    /// Settles a conflict. Counted: the person is checked in at the time of the
    /// scan, and holds a seat – somebody who had cancelled or belongs to
    /// another workshop came as a walk-in; who was in already is not counted
    /// twice, and came at the earlier time. Settling the same way again changes
    /// nothing; the other way takes back what the first one did.
    ///
    /// # Errors
    /// [`Conflict::FiguresLocked`]; [`Conflict::NotAllowedNow`] when nobody is
    /// known whom to count; [`Failure::NotFound`]; as
    /// [`Services::staff_workshop`].
    pub async fn settle_conflict(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        settlement: Settlement,
    ) -> Result<(), Failure> {
        let view = &self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, view.row.id).await?;
                let found = door_conflict::Entity::find_by_id(id)
                    .filter(door_conflict::Column::WorkshopId.eq(view.row.id))
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                let before = found.settlement.map(|code| *code);
                if before == Some(settlement) {
                    return Ok(());
                }
                require_open(&*tx, found.session_id).await?;
                if settlement == Settlement::Counted {
                    self.count_in(&tx, actor, &found, now).await?;
                } else if let (Some(_), Some(made)) = (before, made_by(&tx, &found).await?) {
                    take_back(&tx, actor, made, now).await?;
                }
                let mut row = found.into_active_model();
                row.settled_at = Set(Some(now));
                row.settled_by = Set(Some(actor.label()));
                row.settlement = Set(Some(Code(settlement)));
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: "settle_conflict",
                    noun: "workshop",
                    id: view.row.id,
                    before: None,
                    after: Some(json!({ "conflict": id, "settlement": settlement })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    async fn count_in(
        &self,
        tx: &Tx,
        actor: &Actor,
        found: &door_conflict::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let row = match (found.registration_id, typed(found)) {
            (Some(id), _) => {
                let row = load(&**tx, id).await?;
                self.seat_again(tx, actor, found.workshop_id, row, now)
                    .await?
            }
            (None, Some(new)) => {
                let seated = self
                    .seat_walk_in(tx, actor, found.workshop_id, &new, now)
                    .await?;
                seated.0
            }
            (None, None) => return Err(Failure::Conflict(Conflict::NotAllowedNow)),
        };
        if let Some(stands) = standing(&**tx, found.session_id, row.id).await? {
            if found.at < stands.at {
                let mut stands = stands.into_active_model();
                stands.at = Set(found.at);
                stands.update(&**tx).await?;
            }
            return Ok(());
        }
        // Taken back before: it stands again, as one check-in.
        if let Some(before) = counted_as(tx, found, row.id).await? {
            let mut before = before.into_active_model();
            before.undone_at = Set(None);
            before.update(&**tx).await?;
            return tell_others(tx).await;
        }
        let checkin = NewCheckin {
            session_id: found.session_id,
            registration_id: row.id,
            nonce: found.nonce.clone(),
            offline: true,
            device_id: found.device_id,
            at: found.at,
            now,
        };
        insert_checkins(tx, actor, vec![checkin]).await
    }

    /// The registration under which somebody who stood in the room is counted.
    pub(crate) async fn seat_again(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop_id: i64,
        row: registration::Model,
        now: DateTime<Utc>,
    ) -> Result<registration::Model, Failure> {
        match active(&**tx, workshop_id, row.person_id).await? {
            Some(row) if *row.state == RegistrationState::Booked => Ok(row),
            Some(row) => {
                self.change_state(tx, actor, row, RegistrationMove::Book, now)
                    .await
            }
            None => {
                self.seat_as_walk_in(tx, actor, workshop_id, &row, now)
                    .await
            }
        }
    }

    /// Registers the person of another registration for a workshop, as one who
    /// came unregistered. What was agreed to elsewhere is not taken along.
    async fn seat_as_walk_in(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop_id: i64,
        row: &registration::Model,
        now: DateTime<Utc>,
    ) -> Result<registration::Model, Failure> {
        let workshop = lock_by_id(tx, workshop_id).await?;
        let person = person_of(&**tx, row).await?;
        let new = &NewRegistration {
            full_name: person.full_name.clone(),
            phone: None,
            email: None,
            role: *row.role,
            establishment: String::new(),
            locality: row.locality_name.clone(),
            consents: WalkInForm::consents(),
        };
        let delegate = Delegate {
            person,
            establishment_id: row.establishment_id,
            locality: None,
        };
        let newcomer = &Newcomer {
            new,
            lang: Lang::Vi,
            source: RegistrationSource::WalkIn,
            channel: "door",
            origin: Origin::default(),
        };
        let booked = RegistrationState::Booked;
        self.insert(tx, actor, &workshop, &delegate, newcomer, booked, now)
            .await
    }
}
