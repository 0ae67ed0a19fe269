//! A trainer of the register, as entered.

use crate::registration_form::person_name;
use crate::typed::optional_line;
use crate::{Email, Phone, Problems, Reason};

/// A trainer as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainerForm {
    /// Family, middle and given name.
    pub full_name: String,
    /// Where they work; may be empty.
    pub affiliation: String,
    /// What they teach; may be empty.
    pub fields: String,
    /// May be empty.
    pub phone: String,
    /// May be empty.
    pub email: String,
    /// The key of an account; empty for none.
    pub account: String,
}

/// A trainer who is well described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTrainer {
    /// Family, middle and given name.
    pub full_name: String,
    /// Where they work, or empty.
    pub affiliation: String,
    /// What they teach, or empty.
    pub fields: String,
    /// How to call them.
    pub phone: Option<Phone>,
    /// How to write to them.
    pub email: Option<Email>,
    /// The account with which they sign in.
    pub account: Option<i64>,
}

impl TrainerForm {
    /// Checks every field and says all that is wrong at once. Whether the
    /// account is a trainer's is for the deed to see.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self) -> Result<NewTrainer, Problems> {
        let mut problems = Problems::default();
        let full_name = problems.take("full_name", person_name(&self.full_name));
        let affiliation = problems.take("affiliation", optional_line(&self.affiliation, 200));
        let fields = problems.take("trainer_fields", optional_line(&self.fields, 300));
        let phone = problems.take("phone", optional_phone(&self.phone));
        let email = problems.take("email", Email::parse_optional(&self.email));
        let account = problems.take("account", optional_key(&self.account));
        match (full_name, affiliation, fields, phone, email, account) {
            (
                Some(full_name),
                Some(affiliation),
                Some(fields),
                Some(phone),
                Some(email),
                Some(account),
            ) => Ok(NewTrainer {
                full_name,
                affiliation,
                fields,
                phone,
                email,
                account,
            }),
            _ => Err(problems),
        }
    }
}

fn optional_phone(typed: &str) -> Result<Option<Phone>, Reason> {
    match Phone::parse(typed) {
        Err(Reason::Required) => Ok(None),
        parsed => parsed.map(Some),
    }
}

fn optional_key(typed: &str) -> Result<Option<i64>, Reason> {
    match typed.trim() {
        "" => Ok(None),
        key => key.parse().map(Some).map_err(|_| Reason::NotAChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trainer_needs_a_name_alone() {
        let form = TrainerForm {
            full_name: "Lê  Thị Nhung".to_owned(),
            ..TrainerForm::default()
        };
        let trainer = form.check().unwrap();
        assert_eq!(trainer.full_name, "Lê Thị Nhung");
        assert_eq!((trainer.phone, trainer.account), (None, None));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let form = TrainerForm {
            full_name: "123".to_owned(),
            phone: "12".to_owned(),
            email: "nobody".to_owned(),
            account: "x".to_owned(),
            ..TrainerForm::default()
        };
        let problems = form.check().unwrap_err();
        let fields: Vec<_> = problems.0.iter().map(|one| one.field.as_ref()).collect();
        assert_eq!(fields, ["full_name", "phone", "email", "account"]);
    }
}
