//! Workshops: schedule, publish, find.

mod agenda;
mod assign;
mod clash;
mod copy;
mod find;
mod place;
mod revise;
mod rows;
mod sessions;
mod view;

pub use agenda::AgendaItem;
pub(crate) use agenda::shift_agenda;
pub use clash::Clash;
pub(crate) use clash::{
    Booking, Staffing, find_clashes, lock_schedule, names_of, refuse_clashes, trainers_of,
};
pub(crate) use find::{lock_by_id, lock_by_slug, sessions_of};
pub(crate) use place::{Place, find_place, place_words};
pub(crate) use sessions::put_in_order;
pub use view::{WorkshopView, session_form};

use crate::audit::{Entry, record};
use crate::db::lock_key;
use crate::entity::{Code, session, workshop};
use crate::{Actor, Conflict, Failure, Services, Tx};
use domain::{
    AccountRole, Act, Known, NewSession, NewWorkshop, Reason, Slug, WorkshopForm, WorkshopMove,
    move_workshop,
};
use rows::{session_row, whole, workshop_row};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, Set,
};
use serde_json::json;
use std::collections::BTreeSet;

impl Services {
    /// Schedules a workshop with one session, as a draft.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems at once, also when the address
    /// or the room is taken.
    pub async fn schedule(
        &self,
        actor: &Actor,
        form: &WorkshopForm,
    ) -> Result<WorkshopView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        let new = form.check(now, Known::default());
        let new = &new.map_err(Failure::Invalid)?;
        self.db
            .write(|tx| async move {
                let programme = self.programme_row(&*tx).await?;
                lock_key(&tx, "workshop address").await?;
                let slug = match &new.slug {
                    Some(slug) => wanted_slug(&*tx, slug).await?,
                    None => free_slug(&*tx, Slug::from_title(&new.title_vi)).await?,
                };
                lock_schedule(&tx).await?;
                let place = find_place(&*tx, &new.session.place, None).await?;
                let overridden = place_session(&tx, None, new, &place).await?;
                let row = workshop_row(new, programme.id, slug, now)
                    .insert(&*tx)
                    .await?;
                let session = session_row(&new.session, &place, row.id, 1)
                    .insert(&*tx)
                    .await?;
                let entry = Entry {
                    deed: "schedule",
                    noun: "workshop",
                    id: row.id,
                    before: None,
                    after: Some(whole(&row, &session)),
                };
                record(&*tx, actor, now, entry).await?;
                self.record_clashes(&tx, actor, row.id, &overridden).await?;
                Ok(WorkshopView::new(row, vec![session], now))
            })
            .await
    }

    /// What sessions as typed would clash with, to show beside the problem.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn clashes_with(
        &self,
        actor: &Actor,
        own: Option<i64>,
        sessions: &[(NewSession, Option<i64>)],
    ) -> Result<Vec<Clash>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let ids: Vec<i64> = sessions.iter().filter_map(|(_, id)| *id).collect();
        let mut taught = trainers_of(self.db.read(), &ids).await?;
        let mut bookings = Vec::new();
        for (new, id) in sessions {
            let room_id = match new.place {
                domain::NewPlace::Room(id) => Some(id),
                domain::NewPlace::Typed { .. } => None,
            };
            bookings.push(Booking {
                room_id,
                span: (new.starts_at, new.ends_at),
                trainers: id.and_then(|id| taught.remove(&id)).unwrap_or_default(),
            });
        }
        find_clashes(self.db.read(), own, &bookings).await
    }

    /// What trainers would clash with who were to teach at a session, to show
    /// beside the problem.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn clashes_of_trainers(
        &self,
        actor: &Actor,
        session: &session::Model,
        trainers: impl IntoIterator<Item = i64>,
    ) -> Result<Vec<Clash>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let booking = Booking {
            room_id: None,
            span: (session.starts_at, session.ends_at),
            trainers: trainers.into_iter().collect(),
        };
        find_clashes(self.db.read(), Some(session.workshop_id), &[booking]).await
    }

    /// An override is a deed of its own in the log.
    pub(crate) async fn record_clashes(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop_id: i64,
        overridden: &[Clash],
    ) -> Result<(), Failure> {
        if overridden.is_empty() {
            return Ok(());
        }
        let others: BTreeSet<&str> = overridden.iter().map(|clash| clash.slug.as_str()).collect();
        let entry = Entry {
            deed: "override_clash",
            noun: "workshop",
            id: workshop_id,
            before: None,
            after: Some(json!({ "clashes": others })),
        };
        record(&**tx, actor, self.clock.now(), entry).await
    }

    /// Makes a draft public.
    ///
    /// # Errors
    /// [`Failure::Invalid`] lists what is missing; [`Conflict::NotAllowedNow`]
    /// when it is no draft.
    pub async fn publish(&self, actor: &Actor, slug: &str) -> Result<WorkshopView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        self.move_to(actor, slug, WorkshopMove::Publish, "publish")
            .await
    }

    /// Locks the figures of a workshop that was held: nobody is checked in or
    /// taken out any more.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] when it is not over.
    pub async fn close(&self, actor: &Actor, slug: &str) -> Result<WorkshopView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        self.move_to(actor, slug, WorkshopMove::Close, "close")
            .await
    }

    /// Unlocks the figures again.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] when it is not closed.
    pub async fn reopen(&self, actor: &Actor, slug: &str) -> Result<WorkshopView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        self.move_to(actor, slug, WorkshopMove::Reopen, "reopen")
            .await
    }

    /// Calling off is a deed of its own: people are told of it.
    async fn move_to(
        &self,
        actor: &Actor,
        slug: &str,
        step: WorkshopMove,
        done: &'static str,
    ) -> Result<WorkshopView, Failure> {
        let now = self.clock.now();
        let role = actor.role().unwrap_or(AccountRole::Organizer);
        self.db
            .write(|tx| async move {
                let before = lock_by_slug(&tx, slug).await?;
                let sessions = sessions_of(&*tx, before.id).await?;
                let view = WorkshopView::new(before, sessions, now);
                let state = move_workshop(view.phase, step, role)
                    .ok_or(Failure::Conflict(Conflict::NotAllowedNow))?;
                if step == WorkshopMove::Publish {
                    let missing = view.missing();
                    if !missing.is_empty() {
                        return Err(Failure::Invalid(missing));
                    }
                }
                let was = json!({ "state": view.row.state.0 });
                let mut row = view.row.into_active_model();
                row.state = Set(Code(state));
                if step == WorkshopMove::Publish {
                    row.published_at = Set(Some(now));
                }
                let row = row.update(&*tx).await?;
                let entry = Entry {
                    deed: done,
                    noun: "workshop",
                    id: row.id,
                    before: Some(was),
                    after: Some(json!({ "state": state })),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(WorkshopView::new(row, view.sessions, now))
            })
            .await
    }
}

