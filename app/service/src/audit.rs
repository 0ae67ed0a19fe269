//! Every deed leaves a row: who, what, when, before and after.

use crate::{Actor, Failure, entity::audit};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use serde_json::Value;

/// What is noted about a deed. The values carry keys, states and settings,
/// no names or contacts: the log outlives the erasure of a person.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) deed: &'static str,
    pub(crate) noun: &'static str,
    pub(crate) id: i64,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// Writes the row in the deed's own transaction.
pub(crate) async fn record(
    tx: &impl ConnectionTrait,
    actor: &Actor,
    at: DateTime<Utc>,
    entry: Entry,
) -> Result<(), Failure> {
    row(actor, at, entry).insert(tx).await?;
    Ok(())
}

/// Writes many rows in one statement.
pub(crate) async fn record_all(
    tx: &impl ConnectionTrait,
    actor: &Actor,
    at: DateTime<Utc>,
    entries: Vec<Entry>,
) -> Result<(), Failure> {
    let rows = entries.into_iter().map(|entry| row(actor, at, entry));
    audit::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn row(actor: &Actor, at: DateTime<Utc>, entry: Entry) -> audit::ActiveModel {
    audit::ActiveModel {
        at: Set(at),
        actor: Set(actor.label()),
        deed: Set(entry.deed.to_owned()),
        noun: Set(entry.noun.to_owned()),
        noun_id: Set(entry.id),
        before: Set(entry.before.map(|value| value.to_string())),
        after: Set(entry.after.map(|value| value.to_string())),
        ..Default::default()
    }
}
