//! Several delegates named by one contact, who is kept apart from them.

use crate::registration_form::{clean_line, delegate_role, person_name};
use crate::{
    Consents, Email, NewRegistration, Phone, Problems, Reason, establishment_name, same_name,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most delegates that are registered together.
pub const MAX_PARTY: u32 = 20;

/// One delegate as a colleague types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DelegateRow {
    /// Họ và tên.
    pub full_name: String,
    /// The code of a [`crate::DelegateRole`].
    pub role: String,
    /// Điện thoại; may be empty, and may be the contact's own.
    pub phone: String,
    /// E-mail; may be empty, and may be shared.
    pub email: String,
}

impl DelegateRow {
    /// Whether nothing was typed into the row.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.full_name, &self.role, &self.phone, &self.email]
            .iter()
            .all(|typed| typed.trim().is_empty())
    }

    /// Checks one row; `number` counts from 1 and stands in the names of the
    /// fields, as in `delegates.2.phone`. The person's own consent is not the
    /// colleague's to give: it is pending.
    pub fn check(
        &self,
        number: usize,
        establishment: &str,
        locality: &str,
        problems: &mut Problems,
    ) -> Option<NewRegistration> {
        self.check_as(
            |name| format!("delegates.{number}.{name}"),
            establishment,
            locality,
            problems,
        )
    }

    /// As [`DelegateRow::check`], for a form about one delegate alone.
    pub fn check_alone(
        &self,
        establishment: &str,
        locality: &str,
        problems: &mut Problems,
    ) -> Option<NewRegistration> {
        self.check_as(str::to_owned, establishment, locality, problems)
    }

    fn check_as(
        &self,
        field: impl Fn(&str) -> String,
        establishment: &str,
        locality: &str,
        problems: &mut Problems,
    ) -> Option<NewRegistration> {
        let full_name = problems.take(field("full_name"), person_name(&self.full_name));
        let role = problems.take(field("role"), delegate_role(&self.role));
        let phone = problems.take(field("phone"), Phone::parse_optional(&self.phone));
        let email = problems.take(field("email"), Email::parse_optional(&self.email));
        Some(NewRegistration {
            full_name: full_name?,
            phone: phone?,
            email: email?,
            role: role?,
            establishment: establishment.to_owned(),
            locality: locality.to_owned(),
            consents: Consents::default(),
        })
    }
}

/// Several delegates as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartyForm {
    /// Who registers them.
    pub contact_name: String,
    /// Where to reach the contact.
    pub contact_phone: String,
    /// Where to write to the contact; may be empty.
    pub contact_email: String,
    /// Đơn vị, one for all.
    pub establishment: String,
    /// Địa bàn, one for all.
    pub locality: String,
    /// The delegates; blank rows are left out.
    pub delegates: Vec<DelegateRow>,
    /// That the delegates know of it.
    pub told: bool,
    /// When the form was opened, as the server vouches for it.
    #[serde(skip)]
    pub opened_at: Option<DateTime<Utc>>,
}

/// Several delegates, well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewParty {
    /// Who registers them.
    pub contact_name: String,
    /// Where to reach the contact.
    pub contact_phone: Phone,
    /// Where to write to the contact.
    pub contact_email: Option<Email>,
    /// The delegates, at least one.
    pub delegates: Vec<NewRegistration>,
}

impl PartyForm {
    /// Checks every field and says all that is wrong at once.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self) -> Result<NewParty, Problems> {
        let mut problems = Problems::default();
        let contact_name = problems.take("contact_name", person_name(&self.contact_name));
        let contact_phone = problems.take("contact_phone", Phone::parse(&self.contact_phone));
        let contact_email =
            problems.take("contact_email", Email::parse_optional(&self.contact_email));
        let establishment = problems.take("establishment", establishment_name(&self.establishment));
        let locality = problems.take("locality", clean_line(&self.locality, 120));
        let place = establishment.zip(locality).unwrap_or_default();
        let delegates = check_rows(
            &self.delegates,
            MAX_PARTY,
            &place.0,
            &place.1,
            &mut problems,
        );
        if !self.told {
            problems.add("told", Reason::ConsentNeeded);
        }
        match (contact_name, contact_phone, contact_email) {
            (Some(contact_name), Some(contact_phone), Some(contact_email))
                if problems.is_empty() =>
            {
                Ok(NewParty {
                    contact_name,
                    contact_phone,
                    contact_email,
                    delegates,
                })
            }
            _ => Err(problems),
        }
    }
}

