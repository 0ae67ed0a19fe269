//! Who must be told of a change by phone or Zalo: those without a working
//! address when they were told, and those whose mail of it was refused since.

use super::contacts::{contact_key, invited_with_address};
use super::tell::purpose;
use super::{ChangeMessage, Changed};
use crate::call::{CallList, CallRow, Callee, Listed, contacts, listed, registrants, trainers};
use crate::entity::{Code, outbox, teaching, workshop_change};
use crate::workshop::WorkshopView;
use crate::{Actor, Failure, Services};
use domain::{DeliveryState, Lang};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;

/// A change, as the organisers follow it up.
#[derive(Clone, Debug)]
pub struct ChangePage {
    /// The workshop.
    pub view: WorkshopView,
    /// What was changed.
    pub changed: Changed,
    /// How many people are concerned.
    pub told: i64,
    /// The message in Vietnamese and English.
    pub messages: [ChangeMessage; 2],
    /// Registrants to be called: by where they stand, then by given name.
    pub calls: Vec<CallRow>,
    /// Trainers to be called, in the same order.
    pub trainers: Vec<CallRow>,
    /// Contacts of invitations to be called: by where they stand, then by
    /// establishment.
    pub contacts: Vec<CallRow>,
}

impl Services {
    /// A change with its text for Zalo and its list of calls.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn change_page(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
    ) -> Result<ChangePage, Failure> {
        let view = self.manage_people(actor, slug).await?;
        let db = self.db.read();
        let row = change_row(db, view.row.id, id).await?;
        let changed = Changed::of(row.clone());
        let frame = self.frame().await?;
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        let messages = [Lang::Vi, Lang::En]
            .map(|lang| ChangeMessage::of(&changed, &view, lang, &frame, &page));
        let listed = of(db, &row).await?;
        Ok(ChangePage {
            calls: registrants(db, &listed).await?,
            trainers: trainers(db, &listed).await?,
            contacts: contacts(db, &listed).await?,
            view,
            changed,
            told: row.told,
            messages,
        })
    }
}

/// Who is to be called of a change of a workshop.
pub(crate) async fn calls_of(
    db: &impl ConnectionTrait,
    workshop_id: i64,
    id: i64,
) -> Result<Listed, Failure> {
    of(db, &change_row(db, workshop_id, id).await?).await
}

async fn of(db: &impl ConnectionTrait, row: &workshop_change::Model) -> Result<Listed, Failure> {
    let refused = refused(db, row).await?;
    listed(db, CallList::Change(row.id), refused).await
}

/// The change with this key.
async fn change_row(
    db: &impl ConnectionTrait,
    workshop_id: i64,
    id: i64,
) -> Result<workshop_change::Model, Failure> {
    workshop_change::Entity::find_by_id(id)
        .filter(workshop_change::Column::WorkshopId.eq(workshop_id))
        .one(db)
        .await?
        .ok_or(Failure::NotFound)
}

/// Whose mail of a change was refused for good.
async fn refused(
    tx: &impl ConnectionTrait,
    change: &workshop_change::Model,
) -> Result<Vec<Callee>, Failure> {
    let purpose = purpose(*change.kind, change.version);
    let of_change = Condition::any()
        .add(outbox::Column::Purpose.eq(&purpose))
        .add(outbox::Column::Purpose.starts_with(format!("{purpose}-")));
    let failed: Vec<(Option<i64>, String)> = outbox::Entity::find()
        .select_only()
        .columns([outbox::Column::RegistrationId, outbox::Column::RecipientKey])
        .filter(outbox::Column::WorkshopId.eq(change.workshop_id))
        .filter(outbox::Column::State.eq(Code(DeliveryState::Failed)))
        .filter(of_change)
        .into_tuple()
        .all(tx)
        .await?;
    let (mut found, mut keys, mut teachings) = (Vec::new(), HashSet::new(), Vec::new());
    for (registration, key) in failed {
        let id = |kind: &str| key.strip_prefix(kind).and_then(|id| id.parse().ok());
        if let Some(id) = registration {
            found.push(Callee::Registration(id));
        } else if let Some(id) = id("trainer:") {
            found.push(Callee::Trainer(id));
        } else if let Some(id) = id("teaching:") {
            teachings.push(id);
        } else {
            keys.insert(key);
        }
    }
    if !teachings.is_empty() {
        let trainers: Vec<i64> = teaching::Entity::find()
            .select_only()
            .column(teaching::Column::TrainerId)
            .filter(teaching::Column::Id.is_in(teachings))
            .into_tuple()
            .all(tx)
            .await?;
        found.extend(trainers.into_iter().map(Callee::Trainer));
    }
    if !keys.is_empty() {
        let contacts = invited_with_address(tx, change.workshop_id).await?;
        let refused = contacts
            .into_iter()
            .filter(|(_, address)| keys.contains(&contact_key(change.workshop_id, address)));
        found.extend(refused.map(|(id, _)| Callee::Contact(id)));
    }
    Ok(found)
}
