//! One person whom an organiser writes down by hand.

use crate::coded::coded;
use crate::typed::optional_line;
use crate::{Coded, DelegateRow, NewRegistration, Problems, Reason, establishment_name};

coded! {
    /// What to do when no seat is left.
    WhenFull {
        /// To the end of the waiting list.
        Wait = "wait",
        /// A seat all the same, beyond those there are.
        Over = "over",
    }
}

/// One person as an organiser types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonForm {
    /// Name, role and contact.
    pub person: DelegateRow,
    /// Đơn vị.
    pub establishment: String,
    /// Địa bàn; may be empty.
    pub locality: String,
    /// The code of [`WhenFull`]; empty until it is asked for.
    pub when_full: String,
}

impl PersonForm {
    /// Checks every field. Neither phone nor address is needed: somebody may
    /// have come to the office.
    ///
    /// # Errors
    /// The [`Problems`].
    pub fn check(&self) -> Result<(NewRegistration, Option<WhenFull>), Problems> {
        let mut problems = Problems::default();
        let establishment = problems.take("establishment", establishment_name(&self.establishment));
        let locality = problems.take("locality", optional_line(&self.locality, 120));
        let when_full = match self.when_full.as_str() {
            "" => Ok(None),
            code => WhenFull::from_code(code)
                .map(Some)
                .ok_or(Reason::NotAChoice),
        };
        let when_full = problems.take("when_full", when_full);
        let place = establishment.zip(locality).unwrap_or_default();
        let person = self.person.check_alone(&place.0, &place.1, &mut problems);
        match (person, when_full) {
            (Some(person), Some(when_full)) if problems.is_empty() => Ok((person, when_full)),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_role_and_establishment_are_enough() {
        let mut form = PersonForm {
            person: DelegateRow {
                full_name: "Lê Thị Út".to_owned(),
                role: "owner".to_owned(),
                ..DelegateRow::default()
            },
            establishment: "CSSX Năm Lúa".to_owned(),
            ..PersonForm::default()
        };
        let (new, when_full) = form.check().unwrap();
        assert_eq!((new.phone, new.email, when_full), (None, None, None));
        assert!(!new.consents.reporting, "it is the person's own to give");
        form.when_full = "over".to_owned();
        assert_eq!(form.check().unwrap().1, Some(WhenFull::Over));
        form.when_full = "maybe".to_owned();
        form.establishment.clear();
        let problems = form.check().unwrap_err();
        assert_eq!(problems.of("when_full"), Some(&Reason::NotAChoice));
        assert_eq!(problems.of("establishment"), Some(&Reason::Required));
    }
}
