//! Who must be told of a change by phone or Zalo, and who was reached.

use super::callee::{Callee, listed};
use super::{ChangeMessage, Changed};
use crate::audit::{Entry, record};
use crate::entity::{
    call, establishment, invitation, party, person, registration, trainer, workshop_change,
};
use crate::workshop::{WorkshopView, lock_by_id};
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, Lang, name_sort_key};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use serde_json::json;
use std::collections::HashMap;

/// Somebody to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRow {
    /// Who it is.
    pub who: Callee,
    /// Name; may be empty for the contact of an establishment.
    pub full_name: String,
    /// Phone, if known.
    pub phone: Option<String>,
    /// Name and phone of the colleague or contact who registered them.
    pub via: Option<(String, String)>,
    /// An address that does not work, if there is one.
    pub email: Option<String>,
    /// Establishment, or a trainer's affiliation.
    pub establishment: String,
    /// When reached.
    pub reached_at: Option<DateTime<Utc>>,
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
    /// Registrants to be called: not yet reached first, then by given name.
    pub calls: Vec<CallRow>,
    /// Trainers to be called, in the same order.
    pub trainers: Vec<CallRow>,
    /// Contacts of invitations to be called: not yet reached first, then by
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
        actor.require(Act::ReadPeople)?;
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let db = self.db.read();
        let row = change_row(db, view.row.id, id).await?;
        let changed = Changed::of(row.clone());
        let frame = self.frame().await?;
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        let messages = [Lang::Vi, Lang::En]
            .map(|lang| ChangeMessage::of(&changed, &view, lang, &frame, &page));
        let reached = listed(db, &row).await?;
        Ok(ChangePage {
            calls: registrants(db, &reached).await?,
            trainers: trainers(db, &reached).await?,
            contacts: contacts(db, &reached).await?,
            view,
            changed,
            told: row.told,
            messages,
        })
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
        who: Callee,
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
                let before = on_list.get(&who).ok_or(Failure::NotFound)?;
                if before.is_some() == reached {
                    return Ok(());
                }
                let row = call::Entity::find()
                    .filter(call::Column::ChangeId.eq(change_id))
                    .all(&*tx)
                    .await?
                    .into_iter()
                    .find(|row| Callee::of(row) == Some(who));
                let known = row.is_some();
                let [registration_id, trainer_id, invitation_id] = who.columns();
                let mut row = row.map_or_else(Default::default, IntoActiveModel::into_active_model);
                row.change_id = Set(change_id);
                row.registration_id = Set(registration_id);
                row.trainer_id = Set(trainer_id);
                row.invitation_id = Set(invitation_id);
                row.reached_at = Set(reached.then_some(now));
                row.reached_by = Set(reached.then(|| actor.label()));
                if known {
                    row.update(&*tx).await?;
                } else {
                    row.insert(&*tx).await?;
                }
                let (noun, id) = match who {
                    Callee::Registration(id) => ("registration", id),
                    Callee::Trainer(id) => ("trainer", id),
                    Callee::Contact(id) => ("invitation", id),
                };
                let entry = Entry {
                    deed: "mark_call",
                    noun,
                    id,
                    before: Some(json!({ "reached": !reached })),
                    after: Some(json!({ "reached": reached })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

type Reached = HashMap<Callee, Option<DateTime<Utc>>>;

/// The keys of those of one kind.
fn keys(reached: &Reached, of: fn(Callee) -> Option<i64>) -> Vec<i64> {
    reached.keys().copied().filter_map(of).collect()
}

fn when(reached: &Reached, who: Callee) -> Option<DateTime<Utc>> {
    reached.get(&who).copied().flatten()
}

async fn registrants(
    db: &impl ConnectionTrait,
    reached: &Reached,
) -> Result<Vec<CallRow>, Failure> {
    let ids = keys(reached, |who| match who {
        Callee::Registration(id) => Some(id),
        _ => None,
    });
    let found = registration::Entity::find()
        .filter(registration::Column::Id.is_in(ids))
        .find_also_related(person::Entity)
        .all(db)
        .await?;
    let rows = || found.iter().map(|(row, _)| row);
    let places = establishments(db, rows().map(|row| row.establishment_id)).await?;
    let parties: HashMap<i64, party::Model> = party::Entity::find()
        .filter(party::Column::Id.is_in(rows().filter_map(|row| row.party_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let invitations: HashMap<i64, invitation::Model> = invitation::Entity::find()
        .filter(invitation::Column::Id.is_in(rows().filter_map(|row| row.invitation_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let via = |row: &registration::Model| {
        let party = row.party_id.and_then(|id| parties.get(&id));
        let party = party.map(|party| (party.contact_name.clone(), party.contact_phone.clone()));
        let invitation = || {
            let contact = invitations.get(&row.invitation_id?)?;
            Some((contact.contact_name.clone(), contact.contact_phone.clone()?))
        };
        party
            .or_else(invitation)
            .filter(|(_, phone)| !phone.is_empty())
    };
    let mut rows: Vec<CallRow> = found
        .iter()
        .filter_map(|(row, person)| {
            let person = person.as_ref()?;
            let who = Callee::Registration(row.id);
            Some(CallRow {
                who,
                full_name: person.full_name.clone(),
                phone: person.phone.clone(),
                via: via(row),
                email: row.email.clone(),
                establishment: places
                    .get(&row.establishment_id)
                    .cloned()
                    .unwrap_or_default(),
                reached_at: when(reached, who),
            })
        })
        .collect();
    rows.sort_by_cached_key(|row| (row.reached_at.is_some(), name_sort_key(&row.full_name)));
    Ok(rows)
}

async fn trainers(db: &impl ConnectionTrait, reached: &Reached) -> Result<Vec<CallRow>, Failure> {
    let ids = keys(reached, |who| match who {
        Callee::Trainer(id) => Some(id),
        _ => None,
    });
    let found = trainer::Entity::find()
        .filter(trainer::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let mut rows: Vec<CallRow> = found
        .into_iter()
        .map(|row| CallRow {
            who: Callee::Trainer(row.id),
            full_name: row.full_name,
            phone: row.phone,
            via: None,
            email: row.email,
            establishment: row.affiliation,
            reached_at: when(reached, Callee::Trainer(row.id)),
        })
        .collect();
    rows.sort_by_cached_key(|row| (row.reached_at.is_some(), name_sort_key(&row.full_name)));
    Ok(rows)
}

async fn contacts(db: &impl ConnectionTrait, reached: &Reached) -> Result<Vec<CallRow>, Failure> {
    let ids = keys(reached, |who| match who {
        Callee::Contact(id) => Some(id),
        _ => None,
    });
    let found = invitation::Entity::find()
        .filter(invitation::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let places = establishments(db, found.iter().map(|row| row.establishment_id)).await?;
    let mut rows: Vec<CallRow> = found
        .into_iter()
        .map(|row| CallRow {
            who: Callee::Contact(row.id),
            full_name: row.contact_name,
            phone: row.contact_phone,
            via: None,
            email: row.contact_email,
            establishment: places
                .get(&row.establishment_id)
                .cloned()
                .unwrap_or_default(),
            reached_at: when(reached, Callee::Contact(row.id)),
        })
        .collect();
    rows.sort_by_cached_key(|row| (row.reached_at.is_some(), domain::fold(&row.establishment)));
    Ok(rows)
}

/// The names of establishments, by their keys.
async fn establishments(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, String>, Failure> {
    let rows = establishment::Entity::find()
        .filter(establishment::Column::Id.is_in(ids))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
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
