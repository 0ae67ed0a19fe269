//! What a merge withheld leaves when it is undone, as far as it is still so.

use super::{doubled, merge, row_of, undo};
use crate::kit::{Kit, ORGANIZER, move_form};
use crate::on_both;
use chrono::Duration;
use domain::DeliveryState::{self, Queued, Withheld};
use domain::RegistrationState::Booked;
use service::entity::outbox;

on_both!(
    withheld_mail_leaves_after_all,
    of_what_is_over_nobody_is_written_to,
    what_was_moved_meanwhile_is_told_anew,
);

/// Purposes and states of the mails about a registration.
async fn mails_of(kit: &Kit, id: i64) -> Vec<(String, DeliveryState)> {
    let mut rows = kit.all(outbox::Entity).await;
    rows.sort_by_key(|row| row.id);
    rows.into_iter()
        .filter(|row| row.registration_id == Some(id))
        .map(|row| (row.purpose, *row.state))
        .collect()
}

async fn withheld_mail_leaves_after_all(kit: &Kit) {
    let (first, second, id) = doubled(kit, 5).await;
    let confirmation = |state| vec![("confirmation".to_owned(), state)];
    merge(kit, id).await.unwrap();
    assert_eq!(mails_of(kit, first.id).await, confirmation(Queued));
    assert_eq!(mails_of(kit, second.id).await, confirmation(Withheld));
    undo(kit, id).await.unwrap();
    assert_eq!(mails_of(kit, second.id).await, confirmation(Queued));
    // What has left does not leave again.
    while kit.services.deliver_due().await.unwrap() > 0 {}
    merge(kit, id).await.unwrap();
    undo(kit, id).await.unwrap();
    assert_eq!(
        mails_of(kit, second.id).await,
        confirmation(DeliveryState::Sent)
    );
}

async fn of_what_is_over_nobody_is_written_to(kit: &Kit) {
    let (_, second, id) = doubled(kit, 5).await;
    merge(kit, id).await.unwrap();
    kit.clock.advance(Duration::days(30));
    undo(kit, id).await.unwrap();
    assert_eq!(*row_of(kit, &second).await.state, Booked);
    let mails = mails_of(kit, second.id).await;
    assert_eq!(mails, [("confirmation".to_owned(), Withheld)]);
}

async fn what_was_moved_meanwhile_is_told_anew(kit: &Kit) {
    let (_, second, id) = doubled(kit, 5).await;
    kit.clock.advance(Duration::minutes(1));
    merge(kit, id).await.unwrap();
    let form = move_form(kit, "w", 7).await;
    let moved = kit.services.move_workshop(&ORGANIZER, "w", &form).await;
    moved.unwrap();
    undo(kit, id).await.unwrap();
    let mails = mails_of(kit, second.id).await;
    assert_eq!(mails[0], ("confirmation".to_owned(), Withheld));
    let (again, state) = &mails[1];
    assert!(again.starts_with("lost-link") && *state == Queued);
    assert_eq!(mails.len(), 2, "{mails:?}");
}
