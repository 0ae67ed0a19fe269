//! A workshop as the doors show it.

use crate::entity::{session, workshop};
use crate::mail::join_place;
use chrono::{DateTime, Utc};
use domain::{
    Lang, Minimum, Phase, Problems, RegistrationMode, RegistrationWindow, SessionForm,
    WorkshopState, is_in_time, missing_to_publish, registration_window, to_local, undecided_until,
};
use text::Words;

/// A workshop with its sessions and where it stands.
#[derive(Clone, Debug)]
pub struct WorkshopView {
    /// The row.
    pub row: workshop::Model,
    /// Its sessions, in order.
    pub sessions: Vec<session::Model>,
    /// Where it stands now.
    pub phase: Phase,
    /// Whether somebody can register now.
    pub window: RegistrationWindow,
}

impl WorkshopView {
    pub(crate) fn new(
        row: workshop::Model,
        mut sessions: Vec<session::Model>,
        now: DateTime<Utc>,
    ) -> Self {
        sessions.sort_by_key(|session| session.position);
        let (starts_at, ends_at) = span(&sessions, row.created_at);
        Self {
            phase: row.state.phase(starts_at, ends_at, now),
            window: registration_window(*row.state, row.opens_at, row.closes_at, now),
            row,
            sessions,
        }
    }

    /// The title in a language; Vietnamese where there is no English yet.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.choose(&self.row.title_vi, &self.row.title_en)
    }

    /// The summary in a language.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> &str {
        lang.choose(&self.row.summary_vi, &self.row.summary_en)
    }

    /// The link to take part, where some do; for people with a seat alone.
    #[must_use]
    pub fn online_link(&self) -> Option<&str> {
        let link = self.row.online_link.trim();
        Some(link).filter(|link| self.row.format.has_link() && !link.is_empty())
    }

    /// What has changed, in a language; empty when nothing has.
    #[must_use]
    pub fn notice(&self, lang: Lang) -> &str {
        lang.choose(&self.row.notice_vi, &self.row.notice_en)
    }

    /// The start of the first session.
    #[must_use]
    pub fn starts_at(&self) -> DateTime<Utc> {
        span(&self.sessions, self.row.created_at).0
    }

    /// The end of the last session.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        span(&self.sessions, self.row.created_at).1
    }

    /// The session that runs, else the next, else the last.
    #[must_use]
    pub fn session_at(&self, now: DateTime<Utc>) -> Option<&session::Model> {
        domain::session_at(&self.sessions, |session| session.ends_at, now)
    }

    /// The first session whose place is missing, if there is one.
    #[must_use]
    pub fn placeless(&self) -> Option<&session::Model> {
        self.sessions.iter().find(|session| session.room.is_empty())
    }

    /// What it lacks before it can be public: the fields. A `room` is that of
    /// [`WorkshopView::placeless`].
    #[must_use]
    pub fn missing(&self) -> Problems {
        let room = match self.placeless() {
            Some(_) => "",
            None => self.room(),
        };
        let row = &self.row;
        missing_to_publish(&row.title_en, *row.format, room, &row.online_link)
    }

    /// Where a session is held, in one line: room and address, or that people
    /// take part online where there is no place to come to.
    #[must_use]
    pub fn place_of(&self, session: &session::Model, lang: Lang) -> String {
        if self.has_place(session) {
            join_place(&session.room, &session.address)
        } else {
            Words(lang).term(*self.row.format)
        }
    }

    /// The places of the sessions, each once, in order.
    #[must_use]
    pub fn places(&self, lang: Lang) -> Vec<String> {
        let mut places: Vec<String> = Vec::new();
        for session in &self.sessions {
            let place = self.place_of(session, lang);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// Whether people come to a place for a session, and it is known.
    #[must_use]
    pub fn has_place(&self, session: &session::Model) -> bool {
        let known = !session.room.is_empty() || !session.address.is_empty();
        self.row.format.has_place() && known
    }

    /// The room of the first session, or that it is held online.
    #[must_use]
    pub fn room_said(&self, lang: Lang) -> String {
        match self.sessions.first() {
            Some(first) if self.has_place(first) => first.room.clone(),
            _ => Words(lang).term(*self.row.format),
        }
    }

    /// The room of the first session.
    #[must_use]
    pub fn room(&self) -> &str {
        self.sessions.first().map_or("", |session| &session.room)
    }

    /// The address of the first session.
    #[must_use]
    pub fn address(&self) -> &str {
        self.sessions.first().map_or("", |session| &session.address)
    }

    /// Whether the public may see it: a draft that was called off was never
    /// announced.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.row.state.is_public() && self.row.published_at.is_some()
    }

    /// Whether time and place are part of the form of settings: while a draft
    /// has one session. Later they are changed by a move, which people are
    /// told of, and where there are several each has its own form.
    #[must_use]
    pub fn sets_time_in_form(&self) -> bool {
        *self.row.state == WorkshopState::Draft && self.sessions.len() < 2
    }

    /// The first session as its form would send it.
    #[must_use]
    pub fn first_session_form(&self) -> SessionForm {
        self.sessions.first().map(session_form).unwrap_or_default()
    }

    /// The fewest people it is held for, if that was set.
    #[must_use]
    pub fn minimum(&self) -> Option<Minimum> {
        Some(Minimum {
            least: u32::try_from(self.row.minimum?).ok()?,
            by: self.row.minimum_by?,
            settled: self.row.minimum_settled_at.is_some(),
        })
    }

    /// Whether everybody can register or ask for a seat now, without having been
    /// invited.
    #[must_use]
    pub fn is_open_to_all(&self) -> bool {
        self.window == RegistrationWindow::Open && *self.row.mode != RegistrationMode::Invitation
    }

    /// Whether everybody can send a form now that was opened at a moment: as
    /// [`WorkshopView::is_open_to_all`], and within the grace of closing.
    #[must_use]
    pub fn takes_form(&self, opened_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        let in_grace = *self.row.state == WorkshopState::Published
            && *self.row.mode != RegistrationMode::Invitation
            && self.window == RegistrationWindow::Closed
            && is_in_time(self.row.closes_at, opened_at, now);
        self.is_open_to_all() || in_grace
    }

    /// When a request that came at a moment is declined by itself, if nobody
    /// decides it ([`undecided_until`]). What still stands after closing came
    /// after it.
    #[must_use]
    pub fn undecided_until(&self, asked_at: DateTime<Utc>) -> DateTime<Utc> {
        undecided_until(self.row.closes_at, asked_at, self.starts_at())
    }

    /// Seats.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        u32::try_from(self.row.capacity).unwrap_or(0)
    }
}

/// A session as its form would send it: local time, and a place only where it
/// was typed.
#[must_use]
pub fn session_form(session: &session::Model) -> SessionForm {
    let local = |at| to_local(at).format("%Y-%m-%dT%H:%M").to_string();
    let typed = |words: &str| match session.room_id {
        Some(_) => String::new(),
        None => words.to_owned(),
    };
    SessionForm {
        title_vi: session.title_vi.clone(),
        title_en: session.title_en.clone(),
        room_id: session.room_id.map(|id| id.to_string()).unwrap_or_default(),
        room: typed(&session.room),
        address: typed(&session.address),
        starts_at: local(session.starts_at),
        ends_at: local(session.ends_at),
    }
}

fn span(sessions: &[session::Model], none: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let starts = sessions.iter().map(|session| session.starts_at).min();
    let ends = sessions.iter().map(|session| session.ends_at).max();
    (starts.unwrap_or(none), ends.unwrap_or(none))
}
