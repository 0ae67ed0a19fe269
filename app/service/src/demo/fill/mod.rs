//! Turns the plan into rows.

mod answers;
mod held;
mod invitations;
mod materials;
mod people;
mod scheduling;
mod upcoming;

pub(super) use materials::files;

use super::plan::Plan;
use crate::entity::{Code, assignment, consent, programme, registration, session, workshop};
use crate::secret::random;
use crate::{Failure, Services, Tx};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use domain::{
    CONSENT_TEXT_VERSION, DelegateRole, Lang, Purpose, RegistrationSource, RegistrationState,
    TicketCode, VIETNAM,
};
use people::{Places, Staff};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};

/// How many rows go into one statement: SQLite takes some thousand values.
const CHUNK: usize = 100;

/// A demo in the making: what its rows refer to.
pub(super) struct Fill<'a> {
    services: &'a Services,
    tx: &'a Tx,
    plan: &'a Plan,
    now: DateTime<Utc>,
    programme_id: i64,
    staff: Staff,
    places: Places,
    /// Keys of the establishments, by their index in the plan.
    establishments: Vec<i64>,
    /// Keys of the persons, by their index in the plan.
    persons: Vec<i64>,
}

/// What differs between registrations; person and establishment by their index.
struct Row {
    person: usize,
    establishment: usize,
    role: DelegateRole,
    /// The locality's key and its name at the event.
    locality: (i64, &'static str),
    source: RegistrationSource,
    state: RegistrationState,
    substitute_id: Option<i64>,
    materials: bool,
    invitations: bool,
    created_at: DateTime<Utc>,
    state_at: DateTime<Utc>,
    /// Until when an offered seat is held.
    offer_until: Option<DateTime<Utc>>,
}

impl<'a> Fill<'a> {
    /// Fills in who and where: organiser, staff, places, people.
    pub(super) async fn begin(
        services: &'a Services,
        tx: &'a Tx,
        plan: &'a Plan,
        programme: programme::Model,
        password_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        let programme_id = people::programme(tx, programme).await?;
        let staff = people::staff(tx, password_hash, now).await?;
        let places = people::places(tx).await?;
        let establishments = people::establishments(tx, plan, &places, now).await?;
        let persons = people::persons(tx, plan, &establishments, now).await?;
        Ok(Self {
            services,
            tx,
            plan,
            now,
            programme_id,
            staff,
            places,
            establishments,
            persons,
        })
    }

    /// The key of the programme.
    pub(super) fn programme_id(&self) -> i64 {
        self.programme_id
    }

    /// Inserts a registration with its consents.
    async fn register(&self, workshop_id: i64, row: &Row) -> Result<registration::Model, Failure> {
        let made = registration::ActiveModel {
            workshop_id: Set(workshop_id),
            person_id: Set(self.persons[row.person]),
            establishment_id: Set(self.establishments[row.establishment]),
            locality_id: Set(Some(row.locality.0)),
            locality_name: Set(row.locality.1.to_owned()),
            email: Set(self.plan.persons[row.person].email.clone()),
            phone: Set(Some(self.plan.persons[row.person].phone.clone())),
            role: Set(Code(row.role)),
            state: Set(Code(row.state)),
            source: Set(Code(row.source)),
            code: Set(TicketCode::from_random(random()).as_str().to_owned()),
            lang: Set(Code(Lang::Vi)),
            substitute_id: Set(row.substitute_id),
            created_at: Set(row.created_at),
            state_at: Set(row.state_at),
            offer_until: Set(row.offer_until),
            ..Default::default()
        }
        .insert(&**self.tx)
        .await?;
        let (channel, actor) = match row.source {
            RegistrationSource::Online
            | RegistrationSource::Api
            | RegistrationSource::Nomination => ("web", "public".to_owned()),
            RegistrationSource::Import | RegistrationSource::Staff => {
                ("import", account(self.staff.organizer))
            }
            RegistrationSource::WalkIn | RegistrationSource::Substitute => {
                ("door", account(self.staff.door))
            }
        };
        let purposes = [
            (Purpose::Reporting, true),
            (Purpose::Materials, row.materials),
            (Purpose::Invitations, row.invitations),
        ];
        let consents = purposes.into_iter().filter(|(_, given)| *given);
        let consents = consents.map(|(purpose, _)| consent::ActiveModel {
            registration_id: Set(made.id),
            purpose: Set(Code(purpose)),
            text_version: Set(CONSENT_TEXT_VERSION.to_owned()),
            channel: Set(channel.to_owned()),
            actor: Set(actor.clone()),
            given_at: Set(row.created_at),
            withdrawn_at: Set(None),
            ..Default::default()
        });
        consent::Entity::insert_many(consents)
            .exec_without_returning(&**self.tx)
            .await?;
        Ok(made)
    }

    async fn insert_workshop(
        &self,
        row: workshop::ActiveModel,
        place: (&str, &str),
        hours: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(workshop::Model, session::Model), Failure> {
        let workshop = row.insert(&**self.tx).await?;
        let session = session::ActiveModel {
            workshop_id: Set(workshop.id),
            position: Set(1),
            room: Set(place.0.to_owned()),
            address: Set(place.1.to_owned()),
            starts_at: Set(hours.0),
            ends_at: Set(hours.1),
            ..Default::default()
        }
        .insert(&**self.tx)
        .await?;
        Ok((workshop, session))
    }

    async fn assign(&self, account_id: i64, workshop_id: i64) -> Result<(), Failure> {
        assignment::ActiveModel {
            account_id: Set(account_id),
            workshop_id: Set(workshop_id),
            ..Default::default()
        }
        .insert(&**self.tx)
        .await?;
        Ok(())
    }
}

/// How the log names an account.
fn account(id: i64) -> String {
    format!("account:{id}")
}

fn at(day: NaiveDate, time: NaiveTime) -> Result<DateTime<Utc>, Failure> {
    local(day.and_time(time))
}

fn local(time: NaiveDateTime) -> Result<DateTime<Utc>, Failure> {
    let time = VIETNAM.from_local_datetime(&time).single();
    time.map(|time| time.to_utc())
        .ok_or_else(|| Failure::internal("a demo time does not exist"))
}
