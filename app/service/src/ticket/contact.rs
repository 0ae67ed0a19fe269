//! Changing how to reach a registrant.

use crate::audit::{Entry, record};
use crate::entity::registration;
use crate::registration::{load, person_of};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Email, Phone, Problems};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::json;

impl Services {
    /// Changes phone and address, by the holder. The address is that of this
    /// registration; the phone is the person's. What is left empty is
    /// forgotten.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; [`Failure::NotFound`] for a
    /// wrong address of the page.
    pub async fn change_contact(
        &self,
        ticket: &str,
        phone: &str,
        email: &str,
    ) -> Result<(), Failure> {
        let found = self.registration_by_ticket(ticket).await?;
        let contact = &check_contact(phone, email)?;
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
}

/// Checks both fields.
pub(crate) fn check_contact(phone: &str, email: &str) -> Result<Contact, Failure> {
    let mut problems = Problems::default();
    let phone = problems.take("phone", Phone::parse_optional(phone));
    let email = problems.take("email", Email::parse_optional(email));
    match (phone, email) {
        (Some(phone), Some(email)) => Ok(Contact {
            phone: phone.map(|phone| phone.as_str().to_owned()),
            email: email.map(|email| email.as_str().to_owned()),
        }),
        _ => Err(Failure::Invalid(problems)),
    }
}

/// Writes a contact down, under the workshop's lock.
pub(crate) async fn write_contact(
    tx: &Tx,
    actor: &Actor,
    row: registration::Model,
    contact: &Contact,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let Contact { phone, email } = contact;
    let person = person_of(&**tx, &row).await?;
    let changed = json!({
        "phone": person.phone != *phone, "email": row.email != *email,
    });
    let mut person = person.into_active_model();
    person.phone = Set(phone.clone());
    person.email = Set(email.clone());
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
