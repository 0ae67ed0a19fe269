//! Workshops: schedule, publish, find.

use crate::audit::{Entry, record};
use crate::db::lock_key;
use crate::entity::{Code, account, assignment, programme, session, workshop};
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    AccountRole, Act, Lang, NewWorkshop, Phase, Problems, Reason, RegistrationWindow, Slug,
    WorkshopForm, WorkshopMove, WorkshopState, fewest_seats, missing_to_publish, move_workshop,
    registration_window,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel,
    LoaderTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;

/// A workshop with its sessions and where it stands.
#[derive(Clone, Debug)]
pub struct WorkshopView {
    /// The row.
    pub row: workshop::Model,
    /// Its sessions, in order.
    pub sessions: Vec<session::Model>,
    /// Where it stands now.
    pub phase: Phase,
    /// Whether somebody can register now.
    pub window: RegistrationWindow,
}

impl WorkshopView {
    pub(crate) fn new(
        row: workshop::Model,
        mut sessions: Vec<session::Model>,
        now: DateTime<Utc>,
    ) -> Self {
        sessions.sort_by_key(|session| session.position);
        let (starts_at, ends_at) = span(&sessions, row.created_at);
        Self {
            phase: row.state.phase(starts_at, ends_at, now),
            window: registration_window(*row.state, row.opens_at, row.closes_at, now),
            row,
            sessions,
        }
    }

    /// The title in a language; Vietnamese where there is no English yet.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        or_vietnamese(lang, &self.row.title_vi, &self.row.title_en)
    }

    /// The summary in a language.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> &str {
        or_vietnamese(lang, &self.row.summary_vi, &self.row.summary_en)
    }

    /// What has changed, in a language; empty when nothing has.
    #[must_use]
    pub fn notice(&self, lang: Lang) -> &str {
        or_vietnamese(lang, &self.row.notice_vi, &self.row.notice_en)
    }

    /// The start of the first session.
    #[must_use]
    pub fn starts_at(&self) -> DateTime<Utc> {
        span(&self.sessions, self.row.created_at).0
    }

    /// The end of the last session.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        span(&self.sessions, self.row.created_at).1
    }

    /// The room of the first session.
    #[must_use]
    pub fn room(&self) -> &str {
        self.sessions.first().map_or("", |session| &session.room)
    }

    /// The address of the first session.
    #[must_use]
    pub fn address(&self) -> &str {
        self.sessions.first().map_or("", |session| &session.address)
    }

    /// Seats.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        u32::try_from(self.row.capacity).unwrap_or(0)
    }
}

fn or_vietnamese<'a>(lang: Lang, vi: &'a str, en: &'a str) -> &'a str {
    if lang == Lang::En && !en.is_empty() {
        en
    } else {
        vi
    }
}

