//! What a mail server refuses, whom that blames, and what organisers are told.

use crate::kit::{Kit, ORGANIZER, Sink, delegate, move_form};
use crate::on_both;
use crate::outbox::facing_silence;
use chrono::Duration;
use domain::DeliveryState::{Failed, Sent};
use domain::{Coded, ContactFilter, MailFailure};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use service::entity::outbox;
use service::{Mailer, PeopleQuery, Registered, Services};
use std::time::Duration as Time;
use tokio::net::TcpListener;

on_both!(
    an_address_is_blamed_only_for_its_mailbox,
    whose_offer_was_refused_is_called_about_it,
    the_mail_page_tells_of_a_server_that_takes_nothing,
    what_failed_before_is_judged_by_its_words,
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
    let calls = async || -> Vec<i64> {
        let calls = services.offers_to_call(&ORGANIZER).await.unwrap();
        calls.iter().map(|call| call.id).collect()
    };
    let (gone, listener) = facing_silence(kit, Time::from_millis(100)).await;
    drop(listener);
    assert!(gone.deliver_due().await.unwrap() > 0);
    assert_eq!(calls().await, [waiting.id], "it waits for a server");
    kit.clock.advance(Duration::seconds(10));
    let worker = worker(kit).await;
    while worker.deliver_due().await.unwrap() > 0 {}
    assert_eq!(calls().await, [waiting.id], "the offer does not wait");
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

/// Mails that failed before it was kept why are judged by the server's words, by
/// the same examples as those that fail now.
async fn what_failed_before_is_judged_by_its_words(kit: &Kit) {
    let refusals = include_str!("../../../domain/refusals.tsv")
        .lines()
        .map(|line| {
            let mut parts = line.split('\t');
            let mut next = || parts.next().unwrap();
            let (code, words, whose) = (next(), next(), next());
            let kind = if code.starts_with('4') {
                "transient"
            } else {
                "permanent"
            };
            let said = format!("{kind} error ({code}): {words}");
            ("failed", said, MailFailure::from_code(whose))
        });
    let (mailbox, gone) = (Some(MailFailure::Mailbox), Some(MailFailure::Connection));
    let others = [
        ("retry", "Connection error: refused", gone),
        ("failed", "Missing domain or user", mailbox),
        ("failed", "Invalid email domain", mailbox),
        ("failed", "no body", Some(MailFailure::Mail)),
        ("withheld", "Connection error: refused", None),
    ];
    let others = others.map(|(state, said, whose)| (state, said.to_owned(), whose));
    let cases: Vec<_> = refusals.chain(others).collect();
    let mut statements = [
        "DROP INDEX ix_outbox_taken_at",
        "ALTER TABLE outbox DROP COLUMN failure",
        "DELETE FROM seaql_migrations WHERE version = 'm20261130_mail_failure'",
    ]
    .map(str::to_owned)
    .to_vec();
    statements.extend(cases.iter().enumerate().map(|(n, (state, error, _))| {
        format!(
            "INSERT INTO outbox (purpose, recipient_key, to_name, to_address, subject, body_text, \
             body_html, message_id, state, attempts, created_at, next_at, error) VALUES ('p', \
             'k{n}', '', 'a@example.com', '', '', '', 'm{n}', '{state}', 1, \
             '2026-11-01 00:00:00+00:00', '2026-11-01 00:00:00+00:00', '{error}')"
        )
    }));
    let (services, statements) = (&kit.services, &statements);
    let before = services.db().write(|tx| async move {
        for statement in statements {
            tx.execute_unprepared(statement).await?;
        }
        Ok(())
    });
    before.await.unwrap();
    services.migrate().await.unwrap();
    let rows = outbox::Entity::find().order_by_asc(outbox::Column::Id);
    let rows = rows.all(services.db().read()).await.unwrap();
    assert_eq!(rows.len(), cases.len());
    for (row, (_, error, failure)) in rows.iter().zip(&cases) {
        assert_eq!(row.failure.map(|code| code.0), *failure, "{error}");
    }
}
