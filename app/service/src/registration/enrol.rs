//! Writing registrations down: what every way of registering comes to.

use super::rows::{active, count_seats};
use crate::audit::{Entry, record};
use crate::db::lock_names;
use crate::delegate::{Delegate, recognise, word_of};
use crate::entity::{Code, consent, registration, workshop};
use crate::live::tell_others;
use crate::mail::Occasion;
use crate::secret::random;
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    CONSENT_TEXT_VERSION, Lang, NewRegistration, Reason, RegistrationMode, RegistrationSource,
    RegistrationState, TicketCode, fold, fold_establishment, place_newcomers,
};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::json;

/// Everything about a newcomer that does not need the lock.
pub(crate) struct Newcomer<'a> {
    pub(crate) new: &'a NewRegistration,
    pub(crate) lang: Lang,
    pub(crate) source: RegistrationSource,
    /// Through which door the consents came.
    pub(crate) channel: &'static str,
    pub(crate) origin: Origin,
}

/// What a registration came with, if with anything.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Origin {
    pub(crate) party_id: Option<i64>,
    pub(crate) invitation_id: Option<i64>,
    pub(crate) import_id: Option<i64>,
}

impl Services {
    /// Registers newcomers who come together: a seat for all of them, or the
    /// end of the waiting list for all, or a request each; a problem at
    /// `delegates` when there can never be enough. Who stands on the
    /// list already, or twice among them, is left as is, gets the link again,
    /// and is none in the answer.
    pub(crate) async fn enrol(
        &self,
        tx: &Tx,
        actor: &Actor,
        workshop: &workshop::Model,
        mode: RegistrationMode,
        newcomers: &[Newcomer<'_>],
        now: DateTime<Utc>,
    ) -> Result<Vec<Option<registration::Model>>, Failure> {
        if newcomers.len() > 1 {
            let places = newcomers.iter().map(|one| &one.new.establishment);
            let places: Vec<String> = places.map(|name| fold_establishment(name)).collect();
            let names: Vec<String> = newcomers.iter().map(|n| fold(&n.new.full_name)).collect();
            lock_names(tx, &places, &names).await?;
        }
        let mut delegates: Vec<Option<Delegate>> = Vec::new();
        let mut known = Vec::new();
        for newcomer in newcomers {
            let delegate = recognise(tx, newcomer.new, word_of(actor), now).await?;
            let twice = delegates
                .iter()
                .flatten()
                .any(|other| other.person.id == delegate.person.id);
            let standing = active(&**tx, workshop.id, delegate.person.id).await?;
            let is_new = standing.is_none() && !twice;
            if let Some(standing) = standing {
                let person = &delegate.person;
                self.mail_link_again(tx, workshop, &standing, person, now)
                    .await?;
                known.push((Occasion::LinkAgain, standing, person.clone()));
            }
            delegates.push(is_new.then_some(delegate));
        }
        self.tell_through(tx, workshop, &known, now).await?;
        let number = u32::try_from(delegates.iter().flatten().count()).unwrap_or(u32::MAX);
        if number == 0 {
            return Ok(newcomers.iter().map(|_| None).collect());
        }
        let seats = count_seats(&**tx, workshop).await?;
        if newcomers.len() > 1 && number > seats.capacity {
            // It would wait at the head for ever, and nobody would pass it.
            let reason = Reason::LargerThanRoom(seats.capacity);
            return Err(Failure::problem("delegates", reason));
        }
        let state = place_newcomers(mode, seats, number);
        let mut rows = Vec::new();
        for (newcomer, delegate) in newcomers.iter().zip(&delegates) {
            let Some(delegate) = delegate else {
                rows.push(None);
                continue;
            };
            let row = self
                .insert(tx, actor, workshop, delegate, newcomer, state, now)
                .await?;
            let occasion = match state {
                RegistrationState::Booked => Occasion::of_seat(&row),
                RegistrationState::Requested => Occasion::Requested,
                _ => Occasion::Waitlisted,
            };
            self.mail_to_person(tx, occasion, workshop, &row, &delegate.person, now)
                .await?;
            rows.push(Some(row));
        }
        Ok(rows)
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
            phone: Set(new.phone.as_ref().map(|phone| phone.as_str().to_owned())),
            role: Set(Code(new.role)),
            state: Set(Code(state)),
            source: Set(Code(newcomer.source)),
            code: Set(TicketCode::from_random(random()).as_str().to_owned()),
            lang: Set(Code(newcomer.lang)),
            substitute_id: Set(None),
            created_at: Set(now),
            state_at: Set(now),
            party_id: Set(newcomer.origin.party_id),
            invitation_id: Set(newcomer.origin.invitation_id),
            import_id: Set(newcomer.origin.import_id),
            offer_until: Set(None),
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
        tell_others(tx).await?;
        Ok(row)
    }
}
