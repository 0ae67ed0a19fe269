//! What was brought to sessions.

use super::find_views;
use crate::Failure;
use crate::entity::{material, session};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// The standing materials of some workshops.
#[derive(Debug, Default)]
pub(crate) struct Brought(Vec<material::Model>);

impl Brought {
    /// Of the workshops with these keys; three queries, none for no workshop.
    pub(crate) async fn of(db: &impl ConnectionTrait, workshops: &[i64]) -> Result<Self, Failure> {
        if workshops.is_empty() {
            return Ok(Self::default());
        }
        let of = material::Column::WorkshopId.is_in(workshops.iter().copied());
        let found = find_views(db, material::Entity::find().filter(of)).await?;
        let standing = found.into_iter().filter(|view| view.standing().is_some());
        Ok(Self(standing.map(|view| view.row).collect()))
    }

    /// How many were brought to a session for one who teaches it: what belongs
    /// to the session, whoever brought it, and what they brought to its whole
    /// workshop by their `account`.
    pub(crate) fn to(&self, session: &session::Model, account: Option<i64>) -> u32 {
        let label = account.map(|id| format!("account:{id}"));
        let brought = self.0.iter().filter(|row| match row.session_id {
            Some(id) => id == session.id,
            None => {
                row.workshop_id == Some(session.workshop_id)
                    && Some(&row.created_by) == label.as_ref()
            }
        });
        u32::try_from(brought.count()).unwrap_or(u32::MAX)
    }
}
