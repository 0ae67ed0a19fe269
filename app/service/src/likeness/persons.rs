//! Two persons become one, and two again.

use super::MergeChoice;
use super::moved::{MovedPerson, SaidOfPerson, back};
use crate::attendance::note_merged;
use crate::audit::{Entry, record};
use crate::entity::{Code, person, registration};
use crate::mail::Occasion;
use crate::outbox::withhold;
use crate::person::with_name;
use crate::registration::{active, count_seats, person_of, who_came};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{RegistrationMove, RegistrationState, first_stays};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashSet};

impl Services {
    /// Makes `gone` one with `kept`, both held. Where both stand for one workshop, the one
    /// that [`first_stays`] names stays; the other is cancelled without a mail,
    /// and the freed seat goes to who waits. Figures that are put forward or
    /// signed stay as they are, and their log says that persons were merged.
    pub(super) async fn merge_persons(
        &self,
        tx: &Tx,
        actor: &Actor,
        kept: person::Model,
        gone: person::Model,
        choice: MergeChoice,
        now: DateTime<Utc>,
    ) -> Result<String, Failure> {
        let rows = registrations_of(tx, &[kept.id, gone.id]).await?;
        let came = who_came(&**tx, rows.iter().map(|row| row.id)).await?;
        let both: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let (theirs, others): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.person_id == gone.id);
        let doubles = doubles(&others, &theirs, &came);
        let mut workshops = BTreeSet::new();
        let mut withheld = Vec::new();
        for row in &doubles {
            let cancelled = (RegistrationState::Cancelled, now);
            set_state(tx, actor, row, cancelled, now).await?;
            let outdated = Occasion::outdated_by(RegistrationMove::Cancel);
            withheld.extend(withhold(&**tx, row.id, outdated).await?);
            workshops.insert(row.workshop_id);
        }
        let was = SaidOfPerson::of(&kept);
        let (kept_id, registrations) = (kept.id, theirs.iter().map(|row| row.id).collect());
        let cancelled = doubles.iter().map(|row| (row.id, *row.state)).collect();
        let since = doubles.iter().map(|row| (row.id, row.state_at)).collect();
        let pick = |newer: bool, old: Option<String>, new: Option<String>| match (newer, old, new) {
            (true, old, new) => new.or(old),
            (false, old, new) => old.or(new),
        };
        let mut row = kept.into_active_model();
        row.phone = Set(pick(choice.phone, was.phone.clone(), gone.phone.clone()));
        row.email = Set(pick(choice.email, was.email.clone(), gone.email.clone()));
        if choice.establishment {
            row.establishment_id = Set(gone.establishment_id);
        }
        let name = if choice.name {
            &gone.full_name
        } else {
            &was.full_name
        };
        let row = with_name(row, name).update(&**tx).await?;
        let moved = MovedPerson {
            kept: kept_id,
            gone: gone.id,
            registrations,
            cancelled,
            since,
            withheld,
            made: SaidOfPerson::of(&row),
            was,
        };
        pass_on(tx, &moved.registrations, gone.id, kept_id).await?;
        note_merged(tx, actor, false, &both, now).await?;
        let mut gone = gone.into_active_model();
        gone.merged_into_id = Set(Some(moved.kept));
        gone.update(&**tx).await?;
        for id in workshops {
            let workshop = lock_by_id(tx, id).await?;
            self.offer_seats(tx, &Actor::System, &workshop, now).await?;
        }
        serde_json::to_string(&moved).map_err(Failure::internal)
    }

    /// Makes two of what was one. What was cancelled stands again, also where
    /// its seat has been passed on since, as a walk-in would: that is written
    /// down in the log of the workshop. What was withheld
    /// about it leaves, as far as it is still so. Returns the workshops in which
    /// more seats are given than there are.
    pub(super) async fn part_persons(
        &self,
        tx: &Tx,
        actor: &Actor,
        moved: MovedPerson,
        now: DateTime<Utc>,
    ) -> Result<Vec<String>, Failure> {
        lock_workshops_of(tx, &[moved.kept]).await?;
        // The older one was kept.
        let (kept, gone) = hold_two(tx, moved.kept, moved.gone).await?;
        if kept.merged_into_id.is_some() || gone.merged_into_id != Some(kept.id) {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        let rows = registrations_of(tx, &[kept.id]).await?;
        let mut gone = gone.into_active_model();
        gone.merged_into_id = Set(None);
        gone.update(&**tx).await?;
        let (now_said, made, was) = (SaidOfPerson::of(&kept), moved.made, moved.was);
        let mut kept = kept.into_active_model();
        kept.phone = Set(back(now_said.phone, &made.phone, was.phone));
        kept.email = Set(back(now_said.email, &made.email, was.email));
        kept.establishment_id = Set(back(
            now_said.establishment,
            &made.establishment,
            was.establishment,
        ));
        let name = back(now_said.full_name, &made.full_name, was.full_name);
        with_name(kept, &name).update(&**tx).await?;
        pass_on(tx, &moved.registrations, moved.kept, moved.gone).await?;
        let both: Vec<i64> = rows.iter().map(|row| row.id).collect();
        note_merged(tx, actor, true, &both, now).await?;
        let mut seated: BTreeMap<i64, u32> = BTreeMap::new();
        for (id, state) in moved.cancelled {
            let Some(mut row) = rows.iter().find(|row| row.id == id).cloned() else {
                continue;
            };
            if moved.registrations.contains(&id) {
                row.person_id = moved.gone;
            }
            // Registered anew meanwhile: one that stands is enough.
            let again = active(&**tx, row.workshop_id, row.person_id).await?;
            if *row.state == RegistrationState::Cancelled && again.is_none() {
                let since = moved.since.get(&id).copied().unwrap_or(now);
                set_state(tx, actor, &row, (state, since), now).await?;
                row.state = Code(state);
                if matches!(
                    state,
                    RegistrationState::Booked | RegistrationState::Offered
                ) {
                    *seated.entry(row.workshop_id).or_default() += 1;
                }
                let person = person_of(&**tx, &row).await?;
                self.queue_again(tx, &moved.withheld, &row, &person, now)
                    .await?;
            }
        }
        let mut over = Vec::new();
        for (id, people) in seated {
            over.extend(note_overfull(tx, actor, id, people, now).await?);
        }
        Ok(over)
    }
}

