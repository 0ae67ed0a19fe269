//! The establishments and persons of a file, made in bulk where none are known.

use super::known::{AT_ONCE, Known, Meant};
use super::places::Place;
use super::trace::Traces;
use crate::entity::{establishment, locality, person};
use crate::likeness::{note_alike_establishments, note_all_alike, show_again};
use crate::person::with_name;
use crate::{Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{ImportTrace, LikenessNoun, Phone, fold};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Every locality by its folded name, the newest of each.
pub(super) async fn localities(tx: &Tx) -> Result<HashMap<String, locality::Model>, Failure> {
    let rows = locality::Entity::find()
        .order_by_asc(locality::Column::ValidFrom)
        .all(&**tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.folded.clone(), row))
        .collect())
}

/// The keys of the establishments of all those, made where none is known. Tax
/// codes that were not known are filled in.
pub(super) async fn establishments(
    tx: &Tx,
    known: &Known<'_>,
    new: &[Meant<'_>],
    localities: &HashMap<String, locality::Model>,
    traces: &mut Traces,
    now: DateTime<Utc>,
) -> Result<HashMap<Place, i64>, Failure> {
    let mut found = HashMap::new();
    let mut order: Vec<(usize, &Meant<'_>)> = Vec::new();
    let mut coded: BTreeSet<i64> = BTreeSet::new();
    for one in new {
        match one.place {
            Place::Known(id) => {
                found.insert(one.place, id);
                coded.extend(one.row.tax_code.as_ref().map(|_| id));
            }
            // In the order of the file, so that they are found again below.
            Place::New(number) if found.insert(one.place, 0).is_none() => {
                order.push((number, one));
            }
            Place::New(_) => {}
        }
    }
    let rows: Vec<_> = order
        .iter()
        .map(|(number, one)| {
            let (new, place) = (&one.row.new, &known.places.new[*number]);
            let locality = localities.get(&fold(&new.locality));
            establishment::ActiveModel {
                name: Set(new.establishment.clone()),
                folded: Set(fold(&new.establishment)),
                name_key: Set(place.name_key.clone()),
                kind: Set(None),
                sector: Set(None),
                site: Set(None),
                locality_id: Set(locality.map(|place| place.id)),
                tax_code: Set(place.tax_code.clone()),
                is_demo: Set(false),
                created_at: Set(now),
                ..Default::default()
            }
        })
        .collect();
    // A file has each of them once, so these name one.
    let mut made = HashMap::new();
    for chunk in rows.chunks(AT_ONCE) {
        let rows = establishment::Entity::insert_many(chunk.to_vec())
            .exec_with_returning(&**tx)
            .await?;
        made.extend(
            rows.into_iter()
                .map(|row| ((row.name_key, row.tax_code), row.id)),
        );
    }
    let mut changed = HashSet::new();
    for (number, one) in order {
        let place = &known.places.new[number];
        let id = made.get(&(place.name_key.clone(), place.tax_code.clone()));
        let id =
            *id.ok_or_else(|| Failure::internal("an establishment that was made is missing"))?;
        found.insert(one.place, id);
        traces.made(ImportTrace::Establishment, id);
        changed.insert(id);
    }
    for id in coded {
        if let Some(code) = known.places.adopted.get(&id) {
            establishment::Entity::update_many()
                .col_expr(establishment::Column::TaxCode, Expr::value(code.clone()))
                .filter(establishment::Column::Id.eq(id))
                .exec(&**tx)
                .await?;
            traces.filled(ImportTrace::TaxCode, id, code.clone());
            changed.insert(id);
        }
    }
    let places: Vec<i64> = found.values().copied().collect();
    changed.extend(show_again(tx, LikenessNoun::Establishment, &places).await?);
    note_alike_establishments(tx, &changed, now).await?;
    Ok(found)
}

impl Services {
    /// The persons of all those, in their order, made where nobody is known.
    /// Phones that were not known are filled in.
    pub(super) async fn imported_persons(
        &self,
        tx: &Tx,
        known: &Known<'_>,
        new: &[Meant<'_>],
        places: &HashMap<Place, i64>,
        traces: &mut Traces,
        now: DateTime<Utc>,
    ) -> Result<Vec<person::Model>, Failure> {
        let phone = |one: &Meant<'_>| {
            one.row
                .new
                .phone
                .as_ref()
                .map(Phone::as_str)
                .map(str::to_owned)
        };
        let email = |one: &Meant<'_>| {
            let email = one.row.new.email.as_ref();
            email.map(|email| email.as_str().to_owned())
        };
        let rows: Vec<_> = new
            .iter()
            .filter(|one| known.person(**one).is_none())
            .map(|one| {
                let new = &one.row.new;
                let made = person::ActiveModel {
                    phone: Set(phone(one)),
                    email: Set(email(one)),
                    establishment_id: Set(places[&one.place]),
                    is_demo: Set(false),
                    created_at: Set(now),
                    ..Default::default()
                };
                with_name(made, &new.full_name)
            })
            .collect();
        // Namesakes of one firm differ by their phone or their address.
        let key = |row: &person::Model| {
            (
                row.full_name.clone(),
                row.phone.clone(),
                row.email.clone(),
                row.establishment_id,
            )
        };
        let mut made = HashMap::new();
        for chunk in rows.chunks(AT_ONCE) {
            let rows = person::Entity::insert_many(chunk.to_vec())
                .exec_with_returning(&**tx)
                .await?;
            for row in rows {
                traces.made(ImportTrace::Person, row.id);
                made.insert(key(&row), row);
            }
        }
        let mut persons = Vec::new();
        for one in new {
            let person = match known.person(*one) {
                None => made
                    .get(&(
                        one.row.new.full_name.clone(),
                        phone(one),
                        email(one),
                        places[&one.place],
                    ))
                    .cloned()
                    .ok_or_else(|| Failure::internal("a person that was made is missing"))?,
                Some(person) => match (&person.phone, phone(one)) {
                    // Keeps the phone of somebody who gave none before: a file is an
                    // organiser's word.
                    (None, Some(phone)) => {
                        traces.filled(ImportTrace::Phone, person.id, self.traced_phone(&phone));
                        let mut person = person.clone().into_active_model();
                        person.phone = Set(Some(phone));
                        person.update(&**tx).await?
                    }
                    _ => person.clone(),
                },
            };
            persons.push(person);
        }
        let ids: Vec<i64> = persons.iter().map(|row| row.id).collect();
        let shown = show_again(tx, LikenessNoun::Person, &ids).await?;
        let shown = persons.iter().filter(|row| shown.contains(&row.id));
        let noted: Vec<&person::Model> = made.values().chain(shown).collect();
        note_all_alike(tx, &noted, now).await?;
        Ok(persons)
    }
}
