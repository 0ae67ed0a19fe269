//! Mails that are sent again when asked, and those that nobody needs any more.

use crate::kit::{Kit, ORGANIZER, Sink, campaign_mails, delegate, mails, make, message, number};
use crate::on_both;
use crate::outbox::{facing_silence, only_mail, set_state};
use chrono::Duration;
use domain::DeliveryState::{self, Failed, Queued, Retry, Sent, Withheld};
use domain::{AccountRole, Outdated};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::entity::{audit, outbox};
use service::{Conflict, Failure, Mailer};
use std::time::Duration as Time;
use tokio::net::TcpListener;

on_both!(
    all_that_failed_is_sent_again_but_for_what_is_no_longer_so,
    nobody_is_told_of_a_seat_after_giving_it_up,
    nobody_is_told_to_wait_after_getting_a_seat,
    a_workshop_that_is_called_off_takes_its_mails_along,
    a_mail_that_failed_is_sent_again_when_asked,
    what_speaks_of_a_workshop_to_come_does_not_leave_after_it,
    a_mail_says_why_it_does_not_leave,
);

async fn all_that_failed_is_sent_again_but_for_what_is_no_longer_so(kit: &Kit) {
    kit.workshop("w", 9).await;
    kit.workshop("off", 9).await;
    let staying = kit.register("w", &delegate(1)).await;
    let leaving = kit.register("w", &delegate(2)).await;
    let missing = kit.register("off", &delegate(3)).await;
    set_state(kit, Failed).await;
    kit.cancel(&leaving).await;
    kit.call_off("off").await;
    let of = async |registration: i64| {
        let mails = kit.all(outbox::Entity).await;
        let mut mails = mails.into_iter();
        mails
            .find(|mail| {
                mail.registration_id == Some(registration) && mail.purpose == "confirmation"
            })
            .unwrap()
    };
    let before = of(staying.id).await.message_id;
    let plan = kit.services.plan_failed_again(&ORGANIZER).await.unwrap();
    assert_eq!((plan.to_send, plan.outdated), (1, 2));
    let door = kit.staff(AccountRole::Door, &["w"]).await;
    let refused = kit.services.send_failed_again(&door).await;
    assert!(matches!(refused, Err(Failure::Forbidden)), "{refused:?}");
    let sent = kit.services.send_failed_again(&ORGANIZER).await.unwrap();
    assert_eq!(sent, 1);
    let again = of(staying.id).await;
    assert_eq!((*again.state, again.message_id), (Queued, before));
    for other in [leaving.id, missing.id] {
        assert_eq!(*of(other).await.state, Withheld);
        let mail = of(other).await.id;
        let refused = kit.services.send_again(&ORGANIZER, mail).await;
        let refused = matches!(refused, Err(Failure::Conflict(Conflict::NotAllowedNow)));
        assert!(refused, "not by itself either");
    }
    let nothing = kit.services.send_failed_again(&ORGANIZER).await.unwrap();
    assert_eq!(nothing, 0, "once is enough");
    let log = kit.all(audit::Entity).await;
    assert_eq!(number(&log, |line| line.deed == "send_failed_again"), 1);
}

/// What became of the mails, in the order in which they were written.
async fn states(kit: &Kit) -> Vec<(String, DeliveryState)> {
    let mut mails = kit.all(outbox::Entity).await;
    mails.sort_by_key(|mail| mail.id);
    let told = mails.into_iter().map(|mail| (mail.purpose, *mail.state));
    told.collect()
}

fn told(states: &[(&str, DeliveryState)]) -> Vec<(String, DeliveryState)> {
    let told = states
        .iter()
        .map(|(purpose, state)| ((*purpose).to_owned(), *state));
    told.collect()
}

