//! The demo programme: who registered for the six workshops that were held,
//! who came, and who did not. Pure and deterministic: no clock, no chance.
//!
//! The figures of the programme are inputs only where they have to be (the
//! attendances of an establishment, the size of a workshop); everything else
//! is drawn, and the tests count all of them from the rows.

use super::establishments::{PlannedEstablishment, establishments};
use super::names::{Dice, PlannedPerson, name_everyone, office_mailbox};
use super::workshops::{HELD, PlannedWorkshop};
use domain::DelegateRole::{self, Foreman, Manager, Owner, Technician};
use domain::{EstablishmentKind, Sector, SiteType};
use std::cmp::Reverse;

/// The whole demo programme. Rows name each other by their index.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Forty fictional establishments and the seven demonstration ones.
    pub(super) establishments: Vec<PlannedEstablishment>,
    /// Everyone who registered or came, at least once.
    pub(super) persons: Vec<PlannedPerson>,
    /// The workshops held, in order of date.
    pub(super) workshops: Vec<PlannedWorkshop>,
    /// Every registration, workshop by workshop.
    pub(super) registrations: Vec<PlannedRegistration>,
}

/// A person's registration for one workshop.
#[derive(Clone, Debug)]
pub(super) struct PlannedRegistration {
    /// Index of the workshop.
    pub(super) workshop: usize,
    /// Index of the person.
    pub(super) person: usize,
    /// Index of the person's establishment.
    pub(super) establishment: usize,
    /// Legacy locality of the establishment, as it was called at the event.
    pub(super) locality: &'static str,
    /// The person's role.
    pub(super) role: DelegateRole,
    /// How it came about.
    pub(super) source: Source,
    /// What became of it.
    pub(super) fate: Fate,
    /// Days between registering and the workshop; 0 at the door.
    pub(super) booked_days_before: u32,
    /// Agreed to materials by e-mail.
    pub(super) consents_materials: bool,
    /// Agreed to future invitations.
    pub(super) consents_invitations: bool,
    /// Mail about it came back.
    pub(super) mail_bounced: bool,
}

/// How a registration came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Ahead, by the delegate.
    Online,
    /// Ahead, from a list of nominees.
    Import,
    /// At the door, on no list.
    WalkIn,
    /// At the door, in place of a colleague.
    Substitute,
}

/// What became of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Came, `minute_of_arrival` minutes after the start (negative: before).
    Attended {
        /// From -40 to 15.
        minute_of_arrival: i32,
    },
    /// A colleague came instead: the index of the colleague's registration,
    /// which stands earlier in the list.
    SubstitutedBy(usize),
    /// Withdrawn before the day.
    Cancelled {
        /// At least 1, at most the days since booking.
        days_before: u32,
        /// The person had registered twice; the other registration stood.
        duplicate: bool,
    },
    /// Expected in vain.
    NoShow,
}

/// How often some people attended: (times, people). All others came once.
const REGULARS: [(u32, usize); 3] = [(4, 4), (3, 8), (2, 60)];
/// People who registered and never came, though colleagues of theirs did.
const ABSENTEES: usize = 55;
/// People who registered from establishments never reached, one from each.
const UNREACHED_ABSENTEES: usize = 2;
/// Per workshop: colleagues who came instead of the one registered.
const SUBSTITUTES: [usize; 6] = [4; 6];
/// Per workshop: on no list, yet there.
const WALK_INS: [usize; 6] = [6, 7, 7, 6, 5, 7];
/// Per workshop: expected in vain.
const NO_SHOWS: [usize; 6] = [13, 14, 15, 12, 11, 15];
/// Per workshop: withdrawn, duplicates left out.
const CANCELLED: [usize; 6] = [6, 6, 7, 5, 6, 7];
/// Per workshop: withdrawn because the person had registered twice.
const DUPLICATES: [usize; 6] = [1, 1, 1, 1, 0, 1];
/// People whose mail comes back.
const BOUNCED: usize = 6;

