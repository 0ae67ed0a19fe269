//! A mail as a recipient would read it, before its words are saved.

use super::recipient::{Recipient, chosen, recipients};
use super::{Templates, sample};
use crate::change::ChangeMessage;
use crate::entity::{Code, registration};
use crate::invitation::LetterWords;
use crate::letter::{Greeting, Letter};
use crate::mail::{Occasion, letter_of, seat_facts, workshop_facts};
use crate::template::values_of;
use crate::{Actor, Failure, Frame, Services, WorkshopView};
use domain::{Act, ChangeKind, Coded, Lang, TemplateForm, TemplateOccasion};
use std::sync::Arc;
use text::Words;

/// What is to be looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviewForm {
    /// The words as typed.
    pub words: TemplateForm,
    /// The language of the mail; Vietnamese when it is none.
    pub lang: String,
    /// The workshop's part of its address; empty for that of the newest
    /// recipient.
    pub workshop: String,
    /// The key of a recipient; empty for the newest.
    pub person: String,
}

/// A mail as it would be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateMail {
    /// Whom it would go to.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The HTML of the same.
    pub html: String,
}

/// A look at a mail with a real recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplatePreview {
    /// The language of the mail.
    pub lang: Lang,
    /// Workshops to choose from, latest first: part of the address and title.
    pub workshops: Vec<(String, String)>,
    /// The one that is shown; none while there is none at all.
    pub workshop: String,
    /// Recipients of it to choose from, newest first: key and name.
    pub people: Vec<(i64, String)>,
    /// The one who is shown; none where there is nobody yet, so that the name
    /// is one's own.
    pub person: Option<i64>,
    /// The mail; none while there is no workshop.
    pub mail: Option<TemplateMail>,
}

impl Services {
    /// The mail of an occasion with the words as typed, for somebody of a
    /// workshop. Nothing is written, and its links lead to the public page:
    /// personal ones are for who they belong to.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when the words could not be saved;
    /// [`Failure::NotFound`] for another's recipient; as
    /// [`Services::templates`].
    pub async fn preview_template(
        &self,
        actor: &Actor,
        occasion: TemplateOccasion,
        form: &PreviewForm,
    ) -> Result<TemplatePreview, Failure> {
        actor.require(Act::EditTemplates)?;
        actor.require(Act::ReadPeople)?;
        let (lang, frame) = self.frame_with(occasion, form).await?;
        let db = self.db.read();
        let views = self.workshops(actor).await?;
        let workshops = views
            .iter()
            .map(|view| (view.row.slug.clone(), view.title(lang).to_owned()));
        let mut preview = TemplatePreview {
            lang,
            workshops: workshops.collect(),
            workshop: String::new(),
            people: Vec::new(),
            person: None,
            mail: None,
        };
        let Some(view) = chosen(db, occasion, &form.workshop, &views).await? else {
            return Ok(preview);
        };
        let mut people = recipients(db, occasion, view.row.id).await?;
        preview.workshop.clone_from(&view.row.slug);
        preview.people = people
            .iter()
            .map(|one| (one.id(), one.name().to_owned()))
            .collect();
        let at = match form.person.trim() {
            "" => 0,
            id => people
                .iter()
                .position(|one| id.parse() == Ok(one.id()))
                .ok_or(Failure::NotFound)?,
        };
        let recipient = if people.is_empty() {
            self.made_up(occasion, view, name_of(actor, &frame, lang), lang)
        } else {
            let chosen = people.swap_remove(at);
            preview.person = Some(chosen.id());
            chosen
        };
        let to = recipient.name().to_owned();
        let greeted = recipient.greeting();
        let (letter, stop) = self
            .letter_to_show(occasion, view, recipient, lang, &frame)
            .await?;
        let organizer = &frame.organizer.answering_for(view);
        let mail = match greeted {
            Greeting::House => letter.mail_to(greeted, organizer)?,
            Greeting::Person => letter.mail_that_stops(organizer, stop)?,
        };
        preview.mail = Some(TemplateMail {
            to,
            subject: mail.subject,
            text: mail.body_text,
            html: mail.body_html,
        });
        Ok(preview)
    }

