//! Who of a file is known already: the rule of [`crate::delegate`] for many
//! people at once, with a handful of queries however many there are.

use super::places::{Place, Places};
use crate::Failure;
use crate::delegate::given_phones;
use crate::entity::{Code, person, registration};
use domain::{
    ImportedPerson, Likeness, PersonTraits, RegistrationState, fold, person_likeness, telling_phone,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Values in one statement.
pub(super) const AT_ONCE: usize = 500;

/// Somebody of a file, and from where.
#[derive(Clone, Copy)]
pub(super) struct Meant<'a> {
    pub(super) row: &'a ImportedPerson,
    pub(super) place: Place,
}

/// What is known of those in a file.
#[derive(Default)]
pub(super) struct Known<'a> {
    /// Those of the file, in their order.
    pub(super) meant: Vec<Meant<'a>>,
    /// Their establishments.
    pub(super) places: Places,
    persons: HashMap<String, Vec<person::Model>>,
    /// Phones given with registrations of those who have none on file.
    given: HashMap<i64, Vec<String>>,
    /// Those into whom others were merged, by their keys.
    kept: HashMap<i64, person::Model>,
    /// Persons whose registration for the workshop stands.
    standing: HashSet<i64>,
}

impl<'a> Known<'a> {
    pub(super) async fn of(
        tx: &impl ConnectionTrait,
        workshop_id: i64,
        people: &[&'a ImportedPerson],
    ) -> Result<Self, Failure> {
        let (places, each) = Places::of(tx, people).await?;
        let meant = people.iter().zip(each);
        let mut known = Self {
            meant: meant.map(|(row, place)| Meant { row, place }).collect(),
            places,
            ..Self::default()
        };
        for names in chunks(people.iter().map(|row| fold(&row.new.full_name))) {
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
        known.given = given_phones(tx, known.persons.values().flatten()).await?;
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
    pub(super) fn person(&self, one: Meant<'_>) -> Option<&person::Model> {
        let named = self.persons.get(&fold(&one.row.new.full_name))?;
        let phone = one.row.new.phone.as_ref().map(domain::Phone::as_str);
        let meant = traits(one);
        let mut found = named
            .iter()
            .filter(|row| {
                let given = self.given.get(&row.id).map_or(&[][..], Vec::as_slice);
                let known = PersonTraits {
                    full_name: &row.full_name,
                    phone: telling_phone(row.phone.as_deref(), given, phone),
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

    /// The keys of the names of establishments that are to be made.
    pub(super) fn new_places(&self) -> Vec<String> {
        let keys = self.places.new.iter().map(|new| new.name_key.clone());
        keys.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The folded names of those who are not known.
    pub(super) fn new_names(&self) -> Vec<String> {
        let new = self.meant.iter().filter(|one| self.person(**one).is_none());
        let names: BTreeSet<String> = new.map(|one| fold(&one.row.new.full_name)).collect();
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
    /// Persons who are known already, each with the row of the first time.
    known: HashMap<i64, usize>,
    /// Those who are new, by their folded names, with the same.
    new: HashMap<String, Vec<(Meant<'a>, usize)>>,
}

impl<'a> Met<'a> {
    /// The row in which somebody came before this one; none for the first
    /// time. `known` is the key of whom the row means, where somebody is known.
    pub(super) fn before(
        &mut self,
        one: Meant<'a>,
        known: Option<i64>,
        row: usize,
    ) -> Option<usize> {
        if let Some(id) = known {
            let first = *self.known.entry(id).or_insert(row);
            return (first != row).then_some(first);
        }
        let named = self.new.entry(fold(&one.row.new.full_name)).or_default();
        let same = |other: Meant<'_>| person_likeness(traits(one), traits(other)) == Likeness::Same;
        let again = named.iter().find(|(other, _)| same(*other));
        let again = again.map(|(_, first)| *first);
        if again.is_none() {
            named.push((one, row));
        }
        again
    }
}

/// What a row tells of a person.
fn traits(one: Meant<'_>) -> PersonTraits<'_> {
    let new = &one.row.new;
    PersonTraits {
        full_name: &new.full_name,
        phone: new.phone.as_ref().map(domain::Phone::as_str),
        email: new.email.as_ref().map(domain::Email::as_str),
        establishment: one.place.key(),
    }
}

pub(super) fn chunks(values: impl Iterator<Item = String>) -> Vec<Vec<String>> {
    let values: Vec<String> = values.collect::<BTreeSet<_>>().into_iter().collect();
    values.chunks(AT_ONCE).map(<[String]>::to_vec).collect()
}
