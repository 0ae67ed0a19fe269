//! Inviting an establishment with a quota of delegates, and its answer: the
//! delegates it names, or that nobody comes.

use crate::coded::coded;
use crate::party::{DelegateRow, check_rows};
use crate::registration_form::person_name;
use crate::typed::{optional_line, term_or};
use crate::{
    Email, Lang, NewRegistration, Phase, Phone, Problems, Reason, RegistrationState, is_in_time,
    may_substitute, parse_local, same_name,
};
use chrono::{DateTime, Duration, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// The most delegates that one establishment may name.
pub const MAX_QUOTA: u32 = 50;

/// The most establishments that are invited at once: what one page asks for.
pub const MAX_INVITED: usize = 200;

coded! {
    /// Where an invitation stands, as its rows tell.
    InvitationState {
        /// Written, not sent.
        Unsent = "unsent",
        /// Sent, without an answer.
        Sent = "sent",
        /// The establishment has named delegates.
        Answered = "answered",
        /// Nobody comes.
        Declined = "declined",
        /// The organisers took it back.
        Withdrawn = "withdrawn",
    }
}

/// The moments by which an invitation's state is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InvitationMoments {
    /// When it left.
    pub sent: Option<DateTime<Utc>>,
    /// When the establishment first named somebody.
    pub answered: Option<DateTime<Utc>>,
    /// When it said that nobody comes; none once it names somebody.
    pub declined: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn: Option<DateTime<Utc>>,
}

/// The state that the moments tell: taking back ends everything, and an answer
/// counts whether or not the organisers noted that the letter left.
#[must_use]
pub fn invitation_state(moments: InvitationMoments) -> InvitationState {
    if moments.withdrawn.is_some() {
        InvitationState::Withdrawn
    } else if moments.declined.is_some() {
        InvitationState::Declined
    } else if moments.answered.is_some() {
        InvitationState::Answered
    } else if moments.sent.is_some() {
        InvitationState::Sent
    } else {
        InvitationState::Unsent
    }
}

/// What an invited establishment may do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Name delegates, change and remove them, or say that nobody comes.
    Open,
    /// The deadline has passed: a seat can still pass to somebody else.
    Substitutes,
    /// Nothing.
    Over,
}

/// What an invited establishment may do: everything until the deadline, and
/// never once the workshop has begun; after that a substitute can be named up
/// to the door, while the workshop is not over. An invitation that was taken
/// back allows nothing.
#[must_use]
pub fn naming(
    withdrawn: bool,
    answer_by: DateTime<Utc>,
    phase: Phase,
    now: DateTime<Utc>,
) -> Naming {
    match phase {
        _ if withdrawn => Naming::Over,
        Phase::Upcoming if now < answer_by => Naming::Open,
        Phase::Upcoming | Phase::Running => Naming::Substitutes,
        Phase::Draft | Phase::Held | Phase::Cancelled | Phase::Closed => Naming::Over,
    }
}

/// As [`naming`], for a form that was opened at a moment: it is taken within the
/// grace of the deadline, as of closing ([`is_in_time`]), while the workshop has
/// not begun.
#[must_use]
pub fn naming_by_form(
    withdrawn: bool,
    answer_by: DateTime<Utc>,
    phase: Phase,
    opened_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Naming {
    let in_time = phase == Phase::Upcoming && is_in_time(answer_by, opened_at, now);
    match naming(withdrawn, answer_by, phase, now) {
        Naming::Substitutes if in_time => Naming::Open,
        naming => naming,
    }
}

/// Whether an invited establishment may name somebody else instead of a
/// delegate: anybody who stands and has not come until the deadline, after it
/// the holder of a seat.
#[must_use]
pub fn may_change_nominee(
    naming: Naming,
    state: RegistrationState,
    phase: Phase,
    came: bool,
) -> bool {
    match naming {
        Naming::Open => state.is_active() && !came,
        Naming::Substitutes => may_substitute(state, phase, came),
        Naming::Over => false,
    }
}

/// Until when establishments are asked to answer, unless the organiser says
/// otherwise: 17:00 two days before registration closes, so that there is time
/// to call; when that is less than a day ahead, the closing itself; and when
/// registration has closed, the start.
#[must_use]
pub fn default_answer_by(
    closes_at: DateTime<Utc>,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let end = if closes_at > now {
        closes_at.min(starts_at)
    } else {
        starts_at
    };
    let day = crate::to_local(end - Duration::days(2)).date_naive();
    let evening = day
        .and_hms_opt(17, 0, 0)
        .and_then(|at| crate::VIETNAM.from_local_datetime(&at).single());
    match evening.map(|at| at.with_timezone(&Utc)) {
        Some(evening) if evening > now + Duration::days(1) && evening < end => evening,
        _ => end,
    }
}

/// How many more people come than there are seats if every place that is still
/// open to an establishment is taken; 0 when they fit.
#[must_use]
pub fn seats_short(capacity: u32, booked: u32, open_places: u32) -> u32 {
    (booked + open_places).saturating_sub(capacity)
}

/// One establishment to be invited, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteRow {
    /// The key of the establishment.
    pub establishment: i64,
    /// How many delegates it may name.
    pub quota: String,
    /// Whom the letter is addressed to; may be empty.
    pub contact_name: String,
    /// Where to call; may be empty.
    pub contact_phone: String,
    /// Where to write; may be empty.
    pub contact_email: String,
}

