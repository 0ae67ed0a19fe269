//! Devices at the door: what they hand in is taken once, conflicts are kept and
//! settled.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, number, walk_in};
use crate::on_both;
use chrono::{DateTime, Duration, Utc};
use domain::{AccountRole, CheckinOutcome, Refusal, RegistrationSource, Settlement};
use service::entity::{checkin, door_conflict, session_lock};
use service::{
    Actor, Conflict, DoorBatch, OfflineScan, Registered, Scanned, Synced, WhoCame, WorkshopView,
};

on_both!(
    a_batch_is_taken_once_however_often_it_is_sent,
    one_nonce_for_two_codes_loses_nobody,
    two_devices_that_let_one_code_in_are_one_attendance_and_a_conflict,
    who_cancelled_meanwhile_is_kept_and_counted_once_it_is_settled,
    what_nobody_knows_is_kept_too,
    a_wrong_clock_is_set_right,
    walk_ins_are_taken_once_and_known_people_recognised,
    a_code_and_a_walk_in_of_one_person_are_one,
    who_a_walk_in_is_was_said_on_the_device,
    what_comes_late_keeps_figures_from_being_signed,
    fifty_devices_at_once_count_everybody_once,
);

/// A walk-in about whom nobody was asked.
fn typed(form: domain::WalkInForm) -> Scanned {
    Scanned::WalkIn {
        form,
        who: service::WhoCame::Judged,
    }
}

pub(crate) fn code(one: &Registered, nonce: &str, at: DateTime<Utc>) -> OfflineScan {
    OfflineScan {
        nonce: nonce.to_owned(),
        at,
        let_in: true,
        what: Scanned::Code(one.code.clone()),
    }
}

pub(crate) fn batch(w: &WorkshopView, now: DateTime<Utc>, scans: Vec<OfflineScan>) -> DoorBatch {
    DoorBatch {
        session: w.sessions[0].id,
        device_now: now,
        scans,
        waiting: 0,
    }
}

async fn hand_in(kit: &Kit, w: &WorkshopView, scans: Vec<OfflineScan>) -> Vec<Synced> {
    let batch = batch(w, kit.now(), scans);
    let done = kit.services.sync_door(&ORGANIZER, "w", None, &batch);
    done.await.unwrap()
}

/// A device that came by a link to the door of the workshop.
pub(crate) async fn device(kit: &Kit) -> Actor {
    let (_, token) = kit.services.enter_door(&link(kit).await).await.unwrap();
    let actor = kit.services.actor_by_device(&token).await.unwrap();
    actor.unwrap()
}

pub(crate) async fn link(kit: &Kit) -> String {
    let services = &kit.services;
    services
        .make_door_link(&ORGANIZER, "w", "Cửa chính")
        .await
        .unwrap();
    let keys = services.door_keys(&ORGANIZER, "w").await.unwrap();
    let address = &keys.links[0].address;
    address.rsplit('/').next().unwrap().to_owned()
}

/// A workshop whose session begins now, with people.
pub(crate) async fn begun(kit: &Kit, people: usize) -> (WorkshopView, Vec<Registered>) {
    let w = kit.workshop("w", 700).await;
    let mut all = Vec::new();
    for n in 0..people {
        all.push(kit.register("w", &delegate(n)).await);
    }
    kit.clock.advance(w.sessions[0].starts_at - kit.now());
    (w, all)
}

/// What was put forward last.
async fn lock(kit: &Kit) -> i64 {
    let locks = kit.all(session_lock::Entity).await;
    locks.iter().map(|lock| lock.id).max().unwrap()
}

pub(crate) fn outcomes(answers: &[Synced]) -> Vec<CheckinOutcome> {
    answers.iter().map(|answer| answer.outcome).collect()
}

pub(crate) async fn attended(kit: &Kit) -> u32 {
    kit.services
        .summary(&ORGANIZER)
        .await
        .unwrap()
        .tally
        .attendances
}

