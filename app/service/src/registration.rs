//! Registering, cancelling, and moving up from the waiting list.

use crate::audit::{Entry, record};
use crate::delegate::{Delegate, recognise};
use crate::entity::{Code, checkin, consent, person, registration, workshop};
use crate::idempotency::RequestKey;
use crate::mail::Occasion;
use crate::outbox::withhold;
use crate::secret::random;
use crate::workshop::{lock_by_id, lock_by_slug};
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    Act, CONSENT_TEXT_VERSION, Lang, NewRegistration, RegistrationForm, RegistrationMove,
    RegistrationSource, RegistrationState, RegistrationWindow, Seats, TicketCode, WorkshopState,
    advance, may_give_up, place_newcomer, promotions, registration_window,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The answer to somebody who registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The key of the registration.
    pub id: i64,
    /// The code for the door.
    pub code: String,
    /// A seat, or the waiting list.
    pub state: RegistrationState,
    /// The place on the waiting list, from 1.
    pub position: Option<u64>,
}

/// What became of a wish to register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registering {
    /// Registered now, or by an earlier try with the same request key.
    Done(Registered),
    /// The person was registered before. Nothing about that registration is
    /// revealed; its link was mailed to the address on file, if there is one.
    Already,
}

/// Everything about a newcomer that does not need the lock.
pub(crate) struct Newcomer<'a> {
    pub(crate) new: &'a NewRegistration,
    pub(crate) lang: Lang,
    pub(crate) source: RegistrationSource,
    /// Through which door the consents came.
    pub(crate) channel: &'static str,
}

