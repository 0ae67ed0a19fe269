//! What mails about registrations say.

use super::Occasion;
use super::asking::NamedBy;
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
    facts.extend(facts_of(occasion, view, row));
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
        facts: facts_of(occasion, view, row),
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
            let body = match (occasion, NamedBy::of(row)) {
                (Occasion::Nominated, Some(NamedBy::Colleague)) => {
                    words.say_with("mail-nominated-colleague-body", &args)
                }
                _ => words.say_with(&format!("mail-{key}-body"), &args),
            };
            let mut said = paragraphs(&body);
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

/// Where somebody with a seat finds the link of a workshop that has one. The
/// link itself is never in a mail: mails are passed on.
pub(crate) fn online_fact(view: &WorkshopView, lang: Lang) -> Option<(String, String)> {
    let words = Words(lang);
    view.row.format.has_link().then(|| {
        let online = words.say("mail-fact-online-value");
        (words.say("mail-fact-online"), online)
    })
}

/// How somebody with a seat takes part: what lets in at the door, and where
/// the link is.
pub(crate) fn seat_facts(
    view: &WorkshopView,
    lang: Lang,
    code: &str,
) -> impl Iterator<Item = (String, String)> + use<> {
    let code = (Words(lang).say("mail-fact-code"), TicketCode::spaced(code));
    std::iter::once(code).chain(online_fact(view, lang))
}

/// What an occasion adds to the facts of the workshop: how a registrant takes
/// part, or until when an offer stands.
fn facts_of(
    occasion: Occasion,
    view: &WorkshopView,
    row: &registration::Model,
) -> Vec<(String, String)> {
    let words = Words(*row.lang);
    let mut facts = Vec::new();
    if occasion.is_seat() {
        facts.extend(seat_facts(view, *row.lang, &row.code));
    }
    if let (Occasion::Offered, Some(until)) = (occasion, row.offer_until) {
        facts.push((words.say("mail-fact-until"), words.day_time(until)));
    }
    facts
}
