//! The figures of a session, kept as they are put forward: nobody who registers,
//! cancels, sends a colleague or is merged later changes what is signed.

use super::who::who_counts;
use crate::audit::{Entry, record_all};
use crate::entity::{Code, session, session_lock, session_lock_row, workshop};
use crate::{Actor, Failure, Tx};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set,
};
use serde_json::json;

/// Rows written at once: databases take so many values in one statement.
const CHUNK: usize = 1000;

/// Keeps who attended a session under its lock, one row a person.
pub(crate) async fn keep_rows(
    tx: &Tx,
    workshop: &workshop::Model,
    session: &session::Model,
    lock_id: i64,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let late_after = u16::try_from(workshop.late_after).unwrap_or(u16::MAX);
    let hours = (session.starts_at, session.ends_at);
    let people = who_counts(&**tx, session, None).await?;
    let rows: Vec<_> = people
        .iter()
        .map(|one| session_lock_row::ActiveModel {
            lock_id: Set(lock_id),
            registration_id: Set(one.row.id),
            person_id: Set(one.row.person_id),
            state: Set(Code(one.evidence().attendance(hours, late_after, now))),
            ..Default::default()
        })
        .collect();
    for rows in rows.chunks(CHUNK) {
        session_lock_row::Entity::insert_many(rows.to_vec())
            .exec_without_returning(&**tx)
            .await?;
    }
    Ok(())
}

/// A line in the log of each workshop whose kept figures hold one of these
/// registrations: their person is another now, or two again (`apart`). The attendances stay as they
/// were signed; how many persons stand behind them may change.
pub(crate) async fn note_merged(
    tx: &Tx,
    actor: &Actor,
    apart: bool,
    registrations: &[i64],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let kept: Vec<(i64, i64)> = session_lock_row::Entity::find()
        .select_only()
        .column(session::Column::WorkshopId)
        .column(session::Column::Id)
        .distinct()
        .join(
            JoinType::InnerJoin,
            session_lock_row::Relation::SessionLock.def(),
        )
        .join(JoinType::InnerJoin, session_lock::Relation::Session.def())
        .filter(session_lock::Column::ReopenedAt.is_null())
        .filter(session_lock_row::Column::RegistrationId.is_in(registrations.iter().copied()))
        .order_by_asc(session::Column::Id)
        .into_tuple()
        .all(&**tx)
        .await?;
    let entries = kept.into_iter().map(|(workshop, session)| Entry {
        deed: if apart { "part_signed" } else { "merge_signed" },
        noun: "workshop",
        id: workshop,
        before: None,
        after: Some(json!({ "session": session })),
    });
    let entries: Vec<Entry> = entries.collect();
    if entries.is_empty() {
        return Ok(());
    }
    record_all(&**tx, actor, now, entries).await
}
