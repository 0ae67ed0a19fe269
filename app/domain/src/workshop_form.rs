//! What is asked of a workshop.

use crate::session::optional_line;
use crate::time::parse_time;
use crate::{
    CancelRule, CertificateRule, Coded, DelegateRole, Email, NewSession, Phone, Problems, Reason,
    Sector, SessionForm, Slug, WorkshopFormat, WorkshopKind, clean_line, normalise,
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
    /// The code of a [`CancelRule`]; any time when empty.
    pub cancel_rule: String,
    /// The moment of [`CancelRule::Until`].
    pub cancel_until: String,
    /// The code of a [`CertificateRule`]; none when empty.
    pub certificate_rule: String,
    /// Hold it although a room or a trainer is taken at that time.
    pub allow_clash: bool,
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
    /// Until when people may give up their registration themselves.
    pub cancel_rule: CancelRule,
    /// The moment of [`CancelRule::Until`].
    pub cancel_until: Option<DateTime<Utc>>,
    /// Who gets a certificate.
    pub certificate_rule: CertificateRule,
    /// Hold it although a room or a trainer is taken at that time.
    pub allow_clash: bool,
}

/// The most seats a workshop can have.
pub const MAX_CAPACITY: u32 = 5000;

/// How long before the start a minimum must be reached, unless said otherwise.
const MINIMUM_BEFORE: Duration = Duration::days(3);

impl WorkshopForm {
    /// Checks every field and says all that is wrong at once.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self, now: DateTime<Utc>) -> Result<NewWorkshop, Problems> {
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
        let needs_place = format.is_none_or(WorkshopFormat::has_place);
        let session = match self.session.check(needs_place) {
            Ok(session) => Some(session),
            Err(found) => {
                problems.0.extend(found.0);
                None
            }
        };
        let starts_at = session.as_ref().map(|session| session.starts_at);
        let capacity = problems.take("capacity", in_range(&self.capacity, 1));
        let minimum = self.minimum(&mut problems, capacity, starts_at);
        let window = self.window(&mut problems, now, session.as_ref());
        let cancel_rule = term_or(&self.cancel_rule, CancelRule::AnyTime);
        let cancel_rule = problems.take("cancel_rule", cancel_rule);
        let cancel_until = self.cancel_until(&mut problems, cancel_rule, starts_at);
        let certificate_rule = term_or(&self.certificate_rule, CertificateRule::None);
        let certificate_rule = problems.take("certificate_rule", certificate_rule);
        if !problems.is_empty() {
            return Err(problems);
        }
        let whole = || {
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
                cancel_rule: cancel_rule?,
                cancel_until,
                certificate_rule: certificate_rule?,
                allow_clash: self.allow_clash,
            })
        };
        whole().ok_or(problems)
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

    fn window(
        &self,
        problems: &mut Problems,
        now: DateTime<Utc>,
        session: Option<&NewSession>,
    ) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let starts_at = session.map(|session| session.starts_at);
        // What is written down after the event was open for a week before it.
        let default = match starts_at {
            Some(start) if start <= now => start - Duration::days(7),
            _ => now,
        };
        let opens_at = problems.take("opens_at", time_or(&self.opens_at, Some(default)));
        let closes_at = problems.take("closes_at", time_or(&self.closes_at, starts_at));
        let (opens_at, closes_at) = (opens_at.flatten()?, closes_at.flatten()?);
        if closes_at <= opens_at {
            let field = if self.closes_at.trim().is_empty() {
                "opens_at"
            } else {
                "closes_at"
            };
            problems.add(field, Reason::EndNotAfterStart);
        } else if session.is_some_and(|session| opens_at >= session.ends_at) {
            problems.add("opens_at", Reason::AfterStart);
        } else if session.is_some_and(|session| closes_at > session.ends_at) {
            problems.add("closes_at", Reason::ClosesAfterEnd);
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

impl CancelRule {
    /// Whether somebody may still give up a registration at a moment, as far
    /// as this rule goes.
    #[must_use]
    pub fn allows(self, until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        match self {
            Self::AnyTime => true,
            Self::Until => until.is_none_or(|until| now < until),
            Self::Never => false,
        }
    }
}

/// Several lines, each normalised; 4000 characters at most.
pub(crate) fn optional_text(typed: &str) -> Result<String, Reason> {
    let lines: Vec<String> = typed.lines().map(normalise).collect();
    let text = lines.join("\n").trim().to_owned();
    if text.chars().count() > 4000 {
        Err(Reason::TooLong(4000))
    } else {
        Ok(text)
    }
}

fn optional_slug(typed: &str) -> Result<Option<Slug>, Reason> {
    match Slug::parse(typed) {
        Ok(slug) => Ok(Some(slug)),
        Err(Reason::Required) => Ok(None),
        Err(reason) => Err(reason),
    }
}

/// The address of a page; https, or http where a centre has nothing else.
fn optional_link(typed: &str) -> Result<String, Reason> {
    let typed = optional_line(typed, 500)?;
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| typed.strip_prefix(scheme));
    match host {
        _ if typed.is_empty() => Ok(typed),
        Some(host) if host.contains('.') && !typed.contains(char::is_whitespace) => Ok(typed),
        _ => Err(Reason::NotALink),
    }
}

fn optional_phone(typed: &str) -> Result<String, Reason> {
    match normalise(typed) {
        typed if typed.is_empty() => Ok(typed),
        typed => Phone::parse(&typed).map(|phone| phone.as_str().to_owned()),
    }
}

fn optional_email(typed: &str) -> Result<String, Reason> {
    Ok(Email::parse_optional(typed)?.map_or_else(String::new, |email| email.as_str().to_owned()))
}

