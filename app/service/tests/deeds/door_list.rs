//! The door's list: found by name, and those who came without being on it.

use crate::kit::{Kit, ORGANIZER, delegate, named, number, walk_in};
use crate::on_both;
use domain::{CheckinOutcome, RegistrationSource, RegistrationState};
use sea_orm::EntityTrait;
use service::entity::{audit, checkin, person, registration};
use service::{Conflict, Failure};

on_both!(
    a_walk_in_gets_in_when_the_room_is_full,
    a_walk_in_who_was_registered_is_checked_in_as_registered,
    a_walk_in_from_a_new_firm_is_who_registered_for_it,
    who_walked_in_without_a_phone_registers_with_one,
    a_walk_in_taken_back_is_not_registered_and_can_come_again,
    the_same_accents_come_first_among_many,
    names_are_found_without_accents_and_those_with_the_same_accents_come_first,
    wildcards_find_themselves,
    households_stand_on_the_board_without_a_name,
);

async fn a_walk_in_gets_in_when_the_room_is_full(kit: &Kit) {
    kit.workshop("w", 1).await;
    kit.register("w", &delegate(1)).await;
    let waiting = kit.register("w", &delegate(2)).await;
    let form = walk_in("Phạm Thị Út");
    let came = kit.let_in(&form, true).await;
    assert_eq!(came.since, Some(kit.now()));
    // Pressing the button twice adds nobody, and says so.
    let again = kit.services.walk_in(&ORGANIZER, "w", &form, true).await;
    let already = CheckinOutcome::Already(kit.now());
    assert_eq!(again.unwrap().outcome, already);
    let log = kit.all(audit::Entity).await;
    assert_eq!(number(&log, |line| line.deed == "over_capacity"), 1);
    let row = registration::Entity::find_by_id(came.registration_id)
        .one(kit.services.db().read())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(*row.source, RegistrationSource::WalkIn);
    assert_eq!(kit.in_state(RegistrationState::Booked).await.len(), 2);
    assert_eq!(kit.count(checkin::Entity).await, 1);
    let ticket = kit.services.ticket(&kit.ticket(&waiting)).await.unwrap();
    assert_eq!(ticket.position, Some(1), "the queue is as it was");
    let problems = kit
        .services
        .walk_in(&ORGANIZER, "w", &domain::WalkInForm::default(), true)
        .await;
    assert!(
        matches!(&problems, Err(Failure::Invalid(problems)) if problems.0.len() == 3),
        "{problems:?}"
    );
    kit.call_off("w").await;
    let late = kit.services.walk_in(&ORGANIZER, "w", &form, true).await;
    assert!(
        matches!(late, Err(Failure::Conflict(Conflict::NotAllowedNow))),
        "{late:?}"
    );
}

async fn a_walk_in_who_was_registered_is_checked_in_as_registered(kit: &Kit) {
    kit.workshop("w", 1).await;
    let booked = kit
        .register("w", &named("Lê Văn Hải", "0950 000 001"))
        .await;
    let waiting = kit
        .register("w", &named("Đỗ Thị Ánh", "0950 000 002"))
        .await;
    let came = kit.let_in(&walk_in("le van hai"), true).await;
    assert_eq!(
        (came.registration_id, came.since),
        (booked.id, Some(kit.now()))
    );
    let mut with_phone = walk_in("Đỗ Thị Ánh");
    with_phone.phone = "+84 950 000 002".to_owned();
    let came = kit.let_in(&with_phone, true).await;
    assert_eq!(
        (came.registration_id, came.state),
        (waiting.id, RegistrationState::Booked),
        "who waited and stands in the room has attended"
    );
    assert_eq!(kit.count(registration::Entity).await, 2);
    assert_eq!(kit.count(person::Entity).await, 2);
    assert_eq!(kit.count(checkin::Entity).await, 2);
}

async fn names_are_found_without_accents_and_those_with_the_same_accents_come_first(kit: &Kit) {
    kit.workshop("w", 9).await;
    for (n, name) in [
        "Lê Thị Hả",
        "Trần Văn Hà",
        "Lê Thị Ha",
        "Đỗ Văn Đà",
        "Võ An",
    ]
    .into_iter()
    .enumerate()
    {
        kit.register("w", &named(name, &format!("095000000{n}")))
            .await;
    }
    let find = async |typed: &str| {
        let found = kit
            .services
            .find_at_door(&ORGANIZER, "w", typed)
            .await
            .unwrap();
        found
            .into_iter()
            .map(|one| one.full_name)
            .collect::<Vec<_>>()
    };
    assert_eq!(find("hà").await, ["Trần Văn Hà", "Lê Thị Ha", "Lê Thị Hả"]);
    // The same letters as a Mac types them, in two signs each.
    assert_eq!(find("Ha\u{0309}").await[0], "Lê Thị Hả");
    assert_eq!(find("THI HA").await, ["Lê Thị Ha", "Lê Thị Hả"]);
    assert_eq!(find("do van da").await, ["Đỗ Văn Đà"]);
    assert_eq!(find("  ").await, [""; 0]);
    let one = &kit.all(registration::Entity).await[4];
    let code = format!("{}-{}", &one.code[..4], &one.code[4..]);
    assert_eq!(find(&code.to_lowercase()).await, ["Võ An"]);
}

