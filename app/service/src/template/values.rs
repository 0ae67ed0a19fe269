//! What is filled into the words of mails.

use crate::entity::registration;
use crate::{Organizer, WorkshopView};
use domain::{Lang, Placeholder, TicketCode, WorkshopFormat};
use text::Words;

/// What is filled into words about a registration.
pub(crate) fn values_of(
    view: &WorkshopView,
    row: &registration::Model,
    name: &str,
    organizer: &Organizer,
) -> Vec<(Placeholder, String)> {
    let lang = *row.lang;
    let mut values = workshop_values(view, lang, organizer);
    values.push((Placeholder::Name, name.to_owned()));
    values.push((Placeholder::Code, TicketCode::spaced(&row.code)));
    values.push((Placeholder::Joining, joining(view, lang)));
    let until = row.offer_until.map(|until| Words(lang).day_time(until));
    values.extend(until.map(|until| (Placeholder::Until, until)));
    values
}

/// How somebody with a seat takes part: at the door, by the link on the own
/// page, or either.
pub(crate) fn joining(view: &WorkshopView, lang: Lang) -> String {
    let words = Words(lang);
    match *view.row.format {
        WorkshopFormat::InPerson => words.say("mail-joining-in_person"),
        WorkshopFormat::Online => words.say("mail-joining-online"),
        WorkshopFormat::Hybrid => words.say("mail-joining-hybrid"),
    }
}

/// What is filled in of a workshop.
pub(crate) fn workshop_values(
    view: &WorkshopView,
    lang: Lang,
    organizer: &Organizer,
) -> Vec<(Placeholder, String)> {
    let when = Words(lang).period(view.starts_at(), view.ends_at());
    vec![
        (Placeholder::Workshop, view.title(lang).to_owned()),
        (Placeholder::When, when),
        (Placeholder::Where, view.places(lang).join("; ")),
        (Placeholder::Organizer, organizer.name(lang).to_owned()),
    ]
}
