//! Changing how to reach a registrant.

use crate::audit::{Entry, record};
use crate::entity::registration;
use crate::registration::{load, person_of, stands_alone};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{ContactBy, Email, Phone, Problems, Reason, becomes_unreachable, contact_after};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::json;

/// A phone and an address as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactForm {
    /// The phone.
    pub phone: String,
    /// The address for mail.
    pub email: String,
    /// Whether it is meant that nobody can reach the person any more.
    pub unreachable: bool,
}

impl Services {
    /// Changes phone and address, by the holder. The address is that of this
    /// registration; what is known of the person follows [`contact_after`].
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems, at `unreachable` when nobody
    /// could reach the person any more and that was not confirmed;
    /// [`Failure::NotFound`] for a wrong address of the page.
    pub async fn change_contact(&self, ticket: &str, form: &ContactForm) -> Result<(), Failure> {
        let found = self.registration_by_ticket(ticket).await?;
        let contact = &check_contact(form)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, found.workshop_id).await?;
                let row = load(&*tx, found.id).await?;
                write_contact(&tx, &Actor::Anonymous, row, contact, now).await
            })
            .await
    }
}

/// How to reach somebody, well formed; both may be unknown.
pub(crate) struct Contact {
    phone: Option<String>,
    email: Option<String>,
    /// Whether both may become unknown.
    unreachable: bool,
}

/// Checks both fields.
pub(crate) fn check_contact(form: &ContactForm) -> Result<Contact, Failure> {
    let mut problems = Problems::default();
    let phone = problems.take("phone", Phone::parse_optional(&form.phone));
    let email = problems.take("email", Email::parse_optional(&form.email));
    match (phone, email) {
        (Some(phone), Some(email)) => Ok(Contact {
            phone: phone.map(|phone| phone.as_str().to_owned()),
            email: email.map(|email| email.as_str().to_owned()),
            unreachable: form.unreachable,
        }),
        _ => Err(Failure::Invalid(problems)),
    }
}

/// Writes a contact down, under the workshop's lock: by the holder, who has no
/// account, or by an organiser.
pub(crate) async fn write_contact(
    tx: &Tx,
    actor: &Actor,
    row: registration::Model,
    contact: &Contact,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let Contact { phone, email, .. } = contact;
    let by = match actor {
        Actor::Anonymous => ContactBy::Holder,
        _ => ContactBy::Organizer,
    };
    let person = person_of(&**tx, &row).await?;
    let elsewhere = !stands_alone(&**tx, &row).await?;
    let after = |known: &Option<String>, typed: &Option<String>| {
        contact_after(known.clone(), typed.clone(), elsewhere, by)
    };
    let (known_phone, known_email) = (after(&person.phone, phone), after(&person.email, email));
    if !contact.unreachable
        && becomes_unreachable([&person.phone, &row.email], [&known_phone, email])
    {
        return Err(Failure::problem("unreachable", Reason::Unreachable));
    }
    let changed = json!({
        "phone": person.phone != known_phone, "email": row.email != *email,
    });
    let mut person = person.into_active_model();
    person.phone = Set(known_phone);
    person.email = Set(known_email);
    person.update(&**tx).await?;
    let id = row.id;
    let mut row = row.into_active_model();
    row.email = Set(email.clone());
    row.update(&**tx).await?;
    let entry = Entry {
        deed: "change_contact",
        noun: "registration",
        id,
        before: None,
        // That it changed, not to what: the log has no contacts.
        after: Some(changed),
    };
    record(&**tx, actor, now, entry).await
}
