//! What a move would change, before anything is.

use super::{ChangeMessage, Changed, SessionSnapshot};
use crate::entity::{Code, outbox, registration, session, teaching, workshop_change};
use crate::workshop::{
    Booking, Clash, Place, WorkshopView, find_clashes, find_place, refuse_clashes, shift_agenda,
    trainers_of,
};
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    AccountRole, Act, ChangeKind, DeliveryState, MoveForm, NewSession, Phase, Problems, Reason,
    RegistrationState, Tell, TellForm, WorkshopMove, move_workshop, overlap,
};
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, Set,
};
use std::collections::BTreeSet;

/// How many people a message reaches, and how many must be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// By mail.
    pub mail: u32,
    /// By phone or Zalo: no address is known, or the last mail came back.
    pub call: u32,
}

impl Reach {
    /// All of them.
    #[must_use]
    pub fn all(self) -> u32 {
        self.mail + self.call
    }
}

/// What will happen, for the organiser to confirm.
#[derive(Clone, Debug)]
pub struct ChangePreview {
    /// The workshop as it is.
    pub view: WorkshopView,
    /// The sessions that change: how they are and how they will be.
    pub sessions: Vec<(SessionSnapshot, SessionSnapshot)>,
    /// People with a seat.
    pub booked: Reach,
    /// People on the waiting list.
    pub waiting: Reach,
    /// Trainers of these sessions who have an address.
    pub trainers: u32,
    /// The message, in Vietnamese and English.
    pub messages: [ChangeMessage; 2],
    /// What is taken at the new time.
    pub clashes: Vec<Clash>,
    /// New times that lie in the past.
    pub in_past: bool,
    /// Seats, and those of the smallest new room where there are fewer.
    pub crowded: Option<(u32, u32)>,
}

/// The sessions that change, with their new places.
pub(super) struct MovePlan {
    moves: Vec<(session::Model, NewSession, Place)>,
    bookings: Vec<Booking>,
    workshop_id: i64,
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
        let mut problems = Problems::default();
        let mut moves = Vec::new();
        // Those that are not asked about stay where they are.
        let mut spans: Vec<(i64, DateTime<Utc>, DateTime<Utc>)> = view
            .sessions
            .iter()
            .filter(|session| form.sessions.iter().all(|(id, _)| *id != session.id))
            .map(|session| (session.id, session.starts_at, session.ends_at))
            .collect();
        for (at, (id, typed)) in form.sessions.iter().enumerate() {
            let found = view.sessions.iter().find(|session| session.id == *id);
            let session = found.ok_or(Failure::NotFound)?;
            if form.sessions[..at].iter().any(|(other, _)| other == id) {
                return Err(Failure::NotFound);
            }
            let new = match typed.check(view.row.format.has_place()) {
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
            let same = minute(new.starts_at) == minute(session.starts_at)
                && minute(new.ends_at) == minute(session.ends_at)
                && place.is_of(session);
            let parallel = spans
                .iter()
                .any(|(_, from, to)| overlap((*from, *to), (new.starts_at, new.ends_at)));
            spans.push((*id, new.starts_at, new.ends_at));
            if parallel {
                problems.add(format!("starts_at-{at}"), Reason::SessionsOverlap);
            } else if !same && session.starts_at <= now {
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
        })
    }

    pub(super) async fn refuse_clashes(
        &self,
        tx: &Tx,
        allowed: bool,
    ) -> Result<Vec<Clash>, Failure> {
        refuse_clashes(tx, Some(self.workshop_id), &self.bookings, allowed).await
    }

    pub(super) fn before(&self) -> Vec<SessionSnapshot> {
        self.moves
            .iter()
            .map(|(session, ..)| SessionSnapshot::from(session))
            .collect()
    }

    pub(super) fn after(&self, view: &WorkshopView) -> Vec<SessionSnapshot> {
        view.sessions
            .iter()
            .filter(|session| self.moves.iter().any(|(old, ..)| old.id == session.id))
            .map(SessionSnapshot::from)
            .collect()
    }

