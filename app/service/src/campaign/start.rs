//! Letting a message leave: its mails are written in one transaction, by the
//! deed that makes it or by the job that finds it due.

use super::letter::{KIND, unasked_of};
use super::plan::{Reached, reached};
use super::{message_of, state_in};
use crate::audit::{Entry, record};
use crate::call::{CallList, Callee, put_on_list};
use crate::entity::{Code, campaign, campaign_recipient, outbox};
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Actor, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{CampaignEnd, CampaignMove, Timing, WorkshopState};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use std::collections::HashMap;

impl Services {
    /// Lets the messages leave whose time has come. What is due is found by its
    /// state: a server that was down at that hour lets them leave when it is
    /// back, except a message ahead of a workshop that has begun meanwhile.
    /// Whoever registered until then is told, too. Two servers at once let each
    /// leave once. Returns how many left.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn start_due_campaigns(&self) -> Result<u32, Failure> {
        let now = self.clock.now();
        let maybe = Condition::any()
            .add(campaign::Column::DueAt.lte(now))
            .add(campaign::Column::DueAt.is_null());
        let rows = campaign::Entity::find()
            .filter(campaign::Column::StartedAt.is_null())
            .filter(campaign::Column::PausedAt.is_null())
            .filter(campaign::Column::CancelledAt.is_null())
            .filter(maybe)
            .order_by_asc(campaign::Column::Id)
            .all(self.db.read())
            .await?;
        let mut left = 0;
        for row in rows {
            // Looking costs no write lock while nothing is due.
            let view = self.workshop_by_id(row.workshop_id).await?;
            if !is_due(&row, &view, now) {
                continue;
            }
            let (id, workshop_id) = (row.id, row.workshop_id);
            let started = self
                .db
                .write(|tx| async move { self.start_due(&tx, workshop_id, id, now).await });
            match started.await {
                Ok(started) => left += u32::from(started),
                // One in trouble does not keep the others waiting.
                Err(failure) => tracing::error!(%failure, campaign = id, "a message leaves later"),
            }
        }
        if left > 0 {
            self.ring_outbox();
        }
        Ok(left)
    }

    async fn start_due(
        &self,
        tx: &Tx,
        workshop_id: i64,
        id: i64,
        now: DateTime<Utc>,
    ) -> Result<bool, Failure> {
        let workshop = lock_by_id(tx, workshop_id).await?;
        let sessions = sessions_of(&**tx, workshop_id).await?;
        let view = WorkshopView::new(workshop, sessions, now);
        let row = campaign::Entity::find_by_id(id)
            .one(&**tx)
            .await?
            .ok_or(Failure::NotFound)?;
        let state = state_in(&**tx, &row).await?;
        if !state.allows(CampaignMove::Start) || !is_due(&row, &view, now) {
            return Ok(false);
        }
        let timing = timing_of(&row);
        let why = match timing {
            Timing::Now => None,
            _ if *view.row.state == WorkshopState::Cancelled => Some(CampaignEnd::CalledOff),
            timing if timing.is_too_late(view.starts_at(), now) => Some(CampaignEnd::TooLate),
            _ => None,
        };
        if let Some(why) = why {
            self.end_campaign(tx, &Actor::System, row, why, now).await?;
            return Ok(false);
        }
        let people = reached(&**tx, workshop_id, &message_of(&row)?).await?;
        self.start(tx, &Actor::System, &view, row, people, now)
            .await?;
        Ok(true)
    }

    /// Writes the mails, keeps who is told how, and puts those whom no mail
    /// reaches on the list of calls. Under the workshop's lock.
    pub(super) async fn start(
        &self,
        tx: &Tx,
        actor: &Actor,
        view: &WorkshopView,
        row: campaign::Model,
        people: Reached,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let message = message_of(&row)?;
        let organizer = self.frame_in(&**tx).await?.organizer;
        let (id, workshop_id) = (row.id, row.workshop_id);
        let (mut mails, mut of_mail) = (Vec::new(), HashMap::new());
        let unasked = unasked_of(&**tx, id, people.mails.iter()).await?;
        for people in &people.mails {
            let mail = self.campaign_mail(&message, id, view, people, &organizer, &unasked)?;
            for one in people {
                of_mail.insert(one.id, mail.recipient_key.clone());
            }
            mails.push(mail);
        }
        self.push_mail(&**tx, mails, now).await?;
        let written: Vec<(String, i64)> = outbox::Entity::find()
            .select_only()
            .columns([outbox::Column::RecipientKey, outbox::Column::Id])
            .filter(outbox::Column::Purpose.eq(format!("{KIND}-{id}")))
            .into_tuple()
            .all(&**tx)
            .await?;
        let written: HashMap<String, i64> = written.into_iter().collect();
        let told = people.mails.iter().flatten().map(|one| {
            let mail = of_mail.get(&one.id).and_then(|key| written.get(key));
            (one.id, mail.copied())
        });
        let called = people.calls.iter().map(|one| (one.id, None));
        let rows = told.chain(called);
        let rows: Vec<campaign_recipient::ActiveModel> = rows
            .map(
                |(registration_id, mail_id)| campaign_recipient::ActiveModel {
                    campaign_id: Set(id),
                    registration_id: Set(registration_id),
                    mail_id: Set(mail_id),
                    ..Default::default()
                },
            )
            .collect();
        let number = rows.len();
        // SQLite takes some thousand values a statement.
        for rows in rows.chunks(500) {
            campaign_recipient::Entity::insert_many(rows.to_vec())
                .exec(&**tx)
                .await?;
        }
        let calls = people.calls.iter().map(|one| Callee::Registration(one.id));
        put_on_list(tx, CallList::Campaign(id), calls.collect()).await?;
        let subject = row.subject_vi.clone();
        let mut row = row.into_active_model();
        row.started_at = Set(Some(now));
        row.update(&**tx).await?;
        let entry = Entry {
            deed: "start_campaign",
            noun: "workshop",
            id: workshop_id,
            before: None,
            after: Some(json!({ "subject": subject, "recipients": number })),
        };
        record(&**tx, actor, now, entry).await
    }

    /// Cancels a message: what has not left does not leave. What a worker has
    /// in hand just now still does.
    pub(super) async fn end_campaign(
        &self,
        tx: &Tx,
        actor: &Actor,
        row: campaign::Model,
        why: CampaignEnd,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let (workshop_id, subject) = (row.workshop_id, row.subject_vi.clone());
        crate::outbox::withhold_of_campaign(&**tx, row.id).await?;
        let mut row = row.into_active_model();
        row.paused_at = Set(None);
        row.cancelled_at = Set(Some(now));
        row.cancelled_why = Set(Some(Code(why)));
        row.update(&**tx).await?;
        let entry = Entry {
            deed: "cancel_campaign",
            noun: "workshop",
            id: workshop_id,
            before: None,
            after: Some(json!({ "subject": subject, "why": why })),
        };
        record(&**tx, actor, now, entry).await
    }
}

/// When a message leaves, as it is kept.
pub(super) fn timing_of(row: &campaign::Model) -> Timing {
    use domain::CampaignTiming as Kind;
    let minutes = row.minutes.unwrap_or(0);
    match (*row.timing, row.due_at) {
        (Kind::At, Some(at)) => Timing::At(at),
        (Kind::Now | Kind::At, _) => Timing::Now,
        (Kind::BeforeStart, _) => Timing::BeforeStart(minutes),
        (Kind::AfterEnd, _) => Timing::AfterEnd(minutes),
    }
}

fn is_due(row: &campaign::Model, view: &WorkshopView, now: DateTime<Utc>) -> bool {
    timing_of(row)
        .due_at(view.starts_at(), view.ends_at())
        .is_none_or(|due| due <= now)
}
