//! What a device takes with it.

use crate::checkin::DoorPerson;
use crate::entity::{person, registration};
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Everybody registered for a workshop, for a device that may lose the network.
#[derive(Clone, Debug)]
pub struct DoorList {
    /// The workshop.
    pub workshop: WorkshopView,
    /// The session the list is for.
    pub session: i64,
    /// When it was read.
    pub as_of: DateTime<Utc>,
    /// All registrations, also those that do not admit, so that a device can
    /// say why.
    pub people: Vec<DoorPerson>,
}

impl Services {
    /// The list that a device takes with it.
    ///
    /// # Errors
    /// As [`Services::door`].
    pub async fn door_list(&self, actor: &Actor, slug: &str) -> Result<DoorList, Failure> {
        let door = self.door(actor, slug).await?;
        let rows = registration::Entity::find()
            .find_also_related(person::Entity)
            .filter(registration::Column::WorkshopId.eq(door.workshop.row.id))
            .all(self.db.read())
            .await?;
        Ok(DoorList {
            people: self.door_people(rows, door.session.id).await?,
            session: door.session.id,
            workshop: door.workshop,
            as_of: self.clock.now(),
        })
    }
}
