//! Personal links: signed, they expire, and they can be taken back.

use super::{MaterialView, find_views};
use crate::audit::{Entry, record};
use crate::entity::{Code, material, material_link_withdrawal, material_version, registration};
use crate::mailing::PURPOSE;
use crate::registration::has_come;
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Duration, Utc};
use domain::{Act, MaterialVisibility, RegistrationState, TicketCode, Viewer};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Set,
};
use serde_json::json;
use std::collections::HashMap;

/// How long a personal link works after it was made.
const LINK_LIFE: Duration = Duration::days(30);

/// What a personal link leads to.
#[derive(Clone, Debug)]
pub struct MaterialsPage {
    /// The workshop.
    pub workshop: WorkshopView,
    /// What its holder sees: of the workshop, and of the whole programme.
    pub materials: Vec<MaterialView>,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
}

/// A signed personal link, taken apart.
#[derive(Clone, Debug)]
pub struct MaterialLink {
    pub(super) row: registration::Model,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

/// How many times the links of each registration of a workshop were taken back.
#[derive(Debug, Default)]
pub(crate) struct LinkWithdrawals {
    everybody: i64,
    one: HashMap<i64, i64>,
}

impl LinkWithdrawals {
    pub(crate) fn of(&self, registration_id: i64) -> i64 {
        self.everybody + self.one.get(&registration_id).copied().unwrap_or(0)
    }
}

pub(crate) async fn link_withdrawals(
    db: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<LinkWithdrawals, Failure> {
    let mut found = LinkWithdrawals::default();
    let rows = material_link_withdrawal::Entity::find()
        .filter(material_link_withdrawal::Column::WorkshopId.eq(workshop_id));
    for row in rows.all(db).await? {
        match row.registration_id {
            Some(id) => *found.one.entry(id).or_default() += 1,
            None => found.everybody += 1,
        }
    }
    Ok(found)
}

/// What a personal link leads to at a moment: what is of the workshop, then what
/// is of the whole programme. What is of that and for everybody is in the
/// library.
pub(crate) async fn behind_link(
    db: &impl ConnectionTrait,
    workshop_id: i64,
    viewer: Viewer,
    now: DateTime<Utc>,
) -> Result<Vec<MaterialView>, Failure> {
    let shared = Condition::all()
        .add(material::Column::WorkshopId.is_null())
        .add(material::Column::Visibility.ne(Code(MaterialVisibility::Public)));
    let theirs = Condition::any()
        .add(material::Column::WorkshopId.eq(workshop_id))
        .add(shared);
    let mut found = find_views(db, material::Entity::find().filter(theirs)).await?;
    found.retain(|found| found.seen_by(viewer, now).is_some());
    found.sort_by_key(|found| found.row.workshop_id.is_none());
    Ok(found)
}

/// What is signed of a link. The links made before any was taken back say
/// nothing of that.
fn signed(code: &str, expires: &str, withdrawn: i64) -> String {
    match withdrawn {
        0 => format!("{code}-{expires}"),
        times => format!("{code}-{expires}-{times}"),
    }
}

impl Services {
    /// The last part of a personal link to the materials; `withdrawn` says how
    /// many times earlier ones were taken back.
    pub(crate) fn material_token(&self, code: &str, withdrawn: i64) -> String {
        let expires = (self.clock.now() + LINK_LIFE).timestamp().to_string();
        let signature = self
            .secret
            .sign(PURPOSE, &signed(code, &expires, withdrawn));
        format!("{code}-{expires}-{signature}")
    }

    /// A fresh personal link for the holder of a registrant's own page, as the
    /// last part of its address; none when there is nothing for them now.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address.
    pub async fn material_link_by_ticket(&self, token: &str) -> Result<Option<String>, Failure> {
        let row = self.registration_by_ticket(token).await?;
        if self.materials_for(&row).await?.is_empty() {
            return Ok(None);
        }
        let withdrawn = link_withdrawals(self.db.read(), row.workshop_id).await?;
        Ok(Some(self.material_token(&row.code, withdrawn.of(row.id))))
    }

    /// What a personal link leads to.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong link, [`Failure::Expired`] for an old
    /// one, [`Failure::LinkWithdrawn`] for one that was taken back.
    pub async fn materials_page(&self, token: &str) -> Result<MaterialsPage, Failure> {
        let link = self.material_link(token).await?;
        Ok(MaterialsPage {
            workshop: self.workshop_by_id(link.row.workshop_id).await?,
            materials: self.materials_for(&link.row).await?,
            expires_at: link.expires_at,
        })
    }

    /// The version of a material that the holder of a personal link gets.
    ///
    /// # Errors
    /// As [`Services::materials_page`].
    pub async fn material_by_link(
        &self,
        token: &str,
        id: i64,
    ) -> Result<(MaterialLink, material_version::Model), Failure> {
        let link = self.material_link(token).await?;
        let found = self.materials_for(&link.row).await?;
        let found = found.iter().find(|found| found.row.id == id);
        let version = found.and_then(MaterialView::standing);
        let version = version.cloned().ok_or(Failure::NotFound)?;
        Ok((link, version))
    }

    /// What somebody gets now.
    async fn materials_for(&self, row: &registration::Model) -> Result<Vec<MaterialView>, Failure> {
        let came = has_come(self.db.read(), row.id).await?;
        let viewer = Viewer::of(*row.state == RegistrationState::Booked, came);
        behind_link(self.db.read(), row.workshop_id, viewer, self.clock.now()).await
    }

    async fn material_link(&self, token: &str) -> Result<MaterialLink, Failure> {
        let mut parts = token.splitn(3, '-');
        let (Some(code), Some(expires), Some(signature)) =
            (parts.next(), parts.next(), parts.next())
        else {
            return Err(Failure::NotFound);
        };
        let expires_at = expires
            .parse()
            .ok()
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let (Some(expires_at), Some(known)) = (expires_at, TicketCode::parse(code)) else {
            return Err(Failure::NotFound);
        };
        let row = registration::Entity::find()
            .filter(registration::Column::Code.eq(known.as_str()))
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)?;
        let now = link_withdrawals(self.db.read(), row.workshop_id).await?;
        let now = now.of(row.id);
        let is_of = |times: &i64| {
            let signed = signed(code, expires, *times);
            self.secret.verify(PURPOSE, &signed, signature)
        };
        let times = (0..=now).rev().find(is_of).ok_or(Failure::NotFound)?;
        if times < now {
            return Err(Failure::LinkWithdrawn);
        }
        if self.clock.now() >= expires_at {
            return Err(Failure::Expired);
        }
        Ok(MaterialLink { row, expires_at })
    }

    /// Takes back the personal links of a workshop that were made so far: of
    /// one registration, or of everybody. Whoever opens their own page gets a
    /// new one.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for somebody of another workshop; as
    /// [`Services::staff_workshop`].
    pub async fn withdraw_material_links(
        &self,
        actor: &Actor,
        slug: &str,
        registration_id: Option<i64>,
    ) -> Result<(), Failure> {
        let view = self.staff_workshop(actor, Act::SendMaterials, slug).await?;
        let (workshop_id, now) = (view.row.id, self.clock.now());
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, workshop_id).await?;
                if let Some(id) = registration_id {
                    registration::Entity::find_by_id(id)
                        .filter(registration::Column::WorkshopId.eq(workshop_id))
                        .one(&*tx)
                        .await?
                        .ok_or(Failure::NotFound)?;
                }
                material_link_withdrawal::ActiveModel {
                    workshop_id: Set(workshop_id),
                    registration_id: Set(registration_id),
                    withdrawn_by: Set(actor.label()),
                    withdrawn_at: Set(now),
                    ..Default::default()
                }
                .insert(&*tx)
                .await?;
                let entry = Entry {
                    deed: if registration_id.is_some() {
                        "withdraw_link"
                    } else {
                        "withdraw_links"
                    },
                    noun: "workshop",
                    id: workshop_id,
                    before: None,
                    after: Some(json!({ "registration": registration_id })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}