/// Invitations as typed: what differs in rows, what is the same for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    /// The establishments.
    pub rows: Vec<InviteRow>,
    /// The code of the letter's [`Lang`]; empty: Vietnamese.
    pub lang: String,
    /// Until when to answer, in local time.
    pub answer_by: String,
}

/// An establishment to be invited, well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    /// The key of the establishment.
    pub establishment: i64,
    /// How many delegates it may name.
    pub quota: u32,
    /// Whom the letter is addressed to; may be empty.
    pub contact_name: String,
    /// Where to call.
    pub contact_phone: Option<Phone>,
    /// Where to write.
    pub contact_email: Option<Email>,
}

/// Invitations, well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitations {
    /// The establishments.
    pub rows: Vec<NewInvitation>,
    /// The language of the letter.
    pub lang: Lang,
    /// Until when to answer.
    pub answer_by: DateTime<Utc>,
}

impl InviteForm {
    /// Checks every field and says all that is wrong at once; the fields of the
    /// first row are named `quota-0` and so on. `taken` are the delegates named
    /// already, fewer than whom a quota cannot be.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(
        &self,
        taken: u32,
        starts_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<NewInvitations, Problems> {
        let mut problems = Problems::default();
        let lang = problems.take("lang", term_or(&self.lang, Lang::Vi));
        let answer_by = parse_local(&self.answer_by).and_then(|at| match at {
            at if at <= now => Err(Reason::InThePast),
            at if at > starts_at => Err(Reason::AfterStart),
            at => Ok(at),
        });
        let answer_by = problems.take("answer_by", answer_by);
        if self.rows.is_empty() {
            problems.add("establishments", Reason::Required);
        }
        if let Err(reason) = check_number_invited(self.rows.len()) {
            problems.add("establishments", reason);
        }
        let rows: Vec<NewInvitation> = self
            .rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| row.check(at, taken, &mut problems))
            .collect();
        match (lang, answer_by) {
            (Some(lang), Some(answer_by)) if problems.is_empty() => Ok(NewInvitations {
                rows,
                lang,
                answer_by,
            }),
            _ => Err(problems),
        }
    }
}

/// Whether as many establishments can be invited at once.
///
/// # Errors
/// [`Reason::TooMany`] beyond [`MAX_INVITED`].
pub fn check_number_invited(number: usize) -> Result<(), Reason> {
    match number {
        number if number > MAX_INVITED => Err(Reason::TooMany(200)),
        _ => Ok(()),
    }
}

impl InviteRow {
    fn check(&self, at: usize, taken: u32, problems: &mut Problems) -> Option<NewInvitation> {
        let least = taken.max(1);
        let quota: Option<u32> = self.quota.trim().parse().ok();
        let quota = quota
            .filter(|quota| (least..=MAX_QUOTA.max(least)).contains(quota))
            .ok_or(Reason::NotInRange(
                least.into(),
                MAX_QUOTA.max(least).into(),
            ));
        let quota = problems.take(format!("quota-{at}"), quota);
        let name = problems.take(
            format!("contact_name-{at}"),
            optional_line(&self.contact_name, 100),
        );
        let phone = Phone::parse_optional(&self.contact_phone);
        let phone = problems.take(format!("contact_phone-{at}"), phone);
        let email = Email::parse_optional(&self.contact_email);
        let email = problems.take(format!("contact_email-{at}"), email);
        Some(NewInvitation {
            establishment: self.establishment,
            quota: quota?,
            contact_name: name?,
            contact_phone: phone?,
            contact_email: email?,
        })
    }
}