async fn a_batch_is_taken_once_however_often_it_is_sent(kit: &Kit) {
    let (w, people) = begun(kit, 3).await;
    let scans: Vec<_> = (0..3)
        .map(|n| code(&people[n], &format!("n{n}"), kit.now()))
        .collect();
    let first = hand_in(kit, &w, scans.clone()).await;
    assert_eq!(outcomes(&first), [CheckinOutcome::Admitted; 3]);
    assert_eq!(
        first[0].person.as_ref().unwrap().full_name,
        "Nguyễn Văn Số 0"
    );
    kit.clock.advance(Duration::minutes(5));
    let again = hand_in(kit, &w, scans).await;
    assert_eq!(outcomes(&again), [CheckinOutcome::Admitted; 3]);
    assert!(again.iter().all(|answer| !answer.conflict));
    assert_eq!(kit.count(checkin::Entity).await, 3);
    assert_eq!(
        (kit.count(door_conflict::Entity).await, attended(kit).await),
        (0, 3)
    );
}

async fn one_nonce_for_two_codes_loses_nobody(kit: &Kit) {
    let (w, people) = begun(kit, 2).await;
    let scans = people.iter().map(|one| code(one, "n", kit.now())).collect();
    hand_in(kit, &w, scans).await;
    assert_eq!(attended(kit).await, 2);
}

async fn two_devices_that_let_one_code_in_are_one_attendance_and_a_conflict(kit: &Kit) {
    let (w, people) = begun(kit, 1).await;
    let at = kit.now();
    kit.clock.advance(Duration::minutes(9));
    hand_in(kit, &w, vec![code(&people[0], "a", at)]).await;
    let late = vec![code(&people[0], "b", at + Duration::minutes(1))];
    for _ in 0..2 {
        let answers = hand_in(kit, &w, late.clone()).await;
        assert_eq!(outcomes(&answers), [CheckinOutcome::Already(at)]);
        assert!(answers[0].conflict);
    }
    // Asked of the server first, it is an answer and no conflict.
    let mut asked = code(&people[0], "c", at);
    asked.let_in = false;
    assert!(!hand_in(kit, &w, vec![asked]).await[0].conflict);
    let conflicts = kit.services.door_conflicts(&ORGANIZER, "w").await.unwrap();
    let kinds: Vec<_> = conflicts.iter().map(|one| one.row.kind.as_str()).collect();
    assert_eq!((kinds, attended(kit).await), (vec!["already"], 1));
    let settle = async |how| {
        let services = &kit.services;
        services
            .settle_conflict(&ORGANIZER, "w", conflicts[0].row.id, how)
            .await
    };
    settle(Settlement::Counted).await.unwrap();
    settle(Settlement::Counted).await.unwrap();
    settle(Settlement::Dismissed).await.unwrap();
    assert_eq!(attended(kit).await, 1, "counted twice");
}

async fn who_cancelled_meanwhile_is_kept_and_counted_once_it_is_settled(kit: &Kit) {
    let w = kit.workshop("w", 9).await;
    let one = kit.register("w", &delegate(1)).await;
    kit.cancel(&one).await;
    kit.clock.advance(w.sessions[0].starts_at - kit.now());
    let scan = code(&one, "a", kit.now());
    let answers = hand_in(kit, &w, vec![scan.clone()]).await;
    let cancelled = CheckinOutcome::Refused(Refusal::Cancelled);
    assert_eq!(
        (outcomes(&answers), attended(kit).await),
        (vec![cancelled], 0)
    );
    let rows = kit.services.door_conflicts(&ORGANIZER, "w").await.unwrap();
    assert_eq!(rows[0].full_name.as_deref(), Some("Nguyễn Văn Số 1"));
    let counted = Settlement::Counted;
    kit.services
        .settle_conflict(&ORGANIZER, "w", rows[0].row.id, counted)
        .await
        .unwrap();
    hand_in(kit, &w, vec![scan]).await;
    let came = kit.all(checkin::Entity).await;
    assert_eq!(
        (came.len(), came[0].offline, attended(kit).await),
        (1, true, 1)
    );
    let door = kit.services.door(&ORGANIZER, "w").await.unwrap();
    assert_eq!(
        (door.expected, door.arrived),
        (1, 1),
        "a walk-in of the same person"
    );
}

