//! Devices at the door.

use crate::audit::{Entry, record};
use crate::entity::{door_device, workshop};
use crate::secret::{hash_token, random_token};
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Duration, Utc};
use domain::{Act, SYNC_GRACE, WorkshopState};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, Set,
};
use serde_json::json;

impl Services {
    /// Who asks at a door: whoever is signed in, else the device. A director or
    /// a trainer who signs in on a phone at the door does not take the door
    /// away.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn actor_at_door(&self, actor: Actor, token: &str) -> Result<Actor, Failure> {
        let Some(row) = self.any_device(token).await? else {
            return Ok(actor);
        };
        match self.require_at(&actor, Act::CheckIn, row.workshop_id).await {
            Err(Failure::Forbidden | Failure::SignInNeeded) => {}
            Err(failure) => return Err(failure),
            Ok(()) => return Ok(actor),
        }
        Ok(self.actor_by_device(token).await?.unwrap_or(actor))
    }

    /// Who stands behind the token of a device at the door: nobody when it is
    /// unknown or revoked, or [`SYNC_GRACE`] after the workshop. What it may do
    /// each deed decides.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn actor_by_device(&self, token: &str) -> Result<Option<Actor>, Failure> {
        let Some(row) = self.any_device(token).await? else {
            return Ok(None);
        };
        let in_time = self
            .require_device(row.id, row.workshop_id, SYNC_GRACE)
            .await;
        match in_time {
            Ok(()) => Ok(Some(Actor::Door {
                device: row.id,
                workshop: row.workshop_id,
            })),
            Err(Failure::Forbidden) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// The device of a browser at the door of a workshop, made when it has none
    /// there. Returns its token when it is new.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] for one that was revoked; as
    /// [`Services::staff_workshop`].
    pub async fn ready_device(
        &self,
        actor: &Actor,
        slug: &str,
        token: Option<&str>,
    ) -> Result<Option<String>, Failure> {
        let view = &self.staff_workshop(actor, Act::CheckIn, slug).await?;
        let known = match token {
            Some(token) => self.any_device(token).await?,
            None => None,
        };
        if let Some(row) = known.filter(|row| row.workshop_id == view.row.id) {
            if row.revoked_at.is_some() {
                return Err(Failure::Forbidden);
            }
            // The browser of somebody who may no more is that of who may now.
            if self.account_stands(&row).await? {
                return Ok(None);
            }
        }
        let account = match actor {
            Actor::Account { id, .. } => Some(*id),
            _ => None,
        };
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, view.row.id).await?;
                self.add_device(&tx, actor, view.row.id, (None, account))
                    .await
            })
            .await
            .map(Some)
    }

    /// Revokes one device.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn revoke_device(&self, actor: &Actor, slug: &str, id: i64) -> Result<(), Failure> {
        let view = &self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = door_device::Entity::find_by_id(id)
                    .filter(door_device::Column::WorkshopId.eq(view.row.id))
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                if row.revoked_at.is_some() {
                    return Ok(());
                }
                let mut row = row.into_active_model();
                row.revoked_at = Set(Some(now));
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: "revoke_device",
                    noun: "workshop",
                    id: view.row.id,
                    before: Some(json!({ "device": id })),
                    after: None,
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// A device by its token, revoked or not.
    pub(super) async fn any_device(
        &self,
        token: &str,
    ) -> Result<Option<door_device::Model>, Failure> {
        Ok(door_device::Entity::find()
            .filter(door_device::Column::TokenHash.eq(hash_token(token)))
            .one(self.db.read())
            .await?)
    }

    /// Adds a device under the workshop's lock, which numbers it. Returns its
    /// token.
    pub(super) async fn add_device(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop_id: i64,
        (link_id, account_id): (Option<i64>, Option<i64>),
    ) -> Result<String, Failure> {
        let now = self.clock.now();
        let before = door_device::Entity::find()
            .filter(door_device::Column::WorkshopId.eq(workshop_id))
            .count(&**tx)
            .await?;
        let token = random_token();
        let row = door_device::ActiveModel {
            workshop_id: Set(workshop_id),
            link_id: Set(link_id),
            account_id: Set(account_id),
            name: Set((before + 1).to_string()),
            token_hash: Set(hash_token(&token)),
            waiting: Set(0),
            created_at: Set(now),
            seen_at: Set(now),
            revoked_at: Set(None),
            ..Default::default()
        }
        .insert(&**tx)
        .await?;
        let entry = Entry {
            deed: "add_device",
            noun: "workshop",
            id: workshop_id,
            before: None,
            after: Some(json!({ "device": row.id, "link": link_id })),
        };
        record(&**tx, actor, now, entry).await?;
        Ok(token)
    }

    /// Demands that a device was not revoked, that the account which made it
    /// one may still stand there, and that its workshop is held and over for no
    /// longer than `grace`.
    ///
    /// # Errors
    /// [`Failure::Forbidden`].
    pub(crate) async fn require_device(
        &self,
        id: i64,
        workshop_id: i64,
        grace: Duration,
    ) -> Result<(), Failure> {
        let device = door_device::Entity::find_by_id(id)
            .filter(door_device::Column::RevokedAt.is_null())
            .one(self.db.read())
            .await?;
        let workshop = workshop::Entity::find_by_id(workshop_id)
            .one(self.db.read())
            .await?;
        let held = workshop.is_some_and(|row| *row.state == WorkshopState::Published);
        let over = self.over_at(workshop_id).await?;
        let in_time = over.is_some_and(|over| self.clock.now() <= over + grace);
        let stands = match &device {
            Some(device) => self.account_stands(device).await?,
            None => false,
        };
        if stands && held && in_time {
            Ok(())
        } else {
            Err(Failure::Forbidden)
        }
    }

    /// Whether who made a browser a device may still check people in there. A
    /// device of a link has nobody whom that hangs on.
    pub(super) async fn account_stands(
        &self,
        device: &door_device::Model,
    ) -> Result<bool, Failure> {
        let Some(id) = device.account_id else {
            return Ok(true);
        };
        let account = self.actor_by_account(id).await?;
        let may = self.require_at(&account, Act::CheckIn, device.workshop_id);
        match Box::pin(may).await {
            Ok(()) => Ok(true),
            Err(Failure::Forbidden | Failure::SignInNeeded) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    async fn over_at(&self, workshop_id: i64) -> Result<Option<DateTime<Utc>>, Failure> {
        let sessions = sessions_of(self.db.read(), workshop_id).await?;
        Ok(sessions.iter().map(|session| session.ends_at).max())
    }
}
