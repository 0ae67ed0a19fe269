//! Who may register when, as whom, and what is kept of it.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, named, party, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::{Lang, RegistrationForm, RegistrationSource, WorkshopForm};
use service::entity::{establishment, person, registration};
use service::{Actor, Conflict, Failure, Registering, RequestKey};

on_both!(
    registration_opens_and_closes_by_the_clock,
    a_draft_is_not_found,
    all_problems_are_said_at_once_and_nothing_is_kept,
    one_firm_spelled_three_ways_is_one_establishment,
    a_shared_phone_does_not_make_two_people_one,
    names_with_other_marks_on_one_phone_are_two_people,
    who_changes_the_firm_registers_for_the_new_one,
    a_key_used_for_another_request_is_refused,
    only_organizers_register_others,
    invitation_only_is_closed_to_the_public,
);

async fn try_to_register(kit: &Kit, slug: &str) -> Result<Registering, Failure> {
    let form = delegate(1);
    kit.services
        .register(&Actor::Anonymous, slug, &form, Lang::Vi, None)
        .await
}

async fn registration_opens_and_closes_by_the_clock(kit: &Kit) {
    let form = WorkshopForm {
        opens_at: "2026-11-25T08:00".to_owned(),
        closes_at: "2026-12-01T17:00".to_owned(),
        ..workshop_form("w", 5)
    };
    kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    kit.services.publish(&ORGANIZER, "w").await.unwrap();
    let early = try_to_register(kit, "w").await;
    assert!(
        matches!(early, Err(Failure::Conflict(Conflict::RegistrationNotOpen))),
        "{early:?}"
    );
    kit.clock.advance(Duration::days(2));
    assert!(matches!(
        try_to_register(kit, "w").await,
        Ok(Registering::Done(_))
    ));
    kit.clock.advance(Duration::days(6) + Duration::hours(9));
    let late = try_to_register(kit, "w").await;
    assert!(
        matches!(late, Err(Failure::Conflict(Conflict::RegistrationClosed))),
        "{late:?}"
    );
}

async fn a_draft_is_not_found(kit: &Kit) {
    let draft = workshop_form("draft", 5);
    kit.services.schedule(&ORGANIZER, &draft).await.unwrap();
    for slug in ["draft", "no-such-workshop"] {
        let answer = try_to_register(kit, slug).await;
        assert!(matches!(answer, Err(Failure::NotFound)), "{answer:?}");
    }
}

async fn all_problems_are_said_at_once_and_nothing_is_kept(kit: &Kit) {
    kit.workshop("w", 5).await;
    let form = RegistrationForm {
        email: "x".to_owned(),
        ..RegistrationForm::default()
    };
    let answer = kit
        .services
        .register(&Actor::Anonymous, "w", &form, Lang::Vi, None)
        .await;
    let Err(Failure::Invalid(problems)) = answer else {
        panic!("{answer:?}");
    };
    let said: Vec<_> = problems
        .0
        .iter()
        .map(|p| (p.field.as_ref(), p.reason.code()))
        .collect();
    assert_eq!(
        said,
        [
            ("full_name", "required"),
            ("phone", "required"),
            ("email", "not_an_email"),
            ("role", "required"),
            ("establishment", "required"),
            ("locality", "required"),
            ("consents.reporting", "consent_needed"),
        ]
    );
    assert_eq!(kit.count(person::Entity).await, 0);
    assert_eq!(kit.count(establishment::Entity).await, 0);
}

async fn one_firm_spelled_three_ways_is_one_establishment(kit: &Kit) {
    kit.workshop("w", 5).await;
    for (n, firm) in [
        "Công ty TNHH Giọt Nắng",
        "CÔNG TY TNHH GIỌT NẮNG",
        "cty Giot  Nang",
    ]
    .into_iter()
    .enumerate()
    {
        let mut form = delegate(n);
        form.establishment = firm.to_owned();
        kit.register("w", &form).await;
    }
    let firms = kit.all(establishment::Entity).await;
    assert_eq!(firms.len(), 1);
    assert_eq!(firms[0].name, "Công ty TNHH Giọt Nắng", "as first written");
}

