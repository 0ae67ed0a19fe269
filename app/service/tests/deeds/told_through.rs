//! Whom no mail reaches is told through who registered them.

use crate::kit::{
    Kit, ORGANIZER, delegate, invited, mails, named, nominate, nominating, nomination, number,
    party, send_party, workshop_form,
};
use crate::on_both;
use chrono::Duration;
use domain::{Lang, PeopleAct, RegistrationForm, RegistrationState::Offered, WorkshopForm};
use service::entity::outbox;
use service::{Actor, Chosen, DecisionForm, PeopleQuery, Registered, Registering};

on_both!(
    a_colleague_is_told_of_an_offer_and_of_its_end,
    who_is_reached_needs_nobody_in_between,
    an_establishment_is_told_of_each_offer,
    decisions_are_told_to_the_colleague,
    a_sure_match_without_a_mailbox_is_told_to_the_colleague,
    calls_name_who_registered_the_person,
);

/// What was written to those who registered others: purpose and address.
async fn told(kit: &Kit) -> Vec<outbox::Model> {
    let mut mails = mails(kit).await;
    mails.retain(|mail| mail.purpose.starts_with("through-"));
    mails
}

/// Two seats that are taken.
async fn full(kit: &Kit) -> [Registered; 2] {
    kit.workshop("w", 2).await;
    [
        kit.register("w", &delegate(1)).await,
        kit.register("w", &delegate(2)).await,
    ]
}

async fn a_colleague_is_told_of_an_offer_and_of_its_end(kit: &Kit) {
    let seats = full(kit).await;
    let mut form = party(&["Lê An", "Lê Bình"]);
    form.delegates[0].email = "an@example.com".to_owned();
    send_party(kit, "w", &form).await;
    for one in &seats {
        kit.cancel(one).await;
    }
    let until = kit.in_state(Offered).await[0].offer_until.unwrap();
    let mails = told(kit).await;
    assert_eq!(mails.len(), 1, "one mail for the group");
    let mail = &mails[0];
    assert!(mail.purpose.starts_with("through-offered-"));
    assert_eq!(mail.to_address, "hoa@example.com");
    let until = text::Words(Lang::Vi).day_time(until);
    for said in ["Lê An, Lê Bình", "/groups/", &until] {
        assert!(mail.body_text.contains(said), "{said}: {}", mail.body_text);
    }
    kit.clock.advance(Duration::hours(25));
    let services = &kit.services;
    services.lapse_offers().await.unwrap();
    services.lapse_offers().await.unwrap();
    let mails = told(kit).await;
    assert_eq!(mails.len(), 2);
    assert!(mails[1].purpose.starts_with("through-lapsed-"));
}

async fn who_is_reached_needs_nobody_in_between(kit: &Kit) {
    let seats = full(kit).await;
    let mut form = party(&["Lê An"]);
    form.delegates[0].email = "an@example.com".to_owned();
    send_party(kit, "w", &form).await;
    kit.register("w", &delegate(3)).await;
    for one in &seats {
        kit.cancel(one).await;
    }
    assert_eq!(kit.in_state(Offered).await.len(), 2);
    assert_eq!(told(kit).await.len(), 0);
}

async fn an_establishment_is_told_of_each_offer(kit: &Kit) {
    let (_, link) = invited(kit, 1, 3).await;
    let first = kit.register("w", &delegate(1)).await;
    let mut form = nominating(&["Lê An", "Lê Bình", "Lê Chi"]);
    form.delegates[1].email = "binh@example.com".to_owned();
    let services = &kit.services;
    services.nominate(&link, &form, Lang::Vi).await.unwrap();
    kit.cancel(&first).await;
    for _ in 0..2 {
        kit.clock.advance(Duration::hours(25));
        services.lapse_offers().await.unwrap();
    }
    let mails = told(kit).await;
    let purposes: Vec<_> = mails.iter().map(|mail| mail.purpose.as_str()).collect();
    let nominees = nomination(kit, &link).await.nominees;
    let id = |name: &str| {
        nominees
            .iter()
            .find(|one| one.full_name == name)
            .unwrap()
            .id
    };
    // The one in between has a mailbox.
    assert_eq!(
        purposes,
        [
            format!("through-offered-{}", id("Lê An")),
            format!("through-lapsed-{}", id("Lê An")),
            format!("through-offered-{}", id("Lê Chi")),
        ]
    );
    assert!(
        mails
            .iter()
            .all(|mail| mail.to_address == "hoa@example.com")
    );
    assert!(mails[0].body_text.contains("/invitations/"));
}

