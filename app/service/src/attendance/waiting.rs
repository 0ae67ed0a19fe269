//! Figures that wait for a second person.

use crate::entity::{session, session_lock, workshop};
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, Lang, may_sign};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select};

/// A session whose figures are put forward and not signed.
#[derive(Clone, Debug)]
pub struct FiguresToSign {
    /// The workshop.
    pub workshop: workshop::Model,
    /// The session.
    pub session: session::Model,
    /// Who put them forward.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The one who asks put them forward, and so may not sign.
    pub own: bool,
}

impl FiguresToSign {
    /// The title of the workshop in a language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.choose(&self.workshop.title_vi, &self.workshop.title_en)
    }
}

impl Services {
    /// All figures that wait for a signature, those that wait longest first.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn figures_to_sign(&self, actor: &Actor) -> Result<Vec<FiguresToSign>, Failure> {
        actor.require(Act::SignFigures)?;
        let locks = waiting()
            .order_by_asc(session_lock::Column::ProposedAt)
            .find_also_related(session::Entity)
            .all(self.db.read())
            .await?;
        let ids = locks
            .iter()
            .filter_map(|(_, session)| Some(session.as_ref()?.workshop_id));
        let workshops = workshop::Entity::find()
            .filter(workshop::Column::Id.is_in(ids))
            .all(self.db.read())
            .await?;
        let names = self
            .names_of(locks.iter().map(|(lock, _)| lock.proposed_by.as_str()))
            .await?;
        Ok(locks
            .into_iter()
            .filter_map(|(lock, session)| {
                let session = session?;
                let workshop = workshops.iter().find(|row| row.id == session.workshop_id)?;
                Some(FiguresToSign {
                    workshop: workshop.clone(),
                    by: names.of(&lock.proposed_by),
                    at: lock.proposed_at,
                    own: !may_sign(&lock.proposed_by, &actor.label()),
                    session,
                })
            })
            .collect())
    }

    /// How many wait for a signature.
    ///
    /// # Errors
    /// As [`Services::figures_to_sign`].
    pub async fn count_figures_to_sign(&self, actor: &Actor) -> Result<u64, Failure> {
        actor.require(Act::SignFigures)?;
        Ok(waiting().count(self.db.read()).await?)
    }
}

fn waiting() -> Select<session_lock::Entity> {
    session_lock::Entity::find()
        .filter(session_lock::Column::ReopenedAt.is_null())
        .filter(session_lock::Column::SignedAt.is_null())
}