    /// As it will be, without saving.
    fn preview(&self) -> Vec<(SessionSnapshot, SessionSnapshot)> {
        self.moves
            .iter()
            .map(|(session, new, place)| {
                let was = SessionSnapshot::from(session);
                let will_be = SessionSnapshot {
                    starts_at: new.starts_at,
                    ends_at: new.ends_at,
                    room: place.room.clone(),
                    address: place.address.clone(),
                    ..was.clone()
                };
                (was, will_be)
            })
            .collect()
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
        let starts_at = sessions.iter().map(|session| session.starts_at).min();
        let starts_at = starts_at.ok_or(Failure::NotFound)?;
        let shift = starts_at - before.starts_at();
        // What lies ahead keeps its distance. A workshop that is postponed before
        // it has begun takes along what was over too: registration opens again,
        // and the minimum is judged anew.
        let postponed = before.phase == Phase::Upcoming && shift > chrono::Duration::zero();
        let along = |at: DateTime<Utc>| {
            if at > now || postponed {
                at + shift
            } else {
                at
            }
        };
        let old = &before.row;
        // Registration that has not opened yet opens earlier with the start.
        let opens_at = if old.opens_at > now {
            (old.opens_at + shift.min(chrono::Duration::zero())).max(now)
        } else {
            old.opens_at
        };
        let mut row = old.clone().into_active_model();
        let closes_at = along(old.closes_at).max(opens_at + chrono::Duration::minutes(1));
        row.opens_at = Set(opens_at);
        row.closes_at = Set(closes_at);
        row.cancel_until = Set(old.cancel_until.map(along));
        row.minimum_by = Set(old.minimum_by.map(along));
        if old.minimum_by.is_some_and(|by| along(by) > now) {
            row.minimum_alerted_at = Set(None);
            row.minimum_settled_at = Set(None);
        }
        row.version = Set(old.version + 1);
        let row = row.update(&**tx).await?;
        Ok(WorkshopView::new(row, sessions, now))
    }
}

/// Whether the actor may call it off now.
pub(super) fn require_callable_off(actor: &Actor, view: &WorkshopView) -> Result<(), Failure> {
    let role = actor.role().unwrap_or(AccountRole::Organizer);
    move_workshop(view.phase, WorkshopMove::Cancel, role)
        .map(|_| ())
        .ok_or(Failure::Conflict(Conflict::NotAllowedNow))
}

