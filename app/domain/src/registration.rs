//! Registering: what is asked, what it may become.

use crate::coded::coded;
use crate::{Coded, Consents, DelegateRole, Email, Phone, Problems, Reason, normalise};
use serde::{Deserialize, Serialize};

coded! {
    /// The state of a registration (Totara's terms).
    RegistrationState {
        /// Holds a seat.
        Booked = "booked",
        /// On the waiting list, in order of arrival.
        Waitlisted = "waitlisted",
        /// Cancelled by the person or the organiser.
        Cancelled = "cancelled",
        /// Somebody else came instead, with a registration of their own.
        Substituted = "substituted",
    }
}

impl RegistrationState {
    /// Whether the registration still stands; one person has at most one such
    /// registration per workshop.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(self, Self::Booked | Self::Waitlisted)
    }
}

coded! {
    /// How a registration came in.
    RegistrationSource {
        /// By the public page.
        Online = "online",
        /// By the JSON door.
        Api = "api",
        /// From a file.
        Import = "import",
        /// Came to the door without being registered.
        WalkIn = "walk_in",
        /// Came instead of somebody registered.
        Substitute = "substitute",
    }
}

impl RegistrationSource {
    /// Whether it was made before the day. Only these are called registered;
    /// a walk-in or a substitute never was.
    #[must_use]
    pub fn is_ahead(self) -> bool {
        !matches!(self, Self::WalkIn | Self::Substitute)
    }
}

/// What can happen to a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationMove {
    /// A waiting person gets a seat.
    Promote,
    /// The person or the organiser gives it up.
    Cancel,
    /// Somebody else comes instead.
    Substitute,
}

/// The state after a move; none when the move is not legal.
#[must_use]
pub fn advance(state: RegistrationState, step: RegistrationMove) -> Option<RegistrationState> {
    use RegistrationState::{Booked, Cancelled, Substituted, Waitlisted};
    match (state, step) {
        (Waitlisted, RegistrationMove::Promote) => Some(Booked),
        (Booked | Waitlisted, RegistrationMove::Cancel) => Some(Cancelled),
        (Booked, RegistrationMove::Substitute) => Some(Substituted),
        _ => None,
    }
}

/// Whether its holder may still give a registration up: where the workshop's
/// rule allows it now, before it begins, and not after being checked in.
#[must_use]
pub fn may_give_up(state: RegistrationState, allowed: bool, begun: bool, came: bool) -> bool {
    allowed && !begun && !came && advance(state, RegistrationMove::Cancel).is_some()
}

/// Whether taking back a check-in also takes back the registration: a walk-in
/// is registered by coming, so one who came to nothing was never there.
#[must_use]
pub fn undo_cancels(
    source: RegistrationSource,
    state: RegistrationState,
    still_came: bool,
) -> bool {
    source == RegistrationSource::WalkIn && state == RegistrationState::Booked && !still_came
}

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
        let role = problems.take("role", role(&self.role));
        let establishment = problems.take("establishment", clean_line(&self.establishment, 200));
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
        let establishment = problems.take("establishment", clean_line(&self.establishment, 200));
        let role = problems.take("role", role(&self.role));
        let phone = match Phone::parse(&self.phone) {
            Err(Reason::Required) => None,
            parsed => problems.take("phone", parsed),
        };
        match (full_name, establishment, role) {
            (Some(full_name), Some(establishment), Some(role)) if problems.is_empty() => {
                Ok(NewRegistration {
                    full_name,
                    phone,
                    email: None,
                    role,
                    establishment,
                    locality: String::new(),
                    consents: Consents {
                        reporting: true,
                        ..Consents::default()
                    },
                })
            }
            _ => Err(problems),
        }
    }
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

pub(crate) fn person_name(typed: &str) -> Result<String, Reason> {
    let name = clean_line(typed, 100)?;
    if name.chars().any(char::is_alphabetic) {
        Ok(name)
    } else {
        Err(Reason::NotAName)
    }
}

fn role(typed: &str) -> Result<DelegateRole, Reason> {
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
    fn the_table_of_moves() {
        use RegistrationMove::{Cancel, Promote, Substitute};
        use RegistrationState::{Booked, Cancelled, Substituted, Waitlisted};
        let table = [
            (Booked, [None, Some(Cancelled), Some(Substituted)]),
            (Waitlisted, [Some(Booked), Some(Cancelled), None]),
            (Cancelled, [None, None, None]),
            (Substituted, [None, None, None]),
        ];
        for (state, after) in table {
            assert_eq!(
                [Promote, Cancel, Substitute].map(|step| advance(state, step)),
                after,
                "{state}"
            );
        }
    }

    #[test]
    fn what_has_begun_or_was_used_is_not_given_up() {
        for state in RegistrationState::ALL.iter().copied() {
            assert_eq!(may_give_up(state, true, false, false), state.is_active());
            assert!(!may_give_up(state, false, false, false));
            assert!(!may_give_up(state, true, true, false));
            assert!(!may_give_up(state, true, false, true));
        }
    }

    #[test]
    fn only_a_walk_in_without_a_check_in_goes_with_it() {
        use RegistrationState::{Booked, Cancelled};
        for source in RegistrationSource::ALL.iter().copied() {
            let walk_in = source == RegistrationSource::WalkIn;
            assert_eq!(undo_cancels(source, Booked, false), walk_in);
            assert!(!undo_cancels(source, Booked, true));
            assert!(!undo_cancels(source, Cancelled, false));
        }
    }

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
