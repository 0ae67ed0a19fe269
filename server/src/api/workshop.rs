//! How a workshop is written in JSON.

use chrono::{DateTime, Utc};
use domain::{Act, Coded, RegistrationWindow, SessionForm, WorkshopForm};
use serde::{Deserialize, Serialize};
use service::entity::session;
use service::{Actor, Services, WorkshopView};
use utoipa::ToSchema;

/// Workshops.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Workshops {
    pub(super) workshops: Vec<Workshop>,
}

/// A workshop with its sessions, its seats, and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Workshop {
    /// Its address, also its name in paths
    #[schema(example = "ky-nang-danh-gia-sxsh")]
    slug: String,
    title_vi: String,
    title_en: String,
    summary_vi: String,
    summary_en: String,
    /// `awareness`, `skills` or `sharing`
    kind: &'static str,
    /// `draft`, `published` or `cancelled`
    state: &'static str,
    /// Where it stands now: `draft`, `upcoming`, `running`, `held` or `cancelled`
    phase: &'static str,
    /// The start of its first session
    starts_at: DateTime<Utc>,
    /// The end of its last session
    ends_at: DateTime<Utc>,
    /// The room of its first session
    room: String,
    /// The address of its first session
    address: String,
    /// Seats
    capacity: u32,
    /// Seats taken; only for tokens that may check people in
    #[serde(skip_serializing_if = "Option::is_none")]
    booked: Option<u64>,
    /// When registration opens
    opens_at: DateTime<Utc>,
    /// When registration closes
    closes_at: DateTime<Utc>,
    /// Registration now: `not_yet`, `open` or `closed`
    window: &'static str,
    sessions: Vec<Session>,
}

/// A part of a workshop that people are checked in to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Session {
    /// Its key, for check-ins
    id: i64,
    room: String,
    address: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

impl Workshop {
    pub(super) fn new(view: WorkshopView) -> Self {
        Self {
            title_vi: view.row.title_vi.clone(),
            title_en: view.row.title_en.clone(),
            summary_vi: view.row.summary_vi.clone(),
            summary_en: view.row.summary_en.clone(),
            kind: view.row.kind.code(),
            state: view.row.state.code(),
            phase: view.phase.code(),
            starts_at: view.starts_at(),
            ends_at: view.ends_at(),
            room: view.room().to_owned(),
            address: view.address().to_owned(),
            capacity: view.capacity(),
            booked: None,
            opens_at: view.row.opens_at,
            closes_at: view.row.closes_at,
            window: match view.window {
                RegistrationWindow::NotYet(_) => "not_yet",
                RegistrationWindow::Open => "open",
                RegistrationWindow::Closed => "closed",
            },
            sessions: view.sessions.into_iter().map(Session::from).collect(),
            slug: view.row.slug,
        }
    }

    /// With the seats taken, for those who work at the door.
    pub(super) async fn with_booked(self, services: &Services, actor: &Actor) -> Self {
        if !actor.may(Act::CheckIn) {
            return self;
        }
        let door = services.door(actor, &self.slug).await;
        Self {
            booked: door.ok().map(|door| door.expected),
            ..self
        }
    }

    pub(super) fn location(&self) -> String {
        format!("/api/v1/workshops/{}", self.slug)
    }
}

impl From<session::Model> for Session {
    fn from(row: session::Model) -> Self {
        Self {
            id: row.id,
            room: row.room,
            address: row.address,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        }
    }
}

/// A workshop to be scheduled.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewWorkshop {
    /// The address; made from the Vietnamese title when missing
    #[schema(example = "ky-nang-danh-gia-sxsh")]
    slug: Option<String>,
    #[schema(required = true, nullable = false)]
    title_vi: Option<String>,
    /// Needed before it can be published
    title_en: Option<String>,
    summary_vi: Option<String>,
    summary_en: Option<String>,
    /// `awareness` (when missing), `skills` or `sharing`
    kind: Option<String>,
    #[schema(required = true, nullable = false)]
    room: Option<String>,
    address: Option<String>,
    /// RFC 3339
    #[schema(
        required = true,
        nullable = false,
        example = "2026-11-26T07:30:00+07:00"
    )]
    starts_at: Option<String>,
    /// RFC 3339
    #[schema(
        required = true,
        nullable = false,
        example = "2026-11-26T11:30:00+07:00"
    )]
    ends_at: Option<String>,
    /// Seats, 1 to 5000
    #[schema(required = true, nullable = false, value_type = u32, example = 60)]
    capacity: Option<Count>,
    /// RFC 3339; at once when missing
    #[schema(example = "2026-11-01T08:00:00+07:00")]
    opens_at: Option<String>,
    /// RFC 3339; at the start when missing
    #[schema(example = "2026-11-25T17:00:00+07:00")]
    closes_at: Option<String>,
    /// It took place already: a start in the past is refused otherwise
    #[schema(example = false)]
    already_held: Option<bool>,
}

/// A number, also as some programs write it: in quotes.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Count {
    Number(i64),
    Text(String),
}

impl From<NewWorkshop> for WorkshopForm {
    fn from(new: NewWorkshop) -> Self {
        Self {
            slug: new.slug.unwrap_or_default(),
            title_vi: new.title_vi.unwrap_or_default(),
            title_en: new.title_en.unwrap_or_default(),
            summary_vi: new.summary_vi.unwrap_or_default(),
            summary_en: new.summary_en.unwrap_or_default(),
            kind: new.kind.unwrap_or_default(),
            session: SessionForm {
                room: new.room.unwrap_or_default(),
                address: new.address.unwrap_or_default(),
                starts_at: new.starts_at.unwrap_or_default(),
                ends_at: new.ends_at.unwrap_or_default(),
                ..SessionForm::default()
            },
            capacity: match new.capacity {
                Some(Count::Number(seats)) => seats.to_string(),
                Some(Count::Text(seats)) => seats,
                None => String::new(),
            },
            opens_at: new.opens_at.unwrap_or_default(),
            closes_at: new.closes_at.unwrap_or_default(),
            already_held: new.already_held.unwrap_or_default(),
            ..Self::default()
        }
    }
}
