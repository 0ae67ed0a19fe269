//! The sessions of a draft: added, changed, taken away. Once people know of
//! them they are moved instead (see `change`).

use super::{
    Booking, WorkshopView, find_place, lock_by_slug, lock_schedule, refuse_clashes,
    require_changeable, rows, sessions_of, shift_agenda, trainers_of,
};
use crate::audit::{Entry, record};
use crate::entity::{agenda_item, session, workshop};
use crate::material::keep_materials;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    Act, Allowing, MOST_SESSIONS, NewSession, Reason, SessionForm, WorkshopState, overlap,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;

impl Services {
    /// Adds a session to a draft.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems, also when the room is taken or
    /// the time has passed and that is not allowed; [`Conflict::NotAllowedNow`]
    /// unless it is a draft.
    pub async fn add_session(
        &self,
        actor: &Actor,
        slug: &str,
        form: &SessionForm,
        allowing: impl Into<Allowing>,
    ) -> Result<(), Failure> {
        self.put_session(actor, slug, None, form, allowing.into())
            .await
    }

    /// Changes a session of a draft.
    ///
    /// # Errors
    /// As [`Services::add_session`]; [`Failure::NotFound`].
    pub async fn revise_session(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        form: &SessionForm,
        allowing: impl Into<Allowing>,
    ) -> Result<(), Failure> {
        self.put_session(actor, slug, Some(session_id), form, allowing.into())
            .await
    }

    async fn put_session(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: Option<i64>,
        form: &SessionForm,
        allowing: Allowing,
    ) -> Result<(), Failure> {
        let current = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let now = self.clock.now();
        let was = current
            .sessions
            .iter()
            .find(|session| Some(session.id) == session_id)
            .map(|session| session.starts_at);
        let needs_place = current.row.format.has_place();
        let new = form.check_ahead(needs_place, was, allowing.already_held, now);
        let new = &new.map_err(Failure::Invalid)?;
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                require_draft(&workshop)?;
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let old = match session_id {
                    Some(id) => {
                        let found = sessions.iter().find(|session| session.id == id);
                        Some(found.ok_or(Failure::NotFound)?)
                    }
                    None if sessions.len() >= MOST_SESSIONS => {
                        return Err(Failure::Conflict(Conflict::NotAllowedNow));
                    }
                    None => None,
                };
                refuse_overlap(&sessions, session_id, new)?;
                let used = old.and_then(|session| session.room_id);
                lock_schedule(&tx).await?;
                let place = find_place(&*tx, &new.place, used).await?;
                let mut taught = match session_id {
                    Some(id) => trainers_of(&*tx, &[id]).await?,
                    None => Default::default(),
                };
                let booking = Booking {
                    room_id: place.room_id,
                    span: (new.starts_at, new.ends_at),
                    trainers: session_id
                        .and_then(|id| taught.remove(&id))
                        .unwrap_or_default(),
                };
                let overridden =
                    refuse_clashes(&tx, Some(workshop.id), &[booking], allowing.clash).await?;
                let before = old.map(rows::session_settings);
                let row = match old {
                    Some(old) => {
                        let row = old.clone().into_active_model();
                        rows::apply_session(row, new, &place).update(&*tx).await?
                    }
                    None => {
                        let last = sessions.iter().map(|session| session.position).max();
                        let position = last.unwrap_or(0) + 1;
                        rows::session_row(new, &place, workshop.id, position)
                            .insert(&*tx)
                            .await?
                    }
                };
                let mut row = row;
                if let Some(old) = old {
                    self.settle_draft(&tx, &workshop, old, &mut row, now)
                        .await?;
                }
                put_in_order(&tx, workshop.id).await?;
                let entry = Entry {
                    deed: if old.is_some() {
                        "revise_session"
                    } else {
                        "add_session"
                    },
                    noun: "workshop",
                    id: workshop.id,
                    before,
                    after: Some(rows::session_settings(&row)),
                };
                record(&*tx, actor, now, entry).await?;
                self.record_clashes(&tx, actor, workshop.id, &overridden)
                    .await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Takes a session out of a draft, with its agenda. The last one stays.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; [`Conflict::NotAllowedNow`] for the last session,
    /// and unless it is a draft.
    pub async fn remove_session(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                require_draft(&workshop)?;
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let gone = sessions.iter().find(|session| session.id == session_id);
                let gone = gone.ok_or(Failure::NotFound)?;
                if sessions.len() == 1 {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                agenda_item::Entity::delete_many()
                    .filter(agenda_item::Column::SessionId.eq(session_id))
                    .exec(&*tx)
                    .await?;
                self.withdraw_session(&tx, session_id, now).await?;
                keep_materials(&*tx, session_id).await?;
                session::Entity::delete_by_id(session_id).exec(&*tx).await?;
                put_in_order(&tx, workshop.id).await?;
                let entry = Entry {
                    deed: "remove_session",
                    noun: "workshop",
                    id: workshop.id,
                    before: Some(rows::session_settings(gone)),
                    after: Some(json!({})),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }
}

impl Services {
    /// What hangs on a session of a draft that now is at another time or
    /// place: its agenda moves along, and the trainers who were asked are told,
    /// with the next SEQUENCE.
    pub(super) async fn settle_draft(
        &self,
        tx: &Tx,
        workshop: &workshop::Model,
        old: &session::Model,
        row: &mut session::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let whole = |row: &session::Model| {
            let place = (row.room_id, row.room.clone(), row.address.clone());
            (row.starts_at, row.ends_at, place)
        };
        if whole(old) == whole(row) {
            return Ok(());
        }
        shift_agenda(tx, row.id, row.starts_at - old.starts_at).await?;
        let mut raised = row.clone().into_active_model();
        raised.sequence = Set(old.sequence + 1);
        *row = raised.update(&**tx).await?;
        let view = WorkshopView::new(
            workshop.clone(),
            sessions_of(&**tx, workshop.id).await?,
            now,
        );
        self.mail_session_moved(tx, &view, row, now).await
    }
}

fn require_draft(workshop: &workshop::Model) -> Result<(), Failure> {
    require_changeable(workshop)?;
    if *workshop.state == WorkshopState::Draft {
        Ok(())
    } else {
        Err(Failure::Conflict(Conflict::NotAllowedNow))
    }
}

/// Nobody attends two sessions of one workshop at once.
pub(crate) fn refuse_overlap(
    sessions: &[session::Model],
    own: Option<i64>,
    new: &NewSession,
) -> Result<(), Failure> {
    let clash = sessions.iter().any(|other| {
        Some(other.id) != own
            && overlap(
                (other.starts_at, other.ends_at),
                (new.starts_at, new.ends_at),
            )
    });
    if clash {
        Err(Failure::problem("starts_at", Reason::SessionsOverlap))
    } else {
        Ok(())
    }
}

/// Numbers the sessions by their start. Two steps, since no two may have the
/// same number meanwhile.
pub(crate) async fn put_in_order(tx: &Tx, workshop_id: i64) -> Result<(), Failure> {
    let mut sessions = sessions_of(&**tx, workshop_id).await?;
    sessions.sort_by_key(|session| session.starts_at);
    let ordered = sessions
        .iter()
        .zip(1..)
        .all(|(session, position)| session.position == position);
    if ordered {
        return Ok(());
    }
    for offset in [1000, 0] {
        for (session, position) in sessions.iter().zip(1..) {
            let mut row = session.clone().into_active_model();
            row.position = Set(offset + position);
            row.update(&**tx).await?;
        }
    }
    Ok(())
}
