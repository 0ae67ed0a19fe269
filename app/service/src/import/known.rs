//! Who of a file is known already: the rule of [`crate::delegate`] for many
//! people at once, with a handful of queries however many there are.

use crate::Failure;
use crate::entity::{Code, establishment, person, registration};
use domain::{
    Likeness, NewRegistration, PersonTraits, RegistrationState, fold, fold_establishment,
    person_likeness,
};
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
    /// Those into whom others were merged, by their keys.
    kept: HashMap<i64, person::Model>,
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
            let rows: Vec<(String, i64, Option<i64>)> = establishment::Entity::find()
                .select_only()
                .columns([
                    establishment::Column::NameKey,
                    establishment::Column::Id,
                    establishment::Column::MergedIntoId,
                ])
                .filter(establishment::Column::NameKey.is_in(keys))
                .order_by_asc(establishment::Column::Id)
                .into_tuple()
                .all(tx)
                .await?;
            for (key, id, kept) in rows {
                known
                    .establishments
                    .entry(key)
                    .or_insert(kept.unwrap_or(id));
            }
        }
        known.follow_establishments(tx).await?;
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
        known.load_kept(tx).await?;
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

    /// Follows merges of establishments to the one that was kept in the end.
    async fn follow_establishments(&mut self, tx: &impl ConnectionTrait) -> Result<(), Failure> {
        loop {
            let ids: BTreeSet<i64> = self.establishments.values().copied().collect();
            let ids: Vec<i64> = ids.into_iter().collect();
            let mut merged: HashMap<i64, i64> = HashMap::new();
            for ids in ids.chunks(AT_ONCE) {
                let rows: Vec<(i64, Option<i64>)> = establishment::Entity::find()
                    .select_only()
                    .columns([
                        establishment::Column::Id,
                        establishment::Column::MergedIntoId,
                    ])
                    .filter(establishment::Column::Id.is_in(ids.iter().copied()))
                    .filter(establishment::Column::MergedIntoId.is_not_null())
                    .into_tuple()
                    .all(tx)
                    .await?;
                merged.extend(rows.into_iter().filter_map(|(id, kept)| Some((id, kept?))));
            }
            if merged.is_empty() {
                return Ok(());
            }
            for id in self.establishments.values_mut() {
                *id = merged.get(id).copied().unwrap_or(*id);
            }
        }
    }

    /// Loads those into whom people found were merged, and again those into
    /// whom these were.
    async fn load_kept(&mut self, tx: &impl ConnectionTrait) -> Result<(), Failure> {
        let all = self.persons.values().flatten();
        let mut missing: Vec<i64> = all.filter_map(|row| row.merged_into_id).collect();
        while !missing.is_empty() {
            let mut next = Vec::new();
            for ids in missing.chunks(AT_ONCE) {
                let rows = person::Entity::find()
                    .filter(person::Column::Id.is_in(ids.iter().copied()))
                    .all(tx)
                    .await?;
                for row in rows {
                    next.extend(row.merged_into_id);
                    self.kept.insert(row.id, row);
                }
            }
            next.retain(|id| !self.kept.contains_key(id));
            missing = next;
        }
        Ok(())
    }

    /// The person meant, by the rule that [`crate::delegate::recognise`] goes
    /// by too; somebody merged into another is that other.
    pub(super) fn person(&self, new: &NewRegistration) -> Option<&person::Model> {
        let named = self.persons.get(&fold(&new.full_name))?;
        let key = fold_establishment(&new.establishment);
        let phone = new.phone.as_ref().map(domain::Phone::as_str);
        // No establishment has the key 0: a new one is nobody's yet.
        let meant = traits(new, self.establishments.get(&key).copied().unwrap_or(0));
        let mut found = named
            .iter()
            .filter(|row| {
                let known = PersonTraits {
                    full_name: &row.full_name,
                    phone: row.phone.as_deref(),
                    email: row.email.as_deref(),
                    establishment: row.establishment_id,
                };
                person_likeness(meant, known) == Likeness::Same
            })
            .min_by_key(|row| (row.phone.as_deref() != phone, row.phone.is_none()))?;
        while let Some(kept) = found.merged_into_id.and_then(|id| self.kept.get(&id)) {
            found = kept;
        }
        Some(found)
    }

    /// The keys of the establishments of which none is known.
    pub(super) fn new_places(&self, people: &[&NewRegistration]) -> Vec<String> {
        let keys = people
            .iter()
            .map(|new| fold_establishment(&new.establishment));
        let new = keys.filter(|key| !self.establishments.contains_key(key));
        new.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The folded names of those who are not known.
    pub(super) fn new_names(&self, people: &[&NewRegistration]) -> Vec<String> {
        let new = people.iter().filter(|new| self.person(new).is_none());
        let names: BTreeSet<String> = new.map(|new| fold(&new.full_name)).collect();
        names.into_iter().collect()
    }

    /// Whether somebody's registration stands.
    pub(super) fn stands(&self, person: &person::Model) -> bool {
        self.standing.contains(&person.id)
    }
}

/// Those of a file met so far: whoever comes again further down is the same.
#[derive(Default)]
pub(super) struct Met<'a> {
    /// Persons who are known already.
    known: HashSet<i64>,
    /// Those who are new, by their folded names.
    new: HashMap<String, Vec<&'a NewRegistration>>,
}

impl<'a> Met<'a> {
    /// Whether somebody comes for the first time; `known` is the key of whom
    /// the row means, where somebody is known.
    pub(super) fn is_first(&mut self, new: &'a NewRegistration, known: Option<i64>) -> bool {
        if let Some(id) = known {
            return self.known.insert(id);
        }
        let named = self.new.entry(fold(&new.full_name)).or_default();
        let place = fold_establishment(&new.establishment);
        let again = named.iter().any(|other| {
            let other_place = fold_establishment(&other.establishment);
            let (one, other) = (
                traits(new, 0),
                traits(other, i64::from(other_place != place)),
            );
            person_likeness(one, other) == Likeness::Same
        });
        if !again {
            named.push(new);
        }
        !again
    }
}

/// What a row tells of a person.
fn traits(new: &NewRegistration, establishment: i64) -> PersonTraits<'_> {
    PersonTraits {
        full_name: &new.full_name,
        phone: new.phone.as_ref().map(domain::Phone::as_str),
        email: new.email.as_ref().map(domain::Email::as_str),
        establishment,
    }
}

fn chunks(values: impl Iterator<Item = String>) -> Vec<Vec<String>> {
    let values: Vec<String> = values.collect::<BTreeSet<_>>().into_iter().collect();
    values.chunks(AT_ONCE).map(<[String]>::to_vec).collect()
}
