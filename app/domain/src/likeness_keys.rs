//! Which rows are worth comparing: among thousands, only those that share
//! something without which they cannot be one.

use crate::fold;
use crate::likeness::{EstablishmentTraits, LONG_NAME, PersonTraits, letters, sorted_words};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Keys of a person. Two whom [`crate::person_likeness`] does not call
/// different share one; who shares one need not be alike.
#[must_use]
pub fn person_keys(person: PersonTraits<'_>) -> Vec<u64> {
    let name = fold(person.full_name);
    let mut keys = vec![key(("place", &name, person.establishment))];
    let contacts = [("phone", person.phone), ("email", person.email)];
    for (kind, contact) in contacts {
        if let Some(contact) = contact {
            let near = near_keys(&name).into_iter();
            keys.extend(near.map(|near| key((kind, contact, near))));
        }
    }
    keys
}

/// Keys of an establishment. Two that [`crate::establishment_likeness`] does
/// not call different share one; what shares one need not be alike.
#[must_use]
pub fn establishment_keys(establishment: EstablishmentTraits<'_>) -> Vec<u64> {
    let name = establishment.name_key;
    let mut keys = if letters(name).len() < LONG_NAME {
        vec![key(("letters", letters(name)))]
    } else {
        near_keys(name)
    };
    keys.extend(establishment.tax_code.map(|code| key(("tax code", code))));
    keys
}

/// The places of all pairs that share a key and of which one at least is
/// wanted, the earlier place first. What each place is known by is given in
/// their order.
#[must_use]
pub fn pairs_to_compare(
    keys: impl IntoIterator<Item = Vec<u64>>,
    is_wanted: impl Fn(usize) -> bool,
) -> BTreeSet<(usize, usize)> {
    let each = keys.into_iter().enumerate();
    let mut keys: Vec<(u64, usize)> = each
        .flat_map(|(at, keys)| keys.into_iter().map(move |key| (key, at)))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let mut pairs = BTreeSet::new();
    for group in keys.chunk_by(|one, other| one.0 == other.0) {
        for (_, one) in group.iter().filter(|(_, at)| is_wanted(*at)) {
            let others = group.iter().filter(|(_, other)| other != one);
            pairs.extend(others.map(|(_, other)| (*one.min(other), *one.max(other))));
        }
    }
    pairs
}

/// Keys that two names share when they are nearly the same: their words in one
/// order, and their letters, whole and without one of them. What differs by
/// one letter is equal without it.
fn near_keys(name: &str) -> Vec<u64> {
    let all = letters(name);
    let mut keys = vec![key(("words", sorted_words(name))), key(("letters", &all))];
    for without in 0..all.len() {
        let (before, after) = (&all[..without], &all[without + 1..]);
        keys.push(key(("letters", [before, after].concat())));
    }
    keys
}

fn key(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Likeness, establishment_likeness, person_likeness};
    use proptest::prelude::*;

    fn share(one: &[u64], other: &[u64]) -> bool {
        one.iter().any(|key| other.contains(key))
    }

    /// Names of few letters, so that many are nearly the same.
    fn name() -> impl Strategy<Value = String> {
        "[aăb]{1,4}( [aáb]{1,4}){0,2}"
    }

    fn contact() -> impl Strategy<Value = Option<String>> {
        proptest::option::of("[12]")
    }

    #[test]
    fn a_slip_is_found_in_a_crowd_that_shares_a_phone() {
        let names = [
            "Lê Văn An",
            "Trần Thị Hoa",
            "Lê Văn Anh",
            "Võ Tá",
            "An Lê Văn",
        ];
        let of = |full_name| {
            person_keys(PersonTraits {
                full_name,
                phone: Some("+84950000001"),
                email: None,
                establishment: 1,
            })
        };
        let pairs = pairs_to_compare(names.map(of), |_| true);
        assert_eq!(pairs, BTreeSet::from([(0, 2), (0, 4)]));
        assert_eq!(
            pairs_to_compare(names.map(of), |at| at == 3),
            BTreeSet::new()
        );
    }

    proptest! {
        #[test]
        fn persons_who_may_be_one_share_a_key(
            names in (name(), name()), phones in (contact(), contact()),
            emails in (contact(), contact()), places in (0..2_i64, 0..2_i64),
        ) {
            let person = |name, phone, email, establishment| PersonTraits {
                full_name: name, phone, email, establishment,
            };
            let one = person(&names.0, phones.0.as_deref(), emails.0.as_deref(), places.0);
            let other = person(&names.1, phones.1.as_deref(), emails.1.as_deref(), places.1);
            if person_likeness(one, other) != Likeness::Different {
                prop_assert!(share(&person_keys(one), &person_keys(other)));
            }
        }

        #[test]
        fn establishments_that_may_be_one_share_a_key(
            names in (name(), name()), codes in (contact(), contact()),
        ) {
            let names = (fold(&names.0), fold(&names.1));
            let one = EstablishmentTraits { name_key: &names.0, tax_code: codes.0.as_deref() };
            let other = EstablishmentTraits { name_key: &names.1, tax_code: codes.1.as_deref() };
            if establishment_likeness(one, other) != Likeness::Different {
                prop_assert!(share(&establishment_keys(one), &establishment_keys(other)));
            }
        }
    }
}
