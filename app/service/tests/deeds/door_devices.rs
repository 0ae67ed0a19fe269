//! Devices at the door that outlive who carries them: what they met is heard,
//! each scan at its own time, and nobody learns a name who may not.

use crate::kit::{Kit, ORGANIZER, delegate, number, session_at};
use crate::on_both;
use chrono::{DateTime, Duration, Utc};
use domain::{
    AccountRole, Allowing, CheckedBy, CheckinOutcome, ChosenSession, Consents, DOOR_GRACE, Refusal,
    RegistrationState, Settlement,
};
use service::entity::{checkin, consent, door_conflict};
use service::{Actor, DoorBatch, Failure, OfflineScan, Registered, Scanned, Synced, WorkshopView};

on_both!(
    whoever_signs_in_on_a_device_it_is_heard,
    a_device_goes_with_the_account_that_made_it,
    a_revoked_device_learns_nothing_of_a_code,
    a_scan_that_no_server_answered_has_its_own_time,
    a_colleague_let_in_alone_is_never_the_holder,
    a_colleague_who_cannot_take_the_seat_waits_for_an_organiser,
    what_was_agreed_to_alone_is_written_down_once,
    who_was_first_is_said_of_devices_of_a_link_too,
    a_chosen_session_is_that_of_the_door_as_long_as_it_holds,
    a_device_knows_how_many_of_its_own_wait_for_an_organiser,
);

const REVOKED: CheckinOutcome = CheckinOutcome::Refused(Refusal::Revoked);

fn scan(nonce: &str, at: DateTime<Utc>, let_in: bool, what: Scanned) -> OfflineScan {
    OfflineScan {
        nonce: nonce.to_owned(),
        at,
        let_in,
        what,
    }
}

fn code(one: &Registered, nonce: &str, at: DateTime<Utc>) -> OfflineScan {
    scan(nonce, at, true, Scanned::Code(one.code.clone()))
}

fn colleague(one: &Registered, nonce: &str, at: DateTime<Utc>, name: &str) -> OfflineScan {
    let what = Scanned::Colleague {
        code: one.code.clone(),
        full_name: name.to_owned(),
    };
    scan(nonce, at, true, what)
}

async fn hand_in(
    kit: &Kit,
    (actor, token): (&Actor, Option<&str>),
    w: &WorkshopView,
    scans: Vec<OfflineScan>,
) -> Vec<Synced> {
    let batch = DoorBatch {
        session: w.sessions[0].id,
        device_now: kit.now(),
        scans,
        waiting: 0,
    };
    let done = kit.services.sync_door(actor, "w", token, &batch);
    done.await.unwrap()
}

/// A workshop whose session begins now, with people.
async fn begun(kit: &Kit, people: usize) -> (WorkshopView, Vec<Registered>) {
    let w = kit.workshop("w", 20).await;
    let mut all = Vec::new();
    for n in 0..people {
        all.push(kit.register("w", &delegate(n)).await);
    }
    kit.clock.advance(w.sessions[0].starts_at - kit.now());
    (w, all)
}

/// The token of a device that came by a link.
async fn by_link(kit: &Kit) -> String {
    by_link_named(kit, "").await
}

async fn by_link_named(kit: &Kit, label: &str) -> String {
    let services = &kit.services;
    let made = services.make_door_link(&ORGANIZER, "w", label).await;
    made.unwrap();
    let keys = services.door_keys(&ORGANIZER, "w").await.unwrap();
    let link = keys.links[0].address.rsplit('/').next().unwrap();
    services.enter_door(link).await.unwrap().1
}

async fn actor_of(kit: &Kit, token: &str) -> Option<Actor> {
    kit.services.actor_by_device(token).await.unwrap()
}

async fn standing(kit: &Kit) -> Vec<checkin::Model> {
    let mut rows = kit.all(checkin::Entity).await;
    rows.retain(|row| row.undone_at.is_none());
    rows
}

