//! A registration as typed, and what is well formed.

use crate::{
    Answers, Coded, Consents, DelegateRole, Email, Phone, Problems, Reason, establishment_name,
    normalise,
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// A registration as typed: kept whole, so that nothing is lost when it comes
/// back with problems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegistrationForm {
    /// Họ và tên.
    pub full_name: String,
    /// Điện thoại.
    pub phone: String,
    /// E-mail; may be empty.
    pub email: String,
    /// The code of a [`DelegateRole`].
    pub role: String,
    /// Đơn vị, as typed.
    pub establishment: String,
    /// Địa bàn, as typed.
    pub locality: String,
    /// The boxes ticked.
    pub consents: Consents,
    /// What the workshop asks beside.
    pub answers: Answers,
    /// When the form was opened, as the server vouches for it.
    #[serde(skip)]
    pub opened_at: Option<DateTime<Utc>>,
}

/// A registration that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRegistration {
    /// Normalised full name.
    pub full_name: String,
    /// Absent only for a walk-in.
    pub phone: Option<Phone>,
    /// Where mail goes, if the person has an address.
    pub email: Option<Email>,
    /// What the person does.
    pub role: DelegateRole,
    /// The establishment's name as typed, normalised.
    pub establishment: String,
    /// The locality's name as typed, normalised; empty when not asked.
    pub locality: String,
    /// The consents given.
    pub consents: Consents,
}

impl RegistrationForm {
    /// Checks every field and says all that is wrong at once.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self) -> Result<NewRegistration, Problems> {
        let mut problems = Problems::default();
        let full_name = problems.take("full_name", person_name(&self.full_name));
        let phone = problems.take("phone", Phone::parse(&self.phone));
        let email = problems.take("email", Email::parse_optional(&self.email));
        let role = problems.take("role", delegate_role(&self.role));
        let establishment = problems.take("establishment", establishment_name(&self.establishment));
        let locality = problems.take("locality", clean_line(&self.locality, 120));
        if !self.consents.reporting {
            problems.add("consents.reporting", Reason::ConsentNeeded);
        }
        match (full_name, phone, email, role, establishment, locality) {
            (
                Some(full_name),
                Some(phone),
                Some(email),
                Some(role),
                Some(establishment),
                Some(locality),
            ) if problems.is_empty() => Ok(NewRegistration {
                full_name,
                phone: Some(phone),
                email,
                role,
                establishment,
                locality,
                consents: self.consents,
            }),
            _ => Err(problems),
        }
    }
}

/// A walk-in as typed at the door: three fields, and a phone for those who
/// have the time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WalkInForm {
    /// Họ và tên.
    pub full_name: String,
    /// Đơn vị.
    pub establishment: String,
    /// The code of a [`DelegateRole`].
    pub role: String,
    /// Điện thoại; may be empty.
    pub phone: String,
}

impl WalkInForm {
    /// Checks the fields. The door asks nobody for consents in writing: a
    /// walk-in agrees to be recorded by signing in, and to nothing more.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self) -> Result<NewRegistration, Problems> {
        let mut problems = Problems::default();
        let full_name = problems.take("full_name", person_name(&self.full_name));
        let establishment = problems.take("establishment", establishment_name(&self.establishment));
        let role = problems.take("role", delegate_role(&self.role));
        let phone = problems.take("phone", Phone::parse_optional(&self.phone));
        match (full_name, establishment, role, phone) {
            (Some(full_name), Some(establishment), Some(role), Some(phone))
                if problems.is_empty() =>
            {
                Ok(NewRegistration {
                    full_name,
                    phone,
                    email: None,
                    role,
                    establishment,
                    locality: String::new(),
                    consents: Self::consents(),
                })
            }
            _ => Err(problems),
        }
    }

    /// What a walk-in agrees to by signing in.
    #[must_use]
    pub fn consents() -> Consents {
        Consents {
            reporting: true,
            ..Consents::default()
        }
    }
}

/// The least time in which somebody fills in a form.
pub const SHORTEST_FILLING: Duration = Duration::seconds(2);

/// Whether a form came sooner than anybody types, or without having been
/// opened; so programs give themselves away without a puzzle for people.
#[must_use]
pub fn is_too_quick(opened_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    opened_at.is_none_or(|opened| now - opened < SHORTEST_FILLING)
}

/// One required line of text, normalised.
///
/// # Errors
/// [`Reason::Required`] or [`Reason::TooLong`].
pub fn clean_line(typed: &str, max: u32) -> Result<String, Reason> {
    let line = normalise(typed);
    if line.is_empty() {
        Err(Reason::Required)
    } else if line.chars().count() > max as usize {
        Err(Reason::TooLong(max))
    } else {
        Ok(line)
    }
}

/// The full name of a person in one line, of a hundred characters at most.
///
/// # Errors
/// [`Reason::Required`], [`Reason::TooLong`], and [`Reason::NotAName`] where no
/// letter is in it.
pub fn person_name(typed: &str) -> Result<String, Reason> {
    let name = clean_line(typed, 100)?;
    if name.chars().any(char::is_alphabetic) {
        Ok(name)
    } else {
        Err(Reason::NotAName)
    }
}

pub(crate) fn delegate_role(typed: &str) -> Result<DelegateRole, Reason> {
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    DelegateRole::from_code(typed).ok_or(Reason::NotAChoice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_problems_are_said_at_once_in_the_order_of_the_fields() {
        let form = RegistrationForm {
            full_name: " 12 ".into(),
            phone: "123".into(),
            email: "x".into(),
            role: "king".into(),
            establishment: "x".repeat(201),
            ..RegistrationForm::default()
        };
        let problems = form.check().unwrap_err().0;
        let said: Vec<_> = problems
            .iter()
            .map(|p| (p.field.as_ref(), p.reason.code()))
            .collect();
        assert_eq!(
            said,
            [
                ("full_name", "not_a_name"),
                ("phone", "not_a_phone"),
                ("email", "not_an_email"),
                ("role", "not_a_choice"),
                ("establishment", "too_long"),
                ("locality", "required"),
                ("consents.reporting", "consent_needed"),
            ]
        );
    }

    #[test]
    fn nobody_types_in_less_than_two_seconds() {
        let opened = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
        let after = |ms| is_too_quick(Some(opened), opened + Duration::milliseconds(ms));
        assert_eq!([-5, 0, 1999, 2000].map(after), [true, true, true, false]);
        assert!(is_too_quick(None, opened));
    }

    #[test]
    fn a_walk_in_needs_three_fields() {
        let form = WalkInForm {
            full_name: "Lê Thị Út".into(),
            establishment: "CSSX Năm Lúa".into(),
            role: "owner".into(),
            phone: String::new(),
        };
        let new = form.check().unwrap();
        assert_eq!((new.phone, new.consents.given().count()), (None, 1));
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_checking_panic(full_name in any::<String>(), phone in any::<String>(), role in any::<String>()) {
            let _ = RegistrationForm { full_name, phone, role, ..RegistrationForm::default() }.check();
        }
    }
}