/// The delegates that an establishment names, as typed, and who names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NominationForm {
    /// Who names them.
    pub contact_name: String,
    /// Where to reach the contact.
    pub contact_phone: String,
    /// Where to write to the contact; may be empty.
    pub contact_email: String,
    /// The delegates; blank rows are left out.
    pub delegates: Vec<DelegateRow>,
    /// When the form was opened, as the server vouches for it.
    #[serde(skip)]
    pub opened_at: Option<DateTime<Utc>>,
}

/// The delegates that an establishment names, well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNomination {
    /// Who names them.
    pub contact_name: String,
    /// Where to reach the contact.
    pub contact_phone: Phone,
    /// Where to write to the contact.
    pub contact_email: Option<Email>,
    /// The delegates, at least one, each with the number of its row, from 1.
    pub delegates: Vec<(usize, NewRegistration)>,
}

impl NominationForm {
    /// The rows beyond how many can still be named, each with its problem. Blank
    /// ones do not count, and neither does one with the name of somebody who is
    /// `named` already: a form that is sent twice has them again.
    #[must_use]
    pub fn beyond_quota(&self, left: u32, named: &[String]) -> Problems {
        let mut known: Vec<&String> = named.iter().collect();
        let rows = self.delegates.iter().zip(1_usize..);
        let new = rows.filter(|(row, _)| !row.is_blank()).filter(|(row, _)| {
            let same = |name: &&String| same_name(name, &row.full_name);
            let place = known.iter().position(same);
            place.map(|at| known.remove(at)).is_none()
        });
        let mut problems = Problems::default();
        for (_, number) in new.skip(left as usize) {
            let field = format!("delegates.{number}.full_name");
            problems.add(field, Reason::MoreThanQuota(left));
        }
        problems
    }

    /// Checks every field and says all that is wrong at once, rows beyond the
    /// quota among it ([`NominationForm::beyond_quota`]): nobody mends rows first
    /// that cannot be taken. Who of them is somebody known is decided later.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields; those of a row are named
    /// `delegates.2.full_name` and so on, from 1.
    pub fn check(
        &self,
        establishment: &str,
        locality: &str,
        left: u32,
        named: &[String],
    ) -> Result<NewNomination, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("contact_name", person_name(&self.contact_name));
        let phone = problems.take("contact_phone", Phone::parse(&self.contact_phone));
        let email = Email::parse_optional(&self.contact_email);
        let email = problems.take("contact_email", email);
        let rows = &self.delegates;
        let delegates = check_rows(rows, MAX_QUOTA, establishment, locality, &mut problems);
        problems.0.extend(self.beyond_quota(left, named).0);
        problems.0.sort_by_key(|problem| row_number(&problem.field));
        let numbers = rows.iter().enumerate().filter(|(_, row)| !row.is_blank());
        match (name, phone, email) {
            (Some(contact_name), Some(contact_phone), Some(contact_email))
                if problems.is_empty() =>
            {
                Ok(NewNomination {
                    contact_name,
                    contact_phone,
                    contact_email,
                    delegates: numbers.map(|(at, _)| at + 1).zip(delegates).collect(),
                })
            }
            _ => Err(problems),
        }
    }
}

/// The number of the row that a field is of; 0 above the rows.
fn row_number(field: &str) -> usize {
    let row = field.strip_prefix("delegates.");
    let number = row.and_then(|row| row.split('.').next()?.parse().ok());
    number.unwrap_or(0)
}

/// Why nobody comes, as typed; may be empty.
///
/// # Errors
/// A problem with the field `decline_reason`.
pub fn decline_reason(typed: &str) -> Result<String, Problems> {
    optional_line(typed, 500).map_err(|reason| Problems::one("decline_reason", reason))
}

#[cfg(test)]
mod tests;