async fn what_nobody_knows_is_kept_too(kit: &Kit) {
    kit.workshop("other", 5).await;
    let there = kit.register("other", &delegate(7)).await;
    let (w, _) = begun(kit, 0).await;
    let unknown = OfflineScan {
        nonce: "u".to_owned(),
        at: kit.now(),
        let_in: true,
        what: Scanned::Code("không phải mã".to_owned()),
    };
    let unnamed = OfflineScan {
        nonce: "v".to_owned(),
        what: typed(domain::WalkInForm::default()),
        ..unknown.clone()
    };
    let scans = vec![unknown, code(&there, "w", kit.now()), unnamed];
    let answers = hand_in(kit, &w, scans).await;
    let refused = CheckinOutcome::Refused;
    assert_eq!(
        outcomes(&answers),
        [Refusal::Unknown, Refusal::WrongWorkshop, Refusal::Unknown].map(refused)
    );
    let rows = kit.services.door_conflicts(&ORGANIZER, "w").await.unwrap();
    let countable: Vec<_> = rows.iter().map(|row| row.countable).collect();
    assert_eq!((rows.len(), number(&countable, |is| *is)), (3, 1));
    for row in rows {
        let counted = Settlement::Counted;
        let done = kit
            .services
            .settle_conflict(&ORGANIZER, "w", row.row.id, counted)
            .await;
        assert_eq!(done.is_ok(), row.countable);
    }
    assert_eq!(attended(kit).await, 1);
}

async fn a_wrong_clock_is_set_right(kit: &Kit) {
    let (w, people) = begun(kit, 1).await;
    kit.clock.advance(Duration::minutes(40));
    let wrong = kit.now() - Duration::days(400);
    let scans = vec![code(&people[0], "a", wrong - Duration::minutes(30))];
    let batch = batch(&w, wrong, scans);
    kit.services
        .sync_door(&ORGANIZER, "w", None, &batch)
        .await
        .unwrap();
    let came = kit.all(checkin::Entity).await;
    assert_eq!(came[0].at, kit.now() - Duration::minutes(30));
}

async fn walk_ins_are_taken_once_and_known_people_recognised(kit: &Kit) {
    let (w, _) = begun(kit, 1).await;
    let guest = |name: &str, nonce: &str| OfflineScan {
        nonce: nonce.to_owned(),
        at: kit.now(),
        let_in: true,
        what: typed(walk_in(name)),
    };
    let scans = vec![guest("Phạm Thị Út", "a"), guest("Nguyễn Văn Số 0", "b")];
    for _ in 0..2 {
        let answers = hand_in(kit, &w, scans.clone()).await;
        assert_eq!(outcomes(&answers), [CheckinOutcome::Admitted; 2]);
    }
    assert_eq!(
        (kit.count(checkin::Entity).await, attended(kit).await),
        (2, 2)
    );
    let rows = kit.all(service::entity::registration::Entity).await;
    assert_eq!(
        number(&rows, |row| *row.source == RegistrationSource::WalkIn),
        1
    );
}

async fn a_code_and_a_walk_in_of_one_person_are_one(kit: &Kit) {
    let (w, people) = begun(kit, 2).await;
    let guest = |name: &str, nonce: &str| OfflineScan {
        nonce: nonce.to_owned(),
        at: kit.now(),
        let_in: true,
        what: typed(walk_in(name)),
    };
    let first = vec![
        code(&people[0], "a", kit.now()),
        guest("Nguyễn Văn Số 0", "b"),
    ];
    let second = vec![
        guest("Nguyễn Văn Số 1", "c"),
        code(&people[1], "d", kit.now()),
    ];
    for scans in [first, second] {
        let answers = hand_in(kit, &w, scans).await;
        let admitted = number(&answers, |one| one.outcome == CheckinOutcome::Admitted);
        assert_eq!((admitted, answers[1].conflict), (1, true));
    }
    assert_eq!(attended(kit).await, 2);
}

