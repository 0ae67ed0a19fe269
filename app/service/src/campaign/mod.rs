//! Messages to a part of a workshop's people: now, at a time, or counted from
//! the workshop; held, let go on, cancelled; and what became of the mail to
//! each.

mod anew;
mod audience;
mod choices;
mod count;
mod hold;
mod letter;
mod make;
mod page;
mod plan;
mod start;
mod trial;

pub use choices::{CampaignChoices, campaign_form};
pub use count::CampaignCount;
pub use page::{Campaign, CampaignPage, CampaignRecipient, Campaigns};
pub use plan::{CampaignPlan, Sample};

pub(crate) use hold::end_of_workshop;
pub(crate) use letter::KIND;
pub(crate) use page::calls_of;

use crate::Failure;
use crate::entity::{Code, campaign, outbox};
use crate::secret::hash_token;
use domain::{CampaignMoments, CampaignState, DeliveryState, NewCampaign};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

/// The message of a workshop with this key.
async fn find(
    db: &impl ConnectionTrait,
    workshop_id: i64,
    id: i64,
) -> Result<campaign::Model, Failure> {
    campaign::Entity::find_by_id(id)
        .filter(campaign::Column::WorkshopId.eq(workshop_id))
        .one(db)
        .await?
        .ok_or(Failure::NotFound)
}

/// What a row says.
fn message_of(row: &campaign::Model) -> Result<NewCampaign, Failure> {
    Ok(NewCampaign {
        subject_vi: row.subject_vi.clone(),
        body_vi: row.body_vi.clone(),
        subject_en: row.subject_en.clone(),
        body_en: row.body_en.clone(),
        purpose: *row.purpose,
        shared: *row.shared,
        audience: serde_json::from_str(&row.audience).map_err(Failure::internal)?,
        timing: start::timing_of(row),
    })
}

/// Tells a message from what it was before it was changed: a form that was
/// opened on one says so when it comes back.
fn version_of(row: &campaign::Model) -> String {
    let said = json!([
        [&row.subject_vi, &row.body_vi, &row.subject_en, &row.body_en],
        [row.purpose.to_string(), row.shared.to_string()],
        row.audience,
        row.timing.to_string(),
        row.due_at.map(|at| at.timestamp_micros()),
        row.minutes,
    ]);
    hash_token(&said.to_string())[..16].to_owned()
}

fn moments(row: &campaign::Model) -> CampaignMoments {
    CampaignMoments {
        started: row.started_at,
        paused: row.paused_at,
        cancelled: row.cancelled_at,
    }
}

/// Where a message stands, by the mails that are still to leave.
async fn state_in(
    db: &impl ConnectionTrait,
    row: &campaign::Model,
) -> Result<CampaignState, Failure> {
    let to_leave = outbox::Entity::find()
        .filter(outbox::Column::CampaignId.eq(row.id))
        .filter(outbox::Column::State.is_in(DeliveryState::TO_LEAVE.map(Code)))
        .count(db)
        .await?;
    Ok(moments(row).state(u32::try_from(to_leave).unwrap_or(u32::MAX)))
}
