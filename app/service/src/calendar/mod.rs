//! Calendar files: what registrants download, invitations by mail, and feeds.

mod feed;
mod invite;

pub use feed::FeedAddress;
pub use invite::Notice;
pub(crate) use invite::{Telling, invited, session_facts};

use crate::entity::{registration, session};
use crate::{Failure, Organizer, Services, WorkshopView};
use domain::{
    Answer, CalendarEvent, CalendarMethod, EventStatus, Lang, Party, Phase, RegistrationState,
    write_calendar,
};
use text::Words;

impl Services {
    /// The calendar file of a registrant: one event a session. No personal
    /// link stands inside, since calendars are shared.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address.
    pub async fn ticket_calendar(&self, token: &str, lang: Lang) -> Result<String, Failure> {
        let row = self.registration_by_ticket(token).await?;
        let view = self.workshop_by_id(row.workshop_id).await?;
        let organizer = self.frame().await?.organizer;
        let status = match (view.phase, *row.state) {
            (Phase::Cancelled, _)
            | (
                _,
                RegistrationState::Declined
                | RegistrationState::Lapsed
                | RegistrationState::Cancelled
                | RegistrationState::Substituted,
            ) => EventStatus::Cancelled,
            (
                _,
                RegistrationState::Requested
                | RegistrationState::Waitlisted
                | RegistrationState::Offered,
            ) => EventStatus::Tentative,
            (_, RegistrationState::Booked) => EventStatus::Confirmed,
        };
        let events: Vec<CalendarEvent> = view
            .sessions
            .iter()
            .map(|session| {
                let uid = self.registration_uid(row.id, session.id);
                let event = self.event(&view, session, uid, lang, &organizer);
                with_status(event, status)
            })
            .collect();
        Ok(write_calendar(CalendarMethod::Publish, None, &events))
    }

    /// The invitation of a registrant to one session, or its cancellation.
    pub(crate) fn invitation(
        &self,
        method: CalendarMethod,
        view: &WorkshopView,
        session: &session::Model,
        row: &registration::Model,
        name: &str,
        organizer: &Organizer,
    ) -> String {
        let uid = self.registration_uid(row.id, session.id);
        let event = self.event(view, session, uid, *row.lang, organizer);
        let attendee = Party {
            name: name.to_owned(),
            address: row.email.clone().unwrap_or_default(),
        };
        written(method, event, attendee, Answer::Accepted)
    }

    /// The name under which calendars know a registration's session. Mails of
    /// the same name leave in order.
    pub(crate) fn registration_uid(&self, registration_id: i64, session_id: i64) -> String {
        let host = self.host();
        format!("registration-{registration_id}-session-{session_id}@{host}")
    }

    pub(crate) fn host(&self) -> &str {
        self.public_url.host_str().unwrap_or("localhost")
    }

    /// A session as an event that nobody is invited to yet. The link to take
    /// part is not in it: calendars are shared, and keep an old link for ever.
    pub(crate) fn event(
        &self,
        view: &WorkshopView,
        session: &session::Model,
        uid: String,
        lang: Lang,
        organizer: &Organizer,
    ) -> CalendarEvent {
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        let words = Words(lang);
        let location = view.place_of(session, lang);
        let mut description = view.summary(lang).to_owned();
        if view.row.format.has_link() {
            let hint = words.say("home-online-hint");
            description = [description, hint].join("\n\n").trim().to_owned();
        }
        CalendarEvent {
            uid,
            sequence: session.sequence,
            stamp: self.clock.now(),
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            summary: session_title(view, session, lang),
            description,
            location,
            url: page,
            status: EventStatus::Confirmed,
            organizer: self.organizer_party(organizer, lang),
            attendee: None,
        }
    }

    /// Who invites; where the organisers gave no address, the sender's.
    fn organizer_party(&self, organizer: &Organizer, lang: Lang) -> Party {
        let own = organizer.email.trim();
        let address = if own.parse::<lettre::Address>().is_ok() {
            own.to_owned()
        } else {
            self.mailer.sender_address().to_string()
        };
        Party {
            name: organizer.name(lang).to_owned(),
            address,
        }
    }
}

/// The title of the workshop, and of the session where it has one of its own.
pub(crate) fn session_title(view: &WorkshopView, session: &session::Model, lang: Lang) -> String {
    let title = view.title(lang);
    let own = lang.choose(&session.title_vi, &session.title_en);
    if own.is_empty() {
        title.to_owned()
    } else {
        format!("{title} – {own}")
    }
}

/// A cancelled event counts as a change after the last one (RFC 5546, 3.2.5).
fn with_status(event: CalendarEvent, status: EventStatus) -> CalendarEvent {
    let later = i64::from(status == EventStatus::Cancelled);
    CalendarEvent {
        sequence: event.sequence + later,
        status,
        ..event
    }
}

/// The event sent to one attendee.
pub(crate) fn written(
    method: CalendarMethod,
    event: CalendarEvent,
    attendee: Party,
    answer: Answer,
) -> String {
    let status = if method == CalendarMethod::Cancel {
        EventStatus::Cancelled
    } else {
        event.status
    };
    let mut event = with_status(event, status);
    event.attendee = Some((attendee, answer));
    write_calendar(method, None, &[event])
}
