//! Who may register when, as whom, and what is kept of it.

use crate::kit::{Kit, ORGANIZER, delegate, named, number, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::{
    CONSENT_TEXT_VERSION, Lang, Purpose, RegistrationForm, RegistrationSource, WorkshopForm,
};
use service::entity::{audit, consent, establishment, outbox, person, registration};
use service::{Actor, Conflict, Failure, Registering, RequestKey};

on_both!(
    registration_opens_and_closes_by_the_clock,
    a_draft_is_not_found,
    all_problems_are_said_at_once_and_nothing_is_kept,
    one_firm_spelled_three_ways_is_one_establishment,
    a_shared_phone_does_not_make_two_people_one,
    who_changes_the_firm_registers_for_the_new_one,
    already_reveals_nothing_and_mails_the_link_once_a_day,
    mail_goes_to_the_address_given_with_the_registration,
    each_consent_is_kept_with_the_words_agreed_to,
    a_key_used_for_another_request_is_refused,
    only_organizers_register_others,
    the_log_holds_no_personal_data,
    a_wrong_address_of_a_page_leads_nowhere,
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
        .map(|p| (p.field, p.reason.code()))
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
        try_to_register(kit, "w").await.unwrap(),
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
        try_to_register(kit, "w").await.unwrap(),
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
            "schedule", "publish", "register", "register", "cancel", "promote"
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
