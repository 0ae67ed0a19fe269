//! A new draft like a workshop there is, on other days.

use super::{
    Booking, WorkshopView, free_slug, lock_by_slug, lock_schedule, place::room_is_offered,
    refuse_clashes, sessions_of,
};
use crate::audit::{Entry, record};
use crate::db::lock_key;
use crate::entity::{Code, agenda_item, session, workshop};
use crate::question::copy_questions;
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{
    Act, Allowing, Slug, WorkshopState, days_between, moved_along, parse_local, require_ahead,
    to_local,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, NotSet,
    QueryFilter, Set,
};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};

impl Services {
    /// Copies a workshop with its settings, sessions and agendas so that it
    /// begins at another moment. The first day moves with its start; the other
    /// days, and until when one registers, keep their hours on other days.
    /// People, materials, messages and what trainers were asked stay behind;
    /// registration opens at once when it is published. Of a room that is no
    /// longer offered the words are copied, as a place that was typed.
    ///
    /// # Errors
    /// Problems with `starts_at`, also for a time that has passed unless it is
    /// said to have been held already, and with `room_id` or `trainer_id` when they
    /// are taken then and that is not allowed; [`Failure::NotFound`].
    pub async fn copy_workshop(
        &self,
        actor: &Actor,
        slug: &str,
        starts_at: &str,
        allowing: impl Into<Allowing>,
    ) -> Result<WorkshopView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let allowing = allowing.into();
        let now = self.clock.now();
        let starts_at = parse_local(starts_at)
            .and_then(|at| require_ahead(at, None, allowing.already_held, now).map(|()| at))
            .map_err(|reason| Failure::problem("starts_at", reason))?;
        self.db
            .write(|tx| async move {
                lock_key(&tx, "workshop address").await?;
                let row = lock_by_slug(&tx, slug).await?;
                let sessions = sessions_of(&*tx, row.id).await?;
                let original = WorkshopView::new(row, sessions, now);
                let shift = shifts(original.starts_at(), starts_at);
                let ids: Vec<i64> = original.sessions.iter().map(|session| session.id).collect();
                // No room retires between being judged and being taken.
                lock_schedule(&tx).await?;
                let mut taught = named_in_agendas(&*tx, &ids).await?;
                let mut bookings = Vec::new();
                for session in &original.sessions {
                    let room_id = match session.room_id {
                        Some(id) if room_is_offered(&*tx, id).await? => Some(id),
                        _ => None,
                    };
                    bookings.push(Booking {
                        room_id,
                        span: {
                            let by = shift(session.starts_at);
                            (session.starts_at + by, session.ends_at + by)
                        },
                        trainers: taught.remove(&session.id).unwrap_or_default(),
                    });
                }
                let overridden = refuse_clashes(&tx, None, &bookings, allowing.clash).await?;
                let new_slug = free_slug(&*tx, Slug::from_title(&original.row.title_vi)).await?;
                let row = draft_like(&original, new_slug, starts_at, now)
                    .insert(&*tx)
                    .await?;
                let mut sessions = Vec::new();
                for (old, booking) in original.sessions.iter().zip(&bookings) {
                    let by = shift(old.starts_at);
                    let new = session::ActiveModel {
                        id: NotSet,
                        workshop_id: Set(row.id),
                        starts_at: Set(booking.span.0),
                        ends_at: Set(booking.span.1),
                        room_id: Set(booking.room_id),
                        sequence: Set(0),
                        ..old.clone().into_active_model().reset_all()
                    };
                    let new = new.insert(&*tx).await?;
                    let items = agenda_item::Entity::find()
                        .filter(agenda_item::Column::SessionId.eq(old.id))
                        .all(&*tx)
                        .await?;
                    let items: Vec<_> = items
                        .into_iter()
                        .map(|item| agenda_item::ActiveModel {
                            id: NotSet,
                            session_id: Set(new.id),
                            starts_at: Set(item.starts_at + by),
                            ends_at: Set(item.ends_at + by),
                            ..item.clone().into_active_model().reset_all()
                        })
                        .collect();
                    if !items.is_empty() {
                        agenda_item::Entity::insert_many(items).exec(&*tx).await?;
                    }
                    sessions.push(new);
                }
                copy_questions(&tx, original.row.id, row.id).await?;
                let entry = Entry {
                    deed: "copy",
                    noun: "workshop",
                    id: row.id,
                    before: None,
                    after: Some(json!({ "copy_of": original.row.slug, "starts_at": starts_at })),
                };
                record(&*tx, actor, now, entry).await?;
                self.record_clashes(&tx, actor, row.id, &overridden).await?;
                Ok(WorkshopView::new(row, sessions, now))
            })
            .await
    }
}

/// Who speaks there by the agenda, which is copied; those who were only asked
/// stay behind.
async fn named_in_agendas(
    tx: &impl ConnectionTrait,
    sessions: &[i64],
) -> Result<HashMap<i64, BTreeSet<i64>>, Failure> {
    let items = agenda_item::Entity::find()
        .filter(agenda_item::Column::SessionId.is_in(sessions.iter().copied()))
        .all(tx)
        .await?;
    let mut named: HashMap<i64, BTreeSet<i64>> = HashMap::new();
    for item in items {
        named
            .entry(item.session_id)
            .or_default()
            .extend(item.trainer_id);
    }
    Ok(named)
}

/// By how much each session moves, by when it began.
fn shifts(
    was: DateTime<Utc>,
    starts_at: DateTime<Utc>,
) -> impl Fn(DateTime<Utc>) -> chrono::Duration {
    let first_day = to_local(was).date_naive();
    move |at| {
        if to_local(at).date_naive() == first_day {
            starts_at - was
        } else {
            days_between(was, starts_at)
        }
    }
}

fn draft_like(
    original: &WorkshopView,
    slug: String,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> workshop::ActiveModel {
    let old = &original.row;
    let along = |at| moved_along(at, original.starts_at(), starts_at);
    let by_shift = shifts(original.starts_at(), starts_at);
    let begins = original.sessions.iter();
    let begins = begins.map(|session| session.starts_at + by_shift(session.starts_at));
    // Nobody registers once the last session has begun.
    let last = begins.max().unwrap_or(starts_at);
    let closes_at = along(old.closes_at)
        .min(last)
        .max(now + chrono::Duration::minutes(1));
    workshop::ActiveModel {
        id: NotSet,
        slug: Set(slug),
        code: Set(String::new()),
        notice_vi: Set(String::new()),
        notice_en: Set(String::new()),
        state: Set(Code(WorkshopState::Draft)),
        opens_at: Set(now.min(closes_at - chrono::Duration::minutes(1))),
        closes_at: Set(closes_at),
        minimum_by: Set(old.minimum_by.map(|by| along(by).min(starts_at))),
        minimum_alerted_at: Set(None),
        minimum_settled_at: Set(None),
        cancel_until: Set(old.cancel_until.map(|until| along(until).min(starts_at))),
        created_at: Set(now),
        published_at: Set(None),
        version: Set(1),
        ..old.clone().into_active_model().reset_all()
    }
}
