//! Rows that may be one person or one establishment: noted where they are
//! made, judged by an organiser.

mod establishments;
mod judge;
mod list;
mod moved;
mod persons;
mod search;

pub use judge::MergeChoice;
pub use list::{LikePair, LikeSide, MergeQueue};

use crate::entity::{Code, establishment, likeness, person};
use crate::{Failure, Tx};
use chrono::{DateTime, Utc};
use domain::{LikenessNoun, LikenessReason, LikenessState};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QuerySelect, Set};

/// Notes that two rows may be one, unless that was noted before.
pub(crate) async fn note_likeness(
    tx: &Tx,
    noun: LikenessNoun,
    one: i64,
    other: i64,
    reason: LikenessReason,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let row = likeness::ActiveModel {
        noun: Set(Code(noun)),
        first_id: Set(one.min(other)),
        second_id: Set(one.max(other)),
        reason: Set(Code(reason)),
        state: Set(Code(LikenessState::Open)),
        moved: Set(None),
        created_at: Set(now),
        decided_at: Set(None),
        decided_by: Set(None),
        ..Default::default()
    };
    let pair = [
        likeness::Column::Noun,
        likeness::Column::FirstId,
        likeness::Column::SecondId,
    ];
    likeness::Entity::insert(row)
        .on_conflict(OnConflict::columns(pair).do_nothing().to_owned())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// The person who stands for a row: itself, or the one it was merged into.
pub(crate) async fn kept_person(
    tx: &impl ConnectionTrait,
    mut row: person::Model,
) -> Result<person::Model, Failure> {
    while let Some(id) = row.merged_into_id {
        let next = person::Entity::find_by_id(id).one(tx).await?;
        row = next.ok_or(Failure::NotFound)?;
    }
    Ok(row)
}

/// The person who stands for a row, held to the end of the transaction, so that
/// nobody is registered for a row while it is merged. On SQLite the writer's
/// own lock does.
pub(crate) async fn hold_person(tx: &Tx, id: i64) -> Result<person::Model, Failure> {
    let mut id = id;
    loop {
        let mut find = person::Entity::find_by_id(id);
        if tx.get_database_backend() == DbBackend::Postgres {
            find = find.lock_exclusive();
        }
        let row = find.one(&**tx).await?.ok_or(Failure::NotFound)?;
        match row.merged_into_id {
            Some(into) => id = into,
            None => return Ok(row),
        }
    }
}

/// The establishment that stands for a row: itself, or the one it was merged
/// into.
pub(crate) async fn kept_establishment(
    tx: &impl ConnectionTrait,
    id: i64,
) -> Result<establishment::Model, Failure> {
    let mut id = id;
    loop {
        let row = establishment::Entity::find_by_id(id).one(tx).await?;
        let row = row.ok_or(Failure::NotFound)?;
        match row.merged_into_id {
            Some(into) => id = into,
            None => return Ok(row),
        }
    }
}
