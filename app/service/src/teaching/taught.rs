//! What a trainer teaches: asked and not declined, or named in an agenda.

use crate::Failure;
use crate::entity::{Code, agenda_item, session, teaching, trainer, workshop};
use domain::{TeachingState, WorkshopState};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use std::collections::{HashMap, HashSet};

/// The sessions of one trainer, by their keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taught {
    /// What they were asked and did not decline.
    pub(crate) asked: HashMap<i64, teaching::Model>,
    /// What they declined.
    pub(crate) declined: HashSet<i64>,
    /// Where they stand in the agenda without having been asked.
    pub(crate) named: HashSet<i64>,
}

impl Taught {
    /// Of a trainer of the register, as organisers plan: drafts too.
    pub(crate) async fn of(db: &impl ConnectionTrait, trainer_id: i64) -> Result<Self, Failure> {
        Self::find(db, trainer_id, &[]).await
    }

    /// Of the trainer with an account, as they see it: an agenda that is not
    /// public yet is no more than a plan.
    pub(crate) async fn of_account(
        db: &impl ConnectionTrait,
        account_id: i64,
    ) -> Result<Self, Failure> {
        let found = trainer::Entity::find()
            .filter(trainer::Column::AccountId.eq(account_id))
            .one(db)
            .await?;
        match found {
            Some(row) => Self::as_seen(db, row.id).await,
            None => Ok(Self::default()),
        }
    }

    /// Of a trainer of the register, as they see it.
    pub(crate) async fn as_seen(
        db: &impl ConnectionTrait,
        trainer_id: i64,
    ) -> Result<Self, Failure> {
        Self::find(db, trainer_id, &[WorkshopState::Draft]).await
    }

    async fn find(
        db: &impl ConnectionTrait,
        trainer_id: i64,
        but: &[WorkshopState],
    ) -> Result<Self, Failure> {
        let rows = teaching::Entity::find()
            .filter(teaching::Column::TrainerId.eq(trainer_id))
            .all(db)
            .await?;
        let named: Vec<i64> = agenda_item::Entity::find()
            .select_only()
            .column(agenda_item::Column::SessionId)
            .distinct()
            .join(JoinType::InnerJoin, agenda_item::Relation::Session.def())
            .join(JoinType::InnerJoin, session::Relation::Workshop.def())
            .filter(agenda_item::Column::TrainerId.eq(trainer_id))
            .filter(workshop::Column::State.is_not_in(but.iter().copied().map(Code)))
            .into_tuple()
            .all(db)
            .await?;
        let mut taught = Self::default();
        for row in rows {
            if *row.state == TeachingState::Declined {
                taught.declined.insert(row.session_id);
            } else {
                taught.asked.insert(row.session_id, row);
            }
        }
        let is_new = |id: &i64| !taught.asked.contains_key(id) && !taught.declined.contains(id);
        taught.named = named.into_iter().filter(is_new).collect();
        Ok(taught)
    }

    /// Whether they teach a session.
    pub(crate) fn has(&self, session_id: i64) -> bool {
        self.asked.contains_key(&session_id) || self.named.contains(&session_id)
    }

    /// The workshops of these sessions.
    pub(crate) async fn workshops(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<HashSet<i64>, Failure> {
        let sessions: Vec<i64> = self.asked.keys().chain(&self.named).copied().collect();
        if sessions.is_empty() {
            return Ok(HashSet::new());
        }
        let ids: Vec<i64> = session::Entity::find()
            .select_only()
            .column(session::Column::WorkshopId)
            .distinct()
            .filter(session::Column::Id.is_in(sessions))
            .into_tuple()
            .all(db)
            .await?;
        Ok(ids.into_iter().collect())
    }
}