async fn wildcards_find_themselves(kit: &Kit) {
    kit.workshop("w", 9).await;
    kit.register("w", &named("Lê Thị Hà", "0950 000 001")).await;
    kit.register("w", &named("Lê 100% Hà_Nội", "0950 000 002"))
        .await;
    for (typed, found) in [
        ("%", 1),
        ("_", 1),
        ("l%h", 0),
        ("h_", 0),
        ("hà_", 1),
        ("\\", 0),
        ("'", 0),
    ] {
        let rows = kit
            .services
            .find_at_door(&ORGANIZER, "w", typed)
            .await
            .unwrap();
        assert_eq!(rows.len(), found, "{typed}");
    }
}

async fn a_walk_in_from_a_new_firm_is_who_registered_for_it(kit: &Kit) {
    kit.workshop("v", 5).await;
    kit.workshop("w", 5).await;
    let mut form = named("Lê Văn Hải", "0950 000 001");
    form.establishment = "HTX Lá Biếc".to_owned();
    kit.register("v", &form).await;
    let booked = kit
        .register("w", &named("Lê Văn Hải", "0950 000 001"))
        .await;
    let came = async |name, phone: &str| {
        let mut form = walk_in(name);
        phone.clone_into(&mut form.phone);
        kit.let_in(&form, true).await.registration_id
    };
    assert_eq!(came("le van hai", "").await, booked.id);
    assert_ne!(came("Lê Văn Hài", "").await, booked.id, "a namesake");
    assert_ne!(came("Lê Văn Hải", "0950 000 009").await, booked.id);
    assert_eq!(kit.count(person::Entity).await, 3);
}

async fn who_walked_in_without_a_phone_registers_with_one(kit: &Kit) {
    kit.workshop("v", 5).await;
    kit.workshop("w", 5).await;
    let form = walk_in("Phạm Thị Út");
    kit.services
        .walk_in(&ORGANIZER, "v", &form, true)
        .await
        .unwrap();
    kit.register("w", &named("Phạm Thị Út", "0950 000 001"))
        .await;
    let people = kit.all(person::Entity).await;
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].phone, None, "no stranger's to give");
    // All the same a namesake with another one is somebody else.
    kit.register("w", &named("Phạm Thị Út", "0950 000 002"))
        .await;
    assert_eq!(kit.count(person::Entity).await, 2);
}

async fn a_walk_in_taken_back_is_not_registered_and_can_come_again(kit: &Kit) {
    kit.workshop("w", 1).await;
    let session = kit.services.door(&ORGANIZER, "w").await.unwrap().session.id;
    let form = walk_in("Phạm Thị Út");
    let came = kit.let_in(&form, true).await;
    let waiting = kit.register("w", &delegate(1)).await;
    assert_eq!(waiting.state, RegistrationState::Waitlisted);
    for _ in 0..2 {
        let id = came.registration_id;
        let undo = kit.services.undo_check_in(&ORGANIZER, "w", session, id);
        undo.await.unwrap();
    }
    let of = async |state| {
        let rows = kit.in_state(state).await;
        rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(
        of(RegistrationState::Cancelled).await,
        [came.registration_id]
    );
    assert_eq!(of(RegistrationState::Offered).await, [waiting.id]);
    let log = kit.all(audit::Entity).await;
    let deeds = |deed: &str| number(&log, |line| line.deed == deed);
    assert_eq!(["undo_check_in", "cancel", "offer"].map(deeds), [1; 3]);
    let again = kit.let_in(&form, true).await;
    assert_eq!(again.since, Some(kit.now()));
    assert_ne!(again.registration_id, came.registration_id);
    assert_eq!(kit.count(person::Entity).await, 2);
    let door = kit.services.door(&ORGANIZER, "w").await.unwrap();
    assert_eq!(
        (door.expected, door.arrived),
        (1, 1),
        "a held seat is not taken"
    );
}

async fn the_same_accents_come_first_among_many(kit: &Kit) {
    kit.workshop("w", 200).await;
    for n in 0..110 {
        kit.register("w", &named(&format!("Lê Hạ {n}"), &format!("09{n:08}")))
            .await;
    }
    kit.register("w", &named("Trần Hà", "0950 000 001")).await;
    let found = kit.services.find_at_door(&ORGANIZER, "w", "hà").await;
    let found = found.unwrap();
    assert_eq!((found.len(), found[0].full_name.as_str()), (20, "Trần Hà"));
}

async fn households_stand_on_the_board_without_a_name(kit: &Kit) {
    kit.workshop("w", 9).await;
    let homes = ["Hộ kinh doanh Tư Nắng", "Hộ kinh doanh Bảy Gió"];
    for (name, place) in ["An", "Bình"].iter().zip(homes) {
        let form = domain::WalkInForm {
            establishment: place.to_owned(),
            ..walk_in(&format!("Phạm Thị {name}"))
        };
        kit.let_in(&form, false).await;
    }
    kit.register("w", &delegate(1)).await;
    let board = kit.services.board(&ORGANIZER, "w").await.unwrap();
    let lines = board.by_establishment.iter();
    let lines: Vec<_> = lines
        .map(|line| (line.key.is_some(), line.arrived, line.expected))
        .collect();
    assert_eq!(lines, [(false, 2, 2), (true, 0, 1)]);
}
