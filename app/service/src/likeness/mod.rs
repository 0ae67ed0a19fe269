//! Rows that may be one person or one establishment: noted where they are
//! made, judged by an organiser.

mod by_hand;
mod establishments;
mod judge;
mod list;
mod moved;
mod note;
mod persons;
mod refold;
mod roots;
mod search;
mod unlike;
mod withdrawn;

pub use by_hand::Comparable;
pub use judge::MergeChoice;
pub use list::{LikePair, LikeSide, MergeQueue};

pub(crate) use note::{
    note_alike_establishment, note_alike_establishments, note_alike_persons, note_all_alike,
    note_likenesses,
};
pub(crate) use roots::Roots;
pub(crate) use withdrawn::{forget_of_withdrawn, show_again};

use crate::db::lock_key;
use crate::entity::{establishment, person};
use crate::{Failure, Tx};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QuerySelect};

/// Judgements are serialised: one changes what another one reads. Taken before
/// any row; whoever holds this finds nothing merged meanwhile.
pub(crate) async fn hold_judgements(tx: &Tx) -> Result<(), Failure> {
    lock_key(tx, "likeness").await.map(drop)
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

/// The establishment that stands for a row, held as it is to the end of the
/// transaction, so that nobody is registered from a row, and no row is invited,
/// while it is merged. On SQLite the writer's own lock does.
pub(crate) async fn hold_establishment(tx: &Tx, id: i64) -> Result<establishment::Model, Failure> {
    let mut id = id;
    loop {
        let mut find = establishment::Entity::find_by_id(id);
        if tx.get_database_backend() == DbBackend::Postgres {
            find = find.lock_shared();
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