async fn decisions_are_told_to_the_colleague(kit: &Kit) {
    let form = WorkshopForm {
        mode: "approval".to_owned(),
        closes_at: "2026-12-01T17:00".to_owned(),
        ..workshop_form("w", 1)
    };
    let services = &kit.services;
    services.schedule(&ORGANIZER, &form).await.unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    for name in ["Lê An", "Lê Bình"] {
        send_party(kit, "w", &party(&[name])).await;
    }
    let found = Chosen::Found(PeopleQuery::default());
    let look = services.preview_decision(&ORGANIZER, "w", PeopleAct::Approve, &found);
    let form = DecisionForm {
        act: PeopleAct::Approve,
        seen: look.await.unwrap().seen,
        over: false,
    };
    services
        .decide_people(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    send_party(kit, "w", &party(&["Lê Chi"])).await;
    kit.clock.advance(Duration::days(9));
    services.decline_undecided().await.unwrap();
    let mails = told(kit).await;
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(subjects.len(), 3, "{subjects:?}");
    for (subject, begins) in subjects.iter().zip([
        "Đã giữ chỗ",
        "1 đại biểu vào danh sách chờ",
        "Không nhận được",
    ]) {
        assert!(subject.starts_with(begins), "{subject}");
    }
}

async fn a_sure_match_without_a_mailbox_is_told_to_the_colleague(kit: &Kit) {
    kit.workshop("w", 5).await;
    send_party(kit, "w", &party(&["Lê An"])).await;
    let again = RegistrationForm {
        establishment: "HTX Lá Biếc".to_owned(),
        ..named("Lê An", "0950 000 123")
    };
    for _ in 0..2 {
        let done = kit
            .services
            .register(&Actor::Anonymous, "w", &again, Lang::Vi, None);
        assert_eq!(done.await.unwrap(), Registering::Already);
    }
    let mails = told(kit).await;
    assert_eq!(mails.len(), 1, "once a day");
    assert!(mails[0].purpose.starts_with("through-link-again-"));
    assert_eq!(mails[0].to_address, "hoa@example.com");
    let stranger = |mail: &outbox::Model| mail.to_address == again.email;
    assert_eq!(number(&crate::kit::mails(kit).await, stranger), 0);
}

async fn calls_name_who_registered_the_person(kit: &Kit) {
    let (_, link) = invited(kit, 3, 1).await;
    let mut seats = Vec::new();
    for n in 0..3 {
        seats.push(kit.register("w", &delegate(n)).await);
    }
    send_party(kit, "w", &party(&["Lê An"])).await;
    nominate(kit, &link, &["Lê Bình"]).await.unwrap();
    let mut alone = delegate(9);
    alone.email = String::new();
    kit.register("w", &alone).await;
    for one in &seats {
        kit.cancel(one).await;
    }
    let calls = kit.services.offers_to_call(&ORGANIZER).await.unwrap();
    let via: Vec<_> = calls
        .iter()
        .map(|call| {
            let phone = call.via.as_ref().map(|(_, phone)| phone.as_str());
            (call.full_name.as_str(), phone)
        })
        .collect();
    assert_eq!(
        via,
        [
            ("Lê An", Some("+84950000700")),
            ("Lê Bình", Some("+84950000001")),
            (alone.full_name.as_str(), None),
        ]
    );
}