impl Services {
    /// Registers a person for a workshop: a seat when one is free, else the
    /// end of the waiting list. The same request key registers once.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; [`Failure::NotFound`] for a
    /// workshop that is not public; [`Conflict::RegistrationNotOpen`] or
    /// [`Conflict::RegistrationClosed`] outside the window;
    /// [`Conflict::KeyReused`].
    pub async fn register(
        &self,
        actor: &Actor,
        slug: &str,
        form: &RegistrationForm,
        lang: Lang,
        key: Option<&RequestKey>,
    ) -> Result<Registering, Failure> {
        let source = match actor {
            Actor::Anonymous => RegistrationSource::Online,
            _ => {
                actor.require(Act::RegisterOthers)?;
                RegistrationSource::Api
            }
        };
        let new = &form.check().map_err(Failure::Invalid)?;
        let channel = if source == RegistrationSource::Api {
            "api"
        } else {
            "web"
        };
        let newcomer = &Newcomer {
            new,
            lang,
            source,
            channel,
        };
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                if let Some(key) = key
                    && let Some(answer) = key.answered(&tx).await?
                {
                    return Ok(Registering::Done(answer));
                }
                check_window(&workshop, now)?;
                let delegate = recognise(&tx, new, now).await?;
                let person = &delegate.person;
                if let Some(standing) = active(&*tx, workshop.id, person.id).await? {
                    self.mail_link_again(&tx, &workshop, &standing, person, now)
                        .await?;
                    return Ok(Registering::Already);
                }
                let state = place_newcomer(count_seats(&*tx, &workshop).await?);
                let row = self
                    .insert(&tx, actor, &workshop, &delegate, newcomer, state, now)
                    .await?;
                let answer = Registered {
                    id: row.id,
                    code: row.code.clone(),
                    state,
                    position: position(&*tx, &row).await?,
                };
                let occasion = if state == RegistrationState::Booked {
                    Occasion::Confirmation
                } else {
                    Occasion::Waitlisted
                };
                self.mail_to_person(&tx, occasion, &workshop, &row, person, now)
                    .await?;
                if let Some(key) = key {
                    key.keep(&*tx, &answer, now).await?;
                }
                Ok(Registering::Done(answer))
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// Gives up a registration, by its holder. A freed seat goes to the head
    /// of the waiting list in the same transaction, not once the workshop has
    /// begun. Cancelling twice is harmless.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address; [`Conflict::NotAllowedNow`]
    /// when the workshop has begun, the holder has come, or somebody came
    /// instead.
    pub async fn cancel_by_ticket(&self, ticket: &str) -> Result<(), Failure> {
        let found = self.registration_by_ticket(ticket).await?;
        let now = self.clock.now();
        let found = &found;
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, found.workshop_id).await?;
                let row = registration::Entity::find_by_id(found.id)
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                if *row.state == RegistrationState::Cancelled {
                    return Ok(());
                }
                let begun = self.has_begun(&*tx, workshop.id, now).await?;
                let came = has_come(&*tx, row.id).await?;
                let allowed = workshop.cancel_rule.allows(workshop.cancel_until, now);
                if !may_give_up(*row.state, allowed, begun, came) {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let person = person_of(&*tx, &row).await?;
                let row = self
                    .change_state(&tx, &Actor::Anonymous, row, RegistrationMove::Cancel, now)
                    .await?;
                self.mail_to_person(&tx, Occasion::Cancelled, &workshop, &row, &person, now)
                    .await?;
                self.promote(&tx, &Actor::System, &workshop, now).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Gives free seats to the head of the waiting list, in order.
    pub(crate) async fn promote(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let begun = *workshop.state != WorkshopState::Published
            || self.has_begun(&**tx, workshop.id, now).await?;
        let number = promotions(count_seats(&**tx, workshop).await?, begun);
        if number == 0 {
            return Ok(());
        }
        let head = registration::Entity::find()
            .filter(registration::Column::WorkshopId.eq(workshop.id))
            .filter(registration::Column::State.eq(Code(RegistrationState::Waitlisted)))
            .order_by_asc(registration::Column::Id)
            .limit(u64::from(number))
            .find_also_related(person::Entity)
            .all(&**tx)
            .await?;
        for (row, person) in head {
            let person = person.ok_or(Failure::NotFound)?;
            let row = self
                .change_state(tx, actor, row, RegistrationMove::Promote, now)
                .await?;
            self.mail_to_person(tx, Occasion::Promoted, workshop, &row, &person, now)
                .await?;
        }
        Ok(())
    }

    pub(crate) async fn change_state(
        &self,
        tx: &Tx,
        actor: &Actor,
        row: registration::Model,
        step: RegistrationMove,
        now: DateTime<Utc>,
    ) -> Result<registration::Model, Failure> {
        let before = *row.state;
        let after = advance(before, step).ok_or(Failure::Conflict(Conflict::NotAllowedNow))?;
        let mut row = row.into_active_model();
        row.state = Set(Code(after));
        row.state_at = Set(now);
        let row = row.update(&**tx).await?;
        let entry = Entry {
            deed: match step {
                RegistrationMove::Promote => "promote",
                RegistrationMove::Cancel => "cancel",
                RegistrationMove::Substitute => "substitute",
            },
            noun: "registration",
            id: row.id,
            before: Some(json!({ "state": before })),
            after: Some(json!({ "state": after })),
        };
        record(&**tx, actor, now, entry).await?;
        withhold(&**tx, row.id, Occasion::outdated_by(step)).await?;
        Ok(row)
    }

    /// Inserts the registration with its consents and its line in the log.
    #[expect(clippy::too_many_arguments, reason = "the parts of one row")]
    pub(crate) async fn insert(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        delegate: &Delegate,
        newcomer: &Newcomer<'_>,
        state: RegistrationState,
        now: DateTime<Utc>,
    ) -> Result<registration::Model, Failure> {
        let new = newcomer.new;
        let locality = delegate.locality.as_ref();
        let row = registration::ActiveModel {
            workshop_id: Set(workshop.id),
            person_id: Set(delegate.person.id),
            establishment_id: Set(delegate.establishment_id),
            locality_id: Set(locality.map(|place| place.id)),
            // The name as it was at the event: places are renamed and merged.
            locality_name: Set(locality.map_or(&new.locality, |place| &place.name).clone()),
            email: Set(new.email.as_ref().map(|email| email.as_str().to_owned())),
            role: Set(Code(new.role)),
            state: Set(Code(state)),
            source: Set(Code(newcomer.source)),
            code: Set(TicketCode::from_random(random()).as_str().to_owned()),
            lang: Set(Code(newcomer.lang)),
            substitute_id: Set(None),
            created_at: Set(now),
            state_at: Set(now),
            ..Default::default()
        }
        .insert(&**tx)
        .await?;
        let consents: Vec<_> = new
            .consents
            .given()
            .map(|purpose| consent::ActiveModel {
                registration_id: Set(row.id),
                purpose: Set(Code(purpose)),
                text_version: Set(CONSENT_TEXT_VERSION.to_owned()),
                channel: Set(newcomer.channel.to_owned()),
                actor: Set(actor.label()),
                given_at: Set(now),
                withdrawn_at: Set(None),
                ..Default::default()
            })
            .collect();
        if !consents.is_empty() {
            consent::Entity::insert_many(consents)
                .exec_without_returning(&**tx)
                .await?;
        }
        let entry = Entry {
            deed: "register",
            noun: "registration",
            id: row.id,
            before: None,
            after: Some(json!({
                "workshop": workshop.id, "state": state, "source": newcomer.source, "role": new.role,
            })),
        };
        record(&**tx, actor, now, entry).await?;
        Ok(row)
    }

    pub(crate) async fn has_begun(
        &self,
        tx: &impl ConnectionTrait,
        workshop_id: i64,
        now: DateTime<Utc>,
    ) -> Result<bool, Failure> {
        let sessions = crate::workshop::sessions_of(tx, workshop_id).await?;
        Ok(sessions.iter().any(|session| session.starts_at <= now))
    }
}

fn check_window(workshop: &workshop::Model, now: DateTime<Utc>) -> Result<(), Failure> {
    if !workshop.state.is_public() {
        return Err(Failure::NotFound);
    }
    match registration_window(*workshop.state, workshop.opens_at, workshop.closes_at, now) {
        RegistrationWindow::Open => Ok(()),
        RegistrationWindow::NotYet(_) => Err(Failure::Conflict(Conflict::RegistrationNotOpen)),
        RegistrationWindow::Closed => Err(Failure::Conflict(Conflict::RegistrationClosed)),
    }
}

/// Counts a workshop's seats. Only what is counted after the workshop was
/// locked, in the same transaction, may decide anything.
pub(crate) async fn count_seats(
    tx: &impl ConnectionTrait,
    workshop: &workshop::Model,
) -> Result<Seats, Failure> {
    let counts: Vec<(Code<RegistrationState>, i64)> = registration::Entity::find()
        .select_only()
        .column(registration::Column::State)
        .column_as(Expr::col(registration::Column::Id).count(), "number")
        .filter(registration::Column::WorkshopId.eq(workshop.id))
        .filter(registration::Column::State.is_in([
            Code(RegistrationState::Booked),
            Code(RegistrationState::Waitlisted),
        ]))
        .group_by(registration::Column::State)
        .into_tuple()
        .all(tx)
        .await?;
    let of = |state| {
        let found = counts.iter().find(|(counted, _)| counted.0 == state);
        found.map_or(0, |(_, number)| u32::try_from(*number).unwrap_or(u32::MAX))
    };
    Ok(Seats {
        capacity: u32::try_from(workshop.capacity).unwrap_or(0),
        booked: of(RegistrationState::Booked),
        waiting: of(RegistrationState::Waitlisted),
    })
}

/// The place on the waiting list, from 1; none for others.
pub(crate) async fn position(
    tx: &impl ConnectionTrait,
    row: &registration::Model,
) -> Result<Option<u64>, Failure> {
    if *row.state != RegistrationState::Waitlisted {
        return Ok(None);
    }
    let ahead = registration::Entity::find()
        .filter(registration::Column::WorkshopId.eq(row.workshop_id))
        .filter(registration::Column::State.eq(Code(RegistrationState::Waitlisted)))
        .filter(registration::Column::Id.lte(row.id))
        .count(tx)
        .await?;
    Ok(Some(ahead))
}

/// The registration of a person that still stands, if any.
pub(crate) async fn active(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    person_id: i64,
) -> Result<Option<registration::Model>, Failure> {
    Ok(registration::Entity::find()
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::PersonId.eq(person_id))
        .filter(registration::Column::State.is_in([
            Code(RegistrationState::Booked),
            Code(RegistrationState::Waitlisted),
        ]))
        .one(tx)
        .await?)
}

/// Whether somebody is checked in to any session.
pub(crate) async fn has_come(
    tx: &impl ConnectionTrait,
    registration_id: i64,
) -> Result<bool, Failure> {
    let standing = checkin::Entity::find()
        .filter(checkin::Column::RegistrationId.eq(registration_id))
        .filter(checkin::Column::UndoneAt.is_null())
        .count(tx)
        .await?;
    Ok(standing > 0)
}

pub(crate) async fn person_of(
    tx: &impl ConnectionTrait,
    row: &registration::Model,
) -> Result<person::Model, Failure> {
    person::Entity::find_by_id(row.person_id)
        .one(tx)
        .await?
        .ok_or(Failure::NotFound)
}
