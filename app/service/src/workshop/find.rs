//! Finding workshops, for reading and under their lock.

use super::WorkshopView;
use crate::entity::{Code, assignment, programme, session, workshop};
use crate::teaching::Taught;
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{AccountRole, Act, Phase, Slug, WorkshopState};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, LoaderTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::HashSet;

impl Services {
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
    /// all of them, door staff those they are assigned to, trainers also those
    /// they teach at, a device at the door its own, API tokens of other roles
    /// and everybody else the public ones.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn workshops(&self, actor: &Actor) -> Result<Vec<WorkshopView>, Failure> {
        let now = self.clock.now();
        let mut find = workshop::Entity::find();
        match actor {
            Actor::Account { id, role, .. } if role.is_assigned() => {
                let mut mine = self.assigned_to(*id).await?;
                if *role == AccountRole::Trainer {
                    let taught = Taught::of_account(self.db.read(), *id).await?;
                    mine.extend(taught.workshops(self.db.read()).await?);
                }
                find = find.filter(workshop::Column::Id.is_in(mine));
            }
            Actor::Door { workshop, .. } => {
                find = find.filter(workshop::Column::Id.eq(*workshop));
            }
            _ if actor.may(Act::ReadProgramme) => {}
            _ => {
                find = find
                    .filter(workshop::Column::State.ne(Code(WorkshopState::Draft)))
                    .filter(workshop::Column::PublishedAt.is_not_null());
            }
        }
        let rows = find.all(self.db.read()).await?;
        let mut views = self.with_sessions(rows, now).await?;
        views.sort_by_key(|view| std::cmp::Reverse(view.starts_at()));
        Ok(views)
    }

    /// The workshops that an account is assigned to.
    pub(crate) async fn assigned_to(&self, account_id: i64) -> Result<HashSet<i64>, Failure> {
        let ids: Vec<i64> = assignment::Entity::find()
            .select_only()
            .column(assignment::Column::WorkshopId)
            .filter(assignment::Column::AccountId.eq(account_id))
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok(ids.into_iter().collect())
    }

    /// One workshop for the public: a draft is not found.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn public_workshop(&self, slug: &str) -> Result<WorkshopView, Failure> {
        let view = self.find_workshop(slug).await?;
        if view.is_public() {
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

    pub(crate) async fn with_sessions(
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
