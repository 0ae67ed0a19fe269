//! Who must be told of a change by phone or Zalo, and who was reached.

use super::plan::change_row;
use super::{ChangeMessage, Changed};
use crate::audit::{Entry, record};
use crate::entity::{call, establishment, person, registration};
use crate::workshop::WorkshopView;
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, Lang, RegistrationState, name_sort_key};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;
use std::collections::HashMap;

/// Somebody to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRow {
    /// The key of the call.
    pub id: i64,
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
        let told = row.told;
        let changed = Changed::of(row);
        let organizer = self.frame().await?.organizer;
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        let messages = [Lang::Vi, Lang::En]
            .map(|lang| ChangeMessage::of(&changed, &view, lang, &organizer, &page));
        Ok(ChangePage {
            calls: self.calls_of(id).await?,
            view,
            changed,
            told,
            messages,
        })
    }

    async fn calls_of(&self, change_id: i64) -> Result<Vec<CallRow>, Failure> {
        let db = self.db.read();
        let found = call::Entity::find()
            .filter(call::Column::ChangeId.eq(change_id))
            .find_also_related(registration::Entity)
            .all(db)
            .await?;
        let keys = |of: fn(&registration::Model) -> i64| -> Vec<i64> {
            found
                .iter()
                .filter_map(|(_, row)| row.as_ref().map(of))
                .collect()
        };
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
            .filter_map(|(call, row)| {
                let row = row?;
                let person = people.get(&row.person_id)?;
                Some(CallRow {
                    id: call.id,
                    full_name: person.full_name.clone(),
                    phone: person.phone.clone(),
                    email: row.email,
                    establishment: places
                        .get(&row.establishment_id)
                        .cloned()
                        .unwrap_or_default(),
                    state: *row.state,
                    reached_at: call.reached_at,
                })
            })
            .collect();
        rows.sort_by_cached_key(|row| (row.reached_at.is_some(), name_sort_key(&row.full_name)));
        Ok(rows)
    }

    /// Marks somebody as reached, or takes that back.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn mark_call(
        &self,
        actor: &Actor,
        slug: &str,
        change_id: i64,
        call_id: i64,
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
                change_row(&*tx, workshop_id, change_id).await?;
                let row = call::Entity::find_by_id(call_id)
                    .filter(call::Column::ChangeId.eq(change_id))
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                if row.reached_at.is_some() == reached {
                    return Ok(());
                }
                let registration_id = row.registration_id;
                let mut row = row.into_active_model();
                row.reached_at = Set(reached.then_some(now));
                row.reached_by = Set(reached.then(|| actor.label()));
                row.update(&*tx).await?;
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
