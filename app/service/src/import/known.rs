//! Who of a file is known already: the rule of [`crate::delegate`] for many
//! people at once, with a handful of queries however many there are.

use crate::Failure;
use crate::entity::{Code, establishment, person, registration};
use domain::{NewRegistration, RegistrationState, fold, fold_establishment, same_name};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Values in one statement.
pub(super) const AT_ONCE: usize = 500;

/// What is known of those in a file.
#[derive(Default)]
pub(super) struct Known {
    /// Establishments by the key of their names.
    pub(super) establishments: HashMap<String, i64>,
    persons: HashMap<String, Vec<person::Model>>,
    /// Persons whose registration for the workshop stands.
    standing: HashSet<i64>,
}

impl Known {
    pub(super) async fn of(
        tx: &impl ConnectionTrait,
        workshop_id: i64,
        people: &[&NewRegistration],
    ) -> Result<Self, Failure> {
        let mut known = Self::default();
        let keys = people
            .iter()
            .map(|new| fold_establishment(&new.establishment));
        for keys in chunks(keys) {
            let rows: Vec<(String, i64)> = establishment::Entity::find()
                .select_only()
                .columns([establishment::Column::NameKey, establishment::Column::Id])
                .filter(establishment::Column::NameKey.is_in(keys))
                .order_by_asc(establishment::Column::Id)
                .into_tuple()
                .all(tx)
                .await?;
            for (key, id) in rows {
                known.establishments.entry(key).or_insert(id);
            }
        }
        for names in chunks(people.iter().map(|new| fold(&new.full_name))) {
            let rows = person::Entity::find()
                .filter(person::Column::Folded.is_in(names))
                .order_by_asc(person::Column::Id)
                .all(tx)
                .await?;
            for row in rows {
                let named = known.persons.entry(row.folded.clone()).or_default();
                named.push(row);
            }
        }
        let active = registration::Entity::find()
            .select_only()
            .column(registration::Column::PersonId)
            .filter(registration::Column::WorkshopId.eq(workshop_id))
            .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
            .into_tuple::<i64>()
            .all(tx)
            .await?;
        known.standing.extend(active);
        Ok(known)
    }

    /// The person meant, as [`crate::delegate::recognise`] has it.
    pub(super) fn person(&self, new: &NewRegistration) -> Option<&person::Model> {
        let named = self.persons.get(&fold(&new.full_name))?;
        let here = self
            .establishments
            .get(&fold_establishment(&new.establishment));
        let phone = new.phone.as_ref().map(domain::Phone::as_str);
        named
            .iter()
            .filter(|row| same_name(&row.full_name, &new.full_name))
            .filter(|row| {
                let from_here = Some(&row.establishment_id) == here;
                match phone {
                    Some(phone) => {
                        row.phone.as_deref() == Some(phone) || (from_here && row.phone.is_none())
                    }
                    None => from_here,
                }
            })
            .min_by_key(|row| row.phone.is_none())
    }

    /// Whether somebody's registration stands.
    pub(super) fn stands(&self, person: &person::Model) -> bool {
        self.standing.contains(&person.id)
    }
}

/// Those of a file met so far: whoever comes again further down is the same.
#[derive(Default)]
pub(super) struct Met(HashMap<(String, String), Vec<String>>);

impl Met {
    /// Whether somebody comes for the first time.
    pub(super) fn is_first(&mut self, new: &NewRegistration) -> bool {
        let by = match &new.phone {
            Some(phone) => phone.as_str().to_owned(),
            None => fold_establishment(&new.establishment),
        };
        let names = self.0.entry((fold(&new.full_name), by)).or_default();
        if names.iter().any(|name| same_name(name, &new.full_name)) {
            return false;
        }
        names.push(new.full_name.clone());
        true
    }
}

fn chunks(values: impl Iterator<Item = String>) -> Vec<Vec<String>> {
    let values: Vec<String> = values.collect::<BTreeSet<_>>().into_iter().collect();
    values.chunks(AT_ONCE).map(<[String]>::to_vec).collect()
}
