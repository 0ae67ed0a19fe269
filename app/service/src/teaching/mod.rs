//! Trainers asked to teach: who is asked to which session, what is expected of
//! them by when, and what they answered.

mod answer;
mod find;
mod mails;

pub use find::{AskedTeaching, SessionTeachings, Teachings, TrainerChoice};

use crate::audit::{Entry, record};
use crate::entity::{Code, session, teaching, trainer, workshop};
use crate::workshop::{Booking, find_clashes, lock_by_slug, lock_schedule, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, Phase, Problems, Reason, TeachingState, clean_line, parse_local};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter, Set,
};
use serde_json::json;
use std::collections::BTreeSet;

/// The longest text of what is expected.
const LONGEST: u32 = 500;

/// A teaching with all that belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    pub(crate) row: teaching::Model,
    pub(crate) trainer: trainer::Model,
    pub(crate) session: session::Model,
    pub(crate) view: WorkshopView,
}

impl Services {
    /// Asks a trainer to teach a session, by mail where an address is known.
    /// Asking again changes what is expected and wants a new answer; the very
    /// same again changes nothing.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with a problem of `session`, `trainer` (also when
    /// they teach elsewhere at that time), `expected` or `expected_by`; [`Failure::NotFound`]; [`Conflict::NotAllowedNow`]
    /// when the session has begun or the workshop is called off;
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn ask_to_teach(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: &str,
        trainer_id: &str,
        expected: &str,
        expected_by: &str,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        let mut problems = Problems::default();
        let session_id = problems.take("session", chosen(session_id));
        let trainer_id = problems.take("trainer", chosen(trainer_id));
        let expected = problems.take("expected", text_of(expected));
        let expected_by = problems.take("expected_by", moment(expected_by));
        let (Some(session_id), Some(trainer_id), Some(expected), Some(expected_by)) =
            (session_id, trainer_id, expected, expected_by)
        else {
            return Err(Failure::Invalid(problems));
        };
        let expected = &expected;
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let view = WorkshopView::new(workshop, sessions, now);
                let session = view.sessions.iter().find(|each| each.id == session_id);
                let session = session
                    .cloned()
                    .ok_or_else(|| Failure::problem("session", Reason::NotAChoice))?;
                if !is_open(&view, &session, now) {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let trainer = trainer::Entity::find_by_id(trainer_id)
                    .filter(trainer::Column::RetiredAt.is_null())
                    .one(&*tx)
                    .await?
                    .ok_or_else(|| Failure::problem("trainer", Reason::NotAChoice))?;
                let known = teaching::Entity::find()
                    .filter(teaching::Column::SessionId.eq(session_id))
                    .filter(teaching::Column::TrainerId.eq(trainer_id))
                    .one(&*tx)
                    .await?;
                if known.as_ref().is_some_and(|row| {
                    *row.state != TeachingState::Declined
                        && row.expected == *expected
                        && row.expected_by == expected_by
                }) {
                    return Ok(());
                }
                refuse_clash(&tx, &view, &session, trainer_id).await?;
                let before = known.as_ref().map(terms);
                let mut row =
                    known.map_or_else(Default::default, IntoActiveModel::into_active_model);
                row.session_id = Set(session_id);
                row.trainer_id = Set(trainer_id);
                row.state = Set(Code(TeachingState::Asked));
                row.expected = Set(expected.clone());
                row.expected_by = Set(expected_by);
                row.asked_at = Set(now);
                row.answered_at = Set(None);
                let row = match before {
                    Some(_) => row.update(&*tx).await?,
                    None => row.insert(&*tx).await?,
                };
                let entry = Entry {
                    deed: "ask_to_teach",
                    noun: "workshop",
                    id: view.row.id,
                    before,
                    after: Some(terms(&row)),
                };
                record(&*tx, actor, now, entry).await?;
                let whole = Whole {
                    row,
                    trainer,
                    session,
                    view,
                };
                self.mail_asked(&tx, &whole, now).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Takes the question back: the trainer no longer teaches there, and gets
    /// a cancellation where an invitation was mailed. Twice is harmless.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a teaching of another workshop;
    /// [`Conflict::NotAllowedNow`] when the session has begun;
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn withdraw_teaching(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let Some(whole) = whole(&*tx, id, now).await? else {
                    return Ok(());
                };
                if whole.view.row.id != workshop.id {
                    return Err(Failure::NotFound);
                }
                if whole.session.starts_at <= now {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let entry = Entry {
                    deed: "withdraw_teaching",
                    noun: "workshop",
                    id: workshop.id,
                    before: Some(terms(&whole.row)),
                    after: None,
                };
                record(&*tx, actor, now, entry).await?;
                self.mail_withdrawn(&tx, &whole, now).await?;
                whole.row.delete(&*tx).await?;
                Ok(())
            })
            .await
            .inspect(|()| self.ring_outbox())
    }
}

/// Nobody can teach in two places at once.
async fn refuse_clash(
    tx: &Tx,
    view: &WorkshopView,
    session: &session::Model,
    trainer_id: i64,
) -> Result<(), Failure> {
    lock_schedule(tx).await?;
    let booking = Booking {
        room_id: None,
        span: (session.starts_at, session.ends_at),
        trainers: BTreeSet::from([trainer_id]),
    };
    let clashes = find_clashes(&**tx, Some(view.row.id), &[booking]).await?;
    if clashes.is_empty() {
        Ok(())
    } else {
        Err(Failure::problem("trainer", Reason::TrainerTaken))
    }
}

/// Whether a session can still be asked and answered about.
pub(crate) fn is_open(view: &WorkshopView, session: &session::Model, now: DateTime<Utc>) -> bool {
    view.phase != Phase::Cancelled && now < session.starts_at
}

/// A teaching by its key, with all that belongs to it.
pub(crate) async fn whole(
    tx: &impl ConnectionTrait,
    id: i64,
    now: DateTime<Utc>,
) -> Result<Option<Whole>, Failure> {
    let Some(row) = teaching::Entity::find_by_id(id).one(tx).await? else {
        return Ok(None);
    };
    let trainer = trainer::Entity::find_by_id(row.trainer_id).one(tx).await?;
    let session = session::Entity::find_by_id(row.session_id).one(tx).await?;
    let session = session.ok_or(Failure::NotFound)?;
    let workshop = workshop::Entity::find_by_id(session.workshop_id);
    let workshop = workshop.one(tx).await?.ok_or(Failure::NotFound)?;
    let sessions = sessions_of(tx, workshop.id).await?;
    Ok(Some(Whole {
        row,
        trainer: trainer.ok_or(Failure::NotFound)?,
        session,
        view: WorkshopView::new(workshop, sessions, now),
    }))
}

/// What the log keeps: no names and no words.
pub(crate) fn terms(row: &teaching::Model) -> serde_json::Value {
    json!({ "session": row.session_id, "trainer": row.trainer_id, "teaching": row.state.0 })
}

fn chosen(id: &str) -> Result<i64, Reason> {
    match id.trim() {
        "" => Err(Reason::Required),
        id => id.parse().map_err(|_| Reason::NotAChoice),
    }
}

/// What is expected; may be nothing.
fn text_of(typed: &str) -> Result<String, Reason> {
    match clean_line(typed, LONGEST) {
        Err(Reason::Required) => Ok(String::new()),
        text => text,
    }
}

/// A moment, or none when nothing was typed.
fn moment(typed: &str) -> Result<Option<DateTime<Utc>>, Reason> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    parse_local(typed).map(Some)
}
