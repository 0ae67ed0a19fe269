//! The plan's figures, counted from its rows.

mod people;

use super::*;
use domain::DelegateRole::{Foreman, Manager, Owner, Technician};
use domain::{Sector, SiteType};
use std::collections::{BTreeMap, BTreeSet};

fn attended(plan: &Plan) -> impl Iterator<Item = &PlannedRegistration> {
    plan.registrations
        .iter()
        .filter(|row| matches!(row.fate, Fate::Attended { .. }))
}

fn ahead(row: &PlannedRegistration) -> bool {
    row.source.is_ahead()
}

/// How often each value occurs.
fn tally<T: Ord>(values: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut tally = BTreeMap::new();
    for value in values {
        *tally.entry(value).or_default() += 1;
    }
    tally
}

#[test]
fn the_plan_is_the_same_every_time() {
    assert_eq!(format!("{:?}", plan()), format!("{:?}", plan()));
}

#[test]
fn six_workshops_have_their_attendances() {
    let plan = plan();
    let counted = tally(attended(&plan).map(|row| row.workshop));
    assert_eq!(
        counted.into_values().collect::<Vec<_>>(),
        [96, 104, 110, 92, 88, 110]
    );
    for (n, workshop) in plan.workshops.iter().enumerate() {
        let of = |row: &&PlannedRegistration| row.workshop == n;
        assert_eq!(
            attended(&plan).filter(of).count(),
            workshop.attendances as usize
        );
        let seats = plan
            .registrations
            .iter()
            .filter(of)
            .filter(|row| row.source != RegistrationSource::Substitute);
        assert!(
            seats.count() <= workshop.capacity as usize,
            "{}",
            workshop.slug
        );
    }
}

#[test]
fn attendances_break_down_by_role() {
    let roles = tally(attended(&plan()).map(|row| row.role));
    assert_eq!(
        roles,
        [
            (Manager, 150),
            (Technician, 174),
            (Foreman, 126),
            (Owner, 150)
        ]
        .into()
    );
}

#[test]
fn attendances_break_down_by_sector_and_site() {
    use {Sector::*, SiteType::*};
    let plan = plan();
    let sectors = tally(attended(&plan).map(|row| plan.establishments[row.establishment].sector));
    let expected = [
        (Coconut, 228),
        (Seafood, 156),
        (Food, 60),
        (Sugar, 48),
        (Tobacco, 30),
        (Other, 78),
    ];
    assert_eq!(sectors, expected.into());
    let sites = tally(attended(&plan).map(|row| plan.establishments[row.establishment].site));
    let expected = [
        (IndustrialPark, 96),
        (IndustrialCluster, 90),
        (CraftVillage, 132),
        (Elsewhere, 282),
    ];
    assert_eq!(sites, expected.into());
}

#[test]
fn attendances_break_down_by_locality() {
    let localities = tally(attended(&plan()).map(|row| row.locality));
    let expected = [
        ("TP Bến Tre", 150),
        ("Châu Thành", 108),
        ("Bình Đại", 84),
        ("Mỏ Cày Nam", 72),
        ("Giồng Trôm", 60),
        ("Ba Tri", 48),
        ("Mỏ Cày Bắc", 36),
        ("Thạnh Phú", 24),
        ("Chợ Lách", 18),
    ];
    assert_eq!(localities, expected.into());
}

#[test]
fn distinct_persons_came_once_to_four_times() {
    let plan = plan();
    let times = tally(attended(&plan).map(|row| row.person));
    assert_eq!(times.len(), 512);
    assert_eq!(
        tally(times.into_values()),
        [(1, 440), (2, 60), (3, 8), (4, 4)].into()
    );
    let visits = tally(attended(&plan).map(|row| (row.person, row.workshop)));
    assert!(
        visits.into_values().all(|rows| rows == 1),
        "nobody is twice in one place"
    );
}

#[test]
fn rows_agree_with_their_person_and_establishment() {
    let plan = plan();
    for row in &plan.registrations {
        let person = &plan.persons[row.person];
        assert_eq!(
            (row.establishment, row.role),
            (person.establishment, person.role)
        );
        assert_eq!(
            row.locality,
            plan.establishments[row.establishment].locality
        );
        assert_eq!(row.booked_days_before > 0, ahead(row));
        assert!(!row.consents_materials || person.email.is_some());
        match row.fate {
            Fate::Attended { minute_of_arrival } => {
                assert!((-40..=15).contains(&minute_of_arrival));
            }
            Fate::Cancelled { days_before, .. } => {
                assert!((1..=row.booked_days_before).contains(&days_before));
            }
            Fate::SubstitutedBy(_) | Fate::NoShow => {}
        }
    }
    let registered: BTreeSet<_> = plan.registrations.iter().map(|row| row.person).collect();
    assert_eq!(
        registered.len(),
        plan.persons.len(),
        "nobody is there without a row"
    );
}

#[test]
fn the_funnel_leads_from_684_registrations_to_600_attendances() {
    let plan = plan();
    let fates = plan
        .registrations
        .iter()
        .filter(|row| ahead(row))
        .map(|row| match row.fate {
            Fate::Attended { .. } => "attended",
            Fate::SubstitutedBy(_) => "substituted",
            Fate::Cancelled { .. } => "cancelled",
            Fate::NoShow => "no-show",
        });
    let expected = [
        ("attended", 538),
        ("substituted", 24),
        ("cancelled", 42),
        ("no-show", 80),
    ];
    assert_eq!(tally(fates), expected.into());
    let at_door = plan.registrations.iter().filter(|row| !ahead(row));
    assert!(
        at_door
            .clone()
            .all(|row| matches!(row.fate, Fate::Attended { .. }))
    );
    assert_eq!(
        at_door
            .clone()
            .filter(|row| row.source == RegistrationSource::WalkIn)
            .count(),
        38
    );
    assert_eq!(
        at_door
            .filter(|row| row.source == RegistrationSource::Substitute)
            .count(),
        24
    );
}