/// Writes down that a workshop gives more seats than it has, after as many
/// people have theirs again; returns its address if it does.
async fn note_overfull(
    tx: &Tx,
    actor: &Actor,
    workshop_id: i64,
    people: u32,
    now: DateTime<Utc>,
) -> Result<Option<String>, Failure> {
    let workshop = lock_by_id(tx, workshop_id).await?;
    let over = count_seats(&**tx, &workshop).await?.over();
    if over == 0 {
        return Ok(None);
    }
    let entry = Entry {
        deed: "parted_over_capacity",
        noun: "workshop",
        id: workshop.id,
        before: None,
        after: Some(json!({ "people": people, "over": over })),
    };
    record(&**tx, actor, now, entry).await?;
    Ok(Some(workshop.slug))
}

/// Locks the workshops of these persons, always in the same order.
pub(super) async fn lock_workshops_of(tx: &Tx, ids: &[i64]) -> Result<(), Failure> {
    let workshops: Vec<i64> = registration::Entity::find()
        .select_only()
        .column(registration::Column::WorkshopId)
        .distinct()
        .filter(registration::Column::PersonId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(&**tx)
        .await?;
    for id in BTreeSet::from_iter(workshops) {
        lock_by_id(tx, id).await?;
    }
    Ok(())
}

/// Two persons, the older first, held in this order to the end of the
/// transaction, after their workshops: as registering does.
pub(super) async fn hold_two(
    tx: &Tx,
    older: i64,
    newer: i64,
) -> Result<(person::Model, person::Model), Failure> {
    let mut find = person::Entity::find()
        .filter(person::Column::Id.is_in([older, newer]))
        .order_by_asc(person::Column::Id);
    if tx.get_database_backend() == DbBackend::Postgres {
        find = find.lock_exclusive();
    }
    two(find.all(&**tx).await?)
}

/// Both rows that were asked for.
pub(super) fn two<M>(rows: Vec<M>) -> Result<(M, M), Failure> {
    let [older, newer] = <[M; 2]>::try_from(rows).map_err(|_| Failure::NotFound)?;
    Ok((older, newer))
}

/// The registrations of these persons, read under the locks of their workshops.
/// Called when the persons are held and the workshops known before are locked:
/// one that was registered for in between is locked here, out of the order; a
/// deadlock that this leads to is tried again.
async fn registrations_of(tx: &Tx, ids: &[i64]) -> Result<Vec<registration::Model>, Failure> {
    lock_workshops_of(tx, ids).await?;
    Ok(registration::Entity::find()
        .filter(registration::Column::PersonId.is_in(ids.iter().copied()))
        .order_by_asc(registration::Column::Id)
        .all(&**tx)
        .await?)
}

/// Those that cannot stand beside another of the same workshop.
fn doubles(
    ours: &[registration::Model],
    theirs: &[registration::Model],
    came: &HashSet<i64>,
) -> Vec<registration::Model> {
    let stands = |row: &&registration::Model| row.state.is_active();
    let of = |row: &registration::Model| (came.contains(&row.id), *row.state, row.id);
    let mut doubles = Vec::new();
    for one in ours.iter().filter(stands) {
        let same = |row: &&registration::Model| row.workshop_id == one.workshop_id;
        if let Some(other) = theirs.iter().filter(stands).find(same) {
            let leaves = if first_stays(of(one), of(other)) {
                other
            } else {
                one
            };
            doubles.push(leaves.clone());
        }
    }
    doubles
}

async fn pass_on(tx: &Tx, ids: &[i64], from: i64, to: i64) -> Result<(), Failure> {
    registration::Entity::update_many()
        .col_expr(registration::Column::PersonId, Expr::value(to))
        .filter(registration::Column::Id.is_in(ids.iter().copied()))
        .filter(registration::Column::PersonId.eq(from))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Sets a state that no step of the person's own leads to, as if it had been so
/// since then.
async fn set_state(
    tx: &Tx,
    actor: &Actor,
    row: &registration::Model,
    (state, since): (RegistrationState, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let entry = Entry {
        deed: "merge",
        noun: "registration",
        id: row.id,
        before: Some(json!({ "state": row.state.0 })),
        after: Some(json!({ "state": state })),
    };
    record(&**tx, actor, now, entry).await?;
    registration::Entity::update_many()
        .col_expr(registration::Column::State, Expr::value(Code(state)))
        .col_expr(registration::Column::StateAt, Expr::value(since))
        .filter(registration::Column::Id.eq(row.id))
        .exec(&**tx)
        .await?;
    Ok(())
}
