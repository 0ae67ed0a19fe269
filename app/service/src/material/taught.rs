//! A trainer's own workshops and sessions, and what was brought to them.

use super::find_views;
use crate::entity::{Code, material, session, teaching, trainer};
use crate::{Actor, Failure, Headcount, Services, WorkshopView};
use domain::{Act, TeachingState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
use sea_orm::{RelationTrait, Select};
use std::collections::{HashMap, HashSet};

/// One of a trainer's workshops.
#[derive(Clone, Debug)]
pub struct TaughtWorkshop {
    /// The workshop.
    pub view: WorkshopView,
    /// Its people in numbers.
    pub headcount: Headcount,
    /// How many materials are handed out there.
    pub materials: u32,
}

impl Services {
    /// The workshops whose materials the actor brings, latest first.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn taught_workshops(&self, actor: &Actor) -> Result<Vec<TaughtWorkshop>, Failure> {
        actor.require(Act::UploadMaterials)?;
        let mut workshops = self.workshops(actor).await?;
        if let Actor::Account { id, .. } = actor {
            let known: HashSet<i64> = workshops.iter().map(|view| view.row.id).collect();
            for id in teaches(self.db.read(), *id).await? {
                if !known.contains(&id) {
                    workshops.push(self.workshop_by_id(id).await?);
                }
            }
            workshops.sort_by_key(|view| std::cmp::Reverse(view.starts_at()));
        }
        let workshops = self.count_heads(workshops).await?;
        let ids = workshops.iter().map(|(view, _)| view.row.id);
        let found = material::Entity::find().filter(material::Column::WorkshopId.is_in(ids));
        let mut files: HashMap<i64, u32> = HashMap::new();
        for found in find_views(self.db.read(), found).await? {
            if let (Some(id), Some(_)) = (found.row.workshop_id, found.standing()) {
                *files.entry(id).or_default() += 1;
            }
        }
        Ok(workshops
            .into_iter()
            .map(|(view, headcount)| TaughtWorkshop {
                materials: files.get(&view.row.id).copied().unwrap_or(0),
                headcount,
                view,
            })
            .collect())
    }
}

/// The teachings of an account that were not declined.
fn teachings(account: i64) -> Select<teaching::Entity> {
    teaching::Entity::find()
        .join(JoinType::InnerJoin, teaching::Relation::Trainer.def())
        .filter(trainer::Column::AccountId.eq(account))
        .filter(teaching::Column::State.ne(Code(TeachingState::Declined)))
}

/// The workshops at which an account teaches a session, or is asked to.
async fn teaches(db: &impl ConnectionTrait, account: i64) -> Result<HashSet<i64>, Failure> {
    let workshops: Vec<i64> = teachings(account)
        .join(JoinType::InnerJoin, teaching::Relation::Session.def())
        .select_only()
        .column(session::Column::WorkshopId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(workshops.into_iter().collect())
}

/// Whether an account teaches a session of a workshop, or is asked to.
pub(crate) async fn teaches_at(
    db: &impl ConnectionTrait,
    account: i64,
    workshop_id: i64,
) -> Result<bool, Failure> {
    Ok(teaches(db, account).await?.contains(&workshop_id))
}

/// The sessions of a workshop that are a trainer's own; none for all of them,
/// which is so for who was assigned to the workshop and teaches no session.
pub(super) async fn taught_sessions(
    db: &impl ConnectionTrait,
    account: i64,
    view: &WorkshopView,
) -> Result<Option<HashSet<i64>>, Failure> {
    let ids = view.sessions.iter().map(|session| session.id);
    let own: Vec<i64> = teachings(account)
        .filter(teaching::Column::SessionId.is_in(ids))
        .select_only()
        .column(teaching::Column::SessionId)
        .into_tuple()
        .all(db)
        .await?;
    Ok((!own.is_empty()).then(|| own.into_iter().collect()))
}