fn span(sessions: &[session::Model], none: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let starts = sessions.iter().map(|session| session.starts_at).min();
    let ends = sessions.iter().map(|session| session.ends_at).max();
    (starts.unwrap_or(none), ends.unwrap_or(none))
}

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

    /// Public workshops that are not over, soonest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn upcoming_workshops(&self) -> Result<Vec<WorkshopView>, Failure> {
        let now = self.clock.now();
        let mut views = self.views(WorkshopState::Published, now).await?;
        views.retain(|view| matches!(view.phase, Phase::Upcoming | Phase::Running));
        views.sort_by_key(WorkshopView::starts_at);
        Ok(views)
    }

    /// All workshops an actor may see, latest first: organisers and directors
    /// all of them, door staff and trainers those they are assigned to, API
    /// tokens of other roles and everybody else the public ones.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn workshops(&self, actor: &Actor) -> Result<Vec<WorkshopView>, Failure> {
        let now = self.clock.now();
        let mut find = workshop::Entity::find();
        match actor {
            Actor::Account { id, role, .. } if role.is_assigned() => {
                let mine: Vec<i64> = assignment::Entity::find()
                    .select_only()
                    .column(assignment::Column::WorkshopId)
                    .filter(assignment::Column::AccountId.eq(*id))
                    .into_tuple()
                    .all(self.db.read())
                    .await?;
                find = find.filter(workshop::Column::Id.is_in(mine));
            }
            _ if actor.may(Act::ReadProgramme) => {}
            _ => find = find.filter(workshop::Column::State.ne(Code(WorkshopState::Draft))),
        }
        let rows = find.all(self.db.read()).await?;
        let mut views = self.with_sessions(rows, now).await?;
        views.sort_by_key(|view| std::cmp::Reverse(view.starts_at()));
        Ok(views)
    }

    /// One workshop for the public: a draft is not found.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn public_workshop(&self, slug: &str) -> Result<WorkshopView, Failure> {
        let view = self.find_workshop(slug).await?;
        if view.row.state.is_public() {
            Ok(view)
        } else {
            Err(Failure::NotFound)
        }
    }

    /// One workshop for staff who may do an act there.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::SignInNeeded`], [`Failure::Forbidden`].
    pub async fn staff_workshop(
        &self,
        actor: &Actor,
        act: Act,
        slug: &str,
    ) -> Result<WorkshopView, Failure> {
        actor.require(act)?;
        let view = self.find_workshop(slug).await?;
        self.require_at(actor, act, view.row.id).await?;
        Ok(view)
    }

    /// Sets who of the door staff and trainers works at a workshop.
    ///
    /// # Errors
    /// [`Failure::NotFound`], or a problem with the field `accounts`.
    pub async fn assign(&self, actor: &Actor, slug: &str, accounts: &[i64]) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = lock_by_slug(&tx, slug).await?;
                let known = account::Entity::find()
                    .filter(account::Column::Id.is_in(accounts.iter().copied()))
                    .count(&*tx)
                    .await?;
                if known != accounts.len() as u64 {
                    return Err(Failure::problem("accounts", Reason::NotAChoice));
                }
                let before = assigned(&*tx, row.id).await?;
                assignment::Entity::delete_many()
                    .filter(assignment::Column::WorkshopId.eq(row.id))
                    .exec(&*tx)
                    .await?;
                let rows = accounts.iter().map(|account_id| assignment::ActiveModel {
                    account_id: Set(*account_id),
                    workshop_id: Set(row.id),
                    ..Default::default()
                });
                if !accounts.is_empty() {
                    assignment::Entity::insert_many(rows).exec(&*tx).await?;
                }
                let entry = Entry {
                    deed: "assign",
                    noun: "workshop",
                    id: row.id,
                    before: Some(json!({ "accounts": before })),
                    after: Some(json!({ "accounts": accounts })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// The accounts assigned to a workshop.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] unless the actor manages workshops.
    pub async fn assigned_accounts(
        &self,
        actor: &Actor,
        workshop_id: i64,
    ) -> Result<Vec<i64>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        assigned(self.db.read(), workshop_id).await
    }

    pub(crate) async fn find_workshop(&self, slug: &str) -> Result<WorkshopView, Failure> {
        let slug = address(slug)?;
        let (row, sessions) = workshop::Entity::find()
            .filter(workshop::Column::Slug.eq(slug.as_str()))
            .find_with_related(session::Entity)
            .all(self.db.read())
            .await?
            .into_iter()
            .next()
            .ok_or(Failure::NotFound)?;
        Ok(WorkshopView::new(row, sessions, self.clock.now()))
    }

    pub(crate) async fn workshop_by_id(&self, id: i64) -> Result<WorkshopView, Failure> {
        let row = workshop::Entity::find_by_id(id)
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)?;
        let sessions = sessions_of(self.db.read(), id).await?;
        Ok(WorkshopView::new(row, sessions, self.clock.now()))
    }

    async fn views(
        &self,
        state: WorkshopState,
        now: DateTime<Utc>,
    ) -> Result<Vec<WorkshopView>, Failure> {
        let rows = workshop::Entity::find()
            .filter(workshop::Column::State.eq(Code(state)))
            .all(self.db.read())
            .await?;
        self.with_sessions(rows, now).await
    }

    async fn with_sessions(
        &self,
        rows: Vec<workshop::Model>,
        now: DateTime<Utc>,
    ) -> Result<Vec<WorkshopView>, Failure> {
        let sessions = rows.load_many(session::Entity, self.db.read()).await?;
        let pairs = rows.into_iter().zip(sessions);
        Ok(pairs
            .map(|(row, sessions)| WorkshopView::new(row, sessions, now))
            .collect())
    }

    pub(crate) async fn programme_row(
        &self,
        tx: &impl ConnectionTrait,
    ) -> Result<programme::Model, Failure> {
        programme::Entity::find()
            .order_by_asc(programme::Column::Id)
            .one(tx)
            .await?
            .ok_or_else(|| Failure::internal("there is no programme"))
    }
}

/// What is no address leads to no workshop.
fn address(typed: &str) -> Result<Slug, Failure> {
    Slug::parse(typed).map_err(|_| Failure::NotFound)
}

/// Locks a workshop for the rest of the transaction: everything that counts
/// its seats is serialised on this row. On SQLite the writer's own lock does.
pub(crate) async fn lock_by_slug(tx: &Tx, slug: &str) -> Result<workshop::Model, Failure> {
    let slug = address(slug)?;
    lock(tx, workshop::Column::Slug.eq(slug.as_str())).await
}

/// As [`lock_by_slug`].
pub(crate) async fn lock_by_id(tx: &Tx, id: i64) -> Result<workshop::Model, Failure> {
    lock(tx, workshop::Column::Id.eq(id)).await
}

async fn lock(
    tx: &Tx,
    which: impl sea_orm::sea_query::IntoCondition,
) -> Result<workshop::Model, Failure> {
    let mut find = workshop::Entity::find().filter(which);
    if tx.get_database_backend() == DbBackend::Postgres {
        find = find.lock_exclusive();
    }
    find.one(&**tx).await?.ok_or(Failure::NotFound)
}

pub(crate) async fn sessions_of(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<Vec<session::Model>, Failure> {
    Ok(session::Entity::find()
        .filter(session::Column::WorkshopId.eq(workshop_id))
        .order_by_asc(session::Column::Position)
        .all(tx)
        .await?)
}

async fn first_session(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<session::Model, Failure> {
    let sessions = sessions_of(tx, workshop_id).await?;
    sessions.into_iter().next().ok_or(Failure::NotFound)
}

async fn assigned(tx: &impl ConnectionTrait, workshop_id: i64) -> Result<Vec<i64>, Failure> {
    Ok(assignment::Entity::find()
        .select_only()
        .column(assignment::Column::AccountId)
        .filter(assignment::Column::WorkshopId.eq(workshop_id))
        .into_tuple()
        .all(tx)
        .await?)
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
