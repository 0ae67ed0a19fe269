//! Substitutes, duplicates, and the oddities of real lists.

use super::*;

#[test]
fn each_substitute_stands_in_for_one_colleague() {
    let plan = plan();
    let mut replacing = BTreeSet::new();
    for (n, row) in plan.registrations.iter().enumerate() {
        if let Fate::SubstitutedBy(by) = row.fate {
            let substitute = &plan.registrations[by];
            assert_eq!(substitute.source, RegistrationSource::Substitute);
            assert_eq!(
                (substitute.workshop, substitute.establishment),
                (row.workshop, row.establishment)
            );
            assert!(by < n && substitute.person != row.person && replacing.insert(by));
        }
    }
    assert_eq!(replacing.len(), 24);
}

#[test]
fn only_duplicates_are_a_second_row_for_one_person_and_workshop() {
    let plan = plan();
    let is_duplicate = |row: &&PlannedRegistration| {
        matches!(
            row.fate,
            Fate::Cancelled {
                duplicate: true,
                ..
            }
        )
    };
    let pair = |row: &PlannedRegistration| (row.person, row.workshop);
    let pairs: BTreeSet<_> = plan
        .registrations
        .iter()
        .filter(|row| !is_duplicate(row))
        .map(pair)
        .collect();
    let duplicates: BTreeSet<_> = plan
        .registrations
        .iter()
        .filter(is_duplicate)
        .map(pair)
        .collect();
    assert_eq!(
        (pairs.len(), duplicates.len()),
        (plan.registrations.len() - 5, 5)
    );
    assert!(duplicates.is_subset(&attended(&plan).map(pair).collect()));
}

#[test]
fn people_without_mail_shared_mailboxes_and_bounced_mail() {
    let plan = plan();
    let attendees: BTreeSet<_> = attended(&plan).map(|row| row.person).collect();
    let without = |person: &usize| plan.persons[*person].email.is_none();
    assert_eq!((0..plan.persons.len()).filter(without).count(), 14);
    assert_eq!(attendees.iter().copied().filter(without).count(), 14);
    let mailboxes = tally(
        plan.persons
            .iter()
            .filter_map(|person| person.email.as_deref()),
    );
    assert_eq!(mailboxes.values().filter(|people| **people > 1).count(), 9);
    assert!(
        mailboxes
            .keys()
            .all(|mailbox| mailbox.is_ascii() && mailbox.ends_with("@example.com"))
    );
    let bounced = plan
        .registrations
        .iter()
        .filter(|row| row.mail_bounced)
        .map(|row| row.person);
    let bounced: BTreeSet<_> = bounced.collect();
    assert_eq!(bounced.len(), 6);
    assert!(bounced.is_subset(&attendees));
    assert!(
        bounced
            .iter()
            .all(|person| plan.persons[*person].email.is_some())
    );
}

#[test]
fn three_pairs_share_a_name_and_nothing_else() {
    let plan = plan();
    let names = tally(plan.persons.iter().map(|person| person.full_name.as_str()));
    assert_eq!(
        tally(names.values().copied()),
        [(1, plan.persons.len() - 6), (2, 3)].into()
    );
    for (name, _) in names.iter().filter(|(_, people)| **people == 2) {
        let pair: Vec<_> = plan
            .persons
            .iter()
            .filter(|person| person.full_name == *name)
            .collect();
        assert_ne!(pair[0].establishment, pair[1].establishment);
        assert_ne!(pair[0].phone, pair[1].phone);
    }
}

#[test]
fn phones_are_of_the_demo_range_and_shared_only_among_colleagues() {
    let plan = plan();
    let mut by_phone: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for person in &plan.persons {
        by_phone
            .entry(&person.phone)
            .or_default()
            .push(person.establishment);
    }
    assert!(
        by_phone
            .keys()
            .all(|phone| phone.starts_with("+8495") && phone.len() == 12)
    );
    let shared: Vec<_> = by_phone
        .into_values()
        .filter(|people| people.len() > 1)
        .collect();
    assert_eq!(shared.len(), 3);
    assert!(
        shared
            .iter()
            .all(|people| people.iter().all(|from| *from == people[0]))
    );
}