async fn whoever_signs_in_on_a_device_it_is_heard(kit: &Kit) {
    let (w, people) = begun(kit, 1).await;
    let token = by_link(kit).await;
    let director = kit.staff(AccountRole::Director, &[]).await;
    let met = vec![code(&people[0], "a", kit.now())];
    let answers = hand_in(kit, (&director, Some(&token)), &w, met).await;
    assert_eq!(answers[0].outcome, CheckinOutcome::Admitted);
    let device = actor_of(kit, &token).await.unwrap();
    assert_eq!(standing(kit).await[0].actor, device.label());
    let services = &kit.services;
    let at_door = services.actor_at_door(director.clone(), &token).await;
    assert_eq!(at_door.unwrap(), device);
    let organizer = services.actor_at_door(ORGANIZER.clone(), &token).await;
    assert_eq!(organizer.unwrap(), ORGANIZER);
    // Without a device there is nothing to fall back on.
    let none = services.actor_at_door(director.clone(), "unknown").await;
    assert_eq!(none.unwrap(), director);
}

async fn a_device_goes_with_the_account_that_made_it(kit: &Kit) {
    let (w, people) = begun(kit, 1).await;
    let services = &kit.services;
    let helper = kit.staff(AccountRole::Door, &["w"]).await;
    let token = services.ready_device(&helper, "w", None).await;
    let token = token.unwrap().unwrap();
    let door = actor_of(kit, &token).await.unwrap();
    services.assign(&ORGANIZER, "w", &[]).await.unwrap();
    assert_eq!(actor_of(kit, &token).await, None);
    let list = services.sealed_door_list(&door, "w").await;
    assert!(matches!(list, Err(Failure::Forbidden)), "{:?}", list.err());
    // What it met is heard, and waits for an organiser.
    for actor in [&helper, &Actor::Anonymous] {
        let met = vec![code(&people[0], "a", kit.now())];
        let answers = hand_in(kit, (actor, Some(&token)), &w, met).await;
        assert_eq!((answers[0].outcome, answers[0].conflict), (REVOKED, true));
    }
    assert_eq!(kit.count(door_conflict::Entity).await, 1);
    // The next who stands there makes the browser a device of their own.
    let own = services.ready_device(&ORGANIZER, "w", Some(&token)).await;
    assert!(own.unwrap().is_some());
}

async fn a_revoked_device_learns_nothing_of_a_code(kit: &Kit) {
    kit.workshop("other", 5).await;
    let there = kit.register("other", &delegate(7)).await;
    let (w, people) = begun(kit, 1).await;
    let token = by_link(kit).await;
    let services = &kit.services;
    let keys = services.door_keys(&ORGANIZER, "w").await.unwrap();
    let device = keys.devices[0].id;
    services
        .revoke_device(&ORGANIZER, "w", device)
        .await
        .unwrap();
    let now = kit.now();
    let wanted = Consents::default();
    let asked = |nonce: &str, what| scan(nonce, now, false, what);
    let scans = vec![
        code(&people[0], "a", now),
        code(&there, "b", now),
        asked("c", Scanned::Code(people[0].code.clone())),
        asked("d", Scanned::Code("22222222".to_owned())),
        colleague(&people[0], "e", now, "Phạm Thị Út"),
        asked(
            "f",
            Scanned::Consent {
                code: people[0].code.clone(),
                wanted,
            },
        ),
    ];
    let answers = hand_in(kit, (&Actor::Anonymous, Some(&token)), &w, scans).await;
    for answer in &answers {
        assert_eq!(answer.outcome, REVOKED, "{}", answer.nonce);
        assert!(answer.person.is_none() && answer.elsewhere.is_none());
    }
    assert_eq!(number(&answers, |answer| answer.conflict), 3);
    assert_eq!(kit.count(checkin::Entity).await, 0);
}

async fn a_scan_that_no_server_answered_has_its_own_time(kit: &Kit) {
    let (w, people) = begun(kit, 2).await;
    let token = by_link(kit).await;
    let scanned = kit.now() + Duration::minutes(5);
    // The phone went flat before the answer came.
    let late = w.ends_at() + DOOR_GRACE + Duration::hours(1);
    kit.clock.advance(late - kit.now());
    let met = |n: usize, at| {
        let what = Scanned::Code(people[n].code.clone());
        vec![scan(&format!("n{n}"), at, false, what)]
    };
    let by = (&Actor::Anonymous, Some(token.as_str()));
    let answers = hand_in(kit, by, &w, met(0, scanned)).await;
    assert_eq!(answers[0].outcome, CheckinOutcome::Admitted);
    assert_eq!(standing(kit).await[0].at, scanned);
    // A clock says nothing of hours in which nobody stood there.
    let early = w.starts_at() - Duration::days(2);
    let answers = hand_in(kit, by, &w, met(1, early)).await;
    let refused = CheckinOutcome::Refused(Refusal::OutsideHours);
    assert_eq!(answers[0].outcome, refused);
}

