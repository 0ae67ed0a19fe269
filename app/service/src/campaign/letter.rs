//! What stands in the mails of a message, and in its texts for Zalo.

use crate::letter::{Letter, paragraphs};
use crate::mail::workshop_facts;
use crate::outbox::NewMail;
use crate::secret::hash_token;
use crate::template::workshop_values;
use crate::{Failure, Organizer, PersonRow, Services, WorkshopView};
use domain::{CampaignPurpose, NewCampaign, Placeholder, Purpose, RegistrationState, TicketCode};
use text::Words;

/// What the purposes of its mails begin with.
pub(crate) const KIND: &str = "campaign";

impl Services {
    /// The mail to one person, or to several who share a mailbox: that one
    /// greets all of them and has each one's code and page.
    pub(super) fn campaign_mail(
        &self,
        message: &NewCampaign,
        campaign_id: i64,
        view: &WorkshopView,
        people: &[PersonRow],
        organizer: &Organizer,
    ) -> Result<NewMail, Failure> {
        let (first, others) = people
            .split_first()
            .ok_or_else(|| Failure::internal("a mail to nobody"))?;
        let (lang, words) = (first.lang, Words(first.lang));
        let address = first.email.clone().unwrap_or_default();
        let names: Vec<&str> = people.iter().map(|row| row.full_name.as_str()).collect();
        let mut facts = match message.purpose {
            CampaignPurpose::Organising => workshop_facts(view, lang),
            CampaignPurpose::Invitations => Vec::new(),
        };
        let (link, stop) = match message.purpose {
            CampaignPurpose::Invitations => (
                Some((words.say("mail-campaign-link"), self.link("/"))),
                Some(self.unsubscribe_link(&first.code, Purpose::Invitations)),
            ),
            CampaignPurpose::Organising if others.is_empty() => {
                facts.extend(code_of(words, first));
                (
                    Some((words.say("mail-message-link"), self.page_of(first))),
                    None,
                )
            }
            CampaignPurpose::Organising => {
                facts.extend(people.iter().map(|row| self.fact_of(words, row)));
                (None, None)
            }
        };
        let said = message.filled(lang, &values(view, people, organizer));
        let letter = Letter {
            lang,
            name: names.join(", "),
            subject: said.subject,
            paragraphs: paragraphs(&said.body),
            facts,
            link,
        };
        let alone = others.is_empty();
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

    /// The message to one person, to be copied into Zalo.
    pub(super) fn campaign_zalo(
        &self,
        message: &NewCampaign,
        view: &WorkshopView,
        row: &PersonRow,
        organizer: &Organizer,
    ) -> String {
        let words = Words(row.lang);
        let greeting = words.say_with("mail-greeting", &[("name", (&row.full_name).into())]);
        let (label, link) = match message.purpose {
            CampaignPurpose::Organising => (words.say("mail-message-link"), self.page_of(row)),
            CampaignPurpose::Invitations => (words.say("mail-campaign-link"), self.link("/")),
        };
        let mut lines = vec![greeting];
        let values = values(view, std::slice::from_ref(row), organizer);
        lines.extend(paragraphs(&message.filled(row.lang, &values).body));
        lines.push(format!("{label}: {link}"));
        lines.push(organizer.name(row.lang).to_owned());
        lines.join("\n")
    }

    fn page_of(&self, row: &PersonRow) -> String {
        self.link(&format!("/my/{}", self.ticket_token(&row.code)))
    }

    /// One of several who share a mailbox, and the page of that one.
    fn fact_of(&self, words: Words, row: &PersonRow) -> (String, String) {
        let name = match code_of(words, row) {
            Some((_, code)) => {
                let args = [("name", (&row.full_name).into()), ("code", code.into())];
                words.say_with("mail-campaign-person", &args)
            }
            None => row.full_name.clone(),
        };
        (name, self.page_of(row))
    }
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
    let seated = people
        .iter()
        .filter(|row| row.state == RegistrationState::Booked);
    let codes: Vec<String> = seated
        .map(|row| match (people.len(), TicketCode::spaced(&row.code)) {
            (1, code) => code,
            (_, code) => format!("{} {code}", row.full_name),
        })
        .collect();
    let mut values = workshop_values(view, first.lang, organizer);
    values.push((Placeholder::Name, names.join(", ")));
    values.push((Placeholder::Code, codes.join(", ")));
    values
}

/// What lets somebody with a seat in at the door.
fn code_of(words: Words, row: &PersonRow) -> Option<(String, String)> {
    (row.state == RegistrationState::Booked)
        .then(|| (words.say("mail-fact-code"), TicketCode::spaced(&row.code)))
}
