//! Mails: what stands in them.

use crate::calendar::Telling;
use crate::entity::{person, registration, session, workshop};
use crate::letter::{Letter, paragraphs};
use crate::outbox::NewMail;
use crate::{Failure, Notice, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{CalendarMethod, Lang, Purpose, RegistrationMove, RegistrationSource, TicketCode};
use std::collections::HashSet;
use text::Words;

/// Why a person is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    Confirmation,
    /// A colleague or an invited establishment named the person.
    Nominated,
    /// The organisers wrote the person down.
    Added,
    Requested,
    Declined,
    Waitlisted,
    Offered,
    Lapsed,
    Cancelled,
    /// Cancelled by the organisers.
    Dropped,
    /// Somebody else goes instead.
    Substituted,
    /// Somebody registered who is registered already.
    LinkAgain,
    /// The link was asked for, or what it leads to stands again.
    LostLink,
    Materials,
}

impl Occasion {
    /// What is no longer true once a registration takes this step.
    pub(crate) fn outdated_by(step: RegistrationMove) -> &'static [Self] {
        match step {
            RegistrationMove::Queue => &[Self::Requested],
            RegistrationMove::Offer => &[Self::Waitlisted],
            RegistrationMove::Book => &[Self::Requested, Self::Waitlisted, Self::Offered],
            RegistrationMove::Lapse | RegistrationMove::Decline => &[
                Self::Requested,
                Self::Offered,
                Self::LinkAgain,
                Self::LostLink,
            ],
            RegistrationMove::Cancel | RegistrationMove::Substitute => &[
                Self::Confirmation,
                Self::Nominated,
                Self::Added,
                Self::Requested,
                Self::Waitlisted,
                Self::Offered,
                Self::LinkAgain,
                Self::LostLink,
            ],
        }
    }

    /// What the purposes of its mails begin with.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Nominated => "nominated",
            Self::Added => "added",
            Self::Requested => "requested",
            Self::Declined => "declined",
            Self::Waitlisted => "waitlisted",
            Self::Offered => "offered",
            Self::Lapsed => "lapsed",
            Self::Cancelled => "cancelled",
            Self::Dropped => "dropped",
            Self::Substituted => "substituted",
            Self::LinkAgain => "link-again",
            Self::LostLink => "lost-link",
            Self::Materials => "materials",
        }
    }

    /// How a seat is told of: whom somebody else named is asked for consent,
    /// too (Decree 356/2025).
    pub(crate) fn of_seat(row: &registration::Model) -> Self {
        match *row.source {
            RegistrationSource::Staff | RegistrationSource::Import => Self::Added,
            source if source.is_by_others() || row.party_id.is_some() => Self::Nominated,
            _ => Self::Confirmation,
        }
    }

    /// What its mails do with the sessions of a workshop, and with which.
    fn invites_to(self, view: &WorkshopView) -> (CalendarMethod, &[session::Model]) {
        match self {
            Self::Confirmation | Self::Nominated | Self::Added => {
                (CalendarMethod::Request, &view.sessions[..])
            }
            Self::Cancelled | Self::Dropped | Self::Substituted => {
                (CalendarMethod::Cancel, &view.sessions[..])
            }
            Self::Requested
            | Self::Declined
            | Self::Waitlisted
            | Self::Offered
            | Self::Lapsed
            | Self::LinkAgain
            | Self::LostLink
            | Self::Materials => (CalendarMethod::Publish, &[][..]),
        }
    }

    /// Whether it tells of a seat.
    pub(crate) fn is_seat(self) -> bool {
        matches!(self, Self::Confirmation | Self::Nominated | Self::Added)
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
        lang.choose(&self.name_vi, &self.name_en)
    }
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

    /// As [`Services::mail_to_person`], to many of one workshop: what they share
    /// is read once. None of the occasions cancels anything.
    pub(crate) async fn mail_to_persons<'a>(
        &self,
        tx: &Tx,
        view: &WorkshopView,
        told: impl Iterator<Item = (Occasion, &'a registration::Model, &'a person::Model)>,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let mut mails = Vec::new();
        for (occasion, row, person) in told {
            let (method, sessions) = occasion.invites_to(view);
            let telling = Telling {
                method,
                view,
                sessions,
                organizer,
                invited: HashSet::new(),
            };
            let notice = notice_of(occasion, occasion.key(), view, row, person);
            mails.extend(self.mails_to_registrant(&telling, row, person, &notice)?);
        }
        self.push_mail(&**tx, mails, now).await.map(drop)
    }

    /// Mails the link of a standing registration, for which somebody registered
    /// anew, to the address on file, at most once a day.
    pub(crate) async fn mail_link_again(
        &self,
        tx: &Tx,
        workshop: &workshop::Model,
        row: &registration::Model,
        person: &person::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let occasion = Occasion::LinkAgain;
        self.mail_daily(tx, occasion, workshop, row, person, now)
            .await
    }

    /// Mails the link of a standing registration that was lost to the address
    /// on file, at most once a day.
    pub(crate) async fn mail_lost_link(
        &self,
        tx: &Tx,
        workshop: &workshop::Model,
        row: &registration::Model,
        person: &person::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let occasion = Occasion::LostLink;
        self.mail_daily(tx, occasion, workshop, row, person, now)
            .await
    }

    async fn mail_daily(
        &self,
        tx: &Tx,
        occasion: Occasion,
        workshop: &workshop::Model,
        row: &registration::Model,
        person: &person::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let day = domain::to_local(now).format("%Y-%m-%d");
        let purpose = format!("{}-{day}", occasion.key());
        self.mail_once(tx, occasion, &purpose, workshop, row, person, now)
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
        if row.email.is_none() {
            return Ok(());
        }
        let sessions = crate::workshop::sessions_of(&**tx, workshop.id).await?;
        let view = &WorkshopView::new(workshop.clone(), sessions, now);
        let (method, sessions) = occasion.invites_to(view);
        let notice = notice_of(occasion, purpose, view, row, person);
        self.push_invitations(tx, method, view, sessions, row, person, &notice, now)
            .await?;
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
        let stop = (occasion == Occasion::Materials)
            .then(|| self.unsubscribe_link(&row.code, Purpose::Materials));
        let words = words_of(occasion, view, lang, name);
        let mut facts = workshop_facts(view, lang);
        facts.extend(fact_of(occasion, row));
        let letter = Letter {
            lang,
            name: name.to_owned(),
            subject: words.subject,
            paragraphs: words.paragraphs,
            facts,
            link: Some((words.link, link.to_owned())),
        };
        Ok(NewMail {
            purpose: occasion.key().to_owned(),
            recipient_key: format!("registration:{}", row.id),
            workshop_id: Some(row.workshop_id),
            registration_id: Some(row.id),
            ..letter.mail_that_stops(organizer, stop)?
        })
    }
}

/// The notice of an occasion to one person.
fn notice_of(
    occasion: Occasion,
    purpose: &str,
    view: &WorkshopView,
    row: &registration::Model,
    person: &person::Model,
) -> Notice {
    let words = words_of(occasion, view, *row.lang, &person.full_name);
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

fn words_of(occasion: Occasion, view: &WorkshopView, lang: Lang, name: &str) -> OccasionWords {
    let (words, key) = (Words(lang), occasion.key());
    let args = [("name", name.into()), ("title", view.title(lang).into())];
    OccasionWords {
        subject: words.say_with(&format!("mail-{key}-subject"), &args),
        paragraphs: paragraphs(&words.say_with(&format!("mail-{key}-body"), &args)),
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

/// Room and address, or what else stands side by side, in one line.
pub(crate) fn join_place(room: &str, address: &str) -> String {
    let parts: Vec<&str> = [room, address]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}
