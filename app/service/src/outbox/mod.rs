//! The outbox: mail is written in the transaction of the deed that causes it,
//! and handed over by a worker. Delivery is at least once; a stable Message-ID
//! makes a repeat recognisable. One mail per recipient and purpose.

mod again;
mod due;
mod in_hand;
mod page;
mod still_so;
mod withheld;

pub use again::SendAgainPlan;
pub use page::{MailPage, MailTrouble, OutboxFilter};
pub(crate) use withheld::{
    release, withhold, withhold_mails, withhold_of_campaign, withhold_of_key, withhold_of_persons,
    withhold_of_workshop,
};

use due::{first_of_its_key, first_of_its_registration, not_held};
use in_hand::{ended_since, held, stopped};

use crate::entity::{Code, outbox};
use crate::secret::{hex, random};
use crate::{Failure, Services};
use chrono::{DateTime, Duration, Utc};
use domain::{DeliveryState, MailFailure, SmtpFailure, next_attempt};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Set,
};
use tokio::task::JoinSet;

/// A mail in hand for longer was dropped by a worker that died. One takes at
/// most a minute to have its turn, a minute of the mailer's patience, and some
/// seconds to write down what became of it.
const LEASE: Duration = Duration::minutes(5);

/// At its first try, a mail that was written within this time is not looked at
/// for whether the workshop has ended since.
const JUST_WRITTEN: Duration = Duration::minutes(10);

/// How often a worker with a free connection looks for more.
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_millis(1500);

/// How often a worker tries to write down what became of a mail: one that was
/// taken and not written down would be sent twice.
const SETTLE_TRIES: u32 = 5;

/// What became of a mail.
struct CameOfIt {
    state: DeliveryState,
    /// When it is tried again; of what is settled, when it was.
    next_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    /// Whose matter it is that it failed, and the server's words.
    failed: Option<(MailFailure, String)>,
}

impl CameOfIt {
    /// It did not fail.
    fn at(state: DeliveryState, now: DateTime<Utc>) -> Self {
        Self {
            state,
            next_at: now,
            sent_at: (state == DeliveryState::Sent).then_some(now),
            failed: None,
        }
    }
}

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
    /// Where answers go, where that is not the organisation.
    pub(crate) reply_to: Option<String>,
    /// Where mails of this kind to this person are stopped by one click.
    pub(crate) unsubscribe: Option<String>,
}

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
                reply_to: Set(mail.reply_to),
                unsubscribe: Set(mail.unsubscribe),
                message_id: Set(format!("<{}@{host}>", hex(&random::<16>()))),
                state: Set(Code(DeliveryState::Queued)),
                attempts: Set(0),
                created_at: Set(now),
                next_at: Set(now),
                taken_at: Set(None),
                sent_at: Set(None),
                error: Set(None),
                failure: Set(None),
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
        let (db, now) = (self.db.read(), self.clock.now());
        let withheld = CameOfIt::at(DeliveryState::Withheld, now);
        // Workers may have been down, or the mail held, for days: it speaks of
        // what is over.
        let is_new = mail.attempts <= 1 && now - mail.created_at < JUST_WRITTEN;
        let too_late = !is_new && ended_since(db, &mail, now).await?;
        if too_late || stopped(db, &mail).await? {
            return self.write_down(&mail, withheld).await;
        }
        if let Some(state) = held(db, &mail).await? {
            return self.write_down(&mail, CameOfIt::at(state, now)).await;
        }
        let Some(said) = self.for_its_readers(mail.clone()).await? else {
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
            Ok(()) => CameOfIt::at(DeliveryState::Sent, now),
            Err((failure, words)) => {
                tracing::warn!(mail = mail.id, ?failure, attempts, "a mail was not taken");
                let wait = next_attempt(failure, attempts);
                CameOfIt {
                    state: wait.map_or(DeliveryState::Failed, |_| DeliveryState::Retry),
                    next_at: wait.map_or(now, |wait| now + wait),
                    sent_at: None,
                    failed: Some((failure.of(&words), words)),
                }
            }
        };
        self.write_down(mail, came_of_it).await
    }

    async fn write_down(&self, mail: &outbox::Model, came_of_it: CameOfIt) -> Result<(), Failure> {
        let CameOfIt {
            state,
            next_at,
            sent_at,
            failed,
        } = came_of_it;
        let (failure, error) = failed.unzip();
        let (failure, error) = (failure.map(Code), &error);
        let mut tries = 1;
        loop {
            let settled = self.db.write(|tx| async move {
                outbox::Entity::update_many()
                    .col_expr(outbox::Column::State, Expr::value(Code(state)))
                    .col_expr(outbox::Column::NextAt, Expr::value(next_at))
                    .col_expr(outbox::Column::SentAt, Expr::value(sent_at))
                    .col_expr(outbox::Column::Error, Expr::value(error.clone()))
                    .col_expr(outbox::Column::Failure, Expr::value(failure))
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
}
