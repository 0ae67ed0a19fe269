//! Trainers asked to teach: who is asked to which session, what is expected of
//! them by when, and what they answered.

mod answer;
mod find;
mod mails;
mod taught;

pub(crate) use taught::Taught;

pub use find::{AskedTeaching, SessionTeachings, Teachings, TrainerChoice};

use crate::audit::{Entry, record};
use crate::entity::{Code, session, teaching, trainer, workshop};
use crate::workshop::{Booking, lock_by_slug, refuse_clashes, sessions_of, trainers_of};
use crate::{Actor, Conflict, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, Phase, Reason, TeachForm, TeachingState};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter, Set,
};
use serde_json::json;
use std::collections::BTreeSet;

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
    /// [`Failure::Invalid`] as [`TeachForm::check`], and with a problem of
    /// `trainer_id` when they teach elsewhere at that time, unless
    /// `allow_clash` is said; [`Failure::NotFound`];
    /// [`Conflict::NotAllowedNow`] when the session has begun or the workshop
    /// is called off; [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn ask_to_teach(
        &self,
        actor: &Actor,
        slug: &str,
        form: &TeachForm,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        let new = &form.check().map_err(Failure::Invalid)?;
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let view = WorkshopView::new(workshop, sessions, now);
                let session = view.sessions.iter().find(|each| each.id == new.session_id);
                let session = session
                    .cloned()
                    .ok_or_else(|| Failure::problem("session", Reason::NotAChoice))?;
                if !is_open(&view, &session, now) {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let trainer = trainer::Entity::find_by_id(new.trainer_id)
                    .filter(trainer::Column::RetiredAt.is_null())
                    .one(&*tx)
                    .await?
                    .ok_or_else(|| Failure::problem("trainer_id", Reason::NotAChoice))?;
                let known = teaching::Entity::find()
                    .filter(teaching::Column::SessionId.eq(new.session_id))
                    .filter(teaching::Column::TrainerId.eq(new.trainer_id))
                    .one(&*tx)
                    .await?;
                if known.as_ref().is_some_and(|row| {
                    *row.state != TeachingState::Declined
                        && row.expected == new.expected
                        && row.expected_by == new.expected_by
                }) {
                    return Ok(());
                }
                // Who teaches there already takes no more time than before.
                let taught = trainers_of(&*tx, &[session.id]).await?.remove(&session.id);
                let overridden = if taught.is_some_and(|all| all.contains(&trainer.id)) {
                    Vec::new()
                } else {
                    let booking = booking(&session, trainer.id);
                    refuse_clashes(&tx, Some(view.row.id), &[booking], form.allow_clash).await?
                };
                let before = known.as_ref().map(terms);
                let round = known.as_ref().map_or(0, |row| {
                    row.round + i64::from(*row.state == TeachingState::Declined)
                });
                let mut row =
                    known.map_or_else(Default::default, IntoActiveModel::into_active_model);
                row.session_id = Set(new.session_id);
                row.trainer_id = Set(new.trainer_id);
                row.state = Set(Code(TeachingState::Asked));
                row.expected = Set(new.expected.clone());
                row.expected_by = Set(new.expected_by);
                row.asked_at = Set(now);
                row.answered_at = Set(None);
                row.round = Set(round);
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
                self.record_clashes(&tx, actor, view.row.id, &overridden)
                    .await?;
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
    /// [`Conflict::NotAllowedNow`] when the session has begun, or the workshop
    /// was called off or closed; [`Failure::SignInNeeded`] or
    /// [`Failure::Forbidden`].
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
                if !is_open(&whole.view, &whole.session, now) {
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

/// What a trainer who teaches at a session needs.
fn booking(session: &session::Model, trainer_id: i64) -> Booking {
    Booking {
        room_id: None,
        span: (session.starts_at, session.ends_at),
        trainers: BTreeSet::from([trainer_id]),
    }
}

/// Whether a session can still be asked and answered about: it lies ahead, and
/// its workshop is neither called off nor closed.
pub(crate) fn is_open(view: &WorkshopView, session: &session::Model, now: DateTime<Utc>) -> bool {
    !matches!(view.phase, Phase::Cancelled | Phase::Closed) && now < session.starts_at
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
