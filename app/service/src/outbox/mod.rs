//! The outbox: mail is written in the transaction of the deed that causes it,
//! and handed over by a worker. Delivery is at least once; a stable Message-ID
//! makes a repeat recognisable. One mail per recipient and purpose.

mod again;
mod due;
mod still_so;
mod withheld;

pub use again::SendAgainPlan;
pub(crate) use withheld::{
    release, withhold, withhold_mails, withhold_of_campaign, withhold_of_key, withhold_of_persons,
    withhold_of_workshop,
};

use due::{first_of_its_key, first_of_its_registration, not_held};
use still_so::{held, stopped};

use crate::entity::{Code, outbox};
use crate::secret::{hex, random};
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Duration, Utc};
use domain::{Act, DeliveryState, SmtpFailure, next_attempt};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use tokio::task::JoinSet;

/// A mail in hand for longer was dropped by a worker that died. One takes at
/// most a minute to have its turn, a minute of the mailer's patience, and some
/// seconds to write down what became of it.
const LEASE: Duration = Duration::minutes(5);

/// How often a worker with a free connection looks for more.
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_millis(1500);

/// How often a worker tries to write down what became of a mail: one that was
/// taken and not written down would be sent twice.
const SETTLE_TRIES: u32 = 5;

/// What became of a mail: its state, when it is tried again, when it was sent,
/// and the server's words.
type CameOfIt = (
    DeliveryState,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<String>,
);

/// A mail to be pushed.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewMail {
    pub(crate) purpose: String,
    pub(crate) recipient_key: String,
    pub(crate) workshop_id: Option<i64>,
    pub(crate) registration_id: Option<i64>,
    /// The message to many of which it is a part.
    pub(crate) campaign_id: Option<i64>,
    pub(crate) to_name: String,
    pub(crate) to_address: String,
    pub(crate) subject: String,
    pub(crate) body_text: String,
    pub(crate) body_html: String,
    pub(crate) calendar: Option<String>,
    /// Mails with the same key leave in the order in which they were pushed.
    pub(crate) calendar_key: Option<String>,
    /// Where mails of this kind to this person are stopped by one click.
    pub(crate) unsubscribe: Option<String>,
}

/// Which mails the Mail page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxFilter {
    /// Only those in this state.
    pub state: Option<DeliveryState>,
    /// Older ones than this key.
    pub before: Option<i64>,
}

/// Mails on one page of the list.
const PAGE: u64 = 50;

impl Services {
    /// Pushes mails in the deed's transaction. One that was pushed before, for
    /// the same recipient and purpose, is left alone. Returns how many are new.
    pub(crate) async fn push_mail(
        &self,
        tx: &impl ConnectionTrait,
        mails: Vec<NewMail>,
        now: DateTime<Utc>,
    ) -> Result<u64, Failure> {
        let host = self.public_url.host_str().unwrap_or("localhost");
        let mut pushed = 0;
        // SQLite takes some thousand values a statement.
        for chunk in mails.chunks(50) {
            let rows = chunk.iter().cloned().map(|mail| outbox::ActiveModel {
                purpose: Set(mail.purpose),
                recipient_key: Set(mail.recipient_key),
                workshop_id: Set(mail.workshop_id),
                registration_id: Set(mail.registration_id),
                campaign_id: Set(mail.campaign_id),
                to_name: Set(mail.to_name),
                to_address: Set(mail.to_address),
                subject: Set(mail.subject),
                body_text: Set(mail.body_text),
                body_html: Set(mail.body_html),
                calendar: Set(mail.calendar),
                calendar_key: Set(mail.calendar_key),
                unsubscribe: Set(mail.unsubscribe),
                message_id: Set(format!("<{}@{host}>", hex(&random::<16>()))),
                state: Set(Code(DeliveryState::Queued)),
                attempts: Set(0),
                created_at: Set(now),
                next_at: Set(now),
                taken_at: Set(None),
                sent_at: Set(None),
                error: Set(None),
                ..Default::default()
            });
            let once = OnConflict::columns([outbox::Column::Purpose, outbox::Column::RecipientKey])
                .do_nothing()
                .to_owned();
            pushed += outbox::Entity::insert_many(rows)
                .on_conflict(once)
                .exec_without_returning(tx)
                .await?;
        }
        Ok(pushed)
    }

    /// Wakes the worker of this process.
    pub(crate) fn ring_outbox(&self) {
        self.outbox_bell.notify_one();
    }

