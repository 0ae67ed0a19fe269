//! Reading registrations. Only what is read after the workshop was locked, in
//! the same transaction, may decide anything.

use crate::Failure;
use crate::attendance::{came_besides as came_besides_to, came_to_any};
use crate::entity::{Code, person, registration, workshop};
use chrono::{DateTime, Utc};
use domain::{RegistrationState, Seats};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use std::collections::HashSet;

/// Counts a workshop's seats.
pub(crate) async fn count_seats(
    tx: &impl ConnectionTrait,
    workshop: &workshop::Model,
) -> Result<Seats, Failure> {
    let counts: Vec<(Code<RegistrationState>, i64)> = registration::Entity::find()
        .select_only()
        .column(registration::Column::State)
        .column_as(Expr::col(registration::Column::Id).count(), "number")
        .filter(registration::Column::WorkshopId.eq(workshop.id))
        .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
        .group_by(registration::Column::State)
        .into_tuple()
        .all(tx)
        .await?;
    let mut seats = Seats {
        capacity: u32::try_from(workshop.capacity).unwrap_or(0),
        ..Seats::default()
    };
    for (state, number) in counts {
        seats.add(*state, u32::try_from(number).unwrap_or(u32::MAX));
    }
    Ok(seats)
}

/// The registration of a person that still stands, if any.
pub(crate) async fn active(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    person_id: i64,
) -> Result<Option<registration::Model>, Failure> {
    Ok(registration::Entity::find()
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::PersonId.eq(person_id))
        .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
        .one(tx)
        .await?)
}

/// A registration by its key.
pub(crate) async fn load(
    tx: &impl ConnectionTrait,
    id: i64,
) -> Result<registration::Model, Failure> {
    registration::Entity::find_by_id(id)
        .one(tx)
        .await?
        .ok_or(Failure::NotFound)
}

/// A registration of a workshop by its key; [`Failure::NotFound`] for one of
/// another.
pub(crate) async fn load_of(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    id: i64,
) -> Result<registration::Model, Failure> {
    let row = load(tx, id).await?;
    if row.workshop_id == workshop_id {
        Ok(row)
    } else {
        Err(Failure::NotFound)
    }
}

/// Whether somebody came to any session.
pub(crate) async fn has_come(
    tx: &impl ConnectionTrait,
    registration_id: i64,
) -> Result<bool, Failure> {
    Ok(!who_came(tx, [registration_id]).await?.is_empty())
}

/// Whether anything but a check-in to this session says that somebody came.
pub(crate) async fn came_besides(
    tx: &impl ConnectionTrait,
    registration_id: i64,
    session_id: i64,
) -> Result<bool, Failure> {
    let id = (registration::Entity, registration::Column::Id);
    let found = registration::Entity::find_by_id(registration_id)
        .filter(came_besides_to(id, session_id))
        .count(tx)
        .await?;
    Ok(found > 0)
}

/// Which of these registrations came to any session.
pub(crate) async fn who_came(
    tx: &impl ConnectionTrait,
    registrations: impl IntoIterator<Item = i64>,
) -> Result<HashSet<i64>, Failure> {
    let came: Vec<i64> = registration::Entity::find()
        .select_only()
        .column(registration::Column::Id)
        .filter(registration::Column::Id.is_in(registrations))
        .filter(came_to_any((
            registration::Entity,
            registration::Column::Id,
        )))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(came.into_iter().collect())
}

/// Whether any session of a workshop has begun.
pub(crate) async fn has_begun(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    let sessions = crate::workshop::sessions_of(tx, workshop_id).await?;
    Ok(sessions.iter().any(|session| session.starts_at <= now))
}

/// Whether a person is known by this registration alone.
pub(crate) async fn stands_alone(
    tx: &impl ConnectionTrait,
    row: &registration::Model,
) -> Result<bool, Failure> {
    let others = registration::Entity::find()
        .filter(registration::Column::PersonId.eq(row.person_id))
        .filter(registration::Column::Id.ne(row.id))
        .count(tx)
        .await?;
    Ok(others == 0)
}

/// Which of the persons are known by other registrations, too.
pub(crate) async fn known_elsewhere(
    db: &impl ConnectionTrait,
    rows: &[&registration::Model],
) -> Result<HashSet<i64>, Failure> {
    let persons: Vec<i64> = registration::Entity::find()
        .select_only()
        .column(registration::Column::PersonId)
        .filter(registration::Column::PersonId.is_in(rows.iter().map(|row| row.person_id)))
        .group_by(registration::Column::PersonId)
        .having(registration::Column::Id.count().gt(1))
        .into_tuple()
        .all(db)
        .await?;
    Ok(persons.into_iter().collect())
}

pub(crate) async fn person_of(
    tx: &impl ConnectionTrait,
    row: &registration::Model,
) -> Result<person::Model, Failure> {
    person::Entity::find_by_id(row.person_id)
        .one(tx)
        .await?
        .ok_or(Failure::NotFound)
}
