//! Where materials stand: with a workshop, or with the whole programme.

use super::taught::taught_sessions;
use crate::db::lock_key;
use crate::entity::material;
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, Tx, WorkshopView};
use domain::{AccountRole, Act};
use sea_orm::{ColumnTrait, Condition};
use std::collections::HashSet;

/// Where materials stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf<'a> {
    /// With the whole programme.
    Programme,
    /// With the workshop of this address, or with one of its sessions.
    Workshop(&'a str),
}

impl<'a> From<&'a str> for Shelf<'a> {
    fn from(slug: &'a str) -> Self {
        Self::Workshop(slug)
    }
}

/// A shelf that the actor may put materials on.
#[derive(Clone, Debug)]
pub struct OpenShelf {
    /// The programme.
    pub programme_id: i64,
    /// The workshop; none for what belongs to the whole programme.
    pub workshop: Option<WorkshopView>,
    /// The sessions whose materials the actor sees; none is all of them.
    own: Option<HashSet<i64>>,
    /// Who changes but what they brought; none changes all of it.
    only_by: Option<String>,
}

impl OpenShelf {
    /// The sessions that a material can belong to.
    #[must_use]
    pub fn sessions(&self) -> Vec<i64> {
        let sessions = self.workshop.iter().flat_map(|view| &view.sessions);
        let ids = sessions.map(|session| session.id);
        ids.filter(|id| self.sees(Some(*id))).collect()
    }

    /// Whether the actor sees what belongs to a session, or to none.
    pub(super) fn sees(&self, session: Option<i64>) -> bool {
        match (&self.own, session) {
            (Some(own), Some(session)) => own.contains(&session),
            _ => true,
        }
    }

    /// Whether the actor may change a material: trainers what they brought
    /// themselves, organisers all of it.
    #[must_use]
    pub fn may_change(&self, row: &material::Model) -> bool {
        let brought_by_others = |label: &String| *label != row.created_by;
        !self.only_by.as_ref().is_some_and(brought_by_others)
    }

    /// What stands on it.
    pub(super) fn condition(&self) -> Condition {
        Condition::all().add(match &self.workshop {
            Some(view) => material::Column::WorkshopId.eq(view.row.id),
            None => material::Column::WorkshopId.is_null(),
        })
    }

    /// What the log calls it.
    pub(super) fn noun(&self) -> (&'static str, i64) {
        match &self.workshop {
            Some(view) => ("workshop", view.row.id),
            None => ("programme", self.programme_id),
        }
    }

    /// Held to the end of the transaction: versions are numbered one after the
    /// other.
    pub(super) async fn lock(&self, tx: &Tx) -> Result<(), Failure> {
        match &self.workshop {
            Some(view) => lock_by_id(tx, view.row.id).await.map(drop),
            None => lock_key(tx, "materials of the programme").await.map(drop),
        }
    }
}

impl Services {
    /// Opens a shelf for who may bring materials there: organisers all of
    /// them, trainers those of the workshops that are theirs, where they see
    /// what belongs to the workshop and to their own sessions.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`], [`Failure::Forbidden`]; as
    /// [`Services::staff_workshop`].
    pub async fn open_shelf(&self, actor: &Actor, shelf: Shelf<'_>) -> Result<OpenShelf, Failure> {
        let Shelf::Workshop(slug) = shelf else {
            actor.require(Act::ManageWorkshops)?;
            return Ok(OpenShelf {
                programme_id: self.programme_row(self.db.read()).await?.id,
                workshop: None,
                own: None,
                only_by: None,
            });
        };
        let found = self.staff_workshop(actor, Act::UploadMaterials, slug);
        let view = found.await?;
        let (own, only_by) = match actor {
            Actor::Account {
                id,
                role: AccountRole::Trainer,
                ..
            } => {
                let own = taught_sessions(self.db.read(), *id, &view).await?;
                (own, Some(actor.label()))
            }
            _ => (None, None),
        };
        Ok(OpenShelf {
            programme_id: view.row.programme_id,
            workshop: Some(view),
            own,
            only_by,
        })
    }
}
