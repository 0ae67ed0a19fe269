//! The rooms of venues.

use crate::entity::{room, venue};
use crate::register::{Registered, note, retire};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Act, Reason, RoomForm, fold};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::{Value, json};

/// A room with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomRow {
    /// The row.
    pub row: room::Model,
    /// Sessions in it that are not over.
    pub upcoming: i64,
}

impl RoomRow {
    /// Whether it is no longer offered.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        self.row.retired_at.is_some()
    }
}

impl Services {
    /// The rooms that a session can be given: the key, and "Venue – Room
    /// (capacity)". Neither retired rooms nor those of retired venues.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn rooms_to_choose(&self, actor: &Actor) -> Result<Vec<(i64, String)>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let found = room::Entity::find()
            .find_also_related(venue::Entity)
            .filter(room::Column::RetiredAt.is_null())
            .filter(venue::Column::RetiredAt.is_null())
            .all(self.db.read())
            .await?;
        let mut rooms: Vec<_> = found
            .into_iter()
            .filter_map(|(room, venue)| Some((room, venue?)))
            .collect();
        rooms.sort_by_key(|(room, venue)| (venue.folded.clone(), fold(&room.name)));
        Ok(rooms
            .into_iter()
            .map(|(room, venue)| {
                let words = format!("{} – {} ({})", venue.name, room.name, room.capacity);
                (room.id, words)
            })
            .collect())
    }

    /// Adds a room to a venue and returns its key.
    ///
    /// # Errors
    /// [`Failure::Invalid`], also for a name that the venue has already,
    /// however it is accented; [`Failure::NotFound`];
    /// as [`Services::rooms_to_choose`].
    pub async fn add_room(
        &self,
        actor: &Actor,
        venue_id: i64,
        form: &RoomForm,
    ) -> Result<i64, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let new = form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        let new = &new;
        self.db
            .write(|tx| async move {
                crate::venue::find(&tx, venue_id).await?;
                require_free(&tx, venue_id, &new.name, None).await?;
                let row = room::ActiveModel {
                    venue_id: Set(venue_id),
                    name: Set(new.name.clone()),
                    capacity: Set(new.capacity.into()),
                    retired_at: Set(None),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                note(&tx, actor, now, "add_room", None, &row).await?;
                Ok(row.id)
            })
            .await
    }

    /// Changes what is known of a room.
    ///
    /// # Errors
    /// As [`Services::add_room`].
    pub async fn revise_room(
        &self,
        actor: &Actor,
        venue_id: i64,
        id: i64,
        form: &RoomForm,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let new = form.check().map_err(Failure::Invalid)?;
        let now = self.clock.now();
        let new = &new;
        self.db
            .write(|tx| async move {
                let before = find(&tx, venue_id, id).await?;
                require_free(&tx, venue_id, &new.name, Some(id)).await?;
                let was = before.values();
                let mut row = before.into_active_model();
                row.name = Set(new.name.clone());
                row.capacity = Set(new.capacity.into());
                let row = row.update(&*tx).await?;
                note(&tx, actor, now, "revise_room", Some(was), &row).await
            })
            .await
    }

    /// Offers a room no longer, or again. Sessions that were held there keep
    /// it.
    ///
    /// # Errors
    /// [`crate::Conflict::InUse`] while a session is to come there;
    /// [`Failure::NotFound`]; as [`Services::rooms_to_choose`].
    pub async fn retire_room(
        &self,
        actor: &Actor,
        venue_id: i64,
        id: i64,
        retired: bool,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let before = find(&tx, venue_id, id).await?;
                if retired && before.retired_at.is_none() {
                    crate::room_use::require_unused(&tx, &[id], now).await?;
                }
                retire(&tx, actor, before, retired, now).await
            })
            .await
    }
}

async fn find(tx: &Tx, venue_id: i64, id: i64) -> Result<room::Model, Failure> {
    room::Entity::find_by_id(id)
        .filter(room::Column::VenueId.eq(venue_id))
        .one(&**tx)
        .await?
        .ok_or(Failure::NotFound)
}

/// Demands that no other room of the venue has the name.
async fn require_free(tx: &Tx, venue_id: i64, name: &str, but: Option<i64>) -> Result<(), Failure> {
    let folded = fold(name);
    let taken = room::Entity::find()
        .filter(room::Column::VenueId.eq(venue_id))
        .all(&**tx)
        .await?
        .into_iter()
        .any(|room| Some(room.id) != but && fold(&room.name) == folded);
    if taken {
        return Err(Failure::problem("room_name", Reason::NameTaken));
    }
    Ok(())
}

impl Registered for room::Model {
    type Row = room::ActiveModel;
    const NOUN: &'static str = "room";
    const DEEDS: [&'static str; 2] = ["retire_room", "restore_room"];

    fn key(&self) -> i64 {
        self.id
    }

    fn retired_at(&self) -> Option<DateTime<Utc>> {
        self.retired_at
    }

    fn retired(self, at: Option<DateTime<Utc>>) -> room::ActiveModel {
        room::ActiveModel {
            retired_at: Set(at),
            ..self.into_active_model()
        }
    }

    fn values(&self) -> Value {
        json!({
            "venue_id": self.venue_id,
            "name": self.name,
            "capacity": self.capacity,
            "retired_at": self.retired_at,
        })
    }
}