impl Services {
    /// What a move would change and whom it reaches; nothing is changed.
    ///
    /// # Errors
    /// As [`Services::move_workshop`], but for clashes, which are listed.
    pub async fn preview_move(
        &self,
        actor: &Actor,
        slug: &str,
        form: &MoveForm,
    ) -> Result<ChangePreview, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let tell = form.tell.check(false).map_err(Failure::Invalid)?;
        let now = self.clock.now();
        let plan = MovePlan::make(self.db.read(), &view, form, now).await?;
        let clashes = find_clashes(self.db.read(), Some(view.row.id), &plan.bookings).await?;
        let sessions = plan.preview();
        let crowded = plan
            .moves
            .iter()
            .filter_map(|(.., place)| place.capacity)
            .min()
            .filter(|room| view.capacity() > *room)
            .map(|room| (view.capacity(), room));
        let in_past = sessions.iter().any(|(_, is)| is.starts_at < now);
        let ids: Vec<i64> = sessions.iter().map(|(was, _)| was.id).collect();
        let mut preview = self
            .preview(view, ChangeKind::Moved, &tell, sessions, &ids)
            .await?;
        preview.clashes = clashes;
        preview.crowded = crowded;
        preview.in_past = in_past;
        Ok(preview)
    }

    /// Whom calling off reaches; nothing is changed.
    ///
    /// # Errors
    /// As [`Services::call_off`], but for the reason.
    pub async fn preview_calling_off(
        &self,
        actor: &Actor,
        slug: &str,
        form: &TellForm,
    ) -> Result<ChangePreview, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        require_callable_off(actor, &view)?;
        let tell = form.check(false).map_err(Failure::Invalid)?;
        let ids: Vec<i64> = view.sessions.iter().map(|session| session.id).collect();
        self.preview(view, ChangeKind::Cancelled, &tell, Vec::new(), &ids)
            .await
    }

    async fn preview(
        &self,
        view: WorkshopView,
        kind: ChangeKind,
        tell: &Tell,
        sessions: Vec<(SessionSnapshot, SessionSnapshot)>,
        ids: &[i64],
    ) -> Result<ChangePreview, Failure> {
        let db = self.db.read();
        let changed = Changed {
            id: 0,
            kind,
            at: self.clock.now(),
            note_vi: tell.note_vi.clone(),
            note_en: tell.note_en.clone(),
            sessions,
        };
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        let organizer = self.frame().await?.organizer;
        let mut after = view.clone();
        for (_, is) in &changed.sessions {
            for session in after.sessions.iter_mut().filter(|each| each.id == is.id) {
                session.starts_at = is.starts_at;
                session.ends_at = is.ends_at;
            }
        }
        let messages = [domain::Lang::Vi, domain::Lang::En]
            .map(|lang| ChangeMessage::of(&changed, &after, lang, &organizer, &page));
        Ok(ChangePreview {
            booked: reach(db, view.row.id, RegistrationState::Booked).await?,
            waiting: reach(db, view.row.id, RegistrationState::Waitlisted).await?,
            trainers: trainers_to_tell(db, ids).await?,
            sessions: changed.sessions,
            messages,
            clashes: Vec::new(),
            in_past: false,
            crowded: None,
            view,
        })
    }
}

/// How many people of a state have a working address.
async fn reach(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    state: RegistrationState,
) -> Result<Reach, Failure> {
    let all = registration::Entity::find()
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::State.eq(Code(state)));
    let number = all.clone().count(tx).await?;
    let mail = all
        .filter(registration::Column::Email.is_not_null())
        .filter(registration::Column::Email.not_in_subquery(dead_addresses()))
        .count(tx)
        .await?;
    let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Reach {
        mail: small(mail),
        call: small(number - mail),
    })
}

/// Addresses that a mail server refused for good.
pub(super) fn dead_addresses() -> sea_orm::sea_query::SelectStatement {
    use sea_orm::sea_query::{Expr, ExprTrait};
    Query::select()
        .column(outbox::Column::ToAddress)
        .from(outbox::Entity)
        .and_where(Expr::col(outbox::Column::State).eq(Code(DeliveryState::Failed)))
        .to_owned()
}

/// Trainers of sessions who did not decline and have an address.
async fn trainers_to_tell(tx: &impl ConnectionTrait, ids: &[i64]) -> Result<u32, Failure> {
    use crate::entity::trainer;
    let rows = teaching::Entity::find()
        .filter(teaching::Column::SessionId.is_in(ids.iter().copied()))
        .filter(teaching::Column::State.ne(Code(domain::TeachingState::Declined)))
        .find_also_related(trainer::Entity)
        .all(tx)
        .await?;
    let reached: BTreeSet<i64> = rows
        .into_iter()
        .filter_map(|(_, trainer)| trainer.filter(|found| found.email.is_some()))
        .map(|trainer| trainer.id)
        .collect();
    Ok(u32::try_from(reached.len()).unwrap_or(0))
}

/// The change with this key.
pub(super) async fn change_row(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    id: i64,
) -> Result<workshop_change::Model, Failure> {
    workshop_change::Entity::find_by_id(id)
        .filter(workshop_change::Column::WorkshopId.eq(workshop_id))
        .one(tx)
        .await?
        .ok_or(Failure::NotFound)
}