async fn nobody_is_told_of_a_seat_after_giving_it_up(kit: &Kit) {
    kit.workshop("w", 9).await;
    let other = kit.register("w", &delegate(2)).await;
    let registered = kit.register("w", &delegate(1)).await;
    let (anybody, form) = (service::Actor::Anonymous, delegate(1));
    let again = kit
        .services
        .register(&anybody, "w", &form, domain::Lang::Vi, None);
    again.await.unwrap();
    let (worker, listener) = facing_silence(kit, Time::from_millis(100)).await;
    drop(listener);
    assert_eq!(worker.deliver_due().await.unwrap(), 3);
    kit.cancel(&registered).await;
    kit.clock.advance(Duration::hours(1));
    while kit.services.deliver_due().await.unwrap() > 0 {}
    let link_again = format!(
        "link-again-{}",
        domain::to_local(kit.now()).format("%Y-%m-%d")
    );
    let expected = [
        ("confirmation", Sent),
        ("confirmation", Withheld),
        (&link_again, Withheld),
        ("cancelled", Sent),
    ];
    assert_eq!(states(kit).await, told(&expected));
    assert_eq!(kit.files("mail").len(), 2);
    let mails = kit.all(outbox::Entity).await;
    let withheld = |mail: &outbox::Model| *mail.state == Withheld;
    assert!(
        mails
            .iter()
            .all(|mail| !withheld(mail) || mail.registration_id != Some(other.id))
    );
}

async fn nobody_is_told_to_wait_after_getting_a_seat(kit: &Kit) {
    kit.workshop("w", 1).await;
    let first = kit.register("w", &delegate(1)).await;
    kit.register("w", &delegate(2)).await;
    kit.cancel(&first).await;
    let expected = [
        ("confirmation", Withheld),
        ("waitlisted", Withheld),
        ("cancelled", Queued),
        ("offered", Queued),
    ];
    assert_eq!(states(kit).await, told(&expected));
}