    /// Waits until mail was pushed in this process, or for a time: another
    /// process may have pushed some, or a retry may be due.
    pub async fn outbox_rings(&self, at_most: std::time::Duration) {
        let _ = tokio::time::timeout(at_most, self.outbox_bell.notified()).await;
    }

    /// Hands over what is due until nothing is, or the server stops: as many
    /// mails at a time as the mailer has connections. A mail that takes long
    /// holds up no other. Returns how many it took in hand; none means there
    /// is nothing to do now.
    ///
    /// # Errors
    /// When the database fails; mails in hand are taken again after a while.
    pub async fn deliver_due(&self) -> Result<usize, Failure> {
        let connections = self.mailer.connections();
        // Tasks of their own: one may hold the writer that the next look needs.
        let mut in_hand = JoinSet::new();
        let (mut taken, mut failure) = (0, None);
        loop {
            let free = connections - in_hand.len();
            if free > 0 && failure.is_none() && !*self.ending.borrow() {
                match self.take_due(free).await {
                    Ok(due) => {
                        taken += due.len();
                        for mail in due {
                            let services = self.clone();
                            in_hand.spawn(async move { services.hand_over(mail).await });
                        }
                    }
                    Err(why) => failure = Some(why),
                }
            }
            // Mail that is written while one takes long need not wait for it.
            let done = tokio::select! {
                done = in_hand.join_next() => done,
                () = self.outbox_rings(LOOK_AGAIN), if in_hand.len() < connections => continue,
            };
            match done {
                Some(Ok(Ok(()))) => {}
                Some(Ok(Err(why))) => failure = Some(why),
                Some(Err(broken)) => failure = Some(Failure::internal(broken)),
                None => break,
            }
        }
        failure.map_or(Ok(taken), Err)
    }

    async fn hand_over(&self, mail: outbox::Model) -> Result<(), Failure> {
        if stopped(self.db.read(), &mail).await? {
            let now = self.clock.now();
            let withheld = (DeliveryState::Withheld, now, None, None);
            return self.write_down(&mail, withheld).await;
        }
        if let Some(state) = held(self.db.read(), &mail).await? {
            let now = self.clock.now();
            return self.write_down(&mail, (state, now, None, None)).await;
        }
        let Some(said) = self.for_its_readers(mail.clone()).await? else {
            let withheld = (DeliveryState::Withheld, self.clock.now(), None, None);
            return self.write_down(&mail, withheld).await;
        };
        let organizer = &self.frame().await?.organizer;
        let outcome = self.mailer.deliver(&said, organizer).await;
        self.settle(&mail, outcome).await
    }

    async fn take_due(&self, at_most: usize) -> Result<Vec<outbox::Model>, Failure> {
        let now = self.clock.now();
        let due = outbox::Column::State
            .is_in([Code(DeliveryState::Queued), Code(DeliveryState::Retry)])
            .and(outbox::Column::NextAt.lte(now));
        let dropped = outbox::Column::State
            .eq(Code(DeliveryState::Sending))
            .and(outbox::Column::TakenAt.lt(now - LEASE));
        let which = due
            .or(dropped)
            .and(first_of_its_key())
            .and(first_of_its_registration())
            .and(not_held());
        // Looking costs no write lock when there is nothing to do.
        let any = outbox::Entity::find()
            .select_only()
            .column(outbox::Column::Id)
            .filter(which.clone())
            .into_tuple::<i64>()
            .one(self.db.read())
            .await?;
        if any.is_none() {
            return Ok(Vec::new());
        }
        let which = &which;
        self.db
            .write(|tx| async move {
                let mut pick = Query::select();
                pick.column(outbox::Column::Id)
                    .from(outbox::Entity)
                    .and_where(which.clone())
                    // Nobody's confirmation waits behind a message to thousands.
                    .order_by_expr(
                        outbox::Column::CampaignId.is_not_null(),
                        sea_orm::Order::Asc,
                    )
                    .order_by(outbox::Column::Id, sea_orm::Order::Asc)
                    .limit(at_most as u64);
                if tx.get_database_backend() == DbBackend::Postgres {
                    // Several workers share the outbox without doubling.
                    pick.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
                }
                Ok(outbox::Entity::update_many()
                    .col_expr(
                        outbox::Column::State,
                        Expr::value(Code(DeliveryState::Sending)),
                    )
                    .col_expr(outbox::Column::TakenAt, Expr::value(now))
                    .col_expr(
                        outbox::Column::Attempts,
                        Expr::col(outbox::Column::Attempts).add(1),
                    )
                    .filter(outbox::Column::Id.in_subquery(pick))
                    .exec_with_returning(&*tx)
                    .await?)
            })
            .await
    }