/// What is called off or locked stays as it is.
pub(crate) fn require_changeable(row: &workshop::Model) -> Result<(), Failure> {
    if row.state.is_changeable() {
        Ok(())
    } else {
        Err(Failure::Conflict(Conflict::NotAllowedNow))
    }
}

/// Refuses a first session that clashes, unless that was allowed.
async fn place_session(
    tx: &Tx,
    session: Option<&session::Model>,
    new: &NewWorkshop,
    place: &Place,
) -> Result<Vec<Clash>, Failure> {
    let taught = match session {
        Some(session) => trainers_of(&**tx, &[session.id]).await?.remove(&session.id),
        None => None,
    };
    let booking = Booking {
        room_id: place.room_id,
        span: (new.session.starts_at, new.session.ends_at),
        trainers: taught.unwrap_or_default(),
    };
    let own = session.map(|session| session.workshop_id);
    refuse_clashes(tx, own, &[booking], new.allow_clash).await
}

/// The address asked for.
async fn wanted_slug(tx: &impl ConnectionTrait, slug: &Slug) -> Result<String, Failure> {
    if taken_slugs(tx, slug)
        .await?
        .iter()
        .any(|taken| taken == slug.as_str())
    {
        return Err(Failure::problem("slug", Reason::SlugTaken));
    }
    Ok(slug.as_str().to_owned())
}

/// The address made from a title, or the first free one after it.
async fn free_slug(tx: &impl ConnectionTrait, wanted: Slug) -> Result<String, Failure> {
    let taken = taken_slugs(tx, &wanted).await?;
    std::iter::once(wanted.clone())
        .chain((2..=u32::MAX).map(|number| wanted.numbered(number)))
        .map(|slug| slug.as_str().to_owned())
        .find(|slug| !taken.contains(slug))
        .ok_or_else(|| Failure::internal("no address is free"))
}

async fn taken_slugs(tx: &impl ConnectionTrait, wanted: &Slug) -> Result<Vec<String>, Failure> {
    let mut taken: Vec<String> = workshop::Entity::find()
        .select_only()
        .column(workshop::Column::Slug)
        .filter(workshop::Column::Slug.starts_with(wanted.as_str()))
        .into_tuple()
        .all(tx)
        .await?;
    // The organisers' form for a new workshop has this address.
    taken.push("new".to_owned());
    Ok(taken)
}