async fn a_workshop_that_is_called_off_takes_its_mails_along(kit: &Kit) {
    kit.workshop("w", 9).await;
    kit.workshop("other", 9).await;
    kit.register("w", &delegate(1)).await;
    assert_eq!(kit.services.deliver_due().await.unwrap(), 1);
    kit.register("w", &delegate(2)).await;
    kit.register("w", &delegate(3)).await;
    kit.register("other", &delegate(4)).await;
    let db = kit.services.db();
    db.write(|tx| async move {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::Purpose, Expr::value("materials"))
            .filter(outbox::Column::ToAddress.eq(delegate(3).email))
            .exec(&*tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    kit.call_off("w").await;
    let mut states = states(kit).await;
    states.truncate(4);
    let expected = [
        ("confirmation", Sent),
        ("confirmation", Withheld),
        ("materials", Queued),
        ("confirmation", Queued),
    ];
    assert_eq!(states, told(&expected));
}

async fn a_mail_that_failed_is_sent_again_when_asked(kit: &Kit) {
    kit.workshop("w", 9).await;
    let mut form = delegate(1);
    "nobody@example.com".clone_into(&mut form.email);
    kit.register("w", &form).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let _sink = Sink::open(listener);
    let mailer = Mailer::smtp(&url, "taphuan@example.com").unwrap();
    let worker = kit.another_with(mailer, "http://127.0.0.1:3000").await;
    let id = only_mail(kit).await.id;
    let services = &kit.services;
    let refused = async || {
        let answer = services.send_again(&ORGANIZER, id).await;
        matches!(answer, Err(Failure::Conflict(Conflict::NotAllowedNow)))
    };
    assert!(refused().await, "it waits anyway");
    worker.deliver_due().await.unwrap();
    let failed = only_mail(kit).await;
    assert_eq!(*failed.state, Failed);
    let door = kit.staff(AccountRole::Door, &["w"]).await;
    let answer = services.send_again(&door, id).await;
    assert!(matches!(answer, Err(Failure::Forbidden)), "{answer:?}");
    let answer = services.send_again(&ORGANIZER, id + 1).await;
    assert!(matches!(answer, Err(Failure::NotFound)), "{answer:?}");
    kit.clock.advance(Duration::hours(1));
    services.send_again(&ORGANIZER, id).await.unwrap();
    let queued = only_mail(kit).await;
    assert_eq!((*queued.state, queued.attempts), (Queued, 0));
    assert_eq!((queued.next_at, queued.error), (kit.now(), None));
    assert_eq!(queued.message_id, failed.message_id);
    assert!(refused().await, "once is enough");
    services.deliver_due().await.unwrap();
    let sent = only_mail(kit).await;
    assert_eq!((*sent.state, sent.attempts), (Sent, 1));
    assert!(refused().await, "it was sent");
    let log = kit.all(audit::Entity).await;
    let asked = |line: &audit::Model| line.deed == "send_again" && line.noun_id == id;
    assert_eq!(number(&log, asked), 1);
}

async fn what_speaks_of_a_workshop_to_come_does_not_leave_after_it(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    set_state(kit, Failed).await;
    let late = kit.register("w", &delegate(2)).await;
    let (worker, listener) = facing_silence(kit, Time::from_millis(100)).await;
    drop(listener);
    assert_eq!(worker.deliver_due().await.unwrap(), 1);
    let states = async || {
        let told = states(kit).await.into_iter();
        told.map(|(_, state)| state).collect::<Vec<_>>()
    };
    assert_eq!(states().await, [Failed, Retry]);
    kit.register("w", &delegate(3)).await;
    let plan = services.plan_failed_again(&ORGANIZER).await.unwrap();
    assert_eq!((plan.to_send, plan.outdated), (1, 0));

    kit.clock.advance(Duration::days(11));
    let failed = kit.all(outbox::Entity).await;
    let failed = failed.iter().find(|mail| *mail.state == Failed).unwrap().id;
    let page = services.outbox_mail(&ORGANIZER, failed).await.unwrap();
    assert_eq!(page.outdated, Some(Outdated::Ended));
    let plan = services.plan_failed_again(&ORGANIZER).await.unwrap();
    assert_eq!((plan.to_send, plan.outdated), (0, 1));
    let one = services.send_again(&ORGANIZER, failed).await;
    let refused = matches!(one, Err(Failure::Conflict(Conflict::NotAllowedNow)));
    assert!(refused, "nor by itself");
    assert_eq!(services.send_failed_again(&ORGANIZER).await.unwrap(), 0);
    // One that could not leave until then, and one that no worker took in hand.
    assert_eq!(services.deliver_due().await.unwrap(), 2);
    assert_eq!(states().await, [Withheld, Withheld, Withheld]);
    assert_eq!(kit.files("mail").len(), 0);

    // What is written afterwards knows of that.
    let (db, now, late) = (services.db(), kit.now(), late.id);
    db.write(|tx| async move {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::CreatedAt, Expr::value(now))
            .filter(outbox::Column::RegistrationId.eq(late))
            .exec(&*tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    set_state(kit, Failed).await;
    let plan = services.plan_failed_again(&ORGANIZER).await.unwrap();
    assert_eq!((plan.to_send, plan.outdated), (1, 2));
}

async fn a_mail_says_why_it_does_not_leave(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.workshop("off", 9).await;
    let leaving = kit.register("w", &delegate(1)).await;
    kit.register("off", &delegate(2)).await;
    kit.register("w", &delegate(3)).await;
    kit.cancel(&leaving).await;
    kit.call_off("off").await;
    let mails = mails(kit).await.into_iter();
    let mut why = Vec::new();
    for mail in mails.filter(|mail| mail.purpose == "confirmation") {
        let page = services.outbox_mail(&ORGANIZER, mail.id).await.unwrap();
        why.push((*mail.state, page.outdated));
    }
    let expected = [
        (Withheld, Some(Outdated::Registration)),
        (Withheld, Some(Outdated::CalledOff)),
        (Queued, None),
    ];
    assert_eq!(why, expected);

    // A message that is held keeps its mails.
    kit.register("w", &delegate(4)).await;
    let id = make(kit, &message("now")).await;
    let of_message = campaign_mails(kit).await.remove(0).id;
    let held = async || {
        let page = services.outbox_mail(&ORGANIZER, of_message).await.unwrap();
        page.held
    };
    assert_eq!(held().await, None);
    services.pause_campaign(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(held().await, Some(("w".to_owned(), id)));
    let all = services.held_messages(&ORGANIZER).await.unwrap();
    assert!(all.len() == 1 && all.contains(&id), "{all:?}");
    services.resume_campaign(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(held().await, None);
}
