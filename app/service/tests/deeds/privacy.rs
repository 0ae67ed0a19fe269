//! What is agreed to, kept, mailed and shown of a person.

use crate::kit::{Kit, delegate, named, number};
use crate::on_both;
use chrono::Duration;
use domain::{CONSENT_TEXT_VERSION, Lang, Purpose};
use service::entity::{audit, consent, outbox};
use service::{Actor, Failure, Registering};

on_both!(
    already_reveals_nothing_and_mails_the_link_once_a_day,
    mail_goes_to_the_address_given_with_the_registration,
    each_consent_is_kept_with_the_words_agreed_to,
    the_log_holds_no_personal_data,
    a_wrong_address_of_a_page_leads_nowhere,
);

async fn register_again(kit: &Kit, slug: &str) -> Result<Registering, Failure> {
    let form = delegate(1);
    kit.services
        .register(&Actor::Anonymous, slug, &form, Lang::Vi, None)
        .await
}

async fn already_reveals_nothing_and_mails_the_link_once_a_day(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.register("w", &delegate(1)).await;
    let mut form = delegate(1);
    form.email = "somebody.else@example.com".to_owned();
    for _ in 0..3 {
        let again = kit
            .services
            .register(&Actor::Anonymous, "w", &form, Lang::Vi, None)
            .await
            .unwrap();
        assert_eq!(again, Registering::Already);
    }
    kit.clock.advance(Duration::days(1));
    assert_eq!(
        register_again(kit, "w").await.unwrap(),
        Registering::Already
    );
    let mails = kit.all(outbox::Entity).await;
    let purposes: Vec<&str> = mails.iter().map(|mail| mail.purpose.as_str()).collect();
    assert_eq!(
        purposes,
        [
            "confirmation",
            "link-again-2026-11-23",
            "link-again-2026-11-24"
        ]
    );
    let to = |mail: &outbox::Model| mail.to_address == delegate(1).email;
    assert_eq!(
        number(&mails, to),
        3,
        "only the address on file is written to"
    );
}

async fn mail_goes_to_the_address_given_with_the_registration(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.workshop("v", 5).await;
    let mut without = delegate(1);
    without.email = String::new();
    kit.register("w", &without).await;
    assert_eq!(kit.count(outbox::Entity).await, 0);
    kit.register("v", &delegate(1)).await;
    let mails = kit.all(outbox::Entity).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to_address, delegate(1).email);
    assert!(mails[0].calendar.is_some());
    // Somebody who knows name and phone does not get the mail of the other.
    assert_eq!(
        register_again(kit, "w").await.unwrap(),
        Registering::Already
    );
    assert_eq!(kit.count(outbox::Entity).await, 1);
}

async fn each_consent_is_kept_with_the_words_agreed_to(kit: &Kit) {
    kit.workshop("w", 5).await;
    let mut form = delegate(1);
    form.consents.invitations = false;
    let one = kit.register("w", &form).await;
    let consents = kit.all(consent::Entity).await;
    let purposes: Vec<Purpose> = consents.iter().map(|row| *row.purpose).collect();
    assert_eq!(purposes, [Purpose::Reporting, Purpose::Materials]);
    for row in consents {
        assert_eq!(row.registration_id, one.id);
        assert_eq!(row.text_version, CONSENT_TEXT_VERSION);
        assert_eq!(
            (row.channel.as_str(), row.actor.as_str()),
            ("web", "public")
        );
        assert_eq!((row.given_at, row.withdrawn_at), (kit.now(), None));
    }
}

async fn the_log_holds_no_personal_data(kit: &Kit) {
    kit.workshop("w", 1).await;
    let person = named("Đỗ Thị Hường", "0958 765 432");
    let first = kit.register("w", &person).await;
    kit.register("w", &delegate(2)).await;
    kit.cancel(&first).await;
    let log = kit.all(audit::Entity).await;
    let deeds: Vec<&str> = log.iter().map(|line| line.deed.as_str()).collect();
    assert_eq!(
        deeds,
        [
            "schedule", "publish", "register", "register", "cancel", "offer"
        ]
    );
    let whole = format!("{log:?}").to_lowercase();
    for secret in [
        "hường",
        "huong",
        "958765432",
        "958 765 432",
        "example.com",
        &first.code,
    ] {
        assert!(
            !whole.contains(&secret.to_lowercase()),
            "{secret} in {whole}"
        );
    }
}

async fn a_wrong_address_of_a_page_leads_nowhere(kit: &Kit) {
    kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let two = kit.register("w", &delegate(2)).await;
    let (right, other) = (kit.ticket(&one), kit.ticket(&two));
    let ticket = kit.services.ticket(&right).await.unwrap();
    assert_eq!(
        (ticket.code.as_str(), ticket.can_cancel),
        (one.code.as_str(), true)
    );
    assert!(ticket.qr_svg.unwrap().contains("<svg"));
    let signature = other.split_once('-').unwrap().1;
    for wrong in [
        one.code.clone(),
        format!("{}-{signature}", one.code),
        format!("{right}x"),
        right.to_lowercase(),
        String::new(),
    ] {
        let page = kit.services.ticket(&wrong).await;
        assert!(matches!(page, Err(Failure::NotFound)), "{wrong}");
        let cancelled = kit.services.cancel_by_ticket(&wrong).await;
        assert!(matches!(cancelled, Err(Failure::NotFound)), "{wrong}");
    }
}