    /// The language, and what stands in mails if the words as typed are saved.
    pub(super) async fn frame_with(
        &self,
        occasion: TemplateOccasion,
        form: &PreviewForm,
    ) -> Result<(Lang, Frame), Failure> {
        let lang = Lang::from_code(form.lang.trim()).unwrap_or(Lang::Vi);
        let [vi, en] = form.words.check(occasion).map_err(Failure::Invalid)?;
        let frame = self.frame().await?;
        let templates = Templates::clone(&frame.templates)
            .with(occasion, Lang::Vi, vi)
            .with(occasion, Lang::En, en);
        let templates = Arc::new(templates);
        Ok((lang, Frame { templates, ..frame }))
    }

    /// The letter by the same ways as the real one, and where its mails are
    /// stopped.
    pub(super) async fn letter_to_show(
        &self,
        occasion: TemplateOccasion,
        view: &WorkshopView,
        recipient: Recipient,
        lang: Lang,
        frame: &Frame,
    ) -> Result<(Letter, Option<String>), Failure> {
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        let (mut row, name) = match recipient {
            Recipient::Registrant(row, name) => (row, name),
            Recipient::Invited(mut row, establishment) => {
                row.lang = Code(lang);
                let which = LetterWords::Mail;
                let mut letter = self.compose_invitation(view, &row, &establishment, which, frame);
                letter.link = letter.link.map(|(words, _)| (words, page));
                return Ok((letter, None));
            }
        };
        row.lang = Code(lang);
        let mut stop = None;
        let of = |occasion, row: &registration::Model| {
            letter_of(occasion, view, row, &name, &page, frame)
        };
        let letter = match occasion {
            TemplateOccasion::Confirmation => of(Occasion::of_seat(&row), &row),
            TemplateOccasion::Waitlisted => of(Occasion::Waitlisted, &row),
            TemplateOccasion::Offered => {
                let until = sample::held_until(view, self.clock.now());
                row.offer_until = row.offer_until.or(Some(until));
                of(Occasion::Offered, &row)
            }
            TemplateOccasion::LostLink => of(Occasion::LostLink, &row),
            TemplateOccasion::Materials => {
                stop = Some(page.clone());
                of(Occasion::Materials, &row)
            }
            TemplateOccasion::Moved | TemplateOccasion::Cancelled => {
                let kind = if occasion == TemplateOccasion::Moved {
                    ChangeKind::Moved
                } else {
                    ChangeKind::Cancelled
                };
                let changed = self.change_to_show(view, kind).await?;
                let message = ChangeMessage::of(&changed, view, lang, frame, &page);
                let mut facts = workshop_facts(view, lang);
                facts.extend(message.beside);
                Letter {
                    lang,
                    name,
                    subject: message.subject,
                    paragraphs: message.paragraphs,
                    facts,
                    link: Some((Words(lang).say("change-link"), page)),
                }
            }
            TemplateOccasion::Reminder
            | TemplateOccasion::Evaluation
            | TemplateOccasion::Certificate
            | TemplateOccasion::Invitation => {
                let words = Words(lang);
                let values = values_of(view, &row, &name, &frame.organizer);
                let (subject, paragraphs) = frame.templates.filled(occasion, lang, &values);
                let mut facts = workshop_facts(view, lang);
                if occasion == TemplateOccasion::Reminder {
                    facts.extend(seat_facts(view, lang, &row.code));
                }
                Letter {
                    lang,
                    name,
                    subject,
                    paragraphs,
                    facts,
                    link: Some((words.say("mail-message-link"), page)),
                }
            }
        };
        Ok((letter, stop))
    }
}

/// One's own name where nobody has registered yet.
fn name_of(actor: &Actor, frame: &Frame, lang: Lang) -> String {
    match actor {
        Actor::Account { name, .. } => name.clone(),
        _ => frame.organizer.name(lang).to_owned(),
    }
}
