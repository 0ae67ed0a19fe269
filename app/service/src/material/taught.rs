//! A trainer's own workshops and sessions, and what was brought to them.

use super::find_views;
use crate::entity::material;
use crate::teaching::Taught;
use crate::{Actor, Failure, Headcount, Services, WorkshopView};
use domain::{AccountRole, Act};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{HashMap, HashSet};

/// One of a trainer's workshops.
#[derive(Clone, Debug)]
pub struct TaughtWorkshop {
    /// The workshop.
    pub view: WorkshopView,
    /// Its people in numbers.
    pub headcount: Headcount,
    /// How many standing materials the actor sees there.
    pub materials: u32,
}

impl Services {
    /// The workshops whose materials the actor brings, latest first.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn taught_workshops(&self, actor: &Actor) -> Result<Vec<TaughtWorkshop>, Failure> {
        actor.require(Act::UploadMaterials)?;
        let workshops = self.workshops(actor).await?;
        let workshops = self.count_heads(workshops).await?;
        let taught = match actor {
            Actor::Account {
                id,
                role: AccountRole::Trainer,
                ..
            } => Taught::of_account(self.db.read(), *id).await?,
            _ => Taught::default(),
        };
        let own: HashMap<i64, Option<HashSet<i64>>> = workshops
            .iter()
            .map(|(view, _)| (view.row.id, own_sessions(&taught, view)))
            .collect();
        let sees = |row: &material::Model| {
            let own = row.workshop_id.and_then(|id| own.get(&id));
            match (own.and_then(Option::as_ref), row.session_id) {
                (Some(own), Some(session)) => own.contains(&session),
                _ => true,
            }
        };
        let ids = workshops.iter().map(|(view, _)| view.row.id);
        let found = material::Entity::find().filter(material::Column::WorkshopId.is_in(ids));
        let mut files: HashMap<i64, u32> = HashMap::new();
        for found in find_views(self.db.read(), found).await? {
            let standing = found.standing().filter(|_| sees(&found.row));
            if let (Some(id), Some(_)) = (found.row.workshop_id, standing) {
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

/// The sessions of a workshop that are a trainer's own; none for all of them,
/// which is so for who was assigned to the workshop and teaches no session.
pub(super) async fn taught_sessions(
    db: &impl ConnectionTrait,
    account: i64,
    view: &WorkshopView,
) -> Result<Option<HashSet<i64>>, Failure> {
    let taught = Taught::of_account(db, account).await?;
    Ok(own_sessions(&taught, view))
}

fn own_sessions(taught: &Taught, view: &WorkshopView) -> Option<HashSet<i64>> {
    let sessions = view.sessions.iter().map(|session| session.id);
    let own: HashSet<i64> = sessions.filter(|id| taught.has(*id)).collect();
    (!own.is_empty()).then_some(own)
}
