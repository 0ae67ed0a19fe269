//! The contacts of establishments that were invited and whose delegates are
//! not named: nobody of theirs is told as a registrant.

use super::reach::Reach;
use super::{ChangeMessage, tell::purpose};
use crate::call::Callee;
use crate::entity::{Code, establishment, invitation, registration};
use crate::invitation::{addressee, greeting, mail_key};
use crate::letter::Letter;
use crate::outbox::NewMail;
use crate::reachable::address_of_invitation_fails;
use crate::secret::hash_token;
use crate::{Failure, Organizer, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{ChangeKind, Lang, RegistrationState};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{HashMap, HashSet};
use text::Words;

/// A contact to be told of a change.
pub(super) struct Contact {
    pub(super) row: invitation::Model,
    pub(super) establishment: String,
    /// The mailbox, where it works.
    mailbox: Option<String>,
}

impl Contact {
    /// Whether mail reaches the contact.
    pub(super) fn works(&self) -> bool {
        self.mailbox.is_some()
    }
}

/// Whose invitation has left or was answered, and stands, without a delegate
/// who stands.
pub(super) async fn contacts(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<Vec<Contact>, Failure> {
    let left = Condition::any()
        .add(invitation::Column::SentAt.is_not_null())
        .add(invitation::Column::AnsweredAt.is_not_null());
    let named = Query::select()
        .column(registration::Column::InvitationId)
        .from(registration::Entity)
        .and_where(registration::Column::WorkshopId.eq(workshop_id))
        .and_where(registration::Column::InvitationId.is_not_null())
        .and_where(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
        .to_owned();
    let find = invitation::Entity::find()
        .filter(invitation::Column::WorkshopId.eq(workshop_id))
        .filter(left)
        .filter(invitation::Column::DeclinedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
        .filter(invitation::Column::Id.not_in_subquery(named))
        .order_by_asc(invitation::Column::Id);
    let dead: Vec<i64> = find
        .clone()
        .select_only()
        .column(invitation::Column::Id)
        .filter(address_of_invitation_fails())
        .into_tuple()
        .all(tx)
        .await?;
    let dead: HashSet<i64> = dead.into_iter().collect();
    let rows = find.all(tx).await?;
    let places: HashMap<i64, String> = establishment::Entity::find()
        .filter(establishment::Column::Id.is_in(rows.iter().map(|row| row.establishment_id)))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| Contact {
            establishment: places
                .get(&row.establishment_id)
                .cloned()
                .unwrap_or_default(),
            mailbox: row
                .contact_email
                .as_ref()
                .filter(|_| !dead.contains(&row.id))
                .map(|address| address.to_lowercase()),
            row,
        })
        .collect())
}

/// As whom a contact is written to of changes: by the mailbox, in small
/// letters.
pub(super) fn contact_key(workshop_id: i64, mailbox: &str) -> String {
    format!("contact:{workshop_id}:{}", &hash_token(mailbox)[..12])
}

/// The invitations of a workshop whose contact has a mailbox, with that in
/// small letters.
pub(super) async fn invited_with_address(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<Vec<(i64, String)>, Failure> {
    let rows: Vec<(i64, Option<String>)> = invitation::Entity::find()
        .select_only()
        .columns([invitation::Column::Id, invitation::Column::ContactEmail])
        .filter(invitation::Column::WorkshopId.eq(workshop_id))
        .into_tuple()
        .all(tx)
        .await?;
    let with = rows.into_iter();
    Ok(with
        .filter_map(|(id, address)| Some((id, address?.to_lowercase())))
        .collect())
}

/// How many mails reach them, one for each mailbox, and how many are called.
pub(super) fn reach_of(contacts: &[Contact]) -> Reach {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mailboxes = contacts.iter().filter_map(|one| one.mailbox.as_ref());
    Reach {
        mail: number(mailboxes.collect::<HashSet<_>>().len()),
        call: number(contacts.iter().filter(|one| !one.works()).count()),
    }
}

impl Services {
    /// Writes to the contacts, once to each mailbox; returns how many are
    /// told, by mail or by a call, and who must be called.
    pub(super) async fn tell_contacts(
        &self,
        tx: &Tx,
        organizer: &Organizer,
        messages: [&ChangeMessage; 2],
        (kind, workshop_id, version): (ChangeKind, i64, i64),
        now: DateTime<Utc>,
    ) -> Result<(i64, Vec<Callee>), Failure> {
        let contacts = contacts(&**tx, workshop_id).await?;
        let mut written = HashSet::new();
        let mut mails = Vec::new();
        for contact in &contacts {
            let Some(mailbox) = &contact.mailbox else {
                continue;
            };
            if !written.insert(mailbox.clone()) {
                continue;
            }
            let [vi, en] = messages;
            let message = match *contact.row.lang {
                Lang::Vi => vi,
                Lang::En => en,
            };
            mails.push(NewMail {
                purpose: purpose(kind, version),
                recipient_key: contact_key(workshop_id, mailbox),
                workshop_id: Some(workshop_id),
                to_address: contact.row.contact_email.clone().unwrap_or_default(),
                calendar_key: Some(mail_key(&contact.row)),
                ..self
                    .letter_to(contact, message, kind)
                    .mail_to(greeting(&contact.row), organizer)?
            });
        }
        self.push_mail(&**tx, mails, now).await?;
        let calls = contacts.iter().filter(|contact| !contact.works());
        let calls = calls.map(|contact| Callee::Contact(contact.row.id));
        Ok((i64::from(reach_of(&contacts).all()), calls.collect()))
    }

    /// The message in the words of those who have no registration yet.
    fn letter_to(&self, contact: &Contact, message: &ChangeMessage, kind: ChangeKind) -> Letter {
        let message = message.for_contacts(kind);
        let link = (kind == ChangeKind::Moved).then(|| {
            let words = Words(message.lang).say("change-invited-link");
            (words, self.invitation_link(&contact.row))
        });
        Letter {
            lang: message.lang,
            name: addressee(&contact.row, &contact.establishment).to_owned(),
            subject: message.subject,
            paragraphs: message.paragraphs,
            facts: message.facts,
            link,
        }
    }
}
