//! What keeps a mail that waits from being taken in hand.

use crate::entity::{Code, campaign, outbox};
use domain::DeliveryState;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};

/// Whether no earlier mail with the same calendar key is still to leave: one
/// that waits, is in hand, or will be tried again. Those that failed for good
/// or were withheld hold up nothing.
pub(super) fn first_of_its_key() -> SimpleExpr {
    let earlier = || Alias::new("earlier");
    let same_key = Expr::col((earlier(), outbox::Column::CalendarKey))
        .equals((outbox::Entity, outbox::Column::CalendarKey));
    let before = Expr::col((earlier(), outbox::Column::Id))
        .lt(Expr::col((outbox::Entity, outbox::Column::Id)));
    let open =
        Expr::col((earlier(), outbox::Column::State)).is_in(DeliveryState::TO_LEAVE.map(Code));
    let ahead = Query::select()
        .column((earlier(), outbox::Column::Id))
        .from_as(outbox::Entity, earlier())
        .and_where(same_key)
        .and_where(before)
        .and_where(open)
        .to_owned();
    Expr::exists(ahead).not()
}

/// Whether it is no part of a message to many that is held. Such mails are not
/// even looked at, so that a held message makes no work.
pub(super) fn not_held() -> SimpleExpr {
    let held = Query::select()
        .column((campaign::Entity, campaign::Column::Id))
        .from(campaign::Entity)
        .and_where(
            Expr::col((campaign::Entity, campaign::Column::Id))
                .equals((outbox::Entity, outbox::Column::CampaignId)),
        )
        .and_where(Expr::col((campaign::Entity, campaign::Column::PausedAt)).is_not_null())
        .to_owned();
    Expr::exists(held).not()
}
