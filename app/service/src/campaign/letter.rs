//! What stands in the mails of a message, and in its texts for Zalo.

use crate::letter::{Letter, paragraphs};
use crate::mail::{Named, online_fact, seat_facts, unasked_besides, workshop_facts};
use crate::outbox::NewMail;
use crate::secret::hash_token;
use crate::template::{joining, workshop_values};
use crate::{Failure, Organizer, PersonRow, Services, WorkshopView};
use domain::{CampaignPurpose, NewCampaign, Placeholder, Purpose, RegistrationState, TicketCode};
use sea_orm::ConnectionTrait;
use std::collections::HashSet;
use text::Words;

/// What the purposes of its mails begin with.
pub(crate) const KIND: &str = "campaign";

impl Services {
    /// The mail to one person, or to several who share a mailbox: that one
    /// greets all of them and has each one's code and page. One to a single
    /// person who is among the unasked says who named them, and asks.
    pub(super) fn campaign_mail(
        &self,
        message: &NewCampaign,
        campaign_id: i64,
        view: &WorkshopView,
        people: &[PersonRow],
        organizer: &Organizer,
        unasked: &HashSet<i64>,
    ) -> Result<NewMail, Failure> {
        let (first, others) = first_of(people)?;
        let address = first.email.clone().unwrap_or_default();
        let alone = others.is_empty();
        let (letter, stop) = self.campaign_letter(message, view, people, organizer, unasked)?;
        Ok(NewMail {
            purpose: format!("{KIND}-{campaign_id}"),
            recipient_key: if alone {
                format!("registration:{}", first.id)
            } else {
                format!("mailbox:{}", &hash_token(&address.to_lowercase())[..16])
            },
            workshop_id: Some(view.row.id),
            registration_id: alone.then_some(first.id),
            campaign_id: Some(campaign_id),
            to_address: address,
            ..letter.mail_that_stops(&organizer.answering_for(view), stop)?
        })
    }

    /// What stands in that mail, and where its kind is stopped.
    pub(super) fn campaign_letter(
        &self,
        message: &NewCampaign,
        view: &WorkshopView,
        people: &[PersonRow],
        organizer: &Organizer,
        unasked: &HashSet<i64>,
    ) -> Result<(Letter, Option<String>), Failure> {
        let (first, others) = first_of(people)?;
        let (lang, words) = (first.lang, Words(first.lang));
        let names: Vec<&str> = people.iter().map(|row| row.full_name.as_str()).collect();
        let (facts, link, stop) = match message.purpose {
            CampaignPurpose::Invitations => (
                Vec::new(),
                Some((words.say("mail-campaign-link"), self.link("/"))),
                Some(self.unsubscribe_link(&first.code, Purpose::Invitations)),
            ),
            CampaignPurpose::Organising if others.is_empty() => (
                facts_of(view, first),
                Some((words.say("mail-message-link"), self.page_of(first))),
                None,
            ),
            CampaignPurpose::Organising => {
                let mut facts = workshop_facts(view, lang);
                if people.iter().any(has_seat) {
                    facts.extend(online_fact(view, lang));
                }
                facts.extend(people.iter().map(|row| self.fact_of(words, row)));
                (facts, None, None)
            }
        };
        let asked = match message.purpose {
            CampaignPurpose::Organising if others.is_empty() => Named::from(first).said(unasked),
            // Several are each asked by a mail of their own; invitations reach
            // only who has agreed to them.
            CampaignPurpose::Organising | CampaignPurpose::Invitations => Vec::new(),
        };
        let said = message.filled(lang, &values(view, people, organizer));
        let letter = Letter {
            lang,
            name: names.join(", "),
            subject: said.subject,
            paragraphs: asked.into_iter().chain(paragraphs(&said.body)).collect(),
            facts,
            link,
        };
        Ok((letter, stop))
    }

