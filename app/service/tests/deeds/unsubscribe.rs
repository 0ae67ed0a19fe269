//! One person stops mails of one kind; nobody else is touched.

use crate::kit::{Kit, ORGANIZER, delegate, number, upload_said};
use crate::on_both;
use chrono::Duration;
use domain::DeliveryState::{Queued, Sent, Withheld};
use domain::{MaterialForm, Purpose};
use service::entity::{audit, outbox};
use service::{Failure, Registered, ScanRequest};

on_both!(one_of_a_mailbox_stops_and_the_other_still_gets);

const PDF: &[u8] = include_bytes!("files/bai-giang.pdf");

async fn attend(kit: &Kit, slug: &str, n: usize) -> Registered {
    let mut form = delegate(n);
    "vanphong@example.com".clone_into(&mut form.email);
    form.consents.materials = true;
    let registered = kit.register(slug, &form).await;
    let door = kit.services.door(&ORGANIZER, slug).await.unwrap();
    let scan = ScanRequest {
        code: registered.code.clone(),
        session: door.session.id,
        nonce: registered.code.clone(),
        at: None,
    };
    kit.services
        .check_in(&ORGANIZER, slug, &scan)
        .await
        .unwrap();
    registered
}

async fn materials_of(kit: &Kit, registered: &Registered) -> outbox::Model {
    let mails = kit.all(outbox::Entity).await;
    let mut mails = mails.into_iter();
    mails
        .find(|mail| {
            mail.purpose.starts_with("materials") && mail.registration_id == Some(registered.id)
        })
        .unwrap()
}

async fn one_of_a_mailbox_stops_and_the_other_still_gets(kit: &Kit) {
    for slug in ["w", "later"] {
        kit.workshop(slug, 9).await;
        let form = MaterialForm::default();
        upload_said(kit, slug.into(), &form, "a.pdf", PDF)
            .await
            .unwrap();
    }
    let (an, binh) = (attend(kit, "w", 1).await, attend(kit, "w", 2).await);
    let an_later = attend(kit, "later", 1).await;
    let services = &kit.services;
    services.send_materials(&ORGANIZER, "w").await.unwrap();

    let mail = materials_of(kit, &an).await;
    let address = mail.unsubscribe.clone().unwrap();
    let token = address.rsplit('/').next().unwrap();
    assert!(mail.body_text.contains(&address) && mail.body_html.contains(&address));
    let given = async || {
        services
            .subscription("materials", token)
            .await
            .unwrap()
            .given
    };
    assert!(given().await);
    for (purpose, token) in [
        ("materials", "ABCDEFGH-forged"),
        ("invitations", token),
        ("reporting", token),
        ("all", token),
    ] {
        let wrong = services.unsubscribe(purpose, token).await;
        assert!(matches!(wrong, Err(Failure::NotFound)), "{wrong:?}");
    }

    services.unsubscribe("materials", token).await.unwrap();
    services.unsubscribe("materials", token).await.unwrap();
    assert!(!given().await);
    assert_eq!(*materials_of(kit, &an).await.state, Withheld);
    assert_eq!(*materials_of(kit, &binh).await.state, Queued);
    let other = services.send_materials(&ORGANIZER, "later").await;
    assert!(other.is_err(), "the person, whichever workshop: {other:?}");
    let log = kit.all(audit::Entity).await;
    assert_eq!(number(&log, |line| line.deed == "unsubscribe"), 1);

    // By mistake.
    services.subscribe_again("materials", token).await.unwrap();
    assert!(given().await);
    assert_eq!(*materials_of(kit, &an).await.state, Queued);
    assert_eq!(
        services.send_materials(&ORGANIZER, "later").await.unwrap(),
        1
    );
    while services.deliver_due().await.unwrap() > 0 {}
    assert_eq!(*materials_of(kit, &an).await.state, Sent);
    assert_eq!(*materials_of(kit, &an_later).await.state, Sent);
    let file = kit.files("mail").into_iter().find_map(|name| {
        let text = std::fs::read_to_string(kit.path("mail").join(name)).unwrap();
        text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
            .then_some(text)
    });
    assert!(file.unwrap().contains("List-Unsubscribe: <http"));

    // An hour later it is no mistake any more.
    services.unsubscribe("materials", token).await.unwrap();
    kit.clock.advance(Duration::minutes(61));
    let stands = services.subscription("materials", token).await.unwrap();
    assert_eq!(
        (stands.purpose, stands.given, stands.undoable),
        (Purpose::Materials, false, false)
    );
    services.subscribe_again("materials", token).await.unwrap();
    assert!(!given().await);
}