/// How many of several people, by name and phone, have the phone of another of
/// them, or of the contact who registered them: whoever types for others may have
/// put down their own, and news reaches nobody else then. The contact may be one
/// of them.
#[must_use]
pub fn sharing_phone<'a>(
    people: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    (contact_name, contact_phone): (&str, &str),
) -> u32 {
    let mut having = BTreeMap::<&str, Vec<&str>>::new();
    for (name, phone) in people {
        if let Some(phone) = phone {
            having.entry(phone).or_default().push(name);
        }
    }
    let shared = having.iter().map(|(phone, names)| match names.as_slice() {
        [name] if *phone != contact_phone || same_name(name, contact_name) => 0,
        names => u32::try_from(names.len()).unwrap_or(u32::MAX),
    });
    shared.sum()
}

/// Checks the rows that are not blank; at least one and at most `most` of them.
pub(crate) fn check_rows(
    rows: &[DelegateRow],
    most: u32,
    establishment: &str,
    locality: &str,
    problems: &mut Problems,
) -> Vec<NewRegistration> {
    let filled = rows.iter().filter(|row| !row.is_blank()).count();
    if filled == 0 {
        problems.add("delegates.1.full_name", Reason::Required);
    } else if filled > most as usize {
        let first_too_many = format!("delegates.{}.full_name", most + 1);
        problems.add(first_too_many, Reason::NotInRange(1, i64::from(most)));
    }
    rows.iter()
        .enumerate()
        .filter(|(_, row)| !row.is_blank())
        .filter_map(|(at, row)| row.check(at + 1, establishment, locality, problems))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str) -> DelegateRow {
        DelegateRow {
            full_name: name.into(),
            role: "technician".into(),
            ..DelegateRow::default()
        }
    }

    fn party(delegates: Vec<DelegateRow>) -> PartyForm {
        PartyForm {
            contact_name: "Trần Thị Hoa".into(),
            contact_phone: "0950000001".into(),
            establishment: "HTX Lá Biếc".into(),
            locality: "Ba Tri".into(),
            told: true,
            delegates,
            ..PartyForm::default()
        }
    }

    #[test]
    fn blank_rows_are_left_out_and_nobody_consents_for_another() {
        let form = party(vec![row("Lê An"), DelegateRow::default(), row("Lê Bình")]);
        let new = form.check().unwrap();
        assert_eq!(new.delegates.len(), 2);
        assert!(
            new.delegates
                .iter()
                .all(|one| { one.phone.is_none() && one.consents.given().count() == 0 })
        );
    }

    #[test]
    fn a_phone_of_several_is_counted() {
        let contact = ("Trần Thị Hoa", "9");
        let sharing = |phones: &[Option<&'static str>]| {
            sharing_phone(phones.iter().map(|phone| ("Lê An", *phone)), contact)
        };
        assert_eq!(sharing(&[Some("1"), None, Some("2"), None]), 0);
        let phones = [Some("1"), Some("2"), Some("1"), Some("1"), None, Some("2")];
        assert_eq!(sharing(&phones), 5);
        assert_eq!(sharing(&[Some("9"), Some("1")]), 1, "that of the contact");
        let with_contact = [("tran thi hoa", Some("9")), ("Lê An", Some("1"))];
        assert_eq!(sharing_phone(with_contact, contact), 0, "who comes, too");
        let with_contact = [("Trần Thị Hoa", Some("9")), ("Lê An", Some("9"))];
        assert_eq!(sharing_phone(with_contact, contact), 2);
    }

    #[test]
    fn problems_name_the_row() {
        let mut second = row("Lê Bình");
        second.phone = "12".into();
        let problems = party(vec![row("Lê An"), second]).check().unwrap_err();
        assert_eq!(problems.of("delegates.2.phone"), Some(&Reason::NotAPhone));
        let none = party(vec![DelegateRow::default()]).check().unwrap_err();
        assert_eq!(none.of("delegates.1.full_name"), Some(&Reason::Required));
        let many = party(vec![row("Lê An"); 21]).check().unwrap_err();
        assert_eq!(
            many.of("delegates.21.full_name"),
            Some(&Reason::NotInRange(1, 20))
        );
    }
}
