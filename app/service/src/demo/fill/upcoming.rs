//! The workshops to come, with some of the demo's people registered.

use super::super::plan::Plan;
use super::super::upcoming::{UpcomingState, UpcomingWorkshop, upcoming};
use super::{Fill, Row, at, local};
use crate::Failure;
use crate::entity::{Code, registration, workshop};
use chrono::Duration;
use domain::{
    DelegateRole, RegistrationSource, RegistrationState, Sector, WorkshopState, to_local,
};
use sea_orm::Set;

impl Fill<'_> {
    /// Adds the workshops to come, seen from today; returns how many
    /// registrations they have.
    pub(in super::super) async fn upcoming(&self) -> Result<usize, Failure> {
        let mut number = 0;
        for planned in upcoming(to_local(self.now).date_naive()) {
            let workshop = self.upcoming_workshop(&planned).await?;
            if planned.has_agenda() {
                self.assign(self.staff.trainer, workshop.id).await?;
                self.assign(self.staff.door, workshop.id).await?;
            }
            let rows = self.fill_seats(&planned, &workshop).await?;
            number += rows.len();
            match planned.state {
                UpcomingState::Open => {
                    self.questions(&workshop, &rows).await?;
                    self.group(&workshop, &rows).await?;
                }
                UpcomingState::Relocated { .. } | UpcomingState::Invited => {
                    self.invitations(&workshop, &rows).await?;
                }
                _ => {}
            }
            self.schedule(&planned, &workshop).await?;
        }
        Ok(number)
    }

    async fn upcoming_workshop(
        &self,
        planned: &UpcomingWorkshop,
    ) -> Result<workshop::Model, Failure> {
        let opens_at = local(planned.opens_at)?;
        let drafted = planned.state == UpcomingState::Draft;
        let minimum = match planned.state {
            UpcomingState::UnderMinimum { minimum } => Some(minimum),
            _ => None,
        };
        let row = workshop::ActiveModel {
            programme_id: Set(self.programme_id),
            slug: Set(planned.slug.to_owned()),
            title_vi: Set(planned.title_vi.to_owned()),
            title_en: Set(planned.title_en.to_owned()),
            summary_vi: Set(planned.summary_vi.to_owned()),
            summary_en: Set(planned.summary_en.to_owned()),
            notice_vi: Set(String::new()),
            notice_en: Set(String::new()),
            kind: Set(Code(planned.kind)),
            state: Set(Code(match planned.state {
                UpcomingState::Draft => WorkshopState::Draft,
                UpcomingState::Cancelled { .. } => WorkshopState::Cancelled,
                _ => WorkshopState::Published,
            })),
            sectors: Set(planned.sectors.to_owned()),
            mode: Set(Code(planned.mode())),
            minimum: Set(minimum),
            minimum_by: Set(minimum.map(|_| self.now - Duration::hours(3))),
            capacity: Set(i64::from(planned.capacity)),
            opens_at: Set(opens_at),
            closes_at: Set(local(planned.closes_at)?),
            created_at: Set(opens_at.min(self.now) - Duration::days(3)),
            published_at: Set((!drafted).then_some(opens_at)),
            ..Default::default()
        };
        let hours = (
            at(planned.date, planned.starts)?,
            at(planned.date, planned.ends)?,
        );
        let place = (planned.venue, planned.address);
        Ok(self.insert_workshop(row, place, hours).await?.0)
    }

    async fn fill_seats(
        &self,
        planned: &UpcomingWorkshop,
        workshop: &workshop::Model,
    ) -> Result<Vec<registration::Model>, Failure> {
        let mut made = Vec::new();
        let people = guests(self.plan, planned);
        let since = self.now - workshop.opens_at;
        let apart = since.num_seconds() / (i64::try_from(people.len()).unwrap_or(0) + 1);
        let mut created_at = workshop.opens_at;
        for (n, &person) in people.iter().enumerate() {
            created_at += Duration::seconds(apart);
            let planned_person = &self.plan.persons[person];
            let from = &self.plan.establishments[planned_person.establishment];
            let state = planned.standing(n);
            let offered = state == RegistrationState::Offered;
            let row = Row {
                person,
                establishment: planned_person.establishment,
                role: planned_person.role,
                locality: self.places.of(from.locality)?.now,
                source: RegistrationSource::Online,
                state,
                substitute_id: None,
                materials: planned_person.email.is_some() && n % 3 != 0,
                invitations: n % 2 == 0,
                created_at,
                state_at: if offered {
                    self.now - Duration::hours(4)
                } else {
                    created_at
                },
                offer_until: offered.then(|| self.now + Duration::hours(20)),
            };
            made.push(self.register(workshop.id, &row).await?);
        }
        Ok(made)
    }
}

/// Whom a workshop attracts, spread over all of those it would suit.
fn guests(plan: &Plan, planned: &UpcomingWorkshop) -> Vec<usize> {
    let number = planned.booked + planned.waiting;
    if planned.state == UpcomingState::Invited {
        return managers_of_one(plan).into_iter().take(number).collect();
    }
    let suited: Vec<usize> = (0..plan.persons.len())
        .filter(|&n| {
            let person = &plan.persons[n];
            let sector = plan.establishments[person.establishment].sector;
            match planned.state {
                UpcomingState::Open => sector == Sector::Coconut,
                UpcomingState::Relocated { .. } => sector == Sector::Seafood,
                UpcomingState::Cancelled { .. } | UpcomingState::UnderMinimum { .. } => {
                    sector == Sector::Food
                }
                UpcomingState::Full | UpcomingState::Draft | UpcomingState::Invited => {
                    matches!(
                        person.role,
                        DelegateRole::Technician | DelegateRole::Foreman
                    )
                }
            }
        })
        .collect();
    let apart = suited.len() / number.max(1);
    suited
        .into_iter()
        .step_by(apart.max(1))
        .take(number)
        .collect()
}

/// The managers of the last establishment that has two.
fn managers_of_one(plan: &Plan) -> Vec<usize> {
    let managers_of = |place: usize| {
        let people = plan.persons.iter().enumerate();
        let managers = people.filter(move |(_, person)| {
            person.establishment == place && person.role == DelegateRole::Manager
        });
        managers.map(|(n, _)| n).collect::<Vec<_>>()
    };
    let places = (0..plan.establishments.len()).rev();
    places
        .map(managers_of)
        .find(|managers| managers.len() > 1)
        .unwrap_or_default()
}
