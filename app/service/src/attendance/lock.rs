//! The figures of a session: put forward by one person, signed off by another,
//! reopened with a reason. While they are put forward or signed off nothing
//! about who attended changes.

use super::keep::keep_rows;
use crate::audit::{Entry, record};
use crate::entity::{session, session_lock};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, Tx};
use domain::{Act, FiguresState, WorkshopState, clean_line, may_sign};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QuerySelect, Set,
};
use serde_json::json;
use std::collections::HashMap;

impl session_lock::Model {
    /// How far the figures are.
    #[must_use]
    pub fn state(&self) -> FiguresState {
        if self.signed_at.is_some() {
            FiguresState::Locked
        } else {
            FiguresState::Proposed
        }
    }
}

/// The lock of a session that stands, if it is put forward or signed off.
pub(crate) async fn lock_of(
    tx: &impl ConnectionTrait,
    session_id: i64,
) -> Result<Option<session_lock::Model>, Failure> {
    Ok(session_lock::Entity::find()
        .filter(session_lock::Column::SessionId.eq(session_id))
        .filter(session_lock::Column::ReopenedAt.is_null())
        .one(tx)
        .await?)
}

/// The locks that stand, by their session.
pub(crate) async fn locks_of(
    tx: &impl ConnectionTrait,
    sessions: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, session_lock::Model>, Failure> {
    let rows = session_lock::Entity::find()
        .filter(session_lock::Column::SessionId.is_in(sessions))
        .filter(session_lock::Column::ReopenedAt.is_null())
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.session_id, row)).collect())
}

/// Demands that the figures of a session may change.
///
/// # Errors
/// [`Conflict::FiguresLocked`].
pub(crate) async fn require_open(
    tx: &impl ConnectionTrait,
    session_id: i64,
) -> Result<(), Failure> {
    match lock_of(tx, session_id).await? {
        None => Ok(()),
        Some(_) => Err(Failure::Conflict(Conflict::FiguresLocked)),
    }
}

/// Whether figures of any session of a workshop are put forward or signed off.
pub(crate) async fn has_lock(tx: &impl ConnectionTrait, workshop_id: i64) -> Result<bool, Failure> {
    let locks = session_lock::Entity::find()
        .join(
            JoinType::InnerJoin,
            session_lock::Entity::belongs_to(session::Entity)
                .from(session_lock::Column::SessionId)
                .to(session::Column::Id)
                .into(),
        )
        .filter(session::Column::WorkshopId.eq(workshop_id))
        .filter(session_lock::Column::ReopenedAt.is_null())
        .count(tx)
        .await?;
    Ok(locks > 0)
}

async fn require_settled(tx: &Tx, session_id: i64) -> Result<(), Failure> {
    match crate::door::unsettled(&**tx, session_id).await? {
        0 => Ok(()),
        _ => Err(Failure::Conflict(Conflict::Unsettled)),
    }
}

/// Only people with an account put forward and sign: behind a token may stand
/// the same person once more.
fn require_person(actor: &Actor) -> Result<(), Failure> {
    match actor {
        Actor::Account { .. } => Ok(()),
        _ => Err(Failure::Forbidden),
    }
}

impl Services {
    /// Puts the figures of a session that is over forward for signing: who
    /// attended is kept as it is now.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] before its end and unless the workshop is
    /// published, [`Conflict::FiguresLocked`]
    /// when that was done already, [`Conflict::Unsettled`] while somebody whom
    /// a device let in alone is not settled; as [`Services::staff_workshop`].
    pub async fn propose_figures(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
    ) -> Result<(), Failure> {
        let at = &self
            .session_at(actor, Act::ManageWorkshops, slug, session_id)
            .await?;
        require_person(actor)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, at.workshop_id).await?;
                if at.ends_at > now || *workshop.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                require_open(&*tx, at.id).await?;
                require_settled(&tx, at.id).await?;
                let lock = session_lock::ActiveModel {
                    session_id: Set(at.id),
                    proposed_by: Set(actor.label()),
                    proposed_at: Set(now),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                keep_rows(&tx, &workshop, at, lock.id, now).await?;
                let entry = Entry {
                    deed: "propose_figures",
                    noun: "workshop",
                    id: at.workshop_id,
                    before: None,
                    after: Some(json!({ "session": at.id })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// Signs off what another person put forward: the figures of the session
    /// are verified from now on. `lock` is what was looked at, as the page of
    /// the session names it.
    ///
    /// # Errors
    /// [`Conflict::OwnFigures`] for who put them forward,
    /// [`Conflict::NotAllowedNow`] when nothing is put forward,
    /// [`Conflict::Outdated`] when that is not what was looked at; as
    /// [`Services::staff_workshop`].
    pub async fn sign_figures(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        lock: i64,
    ) -> Result<(), Failure> {
        let at = &self
            .session_at(actor, Act::SignFigures, slug, session_id)
            .await?;
        require_person(actor)?;
        let looked_at = lock;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, at.workshop_id).await?;
                let lock = lock_of(&*tx, at.id)
                    .await?
                    .filter(|lock| lock.state() == FiguresState::Proposed)
                    .ok_or(Failure::Conflict(Conflict::NotAllowedNow))?;
                if lock.id != looked_at {
                    return Err(Failure::Conflict(Conflict::Outdated));
                }
                require_settled(&tx, at.id).await?;
                if !may_sign(&lock.proposed_by, &actor.label()) {
                    return Err(Failure::Conflict(Conflict::OwnFigures));
                }
                let mut lock = lock.into_active_model();
                lock.signed_by = Set(Some(actor.label()));
                lock.signed_at = Set(Some(now));
                lock.update(&*tx).await?;
                let entry = Entry {
                    deed: "sign_figures",
                    noun: "workshop",
                    id: at.workshop_id,
                    before: None,
                    after: Some(json!({ "session": at.id })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// Opens the figures of a session again, so that they can be changed.
    ///
    /// # Errors
    /// [`Failure::Invalid`] without a `reason`; [`Conflict::NotAllowedNow`]
    /// when they are open, or while the workshop is closed: it is reopened
    /// first; as [`Services::staff_workshop`].
    pub async fn reopen_figures(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        reason: &str,
    ) -> Result<(), Failure> {
        let at = &self
            .session_at(actor, Act::SignFigures, slug, session_id)
            .await?;
        let reason = &clean_line(reason, 300).map_err(|why| Failure::problem("reason", why))?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, at.workshop_id).await?;
                if *workshop.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let lock = lock_of(&*tx, at.id)
                    .await?
                    .ok_or(Failure::Conflict(Conflict::NotAllowedNow))?;
                let mut lock = lock.into_active_model();
                lock.reopened_by = Set(Some(actor.label()));
                lock.reopened_at = Set(Some(now));
                lock.reason = Set(Some(reason.clone()));
                lock.update(&*tx).await?;
                let entry = Entry {
                    deed: "reopen_figures",
                    noun: "workshop",
                    id: at.workshop_id,
                    before: None,
                    after: Some(json!({ "session": at.id, "reason": reason })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// A session of a workshop for staff who may do an act there.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub(crate) async fn session_at(
        &self,
        actor: &Actor,
        act: Act,
        slug: &str,
        session_id: i64,
    ) -> Result<session::Model, Failure> {
        let view = self.staff_workshop(actor, act, slug).await?;
        let mut sessions = view.sessions.into_iter();
        sessions
            .find(|session| session.id == session_id)
            .ok_or(Failure::NotFound)
    }
}
