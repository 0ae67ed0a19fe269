//! Links and QR codes for door staff without an account: each is bound to one
//! workshop, dies with it, and can be revoked before.

use crate::audit::{Entry, record};
use crate::entity::{door_device, door_link};
use crate::secret::random;
use crate::ticket::qr_svg;
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services, WorkshopView};
use domain::{Act, DOOR_GRACE, TicketCode, WorkshopState, optional_line};

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};

/// What signatures of these addresses are for.
const PURPOSE: &str = "door";

/// A link to the door, and the devices that came by it.
#[derive(Clone, Debug)]
pub struct DoorLink {
    /// The row.
    pub row: door_link::Model,
    /// The whole address.
    pub address: String,
    /// The address as a QR code, in SVG.
    pub qr_svg: String,
    /// How many devices it let in that were not revoked.
    pub devices: u64,
}

/// The links and devices of a workshop's door.
#[derive(Clone, Debug)]
pub struct DoorKeys {
    /// Links that were not revoked, newest first.
    pub links: Vec<DoorLink>,
    /// Devices that were not revoked, last seen first.
    pub devices: Vec<door_device::Model>,
}

impl Services {
    /// Makes a link to the door of a workshop. Returns its key.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for a `label` that is too long;
    /// [`Conflict::NotAllowedNow`] unless the workshop is published and not
    /// over; as [`Services::staff_workshop`].
    pub async fn make_door_link(
        &self,
        actor: &Actor,
        slug: &str,
        label: &str,
    ) -> Result<i64, Failure> {
        let view = &self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let label = &optional_line(label, 60).map_err(|why| Failure::problem("label", why))?;
        let now = self.clock.now();
        if *view.row.state != WorkshopState::Published || now > view.ends_at() + DOOR_GRACE {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        self.db
            .write(|tx| async move {
                let row = door_link::ActiveModel {
                    workshop_id: Set(view.row.id),
                    label: Set(label.clone()),
                    code: Set(TicketCode::from_random(random()).as_str().to_owned()),
                    created_by: Set(actor.label()),
                    created_at: Set(now),
                    revoked_at: Set(None),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                let entry = Entry {
                    deed: "make_door_link",
                    noun: "workshop",
                    id: view.row.id,
                    before: None,
                    after: Some(serde_json::json!({ "link": row.id })),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(row.id)
            })
            .await
    }

    /// The links and devices of a workshop's door.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn door_keys(&self, actor: &Actor, slug: &str) -> Result<DoorKeys, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let links = door_link::Entity::find()
            .filter(door_link::Column::WorkshopId.eq(view.row.id))
            .filter(door_link::Column::RevokedAt.is_null())
            .order_by_desc(door_link::Column::Id)
            .all(self.db.read())
            .await?;
        let devices = door_device::Entity::find()
            .filter(door_device::Column::WorkshopId.eq(view.row.id))
            .filter(door_device::Column::RevokedAt.is_null())
            .order_by_desc(door_device::Column::SeenAt)
            .all(self.db.read())
            .await?;
        let links: Result<Vec<DoorLink>, Failure> = links
            .into_iter()
            .map(|row| {
                let token = self.secret.token(PURPOSE, &row.code);
                let address = self.link(&format!("/door/enter/{token}"));
                let devices = devices
                    .iter()
                    .filter(|device| device.link_id == Some(row.id));
                Ok(DoorLink {
                    qr_svg: qr_svg(&address)?,
                    devices: devices.count() as u64,
                    address,
                    row,
                })
            })
            .collect();
        Ok(DoorKeys {
            links: links?,
            devices,
        })
    }

    /// Revokes a link, and with it every device that came by it.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn revoke_door_link(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
    ) -> Result<(), Failure> {
        let view = &self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, view.row.id).await?;
                let row = door_link::Entity::find_by_id(id)
                    .filter(door_link::Column::WorkshopId.eq(view.row.id))
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                if row.revoked_at.is_some() {
                    return Ok(());
                }
                let mut row = row.into_active_model();
                row.revoked_at = Set(Some(now));
                row.update(&*tx).await?;
                door_device::Entity::update_many()
                    .col_expr(door_device::Column::RevokedAt, Expr::value(now))
                    .filter(door_device::Column::LinkId.eq(id))
                    .filter(door_device::Column::RevokedAt.is_null())
                    .exec(&*tx)
                    .await?;
                let entry = Entry {
                    deed: "revoke_door_link",
                    noun: "workshop",
                    id: view.row.id,
                    before: Some(serde_json::json!({ "link": id })),
                    after: None,
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// The workshop whose door a link opens, by the last part of its address.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a link that is forged, revoked, or whose
    /// workshop is over or not held.
    pub async fn door_of_link(&self, token: &str) -> Result<WorkshopView, Failure> {
        Ok(self.live_link(token).await?.1)
    }

    /// Lets a device in by the last part of a link's address. Returns the
    /// workshop's address and the device's token, which is stored hashed.
    ///
    /// # Errors
    /// As [`Services::door_of_link`].
    pub async fn enter_door(&self, token: &str) -> Result<(String, String), Failure> {
        let (link, view) = &self.live_link(token).await?;
        let token = self
            .db
            .write(|tx| async move {
                lock_by_id(&tx, link.workshop_id).await?;
                // It may have been revoked since it was read.
                door_link::Entity::find_by_id(link.id)
                    .filter(door_link::Column::RevokedAt.is_null())
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                let by = (Some(link.id), None);
                self.add_device(&tx, &Actor::Anonymous, link.workshop_id, by)
                    .await
            })
            .await?;
        Ok((view.row.slug.clone(), token))
    }

    async fn live_link(&self, token: &str) -> Result<(door_link::Model, WorkshopView), Failure> {
        let code = self
            .secret
            .code_of(PURPOSE, token)
            .ok_or(Failure::NotFound)?;
        let code = TicketCode::parse(code).ok_or(Failure::NotFound)?;
        let link = door_link::Entity::find()
            .filter(door_link::Column::Code.eq(code.as_str()))
            .filter(door_link::Column::RevokedAt.is_null())
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)?;
        let view = self.workshop_by_id(link.workshop_id).await?;
        let over = self.clock.now() > view.ends_at() + DOOR_GRACE;
        if *view.row.state != WorkshopState::Published || over {
            return Err(Failure::NotFound);
        }
        Ok((link, view))
    }
}
