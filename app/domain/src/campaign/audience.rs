//! To whom a message goes.

use crate::typed::terms;
use crate::{Coded, DelegateRole, Lang, Problems, Purpose, Reason, RegistrationState};
use serde::{Deserialize, Serialize};

/// Whether people came, and to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CameTo {
    /// Whether they came or not.
    #[default]
    Whatever,
    /// To any session.
    Some,
    /// To none.
    None,
    /// To this session, by its key.
    Session(i64),
    /// Not to this session.
    NotSession(i64),
}

impl CameTo {
    /// How a form names it; empty for [`CameTo::Whatever`].
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Whatever => String::new(),
            Self::Some => "some".to_owned(),
            Self::None => "none".to_owned(),
            Self::Session(id) => format!("session-{id}"),
            Self::NotSession(id) => format!("not-session-{id}"),
        }
    }

    /// Reads what [`CameTo::code`] wrote, of a workshop with these sessions.
    ///
    /// # Errors
    /// [`Reason::NotAChoice`], [`Reason::UnknownSession`].
    pub fn parse(code: &str, sessions: &[i64]) -> Result<Self, Reason> {
        let session = |id: &str| match id.parse() {
            Ok(id) if sessions.contains(&id) => Ok(id),
            Ok(_) => Err(Reason::UnknownSession),
            Err(_) => Err(Reason::NotAChoice),
        };
        match code.trim() {
            "" => Ok(Self::Whatever),
            "some" => Ok(Self::Some),
            "none" => Ok(Self::None),
            code => match (
                code.strip_prefix("session-"),
                code.strip_prefix("not-session-"),
            ) {
                (Some(id), _) => session(id).map(Self::Session),
                (_, Some(id)) => session(id).map(Self::NotSession),
                _ => Err(Reason::NotAChoice),
            },
        }
    }
}

/// To whom a message goes: who fits all of it. Kept as it was asked for, since
/// who fits is found when the message leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Audience {
    /// Where their registrations stand: one of these.
    pub states: Vec<RegistrationState>,
    /// Whether they came.
    pub came: CameTo,
    /// One of these roles; any when empty.
    pub roles: Vec<DelegateRole>,
    /// Of this establishment, by its key.
    pub establishment: Option<i64>,
    /// Of the locality with this name at the event.
    pub locality: Option<String>,
    /// Agreed to this and did not take it back.
    pub consent: Option<Purpose>,
    /// Read this language.
    pub lang: Option<Lang>,
}

/// To whom a message goes, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AudienceForm {
    /// Codes of the states; one at least.
    pub states: Vec<String>,
    /// As [`CameTo::code`] has it.
    pub came: String,
    /// Codes of the roles.
    pub roles: Vec<String>,
    /// The key of an establishment.
    pub establishment: String,
    /// The name of a locality.
    pub locality: String,
    /// The code of a purpose of consent.
    pub consent: String,
    /// The code of a language.
    pub lang: String,
}

impl AudienceForm {
    pub(super) fn check(&self, sessions: &[i64], problems: &mut Problems) -> Option<Audience> {
        let states = match terms::<RegistrationState>(&self.states) {
            Ok(states) if states.is_empty() => Err(Reason::NoneChosen),
            checked => checked,
        };
        let states = problems.take("states", states);
        let came = problems.take("came", CameTo::parse(&self.came, sessions));
        let roles = problems.take("audience_roles", terms(&self.roles));
        let establishment = match self.establishment.trim() {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| Reason::NotAChoice),
        };
        let establishment = problems.take("audience_establishment", establishment);
        let consent = problems.take("consent", optional(&self.consent));
        let lang = problems.take("audience_lang", optional(&self.lang));
        let locality = self.locality.trim();
        Some(Audience {
            states: states?,
            came: came?,
            roles: roles?,
            establishment: establishment?,
            locality: (!locality.is_empty()).then(|| locality.to_owned()),
            consent: consent?,
            lang: lang?,
        })
    }
}

impl From<&Audience> for AudienceForm {
    fn from(audience: &Audience) -> Self {
        fn codes<T: Coded>(terms: &[T]) -> Vec<String> {
            terms.iter().map(|term| term.code().to_owned()).collect()
        }
        fn code<T: Coded>(term: Option<T>) -> String {
            term.map_or("", Coded::code).to_owned()
        }
        Self {
            states: codes(&audience.states),
            came: audience.came.code(),
            roles: codes(&audience.roles),
            establishment: audience
                .establishment
                .map_or_else(String::new, |id| id.to_string()),
            locality: audience.locality.clone().unwrap_or_default(),
            consent: code(audience.consent),
            lang: code(audience.lang),
        }
    }
}

fn optional<T: Coded>(code: &str) -> Result<Option<T>, Reason> {
    match code.trim() {
        "" => Ok(None),
        code => T::from_code(code).map(Some).ok_or(Reason::NotAChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_reads_back() {
        let whole = Audience {
            states: vec![RegistrationState::Booked, RegistrationState::Waitlisted],
            came: CameTo::NotSession(7),
            roles: vec![DelegateRole::Owner],
            establishment: Some(3),
            locality: Some("Xã Mỏ Cày".to_owned()),
            consent: Some(Purpose::Materials),
            lang: Some(Lang::En),
        };
        let plain = Audience {
            states: vec![RegistrationState::Booked],
            ..Audience::default()
        };
        for audience in [whole, plain] {
            let mut problems = Problems::default();
            let form = AudienceForm::from(&audience);
            assert_eq!(
                form.check(&[6, 7], &mut problems).as_ref(),
                Some(&audience),
                "{problems:?}"
            );
            let written = serde_json::to_string(&audience).unwrap();
            assert_eq!(
                serde_json::from_str::<Audience>(&written).unwrap(),
                audience
            );
        }
    }

    #[test]
    fn whether_people_came_is_asked_of_the_sessions_there_are() {
        for (code, read) in [
            ("", Ok(CameTo::Whatever)),
            ("some", Ok(CameTo::Some)),
            ("none", Ok(CameTo::None)),
            ("session-6", Ok(CameTo::Session(6))),
            ("not-session-6", Ok(CameTo::NotSession(6))),
            ("session-9", Err(Reason::UnknownSession)),
            ("session-x", Err(Reason::NotAChoice)),
            ("never", Err(Reason::NotAChoice)),
        ] {
            assert_eq!(CameTo::parse(code, &[6]), read, "{code}");
        }
    }

    #[test]
    fn what_is_no_choice_stands_beside_its_field() {
        let mut problems = Problems::default();
        let form = AudienceForm {
            states: Vec::new(),
            came: "x".to_owned(),
            roles: vec!["king".to_owned()],
            establishment: "x".to_owned(),
            consent: "x".to_owned(),
            lang: "fr".to_owned(),
            ..AudienceForm::default()
        };
        assert_eq!(form.check(&[], &mut problems), None);
        assert_eq!(problems.of("states"), Some(&Reason::NoneChosen));
        for field in [
            "came",
            "audience_roles",
            "audience_establishment",
            "consent",
            "audience_lang",
        ] {
            assert_eq!(problems.of(field), Some(&Reason::NotAChoice), "{field}");
        }
    }
}
