//! Whoever registered others: a colleague, or an invited establishment. Where no
//! mail reaches one of those, the news goes to who registered them.

use crate::entity::{invitation, party, person, registration, workshop};
use crate::invitation::{addressee, greeting};
use crate::letter::{Greeting, Letter, paragraphs};
use crate::mail::{Occasion, workshop_facts};
use crate::outbox::NewMail;
use crate::reachable::unreached_of;
use crate::workshop::sessions_of;
use crate::{Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::Lang;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, HashMap};
use text::Words;

/// With what a registration came, when somebody else made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Through {
    /// Several delegates by one colleague.
    Party(i64),
    /// The answer to an invitation.
    Invitation(i64),
}

impl Through {
    /// By the keys of a registration.
    pub(crate) fn of(party: Option<i64>, invitation: Option<i64>) -> Option<Self> {
        party.map(Self::Party).or(invitation.map(Self::Invitation))
    }

    fn key(self) -> String {
        match self {
            Self::Party(id) => format!("party:{id}"),
            Self::Invitation(id) => format!("invitation:{id}"),
        }
    }
}

/// Who registered others, and how to reach them.
pub(crate) struct ThroughContact {
    pub(crate) name: String,
    greeting: Greeting,
    pub(crate) phone: Option<String>,
    email: Option<String>,
    lang: Lang,
    /// The page from which they follow what they did.
    page: String,
}

/// What happened to somebody's registration.
pub(crate) type Happened = (Occasion, registration::Model, person::Model);

impl Services {
    /// Who stands behind these, by what they came with.
    pub(crate) async fn contacts_through(
        &self,
        tx: &impl ConnectionTrait,
        through: &[Through],
    ) -> Result<HashMap<Through, ThroughContact>, Failure> {
        let parties = through.iter().filter_map(|through| match through {
            Through::Party(id) => Some(*id),
            Through::Invitation(_) => None,
        });
        let invitations = through.iter().filter_map(|through| match through {
            Through::Invitation(id) => Some(*id),
            Through::Party(_) => None,
        });
        let parties = party::Entity::find().filter(party::Column::Id.is_in(parties));
        let invitations = invitation::Entity::find()
            .filter(invitation::Column::Id.is_in(invitations))
            .find_also_related(crate::entity::establishment::Entity);
        let mut found = HashMap::new();
        for row in parties.all(tx).await? {
            let contact = ThroughContact {
                page: self.link(&format!("/groups/{}", self.party_token(&row.code))),
                name: row.contact_name,
                greeting: Greeting::Person,
                phone: Some(row.contact_phone),
                email: row.contact_email,
                lang: *row.lang,
            };
            found.insert(Through::Party(row.id), contact);
        }
        for (row, place) in invitations.all(tx).await? {
            let place = place.map(|place| place.name).unwrap_or_default();
            let contact = ThroughContact {
                page: self.invitation_link(&row),
                name: addressee(&row, &place).to_owned(),
                greeting: greeting(&row),
                lang: *row.lang,
                phone: row.contact_phone,
                email: row.contact_email,
            };
            found.insert(Through::Invitation(row.id), contact);
        }
        Ok(found)
    }

    /// Tells whoever registered others what happened to them, as far as there
    /// is somebody among them whom no mail reaches: one mail for each group or
    /// invitation and occasion, and no more of what happened once.
    pub(crate) async fn tell_through(
        &self,
        tx: &Tx,
        workshop: &workshop::Model,
        happened: &[Happened],
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let mut told: BTreeMap<(Through, &str), Vec<&Happened>> = BTreeMap::new();
        for one in happened {
            if let Some(through) = Through::of(one.1.party_id, one.1.invitation_id) {
                let key = (through, key_of(one.0));
                told.entry(key).or_default().push(one);
            }
        }
        let ids = told.values().flatten().map(|one| one.1.id);
        let unreached = unreached_of(&**tx, ids).await?;
        told.retain(|_, people| people.iter().any(|one| unreached.contains(&one.1.id)));
        if told.is_empty() {
            return Ok(());
        }
        let through: Vec<Through> = told.keys().map(|(through, _)| *through).collect();
        let contacts = self.contacts_through(&**tx, &through).await?;
        let sessions = sessions_of(&**tx, workshop.id).await?;
        let view = &WorkshopView::new(workshop.clone(), sessions, now);
        let organizer = &self.frame_in(&**tx).await?.organizer.answering_for(view);
        let mut mails = Vec::new();
        for ((through, key), people) in told {
            let Some(contact) = contacts.get(&through) else {
                continue;
            };
            let (Some(address), Some(first)) = (&contact.email, people.first()) else {
                continue;
            };
            let purpose = match first.0 {
                Occasion::LinkAgain => {
                    let day = domain::to_local(now).format("%Y-%m-%d");
                    format!("through-{key}-{}-{day}", first.1.id)
                }
                // Each of these happens to a registration once.
                _ => format!("through-{key}-{}", first.1.id),
            };
            mails.push(NewMail {
                purpose,
                recipient_key: through.key(),
                workshop_id: Some(workshop.id),
                to_address: address.clone(),
                ..letter(contact, view, key, &people).mail_to(contact.greeting, organizer)?
            });
        }
        self.push_mail(&**tx, mails, now).await?;
        Ok(())
    }
}

/// What the words of an occasion are found by.
fn key_of(occasion: Occasion) -> &'static str {
    if occasion.is_seat() {
        "booked"
    } else {
        occasion.key()
    }
}

fn letter(
    contact: &ThroughContact,
    view: &WorkshopView,
    key: &str,
    people: &[&Happened],
) -> Letter {
    let lang = contact.lang;
    let words = Words(lang);
    let names: Vec<&str> = people.iter().map(|one| one.2.full_name.as_str()).collect();
    let args = [
        ("title", view.title(lang).into()),
        ("count", i64::try_from(people.len()).unwrap_or(0).into()),
    ];
    let mut facts = workshop_facts(view, lang);
    facts.push((words.say("mail-fact-delegates"), names.join(", ")));
    let until = people.iter().find_map(|one| one.1.offer_until);
    if let ("offered", Some(until)) = (key, until) {
        facts.push((words.say("mail-fact-until"), words.day_time(until)));
    }
    let part = |part: &str| words.say_with(&format!("mail-through-{key}-{part}"), &args);
    Letter {
        lang,
        name: contact.name.clone(),
        subject: part("subject"),
        paragraphs: paragraphs(&part("body")),
        facts,
        link: Some((words.say("mail-through-link"), contact.page.clone())),
    }
}
