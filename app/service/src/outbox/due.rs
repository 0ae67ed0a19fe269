//! What keeps a mail that waits from being taken in hand.

use crate::entity::{Code, campaign, outbox};
use domain::DeliveryState;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};

/// Whether no earlier mail with the same calendar key is still to leave: one
/// that waits, is in hand, or will be tried again. Those that failed for good
/// or were withheld hold up nothing.
pub(super) fn first_of_its_key() -> SimpleExpr {
    none_before(outbox::Column::CalendarKey, &DeliveryState::TO_LEAVE, None)
}

/// Whether no earlier mail of the same deed about the same registration waits
/// for its first try or is in hand: the mail that says what happened comes
/// before the calendar invitations to further sessions. One that failed holds
/// up nothing, nor does what is still held of an earlier deed, and messages to
/// many have their own pace.
pub(super) fn first_of_its_registration() -> SimpleExpr {
    // All mails of a deed are written at one moment.
    let of_deed = Expr::col((earlier(), outbox::Column::CreatedAt))
        .equals((outbox::Entity, outbox::Column::CreatedAt));
    let own = Expr::col((earlier(), outbox::Column::CampaignId))
        .is_null()
        .and(of_deed);
    let first_try = [DeliveryState::Queued, DeliveryState::Sending];
    none_before(outbox::Column::RegistrationId, &first_try, Some(own))
}

fn earlier() -> Alias {
    Alias::new("earlier")
}

/// Whether no mail that was written earlier has the same value there and is in
/// one of these states.
fn none_before(
    same: outbox::Column,
    states: &[DeliveryState],
    and: Option<SimpleExpr>,
) -> SimpleExpr {
    let before = Expr::col((earlier(), outbox::Column::Id))
        .lt(Expr::col((outbox::Entity, outbox::Column::Id)));
    let states = states.iter().copied().map(Code);
    let ahead = Query::select()
        .column((earlier(), outbox::Column::Id))
        .from_as(outbox::Entity, earlier())
        .and_where(Expr::col((earlier(), same)).equals((outbox::Entity, same)))
        .and_where(before)
        .and_where(Expr::col((earlier(), outbox::Column::State)).is_in(states))
        .and_where_option(and)
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
