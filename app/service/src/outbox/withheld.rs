//! Mails that do not leave, since what they say is no longer so.

use crate::campaign::KIND;
use crate::entity::{Code, campaign, outbox, person, registration, workshop_change};
use crate::mail::Occasion;
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{ChangeKind, DeliveryState, Phase, Purpose, RegistrationState};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    UpdateMany,
};
use std::collections::HashMap;

/// Withholds what waits to be sent about a registration on these occasions.
/// What a worker has in hand just now still leaves. Returns the keys of what
/// will not leave.
pub(crate) async fn withhold(
    tx: &impl ConnectionTrait,
    registration_id: i64,
    occasions: &[Occasion],
) -> Result<Vec<i64>, Failure> {
    let purposes = occasions.iter().fold(Condition::any(), |any, occasion| {
        any.add(outbox::Column::Purpose.starts_with(occasion.key()))
    });
    // What tells of a move or of another link tells that the registration
    // stays valid, too.
    let purposes = if occasions.contains(&Occasion::Confirmation) {
        purposes
            .add(outbox::Column::Purpose.starts_with("moved-"))
            .add(outbox::Column::Purpose.starts_with("link-changed-"))
            // A message to those of a workshop has the code and the page.
            .add(
                Condition::all()
                    .add(outbox::Column::CampaignId.is_not_null())
                    .add(outbox::Column::Unsubscribe.is_null()),
            )
    } else {
        purposes
    };
    let whose = outbox::Column::RegistrationId.eq(registration_id);
    let which = Condition::all().add(whose).add(purposes);
    let rows = waiting(which).exec_with_returning(tx).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Withholds what waits to be sent about a workshop that is called off, except
/// the materials of those who came before and what takes events out of
/// calendars.
pub(crate) async fn withhold_of_workshop(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<(), Failure> {
    let which = Condition::all()
        .add(outbox::Column::WorkshopId.eq(workshop_id))
        .add(outbox::Column::Purpose.ne(Occasion::Materials.key()))
        .add(
            Condition::any()
                .add(outbox::Column::Calendar.is_null())
                .add(outbox::Column::Calendar.not_like("%METHOD:CANCEL%")),
        );
    waiting(which).exec(tx).await?;
    Ok(())
}

/// Withholds what waits to be sent under a calendar key.
pub(crate) async fn withhold_of_key(tx: &impl ConnectionTrait, key: &str) -> Result<(), Failure> {
    let which = Condition::all().add(outbox::Column::CalendarKey.eq(key));
    waiting(which).exec(tx).await?;
    Ok(())
}

/// Withholds what waits to be sent to persons for a purpose that they stopped,
/// about whichever of their registrations.
pub(crate) async fn withhold_of_persons(
    tx: &impl ConnectionTrait,
    registrations: Vec<i64>,
    purpose: Purpose,
) -> Result<(), Failure> {
    let which = Condition::all()
        .add(outbox::Column::RegistrationId.is_in(registrations))
        .add(for_purpose(purpose));
    waiting(which).exec(tx).await?;
    Ok(())
}

/// Withholds what of a message to many waits to be sent.
pub(crate) async fn withhold_of_campaign(
    tx: &impl ConnectionTrait,
    campaign_id: i64,
) -> Result<(), Failure> {
    let which = Condition::all().add(outbox::Column::CampaignId.eq(campaign_id));
    waiting(which).exec(tx).await?;
    Ok(())
}

/// Withholds those of these mails that wait to be sent.
pub(crate) async fn withhold_mails(
    tx: &impl ConnectionTrait,
    ids: Vec<i64>,
) -> Result<(), Failure> {
    let which = Condition::all().add(outbox::Column::Id.is_in(ids));
    waiting(which).exec(tx).await?;
    Ok(())
}

/// Mails for a purpose that people can stop.
fn for_purpose(purpose: Purpose) -> Condition {
    let kind = match purpose {
        Purpose::Invitations => KIND,
        Purpose::Materials | Purpose::Reporting => Occasion::Materials.key(),
    };
    Condition::all()
        .add(outbox::Column::Purpose.starts_with(kind))
        .add(outbox::Column::Unsubscribe.is_not_null())
}

/// Withholds mails that failed and will not be sent again.
pub(super) async fn withhold_these(
    tx: &impl ConnectionTrait,
    ids: Vec<i64>,
) -> Result<(), Failure> {
    outbox::Entity::update_many()
        .col_expr(
            outbox::Column::State,
            Expr::value(Code(DeliveryState::Withheld)),
        )
        .filter(outbox::Column::Id.is_in(ids))
        .filter(outbox::Column::State.eq(Code(DeliveryState::Failed)))
        .exec(tx)
        .await?;
    Ok(())
}

/// Queues again what was withheld about these registrations for a purpose,
/// except of messages to many that were cancelled.
pub(crate) async fn release(
    tx: &impl ConnectionTrait,
    registrations: Vec<i64>,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let cancelled = Query::select()
        .column(campaign::Column::Id)
        .from(campaign::Entity)
        .and_where(campaign::Column::CancelledAt.is_not_null())
        .to_owned();
    let stands = Condition::any()
        .add(outbox::Column::CampaignId.is_null())
        .add(outbox::Column::CampaignId.not_in_subquery(cancelled));
    let mails: Vec<i64> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Id)
        .filter(outbox::Column::RegistrationId.is_in(registrations))
        .filter(for_purpose(purpose))
        .filter(stands)
        .filter(outbox::Column::State.eq(Code(DeliveryState::Withheld)))
        .into_tuple()
        .all(tx)
        .await?;
    let_go(tx, &mails).await?;
    outbox::Entity::update_many()
        .col_expr(
            outbox::Column::State,
            Expr::value(Code(DeliveryState::Queued)),
        )
        .col_expr(outbox::Column::NextAt, Expr::value(now))
        .filter(outbox::Column::Id.is_in(mails))
        .filter(outbox::Column::State.eq(Code(DeliveryState::Withheld)))
        .exec(tx)
        .await?;
    Ok(())
}

/// Lets messages go on that were held until nothing of them was left to leave:
/// nobody would let go on what looks done.
pub(super) async fn let_go(tx: &impl ConnectionTrait, ids: &[i64]) -> Result<(), Failure> {
    let of = || {
        Query::select()
            .column(outbox::Column::CampaignId)
            .from(outbox::Entity)
            .and_where(outbox::Column::CampaignId.is_not_null())
            .to_owned()
    };
    let these = of()
        .and_where(outbox::Column::Id.is_in(ids.iter().copied()))
        .to_owned();
    let leaving = of()
        .and_where(outbox::Column::State.is_in(DeliveryState::TO_LEAVE.map(Code)))
        .to_owned();
    campaign::Entity::update_many()
        .col_expr(
            campaign::Column::PausedAt,
            Expr::value(None::<DateTime<Utc>>),
        )
        .filter(campaign::Column::PausedAt.is_not_null())
        .filter(campaign::Column::StartedAt.is_not_null())
        .filter(campaign::Column::Id.in_subquery(these))
        .filter(campaign::Column::Id.not_in_subquery(leaving))
        .exec(tx)
        .await?;
    Ok(())
}

/// Withholds those of these mails that wait to be sent.
fn waiting(which: Condition) -> UpdateMany<outbox::Entity> {
    let waiting = [DeliveryState::Queued, DeliveryState::Retry].map(Code);
    outbox::Entity::update_many()
        .col_expr(
            outbox::Column::State,
            Expr::value(Code(DeliveryState::Withheld)),
        )
        .filter(outbox::Column::State.is_in(waiting))
        .filter(which)
}

impl Services {
    /// Queues again which of these mails were withheld about a registration
    /// that stands again: those that still say what is so. Nothing about a
    /// workshop that is over or called off, or of an offer whose time is up.
    /// What was written before the workshop was moved is outdated: the link is
    /// sent in its place, with what is so now. Judged under the workshop's lock.
    pub(crate) async fn queue_again(
        &self,
        tx: &Tx,
        ids: &[i64],
        row: &registration::Model,
        person: &person::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let mails = outbox::Entity::find()
            .filter(outbox::Column::Id.is_in(ids.iter().copied()))
            .filter(outbox::Column::RegistrationId.eq(row.id))
            .filter(outbox::Column::State.eq(Code(DeliveryState::Withheld)))
            .all(&**tx)
            .await?;
        if mails.is_empty() {
            return Ok(());
        }
        let workshop = lock_by_id(tx, row.workshop_id).await?;
        let sessions = sessions_of(&**tx, workshop.id).await?;
        let view = WorkshopView::new(workshop, sessions, now);
        let offered = *row.state == RegistrationState::Offered;
        let offer_over = offered && row.offer_until.is_none_or(|until| until <= now);
        if offer_over || !matches!(view.phase, Phase::Upcoming | Phase::Running) {
            return Ok(());
        }
        let moved: Option<DateTime<Utc>> = workshop_change::Entity::find()
            .select_only()
            .column(workshop_change::Column::At)
            .filter(workshop_change::Column::WorkshopId.eq(row.workshop_id))
            .filter(workshop_change::Column::Kind.ne(Code(ChangeKind::Link)))
            .order_by_desc(workshop_change::Column::At)
            .into_tuple()
            .one(&**tx)
            .await?;
        let is_so = |mail: &outbox::Model| moved.is_none_or(|at| at <= mail.created_at);
        if !mails.iter().all(is_so) {
            self.mail_lost_link(tx, &view.row, row, person, now).await?;
        }
        let last = last_of_keys(&**tx, &mails).await?;
        let again = mails.iter().filter(|mail| {
            let key = mail.calendar_key.as_ref();
            is_so(mail) && key.is_none_or(|key| last.get(key) == Some(&mail.id))
        });
        outbox::Entity::update_many()
            .col_expr(
                outbox::Column::State,
                Expr::value(Code(DeliveryState::Queued)),
            )
            .col_expr(outbox::Column::NextAt, Expr::value(now))
            .filter(outbox::Column::Id.is_in(again.map(|mail| mail.id)))
            .exec(&**tx)
            .await?;
        Ok(())
    }
}

/// The last mail written under each calendar key of these: an earlier one would
/// arrive after it.
pub(super) async fn last_of_keys(
    tx: &impl ConnectionTrait,
    mails: &[outbox::Model],
) -> Result<HashMap<String, i64>, Failure> {
    let keys = mails.iter().filter_map(|mail| mail.calendar_key.clone());
    let rows: Vec<(String, i64)> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::CalendarKey)
        .column_as(Expr::col(outbox::Column::Id).max(), "last")
        .filter(outbox::Column::CalendarKey.is_in(keys))
        .group_by(outbox::Column::CalendarKey)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().collect())
}