    /// The message to one person, to be copied into Zalo: as the mail, with its
    /// subject and what it says of the workshop.
    pub(super) fn campaign_zalo(
        &self,
        message: &NewCampaign,
        view: &WorkshopView,
        row: &PersonRow,
        organizer: &Organizer,
    ) -> String {
        let words = Words(row.lang);
        let greeting = words.say_with("mail-greeting", &[("name", (&row.full_name).into())]);
        let (facts, label, link) = match message.purpose {
            CampaignPurpose::Organising => (
                facts_of(view, row),
                words.say("mail-message-link"),
                self.page_of(row),
            ),
            CampaignPurpose::Invitations => {
                (Vec::new(), words.say("mail-campaign-link"), self.link("/"))
            }
        };
        let said = message.filled(
            row.lang,
            &values(view, std::slice::from_ref(row), organizer),
        );
        let mut lines = vec![greeting, said.subject];
        lines.extend(paragraphs(&said.body));
        let facts = facts.iter().filter(|(_, fact)| !fact.is_empty());
        lines.extend(facts.map(|(name, fact)| format!("{name}: {fact}")));
        lines.push(format!("{label}: {link}"));
        lines.push(organizer.name(row.lang).to_owned());
        lines.join("\n")
    }

    fn page_of(&self, row: &PersonRow) -> String {
        self.link(&format!("/my/{}", self.ticket_token(&row.code)))
    }

    /// One of several who share a mailbox, and the page of that one.
    fn fact_of(&self, words: Words, row: &PersonRow) -> (String, String) {
        let name = if has_seat(row) {
            let code = TicketCode::spaced(&row.code);
            let args = [("name", (&row.full_name).into()), ("code", code.into())];
            words.say_with("mail-campaign-person", &args)
        } else {
            words.say_with("mail-campaign-page", &[("name", (&row.full_name).into())])
        };
        (name, self.page_of(row))
    }
}

/// Who is to be asked by the mails of a message, of those who get one of their
/// own.
pub(super) async fn unasked_of<'a>(
    db: &impl ConnectionTrait,
    campaign_id: i64,
    mails: impl Iterator<Item = &'a Vec<PersonRow>>,
) -> Result<HashSet<i64>, Failure> {
    let alone = mails.filter(|people| people.len() == 1).flatten();
    let alone: Vec<&PersonRow> = alone.collect();
    unasked_besides(db, alone.into_iter(), Some(campaign_id)).await
}

fn first_of(people: &[PersonRow]) -> Result<(&PersonRow, &[PersonRow]), Failure> {
    let first = people.split_first();
    first.ok_or_else(|| Failure::internal("a mail to nobody"))
}

/// What is filled into the words of a message to these people, in the language
/// of the first. Each of several has the code beside the name.
fn values(
    view: &WorkshopView,
    people: &[PersonRow],
    organizer: &Organizer,
) -> Vec<(Placeholder, String)> {
    let Some(first) = people.first() else {
        return Vec::new();
    };
    let names: Vec<&str> = people.iter().map(|row| row.full_name.as_str()).collect();
    let seated = people.iter().filter(|row| has_seat(row));
    let codes: Vec<String> = seated
        .map(|row| match (people.len(), TicketCode::spaced(&row.code)) {
            (1, code) => code,
            (_, code) => format!("{} {code}", row.full_name),
        })
        .collect();
    let mut values = workshop_values(view, first.lang, organizer);
    values.push((Placeholder::Name, names.join(", ")));
    if !codes.is_empty() {
        values.push((Placeholder::Joining, joining(view, first.lang)));
    }
    values.push((Placeholder::Code, codes.join(", ")));
    values
}

fn has_seat(row: &PersonRow) -> bool {
    row.state == RegistrationState::Booked
}

/// What somebody reads of the workshop; with a seat, how to take part too.
fn facts_of(view: &WorkshopView, row: &PersonRow) -> Vec<(String, String)> {
    let mut facts = workshop_facts(view, row.lang);
    if has_seat(row) {
        facts.extend(seat_facts(view, row.lang, &row.code));
    }
    facts
}