async fn a_colleague_let_in_alone_is_never_the_holder(kit: &Kit) {
    let (w, people) = begun(kit, 2).await;
    let now = kit.now();
    kit.clock.advance(w.ends_at() - now + Duration::hours(1));
    // In one batch with the scan, and after it.
    let both = vec![
        code(&people[0], "a", now),
        colleague(&people[0], "b", now, "Phạm Thị Út"),
    ];
    hand_in(
        kit,
        (&ORGANIZER, None),
        &w,
        vec![code(&people[1], "c", now)],
    )
    .await;
    let after = vec![colleague(&people[1], "d", now, "Lê Văn Tư")];
    for scans in [both.clone(), after.clone(), both, after] {
        let answers = hand_in(kit, (&ORGANIZER, None), &w, scans).await;
        let last = answers.last().unwrap();
        assert_eq!(last.outcome, CheckinOutcome::Admitted);
        assert!(!last.conflict);
    }
    let substituted = kit.in_state(RegistrationState::Substituted).await;
    assert_eq!(substituted.len(), 2);
    let came = standing(kit).await;
    assert_eq!(came.len(), 2);
    for row in &came {
        let holder = substituted.iter().any(|was| was.id == row.registration_id);
        assert!(!holder, "the holder is counted");
        assert_eq!(row.at, now);
    }
    assert_eq!(kit.count(door_conflict::Entity).await, 0);
}

async fn a_colleague_who_cannot_take_the_seat_waits_for_an_organiser(kit: &Kit) {
    let (w, people) = begun(kit, 2).await;
    // Registered already, and somebody whose holder has gone meanwhile.
    kit.clock.advance(Duration::minutes(1));
    let now = kit.now();
    let scans = vec![
        code(&people[0], "a", now),
        colleague(&people[0], "b", now, "Nguyễn Văn Số 1"),
    ];
    for _ in 0..2 {
        let answers = hand_in(kit, (&ORGANIZER, None), &w, scans.clone()).await;
        let refused = CheckinOutcome::Refused(Refusal::NotReplaced);
        assert_eq!((answers[1].outcome, answers[1].conflict), (refused, true));
    }
    let rows = kit.services.door_conflicts(&ORGANIZER, "w").await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].row.registration_id, None);
    assert!(rows[0].countable);
    // Counted, it is the colleague.
    let counted = Settlement::Counted;
    kit.services
        .settle_conflict(&ORGANIZER, "w", rows[0].row.id, counted)
        .await
        .unwrap();
    let came: Vec<_> = standing(kit).await;
    let ids: Vec<_> = came.iter().map(|row| row.registration_id).collect();
    assert_eq!(ids, [people[0].id, people[1].id]);
}

async fn what_was_agreed_to_alone_is_written_down_once(kit: &Kit) {
    let (w, people) = begun(kit, 1).await;
    let now = kit.now();
    hand_in(
        kit,
        (&ORGANIZER, None),
        &w,
        vec![colleague(&people[0], "a", now, "Phạm Thị Út")],
    )
    .await;
    let rows = kit.in_state(RegistrationState::Booked).await;
    let made = rows.iter().find(|row| row.id != people[0].id).unwrap();
    let answer = |nonce: &str, materials| {
        let what = Scanned::Consent {
            code: made.code.clone(),
            wanted: Consents {
                reporting: true,
                materials,
                ..Consents::default()
            },
        };
        vec![scan(nonce, now, false, what)]
    };
    for scans in [answer("b", true), answer("b", true), answer("c", false)] {
        let answers = hand_in(kit, (&ORGANIZER, None), &w, scans).await;
        assert_eq!(answers[0].outcome, CheckinOutcome::Admitted);
    }
    let given = kit.all(consent::Entity).await;
    let theirs = |row: &consent::Model| row.registration_id == made.id;
    assert_eq!(number(&given, theirs), 2);
    let list = kit.services.door_list(&ORGANIZER, "w").await.unwrap();
    let person = list
        .people
        .iter()
        .find(|one| one.registration_id == made.id);
    assert!(!person.unwrap().consent_pending);
}