/// Lays out the demo programme, the same one every time.
pub(super) fn plan() -> Plan {
    let mut draft = Draft::new();
    let times = draft.engage_attendees();
    let mut attended = draft.seat(&times);
    draft.engage_absentees();
    let plan = &mut draft.plan;
    name_everyone(
        &mut draft.dice,
        &mut plan.persons,
        &plan.establishments,
        &attended,
    );
    for people in &mut attended {
        draft.dice.shuffle(people);
    }
    let mut absentees: Vec<usize> = (times.len()..draft.plan.persons.len()).collect();
    draft.dice.shuffle(&mut absentees);
    let mut vacant: usize = NO_SHOWS.iter().chain(&CANCELLED).sum();
    for (workshop, people) in attended.iter().enumerate() {
        draft.register_present(workshop, people);
        for place in 0..NO_SHOWS[workshop] + CANCELLED[workshop] {
            // So drawn, every absentee has found a place when none is left.
            let takes_absentee = draft.dice.below(vacant) < absentees.len();
            vacant -= 1;
            let person = takes_absentee.then(|| draft.take_unlisted(workshop, &mut absentees));
            let person = person
                .flatten()
                .unwrap_or_else(|| draft.attendee_of_another(workshop, times.len()));
            let days_before = 1 + draft.dice.below(5) as u32;
            let fate = match place < NO_SHOWS[workshop] {
                true => Fate::NoShow,
                false => Fate::Cancelled {
                    days_before,
                    duplicate: false,
                },
            };
            draft.register_ahead(workshop, person, fate);
        }
    }
    draft.bounce_mail();
    draft.plan
}

/// A plan in the making.
struct Draft {
    dice: Dice,
    plan: Plan,
    /// By person: the workshops they have, or will have, a row for.
    listed: Vec<[bool; 6]>,
}

/// The attendances of one establishment in one role.
struct Cell {
    establishment: usize,
    role: DelegateRole,
    /// Attendances not yet given to a regular.
    left: u32,
    /// How often each regular among them comes.
    regulars: Vec<u32>,
}

impl Draft {
    fn new() -> Self {
        let plan = Plan {
            establishments: establishments(),
            persons: Vec::new(),
            workshops: HELD.to_vec(),
            registrations: Vec::new(),
        };
        Self {
            dice: Dice::new(20_100_818),
            plan,
            listed: Vec::new(),
        }
    }

    fn engage(&mut self, establishment: usize, role: DelegateRole) {
        self.plan
            .persons
            .push(PlannedPerson::unnamed(establishment, role));
        self.listed.push([false; 6]);
    }

    /// Turns the attendances of each establishment and role into people, and
    /// returns how often each of them comes.
    fn engage_attendees(&mut self) -> Vec<u32> {
        let mut cells = Vec::new();
        for (establishment, planned) in self.plan.establishments.iter().enumerate() {
            for (role, left) in [Manager, Technician, Foreman, Owner]
                .into_iter()
                .zip(planned.attendances)
            {
                cells.push(Cell {
                    establishment,
                    role,
                    left,
                    regulars: Vec::new(),
                });
            }
        }
        for (often, people) in REGULARS {
            for _ in 0..people {
                let roomy = cells.iter_mut().filter(|cell| cell.left >= often);
                if let Some(cell) = roomy.max_by_key(|cell| cell.pull()) {
                    cell.left -= often;
                    cell.regulars.push(often);
                }
            }
        }
        let mut times = Vec::new();
        for cell in cells {
            let once = std::iter::repeat_n(1, cell.left as usize);
            for often in cell.regulars.into_iter().chain(once) {
                self.engage(cell.establishment, cell.role);
                times.push(often);
            }
        }
        times
    }

    /// Adds the people who register and never come.
    fn engage_absentees(&mut self) {
        let attendees = self.plan.persons.len();
        for _ in 0..ABSENTEES {
            let colleague = &self.plan.persons[self.dice.below(attendees)];
            self.engage(colleague.establishment, colleague.role);
        }
        let all = self.plan.establishments.iter().enumerate();
        let unreached = all.filter(|(_, e)| e.attendances == [0; 4]).map(|(n, _)| n);
        for establishment in unreached.take(UNREACHED_ABSENTEES).collect::<Vec<_>>() {
            self.engage(establishment, Owner);
        }
    }

    /// Who comes to which workshop. Regulars choose first; then the workshop
    /// that is emptiest for its size takes the keenest of five, time and again.
    fn seat(&mut self, times: &[u32]) -> Vec<Vec<usize>> {
        let wishes: Vec<[usize; 6]> = (0..times.len()).map(|person| self.wishes(person)).collect();
        let mut attended = vec![Vec::new(); HELD.len()];
        for (person, &often) in times.iter().enumerate().filter(|(_, often)| **often > 1) {
            let mut choice: Vec<usize> = (0..HELD.len()).collect();
            choice.sort_by_key(|&workshop| Reverse(wishes[person][workshop]));
            for &workshop in choice.iter().take(often as usize) {
                attended[workshop].push(person);
            }
        }
        let mut once: Vec<usize> = (0..times.len())
            .filter(|&person| times[person] == 1)
            .collect();
        while !once.is_empty() {
            let filled = |w: &usize| attended[*w].len() * 1_000 / HELD[*w].attendances as usize;
            let emptiest = (0..HELD.len()).min_by_key(filled).unwrap_or_default();
            let five: [usize; 5] = std::array::from_fn(|_| self.dice.below(once.len()));
            let keenest = five.into_iter().max_by_key(|&n| wishes[once[n]][emptiest]);
            attended[emptiest].push(once.swap_remove(keenest.unwrap_or_default()));
        }
        for (workshop, people) in attended.iter().enumerate() {
            for &person in people {
                self.listed[person][workshop] = true;
            }
        }
        attended
    }

