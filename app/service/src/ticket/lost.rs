//! A link that was lost is sent again, to the contact on file alone.

use crate::entity::{Code, registration, session};
use crate::registration::person_of;
use crate::workshop::lock_by_id;
use crate::{Failure, Services};
use domain::{Email, Problems, RegistrationState};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The most links that are sent to one address at once.
const MOST: u64 = 20;

impl Services {
    /// Sends the links of all standing registrations, and of the groups, for what is not over yet
    /// to the address they were made with, each at most once a day. The answer
    /// is the same whether there are any.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what is no address.
    pub async fn send_lost_links(&self, typed: &str) -> Result<(), Failure> {
        let email = Email::parse(typed)
            .map_err(|reason| Failure::Invalid(Problems::one("email", reason)))?;
        let now = self.clock.now();
        let coming = Query::select()
            .column(session::Column::WorkshopId)
            .from(session::Entity)
            .and_where(session::Column::EndsAt.gt(now))
            .to_owned();
        let rows = registration::Entity::find()
            .filter(registration::Column::Email.eq(email.as_str()))
            .filter(registration::Column::State.is_in(RegistrationState::ACTIVE.map(Code)))
            .filter(registration::Column::WorkshopId.in_subquery(coming))
            .order_by_desc(registration::Column::Id)
            .limit(MOST)
            .all(self.db.read())
            .await?;
        self.send_lost_groups(email.as_str(), now).await?;
        for row in rows {
            let row = &row;
            self.db
                .write(|tx| async move {
                    let workshop = lock_by_id(&tx, row.workshop_id).await?;
                    let person = person_of(&*tx, row).await?;
                    self.mail_link_again(&tx, &workshop, row, &person, now)
                        .await
                })
                .await?;
        }
        self.ring_outbox();
        Ok(())
    }
}
