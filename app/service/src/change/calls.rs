//! Who must be told of a change by phone or Zalo, and who was reached.

use super::contacts::contacts;
use super::tell::purpose;
use super::{ChangeMessage, Changed};
use crate::audit::{Entry, record};
use crate::entity::{Code, call, establishment, outbox, person, registration, workshop_change};
use crate::workshop::{WorkshopView, lock_by_id};
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, DeliveryState, Lang, RegistrationState, name_sort_key};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect, Set,
};
use serde_json::json;
use std::collections::HashMap;

/// Somebody to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRow {
    /// The key of the registration.
    pub registration_id: i64,
    /// Name.
    pub full_name: String,
    /// Phone, if known.
    pub phone: Option<String>,
    /// An address that does not work, if there is one.
    pub email: Option<String>,
    /// Establishment.
    pub establishment: String,
    /// With a seat or waiting.
    pub state: RegistrationState,
    /// When reached.
    pub reached_at: Option<DateTime<Utc>>,
}

/// The contact of an establishment that was invited, to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactCall {
    /// The key of the invitation.
    pub invitation_id: i64,
    /// The establishment.
    pub establishment: String,
    /// The name of the contact; may be empty.
    pub name: String,
    /// Phone, if known.
    pub phone: Option<String>,
}

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
    /// Who is to be called: not yet reached first, then by given name.
    pub calls: Vec<CallRow>,
    /// Contacts of invitations that were written before the change, have named
    /// nobody yet and are not reached by mail.
    pub contacts: Vec<ContactCall>,
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
        actor.require(Act::ReadPeople)?;
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let row = change_row(self.db.read(), view.row.id, id).await?;
        let changed = Changed::of(row.clone());
        let organizer = self.frame().await?.organizer;
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        let messages = [Lang::Vi, Lang::En]
            .map(|lang| ChangeMessage::of(&changed, &view, lang, &organizer, &page));
        Ok(ChangePage {
            calls: self.calls_of(&row).await?,
            contacts: self.contacts_to_call(&row).await?,
            view,
            changed,
            told: row.told,
            messages,
        })
    }

    /// Who was told nothing is not to be called either.
    async fn contacts_to_call(
        &self,
        change: &workshop_change::Model,
    ) -> Result<Vec<ContactCall>, Failure> {
        if change.told == 0 {
            return Ok(Vec::new());
        }
        let contacts = contacts(self.db.read(), change.workshop_id).await?;
        let unreached = contacts
            .into_iter()
            .filter(|contact| !contact.works() && contact.row.created_at <= change.at);
        Ok(unreached
            .map(|contact| ContactCall {
                invitation_id: contact.row.id,
                establishment: contact.establishment,
                name: contact.row.contact_name,
                phone: contact.row.contact_phone,
            })
            .collect())
    }

    async fn calls_of(&self, change: &workshop_change::Model) -> Result<Vec<CallRow>, Failure> {
        let db = self.db.read();
        let reached = listed(db, change).await?;
        let found = registration::Entity::find()
            .filter(registration::Column::Id.is_in(reached.keys().copied()))
            .all(db)
            .await?;
        let keys = |of: fn(&registration::Model) -> i64| found.iter().map(of).collect::<Vec<_>>();
        let people: HashMap<i64, person::Model> = person::Entity::find()
            .filter(person::Column::Id.is_in(keys(|row| row.person_id)))
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let places: HashMap<i64, String> = establishment::Entity::find()
            .filter(establishment::Column::Id.is_in(keys(|row| row.establishment_id)))
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
        let mut rows: Vec<CallRow> = found
            .into_iter()
            .filter_map(|row| {
                let person = people.get(&row.person_id)?;
                Some(CallRow {
                    registration_id: row.id,
                    full_name: person.full_name.clone(),
                    phone: person.phone.clone(),
                    email: row.email,
                    establishment: places
                        .get(&row.establishment_id)
                        .cloned()
                        .unwrap_or_default(),
                    state: *row.state,
                    reached_at: reached.get(&row.id).copied().flatten(),
                })
            })
            .collect();
        rows.sort_by_cached_key(|row| (row.reached_at.is_some(), name_sort_key(&row.full_name)));
        Ok(rows)
    }

    /// Marks somebody on the list as reached, or takes that back.
    ///
    /// # Errors
    /// [`Failure::NotFound`], also for who is not on the list; as
    /// [`Services::staff_workshop`].
    pub async fn mark_call(
        &self,
        actor: &Actor,
        slug: &str,
        change_id: i64,
        registration_id: i64,
        reached: bool,
    ) -> Result<(), Failure> {
        actor.require(Act::ReadPeople)?;
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let now = self.clock.now();
        let workshop_id = view.row.id;
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, workshop_id).await?;
                let change = change_row(&*tx, workshop_id, change_id).await?;
                let on_list = listed(&*tx, &change).await?;
                let before = on_list.get(&registration_id).ok_or(Failure::NotFound)?;
                if before.is_some() == reached {
                    return Ok(());
                }
                let row = call::Entity::find()
                    .filter(call::Column::ChangeId.eq(change_id))
                    .filter(call::Column::RegistrationId.eq(registration_id))
                    .one(&*tx)
                    .await?;
                let known = row.is_some();
                let mut row = row.map_or_else(Default::default, IntoActiveModel::into_active_model);
                row.change_id = Set(change_id);
                row.registration_id = Set(registration_id);
                row.reached_at = Set(reached.then_some(now));
                row.reached_by = Set(reached.then(|| actor.label()));
                if known {
                    row.update(&*tx).await?;
                } else {
                    row.insert(&*tx).await?;
                }
                let entry = Entry {
                    deed: "mark_call",
                    noun: "registration",
                    id: registration_id,
                    before: Some(json!({ "reached": !reached })),
                    after: Some(json!({ "reached": reached })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

/// Who is to be called, and when they were reached, by registration: those
/// without a working address when they were told, and those whose mail of this
/// change was refused for good since.
async fn listed(
    tx: &impl ConnectionTrait,
    change: &workshop_change::Model,
) -> Result<HashMap<i64, Option<DateTime<Utc>>>, Failure> {
    let purpose = purpose(*change.kind, change.version);
    let of_change = Condition::any()
        .add(outbox::Column::Purpose.eq(&purpose))
        .add(outbox::Column::Purpose.starts_with(format!("{purpose}-")));
    let failed: Vec<Option<i64>> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::RegistrationId)
        .filter(outbox::Column::WorkshopId.eq(change.workshop_id))
        .filter(outbox::Column::RegistrationId.is_not_null())
        .filter(outbox::Column::State.eq(Code(DeliveryState::Failed)))
        .filter(of_change)
        .into_tuple()
        .all(tx)
        .await?;
    let fixed = call::Entity::find()
        .filter(call::Column::ChangeId.eq(change.id))
        .all(tx)
        .await?;
    let mut listed: HashMap<_, _> = failed.into_iter().flatten().map(|id| (id, None)).collect();
    listed.extend(
        fixed
            .into_iter()
            .map(|row| (row.registration_id, row.reached_at)),
    );
    Ok(listed)
}

/// The change with this key.
async fn change_row(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    id: i64,
) -> Result<workshop_change::Model, Failure> {
    workshop_change::Entity::find_by_id(id)
        .filter(workshop_change::Column::WorkshopId.eq(workshop_id))
        .one(tx)
        .await?
        .ok_or(Failure::NotFound)
}