    /// How much each workshop attracts a person, with some chance in it.
    fn wishes(&mut self, person: usize) -> [usize; 6] {
        std::array::from_fn(|workshop| 100 * self.appeal(workshop, person) + self.dice.below(500))
    }

    /// How well a workshop fits a person, from 1 to 12.
    fn appeal(&self, workshop: usize, person: usize) -> usize {
        let PlannedPerson {
            establishment,
            role,
            ..
        } = self.plan.persons[person];
        let from = &self.plan.establishments[establishment];
        match (workshop, role, from.sector, from.site) {
            (0, Manager, ..) | (5, Manager | Owner, ..) => 6,
            (0 | 5, ..) => 4,
            (1, _, Sector::Coconut, _) | (2, Technician | Foreman, ..) => 12,
            (3, _, Sector::Seafood, _) | (4, _, _, SiteType::IndustrialPark) => 12,
            (3, _, _, SiteType::CraftVillage) | (4, _, _, SiteType::IndustrialCluster) => 10,
            (2, Manager, ..) => 3,
            _ => 1,
        }
    }

    /// Registers those who came: a few in a colleague's place, a few on no
    /// list, all others ahead and some of them twice.
    fn register_present(&mut self, workshop: usize, people: &[usize]) {
        let (mut substitutes, mut walk_ins) = (SUBSTITUTES[workshop], WALK_INS[workshop]);
        let mut duplicates = DUPLICATES[workshop];
        for &person in people {
            if substitutes > 0
                && let Some(replaced) = self.unlisted_colleague(workshop, person)
            {
                substitutes -= 1;
                let row = self.register_at_door(workshop, person, Source::Substitute);
                self.register_ahead(workshop, replaced, Fate::SubstitutedBy(row));
            } else if walk_ins > 0 {
                walk_ins -= 1;
                self.register_at_door(workshop, person, Source::WalkIn);
            } else {
                let minute_of_arrival = self.between(-40, -13) + self.between(0, 28);
                let row =
                    self.register_ahead(workshop, person, Fate::Attended { minute_of_arrival });
                if duplicates > 0 {
                    duplicates -= 1;
                    self.register_twice(row);
                }
            }
        }
    }

    /// A row made at the door: late, on the whole.
    fn register_at_door(&mut self, workshop: usize, person: usize, source: Source) -> usize {
        let minute_of_arrival = self.between(-15, 15);
        self.register(
            workshop,
            person,
            source,
            Fate::Attended { minute_of_arrival },
            0,
        )
    }

    /// A row made before the day: from a list of nominees for most small
    /// establishments, by the delegates themselves for most enterprises.
    fn register_ahead(&mut self, workshop: usize, person: usize, fate: Fate) -> usize {
        let who = &self.plan.persons[person];
        let kind = self.plan.establishments[who.establishment].kind;
        let nominated = match (&who.email, kind) {
            (None, _) => 100,
            (Some(_), EstablishmentKind::Enterprise) => 30,
            _ => 65,
        };
        let (source, earliest) = match self.dice.chance(nominated) {
            true => (Source::Import, 14),
            false => (Source::Online, 28),
        };
        let booked_days_before = self.between(5, earliest).unsigned_abs();
        self.register(workshop, person, source, fate, booked_days_before)
    }

    /// The same registration once more, withdrawn as soon as it was noticed.
    fn register_twice(&mut self, row: usize) {
        let mut again = self.plan.registrations[row].clone();
        again.fate = Fate::Cancelled {
            days_before: again.booked_days_before,
            duplicate: true,
        };
        self.plan.registrations.push(again);
    }

