//! Mails about registrations: why they are written, and to whom.

mod asking;
mod words;

pub(crate) use asking::{Named, unasked, unasked_besides};
pub(crate) use words::{letter_of, online_fact, seat_facts, workshop_facts};

use crate::calendar::{Telling, invited};
use crate::entity::{outbox, person, registration, session, workshop};
use crate::outbox::NewMail;
use crate::{Failure, Frame, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    CalendarMethod, Lang, Phone, Purpose, RegistrationMove, RegistrationSource, TemplateOccasion,
};
use sea_orm::{ColumnTrait, Condition};
use std::collections::HashSet;
use words::notice_of;

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

    /// Whose words organisers may change.
    fn template(self) -> Option<TemplateOccasion> {
        match self {
            Self::Confirmation => Some(TemplateOccasion::Confirmation),
            Self::Waitlisted => Some(TemplateOccasion::Waitlisted),
            Self::Offered => Some(TemplateOccasion::Offered),
            Self::LostLink => Some(TemplateOccasion::LostLink),
            Self::Materials => Some(TemplateOccasion::Materials),
            Self::Nominated
            | Self::Added
            | Self::Requested
            | Self::Declined
            | Self::Lapsed
            | Self::Cancelled
            | Self::Dropped
            | Self::Substituted
            | Self::LinkAgain => None,
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
    /// The person to ask, where one is named.
    pub contact_name: String,
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

    /// As it answers for a workshop: with the workshop's own contact, where
    /// one is entered. A name alone is asked for at the organisers' phone.
    #[must_use]
    pub fn answering_for(&self, view: &WorkshopView) -> Self {
        let row = &view.row;
        let mut own = self.clone();
        own.contact_name.clone_from(&row.contact_name);
        if !row.contact_phone.is_empty() || !row.contact_email.is_empty() {
            own.phone = match row.contact_phone.as_str() {
                "" => String::new(),
                phone => Phone::national(phone),
            };
            own.email.clone_from(&row.contact_email);
        }
        own
    }

    /// Whom to ask and how, in one line; empty when nothing is entered.
    #[must_use]
    pub fn contact(&self) -> String {
        let parts = [&self.contact_name, &self.phone, &self.email];
        let parts: Vec<&str> = parts
            .into_iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(" · ")
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
    /// is read once.
    pub(crate) async fn mail_to_persons<'a>(
        &self,
        tx: &Tx,
        view: &WorkshopView,
        told: impl Iterator<Item = (Occasion, &'a registration::Model, &'a person::Model)>,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let frame = &self.frame_in(&**tx).await?;
        let organizer = &frame.organizer;
        let told: Vec<_> = told.collect();
        let silent = told.iter().filter(|(occasion, ..)| !occasion.asks());
        let unasked = unasked(tx, silent.map(|(_, row, _)| *row)).await?;
        let cancels = |occasion: Occasion| occasion.invites_to(view).0 == CalendarMethod::Cancel;
        let invited = if told.iter().any(|(occasion, ..)| cancels(*occasion)) {
            let of_workshop = outbox::Column::WorkshopId.eq(view.row.id);
            invited(&**tx, Condition::all().add(of_workshop)).await?
        } else {
            HashSet::new()
        };
        let mut telling = Telling {
            method: CalendarMethod::Publish,
            view,
            sessions: &[],
            organizer,
            invited,
        };
        let mut mails = Vec::new();
        for (occasion, row, person) in told {
            (telling.method, telling.sessions) = occasion.invites_to(view);
            let notice = notice_of(occasion, occasion.key(), view, row, person, frame);
            let notice = notice.asking(row, &unasked);
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
        let frame = &self.frame_in(&**tx).await?;
        let mut notice = notice_of(occasion, purpose, view, row, person, frame);
        if !occasion.asks() {
            notice = notice.asking(row, &unasked(tx, std::iter::once(row)).await?);
        }
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
        frame: &Frame,
    ) -> Result<NewMail, Failure> {
        let stop = (occasion == Occasion::Materials)
            .then(|| self.unsubscribe_link(&row.code, Purpose::Materials));
        let letter = letter_of(occasion, view, row, name, link, frame);
        Ok(NewMail {
            purpose: occasion.key().to_owned(),
            recipient_key: format!("registration:{}", row.id),
            workshop_id: Some(row.workshop_id),
            registration_id: Some(row.id),
            ..letter.mail_that_stops(&frame.organizer.answering_for(view), stop)?
        })
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
