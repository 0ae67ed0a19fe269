//! Who comes to the held workshops, and to which of them.

use super::super::names::PlannedPerson;
use super::super::workshops::HELD;
use super::Draft;
use domain::DelegateRole::{self, Foreman, Manager, Owner, Technician};
use domain::{Sector, SiteType};
use std::cmp::Reverse;

/// How often some people attended: (times, people). All others came once.
const REGULARS: [(u32, usize); 3] = [(4, 4), (3, 8), (2, 60)];
/// People who registered and never came, though colleagues of theirs did.
const ABSENTEES: usize = 55;
/// People who registered from establishments never reached, one from each.
const UNREACHED_ABSENTEES: usize = 2;

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
    /// Turns the attendances of each establishment and role into people, and
    /// returns how often each of them comes.
    pub(super) fn engage_attendees(&mut self) -> Vec<u32> {
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
    pub(super) fn engage_absentees(&mut self) {
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
    pub(super) fn seat(&mut self, times: &[u32]) -> Vec<Vec<usize>> {
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
    pub(super) fn appeal(&self, workshop: usize, person: usize) -> usize {
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
