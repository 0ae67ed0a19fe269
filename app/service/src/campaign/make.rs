//! Making a message and changing it while it waits.

use super::plan::{check, reached};
use super::{find, message_of, state_in, version_of};
use crate::audit::{Entry, record};
use crate::entity::{Code, campaign, workshop};
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{CampaignForm, CampaignMove, NewCampaign, Reason, Timing};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;

impl Services {
    /// Makes a message; one that is to leave now leaves with it. The same
    /// request makes one message, however often it comes. Returns its key.
    /// `seen` is [`crate::CampaignPlan::seen`] of the look at what leaves now.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; with [`Reason::NobodyThere`] at
    /// `states` for a message that leaves now to nobody, and
    /// [`Reason::AudienceChanged`] when others fit than those who were seen;
    /// [`Conflict::NotAllowedNow`] for a draft; as
    /// [`Services::staff_workshop`].
    pub async fn make_campaign(
        &self,
        actor: &Actor,
        slug: &str,
        form: &CampaignForm,
        request: &str,
        seen: Option<&str>,
    ) -> Result<i64, Failure> {
        self.manage_people(actor, slug).await?;
        let request: String = request
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(32)
            .collect();
        // Without a name of its own it is a message of its own.
        let request = &if request.is_empty() {
            self.nonce()
        } else {
            request
        };
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let known = campaign::Entity::find()
                    .filter(campaign::Column::WorkshopId.eq(workshop.id))
                    .filter(campaign::Column::Request.eq(request))
                    .one(&*tx)
                    .await?;
                let view = seen_now(&tx, workshop, now).await?;
                if let Some(known) = known {
                    // The form sent again is the same message; changed after
                    // going back it is another, which is not to be lost.
                    let old = message_of(&known)?;
                    return match check(form, &view, now) {
                        Ok(new) if new.says_as(&old) => Ok(known.id),
                        // Its time has come meanwhile.
                        Err(_) => Ok(known.id),
                        Ok(_) => Err(Failure::Conflict(Conflict::Outdated)),
                    };
                }
                let message = check(form, &view, now)?;
                let row = campaign::ActiveModel {
                    workshop_id: Set(view.row.id),
                    request: Set(request.clone()),
                    created_by: Set(actor.label()),
                    created_at: Set(now),
                    started_at: Set(None),
                    paused_at: Set(None),
                    cancelled_at: Set(None),
                    cancelled_why: Set(None),
                    ..Default::default()
                };
                let row = apply(row, &message, now)?.insert(&*tx).await?;
                let id = row.id;
                self.note(&tx, actor, "make_campaign", &row, now).await?;
                self.leave_now(&tx, actor, &view, &message, row, seen, now)
                    .await?;
                Ok(id)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }

    /// Changes a message that has not left. One that is held stays so, unless
    /// it is to leave now.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] for one that leaves, has left or was
    /// cancelled; [`Conflict::Outdated`] for one that somebody changed to
    /// something else since the form was opened; [`Failure::NotFound`]; as
    /// [`Services::make_campaign`].
    pub async fn revise_campaign(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        form: &CampaignForm,
        seen: Option<&str>,
    ) -> Result<(), Failure> {
        self.manage_people(actor, slug).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let row = find(&*tx, workshop.id, id).await?;
                let state = state_in(&*tx, &row).await?;
                if !state.allows(CampaignMove::Revise) {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let view = seen_now(&tx, workshop, now).await?;
                let message = check(form, &view, now)?;
                let looked_at = form.version.trim();
                let outdated = !looked_at.is_empty() && looked_at != version_of(&row);
                // The form sent again changes nothing.
                if outdated && message != message_of(&row)? {
                    return Err(Failure::Conflict(Conflict::Outdated));
                }
                let mut row = apply(row.into_active_model(), &message, now)?;
                if message.timing == Timing::Now {
                    row.paused_at = Set(None);
                }
                let row = row.update(&*tx).await?;
                self.note(&tx, actor, "revise_campaign", &row, now).await?;
                self.leave_now(&tx, actor, &view, &message, row, seen, now)
                    .await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Lets a message leave that is to leave now; any other waits.
    #[expect(clippy::too_many_arguments, reason = "the parts of one message")]
    async fn leave_now(
        &self,
        tx: &Tx,
        actor: &Actor,
        view: &WorkshopView,
        message: &NewCampaign,
        row: campaign::Model,
        seen: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        if message.timing != Timing::Now {
            return Ok(());
        }
        let people = reached(&**tx, view.row.id, message).await?;
        if people.is_nobody() {
            return Err(Failure::problem("states", Reason::NobodyThere));
        }
        if seen.is_some_and(|seen| seen != people.seen()) {
            return Err(Failure::problem("states", Reason::AudienceChanged));
        }
        self.start(tx, actor, view, row, people, now).await
    }

    pub(super) async fn note(
        &self,
        tx: &Tx,
        actor: &Actor,
        deed: &'static str,
        row: &campaign::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let entry = Entry {
            deed,
            noun: "workshop",
            id: row.workshop_id,
            before: None,
            after: Some(json!({ "subject": row.subject_vi })),
        };
        record(&**tx, actor, now, entry).await
    }
}

async fn seen_now(
    tx: &Tx,
    workshop: workshop::Model,
    now: DateTime<Utc>,
) -> Result<WorkshopView, Failure> {
    let sessions = sessions_of(&**tx, workshop.id).await?;
    Ok(WorkshopView::new(workshop, sessions, now))
}

/// Puts a message into a row, new or old.
fn apply(
    row: campaign::ActiveModel,
    message: &NewCampaign,
    now: DateTime<Utc>,
) -> Result<campaign::ActiveModel, Failure> {
    let (due_at, minutes) = match message.timing {
        Timing::Now => (Some(now), None),
        Timing::At(at) => (Some(at), None),
        Timing::BeforeStart(minutes) | Timing::AfterEnd(minutes) => (None, Some(minutes)),
    };
    Ok(campaign::ActiveModel {
        subject_vi: Set(message.subject_vi.clone()),
        body_vi: Set(message.body_vi.clone()),
        subject_en: Set(message.subject_en.clone()),
        body_en: Set(message.body_en.clone()),
        purpose: Set(Code(message.purpose)),
        shared: Set(Code(message.shared)),
        audience: Set(serde_json::to_string(&message.audience).map_err(Failure::internal)?),
        timing: Set(Code(message.timing.kind())),
        due_at: Set(due_at),
        minutes: Set(minutes),
        ..row
    })
}
