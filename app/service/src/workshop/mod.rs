//! Workshops: schedule, publish, find.

mod assign;
mod find;
mod view;

pub(crate) use find::{lock_by_id, lock_by_slug, sessions_of};
pub use view::WorkshopView;

use crate::audit::{Entry, record};
use crate::db::lock_key;
use crate::entity::{Code, session, workshop};
use crate::{Actor, Conflict, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{
    AccountRole, Act, NewWorkshop, Problems, Reason, Slug, WorkshopForm, WorkshopMove,
    WorkshopState, fewest_seats, missing_to_publish, move_workshop,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, Set,
};
use serde_json::json;

impl Services {
    /// Schedules a workshop with one session, as a draft.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems at once, also when the address
    /// is taken.
    pub async fn schedule(
        &self,
        actor: &Actor,
        form: &WorkshopForm,
    ) -> Result<WorkshopView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        let new = &form.check(now).map_err(Failure::Invalid)?;
        self.db
            .write(|tx| async move {
                let programme = self.programme_row(&*tx).await?;
                lock_key(&tx, "workshop address").await?;
                let slug = free_slug(&*tx, new).await?;
                let row = workshop_row(new, programme.id, slug, now)
                    .insert(&*tx)
                    .await?;
                let session = session_row(new, row.id).insert(&*tx).await?;
                let entry = Entry {
                    deed: "schedule",
                    noun: "workshop",
                    id: row.id,
                    before: None,
                    after: Some(settings(&row, &session)),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(WorkshopView::new(row, vec![session], now))
            })
            .await
    }

    /// Changes a workshop and its session. Seats are never lowered below the
    /// people already booked; a room that walk-ins overfilled may stay as it is.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::NotFound`], or [`Conflict::NotAllowedNow`]
    /// for a cancelled workshop.
    pub async fn revise(
        &self,
        actor: &Actor,
        slug: &str,
        form: &WorkshopForm,
    ) -> Result<WorkshopView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        let new = &form.check(now).map_err(Failure::Invalid)?;
        self.db
            .write(|tx| async move {
                let before = lock_by_slug(&tx, slug).await?;
                if *before.state == WorkshopState::Cancelled {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let seats = crate::registration::count_seats(&*tx, &before).await?;
                let fewest = fewest_seats(seats);
                if new.capacity < fewest {
                    let range = Reason::NotInRange(i64::from(fewest), 5000);
                    return Err(Failure::problem("capacity", range));
                }
                let session = first_session(&*tx, before.id).await?;
                let was = settings(&before, &session);
                let mut row = workshop_row(
                    new,
                    before.programme_id,
                    before.slug.clone(),
                    before.created_at,
                );
                row.id = Set(before.id);
                row.state = Set(before.state);
                row.published_at = Set(before.published_at);
                row.notice_vi = Set(before.notice_vi);
                row.notice_en = Set(before.notice_en);
                let row = row.update(&*tx).await?;
                let mut changed = session_row(new, row.id);
                changed.id = Set(session.id);
                let session = changed.update(&*tx).await?;
                // More seats, or a later start, may let waiting people in.
                self.promote(&tx, actor, &row, now).await?;
                let entry = Entry {
                    deed: "revise",
                    noun: "workshop",
                    id: row.id,
                    before: Some(was),
                    after: Some(settings(&row, &session)),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(WorkshopView::new(row, vec![session], now))
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// Makes a draft public.
    ///
    /// # Errors
    /// [`Failure::Invalid`] lists what is missing; [`Conflict::NotAllowedNow`]
    /// when it is no draft.
    pub async fn publish(&self, actor: &Actor, slug: &str) -> Result<WorkshopView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        self.move_to(actor, slug, WorkshopMove::Publish).await
    }

    /// Calls a workshop off. Nobody is told by this deed yet: the cockpit says
    /// so before it is done.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] when it was cancelled already, or is over.
    pub async fn call_off(&self, actor: &Actor, slug: &str) -> Result<WorkshopView, Failure> {
        actor.require(Act::ManageWorkshops)?;
        self.move_to(actor, slug, WorkshopMove::Cancel).await
    }

    async fn move_to(
        &self,
        actor: &Actor,
        slug: &str,
        step: WorkshopMove,
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
                    let missing = missing_to_publish(&view.row.title_en, view.room());
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
                    deed: if step == WorkshopMove::Publish {
                        "publish"
                    } else {
                        "call_off"
                    },
                    noun: "workshop",
                    id: row.id,
                    before: Some(was),
                    after: Some(json!({ "state": state })),
                };
                record(&*tx, actor, now, entry).await?;
                if step == WorkshopMove::Cancel {
                    crate::outbox::withhold_of_workshop(&*tx, row.id).await?;
                }
                Ok(WorkshopView::new(row, view.sessions, now))
            })
            .await
    }
}

async fn first_session(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<session::Model, Failure> {
    let sessions = sessions_of(tx, workshop_id).await?;
    sessions.into_iter().next().ok_or(Failure::NotFound)
}

/// The address asked for, or the first free one made from the title.
async fn free_slug(tx: &impl ConnectionTrait, new: &NewWorkshop) -> Result<String, Failure> {
    let wanted = new
        .slug
        .clone()
        .unwrap_or_else(|| Slug::from_title(&new.title_vi));
    let mut taken: Vec<String> = workshop::Entity::find()
        .select_only()
        .column(workshop::Column::Slug)
        .filter(workshop::Column::Slug.starts_with(wanted.as_str()))
        .into_tuple()
        .all(tx)
        .await?;
    // The organisers' form for a new workshop has this address.
    taken.push("new".to_owned());
    if !taken.iter().any(|slug| slug == wanted.as_str()) {
        return Ok(wanted.as_str().to_owned());
    }
    if new.slug.is_some() {
        return Err(Failure::Invalid(Problems::one("slug", Reason::SlugTaken)));
    }
    (2..=u32::MAX)
        .map(|number| wanted.numbered(number).as_str().to_owned())
        .find(|slug| !taken.contains(slug))
        .ok_or_else(|| Failure::internal("no address is free"))
}

fn workshop_row(
    new: &NewWorkshop,
    programme_id: i64,
    slug: String,
    created_at: DateTime<Utc>,
) -> workshop::ActiveModel {
    workshop::ActiveModel {
        programme_id: Set(programme_id),
        slug: Set(slug),
        title_vi: Set(new.title_vi.clone()),
        title_en: Set(new.title_en.clone()),
        summary_vi: Set(new.summary_vi.clone()),
        summary_en: Set(new.summary_en.clone()),
        notice_vi: Set(String::new()),
        notice_en: Set(String::new()),
        kind: Set(Code(new.kind)),
        state: Set(Code(WorkshopState::Draft)),
        capacity: Set(i64::from(new.capacity)),
        opens_at: Set(new.opens_at),
        closes_at: Set(new.closes_at),
        created_at: Set(created_at),
        published_at: Set(None),
        ..Default::default()
    }
}

fn session_row(new: &NewWorkshop, workshop_id: i64) -> session::ActiveModel {
    session::ActiveModel {
        workshop_id: Set(workshop_id),
        position: Set(1),
        room: Set(new.room.clone()),
        address: Set(new.address.clone()),
        starts_at: Set(new.starts_at),
        ends_at: Set(new.ends_at),
        ..Default::default()
    }
}

/// What the log keeps of a workshop.
fn settings(row: &workshop::Model, session: &session::Model) -> serde_json::Value {
    json!({
        "title_vi": row.title_vi, "title_en": row.title_en, "summary_vi": row.summary_vi,
        "summary_en": row.summary_en, "kind": row.kind.0, "capacity": row.capacity, "opens_at": row.opens_at, "closes_at": row.closes_at, "room": session.room,
        "address": session.address, "starts_at": session.starts_at, "ends_at": session.ends_at,
    })
}
