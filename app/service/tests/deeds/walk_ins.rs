//! Walk-ins: who may be registered is asked about, and nobody is taken for
//! somebody else.

use crate::kit::{Kit, ORGANIZER, named, number, walk_in};
use crate::on_both;
use domain::{CheckinOutcome, RegistrationState, WalkInForm};
use service::entity::{audit, person};
use service::{Conflict, Failure, WalkingIn, WhoCame};

on_both!(
    who_may_be_registered_is_asked_about_at_the_door,
    another_person_is_not_taken_for_a_namesake,
    a_suggested_person_is_checked_in_as_registered,
);

async fn who_may_be_registered_is_asked_about_at_the_door(kit: &Kit) {
    kit.workshop("w", 9).await;
    let an = kit.register("w", &named("Lê Văn An", "0950 000 001")).await;
    let mut elsewhere = named("Lê Văn An", "0950 000 002");
    elsewhere.email = String::new();
    elsewhere.establishment = "HTX Lá Biếc".to_owned();
    let other = kit.register("w", &elsewhere).await;
    let slip = kit
        .register("w", &named("Lê Văn Hải", "0950 000 003"))
        .await;
    let likely = async |name: &str, phone: &str| {
        let mut form = walk_in(name);
        phone.clone_into(&mut form.phone);
        let people = kit
            .services
            .likely_at_door(&ORGANIZER, "w", None, &form)
            .await;
        let people = people.unwrap();
        people
            .iter()
            .map(|one| one.registration_id)
            .collect::<Vec<_>>()
    };
    assert_eq!(likely("le van an", "").await, [an.id, other.id]);
    // A slip of typing, with a phone in common.
    assert_eq!(likely("Lê Văn Hái", "0950 000 003").await, [slip.id]);
    assert_eq!(likely("Lê Văn Hái", "").await, [0; 0], "another name");
    assert_eq!(likely("Phạm Thị Út", "0950 000 001").await, [0; 0]);
    kit.cancel(&slip).await;
    assert_eq!(likely("Lê Văn Hải", "").await, [0; 0], "gave it up");
    let people = kit.count(person::Entity).await;
    let nobody = kit
        .services
        .likely_at_door(&ORGANIZER, "w", None, &WalkInForm::default())
        .await;
    assert!(matches!(nobody, Err(Failure::Invalid(_))), "{nobody:?}");
    assert_eq!(
        kit.count(person::Entity).await,
        people,
        "nothing is written"
    );
}

async fn another_person_is_not_taken_for_a_namesake(kit: &Kit) {
    kit.workshop("w", 9).await;
    let an = kit.register("w", &named("Lê Văn An", "0950 000 001")).await;
    let form = walk_in("Lê Văn An");
    let first = kit.let_in(&form, false).await;
    assert_eq!(first.registration_id, an.id);
    let said = kit.services.walk_in(&ORGANIZER, "w", &form, false).await;
    let already = CheckinOutcome::Already(kit.now());
    assert_eq!(said.unwrap().outcome, already);
    let another = WalkingIn {
        who: WhoCame::Another,
        nonce: Some("n1".to_owned()),
        ..WalkingIn::default()
    };
    let second = kit.let_in(&form, another.clone()).await;
    assert_ne!(second.registration_id, an.id);
    // The same form once more is the same person; a third one is another form.
    let sent = async |nonce: &str| {
        let sent = kit.services.walked_in(&ORGANIZER, "w", nonce).await;
        let person = sent.unwrap().and_then(|sent| sent.person);
        person.map(|person| person.registration_id)
    };
    assert_eq!(sent("n1").await, Some(second.registration_id));
    assert_eq!(sent("n2").await, None);
    let again = kit.let_in(&form, another.clone()).await;
    assert_eq!(again.registration_id, second.registration_id);
    let third = WalkingIn {
        nonce: Some("n2".to_owned()),
        ..another
    };
    let third = kit.let_in(&form, third).await;
    assert_ne!(third.registration_id, second.registration_id);
    let figures = kit.services.summary(&ORGANIZER).await.unwrap();
    assert_eq!((figures.tally.attendances, figures.tally.persons), (3, 3));
}

async fn a_suggested_person_is_checked_in_as_registered(kit: &Kit) {
    kit.workshop("v", 9).await;
    kit.workshop("w", 1).await;
    kit.register("w", &named("Lê Văn Hải", "0950 000 001"))
        .await;
    let waiting = kit.register("w", &named("Lê Văn An", "0950 000 002")).await;
    let elsewhere = kit.register("v", &named("Lê Văn An", "0950 000 003")).await;
    let mut form = walk_in("Lê Văn An");
    form.establishment = "Một tên khác".to_owned();
    let how = |id, over| WalkingIn {
        over,
        who: WhoCame::Registered(id),
        nonce: None,
    };
    let services = &kit.services;
    let full = services
        .walk_in(&ORGANIZER, "w", &form, how(waiting.id, false))
        .await;
    assert!(
        matches!(full, Err(Failure::Conflict(Conflict::Full))),
        "{full:?}"
    );
    let wrong = services
        .walk_in(&ORGANIZER, "w", &form, how(elsewhere.id, true))
        .await;
    assert!(matches!(wrong, Err(Failure::NotFound)), "{wrong:?}");
    let came = kit.let_in(&form, how(waiting.id, true)).await;
    assert_eq!(
        (came.registration_id, came.state, came.since),
        (waiting.id, RegistrationState::Booked, Some(kit.now()))
    );
    let log = kit.all(audit::Entity).await;
    assert_eq!(number(&log, |line| line.deed == "over_capacity"), 1);
}
