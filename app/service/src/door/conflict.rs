//! Whom a device let in alone and the server would not have: kept as it
//! happened, listed, settled by an organiser, never counted twice.

use crate::attendance::Names;
use crate::audit::{Entry, record_all};
use crate::checkin::{CheckedBy, Seated, note_over};
use crate::delegate::Delegate;
use crate::entity::{checkin, door_conflict, person, registration, workshop};
use crate::registration::{Newcomer, Origin, active, person_of};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    Act, Lang, NewRegistration, RegistrationMove, RegistrationSource, RegistrationState, WalkInForm,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde::{Deserialize, Serialize};
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
    /// Who let the person in: the device or the account, by name.
    pub by: CheckedBy,
    /// Since when the person is in by another scan, and whose.
    pub first: Option<(DateTime<Utc>, CheckedBy)>,
}

/// The label of who let somebody in: the device, where there was one.
fn label(device: Option<i64>, actor: &str) -> String {
    device.map_or_else(|| actor.to_owned(), |id| format!("device:{id}"))
}

fn by(names: &Names, device: Option<i64>, actor: &str) -> CheckedBy {
    let label = label(device, actor);
    let name = names.of(&label);
    if label.starts_with("device:") {
        CheckedBy::Device(name)
    } else {
        CheckedBy::Account(name)
    }
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
            "refusal": conflict.kind,
            "scanned_at": conflict.at,
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

/// The walk-in that was typed, and whether it is none of those registered, as
/// far as it can be registered.
pub(super) fn typed(found: &door_conflict::Model) -> Option<(NewRegistration, bool)> {
    let typed: Typed = serde_json::from_str(found.form.as_deref()?).ok()?;
    Some((typed.form.check().ok()?, typed.another))
}

/// What was typed of a walk-in.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Typed {
    #[serde(flatten)]
    pub(super) form: WalkInForm,
    /// None of those registered.
    #[serde(default)]
    pub(super) another: bool,
}

impl From<WalkInForm> for Typed {
    fn from(form: WalkInForm) -> Self {
        Self {
            form,
            another: false,
        }
    }
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
        let ids = || rows.iter().filter_map(|row| row.registration_id);
        let people: HashMap<i64, String> = registration::Entity::find()
            .find_also_related(person::Entity)
            .filter(registration::Column::Id.is_in(ids()))
            .all(self.db.read())
            .await?
            .into_iter()
            .filter_map(|(row, person)| Some((row.id, person?.full_name)))
            .collect();
        let standing: HashMap<(i64, i64), checkin::Model> = checkin::Entity::find()
            .filter(checkin::Column::RegistrationId.is_in(ids()))
            .filter(checkin::Column::UndoneAt.is_null())
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|row| ((row.session_id, row.registration_id), row))
            .collect();
        let labels: Vec<String> = rows
            .iter()
            .map(|row| (row.device_id, &row.actor))
            .chain(standing.values().map(|row| (row.device_id, &row.actor)))
            .map(|(device, actor)| label(device, actor))
            .collect();
        let names = self.names_of(labels.iter().map(String::as_str)).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let first = row
                    .registration_id
                    .and_then(|id| standing.get(&(row.session_id, id)))
                    .filter(|first| first.nonce != row.nonce);
                DoorConflictRow {
                    full_name: row.registration_id.and_then(|id| people.get(&id).cloned()),
                    countable: row.registration_id.is_some() || typed(&row).is_some(),
                    by: by(&names, row.device_id, &row.actor),
                    first: first.map(|first| (first.at, by(&names, first.device_id, &first.actor))),
                    row,
                }
            })
            .collect())
    }

    /// Workshops with people whom devices let in alone and nobody has settled,
    /// with how many: by the key of the workshop. Also those that were handed
    /// in after the figures were signed.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn count_door_conflicts(&self, actor: &Actor) -> Result<HashMap<i64, u32>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let counted: Vec<(i64, i64)> = door_conflict::Entity::find()
            .select_only()
            .column(door_conflict::Column::WorkshopId)
            .column_as(Expr::col(door_conflict::Column::Id).count(), "number")
            .filter(door_conflict::Column::SettledAt.is_null())
            .group_by(door_conflict::Column::WorkshopId)
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok(counted
            .into_iter()
            .map(|(workshop, number)| (workshop, u32::try_from(number).unwrap_or(u32::MAX)))
            .collect())
    }

    /// The registration under which somebody who stood in the room is counted.
    pub(crate) async fn seat_again(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop_id: i64,
        row: registration::Model,
        now: DateTime<Utc>,
    ) -> Result<Seated, Failure> {
        let workshop = lock_by_id(tx, workshop_id).await?;
        let standing = active(&**tx, workshop_id, row.person_id).await?;
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
                self.seat_as_walk_in(tx, actor, &workshop, &row, now)
                    .await?
            }
        };
        note_over(tx, actor, &workshop, now).await?;
        Ok(Seated { row, stood })
    }

    /// Registers the person of another registration for a workshop, as one who
    /// came unregistered. What was agreed to elsewhere is not taken along.
    async fn seat_as_walk_in(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        row: &registration::Model,
        now: DateTime<Utc>,
    ) -> Result<registration::Model, Failure> {
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
        self.insert(tx, actor, workshop, &delegate, newcomer, booked, now)
            .await
    }
}
