//! The outbox: every mail leaves, and none twice while the workers live.

use crate::kit::{Kit, ORGANIZER, Sink, delegate, number, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::DeliveryState::{self, Failed, Retry, Sending, Sent};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use service::entity::{Code, outbox};
use service::{MailLimits, Mailer, Organizer, OutboxFilter, Services};
use std::num::NonZeroU32;
use std::time::Duration as Time;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

on_both!(
    a_mail_becomes_a_file_where_there_is_no_server,
    many_workers_of_two_servers_send_nothing_twice,
    a_mail_of_a_dead_worker_is_taken_again_after_its_lease,
    a_server_that_is_gone_is_tried_less_and_less_often_until_it_is_back,
    what_is_refused_for_good_fails_and_what_is_refused_for_now_waits,
    the_mail_page_shows_the_newest_first_by_state,
    a_server_that_falls_silent_holds_no_worker,
    one_mail_that_takes_long_holds_up_no_other,
    no_more_mails_a_minute_than_the_server_takes,
    what_became_of_a_mail_is_written_down_once_the_database_is_back,
    a_worker_that_comes_late_leaves_what_another_wrote_down,
    a_mail_says_whom_to_ask_as_far_as_that_is_known,
);

/// Registers people, each of whom gets a mail.
pub(crate) async fn write_mails(kit: &Kit, number: usize) {
    kit.workshop("w", 500).await;
    for n in 0..number {
        kit.register("w", &delegate(n)).await;
    }
}

pub(crate) async fn only_mail(kit: &Kit) -> outbox::Model {
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

/// A worker whose mail server accepts connections and says nothing.
pub(crate) async fn facing_silence(kit: &Kit, patience: Time) -> (Services, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mailer = Mailer::smtp(&url, "taphuan@example.com").unwrap();
    let mailer = mailer.with_patience(patience);
    let worker = kit.another_with(mailer, "http://127.0.0.1:3000").await;
    (worker, listener)
}

/// Waits until the worker has called, and keeps the line open.
async fn call(listener: &TcpListener) -> TcpStream {
    listener.accept().await.unwrap().0
}

async fn a_server_that_falls_silent_holds_no_worker(kit: &Kit) {
    write_mails(kit, 5).await;
    let (worker, listener) = facing_silence(kit, Time::from_millis(200)).await;
    tokio::spawn(async move {
        let mut lines = Vec::new();
        loop {
            lines.push(call(&listener).await);
        }
    });
    let soon = Time::from_secs(20);
    let round = async || timeout(soon, worker.deliver_due()).await.expect("in time");
    assert_eq!(round().await.unwrap(), 5);
    for mail in kit.all(outbox::Entity).await {
        assert_eq!((*mail.state, mail.attempts), (Retry, 1));
        assert_eq!(mail.next_at - kit.now(), Duration::seconds(10));
        assert!(mail.error.unwrap().contains("within 0.2 s"));
    }
    let check = timeout(soon, worker.check_mail()).await.expect("in time");
    assert!(check.is_err());
}

async fn one_mail_that_takes_long_holds_up_no_other(kit: &Kit) {
    kit.workshop("w", 99).await;
    for n in 0..12 {
        let mut form = delegate(n);
        if n == 0 {
            "slow@example.com".clone_into(&mut form.email);
        }
        kit.register("w", &form).await;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let sink = Sink::open(listener);
    let worker = kit
        .another_with(
            Mailer::smtp(&url, "taphuan@example.com").unwrap(),
            "http://127.0.0.1:3000",
        )
        .await;
    let working = tokio::spawn(async move { worker.deliver_due().await.unwrap() });
    let others = async {
        while sink.mails().len() < 11 {
            tokio::time::sleep(Time::from_millis(20)).await;
        }
    };
    timeout(Time::from_secs(20), others)
        .await
        .expect("all others left");
    assert!(!working.is_finished(), "the slow one is still in hand");
    sink.let_go();
    assert_eq!(working.await.unwrap(), 12);
    assert_eq!(sink.mails().len(), 12);
}

async fn no_more_mails_a_minute_than_the_server_takes(kit: &Kit) {
    write_mails(kit, 4).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let sink = Sink::open(listener);
    let limits = MailLimits {
        connections: 50,
        // One each 200 ms.
        per_minute: NonZeroU32::new(300),
    };
    let mailer = Mailer::limited_smtp(&url, "taphuan@example.com", limits).unwrap();
    let worker = kit.another_with(mailer, "http://127.0.0.1:3000").await;
    let began = std::time::Instant::now();
    assert_eq!(worker.deliver_due().await.unwrap(), 4);
    assert!(
        began.elapsed() >= Time::from_millis(590),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(sink.mails().len(), 4);
}

/// Makes all mails what they would be after some tries.
pub(crate) async fn set_state(kit: &Kit, state: DeliveryState) {
    let db = kit.services.db();
    db.write(|tx| async move {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::State, Expr::value(Code(state)))
            .filter(outbox::Column::Id.gt(0))
            .exec(&*tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
}

async fn rename(kit: &Kit, from: &str, to: &str) {
    let statement = &format!("ALTER TABLE {from} RENAME TO {to}");
    let db = kit.services.db();
    db.write(|tx| async move {
        tx.execute_unprepared(statement).await?;
        Ok(())
    })
    .await
    .unwrap();
}

async fn what_became_of_a_mail_is_written_down_once_the_database_is_back(kit: &Kit) {
    write_mails(kit, 1).await;
    let (worker, listener) = facing_silence(kit, Time::from_millis(500)).await;
    let work = tokio::spawn(async move { worker.deliver_due().await });
    let _line = call(&listener).await;
    rename(kit, "outbox", "away").await;
    tokio::time::sleep(Time::from_millis(700)).await;
    assert!(!work.is_finished(), "it keeps trying");
    rename(kit, "away", "outbox").await;
    assert_eq!(work.await.unwrap().unwrap(), 1);
    let mail = only_mail(kit).await;
    assert_eq!((*mail.state, mail.attempts), (Retry, 1));
}

async fn a_worker_that_comes_late_leaves_what_another_wrote_down(kit: &Kit) {
    write_mails(kit, 1).await;
    let (late, listener) = facing_silence(kit, Time::from_secs(2)).await;
    let work = tokio::spawn(async move { late.deliver_due().await });
    let _line = call(&listener).await;
    kit.clock.advance(Duration::seconds(301));
    assert_eq!(kit.services.deliver_due().await.unwrap(), 1);
    assert!(!work.is_finished());
    assert_eq!(work.await.unwrap().unwrap(), 1);
    let mail = only_mail(kit).await;
    assert_eq!((*mail.state, mail.attempts, mail.error), (Sent, 2, None));
}

async fn a_mail_says_whom_to_ask_as_far_as_that_is_known(kit: &Kit) {
    kit.workshop("w", 9).await;
    let footers = [
        ("", "Thư này được gửi tự động."),
        (
            "024 3825 0000",
            "Thư này được gửi tự động. Liên hệ ban tổ chức: 024 3825 0000",
        ),
    ];
    for (n, (phone, footer)) in footers.into_iter().enumerate() {
        let office = Organizer {
            name_vi: "Trung tâm".to_owned(),
            phone: phone.to_owned(),
            ..Organizer::default()
        };
        let revised =
            kit.services
                .revise_programme(&ORGANIZER, "Chương trình", "Programme", "600", &office);
        revised.await.unwrap();
        kit.register("w", &delegate(n)).await;
        let mails = kit.all(outbox::Entity).await;
        let mail = mails.iter().max_by_key(|mail| mail.id).unwrap();
        assert_eq!(mail.body_text.trim_end().lines().last(), Some(footer));
    }
    // Who is to be asked about this workshop stands before the office.
    let mut form = workshop_form("own", 9);
    form.contact_name = "Trần Thị Hoa".to_owned();
    form.contact_phone = "0950 123 456".to_owned();
    kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    kit.services.publish(&ORGANIZER, "own").await.unwrap();
    kit.register("own", &delegate(9)).await;
    let mails = kit.all(outbox::Entity).await;
    let mail = mails.iter().max_by_key(|mail| mail.id).unwrap();
    let footer = "Thư này được gửi tự động. Liên hệ ban tổ chức: Trần Thị Hoa · 0950 123 456";
    assert_eq!(mail.body_text.trim_end().lines().last(), Some(footer));
}
