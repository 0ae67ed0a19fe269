//! Rooms and trainers cannot be in two places at once, over all workshops.

use crate::db::lock_key;
use crate::entity::{Code, agenda_item, session, teaching, trainer, workshop};
use crate::{Failure, Tx};
use chrono::{DateTime, Utc};
use domain::{Problems, Reason, Span, TeachingState, WorkshopState, overlap};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeSet, HashMap};

/// Something that is needed twice at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The trainer's name; none when it is the room.
    pub trainer: Option<String>,
    /// The key of the trainer.
    pub trainer_id: Option<i64>,
    /// The room of the other session.
    pub room: String,
    /// The other workshop's address.
    pub slug: String,
    /// Its title in Vietnamese.
    pub title_vi: String,
    /// Its title in English.
    pub title_en: String,
    /// When the other session begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

/// A session that is to be held, with who is to teach there.
#[derive(Clone, Debug)]
pub(crate) struct Booking {
    pub(crate) room_id: Option<i64>,
    pub(crate) span: Span,
    pub(crate) trainers: BTreeSet<i64>,
}

/// Only one deed at a time places sessions, so that two cannot take the same
/// room unseen; held to the end of the transaction.
pub(crate) async fn lock_schedule(tx: &Tx) -> Result<(), Failure> {
    lock_key(tx, "schedule").await.map(|_| ())
}

/// Refuses what clashes, unless that was allowed. Returns what was allowed.
///
/// # Errors
/// Problems with the fields `room_id` and `trainer_id`.
pub(crate) async fn refuse_clashes(
    tx: &Tx,
    own: Option<i64>,
    bookings: &[Booking],
    allowed: bool,
) -> Result<Vec<Clash>, Failure> {
    lock_schedule(tx).await?;
    let clashes = find_clashes(&**tx, own, bookings).await?;
    if allowed || clashes.is_empty() {
        return Ok(clashes);
    }
    let mut problems = Problems::default();
    if clashes.iter().any(|clash| clash.trainer_id.is_none()) {
        problems.add("room_id", Reason::RoomTaken);
    }
    if clashes.iter().any(|clash| clash.trainer_id.is_some()) {
        problems.add("trainer_id", Reason::TrainerTaken);
    }
    Err(Failure::Invalid(problems))
}

/// What the bookings clash with, other than the workshop's own sessions.
/// Cancelled workshops need nothing; a trainer who declined is free.
pub(crate) async fn find_clashes(
    tx: &impl ConnectionTrait,
    own: Option<i64>,
    bookings: &[Booking],
) -> Result<Vec<Clash>, Failure> {
    let begins = bookings.iter().map(|booking| booking.span.0).min();
    let ends = bookings.iter().map(|booking| booking.span.1).max();
    let (Some(begins), Some(ends)) = (begins, ends) else {
        return Ok(Vec::new());
    };
    let mut find = session::Entity::find()
        .find_also_related(workshop::Entity)
        .filter(session::Column::StartsAt.lt(ends))
        .filter(session::Column::EndsAt.gt(begins))
        .filter(workshop::Column::State.ne(Code(WorkshopState::Cancelled)));
    if let Some(own) = own {
        find = find.filter(session::Column::WorkshopId.ne(own));
    }
    let others = find.all(tx).await?;
    let ids: Vec<i64> = others.iter().map(|(session, _)| session.id).collect();
    let mut taught = trainers_of(tx, &ids).await?;
    let wanted: BTreeSet<i64> = bookings
        .iter()
        .flat_map(|booking| booking.trainers.iter().copied())
        .collect();
    let names = names_of(tx, &wanted).await?;
    let mut clashes = Vec::new();
    for (other, workshop) in others {
        let Some(workshop) = workshop else { continue };
        let span = (other.starts_at, other.ends_at);
        let teachers = taught.remove(&other.id).unwrap_or_default();
        let at_once: Vec<&Booking> = bookings
            .iter()
            .filter(|booking| overlap(booking.span, span))
            .collect();
        let clash = |trainer_id: Option<i64>| Clash {
            trainer: trainer_id.and_then(|id| names.get(&id).cloned()),
            trainer_id,
            room: other.room.clone(),
            slug: workshop.slug.clone(),
            title_vi: workshop.title_vi.clone(),
            title_en: workshop.title_en.clone(),
            starts_at: other.starts_at,
            ends_at: other.ends_at,
        };
        let same_room =
            |booking: &&&Booking| booking.room_id.is_some() && booking.room_id == other.room_id;
        if at_once.iter().any(|booking| same_room(&booking)) {
            clashes.push(clash(None));
        }
        let both: BTreeSet<i64> = at_once
            .iter()
            .flat_map(|booking| booking.trainers.intersection(&teachers).copied())
            .collect();
        clashes.extend(both.iter().map(|id| clash(Some(*id))));
    }
    clashes.sort_by_key(|clash| clash.starts_at);
    Ok(clashes)
}

/// Who teaches at each of the sessions: asked and not declined, or named in
/// the agenda.
pub(crate) async fn trainers_of(
    tx: &impl ConnectionTrait,
    sessions: &[i64],
) -> Result<HashMap<i64, BTreeSet<i64>>, Failure> {
    Ok(Staffing::of(tx, sessions).await?.trainers())
}

/// Who was asked to teach at sessions, and who stands in their agendas.
pub(crate) struct Staffing {
    pub(crate) asked: Vec<teaching::Model>,
    named: Vec<agenda_item::Model>,
}

impl Staffing {
    pub(crate) async fn of(tx: &impl ConnectionTrait, sessions: &[i64]) -> Result<Self, Failure> {
        if sessions.is_empty() {
            return Ok(Self {
                asked: Vec::new(),
                named: Vec::new(),
            });
        }
        let asked = teaching::Entity::find()
            .filter(teaching::Column::SessionId.is_in(sessions.iter().copied()))
            .all(tx)
            .await?;
        let named = agenda_item::Entity::find()
            .filter(agenda_item::Column::SessionId.is_in(sessions.iter().copied()))
            .filter(agenda_item::Column::TrainerId.is_not_null())
            .all(tx)
            .await?;
        Ok(Self { asked, named })
    }

    /// As [`trainers_of`].
    pub(crate) fn trainers(&self) -> HashMap<i64, BTreeSet<i64>> {
        let (asked, named) = (&self.asked, &self.named);
        let declined: BTreeSet<(i64, i64)> = asked
            .iter()
            .filter(|row| *row.state == TeachingState::Declined)
            .map(|row| (row.session_id, row.trainer_id))
            .collect();
        let asked = asked.iter().map(|row| (row.session_id, row.trainer_id));
        let named = named
            .iter()
            .filter_map(|item| Some((item.session_id, item.trainer_id?)));
        let mut found: HashMap<i64, BTreeSet<i64>> = HashMap::new();
        for (session, trainer) in asked.chain(named) {
            if !declined.contains(&(session, trainer)) {
                found.entry(session).or_default().insert(trainer);
            }
        }
        found
    }
}

/// The names of trainers, by their keys.
pub(crate) async fn names_of(
    tx: &impl ConnectionTrait,
    ids: &BTreeSet<i64>,
) -> Result<HashMap<i64, String>, Failure> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = trainer::Entity::find()
        .filter(trainer::Column::Id.is_in(ids.iter().copied()))
        .all(tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.full_name))
        .collect())
}
