//! The letter of an invitation: by mail, on paper, and as a text for Zalo.

use super::addressee;
use crate::entity::invitation;
use crate::letter::{Letter, paragraphs};
use crate::mail::workshop_facts;
use crate::secret::hash_token;
use crate::template::workshop_values;
use crate::ticket::qr_svg;
use crate::{Failure, Frame, Services, WorkshopView};
use domain::{Lang, Placeholder, TemplateOccasion};
use text::Words;

/// What is told to an invited establishment.
#[derive(Clone, Debug)]
pub struct InvitationLetter {
    /// The key of the invitation.
    pub id: i64,
    /// Its language.
    pub lang: Lang,
    /// The establishment.
    pub establishment: String,
    /// Whom it is addressed to; may be empty.
    pub contact_name: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// A name and what it is, each.
    pub facts: Vec<(String, String)>,
    /// The page where the establishment answers.
    pub link: String,
    /// The same as a QR code, as SVG.
    pub qr_svg: String,
    /// The whole as a short text to copy.
    pub zalo: String,
}

/// Which words a letter about an invitation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LetterWords {
    /// The invitation by mail, as organisers word it.
    Mail,
    /// The same on paper: what is built in speaks of the QR code beside it.
    Paper,
    /// The link was asked for again.
    Lost,
    /// The same after the deadline: nobody is asked for names any more.
    LostLate,
}

impl Services {
    pub(crate) fn invitation_link(&self, row: &invitation::Model) -> String {
        self.link(&format!(
            "/invitations/{}",
            self.invitation_token(&row.code)
        ))
    }

    /// The letter of an invitation.
    pub(super) fn invitation_letter(
        &self,
        view: &WorkshopView,
        row: &invitation::Model,
        establishment: &str,
        frame: &Frame,
    ) -> Result<InvitationLetter, Failure> {
        let link = self.invitation_link(row);
        let letter = self.compose_invitation(view, row, establishment, LetterWords::Paper, frame);
        let words = Words(letter.lang);
        let lines: Vec<String> = letter
            .facts
            .iter()
            .filter(|(_, fact)| !fact.is_empty())
            .map(|(name, fact)| format!("{name}: {fact}"))
            .collect();
        let zalo = words.say_with(
            "invite-zalo",
            &[
                ("name", (&letter.name).into()),
                ("facts", lines.join("\n").into()),
                ("link", (&link).into()),
            ],
        );
        Ok(InvitationLetter {
            id: row.id,
            lang: letter.lang,
            establishment: establishment.to_owned(),
            contact_name: row.contact_name.clone(),
            subject: letter.subject,
            paragraphs: letter.paragraphs,
            facts: letter.facts,
            qr_svg: qr_svg(&link)?,
            link,
            zalo,
        })
    }

    /// The words of the letter, with whom it greets.
    pub(crate) fn compose_invitation(
        &self,
        view: &WorkshopView,
        row: &invitation::Model,
        establishment: &str,
        which: LetterWords,
        frame: &Frame,
    ) -> Letter {
        let lang = *row.lang;
        let words = Words(lang);
        let name = addressee(row, establishment);
        let args = [
            ("title", view.title(lang).into()),
            ("quota", row.quota.into()),
            ("by", words.day_time(row.answer_by).into()),
            ("establishment", establishment.into()),
        ];
        let occasion = TemplateOccasion::Invitation;
        let asks = "mail-invited-subject";
        let built_in = match which {
            LetterWords::Lost => Some((asks, "mail-lost-invitation-body")),
            LetterWords::LostLate => Some((
                "mail-lost-invitation-late-subject",
                "mail-lost-invitation-late-body",
            )),
            LetterWords::Paper if frame.templates.changed(occasion, lang).is_none() => {
                Some((asks, "invite-letter-body"))
            }
            LetterWords::Paper | LetterWords::Mail => None,
        };
        let (subject, paragraphs) = match built_in {
            Some((subject, body)) => (
                words.say_with(subject, &args),
                paragraphs(&words.say_with(body, &args)),
            ),
            None => {
                let mut values = workshop_values(view, lang, &frame.organizer);
                values.extend([
                    (Placeholder::Name, name.to_owned()),
                    (Placeholder::Establishment, establishment.to_owned()),
                    (Placeholder::Quota, row.quota.to_string()),
                    (Placeholder::Until, words.day_time(row.answer_by)),
                ]);
                frame.templates.filled(occasion, lang, &values)
            }
        };
        let mut facts = workshop_facts(view, lang);
        facts.push((
            words.say("mail-fact-quota"),
            words.say_with("mail-fact-quota-value", &args),
        ));
        let late = which == LetterWords::LostLate;
        if !late {
            facts.push((
                words.say("mail-fact-answer-by"),
                words.day_time(row.answer_by),
            ));
        }
        let link = if late {
            "mail-lost-invitation-link"
        } else {
            "mail-invited-link"
        };
        Letter {
            lang,
            name: name.to_owned(),
            subject,
            paragraphs,
            facts,
            link: Some((words.say(link), self.invitation_link(row))),
        }
    }
}

/// What keeps one mail per invitation and address; an invitation that is made
/// anew is written to again.
pub(super) fn recipient_key(row: &invitation::Model, address: &str) -> String {
    let address = &hash_token(address)[..12];
    let made = row.created_at.timestamp_millis();
    format!("invitation:{}:{made}:{address}", row.id)
}

/// Mails about one invitation leave in their order.
pub(crate) fn mail_key(row: &invitation::Model) -> String {
    format!("invitation:{}", row.id)
}
