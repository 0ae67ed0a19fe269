//! Invitations and cancellations of one event leave in order. The harness is
//! held to account by mails without their key, which must get out of order.

use crate::kit::{Kit, ORGANIZER, Sink, delegate, deliver, mails, tell};
use crate::on_both;
use chrono::Duration;
use domain::CalendarMethod;
use domain::DeliveryState::{Failed, Queued, Retry, Sent};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::entity::outbox;
use service::{Conflict, Failure, Mailer, Services};
use std::collections::HashMap;
use tokio::net::TcpListener;

on_both!(
    a_cancellation_waits_until_its_invitation_is_taken,
    many_workers_keep_the_order_of_each_invitation,
    many_workers_tell_one_registration_in_order,
    mails_without_a_key_get_out_of_order_in_this_harness,
    an_invitation_that_is_out_of_date_is_not_sent_again,
);

/// A mail server and a worker that hands over to it.
async fn server(kit: &Kit) -> (Sink, Services) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mailer = Mailer::smtp(&url, "taphuan@example.com").unwrap();
    let worker = kit.another_with(mailer, "http://127.0.0.1:3000").await;
    (Sink::open(listener), worker)
}

async fn address_to(kit: &Kit, id: i64, address: &str) {
    let db = kit.services.db();
    db.write(|tx| async move {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::ToAddress, Expr::value(address))
            .filter(outbox::Column::Id.eq(id))
            .exec(&*tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
}

async fn a_cancellation_waits_until_its_invitation_is_taken(kit: &Kit) {
    kit.workshop("w", 9).await;
    let (sink, worker) = server(kit).await;
    let registered = kit.register("w", &delegate(1)).await;
    let request = mails(kit).await[0].clone();
    address_to(kit, request.id, "later@example.com").await;
    tell(kit, &registered, CalendarMethod::Cancel, "called-off").await;
    kit.register("w", &delegate(2)).await;
    assert_eq!(
        worker.deliver_due().await.unwrap(),
        2,
        "not the cancellation"
    );
    let states: Vec<_> = mails(kit).await.iter().map(|mail| *mail.state).collect();
    assert_eq!(states, [Retry, Queued, Sent]);
    kit.clock.advance(Duration::minutes(29));
    assert_eq!(worker.deliver_due().await.unwrap(), 0);
    // What another deed says of the same registration does not wait for it.
    tell(kit, &registered, CalendarMethod::Publish, "note").await;
    assert_eq!(worker.deliver_due().await.unwrap(), 1);
    kit.clock.advance(Duration::minutes(2));
    address_to(kit, request.id, "now@example.com").await;
    assert_eq!(
        worker.deliver_due().await.unwrap(),
        2,
        "one after the other"
    );
    let taken = sink.mails();
    assert!(taken[2].contains("method=REQUEST") && taken[3].contains("method=CANCEL"));

    // What failed for good holds up nothing.
    let failed = kit.register("w", &delegate(3)).await;
    let mail = mails(kit).await.pop().unwrap();
    address_to(kit, mail.id, "nobody@example.com").await;
    tell(kit, &failed, CalendarMethod::Request, "moved-2").await;
    deliver(&worker).await;
    let states: Vec<_> = mails(kit).await.iter().map(|mail| *mail.state).collect();
    assert_eq!(states[4..], [Failed, Sent]);
}

/// What holds mails together.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Key,
    Registration,
    Nothing,
}

/// Writes three mails about each of some invitations, lets many workers hand
/// them over, and tells for each invitation in which places they arrived.
async fn places(kit: &Kit, slug: &str, by: By) -> Vec<Vec<usize>> {
    kit.workshop(slug, 99).await;
    for n in 0..15 {
        let registered = kit.register(slug, &delegate(n)).await;
        tell(kit, &registered, CalendarMethod::Request, "moved-2").await;
        tell(kit, &registered, CalendarMethod::Cancel, "called-off").await;
    }
    let db = kit.services.db();
    db.write(|tx| async move {
        let mut loose = outbox::Entity::update_many();
        if by != By::Key {
            loose = loose.col_expr(outbox::Column::CalendarKey, Expr::value(None::<String>));
        }
        if by != By::Registration {
            loose = loose.col_expr(outbox::Column::RegistrationId, Expr::value(None::<i64>));
        }
        loose.exec(&*tx).await?;
        Ok(())
    })
    .await
    .unwrap();
    let (sink, worker) = server(kit).await;
    let taken = kit
        .race(6, move |_, _| {
            let worker = worker.clone();
            async move {
                let mut taken = 0;
                // A worker that finds all of it in other hands looks again.
                for _ in 0..200 {
                    taken += worker.deliver_due().await.unwrap();
                    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                }
                taken
            }
        })
        .await;
    assert_eq!(taken.iter().sum::<usize>(), 45);
    let wire = sink.mails();
    assert_eq!(wire.len(), 45);
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for mail in mails(kit).await {
        let place = wire
            .iter()
            .position(|taken| taken.contains(&mail.message_id));
        if let Some(place) = place {
            places.entry(mail.recipient_key).or_default().push(place);
        }
    }
    assert_eq!(places.len(), 15);
    assert!(places.values().all(|places| places.len() == 3));
    places.into_values().collect()
}

async fn many_workers_keep_the_order_of_each_invitation(kit: &Kit) {
    let places = places(kit, "w", By::Key).await;
    assert!(places.iter().all(|places| places.is_sorted()), "{places:?}");
}

async fn many_workers_tell_one_registration_in_order(kit: &Kit) {
    let places = places(kit, "w", By::Registration).await;
    assert!(places.iter().all(|places| places.is_sorted()), "{places:?}");
}

/// The negative control: without key and registration nothing holds a mail back.
async fn mails_without_a_key_get_out_of_order_in_this_harness(kit: &Kit) {
    for round in 0..5 {
        let places = places(kit, &format!("w{round}"), By::Nothing).await;
        if !places.iter().all(|places| places.is_sorted()) {
            return;
        }
    }
    panic!("the harness cannot see mails out of order");
}

async fn an_invitation_that_is_out_of_date_is_not_sent_again(kit: &Kit) {
    kit.workshop("w", 9).await;
    let registered = kit.register("w", &delegate(1)).await;
    let request = mails(kit).await[0].clone();
    address_to(kit, request.id, "nobody@example.com").await;
    let (_sink, worker) = server(kit).await;
    deliver(&worker).await;
    assert_eq!(*mails(kit).await[0].state, Failed);
    tell(kit, &registered, CalendarMethod::Request, "moved-2").await;
    let again = worker.send_again(&ORGANIZER, request.id).await;
    assert!(
        matches!(again, Err(Failure::Conflict(Conflict::NotAllowedNow))),
        "{again:?}"
    );
}
