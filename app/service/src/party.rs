//! Several delegates registered by one contact: the contact's own page.

use crate::entity::{party, person, registration};
use crate::establishment::name_of;
use crate::letter::{Letter, paragraphs};
use crate::mail::workshop_facts;
use crate::outbox::NewMail;
use crate::registration::{position, who_came};
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Changed, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Duration, Utc};
use domain::{Coded, Phase, RegistrationState, may_give_up, sharing_phone};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use text::Words;

/// One of those registered together, as the contact sees it.
#[derive(Clone, Debug)]
pub struct PartyMember {
    /// The registration.
    pub id: i64,
    /// The name.
    pub full_name: String,
    /// Where the registration stands.
    pub state: RegistrationState,
    /// The place on the waiting list, from 1.
    pub position: Option<u64>,
    /// Until when an offered seat is held.
    pub offer_until: Option<DateTime<Utc>>,
    /// Whether the contact can give it up.
    pub can_cancel: bool,
    /// The last part of the address of the delegate's own page.
    pub ticket: String,
    /// The code for the door, of who has a seat.
    pub code: Option<String>,
}

/// What the contact sees.
#[derive(Clone, Debug)]
pub struct PartyPage {
    /// The last part of the page's address.
    pub token: String,
    /// The contact's name.
    pub contact_name: String,
    /// The establishment of the delegates.
    pub establishment: String,
    /// The workshop.
    pub workshop: WorkshopView,
    /// The delegates, as they were typed.
    pub members: Vec<PartyMember>,
    /// When the group was registered.
    pub created_at: DateTime<Utc>,
    /// How many of the delegates have the phone of another of them, or that of
    /// the contact.
    pub sharing_phone: u32,
    /// Until when the offered seats can be taken, if some are.
    pub offer_until: Option<DateTime<Utc>>,
    /// Whether it was registered just now: the page's address is kept with what
    /// it says of that.
    pub is_new: bool,
    /// How many wait together, if seats for all of them can never be free.
    pub too_large: Option<u32>,
    /// What has changed since they were registered, newest first.
    pub changes: Vec<Changed>,
}

const PURPOSE: &str = "party";

/// For how long a group counts as registered just now.
const NEW: Duration = Duration::minutes(30);

/// The most groups whose links are sent to one address at once.
const MOST: u64 = 20;

impl Services {
    /// The last part of the address of a contact's page.
    pub(crate) fn party_token(&self, code: &str) -> String {
        self.secret.token(PURPOSE, code)
    }

    /// What stands on the contact's page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address.
    pub async fn party(&self, token: &str) -> Result<PartyPage, Failure> {
        let row = self.party_by_token(token).await?;
        let workshop = self.workshop_by_id(row.workshop_id).await?;
        let rule = &workshop.row;
        let now = self.clock.now();
        let allowed = rule.cancel_rule.allows(rule.cancel_until, now);
        let begun = workshop.phase != Phase::Upcoming;
        let rows = self.members_of(row.id).await?;
        let ids = rows.iter().map(|(row, _)| row.id);
        let came = who_came(self.db.read(), ids).await?;
        let waiting = rows
            .iter()
            .find(|(row, _)| *row.state == RegistrationState::Waitlisted);
        // One group stands at one place.
        let position = match waiting {
            Some((row, _)) => position(self.db.read(), row).await?,
            None => None,
        };
        let at = rows.first().map(|(row, _)| row.establishment_id);
        let standing = rows.iter().filter(|(row, _)| row.state.is_active());
        let standing = standing.map(|(row, person)| {
            let name = person
                .as_ref()
                .map_or("", |person| person.full_name.as_str());
            (name, row.phone.as_deref())
        });
        let contact = (row.contact_name.as_str(), row.contact_phone.as_str());
        let sharing_phone = sharing_phone(standing, contact);
        let mut members = Vec::new();
        for (row, person) in rows {
            let person = person.ok_or(Failure::NotFound)?;
            let (state, came) = (*row.state, came.contains(&row.id));
            let stands = state == RegistrationState::Offered && !begun;
            members.push(PartyMember {
                id: row.id,
                full_name: person.full_name,
                state,
                position: position.filter(|_| state == RegistrationState::Waitlisted),
                offer_until: row.offer_until.filter(|until| stands && now < *until),
                can_cancel: may_give_up(state, allowed, begun, came),
                ticket: self.ticket_token(&row.code),
                code: (state == RegistrationState::Booked).then_some(row.code),
            });
        }
        let offer = members.iter().find_map(|member| member.offer_until);
        let waits = |member: &&PartyMember| member.state == RegistrationState::Waitlisted;
        let waiting_together = members.iter().filter(waits).count();
        let waiting_together = u32::try_from(waiting_together).unwrap_or(u32::MAX);
        let capacity = workshop.capacity();
        let establishment = match at {
            Some(id) => name_of(self.db.read(), id).await?,
            None => String::new(),
        };
        let mut changes = self.changes(row.workshop_id).await?;
        changes.retain(|change| change.at >= row.created_at);
        Ok(PartyPage {
            changes,
            token: self.party_token(&row.code),
            contact_name: row.contact_name,
            establishment,
            workshop,
            members,
            created_at: row.created_at,
            is_new: now < row.created_at + NEW,
            too_large: Some(waiting_together).filter(|size| *size > capacity),
            sharing_phone,
            offer_until: offer,
        })
    }

