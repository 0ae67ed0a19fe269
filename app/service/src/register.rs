//! What the registers – venues, rooms, trainers – have in common: an entry is
//! never deleted but offered no longer, and each change has a line in the log.

use crate::audit::{Entry, record};
use crate::{Actor, Failure, Tx};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, IntoActiveModel, ModelTrait};
use serde_json::Value;

/// An entry of a register.
pub(crate) trait Registered:
    ModelTrait<Entity: sea_orm::EntityTrait<Model = Self>> + IntoActiveModel<Self::Row> + Sync
{
    /// The row to be written.
    type Row: ActiveModelTrait<Entity = Self::Entity> + ActiveModelBehavior + Send;
    /// What it is called in the log.
    const NOUN: &'static str;
    /// The deeds of offering it no longer, and again.
    const DEEDS: [&'static str; 2];

    /// Its key.
    fn key(&self) -> i64;
    /// Since when it is no longer offered.
    fn retired_at(&self) -> Option<DateTime<Utc>>;
    /// The row with another such moment.
    fn retired(self, at: Option<DateTime<Utc>>) -> Self::Row;
    /// What the log keeps of it.
    fn values(&self) -> Value;
}

/// Writes down what was done to an entry, and how it was before.
pub(crate) async fn note<M: Registered>(
    tx: &Tx,
    actor: &Actor,
    at: DateTime<Utc>,
    deed: &'static str,
    before: Option<Value>,
    row: &M,
) -> Result<(), Failure> {
    let entry = Entry {
        deed,
        noun: M::NOUN,
        id: row.key(),
        before,
        after: Some(row.values()),
    };
    record(&**tx, actor, at, entry).await
}

/// Offers an entry no longer, or again. Twice is harmless.
pub(crate) async fn retire<M: Registered>(
    tx: &Tx,
    actor: &Actor,
    before: M,
    retired: bool,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if before.retired_at().is_some() == retired {
        return Ok(());
    }
    let was = before.values();
    let row = before.retired(retired.then_some(now)).update(&**tx).await?;
    let deed = M::DEEDS[usize::from(!retired)];
    note(tx, actor, now, deed, Some(was), &row).await
}
