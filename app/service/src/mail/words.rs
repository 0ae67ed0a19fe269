//! What mails about registrations say.

use super::Occasion;
use crate::entity::{person, registration};
use crate::letter::{Letter, paragraphs};
use crate::template::values_of;
use crate::{Frame, Notice, WorkshopView};
use domain::{Lang, TemplateOccasion, TicketCode};
use text::Words;

/// What a mail about a registration says, with one link.
pub(crate) fn letter_of(
    occasion: Occasion,
    view: &WorkshopView,
    row: &registration::Model,
    name: &str,
    link: &str,
    frame: &Frame,
) -> Letter {
    let lang = *row.lang;
    let words = words_of(occasion, view, row, name, frame);
    let mut facts = workshop_facts(view, lang);
    facts.extend(fact_of(occasion, row));
    Letter {
        lang,
        name: name.to_owned(),
        subject: words.subject,
        paragraphs: words.paragraphs,
        facts,
        link: Some((words.link, link.to_owned())),
    }
}

/// The notice of an occasion to one person.
pub(super) fn notice_of(
    occasion: Occasion,
    purpose: &str,
    view: &WorkshopView,
    row: &registration::Model,
    person: &person::Model,
    frame: &Frame,
) -> Notice {
    let words = words_of(occasion, view, row, &person.full_name, frame);
    Notice {
        purpose: purpose.to_owned(),
        subject: words.subject,
        paragraphs: words.paragraphs,
        facts: fact_of(occasion, row).into_iter().collect(),
        link: words.link,
    }
}

/// What an occasion says.
struct OccasionWords {
    subject: String,
    paragraphs: Vec<String>,
    link: String,
}

fn words_of(
    occasion: Occasion,
    view: &WorkshopView,
    row: &registration::Model,
    name: &str,
    frame: &Frame,
) -> OccasionWords {
    let lang = *row.lang;
    let (words, key) = (Words(lang), occasion.key());
    let filled = |template| {
        let values = values_of(view, row, name, &frame.organizer);
        frame.templates.filled(template, lang, &values)
    };
    let (subject, paragraphs) = match occasion.template() {
        Some(template) => filled(template),
        None => {
            let args = [("name", name.into()), ("title", view.title(lang).into())];
            let mut said = paragraphs(&words.say_with(&format!("mail-{key}-body"), &args));
            // Whom others named reads first who did and what that means, which
            // nobody changes, and then what the organisers have to say of a seat.
            let seat = TemplateOccasion::Confirmation;
            if occasion.is_seat() && frame.templates.changed(seat, lang).is_some() {
                said.extend(filled(seat).1);
            }
            (words.say_with(&format!("mail-{key}-subject"), &args), said)
        }
    };
    OccasionWords {
        subject,
        paragraphs,
        link: words.say(&format!("mail-{key}-link")),
    }
}

/// Which workshop, when and where, as mails say it.
pub(crate) fn workshop_facts(view: &WorkshopView, lang: Lang) -> Vec<(String, String)> {
    let words = Words(lang);
    vec![
        (words.say("mail-fact-workshop"), view.title(lang).to_owned()),
        (
            words.say("mail-fact-when"),
            words.period(view.starts_at(), view.ends_at()),
        ),
        (words.say("mail-fact-where"), view.places(lang).join("; ")),
    ]
}

/// What an occasion adds to the facts of the workshop: what lets a registrant
/// in at the door, or until when an offer stands.
fn fact_of(occasion: Occasion, row: &registration::Model) -> Option<(String, String)> {
    let words = Words(*row.lang);
    match (occasion, row.offer_until) {
        _ if occasion.is_seat() => {
            Some((words.say("mail-fact-code"), TicketCode::spaced(&row.code)))
        }
        (Occasion::Offered, Some(until)) => {
            Some((words.say("mail-fact-until"), words.day_time(until)))
        }
        _ => None,
    }
}
