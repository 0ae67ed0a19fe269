//! What is asked of a workshop.

use crate::time::parse_time;
use crate::typed::{
    in_range, optional_email, optional_line, optional_link, optional_phone, optional_slug,
    optional_text, term_or, terms, time_or,
};
use crate::{
    ATTENDED_SHARE, CancelRule, CertificateRule, DelegateRole, LATE_AFTER, NewSession, Problems,
    Reason, RegistrationMode, Sector, SessionForm, Slug, WorkshopFormat, WorkshopKind, clean_line,
};
use chrono::{DateTime, Duration, Utc};

/// A workshop as typed, kept whole, with its first session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkshopForm {
    /// The address; made from the Vietnamese title when empty.
    pub slug: String,
    /// The organisers' own number for it; may be empty.
    pub code: String,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English; may be empty in a draft.
    pub title_en: String,
    /// Summary in Vietnamese; may be empty.
    pub summary_vi: String,
    /// Summary in English; may be empty.
    pub summary_en: String,
    /// The code of a [`WorkshopKind`]; awareness when empty.
    pub kind: String,
    /// Codes of the roles it is for; none means everybody.
    pub roles: Vec<String>,
    /// Codes of the sectors it is for; none means all.
    pub sectors: Vec<String>,
    /// The code of a [`WorkshopFormat`]; in person when empty.
    pub format: String,
    /// The address people open to take part online.
    pub online_link: String,
    /// Whom to ask; may be empty.
    pub contact_name: String,
    /// Phone of that person; may be empty.
    pub contact_phone: String,
    /// E-mail of that person; may be empty.
    pub contact_email: String,
    /// The first session.
    pub session: SessionForm,
    /// Seats.
    pub capacity: String,
    /// The fewest people it is held for; may be empty.
    pub minimum: String,
    /// When the minimum must be reached; three days before the start when empty.
    pub minimum_by: String,
    /// When registration opens; at once when empty.
    pub opens_at: String,
    /// When registration closes; at the start of the session when empty.
    pub closes_at: String,
    /// The code of a [`RegistrationMode`]; open when empty.
    pub mode: String,
    /// For how many hours a freed seat is held for the head of the waiting
    /// list; [`OFFER_HOURS`] when empty.
    pub offer_hours: String,
    /// The code of a [`CancelRule`]; any time when empty.
    pub cancel_rule: String,
    /// The moment of [`CancelRule::Until`].
    pub cancel_until: String,
    /// The code of a [`CertificateRule`]; none when empty.
    pub certificate_rule: String,
    /// For how many minutes after the start of a session people are in time;
    /// [`LATE_AFTER`] when empty.
    pub late_after: String,
    /// The share of the sessions, in percent, that makes an attendance of the
    /// workshop; [`ATTENDED_SHARE`] when empty.
    pub attended_share: String,
    /// Hold it although a room or a trainer is taken at that time.
    pub allow_clash: bool,
    /// It took place already: what is written down lies in the past.
    pub already_held: bool,
    /// The version that was looked at; empty when that does not matter.
    pub version: String,
}

/// A workshop that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWorkshop {
    /// The address asked for; none means one made from the title.
    pub slug: Option<Slug>,
    /// The organisers' own number, empty when not given.
    pub code: String,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English, empty when not given.
    pub title_en: String,
    /// Summary in Vietnamese.
    pub summary_vi: String,
    /// Summary in English.
    pub summary_en: String,
    /// What it is for.
    pub kind: WorkshopKind,
    /// The roles it is for; none means everybody.
    pub roles: Vec<DelegateRole>,
    /// The sectors it is for; none means all.
    pub sectors: Vec<Sector>,
    /// How people take part.
    pub format: WorkshopFormat,
    /// The address people open to take part online, empty when not given.
    pub online_link: String,
    /// Whom to ask, empty when not given.
    pub contact_name: String,
    /// Phone of that person, empty when not given.
    pub contact_phone: String,
    /// E-mail of that person, empty when not given.
    pub contact_email: String,
    /// The first session.
    pub session: NewSession,
    /// Seats, 1 to 5000.
    pub capacity: u32,
    /// The fewest people it is held for, and when that must be reached.
    pub minimum: Option<(u32, DateTime<Utc>)>,
    /// When registration opens.
    pub opens_at: DateTime<Utc>,
    /// When registration closes.
    pub closes_at: DateTime<Utc>,
    /// Who may register.
    pub mode: RegistrationMode,
    /// For how many hours a freed seat is held, 1 to [`MAX_OFFER_HOURS`].
    pub offer_hours: u32,
    /// Until when people may give up their registration themselves.
    pub cancel_rule: CancelRule,
    /// The moment of [`CancelRule::Until`].
    pub cancel_until: Option<DateTime<Utc>>,
    /// Who gets a certificate.
    pub certificate_rule: CertificateRule,
    /// For how many minutes after the start people are in time, 0 to
    /// [`MAX_LATE_AFTER`].
    pub late_after: u32,
    /// The share of the sessions, in percent, that makes an attendance.
    pub attended_share: u32,
    /// Hold it although a room or a trainer is taken at that time.
    pub allow_clash: bool,
}

