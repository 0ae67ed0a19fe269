//! The public ways to register: one person, or several by one contact.

use super::enrol::{Newcomer, Origin};
use super::queue::position;
use crate::entity::{Code, party, registration, workshop};
use crate::idempotency::RequestKey;
use crate::question::keep_answers;
use crate::secret::random;
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, QuestionView, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Act, Asked, Email, Lang, NewParty, NewRegistration, PartyForm, Phone, Problems,
    RegistrationForm, RegistrationMode, RegistrationSource, RegistrationState, RegistrationWindow,
    TicketCode, WorkshopState, check_answers, is_in_time, registration_window,
};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde::{Deserialize, Serialize};

/// The answer to somebody who registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The key of the registration.
    pub id: i64,
    /// The code for the door.
    pub code: String,
    /// A seat, the waiting list, or a request.
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

/// What became of the wish to register several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisteringParty {
    /// Those who were new are registered; the last part of the address of
    /// their page.
    Done(String),
    /// All of them were registered before, which reveals nothing more.
    Already,
}

impl Services {
    /// Registers a person for a workshop: a seat when one is free, else the
    /// end of the waiting list; a request where somebody decides. The same
    /// request key registers once. A form opened before closing is taken for a
    /// minute after it.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; [`Failure::NotFound`] for a
    /// workshop that is not public; [`Conflict::RegistrationNotOpen`] or
    /// [`Conflict::RegistrationClosed`] outside the window;
    /// [`Conflict::InvitationOnly`]; [`Conflict::KeyReused`];
    /// [`Failure::TooMany`] for one contact, without a token.
    pub async fn register(
        &self,
        actor: &Actor,
        slug: &str,
        form: &RegistrationForm,
        lang: Lang,
        key: Option<&RequestKey>,
    ) -> Result<Registering, Failure> {
        let (source, channel) = source_of(actor)?;
        let answers = &mut Vec::new();
        let mut problems = Problems::default();
        if matches!(actor, Actor::Anonymous) {
            let asked = self.asked_at(slug).await?;
            *answers = check_answers(&asked, &form.answers, &mut problems);
        }
        let new = match form.check() {
            Ok(new) if problems.is_empty() => &new.clone(),
            Ok(_) => return Err(Failure::Invalid(problems)),
            Err(mut found) => {
                found.0.extend(problems.0);
                return Err(Failure::Invalid(found));
            }
        };
        let answers = &*answers;
        if matches!(actor, Actor::Anonymous) {
            self.limits.contacts(contacts(new))?;
        }
        let newcomer = &Newcomer {
            new,
            lang,
            source,
            channel,
            origin: Origin::default(),
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
                check_window(&workshop, actor, form.opened_at, now)?;
                let mode = mode_for(actor, &workshop);
                let one = std::slice::from_ref(newcomer);
                let rows = self.enrol(&tx, actor, &workshop, mode, one, now).await?;
                let Some(Some(row)) = rows.into_iter().next() else {
                    return Ok(Registering::Already);
                };
                keep_answers(&tx, row.id, answers).await?;
                let answer = answer(&tx, row).await?;
                if let Some(key) = key {
                    key.keep(&*tx, &answer, now).await?;
                }
                Ok(Registering::Done(answer))
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// What registrants of a workshop are asked; nothing where there is none.
    async fn asked_at(&self, slug: &str) -> Result<Vec<Asked>, Failure> {
        let workshop = self.public_workshop(slug).await?;
        let questions = self.asked_of_registrants(workshop.row.id).await?;
        Ok(questions.iter().map(QuestionView::asked).collect())
    }

    /// Registers several delegates whom one contact names: a seat for all of
    /// them, or the end of the waiting list for all, where the group keeps
    /// together. The contact is kept apart from the delegates; each of them is
    /// asked for consent in person.
    ///
    /// # Errors
    /// As [`Services::register`]; fields of delegate 2 are named
    /// `delegates.2.full_name` and so on, from 1, and `delegates` is the problem
    /// of a group that is larger than the room.
    pub async fn register_party(
        &self,
        slug: &str,
        form: &PartyForm,
        lang: Lang,
        key: Option<&RequestKey>,
    ) -> Result<RegisteringParty, Failure> {
        let new = &form.check().map_err(Failure::Invalid)?;
        let own = [&new.contact_phone].map(Phone::as_str).into_iter();
        let own = own.chain(new.contact_email.as_ref().map(Email::as_str));
        let theirs = new.delegates.iter().flat_map(contacts);
        self.limits.contacts(own.chain(theirs))?;
        let actor = &Actor::Anonymous;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                if let Some(key) = key
                    && let Some(code) = key.answered::<String>(&tx).await?
                {
                    return Ok(RegisteringParty::Done(self.party_token(&code)));
                }
                check_window(&workshop, actor, form.opened_at, now)?;
                let party = make_party(&tx, &workshop, new, lang, now).await?;
                let newcomers: Vec<Newcomer<'_>> = new
                    .delegates
                    .iter()
                    .map(|new| Newcomer {
                        new,
                        lang,
                        source: RegistrationSource::Online,
                        channel: "web",
                        origin: Origin {
                            party_id: Some(party.id),
                            ..Origin::default()
                        },
                    })
                    .collect();
                let mode = mode_for(actor, &workshop);
                let rows = self
                    .enrol(&tx, actor, &workshop, mode, &newcomers, now)
                    .await?;
                let rows: Vec<registration::Model> = rows.into_iter().flatten().collect();
                if rows.is_empty() {
                    party::Entity::delete_by_id(party.id).exec(&*tx).await?;
                    return Ok(RegisteringParty::Already);
                }
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let view = WorkshopView::new(workshop, sessions, now);
                self.mail_party(&tx, &view, &party, &rows, "party", now)
                    .await?;
                if let Some(key) = key {
                    key.keep(&*tx, &party.code, now).await?;
                }
                Ok(RegisteringParty::Done(self.party_token(&party.code)))
            })
            .await
            .inspect(|_| self.ring_outbox())
    }
}