    /// Writes down what became of a mail, unless another worker has taken it
    /// in hand meanwhile.
    async fn settle(
        &self,
        mail: &outbox::Model,
        outcome: Result<(), (SmtpFailure, String)>,
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        let attempts = u32::try_from(mail.attempts).unwrap_or(u32::MAX);
        let came_of_it = match outcome {
            Ok(()) => (DeliveryState::Sent, now, Some(now), None),
            Err((failure, words)) => {
                tracing::warn!(mail = mail.id, ?failure, attempts, "a mail was not taken");
                match next_attempt(failure, attempts) {
                    Some(wait) => (DeliveryState::Retry, now + wait, None, Some(words)),
                    None => (DeliveryState::Failed, now, None, Some(words)),
                }
            }
        };
        self.write_down(mail, came_of_it).await
    }

    async fn write_down(
        &self,
        mail: &outbox::Model,
        (state, next_at, sent_at, error): CameOfIt,
    ) -> Result<(), Failure> {
        let error = &error;
        let mut tries = 1;
        loop {
            let settled = self.db.write(|tx| async move {
                outbox::Entity::update_many()
                    .col_expr(outbox::Column::State, Expr::value(Code(state)))
                    .col_expr(outbox::Column::NextAt, Expr::value(next_at))
                    .col_expr(outbox::Column::SentAt, Expr::value(sent_at))
                    .col_expr(outbox::Column::Error, Expr::value(error.clone()))
                    .filter(outbox::Column::Id.eq(mail.id))
                    .filter(outbox::Column::State.eq(Code(DeliveryState::Sending)))
                    .filter(outbox::Column::Attempts.eq(mail.attempts))
                    .exec(&*tx)
                    .await?;
                Ok(())
            });
            match settled.await {
                Err(failure) if tries < SETTLE_TRIES => {
                    tracing::warn!(%failure, mail = mail.id, tries, "a mail is not settled yet");
                    // 0.5, 1, 2 and 4 s, well within the lease.
                    let wait = std::time::Duration::from_millis(250 << tries);
                    tokio::time::sleep(wait).await;
                    tries += 1;
                }
                done => return done,
            }
        }
    }

    /// Mails for the Mail page, newest first, and whether there are older ones.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn outbox(
        &self,
        actor: &Actor,
        filter: OutboxFilter,
    ) -> Result<(Vec<outbox::Model>, bool), Failure> {
        actor.require(Act::ReadMail)?;
        let mut find = outbox::Entity::find();
        if let Some(state) = filter.state {
            find = find.filter(outbox::Column::State.eq(Code(state)));
        }
        if let Some(before) = filter.before {
            find = find.filter(outbox::Column::Id.lt(before));
        }
        let mut rows = find
            .order_by_desc(outbox::Column::Id)
            .limit(PAGE + 1)
            .all(self.db.read())
            .await?;
        let more = rows.len() as u64 > PAGE;
        rows.truncate(PAGE as usize);
        Ok((rows, more))
    }

    /// How many mails are in each state, in the order of the list; states
    /// without mails are left out.
    ///
    /// # Errors
    /// As [`Services::outbox`].
    pub async fn outbox_counts(&self, actor: &Actor) -> Result<Vec<(DeliveryState, u32)>, Failure> {
        actor.require(Act::ReadMail)?;
        let counts: Vec<(Code<DeliveryState>, i64)> = outbox::Entity::find()
            .select_only()
            .column(outbox::Column::State)
            .column_as(Expr::col(outbox::Column::Id).count(), "number")
            .group_by(outbox::Column::State)
            .into_tuple()
            .all(self.db.read())
            .await?;
        let mut counts: Vec<(DeliveryState, u32)> = counts
            .into_iter()
            .map(|(state, number)| (*state, u32::try_from(number).unwrap_or(u32::MAX)))
            .collect();
        counts.sort_by_key(|(state, _)| *state);
        Ok(counts)
    }

    /// One mail whole.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::outbox`].
    pub async fn outbox_mail(&self, actor: &Actor, id: i64) -> Result<outbox::Model, Failure> {
        actor.require(Act::ReadMail)?;
        outbox::Entity::find_by_id(id)
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)
    }

    /// Whether mails only go into a folder, which the Mail page says.
    #[must_use]
    pub fn mail_stays_here(&self) -> bool {
        self.mailer.is_folder()
    }
}