    fn register(
        &mut self,
        workshop: usize,
        person: usize,
        source: Source,
        fate: Fate,
        booked_days_before: u32,
    ) -> usize {
        let PlannedPerson {
            establishment,
            role,
            ref email,
            ..
        } = self.plan.persons[person];
        // Who was nominated by a colleague has often not been asked yet.
        let (materials, invitations) = match source {
            Source::Online => (70, 55),
            Source::Import => (30, 25),
            Source::WalkIn | Source::Substitute => (45, 35),
        };
        let row = PlannedRegistration {
            workshop,
            person,
            establishment,
            locality: self.plan.establishments[establishment].locality,
            role,
            source,
            fate,
            booked_days_before,
            consents_materials: self.dice.chance(materials) && email.is_some(),
            consents_invitations: self.dice.chance(invitations),
            mail_bounced: false,
        };
        self.listed[person][workshop] = true;
        self.plan.registrations.push(row);
        self.plan.registrations.len() - 1
    }

    /// Someone of the same establishment without a row for the workshop.
    fn unlisted_colleague(&mut self, workshop: usize, person: usize) -> Option<usize> {
        let persons = &self.plan.persons;
        let colleague = |&n: &usize| persons[n].establishment == persons[person].establishment;
        let unlisted = (0..persons.len()).filter(|&n| !self.listed[n][workshop]);
        let candidates: Vec<usize> = unlisted.filter(colleague).collect();
        candidates.get(self.dice.below(candidates.len())).copied()
    }

    /// Takes someone without a row for the workshop out of `people`.
    fn take_unlisted(&self, workshop: usize, people: &mut Vec<usize>) -> Option<usize> {
        let place = people
            .iter()
            .position(|&person| !self.listed[person][workshop])?;
        Some(people.swap_remove(place))
    }

    /// The keenest of three who came to other workshops and not to this one.
    fn attendee_of_another(&mut self, workshop: usize, attendees: usize) -> usize {
        let unlisted: Vec<usize> = (0..attendees)
            .filter(|&n| !self.listed[n][workshop])
            .collect();
        let three: [usize; 3] = std::array::from_fn(|_| unlisted[self.dice.below(unlisted.len())]);
        three
            .into_iter()
            .max_by_key(|&person| self.appeal(workshop, person))
            .unwrap_or(three[0])
    }

    /// Marks mail as come back for a few, spread over those who registered
    /// ahead, only once, and under an address of their own.
    fn bounce_mail(&mut self) {
        let plan = &mut self.plan;
        let alone = |row: &PlannedRegistration| {
            let person = &plan.persons[row.person];
            let office = office_mailbox(&plan.establishments[person.establishment].name);
            let own_address = person.email.as_ref().is_some_and(|email| *email != office);
            let rows = plan
                .registrations
                .iter()
                .filter(|other| other.person == row.person);
            let came = matches!(row.fate, Fate::Attended { .. });
            came && row.booked_days_before > 0 && own_address && rows.count() == 1
        };
        let rows = plan.registrations.iter().enumerate();
        let candidates: Vec<usize> = rows.filter(|(_, row)| alone(row)).map(|(n, _)| n).collect();
        let apart = candidates.len() / BOUNCED;
        for &row in candidates.iter().step_by(apart.max(1)).take(BOUNCED) {
            plan.registrations[row].mail_bounced = true;
        }
    }

    /// A number from `first` to `last`, both included.
    fn between(&mut self, first: i32, last: i32) -> i32 {
        first + self.dice.below(first.abs_diff(last) as usize + 1) as i32
    }
}

impl Cell {
    /// How much it calls for another regular: owners of small establishments
    /// are few and come themselves, staff take turns.
    fn pull(&self) -> usize {
        let constancy = match self.role {
            Owner => 4,
            Manager => 2,
            _ => 1,
        };
        constancy * self.left as usize * 100 / (1 + self.regulars.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn attended(plan: &Plan) -> impl Iterator<Item = &PlannedRegistration> {
        plan.registrations
            .iter()
            .filter(|row| matches!(row.fate, Fate::Attended { .. }))
    }

    fn ahead(row: &PlannedRegistration) -> bool {
        matches!(row.source, Source::Online | Source::Import)
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
                .filter(|row| row.source != Source::Substitute);
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
        let sectors =
            tally(attended(&plan).map(|row| plan.establishments[row.establishment].sector));
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
                .filter(|row| row.source == Source::WalkIn)
                .count(),
            38
        );
        assert_eq!(
            at_door
                .filter(|row| row.source == Source::Substitute)
                .count(),
            24
        );
    }

    #[test]
    fn each_substitute_stands_in_for_one_colleague() {
        let plan = plan();
        let mut replacing = BTreeSet::new();
        for (n, row) in plan.registrations.iter().enumerate() {
            if let Fate::SubstitutedBy(by) = row.fate {
                let substitute = &plan.registrations[by];
                assert_eq!(substitute.source, Source::Substitute);
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
}
