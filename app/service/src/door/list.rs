//! What a device takes with it.

use crate::checkin::{Checkers, DoorPerson};
use crate::entity::{checkin, door_conflict, person, registration};
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::Came;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::{HashMap, HashSet};

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
    /// To which sessions they came, by the key of the registration.
    pub came: HashMap<i64, Vec<Came>>,
    /// How many persons came, by session: one who was merged may have come
    /// under two registrations.
    pub arrived: HashMap<i64, u64>,
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
        let sessions = door.workshop.sessions.iter().map(|session| session.id);
        let came = self.who_came_when(sessions.collect()).await?;
        let persons: HashSet<(i64, i64)> = rows
            .iter()
            .flat_map(|(row, _)| {
                let came = came.get(&row.id).into_iter().flatten();
                came.map(|came| (came.session, row.person_id))
            })
            .collect();
        let mut arrived: HashMap<i64, u64> = HashMap::new();
        for (session, _) in persons {
            *arrived.entry(session).or_default() += 1;
        }
        Ok(DoorList {
            came,
            arrived,
            people: self.door_people(rows, door.session.id).await?,
            session: door.session.id,
            workshop: door.workshop,
            as_of: self.clock.now(),
        })
    }

    /// How many of those whom a device let in alone wait for an organiser, at
    /// any session; none for a browser that is no device.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unsettled_of_device(&self, token: &str) -> Result<Option<u64>, Failure> {
        let Some(device) = self.any_device(token).await? else {
            return Ok(None);
        };
        let waiting = door_conflict::Entity::find()
            .filter(door_conflict::Column::DeviceId.eq(device.id))
            .filter(door_conflict::Column::SettledAt.is_null())
            .count(self.db.read())
            .await?;
        Ok(Some(waiting))
    }

    async fn who_came_when(&self, sessions: Vec<i64>) -> Result<HashMap<i64, Vec<Came>>, Failure> {
        let rows = checkin::Entity::find()
            .filter(checkin::Column::SessionId.is_in(sessions))
            .filter(checkin::Column::UndoneAt.is_null())
            .all(self.db.read())
            .await?;
        let labels = rows.iter().map(|row| (row.actor.as_str(), row.device_id));
        let checkers = Checkers::load(self.db.read(), labels).await?;
        let mut came: HashMap<i64, Vec<Came>> = HashMap::new();
        for row in rows {
            came.entry(row.registration_id).or_default().push(Came {
                session: row.session_id,
                at: row.at,
                by: checkers.name(&row.actor, row.device_id),
            });
        }
        Ok(came)
    }
}
