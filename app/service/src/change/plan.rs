//! What a move changes, read from its form and saved.

use super::SessionSnapshot;
use crate::entity::{Code, session, workshop};
use crate::workshop::{
    Booking, Clash, Place, WorkshopView, find_clashes, find_place, refuse_clashes, shift_agenda,
    trainers_of,
};
use crate::{Actor, Conflict, Failure, Tx};
use chrono::{DateTime, Utc};
use domain::{
    AccountRole, Deadlines, MoveForm, NewSession, Phase, Problems, Reason, WorkshopFormat,
    WorkshopMove, move_workshop, overlap,
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, Set};

/// The sessions that change, with their new places.
pub(super) struct MovePlan {
    moves: Vec<(session::Model, NewSession, Place)>,
    bookings: Vec<Booking>,
    workshop_id: i64,
    /// How people take part from then on, and over which link.
    taking_part: (WorkshopFormat, String),
}

impl MovePlan {
    /// Reads the form against the sessions as they are.
    pub(super) async fn make(
        tx: &impl ConnectionTrait,
        view: &WorkshopView,
        form: &MoveForm,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        if !matches!(view.phase, Phase::Upcoming | Phase::Running) {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        let was = *view.row.format;
        let (taking_part, mut problems) = match form.taking_part(was, &view.row.online_link) {
            Ok(taking_part) => (taking_part, Problems::default()),
            Err(problems) => ((was, view.row.online_link.clone()), problems),
        };
        let another = taking_part.0 != was;
        let is_asked = |id: i64| form.sessions.iter().any(|(asked, _)| *asked == id);
        // Another way to take part is said of every session that lies ahead.
        if another
            && view
                .sessions
                .iter()
                .any(|session| session.starts_at > now && !is_asked(session.id))
        {
            return Err(Failure::Conflict(Conflict::Outdated));
        }
        let mut moves = Vec::new();
        // Those that are not asked about stay where they are.
        let mut spans: Vec<(i64, DateTime<Utc>, DateTime<Utc>)> = view
            .sessions
            .iter()
            .filter(|session| !is_asked(session.id))
            .map(|session| (session.id, session.starts_at, session.ends_at))
            .collect();
        for (at, (id, typed)) in form.sessions.iter().enumerate() {
            let found = view.sessions.iter().find(|session| session.id == *id);
            let session = found.ok_or(Failure::NotFound)?;
            if form.sessions[..at].iter().any(|(other, _)| other == id) {
                return Err(Failure::NotFound);
            }
            let new = match typed.check_ahead(
                taking_part.0.has_place(),
                Some(session.starts_at),
                false,
                now,
            ) {
                Ok(new) => new,
                Err(found) => {
                    for problem in found.0 {
                        problems.add(format!("{}-{at}", problem.field), problem.reason);
                    }
                    continue;
                }
            };
            let place = match find_place(tx, &new.place, session.room_id).await {
                Ok(place) => place,
                Err(Failure::Invalid(found)) => {
                    for problem in found.0 {
                        problems.add(format!("{}-{at}", problem.field), problem.reason);
                    }
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
            // What has begun keeps the words of its room, whatever was corrected.
            let began = session.starts_at <= now;
            let kept = began && place.room_id.is_some() && place.room_id == session.room_id;
            let same = minute(new.starts_at) == minute(session.starts_at)
                && minute(new.ends_at) == minute(session.ends_at)
                && (place.is_of(session) || kept)
                && (began || !another);
            let parallel = spans
                .iter()
                .any(|(_, from, to)| overlap((*from, *to), (new.starts_at, new.ends_at)));
            spans.push((*id, new.starts_at, new.ends_at));
            if parallel {
                problems.add(format!("starts_at-{at}"), Reason::SessionsOverlap);
            } else if !same && began {
                return Err(Failure::Conflict(Conflict::NotAllowedNow));
            } else if !same {
                moves.push((session.clone(), new, place));
            }
        }
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        if moves.is_empty() {
            return Err(Failure::Conflict(Conflict::NothingChanged));
        }
        let ids: Vec<i64> = moves.iter().map(|(session, ..)| session.id).collect();
        let mut taught = trainers_of(tx, &ids).await?;
        let bookings = moves
            .iter()
            .map(|(session, new, place)| Booking {
                room_id: place.room_id,
                span: (new.starts_at, new.ends_at),
                trainers: taught.remove(&session.id).unwrap_or_default(),
            })
            .collect();
        Ok(Self {
            moves,
            bookings,
            workshop_id: view.row.id,
            taking_part,
        })
    }

    /// What is taken at the new times.
    pub(super) async fn clashes(&self, tx: &impl ConnectionTrait) -> Result<Vec<Clash>, Failure> {
        find_clashes(tx, Some(self.workshop_id), &self.bookings).await
    }

    /// The seats of the smallest new room, where they are known.
    pub(super) fn smallest_room(&self) -> Option<u32> {
        let places = self.moves.iter();
        places.filter_map(|(.., place)| place.capacity).min()
    }

    pub(super) async fn refuse_clashes(
        &self,
        tx: &Tx,
        allowed: bool,
    ) -> Result<Vec<Clash>, Failure> {
        refuse_clashes(tx, Some(self.workshop_id), &self.bookings, allowed).await
    }

    pub(super) fn before(&self, view: &WorkshopView) -> Vec<SessionSnapshot> {
        self.moves
            .iter()
            .map(|(session, ..)| SessionSnapshot::of(session, *view.row.format))
            .collect()
    }

    pub(super) fn after(&self, view: &WorkshopView) -> Vec<SessionSnapshot> {
        view.sessions
            .iter()
            .filter(|session| self.moves.iter().any(|(old, ..)| old.id == session.id))
            .map(|session| SessionSnapshot::of(session, *view.row.format))
            .collect()
    }

    /// As it will be, without saving.
    pub(super) fn preview(&self, view: &WorkshopView) -> Vec<(SessionSnapshot, SessionSnapshot)> {
        self.moves
            .iter()
            .map(|(session, new, place)| {
                let was = SessionSnapshot::of(session, *view.row.format);
                let will_be = SessionSnapshot {
                    starts_at: new.starts_at,
                    ends_at: new.ends_at,
                    room: place.room.clone(),
                    address: place.address.clone(),
                    format: Some(self.taking_part.0),
                    ..was.clone()
                };
                (was, will_be)
            })
            .collect()
    }

    /// The times that hang on the start, as they will be.
    pub(super) fn deadlines(&self, before: &WorkshopView, now: DateTime<Utc>) -> Deadlines {
        let starts = before.sessions.iter().map(|session| {
            let moved = self.moves.iter().find(|(old, ..)| old.id == session.id);
            moved.map_or(session.starts_at, |(_, new, _)| new.starts_at)
        });
        let starts: Vec<DateTime<Utc>> = starts.collect();
        let from = before.starts_at();
        let first = starts.iter().min().copied().unwrap_or(from);
        let last = starts.iter().max().copied().unwrap_or(from);
        let ahead = before.phase == Phase::Upcoming;
        deadlines_of(&before.row).moved((from, first), last, ahead, now)
    }

    /// Saves sessions, agendas and the times that hang on the start.
    pub(super) async fn save(
        &self,
        tx: &Tx,
        before: &WorkshopView,
        now: DateTime<Utc>,
    ) -> Result<WorkshopView, Failure> {
        let mut sessions = before.sessions.clone();
        for (old, new, place) in &self.moves {
            let mut row = old.clone().into_active_model();
            row.starts_at = Set(new.starts_at);
            row.ends_at = Set(new.ends_at);
            row.room_id = Set(place.room_id);
            row.room = Set(place.room.clone());
            row.address = Set(place.address.clone());
            row.sequence = Set(old.sequence + 1);
            let row = row.update(&**tx).await?;
            shift_agenda(tx, old.id, new.starts_at - old.starts_at).await?;
            for session in sessions.iter_mut().filter(|session| session.id == row.id) {
                *session = row.clone();
            }
        }
        crate::workshop::put_in_order(tx, before.row.id).await?;
        let sessions = {
            sessions.sort_by_key(|session| session.starts_at);
            for (session, position) in sessions.iter_mut().zip(1..) {
                session.position = position;
            }
            sessions
        };
        let old = &before.row;
        let deadlines = self.deadlines(before, now);
        let mut row = old.clone().into_active_model();
        row.format = Set(Code(self.taking_part.0));
        row.online_link = Set(self.taking_part.1.clone());
        row.opens_at = Set(deadlines.opens_at);
        row.closes_at = Set(deadlines.closes_at);
        row.cancel_until = Set(deadlines.cancel_until);
        row.minimum_by = Set(deadlines.minimum_by);
        if deadlines.minimum_by.is_some_and(|by| by > now) {
            row.minimum_alerted_at = Set(None);
            row.minimum_settled_at = Set(None);
        }
        row.version = Set(old.version + 1);
        let row = row.update(&**tx).await?;
        Ok(WorkshopView::new(row, sessions, now))
    }
}

/// The times of a workshop that hang on its start.
pub(super) fn deadlines_of(row: &workshop::Model) -> Deadlines {
    Deadlines {
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        cancel_until: row.cancel_until,
        minimum_by: row.minimum_by,
    }
}

/// Whether the actor may call it off now.
pub(super) fn require_callable_off(actor: &Actor, view: &WorkshopView) -> Result<(), Failure> {
    let role = actor.role().unwrap_or(AccountRole::Organizer);
    move_workshop(view.phase, WorkshopMove::Cancel, role)
        .map(|_| ())
        .ok_or(Failure::Conflict(Conflict::NotAllowedNow))
}
