//! Stopping mails of one kind to one person, by the link in such a mail: no
//! account, no page between, and nobody else who shares the mailbox is touched
//! (RFC 8058; Law 91/2025/QH15: as easy to withdraw as to give).

use crate::audit::{Entry, record};
use crate::entity::{Code, audit, consent, registration};
use crate::outbox::{release, withhold_of_persons};
use crate::{Actor, Failure, Services, Tx};
use chrono::{DateTime, Duration, Utc};
use domain::{Coded, Purpose, TicketCode};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;

/// For how long a click by mistake can be taken back on the same page.
const REGRET: Duration = Duration::hours(1);

/// How mails of a kind to a person stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// What the mails are for.
    pub purpose: Purpose,
    /// The person gets them.
    pub given: bool,
    /// Stopping them just now can be taken back here.
    pub undoable: bool,
}

impl Services {
    /// The address that stops mails for a purpose to the person of a
    /// registration. It says nothing about the person, and can do nothing
    /// else, so it does not expire.
    pub(crate) fn unsubscribe_link(&self, code: &str, purpose: Purpose) -> String {
        let token = self.secret.token(&signed_for(purpose), code);
        self.link(&format!("/unsubscribe/{purpose}/{token}"))
    }

    /// How the mails stand that a link stops.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address.
    pub async fn subscription(&self, purpose: &str, token: &str) -> Result<Subscription, Failure> {
        let (purpose, row) = self.unsubscribing(purpose, token).await?;
        let rows = consent::Entity::find()
            .filter(consent::Column::Purpose.eq(Code(purpose)))
            .filter(consent::Column::RegistrationId.in_subquery(of_person(row.person_id)))
            .all(self.db.read())
            .await?;
        let stopped = rows.iter().filter_map(|row| row.withdrawn_at).max();
        Ok(Subscription {
            purpose,
            given: rows.iter().any(|row| row.withdrawn_at.is_none()),
            undoable: match stopped {
                Some(at) => self.by_link(self.db.read(), row.person_id, at).await?,
                None => false,
            },
        })
    }

    /// Stops the mails: the person's consents to the purpose are withdrawn,
    /// whichever workshop they were given with, and what waits to be sent is
    /// withheld. Once more changes nothing.
    ///
    /// # Errors
    /// As [`Services::subscription`].
    pub async fn unsubscribe(&self, purpose: &str, token: &str) -> Result<(), Failure> {
        let (purpose, row) = self.unsubscribing(purpose, token).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let stopped = consent::Entity::update_many()
                    .col_expr(consent::Column::WithdrawnAt, Expr::value(now))
                    .filter(consent::Column::Purpose.eq(Code(purpose)))
                    .filter(consent::Column::WithdrawnAt.is_null())
                    .filter(consent::Column::RegistrationId.in_subquery(of_person(row.person_id)))
                    .exec_with_returning(&*tx)
                    .await?;
                if stopped.is_empty() {
                    return Ok(());
                }
                let rows = stopped.iter().map(|row| row.registration_id);
                withhold_of_persons(&*tx, rows.collect(), purpose).await?;
                write_down(
                    &tx,
                    "unsubscribe",
                    row.person_id,
                    purpose,
                    stopped.len(),
                    now,
                )
                .await
            })
            .await
    }

    /// Takes the last [`Services::unsubscribe`] back, within an hour of it, and
    /// what was withheld by it waits to be sent again. Otherwise changes
    /// nothing.
    ///
    /// # Errors
    /// As [`Services::subscription`].
    pub async fn subscribe_again(&self, purpose: &str, token: &str) -> Result<(), Failure> {
        let (purpose, row) = self.unsubscribing(purpose, token).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let stopped: Option<Option<DateTime<Utc>>> = consent::Entity::find()
                    .select_only()
                    .column_as(consent::Column::WithdrawnAt.max(), "at")
                    .filter(consent::Column::Purpose.eq(Code(purpose)))
                    .filter(consent::Column::RegistrationId.in_subquery(of_person(row.person_id)))
                    .into_tuple()
                    .one(&*tx)
                    .await?;
                let Some(at) = stopped.flatten() else {
                    return Ok(());
                };
                if !self.by_link(&*tx, row.person_id, at).await? {
                    return Ok(());
                }
                let again = consent::Entity::update_many()
                    .col_expr(
                        consent::Column::WithdrawnAt,
                        Expr::value(None::<DateTime<Utc>>),
                    )
                    .filter(consent::Column::Purpose.eq(Code(purpose)))
                    .filter(consent::Column::WithdrawnAt.eq(at))
                    .filter(consent::Column::RegistrationId.in_subquery(of_person(row.person_id)))
                    .exec_with_returning(&*tx)
                    .await?;
                let rows = again.iter().map(|row| row.registration_id);
                release(&*tx, rows.collect(), purpose, now).await?;
                let number = again.len();
                write_down(&tx, "subscribe_again", row.person_id, purpose, number, now).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Whether somebody pressed the link at that moment, within the hour: what
    /// was withdrawn elsewhere is given again there.
    async fn by_link(
        &self,
        db: &impl ConnectionTrait,
        person_id: i64,
        at: DateTime<Utc>,
    ) -> Result<bool, Failure> {
        if self.clock.now() > at + REGRET {
            return Ok(false);
        }
        let lines = audit::Entity::find()
            .filter(audit::Column::Deed.eq("unsubscribe"))
            .filter(audit::Column::Noun.eq("person"))
            .filter(audit::Column::NounId.eq(person_id))
            .filter(audit::Column::At.eq(at))
            .count(db)
            .await?;
        Ok(lines > 0)
    }

    async fn unsubscribing(
        &self,
        purpose: &str,
        token: &str,
    ) -> Result<(Purpose, registration::Model), Failure> {
        let purpose = Purpose::from_code(purpose)
            .filter(|purpose| *purpose != Purpose::Reporting)
            .ok_or(Failure::NotFound)?;
        let code = self.secret.code_of(&signed_for(purpose), token);
        let code = code.and_then(TicketCode::parse).ok_or(Failure::NotFound)?;
        let row = registration::Entity::find()
            .filter(registration::Column::Code.eq(code.as_str()))
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)?;
        Ok((purpose, row))
    }
}

fn signed_for(purpose: Purpose) -> String {
    format!("unsubscribe-{purpose}")
}

/// The registrations of a person.
fn of_person(person_id: i64) -> sea_orm::sea_query::SelectStatement {
    use sea_orm::QueryTrait;
    registration::Entity::find()
        .select_only()
        .column(registration::Column::Id)
        .filter(registration::Column::PersonId.eq(person_id))
        .into_query()
}

async fn write_down(
    tx: &Tx,
    deed: &'static str,
    person_id: i64,
    purpose: Purpose,
    consents: usize,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let entry = Entry {
        deed,
        noun: "person",
        id: person_id,
        before: None,
        after: Some(json!({ "purpose": purpose, "consents": consents })),
    };
    record(&**tx, &Actor::Anonymous, now, entry).await
}
