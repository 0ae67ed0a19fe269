//! Which addresses and numbers work, as conditions over registrations.

use crate::Failure;
use crate::entity::{Code, call, invitation, outbox, party, person, registration, trainer};
use crate::mail::Occasion;
use domain::{CallOutcome, DeliveryState, MailFailure};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, IntoColumnRef, JoinType, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;

/// Whether the address of a registration does not work: the last mail to it,
/// of those that were sent or given up, was refused for good since nobody has
/// the mailbox. What a mail server refuses for its own sake blames no address.
pub(crate) fn address_fails() -> Expr {
    fails((registration::Entity, registration::Column::Email))
}

/// The same of the contact of an invitation.
pub(crate) fn address_of_invitation_fails() -> Expr {
    fails((invitation::Entity, invitation::Column::ContactEmail))
}

/// The same of a trainer.
pub(crate) fn address_of_trainer_fails() -> Expr {
    fails((trainer::Entity, trainer::Column::Email))
}

/// Whether mail reaches who registered somebody: the colleague or the contact of
/// an invitation.
pub(crate) fn reached_through() -> Expr {
    let party = Query::select()
        .expr(Expr::val(1))
        .from(party::Entity)
        .and_where(
            Expr::col((party::Entity, party::Column::Id))
                .equals((registration::Entity, registration::Column::PartyId)),
        )
        .and_where(Expr::col((party::Entity, party::Column::ContactEmail)).is_not_null())
        .and_where(fails((party::Entity, party::Column::ContactEmail)).not())
        .to_owned();
    let invitation = Query::select()
        .expr(Expr::val(1))
        .from(invitation::Entity)
        .and_where(
            Expr::col((invitation::Entity, invitation::Column::Id))
                .equals((registration::Entity, registration::Column::InvitationId)),
        )
        .and_where(Expr::col((invitation::Entity, invitation::Column::ContactEmail)).is_not_null())
        .and_where(address_of_invitation_fails().not())
        .to_owned();
    Expr::exists(party).or(Expr::exists(invitation))
}

fn fails(address: impl IntoColumnRef) -> Expr {
    let later = || Alias::new("later");
    let sent_since = Query::select()
        .expr(Expr::val(1))
        .from_as(outbox::Entity, later())
        .and_where(
            Expr::col((later(), outbox::Column::ToAddress))
                .equals((outbox::Entity, outbox::Column::ToAddress)),
        )
        .and_where(Expr::col((later(), outbox::Column::State)).eq(Code(DeliveryState::Sent)))
        .and_where(
            // A mail that is settled was due last at the moment when it was
            // settled.
            Expr::col((later(), outbox::Column::NextAt))
                .gt(Expr::col((outbox::Entity, outbox::Column::NextAt)))
                .or(Expr::col((later(), outbox::Column::NextAt))
                    .equals((outbox::Entity, outbox::Column::NextAt))
                    .and(
                        Expr::col((later(), outbox::Column::Id))
                            .gt(Expr::col((outbox::Entity, outbox::Column::Id))),
                    )),
        )
        .to_owned();
    let refused = Query::select()
        .expr(Expr::val(1))
        .from(outbox::Entity)
        .and_where(Expr::col((outbox::Entity, outbox::Column::ToAddress)).equals(address))
        .and_where(
            Expr::col((outbox::Entity, outbox::Column::State)).eq(Code(DeliveryState::Failed)),
        )
        .and_where(
            Expr::col((outbox::Entity, outbox::Column::Failure)).eq(Code(MailFailure::Mailbox)),
        )
        .and_where(Expr::exists(sent_since).not())
        .to_owned();
    Expr::exists(refused)
}

/// Whether no mail about a registration reaches anybody.
pub(crate) fn unreached_by_mail() -> Expr {
    Expr::col((registration::Entity, registration::Column::Email))
        .is_null()
        .or(address_fails())
}

/// Whether no mail tells of the seat that is held for a registration: it
/// reaches nobody, or this one failed for whatever reason, or waits for a server
/// that cannot be reached or takes nothing. Somebody calls, for the offer does
/// not wait until the mail server is mended.
pub(crate) fn untold_of_offer() -> Expr {
    let state =
        |state: DeliveryState| Expr::col((outbox::Entity, outbox::Column::State)).eq(Code(state));
    let of_server = [MailFailure::Connection, MailFailure::Server].map(Code);
    let waits = state(DeliveryState::Retry)
        .and(Expr::col((outbox::Entity, outbox::Column::Failure)).is_in(of_server));
    let failed = Query::select()
        .expr(Expr::val(1))
        .from(outbox::Entity)
        .and_where(
            Expr::col((outbox::Entity, outbox::Column::RegistrationId))
                .equals((registration::Entity, registration::Column::Id)),
        )
        .and_where(Expr::col((outbox::Entity, outbox::Column::Purpose)).eq(Occasion::Offered.key()))
        .and_where(state(DeliveryState::Failed).or(waits))
        .to_owned();
    unreached_by_mail().or(Expr::exists(failed))
}

/// The phone of a registrant: what is on file, and where nothing is, what was
/// given with the registration ([`domain::reached_at`]).
pub(crate) fn phone_of() -> Expr {
    let on_file = Expr::col((person::Entity, person::Column::Phone));
    let given = Expr::col((registration::Entity, registration::Column::Phone));
    Func::coalesce([on_file, given]).into()
}

/// Whether the number of a person was said to be wrong by somebody who called
/// it, at whichever workshop. Another number is another matter.
pub(crate) fn phone_fails() -> Expr {
    let theirs = || Alias::new("theirs");
    let said = Query::select()
        .expr(Expr::val(1))
        .from(call::Entity)
        .join_as(
            JoinType::InnerJoin,
            registration::Entity,
            theirs(),
            Expr::col((call::Entity, call::Column::RegistrationId))
                .equals((theirs(), registration::Column::Id)),
        )
        .and_where(
            Expr::col((theirs(), registration::Column::PersonId))
                .equals((person::Entity, person::Column::Id)),
        )
        .and_where(
            Expr::col((call::Entity, call::Column::Outcome))
                .eq(Code(CallOutcome::WrongNumber))
                .or(Expr::col((call::Entity, call::Column::ViaPhone)).is_not_null()),
        )
        .and_where(Expr::col((call::Entity, call::Column::Phone)).eq(phone_of()))
        .to_owned();
    Expr::exists(said)
}

/// Which of these registrations no mail reaches anybody about.
pub(crate) async fn unreached_of(
    db: &impl ConnectionTrait,
    registrations: impl Iterator<Item = i64>,
) -> Result<HashSet<i64>, Failure> {
    let rows: Vec<i64> = registration::Entity::find()
        .select_only()
        .column(registration::Column::Id)
        .filter(registration::Column::Id.is_in(registrations))
        .filter(unreached_by_mail())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
