//! A link that was lost is sent again, to the contact on file alone.

use crate::entity::{Code, registration, session};
use crate::registration::person_of;
use crate::workshop::lock_by_id;
use crate::{Failure, Services};
use domain::{Email, RegistrationState};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;
use std::sync::{MutexGuard, PoisonError};

/// The most links that are sent to one address at once.
const MOST: u64 = 20;

/// The most addresses that wait to be looked up. Forms are limited, so that more
/// are a flood; what comes on top of them is dropped.
const WAITING: usize = 1000;

impl Services {
    /// Asks for the links of an address. Looking them up and queueing the mails
    /// is left to the worker, [`Services::send_asked_links`]: were it done
    /// before the answer, a known address would be answered later than an
    /// unknown one, and so be told apart. What is asked of a process that dies
    /// right then is lost, and asked again.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what is no address.
    pub fn ask_for_lost_links(&self, typed: &str) -> Result<(), Failure> {
        let email = address_of(typed)?;
        let mut waiting = self.lost_links_waiting();
        if waiting.len() < WAITING {
            waiting.insert(email.as_str().to_owned());
        } else {
            tracing::warn!("too many ask for lost links: one is dropped");
        }
        self.lost_bell.notify_one();
        Ok(())
    }

    /// Waits until somebody asked for a lost link in this process, or for a
    /// time.
    pub async fn lost_links_ring(&self, at_most: std::time::Duration) {
        let _ = tokio::time::timeout(at_most, self.lost_bell.notified()).await;
    }

    /// Sends the links that were asked for in this process. Returns for how
    /// many addresses.
    ///
    /// # Errors
    /// When the database fails; what is left waits for the next time.
    pub async fn send_asked_links(&self) -> Result<usize, Failure> {
        let mut done = 0;
        loop {
            let Some(email) = self.lost_links_waiting().pop_first() else {
                return Ok(done);
            };
            if let Err(failure) = self.send_lost_links(&email).await {
                self.lost_links_waiting().insert(email);
                return Err(failure);
            }
            done += 1;
        }
    }

    fn lost_links_waiting(&self) -> MutexGuard<'_, BTreeSet<String>> {
        let waiting = self.lost_links.lock();
        waiting.unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends the links of all standing registrations, of the groups and of the
    /// invitations, for what is not over yet, to the address they were made
    /// with, each at most once a day.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what is no address.
    pub async fn send_lost_links(&self, typed: &str) -> Result<(), Failure> {
        let email = address_of(typed)?;
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
        self.send_lost_invitations(email.as_str(), now).await?;
        for row in rows {
            let row = &row;
            self.db
                .write(|tx| async move {
                    let workshop = lock_by_id(&tx, row.workshop_id).await?;
                    let person = person_of(&*tx, row).await?;
                    self.mail_lost_link(&tx, &workshop, row, &person, now).await
                })
                .await?;
        }
        self.ring_outbox();
        Ok(())
    }
}

fn address_of(typed: &str) -> Result<Email, Failure> {
    Email::parse(typed).map_err(|reason| Failure::problem("email", reason))
}
