//! The outbox: every mail leaves, and none twice while the workers live.

use crate::kit::{Kit, ORGANIZER, Sink, delegate, number};
use crate::on_both;
use chrono::Duration;
use domain::DeliveryState::{self, Failed, Retry, Sending, Sent};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::entity::{Code, outbox};
use service::{Mailer, OutboxFilter};
use tokio::net::TcpListener;

on_both!(
    a_mail_becomes_a_file_where_there_is_no_server,
    many_workers_of_two_servers_send_nothing_twice,
    a_mail_of_a_dead_worker_is_taken_again_after_its_lease,
    a_server_that_is_gone_is_tried_less_and_less_often_until_it_is_back,
    what_is_refused_for_good_fails_and_what_is_refused_for_now_waits,
    the_mail_page_shows_the_newest_first_by_state,
);

/// Registers people, each of whom gets a mail.
async fn write_mails(kit: &Kit, number: usize) {
    kit.workshop("w", 500).await;
    for n in 0..number {
        kit.register("w", &delegate(n)).await;
    }
}

async fn only_mail(kit: &Kit) -> outbox::Model {
    let mut mails = kit.all(outbox::Entity).await;
    assert_eq!(mails.len(), 1);
    mails.remove(0)
}

async fn a_mail_becomes_a_file_where_there_is_no_server(kit: &Kit) {
    write_mails(kit, 1).await;
    assert!(kit.services.mail_stays_here());
    assert_eq!(kit.services.deliver_due().await.unwrap(), 1);
    assert_eq!(kit.services.deliver_due().await.unwrap(), 0);
    let mail = only_mail(kit).await;
    assert_eq!((*mail.state, mail.sent_at), (Sent, Some(kit.now())));
    let files = kit.files("mail");
    assert_eq!(files.len(), 1);
    assert!(files[0].ends_with(".eml"));
    let file = std::fs::read_to_string(kit.path("mail").join(&files[0])).unwrap();
    for part in [
        format!("Message-ID: {}", mail.message_id),
        "To: =?utf-8?".to_owned(),
        "Subject: ".to_owned(),
        "text/plain; charset=utf-8".to_owned(),
        "text/html; charset=utf-8".to_owned(),
        "text/calendar".to_owned(),
    ] {
        assert!(file.contains(&part), "{part} in {file}");
    }
    assert!(file.is_ascii(), "any server takes it");
}

async fn many_workers_of_two_servers_send_nothing_twice(kit: &Kit) {
    write_mails(kit, 150).await;
    let other = kit.another().await;
    let taken = kit
        .race(8, move |services, n| {
            let worker = if n % 2 == 0 { services } else { other.clone() };
            async move {
                let mut taken = 0;
                loop {
                    match worker.deliver_due().await.unwrap() {
                        0 => return taken,
                        some => taken += some,
                    }
                }
            }
        })
        .await;
    assert_eq!(taken.iter().sum::<usize>(), 150);
    let mails = kit.all(outbox::Entity).await;
    let once = |mail: &outbox::Model| *mail.state == Sent && mail.attempts == 1;
    assert_eq!(number(&mails, once), 150);
    assert_eq!(kit.files("mail").len(), 150);
}

async fn a_mail_of_a_dead_worker_is_taken_again_after_its_lease(kit: &Kit) {
    write_mails(kit, 1).await;
    let now = kit.now();
    let db = kit.services.db();
    db.write(|tx| async move {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::State, Expr::value(Code(Sending)))
            .col_expr(outbox::Column::TakenAt, Expr::value(now))
            .col_expr(outbox::Column::Attempts, Expr::value(1))
            .filter(outbox::Column::Id.gt(0))
            .exec(&*tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    kit.clock.advance(Duration::minutes(5));
    assert_eq!(
        kit.services.deliver_due().await.unwrap(),
        0,
        "it may still be in hand"
    );
    kit.clock.advance(Duration::seconds(1));
    assert_eq!(kit.services.deliver_due().await.unwrap(), 1);
    let mail = only_mail(kit).await;
    assert_eq!((*mail.state, mail.attempts), (Sent, 2));
}

async fn a_server_that_is_gone_is_tried_less_and_less_often_until_it_is_back(kit: &Kit) {
    write_mails(kit, 1).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mailer = Mailer::smtp(&format!("smtp://{address}"), "taphuan@example.com").unwrap();
    let worker = kit.another_with(mailer, "http://127.0.0.1:3000").await;
    for (attempt, seconds) in [10, 30, 60, 300, 900, 1800, 1800].into_iter().enumerate() {
        assert_eq!(worker.deliver_due().await.unwrap(), 1);
        let mail = only_mail(kit).await;
        assert_eq!((*mail.state, mail.attempts), (Retry, attempt as i64 + 1));
        assert_eq!(mail.next_at - kit.now(), Duration::seconds(seconds));
        assert!(mail.error.is_some());
        assert_eq!(
            worker.deliver_due().await.unwrap(),
            0,
            "not before its time"
        );
        kit.clock.advance(Duration::seconds(seconds));
    }
    let sink = Sink::open(TcpListener::bind(address).await.unwrap());
    assert_eq!(worker.deliver_due().await.unwrap(), 1);
    let mail = only_mail(kit).await;
    assert_eq!((*mail.state, mail.error), (Sent, None));
    let taken = sink.mails();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].contains(&mail.message_id));
}

async fn what_is_refused_for_good_fails_and_what_is_refused_for_now_waits(kit: &Kit) {
    kit.workshop("w", 9).await;
    for (n, address) in [
        "nobody@example.com",
        "later@example.com",
        "fine@example.com",
    ]
    .into_iter()
    .enumerate()
    {
        let mut form = delegate(n);
        address.clone_into(&mut form.email);
        kit.register("w", &form).await;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let sink = Sink::open(listener);
    let mailer = Mailer::smtp(&url, "taphuan@example.com").unwrap();
    let worker = kit.another_with(mailer, "http://127.0.0.1:3000").await;
    worker.check_mail().await.unwrap();
    assert_eq!(worker.deliver_due().await.unwrap(), 3);
    let mails = kit.all(outbox::Entity).await;
    let of = |address: &str| {
        mails
            .iter()
            .find(|mail| mail.to_address == address)
            .unwrap()
    };
    let nobody = of("nobody@example.com");
    assert_eq!(*nobody.state, Failed);
    assert!(
        nobody.error.as_ref().unwrap().contains("no such user"),
        "{nobody:?}"
    );
    let later = of("later@example.com");
    assert_eq!(*later.state, Retry);
    assert_eq!(later.next_at - kit.now(), Duration::minutes(30));
    assert_eq!(*of("fine@example.com").state, Sent);
    assert_eq!(sink.mails().len(), 1);
}

async fn the_mail_page_shows_the_newest_first_by_state(kit: &Kit) {
    write_mails(kit, 60).await;
    let page = async |filter| kit.services.outbox(&ORGANIZER, filter).await.unwrap();
    let (first, more) = page(OutboxFilter::default()).await;
    assert_eq!((first.len(), more), (50, true));
    assert!(first.is_sorted_by(|a, b| a.id > b.id));
    let before = first.last().map(|mail| mail.id);
    let (rest, more) = page(OutboxFilter {
        state: None,
        before,
    })
    .await;
    assert_eq!((rest.len(), more), (10, false));
    let state = Some(DeliveryState::Sent);
    let (sent, _) = page(OutboxFilter {
        state,
        before: None,
    })
    .await;
    assert!(sent.is_empty());
}