    /// Takes the seats offered to a group, all that still stand.
    ///
    /// # Errors
    /// As [`Services::accept_offer`].
    pub async fn accept_party_offer(&self, token: &str) -> Result<(), Failure> {
        let row = self.party_by_token(token).await?;
        let members = self.members_of(row.id).await?;
        // Who has a seat already is harmless; a group of none has no offer.
        let ids: Vec<i64> = members
            .iter()
            .filter(|(row, _)| {
                matches!(
                    *row.state,
                    RegistrationState::Offered | RegistrationState::Booked
                )
            })
            .map(|(row, _)| row.id)
            .collect();
        if ids.is_empty() {
            let lapsed = members
                .iter()
                .any(|(row, _)| *row.state == RegistrationState::Lapsed);
            return Err(Failure::Conflict(if lapsed {
                Conflict::OfferOver
            } else {
                Conflict::NotAllowedNow
            }));
        }
        self.accept(&crate::Actor::Anonymous, row.workshop_id, &ids)
            .await
    }

    /// Gives up one delegate's registration, by the contact who made it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for somebody of another group; as
    /// [`Services::cancel_by_ticket`].
    pub async fn cancel_in_party(&self, token: &str, id: i64) -> Result<(), Failure> {
        let row = self.party_by_token(token).await?;
        let members = self.members_of(row.id).await?;
        if !members.iter().any(|(row, _)| row.id == id) {
            return Err(Failure::NotFound);
        }
        self.give_up(&crate::Actor::Anonymous, row.workshop_id, &[id])
            .await
    }

    async fn party_by_token(&self, token: &str) -> Result<party::Model, Failure> {
        let code = self.secret.code_of(PURPOSE, token);
        party::Entity::find()
            .filter(party::Column::Code.eq(code.ok_or(Failure::NotFound)?))
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)
    }

    async fn members_of(
        &self,
        party_id: i64,
    ) -> Result<Vec<(registration::Model, Option<person::Model>)>, Failure> {
        Ok(registration::Entity::find()
            .filter(registration::Column::PartyId.eq(party_id))
            .order_by_asc(registration::Column::Id)
            .find_also_related(person::Entity)
            .all(self.db.read())
            .await?)
    }

    /// Sends the ways to the pages of groups for what is not over yet again, to
    /// the contact who registered them, each at most once a day.
    pub(crate) async fn send_lost_groups(
        &self,
        email: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let parties = party::Entity::find()
            .filter(party::Column::ContactEmail.eq(email))
            .order_by_desc(party::Column::Id)
            .limit(MOST)
            .all(self.db.read())
            .await?;
        let purpose = &format!("party-again-{}", domain::to_local(now).format("%Y-%m-%d"));
        for party in parties {
            let members = self.members_of(party.id).await?;
            let rows = &members.into_iter().map(|(row, _)| row).collect::<Vec<_>>();
            let party = &party;
            self.db
                .write(|tx| async move {
                    let workshop = lock_by_id(&tx, party.workshop_id).await?;
                    let sessions = sessions_of(&*tx, workshop.id).await?;
                    let view = &WorkshopView::new(workshop, sessions, now);
                    if !matches!(view.phase, Phase::Upcoming | Phase::Running) {
                        return Ok(());
                    }
                    self.mail_party(&tx, view, party, rows, purpose, now).await
                })
                .await?;
        }
        Ok(())
    }

    /// Tells the contact what became of the group, with the way to its page;
    /// once for each purpose.
    pub(crate) async fn mail_party(
        &self,
        tx: &Tx,
        view: &WorkshopView,
        party: &party::Model,
        rows: &[registration::Model],
        purpose: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let Some(address) = &party.contact_email else {
            return Ok(());
        };
        let lang = *party.lang;
        let words = Words(lang);
        let state = rows.first().map_or("booked", |row| row.state.code());
        let args = [
            ("title", view.title(lang).into()),
            ("count", i64::try_from(rows.len()).unwrap_or(0).into()),
            ("state", state.into()),
        ];
        let link = self.link(&format!("/groups/{}", self.party_token(&party.code)));
        let letter = Letter {
            lang,
            name: party.contact_name.clone(),
            subject: words.say_with("mail-party-subject", &args),
            paragraphs: paragraphs(&words.say_with("mail-party-body", &args)),
            facts: workshop_facts(view, lang),
            link: Some((words.say("mail-party-link"), link)),
        };
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let mail = NewMail {
            purpose: purpose.to_owned(),
            recipient_key: format!("party:{}", party.id),
            workshop_id: Some(party.workshop_id),
            to_address: address.clone(),
            ..letter.mail(&organizer.answering_for(view))?
        };
        self.push_mail(&**tx, vec![mail], now).await?;
        Ok(())
    }
}
