//! How far messages are, in numbers of people: a mail that was written has not
//! been sent.

use crate::Failure;
use crate::entity::{Code, campaign_recipient, outbox};
use domain::DeliveryState;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use std::collections::HashMap;

/// How many people a message has reached, by what became of their mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CampaignCount {
    /// In the order of the list of states; none without people.
    pub mails: Vec<(DeliveryState, u32)>,
    /// Whom no mail was written to: they have no address that works.
    pub unwritten: u32,
}

impl CampaignCount {
    /// How many have a mail in this state.
    #[must_use]
    pub fn of(&self, state: DeliveryState) -> u32 {
        let mut mails = self.mails.iter();
        mails
            .find(|(other, _)| *other == state)
            .map_or(0, |(_, number)| *number)
    }

    /// How many have a mail that is still to leave.
    #[must_use]
    pub fn to_leave(&self) -> u32 {
        self.of(DeliveryState::Queued)
            + self.of(DeliveryState::Sending)
            + self.of(DeliveryState::Retry)
    }

    /// All whom the message was for when it left.
    #[must_use]
    pub fn all(&self) -> u32 {
        self.mails.iter().map(|(_, number)| number).sum::<u32>() + self.unwritten
    }
}

/// What became of the mails of these messages, by people. One query.
pub(super) async fn counts(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, CampaignCount>, Failure> {
    let rows: Vec<(i64, Option<Code<DeliveryState>>, i64)> = campaign_recipient::Entity::find()
        .select_only()
        .column(campaign_recipient::Column::CampaignId)
        .column(outbox::Column::State)
        .expr_as(
            Expr::col((campaign_recipient::Entity, campaign_recipient::Column::Id)).count(),
            "number",
        )
        .join(
            JoinType::LeftJoin,
            campaign_recipient::Relation::Outbox.def(),
        )
        .filter(campaign_recipient::Column::CampaignId.is_in(ids))
        .group_by(campaign_recipient::Column::CampaignId)
        .group_by(outbox::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let mut counts: HashMap<i64, CampaignCount> = HashMap::new();
    for (id, state, number) in rows {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let count = counts.entry(id).or_default();
        match state {
            Some(state) => count.mails.push((*state, number)),
            None => count.unwritten += number,
        }
    }
    for count in counts.values_mut() {
        count.mails.sort_by_key(|(state, _)| *state);
    }
    Ok(counts)
}