fn term_or<T: Coded>(code: &str, default: T) -> Result<T, Reason> {
    match code.trim() {
        "" => Ok(default),
        code => T::from_code(code).ok_or(Reason::NotAChoice),
    }
}

fn terms<T: Coded>(codes: &[String]) -> Result<Vec<T>, Reason> {
    codes
        .iter()
        .map(|code| T::from_code(code).ok_or(Reason::NotAChoice))
        .collect()
}

fn in_range(typed: &str, least: u32) -> Result<u32, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    typed
        .parse()
        .ok()
        .filter(|number| (least..=MAX_CAPACITY).contains(number))
        .ok_or(Reason::NotInRange(
            i64::from(least),
            i64::from(MAX_CAPACITY),
        ))
}

/// A time that has a default. The default is itself missing when another
/// field is wrong; that field's problem is then enough.
fn time_or(typed: &str, default: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, Reason> {
    match parse_time(typed) {
        Err(Reason::Required) => Ok(default),
        parsed => parsed.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;

    fn now() -> DateTime<Utc> {
        parse_local("2026-11-01T08:00").unwrap()
    }

    fn at(starts_at: &str, ends_at: &str) -> SessionForm {
        SessionForm {
            room: "Hội trường".into(),
            starts_at: starts_at.into(),
            ends_at: ends_at.into(),
            ..SessionForm::default()
        }
    }

    fn form() -> WorkshopForm {
        WorkshopForm {
            title_vi: "Kỹ năng đánh giá SXSH".into(),
            session: at("2026-11-26T07:30", "2026-11-26T11:30"),
            capacity: "60".into(),
            ..WorkshopForm::default()
        }
    }

    fn said(form: &WorkshopForm) -> Vec<String> {
        let problems = form.check(now()).unwrap_err().0;
        problems
            .iter()
            .map(|p| format!("{} {}", p.field, p.reason.code()))
            .collect()
    }

    #[test]
    fn what_is_left_empty_has_a_sensible_default() {
        let new = form().check(now()).unwrap();
        assert_eq!(
            (new.opens_at, new.closes_at),
            (now(), new.session.starts_at)
        );
        assert_eq!((new.kind, new.slug), (WorkshopKind::Awareness, None));
        assert_eq!(new.format, WorkshopFormat::InPerson);
        assert_eq!(new.cancel_rule, CancelRule::AnyTime);
        assert_eq!(new.minimum, None);
        let minimum = WorkshopForm {
            minimum: "20".into(),
            ..form()
        };
        let by = parse_local("2026-11-23T07:30").unwrap();
        assert_eq!(minimum.check(now()).unwrap().minimum, Some((20, by)));
    }

    #[test]
    fn times_that_cannot_be() {
        for ends_at in ["2026-11-26T07:30", "2026-11-26T07:00"] {
            let backwards = WorkshopForm {
                session: at("2026-11-26T07:30", ends_at),
                ..form()
            };
            assert_eq!(said(&backwards), ["ends_at end_not_after_start"]);
        }
        let with = |change: fn(&mut WorkshopForm)| {
            let mut form = form();
            change(&mut form);
            said(&form)
        };
        assert_eq!(
            with(|form| form.closes_at = "2026-11-27T07:30".into()),
            ["closes_at closes_after_end"]
        );
        assert_eq!(
            with(|form| form.opens_at = "2026-11-26T08:00".into()),
            ["opens_at end_not_after_start"]
        );
        assert_eq!(
            with(|form| {
                form.opens_at = "2026-11-27T08:00".into();
                form.closes_at = "2026-11-28T08:00".into();
            }),
            ["opens_at after_start"]
        );
        assert_eq!(
            with(|form| {
                form.session.starts_at = "soon".into();
                form.capacity = "0".into();
            }),
            ["starts_at not_a_time", "capacity not_in_range"]
        );
        assert_eq!(
            with(|form| {
                form.minimum = "61".into();
                form.minimum_by = "2026-11-26T07:30".into();
                form.cancel_rule = "until".into();
                form.cancel_until = "2026-11-26T07:31".into();
            }),
            [
                "minimum more_than_seats",
                "minimum_by after_start",
                "cancel_until after_start"
            ]
        );
    }

    #[test]
    fn only_those_online_need_no_place() {
        let placeless = |format: &str| WorkshopForm {
            format: format.into(),
            session: SessionForm {
                room: String::new(),
                ..form().session
            },
            ..form()
        };
        assert!(placeless("online").check(now()).is_ok());
        for format in ["", "in_person", "hybrid"] {
            assert_eq!(said(&placeless(format)), ["room required"], "{format}");
        }
    }

    #[test]
    fn odd_contacts_links_and_terms() {
        let odd = WorkshopForm {
            roles: vec!["king".into()],
            sectors: vec!["coconut".into(), "gold".into()],
            online_link: "zoom, phòng 3".into(),
            contact_phone: "12".into(),
            contact_email: "@".into(),
            certificate_rule: "gold".into(),
            ..form()
        };
        assert_eq!(
            said(&odd),
            [
                "roles not_a_choice",
                "sectors not_a_choice",
                "online_link not_a_link",
                "contact_phone not_a_phone",
                "contact_email not_an_email",
                "certificate_rule not_a_choice"
            ]
        );
    }

    #[test]
    fn giving_up_by_the_rule() {
        let until = Some(now() + Duration::days(1));
        let later = now() + Duration::days(2);
        for (rule, soon, late) in [
            (CancelRule::AnyTime, true, true),
            (CancelRule::Until, true, false),
            (CancelRule::Never, false, false),
        ] {
            assert_eq!(rule.allows(until, now()), soon, "{rule}");
            assert_eq!(rule.allows(until, later), late, "{rule}");
        }
    }
}