async fn who_was_first_is_said_of_devices_of_a_link_too(kit: &Kit) {
    let (w, people) = begun(kit, 2).await;
    let token = by_link_named(kit, "Cửa chính, chị Lan").await;
    let door = actor_of(kit, &token).await.unwrap();
    let services = &kit.services;
    let request = service::ScanRequest {
        code: people[0].code.clone(),
        session: w.sessions[0].id,
        nonce: "a".to_owned(),
        at: None,
    };
    services.check_in(&door, "w", &request).await.unwrap();
    let met = vec![code(&people[1], "b", kit.now())];
    hand_in(kit, (&Actor::Anonymous, Some(&token)), &w, met).await;
    let by = Some(CheckedBy::Device("Cửa chính, chị Lan · 1".to_owned()));
    for (one, nonce) in people.iter().zip(["c", "d"]) {
        let again = service::ScanRequest {
            code: one.code.clone(),
            nonce: nonce.to_owned(),
            ..request.clone()
        };
        let said = services.check_in(&ORGANIZER, "w", &again).await.unwrap();
        assert_eq!(said.person.unwrap().by, by);
    }
    let list = services.door_list(&ORGANIZER, "w").await.unwrap();
    for one in &people {
        assert_eq!(list.came[&one.id][0].by, by);
    }
}

async fn a_chosen_session_is_that_of_the_door_as_long_as_it_holds(kit: &Kit) {
    let services = &kit.services;
    let form = crate::kit::workshop_form("w", 9);
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let afternoon = session_at("Hội trường A", "2026-12-03T13:30", "2026-12-03T16:30");
    services
        .add_session(&ORGANIZER, "w", &afternoon, Allowing::default())
        .await
        .unwrap();
    let w = services.publish(&ORGANIZER, "w").await.unwrap();
    let [morning, afternoon] = [w.sessions[0].id, w.sessions[1].id];
    let chosen = Some(ChosenSession {
        session: afternoon,
        instead_of: morning,
    });
    let at = async |chosen| {
        let door = services.door_at(&ORGANIZER, "w", chosen).await.unwrap();
        (door.session.id, door.chosen)
    };
    assert_eq!(at(None).await, (morning, None));
    assert_eq!(at(chosen).await, (afternoon, chosen));
    let form = crate::kit::walk_in("Phạm Thị Út");
    let came = services.walk_in_at(&ORGANIZER, "w", chosen, &form, false);
    came.await.unwrap();
    assert_eq!(standing(kit).await[0].session_id, afternoon);
    let list = services.door_list(&ORGANIZER, "w").await.unwrap();
    assert_eq!(
        list.came.values().flatten().next().unwrap().session,
        afternoon
    );
    kit.clock.advance(w.sessions[0].ends_at - kit.now());
    let back = Some(ChosenSession {
        session: morning,
        instead_of: afternoon,
    });
    assert_eq!(at(chosen).await.0, afternoon);
    assert_eq!(at(back).await, (morning, back));
    let lapsed = Some(ChosenSession {
        session: morning,
        instead_of: morning,
    });
    assert_eq!(at(lapsed).await, (afternoon, None));
}

async fn a_device_knows_how_many_of_its_own_wait_for_an_organiser(kit: &Kit) {
    let (w, _) = begun(kit, 0).await;
    let (one, other) = (by_link(kit).await, by_link(kit).await);
    let nobody = |n: usize| {
        let what = Scanned::Code(format!("gõ bừa {n}"));
        scan(&n.to_string(), kit.now(), true, what)
    };
    let met = (0..3).map(nobody).collect();
    hand_in(kit, (&Actor::Anonymous, Some(&one)), &w, met).await;
    let services = &kit.services;
    let waiting = async |token: &str| services.unsettled_of_device(token).await.unwrap();
    assert_eq!(waiting(&one).await, Some(3));
    assert_eq!(waiting(&other).await, Some(0));
    assert_eq!(waiting("no device").await, None);
    let first = kit.all(door_conflict::Entity).await[0].id;
    services
        .settle_conflict(&ORGANIZER, "w", first, Settlement::Dismissed)
        .await
        .unwrap();
    assert_eq!(waiting(&one).await, Some(2));
}
