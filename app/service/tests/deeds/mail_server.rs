//! What a mail server refuses, whom that blames, and what organisers are told.

use crate::kit::{Kit, ORGANIZER, Sink, delegate, move_form};
use crate::on_both;
use crate::outbox::facing_silence;
use chrono::Duration;
use domain::DeliveryState::{Failed, Sent};
use domain::{ContactFilter, MailFailure};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use service::entity::outbox;
use service::{Mailer, PeopleQuery, Registered, Services};
use std::time::Duration as Time;
use tokio::net::TcpListener;

on_both!(
    an_address_is_blamed_only_for_its_mailbox,
    whose_offer_was_refused_is_called_about_it,
    the_mail_page_tells_of_a_server_that_takes_nothing,
);

/// A worker whose mails reach a server.
async fn worker(kit: &Kit) -> Services {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    Sink::open(listener);
    let mailer = Mailer::smtp(&url, "taphuan@example.com").unwrap();
    kit.another_with(mailer, "http://127.0.0.1:3000").await
}

/// Registers somebody whose mail goes there.
async fn register(kit: &Kit, n: usize, address: &str) -> Registered {
    let mut form = delegate(n);
    address.clone_into(&mut form.email);
    kit.register("w", &form).await
}

/// The keys of those whom no mail reaches.
async fn to_call(kit: &Kit) -> Vec<i64> {
    let query = PeopleQuery {
        contact: Some(ContactFilter::ToCall),
        ..PeopleQuery::default()
    };
    let people = kit.services.people(&ORGANIZER, "w", &query, 1).await;
    let rows = people.unwrap().rows.into_iter();
    rows.map(|row| row.id).collect()
}

async fn an_address_is_blamed_only_for_its_mailbox(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let mut gone = None;
    for (n, name) in ["fine", "nobody", "relay", "broken"]
        .into_iter()
        .enumerate()
    {
        let registered = register(kit, n, &format!("{name}@example.com")).await;
        if name == "nobody" {
            gone = Some(registered.id);
        }
    }
    assert_eq!(worker(kit).await.deliver_due().await.unwrap(), 4);
    let mails = outbox::Entity::find().order_by_asc(outbox::Column::Id);
    let mails = mails.all(services.db().read()).await.unwrap();
    let came: Vec<_> = mails
        .iter()
        .map(|mail| (*mail.state, mail.failure.map(|code| code.0)))
        .collect();
    let server = Some(MailFailure::Server);
    let expected = [
        (Sent, None),
        (Failed, Some(MailFailure::Mailbox)),
        (Failed, server),
        (Failed, server),
    ];
    assert_eq!(came, expected);
    assert_eq!(to_call(kit).await, [gone.unwrap()]);
    let form = move_form(kit, "w", 7).await;
    let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!((preview.booked.mail, preview.booked.call), (3, 1));
}

async fn whose_offer_was_refused_is_called_about_it(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 1).await;
    let first = register(kit, 1, "fine@example.com").await;
    let waiting = register(kit, 2, "relay@example.com").await;
    kit.cancel(&first).await;
    assert!(
        services
            .offers_to_call(&ORGANIZER)
            .await
            .unwrap()
            .is_empty()
    );
    let worker = worker(kit).await;
    while worker.deliver_due().await.unwrap() > 0 {}
    let calls = services.offers_to_call(&ORGANIZER).await.unwrap();
    let calls: Vec<i64> = calls.iter().map(|call| call.id).collect();
    assert_eq!(calls, [waiting.id], "the offer does not wait");
    assert!(to_call(kit).await.is_empty(), "the address may be good");
}

async fn the_mail_page_tells_of_a_server_that_takes_nothing(kit: &Kit) {
    let services = &kit.services;
    let trouble = async || services.mail_trouble(&ORGANIZER).await.unwrap();
    kit.workshop("w", 9).await;
    for n in 0..3 {
        register(kit, n, &format!("relay{n}@example.com")).await;
    }
    assert_eq!(trouble().await, None, "nothing was tried yet");
    let (gone, listener) = facing_silence(kit, Time::from_millis(100)).await;
    drop(listener);
    assert_eq!(gone.deliver_due().await.unwrap(), 3);
    let met = trouble().await.unwrap();
    assert_eq!(met.failure, MailFailure::Connection);
    assert!(!met.words.is_empty());
    let next = Some(kit.now() + Duration::seconds(10));
    assert_eq!((met.at, met.next_at), (kit.now(), next));

    kit.clock.advance(Duration::seconds(10));
    let worker = worker(kit).await;
    assert_eq!(worker.deliver_due().await.unwrap(), 3);
    let met = trouble().await.unwrap();
    assert_eq!((met.failure, met.next_at), (MailFailure::Server, None));
    assert!(met.words.contains("relaying denied"), "{}", met.words);

    kit.clock.advance(Duration::seconds(10));
    register(kit, 4, "fine@example.com").await;
    assert_eq!(worker.deliver_due().await.unwrap(), 1);
    assert_eq!(trouble().await, None, "it takes mails");
}

/// Mails that failed before it was kept why are judged by the server's words.
#[tokio::test]
async fn what_failed_before_is_judged_by_its_words() {
    use migrations::{Migrator, MigratorTrait};
    let db = sea_orm::Database::connect("sqlite::memory:").await.unwrap();
    let all = Migrator::migrations();
    let before = all
        .iter()
        .take_while(|one| one.name() != "m20261130_mail_failure");
    let before = u32::try_from(before.count()).unwrap();
    Migrator::up(&db, Some(before)).await.unwrap();
    let (mailbox, server) = (Some(MailFailure::Mailbox), Some(MailFailure::Server));
    let cases = [
        (
            "failed",
            "permanent error (550): 5.1.1 <a@example.com>: unknown",
            mailbox,
        ),
        ("failed", "permanent error (550): refused", mailbox),
        (
            "failed",
            "permanent error (550): 5.7.1 relaying denied",
            server,
        ),
        (
            "failed",
            "permanent error (550): relay not permitted",
            server,
        ),
        ("failed", "permanent error (554): no", server),
        ("failed", "permanent error (500): what?", server),
        (
            "failed",
            "transient error (450): 4.2.0 later",
            Some(MailFailure::Passing),
        ),
        (
            "retry",
            "Connection error: refused",
            Some(MailFailure::Connection),
        ),
        ("failed", "Missing domain or user", Some(MailFailure::Mail)),
        ("withheld", "Connection error: refused", None),
    ];
    for (n, (state, error, _)) in cases.iter().enumerate() {
        let insert = format!(
            "INSERT INTO outbox (purpose, recipient_key, to_name, to_address, subject, body_text, \
             body_html, message_id, state, attempts, created_at, next_at, error) VALUES ('p', \
             'k{n}', '', 'a@example.com', '', '', '', 'm{n}', '{state}', 1, \
             '2026-11-01 00:00:00+00:00', '2026-11-01 00:00:00+00:00', '{error}')"
        );
        db.execute_unprepared(&insert).await.unwrap();
    }
    Migrator::up(&db, None).await.unwrap();
    let rows = outbox::Entity::find().order_by_asc(outbox::Column::Id);
    let rows = rows.all(&db).await.unwrap();
    for (row, (_, error, failure)) in rows.iter().zip(cases) {
        assert_eq!(row.failure.map(|code| code.0), failure, "{error}");
    }
}