async fn a_shared_phone_does_not_make_two_people_one(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.workshop("v", 5).await;
    kit.register("w", &named("Lê Thị Hà", "0950 000 001")).await;
    kit.register("w", &named("Lê Văn Hải", "0950 000 001"))
        .await;
    // The same person elsewhere, without diacritics and with another prefix.
    kit.register("v", &named("LE THI HA", "+84 950 000 001"))
        .await;
    assert_eq!(kit.count(person::Entity).await, 2);
}

async fn names_with_other_marks_on_one_phone_are_two_people(kit: &Kit) {
    kit.workshop("w", 5).await;
    for name in ["Lê Thị Hà", "Lê Thị Hạ"] {
        kit.register("w", &named(name, "0950 000 001")).await;
    }
    assert_eq!(kit.count(person::Entity).await, 2);
    for name in ["Lê Thị Hạ", "LÊ THỊ HÀ", "le thi ha"] {
        let form = named(name, "0950 000 001");
        let again = kit
            .services
            .register(&Actor::Anonymous, "w", &form, Lang::Vi, None);
        assert_eq!(again.await.unwrap(), Registering::Already, "{name}");
    }
}

async fn who_changes_the_firm_registers_for_the_new_one(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.workshop("v", 5).await;
    kit.register("w", &delegate(1)).await;
    let mut form = delegate(1);
    form.establishment = "Hợp tác xã Lá Biếc".to_owned();
    kit.register("v", &form).await;
    assert_eq!(kit.count(person::Entity).await, 1);
    let rows = kit.all(registration::Entity).await;
    assert_ne!(rows[0].establishment_id, rows[1].establishment_id);
}

async fn a_key_used_for_another_request_is_refused(kit: &Kit) {
    kit.workshop("w", 5).await;
    let with_key = async |owner: &str, n: usize| {
        let key = RequestKey::new(owner, "key", &n.to_string());
        let form = delegate(n);
        kit.services
            .register(&Actor::Anonymous, "w", &form, Lang::Vi, Some(&key))
            .await
    };
    let first = with_key("public", 1).await.unwrap();
    assert_eq!(with_key("public", 1).await.unwrap(), first);
    let other = with_key("public", 2).await;
    assert!(
        matches!(other, Err(Failure::Conflict(Conflict::KeyReused))),
        "{other:?}"
    );
    with_key("token:7", 2).await.unwrap();
    kit.clock.advance(Duration::hours(25));
    assert_eq!(kit.services.forget_old_answers().await.unwrap(), 2);
    assert_eq!(with_key("public", 1).await.unwrap(), Registering::Already);
}

async fn only_organizers_register_others(kit: &Kit) {
    kit.workshop("w", 5).await;
    for (role, allowed) in [
        (domain::AccountRole::Organizer, true),
        (domain::AccountRole::Trainer, false),
        (domain::AccountRole::Door, false),
        (domain::AccountRole::Director, false),
    ] {
        let actor = Actor::Token { id: 1, role };
        let form = delegate(1);
        let done = kit
            .services
            .register(&actor, "w", &form, Lang::En, None)
            .await;
        assert_eq!(done.is_ok(), allowed, "{role}: {done:?}");
    }
    let rows = kit.all(registration::Entity).await;
    assert_eq!(
        (*rows[0].source, *rows[0].lang),
        (RegistrationSource::Api, Lang::En)
    );
}

async fn invitation_only_is_closed_to_the_public(kit: &Kit) {
    let form = WorkshopForm {
        mode: "invitation".to_owned(),
        ..workshop_form("w", 5)
    };
    let services = &kit.services;
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let view = services.publish(&ORGANIZER, "w").await.unwrap();
    assert!(!view.is_open_to_all());
    is_conflict(try_to_register(kit, "w").await, Conflict::InvitationOnly);
    let group = party(&["Lê An", "Lê Bình"]);
    let group = services.register_party("w", &group, Lang::Vi, None).await;
    is_conflict(group, Conflict::InvitationOnly);
    assert_eq!(kit.count(person::Entity).await, 0);
    // Organisers register whom they like.
    let form = &delegate(1);
    let done = services.register(&ORGANIZER, "w", form, Lang::Vi, None);
    let Registering::Done(one) = done.await.unwrap() else {
        panic!("registered already");
    };
    assert_eq!(one.state, domain::RegistrationState::Booked);
}