/// A namesake who is another, somebody chosen under a name with a slip, and a
/// text that a database does not take.
async fn who_a_walk_in_is_was_said_on_the_device(kit: &Kit) {
    let (w, people) = begun(kit, 2).await;
    let guest = |nonce: &str, name: &str, who: WhoCame, minutes: i64| OfflineScan {
        nonce: nonce.to_owned(),
        at: kit.now() - Duration::minutes(minutes),
        let_in: true,
        what: Scanned::WalkIn {
            form: walk_in(name),
            who,
        },
    };
    let slip = WhoCame::Registered(people[1].id);
    let scans = vec![
        code(&people[0], "a", kit.now()),
        guest("b", "Nguyễn Văn Số 0", WhoCame::Another, 0),
        guest("c", "Nguyễn Văn Sô 1", slip, 0),
        guest("d", "Nguyễn Văn Số 0", WhoCame::Another, 600),
        OfflineScan {
            what: Scanned::Code("gõ\0bừa".to_owned()),
            ..code(&people[0], "e", kit.now())
        },
    ];
    for _ in 0..2 {
        let answers = hand_in(kit, &w, scans.clone()).await;
        let came = number(&answers, |one| one.outcome == CheckinOutcome::Admitted);
        assert_eq!((came, number(&answers, |one| one.conflict)), (3, 2));
    }
    assert_eq!(attended(kit).await, 3);
    let registrations = async || kit.count(service::entity::registration::Entity).await;
    assert_eq!(registrations().await, 3, "who was chosen is not made anew");
    // What was said stands when it is counted later.
    let conflicts = kit.all(door_conflict::Entity).await;
    let late = conflicts.iter().find(|row| row.nonce == "d").unwrap();
    let services = &kit.services;
    let counted = services.settle_conflict(&ORGANIZER, "w", late.id, Settlement::Counted);
    counted.await.unwrap();
    assert_eq!((registrations().await, attended(kit).await), (4, 4));
}

async fn what_comes_late_keeps_figures_from_being_signed(kit: &Kit) {
    let (w, people) = begun(kit, 1).await;
    let (session, scanned) = (w.sessions[0].id, kit.now());
    let organizer = kit.staff(AccountRole::Organizer, &[]).await;
    let director = kit.staff(AccountRole::Director, &[]).await;
    kit.clock.advance(w.ends_at() - kit.now());
    let services = &kit.services;
    let propose = async || services.propose_figures(&organizer, "w", session).await;
    propose().await.unwrap();
    let late = vec![code(&people[0], "a", scanned)];
    let answers = hand_in(kit, &w, late).await;
    let locked = CheckinOutcome::Refused(Refusal::Locked);
    assert_eq!(outcomes(&answers), [locked]);
    let sign = async || {
        services
            .sign_figures(&director, "w", session, lock(kit).await)
            .await
    };
    is_conflict(sign().await, Conflict::Unsettled);
    let rows = services.door_conflicts(&ORGANIZER, "w").await.unwrap();
    let settle = async |how| {
        services
            .settle_conflict(&ORGANIZER, "w", rows[0].row.id, how)
            .await
    };
    is_conflict(settle(Settlement::Counted).await, Conflict::FiguresLocked);
    services
        .reopen_figures(&organizer, "w", session, "Máy nộp muộn")
        .await
        .unwrap();
    settle(Settlement::Counted).await.unwrap();
    assert_eq!(attended(kit).await, 1);
    settle(Settlement::Dismissed).await.unwrap();
    assert_eq!(attended(kit).await, 0, "a settlement is taken back");
    settle(Settlement::Counted).await.unwrap();
    propose().await.unwrap();
    sign().await.unwrap();
    let summary = services.summary(&ORGANIZER).await.unwrap();
    assert_eq!(summary.verified.attendances, 1);
}

async fn fifty_devices_at_once_count_everybody_once(kit: &Kit) {
    let (w, people) = begun(kit, 60).await;
    let now = kit.now();
    let batches: Vec<DoorBatch> = (0..50)
        .map(|device| {
            // Neighbours overlap: every code is scanned at ten doors.
            let mine = (0..12).map(|n| &people[(device * 6 + n * 5) % 60]);
            let scans = mine.map(|one| code(one, &format!("{device}"), now));
            batch(&w, now, scans.collect())
        })
        .collect();
    let scanned: usize = batches.iter().map(|batch| batch.scans.len()).sum();
    let answers = kit
        .race(50, move |services, n| {
            let batch = batches[n].clone();
            async move {
                let done = services.sync_door(&ORGANIZER, "w", None, &batch);
                done.await.unwrap()
            }
        })
        .await
        .concat();
    let admitted = number(&answers, |answer| {
        answer.outcome == CheckinOutcome::Admitted
    });
    let conflicts = number(&answers, |answer| answer.conflict);
    assert_eq!((answers.len(), admitted + conflicts), (scanned, scanned));
    assert_eq!(kit.count(checkin::Entity).await as usize, admitted);
    assert_eq!(attended(kit).await as usize, admitted);
    assert_eq!(kit.count(door_conflict::Entity).await as usize, conflicts);
}
