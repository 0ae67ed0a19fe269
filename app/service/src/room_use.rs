//! Who still needs a room of the register.

use crate::entity::{Code, session, workshop};
use crate::workshop::{lock_schedule, place_words};
use crate::{Actor, Conflict, Failure, Services, Tx, VenueView};
use chrono::{DateTime, Utc};
use domain::{Act, Lang, WorkshopState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// A session that is not over, of a workshop that is not called off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomUse {
    /// The room of the register.
    pub room_id: i64,
    /// The workshop's address.
    pub slug: String,
    /// Its title in Vietnamese.
    pub title_vi: String,
    /// Its title in English.
    pub title_en: String,
    /// When the session begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// The room as people read it.
    pub room: String,
    /// The address as people read it.
    pub address: String,
}

impl RoomUse {
    /// The title in a language; Vietnamese where there is no English.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.choose(&self.title_vi, &self.title_en)
    }
}

impl Services {
    /// The sessions to come in rooms of the register, soonest first.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn uses_of_rooms(
        &self,
        actor: &Actor,
        rooms: &[i64],
    ) -> Result<Vec<RoomUse>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        uses(self.db.read(), Some(rooms), self.clock.now()).await
    }
}

impl Services {
    /// The sessions to come in rooms of a venue that people still read under
    /// other words than those of the register: it was corrected since.
    ///
    /// # Errors
    /// As [`Services::uses_of_rooms`].
    pub async fn outdated_uses(
        &self,
        actor: &Actor,
        venue: &VenueView,
    ) -> Result<Vec<RoomUse>, Failure> {
        let words: HashMap<i64, (String, String)> = venue
            .rooms
            .iter()
            .map(|room| (room.row.id, place_words(&room.row, &venue.row)))
            .collect();
        let rooms: Vec<i64> = words.keys().copied().collect();
        let mut uses = self.uses_of_rooms(actor, &rooms).await?;
        uses.retain(|one| {
            let is = words.get(&one.room_id);
            is.is_some_and(|(room, address)| (room, address) != (&one.room, &one.address))
        });
        Ok(uses)
    }
}

/// Demands that nothing to come is held in the rooms. No session is placed
/// until the transaction ends.
///
/// # Errors
/// [`Conflict::InUse`].
pub(crate) async fn require_unused(
    tx: &Tx,
    rooms: &[i64],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    lock_schedule(tx).await?;
    if uses(&**tx, Some(rooms), now).await?.is_empty() {
        Ok(())
    } else {
        Err(Failure::Conflict(Conflict::InUse))
    }
}

/// Sessions to come in these rooms, or in any of the register.
pub(crate) async fn uses(
    db: &impl ConnectionTrait,
    rooms: Option<&[i64]>,
    now: DateTime<Utc>,
) -> Result<Vec<RoomUse>, Failure> {
    let mut find = session::Entity::find()
        .find_also_related(workshop::Entity)
        .filter(session::Column::RoomId.is_not_null())
        .filter(session::Column::EndsAt.gt(now))
        .filter(workshop::Column::State.ne(Code(WorkshopState::Cancelled)))
        .order_by_asc(session::Column::StartsAt);
    if let Some(rooms) = rooms {
        find = find.filter(session::Column::RoomId.is_in(rooms.iter().copied()));
    }
    let rows = find.all(db).await?.into_iter();
    Ok(rows
        .filter_map(|(session, workshop)| {
            let workshop = workshop?;
            Some(RoomUse {
                room_id: session.room_id?,
                slug: workshop.slug,
                title_vi: workshop.title_vi,
                title_en: workshop.title_en,
                starts_at: session.starts_at,
                ends_at: session.ends_at,
                room: session.room,
                address: session.address,
            })
        })
        .collect())
}