/// What a workshop that is changed has already; nothing for a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// When its first session begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// When its last session begins, where there are several.
    pub last_starts_at: Option<DateTime<Utc>>,
    /// Its places are set elsewhere: this form need not have one.
    pub placed_elsewhere: bool,
    /// The fewest seats it can have: as many as are booked.
    pub fewest: u32,
}

/// The most seats a workshop can have.
pub const MAX_CAPACITY: u32 = 5000;

/// For how many hours a freed seat is held, unless said otherwise (pretix holds
/// it as long).
pub const OFFER_HOURS: u32 = 24;

/// The longest a freed seat is held: a week.
pub const MAX_OFFER_HOURS: u32 = 168;

/// The longest that people are in time after the start: four hours.
pub const MAX_LATE_AFTER: u32 = 240;

/// How long before the start a minimum must be reached, unless said otherwise.
const MINIMUM_BEFORE: Duration = Duration::days(3);

impl WorkshopForm {
    /// Checks every field and says all that is wrong at once. What is new lies
    /// ahead, unless it is said to have been held already.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self, now: DateTime<Utc>, known: Known) -> Result<NewWorkshop, Problems> {
        let mut problems = Problems::default();
        let title_vi = problems.take("title_vi", clean_line(&self.title_vi, 200));
        let title_en = problems.take("title_en", optional_line(&self.title_en, 200));
        let slug = problems.take("slug", optional_slug(&self.slug));
        let code = problems.take("code", optional_line(&self.code, 40));
        let summary_vi = problems.take("summary_vi", optional_text(&self.summary_vi));
        let summary_en = problems.take("summary_en", optional_text(&self.summary_en));
        let kind = problems.take("kind", term_or(&self.kind, WorkshopKind::Awareness));
        let roles = problems.take("roles", terms(&self.roles));
        let sectors = problems.take("sectors", terms(&self.sectors));
        let format = problems.take("format", term_or(&self.format, WorkshopFormat::InPerson));
        let online_link = problems.take("online_link", optional_link(&self.online_link));
        let contact_name = problems.take("contact_name", optional_line(&self.contact_name, 100));
        let contact_phone = problems.take("contact_phone", optional_phone(&self.contact_phone));
        let contact_email = problems.take("contact_email", optional_email(&self.contact_email));
        let needs_place = !known.placed_elsewhere && format.is_none_or(WorkshopFormat::has_place);
        let session =
            match self
                .session
                .check_ahead(needs_place, known.starts_at, self.already_held, now)
            {
                Ok(session) => Some(session),
                Err(found) => {
                    problems.0.extend(found.0);
                    None
                }
            };
        // Also when the place is wrong: what hangs on the start is said in the same round.
        let starts_at = self.session.span().0;
        let capacity = problems.take("capacity", in_range(&self.capacity, 1));
        if capacity.is_some_and(|seats| seats < known.fewest) {
            problems.add("capacity", Reason::FewerThanBooked(known.fewest.into()));
        }
        let minimum = self.minimum(&mut problems, capacity, starts_at);
        let window = self.window(&mut problems, now, starts_at, known.last_starts_at);
        let mode = problems.take("mode", term_or(&self.mode, RegistrationMode::Open));
        let offer_hours = whole(&self.offer_hours, OFFER_HOURS, 1, MAX_OFFER_HOURS);
        let offer_hours = problems.take("offer_hours", offer_hours);
        let cancel_rule = term_or(&self.cancel_rule, CancelRule::AnyTime);
        let cancel_rule = problems.take("cancel_rule", cancel_rule);
        let cancel_until = self.cancel_until(&mut problems, cancel_rule, starts_at);
        let certificate_rule = term_or(&self.certificate_rule, CertificateRule::None);
        let certificate_rule = problems.take("certificate_rule", certificate_rule);
        let late_after = whole(&self.late_after, LATE_AFTER.into(), 0, MAX_LATE_AFTER);
        let late_after = problems.take("late_after", late_after);
        let attended_share = whole(&self.attended_share, ATTENDED_SHARE.into(), 1, 100);
        let attended_share = problems.take("attended_share", attended_share);
        if !problems.is_empty() {
            return Err(problems);
        }
        let all = || {
            let (opens_at, closes_at) = window?;
            Some(NewWorkshop {
                slug: slug?,
                code: code?,
                title_vi: title_vi?,
                title_en: title_en?,
                summary_vi: summary_vi?,
                summary_en: summary_en?,
                kind: kind?,
                roles: roles?,
                sectors: sectors?,
                format: format?,
                online_link: online_link?,
                contact_name: contact_name?,
                contact_phone: contact_phone?,
                contact_email: contact_email?,
                session: session?,
                capacity: capacity?,
                minimum,
                opens_at,
                closes_at,
                mode: mode?,
                offer_hours: offer_hours?,
                cancel_rule: cancel_rule?,
                cancel_until,
                certificate_rule: certificate_rule?,
                late_after: late_after?,
                attended_share: attended_share?,
                allow_clash: self.allow_clash,
            })
        };
        all().ok_or(problems)
    }

    fn minimum(
        &self,
        problems: &mut Problems,
        capacity: Option<u32>,
        starts_at: Option<DateTime<Utc>>,
    ) -> Option<(u32, DateTime<Utc>)> {
        if self.minimum.trim().is_empty() {
            return None;
        }
        let minimum = problems.take("minimum", in_range(&self.minimum, 1));
        if matches!((minimum, capacity), (Some(minimum), Some(seats)) if minimum > seats) {
            problems.add("minimum", Reason::MoreThanSeats);
        }
        let default = starts_at.map(|start| start - MINIMUM_BEFORE);
        let by = problems.take("minimum_by", time_or(&self.minimum_by, default));
        let by = by.flatten();
        if matches!((by, starts_at), (Some(by), Some(start)) if by >= start) {
            problems.add("minimum_by", Reason::AfterStart);
        }
        Some((minimum?, by?))
    }

    /// Registration opens before the workshop begins, and closes at the latest
    /// when its last session begins: who missed the first may still come to the
    /// others.
    fn window(
        &self,
        problems: &mut Problems,
        now: DateTime<Utc>,
        starts_at: Option<DateTime<Utc>>,
        last_starts_at: Option<DateTime<Utc>>,
    ) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        // What is written down after the event was open for a week before it.
        let default = match starts_at {
            Some(start) if start <= now => start - Duration::days(7),
            _ => now,
        };
        let opens_at = problems.take("opens_at", time_or(&self.opens_at, Some(default)));
        let closes_at = problems.take("closes_at", time_or(&self.closes_at, starts_at));
        let (opens_at, closes_at) = (opens_at.flatten()?, closes_at.flatten()?);
        if starts_at.is_some_and(|start| opens_at >= start) {
            problems.add("opens_at", Reason::AfterStart);
        } else if closes_at <= opens_at {
            let field = if self.closes_at.trim().is_empty() {
                "opens_at"
            } else {
                "closes_at"
            };
            problems.add(field, Reason::EndNotAfterStart);
        } else if starts_at
            .max(last_starts_at)
            .is_some_and(|last| closes_at > last)
        {
            problems.add("closes_at", Reason::ClosesAfterStart);
        }
        Some((opens_at, closes_at))
    }

    fn cancel_until(
        &self,
        problems: &mut Problems,
        rule: Option<CancelRule>,
        starts_at: Option<DateTime<Utc>>,
    ) -> Option<DateTime<Utc>> {
        if rule != Some(CancelRule::Until) {
            return None;
        }
        let until = problems.take("cancel_until", parse_time(&self.cancel_until))?;
        if starts_at.is_some_and(|start| until > start) {
            problems.add("cancel_until", Reason::AfterStart);
        }
        Some(until)
    }
}

/// A whole number as typed, within bounds, that has a default.
fn whole(typed: &str, default: u32, least: u32, most: u32) -> Result<u32, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(default);
    }
    let number = typed.parse().ok();
    number
        .filter(|number| (least..=most).contains(number))
        .ok_or(Reason::NotInRange(least.into(), most.into()))
}

#[cfg(test)]
mod tests;