/// Phone and mailbox, as far as they were given.
fn contacts(new: &NewRegistration) -> impl Iterator<Item = &str> {
    let phone = new.phone.as_ref().map(Phone::as_str);
    phone
        .into_iter()
        .chain(new.email.as_ref().map(Email::as_str))
}

/// Who registers through which door.
fn source_of(actor: &Actor) -> Result<(RegistrationSource, &'static str), Failure> {
    match actor {
        Actor::Anonymous => Ok((RegistrationSource::Online, "web")),
        _ => {
            actor.require(Act::RegisterOthers)?;
            Ok((RegistrationSource::Api, "api"))
        }
    }
}

/// Whoever may register others needs nobody's decision and no invitation.
fn mode_for(actor: &Actor, workshop: &workshop::Model) -> RegistrationMode {
    match actor {
        Actor::Anonymous => *workshop.mode,
        _ => RegistrationMode::Open,
    }
}

fn check_window(
    workshop: &workshop::Model,
    actor: &Actor,
    opened: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if !workshop.state.is_public() {
        return Err(Failure::NotFound);
    }
    if mode_for(actor, workshop) == RegistrationMode::Invitation {
        return Err(Failure::Conflict(Conflict::InvitationOnly));
    }
    let is_published = *workshop.state == WorkshopState::Published;
    match registration_window(*workshop.state, workshop.opens_at, workshop.closes_at, now) {
        RegistrationWindow::Open => Ok(()),
        RegistrationWindow::NotYet(_) => Err(Failure::Conflict(Conflict::RegistrationNotOpen)),
        RegistrationWindow::Closed
            if is_published && is_in_time(workshop.closes_at, opened, now) =>
        {
            Ok(())
        }
        RegistrationWindow::Closed => Err(Failure::Conflict(Conflict::RegistrationClosed)),
    }
}

async fn make_party(
    tx: &Tx,
    workshop: &workshop::Model,
    new: &NewParty,
    lang: Lang,
    now: DateTime<Utc>,
) -> Result<party::Model, Failure> {
    let email = new.contact_email.as_ref();
    let row = party::ActiveModel {
        workshop_id: Set(workshop.id),
        code: Set(TicketCode::from_random(random()).as_str().to_owned()),
        contact_name: Set(new.contact_name.clone()),
        contact_phone: Set(new.contact_phone.as_str().to_owned()),
        contact_email: Set(email.map(|email| email.as_str().to_owned())),
        lang: Set(Code(lang)),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(row.insert(&**tx).await?)
}

async fn answer(tx: &Tx, row: registration::Model) -> Result<Registered, Failure> {
    Ok(Registered {
        position: position(&**tx, &row).await?,
        id: row.id,
        state: *row.state,
        code: row.code,
    })
}
