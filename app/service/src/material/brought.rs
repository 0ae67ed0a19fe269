//! What was brought to sessions.

use super::{MaterialView, find_views};
use crate::Failure;
use crate::entity::{material, session};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// The standing materials of some workshops.
#[derive(Debug, Default)]
pub(crate) struct Brought(Vec<MaterialView>);

impl Brought {
    /// Of the workshops with these keys; three queries, none for no workshop.
    pub(crate) async fn of(db: &impl ConnectionTrait, workshops: &[i64]) -> Result<Self, Failure> {
        if workshops.is_empty() {
            return Ok(Self::default());
        }
        let of = material::Column::WorkshopId.is_in(workshops.iter().copied());
        let found = find_views(db, material::Entity::find().filter(of)).await?;
        let standing = found.into_iter().filter(|view| view.standing().is_some());
        Ok(Self(standing.collect()))
    }

    /// How many were brought to a session for one who teaches it: what belongs
    /// to the session, whoever brought it, and what they brought to its whole
    /// workshop by their `account`. Where that is the only session, what is
    /// brought to the workshop is brought to it.
    pub(crate) fn to(&self, session: &session::Model, account: Option<i64>) -> u32 {
        let label = account.map(|id| format!("account:{id}"));
        let brought = self.0.iter().filter(|view| match view.row.session_id {
            Some(id) => id == session.id,
            None => {
                view.row.workshop_id == Some(session.workshop_id)
                    && (view.sessions == 1 || Some(&view.row.created_by) == label.as_ref())
            }
        });
        u32::try_from(brought.count()).unwrap_or(u32::MAX)
    }
}
