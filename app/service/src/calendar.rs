//! Calendar files (RFC 5545).

use crate::{Failure, Services, WorkshopView};
use domain::Lang;
use icalendar::{Calendar, Component, Event, EventLike};

impl Services {
    /// The calendar file of a registrant: one event a session. No personal
    /// link stands inside, since calendars are shared.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address.
    pub async fn ticket_calendar(&self, token: &str, lang: Lang) -> Result<String, Failure> {
        let row = self.registration_by_ticket(token).await?;
        let view = self.workshop_by_id(row.workshop_id).await?;
        Ok(self.calendar_file(&view, row.id, lang))
    }

    pub(crate) fn calendar_file(
        &self,
        view: &WorkshopView,
        registration_id: i64,
        lang: Lang,
    ) -> String {
        let host = self.public_url.host_str().unwrap_or("localhost");
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        let mut calendar = Calendar::new();
        for session in &view.sessions {
            let place = [session.room.as_str(), session.address.as_str()];
            let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
            let event = Event::new()
                .uid(&format!(
                    "registration-{registration_id}-session-{}@{host}",
                    session.id
                ))
                .timestamp(self.clock.now())
                .summary(view.title(lang))
                .description(view.summary(lang))
                .location(&place.join(", "))
                .url(&page)
                .starts(session.starts_at)
                .ends(session.ends_at)
                .done();
            calendar.push(event);
        }
        calendar.done().to_string()
    }
}
