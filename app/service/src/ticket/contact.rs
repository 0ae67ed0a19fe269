//! Changing how to reach a registrant.

use crate::audit::{Entry, record};
use crate::entity::{Code, person, registration};
use crate::registration::{load, person_of, stands_alone};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{
    Coded, ContactBy, Email, Phone, Problems, Reason, RegistrationSource, becomes_unreachable,
    contact_after, is_given, may_see_contact, reached_at,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
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
    /// registration; what is known of the person follows [`contact_after`], and a
    /// phone that the page does not show stays as it is.
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
    let person = person_of(&**tx, &row).await?;
    let elsewhere = !stands_alone(&**tx, &row).await?;
    let given = |on_file: &Option<String>, given: &Option<String>| {
        is_given(on_file.as_ref(), given.as_ref())
    };
    let sees_phone = may_see_contact(given(&person.phone, &row.phone), elsewhere);
    let sees_email = may_see_contact(given(&person.email, &row.email), elsewhere);
    let by = |sees| match actor {
        Actor::Anonymous if sees => ContactBy::Holder,
        Actor::Anonymous => ContactBy::Establishment,
        _ => ContactBy::Organizer,
    };
    let after = |known: &Option<String>, typed: &Option<String>, sees| {
        contact_after(known.clone(), typed.clone(), elsewhere, by(sees))
    };
    let known_phone = after(&person.phone, phone, sees_phone);
    let known_email = after(&person.email, email, sees_email);
    // Where nothing is on file, what is typed speaks for this registration.
    let given_phone = match by(sees_phone) {
        ContactBy::Establishment if known_phone.is_none() => phone.clone(),
        ContactBy::Establishment => row.phone.clone(),
        ContactBy::Organizer | ContactBy::Holder => known_phone.clone(),
    };
    let before = reached_at(person.phone.clone(), row.phone.clone());
    let after = reached_at(known_phone.clone(), given_phone.clone());
    if !contact.unreachable && becomes_unreachable([&before, &row.email], [&after, email]) {
        return Err(Failure::problem("unreachable", Reason::Unreachable));
    }
    let changed = json!({
        "phone": before != after, "email": row.email != *email,
    });
    if person.phone != known_phone {
        follow(tx, &person, known_phone.as_ref()).await?;
    }
    let mut person = person.into_active_model();
    person.phone = Set(known_phone);
    person.email = Set(known_email);
    person.update(&**tx).await?;
    let id = row.id;
    let mut row = row.into_active_model();
    row.phone = Set(given_phone);
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

/// The person's own registrations, with which the old phone was given, have the
/// new one: their pages are read by the same person. A phone that is forgotten is
/// forgotten by all of them, whoever gave it.
async fn follow(tx: &Tx, person: &person::Model, phone: Option<&String>) -> Result<(), Failure> {
    let Some(old) = &person.phone else {
        return Ok(());
    };
    let own = RegistrationSource::ALL.iter().copied();
    let own = own.filter(|source| !source.is_by_others()).map(Code);
    let mut rows = registration::Entity::update_many()
        .col_expr(registration::Column::Phone, Expr::value(phone.cloned()))
        .filter(registration::Column::PersonId.eq(person.id))
        .filter(registration::Column::Phone.eq(old));
    if phone.is_some() {
        rows = rows
            .filter(registration::Column::PartyId.is_null())
            .filter(registration::Column::Source.is_in(own));
    }
    rows.exec(&**tx).await?;
    Ok(())
}
