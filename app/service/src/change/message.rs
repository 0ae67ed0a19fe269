//! What people are told of a change: the mail, and a text for Zalo.

use super::Changed;
use crate::letter::paragraphs;
use crate::template::workshop_values;
use crate::{Frame, WorkshopView};
use domain::{ChangeKind, Lang, Placeholder, TemplateOccasion};
use text::Words;

/// The words of a change in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeMessage {
    /// The language.
    pub lang: Lang,
    /// The subject of the mail.
    pub subject: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// What was and what is: a name and the words.
    pub facts: Vec<(String, String)>,
    /// The same for mails that say anyway when and where the workshop is now:
    /// of one session, what was alone.
    pub(crate) beside: Vec<(String, String)>,
    /// The text to copy into Zalo.
    pub zalo: String,
}

impl ChangeMessage {
    /// The words for a change of a workshop. `page` is its public address.
    pub(crate) fn of(
        changed: &Changed,
        view: &WorkshopView,
        lang: Lang,
        frame: &Frame,
        page: &str,
    ) -> Self {
        let (words, organizer) = (Words(lang), &frame.organizer);
        let (subject, mut paragraphs) = said(changed, view, lang, frame);
        if changed.kind == ChangeKind::Moved {
            paragraphs.push(words.say("change-moved-valid"));
        }
        let several = view.sessions.len() > 1;
        let facts: Vec<(String, String)> = changed
            .sessions
            .iter()
            .flat_map(|(was, is)| {
                let number = [("number", was.position.into())];
                let name = |key: &str| {
                    let said = words.say(key);
                    if several {
                        format!("{} – {said}", words.say_with("sessions-number", &number))
                    } else {
                        said
                    }
                };
                [
                    (name("change-was"), was.said(words)),
                    (name("change-is"), is.said(words)),
                ]
            })
            .collect();
        let beside = if several {
            facts.clone()
        } else {
            facts.iter().step_by(2).cloned().collect()
        };
        let contact = organizer.answering_for(view).contact();
        let mut lines = vec![subject.clone()];
        lines.extend(paragraphs.iter().cloned());
        lines.extend(facts.iter().map(|(name, fact)| format!("{name}: {fact}")));
        if !contact.is_empty() {
            lines.push(words.say_with("change-zalo-contact", &[("contact", (&contact).into())]));
        }
        lines.push(page.to_owned());
        lines.push(organizer.name(lang).to_owned());
        Self {
            lang,
            subject,
            paragraphs,
            facts,
            beside,
            zalo: lines.join("\n"),
        }
    }
}

/// Subject and paragraphs, with the reason: where the words have a place for it,
/// and else below them.
fn said(
    changed: &Changed,
    view: &WorkshopView,
    lang: Lang,
    frame: &Frame,
) -> (String, Vec<String>) {
    let words = Words(lang);
    let note = lang.choose(&changed.note_vi, &changed.note_en);
    let occasion = match changed.kind {
        ChangeKind::Moved => TemplateOccasion::Moved,
        ChangeKind::Cancelled => TemplateOccasion::Cancelled,
        ChangeKind::Link => {
            let args = [("title", view.title(lang).into())];
            let mut said = vec![words.say("change-link-body")];
            said.extend(paragraphs(note));
            return (words.say_with("change-link-subject", &args), said);
        }
    };
    // Before the others: the first value of a place counts.
    let mut values = vec![(Placeholder::Reason, note.to_owned())];
    // A workshop of one session was moved to when and where this change says,
    // also when it has been moved again since.
    if let ([(_, is)], 1) = (changed.sessions.as_slice(), view.sessions.len()) {
        values.push((Placeholder::When, words.period(is.starts_at, is.ends_at)));
        values.push((Placeholder::Where, is.place_said(words)));
    }
    values.extend(workshop_values(view, lang, &frame.organizer));
    let (subject, mut said) = frame.templates.filled(occasion, lang, &values);
    let body = frame.templates.text(occasion, lang).body;
    if !body.contains(&Placeholder::Reason.written()) {
        said.extend(paragraphs(note));
    }
    (subject, said)
}

impl ChangeMessage {
    /// What trainers read: they have no registration that could stay valid.
    #[must_use]
    pub(super) fn for_trainers(&self) -> Self {
        let valid = Words(self.lang).say("change-moved-valid");
        let mut message = self.clone();
        message.paragraphs.retain(|said| *said != valid);
        message
    }

    /// What the contacts of those invited read: of their invitation instead of
    /// a registration.
    #[must_use]
    pub(super) fn for_contacts(&self, kind: ChangeKind) -> Self {
        let mut message = self.for_trainers();
        let invitation = match kind {
            ChangeKind::Moved => Some("change-invited-moved"),
            ChangeKind::Cancelled => Some("change-invited-cancelled"),
            ChangeKind::Link => None,
        };
        let invitation = invitation.map(|key| Words(self.lang).say(key));
        message.paragraphs.extend(invitation);
        message
    }
}
