//! The rows of each held workshop: who registered how, and what became of it.

use super::super::names::{PlannedPerson, office_mailbox};
use super::{Draft, Fate, PlannedRegistration};
use domain::{EstablishmentKind, RegistrationSource};

/// Per workshop: colleagues who came instead of the one registered.
const SUBSTITUTES: [usize; 6] = [4; 6];
/// Per workshop: on no list, yet there.
const WALK_INS: [usize; 6] = [6, 7, 7, 6, 5, 7];
/// Per workshop: withdrawn because the person had registered twice.
const DUPLICATES: [usize; 6] = [1, 1, 1, 1, 0, 1];
/// People whose mail comes back.
const BOUNCED: usize = 6;

impl Draft {
    /// Registers those who came: a few in a colleague's place, a few on no
    /// list, all others ahead and some of them twice.
    pub(super) fn register_present(&mut self, workshop: usize, people: &[usize]) {
        let (mut substitutes, mut walk_ins) = (SUBSTITUTES[workshop], WALK_INS[workshop]);
        let mut duplicates = DUPLICATES[workshop];
        for &person in people {
            if substitutes > 0
                && let Some(replaced) = self.unlisted_colleague(workshop, person)
            {
                substitutes -= 1;
                let row = self.register_at_door(workshop, person, RegistrationSource::Substitute);
                self.register_ahead(workshop, replaced, Fate::SubstitutedBy(row));
            } else if walk_ins > 0 {
                walk_ins -= 1;
                self.register_at_door(workshop, person, RegistrationSource::WalkIn);
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
    fn register_at_door(
        &mut self,
        workshop: usize,
        person: usize,
        source: RegistrationSource,
    ) -> usize {
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
    pub(super) fn register_ahead(&mut self, workshop: usize, person: usize, fate: Fate) -> usize {
        let who = &self.plan.persons[person];
        let kind = self.plan.establishments[who.establishment].kind;
        let nominated = match (&who.email, kind) {
            (None, _) => 100,
            (Some(_), EstablishmentKind::Enterprise) => 30,
            _ => 65,
        };
        let (source, earliest) = match self.dice.chance(nominated) {
            true => (RegistrationSource::Import, 14),
            false => (RegistrationSource::Online, 28),
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
        source: RegistrationSource,
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
            RegistrationSource::Online | RegistrationSource::Api => (70, 55),
            RegistrationSource::Import
            | RegistrationSource::Nomination
            | RegistrationSource::Staff => (30, 25),
            RegistrationSource::WalkIn | RegistrationSource::Substitute => (45, 35),
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
    pub(super) fn take_unlisted(&self, workshop: usize, people: &mut Vec<usize>) -> Option<usize> {
        let place = people
            .iter()
            .position(|&person| !self.listed[person][workshop])?;
        Some(people.swap_remove(place))
    }

    /// The keenest of three who came to other workshops and not to this one.
    pub(super) fn attendee_of_another(&mut self, workshop: usize, attendees: usize) -> usize {
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
    pub(super) fn bounce_mail(&mut self) {
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
}
