//! The door: found, admitted once, undone, and never turned away by a full room.

use crate::kit::{Kit, ORGANIZER, delegate, number, walk_in, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::{AccountRole, CheckinOutcome, Refusal};
use service::entity::checkin;
use service::{Actor, CheckedIn, Failure, ScanRequest, WorkshopView};

on_both!(
    a_code_admits_once_and_a_repeat_says_since_when,
    a_scan_sent_twice_gets_the_same_answer,
    a_scan_is_recorded_at_its_own_time_but_never_in_the_future_or_before_registering,
    odd_signs_are_no_accident,
    what_does_not_admit_says_why,
    an_undone_check_in_can_be_made_again_but_not_by_the_old_scan,
    twenty_scans_of_one_code_at_once_make_one_check_in,
    door_staff_see_only_their_workshop,
);

async fn scan(kit: &Kit, at: &WorkshopView, code: &str, nonce: &str) -> CheckedIn {
    let request = ScanRequest {
        code: code.to_owned(),
        session: at.sessions[0].id,
        nonce: nonce.to_owned(),
        at: None,
    };
    let done = kit.services.check_in(&ORGANIZER, &at.row.slug, &request);
    done.await.unwrap()
}

async fn outcome(kit: &Kit, at: &WorkshopView, code: &str, nonce: &str) -> CheckinOutcome {
    scan(kit, at, code, nonce).await.outcome
}

async fn a_code_admits_once_and_a_repeat_says_since_when(kit: &Kit) {
    let w = kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let first = kit.now();
    let spoken = format!("{} {}", &one.code[..4], &one.code[4..]).to_lowercase();
    let admitted = scan(kit, &w, &spoken, "n1").await;
    assert_eq!(admitted.outcome, CheckinOutcome::Admitted);
    let shown = admitted.person.unwrap();
    assert_eq!(
        (shown.full_name.as_str(), shown.establishment.as_str()),
        ("Nguyễn Văn Số 1", "Công ty TNHH Rạng Đông Xanh")
    );
    kit.clock.advance(Duration::minutes(5));
    let again = scan(kit, &w, &one.code, "n2").await;
    assert_eq!(again.outcome, CheckinOutcome::Already(first));
    assert_eq!(again.person.unwrap().since, Some(first));
    let door = kit.services.door(&ORGANIZER, "w").await.unwrap();
    assert_eq!((door.expected, door.arrived), (1, 1));
}

async fn a_scan_sent_twice_gets_the_same_answer(kit: &Kit) {
    let w = kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let two = kit.register("w", &delegate(2)).await;
    for _ in 0..2 {
        assert_eq!(
            outcome(kit, &w, &one.code, "n").await,
            CheckinOutcome::Admitted
        );
    }
    // A device that repeats its nonces loses nobody.
    assert_eq!(
        outcome(kit, &w, &two.code, "n").await,
        CheckinOutcome::Admitted
    );
    assert_eq!(kit.count(checkin::Entity).await, 2);
}

async fn a_scan_is_recorded_at_its_own_time_but_never_in_the_future_or_before_registering(
    kit: &Kit,
) {
    let w = kit.workshop("w", 5).await;
    let registered = kit.now();
    let mut people = Vec::new();
    for n in 0..3 {
        people.push(kit.register("w", &delegate(n)).await);
    }
    kit.clock.advance(Duration::hours(2));
    for (one, minutes) in people.into_iter().zip([-90, 90, -9000]) {
        let request = ScanRequest {
            nonce: one.code.clone(),
            code: one.code,
            session: w.sessions[0].id,
            at: Some(kit.now() + Duration::minutes(minutes) + Duration::nanoseconds(900)),
        };
        kit.services
            .check_in(&ORGANIZER, "w", &request)
            .await
            .unwrap();
    }
    let rows = kit.all(checkin::Entity).await;
    let times: Vec<_> = rows.iter().map(|row| (row.at, row.recorded_at)).collect();
    let now = kit.now();
    assert_eq!(
        times,
        [
            (now - Duration::minutes(90), now),
            (now, now),
            (registered, now),
        ]
    );
}

async fn odd_signs_are_no_accident(kit: &Kit) {
    let w = kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    for nonce in ["", "\0", &"n".repeat(101)] {
        let request = ScanRequest {
            code: one.code.clone(),
            session: w.sessions[0].id,
            nonce: nonce.to_owned(),
            at: None,
        };
        let answer = kit.services.check_in(&ORGANIZER, "w", &request).await;
        assert!(
            matches!(&answer, Err(Failure::Invalid(problems)) if problems.of("nonce").is_some()),
            "{answer:?}"
        );
    }
    for _ in 0..2 {
        let done = outcome(kit, &w, &one.code, "n\0").await;
        assert_eq!(done, CheckinOutcome::Admitted);
    }
    let unknown = outcome(kit, &w, "K7M2\0QXWD", "n").await;
    assert_eq!(unknown, CheckinOutcome::Refused(Refusal::Unknown));
    for slug in ["\0", "w/\0", "W", ""] {
        let form = workshop_form("w", 5);
        for answer in [
            kit.services.public_workshop(slug).await.err(),
            kit.services.revise(&ORGANIZER, slug, &form).await.err(),
        ] {
            assert!(matches!(answer, Some(Failure::NotFound)), "{answer:?}");
        }
    }
    assert_eq!(
        kit.services
            .find_at_door(&ORGANIZER, "w", "\0")
            .await
            .unwrap()
            .len(),
        0
    );
}

async fn what_does_not_admit_says_why(kit: &Kit) {
    let w = kit.workshop("w", 1).await;
    let other = kit.workshop("other", 5).await;
    let booked = kit.register("w", &delegate(1)).await;
    let waiting = kit.register("w", &delegate(2)).await;
    let gone = kit.register("other", &delegate(3)).await;
    kit.cancel(&gone).await;
    let refused = async |at, code: &str| match outcome(kit, at, code, "n").await {
        CheckinOutcome::Refused(why) => Some(why),
        _ => None,
    };
    assert_eq!(refused(&w, "2345 6789").await, Some(Refusal::Unknown));
    assert_eq!(refused(&w, "no code").await, Some(Refusal::Unknown));
    assert_eq!(refused(&w, &waiting.code).await, Some(Refusal::Waitlisted));
    let offering = kit.workshop("offering", 1).await;
    let first = kit.register("offering", &delegate(4)).await;
    let next = kit.register("offering", &delegate(5)).await;
    kit.cancel(&first).await;
    let offered = scan(kit, &offering, &next.code, "n").await;
    let why = CheckinOutcome::Refused(Refusal::Offered);
    assert_eq!(offered.outcome, why);
    assert!(offered.person.unwrap().held_until > Some(kit.now()));
    assert_eq!(
        refused(&other, &booked.code).await,
        Some(Refusal::WrongWorkshop)
    );
    assert_eq!(refused(&other, &gone.code).await, Some(Refusal::Cancelled));
    let wrong_session = ScanRequest {
        code: booked.code.clone(),
        session: other.sessions[0].id,
        nonce: "n".to_owned(),
        at: None,
    };
    let answer = kit.services.check_in(&ORGANIZER, "w", &wrong_session).await;
    assert!(
        matches!(&answer, Err(Failure::Invalid(problems)) if problems.of("session").is_some()),
        "{answer:?}"
    );
    kit.call_off("w").await;
    assert_eq!(refused(&w, &booked.code).await, Some(Refusal::NotRunning));
    assert_eq!(kit.count(checkin::Entity).await, 0);
}

async fn an_undone_check_in_can_be_made_again_but_not_by_the_old_scan(kit: &Kit) {
    let w = kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let session = w.sessions[0].id;
    outcome(kit, &w, &one.code, "n1").await;
    for _ in 0..2 {
        let undo = kit.services.undo_check_in(&ORGANIZER, "w", session, one.id);
        undo.await.unwrap();
    }
    let replayed = scan(kit, &w, &one.code, "n1").await;
    assert_eq!(replayed.outcome, CheckinOutcome::Refused(Refusal::Undone));
    assert_eq!(replayed.person.unwrap().since, None);
    assert_eq!(kit.services.door(&ORGANIZER, "w").await.unwrap().arrived, 0);
    assert_eq!(
        outcome(kit, &w, &one.code, "n2").await,
        CheckinOutcome::Admitted
    );
    assert_eq!(
        outcome(kit, &w, &one.code, "n1").await,
        CheckinOutcome::Already(kit.now()),
        "the old scan is answered from the new one"
    );
    let rows = kit.all(checkin::Entity).await;
    assert_eq!(rows.len(), 2, "the undone one is kept");
    assert_eq!(number(&rows, |row| row.undone_at.is_none()), 1);
}

async fn twenty_scans_of_one_code_at_once_make_one_check_in(kit: &Kit) {
    let w = kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let session = w.sessions[0].id;
    let outcomes = kit
        .race(20, move |services, n| {
            let request = ScanRequest {
                code: one.code.clone(),
                session,
                nonce: n.to_string(),
                at: None,
            };
            async move {
                let done = services.check_in(&ORGANIZER, "w", &request);
                done.await.unwrap().outcome
            }
        })
        .await;
    assert_eq!(number(&outcomes, |one| *one == CheckinOutcome::Admitted), 1);
    assert_eq!(
        number(&outcomes, |one| matches!(one, CheckinOutcome::Already(_))),
        19
    );
    assert_eq!(kit.count(checkin::Entity).await, 1);
}

async fn door_staff_see_only_their_workshop(kit: &Kit) {
    let w = kit.workshop("w", 5).await;
    kit.workshop("other", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let mine = kit.staff(AccountRole::Door, &["w"]).await;
    kit.clock.advance(w.sessions[0].starts_at - kit.clock.now());
    let request = ScanRequest {
        code: one.code,
        session: w.sessions[0].id,
        nonce: "n".to_owned(),
        at: None,
    };
    let done = kit.services.check_in(&mine, "w", &request).await.unwrap();
    assert_eq!(done.outcome, CheckinOutcome::Admitted);
    kit.services.assign(&ORGANIZER, "w", &[]).await.unwrap();
    kit.services
        .assign(&ORGANIZER, "other", &[1])
        .await
        .unwrap();
    let services = &kit.services;
    let anonymous = &Actor::Anonymous;
    let session = request.session;
    for answer in [
        services.door(&mine, "w").await.err(),
        services.find_at_door(&mine, "w", "a").await.err(),
        services.check_in(&mine, "w", &request).await.err(),
        services
            .undo_check_in(&mine, "w", session, one.id)
            .await
            .err(),
        services
            .walk_in(&mine, "w", &walk_in("A"), true)
            .await
            .err(),
    ] {
        assert!(matches!(answer, Some(Failure::Forbidden)), "{answer:?}");
    }
    assert!(services.door(&mine, "other").await.is_ok());
    let unknown = services.door(anonymous, "w").await.err();
    assert!(
        matches!(unknown, Some(Failure::SignInNeeded)),
        "{unknown:?}"
    );
}
