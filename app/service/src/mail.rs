//! Mails: what stands in them.

use crate::entity::{person, registration, workshop};
use crate::outbox::NewMail;
use crate::{Failure, Services, Tx, WorkshopView};
use askama::Template;
use chrono::{DateTime, Utc};
use domain::{Lang, RegistrationMove, TicketCode};
use text::Words;

/// Why a person is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    Confirmation,
    Waitlisted,
    Promoted,
    Cancelled,
    LinkAgain,
    Materials,
}

impl Occasion {
    /// What is no longer true once a registration takes this step.
    pub(crate) fn outdated_by(step: RegistrationMove) -> &'static [Self] {
        match step {
            RegistrationMove::Promote => &[Self::Waitlisted],
            RegistrationMove::Cancel | RegistrationMove::Substitute => &[
                Self::Confirmation,
                Self::Waitlisted,
                Self::Promoted,
                Self::LinkAgain,
            ],
        }
    }

    /// What the purposes of its mails begin with.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Waitlisted => "waitlisted",
            Self::Promoted => "promoted",
            Self::Cancelled => "cancelled",
            Self::LinkAgain => "link-again",
            Self::Materials => "materials",
        }
    }
}

/// Who signs the mails and stands on the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organizer {
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// Postal address.
    pub address: String,
    /// Phone.
    pub phone: String,
    /// Where answers go.
    pub email: String,
}

impl Organizer {
    /// The name in a language; Vietnamese where there is no English.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() {
            &self.name_en
        } else {
            &self.name_vi
        }
    }
}

/// One mail's words, of which text and HTML are made.
#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    lang: &'a str,
    subject: &'a str,
    greeting: &'a str,
    paragraphs: &'a [String],
    facts: &'a [(String, String)],
    link: Option<&'a (String, String)>,
    sign_off: &'a str,
    organizer: &'a str,
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    greeting: &'a str,
    paragraphs: &'a [String],
    facts: &'a [(String, String)],
    link: Option<&'a (String, String)>,
    sign_off: &'a str,
    organizer: &'a str,
    footer: &'a str,
}

impl Services {
    /// Pushes a mail to a person about a registration; nothing when no
    /// address was given with it. Each occasion reaches a registration once.
    pub(crate) async fn mail_to_person(
        &self,
        tx: &Tx,
        occasion: Occasion,
        workshop: &workshop::Model,
        row: &registration::Model,
        person: &person::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        self.mail_once(tx, occasion, occasion.key(), workshop, row, person, now)
            .await
    }

    /// Mails the link of a standing registration to the address on file, at
    /// most once a day.
    pub(crate) async fn mail_link_again(
        &self,
        tx: &Tx,
        workshop: &workshop::Model,
        row: &registration::Model,
        person: &person::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let purpose = format!("link-again-{}", domain::to_local(now).format("%Y-%m-%d"));
        self.mail_once(
            tx,
            Occasion::LinkAgain,
            &purpose,
            workshop,
            row,
            person,
            now,
        )
        .await
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one mail")]
    async fn mail_once(
        &self,
        tx: &Tx,
        occasion: Occasion,
        purpose: &str,
        workshop: &workshop::Model,
        row: &registration::Model,
        person: &person::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let Some(address) = &row.email else {
            return Ok(());
        };
        let sessions = crate::workshop::sessions_of(&**tx, workshop.id).await?;
        let view = WorkshopView::new(workshop.clone(), sessions, now);
        let organizer = self.frame_in(&**tx).await?.organizer;
        let link = self.link(&format!("/my/{}", self.ticket_token(&row.code)));
        let mut mail = self.compose(occasion, &view, row, &person.full_name, &link, &organizer)?;
        if matches!(occasion, Occasion::Confirmation | Occasion::Promoted) {
            mail.calendar = Some(self.calendar_file(&view, row.id, *row.lang));
        }
        mail.purpose = purpose.to_owned();
        mail.to_address.clone_from(address);
        self.push_mail(&**tx, vec![mail], now).await?;
        Ok(())
    }

    /// The words of a mail about a registration, with one link.
    pub(crate) fn compose(
        &self,
        occasion: Occasion,
        view: &WorkshopView,
        row: &registration::Model,
        name: &str,
        link: &str,
        organizer: &Organizer,
    ) -> Result<NewMail, Failure> {
        let lang = *row.lang;
        let words = Words(lang);
        let key = occasion.key();
        let title = view.title(lang);
        let args = [("name", name.into()), ("title", title.into())];
        let mut facts = vec![
            (words.say("mail-fact-workshop"), title.to_owned()),
            (
                words.say("mail-fact-when"),
                words.period(view.starts_at(), view.ends_at()),
            ),
            (words.say("mail-fact-where"), place(view)),
        ];
        if matches!(occasion, Occasion::Confirmation | Occasion::Promoted) {
            facts.push((words.say("mail-fact-code"), TicketCode::spaced(&row.code)));
        }
        let subject = words.say_with(&format!("mail-{key}-subject"), &args);
        let greeting = words.say_with("mail-greeting", &args);
        let paragraphs: Vec<String> = words
            .say_with(&format!("mail-{key}-body"), &args)
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect();
        let link = (words.say(&format!("mail-{key}-link")), link.to_owned());
        let sign_off = words.say("mail-sign-off");
        let footer = footer(words, organizer);
        let organizer = organizer.name(lang);
        let text = Text {
            greeting: &greeting,
            paragraphs: &paragraphs,
            facts: &facts,
            link: Some(&link),
            sign_off: &sign_off,
            organizer,
            footer: &footer,
        };
        let html = Html {
            lang: domain::Coded::code(lang),
            subject: &subject,
            greeting: &greeting,
            paragraphs: &paragraphs,
            facts: &facts,
            link: Some(&link),
            sign_off: &sign_off,
            organizer,
            footer: &footer,
        };
        Ok(NewMail {
            purpose: key.to_owned(),
            recipient_key: format!("registration:{}", row.id),
            workshop_id: Some(row.workshop_id),
            registration_id: Some(row.id),
            to_name: name.to_owned(),
            to_address: String::new(),
            body_text: text.render().map_err(Failure::internal)?,
            body_html: html.render().map_err(Failure::internal)?,
            subject,
            calendar: None,
        })
    }
}

/// Where to ask, as far as the organisers have said.
fn footer(words: Words, organizer: &Organizer) -> String {
    let contacts = [&organizer.phone, &organizer.email];
    let contacts: Vec<&str> = contacts
        .into_iter()
        .map(|contact| contact.trim())
        .filter(|contact| !contact.is_empty())
        .collect();
    if contacts.is_empty() {
        return words.say("mail-footer-alone");
    }
    let contact = contacts.join(" · ");
    words.say_with("mail-footer", &[("contact", (&contact).into())])
}

fn place(view: &WorkshopView) -> String {
    let parts = [view.room(), view.address()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
